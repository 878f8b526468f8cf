"""Replicate: many vendors' models and open weights behind one API (https://api.replicate.com/v1).

    providers:
      replicate:
        adapter: replicate
        api_key: os.environ/REPLICATE_API_TOKEN
        webhook_secret: os.environ/REPLICATE_WEBHOOK_SECRET   # only with webhooks: GET /v1/webhooks/default/secret

The catalog holds Kling, Seedance, Veo, Wan, Grok Imagine, LTX and FLUX stills. Any other model is an entry of yours:
`vendor_model` is its owner and name, and `wire` says what its arguments are called.

    models:
      - id: my-model
        title: My model
        vendor_model: owner/name
        durations_s: [5]
        price: {usd_per_clip: "0.20", source: its page on replicate.com, as_of: 2026-11-20}
        wire:
          arguments: {prompt: prompt, duration: seconds, first_frame: image, reference: "images[]"}
          always: {fps: 24}
          words: {resolution: {720p: standard, 1080p: pro}}
          version: 5c7d5dc6dd8b...     # community models only: the version to run

Arguments are named by what Cutaway calls them: prompt, negative, duration, resolution, aspect, width, height, seed,
audio, voice, and every role of an input; `[]` behind a name sends a list. `words` renames the values of one, `always`
holds fixed arguments, `output` is the dotted path of the file where a model's output is an object.

Replicate says nothing about a charge, so the cost stays what the price list says; community models are billed by the
second of GPU, also when they fail, so give them a price with room. Inputs, outputs and files are gone an hour after a
job. An order whose answer was lost is looked for in the account's list by model, words and arguments (`listable`; an
entry of one's own says `submit_tier: listable` for that); what the list does not settle stays in doubt.

Left out: `Prefer: wait`, deadlines (Cancel-After), streams, deployments, trainings.
"""

from __future__ import annotations

from typing import Any, Final

from cutaway.contract import Adapter, ModelProfile, Provider

BASE_URL: Final = "https://api.replicate.com/v1"
KEYS: Final = ("REPLICATE_API_TOKEN",)


def _models() -> tuple[ModelProfile, ...]:
    from cutaway.vendor import read_catalog

    return tuple(model.profile for model in read_catalog("cutaway_providers", "replicate"))


def _build(**settings: Any) -> Provider:
    from cutaway.vendor import Account, read_account, read_catalog
    from cutaway_providers.replicate.vendor import Replicate

    catalog = read_catalog("cutaway_providers", "replicate")
    return Replicate(
        read_account(settings, Account, adapter="replicate", base_url=BASE_URL, catalog=catalog, key_variables=KEYS)
    )


provider = Adapter(
    _build,
    _models,
    key_variables=KEYS,
    title="Replicate",
    home_url="https://replicate.com",
    listed_as=("replicate",),
)
