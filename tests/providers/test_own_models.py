"""Models of one's own server take what they can do from the catalog of open weights."""

from __future__ import annotations

from typing import Any, Final

import pytest

from cutaway.contract import ModelProfile
from cutaway.errors import ConfigError
from cutaway.vendor import CatalogModel, read_catalog
from cutaway_providers.comfyui import provider as comfyui
from cutaway_providers.openai_videos import provider as openai_videos

ROWS: Final = read_catalog("cutaway_providers", "self_hosted")
PRICE: Final = {"usd_per_s": "0.02", "source": "own GPU hours", "as_of": "2026-11-01"}
ROLES: Final = ("first_frame", "last_frame", "reference", "source_video")
NODES: Final = ("prompt", "width", "height", "frames", *ROLES)
WORKFLOW: Final = {
    name: {"class_type": "Some", "inputs": {"value": 1}, "_meta": {"title": name}} for name in NODES
}  # one node for each input, titled like it


def served_by(name: str) -> list[CatalogModel]:
    return [row for row in ROWS if name in row.wire["served_by"]]


def only(provider: Any, **entry: Any) -> ModelProfile:
    made = provider(base_url="http://gpu.test:8000/v1", models=[{"id": "mine", "price": PRICE} | entry])
    (profile,) = made.profiles()
    assert isinstance(profile, ModelProfile)
    return profile


@pytest.mark.parametrize("row", served_by("vllm-omni") + served_by("sglang"), ids=lambda row: row.id)
def test_every_row_is_a_model_of_a_v1_videos_server(row: CatalogModel) -> None:
    profile = only(openai_videos, like=row.id)
    assert (profile.id, profile.price is not None) == ("mine", True)
    for same in ("title", "family", "vendor_model", "max_duration_s", "resolutions", "sizes", "aspects", "terms"):
        assert getattr(profile, same) == getattr(row, same), same
    assert set(profile.input_roles) == set(row.input_roles) & {"first_frame"}
    assert profile.required_roles == row.required_roles
    assert profile.operations == ("generate",)  # whether a server can edit is not the checkpoint's to say


@pytest.mark.parametrize("row", served_by("comfyui"), ids=lambda row: row.id)
def test_every_row_is_a_model_of_a_comfyui_server(row: CatalogModel) -> None:
    profile = only(comfyui, like=row.id, wire={"workflow": WORKFLOW})
    assert profile.input_roles == row.input_roles
    assert (profile.family, profile.terms, profile.submit_tier) == (row.family, row.terms, "findable")


@pytest.mark.parametrize("provider", [openai_videos, comfyui])
def test_what_the_entry_says_itself_comes_first(provider: Any) -> None:
    changes = {"title": "Ours", "max_duration_s": 3, "input_roles": [], "wire": {"workflow": WORKFLOW}}
    profile = only(provider, like="wan-2.2-ti2v-5b", **changes)
    assert (profile.title, profile.max_duration_s, profile.input_roles) == ("Ours", 3, ())


@pytest.mark.parametrize("provider", [openai_videos, comfyui])
@pytest.mark.parametrize("like", ["wan-9", 5, ["wan-2.2-t2v-a14b"]])
def test_a_checkpoint_that_nobody_knows_is_refused_by_name(provider: Any, like: Any) -> None:
    with pytest.raises(ConfigError, match=r"'mine' is like"):
        only(provider, like=like, wire={"workflow": WORKFLOW})


def test_a_row_lends_no_price() -> None:
    with pytest.raises(ConfigError, match="price"):
        openai_videos(base_url="http://gpu.test/v1", models=[{"id": "mine", "like": "wan-2.2-t2v-a14b"}])
