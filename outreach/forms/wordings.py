"""The form of a letter in one's own words."""

from django import forms

from outreach.models.wording import LONGEST_LETTER, LONGEST_SUBJECT
from tracker.lib.forms import PlainWords


class WordingForm(PlainWords, forms.Form):
    """Subject and text, with blanks."""

    subject = forms.CharField(max_length=LONGEST_SUBJECT)
    text = forms.CharField(
        max_length=LONGEST_LETTER,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text="{name}, {paper} and {me} are filled in for each person; … stays for you to fill.",
    )
