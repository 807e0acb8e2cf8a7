"""What of the shared list is close to one student's research, and by which words: computed by Celery, read by pages."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F
from django.db.models.lookups import Exact

from applications.models.base import OfStudent
from companies.models import Posting, Programme, Team


class Closeness(models.Model):
    """One team, programme or posting at its place in the order of one student; `words` made it so."""

    student = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    team = models.ForeignKey(Team, null=True, on_delete=models.CASCADE, related_name="+")
    programme = models.ForeignKey(Programme, null=True, on_delete=models.CASCADE, related_name="+")
    posting = models.ForeignKey(Posting, null=True, on_delete=models.CASCADE, related_name="+")
    place = models.PositiveSmallIntegerField()
    words = ArrayField(models.CharField(max_length=80), default=list)

    objects: ClassVar[OfStudent["Closeness"]] = OfStudent["Closeness"].as_manager()  # type: ignore[assignment]

    class Meta:
        """About one thing each; read in order."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Exact(
                    models.Func(
                        *map(F, ("team", "programme", "posting")),
                        function="num_nonnulls",
                        output_field=models.IntegerField(),
                    ),
                    1,
                ),
                name="closeness_of_one_thing",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["student", "place"], name="closeness_in_order")]

    def __str__(self) -> str:
        """Show the key: what it says is private."""
        return f"Closeness {self.pk}"
