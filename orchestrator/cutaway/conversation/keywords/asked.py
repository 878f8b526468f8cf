"""What a question is about: the cost, how far the work is, the reasons of a decision. Read by cues, in any order."""

from __future__ import annotations

import re
from typing import Final

from cutaway.conversation.keywords.lexicon import senses
from cutaway.conversation.keywords.phrases import plural
from cutaway.conversation.keywords.segments import COMMANDS
from cutaway.conversation.keywords.words import ORDINALS

_LEAD: Final = re.compile(
    r"^(?:(?:hang on|hold on|wait(?: a (?:sec|second|minute|moment))?|one (?:more )?(?:thing|question|moment)"
    r"|quick question"
    r"|just (?:curious|wondering|asking|checking)|out of (?:interest|curiosity)|by the way|btw|sorry|erm?|u[mh]+"
    r"|hm+|oh|ah|yo|hiya|quick one"
    r"|ok(?:ay)?|so|and|but|well|now|then|also|actually|anyway|right|great|thanks|thank you|cool|hey|hi|hello|yes|no"
    r"|please|before (?:that|we (?:go on|start)|you (?:do anything|start))|first(?: of all)?|roughly"
    r"|approximately|about"
    r"|exactly|again|remind me(?: again)?|i forgot|i forget|tell me(?: again)?|let me know|do you know|any idea"
    r"|(?:can|could|would|will) you (?:please )?(?:tell|remind|show|explain to) me(?: again)?"
    r"|i(?:'d| would) (?:like|love) to know|i (?:just )?(?:want|wanted|need) to (?:know|ask)|i(?:'m| am) "
    r"(?:only |just )?asking"
    r"|i (?:only |just )?ask(?:ed)?|i wonder|i(?:'m| was|'ve been) wondering|may i ask|can i ask|only asking"
    r"|not ordering(?: anything)?"
    r"|just)\b[\s,.:;!-]*)+",
    re.I,
)
_OPENS: Final = re.compile(
    r"(?:(?:of|in|on|at|for|to|with|from) (?:how|what|which|whom|whose)|what|whats|wat|who|whos|whom|whose"
    r"|where|wheres|when|whens|which|why|whys|how|hows|is|isn't|are"
    r"|aren't|was|were"
    r"|does|doesn't|did|didn't|has|have (?:you|we|i|they)|had|should|shouldn't|am i|will (?:i|we)|would (?:i|we)"
    r"|do (?:you|we|i|they))\b"
    r"|(?:what|who|how|where|when|why)'(?:s|re|ll|d)\b",
    re.I,
)
# "and what we charge" names something; a question would turn the words round.
_MENTIONS: Final = re.compile(r"(?:and|also|plus|then)\s+(?:what|where|how|who)\s+(?:we|it|they|you|he|she|i)\b", re.I)
_TRIES: Final = re.compile(
    r"what an? \w+(?! (?:is|was|does|do))|(?:what|how) about\b|what if\b|(?:is|would) (?:it|there) (?:be )?(?:at "
    r"all )?(?:possible|ok|okay|fine|alright|all right"
    r"|any (?:chance|way)) (?:to|if|for|that|of)\b|how come you (?:don't|do not)\b",
    re.I,
)
_EMBEDDED: Final = re.compile(
    r"\b(?:(?:want(?:ed)?|would like|'d like|need|like|love) to (?:know|ask|hear)|(?:i'm|i am|i was|only|just) "
    r"asking|i (?:only |just )?asked"
    r"|(?:just|only|please|can you|could you) tell me|tell me|wonder(?:ing)?|question is|the question "
    r"was)\b[\s,:]*(?P<q>.+)$",
    re.I | re.S,
)

