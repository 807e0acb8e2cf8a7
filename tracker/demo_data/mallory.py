"""Mallory's search so far: a few applications, shared with nobody. All of it is invented."""

from applications.stage import Stage
from tracker.demo_data.shapes import Entry, Role

ROLES = (
    Role("Saltmarsh Energy", "PhD Intern, Physics-Informed Models", "Bristol", ((-6, Stage.INTERESTED),), closes=44,
         source="list"),
    Role("Northlight Labs", "Research Intern, Neural Operators", "Cambridge",
         ((-16, Stage.INTERESTED), (-5, Stage.PREPARING)), closes=48, source="conference",
         next_step="Ask for a reference letter", next_step_by=8),
    Role("Weir Analytics", "PhD Intern, Federated Learning", "Manchester",
         ((-14, Stage.INTERESTED), (-9, Stage.PREPARING), (-3, Stage.APPLIED)), source="list",
         log=(Entry(-3, "note", "Sent a week before I had planned to."),)),
)  # fmt: skip
