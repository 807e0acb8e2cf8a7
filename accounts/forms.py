"""Forms about oneself: allauth's own, in our words."""

from typing import ClassVar

from allauth.account import forms as allauth
from django import forms
from django.http import HttpRequest

from accounts.models import User
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
    """Asks for the name as well, since letters and supervisors' pages show it."""

    name = forms.CharField(label="Your name", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    field_order = ("name", "email", "password1")

    def save(self, request: HttpRequest) -> User:
        """Make the person, with the name."""
        user: User = super().save(request)
        user.name = self.cleaned_data["name"].strip()
        user.save(update_fields=["name"])
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
