"""What people wear, by their words and, where these say nothing, by their own variety: clothes, hair, skin, tools."""

# Coordinates read better in rows than one to a line.
# fmt: off
from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from cutaway_providers.sketch.palette import Colour
from cutaway_providers.sketch.subjects.drawing import Look

SKINS: Final[tuple[Colour, ...]] = ((246, 208, 172), (226, 176, 136), (190, 134, 96), (138, 92, 66), (108, 72, 56),
                                    (238, 190, 150))
HAIRS: Final[tuple[Colour, ...]] = ((66, 48, 44), (122, 78, 48), (42, 38, 48), (206, 160, 96), (158, 74, 46),
                                    (92, 62, 50))
GREY: Final[Colour] = (214, 212, 210)
COATS: Final[tuple[Colour, ...]] = ((198, 84, 66), (66, 118, 150), (222, 166, 72), (104, 140, 92), (148, 92, 134),
                                    (84, 96, 122))
WOMEN: Final = frozenset(
    """woman women girl lady mother mom mum grandmother grandma granny queen princess actress sister daughter wife aunt
    witch ballerina policewoman businesswoman waitress heroine bride nun cowgirl schoolgirl she her""".split()
)
OLD: Final = frozenset(
    "old elderly grandmother grandfather grandma grandpa granny grandad keeper aged senior pensioner".split()
)
BEARDED: Final = frozenset(
    "keeper grandfather grandpa wizard bearded beard captain santa viking pirate dwarf sorcerer merlin".split()
)


@dataclass(frozen=True, slots=True)
class Outfit:
    """Clothes of a trade: colours, what is on the head, what is over the coat, what is in the hand."""

    coat: Colour
    trousers: Colour
    hat: str = ""
    over: str = ""
    tool: str = ""
    skirt: bool = False


OUTFITS: Final[tuple[tuple[str, Outfit], ...]] = (
    ("keeper lighthousekeeper", Outfit((232, 176, 62), (52, 66, 100), "cap")),
    ("sailor fisherman captain fisher", Outfit((232, 176, 62), (52, 66, 100), "cap")),
    ("chef cook", Outfit((244, 242, 236), (64, 68, 82), "toque", "apron", "spoon")),
    ("baker", Outfit((240, 226, 204), (130, 96, 74), "toque", "apron", "bread")),
    ("barista waiter waitress potter", Outfit((84, 112, 104), (58, 56, 66), "", "apron")),
    ("astronaut cosmonaut spaceman", Outfit((236, 238, 242), (224, 228, 234), "helmet")),
    ("firefighter fireman firewoman", Outfit((66, 66, 78), (66, 66, 78), "fire", "stripes", "axe")),
    ("police policeman policewoman cop sheriff guard constable",
     Outfit((48, 66, 112), (40, 48, 78), "police", "badge")),
    ("soldier", Outfit((98, 112, 78), (86, 98, 70), "police", "badge")),
    ("builder worker engineer miner electrician plumber carpenter mechanic construction",
     Outfit((240, 138, 52), (66, 86, 128), "hard", "stripes", "hammer")),
    ("doctor pharmacist surgeon vet dentist", Outfit((240, 244, 246), (92, 150, 158), "", "stethoscope", "bag")),
    ("nurse", Outfit((120, 190, 196), (120, 190, 196), "nurse", "stethoscope")),
    ("scientist chemist professor inventor", Outfit((240, 244, 246), (92, 100, 128), "", "coat", "flask")),
    ("farmer gardener shepherd", Outfit((196, 92, 74), (84, 112, 150), "brim", "dungarees", "fork")),
    ("cowboy cowgirl", Outfit((178, 112, 72), (74, 96, 134), "brim", "scarf")),
    ("explorer ranger hiker traveller traveler climber tourist",
     Outfit((122, 146, 84), (110, 86, 66), "brim", "pack", "stick")),
    ("wizard witch magician sorcerer sorceress mage merlin", Outfit((92, 74, 158), (64, 52, 112), "pointed", "robe",
                                                                    "staff")),
    ("knight warrior gladiator", Outfit((164, 172, 184), (132, 140, 154), "visor", "armour", "sword")),
    ("pirate", Outfit((150, 52, 54), (58, 52, 60), "bandana", "sash", "sword")),
    ("viking", Outfit((128, 92, 66), (92, 84, 80), "horns", "sash", "axe")),
    ("king emperor", Outfit((150, 46, 66), (92, 52, 84), "crown", "robe")),
    ("queen princess empress", Outfit((178, 92, 158), (150, 74, 134), "crown", "", "", True)),
    ("prince", Outfit((70, 98, 166), (236, 228, 214), "crown", "sash")),
    ("dancer ballerina", Outfit((236, 150, 178), (246, 214, 206), "", "tutu")),
    ("musician guitarist singer bard rockstar", Outfit((64, 60, 76), (62, 82, 122), "", "", "guitar")),
    ("violinist conductor pianist", Outfit((48, 48, 60), (42, 42, 52), "", "tie")),
    ("businessman businesswoman business manager boss banker lawyer executive founder salesman",
     Outfit((66, 74, 98), (58, 66, 88), "", "tie", "case")),
    ("teacher writer librarian student", Outfit((118, 108, 150), (74, 72, 92), "", "", "book")),
    ("painter artist", Outfit((232, 226, 214), (74, 92, 128), "beret", "apron", "brush")),
    ("photographer", Outfit((92, 104, 92), (70, 70, 82), "beret", "", "camera")),
    ("detective spy", Outfit((176, 146, 108), (82, 76, 76), "brim", "robe")),
    ("pilot driver chauffeur postman", Outfit((48, 66, 112), (40, 48, 78), "cap", "tie")),
    ("superhero hero heroine superman", Outfit((62, 96, 190), (62, 96, 190), "", "cape")),
    ("santa", Outfit((206, 48, 50), (206, 48, 50), "santa", "belt", "sack")),
    ("monk", Outfit((142, 100, 66), (122, 84, 56), "", "robe")),
    ("runner athlete footballer player swimmer skier cyclist courier", Outfit((60, 148, 142), (44, 52, 74), "band")),
    ("ninja", Outfit((46, 48, 62), (42, 44, 56), "hood", "sash", "sword")),
    ("student schoolboy schoolgirl pupil", Outfit((84, 132, 176), (70, 76, 112), "", "pack")),
)


