"""Forms about oneself."""

from allauth.account.forms import SignupForm as AllauthSignupForm
from django import forms
from django.http import HttpRequest

from accounts.models import User


class SignupForm(AllauthSignupForm):  # type: ignore[misc]  # allauth ships no types
    """Asks for the name as well, since letters and supervisors' pages show it."""

    name = forms.CharField(label="Your name", max_length=120)
    field_order = ("name", "email", "password1")

    def save(self, request: HttpRequest) -> User:
        """Make the person, with the name."""
        user: User = super().save(request)
        user.name = self.cleaned_data["name"].strip()
        user.save(update_fields=["name"])
        return user
