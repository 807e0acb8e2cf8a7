"""The list of people, and one person: facts, log and how it stands."""

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from outreach import actions
from outreach.choices import Said, Standing
from outreach.drafts import DRAFTS, TITLES, To, in_own_words
from outreach.forms import ContactForm, MessageForm
from outreach.models import Contact, Message, Wording
from outreach.queries.people import old_people, outreach_lists, people_page, person_view
from outreach.queries.referrals import helped
from outreach.views.roles import own, student
from tracker.lib import clock
from tracker.lib.errors import DomainError
from tracker.lib.http import UNPROCESSABLE, is_htmx, refused, see, sent
from tracker.lib.ids import read_public_id


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """List a student's people by name, or those alone whom they may have no reason to keep."""
    user, at = student(request), clock.now()
    after, old = read_public_id(request.GET.get("after", "")), "old" in request.GET
    page = people_page(user, after=after, size=settings.WAYMARK_TABLE_PAGE, old_at=at if old else None)
    template = "outreach/people.html" + ("#rows" if is_htmx(request) and after else "")
    next_url = f"?{'old&' if old else ''}after={page.after}"
    return render(request, template, {"page": page, "old": old, "many_old": old_people(user, at), "next_url": next_url})


@require_safe
def outreach(request: HttpRequest) -> HttpResponse:
    """List them by how it stands."""
    return render(request, "outreach/outreach.html", {"lists": outreach_lists(student(request))})


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Add somebody by hand."""
    user = student(request)
    form = ContactForm(sent(request))
    if form.is_valid():
        try:
            made = actions.add_contact(facts=form.facts(), by=user, at=clock.now())
        except DomainError as error:
            form.add_error(None, error.sentence)
        else:
            messages.success(request, "Added.")
            return redirect("outreach:person", public_id=made.public_id)
    return _form(request, form)


@require_safe
def person(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show one person."""
    return render(request, "outreach/person.html", _shown(request, own(request, public_id)))


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say something else of somebody."""
    contact = own(request, public_id)
    teams = list(contact.company.teams.order_by("name", "pk").values_list("pk", "name")) if contact.company else []
    known = {name: getattr(contact, name) for name in ContactForm.base_fields}
    form = ContactForm(sent(request), initial=known, teams=teams)
    if form.is_valid():
        actions.edit_contact(contact=contact, facts=form.facts(), by=contact.student)
        messages.success(request, "Saved.")
        return redirect("outreach:person", public_id=public_id)
    return _form(request, form, contact)


@require_POST
def delete(request: HttpRequest, public_id: str) -> HttpResponse:
    """Forget somebody."""
    contact = own(request, public_id)
    actions.delete_contact(contact=contact, by=cast("User", request.user))
    messages.success(request, "Deleted, with what was said.")
    return see(request, "outreach:people")


@require_POST
def standing(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say how it stands with somebody."""
    contact = own(request, public_id)
    wished = request.POST.get("standing", "")
    if wished not in Standing.values:
        messages.error(request, "Choose how it stands.")
        return see(request, "outreach:person", public_id=public_id)
    actions.set_standing(contact=contact, standing=Standing(wished), by=cast("User", request.user))
    messages.success(request, f"{Standing(wished).label}.")
    return see(request, "outreach:person", public_id=public_id)


@require_POST
def log(request: HttpRequest, public_id: str) -> HttpResponse:
    """Note what was said."""
    contact, user = own(request, public_id), cast("User", request.user)
    form = MessageForm(request.POST)
    if form.is_valid():
        said = {
            "kind": Said(form.cleaned_data["kind"]),
            "on": form.cleaned_data["on"],
            "text": form.cleaned_data["text"],
        }
        try:
            actions.log_message(contact=contact, **said, by=user, today=clock.today(user))
        except DomainError as error:
            form.add_error(error.field, error.sentence)
        else:
            messages.success(request, "Noted.")
            return see(request, "outreach:person", public_id=public_id)
    return refused(request, "outreach/person.html", _shown(request, contact, form))


@require_safe
def draft(request: HttpRequest, public_id: str, kind: str) -> HttpResponse:
    """Show a letter to change and copy."""
    contact, user = own(request, public_id), cast("User", request.user)
    if kind not in DRAFTS:
        raise Http404
    paper = contact.papers.order_by("-year", "title", "pk").first()
    letter, to = DRAFTS[kind], To(contact.name, contact.email, paper.title if paper else "", str(user))
    words = Wording.objects.visible_to(user).filter(kind=kind).first()
    shown = in_own_words(letter(to).title, words.subject, words.text, to) if words else letter(to)
    back = reverse("outreach:person", args=[public_id])
    return render(request, "outreach/draft.html", {"draft": shown, "contact": contact, "back": back, "kind": kind})


@require_POST
def delete_message(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take a line out of the log."""
    mine = Message.objects.visible_to(cast("User", request.user)).select_related("contact")
    found = get_object_or_404(mine, public_id=public_id)
    actions.delete_message(message=found, by=cast("User", request.user))
    messages.success(request, "Taken out.")
    return see(request, "outreach:person", public_id=found.contact.public_id)


def _shown(request: HttpRequest, contact: Contact, form: MessageForm | None = None) -> dict[str, object]:
    view, today = person_view(contact), clock.today(cast("User", request.user))
    form = form or MessageForm(initial={"on": today})
    drafts = [(kind, title) for kind, title in TITLES if kind != "follow-up" or not view.enough]
    return {
        "view": view,
        "form": form,
        "standings": Standing.choices,
        "drafts": drafts,
        "helps": helped(contact, today),
    }


def _form(request: HttpRequest, form: ContactForm, contact: Contact | None = None) -> HttpResponse:
    shown = {"form": form, "contact": contact}
    return render(request, "outreach/person_form.html", shown, status=UNPROCESSABLE if form.errors else 200)
