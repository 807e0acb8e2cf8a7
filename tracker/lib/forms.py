"""How every form of ours speaks: what to type, in the words of its labels."""

from django import forms

CHOOSING = (forms.ChoiceField, forms.ModelChoiceField)


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
