"""Luma's Agents API: Ray 3.2 from words and frames, edits of clips, and extensions of its own clips.

The key comes from `LUMA_AGENTS_API_KEY`, or in `cutaway.yaml`:

    providers:
      luma:
        adapter: luma
        api_key: os.environ/LUMA_AGENTS_API_KEY
        only: [ray-3.2]
        models:
          - id: ray-3.2
            wire: {strength: flex_2}     # adhere_1 ... flex_1 ... reimagine_3; without it Luma chooses

Five and ten seconds are two models here, because Luma bills ten seconds of a new clip like three times five. Clips have
no sound. An edit or extension of a clip that was made here names its generation and uploads nothing; another source
goes along as an https address, else inside the order up to 20 MB, and cannot be extended. An extension adds
`duration_s` seconds.

Luma reports neither charges nor by webhook, stops no job, and has no list to look a lost order up in.

Left out: keyframes, loops, HDR and EXR, manual controls of edits, reframing, uploads, images (uni-1), and the legacy
Dream Machine API.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cutaway.contract import Adapter, ModelProfile

if TYPE_CHECKING:
    from cutaway_providers.luma.vendor import Luma

BASE_URL = "https://agents.lumalabs.ai/v1"
KEYS = ("LUMA_AGENTS_API_KEY",)


def _models() -> tuple[ModelProfile, ...]:
    from cutaway.vendor import read_catalog

    return tuple(model.profile for model in read_catalog("cutaway_providers", "luma"))


def _build(**settings: Any) -> Luma:
    from cutaway.vendor import Account, read_account, read_catalog
    from cutaway_providers.luma.vendor import Luma

    catalog = read_catalog("cutaway_providers", "luma")
    return Luma(read_account(settings, Account, adapter="luma", base_url=BASE_URL, catalog=catalog, key_variables=KEYS))


provider = Adapter(_build, _models, key_variables=KEYS, title="Luma", home_url="https://docs.agents.lumalabs.ai")
