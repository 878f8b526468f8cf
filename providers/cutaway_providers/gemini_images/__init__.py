"""Stills by Google's Gemini image models ("Nano Banana"): one request whose answer is the picture.

The key comes from `GEMINI_API_KEY` (or `GOOGLE_API_KEY`), or in `cutaway.yaml`:

    providers:
      gemini_images:
        adapter: gemini_images
        api_key: os.environ/GEMINI_API_KEY
        only: [gemini-nano-banana-2.1]
        models:
          - id: gemini-nano-banana-2.1
            wire: {thinking_level: MEDIUM}   # MINIMAL here; more thoughts cost more, so give the model a price for them

Google names a picture by its tier (1K, 2K, 4K) and its shape, and bills it by its tier: each tier is a model here, its
`sizes` are what the tier gives. `wire.image_size` is the tier on the wire, `wire.usd_per_million` prices the tokens
that an answer reports (`input`, `image`, and `text` for words and thoughts). Pictures that go in travel inside the
order, together at most 14 MB.

The request is open until the picture is there, 15 to 40 seconds and more for 4K: give it time with CUTAWAY_SEND_S.
There is no order to look up, so a lost answer stays unknown until a person decides. Google marks every picture
(SynthID).

Left out: going on from an earlier picture by its thought signature, grounding by search, several pictures per order,
batches, seeds and negative words (not documented for these models), and Vertex.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from cutaway.contract import Adapter, ModelProfile

if TYPE_CHECKING:
    from cutaway_providers.gemini_images.vendor import GeminiImages

BASE_URL: Final = "https://generativelanguage.googleapis.com/v1beta"
KEYS: Final = ("GEMINI_API_KEY", "GOOGLE_API_KEY")


def _models() -> tuple[ModelProfile, ...]:
    from cutaway.vendor import read_catalog

    return tuple(model.profile for model in read_catalog("cutaway_providers", "gemini_images"))


def _build(**settings: Any) -> GeminiImages:
    from cutaway.vendor import read_account, read_catalog
    from cutaway_providers.gemini_images.vendor import GeminiImages, ImagesAccount

    return GeminiImages(
        read_account(
            settings,
            ImagesAccount,
            adapter="gemini_images",
            base_url=BASE_URL,
            catalog=read_catalog("cutaway_providers", "gemini_images"),
            key_variables=KEYS,
        )
    )


provider = Adapter(
    _build,
    _models,
    key_variables=KEYS,
    title="Google Gemini Images",
    home_url="https://ai.google.dev/gemini-api/docs/image-generation",
)
