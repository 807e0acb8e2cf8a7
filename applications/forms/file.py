"""What forms that take a file have in common: the answer to one that is too large."""

from collections.abc import Callable

from applications.files import TooLargeError
from applications.forms.acting import ActingForm
from applications.forms.plain import PlainForm
from tracker.lib.errors import DomainError

TOO_LARGE = 413


class FileForm(PlainForm, ActingForm):
    """A form with a file, which the action judges; `refusal` is what it raises for one over the limit."""

    refusal: type[DomainError] = TooLargeError
    too_large = False

    @property
    def status(self) -> int:
        """The status of an answer that shows this form: 413 when the file was over the limit."""
        return TOO_LARGE if self.too_large else super().status

    def act[**P, T](self, action: Callable[P, T], *args: P.args, **facts: P.kwargs) -> T | None:
        """Run the action; remember whether the file was too large."""

        def watched(*args: P.args, **facts: P.kwargs) -> T:
            try:
                return action(*args, **facts)
            except self.refusal:
                self.too_large = True
                raise

        return super().act(watched, *args, **facts)
