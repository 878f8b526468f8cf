"""Policies from YAML files, every complaint with its place: `FILE, line L, column C: what; fix`.

YAML is composed without building anything from it: tags, anchors, bombs and deep nesting are refused (`config_file`).
All complaints of a file are found in one go: about its keys (`policy_nodes`), then its values (`policy_faults`).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from cutaway.config_file import compose, did_you_mean, shown
from cutaway.errors import ConfigError
from cutaway.routing.policy import RoutingPolicy
from cutaway.routing.policy_faults import validated
from cutaway.routing.policy_nodes import HEAD_TEXT, of_error, values
from cutaway.routing.reading import Reading

_BUNDLED: Final = (Path(__file__).parents[1] / "policies", Path(__file__).parents[3] / "policies")
"""Where the policies that come with Cutaway are: in an installation, and in a checkout."""
_HEAD_FIX: Final = f"Begin it with {HEAD_TEXT}; what the policy says stands under spec."


def read_policy(path: Path) -> RoutingPolicy:
    """The policy in a YAML file. Raises `ConfigError` with the place, the fault and the fix of every error."""
    reading = read(path)
    policy = reading.policy
    if policy is None:
        raise reading.error
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
    if _is_strange_name(path):
        names = bundled()
        reading.complain(
            (),
            f"there is no file {shown(path.name)}, and no policy of that name comes with Cutaway.",
            f"{did_you_mean(path.name, names)} With Cutaway come {', '.join(names)}.".strip(),
        )
        return reading
    try:
        root = compose(path)
    except ConfigError as error:
        reading.findings.append(of_error(path, error))
        return reading
    if root is None:
        reading.complain((), "the file is empty.", _HEAD_FIX)
        return reading
    if _is_old(root):
        _tell_old(reading, root)
        return reading
    data = values(reading, root)
    if isinstance(data, dict):
        reading.document = validated(reading, data)
    elif not reading.findings:
        reading.complain((), "the file is not keys with values.", _HEAD_FIX)
    reading.findings.sort(key=lambda one: (one.line, one.column))
    return reading


def _is_strange_name(path: Path) -> bool:
    """True for a bare name of which there is neither a file nor a policy that comes with Cutaway."""
    return path.name == str(path) and not path.suffix and not path.exists() and bool(path.name)


def _keys(root: Any) -> dict[str, Any]:
    return {key.value: value for key, value in root.value if key.id == "scalar"} if root.id == "mapping" else {}


def _is_old(root: Any) -> bool:
    """True for a policy as they were before they had a head: a name and a choice at the top."""
    keys = _keys(root).keys()
    return not keys & {"apiVersion", "kind", "spec", "metadata"} and bool(keys & {"name", "choice"})


def _tell_old(reading: Reading, root: Any) -> None:
    keys = _keys(root)
    name = keys["name"].value if "name" in keys and keys["name"].id == "scalar" else "mine"
    inside = [key for key in keys if key not in {"name", "choice"}]
    inside += _keys(keys["choice"]) if "choice" in keys else []
    reading.places[()] = (root.start_mark.line + 1, root.start_mark.column + 1)
    reading.complain(
        (),
        "this is a policy of the old form, with name and choice at the top and no head.",
        f"Begin it with {HEAD_TEXT} and metadata: {{name: {shown(str(name))[1:-1]}}}, and write the rest below spec:"
        f"{' ' + ', '.join(inside)[:120] if inside else ''}; what stood under choice stands directly there.",
    )
