"""The catalogs load, every price says where and when it was read, and docs/providers.md says what they say."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from cutaway.contract import ModelProfile, Quality
from cutaway.vendor.catalog import CatalogFile
from cutaway_providers.openai_videos import provider as openai_videos
from house.places import ADAPTERS, ROOT

FOLDER: Final = ADAPTERS / "catalog"
PRIORS: Final = FOLDER / "priors.yaml"
SELF_HOSTED: Final = FOLDER / "self_hosted.yaml"
FILES: Final = tuple(sorted(path for path in FOLDER.glob("*.yaml") if path != PRIORS))
VENDORS: Final = tuple(path for path in FILES if path != SELF_HOSTED)
PAGE: Final = (ROOT / "docs" / "providers.md").read_text(encoding="utf-8")
NEWEST: Final = datetime.now(UTC).date()
SYSTEMS: Final = (
    "Sora; Gemini Omni; Veo; Runway; Stable Video Diffusion; Lumiere; Pika; HeyGen; Kling; Wan 2.7; Wan 2.1; Seedance;"
    "Luma; CogVideoX; VideoCrafter; ModelScope; Midjourney; MiniMax H3; Grok Imagine; LTX-2; HunyuanVideo; GPT; Claude;"
    "Gemini 3.1 Pro, Flash-Lite; Gemma 4; Kimi"
)
CATALOGS_OF_A_WHOLE_SET: Final = 12
"""Fewer files than this is a part of the set, which says nothing about its breadth."""


def read(path: Path) -> CatalogFile:
    return CatalogFile.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))


def models(path: Path) -> tuple[ModelProfile, ...]:
    return tuple(model.profile for model in read(path).models)


def priced() -> list[tuple[str, ModelProfile]]:
    return [(path.stem, model) for path in VENDORS for model in models(path) if model.price is not None]


def table_rows() -> dict[str, list[str]]:
    """The rows of "What each adapter can do" by adapter: makes, edits, extends, picture, sound, cancel, webhook, ..."""
    section = PAGE.partition("## What each adapter can do")[2].partition("\n## ")[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in section.splitlines() if line[:3] == "| `"]
    return {row[0].strip("`"): row[1:] for row in rows}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_catalog_is_valid_and_is_called_like_its_provider(path: Path) -> None:
    catalog = read(path)  # refuses an id that is there twice
    assert catalog.provider == path.stem


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_catalog_says_when_and_where_each_fact_was_read(path: Path) -> None:
    for model in models(path):
        for fact in (model.price, model.quality, model.terms):
            if fact is None:
                continue
            assert fact.source.strip(), f"{model.id} names no source"
            assert date(2025, 1, 1) <= fact.as_of <= NEWEST, f"{model.id} has a fact of {fact.as_of}"
        if model.price is not None and model.retires_on is not None:
            assert model.retires_on > model.price.as_of, f"{model.id} was priced after it had retired"
        if model.quality is not None:
            sure = model.quality.votes or re.search(r"\d{4}-\d\d-\d\d", model.quality.source)
            assert sure, f"the quality of {model.id} has neither votes nor the date of a board"


def test_nearly_every_price_can_be_looked_up_again() -> None:
    bare = [
        (name, model.id)
        for name, model in priced()
        if model.price is not None and not model.price.source_url.startswith("https://")
    ]
    assert len(bare) <= len(priced()) / 10, bare


@pytest.mark.skipif(len(VENDORS) < CATALOGS_OF_A_WHOLE_SET, reason="only a part of the catalogs is here")
def test_the_catalogs_price_sixty_models_of_twelve_providers() -> None:
    assert len(priced()) >= 60
    assert len({name for name, _ in priced()}) >= 12


def test_open_weights_have_terms_and_no_price() -> None:
    for model in models(SELF_HOSTED):
        assert model.price is None, f"{model.id}: what a second costs depends on the server"
        assert model.terms is not None, model.id
        assert model.terms.weights == "open", model.id
        assert model.terms.licence, model.id
        assert model.licence, model.id
        assert all(re.fullmatch(r"[a-z]{2}", place) for place in model.terms.excluded_territories), model.id


def test_priors_are_published_ratings_of_one_board() -> None:
    priors: dict[str, Any] = yaml.safe_load(PRIORS.read_text(encoding="utf-8"))
    assert len(priors) >= 30
    for family, fields in priors.items():
        quality = Quality.model_validate(fields)
        assert re.fullmatch(r"[a-z0-9][a-z0-9._-]*", family)
        assert 800 <= quality.elo <= 1700, family
        assert 0 < quality.half_interval <= 40, family
        assert quality.source.startswith("arena.ai text-to-video"), f"{family}: boards have scales of their own"
        assert str(quality.as_of) in quality.source, f"{family}: the source names the day of its board"
        assert quality.votes is None or quality.votes >= 1000, family


def test_the_page_has_a_row_for_every_system() -> None:
    rows = [line.split("|")[1].strip() for line in PAGE.splitlines() if line.startswith("|")]
    missing = [name for name in re.split(r";\s*", SYSTEMS) if not any(row.startswith(name) for row in rows)]
    assert missing == []


@pytest.mark.parametrize("path", VENDORS, ids=lambda path: path.stem)
def test_the_page_says_what_the_catalog_says(path: Path) -> None:
    row = table_rows().get(path.stem)
    assert row, f"docs/providers.md has no row for {path.stem} under What each adapter can do"
    for cell, field in ((5, "cancel"), (6, "webhook"), (7, "submit_tier")):
        told = set(re.findall(r"`(\w+)`", row[cell]))
        assert {getattr(model, field) for model in models(path)} <= told, f"{path.stem}: {field} is told as {told}"
    for cell, operation in ((1, "edit"), (2, "extend")):
        able = any(operation in model.operations for model in models(path))
        assert able != (row[cell] == "no"), f"{path.stem}: {operation} is told as {row[cell]!r}"


def test_the_profiles_on_the_page_can_be_used() -> None:
    blocks = re.findall(r"^```yaml\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
    instances = {name: options for block in blocks for name, options in yaml.safe_load(block)["providers"].items()}
    servers = {name for name, options in instances.items() if options.get("adapter") == "openai_videos"}
    assert len(servers) >= 3
    for name in servers:
        settings = {key: value for key, value in instances[name].items() if key not in {"adapter", "max_in_flight"}}
        assert openai_videos(**settings).profiles(), name
