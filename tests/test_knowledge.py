"""knowledge: a good base becomes one value with a version; what clashes between its files is told all at once."""

import unicodedata
from pathlib import Path

import pytest

from bot.errors import Fault, KnowledgeError
from bot.knowledge import load
from bot.knowledge.files import RouteReason
from bot.procedures import Facet, Level
from tests.running import KNOWLEDGE
from tests.small import FILES, change, faults_of, load_small, write_base

HO_TICH, CU_TRU = "procedures/ho-tich.yaml", "procedures/cu-tru.yaml"


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return write_base(tmp_path / "base")


@pytest.mark.parametrize("local", [None, "hai-phong"])
def test_the_shipped_base_has_no_fault(local: str | None) -> None:
    assert faults_of(KNOWLEDGE, local) == []


def test_a_base_holds_what_its_files_say(tmp_path: Path) -> None:
    small = load_small(tmp_path)
    assert [p.id for p in small.procedures] == ["tam-tru", "khai-sinh", "khai-sinh-lai"]
    assert small.fields == {"tam-tru": "Cư trú", "khai-sinh": "Hộ tịch", "khai-sinh-lai": "Hộ tịch"}
    assert small.by_id["tam-tru"].level is Level.COMMUNE
    assert [[o.procedure for o in t.options] for t in small.twins] == [["khai-sinh", "khai-sinh-lai"]]
    assert small.lexicon.abbreviations == {"ks": "khai sinh", "đk": "đăng ký"}
    assert small.lexicon.facets[Facet.FEE] == ("bao nhiêu tiền", "lệ phí")
    assert [(r.id, r.reason) for r in small.routes] == [
        ("khan-cap", RouteReason.EMERGENCY),
        ("chao", RouteReason.GREETING),
    ]
    assert {number: law.title for number, law in small.laws.items()} == {
        "60/2014/QH13": "Luật Hộ tịch",
        "123/2015/NĐ-CP": "Nghị định về Luật Hộ tịch",
        "68/2020/QH14": "Luật Cư trú",
    }
    assert {office.id: office.address for office in small.offices.values()} == {
        "ttpvhcc-xa": None,
        "cong-an-xa": "1 Trần Phú",
    }
    assert list(small.origins) == ["cong-dvcqg", "van-ban"]
    assert [(q.expect, q.facets) for q in small.questions] == [("khai-sinh", (Facet.PLACE,)), ("none", ())]


def test_the_version_tells_one_text_from_another(base: Path) -> None:
    first = load(base, None).version
    assert len(first) == 12
    assert int(first, 16) >= 0
    assert load(base, None).version == first
    change(base, "offices.yaml", "1 Trần Phú", "2 Trần Phú")
    second = load(base, None).version
    assert len({first, second, load(base, "hai-phong").version}) == 3


def test_a_file_of_another_kind_changes_nothing(base: Path) -> None:
    version = load(base, None).version
    (base / "README.md").write_text("Cách sửa", "utf-8")
    assert load(base, None).version == version


def test_a_base_may_have_no_questions(base: Path) -> None:
    (base / "questions" / "ho-tich.yaml").unlink()
    assert load(base, None).questions == ()


@pytest.mark.parametrize("folder", ["khong-co", "."])
def test_a_folder_without_procedures_is_no_base(tmp_path: Path, folder: str) -> None:
    with pytest.raises(KnowledgeError, match="Hãy sửa khóa knowledge trong config") as caught:
        load(tmp_path / folder, None)
    assert caught.value.faults == ()


@pytest.mark.parametrize("name", ["lexicon.yaml", "routes.yaml", "laws.yaml", "offices.yaml", "sources.yaml"])
def test_a_missing_file_is_a_fault(base: Path, name: str) -> None:
    (base / name).unlink()
    assert faults_of(base) == [f"{name}:1: thiếu tệp này → chép lại từ bộ tri thức gốc"]


def test_a_file_of_procedures_that_cannot_be_read_is_a_fault(base: Path) -> None:
    (base / "procedures" / "zz.yaml").symlink_to(base / "khong-co.yaml")
    (fault,) = faults_of(base)
    assert fault.startswith("procedures/zz.yaml:1: không mở được tệp: ")


