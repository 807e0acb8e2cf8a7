"""Reads the forms of a page as a browser would: which fields they have, what they send, what is said about them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset("area base br col embed hr img input link meta source track wbr use".split())
TYPED = frozenset({"", "text", "search", "url", "email", "tel", "number", "date", "time", "password", "textarea"})


@dataclass
class Field:
    """An input, select, textarea or a button with a name."""

    name: str
    type: str
    value: str = ""
    attrs: dict[str, str] = field(default_factory=dict)
    checked: bool = False

    @property
    def is_typed(self) -> bool:
        """Say whether a person types into it."""
        return self.type in TYPED


@dataclass
class Form:
    """A form that is sent by POST, with its fields in their order."""

    action: str
    fields: list[Field] = field(default_factory=list)
    has_plain_button: bool = False

    @property
    def typed(self) -> list[Field]:
        """The fields that a person types into."""
        return [one for one in self.fields if one.is_typed]

    def hidden(self) -> dict[str, list[str]]:
        """Return what is sent whatever the person does: hidden fields, and a button's value if all have a name."""
        sent: dict[str, list[str]] = {}
        for one in self.fields:
            if one.type == "hidden":
                sent.setdefault(one.name, []).append(one.value)
        buttons = [] if self.has_plain_button else [one for one in self.fields if one.type == "submit"][:1]
        return sent | {one.name: [one.value] for one in buttons}

    def chosen(self) -> dict[str, list[str]]:
        """Return what is chosen in it as it stands: options, ticks and radios."""
        sent: dict[str, list[str]] = {}
        for one in self.fields:
            if one.type == "select" or (one.type in {"radio", "checkbox"} and one.checked):
                sent.setdefault(one.name, []).append(one.value)
        return sent


class Reader(HTMLParser):
    """Collects the forms of a page, its ids, and the text of the elements that have one."""

    def __init__(self, html: str, address: str) -> None:
        super().__init__()
        self.address = address
        self.forms: list[Form] = []
        self.texts: dict[str, str] = {}
        self.ids: set[str] = set()
        self.links: list[tuple[str, str]] = []
        self.summary = ""
        self.focused = False
        self.title = ""
        self._named: dict[str, Form] = {}
        self._open: list[tuple[str, str]] = []
        self._form: Form | None = None
        self._area: Field | None = None
        self._select: Field | None = None
        self._link: str | None = None
        self._group = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        attrs = {name: value or "" for name, value in attributes}
        if attrs.get("id"):
            self.ids.add(attrs["id"])
        if tag == "form":
            post = attrs.get("method", "").lower() == "post"
            self._form = Form(attrs.get("action") or self.address) if post else None
            if self._form:
                self.forms.append(self._form)
                self._named[attrs.get("id", "")] = self._form
        if tag == "fieldset":
            self._group = attrs.get("aria-describedby", self._group)
        if "error-summary" in attrs.get("class", "").split():
            self.focused = "autofocus" in attrs and attrs.get("tabindex") == "-1" and attrs.get("role") == "alert"
            self._open.append((tag, "summary"))
            return
        if tag == "a" and self._within("summary"):
            self._link = attrs.get("href", "")
            self.links.append((self._link, ""))
        self._control(tag, attrs)
        if tag not in VOID:
            self._open.append((tag, attrs.get("id", "")))

    def _control(self, tag: str, attrs: dict[str, str]) -> None:
        form = self._named.get(attrs["form"]) if "form" in attrs else self._form
        if tag == "option" and self._select and ("selected" in attrs or not self._select.checked):
            first = not self._select.checked and "first" not in self._select.attrs
            if "selected" in attrs or first:
                self._select.value = attrs.get("value", "")
            self._select.attrs["first"] = ""
            self._select.checked = "selected" in attrs or self._select.checked
        if form and tag == "button" and "name" not in attrs and attrs.get("type", "submit") == "submit":
            form.has_plain_button = True
        if form is None or not attrs.get("name") or tag not in {"input", "select", "textarea", "button"}:
            return
        attrs["aria-describedby"] = f"{attrs.get('aria-describedby', '')} {self._group}"
        kind = {"input": attrs.get("type", "text"), "button": "submit"}.get(tag, tag)
        value = attrs.get("value", "on" if kind in {"radio", "checkbox"} else "")
        one = Field(attrs["name"], kind, value, attrs, "checked" in attrs)
        form.fields.append(one)
        self._area = one if tag == "textarea" else self._area
        self._select = one if tag == "select" else self._select

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        self._group = "" if tag == "fieldset" else self._group
        self._area = None if tag == "textarea" else self._area
        self._select = None if tag == "select" else self._select
        self._link = None if tag == "a" else self._link
        for place in range(len(self._open) - 1, -1, -1):
            if self._open[place][0] == tag:
                del self._open[place:]
                break

    def handle_data(self, data: str) -> None:
        if self._area:
            self._area.value += data
        if self._within("title", by_tag=True):
            self.title += data
        if self._within("summary"):
            self.summary += data
            if self._link is not None:
                self.links[-1] = (self._link, self.links[-1][1] + data)
        for _tag, name in self._open:
            if name:
                self.texts[name] = self.texts.get(name, "") + data

    def _within(self, name: str, *, by_tag: bool = False) -> bool:
        return any(name == (tag if by_tag else told) for tag, told in self._open)
