"""The list of postings, and the facts of one."""

import datetime as dt
from dataclasses import dataclass
from html import escape
from urllib.parse import quote_plus

from django.db.models import F, Func, Q, TextField, Value
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from accounts.models import User
from companies.models import Kind, Posting, PostingQuerySet
from companies.queries.pages import Page, words
from companies.terms import terms_starting
from companies.windows import places_words, zone_words
from tracker.lib.dates import full_day, short_day
from tracker.templatetags.waymark import mark_html, pill_html

LONGEST_ROLE = 200
"""What an application keeps of a title."""


@dataclass(frozen=True, slots=True)
class PostingFilters:
    """What somebody looks for; every part may be empty. `soon` is the last day on which it may start."""

    q: str = ""
    kind: str = ""
    term: str = ""
    place: str = ""
    sponsorship: str = ""
    company: str = ""
    team: int = 0
    research: bool = False
    closed: bool = False
    soon: dt.timedelta | None = None

    @property
    def is_set(self) -> bool:
        """Whether anything narrows or widens the list."""
        return self != PostingFilters()


_FIELDS = (
    "pk", "public_id", "title", "url", "company__name", "places", "terms", "kind", "closes_on", "posted_at",
    "sponsorship", "is_research", "is_open", "gone_on", "link_dead_on",
)  # fmt: skip


def posting_page(user: User, filters: PostingFilters, *, on: dt.date, after: str, size: int) -> Page[SafeString]:
    """Return the postings this person sees, newest first, from the one after the given public id."""
    found = _after(_matching(Posting.objects.visible_to(user), filters, on), after).order_by("-listed_at", "-pk")
    rows = list(found.values_list(*_FIELDS)[: size + 1])
    more, rows = len(rows) > size, rows[:size]
    reader = Reader(reverse("companies:postings"), on, user.is_student)
    return Page([_row(reader, *row[1:]) for row in rows], ("posting", "postings"), rows[-1][1] if more else "")


def _matching(postings: PostingQuerySet, filters: PostingFilters, on: dt.date) -> PostingQuerySet:
    exact = {
        "search": words(filters.q) if filters.q else "",
        "kind": filters.kind,
        "terms__contains": [filters.term] if filters.term else "",
        "sponsorship": filters.sponsorship,
        "company__slug": filters.company,
        "team": filters.team,
        "is_research": filters.research,
        "is_open": not filters.closed,
    }
    postings = postings.filter(**{name: value for name, value in exact.items() if value})
    if filters.place:
        places = Func(F("places"), Value(" | "), function="array_to_string", output_field=TextField())
        postings = postings.alias(places_text=places).filter(places_text__icontains=filters.place)
    if filters.soon is not None:
        last = on + filters.soon
        postings = postings.filter(Q(starts_on__range=(on, last)) | Q(terms__overlap=terms_starting(on, last)))
    return postings


def _after(postings: PostingQuerySet, public_id: str) -> PostingQuerySet:
    last = Posting.objects.filter(public_id=public_id).values_list("listed_at", "pk").first() if public_id else None
    if last is None:
        return postings
    at, pk = last
    return postings.filter(Q(listed_at__lt=at) | Q(listed_at=at, pk__lt=pk), listed_at__lte=at)


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom the lines are made: the address of the list, the person's day, and whether they may add to a board."""

    base: str
    on: dt.date
    adds: bool


