"""Reading a shot: from the order's scene (or, without one, its words) to what is to be drawn, with notes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from cutaway.contract import SCENE_VERSION, GenerationRequest
from cutaway.errors import ProviderError
from cutaway_providers.sketch.names import setting_note, spoken_setting, subject_note
from cutaway_providers.sketch.palette import HOURS, Colour, colour_of
from cutaway_providers.sketch.telling import one_place, told_hour, told_look
from cutaway_providers.sketch.words import (
    DEED_WORDS,
    SETTING_WORDS,
    SUBJECT_WORDS,
    WEAK_SETTING_WORDS,
    deeds_in,
    naming,
    spelled,
    words_of,
)  # fmt: skip

WEATHERS: Final = ("clear", "rain", "snow", "fog", "storm", "wind")
CAMERAS: Final = ("static", "dolly_in", "dolly_out", "pan_left", "pan_right", "tilt_up", "tilt_down", "orbit")
LOOKS: Final = ("paper", "ink", "neon", "blueprint", "chalkboard")
PRODUCTS: Final = frozenset({"lantern", "mug", "bottle", "box"})
PEOPLE: Final = frozenset({"person", "child"})
WATER: Final = frozenset({"sea", "harbour", "lake", "beach"})
INDOORS: Final = frozenset({"room", "kitchen", "office", "studio", "stairs"})
WINDOWLESS: Final = frozenset({"studio"})
AIRLESS: Final = frozenset({"space", "underwater"})
OUT_THERE: Final = {"space": "in space", "underwater": "under water"}
STAIRS: Final = frozenset({"stairs", "stair", "staircase", "stairway", "steps"})
# In an action these are deeds or goals: who waters the plants or passes by is not at sea or in the mountains.
NO_PLACE: Final = frozenset({"home", "house", "water", "waters", "pass", "passes", "moon"})
MAX_CAST: Final = 4


@dataclass(frozen=True, slots=True)
class Member:
    """One of the cast: which drawing (`card` when there is none), its colour and words, and what it does."""

    id: str
    subject: str
    label: str
    colour: Colour | None
    words: frozenset[str]
    deed: str
    references: tuple[str, ...] = ()
    rides: str = ""


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is to be drawn, read from the order. `notes` says what could not be read as asked."""

    cast: tuple[Member, ...]
    setting: str
    setting_words: frozenset[str]
    hour: str
    weather: str
    camera: str
    lighting: str
    look: str
    action_words: frozenset[str]
    leftward: bool
    seed: str
    notes: tuple[str, ...] = ()


def read(request: GenerationRequest) -> Sketch:
    """What `request` asks to see. Raises `ProviderError` (invalid) for a scene of another schema."""
    scene = dict(request.scene)
    if scene and scene.get("schema") != SCENE_VERSION:
        raise ProviderError(
            f"The scene's schema is {scene.get('schema')!r}; the sketch artist reads {SCENE_VERSION}.",
            kind="invalid",
            fix="Make the order with cutaway.storyboard.brief.order, or leave the scene empty.",
        )
    if not scene:
        scene = _from_words(request.brief.prompt)
    notes: list[str] = []
    action = words_of(_text(scene, "action"))
    setting_words = words_of(_text(scene, "setting"))
    cast = _cast(scene, action, notes)
    setting = _setting(_text(scene, "setting"), setting_words, action, cast, notes)
    weather = _choice(scene, "weather", WEATHERS, "clear", notes)
    hour = _choice(scene, "time_of_day", tuple(HOURS), "day", notes)
    if setting in WINDOWLESS and weather != "clear":
        notes.append(f"It is indoors, so the {weather} does not show.")
    if setting in AIRLESS and weather != "clear":
        notes.append(f"There is no {weather} {OUT_THERE[setting]}, so I left it out.")
    style = dict(scene.get("style") or {})
    look = _choice(style, "look", LOOKS, "paper", notes)
    notes += told_hour(setting_words, action, hour, {w for member in cast for w in member.words})
    look, said = told_look(look, _text(style, "words"))
    notes += said
    return Sketch(
        cast=cast,
        setting=setting,
        setting_words=frozenset(setting_words + action),
        hour=hour,
        weather=weather,
        camera=_choice(scene, "camera", CAMERAS, "static", notes),
        lighting=_text(scene, "lighting"),
        look=look,
        action_words=frozenset(action),
        leftward="left" in action or "leftward" in action,
        seed=f"{scene.get('seed', 0)}.{request.seed}",
        notes=tuple(dict.fromkeys(notes)),
    )


def _text(scene: dict[str, Any], key: str) -> str:
    value = scene.get(key, "")
    return value if isinstance(value, str) else ""


