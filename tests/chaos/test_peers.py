"""The bench against RQ: one vendor, the same faults, and what each arm's books say about it."""

from __future__ import annotations

import pytest
from bench.chaos_peers import main
from bench.peers.audit import COLUMNS

pytestmark = [pytest.mark.chaos, pytest.mark.slow]

# A seed under which the vendor loses an answer of both arms' few orders, and only then.
FEW = ("--operations", "6", "--seed", "108")


def row_of(capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    """The only row of the table that was printed, by column."""
    lines = capsys.readouterr().out.splitlines()[:3]
    head, rule, row = ([cell.strip() for cell in line.strip("|").split("|")] for line in lines)
    assert tuple(head) == COLUMNS
    assert set("".join(rule)) == {"-", ":"}
    return dict(zip(COLUMNS, row, strict=True))


@pytest.mark.timeout(300)
def test_cutaway_pays_once_for_everything_while_its_workers_are_killed(capsys: pytest.CaptureFixture[str]) -> None:
    measures = main([*FEW, "--kills", "3", "--arms", "cutaway"])
    row = row_of(capsys)
    assert row["operations"] == row["paid creates"] == "6"
    assert row["paid twice or more"] == row["lost"] == row["parked"] == "0"
    assert row["booked minus charged, USD"] == row["still held, USD"] == "0.00"
    assert 1 <= int(row["worker kills"]) <= 3
    assert measures["Cutaway"].startswith("6 operations, 6 paid creates, 0 paid twice or more, 0 lost")


@pytest.mark.timeout(120)
def test_the_usual_way_pays_again_when_an_answer_is_lost_even_with_no_worker_killed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    main([*FEW, "--kills", "0", "--arms", "rq"])
    row = row_of(capsys)
    assert int(row["paid twice or more"]) >= 1
    assert row["lost"] == "0"
    assert float(row["booked minus charged, USD"]) < 0
