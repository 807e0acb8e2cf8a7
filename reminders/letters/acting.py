"""What a letter lets its reader do at once: signed links that show a page with one button."""

import datetime as dt

from django.conf import settings
from django.urls import reverse

from reminders.acts import LABELS, OF_CLOSINGS, OF_FOLLOW_UPS, Act
from reminders.plan import Rule
from reminders.queries import Facts
from reminders.tokens import Deed, sign_deed
from tracker.lib.dates import day

_ABOUT_APPLICATIONS = {Rule.FOLLOW_UP: OF_FOLLOW_UPS, Rule.POSTING_CLOSES: OF_CLOSINGS}


def links(facts: Facts) -> list[tuple[str, str]]:
    """Return label and address of each act, the same at every try."""
    rule = Rule(facts.delivery.rule)
    if rule in _ABOUT_APPLICATIONS and facts.application:
        about = facts.application.public_id
        return [(LABELS[act], _address(facts, act, about)) for act in _ABOUT_APPLICATIONS[rule]]
    if rule is Rule.PAUSE_QUESTION and facts.window:
        until = facts.window.closes_on + dt.timedelta(days=1)
        pause = (f"{LABELS[Act.PAUSE]} until {day(until)}", _address(facts, Act.PAUSE, until.isoformat()))
        return [pause, (LABELS[Act.KEEP], _address(facts, Act.KEEP, ""))]
    return []


def _address(facts: Facts, act: Act, about: str) -> str:
    row = facts.delivery
    deed = Deed(row.person.public_id, act, about, row.due_at + settings.WAYMARK_DEEDS)
    return f"{settings.SITE_URL}{reverse('reminders:email-deed', args=[sign_deed(deed)])}"
