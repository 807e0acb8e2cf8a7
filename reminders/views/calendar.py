"""The calendar feed: the page that opens and shuts it, and what calendar programs read."""

import hashlib

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from applications.views.roles import person, students_only
from reminders.actions.subscribing import open_feed, shut_feed
from reminders.models import CalendarFeed
from reminders.queries.feed import feed_entries
from tracker.lib import clock
from tracker.lib.http import see
from tracker.lib.ical import CONTENT_TYPE
from tracker.lib.ical import calendar as written

# How often to look again is asked for by RFC 7986, and by the names that programs knew before it.
_HEAD = ("NAME:Waymark", "X-WR-CALNAME:Waymark", "REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H")


@require_http_methods(["GET", "HEAD", "POST"])
@students_only
def settings_page(request: HttpRequest) -> HttpResponse:
    """Say whether there is a feed; POST makes an address, shown in this one answer and never again."""
    user, address = person(request), ""
    if request.method == "POST":
        token = open_feed(by=user, at=clock.now())
        address = settings.SITE_URL + reverse("reminders:calendar", args=[token])
    feed = CalendarFeed.objects.filter(person=user).first()
    app_address = f"webcal://{address.partition('://')[2]}" if address else ""
    return render(request, "reminders/calendar.html", {"feed": feed, "address": address, "app_address": app_address})


@require_POST
@students_only
def shut(request: HttpRequest) -> HttpResponse:
    """End the feed: its address opens nothing from now on."""
    shut_feed(by=person(request))
    messages.success(request, "Removed. The address opens nothing any more.")
    return see(request, "reminders:calendar-settings")


@login_not_required
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponseBase:
    """Return all dates of whoever made this address; 304 to a program that has them as they are."""
    found = get_object_or_404(CalendarFeed.objects.open_to(token).select_related("person"))
    content = written(feed_entries(found, at=clock.now()), head=_HEAD)
    etag = f'"{hashlib.sha256(content).hexdigest()}"'
    headers = {"ETag": etag, "Cache-Control": "private, no-cache"}
    response = HttpResponse(content, content_type=CONTENT_TYPE, headers=headers)
    return get_conditional_response(request, etag=etag, response=response) or response
