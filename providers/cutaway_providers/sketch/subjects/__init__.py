"""Subjects: what the artist can draw, by name."""

from __future__ import annotations

from cutaway_providers.sketch.subjects import (
    aircraft,
    animals,
    birds,
    boats,
    buildings,
    farm,
    food,
    fowl,
    gadgets,
    household,
    people,
    products,
    roads,
    robot,
    sea,
    small,
    structures,
    vehicles,
    wearables,
    wild,
    wings,
)
from cutaway_providers.sketch.subjects.drawing import Drawing

DRAWINGS: dict[str, Drawing] = {
    **animals.DRAWINGS,
    **farm.DRAWINGS,
    **wild.DRAWINGS,
    **small.DRAWINGS,
    **fowl.DRAWINGS,
    **sea.DRAWINGS,
    **wings.DRAWINGS,
    **birds.DRAWINGS,
    **people.DRAWINGS,
    **robot.DRAWINGS,
    **vehicles.DRAWINGS,
    **roads.DRAWINGS,
    **aircraft.DRAWINGS,
    **boats.DRAWINGS,
    **structures.DRAWINGS,
    **buildings.DRAWINGS,
    **products.DRAWINGS,
    **gadgets.DRAWINGS,
    **wearables.DRAWINGS,
    **food.DRAWINGS,
    **household.DRAWINGS,
}
