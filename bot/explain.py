"""Why this answer, in words, for whoever curates the base; the figures stand beside them."""

from collections.abc import Iterable, Iterator

from bot.answers import Outcome, Reason
from bot.desk import Handled
from bot.matching import ROUTE_PREFIX, Candidate, Ground, Signals, pulls
from bot.text import syllables

SHOWN = 5
SPEAKS, LACKS = 0.3, 0.3  # nats: from here on a ground is told
MANY_UNKNOWN = 0.25  # share of the question
WHOLE = {  # what decides before words are weighed
    Reason.CODE: "Câu hỏi có mã thủ tục.",
    Reason.FOLLOW_UP: "Câu này nói tiếp về mục vừa hỏi trong cùng cuộc trò chuyện.",
    Reason.SEVERAL: "Mỗi phần của câu nêu một mục.",
    Reason.PLACE: "Câu hỏi về một xã, phường.",
    Reason.LANGUAGE: "Câu hỏi không phải tiếng Việt.",
}
FOR = {
    Ground.WORDS: "chữ của câu hỏi có trong các cách hỏi của mục",
    Ground.PHRASE: "câu hỏi giống cách hỏi đã biết",
    Ground.NAME: "câu hỏi nói tên mục",
    Ground.PAIRS: "các chữ đi liền nhau như trong cách hỏi",
    Ground.SENSE: "ý của câu hỏi đúng với mục này",
    Ground.TOPIC: "chủ đề này không cơ quan nào làm",
}
AGAINST = {
    Ground.WORDS: "ít chữ chung hơn",
    Ground.PHRASE: "kém giống các cách hỏi đã biết",
    Ground.NAME: "tên mục được nói ít hơn",
    Ground.PAIRS: "ít chữ đi liền nhau hơn",
    Ground.SENSE: "ý của câu hỏi hợp với mục đầu hơn",
    Ground.DENIED: "câu hỏi nói là không phải mục này",
    Ground.TOPIC: "không phải chủ đề ngoài thủ tục",
    Ground.USUAL: "mục ít được hỏi hơn",
}


def reasons(handled: Handled) -> Iterator[str]:
    """Lines that tell how the answer came about."""
    reading = handled.ranking.reading
    yield ""
    yield f"Kết quả: {handled.entry.outcome} ({handled.entry.reason}), {handled.ms:.1f} ms"
    yield f"Chữ dùng để tìm: {' '.join(w.folded for w in reading.words) or '(không có)'}"
    yield f"Hỏi về: {', '.join(f.value for f in reading.facets) or '(không nói rõ)'}"
    if reading.senses:
        yield f"Ý trong câu: {', '.join(reading.senses)}"
    if reading.denied:
        yield f"Câu hỏi nói là không phải: {', '.join(sorted(reading.denied))}"
    yield f"Cách biệt giữa mục đầu và mục sau: {handled.ranking.margin:.3f}"
    yield from compared(handled)
    for candidate in handled.ranking.candidates[:SHOWN]:
        parts = f"phủ câu hỏi {candidate.coverage:.2f}, giống cách hỏi đã biết {candidate.likeness:.2f}"
        yield f"  {candidate.score:.3f} {candidate.id}: {parts}; khớp: {', '.join(candidate.matched)}"


def compared(handled: Handled) -> Iterator[str]:
    """What spoke for the first, what the second lacked, and what made it doubtful."""
    if handled.answer.reason in WHOLE:
        yield WHOLE[handled.answer.reason]
        return
    known = {name: found for name, found, _ in handled.brain.matcher.weighed(handled.ranking.reading)}
    first = next(iter(handled.ranking.candidates), None)
    if first and first.id not in known and handled.entry.outcome == Outcome.ROUTE:
        yield f"Vì sao {first.id} đứng đầu: cả câu giống một câu nói có sẵn."
        return
    ranked = [c for c in handled.ranking.candidates if c.id in known]
    if not ranked:
        yield "Không mục nào có chung chữ đáng kể với câu hỏi."
        return
    yield f"Vì sao {ranked[0].id} đứng đầu: {_for(known[ranked[0].id])}."
    if len(ranked) > 1:
        lacking = "; ".join(_against(handled, ranked[0], ranked[1], known))
        yield f"{ranked[1].id} đứng sau vì: {lacking or 'chỉ kém chút ít'}."
    if handled.entry.outcome in (Outcome.CHOOSE, Outcome.UNKNOWN):
        yield from _doubts(known[ranked[0].id])


def _for(found: Signals) -> str:
    told = sorted(((pull, ground) for ground, pull in pulls(found).items()), reverse=True)
    return ", ".join(FOR[ground] for pull, ground in told if pull > SPEAKS and ground in FOR) or "chỉ vài chữ khớp"


def _against(handled: Handled, first: Candidate, second: Candidate, known: dict[str, Signals]) -> Iterator[str]:
    said = {word.folded: word.typed for word in handled.ranking.reading.all_words}
    lacking = [said.get(word, word) for word in first.matched if " " not in word and word not in second.matched]
    if lacking:
        yield f"không có chữ {_listed(lacking)}"
    if not second.id.startswith(ROUTE_PREFIX):
        name = syllables(handled.brain.matcher.name_of(second.id))
        more = [word.typed for word in dict.fromkeys(name) if word.folded not in said]
        if more:
            yield f"tên còn có chữ {_listed(more)} mà câu hỏi không nói"
    one, other = pulls(known[first.id]), pulls(known[second.id])
    yield from (AGAINST[ground] for ground in Ground if one[ground] - other[ground] > LACKS)


def _doubts(found: Signals) -> Iterator[str]:
    doubts = []
    if found.unknown > MANY_UNKNOWN:
        doubts.append("nhiều chữ chưa mục nào có")
    if found.off_topic > 0:
        doubts.append("có chữ nói chuyện không cơ quan nào làm")
    if doubts:
        yield f"Chưa chắc vì: {', '.join(doubts)}."


def _listed(words: Iterable[str]) -> str:
    return ", ".join(f"“{word}”" for word in words)
