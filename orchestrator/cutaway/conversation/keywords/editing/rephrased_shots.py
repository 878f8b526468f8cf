"""The same thing said in other words, about shots and the picture. See `rephrased`."""

from __future__ import annotations

import re
from typing import Final

from cutaway.conversation.keywords.editing.rephrased import PHRASES, Said, said
from cutaway.conversation.keywords.lexicon import senses
from cutaway.conversation.keywords.words import NUMBERS

_N: Final = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2})"
_TEENS: Final = "|".join(word for word in NUMBERS if word not in {"a", "an", "zero"})
_WHO: Final = r"(?:them|people|viewers?|everyone|everybody|folks|you|us|the (?:audience|viewers?|people|kids|children))"
_ONE: Final = r"(?:one|shot|scene|bit|part|clip)"


def _if_we(match: re.Match[str]) -> str:
    """The words "would it not feel lonelier if we backed away": what we did is what is wished for."""
    base = senses(match["verb"]).get("VERB", match["verb"])
    return f"{match['what'] or ''} {match['how'] or ''}{base}".strip()


def _tagged(match: re.Match[str]) -> str:
    """The words ", would it not?" ask for a nod, not for an answer."""
    return "" if (match[0].startswith(",") or " not" in match[0]) and match.start() > 6 else match[0]


def _same_unit(match: re.Match[str]) -> str:
    return f"{match['first']}{match['n']} seconds {match['prep']}"


