"""Yes and no in people's words. Only a message that is nothing but a yes approves; text never moves a limit."""

from __future__ import annotations

import re
from typing import Final, Literal

from cutaway.conversation.keywords.phrasebook import Phrasebook
from cutaway.conversation.keywords.words import ADJECTIVES, COLOURS, PLACES, SUBJECTS, THINGS, TIMES, WEATHERS

_PRICE: Final = (
    r"(?:the|that|this|your) (?:price|cost|quote|amount|figure|total|plan|offer|estimate)|it|that|this"
    r"|all of (?:it|that)"
)
_VERY: Final = (
    r"(?:(?:a bit|a little|quite|really|very|so|just|all|pretty|rather|totally|absolutely|perfectly|way"
    r"|far|much|simply|still) )*"
)
_WORK: Final = (
    r"(?:(?:the )?(?:production|process|work)|it|this|that|them|these|everything|now|the (?:render(?:ing)?"
    r"|quote|order|job|film|video"
    r"|whole thing|plan|price))"
)

_SAID: Final = Phrasebook({
    "yes": rf"""
        (?:ok )?fire|(?:you(?:'ve| have) )?(?:twisted my arm|convinced me|got me)|you have my (?:approval|ok(?:ay)?
        |blessing|go|permission)|yes|yep|yeah|yup|yea|ya|yah|aye|y|sure(?: thing)?
        |surely|affirmative|indeed|roger|deal|sold|approved?
        |agreed?|confirm(?:ed)?
        |accept(?:ed)?|granted|permission granted|go|go on|go (?:right )?ahead|go for (?:it|that)|go with (?:it
        |that)
        |do (?:it|that|so|this)|make (?:it|that|them|it so|it happen)|let'?s (?:go|do (?:it|that|this)|go for it
        |roll|start|make it|go with it)
        |lets (?:go|do (?:it|that|this)|roll|start)|(?:i )?approve(?: {_WORK})?|(?:i\s)?(?:accept|confirm
        |agree(?:\s(?:to|with))?)(?:\s{_WORK})?
        |proceed|continue|carry\son|crack\son|fire\saway|start|start\s{_WORK}|start\s(?:rendering|making\s{_WORK})
        |begin|run\sit|ship\sit|send\sit|render(?:\s{_WORK})?
        |get\s(?:going|started|on\swith\sit)|kick\sit\soff|hit\sit|book\sit|order\s(?:it|that)|buy\sit
        |take\smy\smoney|i'?ll\stake\sit|i'?m\sin|count\sme\sin
        |(?:{_PRICE}|which)\s(?:{_VERY})(?:works|is\sok|is\sokay|is\sfine|is\sgood|is\sgreat|is\sacceptable
        |suits\sme|looks\sgood|sounds\sgood|looks\sfine|sounds\sfine)(?:\s(?:for|by|with|to)\s(?:me|us))?
        |(?:works|fine|good|ok|okay|alright|great|all\sgood|perfect)\s(?:for|by|with)\s(?:me|us)|(?:sounds
        |looks)\s(?:good|great|fine|perfect|right|ok|okay)\s(?:to|for)\sme
        |(?:i'?m|i\sam|we'?re|we\sare)\s(?:{_VERY})(?:happy|fine|ok|okay|good|cool|alright|content
        |all\sright)\swith\s(?:{_PRICE})
        |that'?s\s(?:{_VERY})(?:fine|ok|okay|alright|all\sright|acceptable|a\sdeal|a\syes)|fine\sby\sme
        |good\sto\sgo|green\slight
        |lgtm|absolutely|definitely|of\scourse|certainly|by\sall\smeans|be\smy\sguest|please\sdo|make\sit\sso
        |why\snot|you\s(?:can|may)(?:\s(?:start|go\sahead|do\sit|begin|proceed))?
        |that'?s\sa\syes|it'?s\sa\syes|i\ssay\syes|i\sdo|ready\swhen\syou\sare|with\spleasure|totally|for\ssure
        |hell\syes|yes\s?sir|si|oui|ja|👍|✅|👌|💯|🆗
    """,
    "ok": r"ok|okay|k|kk|okey(?:\sdokey)?|alright|all\sright|right|fine|fair\senough|very\swell",
    "weak": rf"""
        good|great|perfect|nice|cool|lovely|super|brilliant|excellent|awesome|wonderful|amazing
        |thanks(?:\s(?:a\slot|so\smuch|very\smuch))?|thank\syou(?:\s(?:so|very)\smuch)?|thx|ty|cheers
        |(?:(?:that|this|it)\s)?(?:looks|sounds)\s(?:{_VERY})(?:good|great|nice|fine|perfect|right|amazing|lovely
        |wonderful|awesome|fantastic|brilliant)|all\sgood
        |(?:that'?s|it'?s|this\sis|what\sa)\s(?:{_VERY})(?:good|great|nice|perfect|lovely|brilliant|cheap|fair
        |a\s(?:fair|good|great|nice|decent|reasonable)\sprice|(?:fair|good|great|decent|reasonable)(?:\sprice)?)
        |(?:i\s)?(?:love|like)\s(?:it|this|that)|not\sbad|no\sproblem|what\s(?:a\sbargain|are\syou\swaiting\sfor)
    """,
    "dear": rf"""
        (?:i|we) (?:don'?t|do not) have (?:the|that) (?:budget|money|kind of money)(?: for (?:it|that|this))?
        |(?:that'?s|it'?s|this\sis|thats|its|is)?\s?(?:(?:{_VERY})too|a\s(?:bit|little)\stoo|way\stoo|quite|rather
        |really|very|pretty|so|a\sbit)\s(?:{_VERY})(?:expensive|pricey|dear|costly|steep|much(?:\smoney)?
        |high)(?:\sfor\s(?:me|us|that|this|\w+\sseconds?|what\sit\sis))?
        |(?:that'?s|it'?s|thats|its)\s(?:{_VERY})(?:a\slot|lots|loads|expensive|pricey|steep|robbery
        |more\sthan\si\s(?:thought|expected|wanted|have|can\s(?:spend|afford)))(?:\sof\smoney)?(?:\sto\spay)?
        |more\sthan\si\s(?:thought|expected|wanted|planned)|(?:i|we)\s(?:can'?t|cannot|couldn'?t)\safford\s(?:it
        |that|this)|can'?t\safford\s(?:it|that|this)
        |(?:it'?s\s|that'?s\s)?(?:over|out\sof|above|beyond)\s(?:my|our|the)\sbudget|i\s(?:don'?t
        |do\snot)\shave\sthat\s(?:much|kind\sof\smoney)|(?:it'?s|that'?s)?\s?not\sworth\s(?:it|that|the\smoney)
        |for\s(?:that|it|just|only)?\s?(?:a\s)?(?:\w+\s)(?:seconds?|shots?|minutes?|film|video|clip)|for\s(?:that
        |this)
    """,
    "no": rf"""
        (?:absolutely|definitely|certainly|of course|surely|probably|better) not|not (?:at|for) (?:that
        |this) (?:price|money)|(?:please )?(?:don'?t|do not|dont) (?:finish|continue|go on
        |proceed)(?: with)?(?: (?:it|that|this|them))?
        |(?:please )?(?:don'?t|do not|dont) (?:render|make|start|do|produce) any(?:thing|more)?(?: of (?:it|this
        |that|them))?
        |(?:i )?(?:can'?t|cannot) justify (?:it|that|this)|no|nope|nah|naw|nay|no\sway|n|not\s(?:now|yet|today
        |tonight|really|this\stime|right\snow|at\sthe\smoment
        |for\snow|for\sme|like\sthis)|(?:maybe\s)?(?:later|another\stime|some\sother\stime|next\stime|tomorrow)
        |cancel(?:\s{_WORK})?|stop(?:\s{_WORK})?|stop\s(?:making|rendering)(?:\s{_WORK})?|abort(?:\s{_WORK})?
        |halt(?:\s{_WORK})?|halt
        |call\sit\soff|kill\s{_WORK}|quit(?:\sit)?
        |declined?(?:\s{_WORK})?|reject(?:ed)?(?:\s{_WORK})?|refuse[d]?|forget\s(?:it|that|about\sit)|never\s?mind
        |nvm|scrap\s(?:it|that)|drop\s(?:it|that)|bin\sit|hands\soff
        |(?:please\s)?(?:don'?t|do\snot|dont)(?:\s(?:do\s(?:it|that)|render(?:\s{_WORK})?|start(?:\s{_WORK})?
        |make\s{_WORK}|approve(?:\s{_WORK})?|spend(?:\s(?:anything|it|that|money|my\smoney))?|bother|buy\sit
        |go\sahead))?
        |(?:i|we)\s(?:do\snot|don'?t)\s(?:want\s(?:to|it|that|this)(?:\s(?:pay|spend)\s(?:that|that\smuch|it))?
        |think\sso|like\sthe\sprice|need\s(?:it|that|this))|(?:i|we)(?:'d|\swould)\srather\snot|rather\snot
        |leave\s(?:it|that)(?:\s(?:be|there|alone|at\sthat|for\s(?:now|today|later)|out))?|skip\s(?:it|that|this)
        |hold\s(?:on|off|it)(?:\s(?:a\s(?:sec|second|minute|moment)|for\snow))?|hang\son|wait(?:\s(?:a\s(?:sec
        |second|minute|moment)|up|please))?
        |(?:i'?ll\s|i\s)?pass(?:\son\s(?:it|that|this))?|(?:i'?ll|let\sme|i\s(?:need|want|have)\sto)\s(?:sleep\son
        |think\sabout|think\sover|consider)\s(?:it|that|this)(?:\sfirst)?|let\sme\sthink(?:\sabout\sit)?
        |(?:i'?m\s)?not\s(?:sure|interested|convinced|happy)(?:\sabout\s(?:it|that)|\swith\sthat)?
        |give\sit\sa\smiss|(?:that'?s\s|it'?s\s)?a\sno(?:\sfrom\sme)?|no\sdeal|no\sgo|👎|❌|🛑
    """,
    "regret": r"""
        (?:that'?s\s|it'?s\s|this\sis\s|that\swas\s)?(?:the\s)?wrong\s(?:film|video|one|thing|button|clip|version
        |chat)|(?:i\s(?:made|did)\s)?a\smistake|(?:i\s)?made\sa\smistake|my\s(?:mistake|bad)|(?:i|i've
        |i\shave)\schanged\smy\smind
        |(?:that'?s\s|that\sis\s|it'?s\s)?not\swhat\si\s(?:wanted|meant|asked\sfor|ordered)|(?:i\s)?did(?:n'?t
        |\snot)\smean\s(?:to|that|it)|by\s(?:mistake|accident)|oops|whoops|sorry|damn|no\sgood
    """,
    "fill": r"""
        please|pls|plz|then|now|and|but|so|well|with\s(?:it|that)|that|it|just|really|actually|for\snow|for\stoday
        |this\stime|straight\saway|right\saway|at\sonce|immediately|today|again|already|quickly|asap
        |hm+|u[hm]+|oh|ah+|aw+|hey|ha(?:ha)*|wow|ugh|er+m?|yo|man|mate|guys|dear|if\syou\s(?:like|want|must)
        |i\s(?:guess|suppose|think|mean|see)|you\sknow|in\sthat\scase|after\sall|thing|too|maybe|perhaps
        |as\s(?:it\sis|is|planned|quoted)|let'?s\ssee
        |let'?s|for\s(?:me|us)|😀|🙂|😊|🎉|🙏|😅|😬
    """,
})  # fmt: skip

