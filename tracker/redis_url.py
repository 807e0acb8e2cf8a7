"""One REDIS_URL for two clients: redis-py and Celery spell a Unix socket differently."""


def celery_url(url: str) -> str:
    """Return the broker URL for kombu; `unix:///path?db=1` becomes `redis+socket:///path?virtual_host=1`."""
    if not url.startswith("unix://"):
        return url
    path, _, query = url.removeprefix("unix://").partition("?")
    database = query.removeprefix("db=") if query.startswith("db=") else "0"
    return f"redis+socket://{path}?virtual_host={database}"
