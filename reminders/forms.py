"""What a person wants to hear of, where and when, as a form."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings

from applications.forms.plain import PlainForm
from reminders import push_keys, words
from reminders.models import DAYS, Preference, Times
from reminders.plan import Kind
from reminders.queries import Wish
from tracker.lib.forms import DayField

_ALONE = (Preference.ByMail.NOW, Preference.ByMail.OFF)
_HOURS = [(hour, f"{hour:02}:00") for hour in range(5, 23)]
_WALL = [(f"{hour:02}:00", f"{hour:02}:00") for hour in range(24)]
_STUDENTS_ONLY = ("weekly_day", "weekly_hour", "hour_before", "names_in_subjects")

ABOUT = {
    Kind.INTERVIEWS: f"On the day before each one{words.at_evening()}.",
    Kind.OFFERS: "Seven days, three days and one day before your answer is due.",
    Kind.CLOSING: "Seven and two days before a role closes that you have not sent.",
    Kind.FOLLOW_UPS: "One short note, 10 working days after you applied; and what came up, after a round.",
    Kind.WEEKLY: "What your week holds, from September to March. Without it nothing comes in the weekly plan.",
    Kind.WINDOW: "Two weeks before your window opens, on that day, half-way, and two weeks before it closes.",
    Kind.PROGRAMMES: "When a programme that you follow opens, and before a scheme closes.",
    Kind.PROPOSALS: "What became of what you suggested to the shared list.",
    Kind.REQUESTS: "A week and a day before a request is due, its answer, and comments on an application.",
    Kind.DIGEST: "On the first of the month: only what they share with you.",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One kind: what it is, its tick and its choice."""

    name: str
    about: str
    app: forms.BoundField
    mail: forms.BoundField


class PreferencesForm(PlainForm, forms.Form):
    """A tick and a choice for each kind that can reach the person, and when mails may come; nothing for nobody's."""

    paused_until = DayField(
        label="Pause e-mail until",
        required=False,
        help_text="Before this day only interviews, offer answers and the safety of your account are mailed.",
    )
    weekly_day = forms.TypedChoiceField(label="Day of the weekly plan", choices=DAYS, coerce=int)
    weekly_hour = forms.TypedChoiceField(label="Hour of the weekly plan", choices=_HOURS, coerce=int)
    quiet_from = forms.TypedChoiceField(label="Quiet from", choices=_WALL, coerce=dt.time.fromisoformat)
    quiet_until = forms.TypedChoiceField(
        label="Quiet until",
        choices=_WALL,
        coerce=dt.time.fromisoformat,
        help_text="E-mails that fall into these hours wait for their end. The same hour twice means none.",
    )
    hour_before = forms.BooleanField(label="Also one hour before an interview", required=False)
    names_in_subjects = forms.BooleanField(
        label="Show names of companies in subjects",
        required=False,
        help_text="A subject can be read on a locked phone.",
    )

    def __init__(self, data: Any = None, *, wishes: Mapping[Kind, Wish], times: Times, on: dt.date) -> None:  # noqa: ANN401 - as Django's own
        """Show what holds now; on: the person's today."""
        super().__init__(data, initial=_initial(wishes, times, on))
        self.kinds, self.on = tuple(wishes), on
        if not wishes:
            self.fields.clear()
        elif Kind.WEEKLY not in wishes:
            for name in _STUDENTS_ONLY:
                del self.fields[name]
        for kind in wishes:
            self.fields[f"{kind}_app"] = forms.BooleanField(
                label="In the app", required=False, widget=forms.CheckboxInput(attrs={"class": "form-check-input"})
            )
            self.fields[f"{kind}_mail"] = mail = forms.ChoiceField(
                label=Kind(kind).value, choices=_choices(kind), widget=forms.RadioSelect
            )
            mail.error_messages["required"] = f"Choose a way for {words.KINDS[kind]}"
            self.word(f"{kind}_mail", mail)

    def clean_paused_until(self) -> dt.date | None:
        """Refuse a day that is over: it would pause nothing."""
        until: dt.date | None = self.cleaned_data["paused_until"]
        if until and until <= self.on:
            raise forms.ValidationError("Enter a day after today, or leave it empty")
        return until

    def rows(self) -> list[Row]:
        """Return the kinds in their order."""
        names = dict(Preference._meta.get_field("kind").flatchoices)
        return [Row(names[kind], ABOUT[kind], self[f"{kind}_app"], self[f"{kind}_mail"]) for kind in self.kinds]

    def rest(self) -> list[forms.BoundField]:
        """Return the fields below the kinds."""
        return [self[name] for name in self.base_fields if name in self.fields]

    def wishes(self) -> dict[Kind, Wish]:
        """Return what was chosen of each kind."""
        chosen = self.cleaned_data
        return {kind: Wish(chosen[f"{kind}_mail"], chosen[f"{kind}_app"]) for kind in self.kinds}

    def times(self) -> dict[str, object]:
        """Return when mails may come."""
        return {name: self.cleaned_data[name] for name in self.base_fields if name in self.fields}


class DayForm(forms.Form):
    """The day of the weekly plan alone."""

    weekly_day = forms.TypedChoiceField(choices=DAYS, coerce=int)


def _choices(kind: Kind) -> list[tuple[str, str]]:
    """Leave the weekly plan out for itself, and for supervisors, who have none."""
    offered = _ALONE if kind in {Kind.WEEKLY, Kind.DIGEST} else Preference.ByMail
    return [(one.value, str(one.label)) for one in offered]


def _initial(wishes: Mapping[Kind, Wish], times: Times, on: dt.date) -> dict[str, object]:
    """Return the form's values of what holds now; a pause that is over is none."""
    known: dict[str, object] = {name: getattr(times, name) for name in PreferencesForm.base_fields}
    for kind, wish in wishes.items():
        known |= {f"{kind}_mail": wish.by_mail, f"{kind}_app": wish.app}
    for name in ("quiet_from", "quiet_until"):
        known[name] = f"{known[name]:%H:%M}"
    until = times.paused_until
    return known | {"paused_until": until if until and until > on else None}


class DeviceForm(forms.Form):
    """What a browser says of itself: where its push service takes messages, and its keys."""

    endpoint = forms.CharField(max_length=1000)
    p256dh = forms.CharField(max_length=88)
    auth = forms.CharField(max_length=24)

    def clean(self) -> dict[str, Any]:
        """Refuse services that nobody named, and keys that are none."""
        said = super().clean() or {}
        if not push_keys.is_allowed(said.get("endpoint", ""), settings.PUSH_SERVICES):
            self.add_error("endpoint", "Not a push service.")
        if not push_keys.are_keys(said.get("p256dh", ""), said.get("auth", "")):
            self.add_error("p256dh", "Not the keys of a device.")
        return said
