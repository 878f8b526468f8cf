"""What is wrong with settings, in the words of whoever wrote them: the place, the value, and what to write instead.

A value is shown only where it cannot be a secret: never that of an option whose name or type says so, never one that
holds the value of such an option or looks like a key, and never that of an option nobody knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final, get_args

from pydantic import BaseModel, SecretStr, ValidationError
from pydantic_core import ErrorDetails

from cutaway.config_file import did_you_mean, shown
from cutaway.errors import ConfigError

Loc = tuple[int | str, ...]

PAGE: Final = "docs/providers.md lists what it takes."
_SECRET: Final = re.compile(r"key|secret|token|passw|credential|auth", re.IGNORECASE)
_LIKE_A_KEY: Final = re.compile(r"(?=.*\d)(?=.*[A-Za-z])[\w+/=:-]{20,}")
_NOT_A: Final[Mapping[str, str]] = {
    "int_": "a whole number",
    "float_": "a number",
    "decimal_": "a number",
    "finite_number": "a number",
    "bool_": "true or false",
    "string_type": "text",
    "date_": "a date like 2026-11-01",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "keys with values",
    "mapping_type": "keys with values",
    "model_": "keys with values",
}
"""What a value should have been, by the beginning of pydantic's name for the fault."""
_BOUNDS: Final[Mapping[str, tuple[str, str]]] = {
    "greater_than": ("above", "gt"),
    "greater_than_equal": ("at least", "ge"),
    "less_than": ("below", "lt"),
    "less_than_equal": ("at most", "le"),
}
_ONE_OF: Final[Mapping[str, str]] = {"models": "model", "rates": "rate", "sizes": "size"}
"""What an entry of such a list is called."""
_HINTS: Final[Mapping[str, str]] = {
    "base_url": "Write base_url: http://HOST:PORT/v1.",
    "models": 'Write models: [{id: NAME, price: {usd_per_s: "0.05", source: our own GPU hours, as_of: 2026-11-01}}].',
    "price": 'Write price: {usd_per_s: "0.05", source: our own GPU hours, as_of: 2026-11-01}, 0 where it is free.',
    "source": "Write source: where the price stands, in words.",
    "as_of": "Write as_of: the day the price was read, like 2026-11-01.",
    "id": "Write id: NAME.",
}
_EXTRA: Final = ("only", "adapter", "max_in_flight")
"""What an instance may have beyond the fields of its account."""


def settings_error(
    error: ValidationError,
    kind: type[BaseModel],
    given: Mapping[str, Any],
    *,
    adapter: str,
    entries: Sequence[str] = (),
) -> ConfigError:
    """The complaint about the first fault in the settings of one instance, to be raised.

    `given` is what was validated as `kind`. `entries` are the places of `models` as the file has them ("0", or an id
    of the catalog), where they are not simply counted.
    """
    fault = error.errors(include_url=False)[0]
    loc = _known_part(fault["loc"], given) if fault["type"] not in {"missing", "extra_forbidden"} else fault["loc"]
    place = _place(loc, entries)
    if fault["type"] == "extra_forbidden":
        owner = _owner(kind, loc[:-1])
        fields = [] if owner is None else list(owner.model_fields)
        fields += _EXTRA if owner is kind else ()
        what = _thing(loc[:-1]) or adapter
        fix = did_you_mean(str(loc[-1]), fields) or f"There are {', '.join(fields)}."
        return ConfigError(f"{adapter}: {place} is no option of {what}.", fix=fix)
    hidden = _is_secret(kind, loc) or _holds_secret(fault["input"], given)
    problem, fix = _words(fault, place, hidden=hidden)
    return ConfigError(f"{adapter}: {problem}.", fix=fix or _HINTS.get(str(loc[-1]) if loc else "", PAGE))


def first_problem(error: ValidationError) -> str:
    """Place and reason of a validation error's first fault; values stay out of it, one may be a secret."""
    fault = error.errors(include_url=False)[0]
    if fault["type"] == "extra_forbidden":
        return f"{_place(fault['loc'])} is no option of it"
    return _words(fault, _place(fault["loc"]), hidden=True)[0]


def value_shown(value: Any) -> str:
    """A value as a message shows it: text in quotes, numbers as they are, of lists and mappings only that they are."""
    if isinstance(value, str):
        # What follows a question mark may be a signature, as what stands before an at sign may be a password.
        return shown(re.sub(r"\?.*", "?...", value, flags=re.DOTALL)) if value else "empty"
    if isinstance(value, bool | int | float | Decimal | date) or value is None:
        return "empty" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
    return "a list" if isinstance(value, list | tuple) else "keys with values" if isinstance(value, Mapping) else "odd"


