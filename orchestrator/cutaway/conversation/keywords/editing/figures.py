"""Bare figures: "rope too long. 1.5", "five seconds. no, four", "hmm, 2x rather". The change before says of what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from cutaway.conversation.keywords.editing.pace import SECONDS, said_seconds
from cutaway.conversation.keywords.editing.stage import Found, Stage
from cutaway.conversation.keywords.words import NUMBERS
from cutaway.storyboard.edits import Edit, SetDuration, SetSpeed, TrimShot

_WORDS: Final = "|".join(word for word in NUMBERS if word not in {"a", "an", "zero"})
_AMOUNT: Final = rf"(?P<n>\d{{1,2}}(?:[.,]\d{{1,2}})?|(?:{_WORDS}))(?P<half> and a half)?"
_FIGURE: Final = re.compile(
    r"(?:(?:no|nah|nope|hmm*|um|oh|ok|well|sorry|wait|actually|rather|maybe|perhaps|make|it|that|say|try|like"
    r"|only|just"
    r"|i|meant|mean|let|us|go|for|with|to|at|about|around|but|then|should|be|better|is)\b[ ,.]*)*"
    rf"{_AMOUNT}(?P<x> ?x(?: speed)?)?"
    r"(?:[ ,.]+(?:rather|instead|then|please|maybe|tops|max|at most|is (?:enough|plenty|better|fine)|will do|would do"
    rf"|should do|not (?:{_WORDS}|[\d.]+)|thanks))*"
)
_ROW: Final = re.compile(
    r"(?:make (?:it|them) |the (?:lengths|durations|shots) (?:are|should be) )?(?P<row>[\w .]+(?:(?:,| and|, and"
    r"|, then| then) [\w .]+)+?)"
    r",? (?:in (?:that|this) order|respectively|in turn|one after the other)"
)
_FELT: Final = re.compile(
    r"\b(?:(?:far |way |much |a (?:bit|little|tad) |still |just |rather )*too (?:much |very )?(?:long|short|slow"
    r"|fast|quick|brief)"
    r"|drags(?: on)?|over too (?:soon|quickly|fast)|(?:takes|lasts|goes on) (?:far |way |much )?(?:too long"
    r"|forever|ages)"
    r"|(?:is|are|feels?|seems?|looks?|comes across|goes by) (?:a bit |a little |far |way |so |very |quite "
    r"|rather )*(?:rushed|hurried|abrupt"
    r"|choppy|sluggish|hectic|draggy|boring|too quickly)|not long enough|longer|shorter)\b"
)
_EXACT: Final = re.compile(
    rf"\b(?:\d+(?:[.,]\d+)?|{_WORDS}|an?) ?(?:and a half )?(?:seconds?|secs?|s)\b|\b(?:half|double|twice|halve"
    r"|quarter)\b|\b\d+(?:\.\d+)?x\b"
)


def is_figure(text: str) -> bool:
    """Whether a clause is a bare number and nothing else."""
    return bool(_FIGURE.fullmatch(text.strip(" ,.")))


def complains_of_pace(text: str, then: str) -> bool:
    """Whether words only say that something is too long, and those that follow say how long it should be."""
    return bool(
        _FELT.search(text) and not _EXACT.search(text) and (_EXACT.search(then) or is_figure(then)) and len(text) < 90
    )


def read_row(text: str, shots: Sequence[str]) -> list[Edit]:
    """The length of each shot, where a message tells as many as there are shots: "5 s, 3 s, 2 s in that order"."""
    row = _ROW.fullmatch(text.strip(" ,."))
    told = list(re.finditer(SECONDS, row["row"])) if row else []
    if len(told) != len(shots) or len(told) < 2:
        return []
    found = [said_seconds(match) for match in told]
    return [SetDuration(shots=(i,), seconds=s) for i, s in zip(shots, found, strict=True) if s is not None]


def read_figure(stage: Stage, earlier: Sequence[Edit]) -> Found | None:
    """The length or speed a bare number gives to the shots that have just been given one or been found too long."""
    match = _FIGURE.fullmatch(stage.text.strip(" ,."))
    if match is None:
        return None
    word = match["n"].replace(",", ".")
    value = (float(NUMBERS[word]) if word in NUMBERS else float(word)) + (0.5 if match["half"] else 0)
    memory = stage.memory
    last = earlier[-1] if earlier else None
    if isinstance(last, SetDuration | SetSpeed):
        speed, shots = isinstance(last, SetSpeed), last.shots
    elif isinstance(last, TrimShot):
        speed, shots = False, (last.shot,)
    elif memory.topic == "pace" and memory.shots:
        speed, shots = bool(match["x"]), memory.shots
    elif not earlier and memory.reach and memory.only("speed"):
        speed, shots = True, memory.reach
    elif not earlier and memory.reach and memory.only("duration_s", "trim_start_s", "trim_end_s"):
        speed, shots = bool(match["x"]), memory.reach
    else:
        return None
    if len(shots) == len(stage.film.shots):
        shots = ()
    stage.line.use(0, len(stage.text))
    return Found([SetSpeed(shots=shots, speed=value) if speed else SetDuration(shots=shots, seconds=value)])
