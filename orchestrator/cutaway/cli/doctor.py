"""`cutaway doctor`: what this machine has, what is missing, and the fix for each fault."""

from __future__ import annotations

import asyncio
import platform
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

import typer

from cutaway.cli.frame import FAILED, Terminal, run, start_log
from cutaway.errors import CutawayError

if TYPE_CHECKING:
    from redis.asyncio import Redis

    from cutaway.registry import Known
    from cutaway.routing.conditions import Pool
    from cutaway.settings import Settings

State = Literal["ok", "warn", "fail"]
STYLES: Final[dict[State, str]] = {"ok": "green", "warn": "yellow", "fail": "bold red"}
CONFIG_STATUS: Final = 5
POOL_WAIT_S: Final = 4.0


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the doctor's report."""

    what: str
    state: State
    says: str
    fix: str = ""


def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout, nothing else there.")] = False,
) -> None:
    """Check this machine, the store, the workers and the providers. Leaves with 0 when nothing fails."""
    run(_examine, as_json=as_json)


async def _examine(terminal: Terminal) -> int:
    found: list[Finding] = []
    async for finding in _findings():
        found.append(finding)
        if not terminal.as_json:
            _tell(terminal, finding)
    failed = [finding for finding in found if finding.state == "fail"]
    terminal.document = {"ok": not failed, "findings": [asdict(finding) for finding in found]}
    if not failed:
        return 0
    return CONFIG_STATUS if any(f.what in {"settings", "data", "store"} for f in failed) else FAILED


def _tell(terminal: Terminal, finding: Finding) -> None:
    from rich.text import Text

    from cutaway.cli.frame import plain

    line = Text(f"{finding.state:<5}", style=STYLES[finding.state])
    line.append(f"{finding.what:<11}", style="bold")
    line.append(plain(finding.says), style="default")
    terminal.out.print(line, soft_wrap=True)
    if finding.fix:
        terminal.out.print(f"{'':<16}fix: {plain(finding.fix)}", soft_wrap=True)


async def _findings() -> AsyncIterator[Finding]:
    from cutaway.settings import load_settings

    yield _python()
    yield _platform()
    try:
        settings = load_settings()
    except CutawayError as error:
        yield _fault("settings", error)
        return
    start_log(settings)
    yield Finding("settings", "ok", f"{settings.config_file or 'no cutaway.yaml'} and the environment")
    yield await asyncio.to_thread(_data, settings)
    policy = None
    async with AsyncExitStack() as stack:
        held: list[Redis] = []
        async for finding in _store(settings, stack, held):
            yield finding
        policy = await _policy(settings, held[0]) if held else None
    yield await _codecs()
    yield _reasoner(settings)
    for finding in _providers(settings):
        yield finding
    yield policy or await _policy(settings, None)


def _python() -> Finding:
    return Finding("python", "ok", f"{platform.python_version()} ({sys.executable})")


def _platform() -> Finding:
    machine = f"{platform.system()} {platform.release()} {platform.machine()}"
    if sys.platform == "win32":
        return Finding("platform", "fail", machine, "Use WSL.")
    return Finding("platform", "ok", machine)


def _data(settings: Settings) -> Finding:
    import shutil

    from cutaway.folders import FORMAT, prepare_data_dir

    try:
        prepare_data_dir(settings)
    except CutawayError as error:
        return _fault("data", error)
    free_gb = shutil.disk_usage(settings.data_dir).free / 1e9
    says = f"{settings.data_dir}, format {FORMAT}, writable, {free_gb:.1f} GB free"
    if free_gb < 1:
        return Finding("data", "warn", says, "Free some space; a minute of film and its shots take about 20 MB.")
    return Finding("data", "ok", says)


async def _store(settings: Settings, stack: AsyncExitStack, held: list[Redis]) -> AsyncIterator[Finding]:
    """The store, which is added to `held`, and, through it, the workers."""
    from cutaway.ledger.connection import check, connect, redact

    try:
        url, kind = settings.redis_url, "server"
        if url is None:
            from cutaway.jobs.embedded import open_embedded

            hold = await open_embedded(settings)
            stack.push_async_callback(hold.close)
            url, kind = hold.url, "embedded"
        redis = await connect(url, durability=settings.durability, replicas=settings.replicas)
        stack.push_async_callback(redis.aclose)
        facts = await check(redis, durability=settings.durability, replicas=settings.replicas)
    except CutawayError as error:
        yield _fault("store", error)
        return
    held.append(redis)
    log = f"append-only file {'on' if facts.aof else 'off'}, fsync {facts.appendfsync or 'unknown'}"
    says = f"{kind} {redact(url)}, {facts.server} {facts.version}, {log}; it can lose {facts.can_lose}"
    fix = "" if settings.durability != "none" else "Paid models are refused with durability none; declare fsync."
    yield Finding("store", "warn" if fix else "ok", says, fix)
    yield await _workers(settings, url)
    async for finding in _capacity(settings, redis):
        yield finding


