"""The front door: `async with Orchestrator.open() as studio` and talk to it.

Everything a host needs is a method here. A turn is answered at once; what it caused arrives as events, and `wait`
gives the same turn once its film is there.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from cutaway.contract import GenerationRequest, Provider, Stage
from cutaway.conversation.attachments import Attachment, Shelf
from cutaway.conversation.batches import Batches
from cutaway.conversation.books import Books
from cutaway.conversation.context import clean_message
from cutaway.conversation.desk import Desk
from cutaway.conversation.films import Films
from cutaway.conversation.forecasting import forecast
from cutaway.conversation.plan import Reasoner, TurnPlan
from cutaway.conversation.policies import Policies
from cutaway.conversation.pricing import price
from cutaway.conversation.reports import report
from cutaway.conversation.requests import storyboard_of
from cutaway.conversation.services import Services
from cutaway.conversation.stopping import cancel
from cutaway.conversation.terms import choose_reasoner, policy_of, why_nothing_paid
from cutaway.conversation.threads import check_thread
from cutaway.conversation.turn import Quote, Stopped, TurnResult, VersionView
from cutaway.errors import InputError, NotFoundError
from cutaway.events import Event, EventLog, Forecast, Mailbox
from cutaway.folders import prepare_data_dir
from cutaway.jobs.audit import AuditReport, audit
from cutaway.jobs.capacity import Pools, own_of, pools_of
from cutaway.jobs.hooks import Hooks
from cutaway.jobs.queue import JobQueue, RqQueue
from cutaway.jobs.terms import caps_of, ledger_of
from cutaway.ledger import Operation
from cutaway.ledger.acceptance import Acceptance, ClipOutcome
from cutaway.ledger.connection import connect
from cutaway.ledger.health import Health
from cutaway.ledger.quotes import QuoteBook
from cutaway.media.store import AssetStore
from cutaway.registry import by_name, providers_of
from cutaway.routing import Catalog, RoutingPolicy, candidates, resolve
from cutaway.routing.conditions import MayLeave
from cutaway.settings import Settings, load_settings
from cutaway.storyboard.apply import apply
from cutaway.storyboard.edits import Edit
from cutaway.storyboard.model import Storyboard
from cutaway.storyboard.versions import Versions

if TYPE_CHECKING:
    from redis.asyncio import Redis

TENANT: Final = "local"
MARK: Final = "cutaway:embedded-mark"
"""Where the mark of the settings and keys is kept that vendors were last used with, embedded."""
ENDS: Final = frozenset({"version.ready", "version.failed", "operation.parked"})
TENANT_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")


class Orchestrator:
    """A studio of one tenant: its threads, versions, operations and events.

    `books` is its money side. `batch`, `approve_batch` and `batch_results` are those of `batches`: one storyboard times
    many rows. `webhook` and `hint` are those of its `hooks`.
    """

    def __init__(
        self,
        *,
        settings: Settings,
        redis: Redis,
        saver: Any,
        providers: dict[str, Provider],
        reasoner: Reasoner,
        policy: RoutingPolicy,
        queue: JobQueue,
        tenant: str,
        clock: Callable[[], datetime],
        pools: Pools | None = None,
        policies: Policies | None = None,
    ) -> None:
        """Made by `open`; the parts are handed in ready."""
        self._parts: dict[str, Any] = {
            "settings": settings,
            "redis": redis,
            "saver": saver,
            "providers": providers,
            "reasoner": reasoner,
            "policy": policy,
            "queue": queue,
            "clock": clock,
            "pools": pools,
            "policies": policies,
        }
        self.settings = settings
        self.tenant = tenant
        self.store = AssetStore(settings.data_dir / "assets")
        self.ledger = ledger_of(settings, redis)
        self.event_log = EventLog(redis, tenant)
        self._mailbox = Mailbox(redis, tenant)
        rooms = Services(
            tenant=tenant,
            ledger=self.ledger,
            quotes=QuoteBook(redis, tenant),
            versions=Versions(redis, self.store, tenant),
            shelf=Shelf(redis, self.store, tenant),
            queue=queue,
            reasoner=reasoner,
            candidates=Catalog(candidates(providers, own_of(settings))),
            policy=policy,
            clock=clock,
            paid_refused=why_nothing_paid(settings),
            resolution=settings.resolution,
            aliases=settings.aliases,
            redis=redis,
            pools=pools,
            acceptance=Acceptance(redis, tenant, clock=clock),
            policies=policies,
        )
        self.films = Films(rooms, self.store, settings.data_dir / "films")
        self.batches = Batches(rooms, self.films)
        self.services = replace(rooms, batches=self.batches)
        self.books = Books(self.services, redis)
        self.hooks = Hooks(self.ledger, providers, clock)
        self.hint = self.hooks.hint
        self.webhook = self.hooks.webhook
        self.batch = self.batches.propose
        self.approve_batch = self.batches.approve
        self.batch_results = self.batches.results
        self._desk = Desk(self.services, self._mailbox, self.event_log, saver)

    @classmethod
    @asynccontextmanager
    async def open(
        cls,
        *,
        settings: Settings | None = None,
        providers: Iterable[Provider] | None = None,
        reasoner: Reasoner | None = None,
        policy: RoutingPolicy | None = None,
        queue: JobQueue | None = None,
        tenant: str = TENANT,
        worker: bool = True,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> AsyncIterator[Orchestrator]:
        """A studio, open as long as the block runs. Without `CUTAWAY_REDIS_URL` it brings its own server and worker.

        `providers`, `reasoner`, `policy` and `queue` replace what the settings say. Workers are processes of their own
        and build their providers from the settings, so a provider given here must be installed there too, unless
        `queue` does the work. `worker=False` starts no worker (somebody else runs `cutaway worker`). Raises
        `ConfigError` or `StoreError` before anything moves.
        """
        settings = settings or load_settings()
        # Mistakes are told before anything is started or held: a worker would only end with them, and a program whose
        # settings are wrong must not put its worker in the place of one that works.
        caps_of(settings)
        artists = providers_of(settings) if providers is None else by_name(providers)
        given = policy is not None
        policy = policy or policy_of(settings)
        reasoner = reasoner or choose_reasoner(settings)
        prepare_data_dir(settings)
        async with AsyncExitStack() as stack:
            url, hold = settings.redis_url, None
            if url is None:
                from cutaway.jobs.embedded import open_embedded

                hold = await open_embedded(settings, worker_command=None if worker else ())
                stack.push_async_callback(hold.close)
                url = hold.url
            redis = await connect(url, durability=settings.durability, replicas=settings.replicas)
            stack.push_async_callback(redis.aclose)
            if hold is not None and hold.mark and await redis.getset(MARK, hold.mark) not in (None, hold.mark):
                # Other settings or keys than the last program's: what kept a vendor from working may be mended.
                await Health(redis).retry_now()
            from cutaway.conversation.saver import open_saver

            saver = await stack.enter_async_context(open_saver(settings.data_dir / "threads.sqlite"))
            pools = Pools(pools_of(settings), ledger_of(settings, redis))
            stack.push_async_callback(pools.aclose)
            yield cls(
                settings=settings,
                redis=redis,
                saver=saver,
                providers=artists,
                reasoner=reasoner,
                policy=policy,
                policies=None if given else Policies(settings, redis, clock),
                queue=queue or RqQueue(url),
                tenant=tenant,
                clock=clock,
                pools=pools,
            )

    async def send(
        self,
        thread: str,
        what: str | TurnPlan,
        *,
        attachments: Sequence[Attachment | Path] = (),
        context: Mapping[str, str] | None = None,
        tenant: str | None = None,
        user: str = "",
        tags: Sequence[str] = (),
        message_id: str | None = None,
        approved: bool = False,
        model: str = "",
        stage: Stage | None = None,
        needed_by: datetime | None = None,
    ) -> TurnResult:
        """Answer one message (or a plan a host made itself). The same `message_id` again gives the same turn.

        `attachments` are files the person gives, `context` texts the host knows, by name; both stay with the thread
        and can be cited. `approved` is the person's yes to whatever this message costs, within every budget. `model`
        makes whatever this message has to make: `provider:model`, a model's id, or an alias of cutaway.yaml. `stage`
        "final" orders final pictures at once, "still" one picture of each shot first; by default a new shot begins on
        the policy's first rung. `needed_by` (aware) lets work wait for idle hours of our own machines. `tenant`
        answers for another tenant than this studio's: take it from authentication, never from a request's body.
        Raises `MessageError`, `AttachmentError` or `InputError` for what cannot be used; nothing was changed then.
        """
        if tenant is not None and tenant != self.tenant:
            return await self.for_tenant(tenant).send(
                thread,
                what,
                attachments=attachments,
                context=context,
                user=user,
                tags=tags,
                message_id=message_id,
                approved=approved,
                model=model,
                stage=stage,
                needed_by=needed_by,
            )
        check_thread(thread)
        text, plan = (what, None) if isinstance(what, str) else ("", what)
        if plan is None:
            text = clean_message(text)
        wanted = resolve(model, self.services.aliases, self.services.candidates) if model else ""
        given = [a if isinstance(a, Attachment) else Attachment.read(a) for a in attachments]
        given += [Attachment(name=_named(name), data=text.encode()) for name, text in (context or {}).items()]
        if given:
            await self.services.shelf.add(thread, given)
        message_id = message_id or uuid.uuid4().hex
        body: dict[str, Any] = {"text": text or _saying(plan), "user": user, "tags": list(tags), "approved": approved}
        if wanted:
            body["model"] = wanted
        if stage is not None:
            body["stage"] = stage
        if needed_by is not None:
            if needed_by.tzinfo is None:
                raise InputError("needed_by has no time zone.", fix="Give an aware datetime.")
            body["needed_by"] = needed_by.isoformat()
        if plan is not None:
            body["plan"] = plan.model_dump(mode="json")
        now_ms = int(self.services.clock().timestamp() * 1000)
        done = await self._mailbox.post(thread, message_id, body, now_ms=now_ms)
        if done is not None:
            return TurnResult.model_validate(done)
        return await self._desk.answer(thread, message_id)

    def for_tenant(self, tenant: str) -> Orchestrator:
        """The same studio for another tenant: same server, artists and policy, nothing else shared."""
        if not TENANT_NAME.fullmatch(tenant):
            raise InputError(f"{tenant[:60]!r} cannot be a tenant's name.", fix="Use letters, digits, '.', '_' or '-'.")
        return Orchestrator(**{**self._parts, "tenant": tenant})

    async def attach(
        self, thread: str, attachments: Sequence[Attachment | Path], *, may_leave: MayLeave = "vendors"
    ) -> tuple[str, ...]:
        """Give a thread context without saying anything; the names that were taken. Raises `AttachmentError`.

        `may_leave` says how far files given by path may go; an `Attachment` says so itself.
        """
        check_thread(thread)
        given = [a if isinstance(a, Attachment) else Attachment.read(a, may_leave=may_leave) for a in attachments]
        return tuple(record["name"] for record in await self.services.shelf.add(thread, given))

    async def approve(self, thread: str, *, user: str = "", message_id: str | None = None) -> TurnResult:
        """Say yes to the pending quote."""
        return await self.send(thread, TurnPlan(intent="approve"), user=user, message_id=message_id)

    async def decline(self, thread: str, *, user: str = "", message_id: str | None = None) -> TurnResult:
        """Say no to the pending quote; the film stays as it was."""
        return await self.send(thread, TurnPlan(intent="decline"), user=user, message_id=message_id)

    async def finish(
        self, thread: str, *, approved: bool = False, user: str = "", message_id: str | None = None, model: str = ""
    ) -> TurnResult:
        """Have final pictures made of what is outlined so far; a quote above the policy's limit waits for a yes."""
        plan = TurnPlan(intent="finish", decision="video")
        return await self.send(thread, plan, user=user, message_id=message_id, approved=approved, model=model)

    async def undo(self, thread: str, *, message_id: str | None = None) -> TurnResult:
        """Take the last move of the head back; what is made already is reused."""
        return await self.send(thread, TurnPlan(intent="undo"), message_id=message_id)

    async def redo(self, thread: str, *, message_id: str | None = None) -> TurnResult:
        """Do again what was undone last."""
        return await self.send(thread, TurnPlan(intent="redo"), message_id=message_id)

    async def branch(self, thread: str, name: str, *, message_id: str | None = None) -> TurnResult:
        """Go on under another name from here, or go back to a branch of that name."""
        return await self.send(thread, TurnPlan(intent="branch", target=(name,)), message_id=message_id)

    async def quote(
        self,
        thread: str,
        what: Storyboard | Sequence[Edit] | GenerationRequest,
        *,
        model: str = "",
        stage: Stage | None = "final",
    ) -> Quote:
        """What making this would cost at most, and by which models (or by `model`); nothing is written.

        Edits apply to the thread's head. Raises `EditError`, or `RoutingError` when no model can make a shot.
        """
        check_thread(thread)
        head = await self.services.versions.head(thread)
        old = await self.services.versions.storyboard(head) if head else None
        plan = _as_plan(what)
        new = plan.storyboard or apply(_need(old), plan.edits)
        wanted = resolve(model, self.services.aliases, self.services.candidates) if model else ""
        services = await self.services.for_thread(thread)
        return await price(
            services, thread=thread, message_id="", version_id="", old=old, new=new, model=wanted, stage=stage
        )

    async def render(
        self,
        thread: str,
        what: Storyboard | Sequence[Edit] | GenerationRequest,
        *,
        approved: bool = False,
        user: str = "",
        tags: Sequence[str] = (),
        message_id: str | None = None,
        model: str = "",
        stage: Stage | None = "final",
        needed_by: datetime | None = None,
    ) -> TurnResult:
        """Make a storyboard, edits of the thread's head, or a single order; no reasoner is asked.

        Final pictures are ordered at once; `stage=None` begins on the policy's first rung, an animatic for nothing.
        """
        return await self.send(
            thread,
            _as_plan(what),
            user=user,
            tags=tags,
            message_id=message_id,
            approved=approved,
            model=model,
            stage=stage,
            needed_by=needed_by,
        )

    async def report(self, thread: str, outcome: ClipOutcome, *, shot: str | int | None = None) -> tuple[str, ...]:
        """Say what became of the head's clips, or of one shot's: "accepted", "rejected" or "published".

        What people keep decides which models are chosen. The same word twice counts once, a later other one counts
        instead. Gives the operations that were counted. Raises `NotFoundError` or `InputError`.
        """
        check_thread(thread)
        return await report(self.services, thread, outcome, shot=shot)

    async def wait(
        self, turn: TurnResult, *, on_event: Callable[[Event], Awaitable[None] | None] | None = None, after: str = "0"
    ) -> TurnResult:
        """The turn again once its version is ready, failed or in doubt; at once for a turn that makes nothing.

        `on_event`, a function or a coroutine function, sees the events of this version after the id `after`, old ones
        first. `forecast` tells from them how long it still takes, `poster` shows each shot as it is done.
        """
        if turn.version is None or turn.quote_state == "pending":
            return turn
        if not await self.films.settled(turn.version.id):
            async for event in self.event_log.follow(turn.thread, after=after):
                if on_event and event.version_id == turn.version.id:
                    heard = on_event(event)
                    if heard is not None:
                        await heard
                # An older event may speak of an earlier try, so the books decide.
                if event.type in ENDS and await self.films.settled(turn.version.id):
                    break
        version = await self.version(turn.thread, turn.version.id)
        return turn.model_copy(update={"version": version})

    async def forecast(self, turn: TurnResult) -> Forecast:
        """How long the turn's version will take, to be shown its events (`see`) and asked for its `outlook`.

        It knows how fast this thread's earlier operations were; see `cutaway.events.Forecast`.
        """
        return await forecast(self.services, self.event_log, turn)

    async def poster(self, event: Event) -> Path | None:
        """The picture of a shot or cut that an `operation.done` event tells of, as a JPEG; None when it has none."""
        return await self.films.poster(event)

    def events(self, thread: str, *, after: str = "0") -> AsyncIterator[Event]:
        """The thread's events after an id, old ones first, then as they happen."""
        check_thread(thread)
        return self.event_log.follow(thread, after=after)

    async def transcript(self, thread: str) -> tuple[tuple[str, str], ...]:
        """The whole conversation as (who, text)."""
        check_thread(thread)
        return await self.event_log.transcript(thread)

    async def versions(self, thread: str) -> tuple[VersionView, ...]:
        """Every version of the thread, oldest first. Raises `NotFoundError` for an unknown thread."""
        check_thread(thread)
        found = await self.services.versions.list(thread)
        if not found and await self.event_log.last_id(thread) == "0":
            raise NotFoundError(f"There is no thread {thread!r}.", fix="A thread begins with its first message.")
        return tuple([await self.films.view(version) for version in found])

    async def version(self, thread: str, version_id: str) -> VersionView:
        """One version with its files. Raises `NotFoundError`."""
        check_thread(thread)
        return await self.films.view(await self.services.versions.get(thread, version_id))

    async def cancel(self, operation_id: str) -> Stopped:
        """Ask for one operation to stop, and say what that costs. Raises `NotFoundError`."""
        return await cancel(self.services, operation_id)

    async def audit(self, *, since: datetime) -> AuditReport:
        """What vendors made since a moment that the ledger does not hold as it should."""
        return await audit(self.ledger, self._parts["providers"], self.tenant, since=since)

    async def operations(self, thread: str) -> tuple[Operation, ...]:
        """The newest operations of a thread, oldest first."""
        check_thread(thread)
        return await self.ledger.of_thread(self.tenant, thread)


def _as_plan(what: Storyboard | Sequence[Edit] | GenerationRequest) -> TurnPlan:
    rationale = "The host asked for it directly."
    if isinstance(what, Storyboard):
        return TurnPlan(intent="make", storyboard=what, decision="video", rationale=rationale)
    if isinstance(what, GenerationRequest):
        return TurnPlan(intent="make", storyboard=storyboard_of(what), decision="video", rationale=rationale)
    return TurnPlan(intent="edit", edits=tuple(what), decision="video", rationale=rationale)


def _named(name: str) -> str:
    """A context's name with the suffix that says it is text."""
    return name if "." in name else f"{name}.md"


def _need(storyboard: Storyboard | None) -> Storyboard:
    if storyboard is None:
        raise InputError("There is nothing to edit yet.", fix="Render a storyboard first.")
    return storyboard


def _saying(plan: TurnPlan | None) -> str:
    return f"({plan.intent})" if plan else ""
