"""Reads a page as a person does."""

import re


def said(response):
    """Return the text of a page's main part, without tags, in one line."""
    main = response.text.partition("<main")[2] or response.text
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())
