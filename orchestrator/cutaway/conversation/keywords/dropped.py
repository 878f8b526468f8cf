"""What a description names that its film does not show."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from cutaway.conversation.keywords.clauses import Clause
from cutaway.conversation.keywords.phrases import drawable, known_subject, singular, tokens
from cutaway.conversation.keywords.scenery import weather
from cutaway.conversation.keywords.verbs import base
from cutaway.conversation.keywords.words import (
    ADJECTIVES,
    COLOURS,
    DETERMINERS,
    PLACES,
    TIMES,
    VERB_FORMS,
    WEATHER_ADJECTIVES,
    WEATHERS,
)
from cutaway.storyboard.model import Storyboard

_CRAFT: Final = frozenset(
    """camera sun light lights shot scene view picture image photo video film clip movie moment bit lot way look style
    time second minute frame title caption story animation footage angle close closeup close-up wide long drone aerial
    timelapse time-lapse zoom pan tilt dolly music soundtrack few little couple pair group row line kind sort""".split()
)
_HEARD: Final = _CRAFT | frozenset(TIMES) | frozenset(WEATHERS) | frozenset(WEATHER_ADJECTIVES) | COLOURS | ADJECTIVES


def dropped(film: Storyboard, clauses: Sequence[Clause]) -> tuple[str, ...]:
    """The known nouns of these clauses that are in no cast, action, setting, overlay or style, each with its article.

    A member of the cast that is in no shot counts as dropped.
    """
    there = _shown(film)
    missing: dict[str, str] = {}
    for clause in clauses:
        words = tokens(weather(clause.text).rest)
        for i, word in enumerate(words):
            noun = word.lower().removesuffix("'s")
            new = i > 0 and words[i - 1].lower() in {"a", "an"} and noun.isalpha() and noun not in VERB_FORMS
            if not (_content(noun) or (new and noun not in _HEARD)) or {noun, singular(noun), base(noun)} & there:
                continue
            start = next((j for j in (i - 1, i - 2) if j >= 0 and words[j].lower() in DETERMINERS), i)
            missing.setdefault(noun, " ".join(words[start : i + 1]))
    return tuple(missing.values())


def _content(word: str) -> bool:
    if word in _HEARD:
        return False
    return known_subject(word) or ((drawable(word) or word in PLACES) and word not in VERB_FORMS)


def _shown(film: Storyboard) -> set[str]:
    inside = {cast_id for shot in film.shots for cast_id in shot.cast}
    said = [f"{m.kind} {m.name} {m.description} {m.colour}" for m in film.cast if m.id in inside]
    said += [f"{shot.action} {shot.setting} {shot.lighting}" for shot in film.shots]
    said += [overlay.text for overlay in film.overlays]
    said.append(f"{film.style.look} {film.style.words}")
    words = {word for text in said for word in re.findall(r"[^\W_]+(?:[-'][^\W_]+)*", text.lower())}
    return words | {singular(word) for word in words} | {base(word) for word in words}
