"""Subjects: what the artist can draw, by name."""

from __future__ import annotations

from cutaway_providers.sketch.subjects import animals, people, products
from cutaway_providers.sketch.subjects.drawing import Drawing

DRAWINGS: dict[str, Drawing] = {
    **animals.DRAWINGS,
    **people.DRAWINGS,
    **products.DRAWINGS,
}
