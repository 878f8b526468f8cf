"""Reading a policy from a YAML file, every complaint with its place: `FILE, line L, column C: what; fix`.

YAML is composed without building anything from it: tags, anchors, bombs and deep nesting are refused (`config_file`).
All complaints of a file are found in one go: what is wrong is noted, left out, and the rest is read on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType, UnionType
from typing import Any, Final, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from cutaway.config_file import compose, did_you_mean, plain, shown
from cutaway.errors import ConfigError
from cutaway.routing.document import PolicyDocument
from cutaway.routing.finding import Finding, Loc, dotted
from cutaway.routing.policy import RoutingPolicy

HEAD: Final = {"apiVersion": "cutaway/v1", "kind": "RoutingPolicy"}
MOST_ROUNDS: Final = 20
_PLACED: Final = re.compile(r", line (\d+), column (\d+): (.*)", re.DOTALL)
_BUNDLED: Final = (Path(__file__).parents[1] / "policies", Path(__file__).parents[3] / "policies")
"""Where the policies that come with Cutaway are: in an installation, and in a checkout."""


@dataclass(slots=True)
class Reading:
    """A file as it was read. `document` is None when it has errors; `places` leads from keys to (line, column)."""

    path: Path
    document: PolicyDocument | None = None
    findings: list[Finding] = field(default_factory=list)
    places: dict[Loc, tuple[int, int]] = field(default_factory=dict)

    @property
    def policy(self) -> RoutingPolicy | None:
        """The policy, None when the file has errors."""
        return self.document.policy if self.document else None

    def finding(self, level: Any, loc: Loc, message: str, fix: str) -> Finding:
        """A finding at a key, or at the nearest one above it that stands in the file."""
        here = loc
        while here and here not in self.places:
            here = here[:-1]
        line, column = self.places.get(here, (0, 0))
        return Finding(
            level=level,
            file=str(self.path),
            line=line,
            column=column,
            key=dotted(loc),
            message=message,
            fix=fix,
        )

    def written(self, *locs: Loc) -> Loc:
        """The first of the keys that stands in the file; the first of all where none does."""
        return next((loc for loc in locs if loc in self.places), locs[0])

    def complain(self, loc: Loc, message: str, fix: str) -> None:
        """Note an error."""
        self.findings.append(self.finding("error", loc, message, fix))


def read_policy(path: Path) -> RoutingPolicy:
    """The policy in a YAML file. Raises `ConfigError` with the place, the fault and the fix of the first error."""
    reading = read(path)
    policy = reading.policy
    if policy is None:
        raise reading.findings[0].error
    return policy


def find_policy(name: str) -> Path:
    """The file of a policy: a path, or the bare name of one that comes with Cutaway (`draft-first`)."""
    path = Path(name)
    if path.exists() or path.suffix or not path.name:
        return path  # a folder of that name is refused where it is read
    return next((folder / f"{path.name}.yaml" for folder in _BUNDLED if (folder / f"{path.name}.yaml").is_file()), path)


def bundled() -> tuple[str, ...]:
    """The names of the policies that come with Cutaway."""
    return tuple(sorted({path.stem for folder in _BUNDLED for path in folder.glob("*.yaml")}))


def read(path: Path) -> Reading:
    """The file with everything that is wrong in it, in the order of its lines."""
    reading = Reading(path)
    try:
        root = compose(path)
    except ConfigError as error:
        reading.findings.append(_of_error(path, error))
        return reading
    if root is None:
        reading.complain((), "the file is empty.", _HEAD_FIX)
        return reading
    data = _Walk(reading).value(root, (), PolicyDocument)
    if isinstance(data, dict):
        reading.document = _validated(reading, data)
    elif not reading.findings:
        reading.complain((), "the file is not keys with values.", _HEAD_FIX)
    reading.findings.sort(key=lambda one: (one.line, one.column))
    return reading


# --- YAML nodes to values ---------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Walk:
    """Turns nodes into values, noting where each stands; unknown and doubled keys are told and left out."""

    reading: Reading

    def value(self, node: Any, loc: Loc, kind: Any) -> Any:
        """The node's value; `kind` is the annotation of what is expected there, None when anything is."""
        self.reading.places.setdefault(loc, (node.start_mark.line + 1, node.start_mark.column + 1))
        if node.id == "mapping":
            return dict(self._pairs(node, loc, kind))
        if node.id == "sequence":
            inner = _item(kind)
            return [self.value(one, (*loc, index), inner) for index, one in enumerate(node.value)]
        try:
            return plain(self.reading.path, dotted(loc), node)
        except ConfigError as error:
            self.reading.findings.append(_of_error(self.reading.path, error, dotted(loc)))
            return node.value

    def _pairs(self, node: Any, loc: Loc, kind: Any) -> Iterator[tuple[str, Any]]:
        fields = _fields(kind)
        seen: dict[str, int] = {}
        for key_node, value in node.value:
            line, column = key_node.start_mark.line + 1, key_node.start_mark.column + 1
            key = key_node.value if key_node.id == "scalar" else ""
            here = (*loc, key)
            first = seen.get(key)
            seen.setdefault(key, line)
            if first is None:
                self.reading.places[here] = (line, column)
            if not key:
                self.reading.complain(here, "a key must be one word.", "Write KEY: VALUE.")
            elif first is not None:
                again = Reading(self.reading.path, places={here: (line, column)})
                again.complain(here, f"{dotted(here)} is here twice (first on line {first}).", "Keep one of them.")
                self.reading.findings += again.findings
            elif fields is not None and key not in fields:
                self.reading.complain(here, f"{dotted(here)} is not a key of a policy.", _known(key, loc, fields))
            elif value.id == "scalar" and value.tag.endswith(":null") and fields is not None:
                continue  # an empty value keeps the default
            else:
                inner = fields[key] if fields is not None else _item(kind)
                yield key, self.value(value, here, inner)


