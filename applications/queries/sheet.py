"""One's season as a sheet to print: what became of each application, with its rounds, offer and placement."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Prefetch, Q, QuerySet

from accounts.models import User
from applications.choices import WayIn
from applications.models import Application, InterviewRound, Made, Offer, Placement
from applications.queries.insights import Choice
from applications.queries.offers import terms_of
from applications.queries.window import StudentWindow
from applications.stage import ACTIVE, LOOKS, OUTCOME_LABELS, Look, Stage, look
from companies.models import Kind
from tracker.lib.dates import full_day

_LAST_FIRST = (*reversed(ACTIVE), Stage.CLOSED)
_WITHOUT_SEARCH = ("company__search", "company__search_text")


@dataclass(frozen=True, slots=True)
class Entry:
    """One application, ready to print; `terms` are of its offer, `notes` empty unless they are wished for."""

    title: str
    company: str
    look: Look
    facts: list[str]
    rounds: list[str]
    terms: list[tuple[str, str]]
    placement: list[str]
    made: list[str]
    notes: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Group:
    """The applications of one stage, or the enrichment schemes, whose stages differ."""

    label: str
    icon: str
    entries: list[Entry]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The sheet; `most` is how many applications are on it where it has no room for all, else 0."""

    dates: list[str]
    most: int
    groups: list[Group]


def sheet(student: User, season: Choice | None, window: StudentWindow | None, *, notes: bool) -> Sheet:
    """Gather the sheet of a season, or of all, in three queries. notes: whether private ones are on it."""
    of_season = _applications(student, season.key if season else None)
    most = settings.WAYMARK_PRINTED
    found = list(of_season[: most + 1])
    shown = found[:most]
    roles = [one for one in shown if one.kind != Kind.SCHEME]
    groups = [
        Group(LOOKS[stage].label, LOOKS[stage].icon, [_entry(one, notes=notes) for one in roles if one.stage == stage])
        for stage in _LAST_FIRST
    ]
    schemes = [_entry(one, notes=notes) for one in shown if one.kind == Kind.SCHEME]
    groups.append(Group("Enrichment schemes", "mortarboard", schemes))
    return Sheet(
        dates=_dates(window) if window else [],
        most=most if len(found) > most else 0,
        groups=[group for group in groups if group.entries],
    )


def _applications(student: User, season: int | None) -> QuerySet[Application]:
    mine = Application.objects.visible_to(student).filter(Q(season=season) if season else Q())
    rounds = Prefetch("rounds", InterviewRound.objects.order_by("on", "time", "pk"))
    made = Prefetch("placement__made", Made.objects.order_by("pk"))
    related = mine.select_related("company", "team", "season", "offer", "placement").defer(
        "posting_text", *_WITHOUT_SEARCH
    )
    return related.prefetch_related(rounds, made).order_by("company__name", "role", "pk")


def _entry(one: Application, *, notes: bool) -> Entry:
    offer: Offer | None = getattr(one, "offer", None)
    placement: Placement | None = getattr(one, "placement", None)
    rounds = list(one.rounds.all())
    return Entry(
        title=one.title,
        company=one.company.name,
        look=look(one.stage, one.outcome),
        facts=_facts(one),
        rounds=[_round(each) for each in rounds],
        terms=_terms(offer) if offer else [],
        placement=_placement(placement) if placement else [],
        made=[_made(each) for each in placement.made.all()] if placement else [],
        notes=_notes(one, rounds, offer, placement) if notes else [],
    )


def _facts(one: Application) -> list[str]:
    ways = {WayIn.ASKED: "Referral asked", WayIn.REFERRED: "Referred", WayIn.DECLINED: "Referral declined"}
    way, by = ways.get(WayIn(one.way_in), ""), one.referrer
    return _told(
        "" if one.is_open else OUTCOME_LABELS[one.outcome],
        one.team.name if one.team else "",
        one.place,
        f"applied on {full_day(one.applied_on)}" if one.applied_on else "",
        f"{one.look.label} since {full_day(one.stage_since)}",
        f"closes on {full_day(one.closes_on)}" if one.closes_on and not one.applied_on and one.is_open else "",
        f"{way} ({by})" if way and by else way,
    )


def _round(one: InterviewRound) -> str:
    day = full_day(one.on) if one.on else "no day yet"
    when = f"{day}, {one.time:%H:%M} ({one.zone})" if one.time else day
    return f"{one.get_kind_display()}, {when}: {one.get_status_display()}"


def _terms(offer: Offer) -> list[tuple[str, str]]:
    answer = [("Answer by", full_day(offer.answer_by))] if offer.answer_by else []
    return answer + terms_of(offer)[0]


def _placement(placement: Placement) -> list[str]:
    start, end = placement.starts_on, placement.ends_on
    return _told(
        f"{full_day(start)} to {full_day(end)}" if start and end else f"From {full_day(start)}" if start else "",
        placement.place,
        f"with {placement.mentor}" if placement.mentor else "",
    )


def _made(one: Made) -> str:
    since = full_day(one.on) if one.on else ""
    return ", ".join(_told(one.title, one.get_kind_display(), one.venue, one.get_state_display().lower(), since))


def _notes(
    one: Application, rounds: Iterable[InterviewRound], offer: Offer | None, placement: Placement | None
) -> list[tuple[str, str]]:
    found = [("Notes", one.notes), ("Why it was closed", one.closing_reason)]
    found += [(f"{each.get_kind_display()}: notes", each.notes) for each in rounds]
    if offer:
        found += [
            ("What your supervisor said", offer.advice),
            ("For", offer.speaks_for),
            ("Against", offer.speaks_against),
        ]
    if placement:
        found += [("Goal", placement.goal), ("Looking back", placement.looking_back)]
    return [(label, text) for label, text in found if text]


def _told(*parts: str) -> list[str]:
    return [part for part in parts if part]


def _dates(window: StudentWindow) -> list[str]:
    return [
        f"Applications from {full_day(window.opens_on)} to {full_day(window.closes_on)}",
        f"start around {full_day(window.start)}",
    ]
