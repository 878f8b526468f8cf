"""A change that goes on from the last one: "the other way", "the second too", "no, I meant the third", "a bit more"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from cutaway.conversation.keywords.editing.cast_meant import names_in
from cutaway.conversation.keywords.editing.memory import LENGTH_FIELDS, Memory
from cutaway.conversation.keywords.editing.shots_of_cast import shots_of
from cutaway.conversation.keywords.editing.stage import Found, Stage
from cutaway.storyboard import edits as e
from cutaway.storyboard.edits import Edit, SetDuration, SetSound, SetSpeed
from cutaway.storyboard.model import MIN_SHOT_S, Shot

_OPPOSITE: Final = re.compile(
    r"\b(?:(?:the )?(?:other|opposite|wrong|reverse) (?:direction|way)(?: (?:a)?round)?"
    r"|the opposite|reverse (?:it|that)|vice versa|the other side)\b"
)
_TURNED: Final = {
    "pan_left": "pan_right",
    "pan_right": "pan_left",
    "tilt_up": "tilt_down",
    "tilt_down": "tilt_up",
    "dolly_in": "dolly_out",
    "dolly_out": "dolly_in",
}
_MEANT: Final = re.compile(
    r"\b(?:mean|meant|no|not|sorry|wrong|rather|instead|wait|actually|oops|should have been|supposed to)\b"
)
_ONLY: Final = re.compile(r"\b(?:only|just)\b")
_NOT_THERE: Final = re.compile(
    r"^not\b|\b(?:except|apart from|but not|not (?:in|on|for)|excluding|other than|leave (?:out|the))\b"
)
_TOO: Final = re.compile(r"\b(?:too|also|as well|same|likewise|ditto|and|plus)\b|\bto$")
_MORE: Final = re.compile(
    r"^(?:(?:no|hm+|ok|and|yes|still|make it|a (?:bit|little|tad|touch)|even|much|a lot"
    r"|way|some|just|go|needs?|it)\s+)*(?:more|further|stronger|not enough|again)(?: (?:please"
    r"|of that|like that|so|than that))?$"
)
_LESS: Final = re.compile(
    r"\b(?:too much|too (?:strong|far)|less(?! so\b)|not (?:so|that|quite so) (?:much|far)|a bit much"
    r"|over the top|tone it down|half as much|halfway)\b|^not that (?:slow|fast|long"
    r"|short|loud|quiet)"
)
_CARRIES: Final = frozenset(
    """a an the and or but also too as well same likewise ditto plus not no nah never only just except excluding apart
    from other than sorry oops i i'm we you meant mean rather instead wait actually wrong should have been be supposed
    to in on for of at with during where when it that this those them there one ones shot shots scene scenes please do
    does did goes applies apply is was are were again now then so please leave like want wanted thought think would is
    let us make there all both neither nor either right left hm hmm um oh no ok yes yeah yep still can could
    if thanks thank my our me mistake bad however though even another more here everywhere else tho ugh
    before back put said say""".split()
)
_FIELDS: Final = frozenset(
    "length speed pace light lighting colour colours weather time move camera look thing treatment deal effect".split()
)
_SETS: Final[dict[str, type[Any]]] = {
    "time_of_day": e.SetTime,
    "weather": e.SetWeather,
    "camera": e.SetCamera,
    "lighting": e.SetLighting,
    "grade": e.SetGrade,
    "transition": e.SetTransition,
    "setting": e.SetSetting,
    "action": e.SetAction,
    "speed": e.SetSpeed,
    "locked": e.SetLock,
}


def carries_on(stage: Stage) -> bool:
    """Whether a clause only takes the last change to somebody else's shots: "put this also for the barista"."""
    names = {word for one in names_in(stage.line, stage.film) for word in stage.text[one.start : one.end].split()}
    spoken = stage.meant.named or (stage.cast and _TOO.search(stage.text))
    return bool(spoken) and not _more_than_carried(stage) - names


def _more_than_carried(stage: Stage) -> set[str]:
    """The words of a clause that say more than where the last change is to be: "the same light there" says no more."""
    left = set(stage.line.left()) - _CARRIES
    return left - _FIELDS if re.search(r"\b(?:same|this|that)\b", stage.text) else left


