"""Wordings and names too much alike: two entries that cannot be told apart, test questions that prove nothing."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator

from rapidfuzz import fuzz, process

from bot.errors import Fault
from bot.knowledge.draft import Draft, Topic, Wording
from bot.text import folded_words

ALIKE = 92  # of 100: one short word, or some letters, of eight words
TOO_CLOSE = 85  # of 100: a test question so near to a phrase is that phrase, and proves nothing
RARE_WORDS = 3  # wordings alike share one of their rarest; the shipped base loses no pair against comparing all


def alike(draft: Draft) -> Iterator[Fault]:
    """Warnings: wordings of two entries alike, names that are equal without accents."""
    yield from (fault.warning(Topic.LIKENESS) for fault in _near_duplicates(draft))
    yield from (fault.warning(Topic.NAMES) for fault in _same_names(draft))


def _near_duplicates(draft: Draft) -> Iterator[Fault]:
    """The nearest phrase of another entry, where it is alike; a twin set already asks which of its entries is meant."""
    twins = _twins(draft)
    nearest: dict[int, tuple[float, int]] = {}
    for score, first, second in _pairs(draft.wordings):
        one, other = draft.wordings[first], draft.wordings[second]
        told_apart = one.entry == other.entry or twins[one.entry] & twins[other.entry]
        if not told_apart and one.toned != other.toned:
            nearest[second] = max(nearest.get(second, (0, 0)), (score, first))
    for second, (score, first) in nearest.items():
        one, other = draft.wordings[first], draft.wordings[second]
        problem = f"“{other.text}” giống {score:.0f}/100 với “{one.text}” của mục {one.entry}"
        mend = "thêm chữ phân biệt hai việc, bỏ một cách hỏi, hoặc lập twins để bot hỏi lại"
        yield other.document.fault(other.path, problem, mend)


def _twins(draft: Draft) -> dict[str, set[tuple[str, int]]]:
    """For each entry the twin sets that it stands in."""
    found: dict[str, set[tuple[str, int]]] = defaultdict(set)
    for file in draft.procedures:
        for number, twins in enumerate(file.content.twins if file.content else ()):
            for option in twins.options:
                found[option.procedure].add((file.document.name, number))
    return found


def _pairs(wordings: tuple[Wording, ...]) -> Iterator[tuple[float, int, int]]:
    """(score, earlier, later) of wordings alike, some more than once; compared are those that share a rare word."""
    for group in _by_rare_word(wordings):
        group.sort(key=lambda number: len(wordings[number].folded))
        choices = [wordings[number].folded for number in group]
        lengths = [len(choice) for choice in choices]
        for at, text in enumerate(choices[:-1], 1):
            longest = len(text) * (200 - ALIKE) / ALIKE  # a longer one cannot be alike, even if it holds all of this
            near = choices[at : bisect_right(lengths, longest)]
            for _, score, step in process.extract(text, near, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=None):
                earlier, later = sorted((group[at - 1], group[at + step]))
                yield score, earlier, later


def _by_rare_word(wordings: tuple[Wording, ...]) -> Iterator[list[int]]:
    """Wordings that share one of their rarest words, where they are of more than one entry."""
    often = Counter(" ".join([wording.folded for wording in wordings]).split())
    rank = {word: number for number, (word, _) in enumerate(sorted(often.items(), key=lambda item: item[1]))}
    groups: dict[str, list[int]] = defaultdict(list)
    for number, wording in enumerate(wordings):
        for word in sorted(set(wording.folded.split()), key=rank.__getitem__)[:RARE_WORDS]:
            groups[word].append(number)
    for group in groups.values():
        if wordings[group[0]].entry != wordings[group[-1]].entry:  # entries stand one after the other
            yield group


def _same_names(draft: Draft) -> Iterator[Fault]:
    owners: dict[tuple[str, ...], str] = {}
    for document, path, entry in draft.entries():
        owner = owners.setdefault(folded_words(entry.name), entry.id)
        if owner != entry.id:
            problem = f"tên này viết không dấu thì giống tên mục {owner}: bot sẽ hỏi lại người dân chọn mục nào"
            yield document.fault((*path, "name"), problem, "thêm vào tên điều làm hai mục khác nhau")


def too_close(question: str, phrase: str) -> bool:
    """Whether a test question is so near to a phrase that it proves nothing of it."""
    one, other = (" ".join(sorted(folded_words(text))) for text in (question, phrase))
    return fuzz.ratio(one, other) >= TOO_CLOSE


def proves_nothing(draft: Draft) -> Iterator[Fault]:
    """Errors: a test question that is nearly a phrase of its own entry only proves that equal texts are equal.

    One that is marked as learned proves nothing either, nor is it counted.
    """
    phrases: dict[str, list[Wording]] = defaultdict(list)
    for wording in draft.wordings:
        phrases[wording.entry].append(wording)
    folded = {entry: [wording.folded for wording in wordings] for entry, wordings in phrases.items()}
    for file in draft.questions:
        for index, question in enumerate(file.content.questions if file.content else ()):
            words = " ".join(sorted(folded_words(question.question)))
            for owner in () if question.learned else question.wanted:
                found = process.extractOne(words, folded.get(owner, ()), scorer=fuzz.ratio, score_cutoff=TOO_CLOSE)
                if not found:
                    continue
                problem = f"giống {found[1]:.0f}/100 với cách hỏi “{phrases[owner][found[2]].text}” của mục {owner}"
                place = ("questions", index, "question")
                yield file.document.fault(place, problem, "viết câu thử khác hẳn các cách hỏi của mục")
