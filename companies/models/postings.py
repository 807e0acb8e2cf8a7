"""Postings: one advertised role each."""

from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from accounts.models import User
from companies.models.base import Hours, Kind, Sourced
from companies.models.companies import Company, Team
from companies.models.feeds import Feed
from companies.models.programmes import Programme
from companies.windows import doubt_words
from tracker.lib.clock import ANYWHERE_ON_EARTH
from tracker.lib.fields import SensibleDateField, WebURLField, validate_zone
from tracker.lib.ids import LENGTH, new_public_id


class PostingQuerySet(models.QuerySet["Posting"]):
    """Postings, by what people look for."""

    def visible_to(self, user: User) -> Self:
        """Keep those of companies that this person sees and that no curator hid."""
        if user.is_curator:
            return self
        return self.filter(Q(company__approved_at__isnull=False) | Q(company__proposed_by=user), is_visible=True)

    def open(self) -> Self:
        """Keep those that still take applications as far as we know."""
        return self.filter(is_open=True)


class Posting(Sourced):
    """One advertised role."""

    class Sponsorship(models.TextChoices):
        """What a posting says about visas."""

        UNKNOWN = "", "Not stated"
        OFFERED = "offered", "Sponsors visas"
        NONE = "none", "Does not sponsor visas"
        CITIZENS = "citizens", "US citizens only"

    public_id = models.CharField(max_length=LENGTH, default=new_public_id, editable=False)
    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="postings")
    team = models.ForeignKey(
        Team, null=True, blank=True, on_delete=models.SET_NULL, related_name="postings", db_index=False
    )
    programme = models.ForeignKey(
        Programme, null=True, blank=True, on_delete=models.SET_NULL, related_name="postings", db_index=False
    )
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.INTERNSHIP)
    title = models.CharField(max_length=300)
    url = WebURLField("link", blank=True)
    # The link as `links.link_key` reduces it; for one without a link, what its origin calls it.
    url_key = models.CharField(max_length=500, editable=False, db_collation="C")
    origin = models.CharField(max_length=20, editable=False, default="curator")
    origin_id = models.CharField(max_length=200, blank=True, editable=False)
    places = ArrayField(models.CharField(max_length=160), default=list, blank=True)
    terms = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    hours = models.CharField(max_length=4, choices=Hours, default=Hours.UNKNOWN, blank=True)
    min_weeks = models.PositiveSmallIntegerField("shortest, in weeks", null=True, blank=True)
    max_weeks = models.PositiveSmallIntegerField("longest, in weeks", null=True, blank=True)
    starts_on = SensibleDateField("starts from", null=True, blank=True)
    sponsorship = models.CharField(max_length=10, choices=Sponsorship, default=Sponsorship.UNKNOWN, blank=True)
    is_research = models.BooleanField("research or PhD role", default=False)
    # The words that told it (`research.judge`), or that a curator did; then no import changes it.
    research_why = models.CharField(max_length=200, blank=True, editable=False)
    is_research_set = models.BooleanField("said by a curator", default=False, editable=False)
    is_open = models.BooleanField("open", default=True)
    is_visible = models.BooleanField("shown", default=True)
    posted_at = models.DateTimeField(null=True, blank=True)
    origin_updated_at = models.DateTimeField(null=True, blank=True)
    closes_on = SensibleDateField(null=True, blank=True)
    zone = models.CharField(max_length=64, default=ANYWHERE_ON_EARTH, validators=[validate_zone])
    # Title, company with its other names, places and terms in one text, kept by the actions, so that one
    # index answers "google zurich intern".
    search_text = models.TextField(editable=False, default="")
    search = models.GeneratedField(
        expression=SearchVector("search_text", config="english"), output_field=SearchVectorField(), db_persist=True
    )
    # The feed that had it last, and since when that has it no more: marked, never deleted.
    feed = models.ForeignKey(
        Feed, null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="postings", db_index=False
    )
    gone_on = SensibleDateField(null=True, blank=True, editable=False)
    # When a worker last asked for its link, and since when nothing is there.
    link_asked_on = SensibleDateField(null=True, blank=True, editable=False)
    link_dead_on = SensibleDateField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    # When it was posted, else when we heard of it: the order of lists, which has no gaps.
    listed_at = models.GeneratedField(
        expression=Coalesce("posted_at", "created_at"), output_field=models.DateTimeField(), db_persist=True
    )

    objects: ClassVar[PostingQuerySet] = PostingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        """A link is one posting; so is an id within its origin. Few indexes: they are most of an import's time."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["public_id"], name="posting_public_id"),
            models.UniqueConstraint(
                fields=["url_key"], name="posting_once", violation_error_message="This link is in the list already."
            ),
            models.UniqueConstraint(
                fields=["origin", "origin_id"], condition=~Q(origin_id=""), name="posting_origin_once"
            ),
            models.CheckConstraint(
                condition=Q(min_weeks__isnull=True) | Q(max_weeks__isnull=True) | Q(min_weeks__lte=F("max_weeks")),
                name="posting_weeks_in_order",
                violation_error_message="The shortest length is longer than the longest.",
            ),
        ]
        indexes: ClassVar = [
            GinIndex(fields=["search"], name="posting_search"),  # posting list, and its order:
            models.Index(fields=["-listed_at", "-id"], condition=Q(is_visible=True), name="posting_newest"),
            # The same without closed ones, which pile up over the years; and the few that are no internships.
            models.Index(fields=["-listed_at", "-id"], condition=Q(is_visible=True, is_open=True), name="posting_open"),
            models.Index(
                fields=["kind", "-listed_at", "-id"],
                condition=Q(is_visible=True) & ~Q(kind=Kind.INTERNSHIP),
                name="posting_other_kinds",
            ),
            # Deleting a team or a programme; few postings name one.
            models.Index(fields=["team"], condition=Q(team__isnull=False), name="posting_of_team"),
            models.Index(fields=["feed"], condition=Q(feed__isnull=False), name="posting_of_feed"),  # what is gone
            models.Index(fields=["programme"], condition=Q(programme__isnull=False), name="posting_of_programme"),
        ]

    def __str__(self) -> str:
        """Show the title."""
        return self.title

    @property
    def doubt(self) -> str:
        """Why it may not be open any more though the list says so; empty when nothing speaks against it."""
        return doubt_words(self.gone_on, self.link_dead_on) if self.is_open else ""
