"""Turns the LaTeX of titles and names into letters: accents, special letters, dashes; commands fall away. Pure."""

import re
import unicodedata

_MARKS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307",
    '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328",
    "b": "\u0331",
}  # fmt: skip
_LETTERS = {
    "ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å",
    "AA": "Å", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ", "ng": "ŋ", "NG": "Ŋ",
    "i": "\u0131", "j": "\u0237", "alpha": "\u03b1", "beta": "\u03b2", "gamma": "\u03b3", "delta": "\u03b4",
    "epsilon": "\u03b5", "lambda": "\u03bb", "mu": "\u03bc", "pi": "\u03c0", "sigma": "\u03c3", "tau": "\u03c4",
    "phi": "\u03c6", "textendash": "\u2013", "textemdash": "\u2014",
}  # fmt: skip
# A mark, then one letter, in braces or not; a dotless i or j takes the place of its letter.
_PUNCTUATED = re.compile(r"\\([`'^\"~=.])\s*(?:\{\s*\\?([^\W\d_][\u0300-\u036f]*)\s*\}|\\?([^\W\d_][\u0300-\u036f]*))")
_LETTERED = re.compile(r"\\([uvHcdbkr])(?:\s*\{\s*\\?([^\W\d_])\s*\}|\s+\\?([^\W\d_]))")
_NAMED = re.compile(r"\\([A-Za-z]+)(?:\{\}|\s+|(?![A-Za-z]))")
_ESCAPED = re.compile(r"\\([&%$#_{} ])")
_OTHER = re.compile(r"\\[^A-Za-z]|[{}$]")
_PLAIN = re.compile(r"[\w\s.,:;()/?!+-]*", re.ASCII)
_KEPT = {"&": "&", "%": "%", "$": "\ue000", "#": "#", "_": "_", "{": "\ue001", "}": "\ue002", " ": " "}


def decode(text: str) -> str:
    r"""Return a text without LaTeX, its letters composed; what has none comes back as it was, with single spaces.

    >>> decode(r"G{\'o}mez, {\O}ystein and \v{S}ime {\textit{et al.}}")
    'Gómez, Øystein and Šime et al.'
    """
    if "--" not in text and _PLAIN.fullmatch(text):
        return " ".join(text.split())
    if "\\" in text:
        text = _PUNCTUATED.sub(_accented, _PUNCTUATED.sub(_accented, text))  # two marks at most on one letter
        text = _LETTERED.sub(_accented, text)
        text = _ESCAPED.sub(lambda found: _KEPT[found[1]], text)
        text = _NAMED.sub(lambda found: _LETTERS.get(found[1], ""), text)
    text = _OTHER.sub("", text).replace("---", "\u2014").replace("--", "\u2013").replace("~", " ")
    text = text.replace("``", "\u201c").replace("''", "\u201d")
    text = text.replace("\ue000", "$").replace("\ue001", "{").replace("\ue002", "}")
    return unicodedata.normalize("NFC", " ".join(text.split()))


def _accented(found: re.Match[str]) -> str:
    return f"{found[2] or found[3]}{_MARKS[found[1]]}"
