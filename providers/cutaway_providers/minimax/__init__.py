"""MiniMax: the H3 and Hailuo video models, and speech, with one key.

    providers:
      minimax:
        adapter: minimax
        region: intl             # intl (default): api.minimax.io; cn: api.minimaxi.com; a key belongs to one region
        # api_key: ...           else MINIMAX_API_KEY
        # voice: English_Graceful_Lady     for speech orders that name none

Three wires behind one account, and `wire.api` says which a model speaks. `v2` is H3: one task, the result's address in
the answer; inputs without an address are uploaded first. `v1` is Hailuo: every answer is a 200 with a code of its own,
and the result is a file to be looked up. `t2a` is speech: the sound comes with the answer and goes to the store.

Prices are those of the international list; in `cn`, and for what the list does not name (H3 Max with a video), give the
models a price. H3 always makes sound, and a clip that begins with a picture has that picture's shape. An edit sends the
video as a reference beside the words. H3's cost is what its task counted, in seconds, at the listed rate, and speech's
the characters that its answer names; of Hailuo nothing is said. H3 answers about a task that it does not know as if it
were broken, with 500: such a job is lost once the account's list is without it. Lists and tasks go back seven days.

Only an H3 task that still waits can be stopped. Callbacks are left out: MiniMax first sends a challenge that must come
back within three seconds, and signs nothing after it. So are Hailuo's subject references, H3's prompt service and its
upscaling of finished tasks, and a last frame without a first one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from cutaway.contract import Adapter, ModelProfile

if TYPE_CHECKING:
    from cutaway_providers.minimax.vendor import MiniMax

KEYS: Final = ("MINIMAX_API_KEY",)


def _models() -> tuple[ModelProfile, ...]:
    from cutaway.vendor import read_catalog

    return tuple(model.profile for model in read_catalog("cutaway_providers", "minimax"))


def _build(**settings: Any) -> MiniMax:
    from cutaway.vendor import read_account, read_catalog
    from cutaway_providers.minimax.account import BASE_URLS, MiniMaxAccount
    from cutaway_providers.minimax.vendor import MiniMax

    catalog = read_catalog("cutaway_providers", "minimax")
    if settings.get("region") == "cn":
        catalog = tuple(model.model_copy(update={"price": None}) for model in catalog)
    return MiniMax(
        read_account(
            settings,
            MiniMaxAccount,
            adapter="minimax",
            base_url=BASE_URLS["cn" if settings.get("region") == "cn" else "intl"],
            catalog=catalog,
            key_variables=KEYS,
        )
    )


provider = Adapter(
    _build,
    _models,
    key_variables=KEYS,
    title="MiniMax (H3, Hailuo, speech)",
    home_url="https://platform.minimax.io",
    listed_as=("minimax",),
)
