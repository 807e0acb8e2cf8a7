"""Everything dated that a student's calendar is told: titles and days, never notes, names of people or places.

A row with a counter gives its entry the row's public id, and the counter tells the later of two. What is worked out
from days alone (milestones, schemes, follow-ups) carries its day in the UID, as a key of the outbox does: moved, it is
another entry, and the former one is gone.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from applications.models import Application, Event, InterviewRound, Offer, Placement, TodayMark
from applications.queries.rounds import OFF, calendar_entry
from applications.queries.window import window_of
from applications.season import weeks
from applications.stage import UNSENT, Outcome, Stage
from applications.today_rules import Rule as Line
from applications.today_rules import key_of
from companies.models import Company, Cycle, Following, Kind
from outreach.models import Conference, Contact
from reminders.days import milestones
from reminders.models import CalendarFeed
from reminders.plan import Rule
from reminders.queries.facts import hours
from tracker.lib.clock import instant
from tracker.lib.ical import Entry
from tracker.lib.sender import sender_host

_MILESTONES = {
    Rule.WINDOW_HALF: "Half-way through the window",
    Rule.WINDOW_CLOSING: "Two weeks left in the window",
}
_DAY, _MOMENT = dt.timedelta(days=1), dt.timedelta(microseconds=1)


def feed_entries(feed: CalendarFeed, *, at: dt.datetime) -> list[Entry]:
    """Return the entries of a feed whose person is loaded, in order of their UIDs: eleven queries."""
    person = feed.person
    on = at.astimezone(person.tz).date()
    found = chain(
        _rounds(person, on, at),
        _closings(person, on),
        _answers(person, on),
        _follow_ups(person, on),
        _placements(person, on),
        _conferences(person, on),
        _people(person, on),
        _window(feed, on),
        _schemes(feed, on),
    )
    return sorted(found, key=lambda entry: entry.uid)


def _all_day(uid: str, title: str, day: dt.date, *, stamped: dt.datetime, sequence: int = 0) -> Entry:
    return Entry(f"{uid}@{sender_host()}", sequence, stamped, title, day, day)


def _facts(rows: QuerySet[Any], *names: str) -> Iterable[tuple[Any, ...]]:
    """Return columns of rows of which those that may be empty are known not to be."""
    return rows.values_list(*names)


def last_day(day: dt.date, zone: str, person: User) -> dt.date:
    """Return the last day on which a person still can: the one that is named, or where that is over sooner, one before.

    Anywhere on earth it is always the one that is named.
    """
    ends = instant(day + _DAY, dt.time.min, zone) - _MOMENT
    return min(day, ends.astimezone(person.tz).date())


def _rounds(person: User, on: dt.date, at: dt.datetime) -> Iterator[Entry]:
    """Yield rounds that have a day; one that was called off stays for a while, so that calendars strike it out."""
    since, recent = on - settings.WAYMARK_FEED_BACK, at - settings.WAYMARK_FEED_CALLED_OFF
    rows = InterviewRound.objects.visible_to(person).filter(on__gte=since)
    rows = rows.exclude(status__in=OFF, updated_at__lt=recent)
    rows = rows.exclude(status=InterviewRound.Status.SCHEDULED, application__stage=Stage.CLOSED)
    names = ("public_id", "kind", "on", "minutes", "zone", "starts_at", "status", "version", "updated_at")
    joined = rows.select_related("application__company").only(*names, "application__company__name")
    return map(calendar_entry, joined)


def _closings(person: User, on: dt.date) -> Iterator[Entry]:
    rows = Application.objects.visible_to(person).filter(stage__in=UNSENT, closes_on__gte=on)
    facts = _facts(rows, "public_id", "version", "updated_at", "role", "company__name", "closes_on", "zone")
    for key, version, stamped, role, company, closes_on, zone in facts:
        title = f"Closes: {role}, {company}" if role else f"Closes: {company}"
        day = last_day(closes_on, zone, person)
        yield _all_day(f"closes-{key}", title, day, stamped=stamped, sequence=version)


def _answers(person: User, on: dt.date) -> Iterator[Entry]:
    waiting = {"application__stage": Stage.OFFER, "application__outcome": "", "answer_by__gte": on}
    rows = Offer.objects.visible_to(person).filter(**waiting)
    name = "application__company__name"
    facts = _facts(rows, "application__public_id", "version", "updated_at", name, "answer_by")
    for key, version, stamped, company, day in facts:
        yield _all_day(f"answer-{key}", f"Answer the offer: {company}", day, stamped=stamped, sequence=version)


def _follow_ups(person: User, on: dt.date) -> Iterator[Entry]:
    """Yield the one short note that an application is worth: until it is written, ticked off on Today, or too late."""
    written = Event.objects.filter(application=OuterRef("pk")).following_up()
    rows = Application.objects.visible_to(person).filter(
        ~Exists(written), stage=Stage.APPLIED, applied_on__gte=on - settings.WAYMARK_TODAY_QUIET
    )
    facts = _facts(rows, "public_id", "updated_at", "company__name", "applied_on")
    marks = TodayMark.objects.visible_to(person).exclude(state=TodayMark.State.SNOOZED)
    done = set(marks.filter(key__startswith=Line.FOLLOW_UP).values_list("key", flat=True))
    for key, stamped, company, sent in facts:
        day = weeks.working_days_after(sent, settings.WAYMARK_FOLLOW_UP_WORKING_DAYS)
        if key_of(Line.FOLLOW_UP, key, day) not in done:
            yield _all_day(f"follow-up-{key}-{day}", f"Follow up: {company}", day, stamped=stamped)


def _conferences(person: User, on: dt.date) -> Iterator[Entry]:
    """Yield where one goes, from the first to the last day."""
    rows = Conference.objects.visible_to(person).filter(ends_on__gte=on - settings.WAYMARK_FEED_BACK)
    facts = _facts(rows, "public_id", "version", "updated_at", "name", "begins_on", "ends_on")
    for key, version, stamped, name, begins_on, ends_on in facts:
        yield Entry(f"conference-{key}@{sender_host()}", version, stamped, name, begins_on, ends_on)


def _people(person: User, on: dt.date) -> Iterator[Entry]:
    """Yield the one more note to each of one's people, who are never named: a calendar is shown to others."""
    since = on - settings.WAYMARK_TODAY_QUIET
    rows = Contact.objects.visible_to(person).filter(follow_up_on__gte=since)
    for key, made, day in _facts(rows, "public_id", "created_at", "follow_up_on"):
        yield _all_day(f"outreach-{key}-{day}", "Write once more to one of your people", day, stamped=made)


