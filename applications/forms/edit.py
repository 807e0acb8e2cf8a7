"""The full form of an application."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Row
from django import forms

from applications.actions.editing import FIELDS
from applications.forms.seen import SeenForm
from applications.models import Application
from tracker.lib.forms import DayField
from tracker.lib.zones import ZoneField

DAYS = ("closes_on", "next_step_on", "starts_from", "starts_until")


class ApplicationForm(SeenForm):
    """All that an application says of itself; its stage is moved elsewhere."""

    version = forms.CharField(widget=forms.HiddenInput, required=False)
    zone = ZoneField(
        label="Closing time zone",
        help_text="Many close “anywhere on earth”, the last zone of all.",
    )

    class Meta:
        """What may be edited is written beside the action."""

        model = Application
        fields = FIELDS
        field_classes = dict.fromkeys(DAYS, DayField)
        widgets = {"notes": forms.Textarea(attrs={"rows": 4}), "url": forms.URLInput}
        labels = {
            "url": "Link to the posting",
            "closes_on": "Closes on",
            "next_step_on": "By",
            "way_in": "Referral",
            "on_hold": "Hold: wait for the referral before applying",
            "notes": "Notes, only for you",
            "weeks": "Length in weeks",
        }

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Send the version along, and lay the fields out."""
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            "version",
            Fieldset("The role", "role", Row("kind", "hours"), "url", "place", "source"),
            Fieldset("Next step", Row("next_step", "next_step_on")),
            Fieldset("Closing day", Row("closes_on", "zone")),
            Fieldset("Your way in", Row("way_in", "referrer"), "on_hold"),
            Fieldset("When you would be there", Row("starts_from", "starts_until", "weeks")),
            Fieldset("Notes", "notes"),
        )
