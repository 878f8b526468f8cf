"""What changed between two storyboards, shot by shot, and what each change takes.

    reuse     the picture is there and is shown as before
    local     the picture is there; order, trim, speed, grade, transition or words are composed anew, $0
    generate  an artist makes it
    edit      a model edits the stored clip; routing chooses this for a `generate`, `diff` never does

A shot is followed by its id, so a moved or renumbered shot is still the same shot.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final, Literal

from cutaway.contract import Frozen, Stage
from cutaway.storyboard.brief import content_key
from cutaway.storyboard.model import Shot, Storyboard, canonical

ChangeClass = Literal["reuse", "local", "edit", "generate"]

LOCAL_FIELDS: Final = ("trim_start_s", "trim_end_s", "speed", "grade", "transition")
_PICTURE_FIELDS: Final = (
    "duration_s", "action", "setting", "time_of_day", "weather", "lighting", "camera", "seed", "take", "cast"
)  # fmt: skip
_FREE_FIELDS: Final = ("locked", "sources")
_WORD_FIELDS: Final = ("style", "spoken", "word_starts_s")
_SOUND_FIELDS: Final = ("clips_volume", "duck")


class ShotChange(Frozen):
    """One shot of the new storyboard. `number` counts from 1; `previous_key` is None for a new shot.

    `fields` names what changed: a shot's own fields, `order`, `overlays`, `cast.<id>.<field>`, `style.look`,
    `style.words`, `aspect`, `resolution`, or only `new`.
    """

    shot_id: str
    number: int
    change_class: ChangeClass
    fields: tuple[str, ...]
    content_key: str
    previous_key: str | None


class Diff(Frozen):
    """Every shot of the new storyboard in order, the ids of removed shots, and what changed for the whole film."""

    shots: tuple[ShotChange, ...]
    removed: tuple[str, ...] = ()
    film_fields: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """True when nothing at all changed."""
        return not (self.removed or self.film_fields or any(shot.fields for shot in self.shots))

    @property
    def local_only(self) -> bool:
        """True when no artist is needed: everything is reused or composed here for $0."""
        return all(shot.change_class in {"reuse", "local"} for shot in self.shots)


def diff(old: Storyboard | None, new: Storyboard, made: Collection[str] = (), *, stage: Stage = "final") -> Diff:
    """What it takes to get from `old` to `new`.

    `made` holds the content keys (of this `stage`) whose pictures exist already, from any version. With `old` None
    every shot is `new`. Shots whose key stood in `old` count as there.
    """
    if old is None:
        return Diff(shots=tuple(_new(new, shot, made, stage) for shot in new.shots))
    there = {content_key(old, shot, stage) for shot in old.shots} | set(made)
    moved = _moved([shot.id for shot in old.shots], [shot.id for shot in new.shots])
    shots = tuple(_change(old, new, shot, there, moved, stage) for shot in new.shots)
    kept = {shot.id for shot in new.shots}
    removed = tuple(shot.id for shot in old.shots if shot.id not in kept)
    return Diff(shots=shots, removed=removed, film_fields=_film_fields(old, new, shots))


def cut_key(storyboard: Storyboard, stages: Mapping[str, Stage] | None = None) -> str:
    """32 hex digits naming the finished film: equal when nothing that is seen or heard differs.

    `stages` names the rung of shots that are not finals, by shot id.
    Title, locks, sources and the ids of shots and overlays are not in it.
    """
    at = {shot.id: (stages or {}).get(shot.id, "final") for shot in storyboard.shots}
    what = {
        "shots": [
            {
                "key": content_key(storyboard, shot, at[shot.id]),
                # How long a still is shown changes its move, and is not in its key.
                **({"duration_s": shot.duration_s} if at[shot.id] == "still" else {}),
                **{name: getattr(shot, name) for name in LOCAL_FIELDS},
                "trim_end_s": shot.duration_s if shot.trim_end_s is None else shot.trim_end_s,
                "overlays": _words(storyboard, shot.id),
            }
            for shot in storyboard.shots
        ],
        "overlays": _words(storyboard, None),
        "sound": storyboard.sound.model_dump(mode="json", exclude=set(_SOUND_FIELDS))
        | _beyond_default(storyboard.sound, _SOUND_FIELDS),
        "size": str(storyboard.size),
        "fps": storyboard.fps,
    }
    return hashlib.sha256(canonical(what).encode()).hexdigest()[:32]


def _new(new: Storyboard, shot: Shot, made: Collection[str], stage: Stage) -> ShotChange:
    key = content_key(new, shot, stage)
    return ShotChange(
        shot_id=shot.id,
        number=new.number(shot.id),
        change_class="reuse" if key in made else "generate",
        fields=("new",),
        content_key=key,
        previous_key=None,
    )


def _change(
    old: Storyboard, new: Storyboard, shot: Shot, there: Collection[str], moved: Collection[str], stage: Stage
) -> ShotChange:
    key = content_key(new, shot, stage)
    before = old.shot(shot.id)
    if before is None:
        picture, local, free = ["new"], ["new"], []
    else:
        picture = _picture_fields(old, before, new, shot)
        local = _differing(before, shot, LOCAL_FIELDS)
        local += ["overlays"] if _words(old, shot.id) != _words(new, shot.id) else []
        local += ["order"] if shot.id in moved else []
        free = _differing(before, shot, _FREE_FIELDS)
        free += ["sources"] if _cited(old, shot.id) != _cited(new, shot.id) else []
    change_class: ChangeClass = "generate" if key not in there else "local" if local else "reuse"
    return ShotChange(
        shot_id=shot.id,
        number=new.number(shot.id),
        change_class=change_class,
        fields=tuple(dict.fromkeys([*picture, *local, *free])),
        content_key=key,
        previous_key=None if before is None else content_key(old, before, stage),
    )


def _picture_fields(old: Storyboard, before: Shot, new: Storyboard, shot: Shot) -> list[str]:
    names = _differing(before, shot, _PICTURE_FIELDS)
    for cast_id in shot.cast:
        was, now = old.member(cast_id), new.member(cast_id)
        if cast_id in before.cast and was is not None and now is not None:
            names += [f"cast.{cast_id}.{name}" for name in _differing(was, now, tuple(type(now).model_fields))]
    return names + _frame_fields(old, new)


def _frame_fields(old: Storyboard, new: Storyboard) -> list[str]:
    style = _differing(old.style, new.style, tuple(type(new.style).model_fields))
    return [f"style.{name}" for name in style] + _differing(old, new, ("aspect", "resolution", "fps"))


def _film_fields(old: Storyboard, new: Storyboard, shots: Sequence[ShotChange]) -> tuple[str, ...]:
    names = _differing(old, new, ("title", "sound"))
    if _words(old, None) != _words(new, None) or _cited(old, None) != _cited(new, None):
        names.append("overlays")
    # A cast that only changed for nobody on screen would otherwise be a change no one reports.
    if old.cast != new.cast and not any(name.startswith("cast") for shot in shots for name in shot.fields):
        names.append("cast")
    return tuple(names)


def _differing(before: Frozen, after: Frozen, names: Sequence[str]) -> list[str]:
    return [name for name in names if getattr(before, name) != getattr(after, name)]


def _words(film: Storyboard, shot_id: str | None) -> list[list[Any]]:
    """The overlays of a shot (None: of the whole film) as they are drawn, lowest first."""
    return [
        [o.kind, o.text, o.start_s, o.end_s, *([asked] if (asked := _beyond_default(o, _WORD_FIELDS)) else [])]
        for o in film.overlays
        if o.shot_id == shot_id
    ]


def _beyond_default(part: Frozen, names: Sequence[str]) -> dict[str, Any]:
    """Fields that came later count only where they are not at their default: older films keep their keys."""
    told = part.model_dump(mode="json", include=set(names))
    return {name: value for name, value in told.items() if getattr(part, name) != type(part).model_fields[name].default}


def _cited(film: Storyboard, shot_id: str | None) -> list[tuple[str, str]]:
    return [(o.id, o.source) for o in film.overlays if o.shot_id == shot_id]


def _moved(before: Sequence[str], after: Sequence[str]) -> set[str]:
    """The fewest shots whose move explains the new order; shots only pushed along by others are not in it."""
    place = {shot_id: n for n, shot_id in enumerate(before)}
    kept = [shot_id for shot_id in after if shot_id in place]
    # Longest increasing subsequence by patience: tails[n] ends the best run of length n + 1.
    tails: list[int] = []
    ends: list[str] = []
    previous: dict[str, str | None] = {}
    for shot_id in kept:
        n = bisect_left(tails, place[shot_id])
        tails[n : n + 1] = [place[shot_id]]
        ends[n : n + 1] = [shot_id]
        previous[shot_id] = ends[n - 1] if n else None
    still: set[str] = set()
    at = ends[-1] if ends else None
    while at is not None:
        still.add(at)
        at = previous[at]
    return set(kept) - still
