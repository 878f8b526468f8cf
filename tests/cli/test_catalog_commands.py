"""`cutaway models` and `cutaway providers` as processes, with no key and no server."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from cli.machine import Machine


def test_models_lists_priced_candidates_without_any_key(machine: Machine) -> None:
    done = machine.run("models", "--operation", "edit", "--resolution", "720p", "--json")
    assert done.returncode == 0, done.stderr
    rows = json.loads(done.stdout)["models"]
    priced = [row for row in rows if row["most_usd"] is not None]
    assert {"runway:aleph2", "fal:kling-4-edit", "xai:grok-imagine-video"} <= {row["model"] for row in priced}
    costs = [Decimal(row["most_usd"]) for row in priced]
    assert costs == sorted(costs)
    assert all(row["price_as_of"] and row["price_source"] for row in priced)
    assert all("edit" in row["operations"] and row["modality"] == "video" for row in rows)
    assert not any(row["usable"] for row in rows)


@pytest.mark.parametrize(
    ("option", "value", "says"),
    [
        ("--operation", "eddit", "generate, edit, extend, upscale"),
        ("--resolution", "719p", "360p"),
        ("--modality", "smell", "video, image, audio or any"),
        ("--provider", "acme", "There is no provider 'acme'"),
    ],
)
def test_a_wrong_wish_names_what_there_is(machine: Machine, option: str, value: str, says: str) -> None:
    done = machine.run("models", option, value)
    assert done.returncode == 2
    assert says in done.stderr


def test_stills_and_voices_are_listed_when_asked_for(machine: Machine) -> None:
    found = {
        kind: {
            row["modality"] for row in json.loads(machine.run("models", "--modality", kind, "--json").stdout)["models"]
        }
        for kind in ("image", "audio", "any")
    }
    assert found == {"image": {"image"}, "audio": {"audio"}, "any": {"video", "image", "audio"}}


def test_checking_without_keys_says_which_variable_each_vendor_wants(machine: Machine) -> None:
    done = machine.run("providers", "check", "--json")
    rows = {row["name"]: row for row in json.loads(done.stdout)["providers"]}
    wanted = {"fal": "FAL_KEY", "runway": "RUNWAYML_API_SECRET", "xai": "XAI_API_KEY", "ark": "ARK_API_KEY"}
    assert all(variable in rows[name]["fix"] for name, variable in wanted.items())
    assert rows["sketch"]["state"] == "ok"


def test_a_key_in_the_vendors_own_variable_makes_its_models_usable(machine: Machine) -> None:
    done = machine.run("models", "--provider", "fal", "--usable", "--json", FAL_KEY="not-a-real-key")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["models"]
    assert "not-a-real-key" not in done.stdout + done.stderr
