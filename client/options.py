"""What many commands take: a day, JSON, an application."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import click

from client import completing
from client.place import place
from client.site import Site

STAGES = ("interested", "preparing", "applied", "interviewing", "offer", "closed")
OUTCOMES = ("accepted", "not_this_time", "no_reply", "withdrew", "declined", "role_closed")
ROUNDS = (
    "recruiter", "research", "talk", "fundamentals", "coding", "design", "take_home", "team_match", "other",
)  # fmt: skip

type Command = Callable[..., Any]


def a_day(text: str) -> str:
    """Return a day of the calendar as it was typed, 2026-11-30; click names the option."""
    try:
        return dt.date.fromisoformat(text).isoformat()
    except ValueError:
        raise click.BadParameter("Write the day like 2026-11-30.") from None


def as_json(command: Command) -> Command:
    """Let a command print what the API told."""
    return click.option("--json", "wants_json", is_flag=True, help="Print what the API told, as JSON.")(command)


def application(command: Command) -> Command:
    """Let a command be about one application."""
    return click.argument("application", shell_complete=completing.applications)(command)


def site() -> Site:
    """Return the site that one is signed in at."""
    return Site(place())


def said(**facts: object) -> dict[str, object]:
    """Return what was said, without what was left out."""
    return {name: value for name, value in facts.items() if value not in (None, "", (), [], {})}


def today() -> dt.date:
    """Return the day it is for whoever types."""
    return dt.datetime.now().astimezone().date()