Answer = Literal["yes", "no", ""]

_STOP: Final = re.compile(
    r"\b(?:stop|cancel|abort|halt|call it off|kill|(?:don'?t|do not) (?:finish|continue|proceed))\b|🛑", re.I
)
_MONEY: Final = re.compile(
    r"\b(?:approve|authori[sz]e|confirm|accept|allow|yes to)\b.*\b(?:everything|all|anything|any amount|budgets?"
    r"|spend(?:ing)?|limits?|quotes|charges?|automatically|always|from now on)\b"
    r"|\b(?:ignore|raise|lift|remove|disable|bypass|skip|override|increase|change|set)\b.*\b(?:budgets?|limits?"
    r"|approvals?|polic(?:y|ies)|rules|instructions|quotes?)\b"
    r"|\b(?:said|says|agreed|approved|told me)\b.*\b(?:any amount|what(?:ever)? you (?:like|want|need)|no "
    r"limits?|approved)\b"
    r"|\bspend (?:what|as much as|whatever)\b",
    re.I | re.S,
)


def answer_of(text: str) -> Answer:
    """Whether the whole message is a plain yes or a plain no; "" for praise alone, for both at once, for all else."""
    kinds = _SAID.kinds(re.sub(r"\s+", " ", text))
    there = set(kinds)
    if "no" in there and "yes" not in there:
        return "no"
    if "yes" in there and not there & {"no", "regret"}:
        return "yes"
    if (
        "dear" in there
        and not there & {"yes", "weak"}
        and re.search(r"\b(?:too|worth|afford|budget|money|more than|have that)\b", text, re.I)
    ):
        return "no"
    return "yes" if "ok" in there and not there & {"no", "regret", "dear"} else ""


