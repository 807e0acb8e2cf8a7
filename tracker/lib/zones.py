"""The field for a time zone. Its 430 options are made once: drawn one by one they cost more than the rest of a page."""

from functools import cache

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from tracker.lib.clock import zone_choices
from tracker.lib.fields import validate_zone


class ZoneSelect(forms.Select):
    """A select box of zones that is put together as text."""

    def render(
        self, name: str, value: object, attrs: dict[str, object] | None = None, renderer: object = None
    ) -> SafeString:
        """Draw the box with the chosen zone, which an import may have brought from outside the list."""
        del renderer
        options, chosen = _options(), format_html('<option value="{}"', value or "")
        if f"{chosen}>" in options:
            options = options.replace(f"{chosen}>", f"{chosen} selected>", 1)
        else:
            options = f"{chosen} selected>{escape(value or '')}</option>{options}"
        every = self.build_attrs(self.attrs, {"name": name, **(attrs or {})})
        return format_html("<select{}>{}</select>", flatatt(every), mark_safe(options))  # noqa: S308 - of escaped parts


class ZoneField(forms.ChoiceField):
    """A zone that exists; the list has the ones by region."""

    widget = ZoneSelect

    def __init__(self, **kwargs: object) -> None:
        """Bring the choices along."""
        super().__init__(choices=_choices, **kwargs)  # type: ignore[arg-type]

    def valid_value(self, value: object) -> bool:
        """Take every zone of the IANA database: older names are in use."""
        try:
            validate_zone(str(value))
        except ValidationError:
            return False
        return True


@cache
def _choices() -> list[tuple[str, str]]:
    """Keep the list, for which Python opens 600 files; it changes when the machine is updated."""
    return zone_choices()


@cache
def _options() -> str:
    return format_html_join("", '<option value="{}">{}</option>', _choices())
