"""ComfyUI: workflows of one's own, on one's own server. `cutaway.yaml` names the server and a workflow per model.

    providers:
      studio-comfy:
        adapter: comfyui
        name: studio-comfy
        base_url: http://gpu-1.internal:8188
        # api_key: ...                     only where a proxy in front of it wants one (Authorization: Bearer)
        models:
          - id: wan2.2-i2v
            like: wan-2.2-i2v-a14b                 # what the checkpoint can do, from catalog/self_hosted.yaml
            durations_s: [5]                       # ... and what differs
            price: {usd_per_s: "0.004", source: our own GPU hours, as_of: 2026-11-01}
            wire:
              workflow: workflows/wan22_i2v.json     # an "Export (API)" file, or the same mapping inline
              inputs:                                # which node gets what; the default is a node titled like the input
                prompt: Positive Prompt
                width: Size
                height: Size
                frames: {title: Size, field: length}
              frames_step: 4                         # frame counts are 1 + a multiple of this (Wan: 4, LTX: 8)
              output: Save Video                     # the node whose files count; default: every saved file

Inputs are `prompt`, `negative`, `seed`, `width`, `height`, `frames`, `fps`, `duration`, and the model's `input_roles`
(`first_frame`, `last_frame`, `reference`, `source_video`...); the title of a node is the one shown in ComfyUI
(`_meta.title` in the export). Every model needs a prompt node, a node for each of its input roles, a dated price (0
where it is free), and either nodes for width and height or the one size it makes in `sizes`, either a node for frames
or duration or the one length it makes in `durations_s`. Without a node for `negative`, `seed` or `fps` the workflow's
own values stay.

An order carries its key in `extra_data`, which /queue and /history show again: a lost answer is looked up. Both live in
the server's memory: after a restart, or once somebody clears the history, a job is gone. A waiting job is taken out of
the queue; a running one is interrupted by its id (older servers ignore the id and stop whatever runs, so the queue is
read right before). Left out: progress (websocket only) and a charge per job (the server knows none).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from cutaway.contract import Adapter
from cutaway.errors import NotConfiguredError

if TYPE_CHECKING:
    from cutaway_providers.comfyui.vendor import ComfyUI

COMMON: dict[str, Any] = {"submit_tier": "findable", "cancel": "best_effort", "find_lag_s": 10}


def _build(**settings: Any) -> ComfyUI:
    if not settings.get("base_url") and not settings.get("models"):
        raise NotConfiguredError("No ComfyUI server is configured.", fix="Give it base_url and models.")
    from cutaway.vendor import read_account
    from cutaway_providers.comfyui.vendor import ComfyAccount, ComfyUI
    from cutaway_providers.own_models import with_likes

    models = with_likes(settings.get("models"))
    if isinstance(models, list):
        models = [COMMON | dict(one) if isinstance(one, Mapping) else one for one in models]
    account = read_account(settings | {"models": models}, ComfyAccount, adapter="comfyui", base_url="")
    return ComfyUI(account)


provider = Adapter(_build, title="ComfyUI", home_url="https://www.comfy.org")
