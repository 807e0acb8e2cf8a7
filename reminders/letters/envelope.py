"""Makes the mail of one delivery: subject, text and HTML of the same words, and its headers."""

import datetime as dt
import uuid
from binascii import b2a_qp
from email.message import Message
from email.policy import Policy, compat32
from email.utils import format_datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from reminders import words
from reminders.plan import Rule
from reminders.queries import Facts
from reminders.tokens import Stop, sign
from tracker.lib.sender import sender_host

_WIRE = compat32.clone(linesep="\r\n", max_line_length=None)
"""Python's older rules: three times as fast as the newer ones, and they leave the long signed address whole."""


class Letter(EmailMultiAlternatives):
    """A mail of two parts, text and HTML, which is all that reminders need."""

    def message(self, *, policy: Policy | None = None) -> Message:  # type: ignore[override]  # noqa: ARG002 - Django's signature
        """Return the message for the server, in short lines of plain ASCII."""
        mail = Message(_WIRE)
        headers = {"From": self.from_email, "To": ", ".join(self.to), "Subject": self.subject}
        for name, value in {**headers, **self.extra_headers, "MIME-Version": "1.0"}.items():
            mail[name] = value
        mail.add_header("Content-Type", "multipart/alternative", boundary=f"=_{uuid.uuid4().hex}")
        mail.set_payload([_part("plain", str(self.body)), _part("html", str(self.alternatives[0][0]))])
        return mail


def _part(subtype: str, text: str) -> Message:
    part = Message(_WIRE)
    part.add_header("Content-Type", f"text/{subtype}", charset="utf-8")
    part["Content-Transfer-Encoding"] = "quoted-printable"
    part.set_payload(b2a_qp(text.encode(), istext=True).decode("ascii"))
    return part


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
        "why": words.why(Rule(row.rule)),
        "kind": words.KINDS[kind],
        "preferences": settings.SITE_URL + reverse("reminders:preferences"),
        "stop": stop,
    }
    mail = Letter(
        subject=subject,
        body=_text(row.rule, said),
        to=[row.person.email],
        headers={"Date": format_datetime(at.astimezone(dt.UTC)), **_headers(facts, stop)},
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
        headers["References"] = f"<application-{facts.round.application.public_id}@{sender_host()}>"
    return headers
