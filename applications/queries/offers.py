"""The comparison of offers, ready to print: two queries, whatever the number of offers."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString

from accounts.models import User
from applications.choices import CouldBecome
from applications.models import Application, Desk, Offer
from applications.offers import MARKS, TERMS, WEIGHTS, Judged, leading
from applications.stage import Outcome, Stage
from companies.models import Hours
from tracker.lib.dates import away, full_day
from tracker.templatetags.waymark import mark_html

_DAYS_PER_WEEK = 7


@dataclass(frozen=True, slots=True)
class Column:
    """One offer."""

    id: str
    name: str
    role: str
    mark: SafeString
    answer: str
    is_due: bool
    url: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One term of one offer: what is known, how it is judged, or what to ask."""

    text: str
    judged: str
    ask: str


@dataclass(frozen=True, slots=True)
class TermRow:
    """One term of all offers; `weight` is how much it matters, empty for terms that are not weighed."""

    key: str
    label: str
    weight: str
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The page."""

    columns: list[Column]
    rows: list[TermRow]
    words: str
    placements: list[tuple[str, str]]
    weights: list[tuple[str, str]]


def offers_of(student: User) -> QuerySet[Application]:
    """Return the applications with an offer, and those with a placement, the soonest answer first."""
    mine = Application.objects.visible_to(student).filter(Q(stage=Stage.OFFER) | Q(placement__isnull=False))
    return mine.select_related("company", "offer", "placement").order_by("offer__answer_by", "pk")


def comparison(student: User, *, on: dt.date) -> Comparison:
    """Gather the open offers side by side, the first WAYMARK_OFFERS of them; one that is accepted is a placement."""
    applications = list(offers_of(student))
    weights = Desk.objects.visible_to(student).values_list("weights", flat=True).first() or {}
    shown = [one for one in applications if one.stage == Stage.OFFER and not one.outcome][: settings.WAYMARK_OFFERS]
    offers = [_offer(one) for one in shown]
    names = _names(shown)
    columns = [_column(*facts, on) for facts in zip(shown, offers, names, strict=True)]
    return Comparison(
        columns=columns,
        rows=_rows(offers, weights),
        words=leading([Judged(c.name, offer.marks) for c, offer in zip(columns, offers, strict=True)], weights),
        placements=[_placement(one) for one in applications if one.outcome == Outcome.ACCEPTED or _has_placement(one)],
        weights=list(WEIGHTS.items()),
    )


def _offer(application: Application) -> Offer:
    """Return what is noted of an offer, or an empty one."""
    return getattr(application, "offer", None) or Offer(application=application)


def _has_placement(application: Application) -> bool:
    return getattr(application, "placement", None) is not None


def _placement(application: Application) -> tuple[str, str]:
    return f"{application.title}, {application.company.name}", placement_url(application)


def placement_url(application: Application) -> str:
    """Return the address of the placement that an accepted offer becomes."""
    return reverse("applications:placement", args=[application.public_id])


def _names(applications: list[Application]) -> list[str]:
    """Call each offer by its company, and by the role as well where a company made two."""
    companies = [one.company.name for one in applications]
    return [
        f"{one.company.name} ({one.title})" if companies.count(one.company.name) > 1 else one.company.name
        for one in applications
    ]


def _column(application: Application, offer: Offer, name: str, on: dt.date) -> Column:
    by = offer.answer_by
    return Column(
        id=application.public_id,
        name=name,
        role=application.title,
        mark=mark_html(application.company.name, "s"),
        answer=f"{full_day(by)}, {away(by, on)}" if by else "",
        is_due=by is not None and by - on <= settings.WAYMARK_TODAY_WEEK,
        url=reverse("applications:detail", args=[application.public_id]),
    )


def _rows(offers: list[Offer], weights: dict[str, str]) -> list[TermRow]:
    terms = [
        TermRow(key, term.label, weights.get(key, ""), [_cell(key, offer) for offer in offers])
        for key, term in TERMS.items()
    ]
    own = {"advice": "What your supervisor said", "speaks_for": "For", "speaks_against": "Against"}
    texts = [TermRow("", label, "", [Cell(getattr(o, key), "", "") for o in offers]) for key, label in own.items()]
    return terms + [row for row in texts if any(cell.text for cell in row.cells)]


def _cell(term: str, offer: Offer) -> Cell:
    text = _TEXTS[term](offer)
    mark = offer.marks.get(term, "")
    return Cell(text, MARKS[mark] if mark in MARKS and mark else "", "" if text else TERMS[term].question)


def terms_of(offer: Offer) -> tuple[list[tuple[str, str]], list[str]]:
    """Return what is known of an offer, as (term, what they say), and what to ask where a term is open."""
    texts = {key: _TEXTS[key](offer) for key in TERMS}
    known = [(TERMS[key].label, text) for key, text in texts.items() if text]
    return known, [TERMS[key].question for key, text in texts.items() if not text]


def _dates(offer: Offer) -> str:
    start, end = offer.starts_on, offer.ends_on
    if start and end:
        weeks = round(((end - start).days + 1) / _DAYS_PER_WEEK)
        return f"{full_day(start)} to {full_day(end)}, {weeks} week{'s' * (weeks != 1)}"
    return f"from {full_day(start)}" if start else f"until {full_day(end)}" if end else ""


def pay_words(offer: Offer) -> str:
    """Return "5,000 GBP a month"; nothing where it is not known."""
    if offer.pay is None:
        return ""
    amount = f"{offer.pay:,.0f}" if offer.pay == offer.pay.to_integral_value() else f"{Decimal(offer.pay):,.2f}"
    per = offer.get_pay_per_display().lower()
    return f"{amount} {offer.currency} {'in all' if per == 'in all' else f'a {per}' if per != 'hour' else 'an hour'}"


def _becomes(offer: Offer) -> str:
    labels = [str(CouldBecome(value).label) for value in offer.could_become]
    return ", ".join([*labels[:1], *(label.lower() for label in labels[1:])])


_TEXTS: dict[str, Callable[[Offer], str]] = {
    "project": lambda o: ". With ".join(part for part in (o.project.rstrip("."), o.mentor) if part),
    "closeness": lambda o: o.get_closeness_display() if o.closeness else "",
    "publishing": lambda o: o.get_publishing_display() if o.publishing else "",
    "ip": lambda o: o.ip,
    "could_become": _becomes,
    "compute": lambda o: o.compute,
    "pay": pay_words,
    "dates": _dates,
    "place": lambda o: o.place,
    "visa": lambda o: o.get_visa_display() if o.visa else "",
    "hours": lambda o: str(Hours(o.hours).label) if o.hours else "",
}
