"""Pages of the shared list: companies and postings, for everybody who is signed in."""

from collections.abc import Callable
from typing import Any, cast

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from companies import actions
from companies.forms import CompanyFilterForm, PostingFilterForm
from companies.models import Kind, Posting
from companies.queries.companies import company_page, topics_in_use
from companies.queries.company import company_view, keeper_of, visible_company
from companies.queries.joining import moved_to
from companies.queries.pages import Page
from companies.queries.postings import posting_page, posting_view
from companies.queries.programmes import programme_line, schemes, source_of, visible_programme
from companies.queries.teams import joined_team, team_view, visible_team
from tracker.lib import clock
from tracker.lib.http import is_htmx, local_path
from tracker.lib.ids import read_public_id


@require_safe
def company_list(request: HttpRequest) -> HttpResponse:
    """List companies by name."""
    user = cast("User", request.user)
    form = CompanyFilterForm(request.GET, topics=topics_in_use(user))
    filters = form.filters()
    page = company_page(user, filters, after=_after(request), size=settings.WAYMARK_TABLE_PAGE)
    return _list(request, "companies/list.html", page, {"form": form, "filters": filters})


@require_safe
def company_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what a company offers, and how we know."""
    user = cast("User", request.user)
    company = visible_company(user, slug).first()
    if company is None:
        # another address of what is one company now; not for ever, for a merge can be taken back
        return redirect("companies:detail", get_object_or_404(keeper_of(user, slug)).slug)
    view = company_view(user, company, on=clock.today(user), size=settings.WAYMARK_COMPANY_POSTINGS)
    return render(request, "companies/detail.html", {"view": view, "company": company})


@require_safe
def team_detail(request: HttpRequest, slug: str, team: str) -> HttpResponse:
    """Show what a team works on, what its people wrote, and where one can apply."""
    user = cast("User", request.user)
    one = visible_team(user, slug, team).first()
    if one is None:
        if other := joined_team(user, slug, team):
            return redirect("companies:team", slug, other)
        raise Http404
    view = team_view(user, one, on=clock.today(user), size=settings.WAYMARK_COMPANY_POSTINGS)
    return render(request, "companies/team.html", {"view": view, "team": one})


@require_POST
def follow(request: HttpRequest, slug: str, programme: str) -> HttpResponse:
    """Tell this student when the programme opens."""
    return _follow(request, slug, programme, actions.follow)


@require_POST
def unfollow(request: HttpRequest, slug: str, programme: str) -> HttpResponse:
    """Tell them no more."""
    return _follow(request, slug, programme, actions.unfollow)


@require_safe
def posting_list(request: HttpRequest) -> HttpResponse:
    """List postings, newest first; of enrichment schemes, which are seldom advertised, also those we know of."""
    user = cast("User", request.user)
    on = clock.today(user)
    form = PostingFilterForm(request.GET, on=on)
    filters = form.filters()
    page = posting_page(user, filters, on=on, after=_after(request), size=settings.WAYMARK_TABLE_PAGE)
    known = schemes(user) if filters.kind == Kind.SCHEME else []
    return _list(request, "companies/postings.html", page, {"form": form, "filters": filters, "schemes": known})


@require_safe
def posting_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show one posting."""
    user = cast("User", request.user)
    posting = Posting.objects.visible_to(user).select_related("company").filter(public_id=public_id).first()
    if posting is None:
        if other := moved_to("posting", public_id):
            return redirect("companies:posting", other)
        raise Http404
    view = posting_view(posting, clock.today(user))
    return render(request, "companies/posting.html", {"view": view, "posting": posting, "source": source_of(posting)})


def _follow(request: HttpRequest, slug: str, programme: str, change: Callable[..., None]) -> HttpResponse:
    """Make the change and show the button that takes it back."""
    user = cast("User", request.user)
    if not user.is_student:
        raise PermissionDenied
    one = get_object_or_404(visible_programme(user, slug, programme))
    change(person=user, programme=one)
    line = programme_line(one, user)
    if is_htmx(request):
        return render(request, "companies/_follow.html", {"line": line, "focus": True})
    return redirect(local_path(request, default=f"{line.company_url}#programmes"))


def _after(request: HttpRequest) -> str:
    """Return the public id after which the page begins; what cannot be one begins at the top."""
    return read_public_id(request.GET.get("after", ""))


def _list(request: HttpRequest, template: str, page: Page[Any], context: dict[str, object]) -> HttpResponse:
    """Answer with the page; for htmx with its results, or with the next rows alone."""
    asked = request.GET.copy()
    asked["after"] = page.after
    if is_htmx(request):
        template += "#rows" if request.headers.get("HX-Target") == "more" else "#results"
    return render(request, template, {**context, "page": page, "next_url": f"?{asked.urlencode()}"})
