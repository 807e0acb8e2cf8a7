"""Forms of what a round taught: the debrief, an answer, and the filters of the question bank."""

from django import forms

from applications.actions.debriefs import LONGEST_QUESTION
from applications.choices import Felt
from applications.forms.seen import SeenForm
from applications.models import Debrief, InterviewRound, Question
from companies.forms import FilterForm
from tracker.lib.forms import DayField

_MOST_CHARACTERS = 40 * LONGEST_QUESTION


class DebriefForm(SeenForm):
    """Five minutes while it is fresh; everything may stay empty."""

    version = forms.CharField(widget=forms.HiddenInput, required=False)
    came_up = forms.CharField(
        label="What came up",
        max_length=_MOST_CHARACTERS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="One question a line. They go into your question bank.",
    )
    felt = forms.ChoiceField(
        label="How it felt", choices=[*Felt.choices[1:], Felt.choices[0]], required=False, widget=forms.RadioSelect
    )
    take_step = forms.BooleanField(label="Make it the next step of this application", required=False)
    step_on = DayField(label="By", required=False, help_text="With a day, Today reminds you of it.")

    class Meta:
        """The questions are rows of their own."""

        model = Debrief
        fields = ("felt", "went_well", "to_improve", "colleagues", "next_step", "thanked")
        widgets = {
            "went_well": forms.Textarea(attrs={"rows": 3}),
            "to_improve": forms.Textarea(attrs={"rows": 3}),
            "colleagues": forms.Textarea(attrs={"rows": 2}),
        }

    field_order = (
        "version",
        "came_up",
        "felt",
        "went_well",
        "to_improve",
        "colleagues",
        "thanked",
        "next_step",
        "take_step",
        "step_on",
    )

    def __init__(self, *args: object, came_up: str, **kwargs: object) -> None:
        """Show the questions that are known, and send along which version was seen: 0 before there is any."""
        super().__init__(*args, **kwargs)
        self.initial.update({"came_up": came_up, "take_step": False, "step_on": None})
        self.initial["version"] = self.instance.version if self.instance.pk else 0


class AnswerForm(SeenForm):
    """What one would answer."""

    class Meta:
        """The question itself is a line of the debrief."""

        model = Question
        fields = ("answer",)
        widgets = {"answer": forms.Textarea(attrs={"rows": 6})}


class QuestionFilterForm(FilterForm):
    """Narrows the question bank."""

    q = forms.CharField(
        label="Search", max_length=200, required=False, widget=forms.SearchInput(attrs={"data-search": ""})
    )
    kind = forms.ChoiceField(label="Round", choices=[("", "Any round"), *InterviewRound.Kind.choices], required=False)
    unanswered = forms.BooleanField(label="Without an answer", required=False)
