"""The edits of what shots share: cast, style, frame, overlays and sound."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from cutaway.contract import Frozen
from cutaway.errors import EditError
from cutaway.storyboard import edits as e
from cutaway.storyboard.model import Overlay, Storyboard
from cutaway.storyboard.reach import existing_member, free_overlay, label, named, reached
from cutaway.storyboard.refusal import changed, film_with


def _add_cast(film: Storyboard, edit: e.AddCast) -> Storyboard:
    if film.member(edit.member.id) is not None:
        raise EditError(
            f"There is already a cast member {edit.member.id!r}.",
            field="member.id",
            value=edit.member.id,
            allowed="an id not in use; change_cast changes the member there is",
        )
    joined = {
        shot.id: changed(shot, label(film, shot.id), shot.id, cast=(*shot.cast, edit.member.id))
        for shot in reached(film, edit.shots)
    }
    return film_with(
        film, cast=(*film.cast, edit.member), shots=tuple(joined.get(shot.id, shot) for shot in film.shots)
    )


def _change_cast(film: Storyboard, edit: e.ChangeCast) -> Storyboard:
    return _recast(film, edit.cast_id, **_given(edit, "name", "kind", "description", "colour"))


def _add_reference(film: Storyboard, edit: e.AddReference) -> Storyboard:
    member = existing_member(film, edit.cast_id)
    if edit.sha256 in member.references:
        return film
    return _recast(film, edit.cast_id, references=(*member.references, edit.sha256))


def _recast(film: Storyboard, cast_id: str, **fields: Any) -> Storyboard:
    after = changed(existing_member(film, cast_id), f"Cast member {cast_id!r}", **fields)
    return film_with(film, cast=tuple(after if member.id == cast_id else member for member in film.cast))


def _remove_cast(film: Storyboard, edit: e.RemoveCast) -> Storyboard:
    existing_member(film, edit.cast_id)
    shots = tuple(
        changed(shot, label(film, shot.id), shot.id, cast=tuple(c for c in shot.cast if c != edit.cast_id))
        for shot in film.shots
    )
    return film_with(film, cast=tuple(m for m in film.cast if m.id != edit.cast_id), shots=shots)


def _set_style(film: Storyboard, edit: e.SetStyle) -> Storyboard:
    return film_with(film, style=changed(film.style, "The style", **_given(edit, "look", "words")))


def _set_aspect(film: Storyboard, edit: e.SetAspect) -> Storyboard:
    return film_with(film, aspect=edit.aspect)


def _set_resolution(film: Storyboard, edit: e.SetResolution) -> Storyboard:
    return film_with(film, resolution=edit.resolution)


def _set_title(film: Storyboard, edit: e.SetTitle) -> Storyboard:
    return film_with(film, title=edit.title)


def _set_sound(film: Storyboard, edit: e.SetSound) -> Storyboard:
    given = _given(edit, "bed", "volume", "muted", "clips_volume", "duck")
    return film_with(film, sound=changed(film.sound, "The sound", **given))


def _add_overlay(film: Storyboard, edit: e.AddOverlay) -> Storyboard:
    if any(overlay.id == edit.overlay.id for overlay in film.overlays):
        raise EditError(
            f"There is already an overlay {edit.overlay.id!r}.",
            shot=edit.overlay.shot_id,
            field="overlay.id",
            value=edit.overlay.id,
            allowed="an id not in use; change_overlay changes the words there are",
        )
    if edit.overlay.shot_id is not None:
        named(film, edit.overlay.shot_id, "overlay.shot_id")
    return film_with(film, overlays=(*film.overlays, edit.overlay))


def _change_overlay(film: Storyboard, edit: e.ChangeOverlay) -> Storyboard:
    overlay = free_overlay(film, edit.overlay_id)
    fields = _given(edit, "text", "source", "start_s", "end_s", "style", "spoken")
    fields = {name: round(value, 3) if isinstance(value, float) else value for name, value in fields.items()}
    if fields.get("text", overlay.text) != overlay.text:
        # Times of other words say nothing about these.
        fields["word_starts_s"] = ()
    return film_with(film, overlays=_swap(film, _worded(overlay, **fields)))


def _remove_overlay(film: Storyboard, edit: e.RemoveOverlay) -> Storyboard:
    overlay = free_overlay(film, edit.overlay_id)
    return film_with(film, overlays=tuple(o for o in film.overlays if o.id != overlay.id))


def _replace_text(film: Storyboard, edit: e.ReplaceText) -> Storyboard:
    locked = {shot.id for shot in film.shots if shot.locked}
    matches = [overlay for overlay in film.overlays if edit.old in overlay.text]
    free = [overlay for overlay in matches if overlay.shot_id not in locked]
    if not free:
        there = ", ".join(repr(overlay.text) for overlay in film.overlays) or "none yet"
        raise EditError(
            f"Only locked shots show {edit.old!r}." if matches else f"No overlay shows {edit.old!r}.",
            shot=matches[0].shot_id if matches else None,
            field="old",
            value=edit.old,
            allowed=f"words on an unlocked shot or the whole film; the texts are: {there}",
        )
    after = {o.id: _worded(o, text=o.text.replace(edit.old, edit.new), word_starts_s=()) for o in free}
    return film_with(film, overlays=tuple(after.get(o.id, o) for o in film.overlays))


def _worded(overlay: Overlay, **fields: Any) -> Overlay:
    return changed(overlay, f"Overlay {overlay.id!r}", overlay.shot_id, **fields)


def _swap(film: Storyboard, after: Overlay) -> tuple[Overlay, ...]:
    return tuple(after if overlay.id == after.id else overlay for overlay in film.overlays)


def _given(edit: Frozen, *names: str) -> dict[str, Any]:
    """The fields an edit sets; None leaves a field as it is."""
    return {name: value for name in names if (value := getattr(edit, name)) is not None}


CHANGES: Final[Mapping[type[Frozen], Callable[[Storyboard, Any], Storyboard]]] = {
    e.AddCast: _add_cast,
    e.ChangeCast: _change_cast,
    e.AddReference: _add_reference,
    e.RemoveCast: _remove_cast,
    e.SetStyle: _set_style,
    e.SetAspect: _set_aspect,
    e.SetResolution: _set_resolution,
    e.SetTitle: _set_title,
    e.SetSound: _set_sound,
    e.AddOverlay: _add_overlay,
    e.ChangeOverlay: _change_overlay,
    e.RemoveOverlay: _remove_overlay,
    e.ReplaceText: _replace_text,
}
