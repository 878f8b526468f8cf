"""How long and how fast: seconds, lengths and speeds, said exactly or by feel."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from cutaway.conversation.keywords.editing.line import Line
from cutaway.conversation.keywords.words import NUMBERS
from cutaway.storyboard.edits import Edit, SetDuration, SetSpeed, TrimShot
from cutaway.storyboard.model import MAX_SHOT_S, MIN_SHOT_S, Shot, Storyboard

_WORDS: Final = "|".join(sorted((w for w in NUMBERS if w not in {"a", "an", "zero"}), key=len, reverse=True))
_NUM: Final = (
    rf"(?:\d{{1,4}}(?:[.,]\d{{1,2}})?|(?:{_WORDS})(?: and a half)?|one and a half|half a|an?|a couple of|a few)"
)
SECONDS: Final = (
    rf"\b(?:(?P<n>{_NUM})(?:\s+(?:whole|full|more|extra))?(?:\s+|-)?(?P<unit>seconds?"
    r"|secs?|minutes?|mins?|hours?|(?<=\d)s|(?<=\d )s)\b"
    r"|(?P<half>half a (?:minute|second)))"
)
_BY: Final = re.compile(
    r"\b(?:add|extend|lengthen|plus|another|give)\s+(?:(?:it|the|shot|by|another|them"
    rf"|an|extra|this)\s+){{0,3}}{SECONDS}(?:\s+(?:more|to (?:it|that|them|this)|on top"
    r"|extra))?"
    r"|(?P<any>"
    rf"{SECONDS.replace('?P<n>', '?P<n2>').replace('?P<unit>', '?P<unit2>').replace('?P<half>', '?P<half2>')}"
    r")\s+(?P<way>longer|shorter|more|less|extra)\b"
    r"|\b(?P<verb>shorten|extend|lengthen|trim|cut|reduce|increase|longer|shorter)(?:\s+(?:it"
    r"|this|that|them|down|the \w+))?\s+by\s+"
    rf"{SECONDS.replace('?P<n>', '?P<n3>').replace('?P<unit>', '?P<unit3>').replace('?P<half>', '?P<half3>')}"
)
_TRIM: Final = re.compile(
    r"\b(?:trim|cut|take|knock|lop|slice|chop|shave|remove|drop|lose|clip|snip"
    r"|crop)\s+(?:off\s+)?(?:the\s+)?(?P<edge>first"
    rf"|last|final|opening)?\s*(?:{SECONDS}|(?P<one>second))(?:\s+(?:off|from|of|at|out of"
    r"|away))*(?:\s+the)?(?:\s+(?P<side>start|beginning|front|end|back|ending))?(?: (?:of"
    r"|off|from))?"
)
_SPAN: Final = re.compile(
    r"\bfrom\s+(?P<a>\d+(?:\.\d+)?)\s*s?(?:ec\w*)?\s+(?:to|until|till)\s+(?P<b>\d+(?:\.\d+)?)\s*(?:seconds?"
    r"|secs?|s)?\b"
)
_EXACT: Final = re.compile(
    r"(?:\b(?:for|lasts?|lasting|of|to|at|in|be|is|down|up|run|take|takes|exactly|about"
    rf"|around|only|just|roughly|than|as|it|make|play|needs?)\s+){{0,4}}{SECONDS}(?P<tail>\s+(?:long"
    r"|in length|in (?:total|all)|total|altogether|overall|all together|each|per (?:shot"
    r"|scene|clip)|a (?:shot|piece)|apiece|for each|at most|max|instead|tops))*"
)
_TOTAL: Final = re.compile(
    r"\b(?:in total|in all|total|altogether|overall|all together|the (?:whole|entire) (?:film"
    r"|video|thing|movie|clip|story)|the (?:film|video|movie)|whole thing)\b"
)
_EACH: Final = re.compile(
    r"\b(?:each|per (?:shot|scene|clip)|every|apiece|all shots|all of them|a piece|a shot"
    r"|for each|all the (?:shots|scenes))\b"
)
_AMOUNT: Final = (
    r"(?P<how>(?:a (?:fair |good |tiny |wee |little |whole )?(?:bit|tad|touch|little|lot"
    r"|notch|shade|smidge(?:n)?|fraction)|slightly|somewhat|much|way|far|even|considerably"
    r"|a good deal|lots|loads|really|noticeably|twice as|half as|two times|three times"
    r"|just)\s+)?"
)
_TIMES: Final = re.compile(
    r"\b(?:(?P<double>twice (?:as long|the length|the duration|its length|its duration)"
    r"|double (?:the |its |that )?(?:length|duration)|(?:two|2) times (?:as long|longer)"
    r"|double it|double that|doubl(?:e|y) long)|(?P<half>half (?:as long|the length|the duration"
    r"|its length|that long)|in half the time|halve(?: (?:it|that|the length|the duration))?|cut (?:it )?in half"
    r"|(?:two|2) times shorter|twice as short)|(?P<triple>(?:three|3) times as long|triple (?:the "
    r")?length|triple it)|(?P<third>a third (?:of the length|as long)))\b"
)
_SHARE: Final = re.compile(
    r"\b(?:by )?(?:(?:a|one) (?P<part>third|quarter|half)|half|(?P<pct>\d{1,2}) ?(?:%|percent)) (?P<way>longer"
    r"|shorter)\b"
)
_LENGTH: Final = re.compile(
    rf"\b{_AMOUNT}(?P<way>longer|shorter|lengthen|shorten|extend|too short|too long|(?:last"
    r"|drag|linger|hold|stay)(?:s|ing)? (?:on )?(?:a bit |a little |much )?longer|more time"
    r"|less time|tighten(?: up)?|drags(?: on)?|snappier length|over too (?:soon|quickly"
    r"|fast))\b(?: (?:it|this|that|them))?(?: (?:a (?:bit|little|tad|touch|lot)|much"
    r"|slightly))?"
)
_SPEED: Final = re.compile(
    r"(?:\b(?:in|at|to|with|play|make|run|it|be|set|back|the|use|a|into|as)\s+){0,4}"
    r"(?:\b(?P<x>\d+(?:\.\d+)?)\s?(?:x|times)(?: (?:the )?(?:normal )?speed| faster| as fast"
    r"| slower)?\b|\b(?P<pct>\d{1,3})\s?(?:%|percent) (?:of (?:the )?(?:normal |original )?)?(?:speed"
    r"|slower|faster)"
    r"|\b(?P<quarter>quarter(?: of (?:the )?)? ?(?:speed|tempo|pace)|four times slower"
    r"|super slow(?: motion)?|(?:very|really|extreme|ultra) slow(?:[ -]motion)?)\b"
    r"|\b(?P<half>half (?:the |its |of the )?(?:normal )?(?:speed|tempo|pace)|half as fast"
    r"|slow(?:ed)?[ -]?mo(?:tion)?|slo[ -]?mo|twice as slow(?:ly)?|two times slower)\b"
    r"|\b(?P<double>double (?:the |its )?(?:speed|tempo|pace)|twice (?:as (?:fast|quick(?:ly)?)"
    r"|the speed)|double time|two times faster|fast[ -]?forward(?:ed)?|double as fast)\b"
    r"|\b(?P<triple>three times (?:as fast|faster|the speed)|triple (?:the )?speed)\b"
    r"|\b(?P<lapse>time[ -]?lapse|four times (?:as fast|faster))\b"
    r"|\b(?P<normal>(?:full|normal|original|regular|real|usual|standard|natural) (?:speed"
    r"|pace|tempo|time)|normal again|real-?time)\b)"
)
_PACE: Final = re.compile(
    rf"\b{_AMOUNT}(?:(?P<slow>slower|slow(?:ed|s|ing)?(?: (?:it|this|that|them|things"
    r"|everything|·+ ?)*)?(?: (?:right |way |all the way )?down)?|too fast|too quick(?:ly)?|less (?:fast|hectic"
    r"|rushed)"
    r"|more slowly|slowly|calmer pace|so fast|rushed|hectic)"
    r"|(?P<fast>faster|(?:super|really|very|extra|ultra|mega|crazy|dead) (?:fast|quick)|quicker|more quickly"
    r"|speed(?:ed|s|ing)?(?: (?:it|this|that|them"
    r"|things|everything|· ?)*)?(?: up)?|too slow(?:ly)?|livelier|snappier|hurry (?:it )?up"
    r"|pick up the pace|so slow|more (?:pace|speed|tempo)|accelerate|boring(?:ly)? slow))\b(?: (?:it"
    r"|this|that))?(?: (?:a (?:bit|little|tad|touch|lot)|slightly|much))?"
)
_EVENLY: Final = re.compile(r"\b(?:evenly|equally|same length|equal parts)\b")
_SOON: Final = re.compile(r"\bover too (?:soon|quickly|fast)\b")
_SMALL: Final = re.compile(r"\b(?:bit|tad|touch|slightly|little|notch|shade|smidgen?|somewhat|fraction|just)\b")
_LARGE: Final = re.compile(
    r"\b(?:right down|all the way|much|way|lot|far|considerably|deal|lots|loads|really|twice|two times|half)\b"
)


@dataclass(slots=True)
class Pace:
    """The edits of pace in a line; `problem` says what cannot be, with what could be instead."""

    edits: list[Edit]
    problem: str = ""
    choices: tuple[str, ...] = ()


def said_seconds(match: re.Match[str], suffix: str = "") -> float | None:
    """The seconds of a match of `SECONDS`."""
    groups = match.groupdict()
    if half := groups.get(f"half{suffix}"):
        return 30.0 if "minute" in half else 0.5
    words = groups.get(f"n{suffix}")
    if not words:
        return None
    if words.startswith(("a couple", "a few")):
        value = 2.0 if "couple" in words else 3.0
    elif words == "half a":
        value = 0.5
    else:
        extra = 0.5 if words.endswith("and a half") else 0.0
        word = words.removesuffix(" and a half")
        value = (float(NUMBERS[word]) if word in NUMBERS else float(word.replace(",", "."))) + extra
    unit = groups[f"unit{suffix}"]
    return value * (60 if unit.startswith("m") else 3600 if unit.startswith("h") else 1)


def take_pace(line: Line, film: Storyboard, shots: Sequence[str], *, each: bool, pace_last: str = "") -> Pace:
    """The length and speed edits of a line for these shots, () for the whole film.

    `each`: the shots were named one by one, so seconds are for each. `pace_last` is "speed" or "length" when the last
    change was one, for "more" and "a bit less".
    """
    free = [s for s in film.shots if (not shots or s.id in shots) and (shots or not s.locked)] or list(film.shots)
    reach = _Reach(film, tuple(shots), free)
    if (match := line.find(_TRIM)) and (match["edge"] or match["side"] or re.search(r"\boff\b|\bfrom\b", match[0])):
        value = 1.0 if match["one"] else said_seconds(match)
        if value is not None:
            line.use(match.start(), match.end())
            front = (match["side"] or match["edge"] or "end") in {"start", "beginning", "front", "first", "opening"}
            return Pace([_trimmed(s, value, front=front) for s in free])
    if shots and len(free) == 1 and (match := line.take(_SPAN)):
        return Pace([TrimShot(shot=free[0].id, start_s=float(match["a"]), end_s=float(match["b"]))])
    if match := line.find(_BY):
        suffix = "" if match["n"] or match["half"] else "2" if match["any"] else "3"
        by = said_seconds(match, suffix)
        if by is not None:
            line.use(match.start(), match.end())
            less = match["way"] in {"shorter", "less"} or match["verb"] in {
                "shorten",
                "trim",
                "cut",
                "reduce",
                "shorter",
            }
            return reach.lengths(lambda s: s.played_s + (-by if less else by))
    edits: list[Edit] = []
    if match := line.take(_SPEED):
        found = reach.speeds(match)
        if found.problem:
            return found
        edits += found.edits
    elif not _SOON.search(line.free) and (match := line.take(_PACE)):
        edits += reach.paced(match, slow=bool(match["slow"])).edits
    if match := line.take(_SHARE):
        part = {"third": 1 / 3, "quarter": 0.25, "half": 0.5}.get(match["part"] or "", int(match["pct"] or 0) / 100)
        share = 1 + part if match["way"] == "longer" else 1 - part
        found = reach.lengths(lambda s: round(s.played_s * share, 3))
    elif match := line.take(_TIMES):
        factor = 2.0 if match["double"] else 0.5 if match["half"] else 3.0 if match["triple"] else 1 / 3
        found = reach.lengths(lambda s: s.played_s * factor)
    elif match := line.find(_EXACT):
        value = said_seconds(match)
        line.use(match.start(), match.end())
        line.take(_LENGTH)
        if value is None:
            return Pace(edits)
        per = each or _EACH.search(line.text)
        whole = not shots and (not per or _TOTAL.search(line.text)) and not _EACH.search(line.text)
        if re.search(r"(?<!no )(?<!not )\b(?:extra|more)\b(?! than)", match[0]):
            whole = not shots and bool(_TOTAL.search(line.text) or re.search(r"\bof (?:film|it)\b", line.text))
            now = sum(s.played_s for s in film.shots)
            found = reach.total(now + value) if whole else reach.lengths(lambda s: s.played_s + value)
        elif whole and _EVENLY.search(line.text):
            found = reach.lengths(lambda s: round(value / len(film.shots), 3))
        else:
            found = reach.total(value) if whole else reach.lengths(lambda s: value)
    elif match := line.take(_LENGTH):
        more = (
            match["way"] in {"longer", "lengthen", "extend", "too short", "more time"}
            or match["way"].endswith("longer")
            or match["way"].startswith("over")
        )
        small, large = _SMALL.search(match[0]), _LARGE.search(match[0])
        factor = (1.25 if small else 2.0 if large else 1.5) if more else (0.8 if small else 0.5 if large else 0.75)
        found = reach.lengths(lambda s: max(MIN_SHOT_S, round(s.played_s * factor * 4) / 4))
    else:
        return Pace(edits)
    return Pace([*edits, *found.edits], found.problem, found.choices)


def _trimmed(shot: Shot, value: float, *, front: bool) -> Edit:
    end = shot.duration_s if shot.trim_end_s is None else shot.trim_end_s
    start_s = shot.trim_start_s + (value if front else 0)
    end_s = end - (0 if front else value)
    return TrimShot(
        shot=shot.id, start_s=round(start_s, 3), end_s=None if end_s >= shot.duration_s else round(end_s, 3)
    )


@dataclass(slots=True)
class _Reach:
    film: Storyboard
    shots: tuple[str, ...]
    free: list[Shot]

    def _ids(self, same: list[Shot]) -> tuple[str, ...]:
        return () if not self.shots and len(same) == len(self.free) else tuple(s.id for s in same)

    def lengths(self, wanted: Callable[[Shot], float]) -> Pace:
        """Every shot as long as `wanted` says."""
        values: dict[float, list[Shot]] = {}
        for shot in self.free:
            seconds = round(wanted(shot), 3)
            low, high = MIN_SHOT_S / shot.speed, MAX_SHOT_S / shot.speed
            if not low <= seconds <= high:
                number = self.film.number(shot.id)
                near = min(max(seconds, low), high)
                return Pace(
                    [],
                    f"Shot {number} would last {seconds:g} s; it can last {low:g} to {high:g} s.",
                    (f"Make shot {number} {near:g} seconds",),
                )
            values.setdefault(seconds, []).append(shot)
        return Pace([SetDuration(shots=self._ids(same), seconds=value) for value, same in values.items()])

    def total(self, seconds: float) -> Pace:
        """All shots together as long as this, each in proportion."""
        now = sum(s.played_s for s in self.free)
        fixed = sum(s.played_s for s in self.film.shots) - now
        share = (seconds - fixed) / now
        return self.lengths(lambda s: s.played_s * share) if share > 0 else self.lengths(lambda s: 0)

    def speeds(self, match: re.Match[str]) -> Pace:
        """Every shot at the speed a match of `_SPEED` names."""
        if match["x"]:
            value = float(match["x"])
            value = 1 / value if "slower" in match[0] and value else value
        elif match["pct"]:
            value = int(match["pct"]) / 100
            value = 1 - value if "slower" in match[0] else 1 + value if "faster" in match[0] else value
        else:
            named = {"quarter": 0.25, "half": 0.5, "double": 2.0, "triple": 3.0, "lapse": 4.0, "normal": 1.0}
            value = next(speed for name, speed in named.items() if match[name])
        if not 0.25 <= value <= 4:
            return Pace([], f"Speed {value:g} is out of reach; it can be 0.25 to 4.", ("Half speed", "Double speed"))
        return Pace([SetSpeed(shots=self.shots, speed=round(value, 3))])

    def paced(self, match: re.Match[str], *, slow: bool) -> Pace:
        """Every shot slower or faster by feel."""
        small, large = _SMALL.search(match[0]), _LARGE.search(match[0])
        factor = (0.8 if small else 0.5 if large else 0.75) if slow else (1.25 if small else 2.0 if large else 1.5)
        values: dict[float, list[Shot]] = {}
        for shot in self.free:
            values.setdefault(round(min(4.0, max(0.25, shot.speed * factor)), 3), []).append(shot)
        return Pace([SetSpeed(shots=self._ids(same), speed=value) for value, same in values.items()])
