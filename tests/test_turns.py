"""Turns of a chat: what goes on about what was spoken of, near twins, contrasts, several procedures in one message."""

from dataclasses import replace

import pytest

from bot.answers import Answer, Answered, Choice, Option, Reason, Routed, Unknown, decide
from bot.matching import Matcher
from bot.procedures import Facet, Procedure
from bot.turns import Context, Turn, leaves, spoken_of, turn
from bot.turns.context import general, settled
from bot.turns.contrast import contrasted
from bot.turns.facts import facts_of
from bot.turns.following import followed, probabilities
from bot.turns.kin import Ages, ages_of, kin, retold
from bot.turns.message import Message
from bot.turns.parts import several
from bot.turns.signals import Going, Talk
from tests.values import LEXICON, base, candidate, entry, route, twins

WEAK = "là có không được bị phải cần muốn đi xin cái này mới lần đầu rồi đã chưa và với hay thế nào khác gì nhau ở đâu"
CHATTING = LEXICON | {
    "padding": [*LEXICON["padding"], "vậy"],
    "weak": [*LEXICON["weak"], WEAK, "em anh chị con cháu bố mẹ bé ai mấy ngày tuổi nếu nữa giấy cấp chứ mà luôn cơ"],
    "facets": LEXICON["facets"] | {"place": ["ở đâu", "chỗ nào"], "who": ["có được không"]},
}


def known(id: str, name: str, number: int, *phrases: str) -> Procedure:
    return entry(id, code=f"1.{number:06}", name=name, official_name=name, phrases=[name.lower(), *phrases])


ENTRIES = (
    known("doi", "Đổi thẻ căn cước", 1, "thẻ căn cước hết hạn", "đổi căn cước sai tên", "thẻ cũ quá hạn"),
    known("lai", "Cấp lại thẻ căn cước", 2, "mất thẻ căn cước", "bị mất căn cước", "thẻ mất rồi"),
    known("tu-14", "Làm thẻ căn cước từ đủ 14 tuổi", 3, "làm căn cước", "làm căn cước lần đầu", "chụp ảnh căn cước"),
    known("duoi-14", "Làm thẻ căn cước cho trẻ dưới 14 tuổi", 4, "căn cước trẻ em"),
    known("tam-tru", "Đăng ký tạm trú", 5, "thuê trọ khai báo", "ở trọ", "tạm trú nhà chủ trọ", "khai tạm trú"),
    known("gia-han", "Gia hạn tạm trú", 6, "sổ tạm trú gia hạn", "gia hạn thêm"),
    known("xoa", "Xóa đăng ký tạm trú", 7, "xóa tạm trú chuyển đi"),
    known("lap", "Đăng ký lập hộ kinh doanh", 8, "mở quán ăn", "hộ kinh doanh", "mở tiệm", "quán ăn nhỏ", "bán hàng"),
    known("nghi", "Chấm dứt hộ kinh doanh", 9, "đóng cửa quán ăn", "nghỉ bán quán ăn", "nghỉ hẳn"),
    known("ho-chieu", "Làm hộ chiếu", 10, "hộ chiếu đi nước ngoài", "passport"),
    known("bao-mat", "Báo mất hộ chiếu", 11, "rơi hộ chiếu"),
    known("khieu-nai", "Khiếu nại", 12, "khiếu nại quyết định"),
    known("to-cao", "Tố cáo", 13, "tố cáo cán bộ", "tố cáo việc làm sai", "tố giác"),
    known("to-cao-lai", "Tố cáo tiếp", 14),
)
ROUTES = (
    route("chao", "greeting", "xin chào"),
    route(
        "tien",
        "off_topic",
        "vay tiền ngân hàng",
        "lãi suất ngân hàng",
        "giá vàng hôm nay",
        "giá vàng",
        "giá đất mua nhà",
    ),
)
TWINS = (
    twins("Thẻ bị gì?", doi="Có thẻ, nay hết hạn", lai="Thẻ bị mất", tu_14="Chưa có thẻ"),
    twins("Mấy tuổi?", tu_14="Từ đủ 14 tuổi", duoi_14="Dưới 14 tuổi"),
    twins("Tạm trú thế nào?", tam_tru="Mới đến", gia_han="Sắp hết hạn", xoa="Chuyển đi"),
    twins("Làm gì với hộ?", lap="Mở mới", nghi="Nghỉ hẳn"),
    twins("Hộ chiếu?", ho_chieu="Làm mới", bao_mat="Bị mất"),
    twins("Đơn gì?", khieu_nai="Khiếu nại", to_cao="Tố cáo", to_cao_lai="Tố cáo tiếp"),
)
BASE = base(*ENTRIES, routes=ROUTES, twin_sets=TWINS, lexicon=CHATTING)
MATCHER = Matcher(BASE)


