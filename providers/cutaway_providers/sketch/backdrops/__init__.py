"""Backdrops: one function per setting, from a stage and a site to its layers, far to near."""

from __future__ import annotations

from collections.abc import Callable

from cutaway_providers.sketch.backdrops.interior import room, stairs, studio
from cutaway_providers.sketch.backdrops.nature import camp, desert, forest, meadow, mountains
from cutaway_providers.sketch.backdrops.site import Site
from cutaway_providers.sketch.backdrops.town import city
from cutaway_providers.sketch.backdrops.water import beach, harbour, lake, sea
from cutaway_providers.sketch.layers import Layer
from cutaway_providers.sketch.stage import Stage

Backdrop = Callable[[Stage, Site], list[Layer]]

BACKDROPS: dict[str, Backdrop] = {
    "meadow": meadow,
    "forest": forest,
    "mountains": mountains,
    "desert": desert,
    "camp": camp,
    "city": city,
    "sea": sea,
    "harbour": harbour,
    "lake": lake,
    "beach": beach,
    "room": room,
    "studio": studio,
    "stairs": stairs,
}
