"""Acme Video on this machine, so that the adapter can be tried end to end: python server.py [PORT]

It takes orders with any key, draws each for a second, and serves a real mp4 of the ordered length and size.
"""

from __future__ import annotations

import json
import sys
import time
import zlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from cutaway.testing.clip import mp4

DRAWING_S = 1.0
PRICES_USD = {480: 0.02, 720: 0.05}

jobs: dict[str, dict[str, Any]] = {}


class Acme(BaseHTTPRequestHandler):
    """One request."""

    def do_POST(self) -> None:
        order = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if "forbidden" in order["prompt"]:
            return self.refuse(400, "forbidden_words")
        job = f"job-{len(jobs) + 1}"
        jobs[job] = order | {"began_s": time.monotonic(), "stopped": False}
        print(f"{job}: {order['seconds']} s of {order['prompt'][:60]!r}", flush=True)
        return self.say({"job": job, "state": "waiting"}, 202)

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        kind, _, name = url.path.removeprefix("/v1/").partition("/")
        job = jobs.get(name.removesuffix(".mp4"))
        if kind == "account":
            self.say({"credit_usd": "12.50"})
        elif kind == "jobs" and not name:
            (key,) = parse_qs(url.query)["reference"]
            self.say({"jobs": [{"job": job, "reference": key} for job in jobs if jobs[job]["reference"] == key]})
        elif kind == "jobs" and job is not None:
            self.say(self.shown(name, job))
        elif kind == "films" and job is not None:
            red, green, blue, _ = zlib.crc32(job["prompt"].encode()).to_bytes(4, "big")
            self.send(mp4(job["seconds"], job["width"], job["height"], colour=(red, green, blue)), "video/mp4")
        else:
            self.refuse(404, "no_job")

    def do_DELETE(self) -> None:
        name = self.path.rpartition("/")[2]
        if name not in jobs:
            return self.refuse(404, "no_job")
        running = self.shown(name, jobs[name])["state"] != "ready"
        jobs[name]["stopped"] = running
        return self.say({"stopped": running})

    def shown(self, name: str, job: dict[str, Any]) -> dict[str, Any]:
        """A job as Acme shows it."""
        share = min(1.0, (time.monotonic() - job["began_s"]) / DRAWING_S)
        if job["stopped"]:
            return {"job": name, "state": "stopped", "cost_usd": "0"}
        if share < 1:
            return {"job": name, "state": "drawing", "percent": int(share * 100)}
        cost = job["seconds"] * PRICES_USD[min(job["width"], job["height"])]
        film = f"http://{self.headers['Host']}/v1/films/{name}.mp4"
        return {"job": name, "state": "ready", "percent": 100, "film": film, "cost_usd": f"{cost:.2f}"}

    def refuse(self, status: int, code: str) -> None:
        self.say({"error": {"code": code, "message": code.replace("_", " ")}}, status)

    def say(self, data: dict[str, Any], status: int = 200) -> None:
        self.send(json.dumps(data).encode(), "application/json", status)

    def send(self, body: bytes, media_type: str, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing about each request."""


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", int((*sys.argv[1:], "8099")[0])), Acme)
    print(f"Acme Video listens at http://127.0.0.1:{server.server_port}/v1", flush=True)
    server.serve_forever()
