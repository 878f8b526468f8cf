"""The processes of a storm: a Valkey of its own, the vendor from hell, and supervisors with their workers.

Everything started here is gone when the block ends, however it ends: each child leads a process group that is killed,
and on Linux the kernel ends them too should this process be killed itself.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Final, Literal

import psutil
from redis.asyncio import Redis
from redis.exceptions import RedisError

from cutaway.jobs.embedded import find_server
from cutaway.jobs.worker import die_with_parent

Tier = Literal["A", "B", "D"]

SUBMIT_TIERS: Final[Mapping[Tier, str]] = {"A": "deduplicates", "B": "findable", "D": "blind"}
IO_WORKERS: Final = 2
"""Workers that serve vendors' orders under one supervisor (`cutaway.cli.worker.IO_WORKERS`)."""
SEND_S: Final = 2
WORK_S: Final = 0.2
START_S: Final = 30.0
GONE_S: Final = 10.0
BENCH: Final = Path(__file__).resolve().parents[1]

CONFIG: Final = """
providers:
  lab:
    adapter: openai_videos
    name: lab
    base_url: {url}
    submit_tier: {tier}
    reference_field: {reference}
    total_s: {send_s}
    models:
      - id: m1
        sizes: [64x64]
        max_duration_s: 10
        price: {{usd_per_s: "0.10", source: bench/faulty_provider.py, as_of: "2026-11-01"}}
"""


@dataclass(slots=True)
class House:
    """Where a storm rages. `workers` serve the vendor's queue; each supervisor brings two of them.

    A supervisor also keeps one idle drawing worker (there is no command without) and one poller.
    """

    folder: Path
    tier: Tier
    workers: int
    faults: Mapping[str, float]
    seed: int
    truth: Path = field(init=False)
    base_url: str = ""
    valkey: subprocess.Popen[bytes] | None = None
    vendor: subprocess.Popen[bytes] | None = None
    supervisors: list[subprocess.Popen[bytes]] = field(default_factory=list)
    _sockets: Path | None = None

    def __post_init__(self) -> None:
        self.truth = self.folder / "truth.jsonl"

    @property
    def url(self) -> str:
        """Where Valkey listens; the same after every restart."""
        return f"unix://{self._socket}"

    @property
    def _socket(self) -> Path:
        assert self._sockets is not None
        return self._sockets / "v.sock"

    async def __aenter__(self) -> House:
        self.folder.mkdir(parents=True, exist_ok=True)
        # A socket's path must stay under 104 bytes, wherever the folder is.
        self._sockets = Path(tempfile.mkdtemp(prefix="storm-", dir="/tmp"))
        try:
            await self.start_valkey()
            await self._start_vendor()
            self._start_supervisors()
        except BaseException:
            self._end()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    async def start_valkey(self) -> None:
        """Start the server on its folder, again after a kill, and wait until it has read its file and answers."""
        data = self.folder / "valkey"
        data.mkdir(exist_ok=True)
        command = [str(find_server()), "--port", "0", "--unixsocket", str(self._socket), "--dir", str(data)]
        command += ["--save", "", "--appendonly", "yes", "--appendfsync", "always", "--maxmemory-policy", "noeviction"]
        self.valkey = self._spawn(command, "valkey")
        redis: Redis = Redis.from_url(self.url)
        try:
            async with asyncio.timeout(START_S):
                while True:
                    with contextlib.suppress(RedisError, OSError):
                        await redis.ping()
                        return
                    await asyncio.sleep(0.02)
        finally:
            await redis.aclose()

    async def kill_valkey(self) -> None:
        """Kill -9, and start it again on the same folder."""
        assert self.valkey is not None
        self.valkey.kill()
        await asyncio.to_thread(self.valkey.wait)
        await self.start_valkey()

    def below_supervisors(self) -> list[psutil.Process]:
        """Every process a storm may harm: workers, work-horses, pollers."""
        found: list[psutil.Process] = []
        for supervisor in self.supervisors:
            with contextlib.suppress(psutil.NoSuchProcess):
                found += psutil.Process(supervisor.pid).children(recursive=True)
        return found

    def ended_supervisors(self) -> list[int]:
        """Exit statuses of supervisors that ended although nobody told them to."""
        return [code for supervisor in self.supervisors if (code := supervisor.poll()) is not None]

    # --- starting and ending ------------------------------------------------------------------------------------------

    async def _start_vendor(self) -> None:
        faults = ",".join(f"{name}={share}" for name, share in self.faults.items())
        command = [sys.executable, str(BENCH / "faulty_provider.py"), "--truth", str(self.truth), "--tier", self.tier]
        command += ["--seed", str(self.seed), "--work-s", str(WORK_S), "--faults", faults]
        self.vendor = self._spawn(command, "vendor", stdout=subprocess.PIPE)
        assert self.vendor.stdout is not None
        said = await asyncio.wait_for(asyncio.to_thread(self.vendor.stdout.readline), START_S)
        self.base_url = json.loads(said)["base_url"]

    def _start_supervisors(self) -> None:
        reference = "metadata[cutaway_key]" if self.tier == "B" else "null"
        config = CONFIG.format(url=self.base_url, tier=SUBMIT_TIERS[self.tier], reference=reference, send_s=SEND_S)
        (self.folder / "cutaway.yaml").write_text(config)
        told = {
            "CUTAWAY_DATA_DIR": str(self.folder / "data"),
            "CUTAWAY_RUNTIME_DIR": str(self.folder / "run"),
            "CUTAWAY_REDIS_URL": self.url,
            "CUTAWAY_CONFIG": str(self.folder / "cutaway.yaml"),
            "CUTAWAY_SEND_S": str(SEND_S),
        }
        environ = {k: v for k, v in os.environ.items() if not k.startswith("CUTAWAY_")} | told
        command = [sys.executable, "-m", "cutaway.cli", "worker", "--count", "1"]
        for number in range(-(-self.workers // IO_WORKERS)):
            self.supervisors.append(self._spawn(command, f"supervisor{number}", environ=environ))

    def _spawn(
        self, command: list[str], name: str, *, environ: Mapping[str, str] | None = None, stdout: int | None = None
    ) -> subprocess.Popen[bytes]:
        with (self.folder / f"{name}.log").open("ab") as log:
            return subprocess.Popen(
                command,
                env=environ,
                stdin=subprocess.DEVNULL,
                stdout=log if stdout is None else stdout,
                stderr=log,
                start_new_session=True,
                preexec_fn=die_with_parent,
            )

    def _end(self) -> None:
        # Work-horses lead groups of their own, so they are named before their parents are gone.
        family = self.below_supervisors()
        children = [child for child in (*self.supervisors, self.vendor, self.valkey) if child is not None]
        for child in children:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(child.pid, signal.SIGKILL)
        for member in family:
            with contextlib.suppress(psutil.NoSuchProcess):
                member.kill()
        for child in children:
            child.wait(GONE_S)
            if child.stdout is not None:
                child.stdout.close()
        psutil.wait_procs(family, timeout=GONE_S)
        if self._sockets is not None:
            shutil.rmtree(self._sockets, ignore_errors=True)
