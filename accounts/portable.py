"""What of an account is its person's own data."""

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount

from accounts.models import Archive, SignIn, Token, User
from tracker.lib.portable import KEPT_FOR_CHECKS, Table

_HASHED = "It is a secret, kept as a hash only."
_ROLE = "Whoever runs the site gives it."

PROFILE = Table(
    "profile",
    User,
    lambda person: User.objects.filter(pk=person.pk),
    leaves_out={
        "password": _HASHED,
        "is_superuser": _ROLE,
        "is_staff": _ROLE,
        "groups": _ROLE,
        "user_permissions": _ROLE,
        "leaving_since": KEPT_FOR_CHECKS,
    },
    comes_back=False,
)

TABLES = (
    PROFILE,
    Table("addresses", EmailAddress, lambda person: EmailAddress.objects.filter(user=person), comes_back=False),
    Table("universities", SocialAccount, lambda person: SocialAccount.objects.filter(user=person), comes_back=False),
    Table("sign_ins", SignIn, lambda person: SignIn.objects.filter(user=person), comes_back=False),
    Table(
        "archives",
        Archive,
        # The one that is being made cannot tell of itself.
        lambda person: Archive.objects.visible_to(person).exclude(ended_at=None),
        leaves_out=dict.fromkeys(("stored_as", "began_at", "tries"), KEPT_FOR_CHECKS),
        comes_back=False,
    ),
    Table("tokens", Token, Token.objects.visible_to, leaves_out={"token_hash": _HASHED}, comes_back=False),
)

LEFT_OUT = {
    "Reply": "It is what a program was answered, kept for a day; the rows themselves stand in the other tables."
}
