"""Oneself, the window, and the list that all share."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from accounts.models import Scope
from api.etags import fresh
from api.paging import USUAL, After, Limit, part
from api.problems import Problem
from api.shapes.base import Page, Text
from api.shapes.shared import CompanyShape, MeShape, PostingShape, WindowShape
from api.views.access import needs, person, token_of
from applications.models import Application
from applications.queries.window import window_of
from applications.stage import SENT
from companies.models import Company, Posting
from companies.queries.pages import words
from tracker.lib import clock

router = Router(tags=["Yourself and the shared list"])


@router.get("/me", response=MeShape, summary="Whose token this is")
@needs(students=False)
def me(request: HttpRequest) -> MeShape:
    """And what it opens, until when."""
    user, token = person(request), token_of(request)
    same = {name: getattr(user, name) for name in ("name", "time_zone", "is_student", "is_supervisor", "is_curator")}
    scopes = [Scope(scope) for scope in token.scopes]
    return MeShape.model_construct(**same, id=user.public_id, scopes=scopes, expires_at=token.expires_at)


@router.get("/window", response=WindowShape, summary="Read the application window")
@needs(Scope.READ)
def window(request: HttpRequest, response: HttpResponse) -> Any:  # noqa: ANN401 - shape or 304
    """Of the season that you prepare for, with your own days where you set them."""
    found = window_of(person(request), clock.today(person(request)))
    if found is None:
        raise Problem(404, "No season is entered yet.")
    same = {name: getattr(found, name) for name in WindowShape.model_fields if name != "sent"}
    mine = Application.objects.visible_to(person(request)).filter(season=found.season_id)
    sent = mine.filter(stage__in=SENT).count() + mine.filter(stage="closed", applied_on__isnull=False).count()
    return fresh(request, response, WindowShape.model_construct(**same, sent=sent))


@router.get("/companies", response=Page[CompanyShape], summary="List companies")
@needs(students=False)
def companies(request: HttpRequest, q: Text = "", after: After = "", limit: Limit = USUAL) -> Page[CompanyShape]:
    """Narrow by words: `q` finds names, places and topics."""
    found = Company.objects.visible_to(person(request)).defer("search", "search_text")
    found = found.filter(search=words(q)) if q.strip() else found
    return part(found, after=after, limit=limit, told=_company, name="slug")


@router.get("/companies/{slug}", response=CompanyShape, summary="Read one company")
@needs(students=False)
def company(request: HttpRequest, slug: str, response: HttpResponse) -> Any:  # noqa: ANN401 - shape or 304
    """By the slug of its address."""
    found = Company.objects.visible_to(person(request)).filter(slug=slug).first() if slug.isprintable() else None
    if found is None:
        raise Problem(404, "There is no company of this slug.")
    return fresh(request, response, _company(found))


@router.get("/postings", response=Page[PostingShape], summary="List postings")
@needs(students=False)
def postings(  # noqa: PLR0917 - what may narrow the list
    request: HttpRequest,
    q: Text = "",
    company: Text = "",
    research: bool = False,  # noqa: FBT001, FBT002 - a switch of the address
    after: After = "",
    limit: Limit = USUAL,
) -> Page[PostingShape]:
    """Open ones; narrow by words, by the slug of a company, and to research roles."""
    found = _postings(request).filter(is_open=True)
    found = found.filter(search=words(q)) if q.strip() else found
    found = found.filter(company__slug=company) if company else found
    found = found.filter(is_research=True) if research else found
    return part(found, after=after, limit=limit, told=_posting)


@router.get("/postings/{id}", response=PostingShape, summary="Read one posting")
@needs(students=False)
def posting(request: HttpRequest, id: str, response: HttpResponse) -> Any:  # noqa: A002, ANN401
    """Read one, be it closed."""
    found = _postings(request).filter(public_id=id).first() if id.isalnum() else None
    if found is None:
        raise Problem(404, "There is no posting of this id.")
    return fresh(request, response, _posting(found))


def _postings(request: HttpRequest) -> Any:  # noqa: ANN401 - a queryset
    found = Posting.objects.visible_to(person(request)).select_related("company")
    return found.defer("search", "search_text", "company__search", "company__search_text")


def _company(one: Company) -> CompanyShape:
    same = {name: getattr(one, name) for name in CompanyShape.model_fields if name != "is_own"}
    return CompanyShape.model_construct(**same, is_own=one.approved_at is None)


def _posting(one: Posting) -> PostingShape:
    same = {
        name: getattr(one, name) for name in PostingShape.model_fields if name not in {"id", "company", "company_slug"}
    }
    return PostingShape.model_construct(
        **same, id=one.public_id, company=one.company.name, company_slug=one.company.slug
    )
