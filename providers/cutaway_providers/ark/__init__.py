"""ByteDance Seedance by Volcengine Ark (China) or BytePlus ModelArk (elsewhere).

    providers:
      ark:
        adapter: ark
        region: cn               # cn (default): ark.cn-beijing.volces.com; intl: ark.ap-southeast.bytepluses.com
        # api_key: ...           else ARK_API_KEY; a key belongs to one region

Each region has model ids of its own (`doubao-` or `dreamina-`), so an account offers those of its region, and any model
of your own under `models`. Ark bills tokens, (input seconds + output seconds) x width x height x 24 / 1024, and says
how many it took; `wire.usd_per_m_tokens` by resolution turns them into money. A token of an order with a video input
costs less, by how much is not in the catalog: such an order is held at the full price and its charge stays unknown.
The BytePlus list is not known here, so `dreamina-` models have no price until you give them one.

Edits and extensions send the clip as a reference video with the words. Videos and sounds go by address only, pictures
also inside the order. Frames and references cannot be in one order. There is no negative prompt; those words stay here.
A cancel takes a job out of the queue; once it runs, nothing stops it. Callbacks are unsigned and not asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from cutaway.contract import Adapter, ModelProfile

if TYPE_CHECKING:
    from cutaway_providers.ark.vendor import Ark

KEYS: Final = ("ARK_API_KEY",)


def _models() -> tuple[ModelProfile, ...]:
    from cutaway.vendor import read_catalog

    return tuple(model.profile for model in read_catalog("cutaway_providers", "ark"))


def _build(**settings: Any) -> Ark:
    from cutaway.vendor import read_account, read_catalog
    from cutaway_providers.ark.vendor import BASE_URLS, Ark, ArkAccount

    region = settings.get("region", "cn")
    base_url = BASE_URLS.get(region, BASE_URLS["cn"]) if isinstance(region, str) else BASE_URLS["cn"]
    return Ark(
        read_account(
            settings,
            ArkAccount,
            adapter="ark",
            base_url=base_url,
            catalog=read_catalog("cutaway_providers", "ark"),
            key_variables=KEYS,
        )
    )


provider = Adapter(
    _build,
    _models,
    key_variables=KEYS,
    title="ByteDance Ark (Seedance)",
    home_url="https://www.volcengine.com/product/ark",
    listed_as=("volcengine",),
)
