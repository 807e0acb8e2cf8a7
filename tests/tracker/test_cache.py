from tracker.lib.cache import ForgivingRedisCache


def test_a_cache_without_redis_misses_and_never_raises(tmp_path):
    cache = ForgivingRedisCache(f"unix://{tmp_path}/nobody-listens?db=0", {})
    cache.set("a", 1)
    assert cache.get("a") is None
    assert cache.get("a", "fallback") == "fallback"
    assert cache.get_many(["a", "b"]) == {}
    assert cache.add("a", 1) is True
    assert cache.incr("a") == 1
    assert cache.delete("a") is False
    assert ("a" in cache) is False


def test_a_cache_with_redis_remembers(settings):
    cache = ForgivingRedisCache(settings.REDIS_URL, {"KEY_PREFIX": "test-cache"})
    cache.set("a", {"b": 1}, 30)
    assert cache.get("a") == {"b": 1}
    assert cache.add("a", 2) is False
    assert cache.delete("a") is True
    assert cache.get("a") is None
