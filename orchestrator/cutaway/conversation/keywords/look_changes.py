"""Changes read word by word: time, weather, place, camera, light, speed, length, look and sound."""

from __future__ import annotations

import re
from typing import Final

from cutaway.conversation.keywords.directives import read_directives
from cutaway.conversation.keywords.phrases import tokens
from cutaway.conversation.keywords.places import place_of, take_places
from cutaway.conversation.keywords.scenery import camera, seconds, time_of_day, weather
from cutaway.conversation.keywords.segments import Reading, Segment
from cutaway.conversation.keywords.text import listed, number, squeeze
from cutaway.conversation.keywords.words import FILLERS, TIMES
from cutaway.storyboard.edits import (
    Edit,
    SetAspect,
    SetCamera,
    SetDuration,
    SetGrade,
    SetLighting,
    SetResolution,
    SetSetting,
    SetSound,
    SetSpeed,
    SetStyle,
    SetTime,
    SetTransition,
    SetWeather,
)
from cutaway.storyboard.model import MAX_SHOT_S, MIN_SHOT_S, Look, Shot, Transition

_PLACE: Final = re.compile(
    r"^(?:(?:change|set|switch|make|replace|update)\s+(?:the\s+)?(?:background|setting|location|place|scenery"
    r"|backdrop|environment)(?:\s+\S+){0,3}?\s+(?:to|be|into|with|as|:)"
    r"|(?:the\s+)?(?:background|setting|location|place|scenery)\s+(?:should\s+be|is|to|:|=)|(?:set|place|put|move"
    r"|take)\s+(?:it|this|that|everything|them|the\s+(?:scene|action|story|whole\s+thing|film|video))?\s*(?:in|on|at"
    r"|to|into|inside)"
    r"|(?:make|turn|change)\s+(?:it|this|that|everything)\s+(?:into\s+|to\s+)?(?=(?:a|an|the)\s))\s+(?P<place>\S.*)$",
    re.I,
)
_SPEED: Final = re.compile(
    r"(?:\b(?:at|play|in|to|make|run|set)\s+){0,4}(?:\b(?:it|the)\s+)?(?:"
    r"\b(?P<x>\d+(?:\.\d+)?)\s?x\b(?:\s+(?:speed|faster|as\s+fast))?|\b(?P<pct>\d{1,3})\s?%\s+speed"
    r"|\b(?P<half>half(?:\s+the|\s+its)?\s+speed|half\s+as\s+fast|slow[\s-]?mo(?:tion)?|twice\s+as\s+slow)\b"
    r"|\b(?P<double>double(?:\s+the)?\s+speed|twice\s+as\s+fast|double\s+time)\b"
    r"|\b(?P<normal>(?:normal|original|regular|real)\s+(?:speed|time))\b|\b(?P<much>much\s+|a\s+lot\s+"
    r"|way\s+)?(?:a\s+(?:bit|little)\s+)?(?:(?P<slow>slower|slow(?:\s+(?:it|this|them))?(?:\s+down)?)"
    r"|(?P<fast>faster|quicker|speed(?:\s+(?:it|this|them))?(?:\s+up)?))\b)",
    re.I,
)
_LENGTH: Final = re.compile(
    r"(?P<n>[\w.]+\s+(?:seconds?|secs?|s)\s+)?\b(?P<much>much\s+|a\s+lot\s+|twice\s+as\s+"
    r"|half\s+as\s+)?(?:a\s+(?:bit|little)\s+)?(?P<way>shorter|longer|long|shorten|lengthen|extend)\b(?:\s+(?:it"
    r"|this))?(?:\s+by\s+(?P<by>[\w.]+\s+(?:seconds?|secs?|s)))?",
    re.I,
)
_TRANSITION: Final = re.compile(
    r"(?:\b(?:add|use|with|put|make|have|insert|change|set)\s+)?(?:\b(?:a|an|the|some)\s+)?(?:(?P<none>(?:no|without"
    r"|remove|hard|straight|simple)\s+(?:the\s+|any\s+)?(?:transitions?|fades?|cross-?fades?|cuts)|cuts\s+only)"
    r"|(?P<cross>cross[\s-]?fade[sd]?|dissolves?|cross[\s-]?dissolves?)|(?P<fade>fade[sd]?(?:\s+(?:in|out"
    r"|from\s+black|to\s+black))?|fading))\b"
    r"(?P<between>\s+(?:between|across|for|from)\s+(?:the\s+|all\s+|each\s+|every\s+){0,3}(?:shots?|scenes?|clips?"
    r"|them|one)(?:\s+to\s+(?:the\s+)?(?:next|shot|another))?)?(?:\s+transitions?)?",
    re.I,
)
_LIGHT: Final = re.compile(
    r"(?:\b(?:with|use|add|make|in|change|set|give\s+it)\s+){0,3}(?:\b(?:the|a|some"
    r"|more)\s+){0,3}(?:\b(?:light(?:ing)?\s+(?:to\s+|be\s+|more\s+){0,3}(?P<b>soft|harsh|warm|golden|dramatic|cold"
    r"|neon|dim|bright|moody|blue|red|candlelit|backlit)(?:er)?)"
    r"|\b(?P<a>(?:soft|softer|harsh|warm|golden|dramatic|cold|neon|dim|dimmer|bright|brighter|moody|low-key|high-key"
    r"|studio|candle|back|rim|side|natural)[\s-]?light(?:ing|s)?)|\b(?P<c>candle-?lit|backlit|candle-?light)"
    r"|\b(?P<d>brighter|darker)\b(?:\s+(?:light(?:ing)?|picture))?)",
    re.I,
)
_MAKE_LOOK: Final = re.compile(
    r"\b(?:make\s+it|in|go|as|like|to|look)\s+(?:a\s+|an\s+|the\s+)?(?P<look>neon|ink|paper|blueprint"
    r"|chalkboard)\s*$|^(?P<alone>neon|ink|paper|blueprint|chalkboard)$",
    re.I,
)
_LIKE: Final = re.compile(
    r"\b(?:make\s+it\s+)?looks?\s+(?:more\s+)?like\s+(?P<words>(?:an?\s+)?\S+(?:\s+\S+){0,4})\s*$", re.I
)


