"""The queue of curators, one proposal as they see it, and a student's own."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count, Q
from django.urls import reverse

from accounts.models import User
from companies.duplicates import Candidate, duplicates
from companies.links import host_of
from companies.models import Alias, Company, Fact, Paper, Posting, Programme, Proposal, ProposalQuerySet, Team
from companies.naming import match_key
from companies.queries.merging import SURENESS
from tracker.lib.dates import ago, full_day

_ROWS: dict[str, type[Team | Programme | Posting | Paper]] = {
    "team": Team, "programme": Programme, "posting": Posting, "paper": Paper,
}  # fmt: skip
_FEW = 3
"""From so many students on their number is said: fewer could be guessed."""


_DONE = {
    Proposal.State.APPROVED: "Approved",
    Proposal.State.ASKED: "Sent back",
    Proposal.State.DECLINED: "Declined",
    Proposal.State.WITHDRAWN: "Taken back",
}


def title_of(proposal: Proposal) -> str:
    """Name what a proposal is about: "Northlight", "Vision, Northlight"; its company, team and so on are loaded."""
    company = proposal.company.name
    if proposal.subject == Proposal.Subject.COMPANY:
        return company
    row: Any = proposal.target
    own = (row and (getattr(row, "name", "") or row.title)) or proposal.values.get(name_field(proposal.subject), "")
    return f"{own}, {company}" if own else company


def name_field(subject: str) -> str:
    """Return the field that names a row of this subject."""
    return "title" if subject in {Proposal.Subject.POSTING, Proposal.Subject.PAPER} else "name"


def page_of(proposal: Proposal) -> str:
    """Return the path of the page that shows what it is about."""
    if proposal.posting:
        return reverse("companies:posting", args=[proposal.posting.public_id])
    if proposal.team:
        return reverse("companies:team", args=[proposal.company.slug, proposal.team.slug])
    return reverse("companies:detail", args=[proposal.company.slug])


def kind_of(proposal: Proposal) -> str:
    """Return "New company", "Change of a posting", "Report"."""
    if proposal.is_report:
        return "Report"
    what = proposal.get_subject_display()
    return f"New {what}" if proposal.is_new else f"Change of a {what}"


@dataclass(frozen=True, slots=True)
class Line:
    """One proposal in a list."""

    public_id: str
    title: str
    kind: str
    since: str
    why: str
    state: str
    state_words: str
    answer: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How many wait for a curator."""

    proposals: int
    reports: int

    @property
    def all(self) -> int:
        """Both."""
        return self.proposals + self.reports


def waiting_counts() -> Counts:
    """Count what waits: one query."""
    found = Proposal.objects.waiting().aggregate(
        proposals=Count("pk", filter=Q(is_report=False)), reports=Count("pk", filter=Q(is_report=True))
    )
    return Counts(**found)


def queue(*, reports: bool, at: dt.datetime) -> list[Line]:
    """Return what waits, the oldest first: one query."""
    rows = with_rows(Proposal.objects.waiting().reports(only=reports)).order_by("proposed_at", "pk")
    return _lines(rows[: settings.WAYMARK_PROPOSALS_SHOWN], at)


def own_proposals(user: User, at: dt.datetime) -> list[Line]:
    """Return a student's own, the newest first: one query."""
    rows = with_rows(Proposal.objects.visible_to(user)).order_by("-proposed_at", "-pk")
    return _lines(rows[: settings.WAYMARK_PROPOSALS_SHOWN], at)


def with_rows(proposals: ProposalQuerySet) -> ProposalQuerySet:
    """Load what they are about along with them."""
    heavy = [f"{name}__{field}" for name in ("company", "posting") for field in ("search", "search_text")]
    return proposals.select_related("company", "team", "programme", "posting", "paper", "decided_by").defer(*heavy)


def _lines(proposals: Iterable[Proposal], at: dt.datetime) -> list[Line]:
    return [
        Line(
            public_id=one.public_id,
            title=title_of(one),
            kind=kind_of(one),
            since=ago(one.proposed_at, at),
            why=one.why,
            state=one.state,
            state_words=one.get_state_display(),
            answer=one.answer,
        )
        for one in proposals
    ]


@dataclass(frozen=True, slots=True)
class Like:
    """A company that may be the one proposed."""

    company: Company
    why: str
    sureness: str


def alike(company: Company, most: int = 5) -> list[Like]:
    """Return companies of the list that may be this one, the surest first."""
    key, hosts = company.match_key, {host_of(company.website), host_of(company.careers_url)} - {""}
    near = Q(match_key__startswith=key[: max(4, len(key) // 2)]) | Q(match_key=key)
    near |= Q(pk__in=Alias.objects.filter(match_key=key).values("company_id"))
    for host in hosts:
        near |= Q(website__icontains=host.removeprefix("www."))
    rows = {one.pk: one for one in Company.objects.approved().filter(near).exclude(pk=company.pk).order_by("pk")[:200]}
    if not rows:
        return []
    aliases: dict[int, list[str]] = {}
    for pk, name in Alias.objects.filter(company__in=rows).values_list("company_id", "name"):
        aliases.setdefault(pk, []).append(name)
    candidates = [
        Candidate(one.pk, one.name, tuple(aliases.get(one.pk, ())), tuple(filter(None, (one.website, one.careers_url))))
        for one in (company, *rows.values())
    ]
    pairs = [pair for pair in duplicates(candidates) if company.pk in {pair.one, pair.other}]
    return [
        Like(rows[pair.other if pair.one == company.pk else pair.one], "; ".join(pair.reasons), SURENESS[pair.weight])
        for pair in pairs[:most]
    ]


def privately_used(company: Company) -> str:
    """Say how many students use a company that is not approved; nothing of fewer than three."""
    same = Company.objects.filter(match_key=company.match_key, approved_at=None, merged_into=None)
    count = same.exclude(proposed_by=None).values("proposed_by").distinct().count()
    return f"{count} students use this privately" if count >= _FEW else ""


def draft_row(proposal: Proposal) -> Fact:
    """Return the row that a proposal is about, as it is; for a new one, an empty one of its company."""
    row = proposal.target
    if row is not None:
        return row
    return _ROWS[proposal.subject](company=proposal.company)


def now_words(row: Any, name: str) -> str:  # noqa: ANN401 - any row of the list
    """Return what the list says of a field now, as a person reads it."""
    value = getattr(row, name)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, list):
        return ", ".join(value)
    if isinstance(value, dt.date):
        return full_day(value)
    shown = getattr(row, f"get_{name}_display", None)
    return str(shown() if shown else "" if value is None else value)


def names_like(text: str, user: User) -> list[Company]:
    """Return companies that this person sees and that may be meant, for "Is it one of these?"."""
    key = match_key(text)
    if len(key) < _FEW:
        return []
    seen = Company.objects.visible_to(user)
    return list(seen.filter(match_key__startswith=key[: max(4, len(key) - 2)]).order_by("match_key", "pk")[:5])


def decided_words(proposal: Proposal, at: dt.datetime) -> str:
    """Say who decided and how long ago: "Approved by Kim 2 minutes ago."."""
    state = _DONE[Proposal.State(proposal.state)]
    if proposal.state == Proposal.State.WITHDRAWN or proposal.decided_at is None:
        return f"{state} by the student."
    by = f" by {proposal.decided_by}" if proposal.decided_by else ""
    return f"{state}{by} {ago(proposal.decided_at, at)}."
