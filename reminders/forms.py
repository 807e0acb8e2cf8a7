"""What a person wants to hear of, as a form."""

import datetime as dt

from django import forms

from reminders import words
from reminders.models import Preference
from reminders.plan import Kind
from reminders.queries import CHOSEN, Wish
from tracker.lib.forms import DayField, PlainWords


class PreferencesForm(PlainWords, forms.Form):
    """Two ticks for each kind, and a day until which e-mail is paused."""

    paused_until = DayField(
        label="Pause e-mail until",
        required=False,
        help_text="Nothing comes before this day, except about interviews.",
    )

    def __init__(self, *args: object, on: dt.date, **kwargs: object) -> None:
        """Make the ticks; on: the person's today."""
        super().__init__(*args, **kwargs)
        self.on = on
        for kind in CHOSEN:
            self.fields[f"{kind}_app"] = forms.BooleanField(label="In the app", required=False)
            self.fields[f"{kind}_mail"] = forms.BooleanField(label="E-mail", required=False)

    def clean_paused_until(self) -> dt.date | None:
        """Refuse a day that is over: it would pause nothing."""
        until: dt.date | None = self.cleaned_data["paused_until"]
        if until and until <= self.on:
            raise forms.ValidationError("Enter a day after today, or leave it empty")
        return until

    def rows(self) -> list[tuple[str, str, forms.BoundField, forms.BoundField]]:
        """Return name, explanation and the two ticks of each kind."""
        said = {
            Kind.INTERVIEWS: ("Interviews", f"On the day before each one{words.at_evening()}."),
            Kind.WINDOW: ("Window milestones", "When your window opens, half-way, and two weeks before it closes."),
        }
        return [(*said[kind], self[f"{kind}_app"], self[f"{kind}_mail"]) for kind in CHOSEN]

    def wishes(self) -> dict[Kind, Wish]:
        """Return what was chosen."""
        chosen = self.cleaned_data
        by_mail = {True: Preference.ByMail.NOW, False: Preference.ByMail.OFF}
        return {kind: Wish(by_mail[chosen[f"{kind}_mail"]], chosen[f"{kind}_app"]) for kind in CHOSEN}


def as_initial(wishes: dict[Kind, Wish], until: dt.date | None, on: dt.date) -> dict[str, object]:
    """Return the form's values of what holds now; a pause that is over is none."""
    ticks: dict[str, object] = {}
    for kind, wish in wishes.items():
        ticks |= {f"{kind}_mail": wish.by_mail == Preference.ByMail.NOW, f"{kind}_app": wish.app}
    return {**ticks, "paused_until": until if until and until > on else None}