def read_look_changes(segment: Segment) -> Reading:
    """Every word-by-word change in a segment; `unused` holds the words that said nothing known."""
    said = read_directives(segment.masked, segment.rest, lengths=False)
    if said.refused:
        return Reading(
            problem=f"I make films in 480p or 720p; {said.refused} is not one of them.", choices=("In 720p",)
        )
    shots = segment.shots
    edits: list[Edit] = []
    rest = said.rest
    if match := _MAKE_LOOK.search(rest):
        look: Look = (match["look"] or match["alone"]).lower()  # type: ignore[assignment]
        edits.append(SetStyle(look=look))
        rest = _without(rest, match)
    elif match := _LIKE.search(rest):
        edits.append(SetStyle(words=segment.masked.bare(match["words"])[:200]))
        rest = _without(rest, match)
    pace, rest = _pace(segment, rest)
    if pace.problem:
        return pace
    edits += pace.edits
    move, rest = camera(rest, bare=True)
    if (
        len(
            said_times := {
                TIMES[w] for w in re.findall(r"\b(?:dawn|sunrise|dusk|sunset|night|midnight|noon)\b", rest.lower())
            }
        )
        > 1
    ):
        return Reading(problem=f"Which time of day: {listed(sorted(said_times), 'or')}? One shot has one.")
    when, rest = time_of_day(rest)
    sky, rest = weather(rest, bare=True)
    transition, rest = _transition(segment, rest)
    if transition.problem:
        return transition
    light, rest = _light(rest)
    place, rest = _place(segment, rest)
    if when:
        edits.append(SetTime(shots=shots, time_of_day=when))
    if place:
        edits.append(SetSetting(shots=shots, setting=place))
    if sky:
        edits.append(SetWeather(shots=shots, weather=sky))
    if light:
        edits.append(SetLighting(shots=shots, lighting=light))
    if move:
        edits.append(SetCamera(shots=shots, camera=move))
    edits += transition.edits
    if said.grade:
        edits.append(SetGrade(shots=shots, grade=said.grade))
    if said.look or said.style:
        edits.append(SetStyle(look=said.look, words=said.style))
    if said.aspect:
        edits.append(SetAspect(aspect=said.aspect))
    if said.resolution:
        edits.append(SetResolution(resolution=said.resolution))
    volume = said.volume
    if said.louder:
        volume = round(min(1.0, max(0.0, segment.film.sound.volume + 0.2 * said.louder)), 2)
    if said.bed is not None or said.muted is not None or volume is not None:
        edits.append(SetSound(bed=said.bed, muted=said.muted, volume=volume))
    return Reading(edits=edits, unused=_leftover(rest))