_VERSION: Final = r"(?:version\s*|v\s?|#\s?)(\d{1,4})"
_WORK: Final = (
    r"video|videos|film|films|clip|clips|movie|render|renders|rendering|shots?|scenes?|versions?|so far|up to "
    r"now|until now|spent|spend"
    r"|spending|budget|bill|billed|charged|charging|charge (?:me|us)|you charge|thread|conversation|generation"
    r"|quote|this cost|all this|all that|making|in total"
    r"|altogether|turn|edit|animatic|draft|a (?:minute|second) of|reply|use you|using (?:you|this)|approv\w+"
    r"|set me back|something like this"
)
_COST: Final = re.compile(
    r"\b(?:costs?|costing|prices?|priced|pricing|spent|spend|spending|budgets?|bills?|billed|charged?|charging"
    r"|charges|expensive|pay|pays|paying"
    r"|paid|payment|money|cheap|cheaper|fees?|dollars?|euros?|pounds?|cents?|owe|afford|set (?:me|us) back"
    r"|balance|credits?|invoice|tariff|rates?"
    r"|free of charge|for free|free|damage)\b|\bhow much\b(?!\s+(?:longer|more time|time|of|is left|left|has changed"
    r"|does it weigh|text|snow|rain))",
    re.I,
)
_SHOW_COST: Final = re.compile(
    r"(?:show|give|tell|see|any chance to (?:see|get)|(?:can|could|may) i (?:see|have|get))\b.*\b(?:costs?"
    r"|bill|invoice|spending|budget|quote|prices)\b",
    re.I,
)
_NAMED_COST: Final = re.compile(
    r"/?(?:the |total |my |any )*(?:costs?|budget|price|bill|expenses?|spending|invoice)(?: (?:so far|please"
    r"|total|now|first|(?:before|for) .{1,40}))*",
    re.I,
)
_PAST: Final = re.compile(r"\b(?:has|have|had|did|will|would|going to|so far)\b", re.I)
_ELSEWHERE: Final = re.compile(
    r"\bsee\s+(?:the|an?|my)\s+(?!films?\b|videos?\b|clips?\b|results?\b|finals?\b|pictures?\b|finished|real|thing|rest)\w+"
    r"|\bhow (?:is|are) \w+ going to\b|\bwhat(?:'s|s| is) (?:happening|going on) (?:in|at|on|to|with|when|during)\b|"
    r"\btakes?\b.*\b(?:to (?!finish|render|make|draw|complete|be|get|see|start|come|produce|generate|download|do "
    r"(?:it|this|that)|wait|have"
    r"|you|me|us|the end)\w+|in (?:an?|the|my|your) (?!end|queue|film|video|studio)|for (?:an?|the) (?!film"
    r"|video|clip|shots?|finals?|whole)|on (?:an?|the))"
    r"|\bor (?:an?|some) (?:computer|robot|human|person|machine|program|real)\b",
    re.I,
)
"""Words about the world, "how long does it take to boil an egg", or about the studio: not how far the work is."""
_WAITING: Final = re.compile(
    r"what (?:exactly |precisely |actually )?(?:am i|would i be|do i|are we) (?:approving|approve|paying|pay"
    r"|agreeing|saying yes)(?: (?:for|to))*(?: exactly)?"
    r"|what(?:'s| is) (?:waiting|the quote|pending)",
    re.I,
)
_THING: Final = (
    r"(?:it|that|this|they|things?|everything|all of it|any(?:thing| of it)|(?:the|my|our|that|this|your) "
    r"(?:new |whole |first |second |third |last |final |final )?"
    r"(?:video|film|clip|render(?:ing)?|shots?|movie|one|result|job|work|order|draft|animation|file|pictures?))"
)
_STATUS: Final = re.compile(
    rf"\b(?:status|progress|eta|any (?:news|progress|updates?))\b|^updates?\b"
    rf"|\b(?:is|are|was|isn't|aren't) (?:{_THING}|we|you|my \w+|shot \w+)(?: (?:all|already|almost|nearly"
    rf"|still|yet|nearly|even|finally|not))* (?:done|ready|finished"
    rf"|completed?|rendered|rendering|running|there|working|stuck|over|through|cooking|on (?:it|the way|its "
    rf"way)|being (?:made|drawn|rendered|worked on)|coming|in progress|busy|making|drawing|alive)\b"
    rf"|^(?:\w+ ){{0,6}}(?:done|ready|finished)(?: yet| already| now)?$"
    rf"|\bhow(?:'s| is| are| goes|s) (?:{_THING}|progress|the progress)(?: (?:going|coming|doing|progressing"
    rf"|looking|shaping|getting))?(?: (?:along|on|up|so far))*$"
    rf"|\bhow(?:'s| is|s) (?:{_THING}) (?:coming|going|progressing|shaping)\b|\bhow far (?:along|are|is|have"
    rf"|with|did)\b|\bhow (?:much|many) (?:longer|more (?:time|minutes))\b"
    rf"|\bhow (?:long|much time) (?:(?:will|does|do|is|would|should) (?:{_THING}|i|we|you)|(?:until|till"
    rf"|before|to go|left))\b(?!.*\b(?:play|last|run)\b)(?=.*\b(?:take|wait|need|be|until|till|left|go|have "
    rf"to)\b)"
    rf"|\bhow long (?:until|till|to go|left|more)\b|\bwhen (?:will|is|can|do|are|does) (?:{_THING}|i|we|you|my "
    rf"\w+)\b.*\b(?:done|ready|finished|complete|see|get|have|watch|come|be)\b"
    rf"|\b(?:what|whats)(?:'s| is| are|'re)? (?:you |being |it )?(?:still )?(?:taking|happening|going on"
    rf"|running)\b(?! in (?:the|it|this|shot|scene))|\bwhat(?:'s|s| is| are) (?:still )?being (?:made|rendered"
    rf"|drawn)\b"
    rf"|\bwhat (?:are|'re) you (?:still |currently )?(?:making|doing|rendering|drawing|working on|up to)\b"
    rf"|\bwhat's it doing\b"
    rf"|\b(?:are you|is it|is that|is anything|you|is something|is there anything) (?:still |currently |really "
    rf"|even )?(?:working|busy|rendering|drawing|making|running|being|on it|at it|in the works|under way)\b"
    r"|\bis (?:something|anything) (?:wrong|broken|stuck)\b|\bbeen (?:ages|forever|hours)\b|\btaking (?:forever|ages)\b"
    r"|\bit(?:'s| has| is) been (?:\w+ ){0,3}(?:minutes?|hours?|ages|a while|days?)\b|\b(?:order|job|it) (?:get"
    r"|got|go|gone|went) through\b"
    r"|\bstill nothing\b|\bnothing yet\b|\beverything (?:ok(?:ay)?|fine|all right|alright)\b"
    r"|\bcan (?:i|we) (?:get|have|see) (?:it|this|that) (?:by|before|today|tonight)\b"
    rf"|\b(?:any|no|see any) (?:sign|trace|luck|joy)s? (?:of (?:{_THING})|yet)|\bhow much longer\b"
    rf"|\bstill (?:working|rendering|on it|drawing|going)\b|\b(?:anything|something|what) (?:happening|going "
    rf"on|moving|running)\b|\bwhere(?:'s| is| are|s) (?:it|{_THING}|my \w+)$"
    rf"|\bdid (?:it|that|this|everything) (?:work|finish|go through|render|come out)\b|\bhas (?:{_THING}) "
    rf"(?:started|finished|arrived|begun)\b|\btaking (?:so|too|very) long\b",
    re.I,
)
_WHY: Final = re.compile(
    r"^/?why\b|\band why\W*$|\bwhy (?:did|do|was|is|are|does|have|not|this|that|these|those|it)\b|^how come\b"
    r"|\bwhat made "
    r"you\b|\bwhat(?:'s| is| was|s) (?:the|your) (?:reason(?:ing)?|logic|thinking|rationale|idea behind)\b"
    r"|\bhow (?:did|do|does|was|were|is) (?:you|it|this|that|the (?:model|artist|decision|choice"
    r"|router))\b.*\b(?:pick|picked|choose|chose|chosen|decided?|select|selected|made|drawn|work out)\b"
    r"|^(?:please )?(?:explain|justify)\b|\byou (?:explain|justify)\b|\b(?:tell me about|what is|what's) "
    r"(?:the |your |that )?(?:routing|model choice"
    r"|choice of model|decision|reason(?:ing)?)\b"
    r"|\b(?:which|what|whose) (?:ai )?(?:model|artist|provider|vendor|engine|generator)s?\b|\bwho (?:draws"
    r"|drew|is drawing|makes|made|is making|rendered|renders|did) (?:(?:it|this|that|these)(?= ?(?:$|,"
    r"|\b(?:one|shot|film|video|clip|picture|version|and)\b))|the (?:film|video|shots?|pictures?|clips?)|shot "
    r"\w+)"
    r"|\b(?:reasons?|reasoning|rationale) (?:for|behind|of)\b|\bon what (?:grounds|basis)\b",
    re.I,
)
_OURS: Final = re.compile(
    r"\b(?:you|your|this|that|it|its|these|those|one|shots?|scenes?|models?|vendor|artist|provider|route[rd]?"
    r"|routing|price|cost|costs|expensive|cheap|cheaper|slow|sketch"
    r"|decision|choice|video|film|clip|render(?:ed)?|re-?render|version|v\d+|another|again|words|remake|first"
    r"|second|third|last|not)\b|^/?why$",
    re.I,
)
_NO_WHY: Final = re.compile(
    r"^why (?:not|don't (?:you|we))\b(?! (?:the|a|this|that|use|that|another|\w+"
    r" model))",
    re.I,
)


