"""The nodes of a turn. Each writes intents under deterministic ids, so running one again changes nothing.

No node waits for a render, downloads or pays. What a node needs of the world comes from `Services`; what it leaves
for the next node is JSON in the state.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Any, Final, Literal

from langgraph.runtime import Runtime
from langgraph.types import Command

from cutaway.contract import Stage
from cutaway.conversation import answers, batch_turn, replies
from cutaway.conversation.dispatch import dispatch
from cutaway.conversation.plan import Said, Situation, TurnPlan
from cutaway.conversation.pricing import price
from cutaway.conversation.recording import documents
from cutaway.conversation.reports import accept_stills, reject_replaced
from cutaway.conversation.services import Services
from cutaway.conversation.state import STATE_SCHEMA, ThreadState, remember
from cutaway.conversation.turn import Quote, TurnResult
from cutaway.errors import (
    BudgetError,
    CutawayError,
    EditError,
    InputError,
    NotFoundError,
    RoutingError,
    StoreError,
)
from cutaway.storyboard.apply import apply
from cutaway.storyboard.model import Storyboard, parse
from cutaway.storyboard.versions import Version

MOVES: Final = frozenset({"undo", "redo", "branch"})
NUMBERS: Final = 50


def name_version(tenant: str, thread: str, message_id: str) -> str:
    """32 hex digits: one message makes at most one version."""
    return hashlib.sha256("\x1f".join((tenant, thread, message_id)).encode()).hexdigest()[:32]


async def listen(state: ThreadState, runtime: Runtime[Services]) -> Command[Literal["understand", "__end__"]]:
    """Take the message in; a message this state already answered goes no further."""
    message = state["message"]
    assert message is not None
    last = state.get("last_turn")
    if last and last["message_id"] == message["id"]:
        return Command(goto="__end__", update={"turn": last})
    fresh: dict[str, Any] = {
        "schema_version": STATE_SCHEMA,
        "plan": None,
        "revision": None,
        "quote": None,
        "turn": None,
    }
    if "schema_version" not in state:  # a new thread, or one whose checkpoint is gone
        fresh["pending_quote_id"] = await _pending(runtime.context, message["thread"])
    return Command(goto="understand", update=fresh)


async def _pending(services: Services, thread: str) -> str | None:
    """The question that waits for an answer, as the quotes remember it."""
    head = await services.versions.head(thread)
    stored = await services.quotes.of_version(head.id) if head else None
    return stored["id"] if stored and stored["state"] == "pending" else None


async def understand(state: ThreadState, runtime: Runtime[Services]) -> Command[Literal["revise", "dispatch", "reply"]]:
    """Ask the reasoner what to do, or take the plan a host that reasons itself sent along."""
    message, services = _message(state), runtime.context
    thread = message["thread"]
    footing = await services.quotes.load_footing(thread, message["id"])
    if footing is None:
        head = await services.versions.head(thread)
        plan = (
            TurnPlan.model_validate(message["plan"])
            if message.get("plan")
            else await services.reasoner.plan(await _situation(state, services))
        )
        found = {"plan": plan.model_dump(mode="json"), "head_id": head.id if head else None}
        footing = await services.quotes.footing(thread, message["id"], found)
    plan = TurnPlan.model_validate(footing["plan"])
    update = {"plan": footing["plan"], "base_id": footing["head_id"]}
    if (turned := await _batch_turn(services, message, plan, state.get("pending_quote_id"))) is not None:
        pending = {"pending_quote_id": batch_turn.waiting(turned), "batch_id": turned.quote_id}
        kept = {} if turned.error is not None else pending
        return Command(goto="reply", update=update | kept | {"turn": turned.model_dump(mode="json")})
    if plan.intent == "approve" and state.get("pending_quote_id"):
        return Command(goto="dispatch", update=update)
    if plan.intent in MOVES or plan.intent in {"make", "edit", "finish"}:
        return Command(goto="revise", update=update)
    turn = await answers.answer(
        services,
        thread,
        message["id"],
        plan,
        state.get("pending_quote_id"),
        head_id=footing["head_id"],
        user=message.get("user", ""),
    )
    if plan.intent == "status" and (batch_id := state.get("batch_id")):
        said = await batch_turn.status(services, thread, batch_id)
        turn = turn.model_copy(update={"reply": said or turn.reply})
    declined = plan.intent == "decline" and state.get("pending_quote_id") is not None
    pending = {"pending_quote_id": None} if declined else {}
    return Command(goto="reply", update=update | pending | {"turn": turn.model_dump(mode="json")})


async def _batch_turn(
    services: Services, message: dict[str, Any], plan: TurnPlan, pending: str | None
) -> TurnResult | None:
    """The turn of a plan that is about films for many rows; None for any other."""
    thread = message["thread"]
    if plan.intent == "batch":
        return await batch_turn.propose(services, thread, message, plan)
    if plan.intent not in {"approve", "decline"} or not pending or not await batch_turn.is_batch(services, pending):
        return None
    act = batch_turn.agree if plan.intent == "approve" else batch_turn.decline
    return await act(services, thread, message, plan, pending)


async def revise(state: ThreadState, runtime: Runtime[Services]) -> Command[Literal["price", "reply"]]:
    """Apply the plan to the storyboard; nothing is written yet."""
    message, services, plan = _message(state), runtime.context, _plan(state)
    thread = message["thread"]
    base_id = state.get("base_id")
    head = await services.versions.get(thread, base_id) if base_id else None
    version_id = name_version(services.tenant, thread, message["id"])
    old = await services.versions.storyboard(head) if head else None
    try:
        if plan.intent in MOVES:
            version = await _move(services, thread, message["id"], plan)
            new = await services.versions.storyboard(version)
            revision = {"version_id": version.id, "moved": True}
        else:
            new = _revised(plan, old)
            revision = {"version_id": version_id, "moved": False}
    except (EditError, InputError, NotFoundError) as error:
        return _refuse(thread, message["id"], plan, error)
    if plan.intent == "edit" and old is not None and new == old:
        turn = replies.words(thread, message["id"], plan, reply="Nothing changes by that: it is already so.")
        return Command(goto="reply", update={"turn": turn.model_dump(mode="json")})
    revision |= {
        "parent_id": head.id if head else None,
        "old": old.model_dump(mode="json") if old else None,
        "new": new.model_dump(mode="json"),
    }
    return Command(goto="price", update={"revision": revision})


async def price_version(state: ThreadState, runtime: Runtime[Services]) -> Command[Literal["gate", "reply"]]:
    """Price what changed; then, and only then, write the version."""
    message, services, plan = _message(state), runtime.context, _plan(state)
    thread, revision = message["thread"], state["revision"]
    assert revision is not None
    if revision["moved"] and (shown := await _shown_before(services, revision["version_id"])):
        return Command(goto="gate", update={"quote": shown.model_dump(mode="json")})
    new = parse(revision["new"])
    old = parse(revision["old"]) if revision["old"] else None
    try:
        quote = await price(
            services,
            thread=thread,
            message_id=message["id"],
            version_id=revision["version_id"],
            old=old,
            new=new,
            model=message.get("model", ""),
            stage=_stage(message, plan),
            user=message.get("user", ""),
            tags=tuple(message.get("tags") or ()),
            needed_by=_needed_by(message, plan, services),
        )
    except RoutingError as error:
        return _refuse(thread, message["id"], plan, error)
    if plan.intent == "finish" and not quote.decisions:
        wanted = _stage(message, plan)
        said = replies.nothing_to_finish(quote, "still" if wanted == "still" else "final")
        # An outline that is still drawn is no reason to wait: finals are refused the same once it is there.
        waits = wanted == "still" or any(shot.stage == "still" and shot.operation_id for shot in quote.shots)
        refused = quote.next_rung.refused if quote.next_rung else None
        why = (refused or RoutingError(said, rejections={}).data()) if quote.stages and not waits else None
        turn = replies.words(thread, message["id"], plan, reply=said, error=why)
        return Command(goto="reply", update={"turn": turn.model_dump(mode="json")})
    if services.still_owner:
        await services.still_owner()
    if not revision["moved"]:
        await services.versions.create(
            thread,
            new,
            parent_id=revision["parent_id"],
            summary=replies.summary(plan),
            edits=plan.edits,
            message_id=message["id"],
            version_id=revision["version_id"],
            now=services.clock(),
        )
    quote = Quote.model_validate(
        await services.quotes.save_first(
            quote.id, quote.version_id, quote.model_dump(mode="json"), documents(services, quote.recorded)
        )
    )
    return Command(goto="gate", update={"quote": quote.model_dump(mode="json")})


async def gate(state: ThreadState, runtime: Runtime[Services]) -> Command[Literal["dispatch", "reply"]]:
    """Let through what policy allows; anything else waits as a question."""
    quote = Quote.model_validate(state["quote"])
    message = _message(state)
    if quote.state in {"automatic", "approved"} or (message.get("approved") and quote.state == "pending"):
        return Command(goto="dispatch")
    turn = await replies.proposed(runtime.context, message["thread"], message["id"], _plan(state), quote)
    return Command(goto="reply", update={"turn": turn.model_dump(mode="json"), "pending_quote_id": quote.id})


async def dispatch_quote(state: ThreadState, runtime: Runtime[Services]) -> Command[Literal["reply"]]:
    """Write the operations of the approved quote and say what happens now."""
    message, services, plan = _message(state), runtime.context, _plan(state)
    thread = message["thread"]
    quote = await _quote_to_dispatch(state, services)
    version = await services.versions.get(thread, quote.version_id)
    storyboard = await services.versions.storyboard(version)
    if services.still_owner:
        await services.still_owner()
    try:
        tags = tuple(message.get("tags") or ())
        quote = await dispatch(services, quote, storyboard, user=message.get("user", ""), tags=tags)
    except BudgetError as error:
        turn = replies.refused(thread, message["id"], plan, error)
        return Command(goto="reply", update={"turn": turn.model_dump(mode="json"), "pending_quote_id": quote.id})
    if quote.state == "pending":
        quote = quote.model_copy(update={"state": "approved"})
    await services.quotes.save(quote.id, quote.version_id, quote.model_dump(mode="json"))
    await reject_replaced(services, quote, version, storyboard, wanted=message.get("model", ""))
    await accept_stills(services, quote, storyboard)
    turn = await replies.making(services, thread, message["id"], plan, quote, version, storyboard)
    return Command(goto="reply", update={"turn": turn.model_dump(mode="json"), "pending_quote_id": None})


async def reply(state: ThreadState, runtime: Runtime[Services]) -> dict[str, Any]:
    """Close the turn: remember what was said, drop the scratch."""
    turn = TurnResult.model_validate(state["turn"])
    window, summary = remember(
        state.get("window") or [], state.get("summary") or "", _message(state).get("text", ""), turn.reply
    )
    head = await runtime.context.versions.head(turn.thread)
    return {
        "window": window,
        "summary": summary,
        "head_version_id": head.id if head else None,
        "last_turn": turn.model_dump(mode="json"),
        "message": None,
        "plan": None,
        "revision": None,
        "quote": None,
    }


async def _situation(state: ThreadState, services: Services) -> Situation:
    message = _message(state)
    thread = message["thread"]
    head = await services.versions.head(thread)
    lines, images = await services.shelf.contents(thread, leaving=not getattr(services.reasoner, "local", False))
    count = await services.versions.count(thread) if head else 0
    before = await _before(services, head) if head else None
    return Situation(
        text=message["text"],
        resolution=services.resolution,
        storyboard=await services.versions.storyboard(head) if head else None,
        before=before,
        version_id=head.id if head else None,
        version_numbers=tuple(str(n) for n in range(max(1, count - NUMBERS + 1), count + 1)),
        pending_quote=state.get("pending_quote_id"),
        context=lines,
        images=images,
        window=tuple(Said(role=said["role"], text=said["text"]) for said in state.get("window") or []),  # type: ignore[arg-type]
        summary=state.get("summary") or "",
    )


async def _before(services: Services, head: Version) -> Storyboard | None:
    """The film one version earlier; None where there is none, or where it cannot be read: a turn goes on without it."""
    if not head.parent_id:
        return None
    try:
        return await services.versions.storyboard(await services.versions.get(head.thread, head.parent_id))
    except (NotFoundError, StoreError):
        return None


async def _move(services: Services, thread: str, message_id: str, plan: TurnPlan) -> Version:
    if plan.intent == "undo" and plan.target:
        wanted = await answers.find_version(services, thread, plan.target[0])
        return await services.versions.restore(thread, wanted.id, move_id=message_id)
    if plan.intent == "undo":
        return await services.versions.undo(thread, move_id=message_id)
    if plan.intent == "redo":
        return await services.versions.redo(thread, move_id=message_id)
    return await services.versions.branch(thread, plan.target[0] if plan.target else "", move_id=message_id)


async def _quote_to_dispatch(state: ThreadState, services: Services) -> Quote:
    if state.get("quote"):
        return Quote.model_validate(state["quote"])
    stored = await services.quotes.load(state["pending_quote_id"] or "")
    if stored is None:
        raise NotFoundError("The quote that was approved is not there any more.", fix="Ask for the change again.")
    return Quote.model_validate(stored)


def _revised(plan: TurnPlan, old: Storyboard | None) -> Storyboard:
    if plan.intent == "make":
        assert plan.storyboard is not None
        return plan.storyboard
    if old is None:
        raise InputError("There is nothing to work on yet.", fix="Say what the film should show first.")
    if plan.intent == "finish":
        return old
    return apply(old, plan.edits)


def _refuse(thread: str, message_id: str, plan: TurnPlan, error: CutawayError) -> Command[Any]:
    turn = replies.refused(thread, message_id, plan, error)
    return Command(goto="reply", update={"turn": turn.model_dump(mode="json")})


async def _shown_before(services: Services, version_id: str) -> Quote | None:
    """The quote of a version whose film is there: going back to it shows that film, with its own outlines and price."""
    stored = await services.quotes.of_version(version_id)
    quote = Quote.model_validate(stored) if stored else None
    if quote is None or quote.state not in {"approved", "automatic"}:
        return None
    return quote if await services.ledger.made(services.tenant, [quote.cut_key]) else None


def _stage(message: dict[str, Any], plan: TurnPlan) -> Stage | Literal["next"] | None:
    """The rung that a turn asks for. Stills by default are no bar: who says "final" climbs on from them."""
    asked: Stage | None = message.get("stage")
    if asked == "still" and plan.intent == "finish" and not message.get("plan"):
        asked = None
    return asked or plan.stage or ("next" if plan.intent == "finish" else None)


def _needed_by(message: dict[str, Any], plan: TurnPlan, services: Services) -> datetime | None:
    """When the host or the person needs it, None for as soon as it can be."""
    if message.get("needed_by"):
        return datetime.fromisoformat(message["needed_by"])
    return services.clock() + timedelta(hours=plan.within_h) if plan.within_h else None


def _message(state: ThreadState) -> dict[str, Any]:
    message = state.get("message")
    assert message is not None
    return message


def _plan(state: ThreadState) -> TurnPlan:
    return TurnPlan.model_validate(state["plan"])
