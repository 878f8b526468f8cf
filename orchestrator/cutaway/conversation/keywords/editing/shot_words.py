"""The words that mean shots: numbers, places in the order, "all", "the rest", "the one where ...", as patterns."""

from __future__ import annotations

import re
from typing import Final

from cutaway.conversation.keywords.words import ORDINALS

NOUN: Final = r"(?:shots?|scenes?|clips?|parts?|bits?|moments?|segments?|sections?|takes?|pieces?|frames?|sequences?)"
_ONES: Final = rf"(?:{NOUN}|ones?)"
_UNIT: Final = r"(?!\s*(?:seconds?\b|secs?\b|s\b|x\b|%|p\b|times\b|percent|minutes?\b|mins?\b|hours?\b|k\b))"
_COUNT: Final = r"two|three|four|five|six|2|3|4|5|6|couple(?: of)?"
NO_LOOKS: Final = frozenset("other same new first second third last".split())
_N: Final = rf"(?:\d{{1,5}}|one|two|three|four|five|six|seven|eight|nine|ten){_UNIT}"
_ONE_LIST: Final = rf"{_N}(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s*&\s*)(?:{NOUN}\s+|number\s+)?{_N})*"
_LIST: Final = (
    rf"{_N}(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s*&\s*|\s*-\s*|\s+to\s+|\s+through\s+)(?:{NOUN}\s+|number\s+)?{_N})*"
)
_NTH: Final = "|".join(
    [
        "second to last",
        "second last",
        "next to last",
        *sorted((w for w in ORDINALS if w not in {"final", "closing", "opening"}), key=len, reverse=True),
        "middle",
        "final",
        "closing",
        "opening",
    ]
)
_IN: Final = (
    r"(?:\b(?:in|on|of|for|from|to|at|during|into|over|with|and|just|only|about|around|through|throughout|within"
    r"|across"
    r"|is|be)\s+){0,3}"
)
NUMBERED: Final = re.compile(
    rf"{_IN}\b(?:the\s+)?(?:shots|scenes|clips|parts|numbers)\s*(?:number\s*|no\.?\s*"
    rf"|#\s*)?(?P<list>{_LIST})(?![\w.]*\w)"
    # "set the seed of shot 1 to 42": only several shots have a "to" between numbers.
    rf"|{_IN}\b(?:the\s+)?(?:shot|scene|clip|part|number|nr\.?|no\.)\s*(?:number\s*|no\.?\s*"
    rf"|#\s*)?(?P<one>{_ONE_LIST})(?![\w.]*\w)"
    rf"|#\s?(?P<hash>\d{{1,3}})\b"
)
BARE: Final = re.compile(
    r"\b(?P<lead>on|in|for|to|unlock|lock|freeze|delete|remove|drop|ditch|lose|cut|scrap|skip|kill|bin|axe|trim"
    r"|shorten|extend|retake|redo|duplicate"
    rf"|repeat|swap|move|keep)\s+(?P<n>\d{{1,2}}){_UNIT}(?![.:,]?\d)(?=\s*(?:$|[,.;·]"
    r"|and\b|too\b))"
)
NTH: Final = re.compile(
    rf"(?<!\ba )(?<!\ban )(?<!\banother )(?<!\bone )(?<!\bnew ){_IN}\b(?<!\ba )(?<!\ban )(?<!\banother "
    rf")(?:(?P<the>the|my|your|this)\s+)?(?:very\s+)?(?P<which>{_NTH})\s+(?:(?P<count>{_COUNT})\s+)?(?P<noun>"
    rf"(?:\w+\s+)?{_ONES})\b"
    rf"|{_IN}\bthe\s+(?:very\s+)?(?P<bare>{_NTH})(?:\s+(?P<count2>{_COUNT}))?\b(?=\s*(?:$"
    r"|[,.;:!?]|(?:and|but|in|at|to|on|is|are|was|has"
    r"|it|we|he|she|they|i|there|make|let|put|have|should|could|can|must|needs?|goes|that|drags?|feels?|seems?"
    r"|takes|have|get|start|begin|open"
    r"|come|end|be|look|feel|run|stay|last|round|both|a|as|too|also|instead|with"
    r"|please|again"
    r"|though|then|not|lasts?|plays?|ought|·+)\b|·))"
)
HEAD: Final = re.compile(rf"^(?:the )?(?P<which>{_NTH})(?=\s*[:,-])")
EVERY: Final = re.compile(
    rf"{_IN}\b(?:(?:all|every|each|any)\s+(?:of\s+)?(?:the\s+|these\s+|those\s+|my\s+)?(?:single\s+)?(?:other"
    rf"\s+)?{_ONES}(?!\s+(?:with|where|showing|featuring|in\s+which)\b)"
    r"|(?:all|each|every\s+one|the)\s+(?:two|three|four|five|six)(?:\s+of\s+(?:them|these|those))"
    r"|all\s+(?:two|three|four|five|six)\b|(?:all|each|every\s+one)\s+of\s+(?:them|these|those)|them\s+all"
    r"|(?:the\s+)?(?:whole"
    r"|entire)\s+(?:film|video|movie|thing|clip|story|piece)"
    r"|everywhere|throughout|everything|overall|all\s+over|all\s+of\s+it|it\s+all|(?:per"
    r"|a)\s+(?:shot|scene)|(?<!\bat )(?<!\bafter )all(?! (?:a?round|along|right|the way|day|night|alone|over)\b))\b"
)
BOTH: Final = re.compile(
    rf"{_IN}\bboth(?:\s+of\s+(?:them|these|those))?(?:\s+{_ONES})?\b|{_IN}\b(?:those"
    rf"|these|the)\s+two(?:\s+{_ONES})?\b(?!\s+\w+s\b)"
)
DOORS: Final = re.compile(
    rf"{_IN}\b(?:(?:all|every) (?:of )?)?(?:the )?(?P<where>indoor|inside|interior|outdoor|outside|exterior) {_ONES}\b"
    r"|{_IN}\b(?:the )?ones (?P<where2>indoors|inside|outdoors|outside)\b"
)
INDOORS: Final = re.compile(
    r"(?:room|house|hall|shop|bakery|kitchen|studio|office|cellar|attic|loft|church|chapel|cathedral|clinic"
    r"|hospital|school|garage"
    r"|library|museum|caf[eé]|restaurant|bar|pub|gym|theat(?:re|er)|cinema|factory|barn|shed|cabin|hut|castle"
    r"|tower|cave|tunnel"
    r"|stage|tent|corridor|hotel|flat|apartment|home|workshop|lab|laboratory|store|supermarket|stairs|lift"
    r"|elevator|pew|bath)\b"
)
BOTH_OF: Final = re.compile(rf"{_IN}\b(?:both|the two|all|all the|all of the)\s+(?P<what>[a-z]+)\s+{_ONES}\b")
OTHER: Final = re.compile(
    rf"{_IN}\b(?:the\s+)?(?:rest|others|other(?!\s+(?:way|direction|side|end|hand|day|people"
    rf"|thing)\b)(?:\s+(?P<count>{_COUNT}))?(?:\s+{_ONES})?"
    rf"|remaining\s+(?:{_COUNT}\s*)?{_ONES})(?:\s+of\s+(?:it|them|the\s+\w+))?(?=\s*(?:$"
    r"|[,.;:!?·])|\s)"
)
THAT: Final = re.compile(
    rf"{_IN}\b(?:(?:that|this|the\s+same)\s+{_ONES}|those\s+{_ONES}|there(?!\s+(?:is"
    r"|are|was|should|needs?|could|can|must|will|has))"
    r"|at\s+(?:that|this)\s+point|the\s+(?:new|copied|added)\s+(?:one|shot|scene)|(?:the"
    r"|that)\s+copy|the\s+duplicate|in\s+it)\b"
)
END: Final = re.compile(
    r"\b(?:at|for|towards?|in|to)\s+the\s+(?:very\s+)?(?P<end>end|finish|start|beginning"
    r"|front|opening|ending)\b(?!\s+of\s+(?:the\s+)?(?:shot|first|last|second|third|\w+\s+shot))"
)
ENDING: Final = re.compile(
    r"^(?:the )?(?:very )?(?P<end>end|finish|ending|finale|start|beginning|opening|intro)(?=\s+(?:in"
    r"|at|with|should|could|must|needs?|on|is|too|slower|faster|darker|brighter|longer"
    r"|shorter)\b)"
)
EXCEPT: Final = re.compile(
    r"\b(?:except(?:\s+for)?|apart\s+from|but\s+not|other\s+than|excluding|not\s+counting"
    r"|besides|aside from|minus|save(?: for)?(?= the\b)|with the exception of|not including|but for"
    r"|(?<=everything )bar|(?<=all )bar"
    r"|(?<=everywhere )bar|(?:all|everything|everywhere|everyone)\s+but)\b"
)
ONE_WITH: Final = re.compile(
    rf"{_IN}\b(?:the\s+|that\s+)?(?<!\ba )(?<!little )(?<!tiny )(?<!lovely )(?<!nice"
    rf" )(?P<noun>{_ONES})\s+(?:(?:with|where|of|showing|that"
    r"|which|in\s+which|when|in|on|at|by|near|around|from|inside)\s+)+"
    r"(?P<what>(?:(?:it|he|she|they|we|see|says|has|shows|is|the|a|an|his|her|my|their)\s+)*(?:[\w-]+\s*){1,4})"
)
NAMED_ONE: Final = re.compile(
    rf"{_IN}\b(?:the|that|my|our"
    rf"|your)\s+(?P<what>(?:[\w-]+\s+){{1,3}}?)(?P<noun>{_ONES})\b"
)
START: Final = re.compile(
    r"^(?P<what>[a-z]+)(?=\s+(?:in|at|with|by|on|during|should|could|must|needs?|a|twice|too|is|feels|looks"
    r"|seems|drags|lasts|takes|runs|wants|has|\d\S*"
    r"|longer|shorter|slower|faster|brighter|darker|first|last|goes|comes)\b|\s*:)"
)
NO_PLACE: Final = re.compile(
    r"(?:[a-z]+light|night|evening|morning|afternoon|dusk|dawn|noon|rain|snow|fog|mist|wind|storm)\b"
)
START_BARE: Final = re.compile(
    r"^(?P<what>[a-z]+)(?=\s+(?!(?:it|the|an?|him|her|them|that|this|some|more|all|everything|out|up|down|off"
    r"|back|over|again|and"
    r"|my|our|his|their|to|or|of)\b))"
)
START_DOING: Final = re.compile(
    r"^(?:the )?(?P<what>[a-z]+ing)(?=\s+(?:not|is|was|can|goes|out|drags|feels|takes|lasts|sends|has|seems|needs)\b)"
)
NO_START: Final = frozenset(
    "make let have show put set turn change add play move give keep get take cut go look start begin "
    "cut trim drop ditch lock extend shorten last first only about just around over under shot scene "
    "end zoom fade open bring use try come fly walk see write name call light".split()
)
BARE_ONE: Final = re.compile(rf"(?:^|,\s|\band\s)(?P<what>(?:[\w-]+\s+){{1,2}}?)(?P<noun>{NOUN})\b")
COUNTED: Final = re.compile(r"^(?P<n>two|three|four|five|six)(?=\s+(?:in|at|with|should|needs?)\b)")
IN_PLACE: Final = re.compile(
    r"\b(?P<lead>in|at|on|by|inside|for|to|before|after|during|with|of|over|under|near|around)\s+(?:(?:the|his"
    r"|her|their|that|this|our|my)\s+|(?!(?:a|an|some|another|it|them|him|me|us)\b))(?P<what>[\w-]+(?:\s+[\w-]+)?)\b"
)
WHILE: Final = re.compile(
    r"\b(?:while|when|as|where|moment)\s+(?:(?:the|a|his|her|it|he|she|they|we|before"
    r"|is|are|says|see)\s+)*(?P<what>[\w-]+(?:\s+[\w-]+){0,2})\b"
)
THE_DOING: Final = re.compile(r"\b(?:the|that|this|his|her)\s+(?P<what>[\w-]+(?:'s)?(?:\s+[\w-]+)?)\b")
PUT: Final = re.compile(
    r"\b(?:set|put|place|move|take|shift|relocate|stage|have|film|shoot) (?:the|that|this|his|her)"
    r" (?P<what>[a-z-]+(?: [a-z-]+)?)"
    r"(?= (?:all )?(?:in|on|at|to|into|inside|onto)\b)"
)
