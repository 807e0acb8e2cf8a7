"""The flow of applications as bands between columns: way in, applied, rounds, offer; what ended is grey. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from applications.choices import Source, WayIn
from applications.insights.traces import RANKS, Trace
from applications.stage import Stage

ENOUGH = 15
"""From so many sent on there is a picture; before, the bars say it all."""
NODES = 12
"""The most nodes a picture has: the rarest ways in become one."""
WIDTH, HEIGHT, NODE, GAP = 640.0, 260.0, 10.0, 10.0
_LATER = ("Applied", "Round 1", "Round 2 and more", "Offer")
_OTHER = "Other ways"
_ENDED = "Ended"
_EDGE, _FAR = 175.0, 30.0
"""Room for words on either side; those of the columns between stand within the picture."""


@dataclass(frozen=True, slots=True)
class Link:
    """How many went from one node to another; `ended` when they went no further."""

    source: str
    target: str
    count: int

    @property
    def ended(self) -> bool:
        """Whether it leads out of the flow."""
        return self.target == _ENDED


@dataclass(frozen=True, slots=True)
class Box:
    """A node as it is drawn."""

    label: str
    count: int
    x: str
    y: str
    height: str
    text_x: str
    text_y: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Band:
    """A link as it is drawn: a path of a width."""

    path: str
    width: str
    ended: bool


@dataclass(frozen=True, slots=True)
class Flow:
    """Links as a table, and the picture where there are enough."""

    links: list[Link] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    bands: list[Band] = field(default_factory=list)
    width: str = f"{WIDTH:.0f}"
    height: str = f"{HEIGHT + 30:.0f}"


def flow(traces: Sequence[Trace]) -> Flow:
    """Return the flow of what was sent; without a picture below fifteen."""
    sent = [trace for trace in traces if trace.is_sent]
    links = _links(sent)
    if len(sent) < ENOUGH:
        return Flow(links)
    boxes, bands = _drawn(links, len(sent))
    return Flow(links, boxes, bands)


def _links(sent: Sequence[Trace]) -> list[Link]:
    ways = Counter(map(_way, sent))
    kept = {way for way, _ in sorted(ways.items(), key=lambda one: (-one[1], one[0]))[: NODES - len(_LATER) - 1]}
    found: Counter[tuple[str, str]] = Counter()
    for trace in sent:
        way = _way(trace)
        steps = [way if way in kept else _OTHER, *_passed(trace)]
        if trace.is_ended:
            steps.append(_ENDED)
        found.update(pairwise(steps))
    order = {name: place for place, name in enumerate((*_by_count(ways, kept), _OTHER, *_LATER, _ENDED))}
    pairs = sorted(found, key=lambda pair: (order[pair[0]], order[pair[1]]))
    return [Link(source, target, found[source, target]) for source, target in pairs]


def _by_count(ways: Counter[str], kept: set[str]) -> list[str]:
    return sorted(kept, key=lambda way: (-ways[way], way))


def _way(trace: Trace) -> str:
    if trace.way_in == WayIn.REFERRED:
        return "Referred"
    return str(Source(trace.source).label) if trace.source else "Not noted"


def _passed(trace: Trace) -> list[str]:
    """Return the columns that it went through; an offer may come without a second round, or any."""
    came = (
        True,
        trace.rounds > 0 or trace.furthest == RANKS[Stage.INTERVIEWING],
        trace.rounds > 1,
        trace.furthest >= RANKS[Stage.OFFER],
    )
    return [name for name, is_there in zip(_LATER, came, strict=True) if is_there]


def _drawn(links: Sequence[Link], total: int) -> tuple[list[Box], list[Band]]:
    columns = _columns(links)
    most = max(len(column) for column in columns)
    scale = (HEIGHT - GAP * (most - 1)) / total
    step = (WIDTH - _EDGE - _FAR - NODE) / (len(columns) - 1)
    counts = {name: _count(name, links) for column in columns for name in column}
    tops: dict[str, tuple[float, float]] = {}
    boxes = []
    for place, column in enumerate(columns):
        x, y = _EDGE + place * step, 0.0
        for name in column:
            tops[name] = (x, y)
            boxes.append(_box(name, counts[name], (x, y), counts[name] * scale))
            y += counts[name] * scale + GAP
    return boxes, _bands(links, tops, scale)


def _columns(links: Sequence[Link]) -> list[list[str]]:
    ways = list(dict.fromkeys(link.source for link in links if link.source not in _LATER))
    named = {name for link in links for name in (link.source, link.target)}
    return [ways, *([name] for name in _LATER if name in named)]


def _count(name: str, links: Sequence[Link]) -> int:
    into = sum(link.count for link in links if link.target == name)
    return into or sum(link.count for link in links if link.source == name)


def _box(name: str, count: int, at: tuple[float, float], height: float) -> Box:
    x, y = at
    is_first = x <= _EDGE
    text_x, anchor = (x - 6, "end") if is_first else (x + NODE / 2, "middle")
    text_y = y + height / 2 + 4 if is_first else y + height + 16
    return Box(name, count, f"{x:.1f}", f"{y:.1f}", f"{max(height, 1):.1f}", f"{text_x:.1f}", f"{text_y:.1f}", anchor)


def _bands(links: Sequence[Link], tops: dict[str, tuple[float, float]], scale: float) -> list[Band]:
    """Stack the bands at both ends in the order of the links; what ended leaves downwards, thin and short."""
    left: dict[str, float] = {name: y for name, (_, y) in tops.items()}
    right = dict(left)
    found = []
    for link in links:
        wide = link.count * scale
        x1, y1 = tops[link.source][0] + NODE, left[link.source] + wide / 2
        left[link.source] += wide
        if link.ended:
            x2, y2, drawn = x1 + 40, HEIGHT + 24, max(1.0, min(wide, 8.0))
        else:
            x2, y2, drawn = tops[link.target][0], right[link.target] + wide / 2, wide
            right[link.target] += wide
        middle = (x1 + x2) / 2
        path = f"M{x1:.1f} {y1:.1f} C{middle:.1f} {y1:.1f} {middle:.1f} {y2:.1f} {x2:.1f} {y2:.1f}"
        found.append(Band(path, f"{drawn:.1f}", link.ended))
    return found
