"""Reading the cast: which drawing each member gets, what each does, who rides what."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

from cutaway_providers.sketch.belongings import belongings
from cutaway_providers.sketch.counts import MAX_SHOWN, count_of
from cutaway_providers.sketch.names import VAGUE_KINDS, subject_note
from cutaway_providers.sketch.palette import Colour, colour_of
from cutaway_providers.sketch.pictures import picture_of
from cutaway_providers.sketch.told import TOLD, told_things
from cutaway_providers.sketch.words import DEED_WORDS, PHRASES, SUBJECT_WORDS, deeds_in, naming, words_of

PRODUCTS: Final = frozenset(
    """lantern mug bottle box phone laptop camera watch headphones shoe backpack umbrella ball balloon book cake burger
    pizza teapot kettle chair guitar flower tree""".split()
)
BUILDINGS: Final = frozenset({"lighthouse", "house", "castle", "windmill", "church", "skyscraper"})
AFLOAT: Final = frozenset({"boat", "sailboat", "ship"})
SWIMMERS: Final = frozenset({"fish", "shark", "whale", "dolphin", "octopus"})
BIRDS: Final = frozenset({"bird", "eagle", "owl"})
AIRCRAFT: Final = frozenset({"aeroplane", "helicopter", "hot air balloon", "flying saucer"})
ROAD: Final = frozenset({"car", "truck", "bus", "train", "tractor", "motorcycle", "bicycle"})
PEOPLE: Final = frozenset({"person", "child"})
MAX_CAST: Final = 4


@dataclass(frozen=True, slots=True)
class Member:
    """One of the cast: its drawing (`card` when there is none), colour and words, what it does, how many it is.

    `things` are what it has that is of another colour than its own; `told`: the action alone names it; `held`: somebody
    has it in the hand.
    """

    id: str
    subject: str
    label: str
    colour: Colour | None
    words: frozenset[str]
    deed: str
    references: tuple[str, ...] = ()
    rides: str = ""
    things: tuple[tuple[str, Colour], ...] = ()
    noun: tuple[str, ...] = ()
    count: int = 1
    told: bool = False
    held: bool = False


def text_of(scene: dict[str, Any], key: str) -> str:
    """The text under `key`, empty when it is none."""
    value = scene.get(key, "")
    return value if isinstance(value, str) else ""


def read_cast(scene: dict[str, Any], action: list[str], notes: list[str]) -> tuple[Member, ...]:
    """The members to draw, mounts brought along before their riders; `notes` gains what could not be as asked."""
    entries = [e for e in scene.get("cast") or () if isinstance(e, dict)]
    if len(entries) > MAX_CAST:
        notes.append(f"I draw up to {MAX_CAST} of the cast in one shot; {len(entries)} were asked for.")
    entries = entries[:MAX_CAST]
    entries += told_things(action, entries, MAX_CAST - len(entries))
    members = [_member(entry, action, entries, notes) for entry in entries]
    members = _mounted(members, action)
    return tuple(members)


def _member(entry: dict[str, Any], action: list[str], entries: list[dict[str, Any]], notes: list[str]) -> Member:
    kind, name, description = (text_of(entry, key) for key in ("kind", "name", "description"))
    subject, word = _named(kind, name, description)
    things, own = belongings(description)
    words = frozenset(words_of(kind, name, own))
    count = count_of(words_of(kind) or words_of(name), word)
    if count > MAX_SHOWN:
        notes.append(f"I draw up to {MAX_SHOWN} of a kind, not {(kind or name)[:60]!r}.")
    # A product with a picture is shown by its picture, not by the drawing.
    if subject != "card" and word not in PHRASES and not (entry.get("references") and subject in PRODUCTS):
        note = subject_note(kind, subject, word)
        notes += [note] if note else []
    return Member(
        id=text_of(entry, "id") or name or kind or "member",
        subject=subject,
        label=(name or kind or text_of(entry, "id") or "?").strip()[:60],
        colour=colour_of(text_of(entry, "colour"), kind, own),
        things=tuple(things.items()),
        words=words,
        deed=_deed(subject, words, action, entries, entry),
        references=tuple(str(r) for r in entry.get("references") or ()),
        noun=(word,) if subject == "card" and word else tuple(words_of(kind) or words_of(name)),
        count=min(count, MAX_SHOWN),
        told=text_of(entry, "id").startswith(TOLD),
        held=bool(entry.get("held")),
    )


def _named(kind: str, name: str, description: str) -> tuple[str, str]:
    """The drawing for this kind, or else for the name or the description, with the word that found it."""
    for text, last in ((kind, True), (name, True), (description, False)):
        words = words_of(text)
        spoken = f" {' '.join(words)} "
        phrase = next((p for p in PHRASES if f" {p} " in spoken or f" {p}s " in spoken), None)
        if phrase and (last or PHRASES[phrase] != "card"):
            return PHRASES[phrase], phrase
        found = naming(SUBJECT_WORDS, words, last=last)
        if found:
            return found
        # Rather the picture of an otter than the drawing of whatever its name or description happens to hold.
        if text is kind and words and picture_of(words) and not VAGUE_KINDS & set(words):
            return "card", ""
    return "card", ""


_WHEELS: Final = ("drive", "ride", "walk", "run", "idle", "climb", "stop")
_SAILS: Final = ("sail", "walk", "run", "ride", "row", "idle", "stop")
_WINGS: Final = ("fly", "sit", "idle", "jump", "talk", "rise", "fall")
_SWIMS: Final = ("swim", "idle", "jump", "rise", "fall", "walk", "run")
_FLIES: Final = ("fly", "idle", "rise", "fall", "stop")
CAN: Final[dict[str, tuple[str, ...]]] = {
    **dict.fromkeys(ROAD, _WHEELS),
    **dict.fromkeys(AIRCRAFT, _FLIES),
    **dict.fromkeys(BIRDS, _WINGS),
    **dict.fromkeys(SWIMMERS, _SWIMS),
    **dict.fromkeys(PRODUCTS, ("idle", "fall", "rise", "jump")),
    **dict.fromkeys(BUILDINGS, ("idle",)),
    "boat": ("row", "sail", "walk", "run", "ride", "idle", "stop"),
    "sailboat": _SAILS,
    "ship": _SAILS,
    "rocket": ("rise", "fly", "fall", "idle"),
    "butterfly": ("fly", "sit", "idle"),
    "bee": ("fly", "sit", "idle"),
    "dragon": ("fly", "walk", "run", "sit", "idle", "talk", "stop"),
    "duck": ("swim", "fly", "walk", "run", "sit", "idle", "jump", "talk"),
    "swan": ("swim", "fly", "walk", "sit", "idle"),
}  # fmt: skip
TURNING: Final = frozenset(
    "turntable rotates rotate rotating spins spin spinning turns turning revolves revolving".split()
)
ANIMAL_CAN: Final = ("walk", "run", "climb", "jump", "sit", "idle", "swim", "talk", "fall", "rise", "stop", "wave")
RESTS: Final[dict[str, str]] = {
    **dict.fromkeys((*BIRDS, *AIRCRAFT, "butterfly", "bee"), "fly"),
    **dict.fromkeys(SWIMMERS, "swim"),
    **dict.fromkeys(AFLOAT, "sail"),
}
"""What these do when nothing is said of them."""


def _deed(
    subject: str, words: frozenset[str], action: list[str], entries: list[dict[str, Any]], own: dict[str, Any]
) -> str:
    """What this one does: the first deed told after it is named, else the first deed of all it can do."""
    if subject in PRODUCTS and len(entries) == 1 and (shown := _shown(action, words)):
        return shown
    able = tuple(DEED_WORDS) if subject in PEOPLE or subject == "robot" else CAN.get(subject, ANIMAL_CAN)
    told = deeds_in(action)
    others = [set(words_of(text_of(e, "kind"), text_of(e, "name"))) for e in entries if e is not own]
    foreign = set().union(*others) if others else set()
    start = next((i for i, w in enumerate(action) if w in words), None)
    if start is not None:
        end = next(
            (i for i in range(start + 1, len(action)) if action[i] in foreign and action[i] not in words), len(action)
        )
        mine = [deed for i, deed in told if start < i < end and deed in able]
        if mine:
            return _whole(mine[0], mine)
    possible = [deed for _, deed in told if deed in able]
    strong = [deed for deed in possible if deed not in {"walk", "idle"}]
    # Things are moved by what is said of them alone, not by what somebody else does.
    if possible and not (subject in PRODUCTS and len(entries) > 1):
        return _whole(strong[0] if strong else possible[0], possible)
    return RESTS.get(subject, "idle")


def _shown(action: list[str], words: frozenset[str]) -> str:
    """How a product alone is shown off: `turn` on a turntable, as a `hero` from below, or neither."""
    said = words | set(action)
    if said & TURNING:
        return "turn"
    return "hero" if "hero" in said or {"low", "angle"} <= said else ""


def _whole(deed: str, told: list[str]) -> str:
    """The deed told, or `stop` when it is a way of going that is said to end."""
    return "stop" if "stop" in told and deed in {"walk", "run", "drive", "ride", "sail"} else deed


SEATS: Final = {"boat": "row", "bicycle": "ride", "motorcycle": "ride", "horse": "ride", "car": "drive"}


def _mounted(members: list[Member], action: list[str]) -> list[Member]:
    """Seat people in the boat, car or on the bicycle of the shot; bring one when the deed needs it."""
    said = set(action)
    people = [m for m in members if m.subject in PEOPLE or m.subject == "robot"]
    for rider in people:
        ride = _mount_for(rider, members, said)
        if not ride and rider.deed in {"drive", "ride"}:
            members = _inside(rider, members)
        if not ride:
            continue
        known = next((m for m in members if m.subject == ride and not any(o.rides == m.id for o in members)), None)
        if known is None and len(members) >= MAX_CAST + 1:
            continue
        if known is None:
            known = Member(f"{rider.id}.{ride}", ride, ride, None, frozenset(), rider.deed)
            members.insert(members.index(rider), known)
        seated = replace(rider, deed=SEATS.get(ride, "sit"), rides=known.id, count=1)
        mover = rider.deed if rider.deed in {"row", "sail", "ride", "drive", "walk", "run"} else known.deed
        moved = replace(known, deed=mover, count=1)
        members = [seated if m.id == rider.id else moved if m.id == known.id else m for m in members]
    return members


def _inside(rider: Member, members: list[Member]) -> list[Member]:
    """Who drives what nobody can be seen in is out of sight; who rides what is not drawn stands."""
    cab = next((m for m in members if m.subject in CABS), None) if rider.deed == "drive" else None
    if cab is None:
        return [replace(m, deed="idle") if m is rider else m for m in members]
    return [replace(m, deed="drive") if m is cab else m for m in members if m is not rider]


CABS: Final = frozenset({"truck", "bus", "train", "tractor"})
NO_BICYCLE: Final = frozenset(
    """wave waves surf surfs surfboard skateboard scooter board sled sledge lift elevator escalator carousel camel
    elephant dragon broom rollercoaster coaster bus train tram taxi metro subway unicorn donkey wheelchair""".split()
)
"""Who rides one of these rides no bicycle, even where there is no drawing to sit on."""


def _mount_for(rider: Member, members: list[Member], said: set[str]) -> str:
    have = {m.subject for m in members}
    if rider.deed == "row" or (rider.deed == "sail" and "boat" in have):
        return "boat" if "boat" in have or "sailboat" not in have else "sailboat"
    if rider.deed == "sail":
        return "sailboat"
    if rider.deed == "drive":
        return "" if have & CABS else "car"
    if rider.deed == "ride":
        steed = next((s for s in ("horse", "motorcycle", "bicycle") if s in have), "")
        if not steed and said & NO_BICYCLE:
            return ""
        return steed or ("car" if "car" in have else "horse" if said & {"horse", "horseback"} else "bicycle")
    if "bicycle" in have and said & {"bicycle", "bike"}:
        return "bicycle"
    if "boat" in have and (said & {"boat", "fishing", "fishes", "fish"}):
        return "boat"
    return ""
