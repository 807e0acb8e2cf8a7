import datetime as dt
import re
import threading

import pytest
from django.db import connection

from applications.actions.planning import answer_shortfall, plan_season
from applications.models import PlanStep, SeasonPlan, Undo
from tests.factories import TODAY, ApplicationFactory
from tests.words import said
from tracker.lib.errors import StaleError

HTMX = {"HX-Request": "true"}
FORM = {
    "goal": "12",
    "weekly_target": "",
    "starts_on": "",
    "weeks": "",
    "opens_on": "2026-10-01",
    "closes_on": "2027-01-31",
}


@pytest.fixture
def ada_(ada, season, clock, client_of):
    return client_of(ada)


def plan_lines(client):
    """Return when and title of each line of the plan."""
    text = client.get("/window/").text.partition('<ol class="plan">')[2].partition("</ol>")[0]
    whens = re.findall(r'<span class="d num">([^<]*)</span>', text)
    titles = re.findall(r'<span id="step-[^"]+">(?:<a [^>]*>)?([^<]+)(?:</a>)?<span class="sub">', text)
    return list(zip(whens, titles, strict=True))


def seen_on(client, url):
    """Return what the form of a page saw."""
    return dict(re.findall(r'name="(initial-\w+)"(?: value="([^"]*)")?', client.get(url).text))


def step(client, key, what="", **typed):
    return client.post(f"/window/steps/{key}/{what}{'/' if what else ''}", typed)


# Goal, target and days.


def test_a_goal_and_own_days_are_kept_and_can_be_taken_back(ada_, ada, season):
    assert ada_.post("/window/plan/", FORM | {"opens_on": "2026-09-01"}).url == "/window/"
    plan = SeasonPlan.objects.get()
    assert (plan.goal, plan.opens_on, plan.closes_on) == (12, dt.date(2026, 9, 1), None)
    ada_.post(f"/undo/{Undo.objects.get().public_id}/")
    assert not SeasonPlan.objects.exists()


def test_an_emptied_field_takes_the_fact_away(ada_, ada, season):
    SeasonPlan.objects.create(student=ada, season=season, goal=12, opens_on=dt.date(2026, 9, 1))
    seen = {"initial-goal": "12", "initial-opens_on": "2026-09-01", "initial-closes_on": "2027-01-31"}
    ada_.post("/window/plan/", FORM | seen | {"goal": "", "opens_on": ""})
    assert SeasonPlan.objects.values_list("goal", "opens_on", "closes_on").get() == (None, None, None)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"goal": "0"}, "Enter a number from 1 to 200."),
        ({"goal": "-3"}, "Enter a number from 1 to 200."),
        ({"goal": "1000000000"}, "Enter a number from 1 to 200."),
        ({"goal": "9" * 10_000}, "Enter a whole number, like 20."),
        ({"goal": "many"}, "Enter a whole number, like 20."),
        ({"goal": "1\0"}, "Enter a whole number, like 20."),
        ({"weekly_target": "0"}, "Enter a number from 1 to 20."),
        ({"weekly_target": "21"}, "Enter a number from 1 to 20."),
        ({"weeks": "-1"}, "Enter a number from 1 to 52."),
        ({"opens_on": "0001-01-01"}, "Enter a day between 1990 and 2100."),
        ({"closes_on": "9999-12-31"}, "Enter a day between 1990 and 2100."),
        ({"starts_on": "9999-12-31"}, "Enter a day between 1990 and 2100."),
        ({"closes_on": "31.1.27"}, "Enter the day, like 30 11 2026"),
        ({"opens_on": "2027-02-01"}, "The window closes before it opens."),
        ({"closes_on": "2028-01-31"}, "Use a window of at most a year."),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_cannot_be_is_refused_with_a_sentence_and_kept_in_the_form(ada_, wrong, sentence):
    form = FORM | wrong
    response = ada_.post("/window/plan/", form)
    assert (response.status_code, sentence in response.text) == (422, True)
    assert "There is a problem" in response.text
    for typed in filter(None, form.values()):
        assert f'value="{typed}"' in response.text
    assert not SeasonPlan.objects.exists()


