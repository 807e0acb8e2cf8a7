"""`python -m bench.reminders_drain INSTANT`: waits for a line, sends what is due as a worker does, says how it went."""

import datetime as dt
import json
import sys
import time

import django


def main() -> None:
    """Load, wait for the word, send, tell."""
    django.setup()
    from django.urls import reverse  # noqa: PLC0415 - as the next

    from reminders.letters import deliver  # noqa: PLC0415 - it needs settings

    reverse("reminders:preferences")  # a worker knows all addresses before it forks

    at = dt.datetime.fromisoformat(sys.argv[1])
    print("ready", flush=True)
    sys.stdin.readline()
    began, spent = time.monotonic(), time.process_time()
    sent = deliver(clock=lambda: at).sent
    print(json.dumps({"sent": sent, "began": began, "ended": time.monotonic(), "cpu": time.process_time() - spent}))


if __name__ == "__main__":
    main()
