"""Which shots an edit reaches, and the refusals for shots that are locked or not there."""

from __future__ import annotations

from collections.abc import Sequence

from cutaway.errors import EditError
from cutaway.storyboard.brief import content_key
from cutaway.storyboard.model import CastMember, Overlay, Shot, Storyboard

_UNLOCK = "unlocking it first (set_lock with locked=false)"


def label(film: Storyboard, shot_id: str) -> str:
    """A shot's name in a message: its number and its id."""
    return f"Shot {film.number(shot_id)} ({shot_id!r})"


def existing(film: Storyboard, shot_id: str, field: str = "shot") -> Shot:
    """The shot with this id, locked or not. Raises `EditError` listing the shots there are."""
    shot = film.shot(shot_id)
    if shot is None:
        raise EditError(
            f"There is no shot {shot_id!r}.",
            shot=shot_id,
            field=field,
            value=shot_id,
            allowed=", ".join(f"{s.id} (shot {n})" for n, s in enumerate(film.shots, 1)),
        )
    return shot


def named(film: Storyboard, shot_id: str, field: str = "shot") -> Shot:
    """The shot an edit names. Raises `EditError` when it is not there or locked."""
    shot = existing(film, shot_id, field)
    if shot.locked:
        raise locked(film, shot_id)
    return shot


def reached(film: Storyboard, shot_ids: Sequence[str]) -> tuple[Shot, ...]:
    """The shots an edit changes: those it names, or every unlocked one when it names none.

    Raises `EditError` for a named shot that is not there or locked, and when every shot is locked.
    """
    if shot_ids:
        return tuple(named(film, shot_id, "shots") for shot_id in dict.fromkeys(shot_ids))
    free = tuple(shot for shot in film.shots if not shot.locked)
    if not free:
        raise EditError(
            "Every shot is locked, so nothing can change.",
            field="locked",
            value=True,
            allowed="unlocking a shot first (set_lock with locked=false)",
        )
    return free


def existing_member(film: Storyboard, cast_id: str) -> CastMember:
    """The cast member with this id. Raises `EditError` listing the cast."""
    member = film.member(cast_id)
    if member is None:
        raise EditError(f"There is no cast member {cast_id!r}.", field="cast_id", value=cast_id, allowed=cast_ids(film))
    return member


def known_cast(film: Storyboard, cast: Sequence[str], shot_id: str) -> None:
    """Raises `EditError` when a shot's cast names somebody unknown or somebody twice."""
    for n, cast_id in enumerate(cast):
        if film.member(cast_id) is None or cast_id in cast[:n]:
            fault = "is not in the cast" if film.member(cast_id) is None else "is named twice"
            raise EditError(
                f"{cast_id!r} {fault}, so shot {shot_id!r} cannot show it.",
                shot=shot_id,
                field="cast",
                value=cast_id,
                allowed=cast_ids(film),
            )


def cast_ids(film: Storyboard) -> str:
    """The cast for a message."""
    return ", ".join(member.id for member in film.cast) or "nobody yet; add a cast member first"


def free_overlay(film: Storyboard, overlay_id: str) -> Overlay:
    """The overlay an edit names. Raises `EditError` when it is not there or lies on a locked shot."""
    overlay = next((o for o in film.overlays if o.id == overlay_id), None)
    if overlay is None:
        there = ", ".join(f"{o.id} ({o.text[:40]!r})" for o in film.overlays)
        raise EditError(
            f"There is no overlay {overlay_id!r}.",
            field="overlay_id",
            value=overlay_id,
            allowed=there or "none yet; add an overlay first",
        )
    if overlay.shot_id is not None:
        named(film, overlay.shot_id, "overlay_id")
    return overlay


def keep_locked(before: Storyboard, after: Storyboard) -> None:
    """Raises `EditError` when a locked shot, or its picture, is no longer what it was."""
    for shot in before.shots:
        if not shot.locked:
            continue
        later = after.shot(shot.id)
        if later != shot or content_key(before, shot) != content_key(after, shot):
            raise locked(before, shot.id)


def locked(film: Storyboard, shot_id: str) -> EditError:
    """The refusal for a locked shot; it says how to unlock."""
    return EditError(
        f"{label(film, shot_id)} is locked, and this edit would change it.",
        shot=shot_id,
        field="locked",
        value=True,
        allowed=_UNLOCK,
    )