def test_another_tab_is_not_overwritten(ada_, ada, season):
    seen = seen_on(ada_, "/window/plan/")
    ada_.post("/window/plan/", FORM | seen | {"goal": "20"})
    response = ada_.post("/window/plan/", FORM | seen | {"goal": "30", "weeks": "16"})
    assert response.status_code == 409
    assert ("30" in response.text, "20" in response.text) == (True, True)
    assert SeasonPlan.objects.values_list("goal", "weeks").get() == (20, None)
    assert ada_.post("/window/plan/", FORM | seen | {"goal": "20"}).status_code == 302  # the same again


def test_tabs_that_change_different_facts_are_both_heard(ada_, ada, season):
    seen = seen_on(ada_, "/window/plan/")
    ada_.post("/window/plan/", FORM | seen | {"goal": "20"})
    ada_.post("/window/plan/", FORM | seen | {"goal": "", "weeks": "16"})
    assert SeasonPlan.objects.values_list("goal", "weeks").get() == (20, 16)


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_wins_and_one_is_told(ada, season):
    barrier, told = threading.Barrier(2), []

    def change(goal):
        barrier.wait()
        try:
            plan_season(student=ada, season=season, goal=goal, seen={"goal": None})
            told.append(goal)
        except StaleError:
            told.append(0)
        connection.close()

    threads = [threading.Thread(target=change, args=[goal]) for goal in (10, 20)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert sorted(told) == [0, SeasonPlan.objects.get().goal]


# The weekly target.


def test_the_buttons_change_the_target_and_nothing_else(ada_, ada, season):
    SeasonPlan.objects.create(student=ada, season=season, goal=24, weekly_target=3, opens_on=dt.date(2026, 9, 7))
    for number in range(9):
        ApplicationFactory(student=ada, stage="applied", applied_on=TODAY - dt.timedelta(days=number))
    page = said(ada_.get("/window/"))
    assert "9 of 24" in page
    assert "Pace 15 December When you reach 24 at three a week" in page
    response = ada_.post("/window/plan/", {"weekly_target": "4"}, headers=HTMX)
    assert said(response).startswith("Weekly target \N{MINUS SIGN} 4 + Change it whenever life changes Pace 7 December")
    assert "Apply, four a week 15 to go" in said(response)
    plan = SeasonPlan.objects.get()
    assert (plan.goal, plan.weekly_target, plan.opens_on) == (24, 4, dt.date(2026, 9, 7))


def test_without_javascript_the_buttons_lead_back_to_the_page_with_an_undo(ada_, ada, season):
    SeasonPlan.objects.create(student=ada, season=season, goal=24, weekly_target=3)
    response = ada_.post("/window/plan/", {"weekly_target": "2"}, follow=True)
    assert response.redirect_chain == [("/window/", 302)]
    assert "Your plan is saved. Undo" in " ".join(re.sub("<[^>]+>", " ", response.text).split())


def test_the_target_never_leaves_its_bounds(ada_, ada, season):
    plan = SeasonPlan.objects.create(student=ada, season=season, weekly_target=1)
    assert re.findall(r'name="weekly_target" value="(\d+)"', ada_.get("/window/").text) == ["1", "2"]
    SeasonPlan.objects.filter(pk=plan.pk).update(weekly_target=20)
    assert re.findall(r'name="weekly_target" value="(\d+)"', ada_.get("/window/").text) == ["19", "20"]


def test_without_a_target_one_that_fits_is_offered(ada_, ada, season):
    SeasonPlan.objects.create(student=ada, season=season, goal=24)
    assert "Aim for 3 a week" in said(ada_.get("/window/"))


# What a missed week leaves.


@pytest.fixture
def missed(ada, season):
    """A target of three, of which one was sent last week, Monday 2 to Sunday 8 November."""
    ApplicationFactory(student=ada, stage="applied", applied_on=dt.date(2026, 11, 8))
    return SeasonPlan.objects.create(student=ada, season=season, goal=24, weekly_target=3)


def test_a_missed_week_is_asked_about_once_and_carried_over(ada_, ada, missed, clock):
    assert "Two were left from last week. Carry them over, or leave them?" in said(ada_.get("/window/"))
    response = ada_.post("/window/shortfall/", {"carry": "yes"}, follow=True)
    assert "Two were left" not in said(response)
    assert "5 this week, with what you carried over" in said(response)
    clock.move_to(dt.datetime(2026, 11, 17, 9, tzinfo=dt.UTC))
    assert "Five were left from last week." in said(ada_.get("/window/"))


def test_a_missed_week_can_be_left_and_asked_about_again_after_an_undo(ada_, ada, missed):
    ada_.post("/window/shortfall/", {"carry": "no"})
    assert "left from last week" not in said(ada_.get("/window/"))
    missed.refresh_from_db()
    assert (missed.asked_about, missed.carried) == (dt.date(2026, 11, 2), 0)
    ada_.post(f"/undo/{Undo.objects.get().public_id}/")
    assert "Two were left from last week." in said(ada_.get("/window/"))


def test_a_second_answer_changes_nothing(ada, season, missed):
    answers = [answer_shortfall(student=ada, season=season, carry=carry, on=TODAY) for carry in (True, False, True)]
    assert answers == [2, 2, 2]


def test_a_new_target_does_not_measure_last_week(ada_, ada, missed):
    ada_.post("/window/plan/", {"weekly_target": "5"})
    assert "left from last week" not in said(ada_.get("/window/"))


# The steps.


def test_the_plan_works_back_from_the_start(ada_):
    assert ada_.post("/window/plan/", {"starts_on": "2027-06-14", "weeks": "16"}).status_code == 302
    assert plan_lines(ada_) == [
        ("Sep", "CV, website and two-page research summary"),
        ("Oct", "Ask for referrals; write to paper authors"),
        ("Now", "Apply"),
        ("Jan–Mar", "Interview rounds"),  # noqa: RUF001
        ("Feb", "Enrichment scheme closes"),
        ("Mar–Apr", "Decide"),  # noqa: RUF001
        ("Mar–May", "University agreement"),  # noqa: RUF001
        ("Mar–May", "Leave and funder approval"),  # noqa: RUF001
        ("Mar–May", "Visa, if you need one"),  # noqa: RUF001
        ("Apr–May", "A place to live"),  # noqa: RUF001
        ("14 Jun", "Start"),
        ("3 Oct 2027", "End"),
    ]


def test_a_start_in_six_weeks_gives_a_tight_plan_with_honest_words(ada_, season):
    ada_.post("/window/plan/", {"starts_on": "2026-12-22"})
    text = said(ada_.get("/window/"))
    assert "Working back from 22 December" in text
    assert "6 weeks to the start, so the steps overlap." in text
    lines = {title: when for when, title in plan_lines(ada_)}
    assert lines["Interview rounds"] == "24 Nov–13 Dec"  # noqa: RUF001
    assert lines["Visa, if you need one"] == "Now"


def test_a_step_is_moved_and_follows_the_plan_again(ada_):
    seen = seen_on(ada_, "/window/steps/housing/")
    assert seen == {"initial-begins_on": "2027-04-06", "initial-ends_on": "2027-05-18"}
    step(ada_, "housing", begins_on="2027-05-03", ends_on="2027-05-05", **seen)
    assert ("3–5 May", "A place to live") in plan_lines(ada_)  # noqa: RUF001
    ada_.post("/window/plan/", {"starts_on": "2027-06-14"})
    assert ("3–5 May", "A place to live") in plan_lines(ada_)  # noqa: RUF001
    step(ada_, "housing", **{"initial-begins_on": "2027-05-03", "initial-ends_on": "2027-05-05"})
    assert ("Apr–May", "A place to live") in plan_lines(ada_)  # noqa: RUF001


def test_a_step_moved_in_another_tab_is_told(ada_):
    seen = {"initial-begins_on": "2027-04-06", "initial-ends_on": "2027-05-18"}
    step(ada_, "housing", begins_on="2027-05-03", ends_on="2027-05-05", **seen)
    response = step(ada_, "housing", begins_on="2027-05-10", ends_on="2027-05-11", **seen)
    assert (response.status_code, "10 May 2027" in response.text, "3 May 2027" in response.text) == (409, True, True)
    assert PlanStep.objects.get().begins_on == dt.date(2027, 5, 3)


def test_a_step_is_ticked_taken_out_put_back_and_each_is_undone(ada_, ada):
    states = []

    def state():
        return [(one.is_removed, one.done_on) for one in PlanStep.objects.order_by("pk")]

    for what, typed in (("done", {"done": "yes"}), ("out", {}), ("back", {}), ("done", {"done": "no"})):
        states.append(state())
        step(ada_, "summary", what, **typed)
    assert [*states, state()] == [[], [(False, TODAY)], [(True, TODAY)], [(False, TODAY)], [(False, None)]]
    for undo in Undo.objects.order_by("-made_at", "-pk"):
        ada_.post(f"/undo/{undo.public_id}/")
        assert state() == states.pop()


def test_what_is_ticked_and_taken_out_shows(ada_):
    step(ada_, "summary", "done", done="yes")
    step(ada_, "visa", "out")
    text = said(ada_.get("/window/"))
    assert "CV, website and two-page research summary Done 10 November Done" in text
    assert "1 step taken out Visa, if you need one Put back" in text
    assert "Visa, if you need one" not in dict(plan_lines(ada_)).values()


def test_an_own_step_is_added_changed_and_deleted(ada_, ada):
    typed = {"title": "NeurIPS: meet teams", "begins_on": "2026-12-07", "ends_on": "2026-12-12"}
    assert ada_.post("/window/steps/new/", typed).url == "/window/#plan"
    ada_.post("/window/steps/new/", typed)  # a double click
    assert plan_lines(ada_)[3] == ("7–12 Dec", "NeurIPS: meet teams")  # noqa: RUF001
    key = PlanStep.objects.get().public_id
    seen = {f"initial-{name}": value for name, value in typed.items()}
    step(ada_, key, **typed | seen | {"ends_on": "", "title": "NeurIPS"})
    assert plan_lines(ada_)[3] == ("7 Dec", "NeurIPS")
    step(ada_, key, "out")
    assert not PlanStep.objects.exists()
    ada_.post(f"/undo/{Undo.objects.latest('made_at', 'pk').public_id}/")
    assert PlanStep.objects.get().title == "NeurIPS"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": ""}, "Enter the what"),
        ({"title": "a\0b"}, "Enter plain text."),
        ({"title": "x" * 10_000}, "Use at most 160 characters; this has 10000."),
        ({"begins_on": ""}, "Enter the first day"),
        ({"begins_on": "0001-01-01"}, "Enter a day between 1990 and 2100."),
        ({"ends_on": "9999-12-31"}, "Enter a day between 1990 and 2100."),
        ({"ends_on": "2026-12-01"}, "The last day is before the first."),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_step_that_cannot_be_is_refused_with_a_sentence(ada_, wrong, sentence):
    typed = {"title": "NeurIPS", "begins_on": "2026-12-07", "ends_on": "2026-12-12"} | wrong
    response = ada_.post("/window/steps/new/", typed)
    assert (response.status_code, sentence in response.text) == (422, True)
    assert not PlanStep.objects.exists()


def test_a_derived_step_needs_a_first_day_for_a_last_one(ada_):
    response = step(ada_, "visa", ends_on="2027-05-05")
    assert (response.status_code, "Enter the first day, or leave both empty." in response.text) == (422, True)


def test_own_steps_are_capped(ada_, settings):
    settings.WAYMARK_OWN_STEPS = 1
    for number in (1, 2):
        response = ada_.post("/window/steps/new/", {"title": f"Week {number}", "begins_on": "2026-12-07"})
    assert (response.status_code, "Keep at most 1 steps of your own." in response.text) == (422, True)


@pytest.mark.parametrize("key", ["start", "end", "nowhere", "x" * 300])
def test_start_and_unknown_steps_cannot_be_changed(ada_, key):
    answers = [ada_.get(f"/window/steps/{key}/").status_code]
    answers += [step(ada_, key, what).status_code for what in ("done", "out", "back")]
    assert answers == [404] * 4


def test_the_steps_of_another_student_are_not_found(ada_, mallory, season):
    own = PlanStep.objects.create(student=mallory, season=season, title="Theirs", begins_on=TODAY)
    answers = [ada_.get(f"/window/steps/{own.public_id}/").status_code]
    answers += [step(ada_, own.public_id, what).status_code for what in ("done", "out", "back")]
    assert answers == [404] * 4
