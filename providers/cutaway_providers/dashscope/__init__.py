"""Alibaba's Wan models by DashScope (Model Studio), with editing of uploaded clips.

    providers:
      dashscope:
        adapter: dashscope
        region: intl             # intl (default, Singapore), cn (Beijing) or us (Virginia); a key belongs to one region
        # base_url: https://WORKSPACE.ap-southeast-1.maas.aliyuncs.com/api/v1     a workspace's own address
        # api_key: ...           else DASHSCOPE_API_KEY

Prices are those of the region; for `us` none is known, so give the models a price there. An edit or extension bills the
seconds that go in and those that come out, and Model Studio says how many it took. Videos and sounds go by address
only; pictures also inside the order. The vendor's own upload (oss://, for tests, Beijing only) is not used.

`wan2.7-videoedit` keeps its source's shape and length unless a shorter one is ordered, and its sound. A clip that
begins with a picture has that picture's shape. Continuing a clip with `wan2.7-i2v` is left out: what its length counts
is not documented. A job is kept for a day; after that it is "expired". Only a job that still waits can be stopped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from cutaway.contract import Adapter, ModelProfile

if TYPE_CHECKING:
    from cutaway_providers.dashscope.vendor import DashScope

KEYS: Final = ("DASHSCOPE_API_KEY",)


def _models() -> tuple[ModelProfile, ...]:
    from cutaway.vendor import read_catalog

    return tuple(model.profile for model in read_catalog("cutaway_providers", "dashscope"))


def _build(**settings: Any) -> DashScope:
    from cutaway.vendor import read_account, read_catalog
    from cutaway_providers.dashscope.vendor import BASE_URLS, DashScope, DashScopeAccount, priced_in

    region = settings.get("region", "intl")
    region = region if isinstance(region, str) and region in BASE_URLS else "intl"
    return DashScope(
        read_account(
            settings,
            DashScopeAccount,
            adapter="dashscope",
            base_url=BASE_URLS[region],
            catalog=priced_in(region, read_catalog("cutaway_providers", "dashscope")),
            key_variables=KEYS,
        )
    )


provider = Adapter(
    _build,
    _models,
    key_variables=KEYS,
    title="Alibaba DashScope (Wan)",
    home_url="https://www.alibabacloud.com/en/product/modelstudio",
    listed_as=("dashscope",),
)
