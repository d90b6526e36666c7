"""Other ways to find a procedure by its words, each with the same phrases and its best sensible setting.

Every text is folded first (lower case, no marks, đ as d): without that, all of them lose what is typed without marks.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeAlias

import bm25s
import numpy as np
import tantivy
from rapidfuzz import fuzz, process
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.text import clean, folded_words

NEAREST = 60  # phrases looked at for the first three entries
Search: TypeAlias = Callable[[str], Sequence[str]]


@dataclass(frozen=True)
class Corpus:
    """What can be found: entries by id, each with its phrases."""

    entries: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def phrases(self) -> list[tuple[str, str]]:
        """(folded phrase, entry) of all phrases."""
        return [(folded(text), name) for name, texts in self.entries for text in texts]

    @property
    def names(self) -> list[str]:
        """The ids."""
        return [name for name, _ in self.entries]


def folded(text: str) -> str:
    """Words without marks, parted by spaces; all of them, however many."""
    return " ".join(word for part in _pieces(clean(text)) for word in folded_words(part))


def _pieces(text: str, size: int = 400) -> Iterator[str]:
    """`folded_words` reads 500 characters, as this bot does; the others are given everything."""
    line = ""
    for word in text.split():
        if len(line) + len(word) > size:
            yield line
            line = ""
        line += f" {word}"
    yield line


def tokens(text: str) -> list[str]:
    """Syllables and neighbouring pairs."""
    words = folded(text).split()
    return [*words, *(f"{a}_{b}" for a, b in pairwise(words))]


def document(texts: Iterable[str]) -> list[str]:
    """All phrases of an entry as one document; no pair stretches over two phrases."""
    return [token for text in texts for token in tokens(text)]


def fuzzy(scorer: Callable[..., float]) -> Callable[[Corpus], Search]:
    """rapidfuzz over all phrases; an entry is as good as its best one."""

    def build(corpus: Corpus) -> Search:
        phrases, owners = zip(*corpus.phrases, strict=True)

        def search(question: str) -> list[str]:
            found = process.extract(folded(question), phrases, scorer=scorer, processor=None, limit=NEAREST)
            return list(dict.fromkeys(owners[place] for _, _, place in found))

        return search

    return build


def bm25(corpus: Corpus) -> Search:
    """bm25s, one document an entry, syllables and pairs."""
    index = bm25s.BM25(method="lucene")
    index.index([document(texts) for _, texts in corpus.entries], show_progress=False)
    names = corpus.names

    def search(question: str) -> list[str]:
        known = [token for token in tokens(question) if token in index.vocab_dict]
        if not known:
            return []
        scores = index.get_scores(known)
        return [names[int(place)] for place in _best(scores)]

    return search


def full_text(corpus: Corpus) -> Search:
    """SQLite FTS5, one row an entry, ranked by its bm25; it removes the marks itself, only đ is folded by hand."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE entries USING fts5(text, tokenize = 'unicode61 remove_diacritics 2')")
    rows = [(number + 1, _plain("\n".join(texts))) for number, (_, texts) in enumerate(corpus.entries)]
    database.executemany("INSERT INTO entries(rowid, text) VALUES (?, ?)", rows)
    database.execute("INSERT INTO entries(entries) VALUES ('optimize')")
    names = corpus.names

    def search(question: str) -> list[str]:
        words = dict.fromkeys(folded(question).split())
        if not words:
            return []
        wanted = " OR ".join(f'"{word}"' for word in words)
        found = database.execute("SELECT rowid FROM entries WHERE entries MATCH ? ORDER BY rank LIMIT 3", (wanted,))
        return [names[number - 1] for (number,) in found]

    return search


def _plain(text: str) -> str:
    return clean(text).replace("đ", "d").replace("Đ", "D")


def tantivy_index(corpus: Corpus) -> Search:
    """tantivy in memory, one document an entry, syllables and pairs, any of them."""
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("number", stored=True)
    builder.add_text_field("text", tokenizer_name="whitespace")
    schema = builder.build()
    index = tantivy.Index(schema)
    writer = index.writer(num_threads=1)
    for number, (_, texts) in enumerate(corpus.entries):
        writer.add_document(tantivy.Document(number=number, text=" ".join(document(texts))))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher, names = index.searcher(), corpus.names

    def search(question: str) -> list[str]:
        terms = [tantivy.Query.term_query(schema, "text", token) for token in dict.fromkeys(tokens(question))]
        query = tantivy.Query.boolean_query([(tantivy.Occur.Should, term) for term in terms])
        hits = searcher.search(query, 3).hits
        return [names[searcher.doc(address)["number"][0]] for _, address in hits]

    return search


def character_groups(corpus: Corpus) -> Search:
    """scikit-learn's TF-IDF on groups of two to four characters; an entry is as good as its best phrase."""
    phrases, owners = zip(*corpus.phrases, strict=True)
    vectors = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True, lowercase=False)
    matrix: Any = vectors.fit_transform(phrases)

    def search(question: str) -> list[str]:
        scores = (matrix @ vectors.transform([folded(question)]).T).toarray().ravel()
        return list(dict.fromkeys(owners[int(place)] for place in _best(scores, NEAREST)))

    return search


def _best(scores: Any, most: int = 3) -> Any:
    """The places of the highest scores above zero, best first."""
    most = min(most, len(scores))
    places = np.argpartition(-scores, most - 1)[:most]
    return [place for place in places[np.argsort(-scores[places], kind="stable")] if scores[place] > 0]


PEERS: dict[str, Callable[[Corpus], Search]] = {
    "rapidfuzz WRatio": fuzzy(fuzz.WRatio),
    "rapidfuzz token_set_ratio": fuzzy(fuzz.token_set_ratio),
    "bm25s": bm25,
    "SQLite FTS5": full_text,
    "tantivy": tantivy_index,
    "scikit-learn TF-IDF": character_groups,
}
