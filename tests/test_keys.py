"""Keys come from a vendor's own variables or a named one, go to one provider, and are never anybody's message."""

from __future__ import annotations

from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import pytest

from cutaway.contract import Adapter, Provider
from cutaway.errors import ConfigError, NotConfiguredError
from cutaway.keys import first_key, resolved
from cutaway.registry import GROUP, build, known
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


def test_what_is_known_says_which_variable_to_set(tmp_path: Path) -> None:
    settings = load_settings({"CUTAWAY_KEYS_IGNORED": "true"}, cwd=tmp_path)
    (row,) = known(settings, POINTS)
    assert (row.provider, row.title, row.fix) == (None, "Acme", "Set ACME_KEY, or api_key in cutaway.yaml.")