def idle(text: str) -> bool:
    """Whether the words answer only a quote that waits: "right", "that's too much"."""
    kinds = set(_SAID.kinds(text)) - {"fill"}
    return kinds == {"dear"} or bool(re.fullmatch(r"\W*(?:right|left)\W*", text, re.I))


def turned_down(text: str) -> bool:
    """Whether a message turns down what waits or runs, a reason beside it: "no, that's more than my boss would pay"."""
    there, left = _SAID.lead(text)
    pieces = [piece for piece in re.split(r"[,.;!]+\s*", text) if piece.strip()]
    kinds = [set(_SAID.kinds(piece)) for piece in pieces]
    if any("yes" in kind for kind in kinds):
        return False
    plain = any("no" in kind for kind in kinds)
    remarks = all(kind or _REMARK.match(piece) for kind, piece in zip(kinds, pieces, strict=True))
    return (plain and remarks) or ("no" in there and bool(_REASON.match(left)))


_REMARK: Final = re.compile(
    r"(?:that'?s|thats|it'?s|its|this is|i|i'm|i've|we|we're|my|the (?:price|boss|budget)|too|not (?:at|for) "
    r"th(?:at|is)|for)\b"
    r"(?!.*\b(?:make|change|add|remove|should|instead|must|needs? (?!to (?:ask|check|think|talk|wait))|put"
    r"|give|want)\b)",
    re.I,
)
_REASON: Final = re.compile(
    r"(?:for|until|unless|at|because|since|as|before)\b(?!.*\b(?:make|change|add|remove|put|give)\b)", re.I
)


