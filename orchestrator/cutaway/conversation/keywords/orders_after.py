"""A told film with orders after it: "... Put 'Sunday' on the first one." is done to the film that was told."""

from __future__ import annotations

import re
from typing import Final

from cutaway.conversation.keywords.directives import read_directives
from cutaway.conversation.keywords.text import Masked

_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+|\n+")
_LEAD: Final = r"(?:(?:and|also|please|then|oh|but|plus|finally|with)\s+)*"
_REFERS: Final = (
    r"(?:it|them|this|that|(?:the\s+)?(?:first|second|third|fourth|fifth|last|final|middle|opening|closing|other)(?:\s+(?:one|shot|scene|picture|part"
    r"|two|bit))?|both|each|all|whole|everything|everywhere|shots?\s+\w+|scenes?\s+\w+|title|caption|subtitles?"
    r"|end\s?card|price tag|beginning|start|end"
    r"|top|bottom)"
)
_ORDER: Final = re.compile(
    rf"^{_LEAD}(?:put|write|add|set|use|caption|label|title|call|name|make|have|let|keep|give|start|end|finish|close|slow|speed|zoom|pan|fade)\b"
    rf"(?=.*(?:\b{_REFERS}\b|⟪))"
    rf"|^{_LEAD}(?:the\s+|in the\s+|for the\s+|on the\s+)?(?:first|second|third|fourth|last|final|middle"
    rf"|opening)(?:\s+(?:one|shot|scene|picture|part|bit|two))?"
    r"\s+(?:should|must|needs?|ought|has|is|at|in|with|plays|on|gets|can|could|may)\b"
    rf"|^{_LEAD}(?:an?\s+|the\s+)?(?:title|caption|text|words?|end\s?card|subtitle|label|price tag|lower third)\b.*⟪"
    rf"|^{_LEAD}⟪\d+⟫\s+(?:on|over|across|at|under|in|as)\b",
    re.I,
)
_TELLS: Final = re.compile(
    r"^(?:and\s+)?(?:make|have|let|give|start|end)\s+(?:me\s+|us\s+|with\s+|on\s+)?(?:an?|two|three|four|five|some|another|my|our|his|her)\s+(?!caption|title"
    r"|end\s?card|price|lower)",
    re.I,
)


def split_orders(masked: Masked) -> tuple[str, str]:
    """What is told, and the orders after it; the orders are empty where a message only tells."""
    sentences = [one for one in _SENTENCE.split(masked.text) if re.search(r"\w|⟪", one)]
    told: list[str] = []
    orders: list[str] = []
    for sentence in sentences:
        if told and _ORDER.match(sentence) and not _TELLS.match(sentence) and not _of_film(masked, sentence):
            orders.append(sentence)
        else:
            told.append(sentence)
    if not orders:
        return masked.text, ""
    joint = "\n" if "\n" in masked.text else " "
    return masked.restore(joint.join(told)), masked.restore(" ".join(orders))


def _of_film(masked: Masked, sentence: str) -> bool:
    """Whether a sentence only says something of the whole film that every description may say: "make it square"."""
    said = read_directives(masked, sentence)
    return said.rest != sentence and not re.search(
        r"⟪|\b(?:first|second|third|fourth|last|shot|scene|both)\b", sentence, re.I
    )
