"""The adapters' HTTP help: outcomes of the one POST, when to come back, what may be downloaded, and no key anywhere."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

import httpx
import pytest

from cutaway.errors import (
    ConfigError,
    FailureKind,
    ProviderError,
    StaleLeaseError,
    SubmitUnknownError,
    UnreachableError,
)
from cutaway.http import STATUS_KINDS, Timeouts, VendorClient, is_public, retry_after_s
from cutaway.http.addresses import checked_base
from cutaway.http.answers import clean

KEY = "sk-canary-0123456789abcdef"
NOW = datetime(2026, 11, 20, 12, 0, 0, tzinfo=UTC)
QUICK = Timeouts(connect_s=2, write_s=2, read_s=0.2, total_s=3)

Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@dataclass(slots=True)
class Wire:
    """A server that plays one handler; `heads` are the requests it read, `connections` how often it was reached."""

    port: int = 0
    connections: int = 0
    heads: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"


@asynccontextmanager
async def serving(handler: Handler) -> AsyncIterator[Wire]:
    wire = Wire()
    tasks = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        wire.connections += 1
        tasks.add(asyncio.current_task())
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            wire.heads.append(head)
            if found := re.search(r"(?i)content-length: (\d+)", head):
                await reader.readexactly(int(found[1]))
            await handler(reader, writer)
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            writer.transport.abort()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    wire.port = server.sockets[0].getsockname()[1]
    try:
        yield wire
    finally:
        server.close()
        for task in tasks:
            if task is not None:
                task.cancel()
        await asyncio.gather(*(task for task in tasks if task is not None), return_exceptions=True)


def says(status: str, body: str = "", *headers: str) -> Handler:
    """Answers with this status, body and headers, and hangs up."""

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        lines = [f"HTTP/1.1 {status}", f"content-length: {len(body.encode())}", "connection: close", *headers, "", ""]
        writer.write("\r\n".join(lines).encode() + body.encode())
        await writer.drain()
        writer.close()
        await writer.wait_closed()

    return handler


def sends(raw: bytes) -> Handler:
    """Sends these bytes and hangs up."""

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(raw)
        await writer.drain()

    return handler


async def hangs(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read()


@asynccontextmanager
async def account(url: str, **options: object) -> AsyncIterator[VendorClient]:
    client = VendorClient(url, api_key=KEY, timeouts=QUICK, clock=lambda: NOW, **options)  # type: ignore[arg-type]
    try:
        yield client
    finally:
        await client.aclose()


# --- the one POST -----------------------------------------------------------------------------------------------------


async def test_a_2xx_object_is_the_answer_with_exact_decimals() -> None:
    async with serving(says("202 Accepted", '{"id": "a", "cost": 0.1, "odd": NaN}')) as wire, account(wire.url) as us:
        answer = await us.post_once("/videos", body={"prompt": "a fox"})
    assert answer.status == 202
    assert str(answer.data["cost"]) == "0.1"
    assert answer.data["odd"] is None
    assert f"authorization: bearer {KEY}" in wire.heads[0].lower()


@pytest.mark.parametrize(
    ("status", "body", "kind", "retryable"),
    [
        ("400 X", "{}", "invalid", False),
        ("401 X", "{}", "auth", False),
        ("402 X", "{}", "balance", False),
        ("403 X", "{}", "auth", False),
        ("404 X", "{}", "not_found", False),
        ("418 X", "{}", "invalid", False),
        ("422 X", "{}", "invalid", False),
        ("429 X", "{}", "quota", True),
        ("429 X", "", "quota", True),
        ("400 X", '{"error": {"code": "blocked", "message": "no"}}', "policy", False),
        ("429 X", '{"error": {"code": "poor", "message": "no"}}', "balance", False),
    ],
)
async def test_a_4xx_is_surely_not_taken(status: str, body: str, kind: FailureKind, retryable: bool) -> None:
    kinds: dict[str, FailureKind] = {"blocked": "policy", "poor": "balance"}
    async with serving(says(status, body)) as wire, account(wire.url, code_kinds=kinds) as us:
        with pytest.raises(ProviderError) as caught:
            await us.post_once("/videos", body={})
    assert not isinstance(caught.value, SubmitUnknownError)
    assert (caught.value.kind, caught.value.retryable) == (kind, retryable)
    assert wire.connections == 1


@pytest.mark.parametrize(
    "handler",
    [
        says("500 X", "{}"),
        says("502 X", "<html>"),
        says("503 X", "{}", "retry-after: 1"),
        says("400 X"),
        says("408 X", "{}"),
        says("307 X", "", "location: /v2/videos"),
        says("303 X", "", "location: http://["),
        says("200 X", "<html>fine</html>"),
        says("200 X", '["a list"]'),
        says("200 X", "[" * 100_000),
        says("204 X"),
        sends(b""),
        sends(b"HTTP/1.1 2"),
        sends(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"),
        sends(b"HTTP/1.1 429 X\r\ncontent-length: 100\r\n\r\n{"),
        sends(b"not http at all\r\n\r\n"),
        hangs,
    ],
    ids=lambda handler: handler.__qualname__.partition(".")[0],
)
async def test_anything_else_is_unknown_and_was_sent_once(handler: Handler) -> None:
    async with serving(handler) as wire, account(wire.url) as us:
        with pytest.raises(SubmitUnknownError):
            await us.post_once("/videos", form=[("prompt", "a fox")])
    assert wire.connections == 1
    assert len(wire.heads) == 1


async def test_a_conflict_is_unknown_only_under_an_idempotency_key() -> None:
    async with serving(says("409 X", "{}")) as wire, account(wire.url) as us:
        with pytest.raises(ProviderError) as plain:
            await us.post_once("/videos", body={})
        with pytest.raises(SubmitUnknownError):
            await us.post_once("/videos", body={}, headers={"Idempotency-Key": "op-1"})
    assert not isinstance(plain.value, SubmitUnknownError)


async def test_nobody_listening_is_surely_not_taken() -> None:
    async with serving(hangs) as wire:
        gone = wire.url
    async with account(gone) as us:
        with pytest.raises(ProviderError) as caught:
            await us.post_once("/videos", body={})
        with pytest.raises(UnreachableError) as read:
            await us.get_json("/models")
    assert not isinstance(caught.value, SubmitUnknownError)
    assert caught.value.retryable
    words = f"{gone.removesuffix('/v1')} cannot be reached (ConnectError: Connection refused)"
    assert caught.value.message == read.value.message == words
    assert caught.value.data()["code"] == "unreachable"


async def test_a_failed_tls_handshake_is_surely_not_taken() -> None:
    async with serving(hangs) as wire, account(wire.url.replace("http:", "https:")) as us:
        with pytest.raises(ProviderError) as caught:
            await us.post_once("/videos", body={})
    assert not isinstance(caught.value, SubmitUnknownError)
    assert wire.heads == []


async def test_a_lease_that_runs_out_while_connecting_keeps_the_order_here() -> None:
    asked: list[int] = []

    def still_ours() -> None:
        asked.append(len(asked))
        if len(asked) == 2:
            raise StaleLeaseError("The lease ran out.")

    async with serving(says("200 X", "{}")) as wire, account(wire.url) as us:
        with pytest.raises(StaleLeaseError):
            await us.post_once("/videos", body={}, still_ours=still_ours)
    assert asked == [0, 1]
    assert wire.heads == []


async def test_a_transport_without_trace_events_never_counts_as_unsent() -> None:
    def breaks(request: httpx.Request) -> httpx.Response:
        raise httpx.WriteError("gone")

    async with httpx.AsyncClient(transport=httpx.MockTransport(breaks)) as given:
        with pytest.raises(SubmitUnknownError):
            await VendorClient("https://vendor.test", client=given).post_once("/videos", body={})


async def test_a_slow_answer_ends_at_the_total_deadline_as_unknown() -> None:
    async def drips(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n")
        while True:
            writer.write(b" ")
            await writer.drain()
            await asyncio.sleep(0.02)

    async with serving(drips) as wire:
        us = VendorClient(wire.url, timeouts=Timeouts(read_s=5, total_s=0.3))
        with pytest.raises(SubmitUnknownError, match="TimeoutError"):
            await us.post_once("/videos", body={})
        await us.aclose()


# --- words ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "7"}, 7.0),
        ({"retry-after": "0.5"}, 0.5),
        ({"retry-after-ms": "250", "retry-after": "9"}, 0.25),
        ({"retry-after": "Fri, 20 Nov 2026 12:01:30 GMT"}, 90.0),
        ({"retry-after": "Fri, 20 Nov 2026 11:00:00 GMT"}, 0.0),
        ({"retry-after": "99999999"}, 86_400.0),
        ({"retry-after": "-3"}, None),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "1e3"}, None),
        ({"retry-after": "٣"}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "9" * 5000}, None),
        ({}, None),
    ],
)
def test_retry_after_is_read_in_every_form(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after_s(headers, NOW) == seconds


async def test_the_wait_a_vendor_asks_for_is_on_the_error() -> None:
    busy = says("429 X", "{}", "Retry-After: Fri, 20 Nov 2026 12:00:05 GMT")
    async with serving(busy) as wire, account(wire.url) as us:
        with pytest.raises(ProviderError) as caught:
            await us.get_json("/videos/a")
    assert caught.value.retry_after_s == 5.0


def test_every_status_of_the_table_is_an_error_status() -> None:
    assert all(400 <= status < 600 for status in STATUS_KINDS)


@pytest.mark.parametrize(
    "body",
    [
        f'{{"error": {{"message": "no such key: Bearer {KEY}"}}}}',
        f"<html>{KEY}</html>",
        "Authorization: Bearer " + KEY[:20],
        "x" * 250 + KEY,
    ],
)
async def test_no_error_or_log_shows_the_key(body: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    seen = []
    async with serving(says("401 X", body)) as wire, account(wire.url) as us:
        for call in (us.post_once("/videos", body={}), us.get_json("/videos/a"), us.delete_json("/videos/a")):
            with pytest.raises(ProviderError) as caught:
                await call
            seen.append(caught.value)
        with pytest.raises(ProviderError) as caught:
            await anext(us.stream("/videos/a/content", max_bytes=10))
        seen.append(caught.value)
        with pytest.raises(SubmitUnknownError) as unknown:
            await VendorClient("http://127.0.0.1:1", api_key=KEY, client=_breaking()).post_once("/videos", body={})
        seen.append(unknown.value)
        assert KEY[:12] not in repr(us)
    for error in seen:
        assert KEY[:12] not in str(error) + repr(error) + repr(error.data())
        assert error.__context__ is None, "httpx's errors hold the request and its headers"
        assert len(error.message) < 500
    assert KEY[:12] not in caplog.text


def _breaking() -> httpx.AsyncClient:
    def breaks(request: httpx.Request) -> httpx.Response:
        raise httpx.ReadError(f"with {request.headers['authorization']}")

    return httpx.AsyncClient(transport=httpx.MockTransport(breaks))


@pytest.mark.parametrize("key", ["", " ", "a b", "line\nend", "käse"])
def test_a_key_that_cannot_be_a_header_is_refused_without_showing_it(key: str) -> None:
    with pytest.raises(ConfigError) as caught:
        VendorClient("https://vendor.test/v1", api_key=key)
    assert len(key) < 3 or key not in str(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "vendor.test/v1",
        "ftp://vendor.test",
        "https://",
        "https://me:pw@vendor.test",
        "https://v.test/?a=1",
        "http://[",
    ],
)
def test_a_base_url_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(ConfigError, match=r"api\.example\.com/v1") as caught:
        VendorClient(url)
    assert "pw" not in str(caught.value)


# --- downloads --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("::ffff:8.8.8.8", True),
        ("64:ff9b::808:808", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("::ffff:10.0.0.1", False),
        ("::10.0.0.1", False),
        ("64:ff9b::a00:1", False),
        ("2002:a00:1::", False),
        ("fe80::1%eth0", False),
        ("fec0::1", False),
        ("fd00:ec2::254", False),
        ("ff02::1", False),
    ],
)
def test_only_addresses_of_the_public_internet_are_public(address: str, public: bool) -> None:
    assert is_public(address) is public


BAD_TARGETS = [
    "https://169.254.169.254/latest/meta-data",
    "https://[::ffff:10.0.0.1]/x",
    "https://[::1]/x",
    "https://2130706433/x",
    "https://0x7f000001/x",
    "https://0177.0.0.1/x",
    "https://127.1/x",
    "https://localhost/x",
    "https://user:pw@cdn.test/x",
    "http://cdn.test/x",
    "ftp://cdn.test/x",
    "file:///etc/passwd",
    "gopher://cdn.test/x",
    "https:///x",
    "https://[/x",
]


@pytest.mark.parametrize("target", BAD_TARGETS)
async def test_a_result_that_redirects_to_a_private_or_odd_place_is_refused(target: str) -> None:
    async with serving(says("302 X", "", f"location: {target}")) as wire, account(wire.url) as us:
        with pytest.raises(ProviderError) as caught:
            await anext(us.stream("/videos/a/content", max_bytes=100))
    assert wire.connections == 1
    assert "pw" not in str(caught.value)


async def test_a_redirect_to_another_port_of_the_same_machine_reaches_nobody() -> None:
    async with (
        serving(says("200 X", "secret", "content-type: video/mp4")) as canary,
        serving(says("302 X", "", f"location: {canary.url}/x")) as wire,
        account(wire.url) as us,
    ):
        with pytest.raises(ProviderError, match="not https"):
            await anext(us.stream("/videos/a/content", max_bytes=100))
    assert canary.connections == 0


async def test_a_trusted_origin_is_reached_without_the_key() -> None:
    async with (
        serving(says("200 X", "movie", "content-type: video/mp4")) as store,
        serving(says("302 X", "", f"location: {store.url}/x?sig=1")) as wire,
        account(wire.url, trusted_origins=[f"http://127.0.0.1:{store.port}"]) as us,
    ):
        pieces = [piece async for piece in us.stream("/videos/a/content", max_bytes=100)]
    assert b"".join(pieces) == b"movie"
    assert KEY in wire.heads[0]
    assert "authorization" not in store.heads[0].lower()


async def test_a_name_is_resolved_once_and_the_connection_goes_to_that_address_without_the_key() -> None:
    asked: list[str] = []
    seen: list[httpx.Request] = []

    async def rebinding(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["93.184.216.34"] if len(asked) == 1 else ["127.0.0.1"]

    def answers(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, headers={"content-type": "video/mp4"}, content=b"movie")

    async with httpx.AsyncClient(transport=httpx.MockTransport(answers)) as given:
        us = VendorClient("https://vendor.test/v1", api_key=KEY, client=given, resolve=rebinding)
        pieces = [piece async for piece in us.stream("https://cdn.test/a.mp4?sig=s", max_bytes=100)]
        with pytest.raises(ProviderError, match=r"not public") as caught:
            await anext(us.stream("https://cdn.test/a.mp4?sig=s", max_bytes=100))
    assert b"".join(pieces) == b"movie"
    assert [request.url.host for request in seen] == ["93.184.216.34"]
    assert seen[0].headers["host"] == "cdn.test"
    assert seen[0].extensions["sni_hostname"] == "cdn.test"
    assert "authorization" not in seen[0].headers
    assert "sig" not in str(caught.value)


async def test_one_private_address_among_public_ones_is_enough_to_refuse() -> None:
    async def mixed(host: str, port: int) -> list[str]:
        return ["93.184.216.34", "10.0.0.1"]

    us = VendorClient("https://vendor.test/v1", resolve=mixed)
    with pytest.raises(ProviderError, match="not public"):
        await anext(us.stream("https://cdn.test/a.mp4", max_bytes=100))
    await us.aclose()


async def test_redirects_end_after_three() -> None:
    async with serving(says("302 X", "", "location: /v1/again")) as wire, account(wire.url) as us:
        with pytest.raises(ProviderError, match="more than 3 times"):
            await anext(us.stream("/videos/a/content", max_bytes=100))
    assert wire.connections == 4


VIDEO = b"HTTP/1.1 200 OK\r\ncontent-type: video/mp4\r\nconnection: close\r\n"


@pytest.mark.parametrize(
    ("raw", "words", "retryable"),
    [
        (VIDEO + b"content-length: 1000\r\n\r\n" + b"x" * 1000, "over 100 bytes", False),
        (VIDEO + b"\r\n" + b"x" * 1000, "over 100 bytes", False),
        (VIDEO + b"content-length: " + b"9" * 4000 + b"\r\n\r\nx", "over 100 bytes|broke off", None),
        (VIDEO + b"content-length: 50\r\n\r\n" + b"x" * 20, "broke off", True),
        (VIDEO + b"transfer-encoding: chunked\r\n\r\n5\r\nxxxxx\r\n", "broke off", True),
        (VIDEO + b"content-length: 0\r\n\r\n", "ended after 0", True),
        (VIDEO + b"content-encoding: gzip\r\ncontent-length: 5\r\n\r\nxxxxx", "compressed", False),
        (VIDEO.replace(b"video/mp4", b"text/html") + b"content-length: 5\r\n\r\nhello", "not a video", True),
        (VIDEO.replace(b"200 OK", b"410 X") + b"content-length: 2\r\n\r\n{}", "answered 410", True),
        (VIDEO.replace(b"200 OK", b"404 X") + b"content-length: 2\r\n\r\n{}", "answered 404", False),
        (VIDEO.replace(b"200 OK", b"206 X") + b"content-length: 2\r\n\r\n{}", "answered 206", False),
    ],
)
async def test_a_download_that_is_not_the_whole_video_raises(raw: bytes, words: str, retryable: bool | None) -> None:
    async with serving(sends(raw)) as wire, account(wire.url) as us:
        with pytest.raises(ProviderError, match=words) as caught:
            async for _ in us.stream("/videos/a/content", max_bytes=100):
                pass
    assert retryable is None or caught.value.retryable is retryable


async def test_a_dripping_download_ends_at_its_deadline() -> None:
    async def drips(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(VIDEO + b"content-length: 1000\r\n\r\n")
        while True:
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(0.02)

    async with serving(drips) as wire, account(wire.url) as us:
        with pytest.raises(ProviderError, match="took too long"):
            async for _ in us.stream("/videos/a/content", max_bytes=10_000, total_s=0.3):
                pass


async def test_a_consumer_may_take_its_time_and_stop_early() -> None:
    async with serving(says("200 X", "x" * 200_000, "content-type: video/mp4")) as wire, account(wire.url) as us:
        pieces = us.stream("/videos/a/content", max_bytes=1_000_000)
        assert await anext(pieces)
        await pieces.aclose()  # type: ignore[attr-defined]


# --- connections ------------------------------------------------------------------------------------------------------


def test_one_client_serves_one_event_loop_after_another() -> None:
    us = VendorClient("http://127.0.0.1:1")

    async def ask() -> None:
        async with serving(says("200 X", '{"ok": 1}')) as wire:
            us.base_url = wire.url
            assert (await us.get_json("/videos")).data == {"ok": 1}
            await us.aclose()

    asyncio.run(ask())
    asyncio.run(ask())


async def test_hints_of_the_environment_do_not_reroute_a_request(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "")
    async with serving(says("200 X", "{}")) as wire, account(wire.url) as us:
        await us.post_once("/videos", body={})
        await us.get_json("/videos")
    assert wire.connections == 2


@pytest.mark.parametrize(
    ("key", "said", "shown"),
    [
        ("k-1", "key k-1, not k-12 or ak-1", "key ***, not k-12 or ak-1"),
        ("a", "a bad day", "*** bad day"),
        ("abcdefgh", "xabcdefghx", "x***x"),
    ],
)
def test_a_short_key_is_masked_as_a_word_and_a_long_one_everywhere(key: str, said: str, shown: str) -> None:
    assert clean(said, key) == shown


@pytest.mark.parametrize("text", ["sk-abcdefgh1234", "user:pass@gpu:80", "eyJhbGci.J9abc.xyz", "https://u:p@h/v1"])
def test_what_may_be_a_secret_in_the_place_of_an_address_is_not_repeated(text: str) -> None:
    with pytest.raises(ConfigError) as caught:
        checked_base(text)
    assert text not in str(caught.value)


def test_a_host_without_its_scheme_is_told_with_it() -> None:
    with pytest.raises(ConfigError, match=r"'gpu:80'.*Did you mean http://gpu:80") as caught:
        checked_base("gpu:80")
    assert caught.value.fix
