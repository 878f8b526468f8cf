"""Which shots a change is for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from cutaway.conversation.keywords.phrases import Thing, find_member, singular
from cutaway.conversation.keywords.text import listed, number, squeeze
from cutaway.conversation.keywords.words import NUMBERS, ORDINALS
from cutaway.storyboard.model import Storyboard

WHOLE: Final = "the whole film"
EVERYWHERE: Final = "every place it is shown"

_N: Final = (
    r"(?:\d{1,6}|one|two|three|four|five|six|seven|eight|nine|ten)(?!\s*(?:seconds?|secs?\b|s\b|x\b|%|p\b|\.\d))"
)
_LEAD: Final = r"(?:\b(?:in|on|of|for|from|to|at|during|into|off|only|just|but only|over)\s+){0,3}(?:\bthe\s+)?"
_NOUN: Final = r"(?:shots?|scenes?|clips?)"
_NUMBERED: Final = re.compile(
    rf"{_LEAD}\b(?:(?P<many>shots|scenes|clips)\s*(?:number\s*|no\.?\s*|\#\s*)?(?P<list>{_N}"
    rf"(?:(?:\s*(?:,|&|-)\s*(?:and\s+)?|\s+and\s+|\s+(?:to|through)\s+)(?:{_NOUN}\s*)?{_N})*)"
    # "set the seed of shot 1 to 42": only several shots have a "to" between numbers.
    rf"|(?:shot|scene|clip)\s*(?:number\s*|no\.?\s*|\#\s*)?(?P<one>{_N}(?:(?:\s*(?:,|&)\s*(?:and\s+)?"
    rf"|\s+and\s+)(?:{_NOUN}\s*)?{_N})*))\b",
    re.I,
)
_ORDINAL: Final = re.compile(
    rf"{_LEAD}\b(?P<which>{'|'.join(ORDINALS)})\s+(?:(?P<count>{_N})\s+)?(?:{_NOUN}|ones?)\b"
    rf"(?:\s+and\s+(?:the\s+)?(?P<also>{'|'.join(ORDINALS)})\s+(?:{_NOUN}|ones?)\b)?",
    re.I,
)
_ALL: Final = re.compile(
    rf"{_LEAD}\b(?:(?:all|every|each|both)\s+(?:of\s+)?(?:the\s+)?{_NOUN}|(?:the\s+)?(?:whole"
    rf"|entire)\s+(?:film|video|movie|thing|clip)"
    r"|everywhere|throughout|everything)\b",
    re.I,
)
_REST: Final = re.compile(r"\bthe\s+(?:rest|others?)\b|\bother\s+(?:shots|scenes|ones)\b", re.I)
_WITH: Final = re.compile(
    rf"{_LEAD}\b{_NOUN}\s+(?:with|of|where|that\s+has|showing)\s+(?P<who>(?:the|a|an)\s+[\w-]+(?:\s+[\w-]+)?)\b", re.I
)


@dataclass(frozen=True, slots=True)
class Target:
    """The shots a text names (`()`: none named), how that is said, and the text without those words."""

    shots: tuple[str, ...]
    scope: str
    rest: str
    all: bool = False
    problem: str = ""

    @property
    def named(self) -> bool:
        """Whether shots were named one by one."""
        return bool(self.shots)


def read_target(text: str, film: Storyboard) -> Target:
    """The shots this text is about."""
    numbers: list[int] = []
    rest = text
    for numbered in list(_NUMBERED.finditer(text)):
        numbers += _numbers(numbered["list"] or numbered["one"], ranges=bool(numbered["many"]))
        rest = rest.replace(numbered[0], " ", 1)
    if not numbers and (match := _ORDINAL.search(text)):
        numbers = _ordinals(match, len(film.shots))
        rest = f"{text[: match.start()]} {text[match.end() :]}"
    if numbers and _REST.search(rest):
        return Target((), WHOLE, text, problem="Which other shots do you mean? Please name them by number.")
    if numbers:
        return _named(numbers, squeeze(rest), film)
    if match := _ALL.search(text):
        return Target((), WHOLE, squeeze(f"{text[: match.start()]} {text[match.end() :]}"), all=True)
    if _REST.search(text):
        return Target((), WHOLE, text, problem="Which shots do you mean? Please name them by number.")
    if match := _WITH.search(text):
        shots, unused = _shots_with(match["who"], film)
        if shots:
            return Target(
                shots, scope_of(film, shots), squeeze(f"{text[: match.start()]} {unused} {text[match.end() :]}")
            )
    return Target((), WHOLE, text)


def scope_of(film: Storyboard, shots: tuple[str, ...]) -> str:
    """How these shots are said: "shot 2", "shots 1 and 3", or "the whole film" for none."""
    if not shots:
        return WHOLE
    numbers = [film.number(shot_id) for shot_id in shots if film.shot(shot_id)]
    return f"shot{'s' if len(numbers) > 1 else ''} {listed(map(str, numbers))}" if numbers else "a new shot"


def how_many(film: Storyboard) -> str:
    """How many shots there are, as a message says it: "2 shots"."""
    return f"{len(film.shots)} shot{'s' if len(film.shots) != 1 else ''}"


def _named(numbers: list[int], rest: str, film: Storyboard) -> Target:
    count = len(film.shots)
    wrong = next((n for n in numbers if not 1 <= n <= count), None)
    if wrong is not None:
        there = "There is 1 shot" if count == 1 else f"There are {count} shots"
        return Target((), WHOLE, rest, problem=f"{there} in this film, so there is no shot {wrong}.")
    shots = tuple(film.shots[n - 1].id for n in dict.fromkeys(numbers))
    return Target(shots, scope_of(film, shots), rest)


def _numbers(words: str, *, ranges: bool) -> list[int]:
    found: list[int] = []
    span = False
    for part in re.findall(r"\d+|[a-z]+|-", words.lower()):
        if part in {"to", "through", "-"}:
            span = ranges
        elif (value := number(part)) is not None and part not in {"a", "an"}:
            n = int(value)
            if span and found and found[-1] < n <= found[-1] + 60:
                found += range(found[-1] + 1, n)
            found.append(n)
            span = False
    return found


def _ordinals(match: re.Match[str], count: int) -> list[int]:
    found: list[int] = []
    for word in (match["which"], match["also"]):
        if not word:
            continue
        place = ORDINALS[word.lower()]
        n = place if place > 0 else count + 1 + place
        many = int(number(match["count"]) or 1) if match["count"] and word == match["which"] else 1
        found += range(n, n + many) if place > 0 else range(max(1, n - many + 1), n + 1)
    return found


def _shots_with(who: str, film: Storyboard) -> tuple[tuple[str, ...], str]:
    """The shots with somebody, and the words that were not part of the name."""
    words = [word for word in who.lower().split() if word not in {"the", "a", "an"} and word not in NUMBERS]
    for end in range(len(words), 0, -1):
        member = find_member(film.cast, Thing(head=words[end - 1], kind=" ".join(map(singular, words[:end]))))
        if member is not None:
            return tuple(shot.id for shot in film.shots if member.id in shot.cast), " ".join(words[end:])
    return (), ""
