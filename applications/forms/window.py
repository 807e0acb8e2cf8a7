"""The plan of a season, and its steps."""

from typing import Any

from django import forms
from django.http import QueryDict

from applications.forms.seen import SeenForm, wire
from applications.models import PlanStep, SeasonPlan
from applications.season.pace import MOST_A_WEEK
from tracker.lib.forms import DayField

MOST_GOAL, MOST_WEEKS = 200, 52
_OF_NUMBERS = ("invalid", "min_value", "max_value")


def _number(label: str, most: int, like: int) -> forms.IntegerField:
    between = f"Enter a number from 1 to {most}."
    words = {"invalid": f"Enter a whole number, like {like}.", "min_value": between, "max_value": between}
    return forms.IntegerField(label=label, min_value=1, max_value=most, required=False, error_messages=words)


class PlanForm(SeenForm):
    """What one wants from the season; an empty day is the season's own. What is not sent stays as it is."""

    goal = _number("Applications to send", MOST_GOAL, 20)
    weekly_target = _number("Weekly target", MOST_A_WEEK, 3)
    weeks = _number("Length in weeks", MOST_WEEKS, 16)
    opens_on = DayField(label="Window opens", required=False)
    closes_on = DayField(label="Window closes", required=False)
    starts_on = DayField(label="Start you would like", required=False)

    class Meta:
        """In the order in which people decide."""

        model = SeasonPlan
        fields = ("goal", "weekly_target", "starts_on", "weeks", "opens_on", "closes_on")

    def __init__(self, data: QueryDict | None = None, *, initial: dict[str, Any], instance: SeasonPlan) -> None:
        """Complete what is sent: the two buttons of the weekly target send nothing else."""
        super().__init__(_completed(data, initial) if data is not None else None, initial=initial, instance=instance)
        self.fields["weeks"].help_text = "Usually 12 to 26: 3 to 6 months."

    def word(self, name: str, field: forms.Field) -> None:
        """Keep the words of the numbers."""
        own = {code: field.error_messages[code] for code in _OF_NUMBERS if code in field.error_messages}
        super().word(name, field)
        field.error_messages.update(own if isinstance(field, forms.IntegerField) else {})

    def _post_clean(self) -> None:
        """Leave the days to the action, which knows the season's own."""

    def seen(self) -> dict[str, Any]:
        """Return what was seen; the buttons and the question for a goal send a fact without."""
        return {name: value for name, value in super().seen().items() if f"initial-{name}" in self.data}

    def facts(self) -> dict[str, Any]:
        """Return what was changed."""
        return {name: self.cleaned_data[name] for name in self.changed_data}


class OwnStepForm(SeenForm):
    """A step of one's own, such as a conference week."""

    begins_on = DayField(label="First day")
    ends_on = DayField(label="Last day", required=False)

    class Meta:
        """What and when."""

        model = PlanStep
        fields = ("title", "begins_on", "ends_on")
        help_texts = {"title": "A conference or workshop week, a thesis deadline, a holiday."}

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Ask for a title, which only derived steps do without."""
        super().__init__(*args, **kwargs)
        self.fields["title"].required = True

    def _post_clean(self) -> None:
        """Leave the order of the days to the action."""


class MoveStepForm(SeenForm):
    """Other days for a derived step; without any it follows the plan again."""

    begins_on = DayField(label="First day", required=False)
    ends_on = DayField(label="Last day", required=False, help_text="Leave both empty for the usual days.")

    class Meta:
        """When."""

        model = PlanStep
        fields = ("begins_on", "ends_on")

    def _post_clean(self) -> None:
        """Leave the order of the days to the action."""


def _completed(data: QueryDict, initial: dict[str, Any]) -> QueryDict:
    full = data.copy()
    for name in set(PlanForm.Meta.fields) - set(data):
        full[name] = full[f"initial-{name}"] = wire(initial[name])
    return full
