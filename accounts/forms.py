"""Forms about oneself: signing up, and the settings."""

import datetime as dt
from typing import Any

from allauth.account.forms import SignupForm as AllauthSignupForm
from allauth.account.internal.flows.signup import prevent_enumeration
from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse

from accounts.entrance import EntranceWords
from accounts.models import Theme, User
from tracker.lib.clock import zone_choices
from tracker.lib.fields import validate_zone
from tracker.lib.forms import DayField, PlainWords


class SignupForm(EntranceWords, AllauthSignupForm):  # type: ignore[misc]  # allauth ships no types
    """Asks for the name as well, since letters and supervisors' pages show it; the browser tells the time zone."""

    name = forms.CharField(label="Your name", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    time_zone = forms.CharField(required=False, widget=forms.HiddenInput(attrs={"data-time-zone": ""}))
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


class ProfileForm(PlainWords, forms.Form):
    """Who one is."""

    name = forms.CharField(label="Your name", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    time_zone = forms.ChoiceField(
        label="Your time zone",
        help_text="Days begin and reminders come by this clock.",
        error_messages={"invalid_choice": "Choose a time zone from the list."},
    )
    is_student = forms.BooleanField(
        label="I look for internships myself", required=False, help_text="Shows Today, Applications and Window."
    )
    phd_started_on = DayField(
        label="PhD started on",
        required=False,
        help_text="Says which summers suit most people. Supervisors you share with see the year.",
        error_messages={"invalid": "Enter the day your PhD started, like 1 10 2024."},
    )

    def __init__(self, data: Any = None, *, person: User) -> None:  # noqa: ANN401 - as Django's own
        """Show what is known; whoever has no other role stays a student."""
        known = {name: getattr(person, name) for name in ("name", "time_zone", "is_student", "phd_started_on")}
        super().__init__(data, initial=known)
        self.fields["time_zone"].choices = zone_choices()[1:]  # type: ignore[attr-defined]
        if not (person.is_supervisor or person.is_curator or person.is_staff):
            del self.fields["is_student"]

    def facts(self) -> dict[str, Any]:
        """Return what the action takes."""
        facts = {"is_student": True, **self.cleaned_data}
        started: dt.date | None = facts["phd_started_on"]
        return {**facts, "name": facts["name"].strip(), "phd_started_on": started}


class AppearanceForm(PlainWords, forms.Form):
    """How pages look and act."""

    theme = forms.ChoiceField(
        label="Theme",
        choices=Theme.choices,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose one of the three themes."},
    )
    shortcuts = forms.BooleanField(
        label="Single-key shortcuts",
        required=False,
        help_text="C adds, G then T goes to Today, ? lists them all. Off: no single key acts.",
    )
