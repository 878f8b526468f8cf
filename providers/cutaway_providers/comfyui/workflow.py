"""A workflow as the user exported it: finding its nodes by title, and filling in what an order asks."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from cutaway.errors import ConfigError
from cutaway.vendor import CatalogModel

FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "prompt": ("text", "prompt", "value", "string"),
    "negative": ("text", "negative_prompt", "prompt", "value", "string"),
    "seed": ("seed", "noise_seed", "value"),
    "width": ("width", "value"),
    "height": ("height", "value"),
    "frames": ("length", "num_frames", "frames", "value"),
    "fps": ("fps", "frame_rate", "value"),
    "duration": ("duration", "seconds", "value"),
    **dict.fromkeys(("first_frame", "last_frame", "reference"), ("image", "value")),
    **dict.fromkeys(("source_video", "reference_video"), ("file", "video", "value")),
    "reference_audio": ("audio", "value"),
}
"""What an order can fill in, and the fields of a node it may go to, the likeliest first."""
ROLES: Final = ("first_frame", "last_frame", "reference", "source_video", "reference_video", "reference_audio")
WIRE: Final = frozenset({"workflow", "inputs", "output", "frames_step"})


class Workflow:
    """One model's workflow. Raises `ConfigError` for one that cannot make what its model says."""

    def __init__(self, model: CatalogModel) -> None:
        self.model = model
        strangers = set(model.wire) - WIRE
        if strangers:
            raise self._wrong(f"wire has no setting {min(strangers)!r}", f"It has {', '.join(sorted(WIRE))}.")
        self.nodes = self._read(model.wire.get("workflow"))
        titles = [_plain((node.get("_meta") or {}).get("title", "")) for node in self.nodes.values()]
        self.titled = {
            title: [node for node, one in zip(self.nodes, titles, strict=True) if one == title] for title in titles
        }
        inputs = model.wire.get("inputs") or {}
        if not isinstance(inputs, Mapping) or set(inputs) - set(FIELDS):
            raise self._wrong("wire.inputs names something an order has not", f"Orders have {', '.join(FIELDS)}.")
        self.places = {name: place for name in FIELDS if (place := self._place(name, inputs.get(name)))}
        step = model.wire.get("frames_step", 1)
        if not isinstance(step, int) or not 1 <= step <= 1000:
            raise self._wrong("wire.frames_step is no whole number from 1 to 1000")
        self.frames_step = step
        output = model.wire.get("output")
        self.outputs = frozenset({self._titled(str(output))} if output is not None else ())
        self._check()

    def frames(self, duration_s: float, fps: int) -> int:
        """The frames of a clip: for a step of n, one more than the nearest multiple of n."""
        count = round(duration_s * fps)
        return count if self.frames_step == 1 else max(1, round(count / self.frames_step)) * self.frames_step + 1

    def filled(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The prompt to send: the workflow with every value at its place; values without a place are left out."""
        nodes: dict[str, Any] = copy.deepcopy(self.nodes)
        for name, value in values.items():
            if name in self.places:
                node, field = self.places[name]
                nodes[node]["inputs"][field] = value
        return nodes

    def _read(self, given: Any) -> dict[str, Any]:
        if isinstance(given, str):
            path = Path(given).expanduser()
            try:
                given = json.loads(path.read_text(encoding="utf-8"))
            except OSError as error:
                raise self._wrong(f"its workflow {path} cannot be read: {error.strerror}") from error
            except ValueError as error:
                raise self._wrong(f"its workflow {path} is no JSON") from error
        nodes = given if isinstance(given, Mapping) else {}
        whole = all(
            isinstance(node, Mapping) and isinstance(node.get("inputs"), Mapping) and "class_type" in node
            for node in nodes.values()
        )
        if not nodes or not whole:
            raise self._wrong(
                "wire.workflow is no workflow in API format", "Use ComfyUI's Export (API); give its path or content."
            )
        return {str(name): copy.deepcopy(dict(node)) for name, node in nodes.items()}

    def _titled(self, title: str) -> str:
        found = self.titled.get(_plain(title), [])
        if len(found) != 1:
            how_many = "no node" if not found else f"{len(found)} nodes"
            raise self._wrong(f"its workflow has {how_many} titled {title!r}", "Rename the node and export it again.")
        return found[0]

    def _place(self, name: str, given: Any) -> tuple[str, str] | None:
        """Node and field that an input goes to; None when nothing is said and no node has its title."""
        if given is None and name not in self.titled:
            return None
        where = given if isinstance(given, Mapping) else {"title": given} if given is not None else {}
        field, title = where.get("field"), where.get("title", name)
        node = self._titled(str(title))
        fields = self.nodes[node]["inputs"]
        wanted = (str(field),) if field is not None else FIELDS[name]
        # A field that another node feeds is a list [node, output]; a value there would cut the link.
        found = next((one for one in wanted if one in fields and not isinstance(fields[one], list)), None)
        if found is None:
            raise self._wrong(
                f"the node {title!r} of its workflow has no field of its own for {name} ({', '.join(wanted)})",
                f"Its fields: {', '.join(fields)}. Name one: {name}: {{title: {title}, field: ...}}.",
            )
        return node, found

    def _check(self) -> None:
        model, has = self.model, self.places
        for name in ("prompt", *model.input_roles):
            if name not in has:
                raise self._wrong(f"its workflow has no node for {name}", f"Title one {name!r}, or name it in inputs.")
        for role in model.input_roles:
            if model.max_inputs.get(role, 1) > 1:
                raise self._wrong(f"it can fill in one {role} input, not {model.max_inputs[role]}")
        if model.modality != "audio" and not {"width", "height"} <= set(has) and len(model.sizes) != 1:
            raise self._wrong("its workflow has no nodes for width and height", "Title them, or list its one size.")
        timed = model.modality != "video" or {"frames", "duration"} & set(has) or len(model.durations_s) == 1
        if not timed:
            raise self._wrong(
                "its workflow has no node for frames", "Title one, or list its one length in durations_s."
            )
        if model.price is None:
            raise self._wrong("it has no price", "Write price: {usd_per_s, source, as_of}, with 0 where it is free.")

    def _wrong(self, what: str, fix: str = "") -> ConfigError:
        return ConfigError(f"The ComfyUI model {self.model.id!r} cannot be used: {what}.", fix=fix)


def _plain(title: Any) -> str:
    return str(title).strip().casefold()
