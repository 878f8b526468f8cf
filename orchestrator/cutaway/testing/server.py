"""A real HTTP server on this machine in a vendor's place: it answers by script, counts, and breaks on demand."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Final, Literal
from urllib.parse import unquote, urlsplit

from cutaway.testing.shapes import Situation, Told

Act = Literal["answer", "drop_before", "drop_after", "hang", "cut"]
MAX_REQUEST_BYTES: Final = 64_000_000
HTML: Final = b"<!doctype html><title>503</title><h1>Service temporarily unavailable</h1>"


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer. `act` is what becomes of it.

    answer        it is sent
    drop_before   the connection closes before the body of the request is read
    drop_after    the connection closes after the whole request is read
    hang          nothing more happens until the caller gives up
    cut           only the first half of the body is sent, then the connection closes
    """

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    act: Act = "answer"

    @classmethod
    def of(cls, data: Any, status: int = 200, **headers: str) -> Reply:
        """A JSON answer; `retry_after="7"` becomes the header `retry-after`."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return cls(status, json.dumps(data).encode(), {"content-type": "application/json"} | named)


FAULTS: Final[Mapping[str, Reply]] = {
    "drop before reading": Reply(act="drop_before"),
    "drop after reading": Reply(act="drop_after"),
    "hang": Reply(act="hang"),
    "500": Reply.of({"error": {"message": "internal error"}}, 500),
    "503": Reply.of({"error": {"message": "overloaded"}}, 503),
    "503 from a proxy": Reply(503, HTML, {"content-type": "text/html"}),
    "408 from a proxy": Reply(408, b"<h1>Request Time-out</h1>", {"content-type": "text/html"}),
    "200 garbage": Reply(200, b"<html>Welcome</html>", {"content-type": "text/html"}),
    "200 truncated JSON": Reply(200, b'{"id": "job-1", "status": "que', {"content-type": "application/json"}),
    "200 cut off": Reply(200, b'{"id": "job-1", "status": "queued"}', {"content-type": "application/json"}, "cut"),
    "202 empty": Reply(202),
    "200 without an id": Reply.of({}),
    "200 huge": Reply(200, b'{"id": "' + b"x" * 5_000_000 + b'"}', {"content-type": "application/json"}),
}
"""What an order may meet that leaves unknown whether it was taken."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it arrived. Header names are lower case; `route` is '' when it fits none."""

    route: str
    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes = b""

    @property
    def data(self) -> Any:
        """The body as JSON; None when it is something else."""
        try:
            return json.loads(self.body)
        except ValueError:
            return None