def plain_question(text: str) -> str:
    """The question without what people say before it: "hang on, and how long is it" asks "how long is it"."""
    return _LEAD.sub("", text.strip()).strip()


def is_question(text: str) -> bool:
    """Whether this asks something rather than orders it."""
    text = text.strip()
    if _TRIES.match(text):
        return text.endswith("?")
    return text.rstrip(" !)").endswith("?") or bool(_OPENS.match(text) or _opens(plain_question(text)))


_BETWEEN: Final = re.compile(
    r"(?:do|does|did)\s+the\s+\w+(?:\s+and\s+the\s+\w+)?\s+(?:(?:ever|both|still|really|also)\s+)*(?P<verb>[a-z]+)\b",
    re.I,
)
_HABIT: Final = re.compile(
    r"(?:do|does|did)\s+(?:(?:the|an?|all|most|some|any|real|baby|young|old)\s+)?(?P<who>[a-z]+)\s+"
    r"(?:(?:ever|really|always|usually|also|all|still|even|actually)\s+)?(?P<verb>[a-z]+)\b",
    re.I,
)


def _opens(text: str) -> bool:
    """Whether a question word opens it, or "do" and who does it: "do dogs dream"."""
    if _OPENS.match(text):
        return True
    if (both := _BETWEEN.match(text)) and senses(both["verb"].lower()).get("VERB") == both["verb"].lower():
        return both["verb"].lower() not in {"shot", "scene", "again", "last"}
    match = _HABIT.match(text)
    if match is None or re.match(r"shots?|scenes?|you|we|i|it|this|that|not", match["who"], re.I):
        return False
    verb = match["verb"].lower()
    return (match[0][:2].lower() == "di" or plural(match["who"]) or match[0][:4].lower() == "does") and senses(
        verb
    ).get("VERB") == verb


