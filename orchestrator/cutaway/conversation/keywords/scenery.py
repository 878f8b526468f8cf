"""What a sentence says about time, weather, camera and seconds, and the sentence without it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, Generic, NamedTuple, TypeVar

from cutaway.conversation.keywords.text import number, squeeze
from cutaway.conversation.keywords.words import (
    ADVERBS,
    COLOURS,
    CONJUNCTIONS,
    DETERMINERS,
    NUMBERS,
    PREPOSITIONS,
    PRONOUNS,
    TIMES,
    WEATHER_ADJECTIVES,
    WEATHERS,
)
from cutaway.storyboard.model import Camera, TimeOfDay, Weather

T = TypeVar("T")


class Found(NamedTuple, Generic[T]):
    """What was said (None: nothing) and the text without those words."""

    value: T | None
    rest: str


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))


_LOOSE: Final = re.compile(rf"\s*(?:$|[,.;:!?]|(?:{_any(PREPOSITIONS | CONJUNCTIONS | ADVERBS)}|there|please)\b)", re.I)
_GOES_ON: Final = re.compile(rf"\s+(?:{_any(DETERMINERS | PRONOUNS)})\s", re.I)
_TIME: Final = re.compile(
    rf"(?:\b(?P<prep>at|in|by|during|on|under|into|before|after|until|to)\s+)?(?:\b(?:the|a|an|one)\s+)?"
    rf"(?:\b(?:early|late)\s+in\s+the\s+)?(?:\b(?:late|first|warm|cold|dark|quiet|bright|clear|pink"
    rf"|purple|golden|summer|winter|autumn|spring)\s+)?"
    rf"\b(?P<word>{_any(TIMES)})\b(?:\s+(?:light|time)\b)?",
    re.I,
)
_NIGHTS: Final = re.compile(
    r"\b(?:under|beneath|by|beside)\s+(?:the|a)\s+(?:(?:full|bright|pale|silver|night|starry)\s+){0,3}(?:stars|moon"
    r"|sky of stars)\b"
    r"|\bstars\s+(?:above|overhead|(?:come |are )?out|in the sky|everywhere)\b|\b(?:moonlit|starlit|starry)\b"
    r"|\btonight\b",
    re.I,
)
_SUN: Final = re.compile(
    r"\b(?:as|while|when)\s+the\s+sun\s+(?:is\s+)?(?P<word>ris|set|com)\w*(?:\s+(?:up|down))?\b", re.I
)
_SUN_VERB: Final = re.compile(r"\bthe\s+sun\s+(?:is\s+)?(?P<word>ris|set)\w*\b", re.I)

_FALLS_IN: Final = re.compile(
    r"(?:\boutside\s*,?\s*)?\b(?:the\s+)?(?:(?P<word>night|dusk|evening|dawn|morning|twilight)|(?P<dark>darkness))\s+(?:falls|fell|comes|came|breaks|broke"
    r"|arrives|sets in|is (?:falling|coming|breaking)|draws in|descends)\b"
    r"|(?:\boutside\s*,?\s*)?\bit\s+(?P<gets>(?:gets?|got|grows?|becomes?|turns?|is getting|is "
    r"growing)\s+(?:\w+ly\s+|very\s+|quite\s+)?dark)"
    r"(?:er)?\b(?:\s+outside)?",
    re.I,
)
_MOON_VERB: Final = re.compile(r"\bthe\s+moon\s+(?:is\s+)?(?:ris|shin|glow)\w*\b", re.I)


def time_of_day(text: str) -> Found[TimeOfDay]:
    """The last time of day the text names."""
    value: TimeOfDay | None = None
    if match := _SUN.search(text):
        value = "dusk" if match["word"].lower() == "set" else "dawn"
        text = text[: match.start()] + " " + text[match.end() :]
    elif match := _SUN_VERB.search(text):
        value = "dusk" if match["word"].lower() == "set" else "dawn"
    elif _MOON_VERB.search(text):
        value = "night"
    if match := _FALLS_IN.search(text):
        value = "night" if match["dark"] or match["gets"] else TIMES[match["word"].lower()]
        text = text[: match.start()] + " " + text[match.end() :]
    if _NIGHTS.search(text):
        value, text = "night", _NIGHTS.sub(" ", text)
    parts: list[str] = []
    at = 0
    for match in _TIME.finditer(text):
        loose = _LOOSE.match(text, match.end()) is not None or (
            not match.start() and bool(_GOES_ON.match(text, match.end()))
        )
        word = match["word"].lower()
        if not loose and (word in {"day", "morning"} or match["prep"]):
            # "the morning train", "in the night market": the word belongs to a thing.
            if word not in {"day", "morning"}:
                value = TIMES[word]
            continue
        value = "dawn" if word == "morning" and match[0].lower().startswith("early") else TIMES[word]
        if loose:
            parts.append(text[at : match.start()])
            at = match.end()
    return Found(value, squeeze(" ".join([*parts, text[at:]])) if value else text)


_LIGHT: Final = re.compile(
    r"(?:,\s*)?\b(?:(?:and\s+)?(?:in|with|under|by|lit by|bathed in)\s+)?(?:the\s+|an?\s+|some\s+)?"
    rf"(?P<light>(?:(?:soft|hard|harsh|warm|cold|cool|moody|dim|bright|pale|dramatic|gentle|low|golden"
    rf"|flickering|coloured|colored"
    rf"|natural|studio|evening|morning|neon|pastel|eerie|hazy|dark|deep"
    rf"|{'|'.join(sorted(COLOURS))})\s+){{1,3}}(?:light(?:ing)?|glow|lights)"
    r"|candle\s?light|lamp\s?light|fire\s?light|torch\s?light|spotlight|backlight(?:ing)?"
    r"|lantern\s?light)\b(?!\s+(?:bulb|house|show))",
    re.I,
)


def lighting(text: str) -> tuple[str, str]:
    """The light the text names ("soft golden light", "candlelight"), "" for none, and the text without it."""
    match = _LIGHT.search(text)
    if match is None or re.search(
        r"\b(?:traffic|northern|polar|southern|car|stop|red|green)\s+lights?$", match[0], re.I
    ):
        return "", text
    rest = squeeze(f"{text[: match.start()]} {text[match.end() :]}")
    return match["light"].lower(), rest


_W: Final = _any(WEATHERS)
_FALLS: Final = (
    r"(?:(?:begins?|starts?)\s+(?:to\s+)?|is\s+|are\s+)?(?:runs?|running|streams?|streaming|drums?|drumming"
    r"|beats?|beating|lashes|lashing|drips?|dripping|falls?|falling|fall|pours?|pouring|blows?|blowing"
    r"|rolls?(?:\s+in)?|"
    r"rolling(?:\s+in)?|sets?\s+in|comes?\s+down|coming\s+down|rages?|raging|swirls?|swirling|howls?|howling|starts?"
    r"|begins?|"
    r"gathers?|strikes?|drifts?\s+down)\b(?:\s+(?:down|in|hard|heavily|softly|gently|outside))?"
)
_HOW: Final = (
    r"(?:\b(?:the|a|an|some|heavy|light|pouring|driving|thick|dense|first|fresh|falling|gentle|strong|howling|soft"
    r"|wild|cold|autumn|winter|spring|summer|morning|evening|sea|mountain|thin|low|deep|icy|grey|gray|fine|steady|sudden)\s+){0,4}"
)
_WEATHER: Final = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"\b(?:(?:and|as|while|when|with)\s+)?{_HOW}\b(?P<w>{_W})\s+{_FALLS}",
        r"\b(?:(?:and|as|while|when)\s+)?it(?:'s|\s+is|\s+(?:begins?|starts?)(?:\s+to)?)?\s+(?P<w>rain|snow"
        r"|storm)(?:s|ing)?\b",
        rf"\b(?:in|through|during|under|amid|with|into|against|despite)\s+{_HOW}\b(?P<w>{_W})\b"
        rf"(?=\s*(?:$|[,.;:!?]|(?:{_any(PREPOSITIONS | CONJUNCTIONS)})\b))",
        rf"(?:,\s*)?\b(?:and\s+)?{_HOW}(?P<w>{_W})\s+(?:everywhere|all (?:around|about|over)|in the air|on the "
        rf"ground|over everything)\b",
        rf"(?<=,)\s*(?:and\s+)?{_HOW}(?P<w>{_W})(?:\s+[a-z]+ing\b(?:\s+(?:at|on|over|around|against|through"
        rf"|in)\s+(?:the\s+)?\w+)?)?\s*(?=$|[,.;!?])",
    )
)
_ADJECTIVE: Final = re.compile(
    rf"\b(?P<w>{_any(WEATHER_ADJECTIVES)})\b(?!\s+(?:mountains?|peaks?|owls?|ridge|summit|slopes?))\s*", re.I
)
_CLEAR: Final = re.compile(
    r"\b(?:under\s+)?(?:a\s+|the\s+)?(?:clear|blue|cloudless)\s+(?:sky|skies|weather)\b"
    r"|\b(?:no|without|stop|remove|lose|drop|delete|clear|end|less)\s+(?:the\s+|any\s+|more\s+){0,3}"
    rf"(?:{_W}|weather)(?:ing|ing)?\b|\b(?:stops?|stopped)\s+(?:raining|snowing)\b|\b(?:make\s+it\s+)?dry\b",
    re.I,
)
_BARE_WEATHER: Final = re.compile(rf"\b{_HOW}(?P<w>{_W}|{_any(WEATHER_ADJECTIVES)})(?:ing|s|y)?\b", re.I)


def weather(text: str, *, bare: bool = False) -> Found[Weather]:
    """The weather the text names; with `bare`, single words such as "rain" or "no rain" count too."""
    value: Weather | None = None
    clear = _CLEAR.search(text)
    if clear and (bare or re.search(r"sky|skies", clear[0], re.I)):
        return Found("clear", squeeze(text[: clear.start()] + " " + text[clear.end() :]))
    for pattern in (*_WEATHER, _ADJECTIVE, *((_BARE_WEATHER,) if bare else ())):
        for match in pattern.finditer(text):
            word = match["w"].lower()
            value = WEATHERS.get(word) or WEATHER_ADJECTIVES.get(word) or value
        text = pattern.sub(" ", text)
    return Found(value, squeeze(text) if value else text)


_CAMERA_LEAD: Final = (
    r"(?:\b(?:as\s+|while\s+)?(?:with\s+)?(?:the\s+|a\s+)?camera\s+)?(?:\b(?:slow(?:ly)?|gentl[ey]|smooth(?:ly)?"
    r"|quick(?:ly)?)\s+)?\b"
)
_CAMERA_TAIL: Final = (
    r"(?:\s+(?:slowly|gently|smoothly|(?:on|around)\s+(?:it|him|her|them|the\s+[\w-]+)))?(?:\s+shot)?\b"
)
_MOVES: Final[tuple[tuple[str, Camera], ...]] = (
        (r"(?:zoom(?:s|ing)?|doll(?:y|ies|ying)|push(?:es|ing)?|track(?:s|ing)?)[\s-]+(?:out|back(?:wards?)?|away)"
         r"|pull(?:s|ing)?[\s-]+(?:back|out)|camera\s+moves?\s+(?:out|away|back)", "dolly_out"),
        (r"(?:zoom(?:s|ing)?|doll(?:y|ies|ying)|push(?:es|ing)?)[\s-]+(?:in(?:to)?|forwards?|closer)"
         r"|zoom(?:s|ing)?(?=\s+(?:on|onto)\b)"
         r"|camera\s+moves?\s+(?:in|closer)|get\s+closer|closer\s+up|close[\s-]?up(?:\s+of)?", "dolly_in"),
        (r"(?:pan(?:s|ning)?|camera\s+moves?|track(?:s|ing)?)\s+(?:to\s+the\s+)?left(?:wards?)?", "pan_left"),
        (r"(?:pan(?:s|ning)?|camera\s+moves?|track(?:s|ing)?)\s+(?:to\s+the\s+)?right(?:wards?)?"
         r"|pan(?:s|ning)?(?=\s+(?:across|over|along)\b)"
         r"|tracking\s+shot(?:\s+of)?|camera\s+(?:follows?|tracks?|pans?)", "pan_right"),
        (r"tilt(?:s|ing)?\s+up(?:wards?)?", "tilt_up"),
        (r"tilt(?:s|ing)?\s+down(?:wards?)?", "tilt_down"),
        (r"camera\s+(?:orbits?|circles?)(?:\s+around)?|orbit(?:ing)?\s+(?:shot|camera)|drone\s+shot(?:\s+of)?"
         r"|aerial\s+(?:shot|view)(?:\s+of)?|orbit(?=\s+around)", "orbit"),
        (
            r"(?:static|still|fixed|locked[\s-]off)\s+(?:camera|shot)|(?:no|without)\s+(?:any\s+)?camera\s+mov(?:e"
            r"|es|ement)"
         r"|keep\s+(?:the\s+)?camera\s+still|camera\s+(?:stays|is)\s+still", "static"),
)  # fmt: skip
_CAMERAS: Final[tuple[tuple[re.Pattern[str], Camera], ...]] = tuple(
    (re.compile(f"{_CAMERA_LEAD}(?:{pattern}){_CAMERA_TAIL}", re.I), move) for pattern, move in _MOVES
)
_BARE_CAMERAS: Final[tuple[tuple[re.Pattern[str], Camera], ...]] = (
    (re.compile(r"\borbit\b", re.I), "orbit"),
    (re.compile(r"\bstatic\b", re.I), "static"),
    (re.compile(r"\bzoom\b", re.I), "dolly_in"),
    (re.compile(r"\bdolly\b", re.I), "dolly_in"),
)


def camera(text: str, *, bare: bool = False) -> Found[Camera]:
    """The camera move the text names; with `bare`, "orbit" or "zoom" alone count too."""
    for pattern, move in _CAMERAS + (_BARE_CAMERAS if bare else ()):
        if match := pattern.search(text):
            return Found(move, squeeze(text[: match.start()] + " " + text[match.end() :]))
    return Found(None, text)


_N: Final = rf"(?:\d{{1,4}}(?:\.\d{{1,3}})?|{_any([w for w in NUMBERS if w not in {'a', 'an', 'zero'}])})"
_SECONDS: Final = re.compile(
    rf"(?P<the>\bthe\s+)?(?:\b(?:for|lasting|lasts?|of|over|to|at|in|it|be)\s+)?(?:\b(?:about|around|roughly|just"
    rf"|only)\s+)?"
    rf"\b(?P<n>{_N})[\s-]*(?P<unit>seconds?|secs?|s|minutes?|mins?)\b(?:\s+long\b)?"
    r"|(?:\bfor\s+)?\b(?P<half>half\s+a\s+minute)\b|(?:\bfor\s+)?\b(?:a|one)[\s-]+(?P<minute>minute)\b(?:\s+long\b)?",
    re.I,
)


def seconds(text: str) -> Found[float]:
    """The first length of time the text names, in seconds; "the 80s" is not one."""
    for match in _SECONDS.finditer(text):
        if match["half"] or match["minute"]:
            value = 30.0 if match["half"] else 60.0
        elif match["the"] and match["unit"].lower() == "s":
            continue
        else:
            said = number(match["n"])
            if said is None or (match["unit"].lower() == "s" and said >= 600):
                continue
            value = said * (60 if match["unit"].lower().startswith("m") else 1)
        return Found(value, squeeze(text[: match.start()] + " " + text[match.end() :]))
    return Found(None, text)
