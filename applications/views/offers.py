"""Offers: side by side, one of them in full, accepting one, and letters about them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from applications.actions.offers import accept_and_let_go, note_offer, weigh
from applications.actions.undoing import undoable
from applications.drafts import DRAFTS, About, Draft, decline, withdraw
from applications.forms.offer import OfferForm
from applications.models import Application, Offer
from applications.offers import TERMS
from applications.queries.offers import comparison, placement_url
from applications.queries.own import own_applications
from applications.stage import ACTIVE, SENT, Outcome, Stage
from applications.views.moved import application_url
from applications.views.page import own
from applications.views.roles import person, students_only
from applications.views.stale import overtaken
from applications.views.told import tell
from tracker.lib import clock
from tracker.lib.errors import DomainError, StaleError
from tracker.lib.http import refused, see, sent


@require_safe
@students_only
def offers(request: HttpRequest) -> HttpResponse:
    """Compare; `?at=2` says which one a phone shows."""
    user = person(request)
    page = comparison(user, on=clock.today(user))
    at, last = request.GET.get("at", ""), len(page.columns)
    number = int(at) if at in {str(n) for n in range(1, last + 1)} else 1
    context = {"page": page, "at": number, "before": number - 1, "after": number + 1 if number < last else 0}
    return render(request, "applications/offers.html", context)


@require_POST
@students_only
def weights(request: HttpRequest) -> HttpResponse:
    """Keep what matters."""
    user, chosen = person(request), {term: request.POST.get(f"weight_{term}", "") for term in TERMS}
    try:
        with undoable(student=user, text="What matters to you is saved.", at=clock.now(), desk=True) as change:
            weigh(student=user, weights=chosen)
    except DomainError as error:
        context = {"page": comparison(user, on=clock.today(user)), "at": 1, "error": error.sentence}
        return refused(request, "applications/offers.html", context)
    tell(request, change.text, undo=change.undo)
    return see(request, "applications:offers")


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Note what they offer."""
    application = own(request, public_id)
    back = application_url(application)
    form = OfferForm(sent(request), instance=_offer(application))
    try:
        if form.is_valid() and _saved(request, application, form):
            return redirect("applications:offers")
    except StaleError:
        form = OfferForm(request.POST, instance=_offer(own(request, public_id)))
        return overtaken(request, form, back=back, what="This offer")
    context = {"form": form, "application": application, "back": back}
    return render(request, "applications/offer_form.html", context, status=form.status)


def _offer(application: Application) -> Offer:
    return Offer.objects.filter(application=application).first() or Offer(application=application)


def _saved(request: HttpRequest, application: Application, form: OfferForm) -> Offer | None:
    by, at, text = person(request), clock.now(), f"Saved. The offer of {application.company.name} is noted."
    with undoable(student=by, text=text, at=at, applications=[application]) as change:
        details, version = form.details(), form.seen_version()
        offer = form.act(note_offer, application=application, details=details, version=version, by=by, at=at)
    if offer:
        tell(request, text, undo=change.undo)
    return offer


@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask which others to close, none being ticked; then accept."""
    application, user = own(request, public_id), person(request)
    others = _others(request, application)
    context = {"application": application, "others": others, "back": application_url(application)}
    context["letters"] = [(other, _letter(other, user)) for other in others]
    if request.method != "POST":
        return render(request, "applications/accept.html", context)
    ticked = set(request.POST.getlist("close"))
    chosen, at = [one for one in others if one.public_id in ticked], clock.now()
    try:
        with undoable(student=user, text="", at=at, applications=[application, *chosen]) as change:
            closed = accept_and_let_go(application=application, others=chosen, by=user, at=at, on=clock.today(user))
            change.text = _accepted(application, closed, len(others) - closed)
    except DomainError as error:
        return refused(request, "applications/accept.html", {**context, "error": error.sentence, "ticked": ticked})
    tell(request, change.text, undo=change.undo, back=application_url(application))
    return see(request, placement_url(application))


def _others(request: HttpRequest, application: Application) -> list[Application]:
    mine = own_applications(person(request)).filter(stage__in=ACTIVE).exclude(outcome=Outcome.ACCEPTED)
    return sorted(mine.exclude(pk=application.pk), key=lambda one: (-ACTIVE.index(one.stage), one.company.name, one.pk))


def _letter(other: Application, user: User) -> Draft | None:
    """Return the letter that ends what was sent; it is read on the page, so that no tick is lost on the way to it."""
    write = decline if other.stage == Stage.OFFER else withdraw
    return write(About(other.title, other.company.name, str(user))) if other.stage in SENT else None


def _accepted(application: Application, closed: int, left: int) -> str:
    rest = f" {left} other{'s are' if left != 1 else ' is'} still open: tell them now or later." if left else ""
    gone = f" {closed} closed." if closed else ""
    return f"You accepted {application.company.name}. Well done.{gone}{rest}"


@require_safe
def draft(request: HttpRequest, public_id: str, kind: str) -> HttpResponse:
    """Show a letter to change and copy."""
    application, user = own(request, public_id), person(request)
    if kind not in DRAFTS:
        raise Http404
    by = Offer.objects.visible_to(user).filter(application=application).values_list("answer_by", flat=True).first()
    about = About(application.title, application.company.name, str(user), by, application.applied_on)
    letter = DRAFTS[kind](about)
    context = {"draft": letter, "application": application, "back": application_url(application)}
    return render(request, "applications/draft.html", context)
