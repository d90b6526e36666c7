"""The knowledge base as one JSON for other systems, with the schema that it keeps; entries by their stable ids."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from bot.knowledge import Knowledge
from bot.procedures import Guide, Law, Procedure

DIALECT = "https://json-schema.org/draft/2020-12/schema"
NOTHING = {"type": "null"}
INTERNAL = ("doubt", "phrases")  # for staff and for matching; facts are told without them


class SharedEntry(BaseModel):
    """A procedure with the field it belongs to; `id` never changes, `code` is the official one, with former ones."""

    field: str
    procedure: Procedure


class SharedGuide(BaseModel):
    """A guide with the field it belongs to."""

    field: str
    guide: Guide


class SharedBase(BaseModel):
    """All of a base."""

    model_config = ConfigDict(title="Một Cửa knowledge base")

    licence: str
    version: str = Field(description="changes whenever anything in the base does")
    procedures: list[SharedEntry]
    guides: list[SharedGuide]
    laws: dict[str, Law] = Field(description="the documents that facts are from, by number")


def shared(knowledge: Knowledge, licence: str) -> dict[str, Any]:
    """The base as JSON values; the same for the same base."""
    base = SharedBase(
        licence=licence,
        version=knowledge.version,
        procedures=[
            SharedEntry(field=knowledge.fields[one.id], procedure=one)
            for one in sorted(knowledge.procedures, key=lambda one: one.id)
        ],
        guides=[
            SharedGuide(field=knowledge.guide_fields[one.id], guide=one)
            for one in sorted(knowledge.guides, key=lambda one: one.id)
        ],
        laws=dict(sorted(knowledge.laws.items())),
    )
    told: dict[str, Any] = _without(base.model_dump(mode="json", by_alias=True, exclude_none=True))
    return told


def shared_schema() -> dict[str, Any]:
    """The JSON Schema of `shared`."""
    return {"$schema": DIALECT, **_without(SharedBase.model_json_schema(mode="serialization"))}


def _without(value: Any) -> Any:
    """A value without what is for staff alone; a schema then asks for no key that is left out where it is empty."""
    if isinstance(value, list):
        return [_without(one) for one in value]
    if not isinstance(value, dict):
        return value
    kept = {key: _without(one) for key, one in value.items() if key not in INTERNAL}
    if "required" in kept and "properties" in kept:
        named = kept["properties"]
        kept["required"] = [name for name in kept["required"] if name in named and NOTHING not in _kinds(named[name])]
    return kept


def _kinds(schema: dict[str, Any]) -> list[Any]:
    kinds: list[Any] = schema.get("anyOf", [])
    return kinds
