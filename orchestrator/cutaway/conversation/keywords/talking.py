"""The answers to talk: to a greeting, to joy, to displeasure that names nothing to change."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cutaway.conversation.keywords.heard import answer, ask, ideas
from cutaway.conversation.keywords.remarks import Kind
from cutaway.conversation.keywords.replies import ABILITIES
from cutaway.conversation.plan import Situation, TurnPlan
from cutaway.storyboard.model import Storyboard


def talked(kinds: Sequence[Kind], situation: Situation) -> TurnPlan:
    """The plan for a message that is nothing but talk of these kinds."""
    film = situation.storyboard
    waits = " A quote is still waiting for a yes or no." if situation.pending_quote else ""
    going_on = ("Yes, go ahead", "Not now") if waits else ()
    if "complaint" in kinds and film is not None and not set(kinds) & {"thanks", "bye"}:
        last = len(film.shots)
        return ask(
            f"What should be different?{waits}",
            "The message is not happy with the film, but names nothing to change.",
            choices=(*going_on, "Undo", f"Make shot {last} slower", "Warmer colours", "Shoot it all again"),
        )
    if "bye" in kinds:
        return answer(f"Goodbye. Everything stays as it is.{waits}", "A goodbye needs no video.", choices=going_on)
    if "elsewhere" in kinds:
        return answer(
            f"No worries, nothing changes.{waits}", "The message is not meant for the film.", choices=going_on
        )
    if "praise" in kinds or "laugh" in kinds:
        return answer(f"Glad to hear it.{waits}", "Courtesy needs no video.", choices=going_on)
    if "thanks" in kinds:
        return answer(f"You're welcome.{waits}", "Courtesy needs no video.", choices=going_on)
    if "hello" in kinds:
        return answer(f"Hello. {ABILITIES}{waits}", "A greeting needs no video.", choices=going_on or ideas(situation))
    asks = "What should it show?" if film is None else "Tell me what should change, if anything."
    return answer(
        f"Good to know. {asks}{waits}",
        "The message tells something and asks for nothing.",
        choices=going_on or ideas(situation),
    )


def words_of(film: Storyboard | None) -> frozenset[str]:
    """The words a film is told in: its cast, what they do, where."""
    if film is None:
        return frozenset()
    said = [f"{m.kind} {m.name} {m.description} {m.colour}" for m in film.cast]
    said += [f"{s.action} {s.setting}" for s in film.shots] + [o.text for o in film.overlays]
    words = {word for text in said for word in re.findall(r"[^\W\d_]{3,}", text.lower())}
    # "The bowing" is what "bow" tells of.
    return frozenset(words | {f"{word.removesuffix('s').removesuffix('e')}ing" for word in words}) - _SMALL


_SMALL = frozenset("the and with for from her his its their this that into onto over under out off you are was".split())
