"""fal: one queue in front of many vendors' models (https://queue.fal.run).

    providers:
      fal:
        adapter: fal
        api_key: os.environ/FAL_KEY

The catalog holds Pika, Kling, Seedance, MiniMax, Wan, LTX, PixVerse, HappyHorse and Grok videos, apps that edit, one
that extends, an upscaler, FLUX stills and a speech app. Any other app is a catalog entry of one's own: `wire` names its
path and its arguments.

    models:
      - id: my-app
        title: My app
        durations_s: [5]
        price: {usd_per_clip: "0.20", source: fal.ai/pricing, as_of: 2026-11-20}
        wire:
          arguments: {prompt: prompt, duration: duration, first_frame: image_url, reference: "image_urls[]"}
          routes: [{app: owner/alias/path}]
          output: video

Arguments are named by what Cutaway calls them: prompt, negative, duration, resolution, aspect, image_size, seed, audio,
voice, and every role of an input; `[]` behind a name sends a list. `duration_as: text` sends "5" for 5, `resolutions`
renames resolutions, `always` holds fixed arguments. The first route is taken that knows every input of the order and
whose `needs` are all there; it may add or replace `arguments`. `output` names the key of the result that holds the file
or the list of files.

Options beyond the usual: `storage_url` (where files without a public address go and the keys of webhooks come from,
https://rest.fal.ai).

A job's failure shows only when its result is fetched, so a poll of a completed job does that too. fal reports no charge
with a job, so the cost stays what the price list says. Reports by webhook are checked with the ED25519 keys that fal
publishes, which needs `cutaway[webhooks]`. Left out: X-Fal-Queue-Priority, looking up an order whose answer was lost
(fal lists requests only by app and without our key).
"""

from __future__ import annotations

from typing import Any, Final

from cutaway.contract import Adapter, ModelProfile, Provider

BASE_URL: Final = "https://queue.fal.run"
KEYS: Final = ("FAL_KEY",)


def _models() -> tuple[ModelProfile, ...]:
    from cutaway.vendor import read_catalog

    return tuple(model.profile for model in read_catalog("cutaway_providers", "fal"))


def _build(**settings: Any) -> Provider:
    from cutaway.vendor import read_account, read_catalog
    from cutaway_providers.fal.vendor import Fal, FalAccount

    catalog = read_catalog("cutaway_providers", "fal")
    return Fal(
        read_account(settings, FalAccount, adapter="fal", base_url=BASE_URL, catalog=catalog, key_variables=KEYS)
    )


provider = Adapter(_build, _models, key_variables=KEYS, title="fal", home_url="https://fal.ai", listed_as=("fal_ai",))
