"""A whole season on simulated days: each mail that each student gets, and that nobody gets more than allowed."""

import datetime as dt
from collections import Counter, defaultdict
from email.message import EmailMessage
from pathlib import Path
from zoneinfo import ZoneInfo

import time_machine

from tests.faults.ground import Ground, ground
from tests.faults.table import Row

FIRST, LAST = dt.date(2026, 9, 1), dt.date(2027, 6, 30)
_HOUR = dt.timedelta(hours=1)
_PER_DAY = 3
_ALONE = {"interview_tomorrow", "interview_soon", "offer_answer"}


def run(*, students: int, last: dt.date = LAST, write: Path | None = None) -> Row:
    """Let so many live until this day, with a tick every hour; write: where the transcript of one of them goes."""
    with ground() as site:
        from companies.models import Season
        from tests.faults.lives import Life

        Season.objects.create(
            name="Summer 2027",
            slug="summer-2027",
            opens_on=dt.date(2026, 10, 1),
            closes_on=dt.date(2027, 1, 31),
            starts_on=dt.date(2027, 6, 1),
        )
        lives = [Life(number, FIRST) for number in range(students)]
        _pass_time(site, lives, last)
        row = _judged(site, lives, last)
        richest = Counter(mail["To"] for mail in site.sink.mails).most_common()
        chosen = richest[len(richest) // 2][0]
        transcript = "\n".join(_line(mail) for mail in site.sink.mails if mail["To"] == chosen)
        print(transcript)
        if write:
            write.write_text(transcript + "\n")
        return row


def _pass_time(site: Ground, lives: list, last: dt.date) -> None:
    from reminders import letters

    at = dt.datetime.combine(FIRST, dt.time(0), tzinfo=dt.UTC)
    with time_machine.travel(at) as traveller:
        while at.date() <= last:
            traveller.move_to(at)
            if at.hour == 0:
                for life in lives:
                    life.live(at.date())
            letters.tick(clock=lambda at=at: at)
            at += _HOUR


def _line(mail: EmailMessage) -> str:
    sent = mail["Date"].datetime
    text = mail.get_body(("plain",)).get_content()
    # Without addresses: ids of things are drawn anew at each run.
    also = [line.strip().partition(": http")[0] for line in text.splitlines() if line.startswith("- ")]
    return f"{sent:%a %d %b %Y, %H:%M} UTC  {mail['Subject']}" + "".join(f"\n    {line}" for line in also)


def _judged(site: Ground, lives: list, last: dt.date) -> Row:
    from reminders.models import Delivery

    zones = {life.student.email: ZoneInfo(life.student.time_zone) for life in lives}
    ids = dict(Delivery.objects.exclude(message_id=None).values_list("message_id", "rule"))
    days: dict[tuple[str, dt.date], list[str]] = defaultdict(list)
    for mail in site.sink.mails:
        local = mail["Date"].datetime.astimezone(zones[mail["To"]])
        days[mail["To"], local.date()].append(ids[mail["Message-ID"]])
    merged = [sum(rule not in _ALONE for rule in rules) for rules in days.values()]
    loud = [mail for mail in site.sink.mails if "Company" in mail["Subject"] or len(mail["Subject"]) > 60]
    night = [mail for mail in site.sink.mails if not 8 <= mail["Date"].datetime.astimezone(zones[mail["To"]]).hour < 21]
    away = [life for life in lives if life.leaves_on and life.leaves_on + 32 * (_HOUR * 24) < last]
    late = [
        ids[mail["Message-ID"]]
        for life in away
        for mail in site.sink.mails
        if mail["To"] == life.student.email and mail["Date"].datetime.date() > life.leaves_on + 32 * (_HOUR * 24)
    ]
    rules = Counter(ids[mail["Message-ID"]] for mail in site.sink.mails)
    held = {
        "at most three a day": max(map(len, days.values())) <= _PER_DAY,
        "at most one a day beside interviews and offers": max(merged) <= 1,
        f"subjects short, without names {[m['Subject'] for m in loud[:2]]}": not loud,
        "none at night": not night,
        f"who went away is left in peace {late[:3]}": not [rule for rule in late if rule not in _ALONE],
        "each once": len({mail["Message-ID"] for mail in site.sink.mails}) == len(site.sink.mails),
        "nothing is stuck": not Delivery.objects.filter(state="sending").exists(),
    }
    said = ", ".join(f"{count} {rule}" for rule, count in rules.most_common())
    most = max(Counter(mail["To"] for mail in site.sink.mails).values())
    tried = f"{len(lives)} students, {FIRST:%d %b %Y} to {last:%d %b %Y}, a tick an hour"
    return Row("Season", tried, f"{len(site.sink.mails):,} mails, at most {most} to one student", held, said)
