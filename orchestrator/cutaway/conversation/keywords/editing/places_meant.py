"""Where shots are to take place: "set it in a city", "on a church tower", "a windowsill for both"."""

from __future__ import annotations

import re
from typing import Final

from cutaway.conversation.keywords.editing.cast_words import GARMENTS
from cutaway.conversation.keywords.editing.look_words import BODY
from cutaway.conversation.keywords.editing.stage import Stage
from cutaway.conversation.keywords.phrases import known_subject, singular, tokens
from cutaway.conversation.keywords.places import place_of, take_places
from cutaway.conversation.keywords.words import COLOURS, PLACES, PREPOSITIONS

_BACKGROUND: Final = re.compile(
    r"\b(?:(?:change|set|switch|make|replace|update|turn)\s+)?(?:the\s+)?(?:background"
    r"|setting|location|place|scenery|backdrop|environment|surroundings)\s+(?:\w+\s+)??(?:to"
    r"|into|with|as|be|should be|is|:|=|to be)\s+(?:be\s+)?(?P<place>[^,.;·]+)"
)
_SET_IN: Final = re.compile(
    r"\b(?:set|put|place|move|take|shift|relocate|film|shoot|stage|happen(?:s|ing)?|takes? place"
    r"|play(?:s|ing)?|be|is|are|was|all|have|see|show)\s+(?:(?:it|this|that|them|everything"
    r"|him|her|all|the (?:scene|action|story|whole thing|film|video|shot)|·+)\s+)*(?P<prep>in"
    r"|on|at|to|into|inside|by|near|onto)\s+(?P<place>[^,.;:]+)"
)
_BARE: Final = re.compile(
    r"^[·\s]*(?:and |but |also |maybe |rather |or )*(?P<prep>in|on|at|inside|by|near"
    r"|under|beside|along|through)\s+(?P<place>(?:a|an|the|some|my)\s+[^,.;:·]+|[^,.;:·]+)$"
)
_MAKE_IT: Final = re.compile(
    r"\b(?:make|turn|change|want|rather|instead)\s+(?:it|this|that|everything|the place"
    r"|·+)?\s*(?:be |into |to )*(?P<place>(?:a|an)\s+[^,.;:·]+)$"
)
_NOT_A_PLACE: Final = frozenset(
    """it that this them him her there here total all end start beginning front back middle time colour hd place
    mind bit lot case fact way order style look general one two three picture screen frame top bottom corner
    film video scene shot first second third last next mood feel background foreground edge side centre center
    hurry euros dollars pounds night day dusk dawn rain snow fog storm wind light lights left right speed motion
    love focus detail""".split()
)
PUT_IN: Final = re.compile(
    r"\b(?:set|put|place|move|take|shift|relocate|stage)\s+(?:it|this|that|them|everything"
    r"|him|her|all|the (?:scene|action|story|whole thing|film|video)|it all|all of it"
    r"|the \w+)\s+(?:all )?(?:in|on|at|to|into|inside|onto)\b(?!\s+(?:night|dawn|dusk"
    r"|day|noon|sun|mid|moon|the (?:morning|evening|afternoon|rain|snow|fog|front|end"
    r"|start|beginning|back)|slow|black|rain|snow|fog|winter|half|double|first|second"
    r"|third|last|place|position|\d))|\b(?:background|setting|location)\b"
)


def place_in(stage: Stage) -> str:
    """The place a clause asks for, '' when it asks for none. Its words are then read."""
    line = stage.line
    for pattern, sure in ((_BACKGROUND, True), (_SET_IN, False), (_BARE, False), (_MAKE_IT, False)):
        match = line.find(pattern)
        if match is None:
            continue
        words = tokens(line.masked.bare(line.unread(match.start("place"), match.end("place"))))
        place = _place(
            words,
            sure or (pattern is _SET_IN and bool(PUT_IN.search(stage.text))),
            pattern is _MAKE_IT,
            pattern is _BARE and len(line.left()) <= 6,
        )
        if place:
            line.use(match.start(), match.end())
            return place[:100]
    place, _ = take_places(tokens(line.masked.bare(_free(line.free))), kept_too=frozenset())
    if place and place.lower() not in _NOT_A_PLACE and not _names(place):
        start = line.free.find(place.lower())
        if start >= 0:
            head = re.search(
                r"(?:\b(?:in|on|at|into|to|by|near|inside|through|along)\s+)?(?:(?:a|an|the|some)\s+)?$",
                line.free[:start],
            )
            line.use(start - len(head[0]) if head else start, start + len(place))
        return place
    return ""


def _free(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"[·]+", " , ", text))


def _names(place: str) -> bool:
    return place.lower().split()[-1] in _NOT_A_PLACE


def _place(words: list[str], sure: bool, made: bool, bare: bool) -> str:
    words = [w for w in words if w not in {",", ";", ":"}]
    while words and words[-1].lower() in PREPOSITIONS | {
        "and",
        "instead",
        "please",
        "too",
        "now",
        "though",
        "then",
        "all",
        "for",
        "rather",
        "really",
    }:
        words = words[:-1]
    if place := place_of(words):
        return place
    if made:
        return ""
    while words and words[0].lower() in {"a", "an", "the", "some", "my", "in", "on", "at", "to", "be"}:
        words = words[1:]
    low = [w.lower() for w in words]
    if len(low) > 1 and low[0] in {"his", "her", "their", "its"} and low[-1] in BODY:
        return ""  # "at his feet"
    if (
        not words
        or len(words) > 6
        or low[-1] in _NOT_A_PLACE | COLOURS
        or low[0] in _NOT_A_PLACE
        or not any(c.isalpha() for c in words[0])
    ):
        return ""
    if (
        (known_subject(low[-1]) and low[-1] not in PLACES)
        or low[-1] in GARMENTS
        or singular(low[-1]) in GARMENTS
        or low[0] == "not"
    ):
        return ""
    return " ".join(words) if sure or bare else ""
