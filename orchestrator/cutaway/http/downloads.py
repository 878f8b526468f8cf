"""Downloading a result: redirects by hand, every hop admitted anew, bytes and time capped."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Final, TypeVar

import httpx

from cutaway.errors import ProviderError
from cutaway.http.addresses import Gate, origin_of, parsed, refused, shown

MAX_REDIRECTS: Final = 3
MAX_ERROR_BYTES: Final = 65_536
VIDEO_TYPES: Final = ("video/", "application/mp4", "application/octet-stream", "application/binary", "binary/")
MEDIA_TYPES: Final = (*VIDEO_TYPES, "image/", "audio/")
"""What a result may be: video, picture or sound; a file without a type of its own is judged by its bytes later."""

Failed = Callable[[str, str, httpx.Response, bytes], ProviderError]
"""Makes the error for (method, what, response, start of its body)."""

T = TypeVar("T")


@dataclass(slots=True)
class Download:
    """One download. `deadline` is on the monotonic clock, in seconds."""

    client: httpx.AsyncClient
    gate: Gate
    failed: Failed
    timeout: httpx.Timeout
    max_bytes: int
    media_types: tuple[str, ...]
    deadline: float

    async def pieces(self, url: httpx.URL) -> AsyncIterator[bytes]:
        """The body of `url`, in pieces as they arrive. Raises `ProviderError`."""
        response = await self._open(url)
        try:
            for _ in range(MAX_REDIRECTS):
                if not response.has_redirect_location:
                    break
                await response.aclose()
                url = parsed(response.headers["location"], url)
                response = await self._open(url)
            await self._check(url, response)
            received = 0
            body = response.aiter_bytes()
            while piece := await self._within(url, _next(body)):
                received += len(piece)
                if received > self.max_bytes:
                    raise refused(url, f"is over {self.max_bytes} bytes")
                yield piece
            expected = response.headers.get("content-length", str(received))
            if not received or expected != str(received):
                raise refused(url, f"ended after {received} of {expected} bytes", retryable=True)
        finally:
            await response.aclose()

    async def _open(self, url: httpx.URL) -> httpx.Response:
        failure: ProviderError | None = None
        for route in await self._within(url, self.gate.admit(url)):
            request = self.client.build_request(
                "GET",
                url.copy_with(host=route.address) if route.address else url,
                headers={"Accept-Encoding": "identity", "Connection": "close"} | dict(route.headers),
                timeout=self.timeout,
                extensions=dict(route.extensions),
            )
            sending = self.client.send(request, stream=True, auth=None, follow_redirects=False)
            try:
                return await self._within(url, sending)
            except ProviderError as error:
                failure = error
        assert failure is not None  # the gate gives at least one route
        raise failure

    async def _check(self, url: httpx.URL, response: httpx.Response) -> None:
        status, headers = response.status_code, response.headers
        if response.has_redirect_location:
            raise refused(url, f"redirects more than {MAX_REDIRECTS} times")
        if status != 200:
            start = await self._within(url, _next(response.aiter_bytes()))
            failure = self.failed("GET", shown(url), response, start[:MAX_ERROR_BYTES])
            if status == 410 or (status == 403 and origin_of(url) != self.gate.own):
                # A signed link that ran out: the job's next poll names a fresh one.
                failure.kind, failure.retryable = "not_found", True
            raise failure
        if headers.get("content-encoding", "identity").lower() != "identity":
            raise refused(url, "comes compressed")
        media_type = headers.get("content-type", "application/octet-stream").partition(";")[0].strip().lower()
        if not media_type.startswith(self.media_types):
            raise refused(url, f"is {media_type[:60]!r}, {self._wanted()}", retryable=True)
        length = headers.get("content-length", "")
        if length.isascii() and length.isdigit() and (len(length) > 18 or int(length) > self.max_bytes):
            raise refused(url, f"is over {self.max_bytes} bytes ({length[:20]})")

    def _wanted(self) -> str:
        return "not a video" if self.media_types == VIDEO_TYPES else "not a picture, video or sound"

    async def _within(self, url: httpx.URL, work: Awaitable[T]) -> T:
        """The outcome of one step before the deadline; what breaks becomes a `ProviderError`."""
        # One timeout per step, not one around all: a generator must not hold a timeout while its consumer works.
        try:
            async with asyncio.timeout(max(self.deadline - time.monotonic(), 0)):
                return await work
        except TimeoutError:
            failure = refused(url, "took too long", retryable=True)
        except (httpx.HTTPError, httpx.StreamError, OSError) as error:
            failure = refused(url, f"broke off ({type(error).__name__})", retryable=True)
        raise failure


async def _next(body: AsyncIterator[bytes]) -> bytes:
    """The next piece that is not empty, or nothing at the end."""
    async for piece in body:
        if piece:
            return piece
    return b""
