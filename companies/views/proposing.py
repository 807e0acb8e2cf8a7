"""Pages on which students suggest something to the shared list, and see what became of it."""

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from companies import actions
from companies.forms import FORMS, NewCompanyForm, ReportForm, WhichCompanyForm, WhyForm
from companies.models import Company, Fact, Posting, Proposal
from companies.queries import find_company
from companies.queries.company import visible_company
from companies.queries.programmes import visible_programme
from companies.queries.proposals import draft_row, kind_of, names_like, own_proposals, title_of, with_rows
from companies.queries.teams import visible_team
from tracker.lib import clock
from tracker.lib.errors import DomainError
from tracker.lib.http import CONFLICT, UNPROCESSABLE, is_htmx, see, sent

_BOTH = require_http_methods(["GET", "HEAD", "POST"])
_OPEN = (Proposal.State.WAITING, Proposal.State.ASKED)


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """List one's own suggestions and what became of them."""
    return render(request, "companies/suggestions.html", {"lines": own_proposals(_student(request), clock.now())})


@_BOTH
def propose(request: HttpRequest) -> HttpResponse:
    """Take the name of a company that the list lacks; while it is typed, show those it may be."""
    student = _student(request)
    form = NewCompanyForm(sent(request), initial={"name": request.GET.get("name", "")})
    typed = str(form["name"].value() or "")
    if request.method == "POST" and form.is_valid():
        known = find_company(student, form.cleaned_data["name"])
        if known:
            messages.info(request, f"{known.name} is in the list already.")
            return see(request, "companies:detail", slug=known.slug)
        try:
            made = actions.propose_company(by=student, at=clock.now(), **form.cleaned_data)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, error.sentence)
        else:
            messages.success(request, f"{made.name} is yours to use. Others see it once a curator approves it.")
            return see(request, "companies:detail", slug=made.slug)
    shown = {"form": form, "likes": names_like(typed, student)}
    template = (
        "companies/propose.html#likes" if is_htmx(request) and request.method == "GET" else "companies/propose.html"
    )
    return render(request, template, shown, status=UNPROCESSABLE if form.errors else 200)


@_BOTH
def which_company(request: HttpRequest) -> HttpResponse:
    """Ask at which company the posting is that somebody wants to suggest."""
    student = _student(request)
    form = WhichCompanyForm(sent(request), initial={"name": request.GET.get("name", "")})
    if request.method == "POST" and form.is_valid():
        known = find_company(student, form.cleaned_data["name"])
        if known:
            return see(request, "companies:suggest-new", slug=known.slug, subject=Proposal.Subject.POSTING)
        form.add_error("name", "No company of this name is in the list. Propose the company first.")
    return render(request, "companies/which.html", {"form": form}, status=UNPROCESSABLE if form.errors else 200)


@_BOTH
def suggest_new(request: HttpRequest, slug: str, subject: str) -> HttpResponse:
    """Suggest a team, programme or posting of a company."""
    company = _company(request, slug)
    if subject not in Proposal.Subject.values or subject == Proposal.Subject.COMPANY:
        raise Http404
    draft = Proposal(subject=subject, is_new=True, company=company)
    return _suggest(request, draft)


@_BOTH
def suggest_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Suggest other facts of a company; of one's own private one they are simply changed."""
    company = _company(request, slug)
    own = Proposal.objects.filter(
        company=company, proposed_by=_student(request), is_new=True, subject="company"
    ).first()
    if company.approved_at is None and own:
        return redirect("companies:suggestion", own.public_id)
    return _suggest(request, Proposal(subject=Proposal.Subject.COMPANY, company=company))


@_BOTH
def suggest_programme(request: HttpRequest, slug: str, programme: str) -> HttpResponse:
    """Suggest other facts of a programme."""
    one = get_object_or_404(visible_programme(_student(request), slug, programme))
    return _suggest(request, Proposal(subject=Proposal.Subject.PROGRAMME, company=one.company, programme=one))


