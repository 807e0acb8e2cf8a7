"""Signing in and out, and completion."""

import datetime as dt
import sys

import click
from click.shell_completion import get_completion_class

from client import completing
from client.options import as_json, site
from client.place import Place, checked_token, checked_url, forget, keep
from client.printing import say, show_facts, show_json
from client.site import Site
from client.trouble import Misused

_LONGEST = 1_000
_SHELLS = ("bash", "zsh", "fish")


@click.command()
@click.argument("url")
def login(url: str) -> None:
    """Sign in at URL with a token, typed without echo, or read from the standard input.

    Make one on the site, under Settings, API tokens.
    """
    address = checked_url(url)
    is_typed = sys.stdin.isatty()
    token = click.prompt("Token", hide_input=True, err=True) if is_typed else sys.stdin.readline(_LONGEST)
    here = Place(address, checked_token(token.strip()))
    told = Site(here).get("/me")
    completing.forget()
    path = keep(here)
    say(f"Signed in at {here.url} as {told['name'] or told['id']}. The token is kept in {path}, for you alone.")


@click.command()
def logout() -> None:
    """Forget the token, and the names kept for completion."""
    was = forget()
    completing.forget()
    say(
        "The token is forgotten here. On the site it stays, under Settings, API tokens."
        if was
        else "You were not signed in."
    )


@click.command()
@as_json
def me(*, wants_json: bool) -> None:
    """Show whose token it is, and what it opens."""
    told = site().get("/me")
    if wants_json:
        show_json(told)
        return
    roles = [role for role in ("student", "supervisor", "curator") if told[f"is_{role}"]]
    show_facts(
        [
            ("Name", told["name"]),
            ("Role", ", ".join(roles)),
            ("Opens", ", ".join(told["scopes"])),
            ("Until", dt.datetime.fromisoformat(told["expires_at"]).astimezone().date().isoformat()),
            ("Time zone", told["time_zone"]),
        ]
    )


@click.command()
@click.argument("shell", type=click.Choice(_SHELLS))
def completion(shell: str) -> None:
    """Print the script that lets SHELL complete commands, applications and companies.

    For bash: waymark completion bash > ~/.local/share/bash-completion/completions/waymark
    """
    kind = get_completion_class(shell)
    if kind is None:
        raise Misused(f"There is no completion for {shell}.")
    root = click.get_current_context().find_root().command
    click.echo(kind(root, {}, "waymark", "_WAYMARK_COMPLETE").source())
