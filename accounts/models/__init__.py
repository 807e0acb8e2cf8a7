"""Who people are: the person who signs in, from which devices, and with which programs; archives of what is theirs."""

from accounts.models.archives import Archive, ArchiveQuerySet
from accounts.models.people import SignIn, Theme, User, UserManager
from accounts.models.tokens import Reply, Scope, Token, TokenQuerySet, hash_of

__all__ = [
    "Archive",
    "ArchiveQuerySet",
    "Reply",
    "Scope",
    "SignIn",
    "Theme",
    "Token",
    "TokenQuerySet",
    "User",
    "UserManager",
    "hash_of",
]
