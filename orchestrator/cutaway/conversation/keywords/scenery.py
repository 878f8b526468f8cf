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
Named = TypeVar("Named", covariant=True)


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


class Told(NamedTuple, Generic[Named]):
    """One word of a text and the value it names."""

    word: str
    value: Named


def time_of_day(text: str) -> Found[TimeOfDay]:
    """The last time of day the text names."""
    told, _, rest = _times(text)
    return Found(told[-1].value, squeeze(rest)) if told else Found(None, text)


def times_told(text: str) -> list[Told[TimeOfDay]]:
    """Every time of day at which the text plays, in its words; that of "the night market" is the market's."""
    told, loose, _ = _times(text)
    return [one for one in told if one in loose]


def _times(text: str) -> tuple[list[Told[TimeOfDay]], list[Told[TimeOfDay]], str]:
    """Every time a text names, those of them that belong to no thing, and the text without the latter."""
    told: list[Told[TimeOfDay]] = []
    loose: list[Told[TimeOfDay]] = []
    if match := _SUN.search(text):
        told.append(Told(match[0].strip(), "dusk" if match["word"].lower() == "set" else "dawn"))
        loose += told
        text = text[: match.start()] + " " + text[match.end() :]
    elif match := _SUN_VERB.search(text):
        told.append(Told(match[0].strip(), "dusk" if match["word"].lower() == "set" else "dawn"))
    elif match := _MOON_VERB.search(text):
        told.append(Told(match[0].strip(), "night"))
    if match := _FALLS_IN.search(text):
        falls = "night" if match["dark"] or match["gets"] else TIMES[match["word"].lower()]
        loose.append(Told(match[0].strip(), falls))
        told.append(loose[-1])
        text = text[: match.start()] + " " + text[match.end() :]
    if match := _NIGHTS.search(text):
        loose.append(Told(match[0].strip(), "night"))
        told.append(loose[-1])
        text = _NIGHTS.sub(" ", text)
    parts: list[str] = []
    at = 0
    for match in _TIME.finditer(text):
        free = _LOOSE.match(text, match.end()) is not None or (
            not match.start() and bool(_GOES_ON.match(text, match.end()))
        )
        word = match["word"].lower()
        if not free and (word in {"day", "morning"} or match["prep"]):
            # "the morning train", "in the night market": the word belongs to a thing.
            if word not in {"day", "morning"}:
                told.append(Told(word, TIMES[word]))
            continue
        early = word == "morning" and match[0].lower().startswith("early")
        told.append(Told(f"early {word}" if early else word, "dawn" if early else TIMES[word]))
        if free:
            loose.append(told[-1])
            parts.append(text[at : match.start()])
            at = match.end()
    return told, loose, " ".join([*parts, text[at:]])


_LIGHT: Final = re.compile(
    r"(?:,\s*)?\b(?:(?:and\s+)?(?:in|with|under|by|lit by|bathed in)\s+)?(?:the\s+|an?\s+|some\s+)?"
    rf"(?P<light>(?:(?:soft|hard|harsh|warm|cold|cool|moody|dim|bright|pale|dramatic|gentle|low|golden"
    rf"|flickering|coloured|colored"
    rf"|natural|studio|evening|morning|neon|pastel|eerie|hazy|dark|deep"
    rf"|{'|'.join(sorted(COLOURS))})\s+){{1,3}}(?:light(?:ing)?|glow|lights)"
    r"|candle\s?light|lamp\s?light|fire\s?light|torch\s?light|spotlight|backlight(?:ing)?"
    r"|lantern\s?light)\b(?!\s+(?:bulb|house|show))"
    # "lighting" is always of the picture, whatever stands before it.
    r"|(?:,\s*)?\b(?:with|in|under)\s+(?:an?\s+|the\s+|some\s+)?(?P<any>[a-z][a-z-]+(?:\s+[a-z][a-z-]+)?\s+lighting)\b",
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
    return (match["light"] or match["any"]).lower(), rest


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
    r"\b(?:(?:under|with|and|in)\s+)?(?:a\s+|the\s+)?(?P<w>(?:clear|blue|cloudless)(?:\s+blue)?\s+(?:sky|skies))\b",
    re.I,
)


def weather(text: str) -> Found[Weather]:
    """The weather the text names last."""
    told, rest = _weathers(text)
    return Found(told[-1].value, squeeze(rest)) if told else Found(None, text)


def weathers_told(text: str) -> list[Told[Weather]]:
    """Every weather the text names, in its words and in their order."""
    return _weathers(text)[0]


def _weathers(text: str) -> tuple[list[Told[Weather]], str]:
    told: dict[int, Told[Weather]] = {}
    for pattern in (_CLEAR, *_WEATHER, _ADJECTIVE):
        for match in pattern.finditer(text):
            word = match["w"].lower()
            value = "clear" if pattern is _CLEAR else WEATHERS.get(word) or WEATHER_ADJECTIVES.get(word)
            if value:
                told[match.start("w")] = Told(word, value)
            text = _blanked(text, match)
    return [told[at] for at in sorted(told)], text


def _blanked(text: str, match: re.Match[str]) -> str:
    """The text of the same length with spaces for what was found, so that places in it stay true."""
    return f"{text[: match.start()]}{' ' * (match.end() - match.start())}{text[match.end() :]}"


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
