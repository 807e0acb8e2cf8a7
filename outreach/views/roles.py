"""Who asks for a page of people."""

from typing import cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from accounts.models import User
from outreach.models import Contact


def student(request: HttpRequest) -> User:
    """Return a student; 403 for everybody else."""
    user = cast("User", request.user)
    if not user.is_student:
        raise PermissionDenied
    return user


def own(request: HttpRequest, public_id: str) -> Contact:
    """Return one of one's own people; 404 for whoever has none such."""
    mine = Contact.objects.visible_to(cast("User", request.user)).select_related("company", "team")
    return get_object_or_404(mine, public_id=public_id)
