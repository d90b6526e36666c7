"""`motcua kb new --guide`: the skeleton of a guide, from its name or its id."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from bot import yamlfile
from bot.cli.kb.new import new
from bot.cli.office import PACKAGE
from bot.curation.schemas import schemas
from bot.curation.shelf import items
from bot.curation.skeleton import LONGEST_ID, guide_id, guide_skeleton
from bot.knowledge import load
from bot.procedures import Guide
from tests.guiding import GUIDES, write_whole
from tests.keeping import Keeper
from tests.small import faults_of

WIFI = "Dùng wifi công cộng: an toàn"
SCHEMA = next(content for name, _, content in schemas() if name == "guides")
WORDS = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=20)


@pytest.fixture
def keeper(folder: Path) -> Keeper:
    keeper = Keeper(folder, new)
    write_whole(keeper.base)
    return keeper


def uncommented(text: str) -> str:
    """The skeleton with every part that waits in a comment made live."""
    return re.sub(r"^( *)# (?=( |- |[a-z_]+:))", r"\1", text, flags=re.MULTILINE)


def added(keeper: Keeper, text: str) -> None:
    """Put a skeleton, as printed, at the end of the guides."""
    path = keeper.base / GUIDES
    path.write_text(path.read_text("utf-8") + "".join(f"  {line}\n" for line in text.splitlines()), "utf-8")


def test_the_skeleton_names_every_key_of_a_guide_in_the_right_form(keeper: Keeper) -> None:
    text = uncommented(keeper.prints("--guide", WIFI, "--print"))
    added(keeper, text)
    guide = items(yamlfile.read(keeper.base / GUIDES, GUIDES), "guides")[-1]
    assert set(guide) == set(Guide.model_fields) - {"kind"}
    assert (guide["id"], guide["name"]) == ("dung-wifi-cong-cong-an-toan", WIFI)
    faults = [fault for fault in faults_of(keeper.base) if "guides.2" in fault]
    assert faults
    assert [fault for fault in faults if "khóa lạ" in fault or "thiếu khóa" in fault or "cần một danh" in fault] == []


def test_a_filled_skeleton_is_a_valid_guide_and_passes_the_schema(keeper: Keeper) -> None:
    before = (keeper.base / GUIDES).read_text("utf-8")
    said = keeper.prints("--guide", WIFI)
    assert said.startswith(f"Đã thêm khung dung-wifi-cong-cong-an-toan vào {keeper.base / GUIDES}.\n")
    text = (keeper.base / GUIDES).read_text("utf-8")
    assert text.startswith(before)
    filled = text[len(before) :]
    for old, new_text in (
        ("    summary: ", "    summary: Cách dùng wifi ở nơi công cộng."),
        (
            "{origin: , document: , confidence: , checked_on: }",
            "{origin: van-ban, confidence: cao, checked_on: 2026-07-18}",
        ),
        ("      - title: ", "      - title: Trước khi dùng"),
        ("          -\n", "          - Hỏi tên mạng ở quầy.\n"),
    ):
        assert filled.count(old) == 1, old
        filled = filled.replace(old, new_text)
    (keeper.base / GUIDES).write_text(before + filled, "utf-8")
    guide = load(keeper.base, "hai-phong").guides_by_id["dung-wifi-cong-cong-an-toan"]
    assert (guide.name, guide.sections[0].lines, guide.phrases) == (WIFI, ("Hỏi tên mạng ở quầy.",), (WIFI.lower(),))
    content = json.loads(json.dumps(yamlfile.read(keeper.base / GUIDES, GUIDES).content))
    assert list(Draft7Validator(SCHEMA).iter_errors(content)) == []


def test_an_id_makes_a_guide_whose_name_is_left_to_fill_in(keeper: Keeper) -> None:
    keeper.prints("--guide", "wifi", "--field", "cong-cong")
    text = (keeper.base / "guides" / "cong-cong.yaml").read_text("utf-8")
    assert text.startswith("field:\n\nguides:\n  - id: wifi ")
    assert re.search(r"^    name: +#", text, re.MULTILINE)


def test_the_first_guide_of_a_base_makes_the_folder(folder: Path) -> None:
    keeper = Keeper(folder, new)
    assert "Các tệp đang có: chưa có tệp nào" in keeper.refuses("--guide", WIFI)
    assert "vào tệp mới" in keeper.prints("--guide", WIFI, "--field", "doi-song")
    assert (keeper.base / "guides" / "doi-song.yaml").is_file()


def test_of_several_files_one_is_to_be_named(keeper: Keeper) -> None:
    (keeper.base / "guides" / "b.yaml").write_text("field: B\nguides: []\n", "utf-8")
    assert keeper.refuses("--guide", WIFI).endswith("hãy nêu --field. Các tệp đang có: b, doi-song-so")


@pytest.mark.parametrize(
    ("guide", "words"),
    [
        ("dung-vneid", "Đã có Dùng VNeID (dung-vneid), guides/doi-song-so.yaml:3. Hãy sửa mục đó."),
        ("DÙNG VNEID", "Đã có Dùng VNeID (dung-vneid), guides/doi-song-so.yaml:3. Hãy sửa mục đó."),
        ("tam-tru", "Đã có Đăng ký tạm trú (tam-tru), procedures/cu-tru.yaml:3. Hãy sửa mục đó."),
        ("Đăng ký tạm trú", "Đã có Đăng ký tạm trú (tam-tru), procedures/cu-tru.yaml:3. Hãy sửa mục đó."),
        ("  ?!", "Hướng dẫn chưa có tên"),
        ("x" * 41, "dài hơn 40 ký tự"),
    ],
)
def test_what_cannot_be_a_new_guide_is_said(keeper: Keeper, guide: str, words: str) -> None:
    assert words in keeper.refuses("--guide", guide, "--print")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "Hãy nêu một mã thủ tục, hoặc một hướng dẫn"),
        (("1.999999", "--guide", "x"), "Hãy nêu một mã thủ tục, hoặc một hướng dẫn"),
        (("--guide", "x", "--catalogue", __file__), "bỏ --catalogue"),
    ],
)
def test_wrong_calls(keeper: Keeper, arguments: tuple[str, ...], words: str) -> None:
    result = keeper.run(*arguments)
    assert result.exit_code == 2
    assert words in " ".join(result.stderr.split())


def test_the_shipped_base_gets_no_guide(keeper: Keeper) -> None:
    (keeper.base / "procedures").rename(keeper.base / "khac")
    assert "motcua kb init" in keeper.refuses("--guide", WIFI, "--field", "a", MOTCUA_KNOWLEDGE=str(PACKAGE / "_base"))


@pytest.mark.parametrize(
    ("name", "taken", "wanted"),
    [
        ("Dùng wifi", (), "dung-wifi"),
        ("Dùng wifi", ("dung-wifi",), "dung-wifi-2"),
        ("Dùng wifi", ("dung-wifi", "dung-wifi-2"), "dung-wifi-3"),
        ("…ω", (), "huong-dan"),
        ("a" * 60, ("a" * 40,), "a" * 38 + "-2"),
    ],
)
def test_an_id_is_made_of_the_name(name: str, taken: tuple[str, ...], wanted: str) -> None:
    assert guide_id(name, taken) == wanted
    assert len(wanted) <= LONGEST_ID


@given(st.lists(WORDS, max_size=6).map(" ".join))
def test_any_name_makes_a_skeleton(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    path = tmp_path_factory.mktemp("skeleton") / "a.yaml"
    path.write_text(guide_skeleton("a", name, ("van-ban",)), "utf-8")
    document = yamlfile.read(path, "a.yaml")
    assert document.faults == []
    assert isinstance(document.content, list)
    assert isinstance(document.content[0], dict)
    assert document.content[0]["name"] == name
