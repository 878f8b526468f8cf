"""What is wrong with a policy's values, in plain words: the key, the value, and what to write instead."""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy
from typing import Any, Final

from pydantic import ValidationError

from cutaway.config_file import did_you_mean, shown
from cutaway.routing.document import PolicyDocument
from cutaway.routing.finding import Loc, dotted
from cutaway.routing.policy_nodes import fields_at
from cutaway.routing.reading import Reading

MOST_ROUNDS: Final = 20
_REQUIRED: Final[Mapping[Loc, tuple[Any, str]]] = {
    ("apiVersion",): ("cutaway/v1", "Write apiVersion: cutaway/v1 at the top."),
    ("kind",): ("RoutingPolicy", "Write kind: RoutingPolicy at the top."),
    ("metadata",): ({"name": "x"}, "Write metadata: {name: mine} below kind; decisions call the policy by that name."),
    ("metadata", "name"): ("x", "Write name: mine below metadata; decisions call the policy by that name."),
    ("spec",): ({}, "Write spec: with the policy's keys below it; spec: {} keeps every default."),
}
"""What a file must have: a value that stands in for a wrong one while the rest is read, and what to write."""

_BOUNDS: Final = {"ge": ("under", "at least"), "gt": ("not above", "above"), "le": ("over", "at most"),
                  "lt": ("not below", "below")}  # fmt: skip
_KINDS: Final = {
    "decimal": ("is no amount", 'Write an amount in USD, for example "0.50".'),
    "int": ("is not a whole number", "Write a whole number."),
    "float": ("is not a number", "Write a number."),
    "finite": ("is not a finite number", "Write a number, for example 5."),
    "bool": ("is neither true nor false", "Write true or false."),
    "string": ("is not a word", "Write a word, in quotes where it looks like a number."),
}
"""By the first word of a fault's type: what is wrong, and what to write."""


def validated(reading: Reading, data: dict[str, Any]) -> PolicyDocument | None:
    """The document of a file's values, None when anything is wrong with the file; all of it is noted."""
    known: PolicyDocument | None = None
    out: set[Loc] = set()
    # What is wrong is taken out and the rest is read again, because checks across keys run only where each is right.
    for _ in range(MOST_ROUNDS):
        try:
            known = PolicyDocument.model_validate(data)
            break
        except ValidationError as error:
            for one in error.errors(include_url=False):
                loc = tuple(part for part in one["loc"] if part != "[key]")
                if loc not in out:
                    _complain(reading, data, loc, one)
                out.add(loc)
                _take_out(data, loc[:-1] if one["type"] == "missing" and loc not in _REQUIRED else loc)
    return known if known is not None and not reading.findings else None


def _complain(reading: Reading, data: Any, loc: Loc, one: Any) -> None:
    kind, context = one["type"], one.get("ctx", {})
    name, given = dotted(loc), _at(data, loc)
    said = name if isinstance(given, dict | list) else f"{name} is {_value(given)}"
    if kind == "value_error":
        message, _, write = str(context["error"]).partition("; write ")
        where = _narrowed(reading, data, loc, message)
        fix = f"Write {write}." if write else _advice(message)
        brief = re.sub(r"\S{80,}", lambda found: f"{found[0][:40]}...", message)  # a name may be as long as the file
        reading.complain(where, f"{dotted(where)}: {brief}.", fix)
    elif kind == "missing":
        state = "empty" if loc in reading.places else "missing"
        fix = _REQUIRED[loc][1] if loc in _REQUIRED else f"Write {loc[-1]} there."
        reading.complain(loc, f"{name} is {state}.", fix)
    elif kind == "literal_error":
        allowed = [part.strip("' ") for part in re.split(r",| or ", str(context["expected"]))]
        hint = did_you_mean(str(given), allowed)
        fix = f"{hint} Allowed: {', '.join(allowed)}." if hint else f"Write {' or '.join(allowed)}."
        reading.complain(loc, f"{said}, which is none of what is allowed there.", fix)
    elif kind in {"tuple_type", "list_type"}:
        example = "..." if isinstance(given, dict) else str(given)[:60]
        reading.complain(loc, f"{said}, which is not a list.", f"Write {loc[-1]}: [{example}].")
    elif kind in {"model_type", "dict_type", "model_attributes_type"}:
        keys = f" with the keys {', '.join(fields_at(loc))}" if fields_at(loc) else ""
        fix = _REQUIRED[loc][1] if loc in _REQUIRED and loc != ("spec",) else ""
        reading.complain(
            loc, f"{name} is not keys with values.", fix or f"Write KEY: VALUE lines below {loc[-1]}{keys}."
        )
    else:
        wrong, fix = _number_or_word(kind, context)
        reading.complain(loc, f"{said}, which {wrong}.", fix)


def _number_or_word(kind: str, context: Mapping[str, Any]) -> tuple[str, str]:
    """What is wrong with a number or a word by the type of its fault, and what to write."""
    for key, (wrong, right) in _BOUNDS.items():
        if key in context:
            return f"is {wrong} {context[key]}", f"Write a number {right} {context[key]}."
    if kind == "string_pattern_mismatch":
        fix = "Use small letters, digits, '.', '_' and '-', beginning with a letter or digit."
        return "is no name", fix
    return _KINDS.get(kind.partition("_")[0], ("cannot stand there", "policies/README.md lists every key."))


def _value(given: Any) -> str:
    """A value as a message shows it, never longer than a line; true and false as YAML writes them."""
    if isinstance(given, str):
        return shown(given)
    said = str(given).lower()
    return said if len(said) <= 40 else f"{said[:12]}... ({len(said)} characters)"


def _advice(message: str) -> str:
    if "lead back" in message:
        return "Take it out of one of those lists."
    if "two rules" in message:
        return "Give one of them another name."
    if "names the window" in message:
        return "Name a window that stands under peak, or add it there."
    if "both in only and in ignore" in message:
        return "Take it out of one of them."
    if "fits nothing" in message:
        return "Make seconds_over smaller than seconds_up_to."
    if "the rungs" in message:
        return "Write rungs: [animatic, still, draft, final], or leave some of the first three out."
    if "includes clips or seconds" in message:
        return "Write included_clips: 20, or included_seconds: 200."
    if "rising used_share" in message:
        return "Write the steps from the lowest used_share to the highest, each once."
    return "policies/README.md says what is expected there."


def _narrowed(reading: Reading, data: Any, loc: Loc, message: str) -> Loc:
    """The key below `loc` that a complaint about several is really about: the one it names."""
    words = re.findall(r"'([^']+)'|fallbacks of (\S+)|^(\S+) is both", message)
    names = [next(filter(None, found)) for found in words]
    if not names:
        return loc
    below = [place for place in reading.places if len(place) > len(loc) and place[: len(loc)] == loc]
    name = names[1] if "names the window" in message and len(names) > 1 else names[0]
    hits = [place for place in below if place[-1] == name or _at(data, place) == name]
    if not hits:
        return loc
    return hits[-1] if "two rules" in message else hits[0]


def _at(data: Any, loc: Loc) -> Any:
    for part in loc:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def _take_out(data: Any, loc: Loc) -> None:
    """Remove a value, so that what is beside it can be read. List items become what was there without them."""
    if not loc:
        return
    parent = _at(data, loc[:-1])
    if loc in _REQUIRED and isinstance(parent, dict):
        parent[loc[-1]] = deepcopy(_REQUIRED[loc][0])
    elif isinstance(parent, dict):
        parent.pop(loc[-1], None)
    else:
        _take_out(data, loc[:-1])
