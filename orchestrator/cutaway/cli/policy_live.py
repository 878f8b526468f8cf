"""`cutaway policy apply`, `rollback` and `status`: which policy holds, in the store or in the file."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cutaway.cli.frame import Terminal, read_settings, run
from cutaway.cli.policy_files import lint_here

if TYPE_CHECKING:
    from redis.asyncio import Redis

    from cutaway.ledger.policies import PolicyState
    from cutaway.settings import Settings

AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on stdout, nothing else there.")]


def apply(
    file: Annotated[str, typer.Argument(help="A policy file, or the name of one that comes with Cutaway.")],
    canary: Annotated[
        int | None, typer.Option(min=1, max=100, help="Only for this percentage of the threads, always the same ones.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Put a policy into the store and let it hold from the next message on. One with errors is refused."""

    async def work(terminal: Terminal) -> int:
        from datetime import UTC, datetime

        from cutaway.conversation.terms import within
        from cutaway.ledger.policies import PolicyShelf
        from cutaway.routing.policy_file import find_policy

        settings = read_settings()
        _need_store(settings)
        path = find_policy(file)
        now = datetime.now(UTC)
        reading, found = lint_here(settings, path, now.date())
        policy = reading.policy
        errors = [one for one in found if one.level == "error"]
        for one in found:
            terminal.note(f"{one.place}: {one.level}: {one.message} {one.fix}".rstrip())
        if policy is None or errors:
            terminal.document = {"applied": False, "findings": [one.model_dump(mode="json") for one in found]}
            wrong = ("has errors", "Mend them.") if path.exists() else ("is not there", "Name a file that is there.")
            terminal.complain({"message": f"{path} {wrong[0]}; what held before still does.", "fix": wrong[1]})
            return 2
        within(settings, policy)
        percent = policy.rollout.canary_percent if canary is None else canary
        async with connected(settings) as redis:
            state = await PolicyShelf(redis).apply(
                policy.revision,
                policy.name,
                policy.model_dump(mode="json"),
                now=now,
                percent=percent,
                shadow=policy.rollout.shadow and canary is None,
            )
        terminal.document = {"applied": True, "policy": policy.name, "revision": policy.revision, **_roles(state)}
        whom = "for all threads"
        if state.shadow == policy.revision:
            whom = "in the shadow: it decides beside the active one and orders nothing"
        elif state.canary == policy.revision:
            whom = f"for {state.percent} % of the threads"
        terminal.say(f"{policy.name}@{policy.revision} holds from the next message on, {whom}.")
        return 0

    run(work, as_json=as_json)


def rollback(as_json: AsJson = False) -> None:
    """Take the canary back; without one, the policy before the active one holds again."""

    async def work(terminal: Terminal) -> int:
        from datetime import UTC, datetime

        from cutaway.ledger.policies import PolicyShelf

        settings = read_settings()
        _need_store(settings)
        async with connected(settings) as redis:
            shelf = PolicyShelf(redis)
            state = await shelf.rollback(now=datetime.now(UTC))
            names = {revision: one["name"] for revision, one in (await shelf.revisions()).items()}
        terminal.document = _roles(state)
        terminal.say(f"{_called(state.active, names)} holds for all threads.")
        return 0

    run(work, as_json=as_json)


def status(as_json: AsJson = False) -> None:
    """Which policy holds, where it comes from, and whether a newer one could not be used."""

    async def work(terminal: Terminal) -> int:
        settings = read_settings()
        async with connected(settings) as redis:
            found = await standing(settings, redis)
        terminal.document = found
        terminal.say(f"source: {found['source']}")
        terminal.say(f"active: {found['active']['name']}@{found['active']['revision']}")
        for role in ("canary", "shadow"):
            if found[role]:
                share = f", {found['percent']} % of the threads" if role == "canary" else ""
                terminal.say(f"{role}: {found[role]['name']}@{found[role]['revision']}{share}")
        if found["problem"]:
            terminal.say(f"problem: {found['problem']}", style="red")
        for one in found["history"]:
            share = f" {one['percent']} %" if one["did"] == "canary" else ""
            terminal.say(f"{one['at'][:19]}  {one['did']}{share}  {one['revision'] or 'default'}")
        return 5 if found["problem"] else 0

    run(work, as_json=as_json)


