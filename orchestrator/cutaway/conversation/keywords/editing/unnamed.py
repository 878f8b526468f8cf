"""Something a clause names that no shot shows: better asked about than done everywhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from cutaway.conversation.keywords.editing.stage import Found, Stage
from cutaway.conversation.keywords.lexicon import senses
from cutaway.storyboard import edits as e
from cutaway.storyboard.edits import Edit

_NAMED: Final = re.compile(
    r"(?:^|(?<=make )|(?<=in )|(?<=on )|(?<=at )|(?<=for )|(?<=slow )|(?<=let )|(?<=have )|(?<=give )|(?<=when )"
    r"|(?<=where )"
    r"|(?<=while )|(?<=during )|(?<=keep )|(?<=set ))(?:the|that|those) (?P<what>[a-z]{3,}(?: [a-z]{3,})?)"
)
_GENERAL: Final = frozenset(
    """picture pictures image images film video movie clip clips thing things light lighting lights weather sky
    skies mood look looks colour colours color colors camera speed pace time day tone tones grade atmosphere
    feel feeling place setting scenery background world story piece cut cuts transition transitions shot shots
    scene scenes frame sound music rain snow fog mist wind sun moon air ground whole lot rest end start
    beginning way same other others length duration total format size quality resolution screen style season
    brightness contrast temperature vibe ambience exposure focus zoom pan tempo sequence order edit version
    animation morning evening afternoon night dark middle background storm fade fades saturation title caption
    text words subtitle ending opening intro outro""".split()
)
_EVERYWHERE: Final = (
    e.SetTime, e.SetWeather, e.SetCamera, e.SetLighting, e.SetGrade, e.SetTransition, e.SetSpeed, e.SetDuration,
)  # fmt: skip


def unnamed(stage: Stage, edits: Sequence[Edit]) -> Found | None:
    """A question back, where a clause names what no shot shows and its edits would be for the whole film."""
    if stage.meant.named or stage.cast or not any(isinstance(x, _EVERYWHERE) and not x.shots for x in edits):
        return None
    free = re.sub(r"\s+", " ", stage.line.free).strip()
    match = _NAMED.search(free)
    if match is None:
        return None
    words = match["what"].split()
    noun = next((w for w in words if "NOUN" in senses(w) or not senses(w)), "")
    if not noun or set(words) & _GENERAL or len(stage.film.shots) < 2:
        return None
    said = f"the {noun}"
    message = stage.line.typed(0, len(stage.text))
    place = re.compile(rf"\b(?:the|that|those) (?:[a-z]+ )?{re.escape(noun)}\b", re.I)
    choices = [place.sub(f"shot {n}", message, count=1) for n in range(1, len(stage.film.shots) + 1)]
    return Found(
        problem=f"I do not find {said} in the film. Which shot do you mean?",
        choices=tuple(choice for choice in choices if choice != message)[:4],
    )
