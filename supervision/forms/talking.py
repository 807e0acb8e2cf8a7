"""The form of a comment."""

from django import forms

from tracker.lib.forms import PlainWords


class CommentForm(PlainWords, forms.Form):
    """What one has to say."""

    text = forms.CharField(
        label="Comment",
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "required": "Enter what you have to say",
            "max_length": "Use at most %(limit_value)d characters; this has %(show_value)d.",
        },
    )