async def standing(settings: Settings, redis: Redis) -> dict[str, Any]:
    """What holds, as JSON: `source`, `active`, `canary`, `percent`, `shadow`, `problem`, `history`."""
    from cutaway.conversation.policies import file_of, name_source
    from cutaway.errors import CutawayError
    from cutaway.ledger.policies import PolicyShelf
    from cutaway.routing import RoutingPolicy
    from cutaway.routing.source import FileSource

    shelf, source, path = PolicyShelf(redis), name_source(settings), file_of(settings)
    live = await shelf.live(source)
    default = RoutingPolicy()
    shown: dict[str, Any] = {"source": source, "canary": None, "percent": 0, "shadow": None, "problem": ""}
    if path is not None:
        try:
            now = FileSource(path).current()
        except CutawayError as error:
            good = f"{live['name']}@{live['revision']}" if live else ""
            kept = f" Studios that are running keep {good}." if live else " No studio has read a good one."
            active = {"name": live["name"], "revision": live["revision"]} if live else {"name": "", "revision": ""}
            return shown | {"active": active, "problem": f"{error}{kept}", "history": []}
        for role, one in (("canary", now.canary), ("shadow", now.shadow)):
            shown[role] = {"name": one.name, "revision": one.revision} if one else None
        active = {"name": now.policy.name, "revision": now.policy.revision}
        if live and (now.canary or now.shadow):  # beside what running studios had before
            active = {"name": live["name"], "revision": live["revision"]}
        return shown | {"active": active, "percent": now.percent, "history": []}
    state, stored = await shelf.state(), await shelf.revisions()

    def of(revision: str) -> dict[str, str]:
        if not revision:
            return {"name": default.name, "revision": default.revision}
        return {"name": stored.get(revision, {}).get("name", "?"), "revision": revision}

    missing = [one for one in (state.active, state.canary, state.shadow) if one and one not in stored]
    problem = f"The store has lost policy {missing[0]}; apply it again." if missing else ""
    if missing and live:
        problem += f" Studios that are running keep {live['name']}@{live['revision']}."
    return shown | {
        "active": of(state.active),
        "canary": of(state.canary) if state.canary else None,
        "percent": state.percent,
        "shadow": of(state.shadow) if state.shadow else None,
        "problem": problem,
        "history": list(await shelf.history()),
    }


@asynccontextmanager
async def connected(settings: Settings) -> AsyncIterator[Redis]:
    """The store these settings name, or the embedded one, without workers. Raises `StoreError`."""
    from contextlib import AsyncExitStack

    from cutaway.folders import prepare_data_dir
    from cutaway.ledger.connection import connect

    async with AsyncExitStack() as stack:
        url = settings.redis_url
        if url is None:
            from cutaway.jobs.embedded import open_embedded

            prepare_data_dir(settings)
            hold = await open_embedded(settings, worker_command=())
            stack.push_async_callback(hold.close)
            url = hold.url
        redis = await connect(url, durability=settings.durability, replicas=settings.replicas)
        stack.push_async_callback(redis.aclose)
        yield redis


def _need_store(settings: Settings) -> None:
    from cutaway.conversation.policies import file_of
    from cutaway.errors import ConfigError

    path = file_of(settings)
    if path is not None:
        raise ConfigError(
            f"The policy here comes from the file {path}, so the store's is not used.",
            fix=f"Change that file (it is read again by itself), or {_out_of_the_file(settings)} to use the store.",
        )


def _out_of_the_file(settings: Settings) -> str:
    """What to do so that the settings name no policy file: it is in the environment, or in a line of `cutaway.yaml`."""
    from cutaway.config_file import compose
    from cutaway.settings import inherited

    if inherited().get("CUTAWAY_POLICY", "").strip() or settings.config_file is None:
        return "unset CUTAWAY_POLICY"
    root = compose(settings.config_file)
    lines = [key.start_mark.line + 1 for key, _ in root.value if key.value == "policy"]
    place = f" (line {lines[0]})" if lines else ""
    return f"take policy: out of {settings.config_file}{place}"


def _roles(state: PolicyState) -> dict[str, Any]:
    return {"active": state.active, "canary": state.canary, "percent": state.percent, "shadow": state.shadow}


def _called(revision: str, names: dict[str, str]) -> str:
    return f"{names.get(revision, 'default')}@{revision}" if revision else "the default policy"
