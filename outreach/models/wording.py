"""Letters in a student's own words, in place of ours."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models

from accounts.models import User

LONGEST_SUBJECT, LONGEST_LETTER = 200, 4_000


class WordingQuerySet(models.QuerySet["Wording"]):
    """Letters, by whose words they are."""

    def visible_to(self, user: User) -> Self:
        """Keep one's own."""
        return self.filter(student=user)


class Wording(models.Model):
    """One kind of letter as this student writes it."""

    student = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="wordings")
    kind = models.CharField(max_length=10)
    subject = models.CharField(max_length=LONGEST_SUBJECT)
    text = models.TextField(max_length=LONGEST_LETTER)

    objects: ClassVar[WordingQuerySet] = WordingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        """Each kind once."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["student", "kind"], name="wording_once")]

    def __str__(self) -> str:
        """Show the key of the row."""
        return f"Wording {self.pk}"
