"""How an app says which of its rows are a person's own data: what an export holds, and what an import brings back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models

COMPUTED = "The site computes it."
KEPT_FOR_CHECKS = "The site keeps it for its own checks."


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a person's data.

    `name` is that of its file. `rows` takes the person and returns their rows. `leaves_out` maps a field that is not
    written to the reason; an import gives such a field its default, or what `again` says. `comes_back` is false for
    what is told but cannot be brought: consent, what others did, what was sent. `holds_ids` names text fields that
    name other rows of the person by their public ids.
    """

    name: str
    model: type[models.Model]
    rows: Callable[[Any], models.QuerySet[Any]]
    leaves_out: Mapping[str, str] = field(default_factory=dict)
    again: Mapping[str, Callable[[Mapping[str, Any]], object]] = field(default_factory=dict)
    comes_back: bool = True
    holds_ids: tuple[str, ...] = ()

    def fields(self) -> "list[models.Field[Any, Any]]":
        """Return the columns that are written, in the order of the model."""
        skip = {*self.leaves_out, self.model._meta.pk.name} - self._owned_by_one()
        return [one for one in self.model._meta.concrete_fields if one.name not in skip]

    def column(self, name: str) -> "models.Field[Any, Any]":
        """Return one column of the model."""
        return next(one for one in self.model._meta.concrete_fields if one.name == name)

    def lists(self) -> "list[models.ManyToManyField[Any, Any]]":
        """Return the fields that name several rows."""
        return [one for one in self.model._meta.many_to_many if one.name not in self.leaves_out]

    @property
    def has_public_id(self) -> bool:
        """Whether its rows are told apart by a public id; else they are counted."""
        return any(one.name == "public_id" for one in self.model._meta.concrete_fields)

    def _owned_by_one(self) -> set[str]:
        """Return the key where it is the person themselves."""
        key = self.model._meta.pk
        return {key.name} if key.remote_field else set()
