"""Settings that cannot work are refused by instance, place, value and the nearest right word."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cutaway.contract import ModelProfile
from cutaway.errors import ConfigError, NotConfiguredError
from cutaway.registry import adapters, build, build_one
from cutaway.vendor import Account, read_account, read_catalog

KEY: Final = "sk-canary-0123456789abcdef"
PRICE: Final = {"usd_per_s": "0.1", "source": "our contract", "as_of": "2026-11-01"}
MODEL: Final = {"id": "wan2.2", "price": PRICE}
SERVER: Final = {"adapter": "openai_videos", "base_url": "http://gpu.test/v1", "models": [MODEL]}


def refusal(**options: Any) -> ConfigError:
    with pytest.raises(ConfigError) as caught:
        build({"hell": options})
    return caught.value


def fal(**options: Any) -> ConfigError:
    return refusal(adapter="fal", api_key=KEY, **options)


def profile(name: str, **options: Any) -> ModelProfile:
    provider = build({"mine": {"adapter": "fal", "api_key": KEY} | options})["mine"]
    return next(one for one in provider.profiles() if one.id == name)


# --- one option -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "problem", "fix"),
    [
        ({"models": [MODEL | {"size": "1x1"}]}, "models.0.size is no option of a model.", "Did you mean 'sizes'?"),
        ({"base_ulr": "x"}, "base_ulr is no option of openai_videos.", "Did you mean 'base_url'?"),
        ({"onyl": ["x"]}, "onyl is no option of openai_videos.", "Did you mean 'only'?"),
        (
            {"models": [MODEL | {"price": PRICE | {"usd_per_sec": 1}}]},
            "models.0.price.usd_per_sec is no option of a price.",
            "Did you mean 'usd_per_s'?",
        ),
        ({"models": []}, "models is empty: name at least one model.", ""),
        ({"models": "wan"}, "models is 'wan', not a list.", ""),
        ({"models": ["wan"]}, "models.0 is 'wan', not keys with values.", "- id: wan"),
        ({"models": [{"id": 4}]}, "models.0.id is 4, which is not text.", "Quote it."),
        ({"models": [{"price": PRICE}]}, "models.0 has no id.", ""),
        ({"models": [MODEL | {"id": "Wan"}]}, "models.0.id is 'Wan', which is not of a-z", "vendor_model"),
        ({"models": [MODEL | {"max_duration_s": "long"}]}, "models.0.max_duration_s is 'long', which is not a nu", ""),
        ({"models": [MODEL | {"operations": ["upscal"]}]}, "models.0.operations.0 is 'upscal', which", "'upscale'"),
        ({"models": [MODEL, MODEL]}, "models.0 and models.1 are both 'wan2.2'.", "one entry"),
        (
            {"models": [MODEL | {"price": PRICE | {"usd_per_s": -1}}]},
            "models.0.price.usd_per_s is -1; it must be at least 0.",
            "",
        ),
        ({"submit_tier": "findabel"}, "submit_tier is 'findabel', which is not", "Did you mean 'findable'?"),
        ({"connect_s": 0}, "connect_s is 0; it must be above 0.", ""),
        ({"base_url": "gpu:80"}, "A base URL is 'gpu:80', which is not http(s)://", "Did you mean http://gpu:80?"),
    ],
)
def test_a_wrong_option_names_its_instance_place_value_and_the_right_word(
    change: dict[str, Any], problem: str, fix: str
) -> None:
    error = refusal(**(SERVER | change))
    assert error.message.startswith(f"providers.hell (openai_videos): {problem}")
    assert fix in error.fix


def test_an_option_that_only_some_adapters_have_is_found_there() -> None:
    error = refusal(adapter="minimax", api_key=KEY, regoin="cn")
    assert (error.message, error.fix) == (
        "providers.hell (minimax): regoin is no option of minimax.",
        "Did you mean 'region'?",
    )


def test_the_reading_of_comfyui_speaks_the_same_words() -> None:
    error = refusal(adapter="comfyui", base_url="http://gpu.test:8188", models=[MODEL | {"sizs": []}])
    assert error.message == "providers.hell (comfyui): models.0.sizs is no option of a model."
    assert error.fix == "Did you mean 'sizes'?"


SECRETS = ("api_key", "webhook_secret", "access_key", "secret_key", "apikey", "api_kee")


@given(name=st.sampled_from(SECRETS), wrap=st.sampled_from([str, lambda key: [key], lambda key: {"is": key}, len]))
def test_what_could_be_a_key_is_in_no_message(name: str, wrap: Any) -> None:
    given_it = {name: wrap(KEY), "connect_s": KEY, "states": {KEY[:9]: KEY}, "read_s": [KEY]}
    for options in ({**SERVER, **given_it}, {"adapter": "kling", "api_key": "fine-key-1"} | given_it):
        assert KEY not in str(refusal(**options))


# --- models of a catalog ----------------------------------------------------------------------------------------------


def test_a_misspelt_model_is_not_taken_for_a_new_one() -> None:
    error = fal(models=[{"id": "klng-4", "retires_on": "2027-01-01"}])
    assert error.message == "providers.hell (fal): models.0: fal has no model 'klng-4'."
    assert error.fix.startswith("Did you mean 'kling-4'?")


@pytest.mark.parametrize(
    ("only", "problem", "fix"),
    [
        (["kling4"], "only: fal has no model 'kling4' to keep.", "Did you mean 'kling-4'?"),
        ("kling-4", "only is 'kling-4', not a list.", "Write only: [kling-4]."),
        ([], "only is empty, so no model is left.", "Name the models"),
    ],
)
def test_what_is_kept_must_be_a_list_of_models_that_are_there(only: Any, problem: str, fix: str) -> None:
    error = fal(only=only)
    assert error.message == f"providers.hell (fal): {problem}"
    assert fix in error.fix


def test_a_changed_model_is_named_by_its_place_in_the_file() -> None:
    error = fal(models=[{"id": "pika-2.2"}, {"id": "kling-4", "max_duration_s": "x"}])
    assert "models.1.max_duration_s is 'x'" in error.message


# --- prices -----------------------------------------------------------------------------------------------------------


def test_a_price_of_ones_own_replaces_the_whole_price() -> None:
    ours = {"usd_per_s": "9.00", "source": "our contract", "as_of": "2026-11-01"}
    price = profile("kling-4", models=[{"id": "kling-4", "price": ours}]).price
    assert price is not None
    assert (price.usd_per_s, price.rates, price.source, price.as_of) == (
        Decimal("9.00"),
        (),
        "our contract",
        date(2026, 11, 1),
    )


def test_a_price_of_null_leaves_a_model_unpriced() -> None:
    assert profile("kling-4").price is not None
    assert profile("kling-4", models=[{"id": "kling-4", "price": None}]).price is None


@pytest.mark.parametrize(
    ("price", "problem"),
    [
        ({"source": "us", "as_of": "2026-11-01"}, "models.0.price has no amount"),
        ({"min_billed_s": 5}, "models.0.price has no amount"),
        ({"rates": [], "source": "us", "as_of": "2026-11-01"}, "models.0.price has no amount"),
        ({"rates": [{"resolutions": ["720p"]}], **PRICE}, "models.0.price has usd_per_s beside rates"),
        (
            {"rates": [{"resolutions": ["720p"]}], "source": "us", "as_of": "2026-11-01"},
            "models.0.price.rates.0 has no amount",
        ),
        ({"usd_per_s": 9, "as_of": "2026-11-01"}, "models.0.price.source is missing"),
        ({"usd_per_clip": 9, "source": "us"}, "models.0.price.as_of is missing"),
        (PRICE | {"as_of": "2999-01-01"}, "models.0.price.as_of is 2999-01-01, which is still to come"),
        (PRICE | {"as_of": "soon"}, "models.0.price.as_of is 'soon', which is not a date"),
        ("0.10", "models.0.price is '0.10', which is not keys with values"),
    ],
)
def test_half_a_price_is_refused(price: Any, problem: str) -> None:
    assert problem in fal(models=[{"id": "kling-4", "price": price}]).message


def test_a_price_may_be_of_today_and_not_of_tomorrow() -> None:
    catalog = read_catalog("cutaway_providers", "fal")

    def read(today: date) -> Account:
        settings = {"models": [{"id": "kling-4", "price": PRICE}]}
        return read_account(settings, Account, adapter="fal", base_url="https://x.test", catalog=catalog, today=today)

    assert read(date(2026, 11, 1)).models
    with pytest.raises(ConfigError, match="still to come"):
        read(date(2026, 10, 31))


# --- keys and addresses -----------------------------------------------------------------------------------------------


def test_with_an_address_of_its_own_an_instance_names_its_key() -> None:
    options = {"adapter": "fal", "base_url": "https://gateway.test"}
    with pytest.raises(NotConfiguredError) as caught:
        build_one("mine", options, adapters(), {"FAL_KEY": KEY})
    assert caught.value.message.startswith("providers.mine (fal) has a base_url of its own")
    assert "Write api_key: os.environ/FAL_KEY there" in caught.value.fix
    assert build_one("mine", options | {"api_key": "os.environ/FAL_KEY"}, adapters(), {"FAL_KEY": KEY})


def test_a_server_of_ones_own_without_models_does_not_lack_a_key() -> None:
    error = refusal(adapter="openai_images", base_url="http://gpu.test/v1")
    assert not isinstance(error, NotConfiguredError)
    assert error.message == "providers.hell (openai_images): models is empty: name at least one model."
