"""A film as a conversations file writes it: only what matters. What is left out is not judged and has its default.

Texts may give alternatives, `sea|ocean`; the first one is what the film holds when the conversation goes on.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, model_validator

from cutaway.contract import Frozen
from cutaway.evaluation.words import first
from cutaway.storyboard.model import (
    Aspect,
    CastMember,
    Look,
    Overlay,
    OverlayKind,
    Resolution,
    Shot,
    Sound,
    SoundBed,
    Storyboard,
    Style,
    TitleStyle,
)

USUAL_S = 3.0


def _member(value: Any) -> Any:
    return {"kind": value} if isinstance(value, str) else value


class WantedMember(Frozen):
    """Somebody who appears. As a plain text it is the kind; `id` is the kind's last word unless given."""

    kind: str
    id: str = ""
    name: str = ""
    description: str = ""
    colour: str = ""

    @property
    def key(self) -> str:
        """The id other parts of the file use."""
        return self.id or re.sub(r"[^a-z0-9]", "", first(self.kind).split()[-1].casefold())

    def member(self) -> CastMember:
        """The cast member."""
        kind = first(self.kind)
        return CastMember(
            id=self.key, name=self.name or kind, kind=kind, description=self.description, colour=self.colour
        )


class WantedShot(Frozen):
    """One shot. Every field is what a `Shot` calls it; one left out is not judged."""

    cast: tuple[str, ...] | None = None
    action: str | None = None
    setting: str | None = None
    time_of_day: str | None = None
    weather: str | None = None
    lighting: str | None = None
    camera: str | None = None
    grade: str | None = None
    transition: str | None = None
    duration_s: float | None = None
    locked: bool | None = None

    def given(self) -> dict[str, Any]:
        """The fields that are judged."""
        return {name: value for name in type(self).model_fields if (value := getattr(self, name)) is not None}

    def shot(self, number: int, usual_s: float) -> Shot:
        """The shot at this place of the film, `usual_s` long unless it says otherwise."""
        fields = {name: first(value) if isinstance(value, str) else value for name, value in self.given().items()}
        return Shot.model_validate({"id": f"s{number}", "duration_s": usual_s} | fields)


class WantedText(Frozen):
    """Words on the picture, exactly. `shot` is its number, None the whole film; a style left out is not judged."""

    kind: OverlayKind
    text: str
    shot: int | None = Field(default=None, ge=1)
    style: TitleStyle | None = None
    spoken: bool | None = None

    def overlay(self) -> Overlay:
        """The overlay; its id is `title`, or its kind and its shot such as `caption-s2`."""
        at = f"-s{self.shot}" if self.shot and self.kind != "title" else ""
        shot_id = f"s{self.shot}" if self.shot else None
        # Only what is given is set, so that a judge knows what is expected.
        drawn = {name: value for name in ("style", "spoken") if (value := getattr(self, name)) is not None}
        return Overlay.model_validate(
            {"id": self.kind.replace("_", "-") + at, "kind": self.kind, "text": self.text, "shot_id": shot_id} | drawn
        )


class WantedFilm(Frozen):
    """A film. `maybe` are kinds that may be cast or not; `total_s` is the length of all shots together in seconds.

    Without `shots` their number is not judged, and the conversation goes on with one shot of the whole cast.
    """

    title: str | None = None
    aspect: Aspect | None = None
    resolution: Resolution | None = None
    look: Look | None = None
    bed: SoundBed | None = None
    total_s: float | None = Field(default=None, gt=0)
    cast: tuple[Annotated[WantedMember, BeforeValidator(_member)], ...] = ()
    maybe: tuple[str, ...] = ()
    shots: tuple[WantedShot, ...] = ()
    texts: tuple[WantedText, ...] = ()

    def storyboard(self) -> Storyboard:
        """The film the conversation goes on with. Raises pydantic's `ValidationError` where it cannot be one."""
        shots = self.shots or (WantedShot(cast=tuple(member.key for member in self.cast)),)
        usual_s = USUAL_S if self.total_s is None else round(self.total_s / len(shots), 3)
        title = next((text.text for text in self.texts if text.kind == "title"), "")
        return Storyboard(
            title=title if self.title is None else self.title,
            aspect=self.aspect or "16:9",
            resolution=self.resolution or "480p",
            style=Style(look=self.look or "paper"),
            cast=tuple(member.member() for member in self.cast),
            shots=tuple(shot.shot(number, usual_s) for number, shot in enumerate(shots, 1)),
            overlays=tuple(text.overlay() for text in self.texts),
            sound=Sound(bed=self.bed or "calm"),
        )

    @model_validator(mode="after")
    def _can_be_a_film(self) -> Self:
        self.storyboard()
        return self
