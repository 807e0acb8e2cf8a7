"""The cache, which may vanish at any moment: a page then works without it."""

from collections.abc import Callable
from functools import wraps

import structlog
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = structlog.get_logger(__name__)


def _forgiving[**P, R](method: Callable[P, R], answer: R) -> Callable[P, R]:
    @wraps(method)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return method(*args, **kwargs)
        except (RedisError, OSError) as error:
            log.warning("cache_unavailable", operation=method.__name__, error=type(error).__name__)
            return answer

    return call


class ForgivingRedisCache(RedisCache):
    """Django's Redis cache that misses instead of raising when Redis is away.

    Sign-in limits live here: without Redis they do not count, but nobody is locked out.
    """

    def get(self, key: object, default: object = None, version: int | None = None) -> object:
        """Return the value, or the default when it is not there or Redis is away."""
        return _forgiving(super().get, default)(key, default, version)


_ANSWERS: dict[str, object] = {
    "add": True,
    "set": None,
    "touch": False,
    "delete": False,
    "get_many": {},
    "set_many": [],
    "delete_many": None,
    "has_key": False,
    "incr": 1,
    "clear": None,
}
for _name, _answer in _ANSWERS.items():
    setattr(ForgivingRedisCache, _name, _forgiving(getattr(RedisCache, _name), _answer))
