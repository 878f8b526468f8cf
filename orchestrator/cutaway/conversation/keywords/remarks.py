"""What people say around a wish: greetings, goodbyes, joy, excuses, news of their own. None of it is a wish."""

from __future__ import annotations

import re
from typing import Final, Literal

from cutaway.conversation.keywords.courtesies import courtesy, is_filler
from cutaway.conversation.keywords.lexicon import can_be, is_past, senses
from cutaway.conversation.keywords.segments import COMMANDS

Kind = Literal["hello", "bye", "thanks", "praise", "laugh", "fill", "complaint", "elsewhere", "news", ""]

_SPELLED: Final = (
    (re.compile(r"\bgonna\b", re.I), "going to"),
    (re.compile(r"\bgotta\b", re.I), "got to"),
    (re.compile(r"\b(?:can'?t|cant)\b", re.I), "can not"),
    (re.compile(r"\bwon'?t\b", re.I), "will not"),
    (re.compile(r"\b(do|did|does|is|was|are|were|had|has|have|could|would|should)n'?t\b", re.I), r"\1 not"),
    (re.compile(r"\b(i)'?m\b", re.I), r"\1 am"),
    (re.compile(r"'ve\b", re.I), " have"),
    (re.compile(r"'ll\b", re.I), " will"),
    (re.compile(r"'re\b", re.I), " are"),
    (re.compile(r"'d\b", re.I), " would"),
    (re.compile(r"\b(it|that|he|she|here|there|what|train|taxi|bus|phone|battery|boss|mum)'?s\b", re.I), r"\1 is"),
    (re.compile(r"\b(dinner|lunch|tea|supper|breakfast|food|dad|kettle|oven|baby)'s\b", re.I), r"\1 is"),
    (re.compile(r"\blet'?s\b", re.I), "let us"),
    (re.compile(r"\bdont\b", re.I), "do not"),
    (re.compile(r"\bim\b", re.I), "i am"),
    (re.compile(r"\bits\b(?= (?:a|an|the|for|so|too|not|my|our)\b)", re.I), "it is"),
    (re.compile(r"\bthats\b", re.I), "that is"),
)  # fmt: skip
_TAG: Final = re.compile(
    r"(?:do|does|is|are|was|were|did|have|has|had|could|would|wo|ca|should)(?:n'?t| not)? (?:it|they|he|she|you"
    r"|we|that|there|i)|innit"
    r"|right|eh|huh|hey|no",
    re.I,
)
_LEAD: Final = re.compile(
    r"^(?:(?:oh|ah|aw+|right|ok(?:ay)?|so|well|and|but|anyway|anyhow|sorry|ha(?:ha)+|lol|hm+|u[hm]+|erm|yes|yeah|no|also"
    r"|honestly|seriously|really|actually|just|omg|ooh|gosh|still|then|now|wow|by the way|btw|to be honest|i'?m afraid"
    r"|unfortunately|luckily|because|as|since|cos|cause|whoa|please)\b[\s,]*)+",
    re.I,
)
_AFTER: Final = re.compile(
    r"[\s,]+(?:lol|ha(?:ha)+|btw|by the way|to be honest|tbh|honestly|though|too|as well|now|already|today|again|dear"
    r"|love|mate|please|really|you know|(?:do not|don'?t|is not|isn'?t|aren'?t) (?:you|they|it|he|she))$",
    re.I,
)
_BEST: Final = re.compile(
    r"(?:.*\b(?:says?|said|thinks?|thought|reckons?)\s+)?(?:it|this|that|you|they)\s+(?:is|are|was|were|has "
    r"been)\s+(?:by far\s+|easily\s+|just\s+)?"
    r"(?:the\s+(?:best|funniest|nicest|greatest|cutest|loveliest|sweetest|coolest|prettiest|most \w+)\b.*|(?:so "
    r"|really |very |absolutely )*(?:brilliant|great"
    r"|lovely|wonderful|amazing|fantastic|perfect|beautiful|hilarious|adorable|superb|fab|cute))",
    re.I,
)
_WISHES: Final = re.compile(
    r"\b(?:(?:should|shall|wants?|wanted|would like|wish(?:es)?|prefer|rather (?:have|not|be)|instead|ought|needs?"
    r"|please|let (?:us|it|the|him|her|them)|(?:can|could|would|will) (?:you|we|i)|(?:you|we) (?:can|could"
    r"|might)|how about|what about|what if|why not"
    r"|would love|better if|nicer if|supposed to|has to|have to be|must|meant|mean|more|less|too \w+|not enough|except"
    r"|everywhere|another|missing)\b|⟪)",
    re.I,
)
_COMMANDS: Final = re.compile(
    rf"(?:{COMMANDS}|write|wait|hold|film|draw|go ahead|go on|go for it|ship it|send it|stop)\b(?! (?:us|me) know)",
    re.I,
)
_KIN: Final = (
    r"(?:(?:my|our|his|her|their|the|your)\s+(?:(?:little|big|old|whole|dear|entire|youngest|eldest|own)\s+)*"
    r"(?:gran|granny|nan|nana|nanny|grandma|grandpa|grandad|granddad|grandmother|grandfather|mum|mom|mummy|mother|dad"
    r"|daddy|father|parents?|wife|husband|partner|boyfriend|girlfriend|fianc[eé]e?|son|daughter|kids?|children|boys|girls"
    r"|brothers?|sisters?|aunt|auntie|uncle|cousins?|niece|nephew|family|friends?|mates?|boss|manager|colleagues?|team"
    r"|client|customers?|clients|class|students|pupils|teacher|neighbours?|neighbors?|landlord|treasurer|committee|crew"
    r"|investors?|producer|editor|director|grandchildren|grandkids|in-laws|flatmate|roommate|office|choir|club)"
    r"|mum|mom|dad|nana|gran|granny|boss|everyone|everybody|nobody|people|folks|someone|somebody)"
    r"(?:\s+(?:at|from|in)\s+(?:work|home|school|the\s+\w+))?"
)
_SURELY: Final = (
    r"(?:(?:is|are|was|were|will|would|am|has|have|had|going to|be|surely|probably|definitely|absolutely|totally|so|all"
    r"|really|just|already|gonna|always|only|completely|quite|very|also|both|even|already|still|bound to|sure to)\s+)*"
)
_DELIGHTS: Final = (
    r"(?:(?:loves?|loved|likes?|liked|adores?|adored|enjoys?|enjoyed)(?=\s*$|\s+(?:it|this|that|these|those|them|him|her|how|what"
    r"|the|your|every\w*|all|seeing|watching)\b)|laugh\w*|howl\w*|cry|cries|cried|crying|weep\w*"
    r"|giggl\w+|scream\w*|flip\w*|freak\w*|faint\w*|smil\w+|beam\w*|melt\w*|die|died|dying|lost it|lose it|over "
    r"the moon"
    r"|in stitches|in tears|thrilled|delighted|chuffed|happy|pleased|proud|jealous|impressed|speechless"
    r"|surprised|amazed"
    r"|excited|touched|moved|obsessed|hooked|stunned|grateful|a fan|fans|fine with|ok with|okay with|good with|for it)"
)
_JOY: Final = re.compile(
    rf"(?:{_KIN}|he|she|they|we|i)\s+(?:could not\s+|can not\s+(?:wait|believe|stop)\b)?{_SURELY}{_DELIGHTS}\b"
    r"(?!.*\b(?:more|better|if|when|but|not|only)\b)"
    r"|(?:it|that|this|the \w+(?: \w+)?|he|she|they|you|[a-z]+ing)\s+(?:always\s+|really\s+|just\s+|totally\s+|all\s+)*"
    r"(?:cracks?|cracked|makes?|made|gets?|got|has|had|gives?|gave|kills?|slays?|sends?)\s+(?:me|us|my|our|everyone"
    r"|everybody)\b(?! (?:want|need|wonder|think))"
    r"|(?:sick|(?:just\s+)?wow|fire|legend|insane|wicked|ace|mint|class|bliss|magic|genius|epic stuff|dope|lit"
    r"|bravo|hurray|hooray|yay"
    r"|yess+|get in|love it|chef'?s kiss|goosebumps|tears in my eyes)$"
    r"|(?:this|that|it|these|they)\s+(?:is|are|was)\s+(?:so\s+|really\s+|pure\s+|just\s+|absolute(?:ly)?\s+|a\s+)*(?:fire"
    r"|gold|magic|sick|class|ace|everything|him|her|them|us|it|exactly .+|just like .+|hilarious|precious|genius|wild"
    r"|insane|bonkers|mad)"
    r"|(?:that|this|the)\s+\w+\s+(?:is|are|looks?)\s+(?:exactly|just|so much|totally)\s+like\s+(?:ours|mine|my"
    r"|our|him|her)\b.*"
    r"|i\s+(?:could|can|would|will)\s+(?:not\s+)?(?:watch|look at|stop|believe|wait|have done|have asked)\b.*"
    r"|(?:could|can)\s+not\s+(?:have|be|believe|wait|stop)\b.*"
    r"|(?:so\s+|even\s+|way\s+|much\s+)?(?:better|nicer|funnier|lovelier|more \w+)\s+than\s+(?:i|we)\b.*"
    r"|(?:i|we)\s+(?:am|are|was|were)\s+(?:so\s+|really\s+|very\s+|just\s+|quite\s+)*(?:happy|pleased|impressed|proud|glad"
    r"|delighted|thrilled|in love|chuffed|over the moon)\b(?!.*\b(?:if|but|more|with(?:out)? (?:a|an)\b)).*"
    r"|no complaints\b.*|not (?:too |so |half )?bad\b(?! (?:but|if)).*|(?:i|we) (?:feel|felt) (?:so |much |a lot "
    r"|way )*(?:better|good|great|happy)\b.*"
    r"|(?:just\s+|only\s+)*wow$|what\s+(?:a|an)\s+\w+(?:\s+\w+)?",
    re.I,
)
_YOU: Final = re.compile(
    r"you\s+(?:(?:lot|guys|two|people|all|folks)\s+)?(?:have|are|were|did|do|really|just|must be|always|never"
    r"|clearly|certainly|nailed|saved|rock|star|beauty"
    r"|legend|understand|got|two|guys)\b(?!.*\b(?:forgot|forgotten|left|missed|wrong)\b)",
    re.I,
)
_MOVES_ON: Final = re.compile(
    r"(?:(?:i|we)\s+)?(?:(?:am|are|have|will|would|really|better|had better|just|probably|about|think i|suppose i)\s+)*"
    r"(?:got to|have to|need to|must|off to|better|ought to|time to|going to|off|going|heading|about to|will|should)\s+"
    r"(?:now\s+|just\s+|quickly\s+|first\s+)?(?P<verb>[a-z]+)\b(?P<more>.*)",
    re.I,
)
_PARTS: Final = re.compile(
    r"(?:(?:i|we)\s+(?:will|am going to|shall)\s+(?:be back|come back|return|call back|think|sleep on|check|let "
    r"you know"
    r"|get back|try again|carry on|continue|look at it|show)\b.*"
    r"|that (?:will|would) do(?: (?:for|it)\b.*)?|(?:my )?(?:eyes|feet|head) (?:are|is) (?:closing|shut|killing"
    r"|spinning|aching)\b.*"
    r"|(?:i|we) (?:am|are) (?:so |very |really |absolutely |dead )?(?:tired|knackered|shattered|exhausted|sleepy"
    r"|off|beat|hungry|done|finished|out of (?:time|ideas))\b.*"
    r"|(?:dinner|lunch|tea|supper|breakfast|food|the (?:food|soup|roast)) (?:is )?(?:on the table|getting cold"
    r"|ready|waiting|calling|served)\b.*"
    r"|(?:the )?(?:[a-z]+ )?(?:has|have) (?:just )?(?:rung|called|arrived|turned up|come home|come back|got "
    r"here|woken up|gone to bed)\b.*"
    r"|that is (?:me|it|us|all|enough)\b(?: .*)?|(?:closing|shutting|leaving|going|heading|logging|signing"
    r"|packing|off)\s+"
    r"(?:my|the|down|off|out|home|to|up|now)\b.*|(?:catch|see|talk to|speak to|meet) (?:you|ya|u)\b.*"
    r"|(?:talk|speak|more) (?:soon|later|tomorrow)\b.*|(?:back|more) (?:soon|later|tomorrow|in a (?:bit|minute"
    r"|while))\b.*"
    r"|(?:my |the )?(?:train|bus|taxi|uber|dinner|battery|phone|bell|lunch|break|shift|class|boss|doorbell|baby"
    r"|meeting|oven"
    r"|kettle|flight|plane|bath|mum|mom|wife|husband|son|daughter|kids?|children|patient|customers?|dog)\s+(?:is|are|has|just"
    r"|leaves|starts|needs|wants|keeps)\s+(?:here|over|calling|ringing|hungry|up|almost|nearly|about|waiting|low|dying|dead"
    r"|asleep|crying|awake|leaving|ready|boarding|ready|burning|going|starting|me|us|at)\b.*"
    r"|(?:my |the )?(?:baby|dog|kids?|children|boss|patient)\s+(?:needs|wants)\s+(?:a|his|her|the)\b.*)",
    re.I,
)
_GREETS: Final = re.compile(
    r"(?:(?:good\s+)?(?:morning|afternoon|evening|day)|hi+|hello|hey+|hiya|howdy|greetings)\b(?:\s+(?:all|to you"
    r"|to you all"
    r"|there|dear|again|everyone|everybody|folks|love|mate|team|sir|madam|you|both|my \w+|from \w+(?: \w+)?))*"
    r"|(?:it is|this is)\s+(?:me|only me|us|\w+ (?:again|here))\b.*|me again"
    r"|(?:lovely|nice|good|great|happy|glad|pleased)\s+to\s+(?:be|see|have|hear|meet)\b.*|(?:i|we)\s+(?:hope|trust)\s+you\b.*"
    r"|(?:did|have|are|were|do|how)\s+(?:are\s+|have\s+|did\s+|was\s+)?(?:you|your)\s+(?:had?|have|sleep|slept|doing|well|there"
    r"|busy|ok|okay|keeping|been|day|night|weekend|morning|week|all right|alright|miss)\b.*"
    r"|(?:where|what) were we(?: up to)?|(?:are|is) (?:you|anyone|anybody) (?:there|awake|up|around|in)"
    r"|(?:i am |we are )?back(?: again| at (?:it|work)| from \w+(?: \w+)?| home)?|long time no see"
    rf"|{_KIN}\s+(?:said|says|told|suggested|recommended|mentioned|showed|thinks?|thought)\b.*\b(?:i|me|us|we)\b.*\b(?:try|use|ask|this|you|here)\b.*"
    r"|(?:coffee|tea|cuppa|a cup of tea)\s+(?:in hand|ready|made|first)"
    r"|let us (?:go|get (?:started|going|cracking|to it|on with it)|begin|start|crack on|do this)|here we go(?: again)?"
    r"|(?:it is|it was)?\s*(?:so |very |really |a )*(?:sunny|rainy|raining|pouring|snowing|freezing|boiling|hot"
    r"|cold|lovely"
    r"|grey|gray|windy|foggy|stormy|wet|miserable|gorgeous|beautiful|nice|horrible)\s+(?:cats and dogs\s+"
    r"|buckets\s+|hard\s+|again\s+)?(?:weather\s+|day\s+)?"
    r"(?:over here|out here|here|in \w+ today|outside (?:my|our)|today)\b.*"
    r"|(?:what a |a )?(?:long|busy|hard|tough|mad|crazy|rough|hectic) (?:day|week|night|morning|shift|one)\b(?! "
    r"(?:shot|scene)).*"
    r"|can you (?:hear|see|read) me\b.*"
    r"|(?:nice|lovely|awful|terrible|horrible|what) weather\b.*",
    re.I,
)
_ELSEWHERE: Final = re.compile(
    r"(?:(?:that|this|it) (?:is|was) )?(?:not (?:for )?you|meant for\b.*)|(?:that|this|it) was for (?:my|someone"
    r"|somebody)\b.*"
    r"|(?:wrong|oops,? wrong) (?:chat|window|tab|person|conversation|app)|ignore (?:that|me|this|it)(?: last "
    r"(?:one|bit))?"
    r"|(?:i (?:am|was) )?(?:talking|speaking|shouting) to (?:my|the|him|her|them|someone|somebody)\b.*"
    r"|(?:someone|somebody|there is someone) (?:is )?(?:at|ringing) the (?:door|bell)|(?:my |the )?(?:phone"
    r"|doorbell)(?: (?:is )?"
    r"(?:ringing|rings))?|(?:one|a|just a|half a) (?:sec|second|moment|minute|tick|mo)|hang on|hold on|brb|two "
    r"(?:secs|minutes)"
    r"|(?:the |my )?(?:cat|dog|kid|toddler|baby|son|daughter|phone)\b.*\b(?:typed|walked (?:on|over)|sat on"
    r"|grabbed|did that"
    r"|wrote|sent)\b.*",
    re.I,
)
_WOW: Final = re.compile(r"(?:just |oh |only |my )*(?:wow+|omg|yay+|aw{2,}|ooh+|gosh|goodness)", re.I)
_NOT_YOU: Final = re.compile(
    r".*\bsorry,?\s+(?:(?:that|this|it) was |i was |i am |i'm )?(?:not (?:for )?you|(?:talking|speaking) to "
    r"\w+(?: \w+)?|wrong (?:chat|window|tab))",
    re.I,
)
_DULL: Final = (
    r"(?:boring|dull|stiff|meh|rubbish|weird|odd|off|strange|confusing|silly|daft|cheesy|flat|bland|underwhelming|amateurish"
    r"|lame|tacky|lifeless|wooden|generic|disappointing|a mess|a waste of (?:time|money)|a let ?down|not right"
    r"|awkward|clumsy"
    r"|unfinished|ordinary|tame|not working|not it|not great|not good|all wrong|wrong somehow|nothing special"
    r"|crap|pants)"
)
_DISPLEASED: Final = re.compile(
    rf"(?:(?:it|that|this|they|these|the (?:film|video|clip|whole thing|result)|all of it)\s+)?(?:(?:is|was|are"
    rf"|were|looks?"
    rf"|looked|feels?|felt|seems?|still|just|all|a bit|a little|bit|kind of|rather|quite|so|very|pretty|somewhat"
    rf"|really|honestly)"
    rf"\s+)*{_DULL}"
    r"|(?:i|we) (?:do not|did not|am not|are not) (?:know|sure|convinced|feel|get|understand|think|like|love|happy)\b"
    r"(?: (?:about|what|why|how|to think|with|so|it|this|that|sure|at all|the point)\b.*)?"
    r"|(?:it|this|that|they) (?:do|does|did) not (?:really |quite )?(?:feel|look|sound|seem) (?:like (?:us|me"
    r"|ours|mine|him|her|home)|right|quite right|it|like it"
    r"|quite like \w+)(?: (?:yet|somehow|to me))*|(?:i|we) (?:had )?(?:expected|hoped for|imagined|wanted) "
    r"(?:more|better|something else)"
    r"|(?:that|it) is (?:a )?(?:pity|shame|sad|disappointing)|(?:i|we) (?:am|are) (?:a (?:bit|little) |rather "
    r"|totally |so )*(?:lost|confused|stuck|disappointed|frustrated)"
    r"|(?:it|this|that) (?:is not|was not|does not|did not|is really not) (?:what|quite what|work|working|it|me"
    r"|us|my|good"
    r"|great|do it)\b.*|not (?:my favourite|what i|my cup|quite|sure|great|good|convinced)\b.*|meh"
    r"|you (?:do not|did not) (?:understand|get|listen)\b.*",
    re.I,
)
_TELLS: Final = re.compile(
    r"(?:i|we)\s+(?:(?:always|never|nearly|almost|also|just|really|once|still|only|actually|both|all|even|have|had|am|are|was|were|will"
    r"|do|did|not)\s+)*(?P<verb>[a-z]+)\b",
    re.I,
)
_NO_NEWS: Final = frozenset(
    """want need like love prefer wish think guess mean say ask see feel hate dislike miss imagine picture expect
    suggest vote rather thought meant said asked wanted needed imagine believe fancy have get make add change put remove
    know show try order render decide choose pick approve pay spend notice forget forgot stop undo go keep turn use
    look be would could should can must swap move cut open close start begin end take accept agree approve confirm
    give bring""".split()
)


