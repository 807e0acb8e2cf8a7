"""Whom students know: contacts, the papers they were found by, where they are met, and what was said."""

from outreach.models.conference import Conference, ConferenceQuerySet
from outreach.models.contact import Contact, ContactQuerySet
from outreach.models.message import Message, MessageQuerySet
from outreach.models.paper import Paper, PaperQuerySet
from outreach.models.wording import Wording, WordingQuerySet

__all__ = [
    "Conference",
    "ConferenceQuerySet",
    "Contact",
    "ContactQuerySet",
    "Message",
    "MessageQuerySet",
    "Paper",
    "PaperQuerySet",
    "Wording",
    "WordingQuerySet",
]