def after(procedure: str | None, text: str) -> Turn:
    return turn(MATCHER, BASE, text, Context(procedure=procedure) if procedure else None)


def ids(answer: Answer) -> tuple[str, ...]:
    if isinstance(answer, Answered):
        return (answer.procedure,)
    return tuple(o.procedure for o in answer.options) if isinstance(answer, Choice) else ()


def message(text: str) -> Message:
    ranking = MATCHER.rank(text)
    return Message(text, ranking, decide(ranking, BASE))


def offered(*names: str, reason: Reason = Reason.CHOICE, scores: tuple[float, ...] = ()) -> Context:
    """A choice of these that was not made; equal in score unless told."""
    found = tuple(candidate(name, score) for name, score in zip(names, scores or [0.3] * len(names), strict=True))
    return Context(choice=Choice(reason, (), found, tuple(map(Option, names)), "Việc nào?"))


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("vợ em yếu, em đi thay có được không", "thay"),
        ("vỡ biển", "vo bien"),  # not "vợ"
        ("mất bao ngày", "bao"),  # nothing is lost
        ("bị mất hộ chiếu", "mat ho chieu"),
        ("em 13 tuổi học lớp 10", "hoc lop"),
    ],
)
def test_the_subject_is_what_could_name_a_procedure(text: str, subject: str) -> None:
    assert [word.folded for word in message(text).subject] == subject.split()


@pytest.mark.parametrize(
    ("text", "cues"),
    [
        ("còn lệ phí", "opens"),
        ("con gái em", ""),
        ("con gai em", "opens"),  # toneless: "còn" as well
        ("cái đó", "opens"),
        ("giấy ấy", "opens"),
        ("trẻ em thì sao ạ", "opens ends"),
        ("nhà 4 tầng có khác không", "asks opens ends"),
        ("ko phải mất", "asks opens corrects"),
        ("nếu mất", "opens supposes"),
        ("ý em là cấp lại", "opens corrects"),
        ("hay là ở trọ", "asks opens"),
        ("hết hạn cơ", "corrects"),
        ("dạ em hiểu rồi", "opens closes"),
        ("thôi để mai tôi hỏi", "closes"),
        ("lệ phí, cảm ơn", "asks"),
        ("", ""),
    ],
)
def test_cues_of_a_message(text: str, cues: str) -> None:
    found = message(text)
    named = ("asks", "opens", "ends", "corrects", "supposes", "closes")
    assert {name for name in named if getattr(found, name)} >= set(cues.split())
    assert bool(found.opens) is ("opens" in cues)
    assert bool(found.closes) is ("closes" in cues)


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("bé 7 tuổi", Ages(7, 7)),
        ("trẻ dưới 14 tuổi", Ages(0, 13)),
        ("từ đủ 14 tuổi trở lên", Ages(14)),
        ("trên 14", Ages(14)),
        ("dưới 5 triệu", None),
        ("từ 3 năm trước", None),
        ("đóng 13 năm", None),
        ("làm căn cước", None),
    ],
)
def test_ages_of_a_text(text: str, ages: Ages | None) -> None:
    assert ages_of(text) == ages


