"""Fields for several things, or for a row of another table, that still fit into one value beside what was seen."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings

from applications.reading.typed import LONGEST_TAG, read_tags, write_tags

_PLAIN = "Enter plain text."


class OneOf(forms.TypedChoiceField):
    """A choice of a row by its key, which may stay open."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Django's
        """Take a number; the rows are put in by the form."""
        super().__init__(coerce=int, empty_value=None, required=False, **kwargs)

    def offer(self, rows: Iterable[tuple[int, str]]) -> None:
        """Offer these rows, and none of them."""
        self.choices = [(None, "Not known yet"), *rows]


class _Joined(forms.HiddenInput):
    """The hidden twin of a field of several values: one input, with commas."""

    def format_value(self, value: Any) -> str | None:  # noqa: ANN401 - Django's
        return ", ".join(value) if isinstance(value, list) else value


class SeveralField(forms.MultipleChoiceField):
    """Boxes to tick; the ticked ones also come as one value with commas between."""

    widget = forms.CheckboxSelectMultiple
    hidden_widget = _Joined

    def to_python(self, value: Any) -> list[str]:  # noqa: ANN401 - Django's
        """Return what is ticked, in the order of the boxes where it is one of them."""
        values = [value] if isinstance(value, str) else super().to_python(value)
        ticked = [one.strip() for text in values for one in text.split(",") if one.strip()]
        known = [key for key in dict(self.choices) if key in ticked]  # type: ignore[arg-type]
        return known + [one for one in dict.fromkeys(ticked) if one not in known]

    def has_changed(self, initial: Any, data: Any) -> bool:  # noqa: ANN401 - Django's
        """Compare what is ticked."""
        return self.to_python(initial) != self.to_python(data)


class TagsField(forms.CharField):
    """Tags with commas between."""

    hidden_widget = _Joined

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]  # noqa: ANN401 - Django's
        """Read the tags; refuse what is too many, too long or no text."""
        tags = value if isinstance(value, list) else read_tags(super().to_python(value) or "")
        if any("\0" in tag for tag in tags):
            raise forms.ValidationError(_PLAIN)
        longest, most = max(tags, key=len, default=""), settings.WAYMARK_TAGS_MOST
        if len(longest) > LONGEST_TAG:
            message = f"Use at most {LONGEST_TAG} characters for a tag; one has {len(longest):,}."
            raise forms.ValidationError(message)
        if len(tags) > most:
            message = f"Use at most {most} tags; this has {len(tags):,}."
            raise forms.ValidationError(message)
        return tags

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401 - Django's
        """Show the tags as they are typed; what was refused as it was typed."""
        return write_tags(value) if isinstance(value, list) else value
