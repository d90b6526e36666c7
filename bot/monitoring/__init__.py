"""How the running program is: figures for Prometheus, and whether it lives and is ready, at a private address."""

from bot.monitoring.metrics import Metrics, newest_backup
from bot.monitoring.serving import Answer, listening
from bot.monitoring.vitals import Pulse, Reach, Vitals

__all__ = ["Answer", "Metrics", "Pulse", "Reach", "Vitals", "listening", "newest_backup"]
