"""Forms about oneself: allauth's own, in our words."""

from typing import ClassVar

from allauth.account import forms as allauth
from allauth.account.internal.flows.signup import prevent_enumeration
from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse

from accounts.models import User
from tracker.lib.fields import validate_zone
from tracker.lib.forms import PlainWords

PASSWORD_HINT = "At least 10 characters. Three or four words in a row are easy to remember."  # noqa: S105 - a hint


class EntranceWords(PlainWords):
    """Labels above the fields instead of placeholders in them; one hint about passwords instead of a list of rules."""

    labels: ClassVar[dict[str, str]] = {
        "login": "E-mail address",
        "email": "E-mail address",
        "oldpassword": "Password you have now",
        "password2": "New password once more",
        "remember": "Keep me signed in on this computer",
    }

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Replace allauth's words before the errors are worded after the labels."""
        self.label_suffix = ""
        super().__init__(*args, **kwargs)

    def word(self, name: str, field: forms.Field) -> None:
        """Say it our way, then ask for it when it is empty."""
        field.label = self.labels.get(name, field.label)
        field.help_text = PASSWORD_HINT if name == "password1" else ""
        field.widget.attrs.pop("placeholder", None)
        super().word(name, field)


class LoginForm(EntranceWords, allauth.LoginForm):  # type: ignore[misc]  # allauth ships no types
    """Signs in."""


class SignupForm(EntranceWords, allauth.SignupForm):  # type: ignore[misc]  # allauth ships no types
    """Asks for the name as well, since letters and supervisors' pages show it; the browser tells the time zone."""

    name = forms.CharField(label="Your name", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    time_zone = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput(attrs={"data-time-zone": ""}))
    field_order = ("name", "email", "password1", "time_zone")

    def clean_time_zone(self) -> str:
        """Keep a zone we know; nobody is stopped by a browser that names another."""
        zone: str = self.cleaned_data["time_zone"]
        try:
            validate_zone(zone)
        except ValidationError:
            return ""
        return zone

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """Make the person; the second click of a double click reads as any address that is taken."""
        try:
            with transaction.atomic():
                saved: tuple[User | None, HttpResponse | None] = super().try_save(request)
        except IntegrityError:
            return None, prevent_enumeration(request, email=self.cleaned_data["email"])
        return saved

    def save(self, request: HttpRequest) -> User:
        """Make the person, with name and time zone."""
        user: User = super().save(request)
        user.name = self.cleaned_data["name"].strip()
        user.time_zone = self.cleaned_data["time_zone"] or user.time_zone
        user.save(update_fields=["name", "time_zone"])
        return user


class AddEmailForm(EntranceWords, allauth.AddEmailForm):  # type: ignore[misc]  # allauth ships no types
    """Adds an address."""


class ResetPasswordForm(EntranceWords, allauth.ResetPasswordForm):  # type: ignore[misc]  # allauth ships no types
    """Asks for the link to a new password."""


class ResetPasswordKeyForm(EntranceWords, allauth.ResetPasswordKeyForm):  # type: ignore[misc]  # allauth ships no types
    """Chooses the new password."""

    labels: ClassVar[dict[str, str]] = {**EntranceWords.labels, "password1": "New password"}


class ChangePasswordForm(EntranceWords, allauth.ChangePasswordForm):  # type: ignore[misc]  # allauth ships no types
    """Changes the password of somebody signed in."""

    labels: ClassVar[dict[str, str]] = {**EntranceWords.labels, "password1": "New password"}


class ReauthenticateForm(EntranceWords, allauth.ReauthenticateForm):  # type: ignore[misc]  # allauth ships no types
    """Asks for the password again."""