def asks_plainly(text: str) -> bool:
    """Whether a question word opens the message, so that "fog?" and "could it rain?" are no questions."""
    asked = plain_question(text)
    if _REQUEST.search(asked) or (_WHEREVER.match(asked) and not text.rstrip().endswith("?")):
        return False
    if _MENTIONS.match(text) and not text.rstrip().endswith("?"):
        return False
    return _opens(asked) and not _TRIES.match(asked)


_WHEREVER: Final = re.compile(r"(?:where|when) (?:the|he|she|it|they|we|my|our)\b", re.I)
_REQUEST: Final = re.compile(
    r"^(?:is|would|are|was) (?:there|it|you) (?:any|a|some|be|able|at all|perhaps|maybe|possible|ok(?:ay)?|fine"
    r"|alright"
    r"|too late|too much)\b.{0,24}?\b(?:to|if (?:we|you|i|it)|that|(?:we|you|i|it|the \w+) (?:could|can|might))\b"
    r"|^why (?:not|don'?t (?:we|you))\b|^(?:should|could|can|will|would)n'?t (?:we|you)\b"
    r"|^do you (?:reckon|think|suppose)\b.{0,40}\b(?:could|might|should|can)\b"
    r"|(?:,|^[^?]{2,50},) is it (?:possible|ok(?:ay)?|fine|alright) (?:to|if)\b|^(?:is there )?any (?:chance|way)\b",
    re.I,
)
"""Questions that ask for something to be done."""
_INVERTED: Final = re.compile(
    r"(?:(?:of|in|on|at|for|to|with|from)\s+)?(?:what|who|whose|where|when|which|why|how)(?:'?s|'re|'d"
    r"|'ll)?\b(?:\s+[\w-]+){0,3}?\s+"
    r"(?:is|are|was|were|do|does|did|can|could|will|would|have|has|should|am)\b|(?:what|who|where|how|when)'?s\b"
    r"|(?:is|are|was|were|do|does|did|has|have|am)\b|how (?:long|many|much|far|big|come)\b|(?:what|who|why) "
    r"(?:made|happens|made|this|that|draws?|drew)\b",
    re.I,
)
_WISH: Final = re.compile(
    r"\b(?:should(?:n't)?|couldn't|wouldn't|supposed|i want|i'd (?:prefer|like)|instead|rather|make it|needs?)\b", re.I
)


