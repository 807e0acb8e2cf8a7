"""What students do with an import, as verbs."""

from imports.actions.beginning import begin_import
from imports.actions.correcting import choose, choose_all, correct_row
from imports.actions.matching import match_columns
from imports.actions.running import ask_for_run, ask_for_undo, progress_of, run_due
from imports.actions.tidying import forget_old

__all__ = [
    "ask_for_run",
    "ask_for_undo",
    "begin_import",
    "choose",
    "choose_all",
    "correct_row",
    "forget_old",
    "match_columns",
    "progress_of",
    "run_due",
]
