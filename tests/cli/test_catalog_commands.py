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
    # Tests may run in a container, where an embedded store keeps no money unless told to.
    asked = ("models", "--provider", "fal", "--usable", "--json")
    done = machine.run(*asked, FAL_KEY="not-a-real-key", CUTAWAY_ALLOW_PAID_EMBEDDED="true")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["models"]
    assert "not-a-real-key" not in done.stdout + done.stderr


def test_models_have_a_head_and_say_what_a_price_buys_and_why_one_cannot_be_used(machine: Machine) -> None:
    head, *rows, foot = machine.run("models", "--provider", "fal").stdout.splitlines()
    assert head.split() == ["model", "at", "most", "for", "it", "can", "price", "of"]
    kling = next(row for row in rows if row.startswith("fal:kling-4 "))
    assert "5 s at " in kling
    assert kling.endswith("fal has no key. Set FAL_KEY, or api_key of the provider in cutaway.yaml.")
    assert "at the cheapest resolution each makes" in foot


def test_what_nothing_paid_rules_out_is_not_usable(machine: Machine) -> None:
    done = machine.run("models", "--usable", "--json", FAL_KEY="not-a-real-key", CUTAWAY_DURABILITY="none")
    assert [row["model"] for row in json.loads(done.stdout)["models"]] == ["sketch:paper"]


def test_a_refresh_says_which_lists_it_read_and_whom_it_could_not_ask(machine: Machine) -> None:
    done = machine.run("models", "refresh", "--json")
    assert done.returncode == 0, done.stderr
    assert [one["name"].rpartition(" ")[0] for one in json.loads(done.stdout)["lists"]] == [
        "the map that comes with LiteLLM"
    ]
    assert "Not asked for a list, because they cannot be used now: ark, " in machine.run("models", "refresh").stdout


def test_a_list_of_providers_says_problem_and_fix(machine: Machine) -> None:
    (machine.home / "cutaway.yaml").write_text("providers:\n  gw: {adapter: fal, base_url: 'https://gw.test'}\n")
    shown = machine.run("providers", "list", FAL_KEY="not-a-real-key").stdout.splitlines()
    at = next(number for number, line in enumerate(shown) if line.startswith("gw "))
    assert shown[at + 1].split("problem: ")[1] == (
        "providers.gw (fal) has a base_url of its own and names no key for it."
    )
    assert shown[at + 2].split("fix: ")[1].startswith("Write api_key: os.environ/FAL_KEY there;")
    rows = json.loads(machine.run("providers", "list", "--json").stdout)["providers"]
    assert all(row["ready"] or (row["problem"] and row["fix"]) for row in rows)


# --- adding one -------------------------------------------------------------------------------------------------------

SERVER = ("--base-url", "http://gpu.test:80/v1", "--model", "Wan-AI/Wan2.2", "--usd-per-s", "0.05")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("openai_videos",), "base_url is missing"),
        (("openai_videos", "--key-variable", "NOT_SET"), "base_url is missing"),
        (("openai_videos", "--base-url", "http://gpu.test/v1"), "--model ID --usd-per-s 0.05"),
        (("openai_videos", *SERVER[2:], "--base-url", "gpu:80"), "Did you mean http://gpu:80?"),
        (("openai_videos", *SERVER[:4]), "--usd-per-s is missing"),
        (("openai_videos", *SERVER[:5], "a lot"), "--usd-per-s is 'a lot'"),
        (("openai_vidoes",), "Did you mean 'openai_videos'?"),
        (("comfyui",), "base_url"),
        (("fal", "--model", "klng-4", "--usd-per-s", "1"), "Did you mean 'kling-4'?"),
        (("fal", "--key-variable", "sk-canary-1"), "--key-variable is no name"),
    ],
)
def test_what_could_not_work_is_refused_with_what_is_needed(
    machine: Machine, words: tuple[str, ...], says: str
) -> None:
    done = machine.run("providers", "add", *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr
    assert "canary" not in done.stderr
    assert not (machine.home / "cutaway.yaml").exists()


def test_a_server_is_added_whole_and_can_be_used(machine: Machine) -> None:
    done = machine.run("providers", "add", "openai_videos", "--as", "gpu", *SERVER)
    assert done.returncode == 0, done.stderr
    (row,) = json.loads(machine.run("models", "--provider", "gpu", "--json").stdout)["models"]
    assert (row["model"], row["title"], row["most_usd"], row["price_source"]) == (
        "gpu:wan2.2",
        "Wan-AI/Wan2.2",
        "0.250",
        "told with cutaway providers add",
    )


@pytest.mark.slow
def test_a_provider_without_its_key_is_added_with_a_hint_and_chat_goes_on_without_it(machine: Machine) -> None:
    done = machine.run("providers", "add", "fal")
    assert done.returncode == 0, done.stderr
    assert "Set FAL_KEY, then: cutaway providers check fal" in done.stdout
    chat = machine.run("chat", "--once", "what can you do?", "--json")
    assert chat.returncode == 0, chat.stderr
    assert chat.stderr.count("providers.fal is left out for want of FAL_KEY") == 1
    assert machine.run("providers", "check", "fal").returncode == 4
    found = json.loads(machine.run("doctor", "--json").stdout)["findings"]
    assert [one["state"] for one in found if one["says"].startswith("providers.fal")] == ["warn"]
