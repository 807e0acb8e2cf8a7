"""Takes a file of preparation sets into the list that curators keep; what a curator checked is not touched."""

from dataclasses import dataclass

from applications.interviews import prepsets
from applications.interviews.prepsets import ItemEntry, SetEntry
from applications.models import InterviewRound, PrepSet, PrepSetItem
from companies.actions.turns import import_transaction


@dataclass(slots=True)
class Report:
    """What an import did, or in a dry run would do."""

    read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    kept: int = 0


def read_sets(content: object) -> list[SetEntry]:
    """Read every set of a decoded file, for the kinds of rounds and people that there are."""
    people = [value for value in InterviewRound.With.values if value]
    return prepsets.read_sets(content, kinds=InterviewRound.Kind.values, people=people)


def import_sets(*, entries: list[SetEntry], dry_run: bool = False) -> Report:
    """Create the sets, or bring those that no curator checked to what the file says."""
    report = Report(read=len(entries))
    with import_transaction(dry_run=dry_run):
        found = PrepSet.objects.filter(slug__in=[entry.slug for entry in entries]).prefetch_related("items")
        known = {prep_set.slug: prep_set for prep_set in found}
        for entry in entries:
            prep_set = known.get(entry.slug)
            if prep_set is None:
                _fill(PrepSet.objects.create(slug=entry.slug, **entry.facts), [], entry.items)
                report.created += 1
            elif prep_set.checked_on is not None:
                report.kept += 1
            else:
                changed = _update(prep_set, entry)
                report.updated += changed
                report.unchanged += not changed
    return report


def _update(prep_set: PrepSet, entry: SetEntry) -> bool:
    changed = [name for name, value in entry.facts.items() if getattr(prep_set, name) != value]
    for name in changed:
        setattr(prep_set, name, entry.facts[name])
    if changed:
        prep_set.save(update_fields=changed)
    items = sorted(prep_set.items.all(), key=lambda item: item.position)
    return _fill(prep_set, items, entry.items) or bool(changed)


def _fill(prep_set: PrepSet, items: list[PrepSetItem], entries: list[ItemEntry]) -> bool:
    """Make the items of a set those of the file; one that is only moved keeps its key, which students' lines name."""
    wanted = [(place, entry.text, entry.minutes, entry.url) for place, entry in enumerate(entries)]
    if [(item.position, item.text, item.minutes, item.url) for item in items] == wanted:
        return False
    known = {item.text: item for item in items}
    PrepSetItem.objects.filter(prep_set=prep_set).exclude(text__in=[entry.text for entry in entries]).delete()
    for place, words, minutes, url in wanted:
        item = known.get(words) or PrepSetItem(prep_set=prep_set, text=words)
        item.position, item.minutes, item.url = place, minutes, url
        item.save()
    return True
