"""The letters that leave outside the reminders: to whoever is invited, and to whoever is asked for something."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from supervision.models import Request, Supervision

_FOLDER = "supervision/letters"


def invitation_letter(supervision: Supervision) -> EmailMultiAlternatives:
    """Return the letter that invites a supervisor, with the link that holds the secret."""
    path = reverse("supervision:invitation", kwargs={"token": supervision.token})
    context = {"student": supervision.student, "link": settings.SITE_URL + path, "until": supervision.open_until}
    return _letter("invitation", supervision.email, context)


def request_letter(request: Request) -> EmailMultiAlternatives:
    """Return the letter that asks somebody, or reminds them; its link answers without an account."""
    path = reverse("supervision:request-answer", kwargs={"token": request.token})
    context = {
        "asked": request,
        "student": request.student,
        "link": settings.SITE_URL + path,
        "is_again": request.mails > 0,
    }
    letter = _letter("request", request.email, context)
    letter.reply_to = [request.student.email]
    return letter


def _letter(name: str, to: str, context: dict[str, Any]) -> EmailMultiAlternatives:
    letter = EmailMultiAlternatives(
        subject=" ".join(render_to_string(f"{_FOLDER}/{name}.subject.txt", context).split()),
        body=render_to_string(f"{_FOLDER}/{name}.txt", context),
        to=[to],
        headers={"Auto-Submitted": "auto-generated"},
    )
    letter.attach_alternative(render_to_string(f"{_FOLDER}/{name}.html", context), "text/html")
    return letter
