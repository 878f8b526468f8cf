"""Consent, small talk and the history: messages that are no film and no change."""

from __future__ import annotations

import re
from dataclasses import replace

from cutaway.contract import Stage
from cutaway.conversation.keywords import intents
from cutaway.conversation.keywords.answers import best_lines
from cutaway.conversation.keywords.facts import facts_of
from cutaway.conversation.keywords.heard import Heard, answer, ask, ideas, lowered
from cutaway.conversation.keywords.language import is_english
from cutaway.conversation.keywords.replies import ABILITIES, EXAMPLES
from cutaway.conversation.keywords.segments import split_segments
from cutaway.conversation.keywords.sheet import read_sheets
from cutaway.conversation.keywords.text import cut, squeeze
from cutaway.conversation.plan import Situation, TurnPlan


def read_consent(heard: Heard) -> TurnPlan | None:
    """Yes and no. Only a message that is nothing but a yes approves, and only a quote that waits."""
    waiting = heard.situation.pending_quote is not None
    if heard.whole and intents.plainly_yes(heard.whole):
        if waiting:
            return TurnPlan(intent="approve", rationale="The message is a plain yes to the quote that waits.")
        return answer(
            "Nothing is waiting for your approval.", "There is no quote to approve.", choices=ideas(heard.situation)
        )
    if heard.whole and intents.plainly_no(heard.whole):
        if waiting:
            return TurnPlan(intent="decline", rationale="The message turns the waiting quote down.")
        if intents.says_stop(heard.whole):
            return TurnPlan(intent="decline", rationale="The message asks to stop what is being made.")
        running = heard.situation.open_operations
        still = f" {running} piece{'s' if running != 1 else ''} of work already started will finish." if running else ""
        return answer(f"Nothing is waiting for your answer.{still}", "There is no quote to decline.")
    return None


def read_unreadable(heard: Heard) -> TurnPlan | None:
    """Messages without words, or in another language."""
    if not any(c.isalpha() for c in heard.masked.restore(heard.masked.text)):
        return ask(
            "I need words to work with: say what should be seen.",
            "The message has no words.",
            choices=ideas(heard.situation),
            not_understood=(heard.situation.text.strip(),) if heard.situation.text.strip() else (),
        )
    if not is_english(heard.masked.text):
        return ask(
            "Without a language model I only read English. Please say it in English, or set a model key.",
            "The message is not in English.",
            choices=ideas(heard.situation),
            not_understood=(heard.masked.restore(heard.masked.text),),
            confidence=0.9,
        )
    return None


def read_small_talk(heard: Heard) -> TurnPlan | None:
    """Greetings, thanks, help, and the wish not to make or change anything."""
    text, situation = heard.whole, heard.situation
    if not text:
        return None
    if intents.GREETING.fullmatch(text):
        return answer(f"Hello. {ABILITIES}", "A greeting needs no video.", choices=ideas(situation))
    if intents.THANKS.fullmatch(text):
        waits = " A quote is still waiting for a yes or no." if situation.pending_quote else ""
        return answer(
            f"You're welcome.{waits}", "Thanks need no video.", choices=("Yes, go ahead", "Not now") if waits else ()
        )
    if intents.HELP.fullmatch(text) or intents.HELP.fullmatch(heard.core):
        return answer(ABILITIES, "A question about what I can do is answered in words.", choices=ideas(situation))
    if intents.KEEP.fullmatch(text):
        return answer("All right, nothing changes.", "The message asks for no change.")
    if situation.storyboard is not None and intents.RESTART.fullmatch(text):
        return ask(
            "Describe the new film; the one there is stays as a version.",
            "A new start needs to be told what to show.",
            choices=tuple(f"Make a new video: {lowered(idea)}" for idea in EXAMPLES),
        )
    if intents.HOLD.search(text):
        if situation.pending_quote:
            return TurnPlan(intent="decline", rationale="The message asks not to make a video now.")
        rest = squeeze(intents.HOLD.sub(" ", text))
        if intents.is_question(rest) and len(rest.split()) > 2 and (plan := facts_of(heard, rest)) is not None:
            return plan
        return answer(
            "All right, no video until you ask for one.",
            "The message asks not to make a video.",
            choices=ideas(situation),
        )
    return None


