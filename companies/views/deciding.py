"""The queue of curators: one proposal after the other, by keyboard if they like."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.admin.models import LogEntry
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from companies import actions
from companies.forms import FORMS, AskForm, DeclineForm, Facts
from companies.models import Proposal
from companies.queries.proposals import (
    alike,
    decided_words,
    draft_row,
    kind_of,
    now_words,
    page_of,
    privately_used,
    queue,
    title_of,
    with_rows,
)
from companies.views.guard import curators_only
from tracker.lib import clock
from tracker.lib.dates import ago
from tracker.lib.errors import DomainError, StaleError
from tracker.lib.http import CONFLICT, UNPROCESSABLE


@require_safe
@curators_only
def proposals(request: HttpRequest) -> HttpResponse:
    """Show what waits, and on wide screens the oldest of it."""
    return _queue(request, reports=False)


@require_safe
@curators_only
def reports(request: HttpRequest) -> HttpResponse:
    """Show reports of stale postings."""
    return _queue(request, reports=True)


@require_http_methods(["GET", "HEAD", "POST"])
@curators_only
def proposal(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show one proposal, and decide about it: `do` says how."""
    one = get_object_or_404(with_rows(Proposal.objects.all()), public_id=public_id)
    if request.method != "POST":
        return _page(request, _Desk(one), is_chosen=True)
    desk = _Desk(one, request)
    try:
        said = desk.decide(cast("User", request.user))
    except StaleError as error:
        return _page(request, desk, is_chosen=True, said=error.sentence, status=CONFLICT)
    except DomainError as error:
        desk.facts.add_error(error.field if error.field in desk.facts.fields else None, error.sentence)
        said = ""
    if not said:
        return _page(request, desk, is_chosen=True, status=UNPROCESSABLE)
    messages.success(request, said)
    following = _after(one, request.POST.get("next", ""))
    address = reverse("companies:reports" if one.is_report else "companies:curation")
    return redirect(reverse("companies:proposal", args=[following]) if following else address)


@require_safe
@curators_only
def log(request: HttpRequest) -> HttpResponse:
    """List what curators did, the newest first."""
    rows = LogEntry.objects.filter(content_type__app_label="companies").select_related("user", "content_type")
    return render(request, "curation/log.html", {"entries": rows.order_by("-action_time", "-pk")[:200]})


class _Desk:
    """One proposal with its three forms; what was typed goes to the form that was sent."""

    def __init__(self, one: Proposal, request: HttpRequest | None = None) -> None:
        self.one = one
        self.do = request.POST.get("do", "") if request else ""
        data = request.POST if request else None
        only = None if one.is_new else one.values
        self.row = draft_row(one)
        self.now = {name: now_words(self.row, name) for name in FORMS[one.subject].base_fields}
        self.facts: Facts = FORMS[one.subject](
            None if self.do in {"ask", "decline"} else data, instance=self.row, initial=one.values, only=only
        )
        if one.is_new:
            self.facts.fields.pop("is_open", None)
        self.ask = AskForm(data if self.do == "ask" else None, prefix="ask")
        self.decline = DeclineForm(data if self.do == "decline" else None, prefix="decline")

    def decide(self, by: User) -> str:
        """Do what was asked; return the sentence to show, or nothing when a form is not filled in."""
        at, title = clock.now(), title_of(self.one)
        if self.do == "ask" and self.ask.is_valid():
            actions.ask_proposer(proposal=self.one, by=by, at=at, **self.ask.cleaned_data)
            return f"Asked for a change: {title}."
        if self.do == "decline" and self.decline.is_valid():
            actions.decline_proposal(proposal=self.one, by=by, at=at, **self.decline.cleaned_data)
            return f"Declined: {title}."
        if self.do == "approve" and self.facts.is_valid():
            actions.approve_proposal(proposal=self.one, fact=self.facts.instance, by=by, at=at)
            return f"Approved: {title}."
        if self.do not in {"ask", "decline", "approve"}:
            raise DomainError("Choose approve, ask or decline.")
        return ""

    def shown(self) -> dict[str, Any]:
        """Return what the page says of it."""
        one, at = self.one, clock.now()
        is_company = one.is_new and one.subject == Proposal.Subject.COMPANY
        return {
            "one": one,
            "title": title_of(one),
            "kind": kind_of(one),
            "since": ago(one.proposed_at, at),
            "page_url": page_of(one),
            "fields": [(self.facts[name], "" if one.is_new else self.now[name]) for name in self.facts.fields],
            "facts": self.facts,
            "ask": self.ask,
            "decline": self.decline,
            "alike": alike(one.company) if is_company else [],
            "privately": privately_used(one.company) if is_company else "",
            "is_waiting": one.state == Proposal.State.WAITING,
            "decided": "" if one.state == Proposal.State.WAITING else decided_words(one, at),
            "form": next((form for form in (self.facts, self.ask, self.decline) if form.errors), self.facts),
        }


def _queue(request: HttpRequest, *, reports: bool) -> HttpResponse:
    first = with_rows(Proposal.objects.waiting().reports(only=reports)).order_by("proposed_at", "pk").first()
    return _page(request, _Desk(first) if first else None, is_chosen=False, reports=reports)


def _page(
    request: HttpRequest,
    desk: _Desk | None,
    *,
    is_chosen: bool,
    reports: bool = False,
    said: str = "",
    status: int = 200,
) -> HttpResponse:
    """Show the queue and one of it."""
    reports = desk.one.is_report if desk else reports
    lines = queue(reports=reports, at=clock.now())
    ids = [line.public_id for line in lines]
    place = ids.index(desk.one.public_id) if desk and desk.one.public_id in ids else -1
    shown: dict[str, Any] = {"lines": lines, "is_chosen": is_chosen, "is_reports": reports, "said": said}
    if desk:
        shown |= desk.shown() | {
            "here": desk.one.public_id,
            "later": ids[place + 1] if place + 1 < len(ids) else "",
            "earlier": ids[place - 1] if place > 0 else "",
        }
    if said:
        shown |= {"is_waiting": False, "decided": said}
    return render(request, "curation/proposals.html", {**shown, "refused": status == UNPROCESSABLE}, status=status)


def _after(one: Proposal, wanted: str) -> str:
    """Return the next that waits: the one that the page showed as next, else the oldest."""
    waiting = Proposal.objects.waiting().reports(only=one.is_report)
    chosen = waiting.filter(public_id=wanted[:20]).first() if wanted.isalnum() else None
    following = chosen or waiting.order_by("proposed_at", "pk").first()
    return following.public_id if following else ""
