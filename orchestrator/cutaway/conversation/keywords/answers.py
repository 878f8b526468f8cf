"""Questions answered in words: from the context, from the film, or by saying that it is not known."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

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
            r"|charge|retail|ask(?:ing)? (?:price|for (?:it|this|one)))\b",
            "price cost msrp rrp $ € £",
        ),
        (r"\b(?:burn|lasts?|run|battery|charge|how long)\b", "burn last run battery charge hour minute runtime day"),
        (r"\b(?:heavy|weigh|weight|light)\b", "weigh weight kg g gram pound lb oz"),
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
        (r"\b(?:material|made of|out of)\b", "material steel brass wood aluminium plastic leather cotton"),
    )
)


def stems(text: str) -> set[str]:
    """Content words without their endings."""
    found = set()
    for word in re.findall(r"[^\W_]+|[$€£]", text.lower()):
        if word in _STOP:
            continue
        word = singular(word)
        found.add(re.sub(r"(?:ing|ed|e)$", "", word) if len(word) > 4 else word)
    return found


def best_lines(question: str, context: Sequence[ContextLine], limit: int = 3) -> tuple[ContextLine, ...]:
    """The context lines that answer a question, the best first; none when no word meets."""
    asked = stems(question)
    meant = [
        {w for word in words for w in stems(word) or {word}} for pattern, words in _MEANINGS if pattern.search(question)
    ]
    scored: list[tuple[float, int, ContextLine]] = []
    subject = {word for sheet in read_sheets(context) for word in stems(sheet.name.text)}
    for order, line in enumerate(context):
        there = stems(plain(line.text))
        hits = asked & there
        # The product's own name is in many questions and lines; it tells little.
        score = sum(0.4 if word in subject else 2.0 for word in hits)
        score += sum(1.5 for words in meant if words & there)
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


__all__ = ["best_lines", "cited", "quote_lines", "stems"]
