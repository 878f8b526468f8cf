"""Questions: answered from the film, from the context, or plainly not known."""

from __future__ import annotations

import re
from typing import Final

from cutaway.conversation.keywords import intents
from cutaway.conversation.keywords.answers import answer_about_film, best_lines, quote_lines
from cutaway.conversation.keywords.heard import Heard, answer, ideas
from cutaway.conversation.keywords.patterns import ASKS_FILM, SHOWS
from cutaway.conversation.keywords.product import cited
from cutaway.conversation.plan import TurnPlan


def read_facts(heard: Heard) -> TurnPlan | None:
    """Questions: from the film, from the context, or plainly not known."""
    if not heard.short or not (intents.is_question(heard.masked.text) or intents.is_question(heard.core)):
        return None
    requested = heard.core != heard.masked.text.strip(" ?.!") and not intents.is_question(heard.core)
    if requested or SHOWS.match(heard.core) or ASKS_FILM.match(heard.core) or _ABOUT_TRY.match(heard.masked.text):
        return None
    return facts_of(heard, heard.masked.restore(heard.masked.text))


_ABOUT_TRY: Final = re.compile(
    r"^(?:(?:what|how) about|what if|can|could|would|will)\b(?! (?:it|the \w+|this|that) )", re.I
)


_GENERAL: Final = re.compile(
    r"^\W*(?:what(?:'s| is) (?:it|this|that|in (?:it|this|here|the \w+)|the product)"
    r"|(?:can you )?(?:tell me (?:about|more)|summari[sz]e|describe)|what do (?:you know|we have))\b",
    re.I,
)


def facts_of(heard: Heard, question: str) -> TurnPlan:
    """The answer to a question; what nobody here can know is said to be unknown."""
    situation = heard.situation
    lines = best_lines(question, situation.context)
    about_film = answer_about_film(question, situation.storyboard) if situation.storyboard else None
    if about_film and not (lines and not re.search(r"\b(?:video|film|clip|shots?|scenes?|cast)\b", question, re.I)):
        return answer(about_film, "The film itself answers this, so no video is needed.")
    if not lines and _GENERAL.search(question):
        lines = situation.context[:4]
    if lines:
        return TurnPlan(
            intent="answer",
            reply=quote_lines(lines),
            rationale="A line of the context answers this, so words are enough.",
            confidence=0.85,
            citations=cited(lines),
        )
    if situation.context:
        return answer(
            "What you gave me does not say.",
            "No line of the context answers this, and a guess would be worse.",
            choices=ideas(situation),
            confidence=0.7,
        )
    return answer(
        "I cannot look that up: without a language model I answer from notes you attach and about the film we make.",
        "A general question is not answered with a video.",
        choices=ideas(situation),
        confidence=0.7,
    )
