"""Which words on the picture are meant, also by what they say: "the race day one", "the second of those"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from cutaway.conversation.keywords.editing.notes_facts import notes_of
from cutaway.conversation.keywords.editing.stage import Stage
from cutaway.conversation.keywords.editing.stems import bag
from cutaway.conversation.keywords.editing.words_meant import kind_in
from cutaway.conversation.keywords.words import ORDINALS
from cutaway.storyboard.model import Overlay, OverlayKind

_NTH: Final = re.compile(
    rf"\b(?P<nth>{'|'.join(ORDINALS)}|middle)\b(?:\s+(?:one|caption|title|subtitle|label|tag|card|text|line|lower"
    rf" third)s?)?"
    r"(?:\s+of\s+(?:those|these|them|the\s+\w+))?"
)
_ALL: Final = re.compile(
    r"\b(?:all|every|each|both|captions|titles|subtitles|labels|lower thirds|texts|tags|those|these|them)\b"
)
_CALLED: Final = (
    re.compile(
        r"\b(?:the|that|this)\s+(?P<what>(?:[\w'-]+\s+){1,4}?)(?:one|caption|title|text|label|line|words|tag|card)s?\b"
    ),
    re.compile(
        r"\b(?:one|caption|title|text|label|line|words|tag|card)s?\s+(?:about|with|that (?:says|reads)|saying|of|where"
        r" it says)\s+(?:the\s+)?(?P<what>[\w'-]+(?:\s+[\w'-]+){0,3})"
    ),
)


def overlays_called(stage: Stage, *, kind: OverlayKind | None = None, loose: bool = True) -> tuple[Overlay, ...]:
    """The words on the picture a clause means: by quote, by what they say, number, shot, kind, or those changed last.

    `loose`: without any of these all of one kind, or the only ones there are, count as meant.
    """
    film, text = stage.film, stage.text
    order = {shot.id: n for n, shot in enumerate(film.shots)}
    there = sorted(film.overlays, key=lambda o: order.get(o.shot_id or "", -1))
    kind = kind or kind_in(text)
    if kind is not None and any(o.kind == kind for o in there):
        there = [o for o in there if o.kind == kind]
    quoted = [stage.line.masked.bare(quote).casefold() for quote in re.findall(r"⟪\d+⟫", text)]
    if exact := [o for o in there if o.text.casefold() in quoted]:
        return tuple(exact)
    if part := [o for o in there if any(quote in o.text.casefold() for quote in quoted)]:
        return tuple(part)
    if said := by_what_they_say(stage):
        return said
    if fact := by_fact(stage, there):
        return fact
    if stage.shots and (inside := [o for o in there if o.shot_id in stage.shots]):
        return tuple(inside)
    last = [o for o in there if o in stage.memory.overlays]
    if match := _NTH.search(text):
        pool = last if len(last) > 1 else there
        at = len(pool) // 2 if match["nth"] == "middle" else ORDINALS[match["nth"]] - (ORDINALS[match["nth"]] > 0)
        if -len(pool) <= at < len(pool):
            return (pool[at],)
    if not loose:
        return ()
    if _ALL.search(text):
        return tuple(last if len(last) > 1 and re.search(r"\b(?:those|these|them|both)\b", text) else there)
    return tuple(last[-1:]) or (tuple(there) if len(there) == 1 else ())


def by_fact(stage: Stage, there: Sequence[Overlay]) -> tuple[Overlay, ...]:
    """The words on the picture that show a fact of the notes a clause names: "claim in upper case"."""
    said = bag(stage.text)
    named = {text for note in notes_of(stage.context) if bag(note.key) & said for text in (note.value, note.whole)}
    found = [o for o in there if o.text in named]
    return tuple(found) if len(found) == 1 else ()


def by_what_they_say(stage: Stage) -> tuple[Overlay, ...]:
    """The one overlay that holds the words a clause calls it by; () where none or several do."""
    for pattern in _CALLED:
        for match in pattern.finditer(stage.text):
            wanted = bag(match["what"]) - _NOT_SAID
            holders = [o for o in stage.film.overlays if wanted and wanted <= bag(o.text)]
            if len(holders) == 1:
                return (holders[0],)
    return ()


_NOT_SAID: Final = bag("first second third last middle other same new big small whole word words")