@pytest.mark.parametrize(
    ("name", "old", "new", "key", "words"),
    [
        (
            CU_TRU,
            "68/2020/QH14",
            "68/2020/QH15",
            "procedures.0.legal_basis.documents.0",
            "chưa có văn bản 68/2020/QH15 trong laws.yaml → thêm số hiệu và tên văn bản",
        ),
        (
            CU_TRU,
            "[cong-an-xa]",
            "[cong-an]",
            "procedures.0.place.offices.0",
            "không có nơi nào tên cong-an → thêm vào offices.yaml",
        ),
        (
            HO_TICH,
            "doan: {origin: van-ban",
            "doan: {origin: bao-chi",
            "procedures.0.sources.doan.origin",
            "không có nơi đọc tên bao-chi → thêm vào sources.yaml",
        ),
        (
            CU_TRU,
            "source: phi",
            "source: phii",
            "procedures.0.fee.source",
            "không có nguồn tên phii → thêm nguồn này vào sources của mục",
        ),
        (
            HO_TICH,
            "source: tam}",
            "source: tamm}",
            "procedures.0.fee.items.2.source",
            "không có nguồn tên tamm → thêm nguồn này vào sources của mục",
        ),
        (
            HO_TICH,
            "procedure: khai-sinh-lai",
            "procedure: khai-sinh-mai",
            "twins.0.options.1.procedure",
            "không có mục nào tên khai-sinh-mai → xem lại id của mục",
        ),
    ],
)
def test_a_name_that_nothing_bears_is_a_fault(base: Path, name: str, old: str, new: str, key: str, words: str) -> None:
    line = change(base, name, old, new)
    assert faults_of(base) == [f"{name}:{line}: {key}: {words}"]


def test_an_office_read_nowhere_is_a_fault(base: Path) -> None:
    line = change(base, "offices.yaml", "phone: 0225.3821055\n    origin: cong-dvcqg", "origin: bao-chi")
    (fault,) = faults_of(base)
    assert fault.startswith(f"offices.yaml:{line}: offices.1.origin: không có nơi đọc tên bao-chi")


def test_a_test_question_that_expects_no_entry_is_a_fault(base: Path) -> None:
    line = change(base, "questions/ho-tich.yaml", "expect: khai-sinh,", "expect: khai-sinhh,")
    (fault,) = faults_of(base)
    assert fault.startswith(f"questions/ho-tich.yaml:{line}: questions.0.expect: không có mục nào tên khai-sinhh")


def test_each_of_several_expected_entries_exists(base: Path) -> None:
    new = "expect: [khai-sinh, tam-truu], also: [khai-sinhh]"
    line = change(base, "questions/ho-tich.yaml", "expect: khai-sinh,", new + ",")
    assert [fault.split(" → ")[0] for fault in faults_of(base)] == [
        f"questions/ho-tich.yaml:{line}: questions.0.also.0: không có mục nào tên khai-sinhh",
        f"questions/ho-tich.yaml:{line}: questions.0.expect.1: không có mục nào tên tam-truu",
    ]


@pytest.mark.parametrize(
    ("old", "key"),
    [('code: "1.001193"', "procedures.0.code"), ('{code: "1.000656"', "procedures.0.former_codes.0.code")],
)
def test_a_code_stands_at_one_entry_only(base: Path, old: str, key: str) -> None:
    line = change(base, HO_TICH, old, old.split('"')[0] + '"1.004194"')
    problem = "mã 1.004194 đã đứng ở mục tam-tru → một mã chỉ đứng ở một mục"
    assert faults_of(base) == [f"{HO_TICH}:{line}: {key}: {problem}"]


def test_an_id_stands_once_in_the_whole_base(base: Path) -> None:
    line = change(base, HO_TICH, "id: khai-sinh-lai", "id: tam-tru")
    change(base, HO_TICH, "procedure: khai-sinh-lai", "procedure: tam-tru")
    assert faults_of(base) == [
        f"{HO_TICH}:{line}: procedures.1.id: id tam-tru đã có ở {CU_TRU}:3 → đặt id khác",
    ]


@pytest.mark.parametrize(
    "phrase",
    [
        "đăng ký tạm trú",
        "Đăng Ký Tạm Trú",
        unicodedata.normalize("NFD", "đăng ký tạm trú"),
        "đăng kí tạm trú",
        "đăng ký tạm trú?",
    ],
)
def test_a_phrase_is_claimed_by_one_entry_only(base: Path, phrase: str) -> None:
    line = change(base, HO_TICH, "- mất giấy khai sinh làm lại", f"- {phrase}")
    words = "cách hỏi này đã đứng ở mục tam-tru → giữ ở một mục, hoặc viết rõ hơn"
    assert faults_of(base) == [f"{HO_TICH}:{line}: procedures.1.phrases.1: {words}"]


