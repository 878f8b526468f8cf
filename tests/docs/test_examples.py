"""The examples run as they are, as processes of their own, with nothing but a data directory."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import av
import numpy as np
import pytest

from cutaway.media.probe import probe, probe_image
from house.places import ROOT

CHAT_APP = ROOT / "examples" / "chat_app.py"
SIX_TURNS = ROOT / "examples" / "six_turns.py"


@contextmanager
def ran(script: Path, *, said: str = "", times: int = 1) -> Iterator[tuple[Path, list[str]]]:
    """The folder an example ran in, and what it printed each time."""
    # A short home: unix sockets lie below it, and their paths are limited to about 104 bytes.
    with tempfile.TemporaryDirectory(prefix="cut", ignore_cleanup_errors=True) as home:
        printed = []
        for _ in range(times):
            done = subprocess.run(
                [sys.executable, str(script)],
                cwd=home,
                env={
                    "PATH": os.environ["PATH"],
                    "PYTHONPATH": os.pathsep.join(str(ROOT / name) for name in ("orchestrator", "providers")),
                    "HOME": home,
                    "CUTAWAY_DATA_DIR": f"{home}/data",
                    "CUTAWAY_RUNTIME_DIR": f"{home}/run",
                },
                input=said,
                capture_output=True,
                text=True,
                timeout=170,
                check=False,
            )
            assert done.returncode == 0, done.stdout + done.stderr
            printed.append(done.stdout)
        yield Path(home), printed


def test_the_chat_app_stays_under_eighty_lines() -> None:
    assert len(CHAT_APP.read_text(encoding="utf-8").splitlines()) < 80


@pytest.mark.slow
def test_the_chat_app_makes_a_film_and_revises_it() -> None:
    with ran(CHAT_APP, said="a red fox trots through a forest at dusk\nmake it night\n") as (_, (printed,)):
        films = [Path(path) for path in re.findall(r"^  version \d+: (.+\.mp4)$", printed, re.MULTILINE)]
        assert len(films) == 2, printed
        assert len({film.read_bytes() for film in films}) == 2


class Film(NamedTuple):
    """One film of the six: its length, its size and the middle picture of each shot."""

    duration_s: float
    size: tuple[int, int]
    shots: tuple[np.ndarray, ...]


class SixTurns(NamedTuple):
    """What the example printed for each turn the first time, and what it made the second time."""

    printed: tuple[str, ...]
    films: tuple[Film, ...]
    posters: tuple[tuple[int, int], ...]


def _film(path: Path, middles_s: tuple[float, ...]) -> Film:
    facts = probe(path)
    with av.open(str(path)) as container:
        pictures = [(float(frame.time or 0), frame.to_ndarray(format="rgb24")) for frame in container.decode(video=0)]
    shots = tuple(min(pictures, key=lambda one: abs(one[0] - at_s))[1] for at_s in middles_s)
    return Film(facts.duration_s, (facts.width_px, facts.height_px), shots)


@pytest.fixture(scope="module")
def six() -> SixTurns:
    """The example run twice, as people do; every picture is taken from the mp4 files of the second time."""
    with ran(SIX_TURNS, times=2) as (home, (printed, _)):
        folder = home / "six-turns"
        # The last shot plays at half speed from the fifth turn on: its middle is at 9 s of 12.
        ends = [(1.5, 4.5, 7.5)] * 4 + [(1.5, 4.5, 9.0)] * 2
        films = tuple(_film(folder / f"{n}.mp4", middles) for n, middles in enumerate(ends, 1))
        posters = [probe_image(folder / f"{n}.jpg") for n in range(1, 7)]
        return SixTurns(
            tuple(re.split(r"^\d\. ", printed, flags=re.MULTILINE)[1:]),
            films,
            tuple((poster.width_px, poster.height_px) for poster in posters),
        )


def apart(one: np.ndarray, other: np.ndarray) -> float:
    """The mean difference of two pictures of one size, in 0..255."""
    return float(np.abs(one.astype(np.int16) - other.astype(np.int16)).mean())


@pytest.mark.slow
class TestSixTurns:
    def test_every_film_and_poster_has_its_length_and_size(self, six: SixTurns) -> None:
        assert [film.duration_s for film in six.films] == pytest.approx([9, 9, 9, 9, 12, 12], abs=0.1)
        assert [film.size for film in six.films] == [(848, 480)] * 5 + [(480, 848)]
        assert list(six.posters) == [film.size for film in six.films]

    @pytest.mark.parametrize(
        ("number", "changed"), [(2, (False, False, True)), (3, (True, False, False)), (4, (False, True, False))]
    )
    def test_a_turn_changes_the_shot_it_names_and_no_other(
        self, six: SixTurns, number: int, changed: tuple[bool, ...]
    ) -> None:
        before, after = six.films[number - 2], six.films[number - 1]
        differ = [apart(one, other) for one, other in zip(before.shots, after.shots, strict=True)]
        assert [difference > 1 for difference in differ] == list(changed), differ
        assert all(difference > 1 or difference == 0 for difference in differ), differ

    def test_half_speed_shows_the_same_pictures_for_longer(self, six: SixTurns) -> None:
        before, after = six.films[3], six.films[4]
        assert apart(before.shots[0], after.shots[0]) == apart(before.shots[1], after.shots[1]) == 0
        assert apart(before.shots[2], after.shots[2]) < 8

    def test_the_last_shot_becomes_night(self, six: SixTurns) -> None:
        assert six.films[1].shots[2].mean() < 0.7 * six.films[0].shots[2].mean()

    def test_the_train_becomes_red(self, six: SixTurns) -> None:
        def reds(picture: np.ndarray) -> int:
            red, green, blue = (picture[..., n].astype(np.int16) for n in range(3))
            return int(((red > 120) & (red > 2 * green) & (red > 2 * blue)).sum())

        assert reds(six.films[3].shots[1]) > 3 * reds(six.films[2].shots[1])

    def test_what_a_turn_does_not_change_is_reused_at_no_cost(self, six: SixTurns) -> None:
        classes = [re.findall(r"shot \d: (\w+)", printed) for printed in six.printed]
        assert classes == [
            ["generate"] * 3,
            ["reuse", "reuse", "generate"],
            ["local", "reuse", "reuse"],
            ["reuse", "generate", "reuse"],
            ["reuse", "reuse", "local"],
            ["generate"] * 3,
        ]
        assert all("$0.00" in printed for printed in six.printed)
