"""What is said about one application between the student and one supervisor."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.models import User
from applications.models import Application
from supervision.level import Level
from supervision.models.sharing import SharingException, Supervision
from tracker.lib.ids import LENGTH, new_public_id


class CommentQuerySet(models.QuerySet["Comment"]):
    """Comments, by who may read them."""

    def visible_to(self, user: User) -> Self:
        """Keep those on the student's own applications, and for a supervisor those on what is shared with them now."""
        return self.filter(Q(application__student=user) | Q(Q(supervision__supervisor=user), self._reaches()))

    def within_reach(self) -> Self:
        """Keep those that their supervisor may read now."""
        return self.filter(self._reaches())

    @staticmethod
    def _reaches() -> Q:
        hidden = SharingException.objects.filter(
            supervision=OuterRef("supervision"), application=OuterRef("application"), is_hidden=True
        )
        shares = Q(
            supervision__level__in=(Level.STAGES.value, Level.DETAILS.value), application__student__is_active=True
        )
        return Q(shares, ~Exists(hidden), supervision__ended_at=None)


class Comment(models.Model):
    """One thing said; each supervisor sees only what is said between the student and them."""

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    supervision = models.ForeignKey(Supervision, on_delete=models.CASCADE, related_name="comments")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="comments")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField("comment", max_length=4_000)
    at = models.DateTimeField()

    objects: ClassVar[CommentQuerySet] = CommentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        """Read by application, in order, and by the planner of reminders by when it was said."""

        indexes: ClassVar = [
            models.Index(fields=["application", "at"], name="comment_in_order"),
            models.Index(fields=["at"], name="comment_newest"),
        ]

    def __str__(self) -> str:
        """Show the key: the text is private."""
        return f"Comment {self.pk}"
