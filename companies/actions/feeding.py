"""Reads feeds: what is new and changed comes in, what is gone is marked, all or nothing; the feed says how it went."""

import datetime as dt
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.db.models import F, Q

from accounts.models import User
from companies.actions.importing import Report, import_listings
from companies.actions.noting import note
from companies.cells import UnreadableFileError
from companies.fetching import FetchError, Limits, fetch
from companies.formats import FORMATS, Reading
from companies.models import Feed, Posting
from companies.queries.known import AnyOf
from tracker.lib.errors import DomainError, StaleError

_SHOWN_ROWS = 50
_LEAST_SHARE = 2
"""With fewer than half of what a feed had before, nothing is marked gone: it is more likely broken."""
_MOST_WAITS = 6


def save_feed(*, feed: Feed, by: User, at: dt.datetime) -> None:
    """Save a feed; another address is read afresh. One that reads itself is due at once."""
    if FORMATS[feed.format].is_of_one_company and feed.company is None:
        raise DomainError("Rows of this format do not say whose they are. Choose the company.", field="company")
    before = Feed.objects.filter(pk=feed.pk).values_list("url", "is_on").first()
    if before is None:
        feed.made_by, feed.made_at = by, at
    if before is None or before[0] != feed.url:
        feed.etag = feed.last_modified = ""
    if feed.is_on and (before is None or before != (feed.url, True)):
        feed.due_at = at
    if not feed.is_on and not feed.upload:
        feed.due_at = None
    try:
        with transaction.atomic():
            feed.save()
            note(feed, "Added the feed." if before is None else "Changed the feed.", by=by, at=at)
    except IntegrityError:
        raise DomainError("There is a feed of that name already.", field="name") from None


def ask_for_run(*, feed: Feed, data: bytes | None, by: User, at: dt.datetime) -> None:
    """Let a worker read the feed now: from this file, or from its address."""
    if data is None and not feed.url:
        raise DomainError("This feed has no address. Upload a file.", field="file")
    with transaction.atomic():
        fresh = Feed.objects.select_for_update().get(pk=feed.pk)
        if _is_running(fresh, at):
            raise StaleError("This feed is being read now. Wait until that has ended.")
        if data is not None:
            fresh.upload = _keep(fresh, data)
        fresh.due_at = at
        fresh.save(update_fields=["upload", "due_at"])
        note(fresh, "Uploaded a file." if data is not None else "Asked for a reading.", by=by, at=at)
    feed.refresh_from_db()


def run_due(*, at: dt.datetime, clock: Callable[[], dt.datetime]) -> int:
    """Read every feed that is due, one after the other; return how many. clock: tells when each ended."""
    done = 0
    while (feed := _claim(at)) is not None:
        _run(feed, at, clock)
        done += 1
    return done


def progress_of(feed: Feed) -> tuple[str, int, int] | None:
    """Return what is done with a feed now, and how many of how many rows; None while nothing is."""
    found = cache.get(_place(feed)) if feed.began_at else None
    return (found[0], found[1], found[2]) if found else None


def _claim(at: dt.datetime) -> Feed | None:
    """Take the longest due one that nobody reads; who died over one is passed over after a while."""
    free = Q(began_at=None) | Q(began_at__lt=at - settings.WAYMARK_FEED_LEASE)
    with transaction.atomic():
        due = Feed.objects.select_for_update(skip_locked=True, of=("self",)).select_related("company")
        feed = due.filter(free, due_at__lte=at).order_by("due_at", "pk").first()
        if feed:
            feed.began_at = at
            feed.save(update_fields=["began_at"])
    return feed


def _run(feed: Feed, at: dt.datetime, clock: Callable[[], dt.datetime]) -> None:
    """Read one; whatever goes wrong with it is a sentence on its page."""
    told: dict[str, object] = {}
    wait = 0
    try:
        told = _read(feed, at)
    except FetchError as error:
        problem, wait = error.sentence, error.wait
    except (UnreadableFileError, DomainError) as error:
        problem = getattr(error, "sentence", str(error))
    except SoftTimeLimitExceeded:
        problem = "It took longer than a worker may work on one reading."
    else:
        problem = str(told.pop("problem", ""))
    _forget(feed)
    failures = 0 if told else min(feed.failures + 1, _MOST_WAITS)
    every = dt.timedelta(hours=feed.every_hours) * 2 ** max(0, failures - 1)
    ended = clock()
    due_at = ended + max(every, dt.timedelta(seconds=wait)) if feed.is_on else None
    state = {
        "began_at": None,
        "ran_at": at,
        "failures": failures,
        "problem": problem[:300],
        "upload": "",
        "due_at": due_at,
    }
    Feed.objects.filter(pk=feed.pk, began_at=at).update(**state, **told)
    cache.delete(_place(feed))


