"""What a shot takes over from another: "as long as the kneeling", "the same weather as the first"."""

from __future__ import annotations

import re
from typing import Final

from cutaway.conversation.keywords.editing.stage import Found, Stage
from cutaway.storyboard import edits as e
from cutaway.storyboard.edits import Edit

_LIKE: Final = re.compile(
    r"\b(?:(?:just |exactly |about |roughly )?as (?P<how>long|short|brief|fast|quick|slow|dark|bright|foggy"
    r"|misty|rainy|wet"
    r"|stormy|windy|snowy|warm|cold|cool) as|(?:the |with the |in the |have the |to the )?(?:same|identical)"
    r" (?P<what>length"
    r"|duration|speed|pace|tempo|weather|time(?: of day)?|light(?:ing)?|camera(?: move)?|move|colou?rs?|grade"
    r"|grading|place"
    r"|setting) (?:as|like))"
    r"(?: in| on| for| with)? (?P<ref>(?:the |that |shot |scene |number )[\w' -]{2,40}?)(?= (?:is|has|does"
    r"|please|too|was|gets"
    r")\b|$|[,.;:])"
)
_FIELDS: Final = {
    "long": "length", "short": "length", "brief": "length", "duration": "length", "fast": "speed",
    "quick": "speed", "slow": "speed", "pace": "speed", "tempo": "speed", "dark": "light", "bright": "light",
    "foggy": "weather", "misty": "weather", "rainy": "weather", "wet": "weather", "stormy": "weather",
    "windy": "weather", "snowy": "weather", "warm": "colour", "cold": "colour", "cool": "colour",
    "colours": "colour", "grade": "colour", "grading": "colour", "lighting": "light", "camera move": "camera",
    "move": "camera", "time of day": "time", "place": "setting",
}  # fmt: skip


def read_copied(stage: Stage) -> Found | None:
    """The edits that give the shots a clause names what another shot has, None where it asks for none."""
    text = stage.text
    match = _LIKE.search(text)
    if match is None:
        return None
    said = (match["how"] or match["what"]).replace("color", "colour")
    field = _FIELDS.get(said, said)
    model = stage.finder.by_words(match["ref"])
    shots = tuple(stage.finder.by_words(text[: match.start()].strip(" ,"))) if match.start() > 2 else ()
    shots = shots or stage.memory.shots
    if len(model) != 1 or not shots or set(shots) == set(model):
        return None
    one = stage.shot(model[0])
    shots = tuple(i for i in shots if i != one.id)
    edits: dict[str, Edit] = {
        "length": e.SetDuration(shots=shots, seconds=one.played_s),
        "speed": e.SetSpeed(shots=shots, speed=one.speed),
        "weather": e.SetWeather(shots=shots, weather=one.weather),
        "time": e.SetTime(shots=shots, time_of_day=one.time_of_day),
        "light": e.SetLighting(shots=shots, lighting=one.lighting),
        "camera": e.SetCamera(shots=shots, camera=one.camera),
        "colour": e.SetGrade(shots=shots, grade=one.grade),
        "setting": e.SetSetting(shots=shots, setting=one.setting),
    }
    if field not in edits:
        return None
    stage.line.use(0, len(text))
    return Found([edits[field]])
