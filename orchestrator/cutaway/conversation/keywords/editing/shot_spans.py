"""Shots meant by their place beside others: "everything up to the kiln", "from the bridge on", "the one after it"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from cutaway.conversation.keywords.editing.line import Line

_ONES: Final = r"(?:shots?|scenes?|clips?|parts?|bits?|moments?|ones?)"
_IN: Final = r"(?:\b(?:in|on|of|for|to|at|during|over|with)\s+){0,2}"
_REF: Final = (
    r"(?P<ref>(?:it|that|this|them|then|there)\b|(?:the |that |this |my |our |his |her |she |he |they |it |shot "
    r"|scene "
    r"|number )+[\w-]+(?: (?!on\b|in\b|at\b|should\b|is\b|are\b|needs?\b|must\b|could\b|black\b|and\b"
    r"|be\b)[\w-]+){0,2})"
)
_ALL: Final = re.compile(
    rf"{_IN}\b(?:everything|all|anything|whatever|what|every {_ONES}|(?:all )?(?:of )?the {_ONES}|the rest|the stuff"
    r"|the whole (?:film|thing|lot))(?: that| which)?(?: comes?| goes?| happens?| is| are| we see| there"
    r" is)?(?: right"
    rf"| just)? (?P<side>before|up to(?: and including)?|up until|until|till|leading up to|after|following|from|past"
    rf"|since)(?: when| where)? {_REF}(?P<on> on(?:wards?)?| to the end)?"
)
_UNTIL: Final = re.compile(rf"(?<=\w )(?P<side>until|till|up until|up to) {_REF}(?=\s*(?:$|[,.;]))")
_FROM: Final = re.compile(
    rf"\b(?P<side>from)(?: when| where)? {_REF}(?P<on> on(?:wards?)?(?=\s|$)| to the (?:very )?end| till the end)"
)
_NEXT: Final = re.compile(
    rf"{_IN}\b(?:the|that) (?:very )?(?P<one>one|shot|scene|clip|bit|part)(?: that comes| which comes|"
    r" coming)?(?: right"
    rf"| just| directly| immediately)? (?P<side>before|after|following|preceding) {_REF}"
)
_AFTERWARDS: Final = re.compile(
    r"(?<=\w )(?:after (?:that|it|this|them)|from then on|from there on|thereafter|afterwards|from that (?:point"
    r" )?on)$"
    r"|^(?:from then on|from there on|thereafter)\b|(?<=\w )(?P<before>(?:until|up to|before) (?:then|that|there))$"
)
_THERE_ON: Final = re.compile(r"\bfrom (?:there|that)\b")
_HALF: Final = re.compile(
    rf"{_IN}\bthe (?P<which>first|second|last|latter|other) half(?: of (?:it|the (?:film|video|movie|clip|whole"
    r" thing)))?"
    r"(?= *(?:$|[,.;!·]|in\b|at\b|should\b|to\b|with\b|a\b|is\b))"
)
_NEIGHBOUR: Final = re.compile(
    rf"{_IN}\bthe (?P<side>next|following|previous|preceding) (?:one|shot|scene|clip|bit|part)\b(?! (?:to|from|of)\b)"
)
_BEFORE: Final = ("before", "up to", "up until", "until", "till", "leading up to", "preceding")
_POINTS: Final = frozenset(("it", "that", "this", "them", "then", "there"))


def spanned(text: str) -> bool:
    """Whether words speak of shots by their place beside another."""
    return bool(_ALL.search(text) or _FROM.search(text) or _NEXT.search(text))


def take_span(
    line: Line, ids: Sequence[str], spoken: Sequence[str], named: Callable[[str], Sequence[str]]
) -> tuple[str, ...] | None:
    """The shots of `ids` a line means by their place, None for none; those words are then read. () is no shot known.

    `spoken` are the shots spoken of last; `named` finds the shots some words name.
    """
    if len(ids) > 1 and (match := line.find(_HALF)):
        line.use(match.start(), match.end())
        half = len(ids) // 2
        return tuple(ids[:half] if match["which"] == "first" else ids[-half:])
    if spoken and len(spoken) < len(ids) and (match := line.find(_AFTERWARDS)):
        places = [ids.index(shot) for shot in spoken if shot in ids] or [0]
        there = tuple(
            ids[: min(places)] if match["before"] else ids[max(places) + (0 if _THERE_ON.search(match[0]) else 1) :]
        )
        if there:
            line.use(match.start(), match.end())
            return there
    if (match := line.find(_NEIGHBOUR)) and len(spoken) == 1:
        near = ids.index(spoken[0]) + (1 if match["side"] in {"next", "following"} else -1)
        if 0 <= near < len(ids):
            line.use(match.start(), match.end())
            return (ids[near],)
    for pattern in (_ALL, _FROM, _NEXT, _UNTIL):
        match = line.find(pattern)
        if match is None:
            continue
        shots = spoken if match["ref"] in _POINTS else named(match["ref"])
        if match["side"] in {"from", "since", "past"} and not match.groupdict().get("on"):
            continue
        at = sorted(ids.index(shot) for shot in shots if shot in ids)
        if not at or len(at) == len(ids) or (pattern is _NEXT and len(at) > 1):
            if pattern is _ALL and not at:
                return ()
            continue
        before = match["side"].startswith(_BEFORE)
        found: tuple[str, ...]
        if pattern is _NEXT:
            near = at[0] + (-1 if before else 1)
            found = (ids[near],) if 0 <= near < len(ids) else ()
        elif before:
            found = tuple(ids[: at[-1] + 1 if "including" in match["side"] else at[0]])
        else:
            found = tuple(ids[at[0] if match["side"] in {"from", "since"} else at[-1] + 1 :])
        if found:
            line.use(match.start(), match.end())
        return found
    return None
