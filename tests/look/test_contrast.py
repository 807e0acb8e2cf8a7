"""Every pair of colours that meets on a page, light and dark, against WCAG's ratios."""

import re
from pathlib import Path

import pytest

TOKENS = (Path(__file__).parents[2] / "assets/css/tokens.css").read_text()
PAIRS = dict(re.findall(r"--([\w-]+): light-dark\((#\w{6}, #\w{6})\)", TOKENS))
STAGES = ("interested", "preparing", "applied", "interviewing", "offer", "closed", "due", "error")
TEXT = [
    *((ink, ground) for ink in ("ink", "ink-2", "ink-3", "accent", "due", "error") for ground in ("paper", "surface")),
    *((ink, "sunken") for ink in ("ink", "ink-2", "ink-3", "accent")),
    *((stage, f"{stage}-t") for stage in STAGES),
    *((f"m{n}", f"m{n}-t") for n in range(1, 7)),
    ("on-accent", "accent"), ("on-accent", "accent-hover"), ("on-offer", "offer"), ("accent", "accent-tint"),
    ("ink", "accent-tint"), ("paper", "ink"),
]  # fmt: skip
EDGES = [
    *((edge, ground) for edge in ("line-strong", "focus") for ground in ("paper", "surface", "sunken")),
    ("heat-3", "surface"),
]


def luminance(colour):
    def linear(channel):
        share = channel / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(colour[i : i + 2], 16)) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one, other, theme):
    lights = sorted(luminance(PAIRS[name].split(", ")[theme]) for name in (one, other))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("pairs", "bar"), [(TEXT, 4.5), (EDGES, 3)], ids=["text", "edges"])
def test_every_pair_reaches_its_ratio(pairs, bar, theme):
    assert [
        (one, other, round(ratio(one, other, theme), 2)) for one, other in pairs if ratio(one, other, theme) < bar
    ] == []
