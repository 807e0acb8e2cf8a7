"""The letter that invites a supervisor."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from supervision.models import Supervision

_FOLDER = "supervision/letters"


def invitation_letter(supervision: Supervision) -> EmailMultiAlternatives:
    """Return the letter, as text and HTML, with the link that holds the secret."""
    path = reverse("supervision:invitation", kwargs={"token": supervision.token})
    context = {"student": supervision.student, "link": settings.SITE_URL + path, "until": supervision.open_until}
    letter = EmailMultiAlternatives(
        subject=" ".join(render_to_string(f"{_FOLDER}/invitation.subject.txt", context).split()),
        body=render_to_string(f"{_FOLDER}/invitation.txt", context),
        to=[supervision.email],
        headers={"Auto-Submitted": "auto-generated"},
    )
    letter.attach_alternative(render_to_string(f"{_FOLDER}/invitation.html", context), "text/html")
    return letter
