"""How every form of ours speaks: what to type, in the words of its labels; and how it takes a day."""

from django import forms

from tracker.lib.fields import validate_sensible_day

CHOOSING = (forms.ChoiceField, forms.ModelChoiceField)
_DAYS = ("%Y-%m-%d", "%d %m %Y", "%d/%m/%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y")


class DayField(forms.DateField):
    """A day between 1990 and 2100, as the browser's own picker sends it or as people write it."""

    default_validators = [validate_sensible_day]
    default_error_messages = {"invalid": "Enter the day, like 30 11 2026"}

    def __init__(self, **kwargs: object) -> None:
        """Show the browser's own picker."""
        kwargs["widget"] = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(**{"input_formats": _DAYS, **kwargs})  # type: ignore[arg-type]


class PlainWords:
    """Mix into a form: an empty required field asks for itself ("Enter your name") unless it has its own words."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Put the words on the fields of this one form."""
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            self.word(name, field)

    def word(self, name: str, field: forms.Field) -> None:
        """Let one field ask for itself when it is empty."""
        if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
            field.error_messages["required"] = ask_for(name, field)


def ask_for(name: str, field: forms.Field) -> str:
    """Return the sentence for an empty field: Enter the role, Choose a stage, Tick "I have sent it"."""
    label = str(field.label or name.replace("_", " "))
    if isinstance(field, forms.BooleanField):
        return f"Tick “{label}”"
    words = label[:1].lower() + label[1:] if label[1:2].islower() or label[1:2] in {"-", " ", ""} else label
    article = "" if words.startswith(("your ", "the ", "a ", "an ")) else "the "
    return f"{'Choose' if isinstance(field, CHOOSING) else 'Enter'} {article}{words}"
