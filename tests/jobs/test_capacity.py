"""Collectors of capacity, asked over real sockets in the shapes that servers answer; what is unknown is not free."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from redis.asyncio import Redis

from cutaway import load_settings
from cutaway.errors import ConfigError
from cutaway.jobs.capacity import PoolOptions, Pools, own_of, pools_of
from cutaway.jobs.capacity.exposition import Sample, samples, total
from cutaway.jobs.capacity.gpus import Gpu, gpus, pool_of_gpus
from cutaway.ledger import Ledger
from cutaway.ledger.terms import Crew
from cutaway.routing.conditions import Pool
from cutaway.testing import Reply, ScriptedVendor
from ledger.test_line import order

ROUTES = {"metrics": "GET /metrics", "queue": "GET /queue", "stats": "GET /system_stats"}
UNKNOWN = Pool()

OMNI = """\
# HELP vllm:omni_num_requests_running Number of requests currently running across all pipeline stages.
# TYPE vllm:omni_num_requests_running gauge
vllm:omni_num_requests_running{{model_name="Wan-AI/Wan2.2-T2V-A14B-Diffusers"}} {running}.0
# HELP vllm:omni_num_requests_waiting Number of requests waiting to be scheduled.
# TYPE vllm:omni_num_requests_waiting gauge
vllm:omni_num_requests_waiting{{model_name="Wan-AI/Wan2.2-T2V-A14B-Diffusers"}} {waiting}.0
# HELP process_cpu_seconds_total Total user and system CPU time spent in seconds.
# TYPE process_cpu_seconds_total counter
process_cpu_seconds_total 1321.07
"""
LATER_OMNI = OMNI.replace("vllm:omni_num", "vllm_omni:num")
SGLANG = """\
# TYPE sglang:diffusion_num_queue_reqs gauge
sglang:diffusion_num_queue_reqs{{replica="tcp://127.0.0.1:5555",role="server"}} {waiting}.0
sglang:diffusion_num_queue_reqs{{replica="tcp://127.0.0.1:5556",role="server"}} 0.0
# TYPE sglang:diffusion_num_running_reqs gauge
sglang:diffusion_num_running_reqs{{replica="tcp://127.0.0.1:5555",role="server"}} {running}.0
sglang:diffusion_num_running_reqs{{replica="tcp://127.0.0.1:5556",role="server"}} 1.0
"""
NO_STATS = """\
# HELP vllm:omni_num_requests_running Number of requests currently running across all pipeline stages.
# TYPE vllm:omni_num_requests_running gauge
# HELP vllm:omni_num_requests_waiting Number of requests waiting to be scheduled.
# TYPE vllm:omni_num_requests_waiting gauge
"""
REASONER = """\
vllm:num_requests_running{{engine="0",model_name="Qwen/Qwen3-8B"}} {running}.0
vllm:num_requests_waiting{{engine="0",model_name="Qwen/Qwen3-8B"}} 0.0
"""
WAN = ("Wan-AI/Wan2.2-T2V-A14B-Diffusers",)


def page(text: str, **numbers: int) -> Reply:
    body = text.format(**numbers) if numbers else text
    return Reply(200, body.encode(), {"content-type": "text/plain; version=0.0.4; charset=utf-8"})


@asynccontextmanager
async def asked(redis: Redis, options: Mapping[str, Any], **replies: Reply) -> AsyncIterator[Pool]:
    async with ScriptedVendor(ROUTES) as server:
        for route, reply in replies.items():
            server.answer(route, reply)
        pools = Pools({"own": PoolOptions(url=server.base_url, **options)}, Ledger(redis))
        try:
            yield (await pools.now(wait_s=5))["own"]
        finally:
            await pools.aclose()


@pytest.mark.parametrize("text", [OMNI, LATER_OMNI])
async def test_a_server_with_nothing_to_do_has_all_its_slots_free(redis: Redis, text: str) -> None:
    async with asked(redis, {"kind": "vllm_omni", "slots": 2}, metrics=page(text, running=0, waiting=0)) as pool:
        assert pool == Pool(free_slots=2, queued=0, warm=WAN)
        assert pool.is_free


@pytest.mark.parametrize(("running", "waiting"), [(1, 4), (5, 0)])
async def test_a_queue_is_seen_whether_the_server_counts_it_as_waiting_or_as_running(
    redis: Redis, running: int, waiting: int
) -> None:
    async with asked(redis, {"kind": "vllm_omni"}, metrics=page(OMNI, running=running, waiting=waiting)) as pool:
        assert pool == Pool(free_slots=0, queued=4, warm=WAN)


async def test_replicas_of_a_server_are_added_up(redis: Redis) -> None:
    async with asked(redis, {"kind": "sglang", "slots": 4}, metrics=page(SGLANG, running=1, waiting=0)) as pool:
        assert pool == Pool(free_slots=2, queued=0)
    async with asked(redis, {"kind": "sglang", "slots": 4}, metrics=page(SGLANG, running=1, waiting=3)) as pool:
        assert (pool.free_slots, pool.queued) == (0, 3)


async def test_the_queue_of_a_node_server_is_counted(redis: Redis) -> None:
    job = [0, "9f6d0d2e", {"1": {"class_type": "CLIPTextEncode"}}, {"client_id": "x"}, ["8"]]
    async with asked(
        redis, {"kind": "comfyui"}, queue=Reply.of({"queue_running": [job], "queue_pending": [job, job]})
    ) as pool:
        assert pool == Pool(free_slots=0, queued=2)
    async with asked(redis, {"kind": "comfyui"}, queue=Reply.of({"queue_running": [], "queue_pending": []})) as pool:
        assert pool == Pool(free_slots=1, queued=0)


@pytest.mark.parametrize(("free_gb", "reserved_gb", "is_free"), [(60, 0, True), (5, 40, True), (5, 0, False)])
async def test_a_node_server_whose_gpu_memory_somebody_else_holds_is_unknown(
    redis: Redis, free_gb: int, reserved_gb: int, is_free: bool
) -> None:
    device = {"name": "cuda:0 NVIDIA H100", "type": "cuda", "index": 0, "vram_total": 80 * 10**9}
    device |= {"vram_free": free_gb * 10**9, "torch_vram_total": reserved_gb * 10**9, "torch_vram_free": 0}
    stats = Reply.of({"system": {"os": "posix", "comfyui_version": "0.3.75"}, "devices": [device]})
    idle = Reply.of({"queue_running": [], "queue_pending": []})
    async with asked(redis, {"kind": "comfyui", "needs_gb": 30}, queue=idle, stats=stats) as pool:
        assert pool.is_free is is_free


@pytest.mark.parametrize(
    "reply",
    [
        page(NO_STATS),
        page("process_cpu_seconds_total 1.0\n"),
        Reply(200, b"<html>", {"content-type": "text/html"}),
        page('vllm:omni_num_requests_running 0\nvllm:omni_num_requests_waiting NaN\n'),
        page("vllm:omni_num_requests_running 0\n"),
        Reply.of({"error": "no"}, 503),
        Reply(act="drop_after"),
        Reply(200, b""),
    ],
)  # fmt: skip
async def test_what_a_server_does_not_say_is_unknown_and_not_free(redis: Redis, reply: Reply) -> None:
    async with asked(redis, {"kind": "vllm_omni"}, metrics=reply) as pool:
        assert (pool.free_slots, pool.queued, pool.is_free) == (None, None, False)


@pytest.mark.parametrize("body", [{}, {"queue_running": None, "queue_pending": []}, {"queue_running": []}])
async def test_a_queue_of_another_shape_is_unknown(redis: Redis, body: Any) -> None:
    async with asked(redis, {"kind": "comfyui"}, queue=Reply.of(body)) as pool:
        assert pool == UNKNOWN


@pytest.mark.parametrize(("reply", "is_free"), [
    (page(REASONER, running=0), True),
    (page(REASONER, running=1), False),
    (Reply.of({}, 404), False),
])  # fmt: skip
async def test_video_waits_while_the_reasoner_on_the_same_gpus_works_or_does_not_say(
    redis: Redis, reply: Reply, is_free: bool
) -> None:
    async with ScriptedVendor(ROUTES) as reasoner:
        reasoner.answer("metrics", reply)
        options = {"kind": "vllm_omni", "shares_gpu_with_reasoner": True, "reasoner_url": reasoner.base_url}
        async with asked(redis, options, metrics=page(OMNI, running=0, waiting=0)) as pool:
            assert (pool.is_free, pool.reasoning_busy) == (is_free, not is_free)


async def test_a_queue_of_ours_is_as_free_as_its_live_workers(redis: Redis) -> None:
    ledger = Ledger(redis)
    pools = Pools({"own": PoolOptions(kind="queue", queue="gpu:0")}, ledger)
    assert (await pools.now(wait_s=5))["own"] == UNKNOWN
    await ledger.sweep(crew=Crew("host", {"gpu:0": 2}))
    again = Pools({"own": PoolOptions(kind="queue", queue="gpu:0")}, ledger)
    assert (await again.now(wait_s=5))["own"] == Pool(free_slots=2, queued=0)
    await order(ledger, "a", "b", "c", queue="gpu:0")
    last = Pools({"own": PoolOptions(kind="queue", queue="gpu:0")}, ledger)
    assert (await last.now(wait_s=5))["own"] == Pool(free_slots=0, queued=3)


def test_gpus_are_unknown_where_there_are_none() -> None:
    assert pool_of_gpus(None, 1) == UNKNOWN
    found = gpus()
    assert found is None or all(0 <= gpu.busy_percent <= 100 for gpu in found)


def test_idle_gpus_with_enough_memory_are_free_slots() -> None:
    found = (Gpu(0, 70 * 10**9), Gpu(97, 70 * 10**9), Gpu(0, 2 * 10**9))
    assert pool_of_gpus(found, 2).free_slots == 4
    assert pool_of_gpus(found, 1, needs_gb=20) == Pool(free_slots=1)
    assert not pool_of_gpus(found, 1, reasoning_busy=True).is_free


async def test_a_turn_never_waits_for_a_server_that_hangs(redis: Redis) -> None:
    async with ScriptedVendor(ROUTES) as server:
        server.answer("metrics", Reply(act="hang"))
        pools = Pools({"own": PoolOptions(kind="sglang", url=server.base_url)}, Ledger(redis))
        begun = asyncio.get_running_loop().time()
        for _ in range(3):
            assert (await pools.now())["own"] == UNKNOWN
        assert asyncio.get_running_loop().time() - begun < 2.0
        assert len(server.asked("metrics")) == 1
        await pools.aclose()


async def test_an_answer_is_used_for_some_seconds_and_one_that_is_too_old_is_unknown(redis: Redis) -> None:
    now, told = [0.0], [Pool(free_slots=1, queued=0)]
    asked_for: list[str] = []
    stuck = asyncio.Event()

    async def ask(name: str, options: PoolOptions) -> Pool:
        asked_for.append(name)
        if len(asked_for) > 1:
            await stuck.wait()
        return told[0]

    options = PoolOptions(kind="nvml")
    pools = Pools({"own": options}, Ledger(redis), ask=ask, monotonic=lambda: now[0])
    assert (await pools.now())["own"] == told[0]
    now[0] = 5
    assert (await pools.now())["own"] == told[0]
    assert asked_for == ["own"]
    now[0] = 6
    assert (await pools.now(wait_s=0.01))["own"] == UNKNOWN
    await pools.aclose()


def test_the_text_format_is_read_with_labels_escapes_times_and_garbage() -> None:
    text = 'a{x="1",y="}\\"{"} 2.5 1395066363000\nb 1e3\nc{} +Inf\n# TYPE d gauge\n\nnot a sample\nd nope\n'
    assert list(samples(text)) == [
        Sample("a", {"x": "1", "y": '}\\"{'}, 2.5),
        Sample("b", {}, 1000.0),
        Sample("c", {}, float("inf")),
    ]
    assert total([Sample("a", {}, 1.0), Sample("a", {"r": "1"}, 2.0)], ("missing", "a")) == 3
    assert total([Sample("a", {}, float("nan"))], ("a",)) is None
    assert total([], ("a",)) is None


def settings_of(folder: Path, text: str) -> Any:
    (folder / "cutaway.yaml").write_text(text)
    return load_settings({"CUTAWAY_DATA_DIR": str(folder)}, cwd=folder)


def test_a_pool_is_read_from_its_provider_and_asks_at_its_address(tmp_path: Path) -> None:
    found = settings_of(
        tmp_path,
        "providers:\n  gpu:\n    adapter: openai_videos\n    base_url: http://gpu-1:8091/v1\n    own: true\n"
        "    pool: {kind: vllm_omni, slots: 2, idle: night}\n",
    )
    assert pools_of(found) == {"gpu": PoolOptions(kind="vllm_omni", url="http://gpu-1:8091", slots=2, idle="night")}
    assert own_of(found) == {"gpu"}


@pytest.mark.parametrize(
    ("pool", "says"),
    [
        ("{kind: vllm_omni}", "url is missing"),
        ("{kind: queue}", "queue is missing"),
        ("{kind: nvml, shares_gpu_with_reasoner: true}", "reasoner_url is missing"),
        ("{kind: slurm}", r"providers.gpu.pool.kind"),
        ("{kind: nvml, slots: 0}", r"providers.gpu.pool.slots"),
        ("{kind: nvml, sluts: 1}", r"providers.gpu.pool.sluts"),
        ("busy", "not a group"),
    ],
)
def test_a_wrong_pool_is_refused_with_its_place(tmp_path: Path, pool: str, says: str) -> None:
    with pytest.raises(ConfigError, match=says):
        pools_of(settings_of(tmp_path, f"providers:\n  gpu:\n    pool: {pool}\n"))
