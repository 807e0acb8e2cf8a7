"""The form of one team within an application."""

from django import forms

from applications.forms.seen import SeenForm
from applications.models import TeamTalk
from companies.models import Team
from tracker.lib.forms import DayField


class TalkForm(SeenForm):
    """Which team, what it does, where the conversation stands."""

    version = forms.CharField(widget=forms.HiddenInput, required=False)
    team = forms.ModelChoiceField(
        label="Team on the list", queryset=Team.objects.none(), required=False, empty_label="Another team"
    )
    name = forms.CharField(label="Name of the team", max_length=160, required=False)

    class Meta:
        """A team of the company's list, or one that is typed."""

        model = TeamTalk
        fields = ("team", "name", "people", "project", "link", "talked_on", "state", "interest", "notes")
        field_classes = {"talked_on": DayField}
        widgets = {"notes": forms.Textarea(attrs={"rows": 3})}
        labels = {"notes": "Notes, only for you"}

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Offer the teams of the application's company."""
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version
        teams = Team.objects.filter(company=self.instance.application.company_id).order_by("name", "pk")
        self.fields["team"].queryset = teams  # type: ignore[attr-defined]  # a field of a model

    def clean(self) -> dict[str, object]:
        """Take the name of a chosen team when none is typed."""
        cleaned = super().clean()
        team = cleaned.get("team")
        if team and not cleaned.get("name"):
            cleaned["name"] = team.name
        if not cleaned.get("name") and not {"name", "team"} & self.errors.keys():
            self.add_error("name", "Choose a team, or enter its name")
        return cleaned

    def saved(self, name: str) -> object:
        """Return what the row holds, a team as itself."""
        value = super().saved(name)
        return self.instance.team if name == "team" else value
