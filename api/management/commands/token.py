"""manage.py token: a new token for somebody's programs, printed once."""

import argparse
from collections.abc import Sequence

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.actions import make_token
from accounts.models import Scope, User
from tracker.lib import clock
from tracker.lib.errors import DomainError

_EXAMPLES = """examples:
  manage.py token ada@waymark.example                              reads, for 90 days
  manage.py token ada@waymark.example --scope read --scope write --days 30
  WAYMARK_TOKEN=$(manage.py token ada@waymark.example) waymark list

It stands on its person's page of tokens, where they can remove it. What it opens is in docs/api.md.
"""
_LONGEST = 365


class Command(BaseCommand):
    """Prints the secret alone on its line; nobody can be told it again."""

    help = "Make a token of the API for a person and print it, this once."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take whose it is, what it opens, and how long."""
        parser.formatter_class = argparse.RawDescriptionHelpFormatter
        parser.epilog = _EXAMPLES
        parser.add_argument("email", metavar="EMAIL", help="whose token it is")
        parser.add_argument("--scope", action="append", choices=Scope.values, help="what it opens; may be repeated")
        parser.add_argument("--days", type=_days, default=90, help=f"how long, up to {_LONGEST} (90)")
        parser.add_argument("--name", default="manage.py token", help="what it is for, in their list")

    def handle(self, *, email: str, scope: Sequence[str] | None, days: int, name: str, **_: object) -> None:
        """Make it for an account that is in use."""
        person = User.objects.filter(email__iexact=email, is_active=True, leaving_since=None).first()
        if person is None:
            raise CommandError(f"Nobody here has the address {email}.", returncode=2)
        try:
            _token, secret = make_token(
                person=person, name=name[:80], scopes=scope or [Scope.READ], days=days, at=clock.now()
            )
        except DomainError as error:
            raise CommandError(error.sentence) from None
        self.stdout.write(secret)


def _days(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= _LONGEST:
        raise argparse.ArgumentTypeError(f"a whole number from 1 to {_LONGEST}")
    return int(text)
