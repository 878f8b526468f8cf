"""A server of pictures on 127.0.0.1 in the shape of OpenAI's images API: real PNG files, or a wrong answer."""

from __future__ import annotations

import base64
import io
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal

from PIL import Image

Mode = Literal["answers", "drop_after", "500", "429", "400", "content"]
ERRORS = {
    "500": (500, "server_error", "lost it on the way back"),
    "429": (429, "rate_limit_exceeded", "slow down"),
    "400": (400, "invalid_value", "no such size"),
    "content": (400, "moderation_blocked", "The prompt was refused."),
}


@dataclass(slots=True)
class ImageServer:
    """One server. `orders` are the bodies that came, `pictures` what was painted for them, whoever got it.

    "drop_after" paints and bills, then closes the connection without an answer. Modes other than "answers" hold for
    the first `times` orders.
    """

    mode: Mode = "answers"
    times: int = 1_000
    orders: list[dict[str, Any]] = field(default_factory=list)
    pictures: list[bytes] = field(default_factory=list)
    port: int = 0

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def answer(self, body: dict[str, Any]) -> tuple[int, dict[str, Any]] | None:
        """The status and JSON for one order; None when the connection just ends."""
        self.orders.append(body)
        mode = self.mode if len(self.orders) <= self.times else "answers"
        if mode in ERRORS:
            status, code, message = ERRORS[mode]
            return status, {"error": {"message": message, "type": "error", "code": code}}
        self.pictures.append(painted(body["size"], len(self.pictures)))
        if mode == "drop_after":
            return None
        return 200, {"created": 1, "data": [{"b64_json": base64.b64encode(self.pictures[-1]).decode()}]}


def painted(size: str, number: int) -> bytes:
    """A picture whose left half is bright; no two numbers have the same bytes."""
    wide, high = (int(side) for side in size.split("x"))
    image = Image.new("RGB", (wide, high), (20, 40, 60 + number))
    image.paste((240, 220, 30), (0, 0, wide // 2, high))
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


@contextmanager
def serving(images: ImageServer) -> Iterator[ImageServer]:
    """The server, listening on a free port until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            self.close_connection = True
            answered = images.answer(body)
            if answered is None:
                return
            payload = json.dumps(answered[1]).encode()
            self.send_response(answered[0])
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(payload)))
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(payload)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing; the test reads `orders`."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    images.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield images
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
