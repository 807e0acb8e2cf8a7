"""Being counted: a student's consent to figures and sums, and a coordinator's page of sums."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from supervision.actions.counting import count_in, count_out
from supervision.models import Department
from supervision.queries.department import department_page
from supervision.views.roles import person
from tracker.lib import clock
from tracker.lib.http import see


@require_POST
def count(request: HttpRequest) -> HttpResponse:
    """Be counted, or no more; `department` says where, none meaning the figures about companies."""
    student = person(request)
    if not student.is_student:
        raise Http404
    key = request.POST.get("department", "")
    department = get_object_or_404(Department, public_id=key) if key else None
    where = f"the sums of {department}" if department else "the figures about companies"
    if request.POST.get("do") == "in":
        count_in(student=student, department=department, at=clock.now())
        messages.success(request, f"Saved. You count in {where} from now on.")
    else:
        count_out(student=student, department=department, at=clock.now())
        messages.success(request, f"Saved. You no longer count in {where}.")
    return see(request, "supervision:sharing")


@require_safe
def departments(request: HttpRequest) -> HttpResponse:
    """Show a coordinator the sums of their departments."""
    reader = person(request)
    found = list(Department.objects.visible_to(reader).order_by("name"))
    if not found:
        raise Http404
    pages = [(one, department_page(one, on=clock.today(reader))) for one in found]
    return render(request, "supervision/departments.html", {"pages": pages})
