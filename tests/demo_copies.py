"""The demo is told once an hour and then copied, rows and files: telling it takes seconds, and many tests want it."""

import datetime as dt
import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.test import override_settings

from accounts.models import User
from tracker.demo_data.loading import load

LASTING = ("django_migrations", "django_content_type", "auth_permission")
"""Tables that every database has from its migrations; tests leave them as they are."""


@dataclass(frozen=True)
class Copy:
    """What a loaded demo consists of."""

    tables: dict[str, bytes]
    files: dict[Path, bytes]


_copies: dict[dt.datetime, Copy] = {}


def load_demo(*, at: dt.datetime) -> None:
    """Put the demo of this hour into the empty database; no foreign key is looked at before the transaction ends."""
    assert not User.objects.exists()
    hour = at.replace(minute=0, second=0, microsecond=0)
    with transaction.atomic():
        if hour not in _copies:
            _copies[hour] = _told(at)
        else:
            _put(_copies[hour].tables)
    for name, content in _copies[hour].files.items():
        path = Path(settings.MEDIA_ROOT, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def tables() -> list[str]:
    """Return the names of the tables that tests fill."""
    return [name for name in connection.introspection.table_names() if name not in LASTING]


def _told(at: dt.datetime) -> Copy:
    with tempfile.TemporaryDirectory() as folder, override_settings(MEDIA_ROOT=folder):
        assert load(at=at)
        files = {path.relative_to(folder): path.read_bytes() for path in Path(folder).rglob("*") if path.is_file()}
    with connection.cursor() as cursor:
        kept = {}
        for name in tables():
            with cursor.copy(f'COPY "{name}" TO STDOUT (FORMAT binary)') as rows:
                kept[name] = b"".join(rows)
    return Copy(kept, files)


def _put(kept: dict[str, bytes]) -> None:
    with connection.cursor() as cursor:
        for name, rows in kept.items():
            with cursor.copy(f'COPY "{name}" FROM STDIN (FORMAT binary)') as table:
                table.write(rows)
