"""xAI's Grok Imagine Video: clips with sound from words and pictures, edits and extensions of clips.

The key comes from `XAI_API_KEY`, or in `cutaway.yaml`:

    providers:
      xai:
        adapter: xai
        api_key: os.environ/XAI_API_KEY
        only: [grok-imagine-video]

Orders go to `videos/generations`, `videos/edits` or `videos/extensions`; only the first model edits and extends. Inputs
travel as https addresses, else as data URIs of up to 20 MB. An edit has its source's length, shape and at most 720p. An
extension adds `duration_s` seconds (2 to 10) and gives back the source with them. Every clip has sound.

The charge that a finished job names, in ticks of 1e-10 USD, is what counts; a clip that moderation withheld can cost
something too. xAI stops no job, sends no reports and has no list: a lost answer stays unknown.

Left out: reference sounds (voices), files, batches, and image models.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cutaway.contract import Adapter, ModelProfile

if TYPE_CHECKING:
    from cutaway_providers.xai.vendor import XAI

BASE_URL = "https://api.x.ai/v1"
KEYS = ("XAI_API_KEY",)


def _models() -> tuple[ModelProfile, ...]:
    from cutaway.vendor import read_catalog

    return tuple(model.profile for model in read_catalog("cutaway_providers", "xai"))


def _build(**settings: Any) -> XAI:
    from cutaway.vendor import Account, read_account, read_catalog
    from cutaway_providers.xai.vendor import XAI

    catalog = read_catalog("cutaway_providers", "xai")
    return XAI(read_account(settings, Account, adapter="xai", base_url=BASE_URL, catalog=catalog, key_variables=KEYS))


provider = Adapter(
    _build,
    _models,
    key_variables=KEYS,
    title="xAI Grok Imagine",
    home_url="https://docs.x.ai/developers/model-capabilities/imagine",
    listed_as=("xai",),
)
