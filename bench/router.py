"""The router held to its figures: three workloads on two dated markets, one table, exit status 1 when one is missed.

    python bench/router.py [--sessions 150] [--seeds 5] [--seed 7] [--quick] [--tune] [--json]

    W1  conversations that make and revise films: USD per finished second (bench/workloads/conversation.py)
    W2  a week of clips on our own cards, some of which can wait (bench/workloads/nights.py)
    W3  a month's budget per person (bench/workloads/months.py)

Each module says what is assumed. Same seed, same numbers. What a decision costs in time is `bench/route_decision.py`'s.

`same workflow` is a shot cache, edits of the stored clip, and the ladder of stills and drafts; `naive` makes the whole
film again at every wish. The reference's own "same workflow" has no ladder: that is the row "+ cache + edit".
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # as a script, only bench/ itself is on the path

from bench.workloads import conversation, months, nights, tuning
from bench.workloads.conversation import SENSITIVITY, Costs, Scale, difference, mean, regret, setting
from bench.workloads.market import NAMES, market

NAIVE: Final = "always-best, naive"
WORKFLOW: Final = "always-best + cache + edit"
LADDER: Final = "always-best, same workflow"
LOW: Final = "lowest-cost with fallback, same workflow"
SHARE: Final = 0.95
"""Of the offline optimum at $20, wherever that can be reached without knowing the month beforehand."""
ERRORS: Final = 2.0
"""So many standard errors a difference may be from nothing. Where only one model is good enough, and what is assumed
before anything was seen happens to be true in the simulation, learning can win nothing, and its noise costs a little:
in a rare replicate an editor with bad luck is left, and what is not chosen is not seen again (the ledger forgets with a
half-life of 90 days; no time passes here). A replicate that is alone in this shows as 1 standard error."""
ASSUMED: Final = (
    "Sourced: prices, ratings and intervals (bench/workloads/snapshots.json), 4.0 attempts per kept clip at 1471.",
    "Assumed: kappa 1, p_render 0.74, rho 0.65 (still) and 0.90 (draft), p_edit 0.55, sd of difficulty 0.8, how many",
    "wishes, what drafts are rated; a still composes as well as the model it is for; an edit keeps a clip's quality.",
)


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure against its goal."""

    name: str
    value: float
    goal: float
    at_most: bool

    @property
    def met(self) -> bool:
        """True when the goal is reached."""
        return self.value <= self.goal if self.at_most else self.value >= self.goal


