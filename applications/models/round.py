"""Interview rounds, and the conversations with teams that want to know whether it fits."""

import datetime as dt
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from applications.models.application import Application
from applications.models.base import OfApplication
from companies.models import Team
from tracker.lib.clock import instant
from tracker.lib.fields import SensibleDateField, WebURLField, validate_zone
from tracker.lib.ids import LENGTH, new_public_id


class RoundQuerySet(OfApplication["InterviewRound"]):
    """Rounds, by date."""

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


class TeamTalk(models.Model):
    """One team that is spoken to within one application: team matching is several conversations side by side."""

    class State(models.TextChoices):
        """Where the conversation stands."""

        TO_TALK = "to_talk", "To talk"
        TALKING = "talking", "Talking"
        INTERESTED = "interested", "They are interested"
        MATCHED = "matched", "Matched"
        NOT_THIS_ONE = "not_this_one", "Not this one"

    class Interest(models.TextChoices):
        """How much the student wants it."""

        UNKNOWN = "", "Not decided"
        KEEN = "keen", "First choice"
        OPEN = "open", "Would be glad"
        LOW = "low", "Rather not"

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="team_talks")
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    name = models.CharField("team", max_length=160)
    people = models.CharField("names", max_length=200, blank=True)
    project = models.CharField("project", max_length=500, blank=True)
    link = WebURLField("their page", blank=True)
    talked_on = SensibleDateField("last talked on", null=True, blank=True)
    state = models.CharField("where it stands", max_length=12, choices=State, default=State.TO_TALK)
    interest = models.CharField("your interest", max_length=4, choices=Interest, default=Interest.UNKNOWN, blank=True)
    notes = models.TextField("notes, for you alone", max_length=5_000, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects: ClassVar[OfApplication["TeamTalk"]] = OfApplication["TeamTalk"].as_manager()  # type: ignore[assignment]

    class Meta:
        """At most one team is matched in an application."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(state="matched"),
                name="team_talk_matched_once",
                violation_error_message="Another team is matched already. Change that one first.",
            ),
        ]

    def __str__(self) -> str:
        """Show the team."""
        return self.name
