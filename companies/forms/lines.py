"""A list of texts as a form field: one a line, since places hold commas ("Charlotte, NC")."""

from django import forms
from django.core.exceptions import ValidationError


class LinesField(forms.CharField):
    """Reads each line as one text; empty lines and repetitions do not count."""

    widget = forms.Textarea

    def __init__(self, *, label: str, longest: int, required: bool = False) -> None:
        """Take the most characters of a line, and whether there must be one."""
        widget = forms.Textarea(attrs={"rows": 3, "cols": 60})
        super().__init__(label=label, help_text="One a line.", widget=widget, required=required)
        self.longest = longest

    def to_python(self, value: object) -> list[str]:  # type: ignore[override]
        """Split into lines."""
        lines = (" ".join(line.split()) for line in (super().to_python(value) or "").splitlines())
        return list(dict.fromkeys(filter(None, lines)))

    def validate(self, value: list[str]) -> None:
        """Refuse a line that is too long, and none where there must be one."""
        if self.required and not value:
            raise ValidationError(self.error_messages["required"], code="required")
        if any(len(line) > self.longest for line in value):
            raise ValidationError(f"Use at most {self.longest} characters on a line.")

    def run_validators(self, value: list[str]) -> None:
        """Check each line, such as for NUL characters."""
        for line in value:
            super().run_validators(line)

    def prepare_value(self, value: object) -> object:
        """Show a list as lines."""
        return "\n".join(value) if isinstance(value, list) else value

    def has_changed(self, initial: object, data: object) -> bool:
        """Compare as lists."""
        return self.to_python(data) != (initial or [])
