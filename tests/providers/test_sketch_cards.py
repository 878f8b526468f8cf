"""Nouns without a drawing: a picture cut out of paper, and last a labelled card."""

from __future__ import annotations

import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

from cutaway_providers.sketch.cards import cut_paper, stand_ins
from cutaway_providers.sketch.pictures import Picture, picture_of
from cutaway_providers.sketch.pictures.outline import round_shape, subpaths
from cutaway_providers.sketch.scene import read
from providers.sketching import actor_of, scene_of, seen

CORNERS = ((-1, -1), (1, -1), (1, 1), (-1, 1))


def notes(kind: str) -> tuple[str, ...]:
    sketch = read(scene_of(kind))
    return (*sketch.notes, *stand_ins(sketch, {})[1])


@pytest.mark.parametrize(
    "kind", ["avocado", "saxophone", "volcano", "golden trophy", "hedgehog", "telescopes", "hot dog"]
)
def test_any_other_noun_finds_its_picture_and_says_so(kind: str) -> None:
    noun = "hot dog" if kind == "hot dog" else kind.split()[-1].removesuffix("s")
    assert notes(kind) == (f"I drew the {noun} as a picture card.",)
    actor = actor_of(kind)
    assert actor.member.subject == "card"
    assert seen(actor, 0.2).picture != seen(actor, 1.4).picture


def test_a_picture_found_by_a_keyword_says_what_it_shows() -> None:
    assert notes("squirrel") == ("I drew the squirrel as a picture card (chipmunk).",)


@pytest.mark.parametrize(
    ("kind", "said"), [("sea lion", "seal"), ("guinea pig", "hamster"), ("jelly fish", "jellyfish")]
)
def test_two_words_that_name_one_animal_are_not_taken_for_the_last(kind: str, said: str) -> None:
    assert notes(kind) == (f"I drew the {kind} as a picture card ({said}).",)


def test_a_noun_nobody_knows_is_a_labelled_card() -> None:
    assert notes("gizmotron") == ("I have no drawing for 'gizmotron', so it is a labelled card.",)


def test_a_picture_of_an_animal_looks_where_it_goes() -> None:
    right, left = actor_of("camel", action="walks"), actor_of("camel", action="walks to the left")
    (_, camel), (_, avocado) = picture_of(["camel"]) or ("", None), picture_of(["avocado"]) or ("", None)
    assert camel is not None
    assert avocado is not None
    assert (camel.leftward, avocado.leftward) == (True, False)
    assert seen(right, 0.5).picture != seen(left, 0.5).picture


def test_hundreds_of_pictures_can_be_cut_out() -> None:
    book = (files("cutaway_providers.sketch.pictures") / "pictures.json.gz").read_bytes()
    assert len(book) < 700_000
    found = [picture_of([word]) for word in ("drum", "hammer", "cactus", "snail", "castle", "candle", "anchor", "taco")]
    for named in found:
        assert named is not None
        alpha = cut_paper(named[1]).getchannel("a")
        assert 0.08 < sum(v > 128 for v in alpha.tobytes()) / (alpha.width * alpha.height) < 0.9


def test_a_hole_in_a_picture_stays_open() -> None:
    outer, inner = (tuple((320 + dx * r, 320 + dy * r) for dx, dy in CORNERS) for r in (300, 150))
    alpha = cut_paper(Picture("frame", False, (((200, 60, 60), (outer, inner)),))).getchannel("a")
    middle = alpha.width // 2
    assert alpha.getpixel((middle, middle)) == 0
    assert alpha.getpixel((round(alpha.width * 0.15), middle)) == 255


def test_the_licences_lie_beside_the_pictures() -> None:
    text = (files("cutaway_providers.sketch.pictures") / "LICENSES.txt").read_text()
    for owner in ("Microsoft Corporation", "Unicode, Inc.", "Miles Johnson"):
        assert owner in text
    assert "Fluent Emoji" in Path("NOTICE").read_text()


def test_pictures_are_read_only_when_one_is_needed() -> None:
    code = (
        "from cutaway_providers.sketch.pictures import _book\n"
        "import cutaway_providers.sketch.film, cutaway_providers.sketch.scene\n"
        "print(_book.cache_info().currsize)"
    )
    said = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONPATH": ":".join(sys.path)}
    )
    assert said.stdout.strip() == "0"


def test_the_outline_of_an_svg_path_closes_curves_and_arcs() -> None:
    (square,) = subpaths("M1 1h2v2h-2z")
    assert square == [(1.0, 1.0), (3.0, 1.0), (3.0, 3.0), (1.0, 3.0)]
    (circle,) = subpaths("M0 5a5 5 0 1 0 10 0a5 5 0 1 0-10 0z")
    assert all(abs((x - 5) ** 2 + (y - 5) ** 2 - 25) < 0.2 for x, y in circle)
    assert max(y for _, y in circle) == pytest.approx(10, abs=0.3)
    assert len(subpaths("M0 0h1v1zM5 5h1v1z")) == 2
    assert len(round_shape("rect", {"x": "0", "y": "0", "width": "4", "height": "2", "rx": "1"})[0]) == 20
    with pytest.raises(ValueError, match="'k'"):
        subpaths("M0 0k1")
