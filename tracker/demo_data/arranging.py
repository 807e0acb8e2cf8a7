"""How Ada has arranged her season and her pages: plan, steps, documents, a view of her own, a line put off."""

import datetime as dt

from applications.actions.filing import Upload, add_document, add_version, attach
from applications.actions.planning import PlanFacts, plan_season
from applications.actions.saved_views import keep_view
from applications.actions.steps import add_step, move_step, tick_step
from applications.actions.today import mark
from applications.actions.welcoming import describe_student, mark_welcomed
from applications.models import Application, DocumentVersion, TodayMark
from applications.queries.plan import frame_of, usual_span
from applications.queries.window import window_of
from applications.today_rules import Rule, key_of
from companies.models import Season
from tracker.demo_data.papers import PAPERS, PRODUCT, RESEARCH, SENT_ALONG, TO_PRODUCT, pdf
from tracker.demo_data.times import Days

GOAL, TARGET, WEEKS = 24, 2, 16
TOPICS = ["graph learning", "equivariance", "shortest paths", "geometric deep learning"]
THESIS = "Learning on graphs whose edges cost something, from routing to tissues."
CONFERENCE = "NeurIPS: poster, and people to meet"
PUT_OFF = "Brightwater Health"


def arrange(days: Days) -> None:
    """Arrange all of it."""
    student = days.student
    describe_student(
        student=student,
        name=student.name,
        phd_started_on=student.phd_started_on,
        topics=TOPICS,
        thesis=THESIS,
        at=days.noon(-60),
    )
    mark_welcomed(student=student, at=days.noon(-60))
    _plan(days)
    _file(days)
    keep_view(student=student, name="Graphs, still open", query="tag=graphs", at=days.noon(-12))
    _put_off(days)


def _plan(days: Days) -> None:
    """Set goal, target and start of the window that holds, tick the first step, move the second, add a conference."""
    student, window = days.student, window_of(days.student, days.today)
    if window is None:
        return
    season = Season.objects.get(pk=window.season_id)
    starts_on = season.starts_on + dt.timedelta(days=-season.starts_on.weekday() % 7)
    facts: PlanFacts = {"goal": GOAL, "weekly_target": TARGET, "starts_on": starts_on, "weeks": WEEKS}
    plan_season(student=student, season=season, on=days.day(-40), **facts)
    span = {"opens_on": window.opens_on, "closes_on": window.closes_on, "starts_on": starts_on}
    frame = frame_of(student, season.pk, span, weeks=WEEKS, planned_on=days.day(-40))
    summary, referrals = usual_span(frame, "summary"), usual_span(frame, "referrals")
    tick_step(student=student, season=season, key="summary", done_on=min(summary[1], days.today))
    later = (referrals[0] + dt.timedelta(weeks=1), referrals[1] + dt.timedelta(weeks=5))
    move_step(student=student, season=season, key="referrals", span=later, seen=referrals, usual=referrals)
    first = dt.date(window.opens_on.year, 12, 1)
    first += dt.timedelta(days=-first.weekday() % 7)
    last = first + dt.timedelta(days=6)
    add_step(student=student, season=season, title=CONFERENCE, begins_on=first, ends_on=last)


def _file(days: Days) -> None:
    """Upload each version on its day; then note which went with what was sent."""
    kept: dict[str, list[tuple[int, DocumentVersion]]] = {}
    for paper in PAPERS:
        (began, shown, said), *others = paper.versions
        upload, at = Upload(paper.file_name, pdf(shown)), days.noon(began)
        made = add_document(student=days.student, kind=paper.kind, name=paper.name, upload=upload, note=said, at=at)
        kept[paper.name] = [(began, made)]
        for day, words, note in others:
            upload = Upload(paper.file_name, pdf((*words, f"({paper.name})")))
            at = days.noon(day)
            version = add_version(document=made.document, upload=upload, note=note, by=days.student, at=at)
            kept[paper.name].append((day, version))
    for application in _sent(days):
        _send(application, kept, days)


def _sent(days: Days) -> list[Application]:
    mine = Application.objects.visible_to(days.student).filter(applied_on__gte=days.day(-60))
    return list(mine.select_related("company").order_by("applied_on", "pk"))


def _send(application: Application, kept: dict[str, list[tuple[int, DocumentVersion]]], days: Days) -> None:
    """Attach the versions that were the newest when the application was sent."""
    company, on = application.company.name, application.applied_on
    wanted = [RESEARCH, *SENT_ALONG.get(company, ())]
    if on is None:
        return
    if company in TO_PRODUCT and days.day(kept[PRODUCT][0][0]) <= on:
        wanted[0] = PRODUCT
    for name in wanted:
        there = [version for day, version in kept[name] if days.day(day) <= on]
        if there:
            at = days.noon_of(on)
            attach(application=application, version=there[-1], on=on, by=days.student, at=at)
    Application.objects.filter(pk=application.pk).update(updated_at=application.updated_at)


def _put_off(days: Days) -> None:
    """Put one next step off until the week after."""
    mine = Application.objects.visible_to(days.student).filter(company__name=PUT_OFF, next_step_on__isnull=False)
    for application in mine.order_by("pk"):
        key = key_of(Rule.STEP, application.public_id, application.next_step_on)
        mark(student=days.student, key=key, state=TodayMark.State.SNOOZED, on=days.today, until=days.day(5))
