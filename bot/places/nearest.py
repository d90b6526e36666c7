"""Which communes lie nearest to a point, by great-circle distance; the point is used once and kept nowhere."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from bot.knowledge.files import Commune

EARTH_KM = 6371.0088  # mean radius (IUGG)
OFFERED = 3


@dataclass(frozen=True)
class Near:
    """A commune of today and how far its middle is from somebody, in kilometres."""

    commune: Commune
    km: float


def nearest(communes: Iterable[Commune], latitude: float, longitude: float, count: int = OFFERED) -> tuple[Near, ...]:
    """The nearest of those whose point is known, nearest first; none where no point is known."""
    found = (Near(c, distance((c.at[0], c.at[1]), (latitude, longitude))) for c in communes if c.at)
    return tuple(sorted(found, key=lambda near: (near.km, near.commune.code))[:count])


def distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Kilometres between two points in degrees north and east: the haversine formula (R. W. Sinnott, 1984)."""
    (north, east), (to_north, to_east) = (map(math.radians, point) for point in (one, other))
    half = math.sin((to_north - north) / 2) ** 2
    half += math.cos(north) * math.cos(to_north) * math.sin((to_east - east) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))
