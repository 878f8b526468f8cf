"""A vendor from hell: an HTTP server of the `/v1/videos` dialect that loses, breaks and overcharges on order.

    python bench/faulty_provider.py --truth FILE [--port 0] [--seed N] [--tier A] [--faults drop_after=0.1,hang=1]

prints its port as JSON and serves until SIGTERM. In a test: `async with FaultyProvider(truth) as vendor`.

Tiers: A answers a repeated Idempotency-Key with the first job (409 when the order differs), B echoes every form field
in its list, C lists prompt, model, size and seconds, D lists nothing. What really happened is in the truth file, JSON
lines synced to disk before the answer: `arrived`, `accepted` (with the amount charged, micro-USD), `repeated`,
`refused`, `fetched`, `cancelled`, and `spoiled` for a fault that struck an answer or a download. A server that starts
on an old truth file knows its jobs again.

A fault is drawn from seed, fault, job and how often it was asked for: the same orders meet the same faults in any
order of arrival. `--faults` gives each a probability from 0 to 1:

    drop_before 500_before 502_before 503_before 429   the order is read and not taken
    drop_after 500_after 502_after html_after hang      the order is taken, the answer lost
    late odd_status failed wrong_bill                   polls: ten times slower; an unknown word once; failed; +50 %
    expired html cut truncated drip endless redirect    downloads: 410 once; HTML with 200; connection cut; half a file
                                                        with matching length; a byte a second; no end; `redirect_to`
    webhook_lost webhook_forged                         with a `callback_url` in the order (forged: early and unsigned)
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import email.parser
import email.policy
import hashlib
import hmac
import io
import json
import os
import re
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Final, Literal
from urllib.parse import parse_qs, unquote, urlsplit

Tier = Literal["A", "B", "C", "D"]
Reply = tuple[int, dict[str, str], bytes]

BEFORE: Final = ("drop_before", "500_before", "502_before", "503_before", "429")
AFTER: Final = ("drop_after", "500_after", "502_after", "html_after", "hang")
FAULTS: Final = frozenset(
    (*BEFORE, *AFTER, "late", "odd_status", "failed", "wrong_bill", "expired", "html", "cut", "truncated", "drip",
     "endless", "redirect", "webhook_lost", "webhook_forged")
)  # fmt: skip
MAX_BODY_BYTES: Final = 16_000_000
LATE: Final = 10
HTML: Final = b"<!doctype html><title>Gateway</title><h1>Please try again later</h1>"
WEBHOOK_SECRET: Final = b"faulty-provider"


@dataclass(slots=True)
class Job:
    """One accepted order."""

    id: str
    number: int
    created_at: float
    fields: dict[str, str]
    key: str
    charged_micro: int
    cancelled: bool = False


class _Drop(Exception):  # noqa: N818 - not an error: the connection ends here
    """Close the connection without an answer."""


@dataclass(slots=True)
class FaultyProvider:
    """One server. `clock` gives seconds since the epoch; jobs take `work_s` of it, and polls are told to
    come again after `poll_after_s` (by default, after as long as a job takes). `posts` counts arrived orders."""

    truth: Path
    tier: Tier = "A"
    faults: Mapping[str, float] = field(default_factory=dict)
    seed: int = 0
    port: int = 0
    work_s: float = 0.0
    list_lag_s: float = 0.0
    price_micro_per_s: int = 100_000
    api_key: str | None = None
    redirect_to: str = ""
    page: int = 100
    poll_after_s: float | None = None
    clock: Callable[[], float] = time.time
    posts: int = 0
    requests: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    jobs: dict[str, Job] = field(default_factory=dict)
    _by_key: dict[str, Job] = field(default_factory=dict)
    _takes: Counter[str] = field(default_factory=Counter)
    _asked: Counter[tuple[str, str]] = field(default_factory=Counter)
    _server: asyncio.Server | None = None
    _file: BinaryIO | None = None
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def __post_init__(self) -> None:
        unknown = sorted(set(self.faults) - FAULTS)
        if unknown or not all(0 <= share <= 1 for share in self.faults.values()):
            raise ValueError(f"faults {unknown or dict(self.faults)}: known are {sorted(FAULTS)}, each from 0 to 1")

    @property
    def base_url(self) -> str:
        """What an adapter is given."""
        return f"http://127.0.0.1:{self.port}/v1"

    async def __aenter__(self) -> FaultyProvider:
        self._load()
        self._file = self.truth.open("ab")
        # A line that a kill cut off was never answered for.
        self._file.truncate(self.truth.read_bytes().rfind(b"\n") + 1)
        self._server = await asyncio.start_server(self._connection, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._server is not None
        assert self._file is not None
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._server.wait_closed()
        self._file.close()

    # --- truth --------------------------------------------------------------------------------------------------------

    def _note(self, event: str, **facts: Any) -> None:
        assert self._file is not None
        self._file.write(json.dumps({"event": event, "at": self.clock()} | facts).encode() + b"\n")
        self._file.flush()
        os.fsync(self._file.fileno())

    def _load(self) -> None:
        for line in read_truth(self.truth):
            if line["event"] == "accepted":
                facts = {name: line[name] for name in ("id", "number", "created_at", "fields", "key", "charged_micro")}
                self._keep(Job(**facts))
            elif line["event"] == "cancelled":
                self.jobs[line["id"]].cancelled = True

    def _keep(self, job: Job) -> None:
        self.jobs[job.id] = job
        self._takes[identity_of(job.key, job.fields)] += 1
        if job.key:
            self._by_key.setdefault(job.key, job)

    def _struck(self, fault: str, identity: str) -> bool:
        """Whether `fault` happens this time; the n-th question about one thing always has the same answer."""
        share = self.faults.get(fault, 0.0)
        if not share:
            return False
        self._asked[fault, identity] += 1
        drawn = hashlib.sha256(f"{self.seed}|{fault}|{identity}|{self._asked[fault, identity]}".encode()).digest()
        return int.from_bytes(drawn[:7], "big") / 256**7 < share

    # --- HTTP ---------------------------------------------------------------------------------------------------------

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        try:
            while await self._one(reader, writer):
                pass
        except (_Drop, OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ValueError):
            writer.transport.abort()
        except asyncio.CancelledError:
            writer.transport.abort()  # the server closes; ending quietly keeps asyncio from reporting it
        finally:
            writer.close()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Answer one request; true when the connection goes on."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        method, target, _ = head[0].split(" ")
        headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:])}
        length = int(headers.get("content-length", "0"))
        if length > MAX_BODY_BYTES:
            raise _Drop
        body = await reader.readexactly(length)
        self.requests.append((method, target, headers))
        parts = urlsplit(target)
        where = [unquote(part) for part in parts.path.removeprefix("/v1/").split("/")]
        if self.api_key and headers.get("authorization") != f"Bearer {self.api_key}":
            reply = _error(401, f"no such key: {headers.get('authorization', '')}", "invalid_api_key")
        elif where[0] != "videos" or len(where) > 3:
            reply = _error(404, "no such path", "not_found")
        elif len(where) == 1:
            asked = parse_qs(parts.query)
            reply = await self._create(headers, body, reader) if method == "POST" else self._list(asked)
        elif where[1] not in self.jobs or self.jobs[where[1]].cancelled:
            reply = _error(404, f"no video {where[1]}", "not_found")
        elif len(where) == 3:
            return await self._content(self.jobs[where[1]], writer)
        elif method == "DELETE":
            reply = self._cancel(self.jobs[where[1]])
        else:
            reply = self._poll(self.jobs[where[1]])
        status, extra, content = reply
        goes_on = headers.get("connection", "").lower() != "close"
        await _send(writer, status, {"content-type": "application/json"} | extra, content, goes_on=goes_on)
        return goes_on

    # --- the dialect --------------------------------------------------------------------------------------------------

    async def _create(self, headers: Mapping[str, str], body: bytes, reader: asyncio.StreamReader) -> Reply:
        self.posts += 1
        fields = read_form(headers.get("content-type", ""), body)
        key = headers.get("idempotency-key", "")
        identity = identity_of(key, fields)
        prompt = fields.get("prompt", "")
        self._note("arrived", number=self.posts, key=key, prompt=prompt)
        fault = next((name for name in BEFORE if self._struck(name, identity)), None)
        if fault is not None:
            self._note("refused", fault=fault, key=key, prompt=prompt)
            if fault == "drop_before":
                raise _Drop
            if fault == "429":
                return _error(429, "slow down", "rate_limit_exceeded", {"retry-after": "7"})
            return _error(int(fault[:3]), "not today", "server_error")
        known = self._by_key.get(key) if self.tier == "A" and key else None
        if known is not None and known.fields != fields:
            self._note("refused", fault="conflict", key=key, prompt=prompt)
            return _error(409, "this key was used for another order", "idempotency_conflict")
        if not fields.get("prompt") or not _seconds(fields) or not _size(fields):
            self._note("refused", fault="invalid", key=key, prompt=prompt)
            return _error(400, "prompt, seconds and size are needed", "invalid_value")
        if known is None:
            job = self._accept(key, fields)
        else:
            job = known
            self._note("repeated", id=job.id, key=key)
        fault = next((name for name in AFTER if self._struck(name, identity)), None)
        if fault is not None:
            self._note("spoiled", fault=fault, id=job.id)
        if fault == "drop_after":
            raise _Drop
        if fault == "hang":
            await reader.read()  # until the client gives up
            raise _Drop
        if fault == "html_after":
            return 200, {"content-type": "text/html"}, HTML
        if fault is not None:
            return _error(int(fault[:3]), "lost it on the way back", "server_error")
        return _json(200, self._shown(job))

    def _accept(self, key: str, fields: dict[str, str]) -> Job:
        number = len(self.jobs) + 1
        # Named after the order and not after its place in line, so that a job's faults do not depend on who came first.
        identity = identity_of(key, fields)
        job_id = "video_" + hashlib.sha256(f"{self.seed}|{identity}|{self._takes[identity]}".encode()).hexdigest()[:24]
        charged = int(_seconds(fields) * self.price_micro_per_s)
        if self._struck("wrong_bill", job_id):
            charged += charged // 2
        job = Job(job_id, number, self.clock(), fields, key, charged)
        reference = fields.get("metadata[cutaway_key]", "")
        self._note(
            "accepted", id=job.id, number=number, created_at=job.created_at, fields=fields, key=key,
            reference=reference, charged_micro=charged,
        )  # fmt: skip
        self._keep(job)
        if fields.get("callback_url"):
            task = asyncio.create_task(self._call_back(job), name="callback")
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return job

    def callbacks(self) -> list[asyncio.Task[None]]:
        """Callbacks that are still on their way."""
        return [task for task in self._tasks if task.get_name() == "callback"]

    def _list(self, asked: Mapping[str, list[str]]) -> Reply:
        if self.tier == "D":
            return _error(405, "no list here", "unsupported")
        jobs = [job for job in self.jobs.values() if not job.cancelled]
        jobs = [job for job in jobs if job.created_at + self.list_lag_s <= self.clock()]
        jobs.sort(key=lambda job: -job.number)
        after = asked.get("after", [""])[0]
        start = next((place + 1 for place, job in enumerate(jobs) if job.id == after), 0)
        shown = jobs[start : start + self.page]
        ids = [job.id for job in shown] or [""]
        found = {"object": "list", "data": [self._shown(job) for job in shown], "first_id": ids[0], "last_id": ids[-1]}
        return _json(200, found | {"has_more": start + self.page < len(jobs)})

    def _poll(self, job: Job) -> Reply:
        shown = self._shown(job)
        if self._asked["odd_status", job.id] == 0 and self._struck("odd_status", job.id):
            self._note("spoiled", fault="odd_status", id=job.id)
            shown["status"] = "warming_up"
        wait_s = max(self.work_s, 0.02) if self.poll_after_s is None else self.poll_after_s
        return _json(200, shown, {"openai-poll-after-ms": str(int(wait_s * 1000))})

    def _cancel(self, job: Job) -> Reply:
        job.cancelled = True
        self._note("cancelled", id=job.id)
        return _json(200, {"id": job.id, "object": "video.deleted", "deleted": True})

    def _fate(self, job: Job) -> tuple[str, float]:
        """Status and share done by the clock."""
        slow = LATE if self._always("late", job.id) else 1
        share = 1.0 if not self.work_s else (self.clock() - job.created_at) / (self.work_s * slow)
        if share >= 1:
            return ("failed" if self._always("failed", job.id) else "completed"), 1.0
        return ("in_progress" if share > 0.1 else "queued"), max(share, 0.0)

    def _always(self, fault: str, identity: str) -> bool:
        """A fault that, once drawn for a thing, stays."""
        self._asked[fault, identity] = 0
        return self._struck(fault, identity)

    def _shown(self, job: Job) -> dict[str, Any]:
        status, share = self._fate(job)
        shown: dict[str, Any] = {"id": job.id, "object": "video", "status": status, "progress": int(share * 100)}
        shown |= {"created_at": int(job.created_at)}
        shown |= {name: job.fields[name] for name in ("prompt", "model", "size", "seconds") if name in job.fields}
        if self.tier == "B":
            for name, value in job.fields.items():
                outer, *inner = re.findall(r"[^\[\]]+", name)
                if inner:
                    shown.setdefault(outer, {})[inner[0]] = value
                else:
                    shown.setdefault(outer, value)
        if status == "failed":
            shown["error"] = {"code": "moderation_blocked", "message": "The result was withheld."}
        if status in {"completed", "failed"}:
            shown["usage"] = {"cost": job.charged_micro / 1_000_000}
        return shown

    async def _content(self, job: Job, writer: asyncio.StreamWriter) -> bool:
        """The download, with its faults. Always ends the connection."""
        if self._fate(job)[0] != "completed":
            await _send(writer, *_error(404, "not ready", "not_found"))
            return False
        if self._asked["expired", job.id] == 0 and self._spoils("expired", job):
            await _send(writer, *_error(410, "this link has expired", "expired"))
            return False
        if self._spoils("redirect", job):
            await _send(writer, 302, {"location": self.redirect_to}, b"")
            return False
        if self._spoils("html", job):
            await _send(writer, 200, {"content-type": "text/html; charset=utf-8"}, HTML)
            return False
        content = await asyncio.to_thread(make_clip, *_size(job.fields), float(_seconds(job.fields)))
        kind = {"content-type": "video/mp4"}
        if self._spoils("endless", job):
            writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: video/mp4\r\nconnection: close\r\n\r\n")
            while True:
                writer.write(bytes(65_536))
                await writer.drain()
        if self._spoils("drip", job):
            await _send(writer, 200, kind, content[:1], length=len(content))
            for at in range(1, len(content)):
                await asyncio.sleep(1)
                writer.write(content[at : at + 1])
            return False
        if self._spoils("truncated", job):
            await _send(writer, 200, kind, content[: len(content) // 2])
            return False
        if self._spoils("cut", job):
            await _send(writer, 200, kind, content[: len(content) // 2], length=len(content))
            return False
        await _send(writer, 200, kind, content)
        self._note("fetched", id=job.id)
        return False

    def _spoils(self, fault: str, job: Job) -> bool:
        """Whether `fault` strikes this download; it is noted."""
        struck = self._struck(fault, job.id)
        if struck:
            self._note("spoiled", fault=fault, id=job.id)
        return struck

    async def _call_back(self, job: Job) -> None:
        """Tell `callback_url`, once, when the job is over: signed as Standard Webhooks are. Or lie, early."""
        url = job.fields["callback_url"]
        if self._struck("webhook_forged", job.id):
            await _post(url, {"id": job.id, "status": "completed", "usage": {"cost": 0}}, {})
        if self._struck("webhook_lost", job.id):
            return
        while self._fate(job)[0] not in {"completed", "failed"}:
            await asyncio.sleep(0.02)
        event, at = f"msg_{job.id}", str(int(self.clock()))
        content = {"id": job.id, "status": self._fate(job)[0]}
        digest = hmac.digest(WEBHOOK_SECRET, f"{event}.{at}.{json.dumps(content)}".encode(), "sha256")
        signed = f"v1,{base64.b64encode(digest).decode()}"
        await _post(url, content, {"webhook-id": event, "webhook-timestamp": at, "webhook-signature": signed})


def identity_of(key: str, fields: Mapping[str, str]) -> str:
    """One name for one order: its key, its reference, or its content."""
    return key or fields.get("metadata[cutaway_key]") or json.dumps(fields, sort_keys=True)


def read_truth(path: Path) -> list[dict[str, Any]]:
    """What a truth file tells, oldest first; a last line that was cut off by a kill is left out."""
    if not path.exists():
        return []
    lines = path.read_bytes().split(b"\n")
    return [json.loads(line) for line in lines[:-1]]


def read_form(content_type: str, body: bytes) -> dict[str, str]:
    """The text fields of a multipart form, or of a JSON object; of a file its hash, as `sha256:` and 64 digits."""
    if content_type.startswith("application/json"):
        found = json.loads(body)
        return {str(name): str(value) for name, value in found.items()}
    head = f"Content-Type: {content_type}\r\n\r\n".encode()
    parts = email.parser.BytesParser(policy=email.policy.HTTP).parsebytes(head + body)
    fields: dict[str, str] = {}
    for part in parts.iter_parts():
        name = part.get_param("name", header="content-disposition")
        content = part.get_payload(decode=True)
        if isinstance(name, str) and isinstance(content, bytes):
            text = part.get_filename() is None
            fields[name] = (
                content.decode("utf-8", "replace") if text else f"sha256:{hashlib.sha256(content).hexdigest()}"
            )
    return fields


def make_clip(width: int, height: int, seconds: float) -> bytes:
    """A real mp4: one colour, 24 frames a second, at most a minute."""
    wanted = (width, height, seconds)
    if wanted not in _CLIPS:
        import av
        import numpy as np

        made = io.BytesIO()
        with av.open(made, "w", format="mp4") as container:
            stream = container.add_stream("libx264", rate=24, options={"preset": "ultrafast", "threads": "1"})
            stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
            picture = np.full((height, width, 3), (40, 90, 160), dtype=np.uint8)
            for _ in range(round(min(seconds, 60) * 24)):
                container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
            container.mux(stream.encode(None))
        _CLIPS[wanted] = made.getvalue()
    return _CLIPS[wanted]


_CLIPS: Final[dict[tuple[int, int, float], bytes]] = {}


def _size(fields: Mapping[str, str]) -> tuple[int, int]:
    found = re.fullmatch(r"(\d{2,4})x(\d{2,4})", fields.get("size", ""))
    return (int(found[1]), int(found[2])) if found else (0, 0)


def _seconds(fields: Mapping[str, str]) -> Decimal:
    found = re.fullmatch(r"\d{1,3}(\.\d{1,3})?", fields.get("seconds", ""))
    return Decimal(found[0]) if found else Decimal(0)


def _json(status: int, data: Mapping[str, Any], headers: dict[str, str] | None = None) -> Reply:
    return status, headers or {}, json.dumps(data).encode()


def _error(status: int, message: str, code: str, headers: dict[str, str] | None = None) -> Reply:
    return _json(status, {"error": {"message": message, "type": "error", "code": code}}, headers)


async def _send(
    writer: asyncio.StreamWriter,
    status: int,
    headers: Mapping[str, str],
    content: bytes,
    *,
    length: int | None = None,
    goes_on: bool = False,
) -> None:
    lines = [f"HTTP/1.1 {status} X", f"content-length: {len(content) if length is None else length}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    lines += [f"connection: {'keep-alive' if goes_on else 'close'}", "", ""]
    writer.write("\r\n".join(lines).encode() + content)
    await writer.drain()


async def _post(url: str, content: Mapping[str, Any], headers: Mapping[str, str]) -> None:
    """One POST whose fate nobody waits for."""
    parts = urlsplit(url)
    body = json.dumps(content).encode()
    lines = [f"POST {parts.path or '/'}{'?' + parts.query if parts.query else ''} HTTP/1.1", f"host: {parts.netloc}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    lines += ["content-type: application/json", f"content-length: {len(body)}", "connection: close", "", ""]
    try:
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port or 80)
        writer.write("\r\n".join(lines).encode() + body)
        await writer.drain()
        await reader.read(65_536)
        writer.close()
    except OSError:
        return


async def _serve(provider: FaultyProvider) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with provider:
        print(json.dumps({"port": provider.port, "base_url": provider.base_url}), flush=True)
        await stop.wait()


def _command(argv: list[str]) -> None:
    parser = argparse.ArgumentParser(description="A faulty video vendor on 127.0.0.1.")
    parser.add_argument("--truth", type=Path, required=True, help="append-only JSON lines of what really happened")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--tier", choices="ABCD", default="A")
    parser.add_argument("--faults", default="", help="NAME=PROBABILITY, separated by commas")
    parser.add_argument("--work-s", type=float, default=0.0, help="seconds a job takes")
    parser.add_argument("--list-lag-s", type=float, default=0.0, help="seconds until a job is listed")
    parser.add_argument("--key", default=None, help="the Bearer key to ask for")
    given = parser.parse_args(argv)
    pairs = (pair.partition("=") for pair in given.faults.split(",") if pair)
    faults = {name.strip(): float(share or 1) for name, _, share in pairs}
    provider = FaultyProvider(
        given.truth, given.tier, faults, given.seed, given.port, given.work_s, given.list_lag_s, api_key=given.key
    )
    asyncio.run(_serve(provider))


if __name__ == "__main__":
    _command(sys.argv[1:])
