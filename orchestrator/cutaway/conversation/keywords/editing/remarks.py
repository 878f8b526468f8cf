"""Remarks: what people tell of themselves, of their day and of what they like. None of it changes the film."""

from __future__ import annotations

import re
from typing import Final

from cutaway.conversation.keywords.lexicon import senses

_SLOWLY: Final = r"(?: \w+ly| just| also| still| always| once| really| even| both| all| actually)*"
_WISHES: Final = frozenset(
    """would should could want wants wanted need needs needed like liked love loved hate prefer preferred think thought
    wish hope mean meant guess suppose fancy see saw must might may rather said asked imagine picture can cannot shall
    do did dislike miss expect hear feel suggest propose vote go envision envisage forgot misread ought""".split()
)
_I: Final = re.compile(rf"^(?:and |but |so |well )*i{_SLOWLY} (?P<verb>[a-z]+)(?P<not> not)?")
_PUT: Final = re.compile(
    r"^(?:and |but )*i can ?not (?:quite |really |even )*(?:put my finger|say|tell|explain|wait|believe|help)\b"
)
_WE: Final = re.compile(
    rf"^(?:and |but |so |well )*(?:we|they){_SLOWLY} (?P<verb>will(?! (?:need|want|have to|post|run|go with"
    r"|take)\b)|had|were|went|met|got|won|lost|live|lived|got"
    r"|grew|grow|keep"
    r"|used to|have been|are (?:going|meeting|having|planning|off|all))\b"
)
_LET_ME: Final = re.compile(
    r"^(?:and |but |so )*let me (?:think|see|check|know|sleep|look|ask|get|finish|try to remember)\b"
)
_WE_DID: Final = re.compile(rf"^(?:and |but |so |well )*(?:we|they){_SLOWLY} [a-z]{{2,}}ed\b")
_MINE: Final = re.compile(
    r"^(?:and |but |so |well )*(?:my|our|his|her) (?!favou?rite\b)[a-z]+(?: [a-z]+)? (?:would (?:adore|love|like"
    r"|enjoy|hate|cry)"
    r"|will|loves?|adores?|likes?|hates?|thinks?|laughed|cried|was|were|says it is|is coming|lives?|died|used to"
    r"|enjoys?)\b"
)
_THIS: Final = re.compile(
    r"^(?:and |but |so |well )*(?:this|that|it|the [a-z]+(?: one)?) (?:really |always |just )*(?:reminds|brings"
    r" back|takes me|cheers"
    r"|makes (?:me|us|my)|made (?:me|us|my)|bothers|worries|goes by in a|is over in a|flies by|smells|tastes|has"
    r" such|speaks to)\b"
)
_OUTSIDE: Final = re.compile(
    r"^(?:and |but |so |well )*(?:it|there) (?:is|was|has been|had been|were|never|always|often|usually|hardly"
    r"|rarely|will be)\b"
    r".*\b(?:here|today|yesterday|this (?:morning|afternoon|evening|week|year)|last (?:night|week|year)|outside"
    r" my|on my way|at (?:ours|"
    r"home|work)|where (?:i|we) live|in (?:my|our) (?:village|town|city|country|eye|house"
    r"|life|street)"
    r"|by the way|right now over)\b"
)
_PRAISED: Final = re.compile(
    r"^(?:and |but |so |well )*(?:the|that|this|it|they|these|those|what|[a-z]+ing)\b.*\b(?:is|are|was|were)"
    r" (?:(?:just|so"
    r"|really|very|quite|by"
    r" far|absolutely|such an?|my|our|the|still|all|both) )*(?:favou?rites?|best|great|grand|lovely|brilliant"
    r"|wonderful|funny|perfect|fine"
    r"|gorgeous|hilarious|adorable|cute|sweet|amazing|beautiful|nice|good|spot on|an? (?:star|legend|hero|winner"
    r"|hoot|beauty|darling|treasure|keeper|hit|joy|delight|treat|gem))"
    r"(?: (?:one|bit|part|though|by far|as it is|to me|indeed))*$"
)
_THEN: Final = re.compile(
    r"\b(?:have|see|show|get|add|use|include|want|like|do|put|do with) (?:some of )?(?:that|this|it|those|them"
    r"|the same)\b(?: (?:too|as"
    r" well|here|in|please))*\W*$|\b(?:should|could|can|might) (?:it |that )?(?:show|be (?:there|in it|seen))\b"
)


def is_remark(text: str, message: str) -> bool:
    """Whether a clause only tells something. `message` may still ask for what it tells of: "could we have that too"."""
    if _THEN.search(message) or (re.search(r"\bnot\b", text) and not _PUT.match(text)):
        return False
    if (match := _I.match(text)) and match["verb"] not in _WISHES:
        return "VERB" in senses(match["verb"]) or match["verb"] in {"am", "was", "will", "had", "have"}
    if _PRAISED.match(text) and not re.search(r"\b(?:should|could|must|too|not)\b", text):
        return True
    return any(tells.match(text) for tells in (_PUT, _LET_ME, _WE_DID, _WE, _MINE, _THIS, _OUTSIDE))