def main(argv: Sequence[str]) -> int:
    """Run all workloads, print, and give 1 when a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sessions", type=int, default=150, help="conversations per replicate")
    parser.add_argument("--seeds", type=int, default=5, help="replicates")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--quick", action="store_true", help="W1 without the sensitivity rows")
    parser.add_argument("--tune", action="store_true", help="print the grids of workloads/tuning.py and stop")
    parser.add_argument("--json", action="store_true", help="print one JSON document instead of tables")
    args = parser.parse_args(argv)
    if args.seed == tuning.SEED:
        parser.error(f"--seed {args.seed} is what the router was tuned on; give another, such as 7")
    scale = Scale(args.sessions, args.seeds, args.seed)
    if args.tune:
        for line in tuning.lines(scale):
            print(line, flush=True)
        return 0
    told: dict[str, Any] = {}
    lines: list[str] = []
    figures = [
        *w1(scale, lines, told),
        *(() if args.quick else sensitivity(scale, lines, told)),
        *w2(scale, lines, told),
        *w3(scale, lines, told),
    ]
    if args.json:
        told["figures"] = [asdict(one) | {"met": one.met} for one in figures]
        print(json.dumps(told, indent=2))
    else:
        print("\n".join((*lines, "", *ASSUMED, "", *_verdicts(figures))))
    return int(not all(one.met for one in figures))


def w1(scale: Scale, lines: list[str], told: dict[str, Any]) -> Iterator[Figure]:
    """USD per finished second of every policy, at a floor of 1340 and at equal quality; and with wrong ratings."""
    for name in NAMES:
        here = market(name)
        for equal in (False, True):
            at = setting(name, equal)
            costs = conversation.run(at, scale)
            where = f"W1 {name}, {'equal quality' if equal else 'floor 1340'}"
            told[where] = costs
            eligible = ", ".join(one.id for one in at.eligible)
            lines += ["", f"{where}: prices and board of {here.as_of}; finals by {eligible}"]
            lines += _w1_table(costs)
            yield Figure(f"{where}: regret", regret(costs)[0], 0.05, at_most=True)
            if equal:
                yield Figure(
                    f"{where}: saved against {NAIVE}", 1 - mean(costs, "ours") / mean(costs, NAIVE), 0.55, False
                )
            wrong = conversation.run(setting(name, equal, wrong_elo=160), _more(scale), ("ours",))
            told[f"{where}, ratings off by 160"] = wrong
            off, spread = regret(wrong)
            lines.append(
                f"{'ours, ratings off by 160 Elo (sd)':<44}{mean(wrong, 'ours'):>8.3f}  regret {off:.1%} +-{spread:.1%}"
            )
            yield Figure(f"{where}: regret, ratings off by 160 Elo", off, 0.20, at_most=True)


def sensitivity(scale: Scale, lines: list[str], told: dict[str, Any]) -> Iterator[Figure]:
    """One assumption changed a row. `same` comes with its standard error: replicates are compared one by one."""
    names = (NAIVE, WORKFLOW, LOW, LADDER, "ours")
    for name in NAMES:
        for equal in (False, True):
            where = f"W1 {name}, {'equal quality' if equal else 'floor 1340'}"
            lines += ["", f"{where}, one assumption changed: ours over"]
            lines.append(
                f"{'':<20}"
                + "".join(f"{short:>16}" for short in ("naive", "cache + edit", "low, same", "same", "regret"))
            )
            worst = {WORKFLOW: 0.0, LADDER: 0.0}
            for label, world in SENSITIVITY.items():
                costs = conversation.run(setting(name, equal, world), scale, names)
                told[f"{where}, {label}"] = costs
                over = [mean(costs, "ours") / mean(costs, one) for one in names[:3]]
                dearer, error = difference(costs, LADDER)
                same = f"{1 + dearer:.4f} +-{error:.4f}"
                lines.append(
                    f"{label:<20}" + "".join(f"{one:>16.3f}" for one in over) + f"{same:>16}{regret(costs)[0]:>16.1%}"
                )
                worst[WORKFLOW] = max(worst[WORKFLOW], over[1])
                worst[LADDER] = max(worst[LADDER], dearer / error if error else 0.0)
            yield Figure(f"{where}: worst row over always-best + cache + edit", worst[WORKFLOW], 1.0, at_most=True)
            yield Figure(
                f"{where}: dearer than always-best with the ladder too, standard errors", worst[LADDER], ERRORS, True
            )


def w2(scale: Scale, lines: list[str], told: dict[str, Any]) -> Iterator[Figure]:
    """Overflow of a week at three loads."""
    lines += ["", "W2: clips a week that did not fit our eight H100 (33 clips an hour) and went elsewhere at $0.51"]
    lines.append(f"{'load':<12}{'clips':>10}{'run now':>10}{'ours':>10}{'optimum':>10}{'USD a clip':>12}")
    for load in nights.LOADS:
        weeks = [nights.week(load, scale.seed * 100 + number) for number in range(scale.seeds)]
        told[f"W2 load {load}"] = [asdict(one) for one in weeks]
        totals = [
            sum(getattr(one, key) for one in weeks) / len(weeks) for key in ("clips", "run_now", "ours", "optimum")
        ]
        usd = sum(one.usd_a_clip for one in weeks) / len(weeks)
        lines.append(f"{load:<12.2f}" + "".join(f"{total:>10.0f}" for total in totals) + f"{usd:>12.3f}")
        yield Figure(
            f"W2 load {load:.2f}: overflow over the optimum", max(one.over_optimum for one in weeks), 1.05, True
        )


def w3(scale: Scale, lines: list[str], told: dict[str, Any]) -> Iterator[Figure]:
    """Shares of the offline optimum by monthly budget, and of what can be had without knowing the month beforehand."""
    overshoot = 0.0
    for name, more in (("aug", 2.0), ("aug", 3.0), ("apr", 2.0)):
        rows = months.run(name, max(20, scale.sessions // 2), scale.seeds, scale.seed, more)
        where = f"W3 {name}, 1 + Poisson({more:g}) conversations a month"
        told[where] = [asdict(row) for row in rows]
        lines += ["", f"{where}: share of the offline optimum, and with attempts drawn"]
        lines.append(f"{'':<32}" + "".join(f"{f'${budget}':>16}" for budget in months.BUDGETS))
        for row in rows:
            drawn = [f" ({one:.1%})" for one in row.drawn] or [" " * 8] * len(row.shares)
            cells = [f"{share:.1%}{beside}" for share, beside in zip(row.shares, drawn, strict=True)]
            lines.append(f"{row.policy:<32}" + "".join(f"{cell:>16}" for cell in cells))
        overshoot = max(overshoot, *(row.over_usd for row in rows))
        shares = {row.policy: dict(zip(months.BUDGETS, row.shares, strict=True)) for row in rows}
        ours, bound = shares[months.OURS], shares[months.UNFORESEEN][20]
        yield Figure(f"{where}: share at $6", ours[6], 0.82, at_most=False)
        if bound >= SHARE:
            yield Figure(f"{where}: share at $20", ours[20], SHARE, at_most=False)
        else:
            lines.append(
                f"At $20 nobody who does not know the month beforehand gets {SHARE:.0%} of the optimum here: "
                f"the best such plan gets {bound:.1%}."
            )
        yield Figure(f"{where}: share at $20 of the best without foresight", ours[20] / bound, 0.97, at_most=False)
    yield Figure("W3: USD spent beyond any budget", overshoot, 0.0, at_most=True)


def _w1_table(costs: Costs) -> list[str]:
    head = f"{'':<44}{'USD/s':>8}{'optimum x':>11}{'regret':>18}{'s per $20':>11}"
    rows = []
    for name in costs:
        usd, (off, spread) = mean(costs, name), regret(costs, name)
        rows.append(
            f"{name:<44}{usd:>8.3f}{usd / mean(costs, 'attainable'):>11.2f}"
            f"{f'{off:.1%} +-{spread:.1%}':>18}{20 / usd:>11.0f}"
        )
    return [head, *rows]


def _more(scale: Scale) -> Scale:
    """Wrong ratings vary more than anything else, so more of them are drawn."""
    return Scale(scale.sessions, 4 * scale.seeds, scale.seed)


def _verdicts(figures: Sequence[Figure]) -> Iterator[str]:
    wide = max(len(one.name) for one in figures)
    for one in figures:
        bound = "at most" if one.at_most else "at least"
        yield f"{one.name:<{wide}}  {one.value:>8.3f}  {bound:<8} {one.goal:<5g}  {'met' if one.met else 'MISSED'}"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
