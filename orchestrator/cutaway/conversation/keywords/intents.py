"""What kind of message this is, before any shot or edit is read."""

from __future__ import annotations

import re
from typing import Final

from cutaway.conversation.keywords.text import slug
from cutaway.conversation.keywords.words import ORDINALS

_YES: Final = (
    r"yes|yep|yeah|yup|ya|y|sure|ok|okay|go|go ahead|go for it|do it|do that|proceed|confirm(?:ed)?|agreed?|accepted"
    r"|accept(?: it)?|"
    r"approved?|approve (?:it|this|that|the quote|the plan|the price|the render)|i approve(?: it| this)?"
    r"|render(?: it| this| that| them| now)?|"
    r"start(?: it| rendering| the render| now)?|run it|ship it|let'?s go|let'?s do it|looks good|sounds good|good"
    r"|great|perfect|fine|"
    r"lgtm|absolutely|definitely|of course|certainly|please do|make it so|that'?s fine|fine by me|all good|👍|✅|👌"
)
_YES_FILL: Final = r"please|then|now|thanks|thank you|and|with it|with that|that"
_WEAK: Final = r"good|great|perfect|fine|thanks|thank you|please|then|now|and|that|looks good|sounds good|all good"
_NO: Final = (
    r"no|nope|nah|n|not now|not yet|not today|later|maybe later|cancel(?: it| this| that| the render| the quote"
    r"| the order)?|"
    r"stop(?: it| that)?|decline[d]?(?: it| that)?|reject(?:ed)?(?: it)?|forget it|never ?mind|too expensive|too much|"
    r"don'?t(?: do it| do that| render(?: it| that)?| start| approve(?: it)?| spend(?: anything| it)?)?"
    r"|do not(?: do it| render(?: it)?| approve(?: it)?)?|"
    r"i (?:do not|don'?t) want (?:it|that|this)|leave it|skip it|hold on|wait|👎|❌"
)
_NO_FILL: Final = r"please|thanks|thank you|and|then|now|just|i'?d rather not|so|ok|okay"

_SEP: Final = r"[\s,.!;:]*"
_APPROVE: Final = re.compile(rf"(?:(?:{_YES}|{_YES_FILL})(?![\w']){_SEP})+", re.I)
_STRONG_APPROVE: Final = re.compile(rf"(?:(?:{_WEAK})(?![\w']){_SEP})+", re.I)
_DECLINE: Final = re.compile(rf"(?:(?:{_NO}|{_NO_FILL})(?![\w']){_SEP})+", re.I)
_FILL_ONLY: Final = re.compile(rf"(?:(?:{_NO_FILL})(?![\w']){_SEP})+", re.I)
_ORDER_MONEY: Final = re.compile(
    r"\b(?:approve|authori[sz]e|confirm|accept)\b.*\b(?:everything|all|anything|budgets?|spend(?:ing)?|limits?"
    r"|quotes?|charges?|automatically|always)\b"
    r"|\b(?:ignore|raise|lift|remove|disable|bypass|skip|override|increase|change|set)\b.*\b(?:budgets?|limits?"
    r"|approvals?|polic(?:y|ies)|rules|instructions|quotes?)\b",
    re.I | re.S,
)

