"""What `motcua run` measures of itself, and where it is shown."""

from contextlib import AbstractContextManager

from bot.cli.office import Office
from bot.monitoring import Metrics, Pulse, Reach, Vitals, listening
from bot.monitoring.serving import figures, states
from bot.storage import Database


class Meters:
    """The metrics and the vital signs of one running bot."""

    def __init__(self, office: Office) -> None:
        self._config = office.config
        self.metrics = Metrics(office.clock)
        self.vitals = Vitals(Pulse(), Reach())

    def shown(self) -> AbstractContextManager[None]:
        """Answer at the configured place, from before the base is read: who asks then learns that it lives."""
        pages = {
            "/metrics": lambda accept: figures(self.metrics.registry, accept),
            "/healthz": lambda _: states(self.vitals.living()),
            "/readyz": lambda _: states(self.vitals.ready()),
        }
        return listening(self._config.metrics_place, pages)

    def begun(self, database: Database, version: str) -> None:
        """The base is read and the database open."""
        self.metrics.watch(database, self._config.backups)
        self.metrics.reloaded(version)
        self.vitals.database, self.vitals.knowledge = database, True

    def called(self, kind: str) -> None:
        """Telegram was called."""
        self.metrics.called(kind)
        self.vitals.reach.heard(kind)

    def missed(self, waiting: int) -> None:
        """So many questions wait to be logged."""
        self.metrics.missed(waiting)
