"""`motcua kb schema`: what editors check is what the bot checks."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from bot.cli.kb.schema import schema
from bot.cli.office import PACKAGE
from bot.curation.keys import KEYS, meaning
from bot.curation.schemas import FORMS, modeline, schemas
from tests.editors import Editor
from tests.keeping import Keeper
from tests.running import KNOWLEDGE
from tests.small import FILES, PROCEDURES, write_base

ROOT = Path(__file__).parent.parent
SCHEMAS = {name: (files, content) for name, files, content in schemas()}
SHIPPED = [(name, path) for name, (files, _) in SCHEMAS.items() for path in sorted(KNOWLEDGE.glob(files))]


class EditorLoader(yaml.BaseLoader):
    """YAML 1.2 as editors read it: numbers, yes-or-no as true and false, empty values; a day is text."""


EditorLoader.yaml_implicit_resolvers = {}
for tag, pattern, first in (
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+.0123456789"),
    ("bool", "true|false", "tf"),
    ("null", "null|~|", ["n", "~", ""]),
):
    EditorLoader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^({pattern})$"), list(first))
EditorLoader.add_constructor("tag:yaml.org,2002:int", lambda _loader, node: int(node.value))
EditorLoader.add_constructor("tag:yaml.org,2002:float", lambda _loader, node: float(node.value))
EditorLoader.add_constructor("tag:yaml.org,2002:bool", lambda _loader, node: node.value == "true")
EditorLoader.add_constructor("tag:yaml.org,2002:null", lambda _loader, _node: None)


def read(text: str) -> Any:
    """A text as an editor reads it."""
    return yaml.load(text, EditorLoader)


def faults(name: str, text: str) -> list[str]:
    """Where an editor underlines, as dotted paths."""
    found = Draft7Validator(SCHEMAS[name][1]).iter_errors(read(text))
    return sorted(".".join(map(str, error.absolute_path)) for error in found)


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_schema_is_valid_and_points_nowhere_else(name: str) -> None:
    content = SCHEMAS[name][1]
    Draft7Validator.check_schema(content)
    text = json.dumps(content)
    assert set(re.findall(r'"\$ref": "([^"]+)"', text)) <= {f"#/$defs/{form}" for form in content["$defs"]}
    assert set(re.findall(r'"type": "null"', text)) == set()


@pytest.mark.parametrize(("name", "path"), SHIPPED, ids=lambda value: value.stem if isinstance(value, Path) else value)
def test_every_shipped_file_is_as_its_schema_wants(name: str, path: Path) -> None:
    assert faults(name, path.read_text("utf-8")) == []


def test_the_tiny_base_and_the_example_configuration_are_too(folder: Path) -> None:
    base = write_base(folder)
    assert [
        fault
        for n, (files, _) in SCHEMAS.items()
        for p in base.glob(files)
        for fault in faults(n, p.read_text("utf-8"))
    ] == []
    assert faults("config", (ROOT / "config.example.yaml").read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("amount: 15000", "amount: 15.000", "procedures.0.fee.items.0.amount"),
        ("amount: 15000", 'amount: "15000"', "procedures.0.fee.items.0.amount"),
        ("amount: 15000", "amount: -1", "procedures.0.fee.items.0.amount"),
        ("amount: 15000", "amuont: 15000", "procedures.0.fee.items.0"),
        ("quantity: 3", "quantity: 401", "procedures.0.time_limit.items.0.quantity"),
        ("unit: ngày làm việc", "unit: tuần", "procedures.0.time_limit.items.0.unit"),
        ("form: CT01", "count: 21", "procedures.0.documents.cases.0.items.0.count"),
        ("copy: xuất trình", "copy_kind: xuất trình", "procedures.0.documents.cases.0.items.1"),
        ("checked_on: 2026-08-01", "checked_on: 01/08/2026", "procedures.0.sources.phi.checked_on"),
        (
            "confidence: cao, checked_on: 2026-08-01",
            "confidence: rất cao, checked_on: 2026-08-01",
            "procedures.0.sources.phi.confidence",
        ),
        ('code: "1.004194"', "code: 1.004194", "procedures.0.code"),
        ("id: tam-tru", "id: Tạm trú", "procedures.0.id"),
        ("https://dichvucong.gov.vn/tam-tru", "http://dichvucong.gov.vn", "procedures.0.portal_url"),
        ("level: xã", "level: huyện", "procedures.0.level"),
        ("allowed: có điều kiện", "allowed: true", "procedures.0.proxy.allowed"),
        ("field: Cư trú", "field:", "field"),
        ("      text: Tạm trú có giá trị 2 năm.\n", "", "procedures.0.validity"),
        ("      - Hết hạn thì gia hạn trước 15 ngày.", "      -", "procedures.0.notes.0"),
        (
            "      items:\n        - {name: Lệ phí, amount: 15000",
            "      khac:\n        - {name: Lệ phí, amount: 15000",
            "procedures.0.fee",
        ),
    ],
)
def test_a_broken_entry_is_underlined_where_it_is_broken(old: str, new: str, place: str) -> None:
    text = PROCEDURES["cu-tru"]
    assert text.count(old) == 1
    assert place in faults("procedures", text.replace(old, new))


@pytest.mark.parametrize(
    ("name", "text", "places"),
    [
        ("lexicon", "padding: [ạ]\n", []),
        ("lexicon", "facets: {fees: [giá]}\n", ["facets"]),
        ("lexicon", 'abbreviations: {ks: ""}\n', ["abbreviations.ks", "abbreviations.ks"]),
        ("laws", "laws: [{number: 1/2020/NĐ-CP, issued_on: 2020}]\n", ["laws.0.issued_on"]),
        ("offices", "offices: [{id: a, name: 113, phone: 0225.3821055, origin: b, checked_on: 2026-01-02}]", []),
        ("offices", "offices: [{id: a, name: A}]\n", ["offices.0", "offices.0"]),
        ("sources", "sources: [{id: a, name: A, url: a.vn}]\n", ["sources.0.url"]),
        ("questions", "questions: [{question: a, expect: none, facets: [gia]}]\n", ["questions.0.facets.0"]),
        ("routes", FILES["routes.yaml"].replace("reason: greeting", "reason: chào"), ["routes.1.reason"]),
        ("local", "place: X\nprocedures: [{id: a, name: B}]\n", []),
        ("local", "procedures: [{name: B}]\n", ["procedures.0"]),
        ("local", "procedures: [{id: a, fee: {source: x}}]\n", ["procedures.0.fee"]),
        ("local", "twins: []\n", [""]),
        ("config", "token:\nlocal: null\nproxy: http://10.0.0.1:3128\n", []),
        ("config", "tokn: x\n", [""]),
        ("config", "database: a.db\n", ["database"]),
    ],
)
def test_other_files_are_checked_too(name: str, text: str, places: list[str]) -> None:
    assert faults(name, text) == places


def test_every_key_is_explained_and_no_explanation_is_left_over() -> None:
    keys = {
        (form, key)
        for kind in FORMS
        for form, definition in [(kind.form.__name__, SCHEMAS[kind.name][1]), *SCHEMAS[kind.name][1]["$defs"].items()]
        for key in definition.get("properties", {})
    }
    keys |= {("Config", key) for key in SCHEMAS["config"][1]["properties"]} | {("OverlayFile", "place")}
    assert sorted((form, key) for form, key in keys if not meaning(form, key)) == []
    used = {f"{form}.{key}" for form, key in keys} | {key for _, key in keys} | {"OverlayFile.procedures"}
    assert sorted(set(KEYS) - used) == []


def test_no_explanation_is_in_english() -> None:
    text = json.dumps([content for _, content in SCHEMAS.values()])
    assert "One procedure" not in text
    assert "Where facts were read" not in text


def test_schemas_are_written_beside_the_base_with_the_line_for_each_file(folder: Path) -> None:
    keeper = Keeper(folder, schema)
    text = keeper.prints()
    assert "procedures/*.yaml  # yaml-language-server: $schema=../schema/procedures.json" in text
    assert "lexicon.yaml       # yaml-language-server: $schema=schema/lexicon.json" in text
    written = sorted(path.stem for path in (keeper.base / "schema").iterdir())
    assert written == sorted(SCHEMAS)
    made = json.loads((keeper.base / "schema" / "procedures.json").read_text("utf-8"))
    assert made == SCHEMAS["procedures"][1]


def test_schemas_elsewhere_are_named_in_full(folder: Path) -> None:
    keeper = Keeper(folder, schema)
    out = folder / "ở đây"
    assert f"$schema={out}/laws.json" in keeper.prints("--out", str(out))
    base, inside = Path("/kb"), Path("/kb/schema/laws.json")
    assert modeline(inside, "laws.yaml", base) == "# yaml-language-server: $schema=schema/laws.json"
    assert modeline(inside, "config.yaml", base) == "# yaml-language-server: $schema=/kb/schema/laws.json"


def test_the_shipped_base_and_a_folder_without_leave_are_not_written(folder: Path) -> None:
    keeper = Keeper(folder, schema)
    assert "--out" in keeper.refuses(MOTCUA_KNOWLEDGE=str(PACKAGE / "_base"))
    (folder / "file").write_text("", "utf-8")
    assert "Hãy nêu thư mục khác bằng --out." in keeper.refuses("--out", str(folder / "file" / "x"))


def test_an_offices_copy_has_the_schemas_that_the_lines_point_to(tmp_path: Path) -> None:
    editor = Editor(tmp_path).starts()
    settings = json.loads((editor.own / ".vscode" / "settings.json").read_text("utf-8"))["yaml.schemas"]
    assert settings["./schema/guides.json"] == "guides/*.yaml"
    assert all((editor.own / path).is_file() for path in settings)
    for name, files, _ in schemas():
        if name != "config":
            line = modeline(editor.own / "schema" / f"{name}.json", files, editor.own)
            target = (editor.own / files).parent / line.rpartition("=")[2]
            assert target.resolve() == editor.own / "schema" / f"{name}.json"
    (editor.own / "schema" / "guides.json").unlink()
    editor.prints("upgrade", "--from", str(editor.shipped))
    assert (editor.own / "schema" / "guides.json").is_file()


def test_settings_of_the_office_are_left_alone(folder: Path) -> None:
    keeper = Keeper(folder, schema)
    path = keeper.base / ".vscode" / "settings.json"
    assert "thì không cần chép dòng nào. \n" in keeper.prints()
    path.write_text("{}", "utf-8")
    assert "hãy thêm yaml.schemas vào đó." in keeper.prints()
    assert path.read_text("utf-8") == "{}"
    path.unlink()
    path.mkdir()
    assert "hãy thêm yaml.schemas vào đó." in keeper.prints()


def test_no_shipped_file_points_to_a_schema_that_a_fresh_clone_has_not() -> None:
    assert [path for path in KNOWLEDGE.rglob("*.yaml") if "$schema=" in path.read_text("utf-8")] == []
    assert {"knowledge/schema/", "knowledge/.vscode/"} <= set((ROOT / ".gitignore").read_text("utf-8").splitlines())
