"""A message cut into sentences, and a sentence into the clauses that may each ask for a change."""

from __future__ import annotations

import re
from typing import Final

from cutaway.conversation.keywords.editing.line import Line
from cutaway.conversation.keywords.words import COLOURS

_STRONG: Final = re.compile(r"(?:[.!?;]+(?=\s|$)|\n+)")
_WEAK: Final = re.compile(
    r"\s*,\s*(?:(?:and|but|then|plus|also|or)\s+)*|\s+(?:and|but|then|plus|while you are at it"
    r"|as well as)\s+(?:(?:then|also|please)\s+)*|\s*\(\s*|\s*\)\s*|\s+-+\s+"
)
_LIMIT: Final = 40
LEAD: Final = re.compile(
    r"^(?:(?:\s*(?:oh|ok|ah|um+|hm+|uh|well|yes|yeah|yep|right|great|nice|perfect|cool(?! (?:on|in|for|colou?rs?"
    r"|tones?|grade|look|light|it|down|and)\b)"
    r"|lovely|fine|alright|good|lol|haha|aw|wow|hey|hi|hello|sorry|please|now|so|thanks"
    r"|thank you|actually|honestly|btw|by the way|on reflection|on second thoughts?"
    r"|that is (?:lovely|great|nice|cool|perfect|good)|wait|hang on|hold on(?! (?:the|that|this|shot)\b)|no wait|again"
    r"|listen|maybe|perhaps|just(?! (?:the|in|on|for|at|when|where|shot)\b)|one more thing|first of all|also|and"
    r"|but|so the thing is|the thing is|i am afraid"
    r"|i fear|i reckon|i would say|to be honest|tbh|if i may|pardon me|excuse me|bless you|guys|dear|folks|oops|my bad"
    r"|very well|go on|ooh+|yo|omg|oh my god|ugh|argh|in that case|come to think of it|while we are at it|if possible"
    r"|speaking of which|for the record|as for that|yeah no|quick one|heads up|after all|besides)\b(?!-\w)"
    r"|\s*no\s*(?=[,.!;:-]))[\s,.!:;-]*)+"
    r"(?=\S)"
)
ASKING: Final = re.compile(
    r"^(?:(?:(?:can|could|would|will|may|might|shall|should)\s+(?:you|we|i)\s+(?:please\s+"
    r"|kindly\s+|maybe\s+|perhaps\s+|just\s+|also\s+|possibly\s+)*(?:(?:try|help me|manage"
    r"|be able)\s+to\s+)?|(?:would|do)\s+you\s+mind\s+|is it possible to\s+|(?:i|we)\s+(?:would\s+(?:like"
    r"|love|prefer)|want|need|wish|think|guess|feel|suppose|prefer|wanted|was hoping)\s+(?:you\s+to\s+"
    r"|to\s+(?=see|have|get|make|change|add|remove|put|hear|move|set)|that\s+|for\s+"
    r"|(?:we|you|it)\s+should\s+)?"
    r"|(?:would|might|may|could) it be (?:possible|ok|alright|nice|lovely|better|an idea) (?:to|if)\s+"
    r"|it would be (?:\w+ )?(?:lovely|nice|great|good|better|best|cool|grand|ideal|wonderful|perfect) (?:if|to)\s+"
    r"|can\s+(?=a\b)|could\s+(?=a\b)|might\s+(?=the\b|it\b|there\b|a\b)"
    r"|let us\s+|(?:how|what)\s+about\s+|what if\s+|go ahead and\s+|try to\s+|(?:you"
    r"|we)\s+(?:should|could|can|might)\s+|please\s+|maybe\s+|perhaps\s+|just\s+(?!(?:the|in|on|for|at|when"
    r"|where|shot)\b)|can\s+(?=the\b"
    r"|it\b|that\b|there\b)|could\s+(?=the\b|it\b|that\b|there\b)))+"
)


def sentences(line: Line) -> list[Line]:
    """The sentences of a message."""
    found: list[Line] = []
    start = 0
    for match in _STRONG.finditer(line.text):
        found.append(line.part(start, match.start()))
        start = match.end()
    found.append(line.part(start, len(line.text)))
    return [one for one in found if re.search(r"[^\W_]|⟪", one.text)][:_LIMIT]