def remark(piece: str) -> Kind:
    """What kind of talk these words are, "" for words that may ask for something."""
    if kind := courtesy(piece):
        return kind  # type: ignore[return-value]
    if _WOW.fullmatch(piece.strip(" .!")):
        return "praise"
    text = plain(piece)
    if is_filler(piece) or not text or _TAG.fullmatch(piece.strip(" ?!.")):
        return "fill"
    if "⟪" not in text and (_NOT_YOU.fullmatch(text) or _NOT_YOU.fullmatch(piece.strip(" .!"))):
        return "elsewhere"
    if not text or "⟪" in text or re.search(r":\s+\S", piece):
        return ""
    asks = piece.rstrip().endswith("?")
    if _GREETS.fullmatch(text):
        return "hello"
    if asks:
        return ""
    if _ELSEWHERE.fullmatch(text):
        return "elsewhere"
    if (match := _MOVES_ON.fullmatch(text)) and _leaves(match):
        return "bye"
    if _PARTS.fullmatch(text):
        return "bye"
    if (_JOY.match(text) or _BEST.fullmatch(text)) and not asks_for_it(text):
        return "praise"
    if _DISPLEASED.fullmatch(text):
        return "complaint"
    if asks_for_it(text):
        return ""
    if _YOU.match(text):
        return "praise"
    return "news" if _news(text) else ""


