"""When words on the picture are seen, and how: their times, style and lighting up as they are spoken."""

from __future__ import annotations

import re
from typing import Final

from cutaway.conversation.keywords.editing.pace import SECONDS, said_seconds
from cutaway.conversation.keywords.editing.stage import Found, Stage
from cutaway.conversation.keywords.editing.words_meant import (
    kind_in,
    speaks_of_words,
    style_in,
    words_named,
)
from cutaway.storyboard.edits import ChangeOverlay
from cutaway.storyboard.model import Overlay

SPOKEN: Final = re.compile(
    r"\b(?:word (?:by|for) word|light(?:s|ing)? up|karaoke|as (?:they are|it is|he|she"
    r"|they)? ?(?:spoken|said|speaks?|talks?)|one (?:word )?by one|highlight(?:ed|ing)? (?:the )?words?"
    r"|spoken)\b"
)


_NOT_SPOKEN: Final = re.compile(r"\b(?:not|no|without|stop)\b")


_ONLY_FOR: Final = re.compile(
    rf"\b(?:only |just )?(?:for|during|in) (?:only |just )?(?:the )?(?P<first>first )?{SECONDS}"
)


_AFTER: Final = re.compile(
    r"\b(?:only |not )?(?:after|from|starting (?:at|after|from)|begins? (?:at|after)"
    r"|until|before|at|comes? in (?:at|after)|delay(?:ed)?(?: it)? by|wait)\s+(?:the )?(?P<first>first "
    rf")?{SECONDS}"
)


_IN: Final = re.compile(
    rf"\b(?:start|begin|show|bring|appear|come|comes|starts|begins|appears)\b[^,.]{{0,24}}?{SECONDS}"
    r"\s+(?:in\b(?! total)|late\b|later\b)"
)


_UNTIL: Final = re.compile(
    r"\b(?:until|up to|till|(?:disappear|vanish|hide|leave|go|stop|be (?:gone|off))(?:s"
    r"|es)?(?: away| again)? after|gone after|fades? (?:out )?after|ends? (?:at|after)"
    rf"|off after)\s+(?:the )?(?P<first>first )?{SECONDS}"
)


_STANDS: Final = re.compile(
    r"\b(?:on screen|stays?|visible|too (?:long|short)|disappears?|stand|hold|up for|shown for|last)\b"
)


def _focus(stage: Stage) -> tuple[Overlay, ...]:
    """The words a clause names, or those changed last when it names none."""
    if speaks_of_words(stage.text) or stage.shots:
        return words_named(stage)
    return stage.memory.overlays[-1:] or (stage.film.overlays if len(stage.film.overlays) == 1 else ())


def lit_up(stage: Stage) -> Found | None:
    """Captions whose words light up as they are spoken, or no longer do."""
    if not SPOKEN.search(stage.text) or not stage.film.overlays:
        return None
    if [q for q in re.findall(r"⟪\d+⟫", stage.text) if not _is_shown(stage, q)]:
        return None  # new words that light up are written first
    there = tuple(o for o in (_focus(stage) or stage.film.overlays) if o.kind == "caption")
    if not there:
        return None
    stage.line.use(0, len(stage.text))
    if stage.shots and re.search(r"\b(?:only|just)\b", stage.text):
        only = [
            ChangeOverlay(overlay_id=o.id, spoken=o in there)
            for o in stage.film.overlays
            if o.kind == "caption" and o.spoken != (o in there)
        ]
        return Found([*only])
    return Found([ChangeOverlay(overlay_id=o.id, spoken=not _NOT_SPOKEN.search(stage.text)) for o in there])


def _is_shown(stage: Stage, quote: str) -> bool:
    words = stage.line.masked.bare(quote).casefold()
    return any(o.text.casefold() == words for o in stage.film.overlays)


def styled(stage: Stage) -> Found | None:
    """Another style for a title."""
    style = style_in(stage.text)
    titles = [o for o in stage.film.overlays if o.kind == "title"]
    if style is None or not titles or re.search(r"⟪|:(?! [a-z-]+$)", stage.text):
        return None
    if re.search(
        r"\b(?:an?|another|new|one more)\s+(?:[\w-]+ ){0,3}title\b|\b(?:saying|says|reading|reads)\b", stage.text
    ):
        return None  # a new title in that style
    about = kind_in(stage.text) == "title" or re.search(
        r"\b(?:letters?|font|type|lettering|writing|text)\b", stage.text
    )
    spoken = any(o.kind == "title" for o in stage.memory.overlays)
    if not about and not spoken:
        return None
    if not about and len(stage.text.split()) > 8:
        return None
    named = [o for o in _focus(stage) if o.kind == "title"] or titles[-1:]
    stage.line.use(0, len(stage.text))
    return Found([ChangeOverlay(overlay_id=o.id, style=style) for o in named])


def timed(stage: Stage) -> Found | None:
    """When words come and go."""
    if not stage.film.overlays:
        return None
    text = stage.text
    quotes = [stage.line.masked.bare(q).casefold() for q in re.findall(r"⟪\d+⟫", text)]
    about = speaks_of_words(text) or any(o.text.casefold() in quotes for o in stage.film.overlays)
    spoken = bool(stage.memory.overlays) or re.search(
        r"caption|title|text|label", " ".join(stage.memory.said[:2]).lower()
    )
    nth = re.search(r"\bthe (?:first|second|third|last) (?:one|caption)\b", text)
    if not about and not (spoken and (nth or re.search(r"\b(?:it|that|show|appear|stay|disappear)", text))):
        return None
    if about and _STANDS.search(text) and (stand := re.search(SECONDS, text)) and not _AFTER.search(text):
        named = words_named(stage) or stage.film.overlays
        stage.line.use(0, len(text))
        return Found([ChangeOverlay(overlay_id=o.id, end_s=o.start_s + (said_seconds(stand) or 0)) for o in named])
    until, only = _UNTIL.search(text), _ONLY_FOR.search(text)
    after = _IN.search(text) or _AFTER.search(text)
    shown = {o.text.casefold() for o in stage.film.overlays}
    new = [q for q in re.findall(r"⟪\d+⟫", text) if stage.line.masked.bare(q).casefold() not in shown]
    if not (until or after or only) or new:
        return None
    there = words_named(stage) if about or stage.shots or nth else stage.memory.overlays[-1:]
    if not there:
        return None
    start_s = end_s = None
    if until:
        end_s = said_seconds(until)
    elif after:
        start_s = said_seconds(after)
    elif only:
        end_s = said_seconds(only)
    if start_s is None and end_s is None:
        return None
    stage.line.use(0, len(text))
    return Found(
        [
            ChangeOverlay(
                overlay_id=o.id,
                start_s=start_s,
                end_s=None if end_s is None else o.start_s + end_s if not until else end_s,
            )
            for o in there
        ]
    )
