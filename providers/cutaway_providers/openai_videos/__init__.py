"""The `/v1/videos` dialect: vLLM-Omni, SGLang, Eden AI and other servers that kept OpenAI's video wire.

One instance is one server or account. In `cutaway.yaml`:

    providers:
      studio-gpu:
        adapter: openai_videos
        name: studio-gpu
        base_url: http://gpu-1.internal:8091/v1
        # api_key: ...                   sent to this origin only
        # submit_tier: blind             what the server does about a lost answer, see below
        # reference_field: metadata[cutaway_key]
        # body: json                     where multipart is not read: orders without a file go as JSON
        # states: {rendering: running}   status words of this server beyond the dialect's
        # cost_field: cost               where it says what it charged, in USD (dots go deeper)
        models:
          - id: wan2.2
            vendor_model: Wan-AI/Wan2.2-T2V-A14B   # the name on the wire, when it differs from id
            sizes: [848x480, 1280x720]
            max_duration_s: 5
            sends: [seed, negative_prompt]         # optional fields this server reads
            extra: {num_inference_steps: 30}       # fixed fields of every order
            price: {usd_per_s: "0.004", source: our own GPU hours, as_of: 2026-11-01}
            # like: wan-2.2-t2v-a14b               # what the checkpoint can do, from catalog/self_hosted.yaml
            # input_roles: [first_frame]           # the picture goes along as input_reference
            # operations: [generate, edit, extend] # only where the server has /videos/edits and /videos/extensions;
            #                                        they need source_video in input_roles

An edit or extension of a clip that the same instance made names its id (`video[id]`); any other clip goes up as a file.
Every model needs a dated price with an amount; write `usd_per_s: 0` where a second is really free. Tiers:

    deduplicates  the server answers a repeated Idempotency-Key with the first job: submit again, `find` is not needed
    findable      `reference_field` goes with the order and comes back in the list
    listable      the list shows prompt, model, size, seconds and created_at: matched by content
    blind         none of it (the default): a lost answer stays unknown until a person decides

What servers do differently:

    vLLM-Omni   whole seconds only (`duration_step_s: 1`); sends: seed, negative_prompt, fps, num_frames, generate_sound
    SGLang      older ones read multipart only with a picture (`body: json`); whole seconds; with a bucket the job names
                the file's address, which is fetched instead of /content (a private one: `trusted_origins`)
    Eden AI     https://api.edenai.run/v3, `body: json`, `cost_field: cost`
    LiteLLM     its proxy keeps the wire, adds `processing`, and says a cost in usage.provider_reported_cost_usd
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cutaway.contract import Adapter
from cutaway.errors import NotConfiguredError

if TYPE_CHECKING:
    from cutaway_providers.openai_videos.vendor import OpenAIVideos


def _build(**settings: Any) -> OpenAIVideos:
    """An account from its settings. Raises `NotConfiguredError` without any, `ConfigError` for what cannot be used."""
    if not settings:
        # Said before anything is imported: every start asks every adapter, and httpx is not free.
        raise NotConfiguredError("No server of the /v1/videos dialect is configured.", fix="Give it base_url, models.")
    from cutaway_providers.openai_videos.account import read
    from cutaway_providers.openai_videos.vendor import OpenAIVideos

    return OpenAIVideos(read(settings))


provider = Adapter(_build, title="A server of the /v1/videos dialect")
