"""Adapters are found by entry point, loaded only when used, and a broken stranger does not stop the rest."""

from __future__ import annotations

from importlib.metadata import EntryPoint

import pytest

from cutaway.contract import Provider
from cutaway.errors import ConfigError, NotConfiguredError
from cutaway.registry import GROUP, adapters, build


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
