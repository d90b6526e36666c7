"""What is done once a night, missed nights made up for: a copy of the database, and letting go of what was kept."""

import calendar
import datetime
import logging
from collections.abc import Callable

from bot.cli.office import Office
from bot.config import OFFICE_TIME, Config
from bot.persons import retire
from bot.storage import Audit, Limits, Pruned, keys_in_use, prune

KEPT = 14  # copies, when an office says nothing else
NIGHT = 2  # o'clock at the office
WHAT = "prune"

logger = logging.getLogger(__name__)


def limits(config: Config, now: datetime.datetime) -> Limits:
    """What is from before these moments goes today."""
    return Limits(earlier(now, config.keep_months), now - datetime.timedelta(days=config.keep_dead_letters_days))


def earlier(moment: datetime.datetime, months: int) -> datetime.datetime:
    """The same day so many months before, or the last of its month."""
    year, month = divmod(moment.year * 12 + moment.month - 1 - months, 12)
    day = min(moment.day, calendar.monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)


def last_night(now: datetime.datetime) -> datetime.datetime:
    """The last moment at which the work of the night was due, in UTC."""
    local = now.astimezone(OFFICE_TIME)
    night = local.replace(hour=NIGHT, minute=0, second=0, microsecond=0)
    night -= datetime.timedelta(days=1) if night > local else datetime.timedelta()
    return night.astimezone(datetime.UTC)


def copying(office: Office) -> Callable[[], object] | None:
    """What copies the database once a night, where a folder for that is configured."""
    from bot.storage.copying import back_up, backups, drop_old

    folder, path = office.config.backups, office.config.database_path
    if folder is None:
        return None

    def copy() -> None:
        newest = next(iter(backups(folder)), None)
        if newest is None or newest.name < f"motcua-{last_night(office.clock()):%Y%m%d-%H%M%S}.db":
            made = back_up(path, folder, office.clock())
            logger.info("the database was copied: %s, %d bytes", made.path.name, made.size)
            drop_old(folder, KEPT)

    return copy


def pruning(office: Office) -> Callable[[], object]:
    """What lets go once a night, and once after each start, of what was kept long enough; the audit tells of it."""
    audit, done = Audit(office.database), None

    def let_go() -> None:
        nonlocal done
        now = office.clock()
        night = last_night(now)
        if night != done:
            pruned = pruned_now(office)
            done = night
            if pruned:
                audit.write(now, None, WHAT, f"{WHAT}:{now.astimezone(OFFICE_TIME):%Y-%m-%d}", "", told(pruned))

    return let_go


def pruned_now(office: Office) -> Pruned:
    """Let go of what was kept long enough, and of the keys under which nobody is found any more."""
    now = office.clock()
    pruned = prune(office.database, limits(office.config, now), now)
    if not office.config.person_key and office.config.person_key_path.exists():
        for number in retire(office.config.person_key_path, keys_in_use(office.database)):
            logger.info("the key %d was destroyed: no row is under it any more", number)
    logger.info("what was kept long enough was let go: %s", told(pruned))
    return pruned


def told(pruned: Pruned) -> str:
    """The counts in one line."""
    return ", ".join(f"{table} {count}" for table, count in pruned.rows.items() if count) or "0"