GREETING: Final = re.compile(
    r"(?:hi|hello|hey|hiya|howdy|greetings|good (?:morning|afternoon|evening|day)|yo|sup|what'?s up"
    r"|how are you(?: doing)?(?: today)?)"
    r"(?:[\s,]+(?:there|again|all|cutaway|studio|everyone|friend))*[\s!.?,👋🙂😀]*",
    re.I,
)
THANKS: Final = re.compile(
    r"(?:(?:ok|okay|great|cool|nice|perfect|awesome|wonderful|lovely|oh|wow|many|very|so|and)[\s,!.]+)*"
    r"(?:thanks|thank you|thx|ty|cheers|much appreciated)\b(?:[\s,]*(?:so|very|a|lot|much|again|for|the|that|this"
    r"|video|film|help|all|everything|it|you))*[\s!.🙏❤️]*"
    r"|(?:(?:that'?s |it'?s |this is |looks |so |very |really |i (?:love|like) (?:it|this|that))\s*)*"
    r"(?:nice|great|cool|awesome|wonderful|lovely|beautiful|brilliant|amazing|love it|i (?:love|like) (?:it|this"
    r"|that)|well done|good job|excellent)[\s!.❤️]*",
    re.I,
)
HELP: Final = re.compile(
    r"(?:/?help(?: me)?|what (?:can|do) you do|how (?:does this|do you|does it) work|what (?:is this|are you)"
    r"|who are you|what can i (?:say|do|ask)"
    r"|how do i (?:start|use (?:this|it|you)|make (?:a|my) (?:video|film))|what do you need(?: to know| from me)?"
    r"|(?:can|do) you (?:make|do|create) (?:videos|films|movies|clips)|commands|options|\?+)[\s?!.]*",
    re.I,
)
HOLD: Final = re.compile(
    r"\b(?:do not|don'?t|no need to|without|never)\s+(?:you\s+)?(?:mak|render|creat|generat|start|show|film"
    r"|produc)(?:e|ing|s)?\s+"
    r"(?:(?:a|any|the|another|me a|new)\s+)*(?:video|film|clip|movie|render|animation)s?\b"
    r"|\b(?:do not|don'?t)\s+(?:make|render|create|generate|start|film|show)\s+(?:it\s+|that\s+|anything\s*"
    r"|me\s+)?(?:just yet|yet|for now|right now|now|anything)\b"
    r"|\bno (?:video|film|clip|movie)s?\b(?! (?:grain|noise))|\b(?:just|only) (?:talk|chat|words|tell me|text)\b"
    r"|\bnot a video\b|\bin words(?: only)?\b"
    r"|\bhold off\b",
    re.I,
)

_VERSION: Final = r"(?:version\s*|v\s?|#\s?)(\d{1,4})"
_UNDO: Final = re.compile(
    rf"(?:undo|revert|roll ?back|take (?:that|it) back|go back|back|step back|restore|return|un-?do)\b"
    rf"(?:\s+(?:it|that|this|the|last|previous|change|edit|one|step|please|a|my|to|before|version|by|turn"
    rf"|what i said))*"
    rf"(?:\s*{_VERSION})?[\s.!]*|(?:the )?previous version(?: please)?[.!]*|use {_VERSION}[\s.!]*",
    re.I,
)
_REDO: Final = re.compile(
    r"(?:redo|re-do)(?:\s+(?:it|that|this|the|last|change|edit|please|undone))*[\s.!]*|undo the undo[.!]*"
    r"|(?:go )?forward(?: again)?[.!]*",
    re.I,
)
_BRANCH: Final = re.compile(
    r"(?:(?:let'?s |now )?(?:create |start |make |open |try |take |begin )?(?:a |an |it |this )?(?:new |different "
    r"|another |separate |alternative )*"
    r"(?:branch|fork|direction|alternative|variation|variant)(?: (?:it|this|off|here))?)"
    r"(?:\s+(?:as|called|named|for|:)\s*(?P<name>.{1,60}?)|\s+(?P<q>⟪\d+⟫))?[\s.!?]*"
    r"|(?:switch|go|change|return) (?:back )?to (?:the )?(?:branch (?P<to>[\w -]{1,40})"
    r"|(?P<to2>[\w-]{1,40}) branch)[\s.!]*",
    re.I,
)
_COMPARE: Final = re.compile(
    r"(?:compare|diff|difference|differences)\b.*|(?:what(?:'s| is| are)? (?:the )?(?:difference|differences)"
    r"|what (?:has |have you |did you |did i )?changed?)\b.*"
    r"|(?:show (?:me )?)(?:the )?(?:difference|differences|changes|diff)\b.*|side by side.*",
    re.I,
)

_ORDINAL: Final = re.compile(
    rf"\b(?:the\s+)?(?:(?:very\s+)?(?P<nth>{'|'.join(word for word, n in ORDINALS.items() if n > 0)})\s+"
    r"(?:version|one|cut|draft|film|video|edit)|original(?:\s+(?:version|one|cut|draft|film|video))?)\b",
    re.I,
)