async def _capacity(settings: Settings, redis: Redis) -> AsyncIterator[Finding]:
    """Vendors at rest, and how much room our own machines have."""
    from datetime import UTC, datetime

    from cutaway.jobs.capacity import Pools, own_of, pools_of
    from cutaway.jobs.terms import ledger_of
    from cutaway.ledger.health import Health

    for name, why in sorted((await Health(redis).why(datetime.now(UTC))).items()):
        yield Finding("health", "warn", f"{name} gets no orders: {why}", "See what it answers: cutaway ops list")
    try:
        own_of(settings)
        pools = Pools(pools_of(settings), ledger_of(settings, redis))
    except CutawayError as error:
        yield _fault("pools", error)
        return
    try:
        for name, pool in sorted((await pools.now(wait_s=POOL_WAIT_S)).items()):
            says = f"{name}: {_room(pool)}"
            fix = "" if pool.free_slots is not None else "What is unknown is not free; look at its url, kind and log."
            yield Finding("pools", "warn" if fix else "ok", says, fix)
    finally:
        await pools.aclose()


def _room(pool: Pool) -> str:
    if pool.free_slots is None:
        return "unknown"
    waiting = "" if pool.queued is None else f", {pool.queued} waiting"
    warm = f", warm: {', '.join(pool.warm)}" if pool.warm else ""
    busy = ", the language model on its GPUs is busy" if pool.reasoning_busy else ""
    return f"{pool.free_slots} free slot{'' if pool.free_slots == 1 else 's'}{waiting}{busy}{warm}"


async def _workers(settings: Settings, url: str) -> Finding:
    from cutaway.jobs.alive import alive_workers, by_queue

    try:
        alive = await alive_workers(url)
        if not alive and settings.redis_url is None:
            # The embedded server brings its own worker; it needs a moment to be there.
            for _ in range(50):
                await asyncio.sleep(0.2)
                if alive := await alive_workers(url):
                    break
    except CutawayError as error:
        return _fault("workers", error)
    if not alive:
        if settings.redis_url is None:
            return Finding("workers", "fail", "none came up", f"See {settings.logs_dir / 'worker.log'}.")
        return Finding("workers", "warn", "none is alive, so nothing is drawn", "Start one: cutaway worker")
    counts = ", ".join(f"{count} on {queue}" for queue, count in sorted(by_queue(alive).items()))
    return Finding("workers", "ok", counts)


async def _codecs() -> Finding:
    """Whether films can be made here: a very short one is, with sound and a moving preview."""
    try:
        with tempfile.TemporaryDirectory(prefix="cutaway-doctor-") as folder:
            facts = await _make_film(Path(folder))
    except CutawayError as error:
        return _fault("codecs", error)
    except Exception as error:  # whatever a broken codec library raises
        says = f"a test film could not be made: {type(error).__name__}: {error}"
        return Finding("codecs", "fail", says, "Install the wheel again: pip install --force-reinstall av pillow")
    return Finding("codecs", "ok", f"{facts.video_codec} (libx264), {facts.audio_codec} and webp: a test film was made")


async def _make_film(folder: Path) -> Any:
    from cutaway.contract import Size
    from cutaway.media.compose import compose
    from cutaway.media.house import HouseWriter
    from cutaway.media.picture import black
    from cutaway.media.preview import preview
    from cutaway.media.timeline import Cut, CutShot, CutSound

    size, clip, out = Size(width_px=480, height_px=480), folder / "clip.mp4", folder / "film.mp4"

    def draw() -> None:
        with HouseWriter(clip, size, 24) as writer:
            for _ in range(12):
                writer.write(black(size))

    await asyncio.to_thread(draw)
    name = "0" * 64
    cut = Cut(shots=(CutShot(clip=name, duration_s=0.5),), sound=CutSound(bed="calm"), size=size)
    made = await compose(cut, {name: clip}, out, lambda share: None, lambda: False)
    await asyncio.to_thread(preview, out, folder / "film.webp")
    return made.facts