def _placements(person: User, on: dt.date) -> Iterator[Entry]:
    rows = Placement.objects.visible_to(person).filter(
        Q(starts_on__gte=on - settings.WAYMARK_FEED_BACK) | Q(ends_on__gte=on - settings.WAYMARK_FEED_BACK)
    )
    name = "application__company__name"
    facts = _facts(rows, "application__public_id", "version", "updated_at", name, "starts_on", "ends_on")
    for key, version, stamped, company, starts_on, ends_on in facts:
        for which, day in (("First", starts_on), ("Last", ends_on)):
            if day:
                uid, title = f"{which.lower()}-day-{key}", f"{which} day: {company}"
                yield _all_day(uid, title, day, stamped=stamped, sequence=version)


def _window(feed: CalendarFeed, on: dt.date) -> Iterator[Entry]:
    """Yield the milestones of the window that counts, unless an offer of its season is accepted."""
    person, window = feed.person, window_of(feed.person, on)
    accepted = Application.objects.visible_to(person).filter(outcome=Outcome.ACCEPTED)
    if window is None or accepted.filter(season=window.season_id).exists():
        return
    stones = milestones(window.opens_on, window.closes_on, hours())
    between = [(_MILESTONES[stone.rule], stone.on) for stone in stones if stone.rule in _MILESTONES]
    for title, day in [("Window opens", window.opens_on), *between, ("Window closes", window.closes_on)]:
        uid = f"window-{window.season_id}-{day}-{person.public_id}"
        yield _all_day(uid, f"{title}: {window.season}", day, stamped=feed.made_at)


def _schemes(feed: CalendarFeed, on: dt.date) -> Iterator[Entry]:
    """Yield the last days of programmes that this person follows and of schemes that they track; expected ones say so.

    A scheme that they sent, or noted with a day of its own, is among their applications instead.
    """
    person = feed.person
    tracked = Application.objects.visible_to(person).filter(kind=Kind.SCHEME)
    told = tracked.filter(Q(closes_on__isnull=False) | ~Q(stage__in=UNSENT))
    followed = Q(programme__in=Following.objects.visible_to(person).values("programme"))
    scheme = Q(programme__kind=Kind.SCHEME)
    rows = Cycle.objects.filter(followed | scheme & Q(programme__company__in=tracked.values("company")))
    rows = rows.filter(programme__company__in=Company.objects.visible_to(person), closes_on__gte=on)
    rows = rows.exclude(scheme & Q(programme__company__in=told.values("company"))).exclude(state=Cycle.State.CLOSED)
    for key, state, programme, company, closes_on, zone in _facts(
        rows, "pk", "state", "programme__name", "programme__company__name", "closes_on", "zone"
    ):
        verb = "Expected to close" if state == Cycle.State.EXPECTED else "Closes"
        day = last_day(closes_on, zone, person)
        uid = f"cycle-{key}-{day}-{person.public_id}"
        yield _all_day(uid, f"{verb}: {programme}, {company}", day, stamped=feed.made_at)
