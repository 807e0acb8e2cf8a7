"""What a supervisor sets for all their students: whom they can introduce them to, and what the group works towards."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models import User
from companies.models import Company
from supervision.models.sharing import Supervision
from tracker.lib.fields import SensibleDateField
from tracker.lib.ids import LENGTH, new_public_id


class IntroductionQuerySet(models.QuerySet["Introduction"]):
    """Offers to introduce, by who made them and who may ask."""

    def visible_to(self, user: User) -> Self:
        """Keep one's own, those of one's supervisors, and those of fellow students under one of them."""
        standing = Supervision.objects.live().accepted()
        supervisors = standing.filter(student=user).values("supervisor")
        fellows = standing.filter(supervisor__in=supervisors).values("student")
        others = Q(by__in=supervisors) | Q(by__in=fellows, by__is_student=True)
        return self.filter(Q(by=user) | others & Q(by__is_active=True))

    def of_fellows(self, user: User) -> Self:
        """Keep those of fellow students alone."""
        supervisors = Supervision.objects.live().accepted().filter(student=user).values("supervisor")
        return self.visible_to(user).exclude(by=user).exclude(by__in=supervisors)


class Introduction(models.Model):
    """An offer to introduce people at one company: a supervisor's to their students, or a student's to fellows."""

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="introductions")
    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+")
    person = models.CharField("whom you know there", max_length=120, blank=True)
    note = models.CharField("what you can do", max_length=200, blank=True)
    at = models.DateTimeField()

    objects: ClassVar[IntroductionQuerySet] = IntroductionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        """One per company."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["by", "company"],
                name="introduction_once",
                violation_error_message="You offer introductions there already.",
            )
        ]

    def __str__(self) -> str:
        """Show the key, so that no query is needed."""
        return f"Introduction {self.pk}"


class MilestoneQuerySet(models.QuerySet["Milestone"]):
    """Milestones, by whose they are."""

    def visible_to(self, user: User) -> Self:
        """Keep one's own."""
        return self.filter(by=user)


class Milestone(models.Model):
    """A day or some days when the group needs its people: a deadline, a review, a course to teach."""

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="milestones")
    title = models.CharField(max_length=120)
    starts_on = SensibleDateField("first day")
    ends_on = SensibleDateField("last day", null=True, blank=True)

    objects: ClassVar[MilestoneQuerySet] = MilestoneQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        """Days are in order."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(starts_on__lte=F("ends_on")),
                name="milestone_days_in_order",
                violation_error_message="The last day is before the first.",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["by", "starts_on"], name="milestone_in_order")]

    def __str__(self) -> str:
        """Show the title."""
        return self.title
