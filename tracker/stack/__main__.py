"""`python -m tracker.stack demo | reset`: what `make demo`, `make dev` and `make demo-reset` run."""

import argparse
import os
import shutil
import sys

from tracker.stack import processes
from tracker.stack.demo import Demo, end_on_signals, say
from tracker.stack.home import Home
from tracker.stack.programs import StackError

_FORGOTTEN = ("postgres", "valkey", "mail", "media", "journal", "log", "secret-key")


def main() -> None:
    """Read the command line and do it; a refusal is one sentence and exit 1."""
    parser = argparse.ArgumentParser(prog="python -m tracker.stack", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    demo = commands.add_parser("demo", help="start everything, load the demo data once, and stay")
    demo.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8000))
    demo.add_argument("--reload", action="store_true", help="follow changes of the code")
    demo.add_argument("--follow-parent", action="store_true", help="end when the program that started this one ends")
    commands.add_parser("reset", help="forget the demo's data and mails")
    chosen = parser.parse_args()
    try:
        if chosen.command == "reset":
            reset(Home())
            return
        end_on_signals()
        if chosen.follow_parent:
            processes.follow_parent()
        Demo(port=chosen.port, reload=chosen.reload).run()
    except (StackError, OSError) as error:
        sys.exit(str(error))


def reset(home: Home) -> None:
    """Forget everything that the demo has kept."""
    with home.held() as ours:
        if not ours:
            raise home.must_be_free()
        for name in _FORGOTTEN:
            path = home.var / name
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
    say("The demo's data is forgotten; the next `make demo` starts afresh.")


if __name__ == "__main__":
    main()
