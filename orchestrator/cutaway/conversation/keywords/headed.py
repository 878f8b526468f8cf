"""A film with a heading: "new one for the website, wide: two fighters spar" is a film of what follows the colon.

Of the heading only how the film is to be is kept: how many shots, how long, in which shape and look.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from cutaway.conversation.keywords.heard import Heard
from cutaway.conversation.keywords.shots import draft
from cutaway.conversation.keywords.text import mask
from cutaway.conversation.plan import Situation, TurnPlan

MAX_HEAD_WORDS: Final = 30
AGAIN: Final = "Make a new video: "
_FILM: Final = (
    r"(?:films?|videos?|vids?|clips?|movies?|teasers?|trailers?|adverts?|ads?|reels?|shorts?|stor(?:y|ies)|loops?"
    r"|spots?|projects?|jobs?|explainers?|openers?|intros?|animations?|cartoons?|thing|pictures|one)"
)
_MADE: Final = re.compile(rf"\b{_FILM}\b", re.I)
ANOTHER: Final = re.compile(
    rf"\b(?:new|another|next|different|second|separate|fresh|one more|last new|other)\b[^:.!?]{{0,60}}\b{_FILM}\b"
    rf"|\b(?:one more|another one|a new one|something new)\b(?! (?:at|for|in|before|after) the\b)"
    rf"|\bnew\b,|\b{_FILM}\b[^:.!?]{{0,12}}\bnew\b",
    re.I,
)
_TALK: Final = re.compile(r"[.!?]\s+\w|\b(?:i|we|my|our|i'm|we're|i've|we've)\b", re.I)
_OF_THIS: Final = re.compile(
    r"\b(?:shots?|scenes?|captions?|titles?|subtitles?|lower third|text|words?|letters|card|tag|cast|music|colou?rs?"
    r"|voice|says?|saying|reads?|reading|change|instead|rename|call|move|swap|add|put|write)\b",
    re.I,
)
_SHOTS: Final = re.compile(
    r"\b(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten) (?:shots?|scenes?|pictures)\b", re.I
)
HOW: Final = re.compile(
    r"\b(?:(?:\d+(?:\.\d+)?|five|six|eight|nine|ten|twelve|fifteen|twenty|thirty)[\s-]*(?:s|secs?|seconds?)"
    r"(?:\s+(?:each|per (?:shot|scene)|in (?:all|total)))?|480p|720p|square|vertical|upright|portrait|landscape"
    r"|widescreen|wide format|(?:for )?(?:reels|shorts|(?:insta(?:gram)? )?stories|tiktok|phones?)|16:9|9:16|1:1"
    r"|(?:ink|paper|neon|blueprint|chalkboard)(?: (?:look|style))?|black (?:and|n|&) white)(?!\w)",
    re.I,
)


def read_headed(heard: Heard, understand: Callable[[Situation], TurnPlan]) -> TurnPlan | None:
    """The plan for the film under a heading; None when the message has none, or it speaks of the film there is."""
    head, colon, body = heard.masked.text.partition(":")
    words = head.split()
    if not colon or not words or len(words) > MAX_HEAD_WORDS or "⟪" in head or head.startswith(AGAIN[:-2]):
        return None
    if heard.situation.storyboard is None:
        if not _MADE.search(head) or not _TALK.search(head):
            return None
    elif not ANOTHER.search(head) or _OF_THIS.search(_SHOTS.sub("", head)):
        return None
    if not _tells(body):
        return None
    told = body.strip()
    again = heard.masked.restore(f"{heading(head)}{told}{'' if told[-1] in '.!?' else '.'}")
    plan = understand(heard.situation.model_copy(update={"text": again}))
    return plan if plan.intent == "make" else None


def heading(talk: str) -> str:
    """The order for a new film with all that some talk says of how it is to be: "Make a new video, square, 8 s: "."""
    said = re.sub(r"\b(second|sec)\b", r"\1s", talk.replace("upright", "vertical").replace(" n ", " and "), flags=re.I)
    how = [match[0] for match in (_SHOTS.search(said), *HOW.finditer(said)) if match]
    return f"{AGAIN[:-2]}{''.join(f', {one}' for one in how)}: "


def _tells(body: str) -> bool:
    """Whether the words under a heading tell of somebody or something."""
    first = re.split(r"(?<=[.!?;])\s+|,\s+(?:and )?then\b", body.strip(), maxsplit=1)[0]
    if len(first.split()) < 2:
        return False
    found = draft(mask(first), first)
    return any(clause.subjects for clause in found.clauses[:1])
