#!/usr/bin/env python
"""Django's command line. Without DATABASE_URL it works on the demo's data (var/)."""

import os
import sys
from pathlib import Path

VENV = Path(__file__).resolve().parent / ".venv" / "bin" / "python"


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
    try:
        from django.core.management import execute_from_command_line  # noqa: PLC0415 - to say what is missing
    except ImportError as error:
        if VENV.exists() and not sys.prefix.startswith(str(VENV.parents[1])):  # a plain `python manage.py`
            os.execv(VENV, [str(VENV), *sys.argv])  # noqa: S606 - the same program under the Python it is set up for
        sys.exit(f"{error}. Set up first (`make setup`), then run .venv/bin/python manage.py.")
    if os.environ.get("DATABASE_URL"):
        execute_from_command_line(sys.argv)
        return
    from tracker.stack import StackError, command  # noqa: PLC0415 - production has no such thing

    try:
        with command.servers(sys.argv[1:]):
            execute_from_command_line(sys.argv)
    except StackError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