def _reasoner(settings: Settings) -> Finding:
    from cutaway.conversation.terms import choose_reasoner

    installed = find_spec("litellm") is not None
    library = "litellm is installed" if installed else "litellm is not installed"
    try:
        chosen = choose_reasoner(settings)
    except CutawayError as error:
        return _fault("reasoner", error)
    if chosen.name == "keywords":
        says = f"keywords (offline, English); {library}"
        return Finding("reasoner", "ok", says)
    if not installed:
        return Finding("reasoner", "fail", f"{settings.model}; {library}", "pip install 'cutaway[litellm]'")
    return Finding("reasoner", "ok", f"{chosen.name} with {settings.model}; {library}")


def _providers(settings: Settings) -> list[Finding]:
    from cutaway.cli.prices import price_words
    from cutaway.conversation.terms import why_nothing_paid
    from cutaway.registry import known
    from cutaway.routing import candidates

    rows = known(settings)
    found = [_unused(row) for row in rows if row.provider is None]
    providers = {row.name: row.provider for row in rows if row.provider is not None}
    models = candidates(providers)
    for candidate in models:
        price = candidate.profile.price
        where = "draws here" if candidate.local else "remote"
        if price is None:
            fix = "Give it a dated price; unpriced models are never used."
            found.append(Finding("providers", "warn", f"{candidate.id} ({where}): no price", fix))
        else:
            found.append(
                Finding(
                    "providers", "ok", f"{candidate.id} ({where}): {price_words(price)}, {price.source}, {price.as_of}"
                )
            )
    reason = why_nothing_paid(settings)
    if reason and any(model.profile.price is not None and not model.free for model in models):
        found.append(_refused(settings, reason))
    if not providers:
        found.append(Finding("providers", "fail", "none, so nothing can be drawn", "Install Cutaway again."))
    return found


def _refused(settings: Settings, reason: str) -> Finding:
    """Priced models that no order can reach under these settings."""
    fix = "Set CUTAWAY_REDIS_URL to a server that every replica shares, or CUTAWAY_ALLOW_PAID_EMBEDDED=true if alone."
    if settings.durability == "none":
        fix = "Set CUTAWAY_DURABILITY=fsync, on a server that syncs every write."
    return Finding("providers", "warn", f"paid models: refused here: {reason}", fix)


def _unused(row: Known) -> Finding:
    """A provider that cannot be used: merely not set up, without its key, or at fault."""
    if row.waits and not row.configured:
        return Finding("providers", "ok", f"{row.name}: installed, not configured ({row.fix.rstrip('.')})")
    says = row.problem if row.problem.startswith("providers.") else f"{row.name}: {row.problem}"
    # A configured instance that is at fault stops every start; one without its key is only left out.
    return Finding("providers", "fail" if row.configured and not row.waits else "warn", says, row.fix)


async def _policy(settings: Settings, redis: Redis | None) -> Finding:
    from cutaway.cli.policy_live import standing
    from cutaway.contract import usd
    from cutaway.conversation.policies import Policies
    from cutaway.conversation.terms import policy_of

    canary = ""
    try:
        if redis is None:
            policy = policy_of(settings)
        else:
            found = await standing(settings, redis)
            if found["problem"]:
                return Finding("policy", "fail", found["problem"], "Mend it; `cutaway policy lint` lists every fault.")
            policy = await Policies(settings, redis, lambda: datetime.now(UTC)).active()
            canary = f" (canary {found['canary']['revision']}: {found['percent']} %)" if found["canary"] else ""
    except CutawayError as error:
        return _fault("policy", error)
    limits = policy.budgets
    says = (
        f"{policy.name}@{policy.revision}{canary}: asks above {usd(policy.approval.ask_above_usd)}; at most "
        f"{usd(limits.per_clip_usd)} a clip, {usd(limits.per_turn_usd)} a turn, {usd(limits.per_thread_usd)} a thread, "
        f"{usd(limits.per_user_day_usd)} a day and person, {usd(limits.per_tenant_month_usd)} a month"
    )
    return Finding("policy", "ok", says)


def _fault(what: str, error: CutawayError) -> Finding:
    return Finding(what, "fail", error.message, error.fix)
