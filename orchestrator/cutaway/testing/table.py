"""The table adapter x behaviour, from the reports of a test run.

In a conftest:

    def pytest_terminal_summary(terminalreporter):
        for line in contract_table(r for reports in terminalreporter.stats.values() for r in reports):
            terminalreporter.write_line(line)
"""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import wrap
from typing import Any, Final

PROPERTY: Final = "cutaway_contract"
OK: Final = "ok"
SKIPPED: Final = "skip"
FAILED: Final = "FAIL"
_ORDER: Final = (SKIPPED, OK, FAILED)
_THEMES: Final = ("offers", "orders", "jobs", "results", "secrets")

Outcomes = dict[str, dict[str, dict[str, str]]]
"""By adapter, theme and behaviour: ok, skip or FAIL."""


def results(reports: Iterable[Any]) -> Outcomes:
    """What each adapter made of each behaviour: FAIL when one case failed, ok when one passed, skip when none applied.

    Reports of other tests are passed over.
    """
    found: Outcomes = {}
    for report in reports:
        named = dict(getattr(report, "user_properties", ()) or ()).get(PROPERTY)
        if not named or not (report.failed or report.skipped or report.when == "call"):
            continue
        adapter, theme, behaviour = named
        said = FAILED if report.failed else (SKIPPED if report.skipped else OK)
        cells = found.setdefault(adapter, {}).setdefault(theme, {})
        cells[behaviour] = max(cells.get(behaviour, SKIPPED), said, key=_ORDER.index)
    return found


def contract_table(reports: Iterable[Any], width: int = 120) -> list[str]:
    """The lines of the table, none without contract tests.

    A row for each adapter, a column for each theme; below it every failed behaviour by name, and every skipped one with
    the adapters that it does not apply to, in lines of at most `width` characters where names allow.
    """
    found = results(reports)
    if not found:
        return []
    adapters, present = sorted(found), {theme for themes in found.values() for theme in themes}
    themes = [theme for theme in _THEMES if theme in present] + sorted(present.difference(_THEMES))
    behaviours = {one for cells in found.values() for theme in cells.values() for one in theme}
    rows = [["adapter", *themes]]
    rows += [[name, *(_counts(found[name].get(theme, {})) for theme in themes)] for name in adapters]
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    lines = [f"the provider contract: {len(behaviours)} behaviours, {len(adapters)} adapters", ""]
    lines += ["  ".join(cell.ljust(size) for cell, size in zip(row, widths, strict=True)).rstrip() for row in rows]
    for outcome in (FAILED, SKIPPED):
        who = {
            behaviour: [name for name in adapters if found[name].get(theme, {}).get(behaviour) == outcome]
            for theme in themes
            for behaviour in sorted({one for cells in found.values() for one in cells.get(theme, {})})
        }
        said = [f"{outcome}  {_sentence(behaviour)}: {', '.join(names)}" for behaviour, names in who.items() if names]
        lines += ["", *(part for line in said for part in wrap(line, width, subsequent_indent=" " * 6))] if said else []
    return lines


def _counts(cells: dict[str, str]) -> str:
    outcomes = list(cells.values())
    counted = ((outcomes.count(outcome), outcome) for outcome in (FAILED, OK, SKIPPED))
    return ", ".join(f"{count} {outcome}" for count, outcome in counted if count)


def _sentence(behaviour: str) -> str:
    return behaviour.removeprefix("test_").replace("_", " ")


__all__ = ["Outcomes", "contract_table", "results"]
