"""Guesses: which field a column is, by its name and its samples, and which stage a word means. Pure."""

from collections.abc import Mapping, Sequence

from applications.stage import ENTRY_CHOICES, Outcome, Stage, entry_word
from imports.planning.fields import FIELDS, LEFT_OUT, LINE
from imports.planning.names import BY_NAME, key_of
from imports.reading.formats import FORMATS

_WORDS = {
    entry_word(Stage.INTERESTED, ""): "interested saved wishlist wish bookmarked idea new lead target considering "
    "toapply notapplied notstarted notyetapplied notyet open evaluated",
    entry_word(Stage.PREPARING, ""): "preparing draft drafting inprogress started writing applying todo preparation",
    entry_word(Stage.APPLIED, ""): "applied sent submitted applicationsent applicationsubmitted pending waiting "
    "underreview inreview responded contacted",
    entry_word(Stage.INTERVIEWING, ""): "interviewing interview interviews oa onlineassessment assessment phonescreen "
    "screening screen phone phoneinterview onsite technical technicalinterview codingchallenge takehome finalround "
    "firstround secondround round1 round2 round3 hrinterview interviewed",
    entry_word(Stage.OFFER, ""): "offer offered offerreceived offers",
    entry_word(Stage.OFFER, Outcome.ACCEPTED): "accepted hired offeraccepted signed",
    entry_word(Stage.CLOSED, Outcome.NOT_THIS_TIME): "notthistime rejected rejection declinedbycompany unsuccessful "
    "denied turneddown notselected refused no",
    entry_word(Stage.CLOSED, Outcome.NO_REPLY): "noreply ghosted noresponse noanswer silent",
    entry_word(Stage.CLOSED, Outcome.WITHDREW): "iwithdrew withdrawn withdrew withdraw cancelled canceled",
    entry_word(Stage.CLOSED, Outcome.DECLINED): "ideclined declined offerdeclined declinedoffer",
    entry_word(Stage.CLOSED, Outcome.ROLE_CLOSED): "roleclosed expired archived closed discarded skip skipped filled",
}
_BY_WORD = {word: entry for entry, words in _WORDS.items() for word in words.split()}
_BY_LABEL = {key_of(label): entry for entry, label in ENTRY_CHOICES}
_LINK = ("https://", "http://", "www.")


def guess_fields(
    form: str, heads: Sequence[str], samples: Sequence[Sequence[str]], known: Mapping[str, str]
) -> list[str]:
    """Return a field for each column, each field once; `known` is what this person chose before, by `key_of`."""
    own = FORMATS[form].fields
    guesses = [_guess(key_of(head), own, known) for head in heads]
    if "url" not in guesses:
        links = (n for n, cells in enumerate(samples) if cells and all(cell.startswith(_LINK) for cell in cells))
        place = next((n for n in links if guesses[n] == LEFT_OUT), None)
        if place is not None:
            guesses[place] = "url"
    taken: set[str] = set()
    for place, guess in enumerate(guesses):
        if guess in taken and guess != LINE:
            guesses[place] = LEFT_OUT
        taken.add(guess)
    return guesses


def _guess(key: str, own: Mapping[str, str], known: Mapping[str, str]) -> str:
    field = known.get(key, own.get(key, BY_NAME.get(key, LEFT_OUT)))
    return field if field in FIELDS else LEFT_OUT


def guess_entry(word: str, known: Mapping[str, str]) -> str:
    """Return what a word for a stage probably means, one of ENTRY_CHOICES; nothing when it says nothing to us."""
    key = key_of(word)
    entry = known.get(key, _BY_LABEL.get(key, _BY_WORD.get(key, "")))
    return entry if entry in dict(ENTRY_CHOICES) else ""
