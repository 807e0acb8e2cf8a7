"""The page of one's own tokens."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actions import make_token, take_away
from accounts.models import Token
from api.forms import TokenForm
from applications.views.roles import person
from tracker.lib import clock
from tracker.lib.http import see, sent


@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """List the tokens, and make one: its secret is shown this once."""
    user, form, made = person(request), TokenForm(sent(request)), None
    if form.is_valid():
        made = form.act(make_token, person=user, at=clock.now(), **form.cleaned_data)
    shown = {
        "form": TokenForm() if made else form,
        "made": made[0] if made else None,
        "secret": made[1] if made else "",
        "tokens": Token.objects.visible_to(user).order_by("-made_at", "-pk"),
        "now": clock.now(),
        "refused": bool(form.errors),
    }
    return render(request, "api/tokens.html", shown, status=form.status)


@require_POST
def remove(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take a token away: its program is refused from now on."""
    token = get_object_or_404(Token.objects.visible_to(person(request)), public_id=public_id)
    take_away(token=token, by=person(request))
    messages.success(request, f"“{token.name}” opens nothing any more.")
    return see(request, "api:tokens")
