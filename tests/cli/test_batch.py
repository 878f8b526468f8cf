"""`cutaway batch`, as real processes on one data directory: a price, a sample, a yes, and a film per row."""

from __future__ import annotations

import asyncio
import json
import signal
import subprocess
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from redis.asyncio import Redis

from cli.machine import Machine
from cutaway import RoutingPolicy
from cutaway.cli.batch_follow import follow
from cutaway.cli.batch_order import Wish, order
from cutaway.cli.batch_show import standing
from cutaway.cli.frame import Terminal
from cutaway.errors import BudgetError
from cutaway.media.probe import probe
from cutaway.routing import Approval
from cutaway.storyboard.model import Shot, Sound, Storyboard
from fakes import FlatArtist, Scripted, open_studio

slow = pytest.mark.slow

FILM = """\
title: "{name}"
shots:
  - {id: s1, duration_s: 1, action: "an empty street"}
overlays:
  - {id: t, kind: title, text: "{name} for {price}", shot_id: s1}
sound: {bed: none}
"""
ROWS = "name,price\nEmber,$89\nDawn & Co,$19\nTide,$24\n"


def written(machine: Machine, rows: str = ROWS) -> tuple[str, ...]:
    (machine.home / "film.yaml").write_text(FILM)
    (machine.home / "rows.csv").write_text(rows)
    return ("rows.csv", "--storyboard", "film.yaml")


def document(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@slow
def test_every_row_becomes_a_film_in_a_folder_named_by_its_row(shared: Machine) -> None:
    done = shared.run("batch", "all", *written(shared), "--sample", "2", "--yes", "--out", "films", "--json")
    assert done.returncode == 0, done.stderr
    found = document(done)
    assert (found["state"], found["clips"], found["shared"]) == ("approved", 1, 2)
    assert [Path(row["file"]).name for row in found["rows"]] == ["1-ember.mp4", "2-dawn-co.mp4", "3-tide.mp4"]
    films = [shared.home / row["file"] for row in found["rows"]]
    assert [probe(film).duration_s for film in films] == [1.0] * 3
    assert len({film.read_bytes() for film in films}) == 3
    assert "2 of 2 films ready" in done.stderr
    assert "3 of 3 films ready" in done.stderr


@slow
def test_without_a_yes_only_the_sample_is_made_and_the_rest_can_be_ordered_later(shared: Machine) -> None:
    done = shared.run("batch", "later", *written(shared, ROWS.replace("$", "€")), "--json")
    assert done.returncode == 0, done.stderr
    assert "Make the other 2 films for at most $0.00? [y/N]" in done.stderr
    batch = document(done)
    assert [row["film"]["state"] for row in batch["rows"]] == ["ready", "proposed", "proposed"]
    assert (shared.home / "rows-films" / "1-ember.mp4").exists()
    assert f"cutaway batch approve {batch['id']}" in done.stderr
    stands = shared.run("batch", "status", batch["id"])
    assert "the rest waits for a yes" in stands.stdout
    ordered = shared.run("batch", "approve", batch["id"], "--json")
    assert [row["film"]["state"] for row in document(ordered)["rows"]] == ["ready"] * 3
    given = shared.run("batch", "results", batch["id"], "--out", "given")
    assert "3 of 3 films ready in given" in given.stdout
    assert sorted(path.name for path in (shared.home / "given").iterdir()) == [
        "1-ember.mp4",
        "2-dawn-co.mp4",
        "3-tide.mp4",
    ]


@slow
def test_a_yes_on_stdin_makes_the_rest_and_a_film_of_another_batch_is_not_overwritten(shared: Machine) -> None:
    first = shared.run("batch", "one", *written(shared), "--out", "same", said="yes\n")
    assert first.returncode == 0, first.stderr
    before = (shared.home / "same" / "3-tide.mp4").read_bytes()
    other = ROWS.replace("$24", "$27")
    again = shared.run("batch", "one", *written(shared, other), "--out", "same", "--yes", "--json")
    assert again.returncode == 0, again.stderr
    assert (shared.home / "same" / "3-tide.mp4").read_bytes() == before
    names = [Path(row["file"]).name for row in document(again)["rows"]]
    assert names[:2] == ["1-ember.mp4", "2-dawn-co.mp4"]
    assert names[2] == f"3-tide-{document(again)['id'][:8]}.mp4"


@slow
def test_faults_are_told_by_row_and_column_and_nothing_is_begun(shared: Machine) -> None:
    rows = "name,pirce\nEmber,$89\n,$19\n"
    done = shared.run("batch", "bad", *written(shared, rows))
    assert done.returncode == 2
    assert "No row has a column 'price', which overlay 't' of shot 1 ('s1') names." in done.stderr
    assert "Row 2, column 'name' has nothing that the film could say." in done.stderr
    assert "Did you mean {pirce}?" in done.stderr
    listed = shared.run("ops", "list", "--json")
    assert document(listed)["operations"] == []


@slow
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("batch", "none", "missing.csv"), "cannot be read"),
        (("batch", "none", "rows.csv"), "There is no version yet"),
        (("batch", "none", "rows.csv", "--storyboard", "rows.csv"), "rows.csv: A storyboard is a JSON object, not str"),
        (("batch", "none", "rows.csv", "--version", "1", "--storyboard", "film.yaml"), "has no version"),
        (("batch", "none", "rows.csv", "--limit-usd", "lots"), "'lots' is not an amount"),
    ],
)
def test_what_cannot_be_used_is_a_plain_error(shared: Machine, words: tuple[str, ...], said: str) -> None:
    written(shared)
    done = shared.run(*words)
    assert done.returncode == 2
    assert said in done.stderr


