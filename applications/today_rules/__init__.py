"""What a student should do next, chosen from facts by fixed rules in a fixed order. Pure."""

from applications.today_rules.lines import (
    RULES,
    Chosen,
    Limits,
    Mark,
    Rule,
    Todo,
    arrange,
    headline,
    key_of,
    quick_days,
    read_key,
)
from applications.today_rules.of_applications import Known, Meeting, of_applications
from applications.today_rules.of_plan import of_plan
from applications.today_rules.of_season import WEEK, Season, of_season
from applications.today_rules.of_week import Dated, of_week

__all__ = [
    "RULES",
    "WEEK",
    "Chosen",
    "Dated",
    "Known",
    "Limits",
    "Mark",
    "Meeting",
    "Rule",
    "Season",
    "Todo",
    "arrange",
    "headline",
    "key_of",
    "of_applications",
    "of_plan",
    "of_season",
    "of_week",
    "quick_days",
    "read_key",
]
