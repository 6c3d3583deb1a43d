"""The cache where Redis is set up: while Redis is away the table answers, so that no page fails and no limit opens."""

import logging
from collections.abc import Callable
from functools import wraps

from django.core.cache.backends.db import DatabaseCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import ConnectionError as RedisAway
from redis.exceptions import TimeoutError as RedisSilent

TABLE = "shared_cache"
logger = logging.getLogger(__name__)


def _or_from_table(name: str) -> Callable:
    asked = getattr(RedisCache, name)

    @wraps(asked)
    def answered(self: "SurvivingCache", *args: object, **kwargs: object) -> object:
        try:
            return asked(self, *args, **kwargs)
        except (RedisAway, RedisSilent) as error:
            logger.warning("the cache is away: %s", type(error).__name__)
            return getattr(self.table, name)(*args, **kwargs)

    return answered


class SurvivingCache(RedisCache):
    """Redis, and the database's table for as long as Redis does not answer."""

    def __init__(self, server: str, params: dict) -> None:
        super().__init__(server, params)
        self.table = DatabaseCache(TABLE, {})

    add = _or_from_table("add")
    get = _or_from_table("get")
    set = _or_from_table("set")
    touch = _or_from_table("touch")
    delete = _or_from_table("delete")
    has_key = _or_from_table("has_key")
    incr = _or_from_table("incr")
    get_many = _or_from_table("get_many")
    set_many = _or_from_table("set_many")
    delete_many = _or_from_table("delete_many")
    clear = _or_from_table("clear")
