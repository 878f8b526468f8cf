"""The sketch artist: a built-in local provider that draws a shot's `scene` as paper theatre, on the CPU, for $0.

Importing this package loads no drawing library; Pillow, PyAV and numpy are loaded by the first `render`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cutaway_providers.sketch.artist import SketchArtist


def provider(**settings: Any) -> SketchArtist:
    """The artist. It has no settings today; a setting it does not know raises `ConfigError`."""
    from cutaway_providers.sketch.artist import SketchArtist

    return SketchArtist(**settings)
