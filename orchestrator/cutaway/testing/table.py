"""The table adapter x behaviour, from the reports of a test run.

In a conftest:

def pytest_terminal_summary(terminalreporter):
for line in contract_table(r for reports in terminalreporter.stats.values() for r in reports):
terminalreporter.write_line(line)
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

PROPERTY: Final = "cutaway_contract"
OK: Final = "ok"
SKIPPED: Final = "-"
FAILED: Final = "FAIL"
_ORDER: Final = (SKIPPED, OK, FAILED)


def results(reports: Iterable[Any]) -> dict[str, dict[str, str]]:
    """The outcome by behaviour and adapter: FAIL when one case failed, ok when one passed, - when none applied."""
    found: dict[str, dict[str, str]] = {}
    for report in reports:
        named = dict(getattr(report, "user_properties", ()) or ()).get(PROPERTY)
        if not named or not (report.failed or report.skipped or report.when == "call"):
            continue
        adapter, behaviour = named
        said = FAILED if report.failed else (SKIPPED if report.skipped else OK)
        cell = found.setdefault(behaviour, {})
        cell[adapter] = max(cell.get(adapter, SKIPPED), said, key=_ORDER.index)
    return found


def contract_table(reports: Iterable[Any], width: int = 120) -> list[str]:
    """The lines of the table, cut into blocks of adapters that fit `width` characters; none without contract tests."""
    found = results(reports)
    adapters = sorted({adapter for cells in found.values() for adapter in cells})
    if not adapters:
        return []
    sentences = {behaviour: behaviour.removeprefix("test_").replace("_", " ") for behaviour in sorted(found)}
    first = max(len(sentence) for sentence in sentences.values())
    lines = [f"the provider contract: {len(found)} behaviours, {len(adapters)} adapters"]
    while adapters:
        block = [adapters.pop(0)]
        while adapters and first + sum(len(name) + 2 for name in (*block, adapters[0])) <= width:
            block.append(adapters.pop(0))
        lines += ["", "  ".join((" " * first, *block)).rstrip()]
        for behaviour, sentence in sentences.items():
            cells = [found[behaviour].get(name, "").ljust(len(name)) for name in block]
            lines.append("  ".join((sentence.ljust(first), *cells)).rstrip())
    return lines


__all__ = ["contract_table", "results"]
