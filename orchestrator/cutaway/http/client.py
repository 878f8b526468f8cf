"""One vendor account over HTTP: one POST that is never repeated, polls, downloads."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import importlib
import os
import re
import ssl
import time
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import httpx

from cutaway.contract import StillOurs
from cutaway.errors import ConfigError, FailureKind, ProviderError, SubmitUnknownError, UnreachableError
from cutaway.http import answers, uploads
from cutaway.http.addresses import Gate, Resolve, checked_base, parsed, shown
from cutaway.http.answers import Answer
from cutaway.http.downloads import VIDEO_TYPES, Download

MAX_JSON_BYTES: Final = 4_000_000
UNSURE_REFUSALS: Final = frozenset({408, 499})
"""4xx that proxies also send about a request they had already passed on."""

Form = Sequence[tuple[str, str | tuple[str, bytes, str]]]
"""Multipart fields in order: a name with its text, or with a file's (name, bytes, media type)."""

_NO_CONNECTION: Final = (httpx.ConnectError, httpx.ConnectTimeout)
_NEVER_SENT: Final = (*_NO_CONNECTION, httpx.PoolTimeout, httpx.UnsupportedProtocol)


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds. `total_s` bounds one request from connecting to the last byte of its answer."""

    connect_s: float = 10.0
    write_s: float = 60.0
    read_s: float = 60.0
    total_s: float = 120.0

    def split(self) -> httpx.Timeout:
        """The parts for httpx; waiting for a free connection counts as connecting."""
        return httpx.Timeout(connect=self.connect_s, write=self.write_s, read=self.read_s, pool=self.connect_s)


class VendorClient:
    """One vendor account. `base_url` may end in a path; methods take paths below it, which start with "/".

    `headers` go along with the key, to the vendor's own origin only. `client` replaces the own connections (it must
    not retry; whoever made it closes it). `trusted_origins` are further places (`http://minio:9000`) that downloads
    may come from although they are private; the key never goes there. `code_kinds` maps error codes in the vendor's
    bodies to failure kinds and beats the status. Raises `ConfigError` for a base URL or key that cannot be used.
    """

    def __init__(
        self,
        base_url: str,
        *,
        api_key: str | None = None,
        key_header: str = "Authorization",
        key_prefix: str = "Bearer ",
        headers: Mapping[str, str] | None = None,
        client: httpx.AsyncClient | None = None,
        timeouts: Timeouts | None = None,
        trusted_origins: Iterable[str] = (),
        code_kinds: Mapping[str, FailureKind] | None = None,
        resolve: Resolve | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.base_url = checked_base(base_url)
        self._key: str | None = None
        self._key_header, self._key_prefix = key_header, key_prefix
        self._key_headers = dict(headers or {})
        if api_key is not None:
            self.use_key(api_key)
        self._gate = Gate(self.base_url, trusted_origins, lambda: self._key_headers, resolve)
        self._timeouts = timeouts or Timeouts()
        self._code_kinds = dict(code_kinds or {})
        self._clock = clock
        self._given = client
        self._own: tuple[asyncio.AbstractEventLoop, httpx.AsyncClient, httpx.AsyncClient] | None = None

    def use_key(self, api_key: str) -> None:
        """Go on with another key, for vendors whose tokens end. Raises `ConfigError` for one that cannot be sent."""
        if not re.fullmatch(r"[\x21-\x7e]+", api_key):
            raise ConfigError(
                f"The key for {self.base_url} is empty or holds spaces, line ends or characters beyond ASCII.",
                fix="Copy it again, without quotes or a line end.",
            )
        self._key = api_key
        self._key_headers = self._key_headers | {self._key_header: f"{self._key_prefix}{api_key}"}

    async def aclose(self) -> None:
        """Close the own connections; they open again on the next use."""
        own, self._own = self._own, None
        if own is not None and own[0] is asyncio.get_running_loop():
            await own[1].aclose()
            await own[2].aclose()

    async def post_once(
        self,
        path: str,
        *,
        form: Form | None = None,
        body: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        still_ours: StillOurs | None = None,
        media_types: tuple[str, ...] = (),
        max_bytes: int = MAX_JSON_BYTES,
    ) -> Answer:
        """Send one POST, with a multipart `form` or a JSON `body`, and judge its outcome.

        A 2xx body must be a JSON object, or of one of `media_types` (beginnings), then it is `Answer.content`; longer
        than `max_bytes` it is an unknown.

        `still_ours` is called before connecting and again in the last instruction before the bytes leave; what it
        raises comes through and nothing is sent. Raises `ProviderError` when the order was surely not taken (no byte
        left, 4xx with a body, 429; `UnreachableError` when there was no connection) and `SubmitUnknownError` for
        everything else: deadlines, drops, 5xx, an unreadable 2xx, redirects, and 409 under an Idempotency-Key.
        """
        if still_ours is not None:
            still_ours()
        departure = _Departure(still_ours, time.monotonic() + self._timeouts.total_s)
        extra = dict(headers or {})
        keyed = any(name.lower() == "idempotency-key" for name in extra)
        # A connection of its own: a kept one may be closed by the vendor just as the order leaves, which is an unknown.
        sender = self._connections()[0]
        try:
            request = sender.build_request(
                "POST",
                self.base_url + path,
                files=None if form is None else _files(form),
                json=body,
                headers={"Accept-Encoding": "identity", "Connection": "close"} | extra | self._key_headers,
                timeout=self._timeouts.split(),
                extensions={"trace": departure},
            )
            departure.built = True
            async with asyncio.timeout(self._timeouts.total_s):
                response, content = await self._exchange(sender, request, max_bytes)
        except Exception as error:  # whatever broke: once bytes may have left, nobody knows
            if departure.forbidden:
                raise
            failure = self._broken("POST", path, error, sent=not (departure.unsent or isinstance(error, _NEVER_SENT)))
        else:
            outcome = self._judge(path, response, content, keyed=keyed, media_types=media_types, max_bytes=max_bytes)
            if isinstance(outcome, Answer):
                return outcome
            failure = outcome
        # Raised outside the handler: httpx's errors hold the request with its headers and must not hang on ours.
        raise failure

    async def get_json(self, path: str, *, params: Mapping[str, str] | None = None) -> Answer:
        """One GET. Raises `ProviderError`; its `retryable` says whether asking again makes sense."""
        return await self._ask("GET", path, params)

    async def delete_json(self, path: str) -> Answer:
        """One DELETE; an empty 2xx body is an empty object. Raises `ProviderError`."""
        return await self._ask("DELETE", path, None)

    async def post_json(self, path: str, body: Mapping[str, Any] | None = None, *, form: Form | None = None) -> Answer:
        """One POST that costs nothing and may be repeated (a cancel, an upload's start); like `delete_json`."""
        return await self._ask("POST", path, None, body=body, form=form)

    async def put_json(self, path: str, body: Mapping[str, Any] | None = None) -> Answer:
        """One PUT that costs nothing and may be repeated; like `delete_json`."""
        return await self._ask("PUT", path, None, body=body)

    async def put_file(self, url: str, content: bytes, *, media_type: str) -> None:
        """Upload bytes to an address that the vendor named for it (a signed link). Raises `ProviderError`.

        The address is admitted like that of a download; the key goes along only to the vendor's own origin.
        """
        await uploads.put(
            url,
            content,
            media_type,
            client=self._connections()[0],
            gate=self._gate,
            timeout=self._timeouts.split(),
            failed=self._failed,
        )

    def stream(
        self, target: str, *, max_bytes: int, media_types: tuple[str, ...] = VIDEO_TYPES, total_s: float = 900.0
    ) -> AsyncIterator[bytes]:
        """Stream a path below `base_url` (it starts with "/") or an absolute URL, in pieces as they arrive.

        The iterator raises `ProviderError` for an address that is neither the own or a trusted origin nor public https,
        more than three redirects, another status than 200, another media type, a compressed, empty, cut off or too
        large body, and after `total_s` seconds.
        """
        download = Download(
            client=self._connections()[0],
            gate=self._gate,
            failed=self._failed,
            timeout=self._timeouts.split(),
            max_bytes=max_bytes,
            media_types=media_types,
            deadline=time.monotonic() + total_s,
        )
        return download.pieces(parsed(self.base_url + target if target.startswith("/") else target))

    def clean(self, text: str) -> str:
        """A vendor's text fit for messages and logs: one line, at most 300 characters, without this account's key."""
        return answers.clean(text, self._key)

    # --- one request --------------------------------------------------------------------------------------------------

    def _connections(self) -> tuple[httpx.AsyncClient, httpx.AsyncClient]:
        """A client whose connections are used once (orders, downloads) and one that keeps them (polls)."""
        if self._given is not None:
            return self._given, self._given
        # Connections belong to the loop they were opened in, and one provider may serve several loops in turn.
        loop = asyncio.get_running_loop()
        if self._own is None or self._own[0] is not loop:
            verify = _trust()
            limits = (httpx.Limits(max_connections=100, max_keepalive_connections=keep) for keep in (0, 20))
            once, kept = (
                httpx.AsyncClient(
                    transport=httpx.AsyncHTTPTransport(verify=verify, retries=0, trust_env=False, limits=limit),
                    follow_redirects=False,
                    trust_env=False,
                )
                for limit in limits
            )
            self._own = (loop, once, kept)
        return self._own[1], self._own[2]

    async def _ask(
        self,
        method: str,
        path: str,
        params: Mapping[str, str] | None,
        *,
        body: Mapping[str, Any] | None = None,
        form: Form | None = None,
    ) -> Answer:
        reader = self._connections()[1]
        try:
            request = reader.build_request(
                method,
                self.base_url + path,
                params=params,
                json=body,
                files=None if form is None else _files(form),
                headers={"Accept-Encoding": "identity"} | self._key_headers,
                timeout=self._timeouts.split(),
            )
            async with asyncio.timeout(self._timeouts.total_s):
                response, content = await self._exchange(reader, request)
        except (httpx.HTTPError, httpx.InvalidURL, OSError, TimeoutError) as error:
            failure = self._broken(method, path, error, sent=False)
        else:
            data: dict[str, Any] | None = (
                {} if not content and (method != "GET" or response.status_code == 202) else None
            )
            data = answers.json_object(content) if data is None else data
            if not response.is_success:
                failure = self._failed(method, path, response, content)
            elif data is not None:
                return Answer(response.status_code, response.headers, data)
            else:
                said = answers.excerpt(content, self._key)
                failure = ProviderError(
                    f"{method} {path} answered {response.status_code} with a body that is no JSON object: {said}",
                    kind="provider",
                    retryable=True,
                    status=response.status_code,
                )
        raise failure

    async def _exchange(
        self, client: httpx.AsyncClient, request: httpx.Request, max_bytes: int = MAX_JSON_BYTES
    ) -> tuple[httpx.Response, bytes]:
        response = await client.send(request, stream=True, auth=None, follow_redirects=False)
        try:
            content = bytearray()
            async for piece in response.aiter_bytes():
                content += piece
                if len(content) > max_bytes:
                    break
            return response, bytes(content[: max_bytes + 1])
        finally:
            await response.aclose()

    # --- judging ------------------------------------------------------------------------------------------------------

    def _judge(
        self,
        path: str,
        response: httpx.Response,
        content: bytes,
        *,
        keyed: bool,
        media_types: tuple[str, ...],
        max_bytes: int,
    ) -> Answer | ProviderError:
        """What the answer to an order means."""
        status = response.status_code
        if response.is_success and len(content) <= max_bytes:
            media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
            if media_types and content and media_type.startswith(media_types):
                return Answer(status, response.headers, {}, content)
            data = answers.json_object(content)
            if data is not None:
                return Answer(status, response.headers, data)
            return self._unknown(f"{path} answered {status} with a body that cannot be used", status, content)
        # Under a key, 409 may also mean that the vendor still holds an order of that key.
        unsure = status in UNSURE_REFUSALS or (status == 409 and keyed) or not (content or status == 429)
        if not response.is_client_error or unsure:
            return self._unknown(f"{path} answered {status}{_redirect(response)}", status, content)
        return self._failed("POST", path, response, content)

    def _unknown(self, what: str, status: int, content: bytes) -> SubmitUnknownError:
        return SubmitUnknownError(f"POST {what}: {answers.excerpt(content, self._key)}", kind="unknown", status=status)

    def _failed(self, method: str, what: str, response: httpx.Response, content: bytes) -> ProviderError:
        status, headers = response.status_code, response.headers
        code = answers.error_code(answers.json_object(content) or {})
        kind, retryable = answers.kind_of(status, code, self._code_kinds)
        return ProviderError(
            f"{method} {what} answered {status}{_redirect(response)}: {answers.excerpt(content, self._key)}",
            kind=kind,
            retryable=retryable,
            retry_after_s=answers.retry_after_s(headers, self._clock()) if retryable else None,
            status=status,
        )

    def _broken(self, method: str, path: str, error: Exception, *, sent: bool) -> ProviderError:
        if isinstance(error, _NO_CONNECTION):
            said = self.clean(f"{type(error).__name__}: {_reason(error)}".removesuffix(": "))
            url = httpx.URL(self.base_url)
            origin = f"{url.scheme}://{url.netloc.decode('ascii', 'replace')}"
            return UnreachableError(f"{origin} cannot be reached ({said})", kind="provider", retryable=True)
        said = f"{method} {path} broke off: {type(error).__name__} {self.clean(str(error))}".strip()
        if sent:
            return SubmitUnknownError(said, kind="unknown")
        return ProviderError(said, kind="provider", retryable=True)


def _files(form: Form) -> list[tuple[str, tuple[None, str] | tuple[str, bytes, str]]]:
    return [(name, (None, value) if isinstance(value, str) else value) for name, value in form]


def _reason(error: BaseException) -> str:
    """Why there is no connection: what the system said where httpx only says that it tried every address."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ConnectionError | TimeoutError) and cause.errno:
            return os.strerror(cause.errno)
        cause = cause.__cause__ or cause.__context__
    return str(error)


def _redirect(response: httpx.Response) -> str:
    """Where a redirect points (they are never followed here), without what a link may hide."""
    if not response.has_redirect_location:
        return ""
    try:
        return (
            f" (it points to {shown(response.request.url.join(response.headers['location']))}, which is not followed)"
        )
    except (httpx.InvalidURL, ValueError):
        return " (it points nowhere)"


class _Departure:
    """Follows one request through httpx's trace events: whether its bytes may have left, and the last check before."""

    def __init__(self, still_ours: StillOurs | None, deadline: float) -> None:
        self._still_ours = still_ours
        self._deadline = deadline
        self._connecting = False
        self._leaving = False
        self.built = False
        self.forbidden = False

    @property
    def unsent(self) -> bool:
        """True when surely no byte left. Without trace events (a transport of a test) nothing is sure."""
        return not self.built or (self._connecting and not self._leaving)

    async def __call__(self, event: str, info: dict[str, Any]) -> None:
        if event.startswith("connection.connect_"):
            self._connecting = True
        elif event.endswith(".send_request_headers.started"):
            # A process that was frozen while connecting wakes up here.
            if time.monotonic() > self._deadline:
                raise TimeoutError("The deadline passed before the order was sent.")
            if self._still_ours is not None:
                self.forbidden = True
                self._still_ours()
                self.forbidden = False
            self._leaving = True


@functools.cache
def _trust() -> ssl.SSLContext:
    """The certificates of well-known authorities. Reading them takes 20 ms, so a worker does it before it forks."""
    return httpx.create_ssl_context(trust_env=False)


ASKED_FOR_LATE: Final = ("httpcore", "anyio._backends._asyncio", "anyio.streams.tls", "sniffio")
"""What httpx loads with its first request only."""


def preload() -> None:
    """Load what a request needs, so that processes forked from this one start with it in memory."""
    for name in ASKED_FOR_LATE:
        with contextlib.suppress(ImportError):  # not every release of httpx needs each of them
            importlib.import_module(name)
    _trust()