def _without(text: str, match: re.Match[str]) -> str:
    return squeeze(f"{text[: match.start()]} {text[match.end() :]}")


def _leftover(text: str) -> str:
    words = tokens(text)
    if not any(word.lower().strip("'") not in FILLERS and any(c.isalnum() for c in word) for word in words):
        return ""
    keep = [word for word in words if word not in {",", ";", ":"}]
    while keep and keep[0].lower() in FILLERS - {"make"}:
        keep = keep[1:]
    return " ".join(keep)


def _place(segment: Segment, text: str) -> tuple[str, str]:
    if match := _PLACE.match(text):
        words = tokens(match["place"])
        if place := place_of(words):
            return segment.masked.bare(place), ""
        explicit = not re.match(r"(?:make|turn|change)\s+(?:it|this|that|everything)\b", text, re.I)
        words = [w for w in words if w not in {",", ";", ":"}]
        while words and words[0].lower() in {"a", "an", "the", "to", "in", "on"}:
            words = words[1:]
        if explicit and words and any(c.isalpha() for c in words[0]) and len(words) <= 8:
            return segment.masked.bare(" ".join(words))[:100], ""
    place, kept = take_places(tokens(text), kept_too=frozenset())
    if place:
        return segment.masked.bare(place), " ".join(kept)
    if re.fullmatch(r"(?:(?:make|turn|it|into|a|an|the|this|instead|be)\s+)*(?:[\w-]+\s+)?[\w-]+", text, re.I):
        bare = [w for w in tokens(text) if w.lower() not in {"make", "turn", "it", "into", "this", "instead", "be"}]
        if place := place_of(bare):
            return place, ""
    return "", text


def _light(text: str) -> tuple[str, str]:
    match = _LIGHT.search(text)
    if match is None:
        return "", text
    words = match["a"] or match["c"] or match["d"] or f"{match['b']} light"
    return words.lower(), _without(text, match)


def _pace(segment: Segment, text: str) -> tuple[Reading, str]:
    """Speed and length edits, and the text without them."""
    shots = [s for s in segment.film.shots if not segment.shots or s.id in segment.shots]
    free = [s for s in shots if not s.locked] or shots
    if (match := _LENGTH.search(text)) and not (
        match["way"].lower() == "long" and not (match["much"] or "").strip().endswith("as")
    ):
        change = match["n"] or match["by"]
        by = seconds(change).value if change else None
        if not (change and by is None) and not (
            match["way"].lower() in {"extend", "shorten", "lengthen"} and seconds(text).value and not by
        ):
            more = match["way"].lower() in {"longer", "long", "lengthen", "extend"} and not (
                match["much"] or ""
            ).lower().startswith("half")
            much = bool(match["much"])
            factor = (2.0 if much else 1.5) if more else (0.5 if much else 0.75)
            wanted = {s.id: s.played_s + (by if more else -by) if by else _quarter(s.played_s * factor) for s in free}
            return _durations(segment, free, wanted), _without(text, match)
    if match := _SPEED.search(text):
        return _speeds(segment, free, match), _without(text, match)
    length, rest = seconds(text)
    if length is None:
        return Reading(), text
    if segment.shots or segment.target.all or len(free) == 1:
        return _durations(segment, free, {s.id: length for s in free}), rest
    total = sum(s.played_s for s in free)
    scaled = {s.id: round(s.played_s * length / total, 2) for s in free}
    return _durations(segment, free, scaled), rest


