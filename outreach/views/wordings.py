"""Letters in one's own words, in place of ours."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from outreach import actions
from outreach.drafts import DRAFTS, TITLES, usual
from outreach.forms import WordingForm
from outreach.models import Wording
from outreach.views.roles import student
from tracker.lib.http import UNPROCESSABLE, see, sent


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """List the five letters, and which of them are in one's own words."""
    own = set(Wording.objects.visible_to(student(request)).values_list("kind", flat=True))
    return render(request, "outreach/wordings.html", {"letters": [(*one, one[0] in own) for one in TITLES]})


@require_http_methods(["GET", "HEAD", "POST"])
def wording(request: HttpRequest, kind: str) -> HttpResponse:
    """Change one of them, or go back to ours."""
    user = student(request)
    if kind not in DRAFTS:
        raise Http404
    if "usual" in request.POST:
        actions.forget_wording(kind=kind, by=user)
        messages.success(request, "Our words again.")
        return see(request, "outreach:wordings")
    kept = Wording.objects.visible_to(user).filter(kind=kind).first()
    ours = usual(kind)
    form = WordingForm(sent(request), initial={"subject": ours.subject, "text": ours.text})
    if kept:
        form.initial = {"subject": kept.subject, "text": kept.text}
    if form.is_valid():
        actions.save_wording(kind=kind, **form.cleaned_data, by=user)
        messages.success(request, "Saved. Drafts read so from now on.")
        return see(request, "outreach:wordings")
    shown = {"form": form, "title": ours.title, "kept": kept}
    return render(request, "outreach/wording.html", shown, status=UNPROCESSABLE if form.errors else 200)
