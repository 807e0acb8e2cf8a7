"""Interview rounds: listed and added."""

from typing import Any

import click

from client import completing
from client.naming import find, title
from client.options import ROUNDS, a_day, application, as_json, said, site
from client.printing import say, show_json, show_table
from client.site import new_key

_PART = 200


class _ListedFirst(click.Group):
    """A group whose first word is a command of its, or else an application whose rounds are listed."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the command in that goes without saying."""
        if args and args[0] not in {*self.commands, "--help"}:
            args = ["of", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_ListedFirst, invoke_without_command=False)
def rounds() -> None:
    """List the rounds of an application, or add one: waymark rounds APPLICATION."""


@rounds.command(hidden=True)
@application
@as_json
def of(application: str, *, wants_json: bool) -> None:
    """List the rounds of an application, the newest first."""
    here = site()
    path = f"/applications/{find(here, application)['id']}/rounds"
    found: list[dict[str, Any]] = [one for part in here.pages(path, limit=_PART) for one in part["items"]]
    if wants_json:
        show_json({"items": found, "next": None})
        return
    names = ("id", "kind", "on", "time", "zone", "status", "people")
    show_table([name.capitalize() for name in names], ([one[name] for name in names] for one in found))


@rounds.command("add")
@click.argument("application", shell_complete=completing.applications)
@click.argument("kind", type=click.Choice(ROUNDS))
@click.option("--day", type=a_day, metavar="DAY", help="The day, as the invitation says.")
@click.option("--time", metavar="HH:MM", help="When it starts, as the invitation says.")
@click.option("--zone", help="Of which time zone that is, like Europe/London; yours unless told otherwise.")
@click.option("--minutes", type=click.IntRange(1, 7 * 24 * 60), help="How long it takes.")
@click.option("--people", help="With whom.")
@click.option("--place", help="Where, or the link of the call.")
@as_json
def add(application: str, kind: str, *, day: str | None, wants_json: bool, **facts: Any) -> None:  # noqa: ANN401 - options
    """Add a round of KIND to an application."""
    here = site()
    one = find(here, application)
    told = here.post(f"/applications/{one['id']}/rounds", said(kind=kind, on=day, **facts), key=new_key())
    if wants_json:
        show_json(told)
    else:
        when = " ".join(
            str(told[name]) for name in ("on", "time", "zone") if told[name] and (name != "zone" or told["time"])
        )
        say(f"Added a round ({kind}{f', {when}' if when else ''}) to {title(one)}: {told['id']}")
