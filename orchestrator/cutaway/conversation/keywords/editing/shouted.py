"""Words typed in capitals that are meant for the picture: read as if they stood in quotes."""

from __future__ import annotations

import re
from typing import Final

from cutaway.conversation.keywords.text import Masked

_WORD: Final = r"[A-Z0-9](?:[A-Z0-9'&%€$£!-]|:(?=\d))*"
_RUN: Final = re.compile(rf"(?<![\w⟪'])(?=[^a-z]{{3}})(?P<words>[A-Z][A-Z'&!-]+(?:,? {_WORD})*)(?![\w⟫])")
_SHORT_NAMES: Final = frozenset(
    """TV HD UHD SD DJ OK LOL OMG ASAP PLS PLZ USA UK EU BBQ VIP AI UFO SUV LED NYC FPS MP4 BPM ID UI UX API CEO PM AM
    NO NOT ALL AND VERY NOW PLEASE BIG ONLY NEVER ALWAYS THE EVERY WTF DIY RGB NASA HELLO THANKS YES STOP""".split()
)
_FOR_THE_PICTURE: Final = re.compile(
    r"\b(?:captions?|titles?|sub-?titles?|labels?|text|words?|writ(?:e|ten|ing)|put|says?|reads?|super|sign"
    r"|banner|tags?"
    r"|cards?|bottom|lower third|head-?line|overlay|stick|slap|throw|letters|name|spell\w*|its|it is|instead|change"
    r"|have|gets?|show|add|over|across|on)\b",
    re.I,
)


def quoted(masked: Masked) -> Masked:
    """The text with words in capitals masked like quotes, where the rest of it is not shouted too."""
    text = masked.text
    letters = [c for c in text if c.isalpha()]
    if not letters or sum(c.isupper() for c in letters) > 0.7 * len(letters) or not _FOR_THE_PICTURE.search(text):
        return masked
    quotes = list(masked.quotes)

    def keep(match: re.Match[str]) -> str:
        words = match["words"].rstrip(" !-,")
        plain = re.sub(r"[^A-Z ]", "", words).split()
        if all(word in _SHORT_NAMES or len(word) < 2 for word in plain) or (len(plain) == 1 and len(plain[0]) < 3):
            return match[0]
        quotes.append(words)
        return f"⟪{len(quotes) - 1}⟫{match[0][len(words) :]}"

    new = _RUN.sub(keep, text)
    return Masked(new, tuple(quotes)) if new != text else masked
