"""Does what a link in a letter allows, by the actions that the pages use: kept in the history, and to be taken back."""

import datetime as dt
from collections.abc import Callable
from functools import partial

from accounts.actions import see_today
from accounts.models import User
from applications.actions.today import Doing, finish, let_go, put_off
from applications.actions.undoing import undoable
from reminders.actions.wishing import pause
from reminders.acts import EFFECTS, Act
from reminders.queries.deeds import asked_for, title_of, until_of
from reminders.tokens import Deed
from tracker.lib.dates import day

_WEEK = dt.timedelta(weeks=1)


def carry_out(*, deed: Deed, by: User, at: dt.datetime) -> str:
    """Do it, once, and say what was done; DomainError when it is too late or done already."""
    title_of(deed, person=by, at=at)
    on = at.astimezone(by.tz).date()
    if deed.act is Act.KEEP:
        see_today(person=by, on=on)
        return EFFECTS[Act.KEEP]
    if deed.act is Act.PAUSE:
        until = pause(by=by, until=until_of(deed, person=by, at=at))
        return f"Paused until {day(until)}. {EFFECTS[Act.PAUSE]}"
    return _about_application(deed, by, at, on)


def _about_application(deed: Deed, by: User, at: dt.datetime, on: dt.date) -> str:
    """Ask again under the locks: two presses in the same moment are one."""
    seen = asked_for(deed, person=by, at=at).application
    with undoable(student=by, text="", at=at, applications=[seen], desk=True) as change:
        asked = asked_for(deed, person=by, at=at)
        change.text = _doing(deed.act, on)(Doing(asked.todo, asked.application, by, at, on))
    return change.text


def _doing(act: Act, on: dt.date) -> Callable[[Doing], str]:
    if act is Act.WAIT:
        return partial(put_off, until=on + _WEEK)
    return let_go if act is Act.LET_GO else finish
