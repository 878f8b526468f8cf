"""What people wear, by their words: clothes, hair and hats."""

# Coordinates read better in rows than one to a line.
# fmt: off
from __future__ import annotations

from dataclasses import dataclass

from cutaway_providers.sketch.palette import Colour
from cutaway_providers.sketch.pen import Pen, shade
from cutaway_providers.sketch.subjects.drawing import Look

SKINS: tuple[Colour, ...] = ((246, 208, 172), (226, 176, 136), (190, 134, 96), (138, 92, 66))
HAIRS: tuple[Colour, ...] = ((66, 48, 44), (122, 78, 48), (42, 38, 48), (206, 160, 96))


@dataclass(frozen=True, slots=True)
class Dress:
    """What one person wears."""

    coat: Colour
    trousers: Colour
    shoes: Colour
    skin: Colour
    hair: Colour
    hat: str
    long_hair: bool
    skirt: bool
    beard: bool


def dress(look: Look) -> Dress:
    """Clothes, skin and hair from a person's words and its stable variation."""
    pick = int(look.variety * 997)
    woman = look.says("woman", "girl", "lady", "mother", "grandmother", "queen", "princess", "actress", "sister", "she")
    coat, trousers, hat = (198, 84, 66), (58, 64, 92), ""
    if look.says("keeper", "sailor", "fisherman", "captain", "fisher"):
        coat, trousers, hat = (232, 176, 62), (52, 66, 100), "cap"
    elif look.says("chef", "cook"):
        coat, trousers, hat = (244, 242, 236), (64, 68, 82), "toque"
    elif look.says("baker"):
        coat, trousers, hat = (240, 226, 204), (130, 96, 74), "toque"
    elif look.says("astronaut", "cosmonaut", "spaceman"):
        coat, trousers, hat = (236, 238, 242), (224, 228, 234), "helmet"
    elif look.says("worker", "builder", "engineer", "miner", "electrician", "plumber"):
        coat, trousers, hat = (240, 138, 52), (66, 86, 128), "hard"
    elif look.says("doctor", "nurse", "scientist", "chemist", "pharmacist"):
        coat, trousers = (240, 244, 246), (92, 150, 158)
    elif look.says("wizard", "witch", "magician"):
        coat, trousers, hat = (92, 74, 158), (64, 52, 112), "pointed"
    elif look.says("farmer", "gardener", "cowboy", "explorer", "ranger", "hiker"):
        coat, trousers, hat = (122, 146, 84), (110, 86, 66), "brim"
    elif woman:
        coat, trousers = (190, 70, 98), (70, 62, 96)
    elif look.says("child", "boy", "kid", "toddler"):
        coat, trousers = (84, 152, 196), (70, 76, 112)
    return Dress(
        coat=look.main(coat),
        trousers=trousers,
        shoes=(62, 48, 48),
        skin=SKINS[pick % len(SKINS)],
        hair=(214, 212, 210) if look.says("old", "elderly", "grandmother", "grandfather", "keeper")
        else HAIRS[pick // 7 % len(HAIRS)],
        hat=hat,
        long_hair=woman,
        skirt=woman and look.says("dress", "skirt", "gown", "princess", "queen"),
        beard=look.says("keeper", "grandfather", "wizard", "bearded", "beard", "captain"),
    )


def put_on_hat(pen: Pen, wear: Dress, x: float, y: float) -> None:
    """The hat for this dress on a head around (x, y)."""
    if wear.hat == "cap":
        navy = (44, 58, 96)
        pen.blob([(x - 0.105, y + 0.055), (x - 0.10, y + 0.12), (x - 0.01, y + 0.145), (x + 0.08, y + 0.115),
                  (x + 0.09, y + 0.06)], navy)
        pen.blob([(x + 0.03, y + 0.075), (x + 0.10, y + 0.07), (x + 0.145, y + 0.045), (x + 0.07, y + 0.045)],
                 shade(navy, -0.35), edge=0)
        pen.limb([(x - 0.098, y + 0.062), (x + 0.088, y + 0.064)], [0.026, 0.026], (226, 186, 92))
    elif wear.hat == "toque":
        pen.blob([(x - 0.10, y + 0.14), (x - 0.13, y + 0.20), (x - 0.06, y + 0.25), (x + 0.01, y + 0.24),
                  (x + 0.07, y + 0.25),
                  (x + 0.125, y + 0.19), (x + 0.085, y + 0.13)], (250, 249, 244))
        pen.box(x - 0.095, y + 0.06, x + 0.085, y + 0.145, (240, 238, 230))
    elif wear.hat == "helmet":
        pen.oval(x + 0.005, y + 0.005, 0.145, 0.145, (238, 240, 244), edge=0.012)
        pen.blob([(x + 0.0, y + 0.085), (x + 0.09, y + 0.085), (x + 0.125, y + 0.01), (x + 0.09, y - 0.065),
                  (x + 0.0, y - 0.065),
                  (x - 0.03, y + 0.01)], (64, 92, 132), edge=0)
        pen.blob([(x + 0.02, y + 0.065), (x + 0.07, y + 0.065), (x + 0.09, y + 0.02), (x + 0.03, y + 0.03)],
                 (150, 190, 222), edge=0)
    elif wear.hat == "hard":
        pen.blob([(x - 0.105, y + 0.055), (x - 0.085, y + 0.12), (x, y + 0.15), (x + 0.08, y + 0.115),
                  (x + 0.10, y + 0.055)], (250, 206, 66))
        pen.limb([(x - 0.12, y + 0.055), (x + 0.145, y + 0.052)], [0.024, 0.02], (228, 178, 44))
    elif wear.hat == "pointed":
        pen.poly([(x - 0.10, y + 0.06), (x - 0.06, y + 0.32), (x + 0.09, y + 0.06)], wear.coat)
        pen.limb([(x - 0.16, y + 0.05), (x + 0.16, y + 0.05)], [0.03, 0.03], shade(wear.coat, -0.2))
    elif wear.hat == "brim":
        pen.blob([(x - 0.09, y + 0.06), (x - 0.07, y + 0.14), (x, y + 0.13), (x + 0.07, y + 0.14),
                  (x + 0.085, y + 0.06)], (176, 132, 84))
        pen.limb([(x - 0.17, y + 0.06), (x, y + 0.052), (x + 0.18, y + 0.06)], [0.02, 0.03, 0.02], (158, 116, 72))
