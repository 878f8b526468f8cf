"""The situation of each turn when all turns before it went as expected, so that one miss does not spoil the next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from cutaway.conversation.plan import ContextLine, Said, Situation
from cutaway.conversation.replies import describe_edits
from cutaway.conversation.state import remember
from cutaway.errors import EditError
from cutaway.evaluation.conversation import Conversation, Outcome, Turn
from cutaway.storyboard.apply import apply
from cutaway.storyboard.model import Storyboard

SAID_OF: dict[str, str] = {
    "undo": "Back to the version before.",
    "redo": "Forward again.",
    "approve": "It is being made.",
    "decline": "Left as it was.",
    "finish": "It is being made for real.",
    "ask": "What would you like?",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One turn where it is said. `problem` is why its expectations cannot be, '' when they can."""

    conversation: Conversation
    number: int
    turn: Turn
    situation: Situation
    problem: str = ""


@dataclass(slots=True)
class _Thread:
    """The versions of a thread: the films, who came from whom, where it stands, and what a redo goes to."""

    films: list[Storyboard] = field(default_factory=list)
    parents: list[int | None] = field(default_factory=list)
    head: int | None = None
    undone: list[int] = field(default_factory=list)

    @property
    def film(self) -> Storyboard | None:
        return None if self.head is None else self.films[self.head]

    @property
    def before(self) -> Storyboard | None:
        parent = None if self.head is None else self.parents[self.head]
        return None if parent is None else self.films[parent]

    def add(self, film: Storyboard) -> None:
        self.films.append(film)
        self.parents.append(self.head)
        self.head = len(self.films) - 1
        self.undone.clear()

    def undo(self, target: str) -> str:
        """Go back; what is wrong with that, or ''."""
        to = int(target) - 1 if target else (None if self.head is None else self.parents[self.head])
        if to is None or self.head is None or not 0 <= to < len(self.films):
            return f"there is no version {target or 'before this one'} to go back to"
        self.undone.append(self.head)
        self.head = to
        return ""

    def redo(self) -> str:
        if not self.undone:
            return "there is nothing to redo"
        self.head = self.undone.pop()
        return ""


def play(conversation: Conversation) -> Iterator[Step]:
    """Each turn of a conversation with its situation, in order."""
    thread = _Thread()
    if conversation.start is not None:
        thread.add(conversation.start.storyboard())
    lines = tuple(
        ContextLine(ref=f"{name}:{number}", text=text)
        for name, texts in conversation.context.items()
        for number, text in enumerate(texts, 1)
    )
    window: list[dict[str, str]] = []
    summary = ""
    for number, turn in enumerate(conversation.turns, 1):
        situation = Situation(
            text=turn.say,
            storyboard=thread.film,
            before=thread.before,
            version_id=None if thread.head is None else f"v-{thread.head + 1}",
            version_numbers=tuple(str(n) for n in range(1, len(thread.films) + 1)),
            pending_quote="q-1" if turn.quoted else None,
            open_operations=turn.rendering,
            context=lines,
            window=tuple(Said.model_validate({"role": one["role"], "text": one["text"]}) for one in window),
            summary=summary,
        )
        problem = _impossible(thread.film, turn, {line.ref for line in lines})
        yield Step(conversation, number, turn, situation, problem or _move(thread, turn.gold))
        window, summary = remember(window, summary, turn.say, _reply(turn.gold))


def _impossible(film: Storyboard | None, turn: Turn, refs: set[str]) -> str:
    """What is wrong with a turn's outcomes in front of this film, or ''."""
    for outcome in turn.outcomes:
        unknown = [ref for ref in outcome.cites if ref not in refs]
        if unknown:
            return f"cites {unknown[0]!r}, which is no line of the context"
        if outcome.edits and film is None:
            return "edits need a film, and there is none yet"
        if outcome.edits and film is not None:
            try:
                after = apply(film, outcome.edits_at("middle"))
            except EditError as error:
                return f"its edits do not apply: {error.message}"
            if after == film:
                return "its edits change nothing"
    return ""


def _move(thread: _Thread, gold: Outcome) -> str:
    """Take a thread one turn further; what is wrong with that, or ''."""
    if gold.film is not None:
        thread.add(gold.film.storyboard())
    elif gold.edits:
        assert thread.film is not None  # `_impossible` has looked
        thread.add(apply(thread.film, gold.edits_at("middle")))
    elif gold.intent == "undo":
        return thread.undo(gold.target[0] if gold.target else "")
    elif gold.intent == "redo":
        return thread.redo()
    return ""


def _reply(gold: Outcome) -> str:
    """What the studio is taken to have said."""
    if gold.film is not None:
        count = len(gold.film.storyboard().shots)
        return f"A film of {count} shot{'' if count == 1 else 's'}."
    if gold.edits:
        return f"Done: {describe_edits(gold.edits_at('middle'))}."
    return SAID_OF.get(gold.intent, "Here is what I know.")
