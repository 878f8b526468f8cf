"""The `/v1/images` dialect: OpenAI's GPT Image models, and any server that speaks it. One request, one picture.

    providers:
      openai_images: {}                    # OpenAI itself; the key comes from OPENAI_API_KEY
      studio-stills:
        adapter: openai_images
        name: studio-stills
        base_url: http://gpu-1.internal:8000/v1
        models:
          - id: flux2
            modality: image
            sizes: [{width_px: 1280, height_px: 720}]
            input_roles: [reference]       # pictures go to /images/edits
            price: {usd_per_clip: "0.002", source: our own GPU hours, as_of: 2026-11-01}
            wire: {fields: {response_format: b64_json}}

`wire.fields` are fixed fields of every order (`quality`, `output_format`, `response_format`...); `wire.usd_per_million`
prices the tokens an answer reports (`text_in`, `image_in`, `image_out`). The request is open until the picture is
there: give slow models time with CUTAWAY_SEND_S. There is no order to look up, so a lost answer stays unknown until a
person decides. Left out: masks, several pictures per order, streaming, seeds and negative words (the dialect has none).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from cutaway.contract import Adapter, ModelProfile
from cutaway.errors import ConfigError, NotConfiguredError

if TYPE_CHECKING:
    from cutaway_providers.openai_images.vendor import OpenAIImages

BASE_URL: Final = "https://api.openai.com/v1"
KEYS: Final = ("OPENAI_API_KEY",)


def _models() -> tuple[ModelProfile, ...]:
    from cutaway.vendor import read_catalog

    return tuple(model.profile for model in read_catalog("cutaway_providers", "openai_images"))


def _build(**settings: Any) -> OpenAIImages:
    # Somebody else's server: it has its own models and may want no key.
    own = settings.get("base_url", BASE_URL) != BASE_URL
    if own and not settings.get("models"):
        raise ConfigError("openai_images: models is empty: name at least one model.", fix="List what that server has.")
    if not own and not settings.get("api_key"):
        # Said before anything is imported: every start asks every adapter.
        raise NotConfiguredError(
            "openai_images has no key.", fix=f"Set {KEYS[0]}, or api_key in cutaway.yaml.", variable=KEYS[0]
        )
    from cutaway.vendor import read_account, read_catalog
    from cutaway_providers.openai_images.vendor import ImagesAccount, OpenAIImages

    catalog = () if own else read_catalog("cutaway_providers", "openai_images")
    return OpenAIImages(
        read_account(settings, ImagesAccount, adapter="openai_images", base_url=BASE_URL, catalog=catalog)
    )


provider = Adapter(_build, _models, key_variables=KEYS, title="OpenAI Images", home_url="https://platform.openai.com")
