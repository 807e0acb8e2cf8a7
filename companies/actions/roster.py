"""Takes a file of companies and programmes into the shared list; what a curator checked is not touched."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from companies.actions.companies import company_slugs, refresh_search, slug_stem
from companies.actions.cycles import save_cycle
from companies.actions.importing import Report
from companies.actions.seasons import make_seasons
from companies.actions.turns import import_transaction
from companies.cells import Problem
from companies.models import Alias, Company, Cycle, Programme, Season
from companies.queries.known import companies_by_key
from companies.roster import CompanyEntry, CycleEntry, ProgrammeEntry, Roster
from companies.terms import summers_around


def import_roster(
    *,
    roster: Roster,
    dry_run: bool = False,
    at: dt.datetime,
    progress: Callable[[int], None] = lambda _rows: None,
) -> Report:
    """Create approved companies, their other names, programmes, seasons and cycles, or update what is there."""
    report = Report(read=roster.read, errors=list(roster.problems))
    with import_transaction(dry_run=dry_run):
        named = {cycle.summer for entry in roster.companies for part in entry.programmes for cycle in part.cycles}
        seasons = make_seasons({*summers_around(at.date()), *named})
        known = _known(roster)
        for entry in roster.companies:
            company = known.get(entry.key)
            taking = _Taking(entry, report, seasons, at)
            if company is None:
                taking.create()
                report.created += 1
                report.companies_created += 1
            else:
                changed = taking.update(company)
                report.updated += changed
                report.unchanged += not changed
                report.companies_matched += 1
            progress(1)
    return report


def _known(roster: Roster) -> dict[str, Company]:
    """Return key -> company with its names, programmes and cycles: constant queries."""
    pks = companies_by_key({entry.key for entry in roster.companies})
    companies = Company.objects.filter(pk__in=pks.values()).prefetch_related("aliases", "programmes__cycles__season")
    by_pk = {company.pk: company for company in companies}
    return {key: by_pk[pk] for key, pk in pks.items()}


@dataclass(slots=True)
class _Taking:
    """Brings one company of the file into the list."""

    entry: CompanyEntry
    report: Report
    seasons: dict[int, Season]
    at: dt.datetime

    def create(self) -> None:
        slug = company_slugs({self.entry.key: self.entry.name})[self.entry.key]
        company = Company.objects.create(slug=slug, match_key=self.entry.key, approved_at=self.at, **self.entry.facts)
        self._belongings(company)
        refresh_search(company=company)

    def update(self, company: Company) -> bool:
        """Say whether anything changed; the name stays as it is in the list, as do facts that a curator checked."""
        facts = {name: value for name, value in self.entry.facts.items() if name != "name"}
        changed = company.checked_on is None and _set(company, facts)
        changed |= self._belongings(company)
        if changed:
            refresh_search(company=company)
        return changed

    def _belongings(self, company: Company) -> bool:
        changed = self._aliases(company)
        known = {programme.slug: programme for programme in company.programmes.all()}
        seen: set[str] = set()
        for entry in self.entry.programmes:
            slug = slug_stem(str(entry.facts["name"]), "programme")
            if slug in seen:
                self._problem(f"{entry.facts['name']} stands there twice.")
            else:
                changed |= self._programme(company, known.get(slug), slug, entry)
            seen.add(slug)
        return changed

    def _aliases(self, company: Company) -> bool:
        own = {company.match_key, *(alias.match_key for alias in company.aliases.all())}
        new = {key: name for name, key in reversed(self.entry.aliases) if key not in own}
        taken = companies_by_key(set(new)) if new else {}
        for key in taken:
            self._problem(f"{new[key]} names another company of the list already.")
        free = [Alias(company=company, name=name, match_key=key) for key, name in new.items() if key not in taken]
        Alias.objects.bulk_create(free)
        return bool(free)

    def _programme(self, company: Company, programme: Programme | None, slug: str, entry: ProgrammeEntry) -> bool:
        changed = programme is None
        if programme is None:
            programme = Programme.objects.create(company=company, slug=slug, **entry.facts)
        elif programme.checked_on is None:
            changed = _set(programme, entry.facts)
        cycles = {cycle.season.starts_on.year: cycle for cycle in programme.cycles.all()} if entry.cycles else {}
        for cycle in entry.cycles:
            changed |= self._cycle(programme, cycles.get(cycle.summer), cycle)
        return changed

    def _cycle(self, programme: Programme, cycle: Cycle | None, entry: CycleEntry) -> bool:
        season = self.seasons[entry.summer]
        facts: dict[str, object] = {
            "state": entry.state or _state(entry.closes_on or season.closes_on, self.at),
            "opens_on": entry.opens_on,
            "closes_on": entry.closes_on,
            "zone": entry.zone,
            "source_url": entry.source_url,
            "source_note": entry.source_note,
        }
        if cycle is None:
            Cycle.objects.create(programme=programme, season=season, **facts)
            return True
        if cycle.checked_on is not None or all(getattr(cycle, name) == value for name, value in facts.items()):
            return False
        for name, value in facts.items():
            setattr(cycle, name, value)
        save_cycle(cycle=cycle, by=None, at=self.at)
        return True

    def _problem(self, message: str) -> None:
        self.report.errors.append(Problem(self.entry.row, message))


def _state(closes_on: dt.date, at: dt.datetime) -> str:
    """Return what days in a source mean: they were confirmed, and are closed once they are over."""
    return Cycle.State.CLOSED if closes_on < at.date() else Cycle.State.CONFIRMED


def _set(fact: Company | Programme, values: dict[str, object]) -> bool:
    """Save the fields that differ; say whether any did."""
    differing = [name for name, value in values.items() if getattr(fact, name) != value]
    for name in differing:
        setattr(fact, name, values[name])
    if differing:
        fact.save(update_fields=[*differing, "updated_at"] if isinstance(fact, Company) else differing)
    return bool(differing)
