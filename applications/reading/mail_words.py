"""The words by which a mail tells that something has moved: each a pattern over one sentence in lower case. Pure.

Every repetition in them is bounded, so that no text can keep them busy.
"""

import re

_WORDS = r"(?:[\w'-]+ )"
_NOT = r"(?:not|unable to|cannot|can't|won't|couldn't|didn't|haven't|aren't|isn't)"
_ONWARD = r"(?:mov|go|tak|progress|proceed|advanc|continu)\w*"
_INTERVIEW = r"(?:interviews?|calls?|conversation|chat|screen(?:ing)?|round|on-?site|assessment|challenge|test|meeting)"
_TASK = (
    r"(?:assessment|coding (?:challenge|test|exercise|task)|take-home|challenge|online test|hackerrank|codesignal|"
    r"codility|hirevue)"
)
_ROLE = r"(?:position|role|vacancy|opening|posting|internship|requisition|place)"
_GLAD = r"(?:pleased|delighted|happy|excited|thrilled|glad)"


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(patterns)})\b")


WOULD_BE = _any(
    r"if (?:your|you|we|there|selected|successful|shortlisted|it)",
    r"should (?:your|you|we)",
    r"whether (?:or not )?(?:to|we|you|your)",
    r"only (?:candidates|applicants|those)",
    r"(?:unless|in case|in the event)",
)
"""What would be."""

AS_A_RULE = _any(
    r"(?:selected|shortlisted|successful|suitable) (?:candidates|applicants)",
    r"(?:may|might|could) (?:be )?(?:invite|invited|contact|contacted|reach|ask|asked)",
    r"(?:before we decide|our process|the process|typically|usually|normally)",
)
"""What is so with everybody; a refusal may say it as well, and is one all the same."""

MOVED = _any(
    r"re-?schedul\w+", r"postpon\w+", r"(?:another|a different|a new|new) (?:time|day|date|slot)", r"running late"
)
"""About the time of something, whatever words of refusal stand there."""

GONE = _any(
    rf"{_ROLE} (?:has|is|was|have)(?: now| already| since| unfortunately)?(?: been)? (?:filled|closed|"
    r"cancell?ed|withdrawn|"
    r"put on hold|frozen|discontinued)",
    r"(?:filled|closed|cancell?ed|withdrawn|frozen|cancel|close|withdraw) (?:the|this|our|all) "
    rf"{_WORDS}{{0,3}}{_ROLE}s?",
    r"no longer (?:hiring|recruiting|filling|accepting applications|looking|taking interns?)(?: for)?",
    r"hiring (?:freeze|has been paused|is paused)",
)

NO = _any(
    rf"{_NOT} (?:be |to )?(?:able to )?{_ONWARD} (?:forward|ahead|further|you|your|with (?:you|your|the)|"
    r"to the (?:next|interview))"
    rf"(?!(?: with)? (?:the|our|your) {_WORDS}{{0,2}}(?:interview|call|meeting|chat))",
    rf"{_NOT} (?:be )?(?:able to )?(?:offer(?:ing)? you|shortlist\w*|invit\w+ you|consider\w* (?:you|your)|"
    r"select\w* you)",
    rf"{_NOT} (?:been |be )?(?:selected|successful|shortlisted|chosen)",
    r"(?:application|you) (?:has|have|was|were|is)(?: been)? (?:unsuccessful|declined|turned down)",
    r"unsuccessful (?:on this occasion|this time|in)",
    r"(?:pursue|proceed with|(?:mov|go)\w* (?:forward |ahead )?with|progress with|chosen|selected|chose|"
    r"selecting) (?:an)?other "
    r"(?:candidates?|applicants?)",
    r"(?:other|another|a different) (?:candidates?|applicants?) (?:whose|who|with) "
    rf"{_WORDS}{{0,6}}(?:closely|closer|better|match\w*|fit\w*)",
    r"regret to (?:inform|tell|let|say|advise)",
    rf"decided (?:not to|against) {_WORDS}{{0,3}}(?:{_ONWARD}|offer\w*|pursu\w+|interview\w*)",
    r"no longer (?:under consideration|being considered|considering your|in consideration)",
    rf"(?:won't|will not|not) be {_WORDS}{{0,2}}(?:an offer|a place|the right fit)",
)

OFFER = _any(
    rf"{_GLAD} to {_WORDS}{{0,3}}offer you (?!an? {_WORDS}{{0,2}}(?:interview|call|slot|conversation|chat|"
    r"time|chance|meeting))",
    rf"(?:{_GLAD} to|would like to|'d like to|want to) {_WORDS}{{0,2}}(?:extend|make|send) {_WORDS}{{0,4}}offer",
    r"(?:would|'d) like to offer you (?:the|a|an) (?:position|role|internship|place|fellowship|research)",
    r"(?:we|i) (?:are|am) offering you",
    r"(?:formal|written|official|internship|your) offer (?:letter|of employment|of an internship|is "
    r"attached|is enclosed)",
    r"offer letter (?:is|will|has been|attached|enclosed)",
    r"(?:attached|enclosed) (?:is|you will find|find) (?:your|the|our) offer",
    r"congratulations(?: on|,)? (?:your|the) offer",
)

TALK = _any(
    rf"invit\w+ (?:you )?{_WORDS}{{0,5}}(?:to|for) {_WORDS}{{0,6}}{_INTERVIEW}",
    rf"(?:schedule|set up|arrange|book|organi[sz]e|find a time for) {_WORDS}{{0,6}}{_INTERVIEW}",
    rf"(?:like|love|keen|happy|want|eager) to {_WORDS}{{0,3}}(?:speak|talk|chat|interview|meet)(?: with)? you",
    rf"{_ONWARD} {_WORDS}{{0,3}}(?:to|with) (?:the|a|an|our|your) {_WORDS}{{0,4}}(?:round|stage|step|"
    r"interviews?|phase|assessment|loop)",
    r"(?:first|second|third|next|final|technical|virtual|on-?site|phone|video|your) "
    rf"{_WORDS}{{0,2}}(?:interview|screen|round) "
    r"(?:is|will|has been|takes|with|on|at)",
    r"interview (?:is|has been|was) (?:confirmed|scheduled|booked|set|arranged)",
    rf"confirm(?:ing|s|ed)? your {_WORDS}{{0,3}}interview",
    rf"availability {_WORDS}{{0,6}}{_INTERVIEW}",
    rf"(?:complete|take|start|finish|attempt|invit\w+ you to) {_WORDS}{{0,6}}{_TASK}",
    rf"(?:link|invitation|access) to {_WORDS}{{0,5}}{_TASK}",
    rf"offer you an? {_WORDS}{{0,2}}(?:interview|call|slot|conversation|chat|meeting)",
)

SENT = _any(
    rf"(?:thank you|thanks)(?: (?:so |very )?much| a lot)? for {_WORDS}{{0,3}}(?:applying|application|submitting)",
    r"received your (?:\w+ )?application",
    r"your application (?:\w+ ){0,8}(?:has been|was) (?:\w+ )?(?:received|submitted|sent)",
    r"confirm\w* (?:the )?receipt of your application",
)
