"""The wish that nothing is made, bought or changed for now, with whatever reason people give for it."""

from __future__ import annotations

import re
from typing import Final

from cutaway.conversation.keywords.heard import Heard, answer, ideas
from cutaway.conversation.keywords.remarks import plain, remark
from cutaway.conversation.plan import TurnPlan

_NOT: Final = (
    r"(?:(?:please|just|for now|today|so|and|but|no|stop|wait|whoa|hey|hold on|hang on)\s+)*"
    r"(?:do not|never|no need to|(?:i|we) (?:do|would|did) not (?:want|like|wish|need|mean|ask)(?: (?:you|it"
    r"|anything))?(?: to)?"
    r"|(?:i|we) (?:am|are) not (?:ready|going|about|willing|here) to|not ready to|let us not|(?:please )?(?:wait"
    r"|hold off)"
    r" (?:with|on|from)|hold off|wait before|i would rather not|better not|not going to|you (?:must|should|may) "
    r"not|not to)"
)
_PAYING: Final = (
    r"(?:spend|pay|order|buy|charge|bill|render|finali[sz]e|finish|produce|generate|commit|purchase|book|publish|send|proceed"
    r"|spending|paying|ordering|buying|charging|rendering|finishing|producing|generating|finals?|the finals?"
    r"|the real (?:thing|one|ones|pictures?|film|video|images?)|real (?:pictures?|images?))"
)
_MAKING: Final = (
    r"(?:make|create|start|begin|do|run|go|continue|carry|touch|change|alter|film|draw|show|making|starting|doing)"
)
_ALL: Final = (
    r"(?:\s+(?:on|with|ahead|any|anything|it|this|that|them|everything|a thing|the (?:film|video|clip|whole "
    r"thing|rest|job"
    r"|shots?|final(?: one)?|finals|real (?:one|thing))|all|for|of (?:it|this|that)|more|else|for real|properly|in "
    r"full|final"
    r"|finally|a final|a film|a video|out|over|up|money|my money|credits?|one))*"
)
_LATER: Final = (
    r"(?:\s+(?:(?:just |quite )?yet|(?:for |right |just )?now|today|tonight|for the (?:moment|time being)|at the moment"
    r"|this (?:week|time)|(?:until|till|before|unless)\b.*))"
)
_HOLDS: Final = re.compile(
    rf"{_NOT}\s+{_PAYING}\b{_ALL}{_LATER}?|{_NOT}\s+{_MAKING}\b{_ALL}{_LATER}"
    rf"|(?:nothing|no (?:finals?|final (?:version|pictures?)|rendering|renders?|spending|orders?|real (?:one"
    rf"|pictures?)))"
    rf"(?:\s+(?:final|finished|for real|real|rendered|paid|please|has to be made))*{_LATER}?"
    rf"|(?:not|nothing) (?:for real|final|finals|properly|in full){_LATER}?|not (?:so fast|just yet|yet|now|right now)"
    r"|no more (?:changes|edits|wishes|ideas|orders)(?: (?:from|for) (?:me|us|now|today|tonight))*|nothing "
    r"(?:more|else)(?: (?:for|from) (?:me|us|now|today|tonight))*"
    r"|(?:let me|i (?:will|want to|need to|have to|should)) (?:show|check|ask|think|sleep|talk|discuss|run"
    r"|consider)\b.*\b(?:first|before .*|over|about it|on it|overnight"
    r"|past \w+(?: \w+)?)"
    r"|(?:hold|stop|rein in) (?:your|the) horses|easy(?: there| tiger)?|hold (?:it|fire|everything|that thought)"
    r"|(?:leave|keep|let) (?:it|this|that|everything|things)(?: all)?(?: (?:be|alone|as (?:it|they) (?:is|are)"
    r"|like (?:this|that)|where (?:it"
    rf"|they) (?:is|are)|the way (?:it|they) (?:is|are)))?{_LATER}|(?:stay|sit) (?:put|tight)",
    re.I,
)
_REASON: Final = re.compile(
    r"(?:(?:my|our|his|her|their|the|your)\s+[\w']+(?:\s+[\w']+)?|he|she|they|i|we|someone|somebody|everyone|it|that|this|mum|mom"
    r"|dad|boss|legal)(?:'s)?\s+(?:\w+\s+){0,2}?"
    r"(?:has|have|had|needs?|wants?|must|should|will|would|did|does|do|is|are|was|were|am|might|may|can|could|went|got|clicked"
    r"|pressed|hit|touched|sent|typed|ordered|bought|forgot)\b(?!.*\b(?:darker|brighter|slower|faster|longer|shorter|bigger|instead)\b)"
    r"|(?:let me|(?:i|we) (?:will|would like to|want to|need to|have to)) (?:see|check|show|think|ask|look|sleep"
    r"|talk|decide|read)\b"
    r"|by (?:mistake|accident)|just (?:looking|thinking|testing|playing)\b|only (?:a )?(?:draft|sketch|test)s?\b"
    r"|because\b|since\b"
    r"|until\b|till\b|before\b|unless\b|first\b|(?:too|so) (?:early|soon|much|expensive|dear)\b|for now\b|i "
    r"repeat\b|please\b",
    re.I,
)
_SPENDS: Final = re.compile(r"\b(?:stop|cancel|halt|abort|spend\w*|order\w*|buy\w*|pay\w*|charge\w*)\b", re.I)
_CUT: Final = re.compile(
    r"[.!?;,]+\s*|\s+-+\s+|\n+|\s+(?=(?:because|since|as) (?:i|my|he|she|they|we|the)\b)"
    r"|(?<=\w)\s+please\s+(?=(?:my|i|he|she|that|it)\b)",
    re.I,
)


def read_holding(heard: Heard) -> TurnPlan | None:
    """A message that only says that nothing is to happen now; it declines what waits or stops what was begun."""
    situation = heard.situation
    if not holds(heard.whole):
        return None
    if situation.pending_quote is not None:
        return TurnPlan(intent="decline", rationale="The message asks not to go ahead now.")
    if situation.open_operations and _SPENDS.search(heard.whole):
        return TurnPlan(intent="decline", rationale="The message asks to stop what is being made.")
    return answer(
        "All right, nothing is made and nothing changes until you say so.",
        "The message asks for nothing to happen now.",
        choices=ideas(situation) if situation.storyboard is None else (),
    )


def holds(text: str) -> bool:
    """Whether every part of a message says that nothing is to happen, or why."""
    if not text or "⟪" in text or text.rstrip().endswith("?"):
        return False
    found = False
    for piece in _CUT.split(text):
        words = plain(piece, tails=False)
        if not words or words in {"please", "sorry"}:
            continue
        words = words.removesuffix(" please")
        if any(_HOLDS.fullmatch(said) for said in (words, plain(piece), piece.lower().strip(" .!"))):
            found = True
        elif not (
            _REASON.match(words)
            or words in {"we are done", "i am done", "that is all", "thanks"}
            or remark(piece)
            or re.fullmatch(
                r"(?:(?:no|stop|wait|whoa|cancel|halt|don'?t|do not|please|sorry|oh|hey|ok|that|it)\s*)+", words
            )
        ):
            return False
    return found
