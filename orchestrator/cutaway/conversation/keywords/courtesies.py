"""Greetings, thanks, goodbyes, laughter and praise: messages that need a word and no film."""

from __future__ import annotations

import re
from typing import Final

from cutaway.conversation.keywords.phrasebook import Phrasebook

_VERY: Final = r"(?:(?:so|really|very|just|quite|pretty|absolutely|truly|exactly|all|simply|actually|too|such|even) )*"
_GOOD: Final = (
    r"(?:nice|great|cool|awesome|wonderful|lovely|beautiful|brilliant|amazing|excellent|perfect|fantastic|gorgeous"
    r"|superb|stunning|sweet|incredible|fabulous|magic(?:al)?|cute|adorable|funny|hilarious|neat|impressive|good|fun"
    r"|delightful|spot on|it|right|what i (?:wanted|meant|needed|had in mind|was (?:after|looking for)))"
)
_IT: Final = r"(?:that|this|it|the (?:film|video|clip|result|first one|new one|last one|whole thing)|they|these|you)"

_SAID: Final = Phrasebook({
    "hello": r"""
        hi+(?: (?:there|again|all|everyone|folks|friend|you))?|hello+(?: (?:there|again|all|everyone|friend|you))?
        |hey+(?: (?:there|again|all|you|man))?|hiya|howdy|heya|yo|hullo|greetings|morning|evening
        |good (?:morning|afternoon|evening|day)(?: (?:all|everyone|to you))?|sup|wassup|what'?s up|whats up
        |welcome back|long time no see|(?:i'?m|we'?re) back
        |how (?:are|r) (?:you|u|things)(?: (?:doing|going|today|feeling))*|how'?s (?:it|things|life|everything
        |your (?:day|week|morning|evening))(?: going)?(?: today)?|how do you do|how have you been|nice to (?:meet
        |see) you
        |any(?:body|one) (?:there|home|in)|(?:are )?you there|is (?:anybody|anyone|somebody|someone) (?:there|home)
        |knock knock|testing|test|cutaway|studio|👋
    """,
    "thanks": r"""
        (?:i am|i'?m|we'?re|we are) (?:so |very |most |really )*(?:grateful|thankful|obliged)
        |(?:i'?m )?sorry (?:for|about) (?:my|the|that|all)(?: \w+){1,3}
        |(?:many |big |a thousand )?thanks?(?: (?:a (?:lot|million|bunch|ton)|so much|very much|again|for (?:the
        |that|this|your|all|everything|it|now)(?: (?:\w+ )?(?:video|film|help|work|clip|info|answer|patience|time
        |that|it|this))?|heaps|loads|guys))*
        |thank (?:you|u|ya)(?: (?:so|very|ever so|kindly|much|a (?:lot|million)|again|for (?:the|that|this|your|all
        |everything|it|now)(?: (?:\w+ )?(?:video|film|help|work|clip|info|answer|patience|time|that|it|this))?))*
        |thx|thnx|tnx|ty|tysm|cheers(?: mate)?|ta|much appreciated
        |(?:i )?(?:really )?appreciate (?:it|that|this|your help)|i owe you(?: one)?|bless you|🙏|❤️|❤|💙
    """,
    "praise": rf"""
        (?:(?:{_IT})(?:'s|\sis|\sare|'re|\slooks?|\swas|\sturned\sout|\scame\sout|\ssounds?|\sworks?|s
        |\sfeels?)\s)?{_VERY}{_GOOD}(?:\s(?:one|job|work|stuff|indeed|already|now|touch|so\sfar|this\stime))?
        |(?:(?:looks?|sounds?|feels?|works?)\s){_VERY}(?:{_GOOD}|well)|what\sa\s(?:{_GOOD}\s)?(?:film|video|shot
        |clip|result|beauty|laugh|surprise|delight)
        |(?:(?:i|we|he|she|they|my\s\w+|everyone|the\s\w+)\s(?:really\s|absolutely\s|just\s|all\s|so\s|do\s|will\s
        |would\s(?:have\s)?|is\sgoing\sto\s|are\sgoing\sto\s|am\sgoing\sto\s|'?ll\s)*)?(?:love|loved|loves|adore
        |adored|like|liked|likes|enjoyed|enjoy)\s(?:{_IT})(?:\s(?:so\smuch|a\slot|already|now))?
        |(?:the|my|our|his|her|that|this)\s\w+(?:\s\w+)?\s(?:is|are|looks?|was|were)\s{_VERY}(?:nice|great|cool
        |awesome|wonderful|lovely|beautiful|brilliant|amazing|perfect|fantastic|gorgeous|adorable|hilarious
        |stunning|cute|funny)
        |you\smade\smy\sday|(?:i|we)\s(?:really\s|just\s)*(?:love|like|adore)\s(?:how|the|that|this|his|her
        |their)\s(?!.*\b(?:better|more|less|but|version|before|old|previous|first|second|third|last|if|when
        |to)\b)(?:\w+\s){{0,2}}\w+
        |well\sdone|good\sjob|great\sjob|nice\sjob|nice\sone|great\swork|good\swork|bravo|kudos|spot\son|nailed\sit
        |you\s(?:nailed|did)\sit|you\srock|you'?re\s(?:the\sbest|a\s(?:star|genius|legend|wizard|lifesaver|gem)
        |{_VERY}{_GOOD})|(?:i'?m|we'?re)\s{_VERY}(?:happy|pleased|impressed|proud|touched|moved|excited|glad
        |delighted|thrilled
        |satisfied)(?:\s(?:with|of|by|about)\s{_IT})?
        |(?:i'?m\s)?(?:crying|dying|in\slove)|made\smy\sday|(?:it|that|this)\smade\smy\sday
        |better\sthan\si\s(?:thought|expected|hoped)|{_VERY}(?:well|clever|smart)|👏|🎉|😍|🔥|👍|💯
    """,
    "laugh": r"""(?:ha|he|hi|hah|ah|ja){2,}h?|ha(?:ha)*h?|lol+|lmao|rofl|lmfao|xd|hehe|teehee
        |😂|🤣|😄|😆|😅|😁|😀|🙂|😊|:\)|:-\)|;\)|:d""",
    "bye": r"""
        (?:good\s?)?bye+(?:\sbye)?(?:\s(?:for\snow|now|all|then))?|goodbye|good\s?night|night\snight|see\s(?:you|ya
        |u)(?:\s(?:later|soon|tomorrow|around|then|next\s(?:time|week)|on\s\w+|in\sa\sbit))*|cya|ciao|farewell
        |so\slong|take\scare|later(?:s)?|ttyl|cheerio|until\s(?:next\stime|tomorrow|then)|catch\syou\slater
        |(?:that'?s|thats|that\sis|that\swill\sbe|that'?ll\sbe)\s(?:all|it|everything|enough)(?:\s(?:for\s(?:today
        |now|me|tonight|the\smoment)|then|from\sme|i\sneed(?:ed)?))*|(?:i'?m|we'?re|i\sam)\s(?:done|off|finished
        |leaving|heading\s(?:off|out))(?:\s(?:for\s(?:today|now|the\sday)|now|then|here))*|i\s(?:have|need|got
        |'ve\sgot)\sto\s(?:go|run|leave)(?:\snow)?|gotta\s(?:go|run)|(?:have|enjoy)\s(?:a\s(?:nice|good|great
        |lovely)\s(?:day|one|evening|weekend|night)|your\s(?:day|evening|weekend))|talk\s(?:to\syou\s)?(?:later
        |soon|tomorrow)|brb|(?:speak|talk)\s(?:to\syou\s)?soon|(?:i'?ll\s)?be\sright\sback
        |(?:i'?ll\s)?be\sback(?:\s\w+)?
    """,
    "fill": r"""
        ok|okay|k|kk|oh|ah|aw+|wow|whoa|yay|woo+(?:hoo)?|omg|well|and|so|but|then|now|very|please|hm+|mm+|u[hm]+
        |yes|yeah|yep|no\sworries|no\sproblem|you\stoo|same\sto\syou|all|guys|everyone|man|mate|buddy|dude
        |my\sfriend|friend|team|for\snow|today|again|really|seriously|right|alright|fine|just|again|too
        |got\sit|i\ssee|understood|makes\ssense|noted|interesting|fair\senough|good\sto\sknow|that\s(?:helps
        |helped)|gotcha|cool
    """,
})  # fmt: skip

