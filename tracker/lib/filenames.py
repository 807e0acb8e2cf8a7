"""Names of files as they come over the network: what hides in them is made to show."""

import html

MARK = "\N{REPLACEMENT CHARACTER}"


def marked(name: str) -> str:
    """Return a name in one part and without hidden characters; each one taken out leaves a mark."""
    return "".join(letter if letter.isprintable() and letter not in "/\\" else MARK for letter in html.unescape(name))