@slow
def test_a_batch_that_is_not_there_is_said(shared: Machine) -> None:
    for command in ("status", "approve", "cancel", "results"):
        done = shared.run("batch", command, "feed")
        assert done.returncode == 2, command
        assert "There is no batch 'feed'" in done.stderr


@slow
def test_ctrl_c_leaves_the_work_running_and_says_how_to_look_again(shared: Machine) -> None:
    rows = "name,price\n" + "".join(f"Lamp {number},$1\n" for number in range(9))
    chat = shared.start("batch", "stop", *written(shared, rows), "--sample", "9", "--yes", "--json")
    assert chat.stderr is not None
    said = chat.stderr.readline()
    assert "of 9 films ready" in said
    chat.send_signal(signal.SIGINT)
    out, err = chat.communicate(timeout=30)
    assert chat.returncode == 130
    batch = json.loads(out)["id"]
    assert f"cutaway batch status {batch}" in err
    shared.run("batch", "approve", batch)  # the same order again waits for what the first one began
    stands = document(shared.run("batch", "status", batch, "--json"))
    assert [row["film"]["state"] for row in stands["rows"]] == ["ready"] * 9


@slow
def test_a_cancelled_batch_says_so(shared: Machine) -> None:
    batch = document(shared.run("batch", "off", *written(shared), "--json"))["id"]
    assert "cancelled" in shared.run("batch", "cancel", batch).stdout
    again = shared.run("batch", "approve", batch)
    assert again.returncode == 2
    assert "was cancelled" in again.stderr


WORDS = Storyboard(
    title="{name}", shots=(Shot(id="s1", duration_s=1, action="a wave to {name}"),), sound=Sound(bed="none")
)


@pytest.mark.parametrize(
    ("limit", "rows", "whose"), [("0.15", 2, "your limit, \\$0.15"), (None, 30, "left of the turn budget, \\$2.00")]
)
async def test_more_than_a_limit_or_a_budget_orders_nothing(
    redis: Redis, valkey_url: str, tmp_path: Path, limit: str | None, rows: int, whose: str
) -> None:
    async with open_studio(valkey_url, tmp_path, Scripted(), FlatArtist(usd_per_s="0.10")) as studio:
        batch = await studio.batch("t", WORDS, [{"name": f"Ann {n}"} for n in range(rows)])
        wish = Wish(out=tmp_path / "films", yes=True, limit_usd=None if limit is None else Decimal(limit))
        with pytest.raises(BudgetError, match=whose):
            await order(Terminal(as_json=True), studio, batch, wish)
        assert await studio.ledger.open_ids() == ()


