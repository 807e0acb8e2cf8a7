"""Every form about an application meets every odd text in every field: never an answer of 5xx, never a live script."""

import datetime as dt

import pytest

from applications.models import Application
from tests.factories import ApplicationFactory, RoundFactory

ODD = [
    "",
    " ",
    "0",
    "-1",
    "9" * 40,
    "1e400",
    "NaN",
    "true",
    "None",
    "0001-01-01",
    "9999-12-31",
    "2026-02-30",
    "24:00",
    "99:99",
    "a\0b",
    "\ud800".encode("utf-8", "surrogatepass"),
    b"\xff\xfe",
    "\u202egnp.exe",
    "😀" * 60,
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "http://[",
    "http://" + "a" * 5_000,
    "//evil.example",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'; DROP TABLE applications_application; --",
    "{{ request.user.password }}",
    "../../etc/passwd",
    "=HYPERLINK(1)",
    "x" * 100_000,
]
FIELDS = {
    "edit/": "role kind url place closes_on zone next_step next_step_on way_in referrer on_hold source starts_from"
    " starts_until weeks hours notes version initial-role initial-closes_on initial-on_hold",
    "events/": "text kind is_shared on",
    "rounds/new/": "kind with_whom people on time minutes zone place status notes version initial-on",
    "round": "kind with_whom people on time minutes zone place status notes version initial-time",
    "event": "on text is_shared initial-on initial-text initial-is_shared",
}
GOOD = {
    "kind": "research", "zone": "UTC", "status": "scheduled", "text": "Met", "on": "2026-11-01", "way_in": "none"
}  # fmt: skip


@pytest.fixture
def addresses(ada):
    application = ApplicationFactory(student=ada)
    here = f"/applications/{application.public_id}/"
    interview = RoundFactory(application=application)
    return {
        **{name: f"{here}{name}" for name in ("edit/", "events/", "rounds/new/")},
        "round": f"/rounds/{interview.public_id}/edit/",
        "event": f"/events/{application.events.get().public_id}/edit/",
    }


def odd_forms(form):
    """Each odd text in one field after the other, beside good ones, and in all fields at once."""
    fields = FIELDS[form].split()
    good = GOOD | ({"kind": "note"} if form == "events/" else {"kind": "visit"} if form == "edit/" else {})
    for number, odd in enumerate(ODD):
        for turn in range(0, len(fields), 4):
            yield {**good, fields[(number + turn) % len(fields)]: odd}
        yield dict.fromkeys(fields, odd)


@pytest.mark.parametrize("form", FIELDS)
def test_no_text_in_any_field_breaks_anything(addresses, ada, client_of, clock, form):
    client, unexpected = client_of(ada), []
    for typed in odd_forms(form):
        response = client.post(addresses[form], typed)
        live = "<script>alert" in response.text or "<img src=x" in response.text
        if live or response.status_code not in {302, 409, 422}:
            unexpected.append((response.status_code, typed))
    assert unexpected == []
    page = client.get(addresses["edit/"].removesuffix("edit/")).text
    assert ("<script>alert" in page, 'href="javascript' in page, "<img src=x" in page) == (False, False, False)


@pytest.mark.parametrize("form", FIELDS)
@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "application/json", "text/plain"])
def test_a_form_sent_with_nothing_is_refused_in_words(addresses, ada, client_of, clock, form, kind):
    response = client_of(ada).generic("POST", addresses[form], "", content_type=kind)
    assert (response.status_code, "Enter " in response.text or "Choose " in response.text) == (422, True)


def test_days_that_cannot_be_are_kept_out_of_the_database_by_every_form(addresses, ada, client_of, clock):
    client = client_of(ada)
    for form in FIELDS:
        for day in ("0001-01-01", "9999-12-31"):
            typed = {**GOOD, "kind": "note" if form == "events/" else "research", "on": day, "closes_on": day}
            assert client.post(addresses[form], typed).status_code in {409, 422}
    application = Application.objects.get()
    days = [event.on for event in application.events.all()] + [interview.on for interview in application.rounds.all()]
    assert all(dt.date(1990, 1, 1) <= day <= dt.date(2100, 12, 31) for day in days)
    assert application.closes_on is None
