"""Who lets themselves be counted, and what is published of many: figures about a company, sums of a department."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import User
from companies.models import Company
from supervision.cohort import WORDING
from tracker.lib.ids import LENGTH, new_public_id


class DepartmentQuerySet(models.QuerySet["Department"]):
    """Departments, by who reads their sums."""

    def visible_to(self, user: User) -> Self:
        """Keep those whose sums this person reads."""
        return self.filter(coordinators=user)


class Department(models.Model):
    """Students of one place, of whom a coordinator reads sums and nothing else."""

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    name = models.CharField(max_length=160, unique=True)
    coordinators = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="departments", blank=True)

    objects: ClassVar[DepartmentQuerySet] = DepartmentQuerySet.as_manager()  # type: ignore[assignment]

    def __str__(self) -> str:
        """Show the name."""
        return self.name


class CountedQuerySet(models.QuerySet["Counted"]):
    """Consents to be counted, by whose they are and whether they stand."""

    def visible_to(self, user: User) -> Self:
        """Keep one's own."""
        return self.filter(student=user)

    def standing(self) -> Self:
        """Keep those that nobody took back, of people who are here."""
        return self.filter(until=None, student__is_active=True)


class Counted(models.Model):
    """One student lets themselves be counted: in figures about companies, or in the sums of a department."""

    student = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="counted_in")
    # None: the figures about companies.
    department = models.ForeignKey(Department, null=True, on_delete=models.CASCADE, related_name="counted")
    wording = models.CharField(max_length=7, default=WORDING)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    objects: ClassVar[CountedQuerySet] = CountedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        """One that stands for each."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["student", "department"],
                condition=Q(until=None),
                nulls_distinct=False,
                name="counted_once",
            )
        ]

    def __str__(self) -> str:
        """Show the key: who is counted is private."""
        return f"Counted {self.pk}"


class CohortFigure(models.Model):
    """What is published of one company, made once a week; public to everybody who is signed in."""

    company = models.OneToOneField(Company, on_delete=models.CASCADE, related_name="+")
    said = models.JSONField()
    # Of each student a keyed hash, and one of their record: how many changed since, without saying who.
    basis = models.JSONField(default=dict)
    published_on = models.DateField()

    def __str__(self) -> str:
        """Show the key, so that no query is needed."""
        return f"Figure {self.pk}"
