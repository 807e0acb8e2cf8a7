"""Pages on which curators make two teams, programmes or postings of a company one."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from companies import actions
from companies.forms import MergeForm
from companies.models import Company, PartMerge
from companies.queries.joining import ROWS, key_of, part, part_choices, parts_of
from companies.views.guard import curators_only
from tracker.lib import clock
from tracker.lib.errors import DomainError
from tracker.lib.http import CONFLICT, UNPROCESSABLE, see


@require_safe
@curators_only
def parts(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what a company has, and let two of a kind be chosen; `keep` and `take` lead on to the comparison."""
    company = _company(slug)
    subject, keep, take = (request.GET.get(name, "") for name in ("subject", "keep", "take"))
    wrong = ""
    if subject in ROWS and keep and take:
        if keep == take:
            wrong = "Choose two different ones."
        elif part(company, subject, keep) and part(company, subject, take):
            return redirect("companies:merge-parts", slug=slug, subject=subject, keep=keep, take=take)
    shown = {"company": company, "kinds": parts_of(company), "wrong": wrong, "subject": subject}
    return render(request, "curation/parts.html", shown, status=UNPROCESSABLE if wrong else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@curators_only
def merge(request: HttpRequest, *, slug: str, subject: str, keep: str, take: str) -> HttpResponse:
    """Show two of a kind side by side, and make them one."""
    company = _company(slug)
    if subject not in ROWS or keep == take:
        raise Http404
    keeper, taken = part(company, subject, keep), part(company, subject, take)
    if keeper is None or taken is None:
        raise Http404
    form = MergeForm(request.POST if request.method == "POST" else None, choices=part_choices(keeper, taken))
    status = UNPROCESSABLE if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            values, by = form.values(keeper, taken), cast("User", request.user)
            actions.merge_parts(keeper=keeper, taken=taken, values=values, by=by, at=clock.now())
        except DomainError as error:
            form.add_error(None, error.sentence)
            status = CONFLICT
        else:
            messages.success(request, f"{taken} is {keeper} now. It can be taken back for 30 days.")
            return see(request, "companies:merges")
    other = reverse("companies:merge-parts", args=[slug, subject, key_of(taken), key_of(keeper)])
    shown = {"form": form, "company": company, "keeper": keeper, "taken": taken, "other": other}
    return render(request, "curation/merge_parts.html", {**shown, "refused": bool(form.errors)}, status=status)


@require_POST
@curators_only
def undo(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take one back."""
    one = get_object_or_404(PartMerge, public_id=public_id)
    try:
        actions.undo_part_merge(merge=one, by=cast("User", request.user), at=clock.now())
    except DomainError as error:
        messages.error(request, error.sentence)
    else:
        messages.success(request, f"{one.title} stands for itself again.")
    return see(request, "companies:merges")


def _company(slug: str) -> Company:
    return get_object_or_404(Company.objects.filter(merged_into=None), slug=slug)