def asks_only(text: str) -> bool:
    """Whether the message is a question and nothing else, so that none of its words changes the film."""
    if "?" in text.rstrip(" ?!.") or not asks_plainly(text) or _WISH.search(text):
        return False
    return text.rstrip(" !.").endswith("?") or (
        bool(_INVERTED.match(plain_question(text)) or _HABIT.match(plain_question(text))) and len(text.split()) <= 14
    )


def embedded(text: str) -> str:
    """The question inside "I'm not after a film, I just want to know how long it is", "" without one."""
    match = _EMBEDDED.search(text)
    if match is None:
        return ""
    return match["q"].strip(" .!")


def asks_cost(text: str, *, about_product: bool) -> bool:
    """Whether this asks what the work costs; `about_product` when "it" may be something that is sold."""
    asked = plain_question(text).strip(" ?!.")
    if _WAITING.fullmatch(asked):
        return True
    if _ORDERS.match(asked) or re.match(r"why|how come", asked, re.I) or (_MENTIONS.match(text) and "?" not in text):
        return False
    opened = is_question(text) or asked.lower().startswith(("how much", "can it", "could it"))
    if not (_NAMED_COST.fullmatch(asked) or _SHOW_COST.match(asked) or (opened and _COST.search(asked))):
        return False
    if (
        re.search(r"\bfree\b", asked, re.I)
        and not re.search(r"\b(?:is|it|this|that|for|are|you)\b.*\bfree\b(?:$| of charge|\?| to use)", asked, re.I)
        and not _COST.search(re.sub(r"\bfree\b", "", asked, flags=re.I))
    ):
        return False
    if about_product and re.search(
        r"\b(?:we|they) (?:charge|charging|ask|asking|take|sell|want)\b|\b(?:do|are) we (?:charg|ask|sell)", asked, re.I
    ):
        return False
    return bool(re.search(rf"\b(?:{_WORK})\b", asked, re.I)) or not about_product


