"""What people say around a film they want: fillers, wishes, kinds of film, counts and lengths."""

from __future__ import annotations

import re
from typing import Final

from cutaway.conversation.keywords.patterns import FILM_NOUN
from cutaway.conversation.keywords.words import NUMBERS

NUMBER: Final = rf"(?:\d{{1,4}}|{'|'.join(word for word in NUMBERS if word not in {'a', 'an', 'zero'})})"
NOUN: Final = (
    rf"(?:{FILM_NOUN}|(?:vid|gif|loop|promo|scene|tik\s?tok|short|stories|insta(?:gram)?|explainer|bumper"
    rf"|intro|outro|sting|montage|piece"
    r"|number|thing|one)s?)"
)

FILLER: Final = re.compile(
    r"(?:[A-Za-z]{2,12}!+\s+(?=[A-Z])|(?:bonjour|hola|ciao|hallo|hi|hello|hey|hiya|yo|ok(?:ay)?|so|well|hm+"
    r"|u[hm]+|like(?=,?\s+(?:could|can|would|maybe|so|we|you)\b)|erm|right|alright|please|pls|plz|now|then|and|but"
    r"|also|actually|maybe|perhaps"
    r"|possibly|idk|dunno|i dunno|i don'?t know|i guess|i suppose|i think|let'?s see|you know|basically|just"
    r"|simply|quickly|in english|lol"
    r"|ha(?:ha)+|sorry|oh|ah+|first of all|today|this time|as a test|for a start|for once|something like|kind "
    r"of|sort of|once upon a time|how it goes|cool"
    r"|what i (?:want|need|have in mind|would like) is|there(?:'s| is) (?:this|a) (?:idea|thing)|good "
    r"(?:morning|evening|afternoon)|real quick)\b[\s,.:;!?)-]*"
    r"|(?:fine|great|nice|good|perfect|lovely|thanks|thank you|yes|yeah|no|nah|english|awesome|sure"
    r"|there)\s*[,.!:;-]+\s*)",
    re.I,
)
FRESH: Final = re.compile(
    r"(?:(?:completely|totally|something|entirely|quite|now for|and now for|let'?s (?:try"
    r"|do))\s+)*(?:(?:something|anything)\s+)?(?:completely\s+|totally\s+|entirely\s+)?(?:different"
    r"|new)(?:\s+(?:now|idea|thing|one))?\s*[,.:;!-]+\s*"
    r"|(?:let'?s )?(?:start (?:over|again|afresh|from scratch)|from scratch|new (?:film|video|idea|project|story|clip"
    r"|movie)|(?:another|next|second|new) (?:film|video|clip|one|idea|topic|subject)|new (?:topic|subject)"
    r"|scrap (?:that|it|this|everything|the "
    r"\w+)|forget (?:that|it|this|everything|all that|about (?:that|it)|the \w+)"
    r"|(?:throw|bin|drop|dump|ditch) (?:that|it|this|everything)(?: (?:out|away))?|never mind (?:that|the \w+)"
    r"|enough of (?:that|the \w+))(?:\s+(?:now|then|please|again|instead|one|film"
    r"|video))*\s*[,.:;!-]+\s*(?:(?:and|but)\s+)?",
    re.I,
)
ANOTHER: Final = re.compile(
    r"(?:(?:ok(?:ay)?|now|and|so|right|then|well|thanks?|thank you|great|good|done with (?:that|this|it)(?: "
    r"one)?|(?:that|this)(?: one)? is done|next up"
    r"|moving on)\b[\s,.;!:-]+)*"
    r"(?:(?:could|can|may) (?:i|we|you) (?:please )?(?:have|get|do|make)\s+|(?:i|we)(?:'d| would)? (?:also "
    r")?(?:need|want|like)\s+|let'?s (?:do|have|make)\s+"
    r"|(?:make|do) (?:me |us )?)?"
    r"(?:(?:(?:one more|an? (?:extra|additional|further|separate|second|brand new|new|fresh)|another|new|next"
    r"|second|third|fresh|separate|extra)\s+"
    r"(?:\w+\s+)?(?:films?|videos?|clips?|movies?|jobs?|projects?|brief|order|commission|story|idea|reel|advert|ad))"
    r"|fresh start|clean slate|new start|(?:new|next|an? (?:different|new|separate)) one(?=\s*[:.?!,]"
    r"|\s+(?:please|for|now|too)\b))"
    r"(?P<more>(?:\s*,?\s+(?!an?\s|the\s+\w+\s+\w+s\b|where\b|of\b|with\b|about\b|in which\b|showing\b|that\b"
    r"|my\b|two\b)[\w'-]+){0,9}?)"
    r"(?:\s*[^:.;!?\n]{0,60}?(?<!\d):|\s*[.;!?,])\s+(?=\S)",
    re.I,
)
"""The beginning of another film than the one there is, with what it is for: "New clip for the under-tens: "."""
ASK: Final = re.compile(
    r"(?:(?:can|could|would|will|may|might) (?:you|we|i|u)(?: (?:please|kindly|maybe|perhaps|possibly|just"
    r"|also|quickly|help me(?: to)?|try(?: to)?|be able to|manage(?: to)?))*\b"
    r"|(?:would|is|will) (?:it|there) be (?:at all )?(?:possible|ok|okay|cool|nice|great)(?: for you)?(?: to| "
    r"if you could)|is it (?:at all )?possible(?: for you)? to|(?:is there )?any (?:chance|way)(?: (?:of|you "
    r"could|we could|i could|to|for))*"
    r"|do you think (?:you|we) (?:could|can)|(?:i(?:'m| am| was|'ve been)|just) wondering (?:if|whether) "
    r"(?:you|we|i) (?:could|can|might)|wonder if (?:you|we) could"
    r"|(?:i|we|my [\w']+(?: [\w']+)?|the kids|our \w+|everyone|he|she|they)(?:(?:'d| would|'ll) (?:really "
    r"|just |also |absolutely |so |quite |now )*(?:like|love|prefer|fancy|enjoy|want|need)| (?:really |just "
    r"|also |now )*(?:wants?|needs?))(?: (?:you|us))?(?: (?:to|for))?(?: (?:see|have|get|watch|try|make|do"
    r"|show))?"
    r"|(?:i(?:'m| am)|we(?:'re| are)) (?:after|looking for|in need of|thinking of|thinking about|thinking"
    r"|imagining|picturing|planning)|(?:i(?:'ve| have)|we(?:'ve| have)) (?:been thinking (?:about|of)|got "
    r"(?:an|this) idea|an idea)(?: (?:for|of|about))?"
    r"|(?:here(?:'s| is)|this is)(?: (?:the|my|an|one|our|a))? (?:idea|plan|story|scene|concept|plot|script"
    r"|thing|one)(?: (?:for you|i have))?|(?:my|the|our|an?) (?:idea|plan|concept|vision)(?: is| would be)?(?: "
    r"(?:to see|to show|that|this))?"
    r"|(?:would|'d) (?:really |also |so )?(?:like|love)(?: to (?:see|have|get))?|gotta (?:have|see)"
    r"|(?:it ?)?(?:could|would|might|'d) be (?:fun|nice|cool|great|good|lovely|funny)(?: (?:to (?:see|have|show"
    r"|get)|if))?"
    r"|help me(?: to)?|(?:can|could|should|might|let) (?:the|this|my|our) (?:film|video|clip|ad) (?:show|have"
    r"|be|feature|start (?:on|with)|open (?:on|with))"
    r"|what it (?:looks?|would look) like (?:when|if)|how it (?:looks|would look) (?:when|if)"
    r"|what happens (?:when|if)"
    r"|how about|what about|what if|imagine(?: this)?|picture (?:this|it)|think of|let'?s (?:go (?:for|with)"
    r"|say|have|make|do|see|try|start with|show|film|get)|let us (?:see|have|make)"
    r"|it (?:should|could|would|must|needs to|to) (?:be|show|have)(?: about)?|(?:i have|i've got|there'?s) "
    r"(?:this|an?|the) (?:\w+ )?(?:scene|idea|picture|image|vision|story)(?: in (?:my )?(?:mind|head))?|(?:it"
    r"|that) would be (?:nice|great"
    r"|cool|lovely|fun|awesome)(?: (?:to (?:see|have)|if))?|i(?:'d| would) be happy with|do you mind|would you "
    r"mind|go ahead and|try to|you (?:should|could)|we (?:should|could))\b[\s,:-]*",
    re.I,
)
MAKE: Final = re.compile(
    r"(?:make|mak(?=e?ing)|making|mke|create|creating|generate|produce|render|film|shoot|animate|draw|do|doing"
    r"|build|get|getting|have|see|show|showing|give|gimme|whip up|put together|knock (?:up|together|out)|come "
    r"up with|cook up|throw together"
    r"|prepare|design|try|need|want|imagine|picture|visuali[sz]e|depict|illustrate|display|present|advertise"
    r"|promote|start with|begin with|open (?:on|with))\b(?:\s+(?:me|us|(?:him|her|them|the kids)(?!\s+(?:\w+ing"
    r"|asleep|awake|in|on|at|under)\b)"
    r"|my \w+(?=\s+(?:an?|the|some|two|three|how|what|where)\b)|happen))?\b[\s,:-]*(?:(?:this|the "
    r"following)(?:\s+(?:story|scene))?\s*:\s*)?",
    re.I,
)
SHOWN: Final = re.compile(
    r"(?:show(?:ing)?|draw|animate|visuali[sz]e|imagine|picture|film|depict|illustrate|see|display|present"
    r"|advertise|promote)\b(?:\s+(?:me|us))?[\s:,]*",
    re.I,
)
KIND: Final = re.compile(
    rf"(?P<det>(?:an?|another|one|some|my|our|the|this)\s+)?(?P<words>(?:[\w'&/-]+\s+){{0,6}}?)(?P<noun>{NOUN})\s*",
    re.I,
)
FILM: Final = re.compile(rf"\b{NOUN}\b(?!['-])\s*", re.I)
TITLED: Final = re.compile(r"\s*(?:the\s+)?title\s*(?::|=|is)\s*(?P<title>[^.!?\n⟪⟫:]{1,60})[.!\n]\s*(?=\S)", re.I)
CALLED: Final = re.compile(r"\b(?:called|titled|entitled|named)\s+(?P<title>[A-Z][^⟪⟫:]{1,60})$")
TURN: Final = re.compile(
    rf"(?:turn|convert|make|transform|develop)\s+(?:my|our|the|this|that|these|those"
    rf"|what)\s+(?:[\w'-]+\s+){{0,4}}?(?:in)?to\s+(?:an?\s+)?(?:[\w-]+\s+){{0,2}}?{NOUN}\b",
    re.I,
)
KNOWN: Final = re.compile(r"(?:the|this|that)\b(?! following)", re.I)
HESITATION: Final = re.compile(r"[,\s]*\b(?:u[hm]+|erm?|hm+)\b[\s,]*", re.I)
SHAPED: Final = re.compile(
    r"(?:(?:9|16|1)\s?[:x]\s?(?:16|9|1)|vertical|square|wide\s?screen|portrait|landscape|720p|480p|hd"
    r"|silent)\b\s*[,.:;]\s*",
    re.I,
)
STYLED: Final = re.compile(
    r"(?:(?:an?|in|with|the)\s+)*(?:[\w-]+\s+){1,3}(?:look|style|vibe|feel|aesthetic)\b\s*[,:.]\s*", re.I
)
VAGUE_NOUN: Final = re.compile(
    r"(?:something|anything|stuff|some stuff|one|1)\s+(?:(?:really\s+)?(?:funny|cool|nice|cute|scary|short"
    r"|simple|fun|special|sweet|epic|sad|silly)\s+)?(?=(?:with|about|of|where|in which|that shows?|showing"
    r"|featuring|like|for)\b)|(?:something|anything)\s*(?:\w+\s*)?[,:]\s*",
    re.I,
)
CONNECT: Final = re.compile(
    r"(?:(?:please|about it|for (?:me|us)|maybe|in total|long)\s*[,:]?\s*)*(?:of|about|'?bout|abt|on"
    r"|for(?:\s+[\w'-]+){1,5}?(?=\s+(?:where|in which|that shows|of|about|with|so)\b)|for|showing|that "
    r"(?:shows?|has|features)|which shows?|where|wherein|in which|with|featuring|starring|from|to show|when"
    r"|like|:|-+|,|;|\.)(?=\s|$)[\s,:;.-]*(?:(?:where|how|of|about|that shows?|you see|we see"
    r"|this)\b\s*(?!one\b))?",
    re.I,
)
COUNT: Final = re.compile(
    rf"(?P<n>{NUMBER})[\s-]+(?:short\s+|quick\s+|different\s+|little\s+|separate\s+)?(?:shots?|scenes?|parts?"
    rf"|clips?|pictures?|panels?|images?)\b(?:\s*(?:please|in (?:total|all)|long|only"
    rf"|then))*(?P<after>\s*[,:.;-]*\s*)",
    re.I,
)
LENGTH: Final = re.compile(
    rf"(?:(?:about|around|roughly|max(?:imum)?|at most|just|only)\s+)?(?:{NUMBER}|half an?"
    rf"|a)[\s-]*(?:seconds?|secs?|s|minutes?|mins?)\b(?:\s+(?:long|each|per shot|a shot|in total|total|max"
    rf"|altogether|or so))*\s*(?:of\s+|[,:.;-]+\s*|$)",
    re.I,
)
COLON: Final = re.compile(r"(?<!\d):(?=\s)|\s(?:-|--)\s")
SHOT_HEAD: Final = re.compile(
    r"\b(?:(?:shot|scene|part|clip|act|panel|step)\s*(?:\d+|one|two|three|four|five|six)|(?:first|second|third"
    r"|last|final|opening) (?:shot|scene))\s*$",
    re.I,
)
ABOUT_WORK: Final = re.compile(
    rf"\b(?:{FILM_NOUN}|vid|shots?|scenes?|seconds?|idea|style|look|format|music|for|english|different|new"
    rf"|over|again|in hd|720p|480p|please|want|need|like|story|poem|verse|rhyme|haiku|limerick|song|lyrics"
    rf"|script|joke|dream|tale|sell|advertise|promote|promo|product|ad)\b"
    rf"|^(?:ok(?:ay)?|so|fine|well|right|now|hi"
    rf"|hello|hey)\b",
    re.I,
)
FIRST_PERSON: Final = re.compile(
    r"(?:(?:hi|hello|hey|so|ok(?:ay)?|well|and|also)\b[\s,!.]*)*(?:i|i'm|i've|i'd|we(?! (?:open|start|see"
    r"|begin|cut|end|move|are in))|we're|we've|it's for|it "
    r"is for|this is for|that's for|today is|tomorrow is|it's my|thanks|thank you|hi|hello|hey)\b",
    re.I,
)
OWN: Final = re.compile(r"(?:(?:hi|hello|hey|so|ok(?:ay)?|well|and|also)\b[\s,!.]*)*(?:my|our)\b", re.I)
LATER_WISH: Final = re.compile(
    r"(?:[,.;!]\s+|\s+)(?:(?:and|so|but|then)\s+)*(?=(?:can|could|would|will) (?:you|we|u)\b|(?:i'd|i would"
    r"|we'd|we would) (?:like|love)\b"
    r"|so,? (?:just|maybe|please|something)\b|(?:please|pls) (?:make|do|show|create|film|draw)\b|(?:i |we "
    r")?(?:need|want) (?:something|a|an|some|one)\b)",
    re.I,
)
PURPOSE: Final = re.compile(r"\s*for\b", re.I)
OF: Final = re.compile(r"\b(?:of|about|where|with|showing|in which|featuring)\b", re.I)
STORY: Final = re.compile(r"\b(?:tell|know|do|show)\b.*\b(?:story|tale|fable)\b", re.I)
SENTENCE: Final = re.compile(r"(?<=[.!?])\s+|\n+")
PRONOUN: Final = re.compile(r"^(?:it|he|she|they)\b(?!')", re.I)
