"""Makes the mail of one delivery: subject, text and HTML of the same words, and its headers."""

import datetime as dt
from email.message import EmailMessage
from email.policy import SMTP, Policy
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from reminders import words
from reminders.plan import Rule
from reminders.queries import Facts
from reminders.tokens import Stop, sign

_LONG_LINES = SMTP.clone(max_line_length=998)
"""As long as RFC 5322 allows: in shorter ones Python encodes the signed address, and no mail program finds it."""


class Letter(EmailMultiAlternatives):
    """A mail whose headers and lines are left whole."""

    def message(self, *, policy: Policy | None = None) -> EmailMessage:  # noqa: ARG002 - Django's signature
        """Return the message for the server."""
        return super().message(policy=_LONG_LINES)


def compose(facts: Facts, *, at: dt.datetime) -> Letter:
    """Return the mail as it stands at this instant: the same Message-ID at every try."""
    row = facts.delivery
    kind = Rule(row.rule).kind
    stop = settings.SITE_URL + reverse("reminders:email-action", args=[sign(Stop(row.person.public_id, kind))])
    said = words.context(facts, at=at)
    subject = words.line(facts, "subject", said)
    said |= {
        "subject": subject,
        "action": settings.SITE_URL + words.target(facts),
        "why": words.WHY[Rule(row.rule)],
        "kind": words.KINDS[kind],
        "preferences": settings.SITE_URL + reverse("reminders:preferences"),
        "stop": stop,
    }
    mail = Letter(
        subject=subject,
        body=_text(row.rule, said),
        to=[row.person.email],
        headers=_headers(facts, stop),
    )
    mail.attach_alternative(render_to_string(f"reminders/letters/{row.rule}.html", said), "text/html")
    return mail


def _text(rule: str, said: dict[str, Any]) -> str:
    lines = render_to_string(f"reminders/letters/{rule}.txt", said).splitlines()
    return "\n".join(line.rstrip() for line in lines).strip() + "\n"


def _headers(facts: Facts, stop: str) -> dict[str, str]:
    headers = {
        "Message-ID": facts.delivery.message_id or "",
        "Auto-Submitted": "auto-generated",
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    if facts.round:
        host = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
        headers["References"] = f"<application-{facts.round.application.public_id}@{host}>"
    return headers
