"""The one question in a message that says more: news before it, "I forget" after it, somebody who wants to know."""

from __future__ import annotations

import re
from typing import Final

from cutaway.conversation.keywords import asked
from cutaway.conversation.keywords.remarks import asks_for_it, plain

_MAX_WORDS: Final = 60
_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+|\n+")
_PIECE: Final = re.compile(r"\s*[,;]\s*|\s+-+\s+|:\s+")
_FORGOT: Final = re.compile(
    r"[\s,.;:-]+(?:(?:sorry|because|cos|as)\s+)?(?:i|we)\s+(?:really\s+|just\s+|totally\s+|already\s+|have\s+"
    r"|'ve\s+)*(?:did(?: not|n'?t)"
    r"|do(?: not|n'?t)|ca(?:n not|nnot|n'?t)|forgot(?:ten)?|forget|lost|missed|closed|was(?: not|n'?t)|am not|'m "
    r"not|never|need to know"
    r"|want to know|wonder)\b[^?]*$"
    r"|[\s,.;:-]+(?:remind me|just tell me|tell me|please|by the way|btw|do you know|any idea|just asking|just curious"
    r"|(?:somebody|someone|my \w+|they|he|she)(?:'s| is| are|'re| has)? (?:asking|asks?|asked|wants? to know"
    r"|wondering|wonders?)"
    r"|no need to (?:put|show|add|write|make) (?:it|that|anything)(?: in| on| up)?|(?:do not|don'?t|dont) (?:put"
    r"|show|add|write|make)"
    r" (?:it|that|anything)(?: (?:in|on|up|yet))?|does it say|if (?:you|it) (?:know|says?))[\s.!]*$",
    re.I,
)
_WHO_ASKS: Final = re.compile(
    r"^(?:(?:and|so|oh|hey|ok|well)\s+)*(?:(?:my|our|the|his|her)\s+[\w']+(?:\s+[\w']+)?|he|she|they|everyone|everybody|somebody|someone"
    r"|people|mum|dad|boss)\s+(?:(?:just|also|now|keeps?|really)\s+)*(?:wants? to know|is asking|are asking"
    r"|asks?|asked|asking|wonders?"
    r"|is wondering|would like to know|wanted to know|was wondering)\s+(?:me\s+)?(?:if\s+|whether\s+)?",
    re.I,
)
_BEFORE: Final = re.compile(
    r"^(?:before (?:we|i|you)\s+[\w' ]{2,30}|quick(?: one| question)?(?: before [\w' ]{2,30})?|one (?:thing"
    r"|question|more thing)"
    r"|(?:can|may) i ask(?: you)?(?: something)?|(?:i have |here is )?a question|sorry to (?:nag|bother|ask|be a "
    r"pain)(?: you)?"
    r"|(?:just )?(?:out of (?:interest|curiosity)|wondering|checking|a check)|i(?:'m| am) (?:only |just "
    r")?(?:asking|curious|wondering)"
    r"|not (?:a )?(?:change|order)\w*)$",
    re.I,
)
_TOLD: Final = re.compile(
    r"^(?:would|could|can|will|do) you (?:please |kindly |just )*(?:tell|remind|say to) (?:me|us)\s+(?=wh|how|if|what)",
    re.I,
)
_BARE: Final = re.compile(
    r"(?:(?:the|its|total|overall|current|whole|full|and|so|running|run|playing|play)\s+)*(?:run ?time|length"
    r"|duration|time|total|seconds"
    r"|price|cost|number of (?:shots|scenes)|cast|eta|title|format|music|weather)(?:\s+(?:now|again|so far|of it"
    r"|in total|please|then"
    r"|at the moment|rn|currently))*\s*\?+",
    re.I,
)


def lone_question(text: str) -> str:
    """The question without what is said around it; "" where there is none, or where more than a question is said."""
    if len(text.split()) > _MAX_WORDS or "⟪" in text:
        return ""
    sentences = [one.strip() for one in _SENTENCE.split(text) if re.search(r"\w", one)]
    questions = [n for n, one in enumerate(sentences) if _asks(one)]
    if len(questions) != 1:
        return ""
    at = questions[0]
    if any(_orders(one) for n, one in enumerate(sentences) if n != at):
        return ""
    found = sentences[at]
    if who := _WHO_ASKS.match(found):
        found = found[who.end() :]
    pieces = [one for one in _PIECE.split(found) if one.strip()]
    if len(pieces) > 1:
        asking = [n for n, one in enumerate(pieces) if _asks(one)]
        last = asking[-1] if asking else 0
        if (
            asking
            and last
            and all(_BEFORE.match(one.strip()) or not _orders(one) for one in pieces[:last])
            and not _bound(pieces[:last])
        ):
            found = ", ".join(pieces[last:])
    found = _TOLD.sub("", found)
    ends = "?" if found.rstrip().endswith("?") else ""
    for _ in range(3):
        shorter = _FORGOT.sub("", found.rstrip(" ?"))
        if len(shorter.split()) < 2 or shorter == found.rstrip(" ?"):
            break
        found = shorter + ends
    return found.strip()


def _asks(text: str) -> bool:
    plainly = _TOLD.sub("", _WHO_ASKS.sub("", text.strip()))
    return (
        bool(_BARE.fullmatch(text.strip()))
        or asked.asks_only(plainly)
        or (asked.asks_plainly(plainly) and not _orders(plainly))
    )


def _orders(text: str) -> bool:
    """Whether words order or wish something."""
    words = plain(text)
    if _BEFORE.match(words) or re.match(
        r"(?:no need|do not) (?:to )?(?:put|show|add|write|make)\b|just tell me\b", words
    ):
        return False
    return asks_for_it(words)


def _bound(pieces: list[str]) -> bool:
    """Whether the pieces before a question say which part it is about: "and the last one, who is in there"."""
    return any(
        re.search(
            r"\b(?:shot|scene|one|part|bit|first|second|third|last|sheet|list|notes?|film|video)\b"
            r"|^(?:and |so |but |also )*(?:in|on|at|for|from|with|by|of|to|if|when|while|according|going by"
            r"|after|before|during|about)\b",
            one,
            re.I,
        )
        for one in pieces
        if not _BEFORE.match(one.strip())
    )
