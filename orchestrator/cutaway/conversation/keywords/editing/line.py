"""A message as it is read: every word in plain letters and mended, with the way back to what was typed."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from cutaway.conversation.keywords.editing.rephrased import Said
from cutaway.conversation.keywords.editing.rephrased_shots import EVERY_PHRASE
from cutaway.conversation.keywords.editing.spelling import mended
from cutaway.conversation.keywords.text import Masked

_TOKEN: Final = re.compile(r"⟪\d+⟫|[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+(?:[.:,]\d+)*|\S")
_NOT: Final = re.compile(
    r"^(?P<verb>do|does|did|is|are|was|were|has|have|had|ca|can|wo|could|should|would|must|need)n't$"
)
_VERB: Final = {"ca": "can", "wo": "will"}
_WITH: Final = {"'m": " am", "'re": " are", "'ve": " have", "'ll": " will", "'d": " would"}
_IS: Final = frozenset("it that there here he she what who where how everything this".split())
TAKEN: Final = "·"
"""Stands for a letter that was read already; no word holds it."""


class Line:
    """The words of a message. `text` is what was typed in lower case, contractions spelled out, slips mended.

    `free` is the same with what was read already blotted out; `take` finds a pattern in it and blots it out.
    """

    def __init__(self, masked: Masked, source: str, own: Collection[str] = ()) -> None:
        self.masked = masked
        self.source = source
        letters: list[str] = []
        self._starts: list[int] = []
        self._ends: list[int] = []
        end = 0
        for match in _TOKEN.finditer(source):
            if letters and match.start() > end:
                self._put(letters, " ", end, match.start())
            after_digit = match.start() == end and letters and letters[-1].isdigit()
            # "8K", "5s" and "2nd": letters that belong to a number are no words to mend.
            word = match[0].lower() if after_digit else spelled(match[0], own)
            if not word:
                if letters and letters[-1] == " ":
                    letters.pop(), self._starts.pop(), self._ends.pop()
            else:
                self._put(letters, word, match.start(), match.end())
            end = match.end()
        self.text = "".join(letters)
        for pattern, said in EVERY_PHRASE:
            self._say(pattern, said)
        self.free = self.text

    def _say(self, pattern: re.Pattern[str], said: Said) -> None:
        """Put other words in the place of a phrase; they stand for what was typed there as a whole."""
        for match in reversed(list(pattern.finditer(self.text))):
            start, end = match.span()
            if "kept" in pattern.groupindex:
                start = match.end("kept")  # what comes before stays as it was typed
            new = said(match) if callable(said) else match.expand(said)
            first, last = (self._starts[start], self._ends[end - 1]) if end > start else (0, 0)
            self.text = self.text[:start] + new + self.text[end:]
            self._starts[start:end] = [first] * len(new)
            self._ends[start:end] = [last] * len(new)

    @classmethod
    def plain(cls, words: str) -> Line:
        """A line of words that are spelled already."""
        line = cls.__new__(cls)
        line.masked, line.source = Masked(words, ()), words
        line.text = line.free = words
        line._starts, line._ends = list(range(len(words))), list(range(1, len(words) + 1))
        return line

    def _put(self, letters: list[str], word: str, start: int, end: int) -> None:
        letters += word
        self._starts += [start] * len(word)
        self._ends += [end] * len(word)

    def joined(self, second: Line, gap: str = "") -> Line:
        """This piece and the next one as one again; without a `gap`, "and" stands between what nothing joins."""
        line = self.part(0, len(self.text))
        gap = gap or (" and " if not second.text.startswith(("and", "but")) else " ")
        line.text = f"{self.text}{gap}{second.text}"
        line.free = line.text
        end = self._ends[-1] if self._ends else 0
        line._starts = [*self._starts, *[end] * len(gap), *second._starts]
        line._ends = [*self._ends, *[end] * len(gap), *second._ends]
        return line

    def typed(self, start: int, end: int) -> str:
        """What was typed between two places of `text`, quotes and capitals as they were."""
        while start < end and self.text[start] == " ":
            start += 1
        while end > start and self.text[end - 1] == " ":
            end -= 1
        if start >= end:
            return ""
        return self.source[self._starts[start] : self._ends[end - 1]]

    def unread(self, start: int, end: int) -> str:
        """What was typed between two places, without the words that were read already."""
        words = re.finditer(r"[^\s·]+", self.free[start:end])
        return " ".join(self.typed(start + m.start(), start + m.end()) for m in words)

    def part(self, start: int, end: int) -> Line:
        """The words between two places as a line of their own."""
        other = Line.plain("")
        other.masked, other.source = self.masked, self.source
        while start < end and self.text[start] in " ,":
            start += 1
        while end > start and self.text[end - 1] in " ,":
            end -= 1
        other.text, other.free = self.text[start:end], self.free[start:end]
        other._starts, other._ends = self._starts[start:end], self._ends[start:end]
        return other

    def find(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The first place of a pattern in what was not read yet."""
        return pattern.search(self.free)

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The first place of a pattern in what was not read yet, which is then read."""
        match = pattern.search(self.free)
        if match is not None and match.end() > match.start():
            self.use(match.start(), match.end())
        return match

    def use(self, start: int, end: int) -> None:
        """Blot out what was read; spaces stay."""
        read = "".join(" " if letter == " " else TAKEN for letter in self.free[start:end])
        self.free = self.free[:start] + read + self.free[end:]

    def left(self) -> list[str]:
        """The words that were not read."""
        return re.findall(r"⟪\d+⟫|[^\W_·]+(?:['-][^\W_·]+)*", self.free)


def spelled(word: str, own: Collection[str] = ()) -> str:
    """A typed word in plain letters: lower case, contractions spelled out, slips mended; "" where it says nothing."""
    low = word.lower().replace("’", "'")
    if match := _NOT.match(low):
        return f"{_VERB.get(match['verb'], match['verb'])} not"
    for end, full in _WITH.items():
        if low.endswith(end) and len(low) > len(end):
            return low.removesuffix(end) + full
    if low.endswith("'s") and low[:-2] in _IS:
        return f"{low[:-2]} is"
    if low == "let's":
        return "let us"
    return mended(low, own)
