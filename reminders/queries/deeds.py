"""What a link in a letter is about now: the line that Today would show, if there still is something to do."""

import datetime as dt
from dataclasses import dataclass

from accounts.models import User
from applications.models import Application, TodayMark
from applications.queries.today_facts import facts_of
from applications.queries.today_rounds import LIMITS
from applications.stage import UNSENT
from applications.today_rules import Chosen, Rule, Todo, of_applications
from reminders.acts import OF_CLOSINGS, OF_FOLLOW_UPS, Act
from reminders.tokens import Deed
from tracker.lib.dates import day
from tracker.lib.errors import DomainError

NOTHING = "This is done already, or no longer due. Nothing was changed."
_DELETED = "What this was about has been deleted. There is nothing to do."
_TOO_LATE = "This link was good for 14 days. Open Waymark to see where things are."
_WINDOW_CLOSED = "That day has come, so there is nothing to pause."


@dataclass(frozen=True, slots=True)
class Asked:
    """An application with the line of Today that a link acts on."""

    application: Application
    todo: Todo


def title_of(deed: Deed, *, person: User, at: dt.datetime) -> str:
    """Say what a link is about, as its letter said it; DomainError when it can do nothing any more."""
    if at >= deed.ends_at:
        raise DomainError(_TOO_LATE)
    if deed.act in {*OF_CLOSINGS, *OF_FOLLOW_UPS}:
        application = asked_for(deed, person=person, at=at).application
        return f"{application.title} at {application.company.name}"
    return f"Pause e-mails until {day(until_of(deed, person=person, at=at))}" if deed.act is Act.PAUSE else ""


def until_of(deed: Deed, *, person: User, at: dt.datetime) -> dt.date:
    """Return the first day with e-mail again of a link that pauses; DomainError when that day has come."""
    until = dt.date.fromisoformat(deed.about)
    if until <= at.astimezone(person.tz).date():
        raise DomainError(_WINDOW_CLOSED)
    return until


def asked_for(deed: Deed, *, person: User, at: dt.datetime) -> Asked:
    """Return what a link about an application acts on; DomainError when there is nothing to do."""
    mine = Application.objects.visible_to(person).select_related("company")
    application = mine.filter(public_id=deed.about).first()
    if application is None:
        raise DomainError(_DELETED)
    on = at.astimezone(person.tz).date()
    todo = _closing(application, on) if deed.act in OF_CLOSINGS else _follow_up(application, person, at, on)
    if todo is None or _is_marked(deed, person, todo, on):
        raise DomainError(NOTHING)
    return Asked(application, todo)


def _closing(application: Application, on: dt.date) -> Todo | None:
    """Return the line as long as it is not sent: who sent it in time may say so a little later."""
    if application.stage not in UNSENT:
        return None
    what = f"Submit {application.title} at {application.company.name}"
    closes_on = application.closes_on or on
    about = application.public_id
    return Todo(Rule.CLOSES, about, closes_on, what, why="", today=True, application=about)


def _follow_up(application: Application, person: User, at: dt.datetime, on: dt.date) -> Todo | None:
    """Return Today's line, be it behind another one, put off or switched off there."""
    known = [one for one in facts_of(person, at=at, on=on).known() if one.id == application.public_id]
    only = Chosen(off=frozenset(Rule) - {Rule.FOLLOW_UP})
    return next(of_applications(known, at=at, on=on, limits=LIMITS, chosen=only), None)


def _is_marked(deed: Deed, person: User, todo: Todo, on: dt.date) -> bool:
    """Say whether it was ticked or let go; what is put off may still be done, but not put off again."""
    mark = TodayMark.objects.visible_to(person).filter(key=todo.key).first()
    if mark is None or mark.state != TodayMark.State.SNOOZED:
        return mark is not None
    return deed.act is Act.WAIT and mark.until is not None and on < mark.until
