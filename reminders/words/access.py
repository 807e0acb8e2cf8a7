"""Letters about the account itself: what one shares, where somebody signed in, an export, the end of the account."""

import datetime as dt

from reminders.plan import Rule
from reminders.queries import Facts
from reminders.queries.facts.access import Entrance, Export, Leaving, Sharing
from reminders.words.family import Family, about, clock_time, page
from supervision.level import SCOPES, Scope
from tracker.lib.dates import weekday


def _sharing(facts: Facts, at: dt.datetime) -> dict[str, object]:  # noqa: ARG001 - the day it happened counts
    sharing = about(facts, Sharing)
    event = sharing.event
    who = str(event.supervision.supervisor or event.supervision.email)
    return {
        "what": event.kind,
        "who": who,
        "by_student": event.by_id == facts.delivery.person_id,
        "scope": SCOPES[event.level],
        "sees": " ".join(scope.seen for scope in _up_to(event.level) if scope.counts),
        "is_nothing": event.level == "nothing",
        "moment": _moment(facts, event.at),
    }


def _up_to(level: str) -> list[Scope]:
    """Return the levels up to this one: each opens what the one before does."""
    scopes = list(SCOPES.values())
    return scopes[: scopes.index(SCOPES[level]) + 1]


def _sign_in(facts: Facts, at: dt.datetime) -> dict[str, object]:  # noqa: ARG001 - as above
    entrance = about(facts, Entrance)
    return {"device": entrance.sign_in.device, "moment": _moment(facts, entrance.sign_in.at)}


def _moment(facts: Facts, at: dt.datetime) -> str:
    person = facts.delivery.person
    own = at.astimezone(person.tz)
    return f"{weekday(own)}, {clock_time(own, person.time_zone)}"


def _own_data(facts: Facts, at: dt.datetime) -> dict[str, object]:  # noqa: ARG001 - as above
    tz = facts.delivery.person.tz
    if isinstance(facts.about, Leaving):
        return {"day": f"{facts.about.leaves_at.astimezone(tz):%-d %B}"}
    kept_until = about(facts, Export).archive.kept_until
    return {"day": f"{kept_until.astimezone(tz):%-d %B}" if kept_until else ""}


SHARING = Family(
    _sharing,
    lambda facts: page("supervision:sharing"),  # noqa: ARG005 - there is one
    lambda: {Rule.SHARING_CHANGED: "You get this at each change of what you share; it cannot be stopped."},
)
SIGN_INS = Family(
    _sign_in,
    lambda facts: page("account_change_password"),  # noqa: ARG005
    lambda: {Rule.SIGN_IN: "You get this when your account is opened from a new device; it cannot be stopped."},
)
OWN_DATA = Family(
    _own_data,
    lambda facts: "/settings/data/",  # noqa: ARG005 - the page stands above
    lambda: {
        Rule.EXPORT_READY: "You get this when an export that you asked for is there; it cannot be stopped.",
        Rule.LEAVING: "You get this when the end of your account was asked for; it cannot be stopped.",
    },
)
