import pytest

from tracker.redis_url import celery_url


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("redis://localhost:6379/0", "redis://localhost:6379/0"),
        ("rediss://:secret@redis.internal:6380/1", "rediss://:secret@redis.internal:6380/1"),
        ("unix:///tmp/a/s?db=3", "redis+socket:///tmp/a/s?virtual_host=3"),
        ("unix:///tmp/a/s", "redis+socket:///tmp/a/s?virtual_host=0"),
    ],
)
def test_celery_gets_its_own_spelling(url, expected):
    assert celery_url(url) == expected
