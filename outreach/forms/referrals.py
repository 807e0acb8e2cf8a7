"""The form of a referral."""

from collections.abc import Sequence
from typing import Any

from django import forms

from applications.choices import WayIn
from outreach.actions import Asked
from tracker.lib.forms import DayField, PlainWords

_ANSWERS = [
    (WayIn.ASKED.value, "I asked, and wait for the answer"),
    (WayIn.REFERRED.value, "They referred me"),
    (WayIn.DECLINED.value, "They declined"),
]


class ReferralForm(PlainWords, forms.Form):
    """For which application, what happened, and whether the application waits for it."""

    application = forms.ChoiceField(label="Application", error_messages={"invalid_choice": "Choose one from the list."})
    way_in = forms.ChoiceField(
        label="What happened",
        choices=_ANSWERS,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what happened.", "invalid_choice": "Choose one from the list."},
    )
    on_hold = forms.BooleanField(
        label="Hold: wait for the referral before applying",
        required=False,
        help_text="Some companies want no direct application while a referral runs.",
    )
    hold_until = DayField(
        label="Wait until", required=False, help_text="Without an answer by then, Today says to apply directly."
    )

    def __init__(self, *args: Any, offered: Sequence[tuple[str, str]], **kwargs: Any) -> None:  # noqa: ANN401 - what Django takes
        """Offer these applications: public id and words of each."""
        super().__init__(*args, **kwargs)
        self.fields["application"].choices = offered  # type: ignore[attr-defined]

    def asked(self) -> Asked:
        """Return what was chosen."""
        chosen = self.cleaned_data
        return Asked(WayIn(chosen["way_in"]), chosen["on_hold"], chosen["hold_until"])