@dataclass(frozen=True, slots=True)
class Dress:
    """What one person wears and how they look."""

    coat: Colour
    trousers: Colour
    shoes: Colour
    skin: Colour
    hair: Colour
    hat: str
    over: str
    tool: str
    style: str
    skirt: bool
    beard: bool
    old: bool
    child: bool
    tool_colour: Colour | None = None
    wind: float = 0.0


CARRIED: Final = {
    "umbrella": "umbrella", "parasol": "umbrella", "brolly": "umbrella", "balloon": "balloon", "balloons": "balloon",
    "guitar": "guitar", "camera": "camera", "book": "book", "suitcase": "case", "briefcase": "case", "bag": "bag",
    "sword": "sword", "axe": "axe", "hammer": "hammer", "cane": "cane", "staff": "staff", "pitchfork": "fork",
    "bread": "bread", "sack": "sack", "flask": "flask",
}
"""What somebody carries who is described with it: a girl with an umbrella."""


HATS: Final = {
    "hat": "brim", "sunhat": "brim", "cap": "cap", "crown": "crown", "tiara": "crown", "helmet": "hard",
    "beret": "beret", "hood": "hood", "bandana": "bandana", "headband": "band", "bonnet": "band",
}
OVERS: Final = {
    "apron": "apron", "shawl": "shawl", "dungarees": "dungarees", "overalls": "dungarees", "tutu": "tutu",
    "robe": "robe", "sash": "sash", "vest": "stripes", "scarf": "scarf", "cape": "cape", "cloak": "cape", "tie": "tie",
    "armour": "armour", "backpack": "pack", "rucksack": "pack", "stethoscope": "stethoscope", "badge": "badge",
}
"""What somebody wears who is described with it: a grandmother with a straw hat, a boy with an apron."""


