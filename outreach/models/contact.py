"""People whom a student knows or may write to: third parties, of whom only public details of work are kept."""

import datetime as dt
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from accounts.models import User
from applications.models import Application
from companies.models import Company, Team
from outreach.choices import How, Standing
from outreach.models.paper import Paper
from outreach.reading.work import LONGEST_NAME
from tracker.lib.fields import SensibleDateField
from tracker.lib.ids import LENGTH, new_public_id


class ContactQuerySet(models.QuerySet["Contact"]):
    """Contacts, by whose they are."""

    def visible_to(self, user: User) -> Self:
        """Keep one's own; nobody else ever sees a contact."""
        return self.filter(student=user)

    def old(self, at: dt.datetime) -> Self:
        """Keep those who were added long ago, and with whom nothing was said since."""
        since = at - settings.WAYMARK_CONTACTS_KEPT
        return self.filter(Q(last_on=None) | Q(last_on__lt=since.date()), created_at__lt=since)


class Contact(models.Model):
    """One person, with the source that one has them from, and how it stands."""

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    student = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="contacts")
    name = models.CharField(max_length=LONGEST_NAME)
    # Family name and first initial in bare letters, by which a second reading of the same person is told.
    key = models.CharField(max_length=2 * LONGEST_NAME, editable=False)
    work = models.CharField("where they work", max_length=LONGEST_NAME, blank=True)
    # The company of the shared list that these words name, if there is one.
    company = models.ForeignKey(Company, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    email = models.EmailField("e-mail address at work", max_length=254, blank=True)
    url = models.URLField("their page", max_length=500, blank=True)
    how = models.CharField("how you know of them", max_length=8, choices=How)
    source = models.CharField("where you have this from", max_length=300, blank=True)
    why = models.CharField("why them", max_length=500, blank=True)
    # Where they work, as ISO 3166-1 has it: nobody is asked to follow up on a public holiday there.
    country = models.CharField(max_length=2, blank=True)
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    papers = models.ManyToManyField(Paper, related_name="contacts")
    # What they help with, or may.
    applications = models.ManyToManyField(Application, related_name="+")
    standing = models.CharField(max_length=9, choices=Standing, default=Standing.TO_WRITE)
    last_on = SensibleDateField("last contact", null=True, blank=True)
    next_step = models.CharField("next step", max_length=200, blank=True)
    next_on = SensibleDateField("on", null=True, blank=True)
    # The day of the one follow-up, while a single message stands without an answer; follows from the log.
    follow_up_on = models.DateField(null=True, editable=False)
    created_at = models.DateTimeField()

    objects: ClassVar[ContactQuerySet] = ContactQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        """Nobody without a name and without a source."""

        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(name__gt=""), name="contact_has_a_name"),
            models.CheckConstraint(condition=Q(how__in=How.values), name="contact_has_a_source"),
            models.CheckConstraint(condition=Q(standing__in=Standing.values), name="contact_standing_known"),
        ]
        indexes: ClassVar = [
            # the list of people, which begins where the last page ended
            models.Index("student", Lower("name"), "id", name="contact_by_name"),
            # the five lists of outreach
            models.Index(fields=["student", "standing", "last_on", "id"], name="contact_by_standing"),
            # reminders look for the day of everybody
            models.Index("follow_up_on", name="contact_follow_up", condition=Q(follow_up_on__isnull=False)),
        ]

    def __str__(self) -> str:
        """Show the key of the row: a name is private here."""
        return f"Contact {self.pk}"
