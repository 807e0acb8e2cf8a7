"""Pages of those who keep the shared list: what may be double, merging, and taking that back."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from companies import actions
from companies.forms import MergeForm
from companies.models import Company, Merge
from companies.queries.joining import standing_part_merges
from companies.queries.merging import choices, duplicate_lines, effect_of, fuller, standing_merges
from companies.views.guard import curators_only
from tracker.lib import clock
from tracker.lib.errors import DomainError
from tracker.lib.http import CONFLICT, UNPROCESSABLE, see


@require_safe
@curators_only
def duplicates(request: HttpRequest) -> HttpResponse:
    """List pairs of companies that may be one, with the reasons."""
    return render(request, "curation/duplicates.html", {"lines": duplicate_lines()})


@require_http_methods(["GET", "HEAD", "POST"])
@curators_only
def merge(request: HttpRequest, one: str, other: str) -> HttpResponse:
    """Show two companies side by side, and make them one."""
    keeper, taken = fuller(_company(one), _company(other))
    if keeper == taken:
        raise Http404
    if request.GET.get("keep") == taken.slug:
        keeper, taken = taken, keeper
    form = MergeForm(request.POST if request.method == "POST" else None, choices=choices(keeper, taken))
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            values = form.values(keeper, taken)
            actions.merge_companies(keeper=keeper, taken=taken, values=values, by=_curator(request), at=clock.now())
        except DomainError as error:
            form.add_error(None, error.sentence)
            status = CONFLICT
        else:
            messages.success(request, f"{taken.name} is {keeper.name} now. It can be taken back for 30 days.")
            return see(request, "companies:merges")
    shown = {"form": form, "keeper": keeper, "taken": taken, "effect": effect_of(taken), "refused": bool(form.errors)}
    status = status if status == CONFLICT else UNPROCESSABLE if form.errors else status
    return render(request, "curation/merge.html", shown, status=status)


@require_safe
@curators_only
def merges(request: HttpRequest) -> HttpResponse:
    """List merges that can be taken back."""
    return render(
        request,
        "curation/merges.html",
        {"merges": standing_merges(clock.now()), "parts": standing_part_merges(clock.now())},
    )


@require_POST
@curators_only
def undo(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take one back."""
    one = get_object_or_404(Merge.objects.select_related("taken"), public_id=public_id)
    try:
        actions.undo_merge(merge=one, by=_curator(request), at=clock.now())
    except DomainError as error:
        messages.error(request, error.sentence)
    else:
        messages.success(request, f"{one.taken.name} is a company of its own again.")
    return see(request, "companies:merges")


def _company(slug: str) -> Company:
    return get_object_or_404(Company.objects.filter(merged_into=None), slug=slug)


def _curator(request: HttpRequest) -> User:
    return cast("User", request.user)
