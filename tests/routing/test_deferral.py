"""Work that can wait goes into idle hours by its deadline, and what does not fit is made elsewhere at a price."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from cutaway.routing.deferral import Idle, Place, Waiting, lay

NOW = datetime(2026, 11, 20, 20, tzinfo=UTC)
HOUR_S = 3600.0


def at(hours: float) -> datetime:
    return NOW + timedelta(hours=hours)


def piece(name: str, due_h: float, usd: str | None = "0.51", own_h: float = 1.0) -> Waiting:
    return Waiting(name, own_h * HOUR_S, at(due_h), None if usd is None else Decimal(usd))


def night(begin_h: float = 0, end_h: float = 8, machines: int = 1) -> Idle:
    return Idle(at(begin_h), at(end_h), machines)


def by_name(places: tuple[Place, ...]) -> dict[str, Place]:
    return {place.work.id: place for place in places}


def test_the_earliest_deadline_runs_first() -> None:
    found = by_name(lay([piece("tomorrow", 8), piece("tonight", 2)], [night()], NOW))
    assert found["tonight"].begin == NOW
    assert found["tomorrow"].begin == at(1)


def test_work_waits_for_the_idle_hours() -> None:
    (found,) = lay([piece("a", 8)], [night(begin_h=3)], NOW)
    assert (found.where, found.begin, found.done) == ("own", at(3), at(4))
    assert found.why == "waits for an idle machine at 2026-11-20 23:00 UTC"


def test_what_does_not_fit_is_made_elsewhere_at_once() -> None:
    found = lay([piece(name, 2) for name in "abc"], [night()], NOW)
    away = [place for place in found if place.where == "elsewhere"]
    assert len(away) == 1
    assert away[0].begin == NOW
    assert away[0].why == "no idle hour before 2026-11-20 22:00 UTC"


def test_the_piece_that_is_cheapest_elsewhere_is_given_up() -> None:
    found = by_name(lay([piece("dear", 1, "3.00"), piece("cheap", 1, "0.10")], [night()], NOW))
    assert found["cheap"].where == "elsewhere"
    assert found["dear"].where == "own"


def test_work_that_must_stay_in_the_house_is_never_sent_away() -> None:
    found = by_name(lay([piece("ours", 1, None), piece("any", 1)], [night()], NOW))
    assert found["ours"].where == "own"
    assert found["any"].where == "elsewhere"


def test_work_that_only_we_can_make_comes_late_rather_than_never() -> None:
    found = by_name(lay([piece("first", 1, None), piece("second", 1, None)], [night()], NOW))
    assert sorted(place.where for place in found.values()) == ["late", "own"]
    late = next(place for place in found.values() if place.where == "late")
    assert late.done == at(2)


def test_without_any_idle_hour_work_that_stays_in_the_house_has_no_end() -> None:
    (found,) = lay([piece("ours", 1, None)], [], NOW)
    assert (found.where, found.done) == ("late", None)
    assert found.why == "nobody can make it in any known hour"


def test_two_machines_work_side_by_side() -> None:
    found = lay([piece("a", 1), piece("b", 1)], [night(machines=2)], NOW)
    assert [place.begin for place in found] == [NOW, NOW]


def test_a_piece_is_not_split_over_a_gap() -> None:
    (found,) = lay([piece("a", 8)], [night(0, 0.5), night(2, 8)], NOW)
    assert found.begin == at(2)


def test_stretches_that_touch_are_one() -> None:
    (found,) = lay([piece("a", 8, own_h=2)], [night(0, 1), night(1, 8)], NOW)
    assert (found.begin, found.done) == (NOW, at(2))


def test_hours_that_are_over_are_not_used() -> None:
    (found,) = lay([piece("a", 1)], [night(-5, 0)], NOW)
    assert found.where == "elsewhere"


@given(st.lists(st.integers(1, 5), min_size=1, max_size=7), st.integers(1, 2))
def test_no_schedule_of_equal_pieces_sends_fewer_away(due_h: list[int], machines: int) -> None:
    work = [piece(f"p{number}", due) for number, due in enumerate(due_h)]
    ours = sum(place.where == "own" for place in lay(work, [night(0, 5, machines)], NOW))
    best = max(
        count
        for count in range(len(due_h) + 1)
        for chosen in combinations(sorted(due_h), count)
        if all(due >= place // machines + 1 for place, due in enumerate(chosen))
    )
    assert ours == best


@given(
    st.lists(
        st.builds(
            piece,
            st.uuids().map(str),
            st.floats(0.5, 10),
            st.sampled_from([None, "0.10", "0.51", "2.00"]),
            st.floats(0.1, 3),
        ),
        max_size=12,
        unique_by=lambda one: one.id,
    ),
    st.lists(st.tuples(st.integers(0, 3), st.integers(1, 3), st.integers(0, 2)), max_size=3),
)
def test_every_piece_has_one_place_within_idle_hours(work: list[Waiting], told: list[tuple[int, int, int]]) -> None:
    idle, begin = [], 0
    for gap, length, machines in told:
        idle.append(night(begin + gap, begin + gap + length, machines))
        begin += gap + length
    places = lay(work, idle, NOW)
    assert sorted(place.work.id for place in places) == sorted(one.id for one in work)
    assert places == lay(list(reversed(work)), list(reversed(idle)), NOW)
    for place in places:
        assert place.where != "elsewhere" or place.work.usd is not None
        if place.where == "own":
            assert place.done is not None
            assert place.done <= place.work.deadline
        if place.done is not None:
            moment = place.begin
            running = sum(other.done is not None and other.begin <= moment < other.done for other in places)
            free = sum(one.machines for one in idle if one.begin <= moment < one.end)
            assert running <= free
