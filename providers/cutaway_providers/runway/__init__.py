"""Runway's API: its own models and those of other vendors that it resells, with one key and one wire.

The key comes from `RUNWAYML_API_SECRET`, or in `cutaway.yaml`:

    providers:
      runway:
        adapter: runway
        api_key: os.environ/RUNWAYML_API_SECRET
        only: [gen4.5, aleph2]          # keep these models
        models:                         # change or add what the catalog says
          - id: kling3.0_pro
            price: {usd_per_s: "0.17", source: our invoice, as_of: 2026-11-20}

Orders go to `text_to_video`, to `image_to_video` with a first (and last) frame, or to `video_to_video` with a source
video. Inputs travel as https addresses, else as data URIs of up to 3.9 MB. Prices are credits of USD 0.01; the charge
that a finished task names is what counts. A model without a known price is listed and never used.

A cancel is a DELETE: Runway says neither that the work stops nor that it is refunded once it runs, so the charge of a
cancelled task is unknown. Task lists and signed reports do not exist: a lost answer stays unknown.

Left out: the model router, uploads above the size of a data URI, keyframes and outpainting of aleph2, edits whose price
per order is not published (Seedance, Hailuo), Kling O3, multi-shot orders, sound inputs, avatars, and image models.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cutaway.contract import Adapter, ModelProfile

if TYPE_CHECKING:
    from cutaway_providers.runway.vendor import Runway

BASE_URL = "https://api.dev.runwayml.com/v1"
KEYS = ("RUNWAYML_API_SECRET",)


def _models() -> tuple[ModelProfile, ...]:
    from cutaway.vendor import read_catalog

    return tuple(model.profile for model in read_catalog("cutaway_providers", "runway"))


def _build(**settings: Any) -> Runway:
    from cutaway.vendor import Account, read_account, read_catalog
    from cutaway_providers.runway.vendor import Runway

    catalog = read_catalog("cutaway_providers", "runway")
    return Runway(
        read_account(settings, Account, adapter="runway", base_url=BASE_URL, catalog=catalog, key_variables=KEYS)
    )


provider = Adapter(
    _build,
    _models,
    key_variables=KEYS,
    title="Runway",
    home_url="https://docs.dev.runwayml.com",
    listed_as=("runwayml",),
)
