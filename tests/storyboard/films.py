"""What the storyboard tests share: a small film, blobs in memory, and hypothesis strategies for films and edits."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Any, get_args

from hypothesis import strategies as st

from cutaway.storyboard import CastMember, Overlay, Shot, Storyboard
from cutaway.storyboard import edits as e
from cutaway.storyboard.model import Aspect, Camera, Grade, Look, Resolution, SoundBed, TimeOfDay, Transition, Weather

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
FOX = CastMember(id="fox", name="Rusty", kind="red fox", colour="red")
OWL = CastMember(id="owl", name="Ada", kind="owl")


def film(**changes: Any) -> Storyboard:
    """Three shots: the fox alone (3 s), fox and owl (4 s), nobody (2 s); a price on shot 2 and a film title."""
    fields: dict[str, Any] = {
        "title": "Fox",
        "cast": (FOX, OWL),
        "shots": (
            Shot(id="s1", cast=("fox",), action="trots", setting="pine forest"),
            Shot(id="s2", cast=("fox", "owl"), action="climbs a ridge", duration_s=4.0),
            Shot(id="s3", setting="empty valley", duration_s=2.0),
        ),
        "overlays": (
            Overlay(id="price", kind="caption", text="Now $89", shot_id="s2", source="sheet.md:3"),
            Overlay(id="name", kind="title", text="The Fox", end_s=2.0),
        ),
    }
    return Storyboard(**(fields | changes))


def locked(film: Storyboard, *shot_ids: str) -> Storyboard:
    """The film with these shots locked."""
    shots = tuple(s.model_copy(update={"locked": s.locked or s.id in shot_ids}) for s in film.shots)
    return film.model_copy(update={"shots": shots})


class Memory:
    """Blobs kept in a dictionary by their hash."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    async def put(self, data: bytes) -> str:
        sha = hashlib.sha256(data).hexdigest()
        self.kept[sha] = data
        return sha

    async def get(self, sha: str) -> bytes:
        return self.kept[sha]


# Small pools, so that edits often hit what exists and often miss it.
_SHOT_ID = st.sampled_from(["s1", "s2", "s3", "s4", "s5"])
_CAST_ID = st.sampled_from(["fox", "owl", "cat", "dog"])
_OVERLAY_ID = st.sampled_from(["o1", "o2", "o3"])
_WORDS = st.sampled_from(["", "trots", "a city", "Now $89", "\u202eright to left", "🦊", "x" * 401])
_TIME_S = st.one_of(
    st.sampled_from([0.0, -0.0, 0.5, 1.0, 2.0, 2.9996, 3.0004, 60.0, float("nan"), float("inf")]),
    st.floats(min_value=-1, max_value=70),
)