def plain(piece: str, *, tails: bool = True) -> str:
    """The piece in lower case, contractions spelled out, without fillers before it; `tails`: nor after it."""
    text = re.sub(r"[^\w\s'⟪⟫-]+", " ", piece.lower())
    for pattern, full in _SPELLED:
        text = pattern.sub(full, text)
    text = re.sub(r"\s+", " ", text).strip(" '-")
    for _ in range(3):
        shorter = _LEAD.sub("", text)
        shorter = _AFTER.sub("", shorter) if tails else shorter
        if shorter == text:
            break
        text = shorter
    return text


def asks_for_it(text: str) -> bool:
    """Whether there is a wish or an order in the words."""
    return bool(_WISHES.search(text) or _COMMANDS.match(text))


_STAY: Final = frozenset(
    """see show have make add change put know ask be use tell remove say fix tweak adjust cut edit keep finish look hear
    read look try move swap slow speed turn set let do look start end begin open play appear happen stay stop rain snow
    match fit work come like love prefer wish want need appreciate""".split()
)
_GETS: Final = re.compile(
    r"\s+(?:going|off|back|home|up|some|the kids|the \w+ (?:to|from)|to (?:bed|work|school)|ready|on with)\b", re.I
)


def _leaves(match: re.Match[str]) -> bool:
    """Whether what somebody has to do is to go, or something at home."""
    verb, more = match["verb"].lower(), match["more"]
    spoken = re.match(r"(?:i|we)\b", match[0], re.I) is not None
    if re.search(r"\b(?:shot|scene|first|second|third|last|film|video|camera|caption|title|music)\b", more):
        return False
    if verb in {"get", "put", "take", "pick", "bring"}:
        return bool(_GETS.match(more)) or bool(
            re.search(r"\b(?:kids|children|baby|dinner|bed|school|work|dog out)\b", more)
        )
    if verb in _STAY:
        return False
    if (
        verb == "go"
        and not spoken
        and more.strip()
        and not re.match(r"\s+(?:and|to|now|home|feed|get|before|back)\b", more)
    ):
        return False  # "must go at the end" speaks of a shot
    if verb in {"bed", "work", "school", "lunch", "dinner", "sleep"}:
        return True
    return can_be(verb, "VERB") and (spoken or not _COMMANDS.match(verb))


