"""The weekly plan: when it comes, and what it says."""

import datetime as dt
import re

import pytest

from applications.models import Application, SeasonPlan, TodayMark
from companies.actions import follow
from companies.models import Cycle
from outreach.actions import Facts, add_contact, log_message
from outreach.choices import Said
from reminders import actions
from reminders.models import Delivery, Preference, Times
from tests.factories import ApplicationFactory, CompanyFactory, ProgrammeFactory, RoundFactory
from tests.reminders.conftest import LONG_AGO, posted

pytestmark = pytest.mark.usefixtures("weekly_plans")

MONDAY = dt.datetime(2026, 11, 9, 8, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
WEEK = dt.timedelta(weeks=1)


def day(number, month=11):
    return dt.date(2026, month, number)


@pytest.fixture
def ada(student, season):
    person = student(email="ada@waymark.example", name="Ada Whitlock")
    for kind in ("closing", "follow_ups", "offers"):  # else the plan might travel in another mail of that day
        Preference.objects.create(person=person, kind=kind, by_mail="weekly")
    return person


def apply(person, company, **fields):
    one = ApplicationFactory(
        student=person, company=CompanyFactory(name=company), role="Research Intern", stage_since=day(1), **fields
    )
    Application.objects.filter(pk=one.pk).update(created_at=LONG_AGO)
    return one


@pytest.fixture
def week(ada):
    """A week with something of each sort."""
    apply(ada, "Aster", stage="preparing", closes_on=day(13))
    apply(ada, "Birch", stage="applied", applied_on=day(29, 10))
    apply(ada, "Cedar", next_step="Ask Jo for a referral", next_step_on=day(10))
    RoundFactory(application=apply(ada, "Dogwood", stage="interviewing"), on=day(12))
    apply(ada, "Elder", stage="preparing", closes_on=day(16))  # a week from now: in the next plan
    apply(ada, "Fir", stage="closed", outcome="no_reply", closes_on=day(12), next_step_on=day(12))


def plan_of(at=MONDAY):
    return posted(at).get("weekly_plan")


def test_a_week_says_what_is_in_it_by_day(ada, season, week):
    SeasonPlan.objects.create(student=ada, season=season, goal=12, weekly_target=2)
    letter = plan_of()
    assert letter.subject == "Your week: 2 to send, 1 interview, 1 follow-up"
    lines = letter.body.splitlines()
    assert lines[2] == "Week 7 of 18. You have sent 1 of 12. 2 to send this week."
    assert lines[4:8] == [
        "Tue 10 Nov: Ask Jo for a referral: Cedar",
        "Thu 12 Nov: Follow up with Birch",
        "Thu 12 Nov, 15:00 GMT: Research discussion, Dogwood",
        "Fri 13 Nov: Submit Research Intern at Aster",
    ] or lines[4:8] == [
        "Tue 10 Nov: Ask Jo for a referral: Cedar",
        "Thu 12 Nov, 15:00 GMT: Research discussion, Dogwood",
        "Thu 12 Nov: Follow up with Birch",
        "Fri 13 Nov: Submit Research Intern at Aster",
    ]
    assert re.search(r"See this week: \S+/today/\?all=1\n", letter.body)
    assert "Elder" not in letter.body
    assert "Fir" not in letter.body


def test_a_kind_that_is_off_by_mail_is_left_out(ada, week):
    Preference.objects.filter(kind="follow_ups").update(by_mail="off")
    letter = plan_of()
    assert letter.subject == "Your week: 1 to send, 1 interview"
    assert "Birch" not in letter.body
    assert "Aster" in letter.body


def test_notes_to_people_and_steps_with_them_stand_in_it_from_the_day_they_are_due(ada):
    apply(ada, "Aster", next_step="Ask Jo for a referral", next_step_on=day(10))
    steps = {"Next": Facts("Next Step", "friend", next_step="Thank her", next_on=day(13)), "Late": None, "Far": None}
    for name, sent in (("Late", day(28, 10)), ("Far", day(2)), ("Next", None)):
        facts = steps[name] or Facts(f"{name} Answer", "friend")
        one = add_contact(facts=facts, by=ada, at=LONG_AGO)
        if sent:
            log_message(contact=one, kind=Said.SENT, on=sent, text="", by=ada, today=sent)
    letter = plan_of()
    assert letter.subject == "Your week: 1 follow-up"
    assert [line for line in letter.body.splitlines() if re.match(r"\w{3} \d", line)] == [
        "Tue 10 Nov: Ask Jo for a referral: Aster",
        "Wed 11 Nov: Write to Late Answer once more",
        "Fri 13 Nov: Thank her: Next Step",
    ]
    assert "Far Answer" not in letter.body, "due a week from now"


def test_what_was_ticked_on_today_is_left_out(ada, week):
    (one,) = Application.objects.filter(company__name="Aster")
    TodayMark.objects.create(student=ada, key=f"closes-{one.public_id}-20261113", on=day(9))
    assert "Aster" not in plan_of().body


def test_five_lines_are_enough(ada):
    for number in range(7):
        apply(ada, f"Lab {number}", stage="preparing", closes_on=day(10))
    letter = plan_of()
    assert letter.subject == "Your week: 7 to send"
    assert letter.body.count("Tue 10 Nov: ") == 5
    assert "and 2 more on Today" in letter.body


def test_nothing_to_say_is_no_mail_and_is_not_planned_again(ada):
    apply(ada, "Quiet", stage="applied", applied_on=day(8))
    assert plan_of() is None
    assert actions.make_plan(at=MONDAY + HOUR).righted == 0
    assert actions.claim(at=MONDAY + HOUR) is None
    Application.objects.all().delete()
    assert actions.make_plan(at=MONDAY + WEEK).made == 0


@pytest.mark.parametrize(
    ("zone", "due_at"),
    [
        ("Europe/London", dt.datetime(2026, 11, 9, 8, tzinfo=dt.UTC)),
        ("Pacific/Kiritimati", dt.datetime(2026, 11, 8, 18, tzinfo=dt.UTC)),
        ("America/New_York", dt.datetime(2026, 11, 9, 13, tzinfo=dt.UTC)),
    ],
)
def test_it_comes_on_monday_at_eight_where_the_person_lives(student, season, zone, due_at):
    person = student(time_zone=zone)
    apply(person, "Aster", closes_on=day(13))
    actions.make_plan(at=due_at - 20 * HOUR)
    rows = Delivery.objects.filter(rule="weekly_plan", channel="mail")
    assert list(rows.values_list("due_at", flat=True)) == [due_at]


def test_it_comes_on_the_day_and_at_the_hour_of_ones_choice_also_after_a_clock_change(ada):
    Times.objects.create(person=ada, weekly_day=6, weekly_hour=17)
    for week in range(26):
        apply(ada, f"Lab {week}", closes_on=day(1) + week * WEEK)
    at = dt.datetime(2026, 10, 22, tzinfo=dt.UTC)
    while at < dt.datetime(2026, 11, 3, tzinfo=dt.UTC):
        actions.make_plan(at=at)
        at += 22 * HOUR
    dues = set(Delivery.objects.filter(rule="weekly_plan", channel="mail").values_list("due_at", flat=True))
    assert dues == {dt.datetime(2026, 10, 25, 17, tzinfo=dt.UTC), dt.datetime(2026, 11, 1, 17, tzinfo=dt.UTC)}


def test_moving_the_day_within_a_week_brings_no_second_plan(ada, week):
    assert plan_of() is not None
    times = Times.objects.create(person=ada, weekly_day=1)
    actions.make_plan(at=MONDAY + 24 * HOUR)
    assert Delivery.objects.filter(rule="weekly_plan", channel="mail").count() == 1
    assert times.weekly_day == 1


def test_in_summer_it_comes_to_those_who_read_a_kind_in_it(ada):
    at = dt.datetime(2027, 6, 14, 7, tzinfo=dt.UTC)
    apply(ada, "Aster", stage="preparing", closes_on=dt.date(2027, 6, 17))
    Preference.objects.update(by_mail="now")
    assert plan_of(at) is None
    Preference.objects.filter(kind="closing").update(by_mail="weekly")
    assert plan_of(at).subject == "Your week: 1 to send"


def test_a_milestone_that_is_read_weekly_stands_in_the_plan(ada, season):
    Preference.objects.create(person=ada, kind="window", by_mail="weekly")
    SeasonPlan.objects.create(student=ada, season=season, goal=12)
    at = dt.datetime(2026, 9, 28, 7, tzinfo=dt.UTC)
    assert "Thu 1 Oct: The application window opens" in plan_of(at).body


def test_a_followed_programme_that_is_read_weekly_stands_in_it_as_sure_as_it_is(ada, season):
    Preference.objects.create(person=ada, kind="programmes", by_mail="weekly")
    SeasonPlan.objects.create(student=ada, season=season, goal=12)
    company = CompanyFactory(name="Tidewater")
    for name, state, opens_on in (
        ("Sure", "confirmed", day(12)),
        ("Guess", "expected", day(13)),
        ("Far", "confirmed", day(17)),
    ):
        programme = ProgrammeFactory(company=company, name=name)
        Cycle.objects.create(programme=programme, season=season, state=state, opens_on=opens_on)
        follow(person=ada, programme=programme)
    letter = plan_of()
    assert "Thu 12 Nov: Sure, Tidewater opens\nFri 13 Nov: Guess, Tidewater is expected to open\n" in letter.body
    assert "Far" not in letter.body


def test_it_says_nothing_of_a_goal_to_who_accepted_an_offer(ada, season):
    SeasonPlan.objects.create(student=ada, season=season, goal=12, weekly_target=2)
    apply(ada, "Aster", stage="offer", outcome="accepted", season=season)
    assert plan_of() is None


def test_the_queries_do_not_grow_with_the_week(ada, django_assert_num_queries):
    from reminders.queries import facts_of

    apply(ada, "Aster", closes_on=day(10))
    actions.make_plan(at=MONDAY)
    rows = list(Delivery.objects.filter(rule="weekly_plan", channel="mail").select_related("person"))
    with django_assert_num_queries(8):
        facts_of(rows, at=MONDAY)
    for number in range(4):
        apply(ada, f"Lab {number}", closes_on=day(11))
    with django_assert_num_queries(8):
        facts_of(rows, at=MONDAY)