def _choice(scene: dict[str, Any], key: str, allowed: tuple[str, ...], default: str, notes: list[str]) -> str:
    value = scene.get(key, default) or default
    if value in allowed:
        return str(value)
    notes.append(f"I do not know the {key.replace('_', ' ')} {str(value)[:40]!r}, so I drew {default!r}.")
    return default


def _from_words(prompt: str) -> dict[str, Any]:
    words = words_of(prompt)
    known = spelled(SUBJECT_WORDS)
    places = spelled(SETTING_WORDS)
    named: dict[str, int] = {}
    for place, word in enumerate(words):
        if word in known and (word not in places or place < 4):
            named.setdefault(known[word], place)
    cast = [
        {"id": subject, "name": words[place], "kind": " ".join(words[max(0, place - 2) : place + 1]), "description": ""}
        for subject, place in list(named.items())[:MAX_CAST]
    ]
    joined = set(words)
    hour = next((h for h in ("night", "dusk", "dawn") if h in joined), "day")
    if joined & {"sunset", "evening", "twilight"}:
        hour = "dusk"
    elif joined & {"sunrise", "morning"}:
        hour = "dawn"
    elif joined & {"midnight", "moonlight", "moonlit"}:
        hour = "night"
    spoken = {"rainy": "rain", "raining": "rain", "snowy": "snow", "snowing": "snow", "foggy": "fog", "mist": "fog",
              "stormy": "storm", "thunder": "storm", "windy": "wind"} | {w: w for w in WEATHERS}  # fmt: skip
    weather = next((spoken[w] for w in words if w in spoken), "clear")
    return {
        "schema": SCENE_VERSION, "cast": cast, "action": prompt, "setting": "", "time_of_day": hour,
        "weather": weather, "camera": "static", "seed": 0,
    }  # fmt: skip


def _cast(scene: dict[str, Any], action: list[str], notes: list[str]) -> tuple[Member, ...]:
    entries = [e for e in scene.get("cast") or () if isinstance(e, dict)]
    if len(entries) > MAX_CAST:
        notes.append(f"I draw up to {MAX_CAST} of the cast in one shot; {len(entries)} were asked for.")
    members = [_member(entry, action, entries, notes) for entry in entries[:MAX_CAST]]
    members = _mounted(members, action)
    for member in members:
        if member.subject == "card" and not member.references:
            notes.append(f"I have no drawing for {member.label!r}, so it is a labelled card.")
    return tuple(members)


def _member(entry: dict[str, Any], action: list[str], entries: list[dict[str, Any]], notes: list[str]) -> Member:
    kind, name, description = (_text(entry, key) for key in ("kind", "name", "description"))
    subject, word = (
        naming(SUBJECT_WORDS, words_of(kind), last=True)
        or naming(SUBJECT_WORDS, words_of(name), last=True)
        or naming(SUBJECT_WORDS, words_of(description))
        or ("card", "")
    )
    words = frozenset(words_of(kind, name, description))
    if subject == "boat" and words & {"sail", "sails", "sailing"}:
        subject = "sailboat"
    # A product with a picture is shown by its picture, not by the drawing.
    if subject != "card" and not (entry.get("references") and subject in PRODUCTS):
        note = subject_note(kind, subject, word)
        notes += [note] if note else []
    return Member(
        id=_text(entry, "id") or name or kind or "member",
        subject=subject,
        label=(name or kind or _text(entry, "id") or "?").strip()[:60],
        colour=colour_of(_text(entry, "colour"), kind, description),
        words=words,
        deed=_deed(subject, words, action, entries, entry),
        references=tuple(str(r) for r in entry.get("references") or ()),
    )


CAN: Final[dict[str, tuple[str, ...]]] = {
    "bird": ("fly", "sit", "idle", "jump"),
    "car": ("drive", "ride", "walk", "run", "idle", "climb"),
    "bicycle": ("ride", "walk", "run", "drive", "idle", "climb"),
    "boat": ("row", "sail", "walk", "run", "ride", "idle"),
    "sailboat": ("sail", "row", "walk", "run", "ride", "idle"),
}
ANIMAL_CAN: Final = ("walk", "run", "climb", "jump", "sit", "idle", "swim")