def test_kin_have_the_labels_of_the_questions_that_they_share() -> None:
    assert kin(BASE, "duoi-14") == {"duoi-14": "Dưới 14 tuổi", "tu-14": "Từ đủ 14 tuổi"}
    assert kin(BASE, "tu-14")["tu-14"] == "Chưa có thẻ Từ đủ 14 tuổi"
    assert kin(base(entry()), "khai-sinh") == {"khai-sinh": ""}


@pytest.mark.parametrize(
    ("answer", "names"),
    [
        (Answered(Reason.DIRECT, procedure="doi"), ("doi",)),
        (Choice(Reason.CHOICE, options=(Option("doi"), Option("lai"))), ("doi", "lai")),
        (Unknown(Reason.NO_MATCH), None),
        (Routed(Reason.GREETING, route="chao"), None),
    ],
)
def test_what_a_chat_speaks_of_after_an_answer(answer: Answer, names: tuple[str, ...] | None) -> None:
    context = spoken_of(answer)
    assert (context.names if context else None) == names


@pytest.mark.parametrize(
    ("text", "answer", "left"),
    [
        ("xin phép bay flycam ở đâu", Unknown(Reason.NO_MATCH), True),
        ("mở thẻ ngân hàng ở đâu", Routed(Reason.OFF_TOPIC, route="tien"), True),
        ("đắt thế", Unknown(Reason.NO_MATCH), False),
        ("xin chào", Routed(Reason.GREETING, route="chao"), False),
        ("đăng ký tạm trú", Answered(Reason.DIRECT, procedure="tam-tru"), False),
    ],
)
def test_a_message_leaves_what_was_spoken_of(text: str, answer: Answer, left: bool) -> None:
    assert leaves(Message(text, MATCHER.rank(text), answer)) is left


def test_all_texts_of_an_entry_are_its_facts() -> None:
    facts = facts_of(known("dai", "Đăng ký " + "rất dài " * 30, 20, "cách hỏi khác"))
    assert {"dang ki", "rat dai", "cach hoi", "hoi khac"} <= facts
    assert "dai cach" not in facts  # no neighbours


def test_nothing_spoken_of_has_no_name() -> None:
    assert Context().names == ()


@pytest.mark.parametrize(
    ("context", "name"),
    [
        (Context(procedure="lai"), "lai"),
        (offered("nghi", "lap"), "lap"),  # asked for in more ways
        (offered("doi", "lai"), None),  # in as many
        (offered("nghi", "lap", scores=(0.8, 0.1)), "nghi"),  # far ahead
        (offered("lap", "tam-tru", reason=Reason.SEVERAL), None),
    ],
)
def test_of_a_choice_the_general_one_is_spoken_of(context: Context, name: str | None) -> None:
    assert settled(context, MATCHER) == name


def test_one_alone_is_general() -> None:
    assert general(["xoa"], MATCHER) == "xoa"


@pytest.mark.parametrize(
    ("spoken", "text", "given"),
    [
        ("doi", "lệ phí", "doi"),
        ("doi", "làm ở đâu vậy", "doi"),
        ("doi", "thẻ hết hạn bao lâu", "doi"),  # known by it
        ("doi", "thế còn cấp lại thì sao", "lai"),
        ("doi", "không phải hết hạn, bị mất cơ", "lai"),
        ("tu-14", "bé 5 tuổi thì sao", "duoi-14"),
        ("duoi-14", "đứa lớn 16 tuổi thì sao", "tu-14"),
        ("duoi-14", "bé 7 tuổi thì sao", "duoi-14"),
        ("tam-tru", "vậy gia hạn nữa thì sao", "gia-han"),
        ("tam-tru", "nếu ở trọ thì sao", "tam-tru"),
        ("tam-tru", "phí khám", "tam-tru"),  # one word that leads nowhere
        ("lap", "không phải lập, nghỉ cơ", "nghi"),
        ("khieu-nai", "không khiếu nại thì sao", "khieu-nai"),  # a condition denies nothing
    ],
)
def test_a_message_goes_on(spoken: str, text: str, given: str) -> None:
    found = after(spoken, text).answer
    assert (found.reason, ids(found)) == (Reason.FOLLOW_UP, (given,))


