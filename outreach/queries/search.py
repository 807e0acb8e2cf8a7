"""One's own people in the search from everywhere."""

from django.urls import reverse

from companies.queries.pages import Hit

PEOPLE = """
    SELECT json_build_array(c.public_id, c.name, c.work) AS row FROM outreach_contact c
    WHERE c.student_id = %(me)s AND concat_ws(' ', c.name, c.work, c.source) ILIKE ALL(%(words)s)
    ORDER BY lower(c.name), c.id LIMIT %(most)s"""
"""The people whom all of the words name, by name, company or source: the twin of `Contact.visible_to`."""


def hit(row: list[str]) -> Hit:
    """Tell one of them."""
    public_id, name, work = row
    return Hit(name, reverse("outreach:person", args=[public_id]), work)
