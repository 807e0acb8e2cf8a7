"""Of a deleted account nothing is left anywhere, and of others everything."""

import datetime as dt
import json
from pathlib import Path

from django.apps import apps
from django.contrib.admin.utils import NestedObjects
from django.core.cache import cache
from django.db import connection

from accounts.models import User
from owndata.actions.leaving import _files_of, ask_to_leave, delete_leaving
from owndata.tasks import tidy
from tests.demo_copies import tables
from tests.factories import NOW

TWO_WEEKS = dt.timedelta(days=14)
SHORTEST = 12


def database():
    """Return every row of every table as text."""
    with connection.cursor() as cursor:
        for name in tables():
            cursor.execute(f'SELECT row_to_json(t)::text FROM "{name}" t')
            yield from (f"{name} {row}" for (row,) in cursor.fetchall())


def texts_of(person):
    """Return what stands in columns of text of all rows that hang on somebody."""
    collector = NestedObjects(using="default")
    collector.collect([person])
    for model, rows in collector.data.items():
        for row in rows:
            for column in model._meta.concrete_fields:
                value = getattr(row, column.attname)
                for text in value if isinstance(value, list) else [value]:
                    if isinstance(text, str) and len(text) >= SHORTEST:
                        yield json.dumps(text, ensure_ascii=False)[1:-1]


def leave(person):
    ask_to_leave(person=person, email=person.email, at=NOW)


def test_of_a_deleted_account_no_text_is_left_in_database_files_cache_or_journal(
    demo_ada, exported, clock, settings, client_of, django_capture_on_commit_callbacks
):
    exported(demo_ada)
    client_of(demo_ada).get("/today/")
    mine = set(texts_of(demo_ada)) | {demo_ada.email}
    leave(demo_ada)
    clock.shift(TWO_WEEKS)
    names = {Path(name).name for name in _files_of(demo_ada)}
    assert len(names & {path.name for path in Path(settings.MEDIA_ROOT).rglob("*")}) > 1
    before = list(database())
    with django_capture_on_commit_callbacks(execute=True):
        tidy()
    after = "\n".join(database())
    gone = set(before) - set(after.splitlines())
    others = "\n".join(row for row in before if row not in gone)
    left = {text for text in mine if text in after and text not in others}
    assert left == set()
    assert (User.objects.filter(pk=demo_ada.pk).exists(), demo_ada.email in after, demo_ada.name in after) == (
        False,
        False,
        False,
    )
    assert {path.name for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()} & names == set()
    journal = "".join(path.read_text() for path in Path(settings.JOURNAL_ROOT).glob("*"))
    assert (demo_ada.public_id in journal, demo_ada.email in journal) == (True, False)
    kept = cache._cache.get_client().keys("*")
    assert not any(text.encode() in key for key in kept for text in (demo_ada.email, demo_ada.public_id))


def test_what_others_have_stays(demo_ada, clock):
    kept = {
        model: set(model.objects.values_list("pk", flat=True))
        for model in apps.get_models()
        if model._meta.app_label in {"companies", "applications", "outreach"}
    }
    collector = NestedObjects(using="default")
    collector.collect([demo_ada])
    hers = {model: {row.pk for row in rows} for model, rows in collector.data.items()}
    approved = set(demo_ada.proposals.filter(state="approved").values_list("pk", flat=True))
    leave(demo_ada)
    delete_leaving(at=NOW + TWO_WEEKS)
    for model, keys in kept.items():
        gone = keys - set(model.objects.values_list("pk", flat=True)) - hers.get(model, set())
        assert {row for row in gone if model.__name__ not in {"Proposal", "Company"}} == set()
    assert set(
        apps.get_model("companies", "Proposal").objects.filter(pk__in=approved).values_list("pk", flat=True)
    ) == (approved)
