"""What the buttons of Today do, and that each can be undone to the row."""

import datetime as dt
import json
import threading
from urllib.parse import quote

import pytest
import time_machine
from django.db import connection
from django.test import Client

from applications.models import (
    Application,
    Debrief,
    Desk,
    Event,
    InterviewRound,
    Offer,
    PlanStep,
    SeasonPlan,
    TodayMark,
    Undo,
)
from applications.queries.rows import rows_of
from applications.today_rules import key_of
from tests.factories import NOW, TODAY, ApplicationFactory, CompanyFactory, RoundFactory
from tests.words import said

HTMX = {"HX-Request": "true", "HX-Current-URL": "http://testserver/today/"}


@pytest.fixture
def ada_(ada, season, clock, client_of):
    return client_of(ada)


def days(number):
    return TODAY + dt.timedelta(days=number)


def tidewater(ada, **facts):
    return ApplicationFactory(
        student=ada, company=CompanyFactory(name="Tidewater"), role="Research Intern", **{"stage": "preparing", **facts}
    )


def closes(ada, **facts):
    return tidewater(ada, closes_on=days(2), **facts), "closes", days(2)


def released(ada):
    return tidewater(ada, on_hold=True, way_in="referred", referrer="Priya"), "released", TODAY


def step(ada):
    return tidewater(ada, next_step="Ask Priya", next_step_on=days(-1)), "step", days(-1)


def follow_up(ada):
    sent = dt.date(2026, 10, 26)
    return tidewater(ada, stage="applied", applied_on=sent, stage_since=sent), "follow_up", dt.date(2026, 11, 9)


def answer(ada):
    application = tidewater(ada, stage="offer", applied_on=TODAY)
    Offer.objects.create(application=application, answer_by=days(3))
    return application, "answer", days(3)


def quiet(ada):
    return tidewater(ada, stage="applied", applied_on=days(-60), stage_since=days(-60)), "quiet", days(-60)


def keep(ada):
    return tidewater(ada, stage="interested", stage_since=days(-30)), "keep", days(-9)


def interview(ada):
    round_ = RoundFactory(application=tidewater(ada, stage="interviewing", applied_on=TODAY), on=days(1))
    return round_, "interview", days(1)


def debrief(ada):
    return (
        RoundFactory(application=tidewater(ada, stage="interviewing", applied_on=TODAY), on=days(-1)),
        "debrief",
        days(-1),
    )


EVERY = [closes, released, step, follow_up, answer, quiet, keep, interview, debrief]


def path(made, verb="done"):
    subject, rule, day = made
    return f"/today/{key_of(rule, subject.public_id, day)}/{verb}/"


def of(made):
    """Return the application of a line, fresh."""
    subject = made[0]
    return Application.objects.get(pk=getattr(subject, "application_id", subject.pk))


def everything(ada):
    """Return every row of Ada's applications and desk."""
    return rows_of(ada, Application.objects.filter(student=ada).values_list("pk", flat=True), desk=True)


def facts_of(ada):
    """Return the same, but for the numbers that only ever grow."""
    soft = {"version", "revision", "updated_at"}
    rows = {key: json.loads(row) for key, row in everything(ada).items()}
    return {key: {name: value for name, value in row.items() if name not in soft} for key, row in rows.items()}


@pytest.mark.parametrize("make", EVERY)
@pytest.mark.parametrize("verb", ["done", "snooze", "dismiss"])
def test_every_button_takes_the_line_away_and_undo_brings_back_line_and_rows(make, verb, ada_, ada):
    made = make(ada)
    before, page = facts_of(ada), ada_.get("/today/").text
    assert path(made) in page
    answered = ada_.post(path(made, verb), {"until": "tomorrow"})
    assert (answered.status_code, answered.headers["Location"]) == (302, "/today/")
    after = ada_.get("/today/").text
    assert path(made) not in after
    assert facts_of(ada) != before
    undo = Undo.objects.get()
    way_back = f"/undo/{undo.public_id}/?next=%2Ftoday%2F"
    assert f'action="{way_back}"' in after
    assert ada_.post(way_back).headers["Location"] == "/today/"
    assert facts_of(ada) == before
    assert path(made) in ada_.get("/today/").text


def test_what_was_sent_moves_to_applied(ada_, ada):
    made = closes(ada, on_hold=True)
    page = ada_.post(path(made), follow=True)
    one = of(made)
    assert (one.stage, one.applied_on, one.on_hold) == ("applied", TODAY, False)
    assert "Tidewater moved to Applied." in page.text


def test_a_next_step_that_was_taken_is_noted_and_makes_room(ada_, ada):
    made = step(ada)
    ada_.post(path(made))
    one = of(made)
    assert (one.next_step, one.next_step_on) == ("", None)
    assert [event.text for event in one.events.filter(kind="note")] == ["Done: Ask Priya"]