def _one(literal: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(get_args(literal))


def _maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


@st.composite
def films(draw: st.DrawFn, *, locks: bool = True) -> Storyboard:
    """Valid storyboards of one to four shots with cast, trims, overlays and, with `locks`, locked shots."""
    cast = draw(st.lists(_CAST_ID, max_size=3, unique=True))
    shots = []
    for shot_id in draw(st.lists(_SHOT_ID, min_size=1, max_size=4, unique=True)):
        start_s = draw(st.sampled_from([0.0, 0.0, 0.25, 1.0]))
        shots.append(
            Shot(
                id=shot_id,
                duration_s=draw(st.sampled_from([2.0, 3.0, 3.0004, 4.5])),
                cast=tuple(draw(st.lists(st.sampled_from(cast), max_size=2, unique=True))) if cast else (),
                action=draw(st.sampled_from(["", "trots"])),
                time_of_day=draw(_one(TimeOfDay)),
                trim_start_s=start_s,
                trim_end_s=draw(st.sampled_from([None, start_s + 0.75])),
                speed=draw(st.sampled_from([1.0, 1.0, 0.5, 3.0])),
                locked=locks and draw(st.booleans()),
            )
        )
    overlays = [
        Overlay(id=i, kind="caption", text="Now $89", shot_id=draw(st.sampled_from([None, *(s.id for s in shots)])))
        for i in draw(st.lists(_OVERLAY_ID, max_size=3, unique=True))
    ]
    members = tuple(CastMember(id=i, name=i, kind=i) for i in cast)
    return Storyboard(cast=members, shots=tuple(shots), overlays=tuple(overlays))


def edits() -> st.SearchStrategy[e.Edit]:
    """Every kind of edit, good and bad alike."""
    named = {"shot": _SHOT_ID}
    many = {"shots": st.lists(_SHOT_ID, max_size=2).map(tuple)}
    shot = st.builds(Shot, id=_SHOT_ID, cast=st.lists(_CAST_ID, max_size=2, unique=True).map(tuple))
    overlay = st.builds(Overlay, id=_OVERLAY_ID, kind=st.just("title"), text=st.just("Hi"), shot_id=_maybe(_SHOT_ID))
    place = st.integers(1, 6)
    return st.one_of(
        st.builds(e.AddShot, shot=shot, at=_maybe(place)),
        st.builds(e.RemoveShot, **named),
        st.builds(e.MoveShot, **named, to=place),
        st.builds(e.DuplicateShot, **named, new_id=st.sampled_from(["s4", "s6", "s7", "Not An Id"])),
        st.builds(e.SetDuration, **many, seconds=_TIME_S),
        st.builds(e.TrimShot, **named, start_s=_TIME_S, end_s=_maybe(_TIME_S)),
        st.builds(e.SetSpeed, **many, speed=_TIME_S),
        st.builds(e.SetAction, **many, action=_WORDS),
        st.builds(e.SetSetting, **many, setting=_WORDS),
        st.builds(e.SetTime, **many, time_of_day=_one(TimeOfDay)),
        st.builds(e.SetWeather, **many, weather=_one(Weather)),
        st.builds(e.SetLighting, **many, lighting=_WORDS),
        st.builds(e.SetCamera, **many, camera=_one(Camera)),
        st.builds(e.SetGrade, **many, grade=_one(Grade)),
        st.builds(e.SetTransition, **many, transition=_one(Transition)),
        st.builds(e.SetLock, **many, locked=st.booleans()),
        st.builds(e.Retake, **many),
        st.builds(e.SetSeed, **named, seed=st.sampled_from([0, 7, -1, 2**31])),
        st.builds(e.AddCast, member=st.builds(CastMember, id=_CAST_ID, name=_CAST_ID, kind=_CAST_ID), **many),
        st.builds(e.ChangeCast, cast_id=_CAST_ID, name=_maybe(_WORDS), colour=_maybe(_WORDS)),
        st.builds(e.AddReference, cast_id=_CAST_ID, sha256=st.sampled_from(["a" * 64, "b" * 64])),
        st.builds(e.RemoveCast, cast_id=_CAST_ID),
        st.builds(e.SetShotCast, **named, cast=st.lists(_CAST_ID, max_size=5).map(tuple)),
        st.builds(e.SetStyle, look=_maybe(_one(Look)), words=_maybe(_WORDS)),
        st.builds(e.SetAspect, aspect=_one(Aspect)),
        st.builds(e.SetResolution, resolution=_one(Resolution)),
        st.builds(e.SetTitle, title=_WORDS),
        st.builds(e.AddOverlay, overlay=overlay),
        st.builds(e.ChangeOverlay, overlay_id=_OVERLAY_ID, text=_maybe(_WORDS), end_s=_maybe(_TIME_S)),
        st.builds(e.RemoveOverlay, overlay_id=_OVERLAY_ID),
        st.builds(e.ReplaceText, old=st.sampled_from(["$89", "Hi", "absent"]), new=_WORDS),
        st.builds(e.SetSound, bed=_maybe(_one(SoundBed)), volume=_maybe(_TIME_S), muted=_maybe(st.booleans())),
    )
