"""What keeps two tabs from overwriting each other: a form that carries what the person saw when they began."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.safestring import SafeString, mark_safe

from applications.forms.acting import ActingForm
from applications.forms.plain import PlainForm, one_newline
from tracker.lib.dates import full_day

_LONGEST_VERSION = 9


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that the person changed while it changed elsewhere; `*_value` is what a control sends."""

    name: str
    label: str
    mine: str
    mine_value: str
    saved: str
    saved_value: str


class SeenForm(PlainForm, ActingForm, forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable when running
    """A form of one row. Beside each field it sends the value that was there when the form was made."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Let each field that people see remember its first value."""
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.show_hidden_initial = not field.widget.is_hidden

    def clean(self) -> dict[str, Any]:
        """Store one kind of line end."""
        cleaned = super().clean() or self.cleaned_data
        return {name: one_newline(value) for name, value in cleaned.items()}

    def remembered(self) -> list[forms.BoundField]:
        """Return the fields that remember."""
        return [field for field in self if field.field.show_hidden_initial]

    def seen_inputs(self) -> SafeString:
        """Return the hidden inputs with what was seen."""
        return mark_safe("".join(field.as_hidden(only_initial=True) for field in self.remembered()))  # noqa: S308 - widgets escape

    def details(self) -> dict[str, Any]:
        """Return what was typed, by field."""
        return {field.name: self.cleaned_data[field.name] for field in self.remembered()}

    def differences(self) -> list[Difference]:
        """Return, for a valid form of the row as it is now, the fields where what was typed is not what is saved."""
        mine = self.cleaned_data
        touched = [f for f in self.remembered() if f.name in self.changed_data and mine[f.name] != self.saved(f.name)]
        return [self._difference(field.name, str(field.label)) for field in touched]

    def kept(self) -> list[tuple[str, str]]:
        """Return (name, value) of all other fields as they are saved now: whoever changed them last was heard."""
        apart = {difference.name for difference in self.differences()}
        return [(f.name, wire(self.saved(f.name))) for f in self.remembered() if f.name not in apart]

    def now_seen(self) -> list[tuple[str, str]]:
        """Return (name, value) of the hidden inputs once the person has seen what is saved."""
        return [(field.html_initial_name, wire(self.saved(field.name))) for field in self.remembered()]

    def seen(self) -> dict[str, Any]:
        """Return what was there when the form was made, by field, out of the hidden inputs; None if unreadable."""
        return {field.name: self._seen(field) for field in self.remembered()}

    def _seen(self, field: forms.BoundField) -> object:
        hidden = field.field.hidden_widget()
        value = hidden.value_from_datadict(self.data, self.files, field.html_initial_name)
        try:
            return one_newline(field.field.clean(value))
        except forms.ValidationError:
            return None

    def seen_version(self) -> int:
        """Return the version that was seen; 0, which no row has, when it cannot be read."""
        version = str(self.cleaned_data.get("version", ""))
        return int(version) if version.isdecimal() and len(version) <= _LONGEST_VERSION else 0

    def was_seen(self) -> Any:  # noqa: ANN401 - a row of the form's model
        """Return the row as it was when the form was made, out of the hidden inputs: for rows without a version."""
        row = self._meta.model()
        for name, value in self.seen().items():
            setattr(row, name, value)
        return row

    def saved(self, name: str) -> object:
        """Return what the row holds."""
        return self.initial[name]

    def _difference(self, name: str, label: str) -> Difference:
        mine, saved = self.cleaned_data[name], self.saved(name)
        return Difference(name, label, self._read(name, mine), wire(mine), self._read(name, saved), wire(saved))

    def _read(self, name: str, value: object) -> str:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            names = dict(field.choices)  # type: ignore[arg-type]
            several = value if isinstance(value, list) else [value]
            return ", ".join(str(names.get(one, one)) for one in several) or "Empty"
        if isinstance(value, bool):
            return "Yes" if value else "No"
        return (full_day(value) if isinstance(value, dt.date) else wire(value)) or "Empty"


def wire(value: object) -> str:
    """Return a value as a control sends it."""
    if value is None or value is False:
        return ""
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    if isinstance(value, list):
        return ", ".join(value)
    return "on" if value is True else str(value)
