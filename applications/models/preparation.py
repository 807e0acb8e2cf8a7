"""Preparing for a round, and what it taught: sets kept by curators, a plan per round, the debrief and its questions."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from applications.choices import Felt
from applications.models.base import OfRound
from applications.models.round import InterviewRound
from tracker.lib.fields import SensibleDateField, WebURLField
from tracker.lib.ids import LENGTH, new_public_id


class PrepSet(models.Model):
    """What to prepare, kept by curators: for rounds of one kind, with one sort of person; empty is for all of them."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField("kind of round", max_length=12, choices=InterviewRound.Kind, blank=True)
    with_whom = models.CharField(
        "with whom",
        max_length=10,
        choices=InterviewRound.With.choices[1:],
        default=InterviewRound.With.UNKNOWN,
        blank=True,
    )
    about = models.CharField(max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    is_suggested = models.BooleanField("part of the first plan", default=True)
    is_active = models.BooleanField("in use", default=True)
    source_url = WebURLField("source", blank=True)
    checked_on = SensibleDateField(null=True, blank=True)

    def __str__(self) -> str:
        """Show the name."""
        return self.name


class PrepSetItem(models.Model):
    """One thing to do, and about how long it takes."""

    prep_set = models.ForeignKey(PrepSet, on_delete=models.CASCADE, related_name="items")
    text = models.CharField(max_length=300)
    minutes = models.PositiveSmallIntegerField(default=30)
    url = WebURLField("link", blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        """A place in the set is taken once."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["prep_set", "position"], name="prep_set_item_place", deferrable=models.Deferrable.DEFERRED
            ),
        ]

    def __str__(self) -> str:
        """Show the text."""
        return self.text


class PrepItem(models.Model):
    """One line of the preparation of one round: the student's own copy, theirs to change."""

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    round = models.ForeignKey(InterviewRound, on_delete=models.CASCADE, related_name="prep")
    text = models.CharField("what", max_length=300)
    minutes = models.PositiveSmallIntegerField(default=30)
    url = WebURLField("link", blank=True)
    on = SensibleDateField("day", null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True, editable=False)
    position = models.PositiveSmallIntegerField(default=0, editable=False)
    # "set:item" it was copied from, so that adding a set twice adds nothing twice.
    came_from = models.CharField(max_length=80, blank=True, editable=False)

    objects: ClassVar[OfRound["PrepItem"]] = OfRound["PrepItem"].as_manager()  # type: ignore[assignment]

    class Meta:
        """Read by round, in order."""

        indexes: ClassVar = [models.Index(fields=["round", "position", "id"], name="prep_item_of_round")]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(text=""), name="prep_item_says_what")]

    def __str__(self) -> str:
        """Show the text."""
        return self.text


class Debrief(models.Model):
    """How a round went, written while it is fresh; for the student alone."""

    round = models.OneToOneField(InterviewRound, on_delete=models.CASCADE, related_name="debrief")
    felt = models.CharField("how it felt", max_length=6, choices=Felt, default=Felt.UNKNOWN, blank=True)
    went_well = models.TextField("where you showed your thinking", max_length=5_000, blank=True)
    to_improve = models.TextField("what you would do differently", max_length=5_000, blank=True)
    colleagues = models.TextField("would you want them as colleagues", max_length=2_000, blank=True)
    next_step = models.CharField("the next step they named", max_length=300, blank=True)
    thanked = models.BooleanField("a note of thanks is sent", default=False)
    written_on = SensibleDateField(editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects: ClassVar[OfRound["Debrief"]] = OfRound["Debrief"].as_manager()  # type: ignore[assignment]

    def __str__(self) -> str:
        """Show the day."""
        return f"Debrief of {self.written_on}"


class Question(models.Model):
    """One question that came up in a round: together they are the student's question bank."""

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    round = models.ForeignKey(InterviewRound, on_delete=models.CASCADE, related_name="questions")
    text = models.CharField("what was asked", max_length=500)
    answer = models.TextField("what you would answer", max_length=5_000, blank=True)
    position = models.PositiveSmallIntegerField(default=0, editable=False)

    objects: ClassVar[OfRound["Question"]] = OfRound["Question"].as_manager()  # type: ignore[assignment]

    class Meta:
        """Read by round, in order."""

        indexes: ClassVar = [models.Index(fields=["round", "position", "id"], name="question_of_round")]

    def __str__(self) -> str:
        """Show the question."""
        return self.text