_COLOURS: Final = "|".join(sorted(COLOURS - {"light", "dark"}))
_KEPT: Final = re.compile(
    rf"\b(?:{_COLOURS})\s+(?:and|&)\s+(?:{_COLOURS})\b(?! [a-z])|\bblack\s+(?:and|&)\s+white\b|\bthunder and"
    rf" lightning\b|\bpen and ink\b|\bup and down\b"
    r"|\b(?:clean|clear|crisp|cool|cold|warm|soft|golden|calm|dark|bright|big|nice|slow"
    r"|quiet|low) and"
    r" (?:cosy|cozy|cool|cold|clean|crisp|golden|soft|moody|bright|warm|fluffy|easy|gentle"
    r"|quiet|blue|slow|peaceful|happy|dark|low)\b|\b(?:one|two|three|four|five|six|\d+"
    r"|first|second|third|fourth|last)\s*(?:,|and|&)\s*(?:the\s+)?"
    r"(?:one|two|three|four|five|six|\d+|first|second|third|fourth|last)\b(?:\s*(?:,"
    r"|and)\s*(?:the\s+)?(?:\d+|three|four|five|third|fourth|last))*|\bbetween\b[\w ]{1,30}\band\b\s*"
    r"|\bboth\b[\w ]{1,30}\band\b|\b\w+ and (?:a half|again)\b|\b(?:everything|all|everywhere"
    r"|everyone|every \w+) but\s+|\bagain and again\b|\ba?round and a?round\b|\b(?:from|until|till|by|since"
    r"|before|up to)\s+then\b\s*|\bfrom\b[\w ]{1,20}\band\b"
)


def clauses(line: Line) -> list[Line]:
    """The pieces of a sentence between its commas and its joining words."""
    found: list[Line] = []
    start = 0
    kept = [(m.start(), m.end()) for m in _KEPT.finditer(line.text)]
    for match in _WEAK.finditer(line.text):
        if any(a <= match.start() and match.end() <= b for a, b in kept):
            continue
        if match.start() <= start and not found and not line.text[start : match.start()].strip():
            start = match.end()
            continue
        found.append(line.part(start, match.start()))
        start = match.end()
    found.append(line.part(start, len(line.text)))
    return [one for one in found if re.search(r"[^\W_]|⟪", one.text)][:_LIMIT]


_TAIL: Final = re.compile(
    r"(?:[\s,.!?]+(?:please|by the way|btw|thanks|thank you|though|for me|if (?:you can"
    r"|possible|that is ok)|ok|you know|(?<!was )(?<!is )right|haha|lol|though"
    r"|would be (?:\w+ )?(?:grand|nice|great|lovely|good|cool|perfect|better|best|fun|fine|ideal|wonderful"
    r"|awesome|amazing)"
    r"|my bad|if i may(?: say so)?|mate|silly|or something|or so|can you manage that|if anybody asks|so to speak"
    r"|i beg your pardon|cheers|ta|bro|dude|ok with you|for now|after all|that is all|will you|would you|could you"
    r"|if that is ok|if memory serves(?: me(?: right)?)?|if i (?:remember|recall)(?: rightly| correctly| right| it"
    r" right)?"
    r"|as far as i (?:know|remember|recall)|i believe|i recall|mind you|to be fair|in my opinion|i am (?:quite "
    r"|pretty )?sure"
    r"|i am afraid|i fear|obviously|of course|naturally|frankly|to be honest|honestly|dear|darling|i think|i guess"
    r"|i suppose|thanks (?:love|so much|a lot)))+[\s,.!?]*$"
)


_WHY: Final = re.compile(
    r"\s*,?\s+so (?:that )?(?:it|they|you|we|people|he|she|everyone|viewers|one|i)\b(?! (?:should|must|needs?"
    r"|has to)\b)[^⟪:]*$"
)


def without_lead(line: Line) -> Line:
    """The line without "oh", "could you please" and the like around it, and without the reason given at its end."""
    why = _WHY.search(line.text)
    if why and len(line.text[: why.start()].split()) > 2:
        line = line.part(0, why.start())
    tail = _TAIL.search(line.text)
    if tail and tail.start() > 0 and not (tail[0].strip(" ,.!?") == "right" and "," not in tail[0]):
        line = line.part(0, tail.start())
    for _ in range(4):
        match = LEAD.match(line.text) or ASKING.match(line.text)
        if match is None or match.end() >= len(line.text):
            break
        line = line.part(match.end(), len(line.text))
    return line
