"""An order is fitted to what a model makes: never shorter or smaller, always said, and priced as it is ordered."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cutaway.contract import Brief, GenerationRequest, InputRef, ModelProfile, Price, Rate, Size
from cutaway.routing.fit import Fitted, fit

LIST: dict[str, Any] = {"source": "made up", "as_of": date(2026, 11, 20)}


def ask(duration_s: float = 4, size: str = "848x480", **more: Any) -> GenerationRequest:
    width, height = size.split("x")
    at = Size(width_px=int(width), height_px=int(height))
    return GenerationRequest(brief=Brief(prompt="a fox"), duration_s=duration_s, size=at, **more)


def model(**more: Any) -> ModelProfile:
    return ModelProfile(id="m", title="m", **more)


@pytest.mark.parametrize(
    ("profile", "order", "seconds", "size"),
    [
        (model(durations_s=(5, 10)), ask(4), 5, "848x480"),
        (model(durations_s=(5, 10)), ask(6), 10, "848x480"),
        (model(min_duration_s=3, duration_step_s=1), ask(1.5), 3, "848x480"),
        (model(min_duration_s=3, duration_step_s=1), ask(4.2), 5, "848x480"),
        (model(resolutions=("720p", "1080p")), ask(4), 4, "1280x720"),
        (model(resolutions=("720p",), aspects=("9:16",)), ask(4, "480x848"), 4, "720x1280"),
        (model(sizes=(Size(width_px=1280, height_px=720),)), ask(4), 4, "1280x720"),
    ],
)
def test_an_order_gets_the_next_length_and_size_there_is(
    profile: ModelProfile, order: GenerationRequest, seconds: float, size: str
) -> None:
    fitted = fit(profile, order)
    assert isinstance(fitted, Fitted)
    assert (fitted.request.duration_s, str(fitted.request.size)) == (seconds, size)
    assert bool(fitted.notes) == (fitted.request != order)


@pytest.mark.parametrize(
    ("profile", "order", "reason"),
    [
        (model(durations_s=(5, 10)), ask(11), "makes 5, 10 s, not 11 s"),
        (model(max_duration_s=8, duration_step_s=1), ask(9), "makes 0.5 to 8 s, not 9 s"),
        (model(resolutions=("480p",)), ask(4, "1280x720"), "makes 480p, not 1280x720"),
        (model(aspects=("16:9",)), ask(4, "480x848"), "makes 16:9, not 9:16"),
    ],
)
def test_what_no_larger_order_covers_is_refused_with_the_reason(
    profile: ModelProfile, order: GenerationRequest, reason: str
) -> None:
    assert fit(profile, order) == reason


@given(
    st.floats(0.1, 20),
    st.sets(st.sampled_from([3.0, 5.0, 8.0, 10.0, 15.0])),
    st.sampled_from([0.0, 1.0, 2.0]),
)
def test_no_order_is_ever_fitted_shorter(asked_s: float, lengths: set[float], step_s: float) -> None:
    fitted = fit(model(durations_s=tuple(lengths), duration_step_s=step_s, max_duration_s=15), ask(asked_s))
    if isinstance(fitted, Fitted):
        assert fitted.request.duration_s >= asked_s


def clip(seconds: float | None) -> InputRef:
    return InputRef(sha256="0" * 64, role="source_video", media_type="video/mp4", duration_s=seconds)


def test_the_first_line_that_fits_prices_an_order() -> None:
    rates = (
        Rate(resolutions=("480p",), audio=True, usd_per_s=Decimal("0.2")),
        Rate(resolutions=("480p",), usd_per_s=Decimal("0.1")),
    )
    price = Price(rates=rates, **LIST)
    assert price.upper_bound_usd(ask(audio=True)) == Decimal("0.8")
    assert price.upper_bound_usd(ask()) == Decimal("0.4")
    assert price.upper_bound_usd(ask(size="1280x720")) is None


def test_input_seconds_are_billed_and_unknown_ones_are_unpriced() -> None:
    rate = Rate(usd_per_s=Decimal("0.1"), usd_per_input_s=Decimal("0.05"), minimum_usd=Decimal("0.5"))
    price = Price(rates=(rate,), **LIST)
    assert price.upper_bound_usd(ask(inputs=(clip(6),))) == Decimal("0.70")
    assert price.upper_bound_usd(ask(1, inputs=(clip(1),))) == Decimal("0.5")
    assert price.upper_bound_usd(ask(inputs=(clip(None),))) is None


def test_billed_seconds_are_rounded_up_and_have_a_minimum() -> None:
    price = Price(usd_per_s=Decimal("0.1"), min_billed_s=Decimal(3), billed_step_s=Decimal(1), **LIST)
    assert price.upper_bound_usd(ask(1)) == Decimal("0.3")
    assert price.upper_bound_usd(ask(4.1)) == Decimal("0.5")