async def test_a_sample_above_the_limit_of_approval_is_asked_for_before_it_is_made(
    redis: Redis, valkey_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    artist = FlatArtist(usd_per_s="0.10")
    policy = RoutingPolicy(approval=Approval(ask_above_usd=Decimal("0.05")))
    async with open_studio(valkey_url, tmp_path, Scripted(), artist, policy=policy) as studio:
        batch = await studio.batch("t", WORDS, [{"name": "Ann"}, {"name": "Bea"}])
        with (tmp_path / "said").open("w+") as said:
            monkeypatch.setattr("sys.stdin", said)
            assert await order(Terminal(as_json=True), studio, batch, Wish(out=tmp_path / "films")) == 0
        assert artist.rendered == []


async def test_a_sample_that_fails_ends_the_batch_there_with_its_reason(
    redis: Redis, valkey_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    artist = FlatArtist(fails=RuntimeError("no ink"))
    async with open_studio(valkey_url, tmp_path, Scripted(), artist) as studio:
        batch = await studio.batch("t", WORDS, [{"name": "Ann"}, {"name": "Bea"}])
        terminal = Terminal(as_json=True)
        assert await order(terminal, studio, batch, Wish(out=tmp_path / "films", yes=True)) == 4
        assert [row["film"]["state"] for row in terminal.document["rows"]] == ["failed", "proposed"]
        assert terminal.document["rows"][0]["failures"]
        assert "row 1: " in capsys.readouterr().err


async def test_a_row_that_waits_for_a_vendor_at_rest_says_why_and_until_when(
    redis: Redis, valkey_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with open_studio(valkey_url, tmp_path, Scripted(), FlatArtist(usd_per_s="0.10"), working=False) as studio:
        batch = await studio.approve_batch("t", (await studio.batch("t", WORDS, [{"name": "Ann"}])).id)
        assert await studio.batches.waits(batch) == {}
        (clip,) = [one for one in await studio.ledger.open_operations("local") if one.kind == "shot"]
        claimed = await studio.ledger.claim(clip.id, owner="w")
        assert claimed is not None
        error = {"code": "provider", "message": "flat has failed too often lately; it is tried again in 960 s."}
        await studio.ledger.fail(claimed, error, again=True, counts=False, delay_ms=960_000)
        waits = await studio.batches.waits(batch)
        terminal = Terminal(as_json=False)
        standing(terminal, await studio.batch_results("t", batch.id), waits=waits)
        said = " ".join(capsys.readouterr().out.split())
        assert f"row 1 waits: {error['message']} (next try at {waits[1][0]['retry_at']})" in said
        following = asyncio.create_task(follow(terminal, studio, batch))
        while "row 1 waits: flat has failed too often" not in (told := capsys.readouterr().err):
            await asyncio.sleep(0.01)
        assert "next try at" in " ".join(told.split())
        await studio.batches.cancel(batch.id)
        await following


async def test_the_status_of_a_batch_says_why_a_row_has_no_film(
    redis: Redis, valkey_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    artist = FlatArtist(fails=RuntimeError("no ink"))
    async with open_studio(valkey_url, tmp_path, Scripted(), artist) as studio:
        batch = await studio.approve_batch("t", (await studio.batch("t", WORDS, [{"name": "Ann"}])).id)
        await follow(Terminal(as_json=False), studio, batch)
        batch = await studio.batch_results("t", batch.id)
        standing(Terminal(as_json=False), batch, await studio.batches.failures(batch))
        assert "row 1 has no film: " in capsys.readouterr().out


@slow
def test_a_conversation_orders_films_for_the_rows_of_a_table(shared: Machine) -> None:
    (shared.home / "people.csv").write_text("name\nAnn\nBea\n")
    shared.say("a red fox trots through a pine forest at dusk, 1 second", thread="talk")
    shared.say('add the title "For {name}"', thread="talk")
    asked = shared.say("/batch people.csv", thread="talk")
    assert (asked["quote_state"], asked["choices"]) == ("pending", ["yes", "no"])
    sampled = shared.say("yes", thread="talk")
    assert [row["film"]["state"] for row in sampled["details"]["batch"]["rows"]] == ["ready", "proposed"]
    made = shared.run("chat", "--once", "yes", "--thread", "talk")
    assert made.returncode == 0, made.stderr
    assert "2 of 2 films ready" in made.stdout
    refused = shared.run("chat", "--once", "/batch people.csv many", "--thread", "talk")
    assert refused.returncode == 2
    assert "'many' is not how many rows" in refused.stderr
