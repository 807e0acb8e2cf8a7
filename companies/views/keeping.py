"""Pages on which curators keep the list true: what is stale, the windows of programmes, and feeds."""

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from companies import actions
from companies.forms import CycleForm, FeedForm, LookForm, UploadForm
from companies.models import Cycle, Feed, Posting
from companies.queries.boards import boards_seen
from companies.queries.stale import freshness, stale_cycles, stale_postings
from companies.views.guard import curators_only
from tracker.lib import clock
from tracker.lib.errors import DomainError
from tracker.lib.http import CONFLICT, UNPROCESSABLE, is_htmx, see, sent
from tracker.lib.nudging import nudge

_BOTH = require_http_methods(["GET", "HEAD", "POST"])
_FILLED = ("name", "format", "url", "owner")


@_BOTH
@curators_only
def stale(request: HttpRequest) -> HttpResponse:
    """List what may not be true any more; take what a curator saw of the ticked postings."""
    form = LookForm(sent(request))
    ticked = [one for one in request.POST.getlist("posting") if one.isalnum()][: settings.WAYMARK_STALE_SHOWN]
    if request.method == "POST" and form.is_valid():
        if not ticked:
            form.add_error(None, "Tick the postings that you looked at.")
        else:
            count = actions.look_at_postings(
                postings=Posting.objects.filter(public_id__in=ticked),
                is_open=form.cleaned_data["do"] != "closed",
                closes_on=form.day_said,
                by=_curator(request),
                at=clock.now(),
            )
            messages.success(request, f"{count} posting{'s' * (count != 1)} checked.")
            return see(request, "companies:stale")
    on = clock.today(_curator(request))
    shown = {"form": form, "ticked": ticked, "postings": stale_postings(on), "cycles": stale_cycles(on)}
    shown |= {"freshness": freshness(on), "refused": bool(form.errors)}
    return render(request, "curation/stale.html", shown, status=UNPROCESSABLE if form.errors else 200)


@_BOTH
@curators_only
def cycle(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm, move or close a window; who follows the programme is told of other days."""
    one = get_object_or_404(Cycle.objects.select_related("programme__company", "season"), pk=pk)
    form = CycleForm(sent(request), instance=one)
    if request.method == "POST" and form.is_valid():
        at = clock.now()
        one.checked_on, one.checked_by = clock.today(_curator(request)), _curator(request)
        actions.save_cycle(cycle=one, by=_curator(request), at=at)
        messages.success(request, "Saved, and checked today.")
        return see(request, "companies:stale")
    shown = {"form": form, "cycle": one, "moves": one.moves.select_related("by").order_by("-pk")[:10]}
    return render(request, "curation/cycle.html", shown, status=UNPROCESSABLE if form.errors else 200)


@require_POST
@curators_only
def expect(request: HttpRequest) -> HttpResponse:
    """Roll the windows of earlier years forward."""
    count = actions.expect_next(at=clock.now())
    messages.success(request, f"{count} window{'s' * (count != 1)} expected from earlier years.")
    return see(request, "companies:stale")


@require_safe
@curators_only
def feeds(request: HttpRequest) -> HttpResponse:
    """List the feeds and how the last reading of each went."""
    rows = Feed.objects.select_related("company").defer("company__search", "company__search_text").order_by("name")
    return render(
        request, "curation/feeds.html", {"feeds": rows, "origins": settings.FETCH_ALLOWED, "boards": boards_seen()}
    )


@_BOTH
@curators_only
def feed_new(request: HttpRequest) -> HttpResponse:
    """Add a feed; the address may fill the form in, as that of a board that was seen does."""
    return _feed_form(request, Feed(), {name: request.GET[name] for name in _FILLED if name in request.GET})


@_BOTH
@curators_only
def feed_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Change a feed."""
    return _feed_form(request, get_object_or_404(Feed.objects.select_related("company"), public_id=public_id))


@_BOTH
@curators_only
def feed(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show a feed, what is done with it now, and take a file for it."""
    one = get_object_or_404(Feed.objects.select_related("company"), public_id=public_id)
    form, status = UploadForm(sent(request), request.FILES or None), 200
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            try:
                data = form.cleaned_data["file"].read()
                actions.ask_for_run(feed=one, data=data, by=_curator(request), at=clock.now())
            except DomainError as error:
                form.add_error("file", error.sentence)
                status = CONFLICT
            else:
                nudge("companies.import")
                return see(request, "companies:feed", public_id=one.public_id)
    shown = {"feed": one, "form": form, "progress": actions.progress_of(one), "origins": settings.FETCH_ALLOWED}
    template = "curation/feed.html#state" if is_htmx(request) and request.method != "POST" else "curation/feed.html"
    return render(request, template, shown, status=status)


@require_POST
@curators_only
def feed_run(request: HttpRequest, public_id: str) -> HttpResponse:
    """Read a feed from its address now."""
    one = get_object_or_404(Feed, public_id=public_id)
    try:
        actions.ask_for_run(feed=one, data=None, by=_curator(request), at=clock.now())
    except DomainError as error:
        messages.error(request, error.sentence)
    else:
        nudge("companies.import")
    return see(request, "companies:feed", public_id=one.public_id)


def _feed_form(request: HttpRequest, one: Feed, filled: dict[str, str] | None = None) -> HttpResponse:
    form = FeedForm(sent(request), instance=one, initial=filled, origins=settings.FETCH_ALLOWED)
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_feed(feed=one, by=_curator(request), at=clock.now())
        except DomainError as error:
            form.add_error("owner" if error.field == "company" else error.field, error.sentence)
        else:
            nudge("companies.import")
            messages.success(request, "Saved.")
            return see(request, "companies:feed", public_id=one.public_id)
    shown = {"form": form, "feed": one, "origins": settings.FETCH_ALLOWED}
    return render(request, "curation/feed_form.html", shown, status=UNPROCESSABLE if form.errors else 200)


def _curator(request: HttpRequest) -> User:
    return cast("User", request.user)
