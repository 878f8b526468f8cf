"""The `/v1/audio/speech` dialect: OpenAI's voices, and any server that speaks it (Kokoro, vLLM-Omni, LocalAI...).

    providers:
      openai_speech: {}                    # OpenAI itself; the key comes from OPENAI_API_KEY
      studio-voices:
        adapter: openai_speech
        name: studio-voices
        base_url: http://gpu-1.internal:8880/v1
        models:
          - id: kokoro
            modality: audio
            price: {usd_per_clip: 0, source: our own machine, as_of: 2026-11-01}
            wire: {voice: af_heart, fields: {response_format: wav}}

The words are the order's prompt; `voice` of the order beats `wire.voice`. `wire.voices` lists the only voices there
are, `wire.fields` are fixed fields of every order (`response_format`, `speed`, `instructions`). The sound comes with
the answer; how long it lasts is the voice's business, not the order's. There is no order to look up, so a lost answer
stays unknown until a person decides. OpenAI switches its models on this endpoint off on 2027-01-06.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from cutaway.contract import Adapter, ModelProfile
from cutaway.errors import ConfigError, NotConfiguredError

if TYPE_CHECKING:
    from cutaway_providers.openai_speech.vendor import OpenAISpeech

BASE_URL: Final = "https://api.openai.com/v1"
KEYS: Final = ("OPENAI_API_KEY",)


def _models() -> tuple[ModelProfile, ...]:
    from cutaway.vendor import read_catalog

    return tuple(model.profile for model in read_catalog("cutaway_providers", "openai_speech"))


def _build(**settings: Any) -> OpenAISpeech:
    # Somebody else's server: it has its own models and may want no key.
    own = settings.get("base_url", BASE_URL) != BASE_URL
    if own and not settings.get("models"):
        raise ConfigError("openai_speech: models is empty: name at least one model.", fix="List what that server has.")
    if not own and not settings.get("api_key"):
        # Said before anything is imported: every start asks every adapter.
        raise NotConfiguredError(
            "openai_speech has no key.", fix=f"Set {KEYS[0]}, or api_key in cutaway.yaml.", variable=KEYS[0]
        )
    from cutaway.vendor import Account, read_account, read_catalog
    from cutaway_providers.openai_speech.vendor import OpenAISpeech

    catalog = () if own else read_catalog("cutaway_providers", "openai_speech")
    return OpenAISpeech(read_account(settings, Account, adapter="openai_speech", base_url=BASE_URL, catalog=catalog))


provider = Adapter(_build, _models, key_variables=KEYS, title="OpenAI Speech", home_url="https://platform.openai.com")
