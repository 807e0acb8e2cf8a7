"""What stands on the page of an application beside its history: fit, what it asks for, teams, debriefs, the offer."""

import datetime as dt

from applications.actions.debriefs import answer_question, save_debrief
from applications.actions.events import add_stage, edit_event
from applications.actions.fitting import add_requirements, tick_requirement
from applications.actions.offers import note_offer
from applications.actions.preparation import tick
from applications.actions.talks import add_talk
from applications.models import Application, Event, InterviewRound, PrepItem, Question
from companies.models import Team
from tracker.demo_data.shapes import Fit, Learned, Round, Talk, Terms
from tracker.demo_data.times import Days


def put_in_late(application: Application, late: tuple[tuple[int, str], ...], days: Days) -> None:
    """Put in stages that were forgotten when they happened."""
    for day, stage in late:
        add_stage(application=application, entered=str(stage), on=days.day(day), by=days.student, at=days.at)


def correct_last_move(application: Application, right: int, days: Days) -> None:
    """Give the last move its right day, as one does who typed a wrong one."""
    wrong = Event.objects.visible_to(days.student).filter(application=application, kind="stage").order_by("pk").last()
    if wrong:
        on, at = days.day(right), days.noon(right)
        edit_event(event=wrong, seen=wrong, text=wrong.text, is_shared=wrong.is_shared, on=on, by=days.student, at=at)


def fits(application: Application, fit: Fit, days: Days, *, at: dt.datetime) -> None:
    """Note how close the team's work is, and tick what the posting asks for."""
    team = Team.objects.filter(company_id=application.company_id, name=fit.team).first()
    Application.objects.filter(pk=application.pk).update(
        team=team,
        closeness=fit.closeness,
        could_become=list(fit.could_become),
        reasons=list(fit.reasons),
        tags=list(fit.tags),
        posting_text=fit.text,
    )
    lines = "\n".join(text for text, _meets in fit.asks)
    added = add_requirements(application=application, text=lines, by=days.student, at=at) if lines else []
    meets = dict(fit.asks)
    for requirement in added:
        tick_requirement(requirement=requirement, meets=meets[requirement.text], by=days.student, at=at)


def talks(application: Application, told: tuple[Talk, ...], days: Days) -> None:
    """Note the conversations with teams."""
    for talk in told:
        details = {
            "team": Team.objects.filter(company_id=application.company_id, name=talk.team).first(),
            "name": talk.team,
            "people": talk.people,
            "project": talk.project,
            "link": "",
            "talked_on": None if talk.day is None else days.day(talk.day),
            "state": talk.state,
            "interest": talk.interest,
            "notes": talk.notes,
        }
        add_talk(application=application, details=details, by=days.student, at=days.noon(talk.day or -3))


def prepared(interview: InterviewRound, told: Round, days: Days) -> None:
    """Tick as much of the plan as is done, in its order; what is done was done on its day."""
    items = list(PrepItem.objects.filter(round=interview).order_by("position", "pk"))
    for item in items[: round(len(items) * told.ready)]:
        on = min(item.on or days.today, days.today)
        tick(item=item, done=True, by=days.student, at=days.noon_of(on))


def debriefed(interview: InterviewRound, learned: Learned, days: Days, *, at: dt.datetime) -> None:
    """Write the debrief on the evening of the round, and the answers with it."""
    details = {
        "felt": learned.felt,
        "went_well": learned.went_well,
        "to_improve": learned.to_improve,
        "colleagues": learned.colleagues,
        "next_step": learned.next_step,
        "thanked": True,
    }
    came_up = "\n".join(question for question, _answer in learned.asked)
    by, answers = days.student, dict(learned.asked)
    save_debrief(interview=interview, details=details, came_up=came_up, take_step=False, version=0, by=by, at=at)
    for question in Question.objects.filter(round=interview).order_by("pk"):
        answer_question(question=question, seen="", answer=answers[question.text], by=by, at=at)


def offered(application: Application, terms: Terms, days: Days, *, at: dt.datetime) -> None:
    """Note the offer; it begins with the summer that one applies for."""
    season = application.season
    begins = season.starts_on + dt.timedelta(days=-season.starts_on.weekday() % 7) if season else None
    details = {
        **terms.said,
        "answer_by": days.day(terms.answer_by),
        "pay": terms.pay,
        "currency": terms.currency,
        "pay_per": "month",
        "starts_on": begins,
        "ends_on": begins + dt.timedelta(weeks=terms.weeks, days=-3) if begins else None,
    }
    note_offer(application=application, details=details, version=0, by=days.student, at=at)
