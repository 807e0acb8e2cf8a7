"""What of a search is its student's own data: all of it but what the site computes or keeps to take changes back."""

from applications.models import (
    Application,
    Approval,
    Debrief,
    Desk,
    Document,
    DocumentVersion,
    Event,
    InterviewRound,
    Made,
    Offer,
    Placement,
    PlacementEntry,
    PlanStep,
    PrepItem,
    Question,
    Requirement,
    SavedView,
    SeasonPlan,
    SentDocument,
    TeamTalk,
    TodayMark,
)
from tracker.lib.portable import COMPUTED, KEPT_FOR_CHECKS, Table

# In this order they come back: each after those that it names.
TABLES = (
    Table(
        "desk",
        Desk,
        Desk.objects.visible_to,
        leaves_out={"ranked_at": COMPUTED, "research_changed_at": COMPUTED},
        # The order by research is computed anew, if there is any research to go by.
        again={
            "research_changed_at": lambda row: (
                row.get("updated_at") if row.get("abstracts") or row.get("papers") else None
            )
        },
    ),
    Table(
        "applications",
        Application,
        Application.objects.visible_to,
        leaves_out={"request_key": KEPT_FOR_CHECKS},
    ),
    Table("requirements", Requirement, Requirement.objects.visible_to),
    Table("events", Event, Event.objects.visible_to),
    Table("approvals", Approval, Approval.objects.visible_to),
    Table("rounds", InterviewRound, InterviewRound.objects.visible_to),
    Table("team_talks", TeamTalk, TeamTalk.objects.visible_to),
    Table("prep_items", PrepItem, PrepItem.objects.visible_to),
    Table("debriefs", Debrief, Debrief.objects.visible_to),
    Table("questions", Question, Question.objects.visible_to),
    Table("offers", Offer, Offer.objects.visible_to),
    Table("placements", Placement, Placement.objects.visible_to),
    Table("placement_entries", PlacementEntry, PlacementEntry.objects.visible_to),
    Table("made", Made, Made.objects.visible_to),
    Table("season_plans", SeasonPlan, SeasonPlan.objects.visible_to),
    Table("plan_steps", PlanStep, PlanStep.objects.visible_to),
    Table("saved_views", SavedView, SavedView.objects.visible_to),
    Table("documents", Document, Document.objects.visible_to),
    Table(
        "document_versions",
        DocumentVersion,
        DocumentVersion.objects.visible_to,
        leaves_out={"stored_as": "It is where the site keeps the file; in the archive `file` says where it lies."},
    ),
    Table("sent_documents", SentDocument, SentDocument.objects.visible_to),
    # Last of all, also after the tables of people: it names any of them.
    Table("today_marks", TodayMark, TodayMark.objects.visible_to, holds_ids=("key",)),
)

LEFT_OUT = {
    "Undo": "What a change did is kept for ten minutes, and every fact in it stands in the other tables.",
    "Closeness": COMPUTED,
}