def _words(fault: ErrorDetails, place: str, *, hidden: bool) -> tuple[str, str]:
    """The problem without its full stop, and a fix where the fault itself gives one."""
    kind, context = fault["type"], fault.get("ctx", {})
    name = place or "the whole"
    given = "" if hidden else f" is {value_shown(fault['input'])}, which"
    if kind == "missing":
        return f"{name} is missing", ""
    if kind in {"too_short", "string_too_short"}:
        what = "is short" if context.get("actual_length") else "is empty"
        return f"{name} {what}{': name at least one model' if name == 'models' else ''}", ""
    if kind in {"value_error", "assertion_error"}:
        said = fault["msg"].partition(", ")[2] or fault["msg"]
        return f"{place}: {said}" if place else said, ""
    if kind == "literal_error":
        words = re.findall(r"'([^']*)'", str(context.get("expected", "")))
        near = did_you_mean(str(fault["input"]), words) if not hidden else ""
        return f"{name}{given} is not {context.get('expected', 'allowed')}", near
    if kind in _BOUNDS:
        word, key = _BOUNDS[kind]
        was = "" if hidden else f" is {value_shown(fault['input'])};"
        return f"{name}{was}{' it' if was else ''} must be {word} {context.get(key)}", ""
    if kind == "string_pattern_mismatch":
        if name.endswith("id"):
            return f"{name}{given} is not of a-z, 0-9, '.', '_' and '-'", "Give its name on the wire as vendor_model."
        return f"{name}{given} is not of the form {context.get('pattern')}", ""
    for beginning, noun in _NOT_A.items():
        if kind.startswith(beginning):
            scalar = isinstance(fault["input"], int | float | bool)
            return f"{name}{given} is not {noun}", "Quote it." if noun == "text" and scalar else ""
    return f"{name}: {fault['msg'][:1].lower()}{fault['msg'][1:]}", ""


def _place(loc: Loc, entries: Sequence[str] = ()) -> str:
    parts = [str(part) for part in loc]
    if len(loc) > 1 and loc[0] == "models" and isinstance(loc[1], int) and loc[1] < len(entries):
        parts[1] = entries[loc[1]]
    return ".".join(parts)


def _known_part(loc: Loc, given: Any) -> Loc:
    """The place without what pydantic adds behind it, such as the member of a union that was tried."""
    for depth, part in enumerate(loc):
        if not isinstance(given, Mapping | list | tuple):
            return loc[:depth]
        try:
            given = given[part]  # type: ignore[index]
        except (KeyError, IndexError, TypeError):
            return loc
    return loc


def _thing(loc: Loc) -> str:
    """What stands at a place, for people: `a model`, `a rate`; the last word of the place for anything else."""
    if not loc:
        return ""
    if isinstance(loc[-1], int) and len(loc) > 1:
        return f"a {_ONE_OF.get(str(loc[-2]), f'entry of {loc[-2]}')}"
    return f"{'an' if str(loc[-1])[:1] in 'aeiou' else 'a'} {loc[-1]}"


def _owner(kind: type[BaseModel] | None, loc: Loc) -> type[BaseModel] | None:
    """The model that a place belongs to; None inside free mappings."""
    for part in loc:
        if isinstance(part, int):
            continue
        field = None if kind is None else kind.model_fields.get(part)
        kind = None if field is None else next(_models_in(field.annotation), None)
    return kind


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models_in(inner)


def _is_secret(kind: type[BaseModel], loc: Loc) -> bool:
    if any(isinstance(part, str) and _SECRET.search(part) for part in loc):
        return True
    owner = _owner(kind, loc[:-1]) if loc else None
    field = owner.model_fields.get(str(loc[-1])) if owner is not None else None
    return field is not None and SecretStr in {field.annotation, *get_args(field.annotation)}


def _holds_secret(value: Any, given: Mapping[str, Any]) -> bool:
    """Whether a text is or holds a secret of these settings, or looks like a key in the wrong place."""
    if not isinstance(value, str):
        return False
    secrets = [one for name, inner in given.items() if _SECRET.search(name) for one in _texts(inner) if one]
    return any(one in value for one in secrets) or _LIKE_A_KEY.fullmatch(value) is not None


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for inner in value.values() if isinstance(value, Mapping) else value if isinstance(value, list | tuple) else ():
        yield from _texts(inner)


__all__ = ["first_problem", "settings_error", "value_shown"]
