"""How long a version still takes: measured, never assumed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from cutaway.events import Event, EventType, Forecast, Planned
from cutaway.events.forecast import spoken

BEGAN = datetime(2026, 11, 28, 12, tzinfo=UTC)


def at(seconds: float) -> datetime:
    return BEGAN + timedelta(seconds=seconds)


def event(kind: EventType, seconds: float, operation: str, *, share: float | None = None, what: str = "shot") -> Event:
    return Event(id="1-0", type=kind, at=at(seconds), operation_id=operation, share=share, kind=what, model="m:a")


def three() -> Forecast:
    return Forecast({name: Planned(4.0, "m:a") for name in ("one", "two", "three")}, cut_s=12.0)


def test_before_anything_was_measured_no_time_is_told() -> None:
    assert three().outlook(at(0)).left_s is None
    assert str(three().outlook(at(0))) == "0 of 3 shots"


def test_what_one_shot_took_tells_what_the_others_will_take() -> None:
    forecast = three()
    forecast.see(event("operation.started", 0, "one"))
    forecast.see(event("operation.done", 8, "one"))
    outlook = forecast.outlook(at(8))
    assert (outlook.done, outlook.left_s, outlook.untold) == (1, 16.0, ("joining them",))
    assert str(outlook) == "1 of 3 shots, about 16 s left, not counting joining them"


def test_a_running_shot_tells_by_its_own_progress() -> None:
    forecast = three()
    forecast.see(event("operation.started", 0, "one"))
    forecast.see(event("operation.progress", 5, "one", share=0.5))
    # 5 s left of this one, and 10 s for each of the two that wait.
    assert forecast.outlook(at(5)).left_s == pytest.approx(25.0)


def test_shots_that_ran_at_once_share_what_is_left() -> None:
    forecast = three()
    for name in ("one", "two"):
        forecast.see(event("operation.started", 0, name))
    for name in ("one", "two"):
        forecast.see(event("operation.progress", 5, name, share=0.5))
    # 5 + 5 + 10 s of work on two lanes, but the one that waits takes 10 s by itself.
    assert forecast.outlook(at(5)).left_s == pytest.approx(10.0)


def test_earlier_versions_tell_how_fast_shots_are_drawn_and_joined() -> None:
    forecast = three()
    film_s = {"old": 2.0, "old-cut": 2.0}
    for kind, seconds, name, what in (
        ("operation.started", -10, "old", "shot"),
        ("operation.done", -6, "old", "shot"),
        ("operation.started", -6, "old-cut", "cut"),
        ("operation.done", -5, "old-cut", "cut"),
    ):
        forecast.learn(event(kind, seconds, name, what=what), film_s)  # type: ignore[arg-type]
    outlook = forecast.outlook(at(0))
    # 12 s of film: drawn at 2 s a second, joined at 0.5.
    assert outlook.untold == ()
    assert outlook.left_s == pytest.approx(24.0 + 6.0)


def test_another_models_pace_tells_nothing() -> None:
    forecast = Forecast({"one": Planned(4.0, "m:a"), "two": Planned(4.0, "n:b")}, cut_s=8.0)
    forecast.see(event("operation.started", 0, "one"))
    forecast.see(event("operation.done", 8, "one"))
    assert forecast.outlook(at(8)).untold == ("1 shot", "joining them")


def test_work_that_is_given_back_begins_again() -> None:
    forecast = three()
    forecast.see(event("operation.started", 0, "one"))
    forecast.see(event("operation.progress", 5, "one", share=0.9))
    forecast.see(event("operation.returned", 6, "one"))
    assert forecast.outlook(at(6)).left_s is None


def test_while_the_cut_is_joined_its_own_progress_tells() -> None:
    forecast = Forecast({"one": Planned(4.0, "m:a")}, cut_s=4.0)
    forecast.see(event("operation.started", 0, "one"))
    forecast.see(event("operation.done", 4, "one"))
    forecast.see(event("operation.started", 4, "cut", what="cut"))
    forecast.see(event("operation.progress", 5, "cut", share=0.25, what="cut"))
    assert str(forecast.outlook(at(5))) == "joining the shots, about 3 s left"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.2, "1 s"), (3.2, "4 s"), (19.0, "19 s"), (21.0, "25 s"), (88.0, "90 s"), (91.0, "2 min"), (600.0, "10 min")],
)
def test_a_time_is_said_as_exactly_as_it_is_known(seconds: float, words: str) -> None:
    assert spoken(seconds) == words