def _news(text: str) -> bool:
    """Whether the words tell of the person's own life: "I keep bees", "my aunt called", "it is for my class"."""
    if re.match(
        r"(?:it|this|that) is (?:for|a (?:surprise|secret|present|gift|test)|going to be (?:for|a)|my (?:first"
        r"|birthday)|not for)\b",
        text,
    ):
        return not re.search(
            r"\b(?:phone|youtube|insta\w*|tiktok|reels?|tv|cinema|story|stories|website|facebook|screen)\b", text
        )
    if re.match(
        r"(?:my|our) \w+(?: \w+)? (?:\w+ ){1,4}(?:last|yesterday|ago|this (?:morning|week|year)|recently)\b", text
    ):
        return any(is_past(word) for word in text.split()[2:5])
    if re.match(
        r"(?:i|we) (?:am|are|was|were) (?:on|at|in|with|out|off|home|away|busy|late|driving|cooking|waiting"
        r"|eating|sitting|stuck)\b",
        text,
    ):
        return True
    match = _TELLS.match(text)
    if match is not None:
        verb = match["verb"].lower()
        base = senses(verb).get("VERB", verb)
        return base not in _NO_NEWS and verb not in _NO_NEWS and can_be(verb, "VERB")
    if found := re.match(
        rf"{_KIN}\s+(?:(?:just|already|really|all|has|have|had|was|were)\s+)*(?P<verb>[a-z]+)\b", text, re.I
    ):
        verb = found["verb"].lower()
        return is_past(verb) and senses(verb).get("VERB") not in {"say", "tell", "ask", "want", "think", "need", "mean"}
    return False
