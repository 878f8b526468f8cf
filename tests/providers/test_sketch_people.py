"""The sketch artist's people: trades are dressed and carry tools, ages differ, looks vary by themselves."""

from __future__ import annotations

import pytest

from cutaway_providers.sketch.subjects.drawing import Look
from cutaway_providers.sketch.subjects.wardrobe import GREY, HAIRS, OUTFITS, SKINS, dress
from providers.sketching import actor_of, check_drawn, seen

TRADES = [
    "cook", "astronaut", "firefighter", "doctor", "nurse", "farmer", "police officer", "builder", "musician", "dancer",
    "businesswoman", "knight", "wizard", "pirate", "king", "queen", "painter", "scientist", "viking", "superhero",
]  # fmt: skip


@pytest.mark.parametrize("kind", TRADES)
def test_a_trade_is_dressed_for_it(kind: str) -> None:
    check_drawn(kind, "person")
    plain = dress(Look(None, frozenset({"somebody"})))
    worn = dress(Look(None, frozenset(kind.split())))
    assert (worn.hat, worn.over, worn.tool) != (plain.hat, plain.over, plain.tool)


@pytest.mark.parametrize(
    ("kind", "subject"),
    [("woman", "person"), ("old man", "person"), ("grandmother", "person"), ("little girl", "child"), ("boy", "child")],
)
def test_an_age_is_drawn(kind: str, subject: str) -> None:
    check_drawn(kind, subject)


def test_trades_are_told_apart() -> None:
    assert len({seen(actor_of(kind), 0.5).picture for kind in TRADES}) == len(TRADES)


def test_a_child_is_smaller_and_an_old_person_stoops_with_a_cane() -> None:
    tall = {kind: seen(actor_of(kind), 0.5) for kind in ("woman", "girl", "old woman")}
    assert tall["girl"].top > tall["woman"].top + 20
    old = dress(Look(None, frozenset({"old", "woman"})))
    assert (old.tool, old.hair, old.old) == ("cane", GREY, True)


def test_skin_and_hair_vary_by_themselves_and_hair_by_words() -> None:
    plain = [dress(Look(None, frozenset({"person"}), k / 97)) for k in range(97)]
    assert {wear.skin for wear in plain} == set(SKINS)
    assert {wear.hair for wear in plain} == set(HAIRS)
    assert len({wear.style for wear in plain}) >= 6
    assert {dress(Look(None, frozenset({"blonde", "woman"}), k / 9)).hair for k in range(9)} == {(226, 186, 110)}


def test_the_same_person_looks_the_same_in_another_shot() -> None:
    assert actor_of("woman", action="waits").look == actor_of("woman", action="walks", setting="city").look


@pytest.mark.parametrize("name", [names.split()[0] for names, _ in OUTFITS])
@pytest.mark.parametrize("deed", ["walk", "talk", "sit", "dance", "give", "wave"])
def test_every_outfit_can_be_worn_in_every_deed(name: str, deed: str) -> None:
    actor = actor_of(name, action="waits")
    spot = actor.at(0.4)
    assert actor.member.subject in {"person", "child"}
    actor.member = type(actor.member)(**{f: getattr(actor.member, f) for f in actor.member.__slots__} | {"deed": deed})
    assert seen(actor, 0.4).bottom <= spot.y + 0.06 * actor.scale


@pytest.mark.parametrize(
    ("words", "tool"), [("girl with a red umbrella", "umbrella"), ("cook with a guitar", "guitar")]
)
def test_what_somebody_is_described_with_is_carried(words: str, tool: str) -> None:
    assert dress(Look(None, frozenset(words.split()))).tool == tool


def test_a_person_looks_the_same_in_every_shot_of_a_film() -> None:
    looks = {actor_of("woman", seed=seed).look.variety for seed in range(5)}
    assert len(looks) == 1
    assert actor_of("man").look.variety not in looks


@pytest.mark.parametrize(
    ("kind", "with_it"), [("grandmother", "a straw hat"), ("man", "a crown"), ("boy", "an apron"), ("woman", "a cape")]
)
def test_what_somebody_is_described_with_is_worn(kind: str, with_it: str) -> None:
    plain, worn = (seen(actor_of(f"{kind}{more}"), 0.4).picture for more in ("", f" with {with_it}"))
    assert plain != worn


def test_who_is_said_to_be_younger_is_not_drawn_old() -> None:
    assert dress(Look(None, frozenset({"old", "man"}))).old
    assert not dress(Look(None, frozenset({"old", "younger", "man"}))).old
