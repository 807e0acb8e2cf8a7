"""What students propose to the shared list, and what became of it."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import User
from companies.models.companies import Company, Team
from companies.models.papers import Paper
from companies.models.postings import Posting
from companies.models.programmes import Programme
from tracker.lib.fields import WebURLField
from tracker.lib.ids import LENGTH, new_public_id

type Fact = Company | Team | Programme | Posting | Paper
"""A row of the list that somebody may propose, or other values for it."""


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """Proposals, by whose they are and by whether they wait."""

    def visible_to(self, user: User) -> Self:
        """Keep the person's own; curators read all of them in their queue, which has a guard of its own."""
        return self.filter(proposed_by=user)

    def waiting(self) -> Self:
        """Keep those that a curator shall decide about."""
        return self.filter(state=Proposal.State.WAITING)

    def reports(self, *, only: bool) -> Self:
        """Keep reports of stale postings, or all else."""
        return self.filter(is_report=True) if only else self.filter(is_report=False)


class Proposal(models.Model):
    """One suggestion: a new row, or other values for one that is there.

    A new company is a row already, its proposer's alone; all else lives in `values`, field -> JSON as the form of its
    subject reads it, until a curator approves it.
    """

    class Subject(models.TextChoices):
        """What it is about."""

        COMPANY = "company", "company"
        TEAM = "team", "team"
        PROGRAMME = "programme", "programme"
        POSTING = "posting", "posting"
        PAPER = "paper", "paper"

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = "waiting", "Waiting for a curator"
        ASKED = "asked", "Needs a change"
        APPROVED = "approved", "Added"
        DECLINED = "declined", "Not added"
        WITHDRAWN = "withdrawn", "Taken back"

    class Reason(models.TextChoices):
        """Why one is declined."""

        DOUBLE = "double", "It is in the list already"
        UNFIT = "unfit", "It has no place for PhD students"
        UNPROVEN = "unproven", "No source says so"
        STILL_TRUE = "still_true", "What the list says is still true"
        OTHER = "other", "Another reason"

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    subject = models.CharField(max_length=10, choices=Subject)
    is_new = models.BooleanField(default=False)
    is_report = models.BooleanField(default=False)
    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="proposals")
    # The row that shall change, of its subject; none for a new one.
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    programme = models.ForeignKey(Programme, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    posting = models.ForeignKey(Posting, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    paper = models.ForeignKey(Paper, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    values = models.JSONField(default=dict)
    why = models.CharField(max_length=500, blank=True)
    source_url = WebURLField("source", blank=True)
    # Kept for abuse only: curators see "a student".
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="proposals"
    )
    proposed_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    answer = models.CharField(max_length=500, blank=True)
    reason = models.CharField(max_length=10, choices=Reason, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[ProposalQuerySet] = ProposalQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        """The queue is read oldest first; nobody reports a posting twice while it waits."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["posting", "proposed_by"],
                condition=Q(is_report=True, state="waiting"),
                name="proposal_report_once",
                violation_error_message="You reported this posting already.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["asked", "approved", "declined"]) | Q(decided_at__isnull=False),
                name="proposal_decided_at",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["proposed_at", "id"], condition=Q(state="waiting"), name="proposal_queue"),
            models.Index(fields=["decided_at"], condition=Q(decided_at__isnull=False), name="proposal_results"),
        ]

    def __str__(self) -> str:
        """Show it by its key: what it says may be private."""
        return f"Proposal {self.pk}"

    @property
    def target(self) -> Fact | None:
        """The row that it is about; none for a new one, but for a company."""
        rows = {"team": self.team, "programme": self.programme, "posting": self.posting, "paper": self.paper}
        return self.company if self.subject == self.Subject.COMPANY else rows[self.subject]
