"""Reading the Prometheus text format: https://prometheus.io/docs/instrumenting/exposition_formats/ (version 0.0.4)."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

_SAMPLE: Final = re.compile(
    r"(?P<name>[a-zA-Z_:][a-zA-Z0-9_:]*)[ \t]*"
    r"(?:\{(?P<labels>(?:[^\"}]|\"(?:[^\"\\]|\\.)*\")*)\})?[ \t]+"
    r"(?P<value>[^ \t]+)(?:[ \t]+-?[0-9]+)?[ \t]*"
)
_LABEL: Final = re.compile(r'([a-zA-Z_][a-zA-Z0-9_]*)[ \t]*=[ \t]*"((?:[^"\\]|\\.)*)"')


@dataclass(frozen=True, slots=True)
class Sample:
    """One line: a metric's name, its labels (escapes left as they are) and its value."""

    name: str
    labels: dict[str, str]
    value: float


def samples(text: str) -> Iterator[Sample]:
    """Every sample of a page; lines that are none (comments, garbage) are passed over."""
    for line in text.splitlines():
        found = _SAMPLE.fullmatch(line.strip())
        if found is None:
            continue
        try:
            value = float(found["value"])
        except ValueError:
            continue
        yield Sample(found["name"], dict(_LABEL.findall(found["labels"] or "")), value)


def total(found: Sequence[Sample], names: Sequence[str]) -> int | None:
    """The sum over all labels of the first of these gauges that has samples, None when none has.

    A sum that is no whole number of requests (NaN, infinite, negative) is unknown as well.
    """
    for name in names:
        values = [sample.value for sample in found if sample.name == name]
        if values:
            summed = sum(values)
            return round(summed) if math.isfinite(summed) and summed >= 0 else None
    return None
