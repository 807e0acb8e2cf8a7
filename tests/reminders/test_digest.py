"""A supervisor's month: only what is shared at the moment of sending."""

import datetime as dt
import re

import pytest

from applications.models import Event
from reminders import actions
from reminders.models import Delivery, Preference
from supervision import actions as sharing
from supervision.models import Supervision
from tests.factories import ApplicationFactory, CompanyFactory, RoundFactory, SupervisionFactory
from tests.reminders.conftest import posted

FIRST = dt.datetime(2026, 12, 1, 8, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
CANARY = re.compile(r"CANARY-\w+")


@pytest.fixture
def ada(student):
    return student(email="ada@waymark.example", name="Ada Whitlock")


@pytest.fixture
def asked(grace):
    Preference.objects.create(person=grace, kind="digest", by_mail="now")
    return grace


@pytest.fixture
def planted(ada):
    marks = {name: f"CANARY-{name}" for name in ("notes", "closing_reason", "referrer", "next_step", "place")}
    company = CompanyFactory(name="CANARY-company", approved_at=None, proposed_by=ada)
    one = ApplicationFactory(
        student=ada, company=company, role="CANARY-role", stage="preparing", closes_on=dt.date(2026, 12, 9), **marks
    )
    ApplicationFactory(student=ada, role="CANARY-closed", stage="closed", outcome="not_this_time", **marks)
    held = ApplicationFactory(student=ada, role="CANARY-held", stage="interviewing")
    RoundFactory(application=held, on=dt.date(2026, 12, 4), notes="CANARY-notes", people="CANARY-people")
    Event.objects.create(application=one, kind="note", text="CANARY-entry", on=FIRST.date(), is_shared=True, by=ada)


def month(at=FIRST):
    return posted(at).get("digest")


@pytest.mark.parametrize(
    ("level", "next_date"),
    [("summary", ""), ("stages", "Next: Wed 9 Dec, closing day"), ("details", "Next: Fri 4 Dec, interview")],
)
def test_each_level_opens_its_facts_and_nothing_else(ada, asked, planted, level, next_date):
    SupervisionFactory(student=ada, supervisor=asked, level=level)
    letter = month()
    text = letter.body + letter.subject + str(letter.alternatives[0].content) + str(letter.extra_headers)
    assert letter.subject == "Your students this month"
    assert "Ada Whitlock, third year" in letter.body
    assert "1 Preparing, 1 Interviewing\n" in letter.body
    assert ("Next: " in letter.body) == bool(next_date)
    assert next_date in letter.body
    assert CANARY.findall(text) == []
    assert "Closed" not in text


def test_nothing_shared_is_nobody_there(ada, mallory, asked, planted):
    SupervisionFactory(student=ada, supervisor=asked, level="nothing")
    assert month() is None
    SupervisionFactory(student=mallory, supervisor=asked, level="summary")
    letter = month(FIRST + HOUR)
    assert "Mallory Quist" in letter.body
    assert "Ada" not in letter.body


def test_sharing_that_ended_before_the_claim_is_not_told(ada, asked, planted):
    SupervisionFactory(student=ada, supervisor=asked, level="details")
    actions.make_plan(at=FIRST - HOUR)
    sharing.end(supervision=Supervision.objects.get(), by=ada, at=FIRST - HOUR)
    assert "digest" not in {mail.delivery.rule for mail in actions.claim(at=FIRST).mails}
    assert set(Delivery.objects.filter(rule="digest", channel="mail").values_list("state", flat=True)) == {"cancelled"}
    assert actions.make_plan(at=FIRST).righted == 0


def test_only_supervisors_who_asked_get_it_on_the_first_of_a_month(ada, grace, sam, planted):
    SupervisionFactory(student=ada, supervisor=grace)
    SupervisionFactory(student=ada, supervisor=sam)
    assert month() is None
    Preference.objects.create(person=grace, kind="digest")
    at = dt.datetime(2026, 10, 20, tzinfo=dt.UTC)
    while at < dt.datetime(2026, 12, 5, tzinfo=dt.UTC):
        actions.make_plan(at=at)
        at += 20 * HOUR
    found = Delivery.objects.filter(rule="digest", channel="mail").order_by("due_at")
    assert list(found.values_list("person", "due_at")) == [
        (grace.pk, dt.datetime(2026, 11, 1, 8, tzinfo=dt.UTC)),
        (grace.pk, FIRST),
    ]


def test_whoever_is_no_supervisor_any_more_gets_none(ada, asked, planted):
    SupervisionFactory(student=ada, supervisor=asked)
    actions.make_plan(at=FIRST - HOUR)
    asked.is_supervisor = False
    asked.save()
    assert "digest" not in {mail.delivery.rule for mail in actions.claim(at=FIRST).mails}


@pytest.mark.parametrize("level", ["nothing", "summary"])
def test_it_says_which_of_them_asks_for_something(ada, asked, planted, level):
    supervision = SupervisionFactory(student=ada, supervisor=asked, level=level)
    wish = sharing.Wish("help", "CANARY-asked", "CANARY-details")
    sharing.ask(student=ada, supervision=supervision, email="", wish=wish, at=FIRST - HOUR, on=FIRST.date())
    letter = month()
    if level == "nothing":
        assert letter is None, "nobody shares anything; the request came by a mail of its own"
    else:
        assert "Asks for: Help" in letter.body
        assert CANARY.findall(letter.body + letter.alternatives[0].content) == []