@_BOTH
def suggest_team(request: HttpRequest, slug: str, team: str) -> HttpResponse:
    """Suggest other facts of a team."""
    one = get_object_or_404(visible_team(_student(request), slug, team))
    return _suggest(request, Proposal(subject=Proposal.Subject.TEAM, company=one.company, team=one))


@_BOTH
def suggest_posting(request: HttpRequest, public_id: str) -> HttpResponse:
    """Suggest other facts of a posting."""
    one = _posting(request, public_id)
    return _suggest(request, Proposal(subject=Proposal.Subject.POSTING, company=one.company, posting=one))


@_BOTH
def report(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say that a posting is stale."""
    posting, form = _posting(request, public_id), ReportForm(sent(request))
    status = 200
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            what = form.cleaned_data["what"]
            try:
                actions.report_posting(posting=posting, what=what, by=_student(request), at=clock.now())
            except DomainError as error:
                form.add_error(None, error.sentence)
                status = CONFLICT
            else:
                messages.success(request, "Reported. A curator will look at it.")
                return see(request, "companies:posting", public_id=posting.public_id)
    return render(request, "companies/report.html", {"form": form, "posting": posting}, status=status)


@_BOTH
def suggestion(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show one's own suggestion, what a curator said, and while it is open the form to change it."""
    one = get_object_or_404(with_rows(Proposal.objects.visible_to(_student(request))), public_id=public_id)
    if one.state in _OPEN and not one.is_report:
        return _suggest(request, one)
    return render(request, "companies/suggestion.html", {"proposal": one, "title": title_of(one), "kind": kind_of(one)})


@require_POST
def withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take one's own suggestion back."""
    one = get_object_or_404(Proposal.objects.visible_to(_student(request)), public_id=public_id)
    try:
        actions.withdraw_proposal(proposal=one, by=_student(request), at=clock.now())
    except DomainError as error:
        messages.error(request, error.sentence)
    else:
        messages.success(request, "Taken back.")
    return see(request, "companies:suggestions")


def _suggest(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """Show the facts as a form, and send what differs."""
    form = FORMS[proposal.subject](sent(request), instance=draft_row(proposal), initial=proposal.values)
    how = WhyForm(sent(request), initial={"why": proposal.why, "source_url": proposal.source_url})
    if proposal.is_new:
        form.fields.pop("is_open", None)
    status = 200
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid() & how.is_valid():
            try:
                _send(proposal, form.said(), how.cleaned_data, _student(request))
            except DomainError as error:
                form.add_error(error.field if error.field in form.fields else None, error.sentence)
                status = CONFLICT
            else:
                messages.success(request, "Thank you. A curator will look at it.")
                return see(request, "companies:suggestions")
    shown: dict[str, Any] = {"form": form, "how": how, "proposal": proposal}
    shown |= {"title": title_of(proposal), "kind": kind_of(proposal)}
    shown["refused"] = bool(form.errors or how.errors)
    return render(request, "companies/suggest.html", shown, status=status)


def _send(proposal: Proposal, values: dict[str, Any], how: dict[str, str], by: User) -> None:
    said: dict[str, Any] = {"values": values, "by": by, "at": clock.now(), **how}
    if proposal.pk:
        actions.revise_proposal(proposal=proposal, **said)
    elif proposal.is_new:
        actions.propose_new(subject=proposal.subject, company=proposal.company, **said)
    else:
        row = cast("Fact", proposal.target)
        actions.propose_change(of=row, **said)


def _company(request: HttpRequest, slug: str) -> Company:
    return get_object_or_404(visible_company(_student(request), slug))


def _posting(request: HttpRequest, public_id: str) -> Posting:
    seen = Posting.objects.visible_to(_student(request)).select_related("company")
    return get_object_or_404(seen, public_id=public_id)


def _student(request: HttpRequest) -> User:
    user = cast("User", request.user)
    if not user.is_student:
        raise PermissionDenied
    return user