def _read(feed: Feed, at: dt.datetime) -> dict[str, object]:
    """Return what the feed's page shall say afterwards."""
    tell = _teller(feed)
    tell("Fetching", 0, 0)
    data, told = _data(feed)
    if data is None:
        return {**told, "ok_at": at}
    tell("Reading", 0, 0)
    company = feed.company
    reading = FORMATS[feed.format].read(
        data, most=settings.WAYMARK_IMPORT_ROWS, company=company.name if company else ""
    )
    done = [0]

    def advance(rows: int) -> None:
        done[0] += rows
        tell("Importing", done[0], len(reading.listings))

    with transaction.atomic():
        report = import_listings(
            reading=reading, company=company, research_only=feed.research_only, at=at, progress=advance
        )
        gone, problem = _mark_gone(feed, reading, at.date())
    return {**told, **_counts(report), "gone": gone, "problem": problem, "ok_at": at}


def _data(feed: Feed) -> tuple[bytes | None, dict[str, object]]:
    """Return the bytes, and what to remember of the answer."""
    if feed.upload:
        try:
            return (Path(settings.MEDIA_ROOT) / feed.upload).read_bytes(), {}
        except OSError:
            raise DomainError("The uploaded file is not there any more. Upload it again.") from None
    limits = Limits(settings.FETCH_ALLOWED, settings.WAYMARK_IMPORT_BYTES, settings.WAYMARK_FETCH_SECONDS)
    found = fetch(feed.url, etag=feed.etag, last_modified=feed.last_modified, limits=limits)
    return found.data, {"etag": found.etag or feed.etag, "last_modified": found.last_modified or feed.last_modified}


def _counts(report: Report) -> dict[str, object]:
    rows = [[problem.row, problem.message] for problem in report.errors[:_SHOWN_ROWS]]
    return {
        "read": report.read,
        "created": report.created,
        "changed": report.updated,
        "wrong": len(report.errors),
        "wrong_rows": rows,
    }


def _mark_gone(feed: Feed, reading: Reading, on: dt.date) -> tuple[int, str]:
    """Mark what the feed has no more, unmark what is back; return how many are gone, or why none is."""
    keys = [row.url_key for row in reading.listings]
    seen = Posting.objects.filter(AnyOf(F("url_key"), keys), origin=feed.format)
    seen.exclude(feed=feed, gone_on=None).update(feed=feed, gone_on=None)
    had = Posting.objects.filter(feed=feed, gone_on=None)
    missing = had.exclude(AnyOf(F("url_key"), keys))
    count, all_of_it = missing.count(), had.count()
    if not count:
        return 0, ""
    if reading.problems or (all_of_it - count) * _LEAST_SHARE < all_of_it:
        return 0, f"{count:,} of {all_of_it:,} postings were not there. Nothing was marked: the feed may be incomplete."
    return missing.update(gone_on=on), ""


def _teller(feed: Feed) -> Callable[[str, int, int], None]:
    return lambda stage, done, total: cache.set(_place(feed), (stage, done, total), timeout=600)


def _place(feed: Feed) -> str:
    return f"feed:{feed.public_id}"


def _is_running(feed: Feed, at: dt.datetime) -> bool:
    return feed.began_at is not None and feed.began_at >= at - settings.WAYMARK_FEED_LEASE


def _keep(feed: Feed, data: bytes) -> str:
    """Write the file where a worker finds it; return its place."""
    folder = Path(settings.MEDIA_ROOT) / "feeds"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    (folder / feed.public_id).write_bytes(data)
    return f"feeds/{feed.public_id}"


def _forget(feed: Feed) -> None:
    if feed.upload:
        with suppress(OSError):
            (Path(settings.MEDIA_ROOT) / feed.upload).unlink()