_REMARK: Final = re.compile(
    r"(?:i|i'm|i'll|i'd|he|he'd|she|she'd|they|they'd|we|we'll|it|it's|that|that's|thats|this|you|you're"
    r"|you've|you have|my"
    r"|exactly|just"
    r"|what a|how)\b(?!.*(?:\b(?:make|makes?|change|add|remove|should|could|can|instead|must|needs?|put|give"
    r"|want|wish|but"
    r"|except|only|too|not|n't|why|when|video|another|missing|wrong|less|more|delete|turn|show)\b|n't|\?))",
    re.I,
)


def is_filler(text: str) -> bool:
    """Whether a text says nothing at all: "ok", "well then"."""
    return set(_SAID.kinds(re.sub(r"\s+", " ", text))) == {"fill"}


def courtesy(text: str) -> str:
    """The kind of a message that is nothing but courtesy: "hello", "thanks", "praise", "laugh" or "bye"; else ""."""
    kinds = set(_SAID.kinds(re.sub(r"\s+", " ", text))) - {"fill"}
    if not kinds:
        there, left = _SAID.lead(re.sub(r"\s+", " ", text))
        # "thank you, he would have loved this": a remark after the courtesy asks for nothing.
        if not set(there) & {"thanks", "praise", "laugh"} or not _REMARK.match(left):
            return ""
        kinds = set(there)
    return next(kind for kind in ("bye", "thanks", "praise", "laugh", "hello") if kind in kinds)
