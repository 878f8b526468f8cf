"""The edits of single shots: what is in them, how long they play, where they stand."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any, Final

from cutaway.contract import Frozen
from cutaway.errors import EditError
from cutaway.storyboard import edits as e
from cutaway.storyboard.model import MAX_SHOT_S, MIN_SHOT_S, Overlay, Shot, Storyboard
from cutaway.storyboard.reach import existing, known_cast, label, named, reached
from cutaway.storyboard.refusal import changed, film_with

# Edits that set one field of the shots they reach.
_FIELD: Final[Mapping[type[Frozen], str]] = {
    e.SetAction: "action",
    e.SetSetting: "setting",
    e.SetTime: "time_of_day",
    e.SetWeather: "weather",
    e.SetLighting: "lighting",
    e.SetCamera: "camera",
    e.SetGrade: "grade",
    e.SetTransition: "transition",
    e.SetSpeed: "speed",
}


def _set_field(film: Storyboard, edit: Any) -> Storyboard:
    field = _FIELD[type(edit)]
    value = getattr(edit, field)
    value = round(value, 3) if isinstance(value, float) else value
    return _each(film, reached(film, edit.shots), lambda shot: {field: value})


def _set_duration(film: Storyboard, edit: e.SetDuration) -> Storyboard:
    return _each(film, reached(film, edit.shots), lambda shot: _timing(film, shot, edit.seconds))


def _timing(film: Storyboard, shot: Shot, seconds: float) -> dict[str, Any]:
    """The fields that make a shot play for `seconds`, keeping its picture where that is long enough."""
    low_s, high_s = MIN_SHOT_S / shot.speed, MAX_SHOT_S / shot.speed
    if not low_s - 1e-9 <= seconds <= high_s + 1e-9:
        raise EditError(
            f"{label(film, shot.id)} cannot play for {seconds:g} s.",
            shot=shot.id,
            field="seconds",
            value=seconds if math.isfinite(seconds) else str(seconds),
            allowed=f"{low_s:g} to {high_s:g} seconds",
        )
    if round(seconds, 3) == shot.played_s:
        return {}
    needed_s = round(seconds * shot.speed, 3)
    if needed_s > round(shot.duration_s, 3):
        return {"duration_s": needed_s, "trim_start_s": 0.0, "trim_end_s": None}
    end_s = round(shot.trim_start_s + needed_s, 3)
    if end_s <= round(shot.duration_s, 3):
        return {"trim_end_s": _end(shot, end_s)}
    # The clip is long enough but starts too late: starting earlier keeps the picture, growing would pay for a new one.
    start_s = max(0.0, math.floor((shot.duration_s - needed_s) * 1000) / 1000)
    return {"trim_start_s": start_s, "trim_end_s": None}


def _trim(film: Storyboard, edit: e.TrimShot) -> Storyboard:
    shot = named(film, edit.shot)
    start_s = round(edit.start_s, 3) + 0.0
    end_s = None if edit.end_s is None else _end(shot, edit.end_s)
    stop_s = shot.duration_s if end_s is None else end_s
    if not 0 <= start_s <= shot.duration_s - MIN_SHOT_S + 1e-9:
        raise _bad_trim(film, shot, "start_s", edit.start_s, 0.0, shot.duration_s - MIN_SHOT_S)
    if not start_s + MIN_SHOT_S - 1e-9 <= stop_s <= shot.duration_s:
        raise _bad_trim(film, shot, "end_s", edit.end_s, start_s + MIN_SHOT_S, shot.duration_s)
    return _each(film, (shot,), lambda shot: {"trim_start_s": start_s, "trim_end_s": end_s})


def _bad_trim(film: Storyboard, shot: Shot, field: str, value: float | None, low_s: float, high_s: float) -> EditError:
    return EditError(
        f"{label(film, shot.id)} cannot be trimmed with {field} {value}.",
        shot=shot.id,
        field=field,
        value=value if value is None or math.isfinite(value) else str(value),
        allowed=f"{low_s:g} to {high_s:g} seconds",
    )


def _end(shot: Shot, end_s: float) -> float | None:
    """An end in milliseconds; None when it is the clip's own end, so that equal films have equal documents."""
    end_s = round(end_s, 3)
    return None if end_s == round(shot.duration_s, 3) else end_s


def _add_shot(film: Storyboard, edit: e.AddShot) -> Storyboard:
    _unused(film, edit.shot.id, "shot.id")
    known_cast(film, edit.shot.cast, edit.shot.id)
    at = _place(edit.at if edit.at is not None else len(film.shots) + 1, len(film.shots) + 1, edit.shot.id, "at")
    return film_with(film, shots=(*film.shots[: at - 1], edit.shot, *film.shots[at - 1 :]))