@pytest.mark.parametrize(
    ("make", "same", "other"),
    [
        (closes, "Submit: CV and statement are ready", "Send Priya the CV"),
        (released, "apply", "Thank Priya"),
        (follow_up, "Follow up with Priya", "Followers: count them"),
        (answer, "Answer by Friday", "Ask Grace"),
        (interview, "Prepare the talk", "Book the train"),
        (debrief, "Note what came up", "Thank them"),
    ],
)
def test_a_tick_takes_the_next_step_that_asks_for_the_same_with_it(make, same, other, ada_, ada):
    made = make(ada)
    for step_, left in ((other, other), (same, "")):
        Application.objects.update(next_step=step_, next_step_on=days(9))
        before = facts_of(ada)
        ada_.post(path(made))
        one = of(made)
        assert (one.next_step, one.next_step_on) == (left, days(9) if left else None)
        assert one.events.filter(text=f"Done: {step_}").count() == (not left)
        ada_.post(f"/undo/{Undo.objects.latest('pk').public_id}/")
        assert facts_of(ada) == before


def test_a_follow_up_is_noted_as_an_email(ada_, ada):
    made = follow_up(ada)
    page = ada_.post(path(made), follow=True)
    assert [(event.text, event.on) for event in of(made).events.filter(kind="email")] == [("Followed up", TODAY)]
    assert "Noted: you followed up with Tidewater." in page.text


def test_a_round_that_was_ticked_for_its_debrief_has_happened(ada_, ada):
    made = debrief(ada)
    ada_.post(path(made))
    assert InterviewRound.objects.get().status == "done"
    assert not Debrief.objects.exists()


def test_keeping_a_role_asks_again_after_21_days(ada_, ada, clock, client_of):
    made = keep(ada)
    assert "Kept. Today asks again on Tue 1 Dec." in ada_.post(path(made), follow=True).text
    for day, asked in ((20, False), (21, True)):
        clock.move_to(NOW + dt.timedelta(days=day))
        assert (path(made) in client_of(ada).get("/today/").text) == asked


@pytest.mark.parametrize(("make", "outcome"), [(closes, "withdrew"), (keep, "withdrew"), (quiet, "no_reply")])
def test_letting_go_closes_with_the_outcome_that_it_says(make, outcome, ada_, ada):
    made = make(ada)
    page = ada_.post(path(made, "dismiss"), follow=True)
    assert (of(made).stage, of(made).outcome) == ("closed", outcome)
    assert "Closed. Nothing else to do here." in page.text


def test_a_wait_that_goes_on_is_not_asked_about_again(ada_, ada, clock, client_of):
    made = quiet(ada)
    ada_.post(path(made))
    clock.move_to(NOW + dt.timedelta(days=90))
    assert "Nothing due today" in said(client_of(ada).get("/today/"))


@pytest.mark.parametrize(
    ("sent", "until"), [({"until": "tomorrow"}, 1), ({"until": "monday"}, 6), ({"day": "2026-11-30"}, 20)]
)
def test_a_snooze_brings_the_line_back_on_its_day(sent, until, ada_, ada, clock, client_of):
    made = step(ada)
    ada_.post(path(made, "snooze"), sent)
    for day, shown in ((until - 1, False), (until, True)):
        clock.move_to(NOW + dt.timedelta(days=day))
        assert (path(made) in client_of(ada).get("/today/").text) == shown


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "Enter the day, like 30 11 2026"),
        ({"day": "soon"}, "Enter the day, like 30 11 2026"),
        ({"day": "2026-11-10"}, "Enter a day after today."),
        ({"day": "2029-01-01"}, "Enter a day within a year."),
        ({"until": "\0", "day": "9" * 5_000}, "Enter the day, like 30 11 2026"),
        ({"day": "1011-11-11"}, "Enter a day"),
    ],
)
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_day_that_cannot_be_is_refused_and_nothing_is_put_off(sent, words, headers, ada_, ada):
    refused = ada_.post(path(step(ada), "snooze"), sent, headers=headers)
    assert (refused.status_code, "There is a problem" in refused.text, words in refused.text) == (422, True, True)
    assert ("<html" in refused.text, TodayMark.objects.exists()) == (not headers, False)


def test_the_snooze_page_works_without_any_script(ada_, ada):
    page = ada_.get(path(step(ada), "snooze"))
    assert (page.status_code, "Snooze: Ask Priya: Tidewater" in page.text) == (200, True)


def test_a_moved_date_brings_a_ticked_line_back(ada_, ada):
    made = answer(ada)
    ada_.post(path(made))
    Offer.objects.update(answer_by=days(4))
    assert "Answer the offer of Tidewater" in ada_.get("/today/").text


