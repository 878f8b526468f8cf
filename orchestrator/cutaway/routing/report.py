"""A replay as one page: a table, and plots drawn here. No script, no font, nothing that is loaded from elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from html import escape
from typing import Final

from cutaway.contract import usd
from cutaway.routing.recorded import Recorded
from cutaway.routing.replay import Summary

COLOURS: Final = ("#8a8f98", "#2a6fdb", "#d9822b", "#2a9d8f", "#b5446e", "#6a51a3", "#7f7f2a", "#444")
WIDE: Final = 640
BAR: Final = 22
_STYLE: Final = """
body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem;color:#1c1e21;background:#fff}
table{border-collapse:collapse;width:100%}th,td{padding:.35rem .6rem;border-bottom:1px solid #ddd;text-align:right}
th:first-child,td:first-child{text-align:left}svg{display:block;margin:.5rem 0 1.5rem;max-width:100%}
svg text{font:12px system-ui,sans-serif;fill:currentColor}.note{color:#555}
@media(prefers-color-scheme:dark){body{background:#16181c;color:#e6e6e6}th,td{border-color:#333}.note{color:#aaa}}
"""


def page(recorded: Sequence[Recorded], rows: Sequence[Summary]) -> str:
    """The whole HTML document."""
    first, last = recorded[0].at, recorded[-1].at
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Policies replayed</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head><body>'
        f"<h1>Policies replayed</h1><p>{len(recorded)} decisions from {first:%Y-%m-%d %H:%M} to "
        f"{last:%Y-%m-%d %H:%M} UTC, decided again under each policy. Nothing was sent.</p>{_table(rows)}"
        "<p class=note>At most: what the orders could cost. Expected: with the attempts a kept clip takes. "
        "No final: orders that come to a free outline only, so that they look cheap. "
        f"Wait and Elo: means of what is known. Guessed: decisions of which something is not known{_guesses(rows)}.</p>"
        f"<h2>Expected cost</h2>{_bars(rows, lambda row: float(row.expected_usd), lambda value: f'${value:.2f}')}"
        f"<h2>Expected cost, added up over time</h2>{_lines(recorded, rows)}"
        f"<h2>Refused</h2>{_bars(rows, lambda row: float(row.refused), lambda value: f'{value:.0f}')}"
        f"<h2>No final</h2>{_bars(rows, lambda row: float(row.no_final), lambda value: f'{value:.0f}')}"
        f"<h2>Guessed</h2>{_bars(rows, lambda row: row.guessed * 100, lambda value: f'{value:.0f} %', most=100.0)}"
        f"<h2>Models chosen</h2>{_models(rows)}</body></html>\n"
    )


def _guesses(rows: Sequence[Summary]) -> str:
    """What each policy's figures guess, and in how many decisions."""
    said = [
        f"{escape(row.policy)}: {', '.join(f'{kind} of {count}' for kind, count in row.guesses.items())}"
        for row in rows
        if row.guesses
    ]
    return f" ({'; '.join(said)})" if said else ""


def expected(row: Summary) -> str:
    """What a row's kept clips are expected to cost, marked where it rests on models that nobody rated."""
    guess = any("quality" in one.guessed and one.most_usd for one in row.outcomes)
    return f"${row.expected_usd:.2f}{' (guess)' if guess else ''}"


def _table(rows: Sequence[Summary]) -> str:
    heads = ("Policy", "At most", "Expected", "Wait", "Elo", "Refused", "No final", "Changed", "Guessed")
    said = "".join(f"<th>{head}</th>" for head in heads)
    lines = ""
    for row in rows:
        cells = (
            escape(f"{row.policy}@{row.revision}"),
            usd(row.most_usd),
            expected(row),
            "?" if row.wait_s is None else f"{row.wait_s:.0f} s",
            "?" if row.elo is None else f"{row.elo:.0f}",
            str(row.refused),
            str(row.no_final),
            str(row.changed),
            f"{row.guessed:.0%}",
        )
        lines += "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
    return f"<table><thead><tr>{said}</tr></thead><tbody>{lines}</tbody></table>"


def _bars(
    rows: Sequence[Summary], of: Callable[[Summary], float], say: Callable[[float], str], *, most: float = 0.0
) -> str:
    values = [of(row) for row in rows]
    top = max([*values, most]) or 1.0
    drawn = ""
    for place, (row, value) in enumerate(zip(rows, values, strict=True)):
        y, width = place * (BAR + 8), value / top * (WIDE - 280)
        drawn += (
            f'<text x="0" y="{y + 15}">{escape(row.policy[:24])}</text>'
            f'<rect x="180" y="{y}" width="{width:.1f}" height="{BAR}" fill="{_colour(place)}"/>'
            f'<text x="{186 + width:.1f}" y="{y + 15}">{say(value)}</text>'
        )
    return _svg(len(rows) * (BAR + 8), drawn)


def _lines(recorded: Sequence[Recorded], rows: Sequence[Summary]) -> str:
    """Each policy's expected cost added up, over the moments of the decisions."""
    high, left = 240, 60
    start = recorded[0].at.timestamp()
    span = recorded[-1].at.timestamp() - start or 1.0
    top = max(float(row.expected_usd) for row in rows) or 1.0
    drawn = (
        f'<path d="M{left},0V{high}H{WIDE}" fill="none" stroke="#999"/><text x="0" y="12">${top:.2f}</text>'
        f'<text x="0" y="{high}">$0.00</text>'
    )
    for place, row in enumerate(rows):
        total, points = 0.0, [f"{left},{high}"]
        for one, outcome in zip(recorded, row.outcomes, strict=True):
            total += float(outcome.expected_usd)
            x = left + (one.at.timestamp() - start) / span * (WIDE - left)
            points.append(f"{x:.1f},{high - total / top * (high - 10):.1f}")
        line = " ".join(points)
        drawn += f'<polyline points="{line}" fill="none" stroke="{_colour(place)}" stroke-width="2"/>'
        drawn += f'<text x="{left + 8}" y="{16 + 15 * place}" style="fill:{_colour(place)}">{escape(row.policy)}</text>'
    return _svg(high + 10, drawn)


def _models(rows: Sequence[Summary]) -> str:
    names = sorted({outcome.model for row in rows for outcome in row.outcomes if outcome.model})
    counts = [Counter(outcome.model for outcome in row.outcomes) for row in rows]
    heads = "".join(f"<th>{escape(row.policy)}</th>" for row in rows)
    lines = "".join(
        f"<tr><td>{escape(name)}</td>" + "".join(f"<td>{count[name] or ''}</td>" for count in counts) + "</tr>"
        for name in names
    )
    return f"<table><thead><tr><th>Model</th>{heads}</tr></thead><tbody>{lines}</tbody></table>"


def _svg(high: int, drawn: str) -> str:
    return f'<svg viewBox="0 0 {WIDE} {high}" width="{WIDE}" height="{high}" role="img">{drawn}</svg>'


def _colour(place: int) -> str:
    return COLOURS[place % len(COLOURS)]
