"""Ada's placement of last summer, told from the search for it to what came of it. All of it is invented."""

import datetime as dt

from applications.actions.adding import add_application
from applications.actions.events import log_event
from applications.actions.offers import note_offer
from applications.actions.placements import add_made, begin_placement, edit_placement, log_placement
from applications.actions.stages import accept_offer, move
from applications.models import Application, Placement
from applications.stage import Stage
from companies.models import Season
from tracker.demo_data.story import Story

FIRM, ROLE = "Thistle Genomics", "Research Intern, Graphs of Cells"
_OVER_BY = (10, 15)  # of October: nobody's summer lasts longer
_WEEK = dt.timedelta(weeks=1)

FACTS = {
    "mentor": "Dr Ines Carvalho",
    "buddy": "Joel Park",
    "goal": "Predict how cells of one tissue develop, from a graph of which are alike; one method, two data sets.",
    "place": "Edinburgh",
    "looking_back": "The weekly meeting made the difference: one page each time. Next time: ask for the data before "
    "the first day, and start to write in week eight.",
}
LOG = (
    (0, "social", "Welcome lunch; Joel is my buddy and showed me the cluster."),
    (0, "mentor", "Dr Carvalho and I wrote the goal on one page: one method, two data sets, a draft by September."),
    (1, "stand_up", "Every morning at 9:30. Three sentences are enough."),
    (2, "review", "First review of my code: smaller commits, a test for the sampling."),
    (4, "reading", "Presented our ICLR paper to the reading group. Good question about sparse graphs."),
    (6, "mentor", "Half-way: the method works on blood, not on liver yet. Decide in two weeks whether to narrow."),
    (8, "seminar", "Talk by the imaging team; we now use their labels."),
    (11, "stand_up", "The sampler is merged into their open library."),
    (13, "review", "Their engineers ran all of it from my notes alone."),
    (15, "mentor", "Last meeting: who writes what, and in which order the names stand."),
)
"""Weeks after the first day, what kind of event, and what happened."""

MADE = (
    ("paper", "Trees in tissues: following cells by likeness", "ICLR", "submitted", 16),
    ("code", "Neighbourhood sampler in cellgraph", "cellgraph 2.3", "out", 12),
    ("patent", "Choosing which cells to measure next", "", "idea", 14),
    ("chapter", "Chapter five: graphs that grow", "", "working", 17),
)


def tell_last_summer(story: Story) -> Application:
    """Add the application of the year before, accept its offer, and live through the placement."""
    year = story.days.today.year - (story.days.today.timetuple()[1:3] < _OVER_BY)
    first = dt.date(year, 6, 1) + dt.timedelta(days=-dt.date(year, 6, 1).weekday() % 7)
    application = _search(story, first)
    placement = begin_placement(application=application, by=story.student)
    last = first + 16 * _WEEK - dt.timedelta(days=3)
    facts, at = {**FACTS, "starts_on": first, "ends_on": last}, story.days.noon_of(last)
    edit_placement(placement=placement, details=facts, version=placement.version, by=story.student, at=at)
    _live(story, placement, first)
    story.date_back(application)
    return application


def _search(story: Story, first: dt.date) -> Application:
    by, days = story.student, {weeks: first - weeks * _WEEK for weeks in (30, 29, 28, 22, 17, 15)}
    application = add_application(
        student=by, company_or_link=FIRM, role=ROLE, stage=Stage.INTERESTED, request_key=story.key(FIRM, ROLE),
        at=story.days.noon_of(days[30]), on=days[30],
        details={"place": "Edinburgh", "source": "conference", "weeks": 16},
    )  # fmt: skip
    for weeks, stage in ((29, Stage.PREPARING), (28, Stage.APPLIED), (22, Stage.INTERVIEWING), (17, Stage.OFFER)):
        move(application=application, to=stage, by=by, at=story.days.noon_of(days[weeks]), on=days[weeks])
    said = "Met Dr Carvalho at the learning-on-graphs workshop; she remembered the poster."
    log_event(
        application=application,
        kind="note",
        text=said,
        is_shared=False,
        on=days[30],
        by=by,
        at=story.days.noon_of(days[30]),
    )
    _offered(story, application, first, days[17])
    accept_offer(application=application, by=by, at=story.days.noon_of(days[15]), on=days[15])
    season = Season.objects.filter(starts_on__year=first.year, name__startswith="Summer").order_by("pk").first()
    Application.objects.filter(pk=application.pk).update(season=season)
    application.refresh_from_db()
    return application


def _offered(story: Story, application: Application, first: dt.date, on: dt.date) -> None:
    terms = {
        "answer_by": on + 2 * _WEEK, "project": "Development of cells as a graph", "mentor": FACTS["mentor"],
        "closeness": "close", "publishing": "yes", "pay": 2_500, "currency": "GBP", "pay_per": "month",
        "starts_on": first, "ends_on": first + 16 * _WEEK - dt.timedelta(days=3), "place": "Edinburgh", "hours": "full",
    }  # fmt: skip
    note_offer(application=application, details=terms, version=0, by=story.student, at=story.days.noon_of(on))


def _live(story: Story, placement: Placement, first: dt.date) -> None:
    for weeks, kind, text in LOG:
        on = first + weeks * _WEEK + dt.timedelta(days=weeks % 4)
        log_placement(placement=placement, kind=kind, on=min(on, story.days.today), text=text, by=story.student)
    for kind, title, venue, state, weeks in MADE:
        on = min(first + weeks * _WEEK, story.days.today)
        details = {"kind": kind, "title": title, "venue": venue, "state": state, "on": on, "url": ""}
        add_made(placement=placement, details=details, by=story.student)
