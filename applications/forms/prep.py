"""Forms of a preparation plan: one line, another set, the days anew."""

from django import forms

from applications.forms.acting import ActingForm
from applications.forms.plain import PlainForm
from applications.forms.seen import SeenForm
from applications.interviews.prepsets import LONGEST_MINUTES
from applications.models import PrepItem, PrepSet
from tracker.lib.forms import DayField


class PrepItemForm(SeenForm):
    """What to do, how long it takes, when."""

    minutes = forms.IntegerField(label="Minutes", min_value=1, max_value=LONGEST_MINUTES, initial=30)

    class Meta:
        """Whether it is done is ticked, not typed."""

        model = PrepItem
        fields = ("text", "minutes", "on", "url")
        field_classes = {"on": DayField}
        labels = {"text": "What to do", "url": "Link"}

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Ask for words in words."""
        super().__init__(*args, **kwargs)
        self.fields["text"].error_messages["required"] = "Enter what to do"


class SetForm(PlainForm, ActingForm):
    """A set to copy into the plan."""

    prep_set = forms.ModelChoiceField(
        label="Set", queryset=PrepSet.objects.none(), to_field_name="slug", empty_label=None
    )

    def __init__(self, *args: object, sets: list[PrepSet], **kwargs: object) -> None:
        """Offer these sets."""
        super().__init__(*args, **kwargs)
        field = self.fields["prep_set"]
        field.queryset = PrepSet.objects.filter(is_active=True)  # type: ignore[attr-defined]  # a field of a model
        field.choices = [(one.slug, one.name) for one in sets]  # type: ignore[attr-defined]


class SpreadForm(PlainForm, ActingForm):
    """Whether weekends count."""

    weekends = forms.BooleanField(label="Weekends too", required=False)
