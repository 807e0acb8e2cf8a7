"""The program `waymark`: its commands, and how each of them may end."""

import os
import sys

import click

from client.commands.account import completion, login, logout, me
from client.commands.applications import add, list_, move, show, window
from client.commands.files import export
from client.commands.importing import import_, undo
from client.commands.rounds import rounds
from client.printing import note
from client.trouble import Trouble

_INTERRUPTED, _MISUSED, _STRANGE = 130, 2, 3


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="waymark", prog_name="waymark")
def cli() -> None:
    """Track applications for research internships from the command line.

    APPLICATION is an id, or parts of company and role that only one of yours has. WAYMARK_URL and WAYMARK_TOKEN in the
    environment win over what `waymark login` kept.

    Exit codes: 0 done, 1 refused by the site, 2 used wrongly, 3 the site cannot be reached.
    """


for command in (login, logout, me, add, list_, show, move, rounds, window, import_, undo, export, completion):
    cli.add_command(command)


def main() -> None:
    """Run a command; end with its code and a sentence, never with a traceback."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    code = _run()
    try:
        sys.stdout.flush()
    except OSError as error:
        code = _not_written(error)
    sys.exit(code)


def _run() -> int:
    try:
        code = cli.main(prog_name="waymark", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return _MISUSED
    except (click.Abort, KeyboardInterrupt):
        return _INTERRUPTED
    except Trouble as trouble:
        for line in trouble.lines:
            note(line)
        return trouble.code
    except OSError as error:
        return _not_written(error)
    except Exception as error:  # noqa: BLE001 - whatever it is, a person gets a sentence
        note(f"The site answered in a way that this program does not know ({type(error).__name__}). Update it.")
        return _STRANGE
    return code if isinstance(code, int) else 0


def _not_written(error: OSError) -> int:
    """Let what is still to be printed go nowhere. Whoever closed a pipe has read enough, and is told nothing."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if isinstance(error, BrokenPipeError):
        return 0
    note(f"{error.filename or 'The output'} cannot be read or written: {error.strerror}.")
    return _MISUSED
