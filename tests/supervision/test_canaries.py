"""Private fields hold marks that occur nowhere else; supervisors' pages are crawled for them at each level."""

import datetime as dt
import re

import pytest

from applications.models import Event, InterviewRound, SeasonPlan
from applications.stage import OUTCOME_LABELS
from tests.factories import ApplicationFactory, CompanyFactory, PostingFactory, RoundFactory

PRIVATE = {
    "application": ["notes", "closing_reason", "referrer", "next_step", "place", "url"],
    "round": ["notes", "people", "place"],
}
SHARED = {"company": "CANARY-company", "role": "CANARY-role", "entry": "CANARY-entry"}
OPENS = {
    "nothing": set(),
    "summary": set(),
    "stages": {"CANARY-company", "CANARY-role"},
    "details": {"CANARY-company", "CANARY-role", "CANARY-entry"},
}
CANARY = re.compile(r"CANARY-\w+")
HREF = re.compile(r'href="(/[^"?#]*)')


@pytest.fixture
def planted(ada, season):
    marks = {name: f"CANARY-{name}" for name in PRIVATE["application"]} | {"url": "https://x.example/CANARY-url"}
    application = ApplicationFactory(
        student=ada,
        company=CompanyFactory(name=SHARED["company"], approved_at=None, proposed_by=ada, notes="CANARY-about"),
        role=SHARED["role"],
        posting=PostingFactory(title="CANARY-posting"),
        stage="closed",
        outcome="not_this_time",
        applied_on=dt.date(2026, 10, 20),
        next_step_on=dt.date(2026, 11, 11),
        way_in="asked",
        on_hold=True,
        source="referral",
        **marks,
    )
    ApplicationFactory(student=ada, role="Open", stage="offer", outcome="accepted")
    for status in InterviewRound.Status.values:
        RoundFactory(application=application, status=status, **{n: f"CANARY-round_{n}" for n in PRIVATE["round"]})
    for kind in Event.Kind.values:
        stage = "closed" if kind in {"added", "stage"} else ""
        common = {"application": application, "kind": kind, "on": dt.date(2026, 10, 21), "stage": stage, "by": ada}
        Event.objects.create(text=f"CANARY-private_{kind}", **common)
        shown = kind in {"note", "email", "call", "interview"}
        Event.objects.create(text=SHARED["entry"] if shown else f"CANARY-system_{kind}", is_shared=True, **common)
    SeasonPlan.objects.create(student=ada, season=season, goal=4711)
    return application


def crawl(client, start):
    """Return every page below /supervision/ and what /companies/ and /postings/ show, reached by links."""
    seen, waiting = {}, [*start]
    while waiting:
        path = waiting.pop()
        if path in seen or not path.startswith(("/supervision/", "/companies/", "/postings/")):
            continue
        response = client.get(path)
        seen[path] = response.content.decode() + str(response.headers)
        waiting += HREF.findall(seen[path])
    return seen


@pytest.mark.parametrize("level", list(OPENS))
def test_marks_appear_only_where_the_level_permits(client_of, clock, ada, grace, planted, share, level):
    share(ada, grace, level)
    guessed = [
        "/supervision/",
        f"/supervision/{ada.public_id}/",
        f"/supervision/{ada.public_id}/applications/{planted.public_id}/",
        f"/applications/{planted.public_id}/",
        f"/companies/{planted.company.slug}/",
    ]
    pages = crawl(client_of(grace), guessed)
    shared_list = {"CANARY-posting"}  # a posting of the shared list is everybody's
    assert set(CANARY.findall("".join(pages.values()))) - shared_list == OPENS[level]


@pytest.mark.parametrize("level", list(OPENS))
def test_no_outcome_and_no_goal_is_ever_shown(client_of, clock, ada, grace, planted, share, level):
    share(ada, grace, level)
    pages = crawl(client_of(grace), ["/supervision/", f"/supervision/{ada.public_id}/"])
    text = "".join(page for path, page in pages.items() if path.startswith("/supervision/"))
    statuses = ["Went through", "Done and waiting", "Moved", "Cancelled"]
    said = [word for word in (*OUTCOME_LABELS.values(), *statuses, "4711", "st-accepted") if word in text]
    assert said == []


@pytest.mark.parametrize("level", list(OPENS))
def test_a_summary_is_a_number_for_each_stage(client_of, ada, grace, planted, share, level):
    share(ada, grace, level)
    response = client_of(grace).get(f"/supervision/{ada.public_id}/")
    assert response.status_code == (404 if level == "nothing" else 200)
