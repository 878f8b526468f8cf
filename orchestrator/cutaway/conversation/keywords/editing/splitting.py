"""A message cut into sentences, and a sentence into the clauses that may each ask for a change."""

from __future__ import annotations

import re
from typing import Final

from cutaway.conversation.keywords.editing.line import Line

_STRONG: Final = re.compile(r"(?:[.!?;]+(?=\s|$)|\n+)")
_WEAK: Final = re.compile(r"\s*,\s*(?:(?:and|but|then|so|plus|also|or)\s+)*|\s+(?:and|but|then|plus|while you are at it|as well as)\s+(?:(?:then|also|please)\s+)*|\s*\(\s*|\s*\)\s*|\s+-+\s+")
_LIMIT: Final = 40
LEAD: Final = re.compile(
    r"^(?:(?:\s*(?:oh|ok|ah|um+|hm+|uh|well|yes|yeah|yep|right|great|cool|nice|perfect|lovely|fine|alright|good|lol|haha|aw|wow|hey|hi|hello|sorry|please|now|so|thanks|thank you|actually|honestly|btw|by the way|on reflection|on second thoughts?"
    r"|that is (?:lovely|great|nice|cool|perfect|good)|wait|hang on|hold on|no wait|again|listen|maybe|perhaps|just|one more thing|first of all|finally|also|and|but|then)\b|\s*no\s*(?=[,.!;-]))[\s,.!:;-]*)+(?=\S)"
)
ASKING: Final = re.compile(
    r"^(?:(?:(?:can|could|would|will|may|might|shall|should)\s+(?:you|we|i)\s+(?:please\s+|kindly\s+|maybe\s+|perhaps\s+|just\s+|also\s+|possibly\s+)*(?:(?:try|help me|manage|be able)\s+to\s+)?|(?:would|do)\s+you\s+mind\s+|is it possible to\s+|(?:i|we)\s+(?:would\s+(?:like|love|prefer)|want|need|wish|think|guess|feel|suppose|prefer|wanted|was hoping)\s+(?:you\s+to\s+|to\s+(?=see|have|get|make|change|add|remove|put|hear|move|set)|that\s+|for\s+|(?:we|you|it)\s+should\s+)?"
    r"|let us\s+|(?:how|what)\s+about\s+|what if\s+|go ahead and\s+|try to\s+|(?:you|we)\s+(?:should|could|can|might)\s+|please\s+|maybe\s+|perhaps\s+|just\s+|can\s+(?=the\b|it\b|that\b|there\b)|could\s+(?=the\b|it\b|that\b|there\b)))+"
)


def sentences(line: Line) -> list[Line]:
    """The sentences of a message."""
    found: list[Line] = []
    start = 0
    for match in _STRONG.finditer(line.text):
        found.append(line.part(start, match.start()))
        start = match.end()
    found.append(line.part(start, len(line.text)))
    return [one for one in found if re.search(r"[^\W_]|⟪", one.text)][:_LIMIT]


def clauses(line: Line) -> list[Line]:
    """The pieces of a sentence between its commas and its joining words."""
    found: list[Line] = []
    start = 0
    for match in _WEAK.finditer(line.text):
        if match.start() <= start and not found and not line.text[start : match.start()].strip():
            start = match.end()
            continue
        found.append(line.part(start, match.start()))
        start = match.end()
    found.append(line.part(start, len(line.text)))
    return [one for one in found if re.search(r"[^\W_]|⟪", one.text)][:_LIMIT]


def without_lead(line: Line) -> Line:
    """The line without "oh", "could you please" and the like in front."""
    for _ in range(4):
        match = LEAD.match(line.text) or ASKING.match(line.text)
        if match is None or match.end() >= len(line.text):
            break
        line = line.part(match.end(), len(line.text))
    return line