def _deed(
    subject: str, words: frozenset[str], action: list[str], entries: list[dict[str, Any]], own: dict[str, Any]
) -> str:
    """What this one does: the first deed told after it is named, else the first deed of all it can do."""
    if subject in PEOPLE:
        able = tuple(DEED_WORDS)
    elif subject in CAN:
        able = CAN[subject]
    elif subject in PRODUCTS or subject in {"lighthouse", "house"}:
        return "idle"
    else:
        able = ANIMAL_CAN
    told = deeds_in(action)
    others = [set(words_of(_text(e, "kind"), _text(e, "name"))) for e in entries if e is not own]
    foreign = set().union(*others) if others else set()
    start = next((i for i, w in enumerate(action) if w in words), None)
    if start is not None:
        end = next(
            (i for i in range(start + 1, len(action)) if action[i] in foreign and action[i] not in words), len(action)
        )
        mine = [deed for i, deed in told if start < i < end and deed in able]
        if mine:
            return mine[0]
    possible = [deed for _, deed in told if deed in able]
    strong = [deed for deed in possible if deed not in {"walk", "idle"}]
    if possible:
        return strong[0] if strong else possible[0]
    if subject == "bird":
        return "fly"
    return "sail" if subject in {"boat", "sailboat"} else "idle"


def _mounted(members: list[Member], action: list[str]) -> list[Member]:
    """Seat people in the boat, car or on the bicycle of the shot; bring one when the deed needs it."""
    said = set(action)
    people = [m for m in members if m.subject in PEOPLE or m.subject == "robot"]
    for rider in people:
        ride = _mount_for(rider, members, said)
        if not ride:
            continue
        known = next((m for m in members if m.subject == ride and not any(o.rides == m.id for o in members)), None)
        if known is None and len(members) >= MAX_CAST + 1:
            continue
        if known is None:
            known = Member(f"{rider.id}.{ride}", ride, ride, None, frozenset(), rider.deed)
            members.insert(members.index(rider), known)
        deed = {"boat": "row", "sailboat": "sit", "bicycle": "ride", "car": "drive"}[ride]
        seated = Member(
            rider.id, rider.subject, rider.label, rider.colour, rider.words, deed, rider.references, known.id
        )
        mover = rider.deed if rider.deed in {"row", "sail", "ride", "drive", "walk", "run"} else known.deed
        moved = Member(known.id, known.subject, known.label, known.colour, known.words, mover, known.references)
        members = [seated if m.id == rider.id else moved if m.id == known.id else m for m in members]
    return members


def _mount_for(rider: Member, members: list[Member], said: set[str]) -> str:
    have = {m.subject for m in members}
    if rider.deed == "row" or (rider.deed == "sail" and "boat" in have):
        return "boat" if "boat" in have or "sailboat" not in have else "sailboat"
    if rider.deed == "sail":
        return "sailboat"
    if rider.deed == "drive":
        return "car"
    if rider.deed == "ride":
        return "car" if "car" in have and "bicycle" not in have else "bicycle"
    if "bicycle" in have and said & {"bicycle", "bike"}:
        return "bicycle"
    if "boat" in have and (said & {"boat", "fishing", "fishes", "fish"}):
        return "boat"
    return ""


def _setting(text: str, words: list[str], action: list[str], cast: tuple[Member, ...], notes: list[str]) -> str:
    deeds = {m.deed for m in cast}
    subjects = {m.subject for m in cast}
    afloat = bool(subjects & {"boat", "sailboat"})
    strong = [w for w in words if w not in WEAK_SETTING_WORDS]
    told = words
    named = naming(SETTING_WORDS, strong, last=True) or naming(SETTING_WORDS, words, last=True)
    if (named is None or named[0] in {"beach", "room"}) and "climb" in deeds and STAIRS & set(action):
        return "sea" if afloat else "stairs"
    both = one_place(words, strong) if text.strip() else None
    if both is not None:
        notes += both[1]
        return both[0]
    if text.strip() and named is None:
        default = _default_setting(subjects, afloat, deeds)
        notes.append(f"I have no backdrop for {text.strip()[:60]!r}, so I drew {spoken_setting(default)}.")
        return default
    if named is None:
        told = [w for w in action if w not in NO_PLACE]
        named = naming(SETTING_WORDS, told)
    if named is None:
        return "sea" if afloat else _default_setting(subjects, afloat, deeds)
    drawn = "sea" if afloat and named[0] not in WATER else named[0]
    note = setting_note(told, drawn, named[1])
    # A lighthouse that is one of the cast is drawn as itself.
    if note and not (named[1] == "lighthouse" and "lighthouse" in subjects):
        notes.append(note)
    return drawn


def _default_setting(subjects: set[str], afloat: bool, deeds: set[str]) -> str:
    if afloat or "swim" in deeds:
        return "sea"
    if subjects and subjects <= PRODUCTS:
        return "studio"
    if "lighthouse" in subjects:
        return "beach"
    return "city" if "car" in subjects else "meadow"
