"""HeyGen: clips in which an avatar speaks the order's words.

The key comes from `HEYGEN_API_KEY`. An avatar belongs to an account, so a model is offered once it has one:

    providers:
      heygen:
        adapter: heygen
        api_key: os.environ/HEYGEN_API_KEY
        models:
          - id: avatar-iv-photo            # or avatar-iv-twin, avatar-iii
            wire: {avatar_id: "<the look's id>"}

An order's prompt is the script and `voice` names the voice; an order without a voice is one for pictures, and refused.
The avatar speaks as long as the script takes, so a script that may outlast the ordered seconds is refused as well: a
second holds 10 bytes of UTF-8 (slow English; `wire: {bytes_per_s: 14}` trusts the voice more).

Every order carries our key as its title, and the list of videos can be asked for it: that settles a lost answer. HeyGen
stops no video (its DELETE destroys one) and names no charge.

Left out: sound files instead of a script, animated pictures, cinematic avatars, the video agent, backgrounds, captions,
translations, and reports (the wire of the third API's calls is not published where it could be read).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cutaway.contract import Adapter, ModelProfile

if TYPE_CHECKING:
    from cutaway_providers.heygen.vendor import HeyGen

BASE_URL = "https://api.heygen.com"
KEYS = ("HEYGEN_API_KEY",)


def _models() -> tuple[ModelProfile, ...]:
    from cutaway.vendor import read_catalog

    return tuple(model.profile for model in read_catalog("cutaway_providers", "heygen"))


def _build(**settings: Any) -> HeyGen:
    from cutaway.vendor import Account, read_account, read_catalog
    from cutaway_providers.heygen.vendor import HeyGen

    catalog = read_catalog("cutaway_providers", "heygen")
    return HeyGen(
        read_account(settings, Account, adapter="heygen", base_url=BASE_URL, catalog=catalog, key_variables=KEYS)
    )


provider = Adapter(_build, _models, key_variables=KEYS, title="HeyGen", home_url="https://developers.heygen.com")
