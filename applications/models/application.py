"""One student's applications, and what each asks for."""

import datetime as dt
import uuid
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from applications.choices import Closeness, CouldBecome, Meets, Reason, Source, WayIn
from applications.models.base import OfApplication, OfStudent
from applications.referral import Referral
from applications.stage import OUTCOME_CHOICES, STAGE_CHOICES, Look, Outcome, Stage, look
from companies.models import Company, Hours, Kind, Posting, Season, Team
from tracker.lib.clock import ANYWHERE_ON_EARTH
from tracker.lib.fields import SensibleDateField, WebURLField, validate_zone
from tracker.lib.ids import LENGTH, new_public_id

ROLE_TO_ADD = "Role to add"

# `visible_to` for the few lists written in SQL, where `a` is the application and `me` the person's key.
MINE = "a.student_id = %(me)s"


ApplicationQuerySet = OfStudent["Application"]


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
    hold_until = SensibleDateField("wait until", null=True, blank=True)
    # The day on which somebody was asked, or answered.
    referral_on = SensibleDateField(null=True, blank=True, editable=False)
    source = models.CharField("found through", max_length=12, choices=Source, default=Source.UNKNOWN, blank=True)
    starts_from = SensibleDateField("start from", null=True, blank=True)
    starts_until = SensibleDateField("start until", null=True, blank=True)
    weeks = models.PositiveSmallIntegerField("length in weeks", null=True, blank=True)
    hours = models.CharField(max_length=4, choices=Hours, default=Hours.UNKNOWN, blank=True)
    notes = models.TextField("notes, for you alone", max_length=20_000, blank=True)
    tags = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    # Postings vanish: the text as it read when the student looked.
    posting_text = models.TextField("text of the posting", max_length=50_000, blank=True)
    closeness = models.CharField(
        "the team's work", max_length=8, choices=Closeness, default=Closeness.UNKNOWN, blank=True
    )
    could_become = ArrayField(models.CharField(max_length=12, choices=CouldBecome), default=list, blank=True)
    reasons = ArrayField(models.CharField(max_length=12, choices=Reason), default=list, blank=True)
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
    def referral(self) -> Referral:
        """How it stands with a referral."""
        return Referral(self.way_in, self.referrer, self.on_hold, self.hold_until)

    def date_referral(self, on: dt.date) -> None:
        """Take this day for the one of asking or of the answer; without either there is none."""
        self.referral_on = None if self.way_in == WayIn.NONE else on

    @property
    def is_open(self) -> bool:
        """Whether the search for this one goes on."""
        return self.stage != Stage.CLOSED


class Requirement(models.Model):
    """One line of what the posting asks for, and whether the student meets it."""

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="requirements")
    text = models.CharField("what they ask for", max_length=300)
    meets = models.CharField("do you meet it", max_length=6, choices=Meets, default=Meets.UNKNOWN, blank=True)
    position = models.PositiveSmallIntegerField(default=0, editable=False)

    objects: ClassVar[OfApplication["Requirement"]] = OfApplication["Requirement"].as_manager()  # type: ignore[assignment]

    class Meta:
        """Read by application, in order."""

        indexes: ClassVar = [models.Index(fields=["application", "position", "id"], name="requirement_of_application")]

    def __str__(self) -> str:
        """Show the text."""
        return self.text
