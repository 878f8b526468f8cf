"""Backdrops: one function per setting, from a stage and a site to its layers, far to near."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cutaway_providers.sketch.backdrops.castle import castle
from cutaway_providers.sketch.backdrops.interior import room, stairs, studio
from cutaway_providers.sketch.backdrops.kitchen import kitchen
from cutaway_providers.sketch.backdrops.nature import camp, desert, forest, meadow, mountains
from cutaway_providers.sketch.backdrops.office import office
from cutaway_providers.sketch.backdrops.rural import farm, road, snowfield
from cutaway_providers.sketch.backdrops.site import Site
from cutaway_providers.sketch.backdrops.space import space
from cutaway_providers.sketch.backdrops.station import station
from cutaway_providers.sketch.backdrops.street import street
from cutaway_providers.sketch.backdrops.town import city
from cutaway_providers.sketch.backdrops.underwater import underwater
from cutaway_providers.sketch.backdrops.village import market, village
from cutaway_providers.sketch.backdrops.water import beach, harbour, lake, sea
from cutaway_providers.sketch.layers import Sheetlike
from cutaway_providers.sketch.stage import Stage

Backdrop = Callable[[Stage, Site], Sequence[Sheetlike]]

BACKDROPS: dict[str, Backdrop] = {
    "meadow": meadow,
    "forest": forest,
    "mountains": mountains,
    "desert": desert,
    "camp": camp,
    "city": city,
    "street": street,
    "station": station,
    "village": village,
    "market": market,
    "castle": castle,
    "farm": farm,
    "road": road,
    "snowfield": snowfield,
    "sea": sea,
    "harbour": harbour,
    "lake": lake,
    "beach": beach,
    "room": room,
    "kitchen": kitchen,
    "office": office,
    "studio": studio,
    "stairs": stairs,
    "space": space,
    "underwater": underwater,
}
