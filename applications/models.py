"""One student's applications, what happened to each, and the interview rounds."""

import datetime as dt
import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models import User
from applications.choices import Source, WayIn
from applications.stage import OUTCOME_CHOICES, STAGE_CHOICES, Look, Outcome, Stage, look
from companies.models import Company, Hours, Kind, Posting, Season, Team
from tracker.lib.clock import ANYWHERE_ON_EARTH, instant
from tracker.lib.fields import SensibleDateField, WebURLField, validate_zone
from tracker.lib.ids import LENGTH, new_public_id

ROLE_TO_ADD = "Role to add"

# `visible_to` for the few lists written in SQL, where `a` is the application and `me` the person's key.
MINE = "a.student_id = %(me)s"


class ApplicationQuerySet(models.QuerySet["Application"]):
    """Applications, by owner."""

    def visible_to(self, user: User) -> Self:
        """Keep the person's own: the only road to an application. What is shared has its road in `supervision`."""
        return self.filter(student=user)


class Application(models.Model):
    """One student, one role or scheme."""

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    student = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="applications")
    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    posting = models.ForeignKey(Posting, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    season = models.ForeignKey(Season, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    role = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.INTERNSHIP)
    stage = models.CharField(max_length=12, choices=STAGE_CHOICES, default=Stage.INTERESTED, editable=False)
    stage_since = SensibleDateField(editable=False)
    applied_on = SensibleDateField(null=True, blank=True, editable=False)
    outcome = models.CharField(max_length=16, choices=OUTCOME_CHOICES, blank=True, editable=False)
    closing_reason = models.TextField("why, for you alone", max_length=5_000, blank=True)
    url = WebURLField("link", blank=True)
    place = models.CharField(max_length=160, blank=True)
    closes_on = SensibleDateField("closes on", null=True, blank=True)
    zone = models.CharField("in which time zone", max_length=64, default=ANYWHERE_ON_EARTH, validators=[validate_zone])
    next_step = models.CharField("next step", max_length=200, blank=True)
    next_step_on = SensibleDateField("by", null=True, blank=True)
    way_in = models.CharField("way in", max_length=8, choices=WayIn, default=WayIn.NONE)
    referrer = models.CharField("referred by", max_length=160, blank=True)
    on_hold = models.BooleanField("hold: wait for the referral before applying", default=False)
    source = models.CharField("found through", max_length=12, choices=Source, default=Source.UNKNOWN, blank=True)
    starts_from = SensibleDateField("start from", null=True, blank=True)
    starts_until = SensibleDateField("start until", null=True, blank=True)
    weeks = models.PositiveSmallIntegerField("length in weeks", null=True, blank=True)
    hours = models.CharField(max_length=4, choices=Hours, default=Hours.UNKNOWN, blank=True)
    notes = models.TextField("notes, for you alone", max_length=20_000, blank=True)
    # Grows with each change: an edit that began from an older number is shown both texts instead of winning.
    version = models.PositiveIntegerField(default=1, editable=False)
    # Made by the form: the second click of a double click finds the first one's application.
    request_key = models.UUIDField(default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects: ClassVar[ApplicationQuerySet] = ApplicationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        """Stage and outcome agree; days are in order."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["student", "request_key"], name="application_once_per_request"),
            models.CheckConstraint(condition=Q(stage__in=[s.value for s in Stage]), name="application_stage_known"),
            models.CheckConstraint(
                condition=(Q(stage=Stage.CLOSED) & ~Q(outcome__in=["", Outcome.ACCEPTED]))
                | (Q(stage=Stage.OFFER) & Q(outcome__in=["", Outcome.ACCEPTED]))
                | (~Q(stage__in=[Stage.CLOSED, Stage.OFFER]) & Q(outcome="")),
                name="application_outcome_fits_stage",
            ),
            models.CheckConstraint(
                condition=Q(starts_from__isnull=True)
                | Q(starts_until__isnull=True)
                | Q(starts_from__lte=F("starts_until")),
                name="application_start_in_order",
                violation_error_message="The latest start is before the earliest.",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["student", "stage", "-updated_at"], name="application_of_student"),  # board, table
            models.Index(fields=["student", "company"], name="application_at_company"),  # "You already track ..."
        ]

    def __str__(self) -> str:
        """Show the role; the company would cost a query."""
        return self.role or ROLE_TO_ADD

    @property
    def title(self) -> str:
        """The role, or a stand-in for an empty one."""
        return self.role or ROLE_TO_ADD

    @property
    def look(self) -> Look:
        """Label, icon and colour of the stage."""
        return look(self.stage, self.outcome)

    @property
    def is_open(self) -> bool:
        """Whether the search for this one goes on."""
        return self.stage != Stage.CLOSED


class EventQuerySet(models.QuerySet["Event"]):
    """Events, by owner."""

    def visible_to(self, user: User) -> Self:
        """Keep those of the person's own applications."""
        return self.filter(application__student=user)


class Event(models.Model):
    """Something that happened on a day; the stage of an application follows from its events."""

    class Kind(models.TextChoices):
        """What happened."""

        ADDED = "added", "Added"
        STAGE = "stage", "Stage"
        NOTE = "note", "Note"
        EMAIL = "email", "Email"
        CALL = "call", "Call"
        INTERVIEW = "interview", "Interview"
        ROUND = "round", "Round"
        EDIT = "edit", "Edit"

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=10, choices=Kind)
    on = SensibleDateField("day")
    stage = models.CharField(max_length=12, choices=STAGE_CHOICES, blank=True)
    came_from = models.CharField(max_length=12, choices=STAGE_CHOICES, blank=True)
    outcome = models.CharField(max_length=16, choices=OUTCOME_CHOICES, blank=True)
    text = models.TextField("what happened", max_length=5_000, blank=True)
    is_shared = models.BooleanField("share with supervisors who see details", default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[EventQuerySet] = EventQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        """A stage event, and the first one, name a stage."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=["added", "stage"], stage__gt="")
                | (~Q(kind__in=["added", "stage"]) & Q(stage="")),
                name="event_stage_fits_kind",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["application", "-on", "-id"], name="event_timeline")]  # timeline

    def __str__(self) -> str:
        """Show kind and day."""
        return f"{self.kind} on {self.on}"


class RoundQuerySet(models.QuerySet["InterviewRound"]):
    """Rounds, by owner and date."""

    def visible_to(self, user: User) -> Self:
        """Keep those of the person's own applications."""
        return self.filter(application__student=user)

    def upcoming(self, at: dt.datetime) -> Self:
        """Keep scheduled ones that begin at or after this instant."""
        return self.filter(status=InterviewRound.Status.SCHEDULED, starts_at__gte=at)


class InterviewRound(models.Model):
    """One interview; only the kind is required, and a round without a day is "expected"."""

    class Kind(models.TextChoices):
        """What it tests."""

        RECRUITER = "recruiter", "Recruiter chat"
        RESEARCH = "research", "Research discussion"
        TALK = "talk", "Research talk"
        FUNDAMENTALS = "fundamentals", "ML fundamentals"
        CODING = "coding", "Coding"
        DESIGN = "design", "ML design"
        TAKE_HOME = "take_home", "Take-home"
        TEAM_MATCH = "team_match", "Team match"
        OTHER = "other", "Other"

    class With(models.TextChoices):
        """Whose conversation it is."""

        UNKNOWN = "", "Not known yet"
        RECRUITER = "recruiter", "Recruiter"
        RESEARCHER = "researcher", "Researcher"
        ENGINEER = "engineer", "Engineer"
        MANAGER = "manager", "Manager"
        PANEL = "panel", "Panel"

    class Status(models.TextChoices):
        """Where the round stands."""

        SCHEDULED = "scheduled", "Scheduled"
        DONE = "done", "Done and waiting"
        PASSED = "passed", "Went through"
        NOT_THIS_TIME = "not_this_time", "Not this time"
        MOVED = "moved", "Moved"
        CANCELLED = "cancelled", "Cancelled"

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="rounds")
    kind = models.CharField(max_length=12, choices=Kind)
    with_whom = models.CharField("with whom", max_length=10, choices=With, default=With.UNKNOWN, blank=True)
    people = models.CharField("names", max_length=200, blank=True)
    # Wall time and zone are what the invitation says and what is kept; the instant is derived from them.
    on = SensibleDateField("date", null=True, blank=True)
    time = models.TimeField("start", null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    zone = models.CharField("time zone", max_length=64, default="Europe/London", validators=[validate_zone])
    starts_at = models.DateTimeField(null=True, blank=True, editable=False)
    place = models.CharField("where (a link or an address)", max_length=500, blank=True)
    status = models.CharField(max_length=14, choices=Status, default=Status.SCHEDULED)
    notes = models.TextField("notes, for you alone", max_length=10_000, blank=True)
    # Raised whenever the time moves, so that a reminder of the old time is superseded.
    revision = models.PositiveIntegerField(default=1, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects: ClassVar[RoundQuerySet] = RoundQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        """A start time needs a date; the derived instant is there exactly when both are."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(time__isnull=True) | Q(on__isnull=False),
                name="round_time_has_date",
                violation_error_message="Enter the date of this start time.",
            ),
            models.CheckConstraint(
                condition=Q(starts_at__isnull=False, time__isnull=False) | Q(starts_at__isnull=True, time__isnull=True),
                name="round_instant_derived",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["application"], name="round_of_application"),  # application page, board dots
            # the reminders' planner: scheduled rounds by time
            models.Index(fields=["starts_at"], condition=Q(status="scheduled"), name="round_scheduled"),
        ]

    def __str__(self) -> str:
        """Show the kind."""
        return self.get_kind_display()

    def derived_start(self) -> dt.datetime | None:
        """Return the UTC instant that date, time and zone name; None while either is unknown."""
        if self.on is None or self.time is None:
            return None
        return instant(self.on, self.time, self.zone)


class SeasonPlan(models.Model):
    """What one student wants from one season; without a row the season's own window and no goal hold."""

    student = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="season_plans")
    season = models.ForeignKey(Season, on_delete=models.CASCADE, related_name="plans")
    goal = models.PositiveSmallIntegerField("applications to send", null=True, blank=True)
    opens_on = SensibleDateField("window opens", null=True, blank=True)
    closes_on = SensibleDateField("window closes", null=True, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        """One plan per student and season."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["student", "season"], name="season_plan_once"),
            models.CheckConstraint(
                condition=Q(opens_on__isnull=True) | Q(closes_on__isnull=True) | Q(opens_on__lt=F("closes_on")),
                name="season_plan_days_in_order",
                violation_error_message="The window closes before it opens.",
            ),
        ]

    def __str__(self) -> str:
        """Show the season by its key, so that no query is needed."""
        return f"Plan {self.pk}"
