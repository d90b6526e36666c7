"""The rooms joined: settings, knowledge, desk, log."""

import datetime
import os
from collections.abc import Callable
from functools import cached_property
from pathlib import Path

import bot
from bot import config as settings
from bot.desk import Desk
from bot.knowledge import Knowledge, load
from bot.replies import Voice
from bot.storage import Database, Questions, open_database

PACKAGE = Path(bot.__file__).parent


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
        return load(self.folder, self.config.local)

    @cached_property
    def voice(self) -> Voice:
        """How the office speaks."""
        return Voice(self.config.office, self.config.contact)

    @cached_property
    def desk(self) -> Desk:
        """The desk on this base."""
        return Desk(self.knowledge, self.voice, self.clock)

    @cached_property
    def database(self) -> Database:
        """The opened database."""
        return open_database(self.config.database_path)

    @cached_property
    def log(self) -> Questions:
        """The log of questions."""
        return Questions(self.database)
