"""Whose a row is: the roads to private rows, by how a model knows its student."""

from typing import Self

from django.db import models

from accounts.models import User


class OfStudent[M: models.Model](models.QuerySet[M]):
    """Rows that name their student."""

    def visible_to(self, user: User) -> Self:
        """Keep the person's own."""
        return self.filter(student=user)


class OfApplication[M: models.Model](models.QuerySet[M]):
    """Rows that belong to an application."""

    def visible_to(self, user: User) -> Self:
        """Keep those of the person's own applications."""
        return self.filter(application__student=user)


class OfRound[M: models.Model](models.QuerySet[M]):
    """Rows that belong to an interview round."""

    def visible_to(self, user: User) -> Self:
        """Keep those of rounds of the person's own applications."""
        return self.filter(round__application__student=user)
