"""Asks whether postings are still at their links: a few an hour, politely, where whoever runs the site allowed it."""

import datetime as dt
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q

from companies.fetching import Limits, is_there
from companies.links import host_of
from companies.models import Posting


@dataclass(slots=True)
class Asked:
    """How many links were asked for, and at how many nothing was."""

    links: int = 0
    dead: int = 0


def ask_for_links(
    *, at: dt.datetime, clock: Callable[[], dt.datetime], pause: Callable[[float], None] = time.sleep
) -> Asked:
    """Ask for the links that were not asked for the longest; one host at most once a second.

    Where nothing is, a curator is told and decides: the posting stays open. clock: tells when to stop.
    """
    asked, hosts = Asked(), set[str]()
    for posting in _claim(at):
        if clock() - at > settings.WAYMARK_LINK_TIME:
            break
        host = host_of(posting.url)
        if host in hosts:
            pause(settings.WAYMARK_LINK_PAUSE)
        hosts.add(host)
        limits = Limits(settings.FETCH_ALLOWED, 0, settings.WAYMARK_LINK_SECONDS)
        found = is_there(posting.url, limits=limits)
        asked.links += 1
        asked.dead += found is False
        if found is not None:
            _note(posting, on=at.date(), is_there=found)
    return asked


def _claim(at: dt.datetime) -> list[Posting]:
    """Take the open ones that are due, and note that they are asked for: another worker takes others."""
    allowed = Q()
    for origin in settings.FETCH_ALLOWED:
        allowed |= Q(url__startswith=f"{origin}/")
    if not allowed:
        return []
    due = Q(link_asked_on=None) | Q(link_asked_on__lte=at.date() - settings.WAYMARK_LINK_EVERY)
    with transaction.atomic():
        rows = Posting.objects.open().filter(due, allowed, is_visible=True).only("url", "link_dead_on")
        rows = rows.select_for_update(skip_locked=True, of=("self",))
        chosen = list(rows.order_by(F("link_asked_on").asc(nulls_first=True), "pk")[: settings.WAYMARK_LINKS_AT_ONCE])
        Posting.objects.filter(pk__in=[one.pk for one in chosen]).update(link_asked_on=at.date())
    return chosen


def _note(posting: Posting, *, on: dt.date, is_there: bool) -> None:
    """Write down what was found, unless the link is another one by now; a day that stands is kept."""
    same = Posting.objects.filter(pk=posting.pk, url=posting.url)
    if is_there:
        same.exclude(link_dead_on=None).update(link_dead_on=None)
    else:
        same.filter(link_dead_on=None).update(link_dead_on=on)
