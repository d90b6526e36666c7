"""Where an edit is tried and written: the office's base, and what stands beside it."""

from dataclasses import dataclass
from pathlib import Path

from bot.cache import Shelf
from bot.catalogue import EMPTY, load
from bot.desk import Brain, brain
from bot.knowledge import Knowledge
from bot.quick import quick_knowledge
from bot.yamlfile import files


@dataclass(frozen=True)
class Stage:
    """The folder of a base with its overlay; the folder where its indexes are kept; the file of the catalogue."""

    folder: Path
    local: str | None
    shelf: Path
    catalogue: Path | None = None

    def brain(self, folder: Path | None = None) -> Brain:
        """The base, or a changed copy of it, as it is now on disk."""
        catalogue = load(self.catalogue, self.local) if self.catalogue else EMPTY
        return brain(self.knowledge(folder), catalogue, Shelf(self.shelf))

    def knowledge(self, folder: Path | None = None) -> Knowledge:
        """The same, not made searchable."""
        return quick_knowledge(Shelf(self.shelf), folder or self.folder, self.local)

    @property
    def tests(self) -> int:
        """About how many test questions there are: each stands on a line of its own."""
        return sum(path.read_bytes().count(b"question:") for path in files(self.folder / "questions"))
