"""How a changed part is checked, and how a refusal is said: the shot, the field, the value, what is allowed.

What is allowed is read from the model's own limits, so a message can never disagree with the rule.
"""

from __future__ import annotations

import math
from typing import Any, Final, Literal, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError

from cutaway.errors import EditError
from cutaway.storyboard.model import MAX_TOTAL_S, Shot, Storyboard

Part = TypeVar("Part", bound=BaseModel)

_LIMITS: Final = ("ge", "gt", "le", "min_length", "max_length", "pattern")
_SHOWN_CHARS: Final = 60
_KEPT_CHARS: Final = 200


def changed(part: Part, what: str, shot: str | None = None, **fields: Any) -> Part:
    """The part with these fields changed and every limit checked.

    `what` names the part in the message ("Shot 2 ('s2')"). Raises `EditError`; never a pydantic error.
    """
    if all(getattr(part, name) == value for name, value in fields.items()):
        return part
    try:
        return type(part).model_validate({**dict(part), **fields})
    except ValidationError as error:
        raise _refusal(part, error, what, shot, fields) from error


def film_with(film: Storyboard, **fields: Any) -> Storyboard:
    """The storyboard with these fields changed and every limit checked. Raises `EditError`."""
    shots: tuple[Shot, ...] = fields.get("shots", film.shots)
    total_s = round(sum(shot.played_s for shot in shots), 3)
    if total_s > MAX_TOTAL_S:
        raise EditError(
            f"The film would be {total_s:g} s long.",
            field="duration_s",
            value=total_s,
            allowed=f"at most {MAX_TOTAL_S:g} s in all",
        )
    return changed(film, "The film", **fields)


def allowed(model: type[BaseModel], field: str) -> str:
    """What a field takes, in words: the choices, the range or the length; empty when anything goes."""
    info = model.model_fields[field]
    if choices := _choices(info.annotation):
        return ", ".join(choices)
    limit: dict[str, Any] = {}
    for rule in info.metadata:
        limit |= {name: value for name in _LIMITS if (value := getattr(rule, name, None)) is not None}
    if "pattern" in limit:
        return "1 to 40 of a-z, 0-9, - and _, starting with a letter or digit"
    if "max_length" in limit:
        unit = " characters" if info.annotation is str else ""
        low = f"{limit['min_length']} to " if limit.get("min_length") else "at most "
        return f"{low}{limit['max_length']}{unit}"
    if "ge" in limit and "le" in limit:
        return f"{_number(limit['ge'])} to {_number(limit['le'])}"
    return f"at least {_number(limit['ge'])}" if "ge" in limit else f"more than {_number(limit.get('gt', 0))}"


def shown(value: Any) -> str:
    """A value as a message shows it, short however long it is."""
    text = repr(value)
    return text if len(text) <= _SHOWN_CHARS else f"{text[:_SHOWN_CHARS]}..."


def _refusal(part: BaseModel, error: ValidationError, what: str, shot: str | None, fields: dict[str, Any]) -> EditError:
    first = error.errors(include_url=False)[0]
    if not first["loc"]:
        # A rule over several fields: its own words are the best account of what is allowed.
        field = next(iter(fields))
        rule = str(first["msg"]).removeprefix("Value error, ")
        value = _plain(fields[field])
    else:
        field = str(first["loc"][0])
        rule = allowed(type(part), field)
        value = len(fields[field]) if first["type"] == "too_long" else _plain(first["input"])
    message = f"{what} cannot have {field} {shown(value)}."
    return EditError(message, shot=shot, field=field, value=value, allowed=rule)


def _plain(value: Any) -> Any:
    """A value that survives JSON: errors cross processes as data."""
    if isinstance(value, str):
        return value[:_KEPT_CHARS]
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value.model_dump(mode="json") if isinstance(value, BaseModel) else value


def _choices(annotation: Any) -> tuple[str, ...]:
    if get_origin(annotation) is Literal:
        return tuple(str(choice) for choice in get_args(annotation))
    return ()


def _number(value: float) -> str:
    return str(value) if isinstance(value, int) else f"{value:g}"
