"""Acme Video, a made-up vendor. In cutaway.yaml, beside the variable ACME_API_KEY:

providers:
  acme:
    api_key: os.environ/ACME_API_KEY
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cutaway.contract import Adapter, ModelProfile

if TYPE_CHECKING:
    from acme_video.vendor import Acme

BASE_URL = "https://api.acme-video.example/v1"
KEYS = ("ACME_API_KEY",)


def _models() -> tuple[ModelProfile, ...]:
    from cutaway.vendor import read_catalog

    return tuple(model.profile for model in read_catalog("acme_video", "acme"))


def _build(**settings: Any) -> Acme:
    from acme_video.vendor import Acme
    from cutaway.vendor import Account, read_account, read_catalog

    catalog = read_catalog("acme_video", "acme")
    return Acme(read_account(settings, Account, adapter="acme", base_url=BASE_URL, catalog=catalog, key_variables=KEYS))


provider = Adapter(_build, _models, key_variables=KEYS, title="Acme Video")