_VIDEO_WORDS: Final = (
    r"video|videos|film|clip|clips|movie|render|renders|rendering|shot|shots|version|versions|so far|spent|spend"
    r"|spending|budget|bill|"
    r"billed|charged|charge|thread|conversation|generation|quote|this cost|all this|making|in total|turn|edit"
    r"|animatic|draft"
)
_COST: Final = re.compile(
    r"\b(?:cost|costs|price|pricing|how much|spent|spend|spending|budget|bill|billed|charged|expensive|pay|money"
    r"|cheap|cheaper)\b",
    re.I,
)
_WAITING: Final = re.compile(
    r"what (?:am i|would i be|do i) (?:approving|approve|paying(?: for)?|pay(?: for)?)[\s?!.]*|what(?:'s"
    r"| is) (?:waiting|the quote|pending)[\s?!.]*",
    re.I,
)
_COST_ASK: Final = re.compile(
    r"^(?:/?(?:cost|costs|budget|price|bill)\b|(?:so )?(?:what|how much|how expensive|is|will|does|did|do|have|has"
    r"|am|are|show|tell|give|can|could)\b)",
    re.I,
)
_STATUS: Final = re.compile(
    r"(?:/?status|progress|any (?:news|progress|update)s?|update|(?:so )?(?:is|are) (?:it|that|they|the (?:video"
    r"|film|clip|render|shots?|movie)|my (?:video|film|clip)|everything|we|you)"
    r"(?: (?:all|already|almost|nearly|still|yet))* (?:done|ready|finished|complete|completed|rendered|rendering"
    r"|running|there|working|stuck|over)(?: yet| now| already)?"
    r"|(?:are we|you) (?:there|done)(?: yet)?|how(?:'s| is| are| goes) (?:it|things|the (?:video|film|clip|render"
    r"|rendering|shots?)|my (?:video|film)|everything)(?: (?:going|coming|coming along|doing|progressing))?(?: along"
    r"| so far)?"
    r"|what(?: are|'re) you (?:still )?(?:making|doing|rendering|drawing|working on|up to)"
    r"(?: (?:now|right now|there|at the moment|for me))*"
    r"|what(?:'s| is) (?:being (?:made|rendered|drawn)|taking so long|it doing)(?: now| right now)?"
    r"|(?:are you|is it|is that) (?:still )?(?:working|busy|rendering|drawing|making|running)"
    r"(?: (?:on|with) (?:it|that|this|the (?:video|film|clip)|my (?:video|film)))?(?: now| still)?"
    r"|still working(?: on it)?"
    r"|how far (?:along )?(?:is it|are (?:you|we))|when (?:will|is) (?:it|the (?:video|film|clip|render)|that"
    r"|everything|my (?:video|film))(?: be| going to be)? (?:done|ready|finished|complete)"
    r"|how (?:long|much longer) (?:will|does|do|is) (?:it|this|the (?:video|film|clip|render(?:ing)?)|that"
    r"|i)(?: (?:have to|going to))? (?:take|wait|need|be)(?: to (?:render|make|finish))?"
    r"|(?:still )?rendering|(?:done|ready|finished)(?: yet)?|where is (?:it|my (?:video|film)|the (?:video|film|file"
    r"|clip))|what'?s (?:the status|happening|going on|running))[\s?!.]*",
    re.I,
)
_WHY: Final = re.compile(
    r"/?why(?:\s+(?:this|that|the|did|do|was|is|are|not|it|so|you|a|these|which|choose|chose|chosen|use|used|using"
    r"|pick|picked|select|selected|model|models|one|"
    r"provider|route|router|sketch|artist|vendor|price|expensive|slow|cheap|cost|decision|choice|for|shot|in|\d+"
    r"|video|clip|v\d+|another|other|better|version|made|make|remake|again|regenerate|rendered|re-?render|show|make"
    r"|and|to|new))*[\s?!.]*"
    r"|(?:explain|tell me about|what is|what'?s) (?:the |your |that )?(?:routing|model choice|choice of model"
    r"|decision|reason(?:ing)?)[\s?!.]*"
    r"|(?:which|what) (?:ai )?(?:model|artist|provider|vendor)s? (?:did you|do you|are you|is|was|will you|made"
    r"|makes|drew|have you)\b.*",
    re.I,
)

# Said at the end of a message: how many hours there are. "Tonight" alone is when a scene plays, not when it is needed.
_TIME: Final = r"(tonight|overnight|tomorrow(?: morning)?|this week)"
_UNHURRIED: Final = re.compile(
    rf"[,;.]?\s*\b(?:and |but )?(?:{_TIME} (?:is|would be|will be) (?:fine|ok(?:ay)?|enough|soon enough|early enough)"
    rf"|by {_TIME}(?: at the latest)?|(?:there is |there's )?no (?:rush|hurry)|take your time)[.!]*\s*$",
    re.I,
)
_HOURS: Final = {"tonight": 12.0, "overnight": 12.0, "tomorrow morning": 16.0, "tomorrow": 24.0, "this week": 72.0}

