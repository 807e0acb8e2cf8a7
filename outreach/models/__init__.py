"""Whom students know: contacts, the papers they were found by, and what was said."""

from outreach.models.contact import Contact, ContactQuerySet
from outreach.models.message import Message, MessageQuerySet
from outreach.models.paper import Paper, PaperQuerySet

__all__ = ["Contact", "ContactQuerySet", "Message", "MessageQuerySet", "Paper", "PaperQuerySet"]