def read_history(heard: Heard) -> TurnPlan | None:
    """Undo, redo, branch, compare, cost, status and why."""
    text, situation = heard.short, heard.situation
    if not text:
        return None
    film = situation.storyboard
    first, *later = split_segments(text) or [text]
    if (
        later
        and film is not None
        and (intents.undo_target(first) is not None or intents.branch_target(first, heard.masked.quotes) is not None)
    ):
        # One move of the history per turn: the rest is offered as the next message.
        plan = read_history(replace(heard, core=first, short=first, whole=""))
        rest = heard.masked.restore(", ".join(later))
        if plan is not None and plan.intent in {"undo", "branch"}:
            return plan.model_copy(update={"not_understood": (cut(rest, 300),), "choices": (cut(rest, 300),)})
    undo = intents.undo_target(text)
    if undo is not None or intents.is_redo(text):
        word = "undo" if undo is not None else "redo"
        if film is None:
            return answer(f"There is nothing to {word} yet.", "There is no film yet.", choices=ideas(situation))
        return _unknown_versions(situation, undo or ()) or TurnPlan(
            intent="undo" if undo is not None else "redo",
            target=undo or (),
            rationale="The message asks for an earlier version."
            if undo is not None
            else "The message brings back what was undone.",
        )
    if intents.is_stills(text):
        if film is None:
            return answer("There is nothing to make stills of yet.", "There is no film yet.", choices=ideas(situation))
        return TurnPlan(
            intent="finish", decision="video", stage="still", rationale="The message asks for stills first."
        )
    if intents.is_finish(text):
        if film is None:
            return answer("There is nothing to finish yet.", "There is no film yet.", choices=ideas(situation))
        stage: Stage | None = "final" if intents.skips_drafts(text) else None
        return TurnPlan(
            intent="finish", decision="video", stage=stage, rationale="The message asks for final pictures."
        )
    branch = intents.branch_target(text, heard.masked.quotes)
    if branch is not None and film is not None:
        return TurnPlan(intent="branch", target=branch, rationale="The message asks for another direction.")
    compare = intents.compare_target(text)
    if compare is not None and film is not None:
        return _unknown_versions(situation, compare) or TurnPlan(
            intent="compare", target=compare, rationale="The message asks what differs between versions."
        )
    if (branch is not None or compare is not None) and film is None:
        return answer("There is no film yet.", "Branches and comparisons need a film.", choices=ideas(situation))
    asked = heard.whole or text
    if intents.asks_cost(text, about_product=_sells(situation, text)):
        return TurnPlan(intent="cost", rationale="The message asks what the work costs, which is answered in words.")
    if intents.is_status(text) or intents.is_status(asked):
        return TurnPlan(intent="status", rationale="The message asks how far the work is.")
    why = intents.why_target(text)
    if why is not None and not (situation.context and best_lines(text, situation.context)):
        return TurnPlan(intent="why", target=why, rationale="The message asks for the reason of a decision.")
    return None


def _sells(situation: Situation, text: str) -> bool:
    """Whether "it" in a question about cost may be a product rather than the film."""
    if re.search(r"\b(?:has|have|had|did|will)\b", text, re.I):
        return False  # "what has it cost?" and "what will it cost?" ask about the work
    if any(sheet.price for sheet in read_sheets(situation.context)):
        return True
    return bool(situation.context and best_lines(text, situation.context))


def _unknown_versions(situation: Situation, target: tuple[str, ...]) -> TurnPlan | None:
    there = situation.version_numbers
    missing = next((t for t in target if there and t not in there), None)
    if missing is None:
        return None
    return ask(
        f"There is no version {missing}; there is {', '.join(there[-12:])}.",
        "The message names a version that is not there.",
        choices=(f"Go back to version {there[-1]}",),
    )
