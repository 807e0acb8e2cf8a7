"""The host in the ids of the mails that we send."""

from email.utils import parseaddr

from django.conf import settings


def sender_host() -> str:
    """Return the host of our own address, under which ids of mails are ours to give."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
