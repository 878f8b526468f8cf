"""The contact sheet: everything in the artist's registries, drawn by one command."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from cutaway.errors import ConfigError
from cutaway_providers.sketch.backdrops import BACKDROPS
from cutaway_providers.sketch.commands import SHEETS as NAMES
from cutaway_providers.sketch.commands import main
from cutaway_providers.sketch.contact import SHEETS, draw_sheets
from cutaway_providers.sketch.grades import GRADES
from cutaway_providers.sketch.scene import CAMERAS, LOOKS, WEATHERS
from cutaway_providers.sketch.subjects import DRAWINGS
from house.places import ROOT


def labels(name: str) -> set[str]:
    return {tile.label.partition(",")[0] for tile in SHEETS[name]()[1]}


def test_the_sheets_show_everything_that_is_registered() -> None:
    assert tuple(SHEETS) == NAMES
    assert labels("settings") == set(BACKDROPS)
    assert labels("subjects") == set(DRAWINGS)
    assert labels("styles") == set(LOOKS)
    assert labels("weathers") == set(WEATHERS)
    assert labels("cameras") == set(CAMERAS)
    assert labels("moods") == set(GRADES)


def test_a_sheet_is_a_picture_with_a_tile_for_every_label(tmp_path: Path) -> None:
    (sheet,) = draw_sheets(tmp_path, ("moods",), (212, 120), tile_px=106, suffix="png", say=lambda _: None)
    assert sheet.labels == tuple(GRADES)
    with Image.open(sheet.path) as picture:
        assert picture.width == 5 * (106 + 6) + 6
        assert picture.height == -(-len(GRADES) // 5) * (60 + 20 + 6) + 6
        assert len(picture.convert("RGB").getcolors(1 << 24) or ()) > 1000
    assert "moods.png" in (tmp_path / "index.html").read_text(encoding="utf-8")


def test_the_same_sheet_is_drawn_twice_alike(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        draw_sheets(tmp_path / folder, ("moods",), (212, 120), tile_px=106, suffix="png", say=lambda _: None)
    assert (tmp_path / "a/moods.png").read_bytes() == (tmp_path / "b/moods.png").read_bytes()


def test_a_folder_that_cannot_be_written_is_said_with_the_fix(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(ConfigError, match="could not be written") as caught:
        main(["sheet", "--out", str(tmp_path / "file"), "--only", "moods"])
    assert "--out" in caught.value.fix


@pytest.mark.parametrize("words", [["sheet", "--only", "hats"], ["sheet", "--tile", "5"], ["paint"], []])
def test_words_it_does_not_know_end_with_status_two(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(words)
    assert caught.value.code == 2
    assert "cutaway sketch" in capsys.readouterr().err


def test_the_reduced_sheets_in_the_docs_are_those_the_command_draws_and_small() -> None:
    made = {path.name: path.stat().st_size for path in (ROOT / "docs/pictures/sketch").glob("*.jpg")}
    assert set(made) == {f"{name}.jpg" for name in NAMES}
    assert sum(made.values()) < 1_000_000
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "cutaway sketch sheet --out docs/pictures/sketch --tile 160 --format jpg" in makefile
