"""The list of people, the lists of outreach, and one person."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, F, Q
from django.db.models.functions import Lower
from django.urls import reverse

from accounts.models import User
from companies.queries.pages import Page
from outreach.choices import How, Standing, unanswered
from outreach.free_days import countries
from outreach.models import Conference, Contact, ContactQuerySet, Message, Paper
from tracker.lib import dates


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One line of a list."""

    name: str
    url: str
    work: str
    company_url: str
    how: str
    standing: str
    last: str
    next: str


@dataclass(frozen=True, slots=True)
class OutreachList:
    """Those with whom it stands alike: the first of them, and how many there are."""

    standing: Standing
    rows: list[PersonRow]
    count: int


@dataclass(frozen=True, slots=True)
class PersonView:
    """Everything on the page of one person; `kinds` are the lines that can be added to the log now."""

    contact: Contact
    row: PersonRow
    papers: list[Paper]
    messages: list[Message]
    enough: bool
    country: str
    team_url: str
    follow_up: str
    conferences: list[Conference]


def old_people(student: User, at: dt.datetime) -> int:
    """Return how many of one's people were added long ago, with nothing said since."""
    return Contact.objects.visible_to(student).old(at).count()


def people_page(student: User, *, after: str, size: int, old_at: dt.datetime | None = None) -> Page[PersonRow]:
    """Return a student's people by name, from the one after the given public id: two queries at most.

    old_at: only those who are old at this instant.
    """
    mine = Contact.objects.visible_to(student)
    mine = mine.old(old_at) if old_at else mine
    found = _after(mine, after).select_related("company").order_by(Lower("name"), "pk")
    rows = list(found[: size + 1])
    more, rows = len(rows) > size, rows[:size]
    return Page([_row(one) for one in rows], ("person", "people"), rows[-1].public_id if more else "")


def outreach_lists(student: User) -> list[OutreachList]:
    """Return a list for each standing, in order: who waits longest first; two queries."""
    mine = Contact.objects.visible_to(student)
    order = (F("last_on").asc(nulls_first=True), "pk")
    # Each list ends by itself: a place among all would be counted for everybody.
    first, *others = (
        mine.filter(standing=one).select_related("company").order_by(*order)[: settings.WAYMARK_OUTREACH_SHOWN]
        for one in Standing
    )
    rows: dict[str, list[PersonRow]] = {}
    for contact in first.union(*others, all=True):
        rows.setdefault(contact.standing, []).append(_row(contact))
    many = dict(mine.values_list("standing").annotate(Count("pk")).order_by())
    return [OutreachList(standing, rows.get(standing, []), many.get(standing, 0)) for standing in Standing]


def person_view(contact: Contact) -> PersonView:
    """Return one person with papers, conferences and log, the newest line first: three queries."""
    messages = list(contact.messages.order_by("-on", "-pk"))
    enough = unanswered(one.kind for one in messages) > 1
    papers = list(contact.papers.order_by("-year", "title", "pk"))
    team, due = contact.team, contact.follow_up_on
    return PersonView(
        contact=contact,
        row=_row(contact),
        papers=papers,
        messages=messages,
        enough=enough,
        country=countries().get(contact.country, ""),
        team_url=reverse("companies:team", args=[contact.company.slug, team.slug]) if team and contact.company else "",
        follow_up=dates.day(due) if due else "",
        conferences=list(contact.conferences.order_by("begins_on", "pk")),
    )


def _after(mine: ContactQuerySet, public_id: str) -> ContactQuerySet:
    """Keep what comes after this person; an id that is not among them starts at the top."""
    known = mine.filter(public_id=public_id).values_list(Lower("name"), "pk").first() if public_id else None
    if known is None:
        return mine
    name, pk = known
    return mine.alias(by_name=Lower("name")).filter(Q(by_name__gt=name) | Q(by_name=name, pk__gt=pk))


def _row(contact: Contact) -> PersonRow:
    company = contact.company
    return PersonRow(
        name=contact.name,
        url=reverse("outreach:person", args=[contact.public_id]),
        work=contact.work,
        company_url=reverse("companies:detail", args=[company.slug]) if company else "",
        how=str(How(contact.how).label),
        standing=str(Standing(contact.standing).label),
        last=dates.day(contact.last_on) if contact.last_on else "",
        next=_next(contact.next_step, contact.next_on),
    )


def _next(step: str, on: dt.date | None) -> str:
    return ", ".join(filter(None, (step, dates.day(on) if on else "")))
