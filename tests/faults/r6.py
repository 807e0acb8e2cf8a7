"""R6: stopped means stopped. Who stops, ends a sharing or closes an application in time gets no mail of it any more."""

import datetime as dt
import random
import threading
from collections.abc import Callable

from tests.faults.ground import ground
from tests.faults.table import Row

RULE = "interview_tomorrow"


def run(*, races: int, seed: int = 1) -> Row:
    """Let a claim race so many times against somebody who stops it, closes the application or cancels the round."""
    dice = random.Random(seed)
    wrong: list[str] = []
    taken = stopped = 0
    with ground():
        from reminders.queries import database_now

        for number in range(races):
            start = database_now() + dt.timedelta(hours=6)
            person = _reminded(start)
            act = list(_ACTS)[number % len(_ACTS)]
            claimed, seen = _race(person, _ACTS[act], dice.random() * 0.05)
            taken += claimed
            stopped += not claimed
            # Seen right after the commit: whoever had it in hand by then may send it, nobody else.
            if claimed and seen != "sending":
                wrong.append(f"{act}: {seen} when it was stopped, and claimed all the same")
            if _state(person) == "pending" and not _refused_at_the_claim(person):
                wrong.append(f"{act}: claimed later")
            person.delete()
    held = {"none is claimed after the commit": not wrong, "both ends were seen": bool(taken and stopped)}
    return Row("R6", f"{races:,} races", f"{taken} taken before, {stopped} stopped in time, {len(wrong)} wrong", held)


def _reminded(start: dt.datetime):
    from reminders.actions import make_plan
    from reminders.queries import database_now
    from tests.faults import people

    (person,) = people.students(1)
    people.interviews([person], start)
    make_plan(at=database_now())
    return person


def _state(person) -> str:
    from reminders.models import Delivery

    return Delivery.objects.values_list("state", flat=True).get(person=person, rule=RULE, channel="mail")


def _claims(person) -> bool:
    """Claim everything that may be; say whether this person's was among it."""
    from reminders import actions
    from reminders.queries import database_now

    mine = False
    while lease := actions.claim(at=database_now()):
        mine = mine or any(mail.delivery.person_id == person.pk and mail.delivery.rule == RULE for mail in lease.mails)
    return mine


def _refused_at_the_claim(person) -> bool:
    return not _claims(person)


def _race(person, act: Callable[[object], None], head_start: float) -> tuple[bool, str]:
    """Return whether the claim got it, and its state right after the other's commit."""
    from django.db import connection

    ready = threading.Barrier(2)
    found: dict[str, object] = {}

    def claims() -> None:
        ready.wait()
        found["claimed"] = _claims(person)
        connection.close()

    def stops() -> None:
        ready.wait()
        threading.Event().wait(head_start)
        act(person)
        found["seen"] = _state(person)
        connection.close()

    threads = [threading.Thread(target=target) for target in (claims, stops)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return bool(found["claimed"]), str(found["seen"])


def _unsubscribe(person) -> None:
    from reminders.actions import stop
    from reminders.plan import Kind
    from tracker.lib import clock

    stop(by=person, kind=Kind.INTERVIEWS, on=clock.now().date())


def _close(person) -> None:
    from applications.actions.stages import close
    from applications.models import Application
    from applications.stage import Outcome
    from tracker.lib import clock

    at = clock.now()
    application = Application.objects.get(student=person)
    close(application=application, outcome=Outcome.WITHDREW, reason="", by=person, at=at, on=at.date())


def _switch_off(person) -> None:
    from accounts.models import User

    User.objects.filter(pk=person.pk).update(is_active=False)


_ACTS: dict[str, Callable[[object], None]] = {"stop": _unsubscribe, "close": _close, "switch off": _switch_off}
