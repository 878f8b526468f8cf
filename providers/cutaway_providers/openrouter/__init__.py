"""OpenRouter: many vendors' video models behind one address and one bill (https://openrouter.ai/api/v1/videos).

    providers:
      openrouter:
        adapter: openrouter
        api_key: os.environ/OPENROUTER_API_KEY
        webhook_secret: os.environ/OPENROUTER_WEBHOOK_SECRET

GET /videos/models lists what every model can do and its `pricing_skus`; `listed_prices` reads from it what a second
costs. An entry of `models` names one by `vendor_model`; models without a price are offered and never used.

Reports by webhook are believed when `webhook_secret` is the signing secret of the workspace; without one there they are
unsigned, heard and not believed.

A model that goes on from its own earlier job (`previous_job_id`) has `operations: [generate, edit]` (or extend),
`native_edit: true` and `input_roles: [source_video]`: the source must be a clip that this account made, other videos
are refused. No model of the catalog says that it can. `wire: {seed: true}` says that a model reads a seed.

Poll gives the real charge (`usage.cost`), except under a key of one's own at the vendor. Left out: cancels (there are
none), negative prompts and other vendor options, upscalers, sound and video as references.
"""

from __future__ import annotations

from typing import Any, Final

from cutaway.contract import Adapter, ModelProfile, Provider

BASE_URL: Final = "https://openrouter.ai/api/v1"
KEYS: Final = ("OPENROUTER_API_KEY",)


def _models() -> tuple[ModelProfile, ...]:
    from cutaway.vendor import read_catalog

    return tuple(model.profile for model in read_catalog("cutaway_providers", "openrouter"))


def _build(**settings: Any) -> Provider:
    from cutaway.vendor import Account, read_account, read_catalog
    from cutaway_providers.openrouter.vendor import OpenRouter

    catalog = read_catalog("cutaway_providers", "openrouter")
    return OpenRouter(
        read_account(settings, Account, adapter="openrouter", base_url=BASE_URL, catalog=catalog, key_variables=KEYS)
    )


provider = Adapter(_build, _models, key_variables=KEYS, title="OpenRouter", home_url="https://openrouter.ai")
