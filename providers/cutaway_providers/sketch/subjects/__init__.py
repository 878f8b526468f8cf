"""Subjects: what the artist can draw, by name."""

from __future__ import annotations

from cutaway_providers.sketch.subjects import animals, birds, boats, people, products, robot, structures, vehicles
from cutaway_providers.sketch.subjects.drawing import Drawing

DRAWINGS: dict[str, Drawing] = {
    **animals.DRAWINGS,
    **birds.DRAWINGS,
    **people.DRAWINGS,
    **robot.DRAWINGS,
    **vehicles.DRAWINGS,
    **boats.DRAWINGS,
    **structures.DRAWINGS,
    **products.DRAWINGS,
}
