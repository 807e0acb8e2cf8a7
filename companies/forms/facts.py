"""Facts of the shared list as a form: the same for the student who proposes them and the curator who takes them."""

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst

from companies.actions.companies import LONGEST_NAME, clean_name
from companies.forms.lines import LinesField
from companies.links import BadLinkError, link_key
from companies.models import Company, Paper, Posting, Programme, Proposal, Team
from companies.naming import match_key
from companies.queries.known import companies_by_key, has_paper
from tracker.lib import clock
from tracker.lib.errors import DomainError
from tracker.lib.fields import validate_web_url
from tracker.lib.forms import DayField, PlainWords

if TYPE_CHECKING:
    ModelForm = forms.ModelForm[Any]
else:
    ModelForm = forms.ModelForm


def control(field: models.Field, **kwargs: Any) -> forms.Field | None:  # type: ignore[type-arg]  # noqa: ANN401 - Django's signature
    """Offer days by the browser's picker, zones as a list, and lists of texts as lines."""
    label = capfirst(str(field.verbose_name))
    if isinstance(field, ArrayField):
        return LinesField(label=label, longest=field.base_field.max_length or 0, required=not field.blank)
    if isinstance(field, models.DateField):
        return DayField(label=label, required=False)
    if field.name == "zone":
        return forms.ChoiceField(label="Time zone", choices=clock.zone_choices, initial=clock.ANYWHERE_ON_EARTH)
    if isinstance(field, models.TextField):
        kwargs["widget"] = forms.Textarea(attrs={"rows": 3})
    return field.formfield(**kwargs)


class Facts(PlainWords, ModelForm):
    """One row of the list, or some of its fields; nothing is saved here."""

    def __init__(self, *args: Any, only: Mapping[str, Any] | None = None, **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        """Ask for these fields alone, where some are given."""
        super().__init__(*args, **kwargs)
        self.row = forms.model_to_dict(self.instance, fields=list(self.fields))
        if only is not None:
            for name in self.fields.keys() - only.keys():
                del self.fields[name]

    def said(self) -> dict[str, Any]:
        """Return what differs from the row as JSON can hold it: field -> value."""
        return {name: _plain(self.cleaned_data[name]) for name in self.fields if self._differs(name)}

    def _differs(self, name: str) -> bool:
        return self.fields[name].has_changed(self.row.get(name), self._as_typed(name))

    def _as_typed(self, name: str) -> Any:  # noqa: ANN401 - as each widget reads it
        return self.fields[name].widget.value_from_datadict(self.data, self.files, self.add_prefix(name))


def _plain(value: Any) -> Any:  # noqa: ANN401 - a field's value
    if isinstance(value, models.Model):
        return value.pk
    return value.isoformat() if isinstance(value, dt.date) else value


class CompanyFacts(Facts):
    """Who they are and where one reads of them."""

    class Meta:
        """What people can know of a company."""

        model = Company
        fields = ("name", "website", "careers_url", "kind", "city", "country", "topics", "notes")
        formfield_callback = control

    def clean_name(self) -> str:
        """Return the name with single spaces; refuse that of another company in the list."""
        try:
            name = clean_name(self.cleaned_data["name"])
        except DomainError as error:
            raise ValidationError(error.sentence) from None
        if companies_by_key({match_key(name)}).get(match_key(name)) not in {None, self.instance.pk}:
            raise ValidationError("This company is in the list already, perhaps under another name.")
        self.instance.match_key = match_key(name)
        return name


class TeamFacts(Facts):
    """A group, and what it works on."""

    class Meta:
        """What people can know of a team."""

        model = Team
        fields = ("name", "topics", "place", "url")
        formfield_callback = control


class ProgrammeFacts(Facts):
    """What is offered again and again."""

    class Meta:
        """What people can know of a programme."""

        model = Programme
        fields = ("name", "kind", "url", "min_weeks", "max_weeks", "hours", "places", "notes")
        formfield_callback = control


class PostingFacts(Facts):
    """One advertised role."""

    class Meta:
        """What people can know of a posting."""

        model = Posting
        fields = ("title", "url", "kind", "places", "terms", "starts_on", "closes_on", "zone", "sponsorship", "is_open")
        formfield_callback = control

    def clean_url(self) -> str:
        """Refuse what is no link, and the link of another posting."""
        url: str = self.cleaned_data["url"]
        if not url:
            if self.instance.origin_id:
                return url
            raise ValidationError("Enter the link of the posting")
        try:
            key = link_key(url)
        except BadLinkError as error:
            raise ValidationError(str(error)) from None
        if Posting.objects.filter(url_key=key).exclude(pk=self.instance.pk).exists():
            raise ValidationError("This link is in the list already.")
        self.instance.url_key = key
        return url


class PaperFacts(Facts):
    """A public paper by people of the company."""

    class Meta:
        """What people can know of a paper."""

        model = Paper
        fields = ("title", "authors", "venue", "year", "url", "team")
        formfield_callback = control

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        """Offer the company's own teams."""
        super().__init__(*args, **kwargs)
        team = self.fields.get("team")
        if isinstance(team, forms.ModelChoiceField):
            team.empty_label = "Not known"
            team.queryset = self.instance.company.teams.order_by("name", "pk")

    def clean_url(self) -> str:
        """Refuse what is no link, and a paper that the company has."""
        url: str = self.cleaned_data["url"]
        try:
            key = link_key(url)
        except BadLinkError as error:
            raise ValidationError(str(error)) from None
        if has_paper(self.instance.company_id, key, but=self.instance.pk):
            raise ValidationError("This company has this paper already.")
        return url


FORMS: dict[str, type[Facts]] = {
    Proposal.Subject.COMPANY: CompanyFacts,
    Proposal.Subject.TEAM: TeamFacts,
    Proposal.Subject.PROGRAMME: ProgrammeFacts,
    Proposal.Subject.POSTING: PostingFacts,
    Proposal.Subject.PAPER: PaperFacts,
}


class WhyForm(PlainWords, forms.Form):
    """How the proposer knows."""

    prefix = "how"

    source_url = forms.CharField(label="Where it says so", required=False, widget=forms.URLInput)
    why = forms.CharField(
        label="Anything a curator should know", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def clean_source_url(self) -> str:
        """Refuse what is no web address."""
        url: str = self.cleaned_data["source_url"]
        if url:
            validate_web_url(url)
        return url


class NewCompanyForm(PlainWords, forms.Form):
    """A company that the list lacks."""

    name = forms.CharField(label="Name", max_length=LONGEST_NAME)
    website = forms.CharField(label="Website", required=False, widget=forms.URLInput)
    why = forms.CharField(
        label="Why it belongs in the list",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="What they work on, or where you read that they take PhD interns.",
    )

    def clean_website(self) -> str:
        """Refuse what is no web address."""
        url: str = self.cleaned_data["website"]
        if url:
            validate_web_url(url)
        return url


class WhichCompanyForm(PlainWords, forms.Form):
    """A company of the list, by its name."""

    name = forms.CharField(label="Company", max_length=LONGEST_NAME)


class ReportForm(forms.Form):
    """What is wrong with a posting; each way leads to one that is closed."""

    what = forms.ChoiceField(
        label="What did you see?",
        choices=[
            ("It says that it is closed", "It says that it is closed"),
            ("The link leads nowhere", "The link leads nowhere"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you saw", "invalid_choice": "Choose what you saw"},
    )
