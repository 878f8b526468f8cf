"""Reading a shot: from the order's scene (or, without one, its words) to what is to be drawn, with notes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from cutaway.contract import SCENE_VERSION, GenerationRequest
from cutaway.errors import ProviderError
from cutaway_providers.sketch.casting import (
    AFLOAT,
    BUILDINGS,
    MAX_CAST,
    PEOPLE,
    PRODUCTS,
    Member,
    read_cast,
    text_of,
)
from cutaway_providers.sketch.grades import told_light
from cutaway_providers.sketch.names import setting_note, spoken_setting
from cutaway_providers.sketch.palette import HOURS
from cutaway_providers.sketch.relations import Tie, read_ties
from cutaway_providers.sketch.telling import one_place, told_hour, told_look
from cutaway_providers.sketch.words import (
    AMBIGUOUS,
    SETTING_WORDS,
    SUBJECT_WORDS,
    WEAK_SETTING_WORDS,
    naming,
    spelled,
    words_of,
)  # fmt: skip

__all__ = ["AFLOAT", "BUILDINGS", "PEOPLE", "PRODUCTS", "Member", "Sketch", "read"]
WEATHERS: Final = ("clear", "rain", "snow", "fog", "storm", "wind")
CAMERAS: Final = ("static", "dolly_in", "dolly_out", "pan_left", "pan_right", "tilt_up", "tilt_down", "orbit")
LOOKS: Final = ("paper", "ink", "neon", "blueprint", "chalkboard")
WATER: Final = frozenset({"sea", "harbour", "lake", "beach"})
INDOORS: Final = frozenset({"room", "kitchen", "office", "studio", "stairs"})
ROOFED: Final = frozenset({"station"})
"""Places whose roof keeps rain and snow off the cast."""
WINDOWLESS: Final = frozenset({"studio"})
AIRLESS: Final = frozenset({"space", "underwater"})
OUT_THERE: Final = {"space": "in space", "underwater": "under water"}
STAIRS: Final = frozenset({"stairs", "stair", "staircase", "stairway", "steps"})
# In an action these are deeds or goals: who waters the plants or passes by is not at sea or in the mountains.
NO_PLACE: Final = frozenset({"home", "house", "water", "waters", "pass", "passes", "moon"})


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
    ties: tuple[Tie, ...] = ()


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
    action = words_of(text_of(scene, "action"))
    setting_words = words_of(text_of(scene, "setting"))
    cast = read_cast(scene, action, notes)
    setting = _setting(text_of(scene, "setting"), setting_words, action, cast, notes)
    weather = _choice(scene, "weather", WEATHERS, "clear", notes)
    hour = _choice(scene, "time_of_day", tuple(HOURS), "day", notes)
    if setting in WINDOWLESS and weather != "clear":
        notes.append(f"It is indoors, so the {weather} does not show.")
    if setting in AIRLESS and weather != "clear":
        notes.append(f"There is no {weather} {OUT_THERE[setting]}, so I left it out.")
    style = dict(scene.get("style") or {})
    look = _choice(style, "look", LOOKS, "paper", notes)
    notes += told_hour(setting_words, action, hour, {w for member in cast for w in member.words})
    look, said = told_look(look, text_of(style, "words"))
    notes += [*said, *told_light(text_of(scene, "lighting"))]
    return Sketch(
        cast=cast,
        setting=setting,
        setting_words=frozenset(setting_words + action),
        hour=hour,
        weather=weather,
        camera=_choice(scene, "camera", CAMERAS, "static", notes),
        lighting=text_of(scene, "lighting"),
        look=look,
        action_words=frozenset(action),
        leftward="left" in action or "leftward" in action,
        seed=f"{scene.get('seed', 0)}.{request.seed}",
        notes=tuple(dict.fromkeys(notes)),
        ties=read_ties(cast, action),
    )


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
        plain = word not in AMBIGUOUS or (place and words[place - 1] in {"a", "an", "the", "one", "two"})
        if word in known and plain and (word not in places or place < 4):
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


def _setting(text: str, words: list[str], action: list[str], cast: tuple[Member, ...], notes: list[str]) -> str:
    deeds = {m.deed for m in cast}
    subjects = {m.subject for m in cast}
    afloat = bool(subjects & AFLOAT)
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
    return "city" if subjects & {"car", "bus", "truck", "skyscraper"} else "meadow"
