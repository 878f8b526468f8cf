"""What the studio says. Facts come from the quote and the ledger, never from a model."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from cutaway.contract import Stage, usd
from cutaway.conversation.plan import TurnPlan
from cutaway.conversation.services import Services
from cutaway.conversation.turn import Quote, TurnResult, VersionState, VersionView
from cutaway.errors import BudgetError, CutawayError, RoutingError
from cutaway.storyboard.edits import Edit, SetLock
from cutaway.storyboard.model import Storyboard
from cutaway.storyboard.versions import Version

MAX_SUMMARY_EDITS = 4


def words(thread: str, message_id: str, plan: TurnPlan, *, reply: str, **extra: object) -> TurnResult:
    """A turn answered in words; `extra` sets more fields of the result."""
    fields: dict[str, object] = {
        "thread": thread,
        "message_id": message_id,
        "intent": plan.intent,
        "decision": "words",
        "rationale": plan.rationale,
        "confidence": plan.confidence,
        "reply": reply,
        "citations": plan.citations,
        "not_understood": plan.not_understood,
        "choices": plan.choices,
    }
    return TurnResult.model_validate(fields | extra)


def refused(thread: str, message_id: str, plan: TurnPlan, error: CutawayError) -> TurnResult:
    """A turn that changed nothing because of an error the person can do something about."""
    reply = str(error)
    if isinstance(error, RoutingError):
        reasons = "\n".join(f"- {model}: {reason}" for model, reason in error.rejections.items())
        # Where there is no advice, the fix repeats the first reasons.
        advice = "" if any(error.fix.startswith(f"{model}: ") for model in error.rejections) else error.fix
        reply = f"{error.message}\n{reasons}\n{advice}".strip()
    elif isinstance(error, BudgetError):
        reply = f"{error.message} {error.fix}"
    return words(thread, message_id, plan, reply=reply, error=error.data())


async def proposed(services: Services, thread: str, message_id: str, plan: TurnPlan, quote: Quote) -> TurnResult:
    """A plan with its price, waiting for a yes."""
    version = await services.versions.get(thread, quote.version_id)
    storyboard = await services.versions.storyboard(version)
    made = [shot for shot in quote.shots if shot.change_class in {"generate", "edit"}]
    stills = sum(1 for shot in made if shot.stage == "still")
    cost = f"for at most {usd(quote.most_usd)}"
    if quote.in_doubt_usd:
        cost = (
            f"which may cost {usd(quote.in_doubt_usd)} + {usd(quote.most_usd)}: nobody can tell yet whether an earlier "
            "order of this was taken, and this is a new one"
        )
    if stills and stills == len(made):
        reply = f"{_opening(plan)} {_stills(stills)} {cost}{_then(quote)}. Shall I? (yes / no)"
    else:
        reply = f"{_opening(plan)} {len(made)} of {len(quote.shots)} shots would be made, {cost}. Shall I? (yes / no)"
    reply += f" {later}" if (later := _later(quote)) else ""
    for rung in sorted({shot.stage for shot in made} & {"still", "draft"}):
        why = next(
            (note for d in quote.decisions.values() for note in d.chosen.notes if note.startswith(f"a {rung} ")), ""
        )
        if why:
            reply += f' A {rung} comes first: {why}. "Skip the {rung}" orders finals at once.'
    return words(
        thread,
        message_id,
        plan,
        reply=reply.strip(),
        decision="video",
        scope=plan.scope,
        choices=("yes", "no"),
        version=view(version, storyboard, "proposed", quoted_usd=quote.most_usd),
        shots=quote.shots,
        quote_id=quote.id,
        quote_state="pending",
        most_usd=quote.most_usd,
    )


async def making(
    services: Services,
    thread: str,
    message_id: str,
    plan: TurnPlan,
    quote: Quote,
    version: Version,
    storyboard: Storyboard,
) -> TurnResult:
    """A version that is being made (or is already there)."""
    ready = bool(await services.ledger.made(services.tenant, [quote.cut_key]))
    if plan.intent in {"undo", "redo", "branch"}:
        parts = [_moved(plan, version, ready)]
        parts += [] if ready else [_counts(quote), _money(quote, ready)]
    else:
        parts = [_opening(plan), _reach(plan, quote, storyboard), _counts(quote), _money(quote, ready)]
        parts += [_later(quote), _next(quote)]
    reply = " ".join(part for part in parts if part)
    if plan.not_understood:
        reply = f"{reply} I did not understand: {'; '.join(plan.not_understood)}."
    return words(
        thread,
        message_id,
        plan,
        reply=reply,
        decision="video",
        scope=plan.scope,
        version=view(version, storyboard, "ready" if ready else "making", quoted_usd=quote.most_usd),
        shots=quote.shots,
        quote_id=quote.id,
        quote_state=quote.state,
        most_usd=quote.most_usd,
    )


def view(
    version: Version,
    storyboard: Storyboard,
    state: VersionState,
    *,
    quoted_usd: Decimal = Decimal(0),
    charged_usd: Decimal = Decimal(0),
) -> VersionView:
    """A version as people see it, without its files."""
    return VersionView(
        id=version.id,
        number=version.number,
        parent_id=version.parent_id,
        summary=version.summary,
        state=state,
        duration_s=storyboard.duration_s,
        quoted_usd=quoted_usd,
        charged_usd=charged_usd,
    )


def summary(plan: TurnPlan) -> str:
    """A version in a few words."""
    if plan.intent == "make":
        assert plan.storyboard is not None
        return plan.storyboard.title or "first version"
    return plan.reply.strip() or describe_edits(plan.edits)


def describe_edits(edits: Sequence[Edit]) -> str:
    """Edits in a few words, such as "set time: night; set setting: city"."""
    said = []
    for edit in edits[:MAX_SUMMARY_EDITS]:
        values = [
            str(value)
            for name, value in edit.model_dump(mode="json", exclude={"op", "shots"}).items()
            if isinstance(value, str | int | float | bool) and name != "cast_id"
        ]
        said.append(f"{edit.op.replace('_', ' ')}: {' '.join(values)}" if values else edit.op.replace("_", " "))
    more = len(edits) - MAX_SUMMARY_EDITS
    return "; ".join(said) + (f"; and {more} more" if more > 0 else "")


def _opening(plan: TurnPlan) -> str:
    return plan.reply.strip()


def plain_fields(fields: Sequence[str]) -> list[str]:
    """Field names as people read them: `time_of_day` is "time of day", `cast.fox.colour` "fox's colour"."""
    said = []
    for name in fields:
        room, _, rest = name.partition(".")
        who, _, what = rest.partition(".")
        words = f"{who}'s {what}" if room == "cast" and what else name.replace(".", " ")
        said.append(words.removesuffix("_s").replace("_", " "))
    return list(dict.fromkeys(said))


def _moved(plan: TurnPlan, version: Version, ready: bool) -> str:
    if plan.intent == "branch":
        return f"This is the branch {plan.target[0] if plan.target else ''!r} now, at version {version.number}."
    return f"The film is version {version.number} again." if ready else f"Back to version {version.number}."


def _reach(plan: TurnPlan, quote: Quote, storyboard: Storyboard) -> str:
    """Which shots an edit really changed, where the reply has not said so, and which locked ones it left alone."""
    if plan.intent != "edit":
        return ""
    changed = [shot.number for shot in quote.shots if set(shot.fields) - {"sources"}]
    if not changed:
        return ""
    whole = len(changed) == len(quote.shots)
    scope = "the whole film" if whole else _listed(changed)
    said = "" if scope in plan.reply.lower() else f"This reaches {scope}."
    locked = [number for number, shot in enumerate(storyboard.shots, 1) if shot.locked and number not in changed]
    if not locked or any(isinstance(edit, SetLock) for edit in plan.edits):
        return said
    verb = "is locked and stays as it is" if len(locked) == 1 else "are locked and stay as they are"
    return f"{said} {_listed(locked).capitalize()} {verb}.".strip()


def _listed(numbers: Sequence[int]) -> str:
    *most, last = (str(number) for number in numbers)
    return f"shots {', '.join(most)} and {last}" if most else f"shot {last}"


def _counts(quote: Quote) -> str:
    classes = [shot.change_class for shot in quote.shots]
    new, local, kept = (classes.count(c) for c in ("generate", "local", "reuse"))
    parts = []
    stills = sum(1 for shot in quote.shots if shot.change_class == "generate" and shot.stage == "still")
    if stills:
        parts.append(f"{_stills(stills)} {'is' if stills == 1 else 'are'} made, shown under a slow move")
    if new > stills:
        parts.append(f"{new - stills} {_shots(new - stills)} drawn")
    if local:
        parts.append(f"{local} {_shots(local)} composed anew from what exists")
    if kept:
        parts.append(f"{kept} reused as {'it is' if kept == 1 else 'they are'}")
    return f"{', '.join(parts)}." if parts else ""


def _money(quote: Quote, ready: bool) -> str:
    if ready and quote.most_usd == 0:
        return "It is ready and cost $0.00."
    return f"It costs {usd(quote.most_usd)}{' at most' if quote.most_usd else ''}."


def _later(quote: Quote) -> str:
    """When work that waits for idle machines begins and ends; or why it does not wait, and what that costs."""
    waiting = [shot for shot in quote.shots if shot.not_before is not None]
    now = [shot for shot in quote.shots if shot.why_now]
    parts = []
    if waiting:
        begins = min(shot.not_before for shot in waiting if shot.not_before)
        count = "It is" if len(waiting) == len(quote.shots) else f"{len(waiting)} of {len(quote.shots)} shots are"
        done = max((shot.done_by for shot in waiting if shot.done_by), default=None)
        needed = max((shot.needed_by for shot in waiting if shot.needed_by), default=None)
        until = f" and done by about {_clock(done)}" if done else ""
        late = f", after {_clock(needed)} when it is needed" if done and needed and done > needed else ""
        parts.append(
            f"{count} made from {_clock(begins)} on, when our own machines are idle,{until}{late}; you will be told."
        )
    if now:
        by = " and ".join(dict.fromkeys(shot.model or "" for shot in now))
        cost = usd(sum((shot.most_usd for shot in now), Decimal(0)))
        which = "It is" if len(now) == len(quote.shots) else f"{len(now)} of {len(quote.shots)} shots are"
        parts.append(f"{which} made now by {by}, for at most {cost}: {now[0].why_now}.")
    return " ".join(parts)


def _clock(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"


def _next(quote: Quote) -> str:
    """How to go on from outlines, and what that may cost."""
    rung = quote.next_rung
    if rung is None:
        return ""
    if rung.why_not:
        return f"These are no finals yet, and those cannot be made now: {rung.why_not}"
    stages = set(quote.stages.values())
    by = f"made by {' and '.join(rung.models)} for at most {usd(rung.most_usd)}."
    if not stages & {"animatic", "draft"}:
        return f'These are stills. Say "final" to have them {by}'
    return f'This is {"a draft" if "draft" in stages else "an outline"}. Say "final" to have it {by}'


def _then(quote: Quote) -> str:
    """What comes after stills, and about what it costs; it is asked about again."""
    rung = quote.next_rung
    return f", then finals for about {usd(rung.most_usd)}" if rung is not None and not rung.why_not else ""


def _stills(count: int) -> str:
    return f"{count} still{'s' if count != 1 else ''}"


def nothing_to_finish(quote: Quote, wanted: Stage) -> str:
    """Why a wish for finals, or for stills, orders nothing."""
    if wanted == "still" and "animatic" not in quote.stages.values():
        return "Every shot has a still already, or more than that."
    unseen = [shot.number for shot in quote.shots if shot.stage == "still" and shot.operation_id]
    if unseen:
        those = f"The still{'s' if len(unseen) > 1 else ''} of {_listed(unseen)}"
        return (
            f'{those} {"are" if len(unseen) > 1 else "is"} not there yet. Look first, then say "final"; '
            '"skip the stills" orders finals without waiting.'
        )
    if not quote.stages:
        return "Every shot is a final picture already."
    if quote.next_rung is not None and quote.next_rung.why_not:
        return f"Finals cannot be made now. {quote.next_rung.why_not}"
    return (
        "There is nothing that makes finals here, only outlines. Set a vendor's key, or add a server of your own: "
        "`cutaway providers list` names them, `cutaway models` what they cost."
    )


def shots(count: int) -> str:
    """A number of shots, in words."""
    return "1 shot" if count == 1 else f"{count} shots"


def _shots(count: int) -> str:
    return "shot is" if count == 1 else "shots are"
