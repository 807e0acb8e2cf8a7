"""Preparation sets at /manage/: for curators, and nobody else."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from applications.models import PrepItem, PrepSet
from tests.factories import TODAY, RoundFactory

URL = "/manage/applications/prepset/"


@pytest.fixture
def curator(cora, client_of, clock):
    return client_of(cora)


@pytest.fixture
def coding(db):
    prep_set = PrepSet.objects.create(slug="coding", name="Coding", kind="coding")
    for place, text in enumerate(("Graphs", "Trees")):
        prep_set.items.create(text=text, minutes=45, position=place)
    return prep_set


def sent(prep_set, *items, **more):
    rows = {}
    for number, (pk, text, place) in enumerate(items):
        row = {"id": pk, "prep_set": prep_set.pk or "", "text": text, "minutes": 45, "position": place, "url": ""}
        rows |= {f"items-{number}-{name}": value for name, value in row.items()}
    known = sum(1 for item in items if item[0])
    count = {"items-TOTAL_FORMS": len(items), "items-INITIAL_FORMS": known}
    facts = {"slug": prep_set.slug, "name": prep_set.name, "kind": prep_set.kind, "position": 0, "is_active": "on"}
    return {**facts, "with_whom": "", "about": "", "source_url": "", "is_suggested": "on", **count, **rows, **more}


def test_a_curator_opens_every_page(curator, coding):
    pages = (
        "",
        "add/",
        f"{coding.pk}/change/",
        f"{coding.pk}/delete/",
        f"{coding.pk}/history/",
        "?q=cod",
        "?kind=coding",
    )
    for page in pages:
        assert curator.get(f"{URL}{page}").status_code == 200, page


def test_a_curator_swaps_two_items_and_the_set_counts_as_checked(curator, coding):
    first, second = coding.items.order_by("position")
    form = sent(coding, (first.pk, "Graphs", 1), (second.pk, "Trees and tries", 0))
    assert curator.post(f"{URL}{coding.pk}/change/", form).status_code == 302
    coding.refresh_from_db()
    assert coding.checked_on == TODAY
    assert list(coding.items.order_by("position").values_list("text", flat=True)) == ["Trees and tries", "Graphs"]


def test_two_items_in_one_place_are_refused(curator, coding):
    rows = [(item.pk, item.text, 0) for item in coding.items.order_by("position")]
    assert curator.post(f"{URL}{coding.pk}/change/", sent(coding, *rows)).status_code == 200
    assert list(coding.items.order_by("pk").values_list("position", flat=True)) == [0, 1]


def test_a_curator_renames_a_set_and_adds_one(curator, coding):
    rows = [(item.pk, item.text, item.position) for item in coding.items.order_by("position")]
    curator.post(f"{URL}{coding.pk}/change/", sent(coding, *rows, name="Code"))
    curator.post(f"{URL}add/", sent(PrepSet(slug="talk", name="Talk", kind="talk"), ("", "Slides", 0)))
    names = list(PrepSet.objects.order_by("pk").values_list("name", "checked_on"))
    assert names == [("Code", TODAY), ("Talk", TODAY)]


def test_a_deleted_set_leaves_the_plans_that_were_made_of_it(curator, coding):
    item = PrepItem.objects.create(round=RoundFactory(), text="Graphs", came_from=f"coding:{coding.items.first().pk}")
    assert curator.post(f"{URL}{coding.pk}/delete/", {"post": "yes"}).status_code == 302
    assert (PrepSet.objects.count(), PrepItem.objects.get().pk) == (0, item.pk)


def test_sets_are_noted_as_checked(curator, coding):
    curator.post(URL, {"action": "checked_today", "_selected_action": [coding.pk]})
    coding.refresh_from_db()
    assert coding.checked_on == TODAY


@pytest.mark.parametrize("who", ["ada", "grace", "mallory"])
def test_nobody_else_gets_in(request, client_of, coding, who):
    client = client_of(request.getfixturevalue(who))
    for page in ("", "add/", f"{coding.pk}/change/", f"{coding.pk}/delete/"):
        assert client.get(f"{URL}{page}").status_code == 404
        assert client.post(f"{URL}{page}").status_code == 404


@pytest.mark.parametrize("value", ["\0", "x" * 10_000, "-1"])
@pytest.mark.parametrize("name", ["name", "slug", "kind", "position", "source_url"])
def test_what_cannot_be_is_refused(curator, coding, name, value):
    if (name, value) == ("name", "-1"):
        value = ""
    answer = curator.post(f"{URL}{coding.pk}/change/", sent(coding, **{name: value}))
    coding.refresh_from_db()
    assert (answer.status_code < 500, coding.name, coding.position) == (True, "Coding", 0)


def test_the_table_asks_a_fixed_number_of_questions(curator, coding):
    counts = []
    for n in (1, 30):
        for number in range(n):
            PrepSet.objects.create(slug=f"set-{n}-{number}", name=f"Set {number}", kind="talk")
        with CaptureQueriesContext(connection) as asked:
            curator.get(URL)
        counts.append(len(asked))
    assert counts == [6, 6]