def test_htmx_gets_the_list_with_heading_count_toast_and_the_focus_on_the_next_line(ada_, ada):
    made = step(ada)
    other = ApplicationFactory(student=ada, stage="preparing", next_step="Read", next_step_on=TODAY)
    changed = ada_.post(path(made), headers=HTMX)
    assert changed.headers["HX-Retarget"] == "#today"
    assert '<div id="today-h" hx-swap-oob="innerHTML">One thing for today</div>' in changed.text
    assert '<span id="today-count" hx-swap-oob="innerHTML">1<' in changed.text
    assert f'href="/applications/{other.public_id}/" data-focus>' in changed.text
    assert "Done: Ask Priya. One thing for today." in changed.text
    assert f"/undo/{Undo.objects.get().public_id}/" in changed.text
    assert "<html" not in changed.text


def test_the_last_line_leaves_the_focus_on_the_heading(ada_, ada):
    assert 'tabindex="-1" data-focus>Do next' in ada_.post(path(step(ada)), headers=HTMX).text


def test_a_longer_list_stays_longer(ada_, ada):
    made = [tidewater_at(ada, number) for number in range(7)]
    where = f"/today/{key_of('step', made[0].public_id, TODAY)}/done/?all=1"
    assert where in ada_.get("/today/?all=1").text
    assert ada_.post(where).headers["Location"] == "/today/?all=1"


def tidewater_at(ada, number):
    return ApplicationFactory(student=ada, stage="preparing", next_step=f"Step {number}", next_step_on=TODAY)


@pytest.mark.parametrize("make", EVERY)
def test_a_second_click_changes_nothing_more(make, ada_, ada):
    made = make(ada)
    first = ada_.post(path(made), headers=HTMX)
    rows, undos = everything(ada), Undo.objects.count()
    second = ada_.post(path(made), headers=HTMX)
    assert (first.status_code, second.status_code) == (200, 200)
    assert (everything(ada), Undo.objects.count()) == (rows, undos)
    assert "hx-swap-oob" in second.text
    assert 'id="toast"' not in second.text  # the first one's Undo stays


FORGED = ["x", "done", "closes-aaaa-20261110", "closes-aaaa-2026", "step--20261110", "target-x-20261110",
          "advice-week-20260101", "9" * 5_000, "closes-" + "a" * 60 + "-20261110", "no_rule-week-20261109"]  # fmt: skip


@pytest.mark.parametrize("verb", ["done", "snooze", "dismiss"])
@pytest.mark.parametrize("key", [*FORGED, quote("closes-\0-20261110"), quote("schließt-é-20261110"), "a b", "../undo"])
def test_a_key_that_is_none_of_ours_is_not_found(key, verb, ada_):
    assert ada_.post(f"/today/{key}/{verb}/", {"until": "monday"}).status_code == 404


@pytest.mark.parametrize("make", EVERY)
@pytest.mark.parametrize("verb", ["done", "snooze", "dismiss"])
def test_another_students_line_is_not_found_and_stays_as_it_is(make, verb, ada_, ada, mallory, client_of):
    made = make(ada)
    before = everything(ada)
    assert client_of(mallory).post(path(made, verb), {"until": "monday"}).status_code == 404
    assert everything(ada) == before
    assert not TodayMark.objects.exists()


def test_a_line_that_is_gone_leads_back_to_the_list(ada_, ada):
    made = closes(ada)
    Application.objects.update(stage="applied")
    answered = ada_.post(path(made))
    assert (answered.status_code, answered.headers["Location"]) == (302, "/today/")
    assert not Undo.objects.exists()


def plan_of(ada, season, **facts):
    return SeasonPlan.objects.create(student=ada, season=season, weekly_target=3, **facts)


def sent(ada, *on):
    for day in on:
        ApplicationFactory(student=ada, stage="applied", applied_on=day, stage_since=day)


@pytest.mark.parametrize(
    ("verb", "carried", "words"), [("done", 2, "Two more for this week."), ("dismiss", 0, "Left.")]
)
def test_what_last_week_left_is_carried_over_or_left(verb, carried, words, ada_, ada, season):
    plan_of(ada, season)
    sent(ada, dt.date(2026, 11, 3))
    assert "Two were left from last week. Carry them over, or leave them?" in ada_.get("/today/").text
    page = ada_.post(f"/today/missed-week-20261102/{verb}/", follow=True)
    assert (words in page.text, "left from last week" in page.text) == (True, False)
    plan = SeasonPlan.objects.get()
    assert (plan.asked_about, plan.carried) == (dt.date(2026, 11, 2), carried)
    ada_.post(f"/undo/{Undo.objects.get().public_id}/")
    assert SeasonPlan.objects.get().asked_about is None


