"""The values of a clause given to shots: which shots they are for, and the edits."""

from __future__ import annotations

import re
from typing import Any, Final

from cutaway.conversation.keywords.contradictions import clash, say_clash, way_to
from cutaway.conversation.keywords.editing.scene_values import Value
from cutaway.conversation.keywords.editing.stage import Stage
from cutaway.conversation.keywords.scenery import Told
from cutaway.conversation.keywords.targets import scope_of
from cutaway.storyboard import edits as e
from cutaway.storyboard.edits import Edit

SETS: Final[dict[str, type[Any]]] = {
    "time_of_day": e.SetTime,
    "weather": e.SetWeather,
    "camera": e.SetCamera,
    "lighting": e.SetLighting,
    "grade": e.SetGrade,
    "transition": e.SetTransition,
}
_OFF: Final[dict[str, str]] = {"weather": "clear", "camera": "static", "transition": "cut", "grade": "none"}
_TONED: Final[dict[str, str]] = {
    "vivid": "faded",
    "faded": "vivid",
    "warm": "cool",
    "cool": "warm",
    "mono": "none",
    "none": "none",
}
_FROM: Final = re.compile(r"\bfrom\s+(?:(?:a|the)\s+)?$")
_CORRECTS: Final = re.compile(r"\b(?:no|not|said|meant|mean|sorry|wrong)\b")
_FELT: Final = re.compile(r"\btoo (?:slow|fast|quick|long|short)\b")
_ALL: Final = re.compile(r"\b(?:film|video|movie|everything|everywhere|whole|all|throughout)\b")
_POINTED: Final = re.compile(
    r"\b(?:it|they|them|that|this|those|these|he|she|him|her|there)\b(?! (?:is|was|should be) \w+ing\b)"
)
_THERE_TOO: Final = re.compile(
    r"^(?:and|also|with|then|but)\b|\b(?:then|too(?! [a-z])|as well|that one|this one|that shot|that scene|that"
    r"|also)\b"
)


def reach_of(stage: Stage, values: list[Value], message: str) -> tuple[str, ...]:
    """The shots a clause is for: those it names, or those spoken of last where it goes on from there."""
    if stage.meant.named:
        return stage.shots
    memory = stage.memory
    spoken = memory.topic == "pace" or (memory.topic and _POINTED.search(stage.text))
    if spoken and memory.shots and not _ALL.search(stage.text):
        return memory.shots
    if memory.undone or not memory.shots or len(memory.shots) == len(stage.film.shots):
        return ()
    if _THERE_TOO.search(message) and not re.search(r"\b(?:it all|all of|whole|everything)\b", message):
        return memory.shots
    fields = {value.field for value in values}
    short = len(message.split()) <= 7
    corrected = len(stage.text.split()) <= 5 and _CORRECTS.search(message)
    if not fields and (match := _FELT.search(stage.text)):
        paced = memory.fields.get("speed" if match[0].endswith(("slow", "fast", "quick")) else "duration_s", {})
        if paced and len(paced) < len(stage.film.shots):
            return tuple(i for i in memory.reach if i in paced)
    if (short or corrected) and fields and fields <= set(memory.fields) and memory.reach:
        there = {shot_id for name in fields for shot_id in memory.fields[name]}
        return tuple(i for i in memory.reach if i in there)
    if (
        short
        and not fields
        and memory.reach
        and (memory.only("speed") or memory.only("duration_s", "trim_end_s", "trim_start_s"))
    ):
        return memory.reach
    if (
        short
        and not fields
        and len(memory.shots) == 1
        and re.search(r"\b(?:it|that)\b", stage.text)
        and re.search(r"\bby\b|\b(?:longer|shorter|slower|faster|extend|shorten|trim)\b", stage.text)
    ):
        return memory.shots
    if (
        short
        and re.search(r"\b(?:it|that|this)\b", message)
        and re.search(r"\b(?:to|for|on|of|give|add)\b (?:\w+ )*(?:it|that)\b|give it", message)
    ):
        return memory.shots
    return ()


def valued(values: list[Value], shots: tuple[str, ...], stage: Stage) -> list[Edit]:
    """The edits that give these shots what a clause says of them."""
    edits: list[Edit] = []
    for name in dict.fromkeys(value.field for value in values):
        mine = [value for value in values if value.field == name]
        wanted = [value for value in mine if not value.off]
        if name == "camera" and len(wanted) > 1:
            wanted = [v for v in wanted if v.value != "static"] or wanted
        if wanted:
            told = [Told(v.word, v.value) for v in wanted if not _FROM.search(stage.text[: v.start])]
            if name not in {"time_of_day", "weather"}:
                other = None
            elif other := clash(told, hours=name == "time_of_day"):
                where = scope_of(stage.film, shots)
                stage.notes.append(say_clash(where, told[-1], other, way_to(other, shots, stage.film)))
            taken = wanted[-1] if other or name == "time_of_day" else wanted[0]
            edits += _set(name, taken.value, shots, stage)
        elif any(v.too for v in mine) and name == "grade":
            edits += _set(name, _TONED[mine[0].value], shots, stage)
        elif name == "time_of_day":
            there = tuple(
                s.id for s in stage.film.shots if s.time_of_day == mine[0].value and (not shots or s.id in shots)
            )
            if there and mine[0].value != "day":
                edits += _set(name, "day", there if len(there) < len(stage.film.shots) else shots, stage)
        elif name in _OFF:
            there = shots or tuple(s.id for s in stage.film.shots if getattr(s, name) == mine[0].value)
            if len(there) == len(stage.film.shots):
                there = shots
            edits += _set(name, _OFF[name], there, stage)
        elif name == "lighting":
            edits += _set(name, "", shots, stage)
    return edits


def _set(name: str, value: str, shots: tuple[str, ...], stage: Stage) -> list[Edit]:
    if name == "transition" and value != "cut":
        shots = _begun(shots, value, stage)
        if not shots:
            return []
    return [SETS[name](shots=shots, **{name: value})]


def _begun(shots: tuple[str, ...], value: str, stage: Stage) -> tuple[str, ...]:
    """The shots a transition begins: between two it begins the second, without any named all but the first."""
    film, text = stage.film, stage.text
    ids = tuple(s.id for s in film.shots)
    if re.search(r"\bbetween\b", text) or (len(shots) > 1 and re.search(r"\bfrom\b.*\bto\b|\binto\b", text)):
        return shots[1:] if len(shots) > 1 else shots or ids[1:]
    if len(shots) == 1 and re.search(r"\b(?:after|out of|at the end of)\b", text):
        at = film.number(shots[0])
        return (ids[at],) if at < len(ids) else ()
    if shots:
        return shots
    if value == "fade" and (
        re.search(r"\bfade (?:in|from|up)\b|\bfrom black\b|\b(?:start|begin|open)", text) or len(ids) == 1
    ):
        return ids[:1]
    return ids[1:] or (ids if value == "fade" else ())
