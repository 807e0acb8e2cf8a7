"""What was said to whom, and when."""

from typing import ClassVar, Self

from django.db import models

from accounts.models import User
from outreach.choices import Said
from outreach.models.contact import Contact
from tracker.lib.fields import SensibleDateField
from tracker.lib.ids import LENGTH, new_public_id


class MessageQuerySet(models.QuerySet["Message"]):
    """Messages, by whose log they are in."""

    def visible_to(self, user: User) -> Self:
        """Keep one's own."""
        return self.filter(contact__student=user)


class Message(models.Model):
    """One line of the log with a contact."""

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="messages")
    kind = models.CharField(max_length=9, choices=Said)
    on = SensibleDateField("day")
    text = models.TextField("what was said", max_length=4_000, blank=True)

    objects: ClassVar[MessageQuerySet] = MessageQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        """Only what we know of."""

        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(kind__in=Said.values), name="message_kind_known")
        ]

    def __str__(self) -> str:
        """Show the key of the row."""
        return f"Message {self.pk}"
