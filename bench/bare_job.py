"""What a bare RQ job does in bench/wake.py: say when it started. Loads nothing that RQ has not loaded already."""

from __future__ import annotations

from redis import Redis


def note_start(url: str) -> None:
    """Note the server's time in milliseconds."""
    with Redis.from_url(url) as redis:
        seconds, micro = redis.time()
        redis.rpush("bench:started", f"{seconds * 1000 + micro / 1000:.3f}")