def _known(key: str, loc: Loc, fields: Mapping[str, Any]) -> str:
    if not loc:
        moved = _fields(PolicyDocument.model_fields["spec"].annotation) or {}
        if key in moved:
            return f"Write it under spec, below a head: {_HEAD_TEXT}."
    hint = did_you_mean(key, list(fields))
    return hint or f"Known keys there: {', '.join(fields)}."


def _fields(kind: Any) -> Mapping[str, Any] | None:
    """The keys that a mapping may have with what is expected at each, None when any will do."""
    for one in _options(kind):
        if isinstance(one, type) and issubclass(one, BaseModel):
            return MappingProxyType(
                {name: info.annotation for name, info in one.model_fields.items() if not info.exclude}
            )
    return None


def _item(kind: Any) -> Any:
    """What a list's items, or the values under free keys, are expected to be."""
    for one in _options(kind):
        if get_origin(one) is tuple:
            return get_args(one)[0]
        if get_origin(one) is dict:
            return get_args(one)[1]
    return None


def _options(kind: Any) -> tuple[Any, ...]:
    return get_args(kind) if get_origin(kind) in {Union, UnionType} else (kind,)


# --- values to a policy -----------------------------------------------------------------------------------------------

_HEAD_TEXT: Final = "apiVersion: cutaway/v1 and kind: RoutingPolicy"
_HEAD_FIX: Final = f"Begin it with {_HEAD_TEXT}; what the policy says stands under spec."


def _validated(reading: Reading, data: dict[str, Any]) -> PolicyDocument | None:
    for key, value in HEAD.items():
        if key not in data:
            reading.complain((key,), f"{key} is missing.", f"Write {key}: {value} at the top.")
            data[key] = value
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
                _take_out(data, loc[:-1] if one["type"] == "missing" else loc)
    return known if known is not None and not reading.findings else None


def _complain(reading: Reading, data: Any, loc: Loc, one: Any) -> None:
    kind, context = one["type"], one.get("ctx", {})
    name, given = dotted(loc), _at(data, loc)
    value = shown(given) if isinstance(given, str) else str(given).lower()
    said = name if isinstance(given, dict | list) else f"{name} is {value}"
    if kind == "value_error":
        message, _, write = str(context["error"]).partition("; write ")
        where = _narrowed(reading, data, loc, message)
        fix = f"Write {write}." if write else _advice(message)
        reading.complain(where, f"{dotted(where)}: {message}.", fix)
    elif kind == "missing":
        reading.complain(loc, f"{name} is missing.", f"Write {loc[-1]} there.")
    elif kind == "literal_error":
        allowed = [part.strip("' ") for part in re.split(r",| or ", str(context["expected"]))]
        hint = did_you_mean(str(given), allowed)
        fix = f"{hint} Allowed: {', '.join(allowed)}." if hint else f"Write {' or '.join(allowed)}."
        reading.complain(loc, f"{said}, which is none of what is allowed there.", fix)
    elif kind in {"tuple_type", "list_type"}:
        reading.complain(loc, f"{said}, which is not a list.", f"Write {loc[-1]}: [{_short(given)}].")
    elif kind in {"model_type", "dict_type", "model_attributes_type"}:
        fields = ", ".join(_fields(_kind_at(loc)) or ())
        keys = f" with the keys {fields}" if fields else ""
        reading.complain(loc, f"{name} is not keys with values.", f"Write KEY: VALUE lines below {loc[-1]}{keys}.")
    else:
        reading.complain(loc, f"{said}: {_small(one['msg'])}.", _expected(kind, context))


def _expected(kind: str, context: Mapping[str, Any]) -> str:
    bounds = {"ge": "at least", "gt": "above", "le": "at most", "lt": "below"}
    bound = next((f"{words} {context[key]}" for key, words in bounds.items() if key in context), "")
    if bound:
        return f"Write a number {bound}."
    if kind.startswith("decimal"):
        return 'Write an amount in USD, for example "0.50".'
    if kind.startswith("int"):
        return "Write a whole number."
    if kind.startswith(("float", "finite")):
        return "Write a number."
    if kind.startswith("bool"):
        return "Write true or false."
    if kind == "string_pattern_mismatch":
        return "Use small letters, digits, '.', '_' and '-', beginning with a letter or digit."
    if kind.startswith("string"):
        return "Write a word, in quotes where it looks like a number."
    return "policies/README.md lists every key."


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
    if isinstance(parent, dict) and loc[0] not in {key for key in HEAD if len(loc) == 1}:
        parent.pop(loc[-1], None)
    elif isinstance(parent, dict):
        parent[loc[-1]] = HEAD[str(loc[-1])]
    else:
        _take_out(data, loc[:-1])


def _kind_at(loc: Loc) -> Any:
    kind: Any = PolicyDocument
    for part in loc:
        fields = _fields(kind)
        kind = fields.get(str(part)) if fields is not None else _item(kind)
    return kind


def _of_error(path: Path, error: ConfigError, key: str = "") -> Finding:
    found = _PLACED.search(error.message)
    if found:
        return Finding(
            level="error",
            file=str(path),
            line=int(found[1]),
            column=int(found[2]),
            key=key,
            message=found[3],
            fix=error.fix,
        )
    fix = "Check CUTAWAY_POLICY, or the name that was given." if "CUTAWAY_CONFIG" in error.fix else error.fix
    return Finding(
        level="error",
        file=str(path),
        key=key,
        message=error.message.removeprefix(f"{path} ").replace("a configuration is", "a policy is"),
        fix=fix,
    )


def _short(value: Any) -> str:
    return str(value)[:60]


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]
