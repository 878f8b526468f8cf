"""The same job with LiteLLM's Router in front of the vendor; retries, cooldowns and the price are the Router's own.

`Router.avideo_generation` speaks the vendor's dialect as it is: provider `openai`, `api_base` set to the vendor. Only
the deadline is ours. What is booked is the `response_cost` that the Router reports for the call that went well.
"""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

from bench.peers import order
from litellm.router import Router
from rq import get_current_job


def film(number: int) -> None:
    """Make one clip."""
    job = get_current_job()
    assert job is not None
    redis = job.connection
    if int(redis.get(order.SPENT) or 0) + order.PRICE_MICRO > order.LIMIT_MICRO:
        raise RuntimeError("The budget is spent.")
    video_id, content, cost_usd = asyncio.run(_film(number))
    Path(os.environ[order.FOLDER], f"{number}.mp4").write_bytes(content)
    redis.hset(order.RESULTS, str(number), video_id)
    redis.incrby(order.SPENT, round(cost_usd * 1_000_000))


async def _film(number: int) -> tuple[str, bytes, float]:
    """Its id, its bytes and its price in USD."""
    account = {"api_base": os.environ[order.VENDOR_URL], "api_key": "none", "timeout": order.TIMEOUT_S}
    router = Router(model_list=[{"model_name": "film", "litellm_params": {"model": f"openai/{order.MODEL}"} | account}])
    video = await router.avideo_generation(
        model="film", prompt=order.prompt_of(number), seconds=order.SECONDS, size=order.SIZE
    )
    video_id, cost_usd = video.id, float(video._hidden_params["response_cost"])
    while video.status != "completed":
        if video.status == "failed":
            raise RuntimeError(f"The vendor could not make {number}.")
        await asyncio.sleep(0.2)
        video = await router.avideo_status(model="film", video_id=video_id, **account)
    content = await router.avideo_content(model="film", video_id=video_id, **account)
    return video_id, content, cost_usd
