"""The reference catalogue, and which of its lines are right for which entry."""

from collections.abc import Iterable
from pathlib import Path

from bot.catalogue import Catalogue, read_table
from bot.desk import Brain
from bot.text import fold


class Titles:
    """Lines of the catalogue that are right: those of the entries' codes, and all of the same title."""

    def __init__(self, mind: Brain) -> None:
        self._mind = mind
        self._alike: dict[str, set[str]] = {}
        for entry in mind.catalogue.entries:
            self._alike.setdefault(fold(entry.name), set()).add(entry.id)

    def of(self, wanted: Iterable[str]) -> set[str]:
        """The lines that are right where these entries are."""
        found: set[str] = set()
        for name in wanted:
            entry = self._mind.knowledge.by_id.get(name)
            for code in entry.codes if entry else ():
                listed = self._mind.catalogue.by_code.get(code)
                found |= self._alike[fold(listed.name)] if listed else set()
            found |= {name} if name in self._mind.catalogue.by_id else set()
        return found


def official_list(reference: Path) -> Path:
    """The file of all official procedures in a folder of reference data, or in its `data` folder."""
    found = [*reference.glob("procedures/catalogue_*.csv"), *reference.glob("data/procedures/catalogue_*.csv")]
    if not found:
        raise FileNotFoundError(f"no procedures/catalogue_*.csv in {reference} (MOTCUA_REFERENCE)")
    return max(found)


def catalogue_of(reference: Path) -> Catalogue:
    """The list of all official procedures in a folder of reference data."""
    return Catalogue(read_table(official_list(reference), {}).entries, place="hai-phong")
