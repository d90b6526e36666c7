"""`motcua evaluate`: labelled questions of every form, on the tiny base, in one table with bars."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.answers import SHIPPED, Outcome
from bot.procedures import Facet
from bot.trial.labelled import Behaviour, Case
from bot.trial.parts import set_aside
from bot.trial.scores import Judged, confusions, figures, times
from bot.trial.verdicts import Given
from tests.commands import Station

BASE = """\
questions:
  - {question: đăng ký khai sinh, expect: khai-sinh, facets: []}
  - {question: "lệ phí đăng ký tạm trú, mất bao lâu", expect: tam-tru, facets: [fee, time]}
  - {question: "mất bao lâu, lệ phí đăng ký tạm trú", expect: tam-tru, facets: [fee, time]}
  - {question: khai báo tạm trú cho người thuê nhà, expect: khai-sinh}
  - {question: thuê trọ phải đăng ký gì, expect: [khai-sinh, tam-tru]}
  - {question: đăng ký lại khai sinh, expect: khai-sinh, also: [khai-sinh-lai]}
  - {question: đăng ký khai sinh và đăng ký tạm trú, expect: [khai-sinh, tam-tru], both: true}
  - {question: lệ phí, after: đăng ký tạm trú, expect: tam-tru, facets: [fee]}
  - {question: xin việc ở đâu, expect: tam-tru}
  - {question: hôm nay trời có mưa không, expect: none}
  - {question: đăng ký tạm trú, expect: none}
