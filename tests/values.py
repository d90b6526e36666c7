"""Values for tests, written in memory: entries, a lexicon, a base, a speaker, rankings."""

import datetime
from collections.abc import Iterable
from typing import Any

from bot.knowledge import Knowledge, Lexicon, Route
from bot.matching import Candidate, Ranking
from bot.matching.reading import Reading
from bot.phrases import VIETNAMESE, Sentences
from bot.procedures import Facet, Law, Office, Origin, Procedure, TwinSet
from bot.replies import Speaker
from bot.text import syllables

TODAY = datetime.date(2026, 11, 23)
NOW = datetime.datetime(2026, 11, 23, 2, 0, tzinfo=datetime.UTC)
PAGE = "https://dichvucong.gov.vn/thu-tuc/khai-sinh"

LEXICON: dict[str, Any] = {
    "abbreviations": {"cccd": "căn cước", "ks": "khai sinh", "hc": "hộ chiếu", "bn": "bao nhiêu", "ko": "không"},
    "synonyms": {"căn cước": ["chứng minh thư", "thẻ căn cước"], "sinh con": ["đẻ"]},
    "padding": ["cho em hỏi", "thế", "vâng", "ạ", "xin chào", "nhé"],
    "names": ["hộ chiếu"],
    "weak": ["làm cho còn thì sao tôi bạn", "đăng ký"],
    "facets": {
        "documents": ["cần giấy tờ gì", "giấy tờ gì"],
        "fee": ["lệ phí", "bao nhiêu tiền", "phí"],
        "time": ["bao lâu"],
        "proxy": ["làm hộ"],
    },
}


def source(checked_on: str = "2026-07-18", **changes: Any) -> dict[str, Any]:
    """A source of high confidence."""
    return {"origin": "cong", "confidence": "cao", "checked_on": checked_on, **changes}


def entry(id: str = "khai-sinh", **changes: Any) -> Procedure:
    """Đăng ký khai sinh with no facts but those given; other ids need their own `code`."""
    value: dict[str, Any] = {
        "id": id,
        "code": "1.001193",
        "name": "Đăng ký khai sinh",
        "official_name": "Thủ tục đăng ký khai sinh",
        "level": "xã",
        "authority": "Ủy ban nhân dân cấp xã",
        "summary": "Làm giấy khai sinh lần đầu.",
        "portal_url": PAGE,
        "sources": {"cong": source()},
        "phrases": ["làm giấy khai sinh cho con"],
    }
    return Procedure.model_validate({**value, **changes})


def route(id: str, reason: str, *phrases: str) -> Route:
    """A route that says its id, in Vietnamese and in English."""
    return Route.model_validate(
        {"id": id, "reason": reason, "phrases": phrases, "text": f"Lời của {id}.", "english": f"Words of {id}."}
    )


def twins(question: str, **labels: str) -> TwinSet:
    """A deciding question; keywords are ids (with _ for -) and their labels."""
    options = [{"label": label, "procedure": name.replace("_", "-")} for name, label in labels.items()]
    return TwinSet.model_validate({"question": question, "options": options})


def base(
    *entries: Procedure,
    routes: Iterable[Route] = (),
    twin_sets: Iterable[TwinSet] = (),
    laws: Iterable[Law] = (),
    offices: Iterable[Office] = (),
    lexicon: dict[str, Any] | None = None,
) -> Knowledge:
    """A base of these entries, with the lexicon above."""
    return Knowledge(
        procedures=entries,
        fields={e.id: "Hộ tịch" for e in entries},
        twins=tuple(twin_sets),
        lexicon=Lexicon.model_validate(LEXICON if lexicon is None else lexicon),
        routes=tuple(routes),
        laws={law.number: law for law in laws},
        offices={office.id: office for office in offices},
        origins={
            "cong": Origin(id="cong", name="Cổng Dịch vụ công quốc gia"),
            "bang": Origin(id="bang", name="Bảng phí"),
        },
        questions=(),
        version="0123456789ab",
    )


def registry(**changes: Any) -> Knowledge:
    """Four procedures (two of them twins) and four routes."""
    return base(
        entry(fee={"source": "cong", "items": [{"name": "Lệ phí", "amount": 8000}]}),
        entry(
            "khai-sinh-lai",
            code="2.000528",
            former_codes=[{"code": "1.004884", "reason": "đổi số"}],
            name="Đăng ký lại khai sinh",
            official_name="Thủ tục đăng ký lại khai sinh",
            phrases=["mất bản chính giấy khai sinh"],
        ),
        entry(
            "can-cuoc",
            code="1.116410",
            name="Làm căn cước",
            official_name="Cấp thẻ căn cước cho công dân",
            phrases=["làm căn cước gắn chíp"],
        ),
        entry(
            "ho-chieu",
            code="1.001456",
            name="Làm hộ chiếu",
            official_name="Cấp hộ chiếu phổ thông",
            phrases=["làm hộ chiếu đi nước ngoài"],
        ),
        routes=[
            route("chao", "greeting", "xin chào"),
            route("cam-on", "thanks", "cảm ơn bạn", "ok rồi"),
            route("chay", "emergency", "cháy nhà"),
            route("toa", "court", "ly hôn"),
        ],
        twin_sets=[twins("Đã từng đăng ký chưa?", khai_sinh="Chưa từng", khai_sinh_lai="Đã đăng ký, nay mất")],
        **changes,
    )


def speaker(*entries: Procedure, say: Sentences = VIETNAMESE, today: datetime.date = TODAY, **more: Any) -> Speaker:
    """Who speaks of these entries."""
    return Speaker(say, base(*entries, **more), today)


def candidate(id: str, score: float) -> Candidate:
    """A candidate of which only the score matters."""
    return Candidate(id, score, (), score, score)


def ranking(*scores: tuple[str, float], facets: tuple[Facet, ...] = (), words: str = "khai sinh") -> Ranking:
    """A ranking written by hand; ids of routes begin with "route:"."""
    read = syllables(words)
    return Ranking(tuple(candidate(name, score) for name, score in scores), Reading(read, facets, read))
