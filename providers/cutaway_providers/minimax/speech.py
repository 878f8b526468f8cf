"""Speech (/v1/t2a_v2): the sound comes with the answer, in hex."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from cutaway.contract import GenerationRequest, Handle, Placing
from cutaway.errors import SubmitUnknownError
from cutaway.vendor import CatalogModel, RemoteVendor, at, money, number, text
from cutaway_providers.minimax.account import check_order

MAX_ANSWER_BYTES: Final = 64_000_000


async def speak(
    vendor: RemoteVendor, offered: CatalogModel, request: GenerationRequest, placing: Placing, voice: str
) -> Handle:
    """One POST; the sound is in our store before this returns. The handle's cost is by the characters it names."""
    body = {
        "model": offered.wire_name,
        "text": request.brief.prompt,
        "stream": False,
        "output_format": "hex",
        "voice_setting": {"voice_id": request.voice or voice, "speed": 1.0, "vol": 1.0, "pitch": 0},
        "audio_setting": {"sample_rate": 32000, "bitrate": 128000, "format": "mp3", "channel": 1},
    }
    answer = await vendor.client.post_once(
        "/v1/t2a_v2", body=body, still_ours=placing.still_ours, max_bytes=MAX_ANSWER_BYTES
    )
    check_order(vendor, answer)
    handle = vendor.handle(offered.id, at(answer.data, "trace_id"), answer, {"api": "t2a"})
    try:
        content = bytes.fromhex(text(answer.data, "data.audio"))
    except ValueError:
        content = b""
    if not content:
        raise SubmitUnknownError(f"{vendor.name} answered without sound.", kind="unknown", status=answer.status)
    price = number(offered.wire.get("usd_per_char"), 1)
    characters = at(answer.data, "extra_info.usage_characters")
    cost: Decimal | None = None if price is None or offered.price is None else money(characters, price)
    return handle.model_copy(update={"kept": (await placing.keep(content),), "cost_usd": cost})
