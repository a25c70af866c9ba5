"""Is the registry away? What the last calls found, told to every process by the cache.

Without the cache nobody is told anything: the calls themselves do not depend on it.
"""

from datetime import datetime, timedelta

import redis.exceptions
from django.core.cache import cache
from django.utils import timezone

CLE = "registre:ne-repond-pas"
MEMOIRE = timedelta(minutes=5)
"""How long a silence is worth telling when nobody has called since."""


def noter(*, repond: bool) -> None:
    """What the call that has just ended found."""
    try:
        if repond:
            cache.delete(CLE)
        elif not cache.add(CLE, timezone.now(), MEMOIRE.total_seconds()):
            cache.touch(CLE, MEMOIRE.total_seconds())
    except redis.exceptions.RedisError:
        return


def absent_depuis() -> datetime | None:
    """Since when calls have found nobody; None while the registry answers, or as far as is known."""
    try:
        depuis: datetime | None = cache.get(CLE)
    except redis.exceptions.RedisError:
        return None
    return depuis
