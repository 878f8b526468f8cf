"""Gemini Omni through Google's Interactions API: video from words, pictures and video, edited in conversation.

The key comes from `GEMINI_API_KEY` (or `GOOGLE_API_KEY`), or in `cutaway.yaml`:

    providers:
      gemini_omni:
        adapter: gemini_omni
        api_key: os.environ/GEMINI_API_KEY
        only: [gemini-omni-1.1-flash]
        webhook_secret: os.environ/GEMINI_WEBHOOK_SECRET     # whsec_..., when the project has a webhook

Each order is one interaction that runs in the background and is stored (55 days), so that its id can be gone on from:
an edit or extension of a clip that was made here names it as `previous_interaction_id` and uploads nothing. Another
source video and pictures travel inside the order, together at most 14 MB. An edit keeps its source's length and shape;
an extension adds `duration_s` seconds. What a job cost is computed from the tokens that Google reports.

Google sells no free tier, does not edit uploaded video of accounts in the EEA, Switzerland and the UK, and answers a
lost order with nothing to look it up by.

Google can report by webhook: register the server's address once for the project, with the events `video.generated`,
`interaction.completed` and `interaction.failed`, and keep the secret that it shows (docs/webhooks.md).

Left out: webhooks per order (they are signed otherwise), uploads through the Files API, a last frame, reference videos,
upscaling, negative words and seeds (not documented for Omni), and Vertex.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cutaway.contract import Adapter, ModelProfile

if TYPE_CHECKING:
    from cutaway_providers.gemini_omni.vendor import GeminiOmni

BASE_URL = "https://generativelanguage.googleapis.com/v1beta"
KEYS = ("GEMINI_API_KEY", "GOOGLE_API_KEY")


def _models() -> tuple[ModelProfile, ...]:
    from cutaway.vendor import read_catalog

    return tuple(model.profile for model in read_catalog("cutaway_providers", "gemini_omni"))


def _build(**settings: Any) -> GeminiOmni:
    from cutaway.vendor import Account, read_account, read_catalog
    from cutaway_providers.gemini_omni.vendor import GeminiOmni

    catalog = read_catalog("cutaway_providers", "gemini_omni")
    return GeminiOmni(
        read_account(settings, Account, adapter="gemini_omni", base_url=BASE_URL, catalog=catalog, key_variables=KEYS)
    )


provider = Adapter(
    _build,
    _models,
    key_variables=KEYS,
    title="Google Gemini Omni",
    home_url="https://ai.google.dev/gemini-api/docs/omni",
    listed_as=("gemini",),
)