def _row(  # noqa: PLR0913, PLR0917 - the columns of _FIELDS
    reader: Reader,
    public_id: str,
    title: str,
    link: str,
    company: str,
    places: list[str],
    terms: list[str],
    kind: str,
    closes_on: dt.date | None,
    posted_at: dt.datetime | None,
    sponsorship: str,
    is_research: bool,  # noqa: FBT001 - a column
    is_open: bool,  # noqa: FBT001 - a column
    gone_on: dt.date | None,
    dead_on: dt.date | None,
) -> SafeString:
    """Write one line here, as cards and rows of applications are: in the template it cost half the page."""
    doubtful = is_open and bool(gone_on or dead_on)
    pills = _pills(kind, closes_on, reader.on, is_research=is_research, is_open=is_open, doubtful=doubtful)
    posted = f"Posted {near_day(posted_at.date(), reader.on)}" if posted_at else ""
    more = " · ".join(filter(None, (SPONSORSHIP_LABELS[sponsorship], posted)))
    facts = " · ".join(filter(None, (company, places_words(places), ", ".join(terms))))
    shown, add = escape(title), escape(add_url(link, title, company))
    html = (
        f'<li>{mark_html(company, "s")}<div class="body"><a class="what" href="{reader.base}{public_id}/">{shown}</a>'
        f'<p class="why">{escape(facts)}</p><p class="meta">{pills}{f"<span>{more}</span>" if more else ""}</p></div>'
        + (
            f'<span class="end"><a class="btn btn-s" href="{add}" data-dialog aria-label="Add {shown}">Add</a></span>'
            if reader.adds
            else ""
        )
        + "</li>"
    )
    return mark_safe(html)  # noqa: S308 - what people typed is escaped


def _pills(
    kind: str, closes_on: dt.date | None, on: dt.date, *, is_research: bool, is_open: bool, doubtful: bool
) -> str:
    """Show what the list says of kind and closing day."""
    pills = [
        pill_html(KIND_LABELS[kind], "outline") if kind != Kind.INTERNSHIP else "",
        pill_html("Research") if is_research else "",
        pill_html(f"Closes {near_day(closes_on, on)}") if closes_on and is_open else "",
        "" if is_open else pill_html("Closed", "st-closed"),
        pill_html("Perhaps closed", "outline") if doubtful else "",
    ]
    return "".join(pills)


KIND_LABELS: dict[str, str] = {kind.value: str(kind.label) for kind in Kind}
SPONSORSHIP_LABELS: dict[str, str] = {s.value: str(s.label) if s.value else "" for s in Posting.Sponsorship}


def _research(posting: Posting) -> str:
    """Say why it counts as one, so that nobody need trust a filter blindly; nothing for any other posting."""
    return f"Yes; {posting.research_why}" if posting.is_research and posting.research_why else ""


def near_day(day: dt.date, on: dt.date) -> str:
    """Return "12 Nov", with the year when it is another one."""
    return short_day(day) if day.year == on.year else full_day(day)


def add_url(link: str, title: str, company: str) -> str:
    """Return the address of quick add, filled in: by the link, else by the company's name, and by the title."""
    known = f"url={quote_plus(link)}" if link else f"text={quote_plus(company)}"
    return f"/add/?{known}&title={quote_plus(title[:LONGEST_ROLE])}"


@dataclass(frozen=True, slots=True)
class PostingView:
    """Everything on a posting's page."""

    posting: Posting
    add_url: str
    facts: list[tuple[str, str]]


def posting_view(posting: Posting, on: dt.date) -> PostingView:
    """Gather the facts of a posting that are known."""
    known = [
        ("Kind", posting.get_kind_display()),
        ("Place", " · ".join(posting.places)),
        ("Term", ", ".join(posting.terms)),
        ("Starts from", full_day(posting.starts_on) if posting.starts_on else ""),
        (
            "Closes",
            f"{full_day(posting.closes_on)}, {zone_words(posting.zone)}" if posting.closes_on else "No day stated",
        ),
        ("Hours", posting.get_hours_display() if posting.hours else ""),
        ("Visa", SPONSORSHIP_LABELS[posting.sponsorship]),
        ("Research or PhD role", _research(posting)),
        ("Posted", near_day(posting.posted_at.date(), on) if posting.posted_at else ""),
    ]
    return PostingView(
        posting, add_url(posting.url, posting.title, posting.company.name), [fact for fact in known if fact[1]]
    )