def read_continuing(stage: Stage, *, more: bool) -> Found | None:
    """The edits of a clause that only makes sense after the last change, or None.

    `more`: the clause says something of its own, so it does not carry the last change elsewhere.
    """
    memory = stage.memory
    if memory.before is None or memory.undone:
        return None
    for read in (_turned, _more_or_less) if more else (_turned, _more_or_less, _elsewhere):
        if (found := read(stage)) is not None and found.edits:
            stage.line.use(0, len(stage.text))
            return found
    return None


def _turned(stage: Stage) -> Found | None:
    changed = stage.memory.fields.get("camera", {})
    if not changed or not _OPPOSITE.search(stage.text):
        return None
    edits: list[Edit] = []
    for shot_id in changed:
        if (now := stage.film.shot(shot_id)) and now.camera in _TURNED:
            edits.append(e.SetCamera(shots=(shot_id,), camera=_TURNED[now.camera]))  # type: ignore[arg-type]
    return Found(edits)


def _more_or_less(stage: Stage) -> Found | None:
    text = stage.text.strip(" ,.!")
    more = bool(_MORE.search(text))
    if not more and not (_LESS.search(text) and len(text.split()) <= 7):
        return None
    memory, film = stage.memory, stage.film
    small = re.search(r"\b(?:bit|little|tad|touch|slightly)\b", text)
    edits: list[Edit] = []
    for shot_id, old in memory.fields.get("speed", {}).items():
        now = stage.shot(shot_id).speed
        ratio = now / old.speed
        wanted = now * (ratio**0.5 if small else ratio) if more else (now * old.speed) ** 0.5
        edits.append(SetSpeed(shots=(shot_id,), speed=round(min(4.0, max(0.25, wanted)), 2)))
    if edits:
        return Found(edits)
    for shot_id, old in _lengths(memory).items():
        now_s = stage.shot(shot_id).played_s
        step = now_s - old.played_s
        wanted = now_s + (step / 2 if small else step) if more else (now_s + old.played_s) / 2
        edits.append(SetDuration(shots=(shot_id,), seconds=round(max(MIN_SHOT_S, wanted), 2)))
    if edits:
        return Found(edits)
    before = memory.before
    if before is not None and "sound.volume" in memory.film_fields:
        step = film.sound.volume - before.sound.volume
        wanted = film.sound.volume + step if more else (film.sound.volume + before.sound.volume) / 2
        return Found([SetSound(volume=round(min(1.0, max(0.0, wanted)), 2))])
    return None


def _lengths(memory: Memory) -> dict[str, Shot]:
    return {shot_id: old for name in LENGTH_FIELDS for shot_id, old in memory.fields.get(name, {}).items()}


def _elsewhere(stage: Stage) -> Found | None:
    """The last change for other shots: as well, instead, only there, or everywhere but there."""
    memory = stage.memory
    shots = stage.shots
    if not shots and stage.meant.whole:
        shots = stage.finder.ids
    added = [
        o for o in memory.overlays if memory.before is not None and all(b.id != o.id for b in memory.before.overlays)
    ]
    if added and not memory.fields and shots and _ONLY.search(stage.text):
        return Found([e.RemoveOverlay(overlay_id=o.id) for o in added if o.shot_id not in shots])
    if added and not memory.fields and shots and re.match(r"^(?:no |but )*(?:not|except|but not)\b", stage.text):
        return Found([e.RemoveOverlay(overlay_id=o.id) for o in added if o.shot_id in shots])
    if memory.fields and re.fullmatch(
        r"(?:no |wait |oh |but |sorry )*not (?:there|in that one|that one|him|her|it"
        r"|them)",
        stage.text,
    ):
        return Found(_back(stage, memory.reach))
    if not shots and not stage.meant.named and stage.cast and _TOO.search(stage.text):
        names = names_in(stage.line, stage.film)
        shots = shots_of(stage.film, names)
        for name in names if shots else ():
            stage.line.use(name.start, name.end)
    if (joined := _joining(stage, shots)) is not None:
        return joined
    if not memory.fields or not shots or stage.meant.pronoun or _more_than_carried(stage):
        return None
    reach = memory.reach
    text = stage.text
    if _NOT_THERE.search(text) and not stage.meant.whole:
        # "except the dance" names, by then, every other shot.
        spared = (
            tuple(i for i in reach if i not in shots)
            if re.search(r"\bexcept|apart from|but not|excluding|other than", text)
            else tuple(i for i in reach if i in shots)
        )
        return Found(_back(stage, spared))
    if _ONLY.search(text):
        outside = tuple(i for i in reach if i not in shots)
        missing = tuple(i for i in shots if i not in reach)
        return Found([*_back(stage, outside), *_same(stage, missing)])
    new = tuple(i for i in shots if i not in reach)
    if not new:
        return None
    if _MEANT.search(text) and not stage.meant.whole and not re.search(r"\b(?:too|also|as well|same)\b", text):
        return Found([*_back(stage, reach), *_same(stage, new)])
    if stage.meant.whole or _TOO.search(text) or len(text.split()) <= 4:
        return Found(_same(stage, new))
    return None


