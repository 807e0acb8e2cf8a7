"""R2: each occurrence is made exactly once, by many planners at once, after long silence, and as an oracle expects."""

import datetime as dt
import random
import threading
import time
from collections import Counter
from zoneinfo import ZoneInfo

from tests.faults.ground import ground
from tests.faults.table import Row

ZONES = ("Europe/London", "Europe/Zurich", "America/New_York", "Asia/Kathmandu", "Pacific/Kiritimati", "Etc/GMT+12")
DAY = dt.timedelta(days=1)
FIRST, LAST = dt.date(2026, 10, 1), dt.date(2027, 1, 31)
PLANNERS = 8
_CATCH_UP = 600


def run(*, rounds: int, students: int, seed: int = 1) -> list[Row]:
    """Let eight planners run at once so many times; then a winter of so many students against the oracle."""
    with ground() as site:
        return [_at_once(rounds), _silence(site, students), _winter(students, random.Random(seed))]


def _at_once(rounds: int) -> Row:
    from reminders.models import Delivery
    from tests.faults import people

    at = dt.datetime(2026, 11, 12, 12, tzinfo=dt.UTC)  # a Thursday: no weekly plan is of use any more
    made = wrong = 0
    many = people.students(2 * rounds)
    for number in range(rounds):
        people.interviews(many[2 * number : 2 * number + 2], at + dt.timedelta(hours=6))
        before = Delivery.objects.count()
        counts = _plan_at_once(at)
        news = Delivery.objects.count() - before
        made += news
        wrong += news != 4 or sum(counts) != 4
        at += dt.timedelta(seconds=1)
    held = {"each row is made by one of them, and none is missing": wrong == 0}
    return Row("R2", f"{PLANNERS} planners at once, {rounds} times", f"{made} rows made, {wrong} rounds wrong", held)


def _plan_at_once(at: dt.datetime) -> list[int]:
    from django.db import connection

    from reminders.actions import make_plan

    ready = threading.Barrier(PLANNERS)
    counts: list[int] = []

    def plans() -> None:
        ready.wait()
        counts.append(make_plan(at=at).made)
        connection.close()

    threads = [threading.Thread(target=plans) for _ in range(PLANNERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return counts


def _silence(site, students: int) -> Row:
    """Nobody ticks for 72 hours; what still holds is made up, in one mail a subject at most."""
    from applications.models import Application
    from companies.models import Company
    from reminders import letters
    from tests.faults import people

    at = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
    company = Company.objects.get(slug="tidewater")
    many = people.students(students)
    Application.objects.bulk_create(
        Application(student=one, company=company, stage="preparing", stage_since=FIRST, closes_on=closes_on)
        for one in many
        for closes_on in (
            dt.date(2026, 11, 21),
            dt.date(2026, 11, 25),
        )  # two days before, seven days before: both overdue
    )
    people.noted_long_ago()
    began, before = time.monotonic(), len(site.sink.mails)
    while letters.tick(clock=lambda: at).mails.sent:
        pass
    took = time.monotonic() - began
    mails = Counter(mail["To"] for mail in site.sink.mails[before:])
    mine = {one.email for one in many}
    held = {
        "all are told": set(mails) & mine == mine,
        "one mail each": all(count == 1 for person, count in mails.items() if person in mine),
        "caught up within ten minutes": took <= _CATCH_UP,
    }
    return Row("R2", f"72 hours without a tick, {students} students", f"caught up in {took:.1f} s", held)


def _winter(students: int, dice: random.Random) -> Row:
    from reminders.actions import make_plan
    from reminders.models import Delivery
    from tests.faults import people

    Delivery.objects.all().delete()
    expected = _lives(students, dice)
    people.noted_long_ago()
    at = dt.datetime.combine(FIRST - DAY, dt.time(1), tzinfo=dt.UTC)
    ticks = []
    while at.date() <= LAST + DAY:
        ticks.append(at)
        at += dt.timedelta(hours=dice.choice((1, 3, 7, 13, 23)))
    for at in ticks:
        make_plan(at=at)
    rows = Delivery.objects.filter(channel="mail", rule__in={rule for rule, *_ in expected})
    rows = rows.filter(person__email__startswith="winter")
    found = Counter(
        (rule, email, due_at)
        for rule, email, due_at in rows.values_list("rule", "person__email", "due_at")
        if FIRST < due_at.date() <= LAST
    )
    wanted = Counter({fact: count for fact, count in expected.items() if FIRST < fact[2].date() <= LAST})
    missing, extra = wanted - found, found - wanted
    held = {
        f"none missing {list(missing)[:3]}": not missing,
        f"none extra {list(extra)[:3]}": not extra,
        "there were some": wanted.total() > students,
    }
    tried = f"{students} students, {FIRST:%d %b} to {LAST:%d %b}, {len(ticks)} ticks, an oracle"
    return Row("R2", tried, f"{found.total():,} made, {missing.total()} missing, {extra.total()} extra", held)


def _lives(students: int, dice: random.Random) -> Counter[tuple[str, str, dt.datetime]]:
    """Make facts for each student, and say by plain calendar arithmetic what is due of them."""
    from applications.models import Application, InterviewRound, Offer
    from companies.models import Company
    from tests.faults import people

    company = Company.objects.get(slug="tidewater")
    expected: Counter[tuple[str, str, dt.datetime]] = Counter()
    people.User.objects.exclude(email__startswith="winter").update(is_active=False)
    for number in range(students):
        zone = ZONES[number % len(ZONES)]
        (person,) = people.students(1, email=f"winter{number}@x.example", time_zone=zone)
        for _ in range(3):
            day = FIRST + dice.randint(12, 118) * DAY
            closing, sent, asked, offered = (
                Application(student=person, company=company, stage=stage, stage_since=FIRST, **more)
                for stage, more in (
                    ("preparing", {"closes_on": day}),
                    ("applied", {"applied_on": day - 20 * DAY}),
                    ("interviewing", {}),
                    ("offer", {}),
                )
            )
            Application.objects.bulk_create([closing, sent, asked, offered])
            start = dt.datetime.combine(day, dt.time(dice.randint(0, 23), dice.choice((0, 30))), tzinfo=ZoneInfo(zone))
            InterviewRound.objects.create(
                application=asked, kind="coding", on=day, time=start.time(), zone=zone, minutes=60,
                starts_at=start.astimezone(dt.UTC),
            )  # fmt: skip
            Offer.objects.create(application=offered, answer_by=day)
            due = [("posting_closes", day - 7 * DAY, 8), ("posting_closes", day - 2 * DAY, 8)]
            due += [("offer_answer", day - number * DAY, 8) for number in (7, 3, 1)]
            due += [("interview_tomorrow", day - DAY, 18), ("follow_up", _ten_working_days(day - 20 * DAY), 8)]
            for rule, on, hour in due:
                local = dt.datetime.combine(on, dt.time(hour), tzinfo=ZoneInfo(zone))
                expected[rule, person.email, local.astimezone(dt.UTC)] += 1
    return expected


def _ten_working_days(day: dt.date) -> dt.date:
    left = 10
    while left:
        day += DAY
        left -= day.weekday() < 5
    return day
