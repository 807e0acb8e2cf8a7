"""Finds DOIs and arXiv ids, with or without the address around them. Pure."""

import re
from urllib.parse import unquote

_DOI = re.compile(
    r"(?<![\w.])10\.\d{4,9}/(?:[^\s\"<>{}|\\^`\x00-\x1f\x7f-\x9f\ud800-\udfff]|<[\w:.-]{1,40}>){1,200}", re.IGNORECASE
)
_ARXIV = re.compile(
    r"(?:arxiv[:.\s]\s*|arxiv\.org/(?:abs|pdf|html)/|^)"
    r"(?P<id>\d{4}\.\d{4,5}|(?:astro-ph|cond-mat|gr-qc|hep-(?:ex|lat|ph|th)|math-ph|nucl-(?:ex|th)|quant-ph|math|nlin"
    r"|physics|cs|q-bio|q-fin|stat|eess|econ|cmp-lg|alg-geom|dg-ga|funct-an|q-alg|solv-int|chao-dyn|adap-org)"
    r"(?:\.[A-Z]{2})?/\d{7})(?:v\d{1,3})?(?![\w/])",
    re.IGNORECASE,
)
_LONGEST_DOI = 200
_ENDS = ".,;:!?'\u201d\u2019"


def doi_in(text: str) -> str:
    """Return the first DOI of a text in small letters, as DOIs compare; nothing where there is none.

    >>> doi_in("See https://doi.org/10.1145/3292500.3330701.")
    '10.1145/3292500.3330701'
    """
    found = _DOI.search(unquote(text) if "%" in text else text)
    if not found:
        return ""
    doi = found[0].rstrip(_ENDS)
    while doi.endswith((")", "]")) and doi.count(doi[-1]) > doi.count("(" if doi[-1] == ")" else "["):
        doi = doi[:-1].rstrip(_ENDS)
    return doi.lower() if len(doi) <= _LONGEST_DOI and not doi.endswith("/") else ""


def arxiv_in(text: str) -> str:
    """Return the first arXiv id of a text without its version, new ones and old ones ("hep-th/9901001").

    >>> arxiv_in("https://arxiv.org/pdf/1706.03762v5")
    '1706.03762'
    """
    found = _ARXIV.search(text.strip())
    return found["id"] if found else ""
