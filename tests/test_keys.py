"""Keys come from a vendor's own variables or a named one, go to one provider, and are never anybody's message."""

from __future__ import annotations

from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import pytest

from cutaway.contract import Adapter, Provider
from cutaway.errors import ConfigError, NotConfiguredError
from cutaway.keys import first_key, resolved
from cutaway.registry import GROUP, build, known, providers_of
from cutaway.settings import load_settings
from fakes import FlatArtist


class Keyed(FlatArtist):
    """An artist that shows what it was built with."""

    def __init__(self, settings: dict[str, Any]) -> None:
        super().__init__(settings.get("name", "acme"))
        self.settings = settings


def _build(**settings: Any) -> Provider:
    if "api_key" not in settings:
        raise NotConfiguredError("acme has no key.", fix="Set ACME_KEY, or api_key in cutaway.yaml.")
    return Keyed(settings)


acme = Adapter(_build, key_variables=("ACME_KEY", "ACME_TOKEN"), title="Acme")
POINTS = {"acme": EntryPoint(name="acme", value="test_keys:acme", group=GROUP)}


def settings_of(instances: dict[str, dict[str, Any]], environ: dict[str, str]) -> dict[str, dict[str, Any]]:
    return {name: vars(one)["settings"] for name, one in build(instances, POINTS, environ=environ).items()}


def test_a_key_in_the_vendors_own_variable_adds_the_vendor() -> None:
    assert build({}, POINTS, environ={}) == {}
    assert settings_of({}, {"ACME_TOKEN": " k1 "}) == {"acme": {"api_key": "k1"}}


def test_without_an_environment_no_key_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACME_KEY", "k1")
    assert build({}, POINTS) == {}


def test_a_configured_instance_gets_its_name_and_the_vendors_key() -> None:
    found = settings_of({"mine": {"adapter": "acme"}}, {"ACME_KEY": "k1"})
    assert found == {"mine": {"name": "mine", "api_key": "k1"}}


def test_the_vendors_key_never_goes_to_another_address_by_itself() -> None:
    with pytest.raises(NotConfiguredError):
        build({"mine": {"adapter": "acme", "base_url": "http://gpu:1"}}, POINTS, environ={"ACME_KEY": "k1"})


def test_a_reference_names_the_variable_that_holds_the_key() -> None:
    ours = {"mine": {"adapter": "acme", "api_key": "os.environ/OURS"}}
    assert settings_of(ours, {"OURS": "k2", "ACME_KEY": "k1"})["mine"]["api_key"] == "k2"


@pytest.mark.parametrize(
    ("reference", "says"), [("os.environ/OURS", "OURS, which is not set"), ("os.environ/a b", "no name")]
)
def test_a_reference_to_nothing_names_the_option_and_the_variable(reference: str, says: str) -> None:
    with pytest.raises(ConfigError, match=f"providers.mine.api_key.*{says}"):
        resolved("providers.mine", {"api_key": reference}, {})


def test_a_blank_variable_is_no_key() -> None:
    assert first_key(("A", "B"), {"A": "  ", "B": "k"}) == "k"


@pytest.mark.parametrize("value", ['"k1-abcdefgh"', "'k1-abcdefgh'"])
def test_a_key_in_quotes_is_refused_by_its_variable_and_not_shown(value: str) -> None:
    with pytest.raises(ConfigError, match="ACME_KEY begins and ends with quotes") as caught:
        build({"mine": {"adapter": "acme"}}, POINTS, environ={"ACME_KEY": value})
    assert value[1:-1] not in str(caught.value)


@pytest.mark.parametrize("value", ["os.environ/ACME_KEY", "os.enviro/ACME_KEY", "${ACME_KEY}", "env:ACME_KEY"])
def test_a_variable_that_holds_a_reference_holds_no_key(value: str) -> None:
    with pytest.raises(ConfigError, match=r"ACME_TOKEN holds a reference.*Put the key itself into ACME_TOKEN"):
        first_key(("ACME_TOKEN",), {"ACME_TOKEN": value})


@pytest.mark.parametrize(
    "value", ["os.enviro/OURS", "os.env/OURS", "env/OURS", "${OURS}", "$OURS", 'os.environ["OURS"]', "%OURS%"]
)
def test_a_misspelt_reference_in_the_file_is_refused_with_the_right_one(value: str) -> None:
    with pytest.raises(ConfigError, match=r"providers\.mine\.api_key.*Write api_key: os\.environ/OURS\."):
        build({"mine": {"adapter": "acme", "api_key": value}}, POINTS, environ={"OURS": "k2"})


@pytest.mark.parametrize("key", ["sk-abc/def", "environment-key-1", "0f3c:9e2a", "osprey.key/1", "AIza$yB_x", "env_1"])
def test_an_odd_key_is_still_a_key(key: str) -> None:
    assert settings_of({}, {"ACME_KEY": key})["acme"]["api_key"] == key


def test_an_empty_key_is_refused_by_its_place_and_a_missing_one_is_the_variables() -> None:
    with pytest.raises(ConfigError, match=r"providers\.mine\.api_key is empty.*api_key: os\.environ/NAME"):
        build({"mine": {"adapter": "acme", "api_key": ""}}, POINTS, environ={"ACME_KEY": "k1"})
    found = settings_of({"mine": {"adapter": "acme", "api_key": None}}, {"ACME_KEY": "k1"})
    assert found["mine"]["api_key"] == "k1"


def test_a_key_pasted_behind_the_reference_is_not_repeated() -> None:
    with pytest.raises(ConfigError, match="no name") as caught:
        resolved("providers.mine", {"api_key": "os.environ/sk-abc-123"}, {})
    assert "sk-abc" not in str(caught.value)


def test_an_instance_without_its_key_is_left_out_with_one_warning_and_the_rest_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "cutaway.yaml").write_text(
        "providers:\n  mine: {adapter: acme, api_key: os.environ/OURS}\n  good: {adapter: acme}\n"
    )
    monkeypatch.setenv("ACME_KEY", "k1")
    monkeypatch.delenv("OURS", raising=False)
    settings = load_settings({}, cwd=tmp_path)
    assert list(providers_of(settings, POINTS)) == ["good"]
    (warning,) = caplog.messages
    assert warning.startswith("providers.mine is left out for want of OURS:")
    with pytest.raises(NotConfiguredError, match="OURS") as caught:
        build(settings.providers, POINTS, environ={"ACME_KEY": "k1"})
    assert caught.value.variable == "OURS"
    rows = {row.name: row for row in known(settings, POINTS)}
    assert (rows["mine"].provider, rows["mine"].waits, rows["mine"].configured) == (None, True, True)


def test_an_instance_at_fault_stops_the_start_although_its_key_is_missing_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "cutaway.yaml").write_text("providers:\n  mine: {adapter: acme, api_key: ''}\n")
    with pytest.raises(ConfigError, match="empty"):
        providers_of(load_settings({}, cwd=tmp_path), POINTS)


def test_a_key_that_is_set_and_unusable_is_a_fault_and_not_a_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ACME_KEY", '"k1"')
    (row,) = known(load_settings({}, cwd=tmp_path), POINTS)
    assert (row.waits, row.problem) == (False, "ACME_KEY begins and ends with quotes, which no key does.")


def test_what_is_known_says_which_variable_to_set(tmp_path: Path) -> None:
    settings = load_settings({"CUTAWAY_KEYS_IGNORED": "true"}, cwd=tmp_path)
    (row,) = known(settings, POINTS)
    assert (row.provider, row.title, row.fix) == (None, "Acme", "Set ACME_KEY, or api_key in cutaway.yaml.")
