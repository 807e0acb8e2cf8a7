"""What Ada, Grace and Sam asked and said, the group's year, and fellows who let themselves be counted."""

import datetime as dt
import uuid

from accounts.actions import create_person
from accounts.models import User
from applications.actions.adding import add_application
from applications.actions.approvals import note_approval
from applications.actions.offers import accept_and_let_go
from applications.actions.placements import begin_placement, edit_placement
from applications.actions.stages import move
from applications.models import Application
from applications.queries.approvals import facts_of
from applications.stage import Stage
from companies.models import Company
from supervision import actions
from supervision.actions.counting import count_in, know_coordinators, publish
from supervision.models import Department, Supervision
from tracker.demo_data.people import FELLOWS, PASSWORD
from tracker.demo_data.story import Story
from tracker.demo_data.times import Days

_SPACE = uuid.UUID("b6f0a8a2-51a4-4a53-9d0e-5f5a3c3c9a10")
_HOUR = dt.timedelta(hours=1)
_FIRMS = ("Northlight Labs", "Northlight Labs", "Cormorant AI")


def supervise(days: Days, *, grace: User, sam: User, kim: User, at: dt.datetime) -> None:
    """Tell all of it."""
    ada = days.student
    hers = {one.supervisor_id: one for one in Supervision.objects.live().filter(student=ada)}
    _say(days, hers[grace.pk], grace)
    _ask(days, hers[grace.pk])
    _share(days, hers[grace.pk])
    _group(days, grace)
    _fellows(days, kim=kim, at=at)
    _shared_by_two(days, grace=grace, sam=sam, at=at)


def _say(days: Days, sharing: Supervision, grace: User) -> None:
    northlight = _of(days.student, "Northlight Labs")
    for by, before, text in (
        (grace, 30, "Hana Sato reviewed our last paper. Show the ablation first; she asked for it."),
        (days.student, 26, "Done, it is slide two now. Would you listen to the talk on Thursday?"),
    ):
        actions.say(supervision=sharing, application=northlight, text=text, by=by, at=days.at - before * _HOUR)


def _ask(days: Days, to_grace: Supervision) -> None:
    ada, at, on = days.student, days.at, days.today
    scheme = Application.objects.visible_to(ada).get(kind="scheme")
    wish = actions.Wish(
        "letter", "Letter for the enrichment scheme", "One page; their form asks for fit.", days.day(24), scheme
    )
    letter = actions.ask(student=ada, supervision=to_grace, email="", wish=wish, at=at - 70 * _HOUR, on=on)
    grace = to_grace.supervisor
    actions.answer(
        request=letter, standing="promised", text="By the end of next week.", by=grace, at=at - 50 * _HOUR, on=on
    )
    veridian = _of(ada, "Veridian")
    record = note_approval(
        application=veridian,
        details={
            "funder": "council", "funder_name": "EPSRC", "stipend": "suspended", "away_from": days.day(200),
            "away_until": days.day(312), "thesis_on": days.day(680), "thesis_moves_to": days.day(792),
        },
        version=0, by=ada, at=at - 28 * _HOUR,
    )  # fmt: skip
    wish = actions.Wish("approval", "Sixteen weeks at Veridian", "", days.day(6), veridian, facts_of(veridian, record))
    actions.ask(student=ada, supervision=to_grace, email="", wish=wish, at=at - 27 * _HOUR, on=on)
    wish = actions.Wish("help", "Two offers, one summer", "May I take ten minutes after group meeting?")
    actions.ask(student=ada, supervision=to_grace, email="", wish=wish, at=at - 5 * _HOUR, on=on)


def _share(days: Days, to_grace: Supervision) -> None:
    """Hide one application from Grace, and show her what Veridian pays."""
    for firm, is_hidden in (("Alder & Finch", True), ("Veridian", False)):
        actions.set_exception(
            supervision=to_grace,
            application=_of(days.student, firm),
            is_hidden=is_hidden,
            shows_pay=not is_hidden,
            by=days.student,
            at=days.at - 4 * _HOUR,
        )


