"""A chat-completions server on 127.0.0.1 that answers as it is told, in the shape OpenAI's API has."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal

Mode = Literal["answers", "slow", "401", "429", "500"]


@dataclass(slots=True)
class ChatServer:
    """One server. `answers` are given in order, the last one again and again; `requests` are the bodies that came.

    `slow` keeps each request open until the server is closed. The error modes answer with that status, and quote the
    key they were sent, as some vendors do.
    """

    answers: Sequence[str] = ()
    mode: Mode = "answers"
    finish_reason: str = "stop"
    requests: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)
    port: int = 0

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def answer(self, body: dict[str, Any], key: str) -> tuple[int, dict[str, Any]]:
        """The status and JSON for one request."""
        self.requests.append(body)
        self.keys.append(key)
        if self.mode == "slow":
            self.closing.wait(30)
        if self.mode in {"401", "429", "500"}:
            return int(self.mode), {"error": {"message": f"no, not with {key}", "type": "refused", "code": self.mode}}
        said = self.answers[min(len(self.requests), len(self.answers)) - 1] if self.answers else ""
        return 200, completion(said, self.finish_reason)


def completion(said: str, finish_reason: str = "stop") -> dict[str, Any]:
    """A chat completion as OpenAI's API words it."""
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1_790_000_000,
        "model": "storyteller",
        "choices": [
            {"index": 0, "finish_reason": finish_reason, "message": {"role": "assistant", "content": said}},
        ],
        "usage": {"prompt_tokens": 10, "completion_tokens": 10, "total_tokens": 20},
    }


@contextmanager
def serving(chat: ChatServer) -> Iterator[ChatServer]:
    """The server, listening on a free port until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            status, data = chat.answer(body, self.headers.get("Authorization", "").removeprefix("Bearer "))
            payload = json.dumps(data).encode()
            try:
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(payload)))
                self.send_header("Connection", "close")
                self.end_headers()
                self.wfile.write(payload)
            except ConnectionError:
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing; the test reads `requests`."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    chat.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield chat
    finally:
        chat.closing.set()
        server.shutdown()
        thread.join()
        server.server_close()
