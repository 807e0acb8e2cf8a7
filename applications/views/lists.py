"""What board and table share: the sheet of filters, views of one's own, and the columns one sees."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from applications.actions import saved_views
from applications.actions.undoing import undoable
from applications.forms.filter import FilterForm, ViewForm
from applications.models import SavedView
from applications.queries.asked import FILTERS, read
from applications.queries.tags import known_tags
from applications.views.roles import person, students_only
from applications.views.told import tell
from companies.models import Season
from tracker.lib import clock
from tracker.lib.http import is_htmx, local_path, refused

BOARD, TABLE = "applications:board", "applications:table"


@require_safe
@students_only
def filters(request: HttpRequest) -> HttpResponse:
    """Offer all filters, for the board with `?here=board`, else for the table."""
    asked, here = read(request.GET), "board" if request.GET.get("here") == "board" else "table"
    context = {
        "form": FilterForm(asked, Season.objects.order_by("-starts_on", "pk")),
        "kept": asked.pairs(*FILTERS),
        "url": reverse(f"applications:{here}"),
        "here": here,
        "clear": asked.without(*FILTERS),
        "tags": known_tags(person(request)),
        "in_dialog": is_htmx(request),
    }
    return render(request, "applications/filter.html#form" if is_htmx(request) else "applications/filter.html", context)


@require_POST
@students_only
def keep_view(request: HttpRequest) -> HttpResponse:
    """Keep what is looked at as a view under a name."""
    user, form, back = person(request), ViewForm(request.POST), local_path(request, default=reverse(TABLE))
    form.full_clean()
    answers = {name: form.cleaned_data.get(name, "") for name in ("name", "query")}
    with undoable(student=user, text=f"View “{answers['name']}” kept.", at=clock.now(), desk=True) as change:
        form.act(saved_views.keep_view, student=user, at=clock.now(), **answers)
    if form.errors:
        return refused(request, "applications/view_form.html", {"form": form, "back": back})
    tell(request, change.text, undo=change.undo)
    return redirect(back)


@require_POST
def delete_view(request: HttpRequest, public_id: str) -> HttpResponse:
    """Delete a view of one's own."""
    user = person(request)
    view = get_object_or_404(SavedView.objects.visible_to(user), public_id=public_id)
    with undoable(student=user, text=f"View “{view.name}” deleted.", at=clock.now(), desk=True) as change:
        saved_views.delete_view(view=view, by=user, at=clock.now())
    tell(request, change.text, undo=change.undo)
    return redirect(local_path(request, default=reverse(TABLE)))


@require_POST
@students_only
def columns(request: HttpRequest) -> HttpResponse:
    """Choose the columns of the table."""
    saved_views.choose_columns(student=person(request), names=request.POST.getlist("columns"), at=clock.now())
    return redirect(local_path(request, default=reverse(TABLE)))
