"""Adapters are found by entry point, loaded only when used, and a broken stranger does not stop the rest."""

from __future__ import annotations

from importlib.metadata import EntryPoint

import pytest
from pydantic import BaseModel

from cutaway.contract import Provider
from cutaway.errors import ConfigError, NotConfiguredError
from cutaway.registry import GROUP, adapters, build
from fakes import FlatArtist


def point(name: str, value: str) -> EntryPoint:
    return EntryPoint(name=name, value=value, group=GROUP)


def test_the_built_in_artist_is_installed() -> None:
    assert "sketch" in adapters()


def test_an_unknown_adapter_names_those_that_are_there() -> None:
    with pytest.raises(ConfigError, match=r"'mine' wants adapter 'nope'.*Installed adapters: flat"):
        build({"mine": {"adapter": "nope"}}, {"flat": point("flat", "fakes:FlatArtist")})


def test_one_adapter_can_serve_several_instances() -> None:
    found = build(
        {"one": {"adapter": "flat", "name": "one"}, "two": {"adapter": "flat", "name": "two"}},
        {"flat": point("flat", "fakes:FlatArtist")},
    )
    assert sorted(found) == ["one", "two"]


def test_two_instances_of_one_name_are_refused_by_both_places() -> None:
    flat = {"flat": point("flat", "fakes:FlatArtist")}
    for other in ({"adapter": "flat", "name": "one"}, {"adapter": "flat", "name": "two"}):
        with pytest.raises(ConfigError, match=r"providers\.one and providers\.two are both called"):
            build({"one": {"adapter": "flat", "name": other["name"]}, "two": other}, flat)


def test_an_instance_called_like_another_adapter_is_not_replaced_by_it() -> None:
    points = {"flat": point("flat", "fakes:FlatArtist"), "other": point("other", "builtins:dict")}
    assert isinstance(build({"other": {"adapter": "flat"}}, points)["other"], FlatArtist)


def test_settings_that_a_strangers_model_refuses_are_told_without_their_values() -> None:
    with pytest.raises(ConfigError, match="speed") as caught:
        build({"strict": {"speed": "sk-canary-1"}}, {"strict": point("strict", "test_registry:Strict")})
    assert "canary" not in str(caught.value)


class Strict(BaseModel):
    """A stranger's settings."""

    speed: int


def test_settings_an_adapter_does_not_know_are_a_clear_error() -> None:
    with pytest.raises(ConfigError, match=r"'flat' refuses its settings.*colour"):
        build({"flat": {"colour": "red"}}, {"flat": point("flat", "fakes:FlatArtist")})


def test_a_broken_stranger_is_a_warning_and_the_rest_loads(caplog: pytest.LogCaptureFixture) -> None:
    found = build({}, {"broken": point("broken", "no_such_module:thing"), "flat": point("flat", "fakes:FlatArtist")})
    assert list(found) == ["flat"]
    assert "no_such_module" in caplog.text


def test_an_adapter_that_waits_for_settings_is_left_out_without_a_word(caplog: pytest.LogCaptureFixture) -> None:
    assert build({}, {"patient": point("patient", "test_registry:patient")}) == {}
    assert caplog.text == ""
    with pytest.raises(NotConfiguredError, match="base_url"):
        build({"patient": {}}, {"patient": point("patient", "test_registry:patient")})


def patient() -> Provider:
    raise NotConfiguredError("This adapter has no base_url.")


def test_something_that_is_no_provider_is_refused_by_name() -> None:
    with pytest.raises(ConfigError, match="neither a local nor a remote provider"):
        build({"odd": {"adapter": "odd"}}, {"odd": point("odd", "builtins:dict")})
