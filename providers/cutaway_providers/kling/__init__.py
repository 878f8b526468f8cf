"""Kling's own API: new video from words, or from a first (and last) picture.

The key comes from `KLING_API_KEY`, or in `cutaway.yaml`:

    providers:
      kling:
        adapter: kling
        api_key: os.environ/KLING_API_KEY
        # The older pair of keys, for models up to 3.0; short-lived tokens are signed with it:
        # access_key: os.environ/KLING_ACCESS_KEY
        # secret_key: os.environ/KLING_SECRET_KEY
        # base_url: https://api-beijing.klingai.com
        # The secret that the nonces in webhook addresses are made with:
        # webhook_secret: os.environ/CUTAWAY_WEBHOOK_SECRET

Every order carries our key as `external_task_id`, and a task can be asked for by it: that settles a lost answer. It is
no idempotency key, so nothing is ever sent twice. Kling stops no task, signs no report (one is believed for the nonce
in its address), and names no charge in money. Pictures travel as https addresses, else as base64 of up to 10 MB. 720p
is the mode `std`, 1080p is `pro`.

Left out: Kling 4.0 and the turbo family (their wire is not published where it could be read), `omni-video`, several
reference pictures, motion control, extension, camera paths, multi-shot orders, voices, and 4k.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cutaway.contract import Adapter, ModelProfile

if TYPE_CHECKING:
    from cutaway_providers.kling.vendor import Kling

BASE_URL = "https://api-singapore.klingai.com"
KEYS = ("KLING_API_KEY",)


def _models() -> tuple[ModelProfile, ...]:
    from cutaway.vendor import read_catalog

    return tuple(model.profile for model in read_catalog("cutaway_providers", "kling"))


def _build(**settings: Any) -> Kling:
    from cutaway.vendor import read_account, read_catalog
    from cutaway_providers.kling.vendor import Kling, KlingAccount

    paired = bool(settings.get("access_key") and settings.get("secret_key"))
    return Kling(
        read_account(
            settings,
            KlingAccount,
            adapter="kling",
            base_url=BASE_URL,
            catalog=read_catalog("cutaway_providers", "kling"),
            key_variables=() if paired else KEYS,
        )
    )


provider = Adapter(_build, _models, key_variables=KEYS, title="Kling", home_url="https://app.klingai.com/global/dev")
