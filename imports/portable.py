"""What of imports is a student's own data: what they brought of late, and what is remembered of their choices."""

from imports.models import Habit, Import, ImportRow
from tracker.lib.portable import KEPT_FOR_CHECKS, Table

_UNDO = "It is kept to take the import back; every fact in it stands in the other tables."

TABLES = (
    Table("import_habits", Habit, Habit.objects.visible_to),
    Table(
        "imports",
        Import,
        Import.objects.visible_to,
        leaves_out={**dict.fromkeys(("seen", "began_at"), KEPT_FOR_CHECKS), "companies_made": _UNDO, "base": _UNDO},
        comes_back=False,
    ),
    Table(
        "import_rows",
        ImportRow,
        ImportRow.objects.visible_to,
        leaves_out=dict.fromkeys(
            ("company_id_found", "company_key", "posting_id_found", "url_key", "name_key", "twin"), KEPT_FOR_CHECKS
        ),
        comes_back=False,
    ),
)

LEFT_OUT = {
    "Part": "It is the table that you brought, and goes with the import. `import_rows` says what became of it.",
    "Change": _UNDO,
}
