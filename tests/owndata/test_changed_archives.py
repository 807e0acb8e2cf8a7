"""One value of a whole archive changed at random: it is refused, or read in and every page opens."""

import os
import random

from django.db import transaction

from accounts.models import Archive
from applications.models import Application
from tests.archives import unzipped, zipped

TRIES = int(os.environ.get("CHANGED_ARCHIVES", "20"))
ODD = [
    None, True, False, 0, 1, -1, 7, 10**30, 1.5, "", "me", "0", "x", "ZZ", "\0", "\ud800", "x" * 100_000, "2026-02-30",
    "2027-03-01", "9999-12-31T23:59:59+00:00", "Etc/GMT+12", "Europe/Nowhere", "javascript:alert(1)", "=1+1", "🜁 क",
    [], ["x"], [1], ["x", "x"], {}, {"name": "Tidewater"}, {"name": 1}, {"pay": "a_lot"}, {"x": {"y": "z"}},
]  # fmt: skip
PAGES = [
    "/today/", "/applications/board/", "/applications/", "/window/", "/people/", "/offers/", "/insights/",
    "/people/outreach/", "/questions/", "/documents/", "/search/?q=a", "/settings/profile/", "/settings/notifications/",
]  # fmt: skip


def changed(files, chance):
    """Return what an import reads, with one value that somebody else put there."""
    read = {name: data for name, data in files.items() if not name.startswith(("csv/", "README"))}
    name = chance.choice(sorted(key for key, data in read.items() if key.startswith("data/") and data))
    rows = list(read[name])
    place = chance.randrange(len(rows))
    column = chance.choice(sorted(rows[place]))
    rows[place] = {**rows[place], column: chance.choice(ODD)}
    return {**read, name: rows}, f"{name} {place} {column}: {rows[place][column]!r}"[:200]


def test_it_is_refused_with_a_sentence_or_every_page_opens(demo_ada, newcomer, exported, brought, client_of):
    files, client = unzipped(exported(demo_ada)), client_of(newcomer)
    refused = 0
    for seed in range(TRIES):
        with transaction.atomic():
            content, what = changed(files, random.Random(seed))
            became = brought(newcomer, zipped(content))
            if became.problem:
                refused += 1
                assert (became.problem[-1], Application.objects.visible_to(newcomer).count()) == (".", 0), what
            else:
                assert {client.get(page).status_code for page in PAGES} == {200}, what
            Archive.objects.all().delete()
            transaction.set_rollback(True)
    assert 0 < refused < TRIES
