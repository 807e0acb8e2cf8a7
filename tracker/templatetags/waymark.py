"""The shared small pieces of every page: icon, pill, mark, dates, links to refused fields. Built in, never loaded.

`docs/STYLE.md`, "Shared pieces", shows each. Rows by the hundred use them, so what can be made once is made once.
"""

import datetime as dt
from functools import lru_cache
from typing import Protocol
from urllib.parse import parse_qsl

from django import forms, template
from django.conf import settings
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest
from django.template.base import FilterExpression, Parser, TextNode, Token
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from tracker.icons import NAMES
from tracker.lib import dates, mark
from tracker.lib.filter_fields import filter_field

register = template.Library()
register.filter("filter_field", filter_field)


class Look(Protocol):
    """What a pill shows: word, icon and colour class, all from one place (`applications.stage`)."""

    label: str
    icon: str
    css: str


@lru_cache(maxsize=1024)
def icon_html(name: str, label: str = "") -> SafeString:
    """Return an icon of the sprite; with a label it speaks, without it is decoration."""
    if name not in NAMES:
        message = f"There is no icon {name!r}: add its name to tracker/icons.py."
        raise template.TemplateSyntaxError(message)
    speech = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html('<svg class="i" {}><use href="{}#{}"/></svg>', speech, static("icons.svg"), name)


@lru_cache(maxsize=1024)
def pill_html(label: str, css: str = "soft", icon: str = "") -> SafeString:
    """Return a pill; css is soft, due, ok, outline or a stage's class."""
    return format_html('<span class="pill {}">{}{}</span>', css, icon_html(icon) if icon else "", label)


@lru_cache(maxsize=4096)
def mark_html(name: str, size: str = "") -> SafeString:
    """Return a company's mark; size is s, l or nothing. Decoration: the name stands beside it."""
    css = f"mono {mark.tone(name)} {size}".rstrip()
    return format_html('<span class="{}" aria-hidden="true">{}</span>', css, mark.initials(name))


class IconNode(template.Node):
    """An icon whose name or label is known only when the page is made."""

    def __init__(self, words: list[FilterExpression]) -> None:
        """Keep the expressions of name and label."""
        self.words = words

    def render(self, context: template.Context) -> SafeString:
        """Draw it."""
        return icon_html(*(str(word.resolve(context)) for word in self.words))


@register.tag("icon")
def icon(parser: Parser, token: Token) -> template.Node:
    """Draw an icon by name, with a label when it should speak; quoted words are drawn once, when the page is parsed."""
    _, *bits = token.split_contents()
    if len(bits) not in {1, 2}:
        message = "icon takes a name and perhaps a label."
        raise template.TemplateSyntaxError(message)
    words = [parser.compile_filter(bit) for bit in bits]
    if all(isinstance(word.var, str) and not word.filters for word in words):
        return TextNode(icon_html(*(str(word.var) for word in words)))
    return IconNode(words)


@register.tag("asset")
def asset(parser: Parser, token: Token) -> template.Node:  # noqa: ARG001 - what a tag takes
    """Write the address of a static file, as Django's own tag does, but looked up once instead of on every page."""
    _, path = token.split_contents()
    return TextNode(static(path.strip("'\"")))


@register.simple_tag
def stage_pill(look: Look) -> SafeString:
    """Show icon, word and colour of a stage."""
    return pill_html(look.label, look.css, look.icon)


@register.simple_tag
def pill(label: object, css: str = "soft", icon: str = "") -> SafeString:
    """Show a short fact."""
    return pill_html(str(label), css, icon)


@register.simple_tag(name="mark")
def company_mark(name: str, size: str = "") -> SafeString:
    """Show a company's two letters."""
    return mark_html(str(name), size)


@register.simple_tag(takes_context=True)
def current(context: template.Context, *prefixes: str) -> SafeString:
    """Return aria-current for a link: "page" on the very page, "true" below one of the prefixes, else nothing."""
    request: HttpRequest | None = context.get("request")
    path = request.path if request else ""
    if path in prefixes:
        return mark_safe(' aria-current="page"')
    return mark_safe(' aria-current="true"') if path.startswith(prefixes) else SafeString()


@register.simple_tag(takes_context=True)
def chosen_theme(context: template.Context) -> str:
    """Return light or dark, or nothing to follow the device: the person's choice, else this browser's cookie."""
    request: HttpRequest | None = context.get("request")
    if request is None:
        return ""
    user = getattr(request, "user", None)
    theme = user.theme if user is not None and user.is_authenticated else request.COOKIES.get("theme", "")
    return theme if theme in {"light", "dark"} else ""


@register.simple_tag
def university() -> str:
    """Return the name of the university that people may sign in with, or nothing."""
    return settings.OIDC_NAME if settings.OIDC_ISSUER else ""


@register.filter
def field_errors(form: forms.BaseForm) -> list[tuple[str, str]]:
    """Return (id of the control, error) for each refused field, in the order of the form."""
    return [(_first_control(field), str(error)) for field in form for error in field.errors]


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
def iso(value: dt.date | None) -> str:
    """Write a day or an instant for machines, as in the attribute datetime."""
    return value.isoformat() if value else ""


@register.filter
def ways_on(message: Message) -> dict[str, str]:
    """Return where a message leads: `undo`, `open`, `more` with its `label`, packed by `applications.views.told`."""
    return dict(parse_qsl(message.extra_tags or ""))
