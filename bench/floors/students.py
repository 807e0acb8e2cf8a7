"""The floor of a supervisor's first page."""

# ruff: noqa: E501 - SQL and markup read best in whole lines

from collections import defaultdict
from html import escape

from django.http import HttpRequest, HttpResponse

from bench.floors.page import answer, day, me, sql
from tracker.lib import clock


def students(request: HttpRequest) -> HttpResponse:
    """Show the students who share something, with their stages, the next closing day and what they ask for."""
    shared = sql(
        "SELECT u.id, u.public_id, u.name, u.phd_started_on, s.level FROM supervision_supervision s JOIN accounts_user u "
        "ON u.id = s.student_id WHERE s.supervisor_id = %s AND s.ended_at IS NULL AND s.level <> 'nothing' AND u.is_active "
        "ORDER BY lower(u.name), u.email, s.id LIMIT 51",
        me(request),
    )
    counts = defaultdict(list)
    for student, stage, number, closes_on in sql(
        "SELECT student_id, stage, count(*), min(closes_on) FILTER (WHERE stage IN ('interested', 'preparing') AND "
        "closes_on >= %s) FROM applications_application WHERE student_id = ANY(%s) GROUP BY 1, 2",
        clock.now().date(),
        [row[0] for row in shared],
    ):
        counts[student].append((stage, number, closes_on))
    asked = defaultdict(list)
    for student, kind in sql(
        "SELECT s.student_id, r.kind FROM supervision_request r JOIN supervision_supervision s ON s.id = r.supervision_id "
        "WHERE s.supervisor_id = %s AND s.ended_at IS NULL AND r.standing IN ('open', 'promised') ORDER BY r.due_on, r.id",
        me(request),
    ):
        asked[student].append(kind)
    return answer(
        request,
        "students",
        [
            f'<tr><th scope="row"><span class="who"><span class="mono s">{escape(name[:2])}</span><a '
            f'href="/supervision/{public_id}/">{escape(name)}</a><span class="sub">{started}</span></span></th>'
            f'<td data-label="Shares">{level}</td><td data-label="Stages">'
            + "".join(f'<span class="pill st-{stage}">{number} {stage}</span>' for stage, number, _ in counts[pk])
            + f"</td><td>{day(min((c for _, _, c in counts[pk] if c), default=None))}</td><td>{', '.join(asked[pk])}</td></tr>"
            for pk, public_id, name, started, level in shared[:50]
        ],
    )
