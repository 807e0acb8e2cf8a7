"""The forms of allauth in our words: labels above the fields, one hint about passwords, errors that say what to do."""

from allauth.account import forms as allauth
from django import forms

from tracker.lib.forms import PlainWords

PASSWORD_HINT = "At least 10 characters. Three or four words in a row are easy to remember."  # noqa: S105 - a hint
LABELS = {
    "login": "E-mail address",
    "email": "E-mail address",
    "oldpassword": "Password you have now",
    "password2": "New password once more",
    "remember": "Keep me signed in on this computer",
}


class EntranceWords(PlainWords):
    """Mix into a form of allauth; placeholders go, since they vanish while one types."""

    def word(self, name: str, field: forms.Field) -> None:
        """Say it our way, then ask for it when it is empty."""
        field.label = LABELS.get(name, str(field.label).capitalize())
        if "password" in name:
            field.help_text = PASSWORD_HINT if name == "password1" else ""
        field.widget.attrs.pop("placeholder", None)
        super().word(name, field)


class LoginForm(EntranceWords, allauth.LoginForm):  # type: ignore[misc]  # allauth ships no types
    """Signs in."""


class AddEmailForm(EntranceWords, allauth.AddEmailForm):  # type: ignore[misc]  # allauth ships no types
    """Adds an address."""


class ResetPasswordForm(EntranceWords, allauth.ResetPasswordForm):  # type: ignore[misc]  # allauth ships no types
    """Asks for the link to a new password."""


class ResetPasswordKeyForm(EntranceWords, allauth.ResetPasswordKeyForm):  # type: ignore[misc]  # allauth ships no types
    """Chooses the new password."""


class ChangePasswordForm(EntranceWords, allauth.ChangePasswordForm):  # type: ignore[misc]  # allauth ships no types
    """Changes the password of somebody signed in."""


class ReauthenticateForm(EntranceWords, allauth.ReauthenticateForm):  # type: ignore[misc]  # allauth ships no types
    """Asks for the password again."""
