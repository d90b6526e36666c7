"""The rooms joined: settings, knowledge, desk, log."""

import datetime
import os
from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from pathlib import Path

import bot
from bot import config as settings
from bot.cache import Shelf
from bot.catalogue import Catalogue
from bot.catalogue import load as load_catalogue
from bot.desk import Brain, Desk
from bot.knowledge import Knowledge
from bot.quick import quick_brain, quick_knowledge
from bot.replies import Voice
from bot.storage import Database, Questions, open_database

PACKAGE = Path(bot.__file__).parent
CATALOGUE = "catalogue.json"  # beside the database: both are the office's own data
SHELF = ".motcua-cache"  # beside it as well; may be deleted at any time


def now() -> datetime.datetime:
    """The present time in UTC."""
    return datetime.datetime.now(datetime.UTC)


def knowledge_folder(config: settings.Config) -> Path:
    """The configured folder; else that of the checkout one stands in or runs from; else the copy in the package."""
    if config.knowledge:
        return config.knowledge
    own = (Path("knowledge"), PACKAGE.parent / "knowledge")
    return next((folder for folder in own if (folder / "procedures").is_dir()), PACKAGE / "_base")


class Office:
    """Everything that one installation is made of, each part opened when first needed."""

    def __init__(self, config_path: str | None, clock: Callable[[], datetime.datetime] = now) -> None:
        self.config = settings.load(Path(config_path) if config_path else None, os.environ)
        self.clock = clock

    @cached_property
    def folder(self) -> Path:
        """Where the knowledge base stands."""
        return knowledge_folder(self.config)

    @cached_property
    def knowledge(self) -> Knowledge:
        """The checked knowledge base."""
        return quick_knowledge(self._shelf, self.folder, self.config.local)

    @property
    def catalogue_path(self) -> Path:
        """Where the catalogue stands, once it is imported."""
        chosen: Path | None = getattr(self.config, "catalogue", None)
        return chosen or self.config.database_path.with_name(CATALOGUE)

    @cached_property
    def catalogue(self) -> Catalogue:
        """The catalogue, searched for the people of this place; empty where none was imported."""
        return self._read_catalogue()

    @cached_property
    def voice(self) -> Voice:
        """How the office speaks."""
        return Voice(self.config.office, self.config.contact)

    @cached_property
    def desk(self) -> Desk:
        """The desk on this base."""
        return Desk(quick_brain(self._shelf, self.knowledge, self.catalogue), self.voice, self.clock)

    def anew(self) -> Brain:
        """Everything read again as it is now on disk, with nothing of the running desk touched."""
        knowledge = quick_knowledge(self._shelf, self.folder, self.config.local)
        return quick_brain(self._shelf, knowledge, self._read_catalogue())

    def _read_catalogue(self) -> Catalogue:
        return replace(load_catalogue(self.catalogue_path), place=self.config.local)

    @cached_property
    def _shelf(self) -> Shelf:
        return Shelf(self.config.database_path.with_name(SHELF))

    @cached_property
    def database(self) -> Database:
        """The opened database."""
        return open_database(self.config.database_path)

    @cached_property
    def log(self) -> Questions:
        """The log of questions."""
        return Questions(self.database)