class ScriptedVendor:
    """Serves inside `async with`. `routes` are `METHOD regex` by name; the first that fits a request is its route.

    `answer` and `play` say what a route answers; the last of several answers repeats. `requests` is everything that
    came, in order. A route without an answer, and a request that fits no route, gets a 404.
    """

    def __init__(self, routes: Mapping[str, str], words: Mapping[str, str] | None = None) -> None:
        self._routes = [(name, *_route(name, spec)) for name, spec in routes.items()]
        self._words = dict(words or {})
        self._replies: dict[str, list[Reply]] = {}
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._over = asyncio.Event()
        self.requests: list[Asked] = []
        self.base_url = ""

    async def __aenter__(self) -> ScriptedVendor:
        self._over.clear()
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.base_url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._server is not None
        self._server.close()
        self._over.set()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._server.wait_closed()

    def answer(self, route: str, *replies: Reply) -> None:
        """Say what a route answers from now on."""
        self._replies[route] = list(replies)

    def play(self, *situations: Situation | None) -> None:
        """Answer as a vendor does in these situations of its shapes."""
        for situation in situations:
            for route, told in (situation or {}).items():
                self.answer(route, *(self.reply(one) for one in (told if isinstance(told, list) else [told])))

    def reply(self, told: Told) -> Reply:
        """An answer of the shapes, with its placeholders filled in."""
        headers = {name.lower(): str(self._fill(value)) for name, value in told.headers.items()}
        if told.base64:
            return Reply(told.status, base64.b64decode(told.base64), headers)
        if "data" in told.model_fields_set:
            return replace(Reply.of(self._fill(told.data), told.status), headers=_JSON | headers)
        return Reply(told.status, str(self._fill(told.text)).encode(), headers)

    def asked(self, *routes: str) -> list[Asked]:
        """The requests of these routes, in order."""
        return [one for one in self.requests if one.route in routes]

    @property
    def strays(self) -> list[str]:
        """Requests that fit no route."""
        return [f"{one.method} {one.path}" for one in self.requests if not one.route]

    # --- one connection -----------------------------------------------------------------------------------------------

    def _fill(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {key: self._fill(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [self._fill(inner) for inner in value]
        if not isinstance(value, str) or "{" not in value:
            return value
        now = datetime.now(UTC)
        if value == "{now_s}":
            return int(now.timestamp())
        words = self._words | {"base": self.base_url, "now_iso": now.isoformat().replace("+00:00", "Z")}
        for name, word in words.items():
            value = value.replace(f"{{{name}}}", word)
        return value

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        try:
            await self._exchange(reader, writer)
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ValueError):
            pass  # the caller went away, or it does not speak HTTP
        finally:
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await self._unless_over(reader.readuntil(b"\r\n\r\n"))
        if head is None:
            return
        first, *lines = head.decode("latin-1").split("\r\n")
        method, target, _ = first.split(" ", 2)
        url = urlsplit(target)
        headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        headers.pop("", None)
        route = self._route_of(method, url.path)
        asked = Asked(route, method, unquote(url.path), url.query, headers)
        self.requests.append(asked)
        place = len(self.requests) - 1
        script = self._replies.get(route, [])
        reply = script.pop(0) if len(script) > 1 else (script[0] if script else _NOTHING)
        if reply.act == "drop_before":
            return
        body = await self._unless_over(_body(reader, headers))
        self.requests[place] = replace(asked, body=body or b"")
        if reply.act == "drop_after" or body is None:
            return
        if reply.act == "hang":
            await self._unless_over(reader.read())  # ends when the caller gives up
            return
        shown = {"content-length": str(len(reply.body)), "connection": "close"} | dict(reply.headers)
        lines = [f"HTTP/1.1 {reply.status} {'OK' if reply.status < 300 else 'No'}"]
        lines += [f"{name}: {value}" for name, value in shown.items()]
        writer.write("\r\n".join((*lines, "", "")).encode("latin-1"))
        writer.write(reply.body[: len(reply.body) // 2] if reply.act == "cut" else reply.body)
        await self._unless_over(writer.drain())

    def _route_of(self, method: str, path: str) -> str:
        return next((name for name, verb, place in self._routes if verb == method and place.fullmatch(path)), "")

    async def _unless_over(self, work: Any) -> Any:
        """The outcome of one step, None when the server stops first."""
        step, over = asyncio.ensure_future(work), asyncio.ensure_future(self._over.wait())
        try:
            await asyncio.wait({step, over}, return_when=asyncio.FIRST_COMPLETED)
            return step.result() if step.done() else None
        finally:
            for task in (step, over):
                task.cancel()
            await asyncio.gather(step, over, return_exceptions=True)


_JSON: Final = {"content-type": "application/json"}
_NOTHING: Final = Reply.of({"error": {"message": "the test says nothing about this"}}, 404)


def _route(name: str, spec: str) -> tuple[str, re.Pattern[str]]:
    method, _, place = spec.partition(" ")
    if not place.startswith(("/", "(")):
        raise ValueError(f"The route {name} is {spec!r}, not METHOD /path.")
    return method, re.compile(place)


async def _body(reader: asyncio.StreamReader, headers: Mapping[str, str]) -> bytes:
    if headers.get("transfer-encoding", "").lower() != "chunked":
        return await reader.readexactly(min(int(headers.get("content-length", "0")), MAX_REQUEST_BYTES))
    pieces = bytearray()
    while size := int((await reader.readuntil(b"\r\n")).split(b";")[0], 16):
        pieces += (await reader.readexactly(size + 2))[:-2]
    await reader.readuntil(b"\r\n")
    return bytes(pieces)


def closed_port() -> int:
    """A port of this machine where nothing listens."""
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


__all__ = ["FAULTS", "Asked", "Reply", "ScriptedVendor", "closed_port"]