def _joining(stage: Stage, shots: tuple[str, ...]) -> Found | None:
    """Who has just joined is only in some shots: "no, not in all of them, just at the door"."""
    memory = stage.memory
    known = {member.id for member in memory.before.cast} if memory.before else set()
    new = {member.id for member in memory.members if member.id not in known}
    if not new or not shots or stage.meant.whole:
        return None
    if _ONLY.search(stage.text):
        out = [s for s in stage.film.shots if s.id not in shots and new & set(s.cast)]
    elif _NOT_THERE.search(stage.text):
        out = [s for s in stage.film.shots if s.id in shots and new & set(s.cast)]
    else:
        return None
    return Found([e.SetShotCast(shot=s.id, cast=tuple(i for i in s.cast if i not in new)) for s in out])


def _same(stage: Stage, shots: Iterable[str]) -> list[Edit]:
    """What changed, for these shots too."""
    memory = stage.memory
    edits: list[Edit] = []
    shots = tuple(shots)
    if not shots:
        return []
    for name, changed in memory.fields.items():
        now = stage.film.shot(next(iter(changed)))
        if now is None:
            continue
        if name in _SETS:
            edits.append(_SETS[name](shots=shots, **{name: getattr(now, name)}))
        elif name == "cast":
            edits += _with_same_cast(stage, changed, shots)
        elif name == "take":
            edits.append(e.Retake(shots=shots))
        elif name == "seed":
            edits += [e.SetSeed(shot=shot_id, seed=now.seed) for shot_id in shots]
    if _lengths(memory):
        now = stage.shot(next(iter(_lengths(memory))))
        edits.append(SetDuration(shots=shots, seconds=now.played_s))
    return edits


def _with_same_cast(stage: Stage, changed: Mapping[str, Shot], shots: Iterable[str]) -> list[Edit]:
    """Whoever joined or left the shots that changed joins or leaves these, too."""
    first = next(iter(changed))
    now, old = stage.shot(first).cast, changed[first].cast
    joined, left = [c for c in now if c not in old], [c for c in old if c not in now]
    edits: list[Edit] = []
    for shot_id in shots:
        there = stage.shot(shot_id).cast
        wanted = tuple(c for c in (*there, *(c for c in joined if c not in there)) if c not in left)
        if wanted != there:
            edits.append(e.SetShotCast(shot=shot_id, cast=wanted))
    return edits


def _back(stage: Stage, shots: Iterable[str]) -> list[Edit]:
    """These shots as they were before the last change."""
    memory = stage.memory
    edits: list[Edit] = []
    for shot_id in shots:
        for name, changed in memory.fields.items():
            old = changed.get(shot_id)
            if old is not None and name in _SETS:
                edits.append(_SETS[name](shots=(shot_id,), **{name: getattr(old, name)}))
            if old is not None and name == "cast":
                edits.append(e.SetShotCast(shot=shot_id, cast=old.cast))
        if (old_length := _lengths(memory).get(shot_id)) is not None:
            edits.append(SetDuration(shots=(shot_id,), seconds=old_length.played_s))
    return _joined(edits)


def _joined(edits: list[Edit]) -> list[Edit]:
    """Edits that set the same, as one."""
    found: list[Edit] = []
    for edit in edits:
        same = next(
            (
                i
                for i, other in enumerate(found)
                if type(other) is type(edit)
                and hasattr(edit, "shots")
                and other.model_copy(update={"shots": ()}) == edit.model_copy(update={"shots": ()})
            ),
            None,
        )
        if same is None or not hasattr(edit, "shots"):
            found.append(edit)
        else:
            found[same] = found[same].model_copy(update={"shots": (*found[same].shots, *edit.shots)})  # type: ignore[union-attr]
    return found
