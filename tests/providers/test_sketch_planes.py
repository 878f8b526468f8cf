"""Arithmetic on the planes of a frame: the same as the formulas it stands for, within a level and a half."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image

from cutaway_providers.sketch.planes import (
    Plane,
    edges,
    falling,
    frame_of,
    grey_of,
    mapped,
    mixed,
    planes_of,
    rising,
    screen,
    times,
)

# Every pair of levels.
A = np.repeat(np.arange(256, dtype=np.uint8)[:, None], 256, axis=1)
B = A.T.copy()


@pytest.mark.parametrize(
    ("made", "meant"),
    [
        (lambda: times(A, B), A * (B / 255)),
        (lambda: times(A, 77), A * (77 / 255)),
        (lambda: screen(A, B), 255 - (255 - A.astype(float)) * (255 - B.astype(float)) / 255),
        (lambda: mixed(A, 200, B), A + (200 - A.astype(float)) * (B / 255)),
        (lambda: grey_of(A, B, A), A * 0.413 + B * 0.587),
        (lambda: rising(A, 20, 8), np.clip((A.astype(float) - 20) * 8, 0, 248)),
        (lambda: falling(A, 70, 6), np.clip((70 - A.astype(float)) * 6, 0, 252)),
        (lambda: mapped(A, [255 - v for v in range(256)]), 255 - A.astype(float)),
    ],
)
def test_arithmetic_on_planes_is_its_formula_within_a_level_and_a_half(
    made: Callable[[], Plane], meant: np.ndarray
) -> None:
    assert np.abs(made().astype(float) - meant).max() <= 1.5


def test_full_light_stays_full_and_darkness_dark() -> None:
    white, black = np.full((4, 4), 255, np.uint8), np.zeros((4, 4), np.uint8)
    assert (times(white, white) == 255).all()
    assert (mixed(black, white, white) == 255).all()
    assert (mixed(white, black, white) == 0).all()
    assert (screen(black, black) == 0).all()


def test_a_frame_taken_apart_and_put_together_is_the_frame() -> None:
    levels = np.random.default_rng(2).integers(0, 256, (9, 14, 4), np.uint8)
    levels[..., 3] = 255
    frame = Image.frombytes("RGBa", (14, 9), levels.tobytes())
    assert frame_of(*planes_of(frame)).tobytes() == frame.tobytes()


def test_edges_are_where_neighbours_differ_and_not_at_the_border() -> None:
    plane = np.zeros((20, 30), np.uint8)
    plane[:, 12:] = 90
    flat = np.full((20, 30), 40, np.uint8)
    found = edges((flat, plane, flat), 2, 10, 5)
    assert (found[2:, 12:14] == 255).all()
    assert found.sum() == 255 * 18 * 2
