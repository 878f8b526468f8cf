"""Wishes that nobody here can make true: said plainly, with what comes closest as choices."""

from __future__ import annotations

import re
from typing import Final

from cutaway.conversation.keywords.heard import Heard, ask
from cutaway.conversation.plan import TurnPlan

_IT: Final = r"(?:it|this|that|them|the (?:film|video|clip|whole thing|finished (?:film|thing|video)|result))"
_WISHES: Final[tuple[tuple[re.Pattern[str], str, tuple[str, ...]], ...]] = tuple(
    (re.compile(pattern, re.I), reply, choices)
    for pattern, reply, choices in (
        (
            rf"\b(?:post|upload|publish|share|tweet|e-?mail|mail|send|text|forward)\s+{_IT}\s+(?:straight\s+|directly\s+)?(?:to|on|onto|with|via|over)\b"
            r"|\bprint\s+(?:it|this|that|them|a \w+)\s+(?:on|onto|as|out)\b",
            "I cannot send or print it; every version is an mp4 you can download.",
            ("Make it square for a post", "Make it upright for a story"),
        ),
        (
            r"\b(?:use|play|add|put|have|with|want)\s+(?:on\s+)?(?:the\s+|a\s+|that\s+|our\s+|my\s+)?(?:song|track|tune|hit|jingle|anthem)\b(?!\s+(?:should|must))"
            r"|\b(?:real|actual|recorded)\s+(?:birdsong|music|sounds?|voices?|recordings?|song)\b|\b(?:song|music|track)\s+by\s+\w+",
            "I play a bed of sound, no songs and no recordings: calm, bright, tense, night, playful, epic or dreamy.",
            ("Make the music bright", "Make the music calm", "No music"),
        ),
        (
            r"\b(?:the|our|my|his|her|their|your)\s+(?:real|actual|own|true|exact)\s+(?:\w+\s+)?(?:face|photo|photograph|logo|sign|voice|footage|name|handwriting"
            r"|signature|likeness|shop ?front)\b|\b(?:the\s+)?real\s+face\s+of\b",
            "I have not seen that: attach a picture of it, and somebody in the film can follow it.",
            ("Use the picture I attach next", "Describe it instead"),
        ),
        (
            r"\b(?:make|let)\s+(?:it|this|the \w+)\s+(?:smell|taste|vibrate)\b|\b(?:smell|scent|taste)\s+of\b",
            "A film is only seen and heard. Should it look that way instead?",
            ("Let steam rise", "Make the light warm"),
        ),
        (
            r"\bclick(?:able|s)?\b(?!\s+of)|\bswipe\b|\bhyperlinks?\b|\bbuy button\b|\binteractive\b|\b(?:3d"
            r"|three-d|vr|virtual reality|hologram|360 degrees?)\b",
            "I make flat films that nobody can click: words on the picture can say where to go.",
            ("Add an end card: Find us online", "Make shot 1 orbit"),
        ),
        (
            r"\btranslat\w+\b|\b(?:captions?|titles?|subtitles?|words|text)\s+(?:in|into|to)\s+(?:welsh|french|german|spanish|italian|polish|dutch|irish|turkish"
            r"|arabic|chinese|japanese|portuguese|russian|hindi|urdu|swedish|danish|norwegian|greek)\b",
            "I cannot translate. Give me the words as they should stand there.",
            ("Change the caption to the words I send",),
        ),
        (
            r"\b(?:stop ?watch|timer|count-?down|clock|counter|score ?board)\b.*\b(?:counts?|counting|ticks?"
            r"|ticking|runs?|running|goes up|goes down)\b"
            r"|\bcount(?:s|ing)?\s+(?:down|up|along)\b.*\b(?:seconds|screen|corner)\b",
            "Words on the picture stand still, so nothing can count along. A caption for each shot could show "
            "the time.",
            ("Caption shot 1: 0:01", "Leave it out"),
        ),
        (
            r"\b(?:go|make it go|going)\s+viral\b|\bmore (?:views|likes|followers|clicks)\b|\bhashtags?\b|\bseo\b",
            "Nobody can promise that; a short upright film with big words is what phones show best.",
            ("Make it upright", "Make every shot shorter"),
        ),
        (
            r"\bmake (?:it|that|this|them) rhyme\b|\brhyme (?:better|more|properly)\b",
            "I cannot write the words for you: send me the line as it should read.",
            ("Change the first caption to the words I send",),
        ),
        (
            r"^(?:(?:can|could|would) (?:you|we|it) |please |just |and |maybe )*(?:make|be|get) (?:it |this "
            r"|that |the (?:film|video|whole thing) )?(?:all |a (?:bit|little|lot)"
            r" |much |way |somehow )*(?:funnier|better|nicer|catchier|livelier|classier|cuter|cleverer|sillier"
            r"|prettier|fancier|jazzier|punchier|snappier"
            r"|more (?:fun|funny|exciting|interesting|special|emotional|catchy|engaging|appealing|alive"
            r"|memorable|clever|original|personal|us)|less (?:boring|dull|stiff"
            r"|flat|bland)|pop|shine|special)(?: (?:please|somehow|if you can|for (?:me|us)))*[\s.!?]*$",
            "In what way? Pace, music, light and look all change how it feels.",
            ("Make it faster", "Make the music playful", "Warmer colours", "Neon look"),
        ),
    )
)  # fmt: skip


def read_unmade(heard: Heard) -> TurnPlan | None:
    """A wish for something no film here can be or do; None for every other message."""
    if heard.situation.storyboard is None or not heard.whole or heard.situation.images:
        return None
    for pattern, reply, choices in _WISHES:
        if pattern.search(heard.masked.text):
            return ask(
                reply,
                "The message wishes for something that cannot be made here.",
                choices=choices,
                not_understood=(heard.masked.restore(heard.core or heard.masked.text),),
            )
    return None
