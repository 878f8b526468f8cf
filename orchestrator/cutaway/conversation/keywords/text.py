"""Text made ready to be read: quotes masked, politeness taken off, slugs and lengths."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from cutaway.conversation.keywords.words import NUMBERS

_QUOTED: Final = re.compile(r"\"([^\"\n]{1,5900})\"|(?<![\w])'((?:[^'\n]|(?<=\w)'(?=\w)){1,400}?)'(?!\w)")
_PLAIN: Final = str.maketrans({
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‛": "'",
    "–": "-", "—": "-", "−": "-", "…": ".", "\u00a0": " ", "⟪": "", "⟫": "",
})  # fmt: skip
_POLITE: Final = re.compile(
    r"^(?:(?:(?:hey|hi|hello|please|pls|ok(?:ay)?|so|now|and|but|also|actually|alright|then|yes|yeah|sure|hmm+"
    r"|um+|oh)\b[\s,.!:-]+"
    # Without a mark these are words of the order itself: "no music", "cool colours".
    r"|(?:no|great|nice|cool|perfect|well|thanks|thank you|lovely)\b\s*[,.!:;-]+\s*(?:but\s+)?))+(?=\S)",
    re.IGNORECASE,
)
_ASKING: Final = re.compile(
    r"^(?:(?:can|could|would|will) (?:you|we|i)(?: please| kindly| maybe| perhaps)?(?: help me)?(?: to)?|"
    r"(?:would|do) you mind|is it possible to|i(?:'d| would) like you to|i want you to|i need you to|"
    r"let's|let us|(?:how|what) about|what if|go ahead and|try to|you should|we should|i think (?:we|you) should)\s+",
    re.IGNORECASE,
)
_TAIL: Final = re.compile(r"(?:[\s,.!?;:]|\b(?:please|pls|thanks|thank you|for me|ok)\b)+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Masked:
    """A text whose quoted parts are placeholders, so that words in quotes are never read as orders."""

    text: str
    quotes: tuple[str, ...]

    def restore(self, text: str) -> str:
        """The text with its quotes back, marks included."""
        return re.sub(r"⟪(\d+)⟫", lambda m: f'"{self._quote(int(m[1]))}"', text)

    def bare(self, text: str) -> str:
        """The text with its quotes back, without their marks."""
        return re.sub(r"⟪(\d+)⟫", lambda m: self._quote(int(m[1])), text).strip()

    def _quote(self, n: int) -> str:
        return self.quotes[n] if n < len(self.quotes) else ""


def mask(text: str) -> Masked:
    """The text with straight punctuation and every quoted part masked as `⟪n⟫`."""
    quotes: list[str] = []

    def keep(match: re.Match[str]) -> str:
        inside = (match[1] or match[2] or "").strip()
        if not inside:
            return " "
        quotes.append(inside)
        return f"⟪{len(quotes) - 1}⟫"

    plain = "".join(c if c == "\n" or not unicodedata.category(c).startswith("C") else " " for c in text)
    masked = _QUOTED.sub(keep, plain.translate(_PLAIN))
    return Masked(re.sub(r"[^\S\n]+", " ", masked).strip(), tuple(quotes))


def without_politeness(text: str) -> str:
    """The order inside "Hey, could you please make it night?"."""
    for _ in range(3):
        shorter = _ASKING.sub("", _POLITE.sub("", text))
        if shorter == text:
            break
        text = shorter
    return _TAIL.sub("", text).strip()


def squeeze(text: str) -> str:
    """Text without double spaces, stray commas or loose ends."""
    text = re.sub(r"[^\S\n]+", " ", text)
    text = re.sub(r"\s+([,.;:!?])", r"\1", text)
    text = re.sub(r"([,;])(?:\s*[,;])+", r"\1", text)
    return text.strip(" \t\n,;:-")


def number(word: str) -> float | None:
    """The number a word or numeral says, or None."""
    word = word.lower().strip()
    if word in NUMBERS:
        return float(NUMBERS[word])
    try:
        value = float(word)
    except ValueError:
        return None
    return value if 0 <= value < 1e6 else None


def slug(text: str, fallback: str, limit: int = 30) -> str:
    """A storyboard id made of these words; `fallback` when none of them has a Latin letter or digit."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:limit].strip("-") or fallback


def free_id(wanted: str, taken: Iterable[str]) -> str:
    """`wanted`, or `wanted-2`, `wanted-3` ... when it is taken."""
    used = set(taken)
    name, n = wanted, 2
    while name in used:
        name, n = f"{wanted[:34]}-{n}", n + 1
    return name


def cut(text: str, limit: int) -> str:
    """At most `limit` characters, ending with a whole word where there is one."""
    text = text.strip()
    if len(text) <= limit:
        return text
    head = text[:limit]
    return (head[: head.rfind(" ")] if " " in head else head).strip()


def listed(parts: Iterable[str], joint: str = "and") -> str:
    """The parts joined as in "a, b and c"."""
    items = list(parts)
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {joint} {items[-1]}" if items else ""
