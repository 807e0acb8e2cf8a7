"""The shared list: who offers what, when, and how we know."""

from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from accounts.models import User
from tracker.lib.clock import ANYWHERE_ON_EARTH
from tracker.lib.fields import SensibleDateField, WebURLField, validate_zone
from tracker.lib.ids import LENGTH, new_public_id


class Kind(models.TextChoices):
    """What is offered; an enrichment scheme is no internship and has its own deadline, mostly in February."""

    INTERNSHIP = "internship", "Internship"
    SCHEME = "scheme", "Enrichment scheme"
    VISIT = "visit", "Research visit"
    FELLOWSHIP = "fellowship", "Fellowship"


class Hours(models.TextChoices):
    """How much of a week it takes."""

    UNKNOWN = "", "Not stated"
    FULL = "full", "Full time"
    PART = "part", "Part time"


class Sourced(models.Model):
    """Where a fact comes from, and the day a curator last looked: without a day, it was never checked."""

    source_url = WebURLField("source", blank=True)
    source_note = models.CharField(max_length=500, blank=True)
    checked_on = SensibleDateField(null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        """Columns of each fact's own table."""

        abstract = True


class CompanyQuerySet(models.QuerySet["Company"]):
    """Companies, by who may see them."""

    def visible_to(self, user: User) -> Self:
        """Keep the approved ones and those this person added; a curator sees all."""
        return self if user.is_curator else self.filter(Q(approved_at__isnull=False) | Q(proposed_by=user))

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


class Programme(Sourced):
    """What a company offers again and again: a summer internship, an enrichment scheme."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="programmes")
    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=80)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.INTERNSHIP)
    hours = models.CharField(max_length=4, choices=Hours, default=Hours.UNKNOWN, blank=True)
    min_weeks = models.PositiveSmallIntegerField("shortest, in weeks", null=True, blank=True)
    max_weeks = models.PositiveSmallIntegerField("longest, in weeks", null=True, blank=True)
    places = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    url = WebURLField("page", blank=True)
    notes = models.TextField(blank=True)

    class Meta:
        """A slug is unique within its company; lengths are in order."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["company", "slug"], name="programme_slug"),
            models.CheckConstraint(
                condition=Q(min_weeks__isnull=True) | Q(max_weeks__isnull=True) | Q(min_weeks__lte=F("max_weeks")),
                name="programme_weeks_in_order",
                violation_error_message="The shortest length is longer than the longest.",
            ),
        ]

    def __str__(self) -> str:
        """Show the name."""
        return self.name


class SeasonQuerySet(models.QuerySet["Season"]):
    """Seasons, by day."""

    def ending_from(self, on: "object") -> Self:
        """Keep those whose window has not closed before this day, next one first."""
        return self.filter(closes_on__gte=on).order_by("closes_on", "pk")


class Season(models.Model):
    """A summer and the window in which one applies for it: "Summer 2027", 1 October 2026 to 31 January 2027."""

    name = models.CharField(max_length=40, unique=True)
    slug = models.SlugField(max_length=40, unique=True)
    opens_on = SensibleDateField()
    closes_on = SensibleDateField()
    starts_on = SensibleDateField("usual start", help_text="The first day of the season itself, e.g. 1 June.")

    objects: ClassVar[SeasonQuerySet] = SeasonQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        """The window opens before it closes."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(opens_on__lt=F("closes_on")),
                name="season_days_in_order",
                violation_error_message="The window closes before it opens.",
            ),
        ]

    def __str__(self) -> str:
        """Show the name."""
        return self.name


class Cycle(Sourced):
    """A programme in one season, with its own window; "expected" days are rolled forward, not promised."""

    class State(models.TextChoices):
        """How sure the days are."""

        EXPECTED = "expected", "Expected"
        CONFIRMED = "confirmed", "Confirmed"
        CLOSED = "closed", "Closed"

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="cycles")
    season = models.ForeignKey(Season, on_delete=models.PROTECT, related_name="cycles")
    state = models.CharField(max_length=10, choices=State, default=State.EXPECTED)
    opens_on = SensibleDateField(null=True, blank=True)
    closes_on = SensibleDateField(null=True, blank=True)
    zone = models.CharField(max_length=64, default=ANYWHERE_ON_EARTH, validators=[validate_zone])

    class Meta:
        """One cycle per programme and season, with its days in order."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "season"], name="cycle_once"),
            models.CheckConstraint(
                condition=Q(opens_on__isnull=True) | Q(closes_on__isnull=True) | Q(opens_on__lte=F("closes_on")),
                name="cycle_days_in_order",
                violation_error_message="The window closes before it opens.",
            ),
        ]

    def __str__(self) -> str:
        """Show programme and season by their keys, so that no query is needed."""
        return f"Cycle {self.pk}"


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
            models.Index(fields=["programme"], condition=Q(programme__isnull=False), name="posting_of_programme"),
        ]

    def __str__(self) -> str:
        """Show the title."""
        return self.title
