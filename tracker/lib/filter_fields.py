"""Fields of the filters above lists, written as strings.

crispy-forms and Django's widgets render a template for each field, which costs more than fifty rows below. Filters are
plain: no error is ever shown at one, since what they cannot read narrows nothing.
"""

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


def filter_field(field: forms.BoundField) -> SafeString:
    """Return label and control with the markup of crispy-forms: text, search, choice, tick box, or hidden."""
    widget = field.field.widget
    if widget.is_hidden:
        return _input(field, "hidden", "")
    if isinstance(widget, forms.CheckboxInput):
        return format_html(
            '<div class="mb-3"><div class="form-check">{}'
            '<label for="{}" class="form-check-label">{}</label></div></div>',
            _tick_box(field),
            field.auto_id,
            field.label,
        )
    control = _select(field) if isinstance(widget, forms.Select) else _input(field, widget.input_type, "form-control")
    return format_html(
        '<div class="mb-3"><label for="{}" class="form-label">{}</label>{}</div>', field.auto_id, field.label, control
    )


def _input(field: forms.BoundField, kind: str, css: str) -> SafeString:
    value = field.value()
    attributes = _attributes(field, css, type=kind, **({} if value in {None, ""} else {"value": str(value)}))
    return format_html("<input{}>", attributes)


def _tick_box(field: forms.BoundField) -> SafeString:
    attributes = _attributes(field, "form-check-input", type="checkbox", checked=bool(field.value()))
    return format_html("<input{}>", attributes)


def _select(field: forms.BoundField) -> SafeString:
    chosen = str(field.value() or "")
    options = format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((value, " selected" if str(value) == chosen else "", label) for value, label in _choices(field)),
    )
    return format_html("<select{}>{}</select>", _attributes(field, "form-select"), options)


def _choices(field: forms.BoundField) -> list[tuple[object, object]]:
    return list(field.field.choices)  # type: ignore[attr-defined]  # only fields with a select box come here


def _attributes(field: forms.BoundField, css: str, **more: str | bool) -> SafeString:
    own = field.build_widget_attrs(dict(field.field.widget.attrs))
    return flatatt({"name": field.html_name, **own, **({"class": css} if css else {}), "id": field.auto_id, **more})
