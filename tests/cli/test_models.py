"""`cutaway models` and `cutaway providers`: what there is, what it costs, and what to do to use it."""

from __future__ import annotations

import asyncio
from datetime import date
from decimal import Decimal
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from cutaway.cli.prices import price_words
from cutaway.contract import ModelProfile, Price, Rate
from cutaway.errors import ConfigError, InputError, ProviderError
from cutaway.provider_file import add_instance
from cutaway.registry import Known
from cutaway.routing.imports import compare, litellm_list, litellm_prices, vendors_lists
from cutaway.routing.listing import Wish, cheapest_first, listed
from cutaway.settings import Settings, load_settings
from fakes import FlatArtist

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


def test_the_price_is_of_the_cheapest_resolution_unless_one_is_named() -> None:
    dear_first = model(resolutions=("1080p", "720p"))
    for wish, expected in ((Wish(), ("0.5", "720p")), (Wish(resolution="1080p"), ("1.0", "1080p"))):
        row = listed("v", dear_first, wish, TODAY)
        assert row is not None
        assert (row.most_usd, row.at, row.unit) == (Decimal(expected[0]), expected[1], "5 s")


def test_speech_is_priced_by_a_thousand_characters() -> None:
    price = Price(rates=(Rate(usd_per_prompt_char=Decimal("0.00002")),), source="a list", as_of=TODAY)
    row = listed("v", model(modality="audio", operations=("generate",), price=price), Wish(), TODAY)
    assert row is not None
    assert (row.most_usd, row.unit, row.at, row.usd_per_s) == (Decimal("0.02"), "1000 characters", "", None)


@pytest.mark.parametrize(
    ("price", "words"),
    [
        ({"rates": [{"usd_per_s": "0.05"}, {"usd_per_s": "0.02"}]}, "$0.02 to $0.05 a second"),
        ({"rates": [{"usd_per_prompt_char": "0.00002"}]}, "$0.02 per 1000 characters"),
        ({"rates": [{"usd_per_s": "0.1", "usd_per_clip": 1}]}, "$0.10 a second and $1.00 a clip"),
        ({"usd_per_s": "0.004"}, "$0.0040 a second"),
        ({"usd_per_clip": 0}, "$0.00 a second"),
    ],
)
def test_a_price_list_is_told_from_its_cheapest_to_its_dearest_line(price: dict[str, Any], words: str) -> None:
    assert price_words(Price.model_validate(price | {"source": "a list", "as_of": TODAY})) == words


def test_our_side_of_a_comparison_is_told_by_resolution_too() -> None:
    (row,) = compare({"v:m": model()}, {"v:m": ({"720p": Decimal("0.5")}, "x")})
    assert (row.kind, row.ours, row.theirs) == ("differs", "1080p 0.2, 720p 0.02/0.1", "720p 0.5")


def test_a_list_says_its_version_and_one_that_cannot_be_asked_says_why() -> None:
    assert litellm_list({"runwayml": "runway"}).name == f"the map that comes with LiteLLM {version('litellm')}"
    deaf = Known("v", "v", "V", (), Deaf())
    (read,) = asyncio.run(vendors_lists([deaf, Known("w", "w", "W", ())]))
    assert (read.name, read.prices, read.problem) == ("V's own list", {}, "not read: nobody is there")


class Deaf(FlatArtist):
    """A vendor that publishes a list and does not answer."""

    async def listed_prices(self) -> dict[str, dict[str, Decimal]]:
        """Nothing."""
        raise ProviderError("nobody is there")


def test_what_a_check_refuses_is_not_written(tmp_path: Path) -> None:
    def refuse(settings: Settings) -> None:
        assert settings.providers["new"] == {"adapter": "x"}
        raise InputError("no")

    with pytest.raises(InputError, match="no"):
        add_instance(tmp_path / "cutaway.yaml", "new", {"adapter": "x"}, refuse)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("before", ["", "providers:\n    old: {adapter: sketch}\n"])
def test_models_are_written_below_their_instance(tmp_path: Path, before: str) -> None:
    path = tmp_path / "cutaway.yaml"
    path.write_text(before)
    options = {"adapter": "x", "models": [{"id": "m", "price": {"usd_per_s": "0.05", "source": 'us: "q"'}}]}
    add_instance(path, "new", options)
    assert load_settings({}, config=path).providers["new"] == options
