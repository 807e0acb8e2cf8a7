"""Forms of documents: a file with its name, another version, another name, and which version went."""

from typing import Any

from django import forms

from applications.actions.filing import Upload
from applications.choices import DocumentKind
from applications.files import KINDS, TAKEN
from applications.forms.acting import ActingForm
from applications.forms.file import FileForm
from applications.forms.plain import PlainForm
from applications.forms.seen import SeenForm
from applications.models import Document
from tracker.lib.forms import DayField

_ACCEPT = ",".join(f".{ending}" for ending in KINDS)
_NOTE = {"max_length": 200, "required": False}


class _Tolerant(forms.FileField):
    """A file of any name and size: the action judges it, in its own words."""

    def __init__(self) -> None:
        """Say what is taken."""
        super().__init__(
            allow_empty_file=True,
            help_text=f"{TAKEN}, up to 5 MB.",
            widget=forms.FileInput(attrs={"accept": _ACCEPT}),
            error_messages={"required": "Choose the file"},
        )


class VersionForm(FileForm):
    """The next version of a document."""

    file = _Tolerant()
    note = forms.CharField(label="What changed", **_NOTE)  # type: ignore[arg-type]

    def upload(self) -> Upload:
        """Return the file as the action takes it."""
        file = self.cleaned_data["file"]
        return Upload(name=file.name, content=file.read())


class DocumentForm(VersionForm):
    """A new document with its first file."""

    name = forms.CharField(
        max_length=120, required=False, help_text="Such as “CV for research labs”. Without one, the name of the file."
    )
    kind = forms.ChoiceField(choices=DocumentKind)
    field_order = ("kind", "file", "name", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - passed on as they come
        """Call the note what it is for a first version."""
        super().__init__(*args, **kwargs)
        self.fields["note"].label = "Note"

    def called(self) -> str:
        """Return the name to use."""
        return self.cleaned_data["name"] or self.cleaned_data["file"].name.rpartition(".")[0][:120] or "Document"


class RenameForm(SeenForm):
    """Name and kind of a document."""

    class Meta:
        """Its files are versions, which are never changed."""

        model = Document
        fields = ("name", "kind")

    def validate_constraints(self) -> None:
        """Leave it to the action, which holds a lock."""

    def seen(self) -> dict[str, str]:
        """Return what stood in the form when it was made."""
        return {field.name: str(self.data.get(field.html_initial_name, "")) for field in self.remembered()}


class AttachForm(PlainForm, ActingForm):
    """Which version went with an application, and when."""

    version = forms.ChoiceField(label="Document")
    on = DayField(label="Sent on", required=False)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:  # noqa: ANN401 - passed on
        """Offer these versions."""
        super().__init__(*args, **kwargs)
        self.fields["version"].choices = [("", "Choose a document"), *choices]  # type: ignore[attr-defined]