def _remove_shot(film: Storyboard, edit: e.RemoveShot) -> Storyboard:
    shot = named(film, edit.shot)
    if len(film.shots) == 1:
        raise EditError(
            f"{label(film, shot.id)} is the only shot; a film keeps at least one.",
            shot=shot.id,
            field="shot",
            value=shot.id,
            allowed="adding another shot first",
        )
    return film_with(
        film,
        shots=tuple(s for s in film.shots if s.id != shot.id),
        overlays=tuple(o for o in film.overlays if o.shot_id != shot.id),
    )


def _move_shot(film: Storyboard, edit: e.MoveShot) -> Storyboard:
    shot = named(film, edit.shot)
    to = _place(edit.to, len(film.shots), shot.id, "to")
    others = tuple(s for s in film.shots if s.id != shot.id)
    return film_with(film, shots=(*others[: to - 1], shot, *others[to - 1 :]))


def _duplicate_shot(film: Storyboard, edit: e.DuplicateShot) -> Storyboard:
    shot = named(film, edit.shot)
    _unused(film, edit.new_id, "new_id")
    copy = changed(shot, label(film, shot.id), shot.id, id=edit.new_id)
    at = film.number(shot.id)
    used = {overlay.id for overlay in film.overlays}
    copies: list[Overlay] = []
    for overlay in film.overlays:
        if overlay.shot_id == shot.id:
            fresh = _fresh(overlay.id, used)
            used.add(fresh)
            copies.append(overlay.model_copy(update={"id": fresh, "shot_id": copy.id}))
    return film_with(film, shots=(*film.shots[:at], copy, *film.shots[at:]), overlays=(*film.overlays, *copies))


def _set_lock(film: Storyboard, edit: e.SetLock) -> Storyboard:
    # A lock edit that names no shot means all of them: "unlock everything" must reach the locked ones.
    shots = tuple(existing(film, shot_id, "shots") for shot_id in edit.shots) or film.shots
    return _each(film, shots, lambda shot: {"locked": edit.locked})


def _retake(film: Storyboard, edit: e.Retake) -> Storyboard:
    return _each(film, reached(film, edit.shots), lambda shot: {"take": shot.take + 1})


def _set_seed(film: Storyboard, edit: e.SetSeed) -> Storyboard:
    return _each(film, (named(film, edit.shot),), lambda shot: {"seed": edit.seed})


def _set_shot_cast(film: Storyboard, edit: e.SetShotCast) -> Storyboard:
    shot = named(film, edit.shot)
    known_cast(film, edit.cast, shot.id)
    return _each(film, (shot,), lambda shot: {"cast": edit.cast})


def _each(film: Storyboard, shots: tuple[Shot, ...], fields: Callable[[Shot], Mapping[str, Any]]) -> Storyboard:
    after = {shot.id: changed(shot, label(film, shot.id), shot.id, **fields(shot)) for shot in shots}
    return film_with(film, shots=tuple(after.get(shot.id, shot) for shot in film.shots))


def _place(at: int, last: int, shot_id: str, field: str) -> int:
    if not 1 <= at <= last:
        raise EditError(
            f"Shot {shot_id!r} cannot stand at place {at}.", shot=shot_id, field=field, value=at, allowed=f"1 to {last}"
        )
    return at


def _unused(film: Storyboard, shot_id: str, field: str) -> None:
    if film.shot(shot_id) is not None:
        taken = ", ".join(shot.id for shot in film.shots)
        raise EditError(
            f"There is already a shot {shot_id!r}.",
            shot=shot_id,
            field=field,
            value=shot_id,
            allowed=f"an id not in use ({taken} are taken)",
        )


def _fresh(overlay_id: str, used: set[str]) -> str:
    """An unused id made from this one, the same every time."""
    n = 2
    while (fresh := f"{overlay_id[:34]}-{n}") in used:
        n += 1
    return fresh


CHANGES: Final[Mapping[type[Frozen], Callable[[Storyboard, Any], Storyboard]]] = {
    **dict.fromkeys(_FIELD, _set_field),
    e.SetDuration: _set_duration,
    e.TrimShot: _trim,
    e.AddShot: _add_shot,
    e.RemoveShot: _remove_shot,
    e.MoveShot: _move_shot,
    e.DuplicateShot: _duplicate_shot,
    e.SetLock: _set_lock,
    e.Retake: _retake,
    e.SetSeed: _set_seed,
    e.SetShotCast: _set_shot_cast,
}
