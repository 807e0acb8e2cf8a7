"""What a student works on, in their own words."""

from django import forms

from applications.forms.plain import PlainForm
from companies.forms.lines import LinesField

_LONGEST = 60
_MOST = 30


class ResearchForm(PlainForm, forms.Form):
    """Topics, abstracts and papers: compared with the shared list, shown to nobody."""

    topics = LinesField(label="Topics", longest=_LONGEST)
    abstracts = forms.CharField(
        label="Abstracts",
        required=False,
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Of your papers, your thesis or your plan. Paste as many as you like.",
    )
    papers = forms.CharField(
        label="Papers in BibTeX",
        required=False,
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Their titles, abstracts and keywords are compared.",
    )

    def clean_topics(self) -> list[str]:
        """Take as many as anybody works on."""
        topics: list[str] = self.cleaned_data["topics"]
        if len(topics) > _MOST:
            raise forms.ValidationError(f"Enter at most {_MOST} topics")
        return topics
