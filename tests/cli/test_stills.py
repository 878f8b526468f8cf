"""From outline over stills to finals with real processes: over the wire of two servers, each order once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import av
import pytest

from cli.machine import Machine
from cli.test_own_server import orders, run, server
from image_server import ImageServer, serving

__all__ = ["server"]

CONFIG = """\
providers:
  painter:
    adapter: openai_images
    name: painter
    base_url: http://127.0.0.1:{painter}/v1
    models:
      - id: flux2
        modality: image
        sizes: [{{width_px: 1280, height_px: 720}}]
        price: {{usd_per_clip: "0.04", source: our own GPU hours, as_of: 2026-11-01}}
  garage:
    adapter: openai_videos
    base_url: http://127.0.0.1:{garage}/v1
    api_key: os.environ/GARAGE_KEY
    submit_tier: deduplicates
    models:
      - id: wan2.2
        vendor_model: Wan-AI/Wan2.2-TI2V-5B
        resolutions: [480p]
        durations_s: [4, 8]
        input_roles: [first_frame]
        price: {{usd_per_s: "0.10", source: our own GPU hours, as_of: 2026-11-01}}
"""
SAID = "a fox trots through snow, 3 seconds"


@pytest.fixture
def images() -> Iterator[ImageServer]:
    with serving(ImageServer()) as running:
        yield running


def say(machine: Machine, text: str, *args: str, status: int = 0) -> dict[str, Any]:
    done = run(machine, "chat", "--once", text, "--json", *args)
    assert done.returncode == status, done.stderr + done.stdout
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def settle(machine: Machine, garage: int, images: ImageServer) -> None:
    (machine.home / "cutaway.yaml").write_text(CONFIG.format(garage=garage, painter=images.port))


def brightness(path: str, at_s: float) -> tuple[float, float]:
    """How bright the left and the right half of a film are at a moment, 0 to 255."""
    with av.open(path) as film:
        frame = next(one for one in film.decode(video=0) if one.time >= at_s)
        pixels = frame.to_ndarray(format="gray")
    half = pixels.shape[1] // 2
    return float(pixels[:, : half - 60].mean()), float(pixels[:, half + 60 :].mean())


def test_a_final_begins_with_the_bytes_of_the_accepted_still(
    machine: Machine, server: tuple[int, Path], images: ImageServer
) -> None:
    port, truth = server
    settle(machine, port, images)
    assert {shot["stage"] for shot in say(machine, SAID)["shots"]} == {"animatic"}

    asked = say(machine, "final")
    assert asked["quote_state"] == "pending"
    assert "1 still for at most $0.04, then finals for about $0.40." in asked["reply"]
    assert images.orders == []
    shown = say(machine, "yes")
    assert [(shot["stage"], shot["model"]) for shot in shown["shots"]] == [("still", "painter:flux2")]
    assert (shown["version"]["state"], shown["version"]["charged_usd"]) == ("ready", "0.04")
    for moment_s in (0.0, 1.5, 2.9):
        left, right = brightness(shown["version"]["path"], moment_s)
        assert left > 180 > 60 > right

    asked = say(machine, "final")
    assert (asked["quote_state"], Decimal(asked["most_usd"])) == ("pending", Decimal("0.40"))
    made = say(machine, "yes")
    assert [shot["stage"] for shot in made["shots"]] == ["final"]
    assert "begins with the accepted still" in made["shots"][0]["why"]
    assert made["version"]["state"] == "ready"
    (still,) = images.pictures
    (order,) = orders(truth)
    assert order["fields"]["input_reference"] == f"sha256:{hashlib.sha256(still).hexdigest()}"
    assert len(images.orders) == 1


@pytest.mark.slow
def test_a_still_in_doubt_is_not_sent_again_and_can_be_skipped(
    machine: Machine, server: tuple[int, Path], images: ImageServer
) -> None:
    port, truth = server
    images.mode = "drop_after"
    settle(machine, port, images)
    say(machine, SAID)
    doubtful = say(machine, "/stills")
    assert doubtful["quote_state"] == "pending"
    doubtful = say(machine, "yes", status=4)
    assert doubtful["version"]["state"] == "in_doubt"
    images.mode = "answers"

    waits = say(machine, "final", "--yes")
    assert "is not there yet" in waits["reply"]
    asked = say(machine, "skip the stills")
    assert asked["quote_state"] == "pending"
    assert "may cost $0.04 + $0.40" in asked["reply"]
    made = say(machine, "yes")
    assert made["version"]["state"] == "ready"
    assert len(images.orders) == 1
    (order,) = orders(truth)
    assert "input_reference" not in order["fields"]


def test_a_rung_that_there_is_not_is_refused_by_name(machine: Machine) -> None:
    done = machine.run("chat", "--once", SAID, "--stage", "sketchy", "--json")
    assert done.returncode == 2
    assert "'sketchy' is none of animatic, still and final" in done.stderr
    done = machine.run("chat", "--once", SAID, "--stage", "still", "--final")
    assert done.returncode == 2
    assert "name two rungs" in done.stderr


def test_stills_at_once_by_an_option(machine: Machine, server: tuple[int, Path], images: ImageServer) -> None:
    settle(machine, server[0], images)
    made = say(machine, SAID, "--stage", "still", "--yes")
    assert [shot["stage"] for shot in made["shots"]] == ["still"]
    assert made["version"]["charged_usd"] == "0.04"