def _group(days: Days, grace: User) -> None:
    actions.offer_introduction(
        company=Company.objects.get(name="Northlight Labs"), note="I know the graph team.", by=grace, at=days.noon(-30)
    )
    actions.offer_introduction(company=Company.objects.get(name="Helio Research"), note="", by=grace, at=days.noon(-29))
    for title, first, last in (
        ("ICML deadline", 62, None),
        ("Review of the grant", 205, 206),
        ("Summer school", 240, 244),
    ):
        ends_on = None if last is None else days.day(last)
        actions.add_milestone(title=title, starts_on=days.day(first), ends_on=ends_on, by=grace)


def _fellows(days: Days, *, kim: User, at: dt.datetime) -> None:
    """Let a department's students be counted, in its sums and in figures about companies."""
    informatics = Department.objects.create(name="Informatics")
    informatics.coordinators.add(kim)
    know_coordinators()
    for number, person in enumerate(FELLOWS):
        fellow = create_person(
            email=person.email, password=PASSWORD, name=person.name, phd_started_on=days.day(-400 - 9 * number),
            is_student=True,
        )  # fmt: skip
        User.objects.filter(pk=fellow.pk).update(last_seen_on=days.day(-60))  # nobody writes to who is away
        theirs = Days(fellow, at=at)
        for firm in _FIRMS[number % 2 :]:
            _sent(theirs, firm, -50 - 2 * number, heard=number % 3 != 0)
        for department in (None, informatics):
            count_in(student=fellow, department=department, at=days.noon(-40))
    publish(on=days.today)


def _shared_by_two(days: Days, *, grace: User, sam: User, at: dt.datetime) -> None:
    """Let one of them have Grace and Sam as supervisors, each as far as she likes, and a summer behind her."""
    ines = User.objects.get(email=FELLOWS[0].email)
    for supervisor, level in ((grace, "stages"), (sam, "details")):
        sharing = actions.invite(student=ines, email=supervisor.email, at=days.noon(-80))
        actions.accept(supervision=sharing, by=supervisor, at=days.noon(-79))
        actions.change_level(supervision=sharing, level=level, by=ines, at=days.noon(-79))
    _last_summer(Days(ines, at=at))


def _sent(days: Days, firm: str, sent: int, *, heard: bool) -> Application:
    stages = [(sent - 5, Stage.PREPARING), (sent, Stage.APPLIED), *([(sent + 12, Stage.INTERVIEWING)] if heard else [])]
    one = add_application(
        student=days.student,
        company_or_link=firm,
        role="Research Intern",
        stage=Stage.INTERESTED,
        request_key=uuid.uuid5(_SPACE, f"{days.student.email} {firm}"),
        at=days.noon(sent - 9),
        on=days.day(sent - 9),
    )
    for day, stage in stages:
        move(application=one, to=stage, by=days.student, at=days.noon(day), on=days.day(day))
    Story(days).date_back(one)
    return one


def _last_summer(days: Days) -> None:
    by, halden = days.student, _sent(days, "Halden Maps", -340, heard=True)
    move(application=halden, to=Stage.OFFER, by=by, at=days.noon(-310), on=days.day(-310))
    accept_and_let_go(application=halden, others=[], by=by, at=days.noon(-300), on=days.day(-300))
    placement = begin_placement(application=halden, by=by)
    told = {"starts_on": days.day(-160), "ends_on": days.day(-80), "is_shared": True, "tells_group": True}
    edit_placement(placement=placement, details=told, version=placement.version, by=by, at=days.noon(-90))
    Story(days).date_back(halden)


def _of(student: User, firm: str) -> Application:
    found = Application.objects.visible_to(student).filter(company__name=firm)
    return found.select_related("company").order_by("pk").first() or found.get()