def _worn_hat(words: frozenset[str]) -> str:
    """The hat of a description, "" when it names none."""
    if "hat" in words:
        if words & {"wizard", "witch", "pointed", "pointy", "party"}:
            return "pointed"
        if words & {"hard", "safety"}:
            return "hard"
        if words & {"santa", "christmas"}:
            return "santa"
    return next((HATS[word] for word in sorted(words) if word in HATS), "")


def _worn_over(words: frozenset[str]) -> str:
    """What a description puts over the coat, "" when it names nothing."""
    return next((OVERS[word] for word in sorted(words) if word in OVERS), "")


def dress(look: Look) -> Dress:
    """Clothes, skin and hair from a person's words and its stable variation."""
    pick = int(look.variety * 9973)
    words = look.words
    woman = not WOMEN.isdisjoint(words)
    man = look.says("man", "boy", "guy", "gentleman", "father", "king", "prince", "he", "grandfather", "grandpa",
                    "policeman", "fireman")
    child = look.says("child", "boy", "girl", "kid", "toddler", "schoolboy", "schoolgirl", "son", "daughter", "baby",
                      "children")
    old = not OLD.isdisjoint(words) and not look.says("younger", "young")
    known = next((outfit for names, outfit in OUTFITS if not words.isdisjoint(names.split())), None)
    if known is None:
        coat = COATS[pick // 3 % len(COATS)]
        if woman and pick % 3 == 0:
            coat = (190, 70, 98)
        elif child and pick % 2:
            coat = (84, 152, 196)
        trousers = ((58, 64, 92), (92, 78, 70), (70, 62, 96), (62, 82, 122))[pick // 5 % 4]
        known = Outfit(coat, trousers)
    carried = next((CARRIED[word] for word in sorted(words) if word in CARRIED), "")
    female = woman or (not man and pick // 11 % 2 == 0)
    plain = woman and not known.over and not known.hat
    return Dress(
        coat=look.main(known.coat),
        trousers=look.thing("trousers", known.trousers),
        shoes=look.thing("shoes", (62, 48, 48) if not child else (206, 84, 74)),
        skin=_skin(look, pick),
        hair=look.thing("hair", _hair(look, pick, old)),
        hat=_worn_hat(words) or known.hat,
        over=_worn_over(words) or known.over or ("shawl" if old and woman else ""),
        tool=carried or known.tool or ("cane" if old and not look.says("keeper", "captain") else ""),
        style=_style(look, pick, female=female, woman=woman, old=old),
        skirt=known.skirt or look.says("dress", "skirt", "gown") or (plain and (child or old or pick % 3 == 1)),
        beard=not BEARDED.isdisjoint(words) or (man and not child and not known.hat and pick % 4 == 0),
        old=old,
        child=child,
        tool_colour=dict(look.things).get(carried or known.tool),
        wind=look.wind,
    )


def _skin(look: Look, pick: int) -> Colour:
    if look.says("african", "black", "dark") and look.colour is None:
        return SKINS[3 + pick % 2]
    return (130, 190, 110) if look.says("goblin", "orc", "alien", "zombie") else SKINS[pick % len(SKINS)]


def _hair(look: Look, pick: int, old: bool) -> Colour:
    if old or look.says("wizard", "santa", "merlin"):
        return GREY
    for words, tone in ((("blond", "blonde", "fair"), (226, 186, 110)),
                        (("redhead", "redhaired", "ginger"), (196, 92, 48)),
                        (("brunette",), (110, 70, 46)), (("grey", "gray", "white"), GREY)):
        if look.says(*words) and (look.says("hair", "haired") or words[0] not in {"grey", "fair"}):
            return tone
    return HAIRS[pick // 7 % len(HAIRS)]


def _style(look: Look, pick: int, *, female: bool, woman: bool, old: bool) -> str:
    for style in ("bald", "curly", "ponytail", "bun"):
        if look.says(style):
            return style
    if look.says("afro"):
        return "curly"
    if woman and old:
        return "bun"
    if female:
        return ("long", "bun", "ponytail", "curly", "bob")[pick // 13 % 5] if not woman or pick % 7 else "long"
    if old:
        return ("bald", "short")[pick % 2]
    return ("short", "crop", "curly", "quiff")[pick // 13 % 4]