_ORDERS: Final = re.compile(
    rf"(?:(?:can|could|would|will) (?:you|we|i) )?(?!show|give|have|use|let|no|do|cut\b)(?:{COMMANDS}|write"
    rf"|put)\b(?!\s+(?:me|us)\b)",
    re.I,
)


def spent_before(text: str) -> bool:
    """Whether a question about cost is about what was or will be spent, not about a price tag."""
    return bool(_PAST.search(text))


def is_status(text: str) -> bool:
    """Whether this asks how far the work is."""
    asked = plain_question(text).strip(" ?!.")
    return (
        bool(_STATUS.search(asked))
        and len(asked.split()) <= 16
        and not _ORDERS.match(asked)
        and not _ELSEWHERE.search(asked)
    )


def why_target(text: str) -> tuple[str, ...] | None:
    """The version a "why" is about, () for the current one; None when this does not ask about a decision."""
    asked = plain_question(text).strip(" ?!.")
    if not _WHY.search(asked) or not _OURS.search(asked) or _NO_WHY.match(asked) or len(asked.split()) > 24:
        return None
    if re.match(
        r"why (?:is|are|do|does|did|was|were|can|can't) (?:the|a|an|some|people|\w+s)\b", asked, re.I
    ) and not re.search(
        r"\b(?:you|your|shots?|scenes?|model|vendor|artist|film|video|clip|version|price|cost|picture|look"
        r"|render\w*|(?:the )?(?:first|second|third|last|other) one)\b",
        asked,
        re.I,
    ):
        return None
    match = re.search(_VERSION, text, re.I)
    return (match[1],) if match else ()


_ORDINAL: Final = re.compile(
    rf"\b(?:the\s+)?(?:(?:very\s+)?(?P<nth>{'|'.join(word for word, n in ORDINALS.items() if n > 0)})\s+"
    r"(?:version|one|cut|draft|film|video|edit)|original(?:\s+(?:version|one|cut|draft|film|video))?)\b",
    re.I,
)
_COMPARE: Final = re.compile(
    r"(?:compare|diff|differences?|contrast(?= (?:it|this|that|the|versions?|v\d)))\b|\bwhat(?:'s|s| is| are)?"
    r" (?:the |so )?(?:differences?|different"
    r"|changed|new)\b(?! (?:colou?r|name|text))"
    r"|\bwhat (?:has |have you |have we |have i |did you |did i |did we |exactly )*chang(?:ed?|es)\b|\bhow "
    r"(?:is|does|do|are) (?:it|(?:this|that) (?:version|one)|this|they|that|the \w+(?: version)?) (?:differ"
    r"|different|compare)\b"
    r"|\b(?:show|list|tell|give)(?: me| us)? (?:again )?(?:the |all |my )*(?:differences?|changes|diff|what "
    r"(?:has |is )?(?:changed|different|new))\b|\bside by side\b",
    re.I,
)


def compare_target(text: str) -> tuple[str, ...] | None:
    """The version numbers to compare, () for the last change; None when this is not a comparison."""
    if re.search(r"\bdifferences? (?:in|of) (?:price|cost|weight|size|colou?r|length|height)\b", text, re.I):
        return None
    if not _COMPARE.search(plain_question(text)) or re.match(r"(?:make|add|put|write|change)\b", text, re.I):
        return None
    text = _ORDINAL.sub(lambda match: f"version {ORDINALS[match['nth'].lower()] if match['nth'] else 1}", text)
    numbers = re.findall(
        r"(?:version\s*|v\s?|#\s?|\band\s+|\bwith\s+|\bto\s+|\bfrom\s+|\bbetween\s+)(\d{1,4})\b", text, re.I
    )
    return tuple(dict.fromkeys(numbers))[:2]
