"""Companies, their other names and their teams."""

from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Q

from accounts.models import User
from companies.models.base import Sourced
from tracker.lib.fields import WebURLField
from tracker.lib.ids import LENGTH, new_public_id

SEEN = "c.merged_into_id IS NULL AND (%(all)s OR c.approved_at IS NOT NULL OR c.proposed_by_id = %(me)s)"
"""`visible_to` in SQL: the companies `c` that the person `me` sees; `all` for curators. A test holds the two equal."""


class CompanyQuerySet(models.QuerySet["Company"]):
    """Companies, by who may see them."""

    def visible_to(self, user: User) -> Self:
        """Keep the approved ones and those this person added; a curator sees all but what is another one now."""
        seen = Q() if user.is_curator else Q(approved_at__isnull=False) | Q(proposed_by=user)
        return self.filter(seen, merged_into=None)

    def approved(self) -> Self:
        """Keep what everybody sees."""
        return self.filter(approved_at__isnull=False)


class Company(Sourced):
    """An employer, lab or institute. One that a student added is theirs alone until a curator approves it."""

    public_id = models.CharField(max_length=LENGTH, default=new_public_id, editable=False)
    name = models.CharField(max_length=160)
    slug = models.SlugField(max_length=80, db_index=False)
    # Plain letters and digits, so byte order is its order, and one index serves equality, prefixes and sorting.
    match_key = models.CharField(max_length=160, editable=False, db_collation="C")
    kind = models.CharField(max_length=40, blank=True)
    website = WebURLField(blank=True)
    careers_url = WebURLField("careers page", blank=True)
    city = models.CharField(max_length=80, blank=True)
    country = models.CharField(max_length=60, blank=True)
    topics = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    notes = models.TextField(blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    # The company that this one is now; the row stays for its address and for an undo, seen by nobody.
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.CASCADE, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    # Names, place, topics and notes in one text, kept by the actions, so that a company is found by what it
    # works on as well as by its name (company list).
    search_text = models.TextField(editable=False, default="")
    search = models.GeneratedField(
        expression=SearchVector("search_text", config="english"), output_field=SearchVectorField(), db_persist=True
    )

    objects: ClassVar[CompanyQuerySet] = CompanyQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        """One approved company per spelling; each student's own additions are apart."""

        verbose_name_plural = "companies"
        constraints: ClassVar = [
            # Constraints rather than unique=True, which would add a second index to each for LIKE.
            models.UniqueConstraint(fields=["public_id"], name="company_public_id"),
            models.UniqueConstraint(fields=["slug"], name="company_slug"),
            models.CheckConstraint(condition=~Q(match_key=""), name="company_has_a_name"),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(approved_at__isnull=True), name="company_merged_is_not_shown"
            ),
            models.UniqueConstraint(
                fields=["match_key"],
                condition=Q(approved_at__isnull=False),
                name="company_once",
                violation_error_message="This company is in the list already.",
            ),
            models.UniqueConstraint(
                fields=["proposed_by", "match_key"],
                condition=Q(approved_at__isnull=True),
                name="company_proposed_once",
                violation_error_message="You added this company already.",
            ),
        ]
        indexes: ClassVar = [
            GinIndex(fields=["search"], name="company_search"),  # company list, quick add
            models.Index(fields=["match_key", "id"], name="company_by_key"),  # imports, quick add, order of the list
        ]

    def __str__(self) -> str:
        """Show the name."""
        return self.name


class Alias(models.Model):
    """Another name of a company: "Amazon Web Services" for Amazon; one key names one company only."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=160)
    match_key = models.CharField(max_length=160, unique=True, editable=False, db_collation="C")

    class Meta:
        """An alias has a letter or digit, so that it can be matched."""

        verbose_name_plural = "aliases"
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(match_key=""), name="alias_has_a_name")]

    def __str__(self) -> str:
        """Show the name."""
        return self.name


class Team(Sourced):
    """A group within a company, found by what it works on."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="teams")
    name = models.CharField(max_length=160)
    slug = models.SlugField(max_length=80)
    topics = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    place = models.CharField(max_length=160, blank=True)
    url = WebURLField("page", blank=True)

    class Meta:
        """A slug is unique within its company."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["company", "slug"], name="team_slug")]

    def __str__(self) -> str:
        """Show the name."""
        return self.name
