"""Who asks for a page of supervision, and whether the page is for them."""

from typing import cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from accounts.models import User
from supervision.policies import may_share, may_supervise


def person(request: HttpRequest) -> User:
    """Return who asks; every page but the two of a mail's link is for people who are signed in."""
    return cast("User", request.user)


def sharer(request: HttpRequest) -> User:
    """Return whoever shares, or asks for something; 403 for everybody else."""
    if not may_share(person(request)):
        raise PermissionDenied
    return person(request)


def introducer(request: HttpRequest) -> User:
    """Return whoever may offer introductions: a supervisor, or a student to fellows; 403 for everybody else."""
    if not (may_supervise(person(request)) or may_share(person(request))):
        raise PermissionDenied
    return person(request)


def supervisor(request: HttpRequest) -> User:
    """Return a supervisor; 403 for everybody else."""
    if not may_supervise(person(request)):
        raise PermissionDenied
    return person(request)
