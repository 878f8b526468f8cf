"""Questions answered in words: from the context, from the film, or by saying that it is not known."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from cutaway.conversation.keywords.lexicon import is_past, senses
from cutaway.conversation.keywords.phrases import singular
from cutaway.conversation.keywords.product import cited
from cutaway.conversation.keywords.sheet import PRICE, plain, read_sheets
from cutaway.conversation.plan import ContextLine

_STOP: Final = frozenset(
    """the a an is are was were be it its this that these those of to in on at by with for from and or what which who
    how why when where do does did can could will would should has have had i you we me my your our there about any some
    much many long one as so if tell know please product thing made make get give say says show me""".split()
)
_MEANINGS: Final[tuple[tuple[re.Pattern[str], frozenset[str]], ...]] = tuple(
    (re.compile(pattern, re.I), frozenset(words.split()))
    for pattern, words in (
        (
            r"\b(?:cost|costs|prices?|priced|expensive|how much(?! (?:does it weigh|weight|water|space|time"
            r"|power|memory|room|light))|pay|worth|sells?(?: for)?"
            r"|charge|retail|ask(?:ing)? (?:price|for (?:it|this|one|the \w+|an? \w+|our \w+)))\b",
            "price cost msrp rrp $ € £",
        ),
        (r"\b(?:burn|lasts?|run|battery|charge|how long)\b", "burn last run battery charge hour minute runtime day"),
        (r"\b(?:heavy|weigh|weighs|weight|light|kilos?|grams?)\b", "weigh weight kg g gram pound lb oz"),
        (
            r"\b(?:big|size|large|tall|wide|dimension|dimensions|long is|high)\b",
            "size dimension cm mm inch tall wide height width volume litre liter capacity",
        ),
        (r"\b(?:colou?rs?|finish)\b", "colour color finish"),
        (r"\b(?:warranty|guarantee)\b", "warranty guarantee year"),
        (r"\b(?:call|called|name|named)\b", "name"),
        (r"\b(?:slogan|tagline|motto)\b", "tagline slogan"),
        (r"\b(?:waterproof|water|rain|wet)\b", "waterproof water ip rain resistant"),
        (r"\b(?:ship|delivery|deliver|arrive)\b", "ship shipping delivery day"),
        (
            r"\b(?:ship|deliver\w*|post|posted|send|sent|dispatch|mail|parcels?)\b",
            "ship shipping delivery deliver sent send post parcel dispatch",
        ),
        (
            r"\bwhere\b.*\b(?:made|from|come|comes|produced|brewed|grown|baked|fired|built|sewn|woven|roasted|printed)\b|\borigin\b",
            "made brewed fired built produced baked grown roasted crafted woven sewn printed origin handmade "
            "manufactured assembled bottled",
        ),
        (
            r"\b(?:returns?|refund|send (?:it|them) back|bring (?:it|them) back|exchange)\b",
            "return returns refund exchange",
        ),
        (r"\b(?:shut|closed?|closing|holidays?|not open)\b", "closed shut holiday"),
        (
            r"\b(?:open|opening|hours|come by|visit)\b",
            "open opening hour monday tuesday wednesday thursday friday saturday sunday daily",
        ),
        (
            r"\b(?:fits?|holds?|capacity|contains?|room for|goes? in)\b",
            "hold capacity litre liter ml cl size volume fit contain sleep sleeps seat seats",
        ),
        (r"\bhow many (?:ml|millilit\w+|lit(?:re|er)s?|cl)\b", "size volume ml cl litre liter contents"),
        (r"\b(?:who (?:made|designed|wrote|built)|maker|designer|author)\b", "designed designer author maker by"),
        (r"\bwhen\b.*\b(?:viewing|visit|see it|look round)\b", "viewing visit open"),
        (
            r"\b(?:material|made of|out of)\b",
            "material steel brass wood aluminium plastic leather cotton recycled polyester nylon wool silk glass "
            "clay bamboo",
        ),
    )
)


def stems(text: str) -> set[str]:
    """Content words without their endings."""
    found = set()
    for word in re.findall(r"[^\W_]+|[$€£]", text.lower()):
        if word in _STOP:
            continue
        if not word.endswith(("ing", "ed")) and is_past(word):
            word = senses(word)["VERB"]  # "sent" is "send"
        word = singular(word)
        found.add(re.sub(r"(?:ing|ed|e)$", "", word) if len(word) > 4 else word)
    return found


_OF_SHEET: Final = re.compile(
    r"\b(?:according to|going by|(?:on|in|from|by) (?:the|my|our|your|that|this) (?:sheet|list|notes?|file"
    r"|leaflet|paper|brief|table|price ?list)"
    r"|(?:do|does|did) (?:it|they|the (?:sheet|notes?|list|file)) (?:say|mention|tell|give|state)"
    r"|(?:the|my|our) (?:sheet|notes?|list|leaflet) (?:says?|gives?|tells?|mentions?)|(?:i|we) (?:gave|sent) you)\b",
    re.I,
)


def asks_the_sheet(question: str) -> bool:
    """Whether a question is put to what was given: "according to the sheet", "does it say who designed it?"."""
    return bool(_OF_SHEET.search(question))


_ASKS_TIME: Final = re.compile(
    r"\bwhat time (?:does|is|will|do)\b|\bwhen (?:does|is|will|do|are) (?:it|that|this|they|we|the \w+)\b"
    r"|\buntil when\b|\b(?:what|which) (?:date|day)\b|\bthe date\b"
    r"|\bhow late\b",
    re.I,
)
_TIMED: Final = re.compile(
    r"\b\d{1,2}[:.]\d{2}\b|\b\d{1,2} ?(?:am|pm)\b|\b\d{1,2} ?(?:to|-|\u2013) ?\d{1,2}\b|\b(?:mon|tues|wednes"
    r"|thurs|fri|satur|sun)days?\b"
    r"|\b\d{1,2}(?:st|nd|rd|th)? (?:january|february|march|april|may|june|july|august|september|october|november"
    r"|december)\b",
    re.I,
)


def best_lines(question: str, context: Sequence[ContextLine], limit: int = 3) -> tuple[ContextLine, ...]:
    """The context lines that answer a question, the best first; none when no word meets."""
    question = _OF_SHEET.sub(" ", question)
    asked = stems(question)
    meant = [
        {w for word in words for w in stems(word) or {word}} for pattern, words in _MEANINGS if pattern.search(question)
    ]
    scored: list[tuple[float, int, ContextLine]] = []
    timed = bool(_ASKS_TIME.search(question))
    subject = {word for sheet in read_sheets(context) if sheet.price for word in stems(sheet.name.text)}
    for order, line in enumerate(context):
        there = stems(plain(line.text)) | set(re.findall(r"[a-z]+", line.text.lower()))
        hits = asked & there
        # The product's own name is in many questions and lines; it tells little.
        score = sum(0.4 if word in subject else 2.0 for word in hits)
        score += sum(1.5 for words in meant if words & there)
        if not hits and any(len(word) > 3 and one.startswith(word) for word in asked for one in there if len(one) > 6):
            score += 1.5  # "head" is in "headteacher"
        if timed and _TIMED.search(line.text):
            score += 1.5
        if any("pric" in words or "price" in words for words in meant) and PRICE.search(line.text):
            score += 2
        if (
            re.search(r"\bhow (?:many|much|long|heavy|big|tall|far)\b", question, re.I)
            and re.search(r"\d", line.text)
            and score >= 1.5
        ):
            score += 0.5
        if score >= 1.5:
            scored.append((-score, order, line))
    scored.sort(key=lambda entry: entry[:2])
    if not scored:
        return ()
    best = scored[0][0]
    return tuple(line for score, _, line in scored[:limit] if score <= best * 0.999 + 0.001)


def quote_lines(lines: Sequence[ContextLine]) -> str:
    """The lines as an answer, each with its reference."""
    return " ".join(f'"{plain(line.text)}" ({line.ref})' for line in lines) + "."


__all__ = ["asks_the_sheet", "best_lines", "cited", "quote_lines", "stems"]
