"""Private fields hold marks that occur nowhere else; supervisors' pages are crawled for them at each level."""

import datetime as dt
import re

import pytest
from django.core import mail

from applications.models import Approval, Event, InterviewRound, Placement, SeasonPlan
from applications.stage import OUTCOME_LABELS
from outreach.models import Contact
from reminders import letters
from reminders.models import Preference
from supervision import actions
from supervision.actions.counting import count_in
from supervision.models import Request, SharingException
from tests.factories import (
    NOW,
    TODAY,
    ApplicationFactory,
    CompanyFactory,
    PostingFactory,
    RoundFactory,
    SupervisionFactory,
)

PRIVATE = {
    "application": ["notes", "closing_reason", "referrer", "next_step", "place", "url"],
    "round": ["notes", "people", "place"],
}
SHARED = {"company": "CANARY-company", "role": "CANARY-role", "entry": "CANARY-entry"}
OPENS = {
    "nothing": set(),
    "summary": set(),
    "stages": {"CANARY-company", "CANARY-role", "CANARY-going"},
    "details": {"CANARY-company", "CANARY-role", "CANARY-going", "CANARY-entry"},
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
    _beside(ada, application)
    return application


def _beside(ada, application):
    """Plant what is between Ada and another supervisor, and what she told nobody."""
    marks = {name: f"CANARY-approval_{name}" for name in ("funder_name", "conditions", "decided_by")}
    Approval.objects.create(
        application=application, decision="approved", decided_on=TODAY, stipend="reduced", updated_at=NOW, **marks
    )
    going = ApplicationFactory(student=ada, role="CANARY-going", stage="offer", outcome="accepted")
    texts = {name: f"CANARY-placement_{name}" for name in ("mentor", "buddy", "goal", "place", "looking_back")}
    Placement.objects.create(application=going, starts_on=TODAY, ends_on=TODAY + dt.timedelta(days=80), **texts)
    other = SupervisionFactory(student=ada, level="details")
    for supervision in (other, None):
        wish = actions.Wish("help", "CANARY-asked", "CANARY-details", application=application)
        actions.ask(student=ada, supervision=supervision, email="x@y.example", wish=wish, at=NOW, on=TODAY)
    actions.say(supervision=other, application=application, text="CANARY-comment", by=ada, at=NOW)
    marks = {name: f"CANARY-contact_{name}" for name in ("name", "work", "source", "why", "next_step")}
    known = Contact.objects.create(student=ada, how="friend", created_at=NOW, email="CANARY-contact@x.example", **marks)
    known.messages.create(kind="sent", on=TODAY, text="CANARY-message")
    known.papers.create(student=ada, title="CANARY-paper", authors=["CANARY-author"], key="CANARY-key")
    count_in(student=ada, department=None, at=NOW)
    SharingException.objects.create(
        supervision=other, application=going, is_hidden=True
    )  # hidden from the other, not from Grace


def crawl(client, start):
    """Return every page below /supervision/ and what /companies/ and /postings/ show, reached by links."""
    seen, waiting = {}, [*start]
    while waiting:
        path = waiting.pop()
        if path in seen or not path.startswith(
            ("/supervision/", "/companies/", "/postings/", "/requests/", "/applications/", "/people/")
        ):
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
        "/supervision/requests/",
        "/supervision/year/",
        "/supervision/introductions/",
        f"/applications/{planted.public_id}/approval/",
        *(f"/requests/{one.public_id}/" for one in Request.objects.all()),
        *(f"/people/{one.public_id}/" for one in Contact.objects.all()),
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


@pytest.mark.parametrize("level", list(OPENS))
def test_no_mail_to_a_supervisor_says_more_than_their_pages(clock, ada, grace, planted, share, level):
    """All that is due to her within a month: digest, what was said with her, what she is asked for."""
    supervision = share(ada, grace, level)
    Preference.objects.create(person=grace, kind="digest", by_mail="now", app=True)
    wish = actions.Wish("letter", "A letter", due_on=TODAY + dt.timedelta(days=8))
    actions.ask(student=ada, supervision=supervision, email="", wish=wish, at=NOW, on=TODAY)
    for days in range(25):
        at = NOW + dt.timedelta(days=days)
        letters.tick(clock=lambda at=at: at)
    hers = [letter for letter in mail.outbox if letter.to == [grace.email]]
    assert len(hers) >= 3
    text = "".join(f"{one.subject} {one.body} {one.alternatives[0].content}" for one in hers)
    assert set(CANARY.findall(text)) <= OPENS[level]
    assert CANARY.findall("".join(one.subject for one in mail.outbox)) == []