_AT_ONCE: Final = re.compile(
    r"[,;.]?\s*\b(?:(?:go |and )?straight to (?:the )?finals?|in final quality|without (?:an )?outline(?: first)?)\b"
    r"\s*:?",
    re.I,
)
_FINISH: Final = re.compile(
    r"(?:(?:please |now |ok(?:ay)?,? |yes,? |great,? |perfect,? |good,? )*)(?:"
    r"(?:make|do|render|produce|create|give me|show me|order|i want|let'?s (?:make|do|have))\s+"
    r"(?:(?:it|this|that|me|the|a|all|of it|film|video|shots?|in)\s+)*"
    r"(?:for real|final|finals|real|properly|the real (?:one|thing|film|video)|final (?:quality|version|film|video|cut"
    r"|pictures?|render)|in final quality|real (?:video|film|pictures?))"
    r"|(?:the )?(?:final|finals|real one)|final (?:version|film|video|render|quality|pictures?)"
    r"|finish (?:it|this|the (?:film|video))|go final|upgrade (?:it|this) to final"
    r"|skip (?:the )?(?:drafts?|animatics?|outlines?|stills?)"
    r"(?:,? (?:and )?(?:go )?(?:straight )?to (?:the )?finals?)?"
    r"|straight to (?:the )?finals?)(?: now| please| for me| then)*[\s.!]*",
    re.I,
)

_PICTURES: Final = r"(?:stills?|still (?:pictures?|images?|frames?)|pictures?|images?)"
_STILLS: Final = re.compile(
    rf"(?:(?:please |now |ok(?:ay)?,? |yes,? |great,? |good,? |but )*)(?:/stills"
    rf"|(?:show me|make|give me|do|order|see|i want|let'?s (?:see|have|do|make)|let me see) (?:the |some |only |just )*"
    rf"{_PICTURES}(?: (?:first|only|before (?:the )?(?:finals?|film|video)))"
    rf"|(?:show me|make|give me|do|order) (?:the |some |only |just )*stills"
    rf"|(?:just|only) (?:the )?{_PICTURES}(?: first| for now)?|{_PICTURES} first|stills?(?: only)?)"
    r"(?: now| please| for me)*[\s.!]*",
    re.I,
)
_STILLS_FIRST: Final = re.compile(
    rf"[,;.]?\s*\b(?:(?:and |but |with )?(?:show me |just |only )*(?:the )?{_PICTURES} first|as stills first)\b"
    r"\s*[.!]*\s*$",
    re.I,
)

RESTART: Final = re.compile(
    r"(?:start (?:over|again|fresh|from scratch)|new (?:film|video|project)|from scratch|reset|clear everything"
    r"|remove everything|delete everything)[\s.!]*",
    re.I,
)
KEEP: Final = re.compile(
    r"(?:do not|don'?t) (?:change|do|touch|make|edit) (?:anything|a thing|it)[\s.!]*|(?:keep|leave) (?:it"
    r"|everything)(?: as (?:it|is|it is))?[\s.!]*|nothing(?: else)?[\s.!]*|that'?s (?:all|it)[\s.!]*",
    re.I,
)


def plainly_yes(text: str) -> bool:
    """Whether the whole message is an approval and nothing else; praise or thanks alone is not one."""
    said = _said(text)
    return bool(_APPROVE.fullmatch(said)) and not _STRONG_APPROVE.fullmatch(said)


def plainly_no(text: str) -> bool:
    """Whether the whole message turns something down."""
    said = _said(text)
    return bool(_DECLINE.fullmatch(said)) and not _FILL_ONLY.fullmatch(said)


def says_stop(text: str) -> bool:
    """Whether a plain no means work under way; a mere "no" or "later" never stops anything."""
    return bool(re.search(r"\b(?:stop|cancel)\b", text, re.I))


def wants_money_moved(text: str) -> bool:
    """Whether a message tries to approve in bulk or to lift a limit; nothing in words can."""
    return bool(_ORDER_MONEY.search(text[:2000]))


