"""Reads a page, or a template, as a person does."""

import re

BANNED = re.compile(r"\b(invalid|oops|please|successfully|failed|rejected|ghosted|sorry)\b|!", re.IGNORECASE)


def said(response):
    """Return the text of a page's main part, without tags, in one line."""
    main = response.text.partition("<main")[2] or response.text
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def words(text: str) -> str:
    """Return what a template or page says to people: no tags, comments, variables, nor attributes that nobody reads."""
    text = re.sub(
        r"{#.*?#}|{%-?\s*comment.*?endcomment\s*%}|<!--.*?-->|<!doctype[^>]*>|<style>.*?</style>",
        " ",
        text,
        flags=re.DOTALL | re.IGNORECASE,
    )
    text = re.sub(r"{%.*?%}|{{.*?}}", " ", text, flags=re.DOTALL)
    read_aloud = re.findall(r'\b(?:aria-label|title|placeholder|alt|value|hx-confirm)="([^"]*)"', text)
    return " ".join([re.sub(r"<[^>]*>", " ", text, flags=re.DOTALL), *read_aloud])


def banned(html: str) -> list[str]:
    """Return the words of a page that Waymark does not use, each with what stands around it."""
    text = words(html)
    return [text[max(found.start() - 40, 0) : found.end() + 40] for found in BANNED.finditer(text)]
