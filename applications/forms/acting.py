"""Forms that do one thing: a refusal of the action becomes an error of the form."""

from collections.abc import Callable

from django import forms

from tracker.lib.errors import DomainError, StaleError
from tracker.lib.forms import PlainWords


class Line(forms.CharField):
    """Text whose limits the action knows: also a NUL gets the action's sentence, not Django's."""

    default_validators = []

    def __init__(self, **kwargs: object) -> None:
        """Leave out the validator that every CharField brings."""
        super().__init__(**{"required": False, **kwargs})  # type: ignore[arg-type]
        self.validators = []


class ActingForm(PlainWords, forms.Form):
    """A form that is sent to one action."""

    def act[**P, T](self, action: Callable[P, T], *args: P.args, **facts: P.kwargs) -> T | None:
        """Run the action on a valid form and return what it returns; None, with errors shown, when it refuses.

        StaleError goes on to the view, which answers it with 409 and the present state.
        """
        try:
            return action(*args, **facts)
        except StaleError:
            raise
        except DomainError as error:
            self.add_error(error.field if error.field in self.fields else None, error.sentence)
            return None
