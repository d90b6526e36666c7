"""JSON Schemas of the YAML files, made from their forms, so that an editor completes and checks while one types.

They ask for what a person types: a number without quotes, a day as 2026-07-18, nothing left empty.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, TypeAlias

from pydantic import BaseModel

from bot.config import Config
from bot.curation.keys import meaning
from bot.knowledge.files import (
    GuidesFile,
    LawsFile,
    Lexicon,
    MenuFile,
    OfficesFile,
    OriginsFile,
    ProceduresFile,
    QuestionsFile,
    RoutesFile,
    UnitsFile,
)

Schema: TypeAlias = dict[str, Any]

DIALECT = "http://json-schema.org/draft-07/schema#"  # the one that editors know best
DAY = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
WORDED = r"[^\W_]"  # editors read it without Vietnamese letters: "ạ" would be no word to them
DROPPED = ("title", "default", "description")  # pydantic's own, in English
LEAST_FEE = 1000  # to an editor 15.000 is the number 15: what is under it was typed with a dot
BOUNDS = {"ge": "minimum", "le": "maximum"}  # pydantic leaves them unnamed where a value may be missing


@dataclass(frozen=True)
class FileForm:
    """A kind of file: the schema's name, the files it is for as seen from the base, and their form."""

    name: str
    files: str
    form: type[BaseModel]


FORMS = (
    FileForm("procedures", "procedures/*.yaml", ProceduresFile),
    FileForm("guides", "guides/*.yaml", GuidesFile),
    FileForm("questions", "questions/*.yaml", QuestionsFile),
    FileForm("units", "units/*.yaml", UnitsFile),
    FileForm("lexicon", "lexicon.yaml", Lexicon),
    FileForm("routes", "routes.yaml", RoutesFile),
    FileForm("laws", "laws.yaml", LawsFile),
    FileForm("offices", "offices.yaml", OfficesFile),
    FileForm("sources", "sources.yaml", OriginsFile),
    FileForm("menu", "menu.yaml", MenuFile),
)
LOCAL, CONFIG = "local/*.yaml", "config.yaml"


def schemas() -> Iterator[tuple[str, str, Schema]]:
    """(name, files, schema) of every kind of file."""
    for kind in FORMS:
        yield kind.name, kind.files, _schema(kind.form, kind.form.__name__)
    yield "local", LOCAL, _overlay()
    yield "config", CONFIG, _config()


def explained(file: str) -> tuple[tuple[str, str], ...]:
    """The keys of a file of a base (`procedures/cu-tru.yaml`) with what each is for, in the order of their forms."""
    found: dict[str, str] = {}
    for _, files, schema in schemas():
        if PurePosixPath(file).match(files):
            found |= dict(_explained(schema))
    return tuple(found.items())


def _explained(node: Any) -> Iterator[tuple[str, str]]:
    if isinstance(node, dict):
        named = node.get("properties")
        for key, value in named.items() if isinstance(named, dict) else ():
            if isinstance(value, dict) and value.get("description"):
                yield key, str(value["description"])
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _explained(child)


def editor_settings(folder: str) -> Schema:
    """What VS Code needs to know to find each file's schema in `folder` when the base itself is opened."""
    files = [(kind.name, kind.files) for kind in FORMS] + [("local", LOCAL)]
    return {"yaml.schemas": {f"./{folder}/{name}.json": pattern for name, pattern in files}}


def modeline(schema: Path, files: str, base: Path) -> str:
    """The first line of a YAML file that tells the editor its schema, relative where both stand in one folder."""
    yaml = base / files
    near = schema.parent.parent == base or schema.parent == base
    seen = Path(os.path.relpath(schema, yaml.parent)) if near and files != CONFIG else schema
    return f"# yaml-language-server: $schema={seen.as_posix()}"


def _schema(form: type[BaseModel], name: str) -> Schema:
    made = form.model_json_schema(by_alias=True)
    forms = {known: _form(known, definition) for known, definition in made.pop("$defs", {}).items()}
    return {"$schema": DIALECT, **_form(name, made), "$defs": dict(forms)}


def _form(name: str, raw: Schema) -> Schema:
    """One form: its keys explained, nothing optional left empty."""
    form: Schema = _plain(raw)
    for key, value in form.get("properties", {}).items():
        value["description"] = meaning(name, key)
    if name == "Fee":
        form["properties"]["amount"]["anyOf"] = [{"const": 0}, {"minimum": LEAST_FEE}]
    if name == "Fees":
        form["anyOf"] = [{"required": ["items"], "properties": {"items": {"minItems": 1}}}, {"required": ["unknown"]}]
    return form


def _plain(node: Any, of_keys: bool = False) -> Any:
    """A schema as editors need it; `of_keys` where the names are keys of the file and not words of the schema."""
    if isinstance(node, list):
        return [_plain(item) for item in node]
    if not isinstance(node, dict):
        return node
    if of_keys:
        return {key: _plain(value) for key, value in node.items()}
    kept = {BOUNDS.get(str(word), str(word)): value for word, value in node.items() if word not in DROPPED}
    return _mended({word: _plain(value, word == "properties") for word, value in kept.items()})


def _mended(node: Schema) -> Schema:
    """Days and words as editors check them; a word may look like a number; what is optional is left out, not empty."""
    if node.get("format") == "date":
        node["pattern"] = DAY
    if node.get("pattern") == WORDED:
        node["pattern"] = r"\S"
    if node.get("type") == "string" and node.get("maxLength") and node.get("pattern") in (None, r"\S"):
        node["type"] = ["string", "number"]
    if "patternProperties" in node:
        node["additionalProperties"] = next(iter(node.pop("patternProperties").values()))
    filled = [choice for choice in node.pop("anyOf", ()) if choice != {"type": "null"}]
    return {**node, **filled[0]} if len(filled) == 1 else {**node, "anyOf": filled} if filled else node


def _overlay() -> Schema:
    """`local/<place>.yaml`: entries with their id and whichever keys differ."""
    schema = _schema(ProceduresFile, "OverlayFile")
    schema["$defs"]["Procedure"]["required"] = ["id"]
    keys = schema["properties"]
    place = {"type": "string", "minLength": 1, "description": meaning("OverlayFile", "place")}
    schema["properties"] = {"place": place, "procedures": keys["procedures"]}
    del schema["required"]
    return schema


def _config() -> Schema:
    """`config.yaml`: every key may stand empty."""
    schema = _schema(Config, "Config")
    for value in schema["properties"].values():
        value["type"] = [value["type"], "null"]
        value.pop("format", None)
    return schema
