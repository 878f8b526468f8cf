"""Who acts by the ending of a word: "skateboarder", "florist", "postwoman"."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from cutaway.conversation.keywords.lexicon import can_be
from cutaway.conversation.keywords.living import MORE_VEHICLES

_THINGS: Final = frozenset(
    """
    computer printer mixer toaster blender freezer heater cooker counter drawer container trailer poster
    folder ladder letter butter number water flower tower corner dinner river paper cover shower shutter
    slipper roller boiler burner charger speaker router scanner hanger planter lighter sprinkler lawnmower
    propeller skyscraper reactor motor mirror monitor projector elevator escalator generator calculator
    radiator sensor razor rotor doctor's rubber timber lumber order border wonder thunder finger ginger summer
    winter weather leather feather lever clover pepper supper copper silver amber ember cinder powder shoulder
    boulder cucumber hammer dagger trigger sweater jumper trousers layer chapter quarter theatre center meter
    litre character matter banner bumper bunker burger butler's buzzer cracker cutter diaper filter gutter
    helicopter locker marker meander newspaper wallpaper pager pointer pillar planner postern stapler sticker
    stopper strainer streamer suspender tanker ticker transformer trimmer wrapper zipper error mayor's colour
    color odour vapour harbour harbor floor door moor tutor's anchor armor armour razor list mist fist wrist
    twist checklist playlist wishlist backlist laughter daughter's after better bitter upper lower other
    """.split()
)
_ENDINGS: Final = (
    "ist",
    "eer",
    "man",
    "woman",
    "person",
    "men",
    "women",
    "boy",
    "girl",
    "maker",
    "keeper",
    "smith",
    "ess",
)


@lru_cache(maxsize=8192)
def acts_by_ending(noun: str) -> bool:
    """Whether a word names somebody by its ending: "skateboarder", "florist", "postwoman"; never a known thing."""
    word = noun.lower().removesuffix("'s")
    one = word[:-1] if word.endswith("s") and not word.endswith("ss") else word
    if len(one) < 5 or one in _THINGS or one in MORE_VEHICLES:
        return False
    if one.endswith(_ENDINGS):
        return can_be(one, "NOUN") and not one.endswith(("less", "ness"))
    if not one.endswith(("er", "or")) or not (can_be(one, "NOUN") or not can_be(one, "ADJ")):
        return False
    stems = {one[:-2], one[:-1], f"{one[:-2]}e", one[:-3] if len(one) > 4 and one[-3] == one[-4] else one[:-2]}
    return any(len(stem) > 2 and can_be(stem, "VERB") for stem in stems)
