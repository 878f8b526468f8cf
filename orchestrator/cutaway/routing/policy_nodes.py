"""A policy's YAML nodes as values: where each stands, and which keys nobody knows or are there twice.

What is wrong is noted and left out, and the rest is read on, so that all complaints of a file are found in one go.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType, UnionType
from typing import Any, Final, Union, get_args, get_origin

from pydantic import BaseModel

from cutaway.config_file import did_you_mean, plain
from cutaway.errors import ConfigError
from cutaway.routing.document import PolicyDocument
from cutaway.routing.finding import Finding, Loc, dotted
from cutaway.routing.reading import Reading

HEAD_TEXT: Final = "apiVersion: cutaway/v1 and kind: RoutingPolicy"
_PLACED: Final = re.compile(r", line (\d+), column (\d+): (.*)", re.DOTALL)


def values(reading: Reading, root: Any) -> Any:
    """The file's values, without what is wrong about its keys; that is noted in the reading."""
    return _Walk(reading).value(root, (), PolicyDocument)


def fields_at(loc: Loc) -> tuple[str, ...]:
    """The keys that may stand at a place of a policy, () where any may or none."""
    kind: Any = PolicyDocument
    for part in loc:
        fields = _fields(kind)
        kind = fields.get(str(part)) if fields is not None else _item(kind)
    return tuple(_fields(kind) or ())


def of_error(path: Path, error: ConfigError, key: str = "") -> Finding:
    """A complaint of reading YAML as a finding."""
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
            self.reading.findings.append(of_error(self.reading.path, error, dotted(loc)))
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
                continue  # an empty value keeps the default, and where there is none it is told as missing
            else:
                inner = fields[key] if fields is not None else _item(kind)
                yield key, self.value(value, here, inner)


def _known(key: str, loc: Loc, fields: Mapping[str, Any]) -> str:
    if not loc:
        if key == "name":
            return "Write it as metadata: {name: ...}."
        if key in fields_at(("spec",)):
            return f"Write it under spec, below a head: {HEAD_TEXT}."
    if key == "choice":
        return "What stood under choice (objective, only, ignore, prefer) stands directly under spec."
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
