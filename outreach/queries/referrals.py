"""The applications that somebody helps with, or may."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Case, IntegerField, Value, When
from django.urls import reverse

from accounts.models import User
from applications.choices import WayIn
from applications.models import Application
from applications.stage import UNSENT, Stage
from outreach.models import Contact
from tracker.lib.dates import short_day

_OFFERED = 100


@dataclass(frozen=True, slots=True)
class Helped:
    """One application on a person's page: what it is, how it stands with its referral, and where to say so."""

    title: str
    url: str
    said: str
    change_url: str


def helped(contact: Contact, on: dt.date) -> list[Helped]:
    """Return the applications that somebody helps with: one query."""
    ours = contact.applications.select_related("company").order_by("company__name", "pk")
    page = reverse("outreach:referral", args=[contact.public_id])
    return [
        Helped(
            f"{one.title}, {one.company.name}",
            reverse("applications:detail", args=[one.public_id]),
            _said(one, on),
            f"{page}?application={one.public_id}",
        )
        for one in ours
    ]


def open_applications(student: User, company_id: int | None = None) -> list[tuple[str, str]]:
    """Return (public id, words) of the open applications: those at this company first, unsent ones before."""
    ours = Application.objects.visible_to(student).exclude(stage=Stage.CLOSED).select_related("company")
    near = Case(
        When(company=company_id, stage__in=UNSENT, then=Value(0)),
        When(company=company_id, then=Value(1)),
        When(stage__in=UNSENT, then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    found = ours.alias(near=near).order_by("near", "company__name", "pk")[:_OFFERED]
    return [(one.public_id, f"{one.title}, {one.company.name}") for one in found]


def _said(one: Application, on: dt.date) -> str:
    said = str(WayIn(one.way_in).label) if one.way_in != WayIn.NONE else "No referral yet"
    if one.referral_on:
        said += f", {short_day(one.referral_on)}"
    if one.stage in UNSENT and one.referral.waits(on):
        said += f" · on hold until {short_day(one.hold_until)}" if one.hold_until else " · on hold"
    return said