@pytest.mark.parametrize(
    ("spoken", "text"),
    [
        ("doi", "vâng cảm ơn em hiểu rồi"),
        ("tam-tru", "đăng ký tạm trú lệ phí"),  # names it again
        ("tam-tru", "làm hộ chiếu"),  # answered
        ("tam-tru", "căn cước thì sao"),  # names another
        ("tam-tru", "giá vàng hôm nay bao nhiêu"),
        ("tam-tru", "vay tiền ngân hàng lãi suất giá vàng thì sao"),
        ("tam-tru", "xin chào"),
        ("tam-tru", "mở tiệm hay bán hàng"),
        (None, "lệ phí"),
        (None, "thì sao"),
    ],
)
def test_a_message_stands_by_itself(spoken: str | None, text: str) -> None:
    assert after(spoken, text).answer == after(None, text).answer
    assert after(None, text).answer.reason is not Reason.FOLLOW_UP


FACET = (Facet.FEE,)


def test_a_choice_that_was_not_made_is_offered_again_with_what_was_asked() -> None:
    context = offered("doi", "lai")
    assert context.choice is not None
    found = turn(MATCHER, BASE, "lệ phí", context).answer
    assert found == Choice(Reason.FOLLOW_UP, FACET, context.choice.candidates, context.choice.options, "Việc nào?")


@pytest.mark.parametrize(("text", "reason"), [("làm hộ chiếu đi nước ngoài", Reason.DIRECT), ("thì sao", Reason.EMPTY)])
def test_what_asks_no_more_about_a_choice_stands_by_itself(text: str, reason: Reason) -> None:
    assert turn(MATCHER, BASE, text, offered("doi", "lai")).answer.reason is reason


def test_after_a_choice_the_general_one_answers() -> None:
    assert ids(turn(MATCHER, BASE, "lệ phí", offered("nghi", "lap")).answer) == ("lap",)


def test_where_nothing_tells_which_is_meant_instead_the_near_twins_are_offered() -> None:
    found = after("tam-tru", "không phải tạm trú, cái khác cơ").answer
    assert isinstance(found, Choice)
    assert (found.reason, set(ids(found))) == (Reason.FOLLOW_UP, {"gia-han", "xoa"})


def test_without_near_twins_what_is_denied_is_all_there_is() -> None:
    lonely = base(*ENTRIES, lexicon=CHATTING)
    found = turn(Matcher(lonely), lonely, "không phải gia hạn, cái này cơ", Context(procedure="gia-han")).answer
    assert ids(found) == ("gia-han",)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("đổi thẻ căn cước và làm hộ chiếu", ("doi", "ho-chieu")),
        ("làm hộ chiếu và giá vàng", ("ho-chieu",)),
        ("xóa đăng ký tạm trú, ngoài ra tố cáo cán bộ", ("xoa", "to-cao")),
        ("đổi thẻ căn cước, làm hộ chiếu, cả hai mất mấy ngày", ("doi", "ho-chieu")),
        ("em vừa làm hộ chiếu đi nước ngoài", ("ho-chieu",)),  # "vừa" once joins nothing
        ("vừa làm hộ chiếu vừa đổi thẻ căn cước", ("ho-chieu", "doi")),
        ("đổi và cấp lại thẻ căn cước khác gì nhau", ("lai", "doi")),  # a near twin, by one word
        ("tạm trú khác gì hộ chiếu", ("tam-tru", "ho-chieu")),
        ("phân biệt tố cáo và khiếu nại", ("to-cao", "khieu-nai")),
        ("làm căn cước dưới 14 tuổi và từ 14 tuổi khác gì nhau", ("duoi-14", "tu-14")),
        ("đóng cửa khác gì lập hộ kinh doanh", ("lap", "nghi")),
        ("làm căn cước trẻ em dưới 14 tuổi khác gì trên 20 tuổi", ("duoi-14", "tu-14")),
        ("thuê trọ khác gì gia hạn tạm trú", ("gia-han", "tam-tru")),
        ("quán ăn khác gì hộ chiếu", ("ho-chieu", "lap")),  # the general one of its special cases
        ("giá vàng khác gì hộ chiếu", ()),
        ("không phải hộ chiếu và tạm trú, đổi thẻ căn cước", ("doi",)),
        ("làm hộ chiếu và " + "cho con " * 12, ("ho-chieu",)),  # a story
    ],
)
def test_several_procedures_in_one_message(text: str, shown: tuple[str, ...]) -> None:
    assert ids(after(None, text).answer) == shown