def _quarter(value: float) -> float:
    return max(MIN_SHOT_S, round(value * 4) / 4)


def _durations(segment: Segment, shots: list[Shot], wanted: dict[str, float]) -> Reading:
    for shot in shots:
        low, high = MIN_SHOT_S / shot.speed, MAX_SHOT_S / shot.speed
        if not low <= wanted[shot.id] <= high:
            number_ = segment.film.number(shot.id)
            return Reading(
                problem=f"Shot {number_} would last {wanted[shot.id]:g} s; it can last {low:g} to {high:g} s.",
                choices=(f"Make shot {number_} {min(max(wanted[shot.id], low), high):g} seconds",),
            )
    whole = not segment.shots and len(shots) == len(segment.film.shots)
    if len(set(wanted.values())) == 1:
        ids = () if whole else tuple(s.id for s in shots)
        return Reading(edits=[SetDuration(shots=ids, seconds=next(iter(wanted.values())))])
    return Reading(edits=[SetDuration(shots=(s.id,), seconds=round(wanted[s.id], 3)) for s in shots])


def _speeds(segment: Segment, shots: list[Shot], match: re.Match[str]) -> Reading:
    fixed: float | None = None
    if match["x"] or match["pct"]:
        value = number(match["x"] or match["pct"]) or 0.0
        fixed = value / 100 if match["pct"] else value
    elif match["half"] or match["double"] or match["normal"]:
        fixed = 0.5 if match["half"] else 2.0 if match["double"] else 1.0
    if fixed is not None and not 0.25 <= fixed <= 4:
        return Reading(
            problem=f"Speed {fixed:g} is out of reach; it can be 0.25 to 4.", choices=("Half speed", "Double speed")
        )
    factor = (0.5 if match["much"] else 0.75) if match["slow"] else (2.0 if match["much"] else 1.5)
    wanted = {s.id: fixed if fixed is not None else round(min(4.0, max(0.25, s.speed * factor)), 3) for s in shots}
    whole = not segment.shots and len(shots) == len(segment.film.shots)
    if len(set(wanted.values())) == 1:
        ids = () if whole else tuple(s.id for s in shots)
        return Reading(edits=[SetSpeed(shots=ids, speed=next(iter(wanted.values())))])
    return Reading(edits=[SetSpeed(shots=(s.id,), speed=wanted[s.id]) for s in shots])


def _transition(segment: Segment, text: str) -> tuple[Reading, str]:
    match = _TRANSITION.search(text)
    if match is None:
        return Reading(), text
    kind: Transition = "cut" if match["none"] else "crossfade" if match["cross"] else "fade"
    shots = segment.shots
    if len(shots) > 1 and kind != "cut" and re.search(r"\bbetween\b|\bfrom\b", segment.text, re.I):
        shots = shots[1:]
    if not shots and kind != "cut":
        start = re.search(r"\bin\b|from\s+black", match[0], re.I)
        later = tuple(s.id for s in segment.film.shots[1:])
        if re.search(r"\bout\b|to\s+black", match[0], re.I):
            return Reading(
                problem="A shot can begin with a fade; a fade at the end is not there yet.",
                choices=("Fade between shots",),
            ), ""
        shots = (segment.film.shots[0].id,) if start or (not later and kind == "fade") else later
        if not shots:
            return Reading(
                problem="There is only one shot, so there is nothing to cross-fade with.", choices=("Fade in",)
            ), ""
    return Reading(edits=[SetTransition(shots=shots, transition=kind)]), _without(text, match)
