"""Applications: added, listed, shown, moved; and the window of the season."""

import datetime as dt
from collections.abc import Iterator
from itertools import islice
from typing import Any

import click

from client import completing
from client.naming import find, stage, title
from client.options import OUTCOMES, STAGES, a_day, application, as_json, said, site, today
from client.printing import say, show_facts, show_json, show_table
from client.site import Site, new_key

_PART = 200
_SOON = dt.timedelta(days=7)
_UNSENT = {"interested", "preparing"}
_HEAD = ("Id", "Company", "Role", "Stage", "Since", "Closes", "Next step", "By")


@click.command()
@click.argument("company", shell_complete=completing.companies)
@click.argument("role", default="")
@click.option(
    "--stage", "to", type=click.Choice(STAGES[:-1]), help="Where it stands; interested unless told otherwise."
)
@click.option("--applied", "applied_on", type=a_day, metavar="DAY", help="The day on which you applied.")
@click.option("--closes", "closes_on", type=a_day, metavar="DAY", help="The day on which it closes.")
@click.option("--link", "url", help="The address of the posting.")
@click.option("--place", help="Where it is.")
@click.option("--notes", help="What to remember.")
@click.option("--key", help="A word of yours: with the same one, a repetition within a day adds nothing twice.")
@as_json
def add(*, to: str | None, key: str | None, wants_json: bool, **facts: Any) -> None:  # noqa: ANN401 - options
    """Add an application for ROLE at COMPANY.

    COMPANY can be the link of a posting: what the list knows of it is filled in.
    """
    told = site().post("/applications", said(stage=to, **facts), key=key or new_key())
    if wants_json:
        show_json(told)
    else:
        say(f"Added {title(told)} ({stage(told)}): {told['id']}")


@click.command("list")
@click.option("--stage", "at", type=click.Choice(STAGES), help="Those in this stage.")
@click.option("--company", help="Those at companies with this in their name.", shell_complete=completing.companies)
@click.option("--due", is_flag=True, help="Those that close, or have a next step, within 7 days or before.")
@click.option("--closed", is_flag=True, help="Closed ones too.")
@click.option("--limit", type=click.IntRange(min=1), help="At most so many.")
@as_json
def list_(*, at: str | None, company: str | None, due: bool, closed: bool, limit: int | None, wants_json: bool) -> None:
    """List your applications, the newest first; into a pipe, as lines with tabs."""

    def fits(one: dict[str, Any]) -> bool:
        shown = closed or bool(at) or one["stage"] != "closed"
        return shown and (not due or _is_due(one)) and (not company or _is_at(one, company))

    found = list(islice(filter(fits, _all(site(), q=company, stage=at)), limit))
    if wants_json:
        show_json({"items": found, "next": None})
        return
    show_table(_HEAD, (_row(one) for one in found))


@click.command()
@application
@as_json
def show(application: str, *, wants_json: bool) -> None:
    """Show one application: named by its id, or by parts of company and role."""
    here = site()
    told = find(here, application)
    if wants_json:
        show_json(told)
        return
    rounds = [one for part in here.pages(f"/applications/{told['id']}/rounds", limit=_PART) for one in part["items"]]
    labels = {name: name.replace("_", " ").capitalize() for name in told if name not in {"role", "outcome", "stage"}}
    facts = [("Role", told["role"]), ("Stage", stage(told))]
    facts += [
        (label, _text(told[name])) for name, label in labels.items() if name not in {"company_slug", "posting_text"}
    ]
    facts += [
        ("Round", " ".join(_text(one[name]) for name in ("kind", "on", "time", "status", "id"))) for one in rounds
    ]
    show_facts(facts)


@click.command()
@application
@click.argument("to", metavar="STAGE", type=click.Choice(STAGES))
@click.option("--outcome", type=click.Choice(OUTCOMES), help="How it ended: for closed, or an offer that you accept.")
@click.option(
    "--on", "day", type=a_day, metavar="DAY", help="The day on which it happened; today unless told otherwise."
)
@click.option("--reason", help="Why it was closed, for you alone.")
@as_json
def move(
    application: str, to: str, *, outcome: str | None, day: str | None, reason: str | None, wants_json: bool
) -> None:
    """Move an application to STAGE."""
    here = site()
    one = find(here, application)
    told = here.post(f"/applications/{one['id']}/stage", said(stage=to, outcome=outcome, on=day, reason=reason))
    if wants_json:
        show_json(told)
    else:
        say(f"{title(told)}: {stage(one)} -> {stage(told)}")


@click.command()
@as_json
def window(*, wants_json: bool) -> None:
    """Show the window in which you apply, and how far you are."""
    told = site().get("/window")
    if wants_json:
        show_json(told)
        return
    goal = f"{told['sent']} of {told['goal']}" if told["goal"] else told["sent"]
    show_facts(
        [
            ("Season", told["season"]),
            ("Opens", told["opens_on"]),
            ("Closes", told["closes_on"]),
            ("Sent", goal),
            ("A week", told["weekly_target"]),
        ]
    )


def _all(here: Site, **asked: object) -> Iterator[dict[str, Any]]:
    for part in here.pages("/applications", limit=_PART, **asked):
        yield from part["items"]


def _is_at(one: dict[str, Any], company: str) -> bool:
    return company.casefold() in one["company"].casefold() or company == one["company_slug"]


def _is_due(one: dict[str, Any]) -> bool:
    days = [one["next_step_on"], one["closes_on"] if one["stage"] in _UNSENT else None]
    return any(dt.date.fromisoformat(day) <= today() + _SOON for day in days if day)


def _row(one: dict[str, Any]) -> tuple[object, ...]:
    closes = one["closes_on"] if one["stage"] in _UNSENT else ""
    shown = (stage(one), one["stage_since"], closes, one["next_step"], one["next_step_on"])
    return (one["id"], one["company"], one["role"], *shown)


def _text(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value in (None, False) else "yes" if value is True else str(value)