SHOT_PHRASES: Final = said(
    # Good wishes are no times of day.
    (r"^(?:top of the )?(?:morning|evening|afternoon)(?: to (?:you|all|everyone)(?: all)?"
     r"| all| everyone| team| folks| dear| love| there)(?=\s*(?:[,.!;:]|$))", "hello"),
    (r"\b(?:a )?(?:very )?good (?:morning|evening|afternoon|night|day)(?: to (?:you|all|everyone)(?: all)?)?"
     r"(?=\s*(?:[,.!;:]|$))(?!, (?:make|for|in))", "hello"),
    (r"^(?:morning|evening|afternoon)(?:!+|,(?= (?:quick|just|could|can|all|hope|how|one)\b)) ?(?=[a-z])", "hello, "),
    # What somebody else says of it.
    (r"(?:^|(?<=[.;!?] ))(?:and |but |so |hm+ |ok |well )*(?:he|she|they|(?:my|our) [a-z]+|the (?:boss|client"
     r"|kids|team|wife"
     r"|missus|others)|boss|client|mum|mom|dad|everyone|everybody|people|marketing|legal) (?:(?:all )?(?:says?"
     r"|said|thinks?"
     r"|reckons?|feels?|insists?|suggests?|mentioned|told me|asked|noticed|point(?:s|ed) out|complained|would"
     r" prefer|is"
     r" sure|are sure))(?: that| it would be better if| to me)? (?=(?:it|the|that|this|there|we|you|i|shot|put"
     r"|make|add|they)"
     r"\b.*\b(?:should|must|needs?|ought|belongs?|has to|have to|could|can|is|are|too|goes|first|last|instead|put|make"
     r"|add)\b)", ""),
    (r",? (?:would|is|does|should|could|can|do|are|will|was)(?: not)? (?:it|they|we|you|that|he|she)(?: think|"
     r" agree)?(?=\s*[?!.]*$)"
     r"(?<!how would you)(?<!what do you)", _tagged),
    (r"\braining cats and dogs\b", "raining hard"),
    (r"\b(?:chuck|tip|bucket|throw|hammer|pelt|hoy|lash|pour|pee|piss)(?:s|ed|ing)? (?:it )?down\b", "rain hard"),
    (r"\b(?P<place>first|last|second|third)(?:,| and)? (?:rather than|not|instead of) (?:at the )?(?:first|last"
     r"|second|third|end|start)\b",
     r"\g<place>"),
    (r"^(?P<what>(?:shot |the )?[a-z]+(?: \d)?) ?= ?(?=[a-z\d])", r"\g<what>: "),
    (r"^i (?:can |always |just )?(?:picture|imagine|envisage|envision|pictured|imagined) (?=(?:the|it|that|this"
     r"|her|him|them)\b)", ""),
    (r"\bmeet me (?:in the middle|half ?way)\b", "halfway"),
    (r"\b(?:could|might) (?:really )?do with being\b", "should be"),
    (r"\bi (?:would|had) (?:rather|prefer) (?:not (?:to )?|never )(?:see|watch|be shown) (?=(?:the|that|those)"
     r" )", "remove the shot of "),
    (r"(?P<all>\b(?:in )?total|altogether|in all),? (?:split|divided|spread|shared|cut up) (?:up )?(?:evenly"
     r"|equally|fairly)",
     r"\g<all> evenly"),
    (r"\bslow(?:-| )?mo(?:tion)?,? (?:at |to |like )?(?P<n>\d{2}) ?(?:%|percent)(?! of)", r"\g<n>% speed"),
    # Where in the film.
    (rf"\bthe (?:last|final) {_ONE}? ?(?:but|bar) one(?: {_ONE})?\b", "the second to last shot"),
    (rf"\bthe (?:{_ONE} )?(?:just |right )?before (?:the )?(?:very )?last(?: {_ONE})?\b", "the second to last shot"),
    (rf"\bthe (?:{_ONE} )?(?:just |right )?after (?:the )?(?:very )?first(?: {_ONE})?\b", "the second shot"),
    (r"\b(?:the )?second from the end\b", "the second to last shot"),
    (r"(?:^|(?<=[.;,!?] ))(?:nr |no |number |clip )?(?P<n>[1-9]|1\d) ?[:)=] ?(?=[a-z])", r"shot \g<n>: "),
    (r"(?:^|(?<=[.;] ))(?P<n>[1-9]) (?=(?:at|in|with|needs?|should|could|must|goes|is|wants)\b(?! (?:total|all"
     r"|the (?:morning"
     r"|afternoon))\b))", r"shot \g<n> "),
    # What a shot "wants" it should have.
    (r"\b(?:wants?|needs?|begs?|deserves?|is crying out|cries out)(?: really| badly| just)? (?:to|for) (?=(?:be"
     r"|have|get"
     r"|last|come|go|start|end|play|run|look|feel|stay|move|open|begin|slow|speed|zoom|fade)\b)(?<!\bi want to )"
     r"(?<!\bwe want to )(?<!\byou want to )(?<!\bthey want to )(?<!\bi need to )(?<!\bwe need to )", "should "),
    (r"\b(?:could|might|can|would) (?:really |maybe |perhaps |also |just )*(?:do with|use|benefit from|stand)"
     r"(?= (?:a|an|some|more|less|the|[a-z]+ (?:light|rain|snow|fog))\b)", "needs"),
    # Suggestions.
    (r"^(?:and |so |ok |but )*(?:is there|would there be|i wonder if there is) (?:any|a|some) (?:way|chance"
     r"|possibility)"
     r" (?:that |of |to )?(?:(?:you|we|i) (?:can|could|might) )?", "could you "),
    (r"^(?:and |so |ok |but )*(?:any chance|any way)(?: (?:that|of|to))? (?:(?:you|we|i) (?:can|could|might) )?",
     "could you "),
    (r"^(?:and |so |ok |but )*(?:would|might|could|is) (?:it|that) (?:be )?(?:at all |perhaps |maybe"
     r" )*(?:possible|ok|alright|nice|better"
     r"|good|fine|feasible|an idea) for (?P<what>(?:the |my |our |it|them|that)[a-z ]{0,30}?) to"
     r" ", r"\g<what> should "),
    (r"^(?:and |so |ok |but )*(?:why not|why do not (?:we|you)|(?:should|could|can|will|would) not (?:we|you)|do"
     r" you (?:reckon|think"
     r"|suppose)(?: that)?(?= (?:we|you|i|it|the|that|this|they) ?[a-z ]{0,30}? (?:could|might|should|can)\b))"
     r" (?:we |you )?", ""),
    (r"^(?:and |so |ok |but )*(?:is it|would it be|am i) (?:asking )?too much(?: trouble)?(?: to ask)? (?:for|to"
     r"|if you|that you)(?: could)?"
     r" (?=[a-z])", ""),
    (r"\bcamera (?:might|could|should|can|must|would|to|ought to|may|will) (?!not\b)(?:be )?", "camera "),
    (r"(?<=, )is it (?:possible|ok|alright|fine) (?:to|if (?:we|you|i)) ", ""),
    (r"^(?:would|will|do you think|could|might)(?: not)? (?P<what>(?:it|this|that|the [a-z]+(?: [a-z]+)?|shot"
     r" \d))(?: not)?"
     r" (?:be|feel|look|seem|work|come across)(?: [a-z]+){1,3} if (?:we|you|it|the camera|i) "
     r"(?P<how>(?:[a-z]+ly |just |maybe )*)(?P<verb>[a-z]+)", _if_we),
    (rf"(?:,|\.|;| -| so| because| cos| as)* (?:i|we) (?:want|need|would like|would love|wanted) {_WHO} to (?:really "
     r"|actually |all |be able to )*(?:see|notice|feel|get|spot|hear|read|realise|realize|know|sense|look at"
     r"|focus on)\b"
     r"[^.;!?⟪:]*$", ""),
    (r"(?<=[a-z])'s (?=(?:too|way|far|a bit|a little|a tad|so|over|not|still|just|really|quite|rather|dragging"
     r"|taking)\b)",
     " is "),
    (r"(?:^|(?<=, )|(?<=and ))(?P<list>[1-9](?:(?:, | and )[1-9])+) (?=(?:stays?|should|are|in|with|at|on|gets?"
     r"|needs?|must|can|could|have"
     r"|remain|want)\b)", r"shots \g<list> "),
    (r"\b(?P<do>swap|switch|exchange|flip|lock|unlock|remove|delete|drop|lose|cut|ditch) (?P<a>\d) (?:and|&) (?P<b>\d)"
     r"(?! ?(?:seconds?|secs?|s|x|%|percent)\b)(?![\d.%])", r"\g<do> shots \g<a> and \g<b>"),
    (r"\b(?:is |are |was )?(?:far |way |a bit |a little )?too (?P<way>short|long) by (?:about |around |roughly "
     r"|some )?"
     rf"(?P<t>(?:{_TEENS}|an?|half a|\d+(?:\.\d+)?) ?(?:seconds?|secs?|s))\b",
     lambda m: f"should be {m['t']} {'longer' if m['way'] == 'short' else 'shorter'}"),
    (rf"(?P<first>\b(?:{_TEENS}|\d+(?:\.\d+)?) ?(?:seconds?|secs?|s)\b.{{0,20}}[;,.] ?[a-z ]{{3,30}}:"
     r" ?)(?P<n>\d+(?:\.\d+)?)"
     r"(?P<prep>)$", _same_unit),
    (r"^(?:i |we )?wish (?P<what>(?:the|that|this|it|his|her) ?[a-z]*) (?:was|were) ", r"\g<what> should be "),
    (r"\bthe (?:very )?(?P<place>first|last) thing (?:that )?(?:people|we|you|they|viewers|everyone|one)"
     r" sees?\b", r"the \g<place>"),
    (r"\b(?P<how>brighten|darken|lighten)(?: up)? (?P<what>(?:(?:the|that|this|my|our|shot) [a-z\d]+(?:"
     r" [a-z]+)??|it|them|everything))(?: up)?"
     r"(?= a (?:bit|notch|touch|tad|little|lot|shade)\b| please| slightly| *$|[,.;!])",
     lambda m: f"make {m['what']} {'darker' if m['how'] == 'darken' else 'brighter'}"),
    (rf"\bstart (?P<what>(?:the|that|shot) [a-z\d]+(?: [a-z]+)?) (?P<t>(?:{_TEENS}|an?|half a|\d+(?:\.\d+)?)"
     r" ?(?:seconds?|secs?|s))"
     r" (?:in|later)\b", r"trim \g<t> off the start of \g<what>"),
    # Amounts.
    (r"\bslow(?P<what>(?: (?:it|that|this|the [a-z]+))?)(?: down)? by (?P<n>\d{1,2}) ?(?:%"
     r"|percent)", r"make\g<what> \g<n>% slower"),
    (r"\bspeed(?P<what>(?: (?:it|that|this|the [a-z]+))?)(?: up)? by (?P<n>\d{1,2}) ?(?:%"
     r"|percent)", r"make\g<what> \g<n>% faster"),
    (r"\b(?:at |to |by )?x(?P<n>\d(?:\.\d+)?)(?![\w.]*\w)", r"\g<n>x speed"),
    (rf"(?P<first>\b(?:{_TEENS}|\d+(?:\.\d+)?) ?(?:seconds?|secs?|s)\b[^.;]{{3,40}}?(?:,|\band\b)(?: and)?"
     rf" ?)(?P<n>{_TEENS}"
     r"|\d+(?:\.\d+)?) (?P<prep>on|in|for|at|over|during)\b(?! (?:\d|all)\b)", _same_unit),
    (rf"(?P<first>\b(?:{_TEENS}|\d+(?:\.\d+)?) ?(?:seconds?|secs?|s)\b[^.;]{{0,40}}?(?:,|\band\b"
     rf"|\bbut\b)[^.;]{{3,40}}?"
     r" (?!shots? |scenes? |number )[a-z]+ )"
     rf"(?P<n>{_TEENS}|\d+(?:\.\d+)?)(?P<prep>)$", _same_unit),
    (r"\b(?:slow(?:ed|s)?|speed(?:ed|s)?|bring|take|drop)(?P<what>(?: (?:it|that|this|the [a-z]+))?)(?: down|"
     r" up)? to (?P<n>\d{1,3}) ?(?:%|percent)",
     r"play\g<what> at \g<n>% speed"),
    (r"\bshort(?:er)?,? (?:to |by )?(?:the )half\b", "half as long"),
    (r"\b(?:do|show|play|have|put|see|run) (?P<what>the [a-z]+(?: [a-z]+)?) (?:2|two) times(?! (?:as|faster"
     r"|slower|longer|the|speed))\b",
     r"repeat \g<what>"),
    (r"\b(?:more |something )?like (?=(?:double|twice|half|triple|three times)\b)", ""),
    (r"\b(?P<way>(?:too|so|way|far)? ?(?:long|short)(?:er)?),? (?:so )?(?:make|do|let us make|let us have)?"
     r" ?(?:it|that)? ?"
     r"(?P<how>double|triple)(?: (?:it|that))?(?= *(?:$|[,.;!]))",
     lambda m: f"should be {'twice' if m['how'] == 'double' else 'three times'} as long"),
    (r"\bover (?:(?:far|way|much|a bit|a little) )?too (?P<how>soon|quickly|fast)\b", r"over too \g<how>"),
    (r"\bgone (?:far |way |much )?too (?:soon|quickly|fast)\b", "over too quickly"),
    (r"\b(?:all in|all up|end to end|(?:from )?start to finish|for the (?:whole )?lot|the whole lot|all told)"
     r"(?= *(?:$|[,.;!]))", "in total"),
    # Shots as wholes.
    (r"\b(?:no-?body|no one|none of us)(?: really| actually)? (?:needs|wants|has|cares|asked) to (?:see"
     r"|watch) (?=(?:the|that|those|all) )", "remove the shot of "),
    (r"\b(?:we|i|you|it|the film) (?:can|could|would) (?:easily |happily |well |really )*(?:do|live|manage|cope)"
     r" without\b",
     "remove"),
    (r"\b(?:spare (?:us|me)|we need not (?:see|watch)|(?:i|we) (?:do not|never) (?:need|want|wish|care) to"
     r" (?:see|watch)) (?=(?:the|that|those) )", "remove the shot of "),
    (r"\b(?:have|take|do) another (?:crack|bash|whack|swing|run) at\b", "retake"),
    (r"\bgive (?P<what>it|that|the [a-z]+) another (?:crack|bash|whack|swing|run)\b", r"retake \g<what>"),
    (r"\b(?:shoot|film|draw|do|make|render|record) (?P<what>(?:it|that|this|them|the [a-z]+(?: [a-z]+)?)) "
     r"(?:afresh|anew|over(?: again)?|from scratch)\b", r"retake \g<what>"),
    (r"\b(?:swap|switch|flip|trade) (?P<what>[^,.;]{3,40}?) (?:round|around|over|about)(?= *(?:$|[,.;!?]|please))",
     r"swap \g<what>"),
    (r"\b(?:no-?body|no one)(?: else)? (?:is to|gets to|may|should|must|can|shall)?(?: ever)? ?(?:touch(?:es)?"
     r"|change[s]?|edits?|alters?|modif(?:y|ies)|updates?"
     r"|meddles? with|fiddles? with|mess(?:es)? with)\b", "never touch"),
    (r"\bnothing(?: else)? (?:is to|should|must|may|can|gets to|needs to)(?: be)? (?:changed?|altered?|touched?"
     r"|edited?)(?: (?:in|about|on|with|for))?\b",
     "never touch"),
    (r"\bdo not let (?:anyone|anybody|them|people|somebody) (?:touch|alter|change|edit|mess with|fiddle"
     r" with)\b", "never touch"),
    # The picture.
    (r"\bdark (?:already|by then|out(?:side)?|by now)\b|\b(?:already|still) (?:be )?dark(?: out(?:side)?)?\b(?!"
     r" [a-z]+ )",
     "night"),
    (r"\b(?:the )?sun(?: to)?(?: should| could| must)? (?:be|is) (?:just )?(?:rising|coming up)\b", "sunrise"),
    (r"\b(?:the )?sun(?: to)?(?: should| could| must)? (?:be|is) (?:just )?(?:setting|going down|sinking)\b",
     "sunset"),
    (r"\bif only (?:it|that|this|the [a-z]+) (?:was|were|is) not (?:so|quite so|that)\b", "it is too"),
    (r"\b(?:slow|speed) (?P<what>(?:the |that |this |it\b|them\b|him\b|her\b)[a-z ]{0,24}?) ?(?:right|way|all"
     r" the way) down\b",
     r"slow \g<what> at half speed"),
)  # fmt: skip
EVERY_PHRASE: Final = (*PHRASES, *SHOT_PHRASES)
"""All there is to say in other words, in the order it is tried."""

__all__ = ["EVERY_PHRASE", "SHOT_PHRASES", "Said"]
