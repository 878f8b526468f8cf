"""Names for models: ids, bare ids, and the operator's aliases."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from cutaway.contract import ModelProfile
from cutaway.errors import ConfigError, InputError, RoutingError
from cutaway.routing import Candidate, Conditions, RoutingPolicy, resolve, route
from cutaway.routing.names import with_aliases
from routing.test_router import ask, model


def at(provider: str, name: str) -> Candidate:
    return Candidate(f"{provider}:{name}", provider, ModelProfile(id=name, title=name), local=False)


HERE = (at("runway", "veo3.1"), at("fal", "veo3.1"), at("fal", "ltx"))


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("runway:veo3.1", "runway:veo3.1"),
        ("runway/veo3.1", "runway:veo3.1"),
        ("ltx", "fal:ltx"),
        ("sora-2", ""),
        ("quick", "fal:ltx"),
        ("veo", "fal:veo3.1"),
    ],
)
def test_a_name_means_one_model_or_any(name: str, meant: str) -> None:
    assert resolve(name, {"sora-2": "auto", "quick": "ltx", "veo": "fal:veo3.1"}, HERE) == meant


def test_an_alias_wins_over_a_model_of_that_name() -> None:
    assert resolve("ltx", {"ltx": "runway:veo3.1"}, HERE) == "runway:veo3.1"


def test_a_name_that_two_providers_have_asks_which() -> None:
    with pytest.raises(InputError, match=r"More than one.*runway:veo3.1 or fal:veo3.1"):
        resolve("veo3.1", {}, HERE)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("fal:ltxx", "Did you mean 'fal:ltx'"),
        ("sora-2", r"aliases: \{sora-2: auto\}"),
        ("old", r"'old' \(an alias of 'fal:gone'\)"),
    ],
)
def test_an_unknown_name_is_refused_with_what_to_do(name: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        resolve(name, {"old": "fal:gone"}, HERE)


def test_a_policys_lists_follow_aliases() -> None:
    policy = RoutingPolicy(prefer=("best", "fal:ltx"), ignore=("any",), only=("best",))
    found = with_aliases(policy, {"best": "runway:veo3.1", "any": "auto"})
    assert (found.prefer, found.ignore, found.only) == (("runway:veo3.1", "fal:ltx"), (), ("runway:veo3.1",))


def test_a_policy_may_not_allow_only_any_model() -> None:
    with pytest.raises(ConfigError, match=r"allows only 'any'"):
        with_aliases(RoutingPolicy(only=("any",)), {"any": "auto"})


def test_an_order_for_one_model_is_made_by_it_although_another_is_cheaper() -> None:
    found = [model("dear", "0.05"), model("cheap", "0.01")]
    decision = route(ask(), found, RoutingPolicy(), Conditions(now=datetime(2026, 11, 20, tzinfo=UTC), wanted="v:dear"))
    assert [one.model for one in decision.ranked] == ["v:dear"]
    assert decision.rejections[0].reason == "the order is to be made by v:dear"


def test_an_order_for_a_retired_model_says_since_when_and_what_there_is_instead() -> None:
    gone = model("sora-2", retires_on=date(2026, 9, 24), replacement="gen4.5")
    with pytest.raises(RoutingError) as caught:
        route(ask(), [gone], RoutingPolicy(), Conditions(now=datetime(2026, 11, 20, tzinfo=UTC), wanted="v:sora-2"))
    assert caught.value.rejections["v:sora-2"] == "retired on 2026-09-24; its vendor names gen4.5 instead"
