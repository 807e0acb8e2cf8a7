"""Fields of the filters above lists, written as strings.

crispy-forms and Django's widgets render a template for each field, which costs more than fifty rows below. Filters are
plain: no error is ever shown at one, since what they cannot read narrows nothing.
"""

from django import forms
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe


def filter_field(field: forms.BoundField) -> SafeString:
    """Return label and control with the markup of crispy-forms: text, search, choice, tick box, or hidden."""
    widget = field.field.widget
    if widget.is_hidden:
        return mark_safe(_input(field, "hidden"))  # noqa: S308 - every value is escaped below
    name, label = escape(field.auto_id), escape(field.label)
    if isinstance(widget, forms.CheckboxInput):
        box = f'<input type="checkbox"{" checked" * bool(field.value())}{_attributes(field, "form-check-input")}>'
        control = f'<div class="form-check">{box}<label for="{name}" class="form-check-label">{label}</label></div>'
    else:
        select = isinstance(widget, forms.Select)
        box = _select(field) if select else _input(field, widget.input_type, "form-control")
        control = f'<label for="{name}" class="form-label">{label}</label>{box}'
    return mark_safe(f'<div class="mb-3">{control}</div>')  # noqa: S308 - the same


def _input(field: forms.BoundField, kind: str, css: str = "") -> str:
    value = field.value()
    typed = "" if value in {None, ""} else f' value="{escape(value)}"'
    return f'<input type="{kind}"{typed}{_attributes(field, css)}>'


def _select(field: forms.BoundField) -> str:
    chosen = str(field.value() or "")
    options = "".join(
        f'<option value="{escape(value)}"{" selected" * (str(value) == chosen)}>{escape(label)}</option>'
        for value, label in field.field.choices  # type: ignore[attr-defined]  # a field with a select box has them
    )
    return f"<select{_attributes(field, 'form-select')}>{options}</select>"


def _attributes(field: forms.BoundField, css: str) -> str:
    """Return name, id, class, and what the form says of the control: an empty value is a bare attribute."""
    own = field.field.widget.attrs | field.field.widget_attrs(field.field.widget)
    known = {"name": field.html_name, "id": field.auto_id, **({"class": css} if css else {}), **own}
    return "".join(f' {name}="{escape(value)}"' if value else f" {name}" for name, value in known.items())
