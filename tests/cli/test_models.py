"""`cutaway models` and `cutaway providers`: what there is, what it costs, and what to do to use it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from cutaway.contract import ModelProfile, Price, Rate
from cutaway.errors import ConfigError, InputError
from cutaway.provider_file import add_instance
from cutaway.routing.imports import compare, litellm_prices
from cutaway.routing.listing import Wish, cheapest_first, listed
from cutaway.settings import load_settings

TODAY = date(2026, 11, 25)


def model(**more: Any) -> ModelProfile:
    price = Price(
        rates=(
            Rate(resolutions=("720p",), usd_per_s=Decimal("0.1"), usd_per_input_s=Decimal("0.02")),
            Rate(resolutions=("1080p",), usd_per_s=Decimal("0.2")),
        ),
        source="a list",
        as_of=date(2026, 11, 20),
    )
    usual: dict[str, Any] = {
        "id": "m",
        "title": "M",
        "operations": ("generate", "edit"),
        "resolutions": ("720p", "1080p"),
        "input_roles": ("source_video",),
        "price": price,
    }
    return ModelProfile(**(usual | more))


def test_an_edit_is_priced_with_the_seconds_that_go_in() -> None:
    row = listed("v", model(), Wish("edit", "720p", duration_s=5), TODAY)
    assert row is not None
    assert (row.model, row.most_usd, row.usable) == ("v:m", Decimal("0.60"), True)


def test_a_model_that_cannot_do_it_is_no_row() -> None:
    assert listed("v", model(), Wish("upscale"), TODAY) is None
    assert listed("v", model(), Wish("generate", "4k"), TODAY) is None
    assert listed("v", model(), Wish(audio=True), TODAY) is None


def test_a_retired_model_says_when_and_what_instead() -> None:
    row = listed("v", model(retires_on=date(2026, 9, 24), replacement="v:n"), Wish(), TODAY)
    assert row is not None
    assert (row.usable, row.problem) == (False, "retired on 2026-09-24; use v:n")
    before = listed("v", model(retires_on=date(2026, 9, 24)), Wish(), date(2026, 9, 23))
    assert before is not None
    assert before.usable


def test_the_cheapest_is_first_and_the_unpriced_last() -> None:
    rows = [listed("v", model(id=name, price=price), Wish(), TODAY) for name, price in PRICED]
    assert [row.model for row in cheapest_first(row for row in rows if row)] == ["v:b", "v:a", "v:c"]


PRICED = [
    ("a", Price(usd_per_s=Decimal("0.2"), source="s", as_of=TODAY)),
    ("b", Price(usd_per_s=Decimal("0.1"), source="s", as_of=TODAY)),
    ("c", None),
]


def test_a_provider_is_added_beside_comments_and_others(tmp_path: Path) -> None:
    path = tmp_path / "cutaway.yaml"
    path.write_text("# ours\nresolution: 720p\nproviders:\n    old: {adapter: sketch}  # kept\n")
    add_instance(path, "fal", {"adapter": "fal", "api_key": "os.environ/FAL_KEY"})
    settings = load_settings({}, config=path)
    assert settings.providers == {
        "fal": {"adapter": "fal", "api_key": "os.environ/FAL_KEY"},
        "old": {"adapter": "sketch"},
    }
    assert "# ours" in path.read_text()
    assert "# kept" in path.read_text()
    with pytest.raises(InputError, match="has a provider 'fal' already"):
        add_instance(path, "fal", {"adapter": "fal"})


def test_a_file_is_made_when_there_is_none_and_left_alone_when_it_is_broken(tmp_path: Path) -> None:
    path = tmp_path / "cutaway.yaml"
    add_instance(path, "gpu", {"adapter": "openai_videos"})
    assert load_settings({}, config=path).providers == {"gpu": {"adapter": "openai_videos"}}
    path.write_text("providers: [\n")
    with pytest.raises(ConfigError):
        add_instance(path, "two", {"adapter": "sketch"})
    assert path.read_text() == "providers: [\n"
    assert [one.name for one in tmp_path.iterdir()] == ["cutaway.yaml"]


def test_anothers_list_is_compared_line_by_line_and_changes_nothing() -> None:
    theirs = {
        "v:m": ({"720p": Decimal("0.1")}, "x"),
        "v:other": ({"any": Decimal("1")}, "x"),
        "v:dearer": ({"any": Decimal("9")}, "x"),
    }
    rows = compare({"v:m": model(), "v:dearer": model(id="dearer")}, theirs)
    assert [(row.model, row.kind) for row in rows] == [("v:dearer", "differs"), ("v:other", "new"), ("v:m", "same")]


def test_the_bundled_map_of_litellm_is_read_without_importing_it() -> None:
    import sys

    had = "litellm" in sys.modules
    prices = litellm_prices({"runwayml": "runway"})
    assert prices["runway:gen4.5"][0] == {"any": Decimal("0.12")}
    assert had or "litellm" not in sys.modules
