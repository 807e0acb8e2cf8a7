"""The shared small pieces of every page: icon, pill, mark, dates, links to refused fields. Built in, never loaded.

`docs/STYLE.md`, "Shared pieces", shows each. What is fixed when a template is parsed is made then, not per row.
"""

import datetime as dt
from functools import cache
from typing import Any, Protocol

from django import forms, template
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from tracker.icons import NAMES
from tracker.lib import dates, mark

register = template.Library()


class Look(Protocol):
    """What a pill shows: word, icon and colour class, all from one place (`applications.stage`)."""

    label: str
    icon: str
    css: str


@cache
def icon_html(name: str, label: str = "") -> SafeString:
    """Return an icon of the sprite; with a label it speaks, without it is decoration."""
    if name not in NAMES:
        message = f"There is no icon {name!r}: add its name to tracker/icons.py."
        raise template.TemplateSyntaxError(message)
    speech = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')  # noqa: S308
    return format_html('<svg class="i" {}><use href="{}#{}"/></svg>', speech, static("icons.svg"), name)


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """{% icon "send" %} or {% icon "lock" "Only you" %}."""
    return icon_html(name, label)


@register.simple_tag
def stage_pill(look: Look) -> SafeString:
    """{% stage_pill application.look %}: icon, word and colour of a stage."""
    return format_html('<span class="pill {}">{}{}</span>', look.css, icon_html(look.icon), look.label)


@register.simple_tag
def pill(label: str, css: str = "soft", icon: str = "") -> SafeString:
    """{% pill "Closes in 3 days" "due" "clock" %}; css is soft, due, ok, outline or a stage's class."""
    return format_html('<span class="pill {}">{}{}</span>', css, icon_html(icon) if icon else "", label)


@register.simple_tag(name="mark")
def company_mark(name: str, size: str = "") -> SafeString:
    """{% mark company.name "s" %}: two letters; size is s, l or nothing. Decoration: the name stands beside it."""
    css = f"mono {mark.tone(name)} {size}".rstrip()
    return format_html('<span class="{}" aria-hidden="true">{}</span>', css, mark.initials(name))


@register.simple_tag(takes_context=True)
def current(context: template.Context, *prefixes: str) -> SafeString:
    """<a href="/today/"{% current "/today/" %}>: aria-current, "page" on the very page, "true" below it."""
    request: HttpRequest | None = context.get("request")
    path = request.path if request else ""
    if path in prefixes:
        return mark_safe(' aria-current="page"')
    return mark_safe(' aria-current="true"') if path.startswith(prefixes) and prefixes else SafeString()


@register.simple_tag(takes_context=True)
def chosen_theme(context: template.Context) -> str:
    """Return light or dark, or nothing to follow the device; the person's own choice, else the cookie of this browser."""
    request: HttpRequest | None = context.get("request")
    if request is None:
        return ""
    user = getattr(request, "user", None)
    theme = user.theme if user is not None and user.is_authenticated else request.COOKIES.get("theme", "")
    return theme if theme in {"light", "dark"} else ""


@register.filter
def field_errors(form: forms.BaseForm) -> list[tuple[str, str]]:
    """Return (id of the control, error) for each refused field, in the order of the form."""
    return [(_first_control(field), error) for field in form for error in field.errors]  # type: ignore[attr-defined]


def _first_control(field: forms.BoundField) -> str:
    return field.id_for_label or (f"{field.auto_id}_0" if field.field.widget.use_fieldset else field.auto_id)


@register.filter
def day(value: dt.date | None) -> str:
    """Thu 12 Nov."""
    return dates.day(value) if value else ""


@register.filter
def short_day(value: dt.date | None) -> str:
    """12 Nov."""
    return dates.short_day(value) if value else ""


@register.filter
def full_day(value: dt.date | None) -> str:
    """12 November 2026."""
    return dates.full_day(value) if value else ""


@register.filter
def weekday(value: dt.date | None) -> str:
    """Thursday 12 November."""
    return dates.weekday(value) if value else ""


@register.filter
def moment(value: dt.datetime | None) -> str:
    """Thu 12 Nov, 15:00 GMT, in the reader's zone."""
    return dates.moment(value) if value else ""


@register.filter
def iso(value: Any) -> str:
    """For <time datetime="">."""
    return value.isoformat() if value else ""