"""
ROWS = """\
id\tbehaviour\tcodes\tquestion
a\tanswer\t1.004194\tđăng ký tạm trú
b\tanswer\t1.000656|9.999999\tdang ky khai sinh
c\tclarify\t1.001193|1.004884\tmất giấy khai sinh
d\tclarify\tbirth\tmất giấy khai sinh
e\tout\t\txin chào
f\tanswer\t9.999999\tcấp hộ chiếu
"""
LINES = "\ufeffhôm nay trời mưa\n\n  đăng ký tạm trú  \nxin chào\n"


@pytest.fixture
def station(folder: Path) -> Station:
    return Station(folder)


def written(station: Station, name: str, text: str) -> str:
    path = station.folder / name
    path.write_text(text, "utf-8")
    return str(path)


def tells(station: Station, *arguments: str) -> Any:
    return json.loads(station.prints("evaluate", "--json", *arguments))


def parts(figures: dict[str, Any], *names: str) -> list[tuple[int, int]]:
    return [(figures[name]["part"], figures[name]["whole"]) for name in names]


def test_the_base_form_is_judged_by_every_figure(station: Station) -> None:
    (row,) = tells(station, written(station, "own.yaml", BASE))["sets"]
    assert (row["name"], row["questions"], row["skipped"]) == ("own.yaml", 11, 0)
    assert parts(row, "first", "three", "helped") == [(7, 9), (7, 9), (7, 9)]
    assert parts(row, "refused", "direct", "precision") == [(1, 9), (7, 9), (6, 7)]
    assert parts(row, "answered", "offered", "routed", "clarify") == [(1, 2), (0, 2), (0, 2), (0, 0)]
    assert parts(row, "facets", "in_order", "follow_ups") == [(4, 4), (3, 4), (1, 1)]
    assert row["clarify"]["value"] is None
    assert row["ms"]["p95"] >= row["ms"]["p50"] > 0


def test_a_route_may_be_expected(station: Station) -> None:
    questions = "questions:\n  - {question: chào bạn, expect: chao}\n  - {question: đăng ký tạm trú, expect: chao}\n"
    (row,) = tells(station, written(station, "own.yaml", questions))["sets"]
    assert parts(row, "routes", "answered", "first") == [(1, 2), (1, 2), (0, 0)]


def test_rows_of_codes_know_former_codes_and_skip_what_the_base_does_not_hold(station: Station) -> None:
    (row,) = tells(station, written(station, "rows.tsv", ROWS))["sets"]
    assert (row["questions"], row["skipped"]) == (4, 2)
    assert parts(row, "first", "clarify", "routed") == [(2, 2), (1, 1), (1, 1)]


def test_a_word_of_the_labels_can_be_given_a_meaning(station: Station) -> None:
    path = written(station, "rows.tsv", ROWS)
    (row,) = tells(station, path, "--same", "birth=khai-sinh,khai-sinh-lai", "--same", "9.999999=tam-tru")["sets"]
    assert (row["questions"], row["skipped"]) == (6, 0)
    assert parts(row, "first", "clarify") == [(2, 3), (2, 2)]


def test_a_line_of_the_catalogue_answers_for_its_code_and_its_title(station: Station) -> None:
    table = "code,name\n9.999999,Cấp hộ chiếu phổ thông\n8.888888,Cấp hộ chiếu phổ thông\n"
    assert station.run("kb", "catalogue", "import", written(station, "list.csv", table)).exit_code == 0
    (row,) = tells(station, written(station, "rows.tsv", "f\tanswer\t8.888888\tcấp hộ chiếu phổ thông\n"))["sets"]
    assert parts(row, "helped") == [(1, 1)]


def test_plain_lines_are_answered_by_nothing(station: Station) -> None:
    (row,) = tells(station, written(station, "off.txt", LINES))["sets"]
    assert parts(row, "answered", "offered", "routed", "first") == [(1, 3), (0, 3), (1, 3), (0, 0)]


def test_without_a_file_the_base_is_asked_its_own_questions(station: Station) -> None:
    (row,) = tells(station)["sets"]
    assert (row["name"], row["questions"]) == ("questions", 2)


def test_several_files_have_a_row_each_and_one_of_all(station: Station) -> None:
    told = tells(station, written(station, "own.yaml", BASE), written(station, "off.txt", LINES))
    assert [(row["name"], row["questions"]) for row in told["sets"]] == [
        ("own.yaml", 11),
        ("off.txt", 3),
        ("Tất cả", 14),
    ]
    assert told["total"] == told["sets"][2]
    assert told["confusions"][0] == {"wanted": "không mục nào", "given": "tam-tru", "count": 2}
    assert [w["question"] for w in told["wrong"] if w["wanted"]] == [
        "khai báo tạm trú cho người thuê nhà",
        "xin việc ở đâu",
    ]


def test_the_table_tells_shares_and_confusions(station: Station) -> None:
    printed = station.prints("evaluate", written(station, "own.yaml", BASE))
    assert printed.splitlines()[0].split("  ")[0].strip() == "Tập"
    for words in (
        "own.yaml",
        "Ngay, đúng",
        " 85,7 ",
        "Cần → bot đưa ra (3 câu):",
        "    1  không mục nào → tam-tru",
        "    1  khai-sinh → tam-tru",
        "    1  tam-tru → chưa biết",
        "Thêm -v để xem từng câu.",
    ):
        assert words in printed
    assert "Hỏi lại" not in printed.splitlines()[0]


def test_verbose_tells_each_question_that_is_to_be_mended(station: Station) -> None:
    questions = "questions:\n  - {question: lệ phí, after: đăng ký tạm trú, expect: khai-sinh}\n"
    printed = station.prints("evaluate", "-v", written(station, "own.yaml", questions))
    assert "  đăng ký tạm trú → lệ phí\n      cần khai-sinh, bot: tam-tru\n" in printed


def test_nothing_to_mend_is_said(station: Station) -> None:
    printed = station.prints("evaluate", written(station, "off.txt", "xin chào\n"))
    assert "Không câu nào phải sửa." in printed


def test_skipped_rows_are_said(station: Station) -> None:
    assert "Không đo được 2 câu" in station.prints("evaluate", written(station, "rows.tsv", ROWS))


def test_noise_adds_columns_and_changes_nothing_else(station: Station) -> None:
    path = written(station, "own.yaml", BASE)
    (plain,), (noisy,) = tells(station, path)["sets"], tells(station, path, "--noise")["sets"]
    assert parts(noisy, "first", "helped", "answered") == parts(plain, "first", "helped", "answered")
    assert parts(noisy["toneless"], "first") == parts(plain, "first")
    assert noisy["typos"]["first"]["whole"] == 9
    assert tells(station, path, "--noise")["sets"][0]["typos"] == noisy["typos"]
    heading = station.prints("evaluate", "--noise", path, written(station, "off.txt", LINES)).splitlines()[0]
    assert "Không dấu: đúng đầu" in heading
    assert "Gõ sai: giúp được" in heading


def test_teencode_is_typed_as_in_a_table(station: Station) -> None:
    path, table = written(station, "own.yaml", BASE), written(station, "pairs.csv", "original,normalized\ntt,tạm trú\n")
    (row,) = tells(station, path, "--teencode", table)["sets"]
    assert row["teencode"]["first"]["whole"] == row["first"]["whole"]
    assert "Teencode: đúng đầu" in station.prints("evaluate", "--teencode", table, path)
    for other in (path, str(station.folder / "none.csv")):
        assert "không đọc được bảng teencode" in station.misused("evaluate", "--teencode", other, path)


def test_parts_are_told_apart(station: Station) -> None:
    names = [name for name in ("khai-sinh", "khai-sinh-lai", "tam-tru") if set_aside(name)]
    rows = tells(station, "--parts", "--noise", written(station, "own.yaml", BASE))["sets"]
    assert [row["name"] for row in rows] == ["own.yaml, đã chỉnh", *(["own.yaml, để riêng"] if names else [])]
    assert sum(row["questions"] for row in rows) == 11
    assert [row["toneless"]["helped"]["whole"] for row in rows] == [row["helped"]["whole"] for row in rows]
    rows = tells(station, "--parts", written(station, "off.txt", LINES))["sets"]
    assert [row["name"] for row in rows] == ["off.txt, đã chỉnh"]


def test_the_table_of_thresholds_marks_those_in_use(station: Station) -> None:
    path = written(station, "own.yaml", BASE)
    printed = station.prints("evaluate", "--table", path)
    (used,) = [line for line in printed.splitlines() if line.lstrip().startswith("→")]
    numbers = [f"{value:.2f}".replace(".", ",") for value in (SHIPPED.answer_from, SHIPPED.answer_margin)]
    assert used.split()[1:3] == numbers
    table = tells(station, "--table", path)["table"]
    now = [row for row in table if row["answer_from"] == SHIPPED.answer_from]
    assert [row["precision"] for row in now if row["answer_margin"] == SHIPPED.answer_margin] == [
        tells(station, path)["total"]["precision"]
    ]
    shares = [row["direct"]["part"] for row in table]
    assert shares[0] >= shares[-1]


@pytest.mark.parametrize(
    ("bars", "words"),
    [
        ("first=0.5,answered=0.5,precision=0.8", ""),
        ("first=0.8", "Đúng đầu (first): 77,8 %, thấp hơn mức 80 %.\n"),
        ("answered=0.005", "Ngoài: đáp (answered): 50,0 %, cao hơn mức 0,5 %.\n"),
        ("clarify=0.9", "Hỏi lại (clarify): không có câu nào để đo.\n"),
    ],
)
def test_bars_decide_the_exit_code(station: Station, bars: str, words: str) -> None:
    result = station.run("evaluate", written(station, "own.yaml", BASE), "--fail-under", bars)
    assert (result.exit_code, result.stderr) == (1 if words else 0, words)


@pytest.mark.parametrize(
    "arguments", [("--fail-under", "foo=1"), ("--fail-under", "first=no"), ("--fail-under", "first=2"), ("--same", "x")]
)
def test_wrong_options_are_refused(station: Station, arguments: tuple[str, ...]) -> None:
    assert "không hiểu" in station.misused("evaluate", *arguments)


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("x.csv", "a", "Không biết đọc tệp"),
        ("x.txt", " \n", "không có câu hỏi nào"),
        ("x.yaml", "questions: []\n", "không có câu hỏi nào"),
        ("x.yaml", "questions: [\n", "không đọc được YAML"),
        ("x.yaml", "questions:\n  - {question: a, expect: khai-sinhh}\n", "questions.0: không có mục nào tên"),
        ("x.yaml", "questions:\n  - {question: a}\n", "questions.0.expect: thiếu khóa này"),
        ("x.yaml", "questions:\n  - {question: a, expect: [none, tam-tru]}\n", "none không đứng cùng mục khác"),
        ("x.yaml", "questions:\n  - {question: a, expect: none, also: [none]}\n", "none không đứng cùng mục khác"),
        ("x.yaml", "questions:\n  - {question: a, expect: [A, tam-tru]}\n", "questions.0.expect.0: sai dạng: A"),
        ("x.yaml", "questions:\n  - {question: a, expect: []}\n", "questions.0.expect: danh sách thiếu mục"),
        ("x.yaml", "questions:\n  - {question: a, expect: tam-tru, both: true}\n", "both cần từ hai mục"),
        ("x.yaml", "questions:\n  - {question: a, expect: tam-tru, both: maybe}\n", "both: cần true hoặc false"),
        ("x.tsv", "a\tanswer\t1.004194\n", "x.tsv:1: có 3 cột, cần 4"),
        ("x.tsv", "a\tmaybe\t1.004194\tb\n", "không hiểu behaviour 'maybe'"),
        ("x.tsv", "a\tanswer\t1.004194\t \n", "thiếu câu hỏi"),
        ("x.tsv", "a\tanswer\t\tb\n", "thiếu mã thủ tục"),
        ("x.tsv", "a\tanswer\t1.00419\tb\n", "mã thủ tục sai dạng: 1.00419"),
        ("x.tsv", "a\n" * 30, "có 30 lỗi:"),
    ],
)
def test_a_wrong_file_says_what_is_wrong_and_how_to_mend_it(station: Station, name: str, text: str, words: str) -> None:
    assert words in station.refuses("evaluate", written(station, name, text))


def test_files_that_cannot_be_read_are_named(station: Station) -> None:
    (station.folder / "empty").mkdir()
    (station.folder / "latin.txt").write_bytes(b"\xe9\n")
    assert "Không mở được tệp" in station.refuses("evaluate", str(station.folder / "none.txt"))
    assert "không mở được tệp" in station.refuses("evaluate", str(station.folder / "none.yaml"))
    assert "không phải UTF-8" in station.refuses("evaluate", str(station.folder / "latin.txt"))
    assert "không có tệp .yaml nào" in station.refuses("evaluate", str(station.folder / "empty"))


def judged(case: Case, outcome: Outcome, *shown: str, facets: tuple[Facet, ...] = ()) -> Judged:
    return Judged(case, Given(outcome=outcome, shown=shown, facets=facets), 1.0)


ONE = Case("a", ("x", "y"), Behaviour.ANSWER)
TWO = Case("b", ("x", "y"), Behaviour.ANSWER, all_of=("x", "y"))
BACK = Case("c", ("x", "y"), Behaviour.CLARIFY)
NONE = Case("d")
SAID = Case("e", ("chao",), Behaviour.ROUTE)


@pytest.mark.parametrize(
    ("case", "outcome", "shown", "good"),
    [
        (ONE, Outcome.ANSWER, "y", "first three right helped well direct"),
        (ONE, Outcome.ANSWER, "z", "direct"),
        (ONE, Outcome.CHOOSE, "yz", "first three helped well"),
        (ONE, Outcome.CHOOSE, "zwy", "three helped well"),
        (ONE, Outcome.CHOOSE, "z", ""),
        (ONE, Outcome.UNKNOWN, "", ""),
        (ONE, Outcome.ROUTE, "z", ""),
        (TWO, Outcome.CHOOSE, "yx", "first three right helped well"),
        (TWO, Outcome.CHOOSE, "xz", "first"),
        (TWO, Outcome.ANSWER, "x", "first direct"),
        (BACK, Outcome.CHOOSE, "zx", "three helped well"),
        (NONE, Outcome.UNKNOWN, "", "well"),
        (NONE, Outcome.ROUTE, "x", "well"),
        (NONE, Outcome.ANSWER, "x", "direct"),
        (NONE, Outcome.CHOOSE, "xy", ""),
        (ONE, Outcome.ROUTE, "y", "first three right helped well"),
    ],
)
def test_what_to_think_of_an_answer(case: Case, outcome: Outcome, shown: str, good: str) -> None:
    """Each letter is an entry."""
    one = judged(case, outcome, *shown)
    found = {name for name in ("first", "three", "right", "helped", "well", "direct") if getattr(one, name)}
    assert found == set(good.split())


def test_facets_are_right_as_a_set_and_in_order() -> None:
    case = Case("a", ("x",), Behaviour.ANSWER, (Facet.FEE, Facet.TIME))
    told = [(Facet.FEE, Facet.TIME), (Facet.TIME, Facet.FEE), (Facet.FEE,), ()]
    found = figures([judged(case, Outcome.ANSWER, "x", facets=facets) for facets in told])
    assert (found["facets"].part, found["in_order"].part, found["facets"].whole) == (2, 1, 4)
    assert figures([judged(ONE, Outcome.ANSWER, "x")])["facets"].value is None


def test_follow_ups_are_right_only_directly_or_where_nothing_is_wanted_quietly() -> None:
    follow = Case("a", ("x",), Behaviour.ANSWER, after="b")
    quiet = Case("a", after="b")
    rows = [(follow, Outcome.ANSWER), (follow, Outcome.CHOOSE), (quiet, Outcome.ANSWER), (quiet, Outcome.UNKNOWN)]
    found = figures([judged(case, outcome, "x") for case, outcome in rows])["follow_ups"]
    assert (found.part, found.whole) == (2, 4)


def test_a_route_is_right_only_as_the_one_that_was_wanted() -> None:
    rows = [
        judged(SAID, Outcome.ROUTE, "chao"),
        judged(SAID, Outcome.ROUTE, "khan-cap"),
        judged(SAID, Outcome.ANSWER, "x"),
        judged(SAID, Outcome.UNKNOWN),
    ]
    assert [j.well for j in rows] == [True, False, False, False]
    found = figures(rows)
    assert [(found[n].part, found[n].whole) for n in ("routes", "routed", "answered", "helped", "precision")] == [
        (1, 4),
        (2, 4),
        (1, 4),
        (0, 0),
        (0, 0),
    ]


def test_confusions_are_counted_and_told_in_words() -> None:
    rows = [
        judged(ONE, Outcome.ANSWER, "z"),
        judged(NONE, Outcome.CHOOSE, "z", "w"),
        judged(NONE, Outcome.CHOOSE, "z", "w"),
        judged(TWO, Outcome.FOREIGN),
        judged(BACK, Outcome.ROUTE, "chao"),
        judged(ONE, Outcome.ANSWER, "x"),
    ]
    assert confusions(rows) == [
        ("không mục nào", "chọn z / w", 2),
        ("x + y", "không phải tiếng Việt", 1),
        ("x / y", "câu có sẵn chao", 1),
        ("x / y", "z", 1),
    ]


def test_times_are_told_even_of_nothing() -> None:
    assert times([]) == (0.0, 0.0)
    rows = [Judged(NONE, Given(outcome=Outcome.UNKNOWN), float(ms)) for ms in range(100)]
    assert times(rows) == (50.0, 95.0)