_TURNS_AWAY: Final = re.compile(
    r"\W*(?:(?:wait|hold on|hang on|oh|ah|please|hey|no)\W+)*(?:(?:no|nope|nah)\s*[,.!;]|nope|nah|let'?s not"
    r"|on second thoughts?\W+no|stop\b(?! (?:the |all )?"
    r"(?:music|camera|rain|snow|motion|sound|wind))|not paying|i'?m not paying|cancel|abort|(?:do not|don'?t) "
    r"(?:finish|continue|proceed|go on)\b)(?P<rest>.*)$",
    re.I,
)
_ORDERS_MORE: Final = re.compile(
    r"\b(?:make|change|add|remove|replace|swap|put|give|turn|use|set|move|should|instead|but|with|without|in"
    r"|at|shot|scene|one more|slower|faster"
    r"|darker|brighter|\w+er|night|day|rain|snow)\b",
    re.I,
)


_SHOWN: Final = (
    COLOURS | ADJECTIVES - {"old", "new"} | SUBJECTS | THINGS | PLACES | frozenset(TIMES) | frozenset(WEATHERS)
)


def turns_away(text: str) -> bool:
    """Whether a short message begins with a no or a stop and orders nothing else: "nope, not paying that"."""
    match = _TURNS_AWAY.match(text)
    if match is None or len(text.split()) > 10 or _ORDERS_MORE.search(match["rest"]):
        return False
    # "no, blue" is a change.
    return not set(re.findall(r"[\w']+", match["rest"].lower())) & _SHOWN


def regrets(text: str) -> bool:
    """Whether the message is only regret about what was ordered: "oops, wrong film"."""
    there = set(_SAID.kinds(text))
    bare = re.fullmatch(r"\W*(?:sorry|damn|oops|whoops)\W*", text, re.I)
    return "regret" in there and "yes" not in there and not bare


def says_stop(text: str) -> bool:
    """Whether a plain no means work under way; a mere "no" or "later" never stops anything."""
    return bool(_STOP.search(text))


def wants_money_moved(text: str) -> bool:
    """Whether a message tries to approve in bulk or to lift a limit; nothing in words can."""
    return bool(_MONEY.search(text[:2000]))
