"""The job people usually write: check the budget, order, poll, download, and book when all of that went well."""

from __future__ import annotations

import os
import time
from pathlib import Path

import httpx
from bench.peers import order
from rq import get_current_job


def film(number: int) -> None:
    """Make one clip. RQ starts it again when it raises, and when its work-horse died while its worker lives."""
    job = get_current_job()
    assert job is not None
    redis = job.connection
    if int(redis.get(order.SPENT) or 0) + order.PRICE_MICRO > order.LIMIT_MICRO:
        raise RuntimeError("The budget is spent.")
    fields = {"prompt": order.prompt_of(number), "model": order.MODEL, "seconds": order.SECONDS, "size": order.SIZE}
    with httpx.Client(base_url=os.environ[order.VENDOR_URL], timeout=order.TIMEOUT_S) as vendor:
        video = _json(vendor.post("/videos", json=fields))
        while video["status"] != "completed":
            if video["status"] == "failed":
                raise RuntimeError(f"The vendor could not make {number}.")
            time.sleep(0.2)
            video = _json(vendor.get(f"/videos/{video['id']}"))
        content = vendor.get(f"/videos/{video['id']}/content").raise_for_status().content
    Path(os.environ[order.FOLDER], f"{number}.mp4").write_bytes(content)
    redis.hset(order.RESULTS, str(number), video["id"])
    redis.incrby(order.SPENT, order.PRICE_MICRO)


def _json(answer: httpx.Response) -> dict[str, str]:
    found: dict[str, str] = answer.raise_for_status().json()
    return found