def undo_target(text: str) -> tuple[str, ...] | None:
    """() for the change before, ("3",) for a version; None when this is not an undo."""
    match = _UNDO.fullmatch(text)
    if match is None or re.fullmatch(r"return|restore", text, re.I):
        return None
    return tuple(group for group in match.groups() if group)


def is_redo(text: str) -> bool:
    """Whether this brings back what was undone."""
    return bool(_REDO.fullmatch(text))


def branch_target(text: str, quotes: tuple[str, ...]) -> tuple[str, ...] | None:
    """The branch's name as a slug, () without one; None when this is not about branches."""
    match = _BRANCH.fullmatch(text)
    if match is None:
        return None
    name = match["name"] or match["to"] or match["to2"] or ""
    if match["q"] or name.startswith("⟪"):
        name = quotes[int(re.sub(r"\D", "", match["q"] or name) or 0)]
    named = slug(name, "", 40)
    return (named,) if named else ()


def compare_target(text: str) -> tuple[str, ...] | None:
    """The version numbers to compare, () for the last change; None when this is not a comparison."""
    if not _COMPARE.fullmatch(text):
        return None
    text = _ORDINAL.sub(lambda match: f"version {_nth(match)}", text)
    numbers = re.findall(r"(?:version\s*|v\s?|#\s?|\band\s+|\bwith\s+|\bto\s+|\bbetween\s+)(\d{1,4})\b", text, re.I)
    return tuple(dict.fromkeys(numbers))[:2]


def _nth(match: re.Match[str]) -> int:
    return ORDINALS[match["nth"].lower()] if match["nth"] else 1


def asks_cost(text: str, *, about_product: bool) -> bool:
    """Whether this asks what the work costs; `about_product` when "it" may be something that is sold."""
    if _WAITING.fullmatch(text):
        return True
    if not _COST.search(text) or not _COST_ASK.search(text):
        return False
    return bool(re.search(rf"\b(?:{_VIDEO_WORDS})\b", text, re.I)) or not about_product


def unhurried(text: str) -> tuple[str, float | None]:
    """The message without words that say there is time, and the hours they give; None when they give none."""
    match = _UNHURRIED.search(text)
    if match is None:
        return text, None
    rest = text[: match.start()].strip(" ,;")
    return (rest, _HOURS.get((match[1] or match[2] or "tomorrow").lower(), 24.0)) if rest else (text, None)


def without_outline(text: str) -> tuple[str, bool]:
    """The message without words that ask for finals at once, and whether it had some beside something to show."""
    match = _AT_ONCE.search(text)
    if match is None or is_finish(text):
        return text, False
    rest = f"{text[: match.start()]} {text[match.end() :]}".strip(" ,;:.")
    return (rest, True) if len(rest.split()) >= 2 else (text, False)


def stills_first(text: str) -> tuple[str, bool]:
    """The message without words that ask for stills first, and whether it had some beside something to show."""
    match = _STILLS_FIRST.search(text)
    rest = text[: match.start()].strip(" ,;:.") if match else ""
    return (rest, True) if len(rest.split()) >= 2 else (text, False)


def is_stills(text: str) -> bool:
    """Whether this asks for stills of what is outlined, before any final."""
    return bool(_STILLS.fullmatch(text))


def is_finish(text: str) -> bool:
    """Whether this asks for final pictures of what is outlined."""
    return bool(_FINISH.fullmatch(text))


def skips_drafts(text: str) -> bool:
    """Whether a wish for finals says that no draft is to come between."""
    return bool(re.search(r"\b(?:skip|straight|without (?:a )?drafts?|no drafts?)\b", text, re.I))


def is_status(text: str) -> bool:
    """Whether this asks how far the work is."""
    return bool(_STATUS.fullmatch(text))


def why_target(text: str) -> tuple[str, ...] | None:
    """The version a "why" is about, () for the current one; None when this does not ask about a decision."""
    if not _WHY.fullmatch(text):
        return None
    match = re.search(_VERSION, text, re.I)
    return (match[1],) if match else ()


def is_question(text: str) -> bool:
    """Whether this asks something rather than orders it."""
    return text.rstrip().endswith("?") or bool(
        re.match(
            r"(?:what|who|whom|whose|where|when|which|why|how|is|are|was|were|does|do you|did|has|have you|should|am"
            r"|tell me (?:about|what|how|who|why|if))\b"
            r"|what'?s|who'?s|how'?s|where'?s",
            text,
            re.I,
        )
    )


def _said(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()[:200]
