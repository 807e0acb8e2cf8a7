"""What a mail in the timeline reads like: a step of this application, or a mail about another one."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse

from applications.models import Application, Event
from applications.reading.mail import companies_named, read_mail
from applications.stage import LOOKS, Look, Stage, entry_label, read_entry

_ORDER = [stage.value for stage in Stage]
_MOST = 500
"""Companies looked for in a mail."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """An application whose company the mail names, where it does not name this one's."""

    company: str
    url: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A step that was read; `word` is its word of ENTRY_CHOICES. Nothing is done by it."""

    word: str
    label: str
    look: Look
    on: dt.date
    elsewhere: Elsewhere | None


def suggest(application: Application, *, kind: str, text: str, on: dt.date) -> Suggestion | None:
    """Return the step that a text tells of and that would take the application further; None when it tells of none.

    What is logged as a note is read if it looks like a mail; `on` is the day of reading.
    """
    mail = read_mail(text, on=on)
    is_read = kind == Event.Kind.EMAIL or (kind == Event.Kind.NOTE and mail.is_mail)
    if not (is_read and mail.step and _goes_further(application, mail.step)):
        return None
    stage, _ = read_entry(mail.step)
    day = max(mail.on or on, application.stage_since)
    return Suggestion(mail.step, entry_label(mail.step), LOOKS[stage], min(day, on), _elsewhere(application, text))


def _goes_further(application: Application, word: str) -> bool:
    stage, _ = read_entry(word)
    over = application.stage == Stage.CLOSED or application.outcome
    return not over and _ORDER.index(stage) > _ORDER.index(application.stage)


def _elsewhere(application: Application, text: str) -> Elsewhere | None:
    """Return where the mail rather belongs; None if it names this company, or nobody the student applies to."""
    if companies_named(text, [application.company.name]):
        return None
    others = Application.objects.visible_to(application.student).exclude(company=application.company_id)
    rows = others.exclude(stage=Stage.CLOSED).order_by("-updated_at", "-pk")
    known = dict(reversed(list(rows.values_list("company__name", "public_id")[:_MOST])))
    named = companies_named(text, known)
    return Elsewhere(named[0], reverse("applications:detail", args=[known[named[0]]])) if named else None
