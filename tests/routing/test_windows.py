"""A window's stretches are exactly the moments that it holds, also over midnight and when clocks change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cutaway.routing.windows import DAYS, Window

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)  # a Wednesday


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("window", "now", "until", "found"),
    [
        ({"hours": "22:00-06:00"}, NOON, at(27, 0), [(at(25, 22), at(26, 6)), (at(26, 22), at(27, 6))]),
        ({"hours": "22:00-06:00"}, at(26, 1), at(26, 20), [(at(26, 1), at(26, 6))]),
        ({"hours": "22:00-06:00", "days": ("sat",)}, NOON, at(30, 0), [(at(28, 22), at(29, 6))]),
        ({"hours": "00:00-24:00", "days": ("fri",)}, NOON, at(30, 0), [(at(27, 0), at(28, 0))]),
        ({"hours": "13:00-14:00"}, NOON, at(25, 13), []),
        # Clocks go back in Berlin that night: the stretch is an hour longer.
        (
            {"hours": "22:00-06:00", "timezone": "Europe/Berlin"}, at(24, 12, month=10), at(25, 0, month=10),
            [(at(24, 20, month=10), at(25, 5, month=10))],
        ),
    ],
)  # fmt: skip
def test_the_stretches_between_two_moments(
    window: dict[str, object], now: datetime, until: datetime, found: list[tuple[datetime, datetime]]
) -> None:
    assert list(Window.model_validate({"name": "w"} | window).stretches(now, until)) == found


@given(
    st.integers(0, 23), st.integers(1, 23), st.sets(st.sampled_from(DAYS), min_size=1),
    st.sampled_from(["UTC", "Europe/Berlin", "America/New_York"]), st.integers(0, 500), st.integers(1, 200),
)  # fmt: skip
def test_a_moment_is_in_a_stretch_exactly_when_the_window_holds_it(
    begin: int, length: int, days: set[str], zone: str, after_h: int, hours: int
) -> None:
    window = Window.model_validate(
        {"name": "w", "hours": f"{begin:02}:00-{(begin + length) % 24:02}:00", "days": sorted(days), "timezone": zone}
    )
    now = NOON + timedelta(hours=after_h)
    until = now + timedelta(hours=hours)
    stretches = window.stretches(now, until)
    for half in range(2 * hours):
        moment = now + timedelta(minutes=30 * half)
        assert any(first <= moment < last for first, last in stretches) == window.holds(moment)
