"""Finds the one company or posting that a person means by a name or a link (quick add)."""

from django.db.models import F, Q

from accounts.models import User
from companies.boards import Board, read_board
from companies.links import BadLinkError, host_of, link_key
from companies.models import Alias, Company, CompanyQuerySet, Posting
from companies.naming import match_key


def find_company(user: User, text: str) -> Company | None:
    """Return the company with this name or alias, in any spelling; the approved one before the person's own."""
    key = match_key(text)
    if not key:
        return None
    named = Q(match_key=key) | Q(pk__in=Alias.objects.filter(match_key=key).values("company_id"))
    return _usable(user).filter(named).order_by(F("approved_at").asc(nulls_last=True), "pk").first()


def find_posting_by_url(user: User, url: str) -> Posting | None:
    """Return the posting behind this link, with its company, however the link is spelt."""
    try:
        key = link_key(url)
    except BadLinkError:
        return None
    return Posting.objects.visible_to(user).select_related("company").filter(url_key=key).first()


def names_beginning(user: User, text: str, most: int) -> list[str]:
    """Return names of companies that begin with this text, or of which another name does."""
    key = match_key(text)
    if not key:
        return []
    others = Alias.objects.filter(match_key__startswith=key).values("company_id")
    found = _usable(user).filter(Q(match_key__startswith=key) | Q(pk__in=others))
    return list(found.order_by("match_key", "pk").values_list("name", flat=True)[:most])


def find_company_by_link(user: User, url: str) -> Company | None:
    """Return the company on whose own site or job board this link lies; read as text, nothing is fetched.

    A board is a company's when its postings here or the company's careers page lie on it; what the board is called
    proves nothing, for two companies can have one short name.
    """
    board = read_board(url)
    if board:
        return _company_of(user, board)
    host = host_of(url)
    if not host:
        return None
    pages = Q()
    for site in _sites(host):
        for field in ("website", "careers_url"):
            pages |= Q(**{f"{field}__startswith": f"https://{site}"}) | Q(**{f"{field}__startswith": f"http://{site}"})
    near = _usable(user).filter(pages).order_by(F("approved_at").asc(nulls_last=True), "pk")[:20]
    return next((company for company in near if _serves(company, host)), None)


def _company_of(user: User, board: Board) -> Company | None:
    on_it, page = Q(), Q()
    for begin in board.keys:
        on_it |= Q(url_key__startswith=begin)
        page |= Q(careers_url__startswith=f"https://{begin}") | Q(careers_url=f"https://{begin[:-1]}")
    known = Posting.objects.filter(on_it, is_visible=True).values("company_id")
    owners = _usable(user).filter(Q(pk__in=known) | page).order_by("pk")[:2]
    return owners[0] if len(owners) == 1 else None


def _usable(user: User) -> CompanyQuerySet:
    """Keep what this person may add applications at; a curator does not get another student's private company."""
    return Company.objects.filter(Q(approved_at__isnull=False) | Q(proposed_by=user))


def _sites(host: str) -> list[str]:
    """careers.waymo.com -> itself and waymo.com, each with and without "www."."""
    labels = host.split(".")
    above = ".".join(labels[1:])
    names = [host, above] if above.count(".") and len(above) > len("xx.xx.x") else [host]
    return [spelling for name in names for spelling in (name, f"www.{name}")]


def _serves(company: Company, host: str) -> bool:
    own = {host_of(company.website), host_of(company.careers_url)} - {""}
    return any(host == site or host.endswith(f".{site}") for site in own)