TOPIC = Routed(Reason.OFF_TOPIC, route="tien")
UNKNOWN = Unknown(Reason.NO_MATCH)


@pytest.mark.parametrize(
    ("spoken", "text", "scores", "alone", "given"),
    [
        ("tam-tru", "ở trọ khai báo thì sao", {"route:tien": 0.5}, TOPIC, "tam-tru"),  # all of it is known
        ("tam-tru", "em được không", {"route:tien": 0.4}, TOPIC, "tam-tru"),
        ("tam-tru", "còn lệ phí", {"route:tien": 0.4}, TOPIC, "tam-tru"),
        ("tam-tru", "hộ chiếu bị mất", {"route:tien": 0.95}, TOPIC, None),  # a sure topic
        ("tam-tru", "hay gia hạn thêm", {"doi": 0.1, "gia-han": 0.8}, ("gia-han", "doi"), "gia-han"),
        ("tam-tru", "gia hạn", {"gia-han": 0.8}, ("gia-han", "tam-tru"), "gia-han"),
        ("tam-tru", "hộ chiếu lệ phí", {"ho-chieu": 0.7}, ("ho-chieu", "bao-mat"), None),  # names another
        ("tam-tru", "đổi thẻ căn cước cũ của bố", {"doi": 0.9}, ("doi",), None),
        ("ho-chieu", "nếu rơi mất", {"doi": 0.2}, UNKNOWN, "bao-mat"),
    ],
)
def test_what_speaks_for_going_on_and_against(
    spoken: str, text: str, scores: dict[str, float], alone: Answer | tuple[str, ...], given: str | None
) -> None:
    ranking = replace(MATCHER.rank(text), candidates=tuple(candidate(*score) for score in scores.items()))
    answer = Choice(Reason.CHOICE, options=tuple(map(Option, alone))) if isinstance(alone, tuple) else alone
    found = followed(MATCHER, BASE, Message(text, ranking, answer), Context(procedure=spoken))
    assert (ids(found) if found else None) == ((given,) if given else None)


def signals_after(spoken: str, text: str) -> dict[str, Going]:
    return Talk(MATCHER, BASE, message(text), spoken, kin(BASE, spoken)).signals()


@pytest.mark.parametrize(
    ("text", "signal", "low", "high"),
    [
        ("còn lệ phí", "bare_asks", 1, 1),
        ("hộ chiếu lệ phí", "bare_asks", 0, 0),
        ("ở trọ", "known", 0.9, 1),
        ("làm hộ chiếu", "known", 0, 0.1),
        ("làm hộ chiếu", "outside", 0.8, 1),
        ("giá vàng hôm nay", "topic", 0.3, 1),
        ("cảm ơn em", "closes", 1, 1),
        ("không phải tạm trú, gia hạn cơ", "denied", 1, 1),
        ("tạm trú", "denied", 0, 0),
        ("lệ phí", "kin", 0, 0),
        ("đăng ký mua flycam", "seeks", 1, 1),
        ("nộp ở đâu", "seeks", 0, 0),
        ("đăng ký tạm trú", "strange", 0, 0),
        ("nuôi khỉ cảnh", "strange", 0.2, 0.2),
    ],
)
def test_signals_of_what_was_spoken_of(text: str, signal: str, low: float, high: float) -> None:
    assert low <= getattr(signals_after("tam-tru", text)["tam-tru"], signal) <= high


