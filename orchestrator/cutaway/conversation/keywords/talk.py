"""Consent, small talk and the history: messages that are no film and no change."""

from __future__ import annotations

import re
from dataclasses import replace

from cutaway.contract import Stage
from cutaway.conversation.keywords import asked, consent, intents
from cutaway.conversation.keywords.answers import best_lines
from cutaway.conversation.keywords.courtesies import courtesy
from cutaway.conversation.keywords.facts import facts_of, known_of
from cutaway.conversation.keywords.heard import Heard, answer, ask, ideas, lowered
from cutaway.conversation.keywords.language import english_only, is_english
from cutaway.conversation.keywords.replies import ABILITIES, EXAMPLES
from cutaway.conversation.keywords.segments import split_segments
from cutaway.conversation.keywords.sheet import read_sheets
from cutaway.conversation.keywords.text import cut, squeeze
from cutaway.conversation.plan import Situation, TurnPlan


def read_consent(heard: Heard) -> TurnPlan | None:
    """Yes and no. Only a message that is nothing but a yes approves, and only a quote that waits."""
    situation, said = heard.situation, heard.whole
    if not said:
        return None
    waiting, running = situation.pending_quote is not None, situation.open_operations
    told = consent.answer_of(said)
    if not (waiting or running) and consent.idle(said):
        return None  # "right" and "that's too much" are about the film when nothing waits
    if told == "yes":
        if waiting:
            return TurnPlan(intent="approve", rationale="The message is a plain yes to the quote that waits.")
        return answer(
            "Nothing is waiting for your approval.", "There is no quote to approve.", choices=ideas(situation)
        )
    refused = told == "no" or (
        (waiting or running) and (consent.turned_down(said) or consent.turns_away(said) or consent.regrets(said))
    )
    if not refused:
        return None
    if waiting:
        return TurnPlan(intent="decline", rationale="The message turns the waiting quote down.")
    if consent.says_stop(said) or (running and consent.regrets(said)):
        return TurnPlan(intent="decline", rationale="The message asks to stop what is being made.")
    if running:
        still = f" {running} piece{'s' if running != 1 else ''} of work already started will finish."
        return answer(f"Nothing is waiting for your answer.{still}", "There is no quote to decline.")
    if _just_changed(situation) and re.match(r"\W*(?:no|nope|nah|naw|nay|no way|oh no|ugh)\b", said, re.I):
        return TurnPlan(intent="undo", rationale="The message turns down the change before it.")
    return answer("Nothing is waiting for your answer.", "There is no quote to decline.")


def _just_changed(situation: Situation) -> bool:
    """Whether the turn before made a change, so that a plain no means that change."""
    last = situation.window[-1] if situation.window else None
    return (
        situation.storyboard is not None
        and len(situation.version_numbers) > 1
        and last is not None
        and last.role == "studio"
        and not last.text.rstrip().endswith("?")
    )


def _figure_alone(heard: Heard) -> bool:
    """Whether the message is one figure, said right after a figure was put on the picture."""
    film, before = heard.situation.storyboard, heard.situation.before
    if film is None or before is None or not re.fullmatch(r"\W*[$€£]?\d[\d.,:]*\W*", heard.masked.text):
        return False
    changed = [overlay for overlay in film.overlays if overlay not in before.overlays]
    return any(re.search(r"\d", overlay.text) for overlay in changed)


def read_unreadable(heard: Heard) -> TurnPlan | None:
    """Messages without words, or in another language."""
    if _figure_alone(heard):
        return None
    if not any(c.isalpha() for c in heard.masked.restore(heard.masked.text)):
        return ask(
            "I need words to work with: say what should be seen.",
            "The message has no words.",
            choices=ideas(heard.situation),
            not_understood=(heard.situation.text.strip(),) if heard.situation.text.strip() else (),
        )
    if not is_english(heard.masked.text):
        return ask(
            english_only(heard.masked.text),
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
    kind = "" if consent.idle(text) else courtesy(text)
    waits = " A quote is still waiting for a yes or no." if situation.pending_quote else ""
    going_on = ("Yes, go ahead", "Not now") if waits else ()
    if kind == "hello" and situation.open_operations and asked.is_status(text):
        return None  # "how's it going?" asks for the work while there is some
    if kind == "hello" and situation.storyboard is not None and re.fullmatch(r"\W*(?:morning|evening)\W*", text, re.I):
        return None  # a time of day rather than a greeting
    if kind == "hello":
        return answer(f"Hello. {ABILITIES}", "A greeting needs no video.", choices=ideas(situation))
    if kind:
        reply = {"thanks": "You're welcome.", "bye": "Goodbye. Everything stays as it is."}.get(
            kind, "Glad to hear it."
        )
        return answer(f"{reply}{waits}", "Courtesy needs no video.", choices=going_on)
    if intents.pauses(text):
        return answer("All right, nothing changes." + waits, "The message asks for no change.", choices=going_on)
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
        question = asked.embedded(text) or (rest if asked.is_question(rest) and len(rest.split()) > 2 else "")
        if question:
            return facts_of(heard, heard.masked.restore(question))
        if (plan := known_of(heard, rest)) is not None:
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
        and not intents.branch_target(text, heard.masked.quotes)
        and (intents.undo_target(first) is not None or intents.branch_target(first, heard.masked.quotes) is not None)
    ):
        # One move of the history per turn: the rest is offered as the next message.
        plan = read_history(replace(heard, core=first, short=first, whole=""))
        rest = heard.masked.restore(", ".join(later))
        if plan is not None and plan.intent in {"undo", "branch"}:
            return plan.model_copy(update={"not_understood": (cut(rest, 300),), "choices": (cut(rest, 300),)})
    undo = intents.undo_target(text)
    if undo is None and intents.wants_back(text) and not _undone(situation):
        undo = ()  # "I want it back" after a change means what was before it
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
    compare = asked.compare_target(text)
    if compare is not None and film is not None:
        return _unknown_versions(situation, compare) or TurnPlan(
            intent="compare", target=compare, rationale="The message asks what differs between versions."
        )
    if (branch is not None or compare is not None) and film is None:
        return answer("There is no film yet.", "Branches and comparisons need a film.", choices=ideas(situation))
    said = heard.whole or text
    if asked.is_status(said) or asked.is_status(text):
        return TurnPlan(intent="status", rationale="The message asks how far the work is.")
    if asked.asks_cost(said, about_product=_sells(situation, text)):
        return TurnPlan(intent="cost", rationale="The message asks what the work costs, which is answered in words.")
    why = asked.why_target(said)
    if why is not None and not (situation.context and best_lines(text, situation.context)):
        return TurnPlan(intent="why", target=why, rationale="The message asks for the reason of a decision.")
    return None


def _undone(situation: Situation) -> bool:
    """Whether the turn before went back."""
    said = [one for one in situation.window[-2:] if one.role == "person"]
    return any(intents.undo_target(one.text) is not None for one in said)


def _sells(situation: Situation, text: str) -> bool:
    """Whether "it" in a question about cost may be a product rather than the film."""
    if asked.spent_before(text):
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
