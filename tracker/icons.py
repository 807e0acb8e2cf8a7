"""The names of the icons we use, out of bootstrap-icons; the template tag `icon` refuses any other."""

NAMES = frozenset(
    """
    alarm archive arrow-counterclockwise arrow-left arrow-left-right arrow-return-right award bar-chart bell
    book bookmark box-arrow-right box-arrow-up-right briefcase broadcast building bullseye calendar-event
    calendar-plus calendar3 calendar3-range camera-video chat-square-text check-circle-fill check-lg
    check-square chevron-right circle clipboard-check clock copy download envelope envelope-open
    exclamation-circle eye eye-slash file-earmark-text flag funnel geo-alt globe2 hourglass-split inbox
    info-circle journal-text kanban keyboard layout-three-columns lightbulb link-45deg list-check lock
    mortarboard palette patch-check pause-circle pencil pencil-square people person person-check person-plus
    plus-lg printer question-circle search send signpost-split sliders sort-down sticky sun table tag telephone
    three-dots trash upload x-lg
    """.split()
)
