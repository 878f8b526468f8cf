"""Somebody else doing something in the same words: company in the shot, or a shot of its own."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from cutaway.conversation.keywords.acting import RESTING
from cutaway.conversation.keywords.clauses import Clause, read_clause
from cutaway.conversation.keywords.phrases import Thing, drawable, plural, tokens
from cutaway.conversation.keywords.places import phrase_end, place_of
from cutaway.conversation.keywords.text import listed
from cutaway.conversation.keywords.words import DETERMINERS, NUMBERS, PLACE_PREPOSITIONS, VERB_BASES

_JOINT: Final = re.compile(
    rf"(?:\s*,\s*(?:and\s+)?|\s+)(?P<while>while|whilst|as)\s+(?=\w)"
    rf"|(?:(?P<comma>\s*,\s*)(?:and\s+)?|\s+and\s+)(?=(?:{'|'.join(sorted(DETERMINERS))})\s+\w)",
    re.I,
)
_WHOSE: Final = re.compile(r"\b(?:that|who|which)\b", re.I)
_MAX_JOINTS: Final = 12
_REACH_CHARS: Final = 300


def read_together(text: str, *, opening: bool = False) -> list[Clause]:
    """The clauses of words between two stops; one, unless a comma begins a new subject in a place of its own.

    "while", "as" and "and" bring another subject with its own verb into the same shot: one of its `companions`.
    """
    clauses: list[Clause] = []
    start = first = 0
    apart = True

    def keep(end: int) -> None:
        clause = read_clause(text[start:end], opening=opening and not clauses)
        if apart:
            place = clause.setting or (origin(clause.action) if clauses else "")
            clauses.append(replace(clause, setting=place))
        else:
            main = clauses[-1]
            clauses[-1] = replace(main, text=text[first:end].strip(), companions=(*main.companions, clause))

    for match in list(_JOINT.finditer(text))[:_MAX_JOINTS]:
        other = _company(text[match.end() : match.end() + _REACH_CHARS], parallel=match["while"] is not None)
        if other is None or not _busy(text[start : match.start()], opening, parallel=match["while"] is not None):
            continue
        keep(match.start())
        apart = match["comma"] is not None and bool(other.setting or origin(other.action))
        start = match.end()
        first = start if apart else first
    keep(len(text))
    return clauses


def with_company(action: str, clause: Clause) -> str:
    """The action of a shot with what the company does: "sits while the owl flies"."""
    for other in clause.companions:
        who = listed(_called(thing) for thing in other.subjects)
        place = _placed(other) if other.setting and other.setting not in other.action else ""
        alone = not action and not clause.subjects and not clause.carried
        joint = () if alone and len(clause.companions) == 1 else ("while", who) if action else (who,)
        action = " ".join(part for part in (action, *joint, other.action, place) if part)
    return action


def _busy(text: str, opening: bool, *, parallel: bool) -> bool:
    """Whether the words before a joint are a clause of their own rather than the first half of "a boy and a dog"."""
    clause = read_clause(text, opening=opening)
    if clause.verb and (clause.subjects or clause.carried or clause.setting):
        return True
    return parallel and clause.useful and not clause.carried


def _company(text: str, *, parallel: bool) -> Clause | None:
    """The clause when it tells of somebody doing something, else None."""
    if not parallel and _WHOSE.search(" ".join(text.split()[:5])):
        return None
    clause = read_clause(text)
    doing = clause.verb in VERB_BASES | RESTING or (clause.indefinite and bool(clause.verb))
    named = clause.determined or any(
        drawable(thing.head) or (parallel and plural(thing.head)) for thing in clause.subjects
    )
    return clause if clause.subjects and doing and named and not clause.spoken else None


def origin(action: str) -> str:
    """The place somebody leaves, "city" of "launches from a city": where the shot is when nothing else says so."""
    words = tokens(action)
    lower = [word.lower() for word in words]
    at = next((i for i, word in enumerate(lower) if word == "from" or lower[i - 1 : i + 1] == ["out", "of"]), None)
    return place_of(words[at + 1 : phrase_end(words, at + 1)]) if at is not None else ""


def _called(thing: Thing) -> str:
    if thing.name:
        return thing.name
    counted = thing.kind.split()[0].lower() in NUMBERS
    return thing.kind if counted else f"the {thing.kind}"


def _placed(clause: Clause) -> str:
    """Where the company is, as it was said: "on the shore"."""
    prepositions = "|".join(sorted(PLACE_PREPOSITIONS))
    said = re.search(rf"\b(?:{prepositions})\s+(?:[\w-]+\s+){{0,2}}?{re.escape(clause.setting)}", clause.text, re.I)
    return said[0] if said else ""
