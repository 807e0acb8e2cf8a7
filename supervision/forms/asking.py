"""The forms of a request: what a student asks whom for, and what they answer."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Row
from django import forms
from django.db.models import Case, When

from accounts.models import User
from applications.models import Application
from applications.stage import Stage
from supervision.actions import Wish
from supervision.asking import ASKED_CHOICES, FELLOW, Asked, answers
from supervision.models import Introduction, Request, Supervision
from tracker.lib.forms import DayField, PlainWords

BY_MAIL = "mail"
_CLOSED = Case(When(stage=Stage.CLOSED, then=1), default=0)
_LONG = {"max_length": "Use at most %(limit_value)d characters; this has %(show_value)d."}


class RequestForm(PlainWords, forms.Form):
    """What is asked, of whom, by when."""

    to = forms.ChoiceField(label="Whom do you ask?", error_messages={"invalid_choice": "Choose one from the list."})
    email = forms.EmailField(
        label="Their e-mail address",
        max_length=254,
        required=False,
        help_text="Only for somebody else. They answer by a link in the mail, without an account.",
        error_messages={"invalid": "Enter an e-mail address, like name@university.example"},
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    kind = forms.ChoiceField(
        label="What for?", choices=ASKED_CHOICES, error_messages={"invalid_choice": "Choose one from the list."}
    )
    what = forms.CharField(
        label="In a line",
        max_length=200,
        help_text="Like: reference letter for a research internship. They read this, and so does the mail.",
        error_messages={"required": "Enter in a line what you ask for", **_LONG},
    )
    due_on = DayField(label="Needed by", required=False)
    details = forms.CharField(
        label="What they need to know",
        max_length=4_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Where to send it, what to stress, links.",
        error_messages=_LONG,
    )
    application = forms.ModelChoiceField(
        label="About",
        queryset=Application.objects.none(),
        to_field_name="public_id",
        required=False,
        empty_label="No application of mine",
        help_text="For your own overview. They see it only as far as you share it with them, or name it above.",
        error_messages={"invalid_choice": "Choose one from the list."},
    )

    def __init__(self, *args: Any, student: User, **kwargs: Any) -> None:  # noqa: ANN401 - what Django takes
        """Offer the student's supervisors and applications."""
        super().__init__(*args, **kwargs)
        known = Supervision.objects.live().accepted().filter(student=student).select_related("supervisor")
        self.supervisions = {one.public_id: one for one in known.order_by("accepted_at", "pk")}
        people = [(key, str(one.supervisor)) for key, one in self.supervisions.items()]
        offers = (
            Introduction.objects.of_fellows(student).select_related("by", "company").order_by("company__name", "pk")
        )
        self.fellows = {f"{FELLOW}{one.public_id}": one for one in offers}
        people += [(key, f"{one.by}, fellow student, {one.company.name}") for key, one in self.fellows.items()]
        self.fields["to"].choices = [*people, (BY_MAIL, "Somebody else, by e-mail")]  # type: ignore[attr-defined]
        mine = Application.objects.visible_to(student).select_related("company")
        ordered = mine.alias(is_closed=_CLOSED).order_by("is_closed", "company__match_key", "pk")
        self.fields["application"].queryset = ordered  # type: ignore[attr-defined]
        self.fields["application"].label_from_instance = _title  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(Row("to", "email"), Row("kind", "due_on"), "what", "details", "application")

    def clean(self) -> dict[str, Any]:
        """Ask for the address of somebody else, and for the application that is to be approved."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        fellow = self.fellows.get(cleaned.get("to", ""))
        if fellow:
            cleaned["email"] = fellow.by.email
            if cleaned.get("kind") not in {None, Asked.INTRODUCTION}:
                self.add_error("kind", "A fellow student is asked for an introduction only.")
        if cleaned.get("to") == BY_MAIL and not cleaned.get("email") and "email" not in self.errors:
            self.add_error("email", "Enter their e-mail address")
        if (
            cleaned.get("kind") == Asked.APPROVAL
            and not cleaned.get("application")
            and "application" not in self.errors
        ):
            self.add_error("application", "Choose what is to be approved")
        return cleaned

    @property
    def supervision(self) -> Supervision | None:
        """Whom it goes to; None for somebody by mail."""
        return self.supervisions.get(self.cleaned_data["to"])

    @property
    def who(self) -> str:
        """The name or address of who is asked."""
        chosen = self.cleaned_data["to"]
        if chosen in self.fellows:
            return str(self.fellows[chosen].by)
        return str(self.supervision.supervisor) if self.supervision else self.cleaned_data["email"]

    def wish(self, facts: list[tuple[str, str]]) -> Wish:
        """Return what is asked for."""
        typed = {name: self.cleaned_data[name] for name in ("kind", "what", "details", "due_on", "application")}
        return Wish(**typed, facts=facts if typed["kind"] == Asked.APPROVAL else ())


class AnswerForm(PlainWords, forms.Form):
    """One of the answers that the kind has, and some words."""

    standing = forms.ChoiceField(
        label="Your answer",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of the answers.", "invalid_choice": "Choose one of the answers."},
    )
    text = forms.CharField(
        label="Your words",
        max_length=4_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages=_LONG,
    )

    def __init__(self, *args: Any, asked: Request, **kwargs: Any) -> None:  # noqa: ANN401 - what Django takes
        """Offer what can be answered now."""
        super().__init__(*args, **kwargs)
        self.fields["standing"].choices = answers(asked.kind, asked.standing)  # type: ignore[attr-defined]
        self.fields["text"].label = f"A word to {asked.student}"


def _title(application: Application) -> str:
    return f"{application.title}, {application.company.name}"
