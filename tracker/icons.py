"""The names of the icons we use, out of bootstrap-icons; the template tag `icon` refuses any other."""

NAMES = frozenset(
    """
    archive arrow-left arrow-left-right arrow-return-right award bell bookmark box-arrow-right box-arrow-up-right
    briefcase building calendar-event calendar3 calendar3-range camera-video chat-square-text check-circle-fill
    check-lg clipboard-check clock envelope envelope-open exclamation-circle eye eye-slash geo-alt globe2
    hourglass-split inbox info-circle kanban keyboard lightbulb link-45deg lock mortarboard palette patch-check
    pause-circle pencil pencil-square people person person-check person-plus plus-lg search send sliders sticky sun
    table telephone three-dots trash x-lg
    """.split()
)
