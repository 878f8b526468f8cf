"""The film: layers, cast and weather composed drawing by drawing, into a file."""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import av
from PIL import Image

from cutaway.contract import GenerationRequest
from cutaway.errors import ProviderError, StoppedError
from cutaway_providers.sketch.backdrops import BACKDROPS
from cutaway_providers.sketch.backdrops.site import Site
from cutaway_providers.sketch.camera import view_at
from cutaway_providers.sketch.cast import Troupe, gather
from cutaway_providers.sketch.encode import container_options, encode, hold_frames
from cutaway_providers.sketch.finish import Finish
from cutaway_providers.sketch.layers import Layer, Sheetlike, View
from cutaway_providers.sketch.palette import HOURS
from cutaway_providers.sketch.puppet import paint_actor
from cutaway_providers.sketch.scene import AFLOAT, AIRLESS, BUILDINGS, INDOORS, WATER, Sketch
from cutaway_providers.sketch.sky import paint_clouds, paint_light, paint_sky
from cutaway_providers.sketch.stage import Stage
from cutaway_providers.sketch.subjects.drawing import Drawing
from cutaway_providers.sketch.sway import blown
from cutaway_providers.sketch.weather import weather_layers


class Film:
    """One shot, ready to be drawn at any moment."""

    def __init__(self, request: GenerationRequest, sketch: Sketch, drawings: dict[str, Drawing] | None = None) -> None:
        self.sketch = sketch
        self.fps = request.fps
        self.frames = frame_count(request)
        hour = HOURS[sketch.hour]
        self.stage = Stage(
            request.size.width_px,
            request.size.height_px,
            self.frames / self.fps,
            hour,
            sketch.seed,
            sketch.setting in INDOORS,
        )
        self.troupe: Troupe = gather(self.stage, sketch, drawings)
        self.layers = compose(self.stage, sketch)
        self._pile = pressed(self.layers)
        self.finish = Finish(self.stage, sketch)

    def layer(self, name: str) -> Sheetlike:
        """The layer of this name. Raises `KeyError`."""
        return {layer.name: layer for layer in self.layers}[name]

    def layer_at(self, name: str, t: float) -> Image.Image:
        """What the layer of this name alone shows at `t` seconds, as the camera sees it. Raises `KeyError`."""
        canvas = Image.new("RGBa", (self.stage.width, self.stage.height))
        self.layer(name).paint(canvas, self.stage, self.view(t), t)
        return canvas

    def view(self, t: float) -> View:
        """Where the camera is at `t` seconds."""
        return view_at(self.stage, self.sketch.camera, self.troupe.follow, t)

    def draw(self, t: float) -> Image.Image:
        """The finished frame at `t` seconds (premultiplied, opaque)."""
        stage, view = self.stage, self.view(t)
        canvas = Image.new("RGBa", (stage.width, stage.height), (0, 0, 0, 255))
        actors = list(self.troupe.actors)
        for layer, below in zip(self._pile, self._hidden(view, t), strict=True):
            while actors and actors[0].depth < layer.depth:
                paint_actor(canvas, stage, view, actors.pop(0), t)
            layer.paint(canvas, stage, view, t, below)
        for actor in actors:
            paint_actor(canvas, stage, view, actor, t)
        return self.finish.apply(canvas, t)

    def _hidden(self, view: View, t: float) -> list[float]:
        """For every layer the screen row from which on nearer layers hide it."""
        below, hidden = math.inf, []
        for layer in reversed(self._pile):
            hidden.append(below)
            below = min(below, layer.hides_from(self.stage, view, t))
        return hidden[::-1]

    def drawings(self) -> Iterator[tuple[Image.Image, int]]:
        """Every drawing with the number of frames it is held for (drawn on twos at 24 frames a second)."""
        hold = hold_frames(self.fps)
        for first in range(0, self.frames, hold):
            yield self.draw(first / self.fps), min(hold, self.frames - first)


def frame_count(request: GenerationRequest) -> int:
    """Frames in the finished file."""
    return max(1, round(request.duration_s * request.fps))


def compose(stage: Stage, sketch: Sketch) -> list[Sheetlike]:
    """Every layer of the shot, far to near, each from its own random source."""
    climbs = any(m.deed == "climb" for m in sketch.cast)
    afloat = any(m.subject in AFLOAT or m.deed == "swim" for m in sketch.cast)
    ashore = any(
        m.subject not in AFLOAT | BUILDINGS and not m.rides and m.deed not in {"swim", "fly"} for m in sketch.cast
    )
    site = Site(
        climbs=climbs,
        afloat=afloat and not ashore and sketch.setting in WATER,
        words=sketch.setting_words,
        rails=any(m.subject == "train" for m in sketch.cast),
    )
    layers: list[Sheetlike] = [] if sketch.setting in AIRLESS else [paint_sky(stage), paint_clouds(stage)]
    backdrop = BACKDROPS[sketch.setting](stage, site)
    if sketch.setting not in AIRLESS | INDOORS:
        layers += paint_light(stage)
    layers += [*blown(stage, sketch, backdrop), *weather_layers(stage, sketch, backdrop)]
    return sorted(layers, key=lambda layer: layer.depth)


def pressed(layers: list[Sheetlike]) -> list[Sheetlike]:
    """The same picture in fewer sheets: neighbours that always move together become one."""
    pile: list[Sheetlike] = []
    for layer in layers:
        below = pile[-1] if pile else None
        if (
            isinstance(layer, Layer)
            and isinstance(below, Layer)
            and layer.moves_with(below)
            and below.depth // 5 == layer.depth // 5
        ):
            pile[-1] = below.under(layer)
        else:
            pile.append(layer)
    return pile


def shoot(film: Film, out: Path, progress: Callable[[float], None], cancelled: Callable[[], bool]) -> None:
    """Draw and encode the film into `out`. Raises `StoppedError` within one drawing of `cancelled()` turning true.

    Raises `ProviderError` (retryable) when the disk refuses. The file appears complete or not at all: it is written
    beside `out` and renamed.
    """
    part = out.with_name(f".{out.name}.{os.getpid()}.part")
    try:
        with av.open(str(part), "w", format="mp4", options=container_options(film.fps)) as container:
            drawn = _watched(film, progress, cancelled)
            encode(container, film.stage.width, film.stage.height, film.fps, film.frames, drawn)
        os.replace(part, out)
    except OSError as error:
        raise ProviderError(
            f"The sketch artist could not write {out.name}: {error.strerror or error}.",
            retryable=True,
            fix=f"Make {out.parent} writable and see that its disk has room.",
        ) from error
    finally:
        part.unlink(missing_ok=True)


def _watched(
    film: Film, progress: Callable[[float], None], cancelled: Callable[[], bool]
) -> Iterator[tuple[Image.Image, int]]:
    done = 0
    if cancelled():
        raise StoppedError("The sketch artist was asked to stop before the first frame.")
    for picture, hold in film.drawings():
        yield picture, hold
        done += hold
        progress(min(1.0, done / film.frames))
        if done < film.frames and cancelled():
            raise StoppedError(f"The sketch artist was asked to stop after {done} of {film.frames} frames.")