def test_an_entry_may_say_the_same_twice(base: Path) -> None:
    change(base, CU_TRU, "- thuê trọ phải đăng ký gì", "- Đăng ký tạm trú")
    change(base, CU_TRU, 'code: "1.010038"', 'code: "1.004194"')
    assert faults_of(base) == []


@pytest.mark.parametrize(
    ("name", "entry"),
    [
        ("laws.yaml", "  - {number: 60/2014/QH13}\n"),
        ("offices.yaml", "  - {id: cong-an-xa, name: Công an, origin: cong-dvcqg, checked_on: 2026-07-18}\n"),
        ("sources.yaml", "  - {id: van-ban, name: Văn bản}\n"),
        ("routes.yaml", "  - {id: chao, reason: thanks, phrases: [cảm ơn], text: Vâng., english: Welcome.}\n"),
    ],
)
def test_a_register_names_each_thing_once(base: Path, name: str, entry: str) -> None:
    text = FILES[name] + entry
    (base / name).write_text(text, "utf-8")
    (fault,) = faults_of(base)
    assert fault.startswith(f"{name}:{text.count(chr(10))}: ")


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (CU_TRU, "- thuê trọ phải đăng ký gì", "- '???'"),
        ("routes.yaml", "[cháy nhà, cứu với]", "['!!!']"),
        ("lexicon.yaml", "[cho em hỏi, ạ]", "['...']"),
        ("lexicon.yaml", "[bao nhiêu tiền, lệ phí]", "['?']"),
        ("lexicon.yaml", "ks: khai sinh", "'-': khai sinh"),
    ],
)
def test_a_phrase_without_a_word_is_a_fault(base: Path, name: str, old: str, new: str) -> None:
    line = change(base, name, old, new)
    (fault,) = faults_of(base)
    assert fault.startswith(f"{name}:{line}: ")


def test_all_faults_come_at_once_and_in_order(base: Path) -> None:
    wrong = [
        (CU_TRU, change(base, CU_TRU, "quantity: 3", "quantity: ba")),
        (CU_TRU, change(base, CU_TRU, "channels: [trực tuyến]", "channels: [mạng]")),
        (HO_TICH, change(base, HO_TICH, "- Nhận Giấy khai sinh.", "- {Nhận: Giấy}")),
        ("lexicon.yaml", change(base, "lexicon.yaml", "names:", "name:")),
        ("routes.yaml", change(base, "routes.yaml", "reason: greeting", "reason: chào")),
        ("sources.yaml", change(base, "sources.yaml", '"https://', '"http://')),
        ("offices.yaml", change(base, "offices.yaml", "hours: Thứ", "hours: Từ: Thứ")),
        ("questions/ho-tich.yaml", change(base, "questions/ho-tich.yaml", "facets: [place]", "facets: [nơi]")),
    ]
    (base / "laws.yaml").unlink()
    with pytest.raises(KnowledgeError) as caught:
        load(base, "khong-co")
    places = [(fault.file, fault.line) for fault in caught.value.faults]
    assert places == sorted([*wrong, ("laws.yaml", 1), ("local/khong-co.yaml", 1)])
    assert all(fault.problem and fault.mend for fault in caught.value.faults)
    head, *lines = str(caught.value).splitlines()
    assert head == f"Bộ tri thức ở {base} có 10 lỗi:"
    assert lines == [f"  {fault}" for fault in caught.value.faults]


def test_clashes_are_told_beside_a_fault_in_a_register(base: Path) -> None:
    line = change(base, HO_TICH, "- mất giấy khai sinh làm lại", "- đăng ký tạm trú")
    (base / "laws.yaml").unlink()
    assert [fault.split(": ")[0] for fault in faults_of(base)] == ["laws.yaml:1", f"{HO_TICH}:{line}"]


@pytest.mark.parametrize(
    ("fault", "text"),
    [
        (Fault("a.yaml", 3, "fee.amount", "cần một số", "viết 8000"), "a.yaml:3: fee.amount: cần một số → viết 8000"),
        (Fault("a.yaml", 1, "", "thiếu tệp này"), "a.yaml:1: thiếu tệp này"),
    ],
)
def test_a_fault_reads_as_one_line(fault: Fault, text: str) -> None:
    assert str(fault) == text