@pytest.mark.parametrize(
    ("name", "signal", "low", "high"),
    [
        ("gia-han", "kin", 1, 1),
        ("gia-han", "kin_named", 1, 1),  # "gia", "hạn"
        ("xoa", "kin_named", 0, 0),
        ("gia-han", "kin_lead", 0.1, 1),
        ("gia-han", "kin_akin", 0.5, 1),  # "tạm trú"
        ("gia-han", "kin_fits", 0.1, 1),
        ("xoa", "kin_opens", 1, 1),
    ],
)
def test_signals_of_a_near_twin(name: str, signal: str, low: float, high: float) -> None:
    assert low <= getattr(signals_after("tam-tru", "còn gia hạn thì sao")[name], signal) <= high


def test_going_on_and_standing_alone_are_shares_of_one() -> None:
    found = signals_after("tam-tru", "còn gia hạn thì sao")
    shares = probabilities(found)
    assert 0 < sum(shares.values()) < 1
    assert max(shares, key=lambda name: shares[name]) == "gia-han"
    assert probabilities(found, dict.fromkeys(Going._fields, 0.0)) == dict.fromkeys(found, 1 / (len(found) + 1))


def test_a_message_said_of_what_the_near_twins_share() -> None:
    told = retold(MATCHER, kin(BASE, "tam-tru"), "tam-tru", MATCHER.read("xóa"))
    assert max(told, key=lambda name: told[name]) == "xoa"
    assert 0 < sum(told.values()) < 1
    assert retold(MATCHER, {"khieu-nai": ""}, "khieu-nai", MATCHER.read("xóa")) == {}


def test_some_entries_are_weighed_where_no_other_can_be_meant() -> None:
    found = MATCHER.among(["tam-tru", "xoa", "không có"], MATCHER.read("xóa tạm trú"))
    assert found["xoa"] > found["tam-tru"]
    assert found.keys() == {"tam-tru", "xoa"}
    assert MATCHER.among([], MATCHER.read("xóa tạm trú")) == {}


def test_a_part_that_is_not_clear_may_be_what_the_whole_message_means() -> None:
    text = "làm hộ chiếu và mở bán hàng"
    whole = Message(text, MATCHER.rank(text), Answered(Reason.DIRECT, procedure="lap"))
    assert ids(several(MATCHER, BASE, whole) or UNKNOWN) == ("ho-chieu", "lap")


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("đổi thẻ căn cước", "doi"),
        ("không phải cấp lại, đổi thẻ căn cước", "doi"),
        ("đổi thẻ căn cước chứ không phải cấp lại", "doi"),
        ("không phải gia hạn, xóa tạm trú", "xoa"),
        ("không phải căn cước, mới mở quán ăn", "lap"),
        ("không phải hộ chiếu, trời mưa", None),
        ("không phải trời, mưa gió", None),
    ],
)
def test_what_is_denied_is_not_meant(text: str, first: str | None) -> None:
    plain = MATCHER.rank(text)
    found = contrasted(MATCHER, plain, text)
    best = next((c for c in found.candidates if MATCHER.is_entry(c.id)), None)
    assert (best.id if best and best.score > 0.2 else None) == first
    assert sum(c.score for c in found.candidates if MATCHER.is_entry(c.id)) <= 1.001
    assert plain.reading.denied or found is plain
