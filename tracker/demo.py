"""The demo's mailbox: letters that the demo's SMTP server took, readable in the browser; 404 anywhere else."""

import email
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

NEWEST = 200


@dataclass(frozen=True, slots=True)
class Mail:
    """One letter: file name without ending, and what the pages show of it."""

    name: str
    subject: str
    to: str
    date: str
    headers: tuple[tuple[str, str], ...]
    text: str
    html: str


@login_not_required
@require_safe
def demo_mails(request: HttpRequest) -> HttpResponse:
    """List the newest letters."""
    files = sorted(_folder().glob("*.eml"), key=lambda file: (file.stat().st_mtime_ns, file.name), reverse=True)
    return render(request, "demo/mails.html", {"mails": [_read(file) for file in files[:NEWEST]], "total": len(files)})


@login_not_required
@require_safe
def demo_mail(request: HttpRequest, name: str) -> HttpResponse:
    """Show one letter: headers, text, and its HTML as source."""
    file = next((file for file in _folder().glob("*.eml") if file.stem == name), None)
    if file is None:
        raise Http404
    return render(request, "demo/mail.html", {"mail": _read(file)})


def _folder() -> Path:
    if not (settings.DEMO and settings.DEMO_MAIL_DIR):
        raise Http404
    return Path(settings.DEMO_MAIL_DIR)


def _read(file: Path) -> Mail:
    message = email.message_from_bytes(file.read_bytes(), policy=default)
    return Mail(
        name=file.stem,
        subject=message.get("Subject", ""),
        to=message.get("To", ""),
        date=message.get("Date", ""),
        headers=tuple((name, str(value)) for name, value in message.items()),
        text=_part(message, "plain"),
        html=_part(message, "html"),
    )


def _part(message: EmailMessage, subtype: str) -> str:
    part = message.get_body(preferencelist=(subtype,))
    return part.get_content() if part is not None else ""
