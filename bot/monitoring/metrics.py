"""Metrics for Prometheus: how many and how fast, what waits and what failed; never a text or a person."""

import datetime
from collections.abc import Callable, Iterator
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Info, ProcessCollector
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from bot import __version__
from bot.errors import StorageError
from bot.monitoring.vitals import OK
from bot.storage import Database, LogEntry, backlog, size_of

BUCKETS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)  # seconds; an answer takes some milliseconds
Now = Callable[[], datetime.datetime]


class Metrics:
    """What is counted as it happens, and what is looked up when somebody asks."""

    def __init__(self, clock: Now) -> None:
        self.registry = CollectorRegistry()
        self._clock = clock
        ProcessCollector(registry=self.registry)
        Info("motcua_build", "The version that runs.", registry=self.registry).info({"version": __version__})
        self._questions = self._counter("motcua_questions", "Questions heard since the start.", "channel", "outcome")
        self._took = Histogram(
            "motcua_answer_seconds", "Time from question to answer.", buckets=BUCKETS, registry=self.registry
        )
        self._telegram = self._counter("motcua_telegram_errors", "Calls to Telegram that failed.", "kind")
        self._version = Info("motcua_knowledge", "The base that answers.", registry=self.registry)
        self._loaded = Gauge(
            "motcua_knowledge_loaded_timestamp_seconds", "When that base was put in place.", registry=self.registry
        )
        self._unlogged = Gauge(
            "motcua_questions_unlogged",
            "Questions answered that the database did not take yet.",
            registry=self.registry,
        )
        self._failures = self._counter("motcua_knowledge_reload_failures", "Changed bases that could not be read.")

    def asked(self, entry: LogEntry) -> None:
        """A question was answered, in whatever way."""
        self._questions.labels(entry.channel, entry.outcome).inc()
        self._took.observe(entry.latency_ms / 1000)

    def called(self, kind: str) -> None:
        """Telegram was called; `kind` is "ok" or one of a few faults."""
        if kind != OK:
            self._telegram.labels(kind).inc()

    def reloaded(self, version: str) -> None:
        """A base is in place."""
        self._version.info({"version": version})
        self._loaded.set(self._clock().timestamp())

    def not_reloaded(self) -> None:
        """A changed base was not taken over."""
        self._failures.inc()

    def missed(self, waiting: int) -> None:
        """So many questions were answered and wait to be logged."""
        self._unlogged.set(waiting)

    def watch(self, database: Database, backups: Path | None) -> None:
        """Look at what is kept, each time somebody asks."""
        self.registry.register(Kept(database, backups, self._clock))

    def _counter(self, name: str, words: str, *labels: str) -> Counter:
        return Counter(name, words, labels, registry=self.registry)


class Kept(Collector):
    """What the database and the folder of backups say at this moment."""

    def __init__(self, database: Database, backups: Path | None, clock: Now) -> None:
        self._database = database
        self._backups = backups
        self._clock = clock

    def describe(self) -> list[Metric]:
        """Nothing is read before somebody asks."""
        return []

    def collect(self) -> Iterator[Metric]:
        """The figures; a database that does not answer leaves its own out and says so."""
        try:
            waiting = list(self._waiting())
        except StorageError:
            waiting = []
        yield _gauge("motcua_database_up", "Whether the database answers.", float(bool(waiting)))
        yield _gauge("motcua_database_bytes", "Size of the database on disk.", size_of(self._database.path))
        yield from waiting
        newest = newest_backup(self._backups)
        if newest:
            made = newest.stat().st_mtime
            yield _gauge("motcua_backup_timestamp_seconds", "When the newest backup was made.", made)

    def _waiting(self) -> Iterator[Metric]:
        found = backlog(self._database)
        age = (self._clock() - found.oldest).total_seconds() if found.oldest else 0.0
        yield _gauge("motcua_outbox_waiting", "Messages that still wait to be sent.", found.waiting)
        yield _gauge("motcua_outbox_oldest_seconds", "Age of the oldest of them; 0 if there is none.", age)
        tickets = GaugeMetricFamily("motcua_tickets_open", "Groups of questions not settled.", labels=["kind", "state"])
        for (kind, state), count in found.tickets.items():
            tickets.add_metric([kind, state], count)
        yield tickets


def newest_backup(folder: Path | None) -> Path | None:
    """The file of a folder that was written last; hidden ones are not finished yet."""
    if folder is None or not folder.is_dir():
        return None
    files = [path for path in folder.iterdir() if path.is_file() and not path.name.startswith(".")]
    return max(files, key=lambda path: path.stat().st_mtime, default=None)


def _gauge(name: str, words: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, words, value=value)
