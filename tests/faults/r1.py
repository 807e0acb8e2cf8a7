"""R1: nothing is lost and nothing sent twice, whatever ends in the middle."""

import datetime as dt
import random
from collections import Counter

from tests.faults.ground import Faults, Ground, ground
from tests.faults.table import Row


def run(*, mails: int, faults: int, seed: int) -> Row:
    """Let so many faults fall on two workers and two beats that send so many mails."""
    dice = random.Random(seed)
    with ground(delay=0.02) as site:
        from reminders.queries import database_now
        from tests.faults import people

        people.interviews(people.students(mails), database_now() + dt.timedelta(hours=6))
        refused = people.User.objects.order_by("pk").values_list("email", flat=True)[mails // 2]
        site.sink.refused[refused] = "550 No such person"
        for start in (site.worker, site.worker, site.beat, site.beat):
            start()
        fates = Faults(site, dice)
        order = [fates.names()[number % len(fates.names())] for number in range(faults)]
        dice.shuffle(order)
        for number, name in enumerate(order):
            mark = (number + 1) * mails // (faults + 2)
            site.wait_until(lambda mark=mark: len(site.sink.mails) >= mark, seconds=120)
            fates.happen(name)
        site.wait_until(lambda: _ended() >= mails, seconds=300)
        return _judged(site, fates, mails, seed)


def _mails():
    from reminders.models import Delivery

    return Delivery.objects.filter(channel="mail", rule="interview_tomorrow")


def _ended() -> int:
    from reminders.models import Delivery

    return _mails().exclude(state__in=Delivery.OPEN).count()


def _judged(site: Ground, fates: Faults, mails: int, seed: int) -> Row:
    states = Counter(_mails().values_list("state", flat=True))
    kept = set(_mails().filter(state="sent").values_list("message_id", flat=True))
    arrived = Counter(mail["Message-ID"] for mail in site.sink.mails)
    by_person = {mail["To"]: mail["Message-ID"] for mail in site.sink.mails}
    repeats = arrived.total() - len(arrived)
    held = {
        "each has its row": states.total() == mails,
        "all but the refused one are sent": states == Counter(sent=mails - 1, failed=1),
        "none is lost": not kept - set(arrived),
        "none is another mail": set(arrived) == kept and len(by_person) == len(arrived),
        "repeats are no more than deaths": repeats <= site.ambiguous,
    }
    return Row(
        "R1",
        f"{mails:,} mails, {sum(fates.count.values())} faults, seed {seed}",
        f"lost {len(kept - set(arrived))}, other {len(set(arrived) - kept)}, repeats {repeats} of at most "
        f"{site.ambiguous} deaths in mid-send",
        held,
        ", ".join(f"{name} {count}" for name, count in sorted(fates.count.items())),
    )
