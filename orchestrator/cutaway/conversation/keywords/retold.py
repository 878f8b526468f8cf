"""A film told in talk, put as a description: whom "them" means, "me" as a person, "there's this cat and she"."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from cutaway.conversation.keywords.lexicon import can_be, is_past, third_form
from cutaway.conversation.keywords.respelled import respelled
from cutaway.conversation.keywords.words import VERB_FORMS

_WISH: Final = re.compile(
    r"(?:(?<=[.!?;,])|(?<=[.!?;,]\s)|^|\b(?:so|and|but)\s+)\s*(?=(?:(?:so|and|but|please|now)\s+)*(?:(?:can"
    r"|could|would|will) (?:you|we|u|i)\b"
    r"|(?:please|pls|plz) (?:make|show|do|create|film|draw|have)|(?:i'd|i would|we'd|we would|i|we) (?:like|love"
    r"|want|need)\b"
    r"|it(?:'d| would) be (?:\w+ )?\w+ to (?:see|have)\b|(?:make|show|create|film|draw) (?:me |us |a |an |some)))",
    re.I,
)
_HAVE: Final = re.compile(
    r"\b(?:i|we)(?:'ve| have)?(?:\s+(?:also|just|always|still|now|got|recently))*\s+(?:keep|have|got|own|rescued"
    r"|adopted|bought|raise|breed|built"
    r"|restored|look after|grow|found|inherited|live with|work with|train|fly|drive|ride)\s+(?P<np>(?:an?|one"
    r"|two|three|four|five|six|seven|eight"
    r"|nine|ten|twelve|some|my|our|the|\d+)\s+[\w'-]+(?:\s+[\w'-]+){0,3}?)(?=\s*(?:[.,;!?]|\b(?:and|but|who|that|which|called|named|last|this|when|since|yesterday|in|on|at|from"
    r"|with|so|here)\b|$))",
    re.I,
)
_FOR_WHOM: Final = re.compile(
    r"[^.!?:]*\b(?P<whom>(?:my|our)\s+(?:[\w-]+\s+)?[a-z]+?)(?:'?s)?\s+(?:birthday|party|wedding|anniversary"
    r"|graduation|retirement|leaving do|school|class"
    r"|\d+(?:th|st|nd|rd)(?:\s+birthday)?)\b[^.!?:]*[.!?:]+\s+",
    re.I,
)
_MADE: Final = re.compile(
    r"\b(?:he|she|they|i|we|(?:my|our)\s+[\w'-]+(?:\s+[\w'-]+)?)\s+(?:[a-z]+ed|drew|made|built|wrote|found|saw|caught|bought|got|met|has|owns?|keeps?|won)"
    r"\s+(?P<np>(?:an?|one|two|three|four|five|six|some)\s+[\w'-]+(?:\s+[\w'-]+){0,2}?)"
    r"(?=\s*(?:[.!;,]|$|\b(?:last|this|when|since|yesterday|called|named|and|that|who|for|in|on|at|with|from)\b))",
    re.I,
)
_MINE: Final = re.compile(
    r"(?:^|[.!?,;]\s+|\b(?:and|so|because)\s+)(?P<np>(?:my|our)\s+[\w'-]+(?:\s+[\w'-]+){0,2}?)\s+(?P<verb>is|was|has|turned|turns|loves|just|will|can"
    r"|got|[a-z]+ed|[a-z]+s)\b",
    re.I,
)
_OBJECT: Final = re.compile(
    r"\b(?:them|him|her|it)\b(?=\s+(?:(?:all|both|happily|slowly|quietly|just)\s+)?(?:[a-z]+ing\b|asleep|awake|in\b|on\b|at\b|under\b|with\b|by\b|as\b"
    r"|from\b|and\b|inside\b))",
    re.I,
)
_SUBJECT: Final = re.compile(
    r"\b(?:he|she|it|they)\b(?=(?:'s)?\s+(?!rain|snow|is\s+(?:rain|snow)|gets|starts to)[a-z]+)", re.I
)
_ME: Final = re.compile(
    r"(?P<before>\b(?:show|film|see|have|of|with|then|and|draw|where|plus)\s+|,\s*)(?P<who>me|us)\s+(?=(?:all "
    r"|both )?[a-z]+ing\b)",
    re.I,
)
_I: Final = re.compile(
    r"(?P<before>\b(?:where|when|while|in which|how|and|then|of)\s+|,\s*)(?P<who>i|we)(?:'m|'re| am| "
    r"are)?\s+(?:all\s+|both\s+|just\s+)*"
    r"(?P<verb>[a-z]+)\b",
    re.I,
)
_SEEN: Final = frozenset(
    """
    see open cut start begin end move want need like love think have would could can will should go zoom pan
    fade hear get know hope guess mean met do did was were am are be wish prefer thought said say saw
    """.split()
)
_TIME_FOR: Final = re.compile(
    r"^(?P<lead>(?:(?:ok(?:ay)?|right|so|now|then|and|well|alright|cool)[\s,]+)*)(?!bed|lunch|dinner|day|night|this|that|some|the|next|last|one|first"
    r"|long|what)[a-z-]+\s+time\s*[.!:]\s+",
    re.I,
)
_ABOUT: Final = re.compile(
    r"^(?:(?:ok(?:ay)?|so|well|right|basically)[\s,]+)*(?:it(?:'?s| is| should be| would be| will be)|this "
    r"(?:one )?is|the (?:story|film|plot|idea) is"
    r"|mine is|my (?:story|idea|film) is)\s+(?:all |basically |just |mostly |simply )*about\s+",
    re.I,
)
_IS_A: Final = re.compile(
    r"\b(?P<who>(?:my|our|the)\s+[a-z'-]+)\s+is\s+an?\s+(?P<what>(?!little|bit|lot)[a-z-]+)\s+(?:and|who|that)\s+(?:he|she|it)\s+(?=[a-z]+s\b)",
    re.I,
)
_THIS_ONE: Final = re.compile(
    r"^(?P<lead>(?:(?:ok(?:ay)?|so|um+|well|right)[\s,]+)*)(?:there(?:'?s| is| was)\s+)?(?P<what>(?:this|an?|my"
    r"|one)\s+(?:[a-z'-]+\s+){0,2}?[a-z'-]+)"
    r"\s*,?\s*(?:(?:right|yeah|ok|you know|see|like)\s*,?\s*)?and\s+(?:then\s+)?(?:he|she|it)\s+(?=[a-z]+s\b)",
    re.I,
)
_WEARS: Final = re.compile(
    r"\s+(?:and\s+)?(?:he|she|it|who)(?:'s|\s+has|\s+is)?\s+(?:got|wearing|has|with)\s+(?P<what>an?\s+(?:[a-z'-]+\s+){0,2}?[a-z'-]+)(?:\s+on)?\s+and\s+"
    r"(?:he|she|it|who)(?:'s|\s+is)?\s+(?=[a-z]+ing\b)",
    re.I,
)


@lru_cache(maxsize=64)
def retold(text: str) -> str:
    """The words of a film with what only talk needs taken out of them; a plain description stays as it is."""
    text = respelled(re.sub(r"(?<=\w)\s+/+\s+(?=\w+\s+\w)", "\n", text))
    text = _TIME_FOR.sub(r"\g<lead>", text)
    text = _ABOUT.sub("", text)
    text = _referred(text)
    text = _WEARS.sub(lambda match: f" with {match['what']} ", text)
    text = _THIS_ONE.sub(lambda match: f"{match['lead']}{_indefinite(match['what'])} ", text)
    text = _IS_A.sub(
        lambda match: f"{' '.join([*match['who'].split()[:-1], match['what'], match['who'].split()[-1]])} ", text
    )
    if _asks(text):
        text = _ME.sub(lambda match: f"{match['before']}{_PEOPLE[match['who'].lower()]} ", text)
        text = _I.sub(_as_people, text)
    return text


_PEOPLE: Final = {"me": "a person", "us": "people", "i": "a person", "we": "people"}


def _asks(text: str) -> bool:
    return bool(_WISH.search(text)) or bool(re.search(r"\b(?:film|video|clip|movie|show|make)\b", text, re.I))


def _as_people(match: re.Match[str]) -> str:
    verb = match["verb"].lower()
    if verb in _SEEN or not can_be(verb, "VERB") or is_past(verb):
        return match[0]
    who = _PEOPLE[match["who"].lower()]
    if who == "a person" and not verb.endswith("ing"):
        verb = third_form(verb)
    return f"{match['before']}{who} {verb}"


def _indefinite(what: str) -> str:
    return re.sub(r"^(?:this|one)\b", "a", what, flags=re.I)


_NAMED: Final = re.compile(
    r"\b(?:an?|two|three|four|five|some|the|my|our)\s+(?!(?:[\w'-]+\s+){0,3}(?:films?|videos?|vids?|clips?|movies?|shorts?|story|thing|scenes?|shots?|bit"
    r"|little)\b)",
    re.I,
)
"""Somebody the wish itself names: a "he" after that means them."""


def _made_to(text: str) -> re.Match[str] | None:
    """The "it" of "make it jump over the moon"."""
    match = re.search(
        r"(?<=\bmake\s)(?:it|him|her|them)\b(?=\s+(?P<verb>[a-z]+)\b\s+(?:over|in|on|to|into|through|an?|the|up|down|across|from|at)\b)",
        text,
    )
    return match if match and VERB_FORMS.get(match["verb"], ("", ""))[1] == "base" else None


def _referred(text: str) -> str:
    """The text with the first "them" or "he" of the wish named, where the words before it say who that is."""
    if (whose := _FOR_WHOM.match(text)) and (said := re.match(r"(?:he|she|they)\b", text[whose.end() :], re.I)):
        # "it's for my sister's birthday. she rides a pony": she is the sister.
        return f"{text[: whose.end()]}{whose['whom']}{text[whose.end() + said.end() :]}"
    wish = next((match for match in _WISH.finditer(text) if match.end() > 4), None)
    if wish is None:
        return text
    before, after = text[: wish.end()], text[wish.end() :]
    whom = [match["np"] for match in (*_HAVE.finditer(before), *_MADE.finditer(before))] or [
        match["np"]
        for match in _MINE.finditer(before)
        if match["verb"].lower() not in {"says", "said", "thinks", "wants", "asks"}
    ]
    if not whom:
        return text
    said = _OBJECT.search(after) or _made_to(after) or _SUBJECT.search(after)
    if said is None or _NAMED.search(after[: said.start()]):
        return text
    named = re.sub(r"^the\s+", "", whom[-1])
    first = f"{after[: said.start()]}{named}{after[said.end() :]}"
    rest = said.start() + len(named)
    again = re.compile(rf"(?P<j>(?:\b(?:then|and)|,)\s+){said[0]}\b(?=\s+(?:[a-z]+ing|asleep|awake|in|on|at)\b)", re.I)
    return before + first[:rest] + again.sub(lambda match: f"{match['j']}the {named.split()[-1]}", first[rest:])