def test_the_weekly_target_can_be_left_for_this_week(ada_, ada, season, clock):
    plan_of(ada, season, asked_about=dt.date(2026, 11, 2))
    sent(ada, dt.date(2026, 11, 9))
    clock.move_to(NOW + dt.timedelta(days=3))
    assert "Pick two more roles to apply to" in ada_.get("/today/").text
    ada_.post("/today/target-week-20261109/dismiss/")
    assert "/today/target-week-20261109/" not in ada_.get("/today/").text


def test_a_step_of_the_plan_is_ticked_in_the_plan(ada, season, clock, client_of):
    ApplicationFactory(student=ada, stage="applied", applied_on=TODAY)
    plan_of(ada, season, starts_on=dt.date(2027, 6, 1), planned_on=dt.date(2026, 9, 1))
    clock.move_to(dt.datetime(2027, 3, 9, 9, tzinfo=dt.UTC))
    ada_ = client_of(ada)
    page = ada_.get("/today/?all=1").text
    key = next(part for part in page.split('"') if part.startswith("/today/plan-visa-"))
    ada_.post(key.partition("?")[0])
    assert [(step.key, step.done_on) for step in PlanStep.objects.all()] == [("visa", dt.date(2027, 3, 9))]
    assert "plan-visa" not in ada_.get("/today/?all=1").text
    ada_.post(f"/undo/{Undo.objects.get().public_id}/")
    assert not PlanStep.objects.exists()


def test_a_step_of_ones_own_is_ticked_in_the_plan(ada_, ada, season):
    ApplicationFactory(student=ada)
    own = PlanStep.objects.create(student=ada, season=season, title="NeurIPS", begins_on=TODAY, ends_on=days(6))
    ada_.post(f"/today/{key_of('plan', own.public_id, days(6))}/done/")
    own.refresh_from_db()
    assert own.done_on == TODAY


def test_advice_is_put_away_for_the_week(ada_, ada, clock):
    ApplicationFactory(student=ada)
    where = "/today/advice-week-20261109/dismiss/"
    assert where in ada_.get("/today/").text
    ada_.post(where)
    assert "Put this advice away" not in ada_.get("/today/").text
    clock.move_to(NOW + dt.timedelta(days=6))
    assert "/today/advice-week-20261116/dismiss/" in ada_.get("/today/").text


def test_every_rule_is_listed_with_a_sentence_and_a_switch(ada_):
    page = ada_.get("/today/why/")
    assert page.text.count('type="checkbox"') == page.text.count(" checked>") == 17
    assert "One short note, 10 working days after you applied. Never a second one." in said(page)


def test_a_rule_that_is_switched_off_is_silent_until_undo(ada_, ada):
    made = step(ada)
    on = [part.partition('"')[0] for part in ada_.get("/today/why/").text.split('name="on" id="on-')[1:]]
    page = ada_.post("/today/why/", {"on": [name for name in on if name not in {"step", "advice"}]}, follow=True)
    desk = Desk.objects.get()
    assert (desk.rules_off, desk.advice_off, path(made) in page.text) == (["step"], True, False)
    assert ada_.get("/today/why/").text.count(" checked>") == 15
    ada_.post(f"/undo/{Undo.objects.get().public_id}/")
    assert path(made) in ada_.get("/today/").text


@pytest.mark.parametrize("names", [["nothing"], ["step", "\0"], ["x" * 5_000]])
def test_a_switch_that_there_is_not_is_refused(names, ada_):
    refused = ada_.post("/today/why/", {"on": names})
    assert (refused.status_code, "Choose from the list." in refused.text) == (422, True)
    assert not Desk.objects.exists()


def test_what_a_curator_or_supervisor_sends_is_refused(ada_, ada, cora, grace, client_of):
    made = step(ada)
    for somebody in (cora, grace):
        assert client_of(somebody).post(path(made)).status_code == 403
        assert client_of(somebody).get("/today/why/").status_code == 403


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("make", [closes, follow_up, step, keep])
def test_two_clicks_at_once_do_it_once(make, ada, season, client_of):
    with time_machine.travel(NOW, tick=False):
        made, clients = make(ada), [client_of(ada), client_of(ada)]
        begins, events = threading.Barrier(2), Event.objects.count()
        codes = []

        def click(client: Client) -> None:
            begins.wait()
            codes.append(client.post(path(made)).status_code)
            connection.close()

        threads = [threading.Thread(target=click, args=[client]) for client in clients]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert codes == [302, 302]
    assert (TodayMark.objects.count(), Undo.objects.count()) == (1, 1)
    assert Event.objects.count() - events == (make is not keep)
