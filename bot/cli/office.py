"""The rooms joined: settings, knowledge, desk, log; each room is only entered when a command needs it."""

import datetime
import os
from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

import bot
from bot import config as settings
from bot.cache import Shelf, settle
from bot.errors import MotCuaError

if TYPE_CHECKING:
    from bot.catalogue import Catalogue
    from bot.desk import Brain, Desk
    from bot.knowledge import Knowledge
    from bot.reception import Guests
    from bot.replies import Voice
    from bot.review.settling import Settling
    from bot.review.stage import Stage
    from bot.storage import Database, Questions

PACKAGE = Path(bot.__file__).parent
WARMED = 60.0  # seconds after which nobody waits any more for what is done aside
SHELF = ".motcua-cache"  # beside the database; may be deleted at any time


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
    """Everything that one installation is made of, each part opened when first needed.

    `feedback`: what people judge, report or send to staff is kept, so that buttons offer it.
    """

    def __init__(
        self, config_path: str | None, clock: Callable[[], datetime.datetime] = now, feedback: bool = False
    ) -> None:
        self.config_path = config_path
        self._feedback = feedback
        self.config = settings.load(Path(config_path) if config_path else None, os.environ)
        self.clock = clock

    @property
    def today(self) -> datetime.date:
        """The day at the office."""
        return self.clock().astimezone(settings.OFFICE_TIME).date()

    @cached_property
    def folder(self) -> Path:
        """Where the knowledge base stands."""
        return knowledge_folder(self.config)

    @cached_property
    def knowledge(self) -> "Knowledge":
        """The checked knowledge base."""
        from bot.quick import quick_knowledge

        return quick_knowledge(self.shelf, self.folder, self.config.local)

    @property
    def catalogue_path(self) -> Path:
        """Where the catalogue stands, once it is imported."""
        return self.config.catalogue_path

    @cached_property
    def catalogue(self) -> "Catalogue":
        """The catalogue, searched for the people of this place; empty where none was imported."""
        from bot.catalogue import load

        return load(self.catalogue_path, self.config.local)

    @cached_property
    def voice(self) -> "Voice":
        """How the office speaks."""
        from bot.replies import Voice

        return Voice(self.config.office, self.config.contact, self.config.opening, self._feedback)

    @cached_property
    def desk(self) -> "Desk":
        """The desk on this base."""
        from bot.desk import Desk, brain

        mind = brain(self.knowledge, self.catalogue, self.shelf)
        settle()
        return Desk(mind, self.voice, self.clock)

    def anew(self) -> "Brain":
        """Everything read again as it is now on disk, with nothing of the running desk touched."""
        from bot.catalogue import load
        from bot.desk import brain
        from bot.quick import quick_knowledge, regrown

        self.prepare()
        old = self.desk.brain
        knowledge = regrown(quick_knowledge(self.shelf, self.folder, self.config.local), old.knowledge)
        catalogue = load(self.catalogue_path, self.config.local)
        return brain(knowledge, old.catalogue if catalogue == old.catalogue else catalogue, self.shelf)

    def prepare(self) -> None:
        """Have what changed read and counted by a process of its own, whose memory goes with it: nobody waits meanwhile
        for an answer. What it could not do is done again where it is needed.
        """
        from bot.quick import is_kept

        if is_kept(self.shelf, self.folder, self.config.local):
            return
        with suppress(OSError):
            aside = get_context("spawn").Process(target=warm, args=(self.config_path,), daemon=True)
            aside.start()
            aside.join(WARMED)
            aside.kill()

    @cached_property
    def shelf(self) -> Shelf:
        """Where is kept what was made from the files, for the next start."""
        return Shelf(self.config.database_path.with_name(SHELF))

    @cached_property
    def database(self) -> "Database":
        """The opened database."""
        from bot.storage import open_database

        return open_database(self.config.database_path)

    @cached_property
    def log(self) -> "Questions":
        """The log of questions."""
        from bot.storage import Questions

        return Questions(self.database)

    @cached_property
    def stage(self) -> "Stage":
        """Where edits of the base are tried and written."""
        from bot.review.stage import Stage

        return Stage(self.folder, self.config.local, self.shelf.folder, self.catalogue_path)

    @cached_property
    def settling(self) -> "Settling":
        """Settles what was not answered."""
        from bot.review.settling import Settling

        return Settling(self.stage, self.database, self.clock)

    @cached_property
    def guests(self) -> "Guests":
        """The persons who come, under the terms of this office."""
        from bot.persons import key_ring
        from bot.reception import Guests, Terms
        from bot.storage import Persons

        store, given = Persons(self.database), self.config.person_key
        ring = key_ring(self.config.person_key_path, given.get_secret_value() if given else None, store.newest_key)
        ask = self.config.consent == "ask"
        return Guests(self.desk, store, ring, Terms(ask, self.config.office, self.clock, self.config.keep_months))


def warm(config_path: str | None) -> None:
    """Read and count everything once, so that the next to do it finds it done; a broken base is told elsewhere."""
    with suppress(MotCuaError, KeyboardInterrupt):
        _ = Office(config_path).desk
