"""Questions about the studio itself: what it can do, its limits, languages, pictures and sound."""

from __future__ import annotations

import re
from typing import Final

from cutaway.conversation.keywords.replies import ABILITIES
from cutaway.storyboard.model import MAX_CAST, MAX_SHOT_S, MAX_SHOTS, MAX_TOTAL_S, MIN_SHOT_S

MODEL_HOW: Final = "Set CUTAWAY_MODEL, and a key for it, to talk to me through a language model."
_LANGUAGES: Final = (
    r"spanish|german|french|italian|portuguese|dutch|polish|russian|ukrainian|turkish|arabic|hebrew|hindi"
    r"|chinese|mandarin"
    r"|japanese|korean|swedish|danish|norwegian|finnish|greek|czech|hungarian|romanian|thai|vietnamese"
    r"|indonesian|english"
    r"|español|deutsch|français|languages?"
)
_TOPICS: Final[tuple[tuple[str, str], ...]] = (
    (
        rf"\b(?:{_LANGUAGES})\b",
        f"Without a language model I understand English only; with one, the languages it knows. {MODEL_HOW}",
    ),
    (
        r"\b(?:limit|limits|maximum|max|at most|longest|how long can|how many (?:shots|scenes|characters) can"
        r"|too long|minutes? long)\b",
        f"A film has up to {MAX_SHOTS} shots and {MAX_CAST} characters; a shot plays {MIN_SHOT_S:g} to "
        f"{MAX_SHOT_S:g} s, "
        f"a film up to {MAX_TOTAL_S:g} s.",
    ),
    (
        r"\b(?:upload|attach|send|give you|import|own (?:pictures?|photos?|images?|footage)|my (?:pictures?"
        r"|photos?|images?|logo|footage|files?|notes))\b",
        "Yes: attach pictures, and a character of the film follows them; attach notes or a product sheet, and "
        "I answer from "
        "them and put their words on the picture.",
    ),
    (
        r"\b(?:record\w*|voice|voice-?over|narrat\w+|speak over|read aloud|spoken|sing\w*|lyrics|podcasts?)\b",
        "No: I make films with words on the picture and a bed of sound under them, but I record and read "
        "nothing aloud.",
    ),
    (
        r"\b(?:4k|8k|hd|resolutions?|formats?|1080p?|720p?|square|vertical|portrait|landscape|sizes?|aspect)\b",
        "Films are 16:9, 9:16 or 1:1, in 480p or 720p, as mp4.",
    ),
    (
        r"\b(?:music|sounds?|songs?|audio)\b",
        "There is a bed of sound: calm, bright, tense, night, playful, epic or dreamy. Tell me how loud, or "
        "ask for silence.",
    ),
    (
        r"\b(?:styles?|looks?|cartoons?|anime|realistic|draw\w*|animat\w+)\b",
        "Looks are paper, ink, neon, blueprint and chalkboard, and any words for the style, such as watercolour.",
    ),
    (
        r"\b(?:end up|stored?|saved?|backed up|lost|deleted|kept|keep|live|safe|private|data|who (?:else "
        r")?(?:can|could))\b",
        "Your films, pictures and notes stay on the machine this studio runs on; nothing leaves it but what an "
        "order needs.",
    ),
    (
        r"\bplay (?:on|in|with|at)\b|\b(?:phone|telephone|tv|telly|laptop|tablet|projector)\b",
        "Every version is an mp4 that plays anywhere; say upright for a phone, or wide for a screen.",
    ),
    (
        r"\b(?:download|export|save|share|mp4|post|publish)\b",
        "Every version is stored as an mp4 you can download.",
    ),
)  # fmt: skip
_YOU: Final = (
    r"(?:can|could|do|does|will|would|are) (?:you|this|it|u) (?:(?:also|even|really|actually|able to|capable of)\s+)*"
)
_OF_USE: Final = (
    r"(?:(?:can|could|may|will|does|would) (?:(?:my|our|other|the|some) \w+(?: \w+)?|someone(?: else)?"
    r"|somebody(?: else)?|anyone(?: else)?|anybody"
    r"|other people|people|others|two people|several people) (?:(?:also|else|too) )*(?:use|see|watch|open|join"
    r"|try|edit|work on|log in|access"
    r"|work with|look at|get in|download)\b.*"
    r"|(?:can|does|will|would) (?:it|this|the (?:film|video|result|file)|they|these) (?:(?:also|really|even) "
    r")*(?:play|work|run|open|fit|load)"
    r" (?:on|in|with|for|at)\b.*)"
)
_ASKS: Final = re.compile(
    r"^(?:/?help(?: me)?|commands|options|\?+|what(?:'s|s| is) (?:all )?(?:this|that|it)(?: (?:all|thing|app"
    r"|place))*(?: (?:about|for|then))*|(?:and )?you are\b.*|(?:what|who) (?:are|r) (?:you|u)\b.*"
    r"|who (?:made|built|created|wrote|owns) (?:you|this)\b.*|are you (?:a|an|the|real|human|alive|chatgpt"
    r"|ai)\b.*|what(?:'s|s| is) your (?:name|job|purpose|favou?rite\b.*)"
    r"|how (?:does (?:this|it|that) work|do (?:you|i|we|they) (?:work|start|begin|use|make|do|get|talk|tell"
    r"|say|change|add)\b.*|can (?:i|we|you)\b.*|long can\b.*|many \w+ can\b.*|big can\b.*)"
    r"|what (?:(?:else )?(?:can|could|all can|exactly can) (?:you|i|we|u)|(?:else )?(?:do|would|will) (?:you"
    r"|i) (?:do|need|offer|make|support|know|want))\b(?! (?:say|see|have"
    r"|think|mean|charge|call|change[d]?|pick|choose|make of|recommend)\b)(?!.*\b(?:pay|cost)).*|what (?:sort"
    r"|kind|kinds|sorts|type|types) of \w+ (?:can|do|could)\b.*|what (?:are|r) you (?:good|able|capable|for"
    r"|made)\b.*"
    r"|what (?:styles|looks|formats|sounds|moods|languages|sizes|cameras?|camera moves|transitions) (?:are|do"
    r"|can|is)\b.*|is there (?:a|any) (?:limit|maximum|minimum|way to|manual|guide)\b.*"
    rf"|{_YOU}(?:support|speak|speaking|understand|know|handle|work with|read|accept|record|write|sing|export"
    rf"|import|talk|offer)\b.*"
    rf"|{_YOU}(?:do|make|create|making|doing|draw|animate|produce)\b (?:\w+ ){{0,2}}?(?:\w+[^s\W]s|\d\w+|anime"
    rf"|music|hd)(?: \w+)?"
    rf"|{_YOU}(?:add|use|take|have|put in)\b.*\b(?:record\w*|voice\w*|my (?:own )?\w+|own \w+|upload\w*)\b.*"
    r"|(?:can|could|may|am) (?:i|we) (?:(?:also|please|maybe)\s+)*(?:upload|attach|send|give you|use my|import"
    r"|download|export|save|share|speak|talk|write|type|sing|record|bring|put in my)\b.*"
    r"|do (?:you|u)(?: (?:also|even|ever|still|really|guys|people))* (?:do|make|offer|have|support|take|keep"
    r"|store|save|sell|draw|animate"
    r"|film|shoot|use|need|handle|remember|show|share|delete|publish|own|run)\b.*"
    rf"|{_YOU}(?:do|make|create|shoot|film|handle|produce|use)\b (?:\w+ ){{0,2}}?(?:stop[- ]?motion|claymation"
    rf"|live[- ]action"
    r"|screen[- ]?(?:recordings?|capture|casts?)|lip[- ]?sync\w*|deep ?fakes?|drone (?:footage|shots)|3d|vfx"
    r"|real (?:people|photos|footage"
    r"|actors|faces)|podcasts?|slideshows?|photos?|interviews?)\b(?! (?:look|style|feel|vibe))[^,:]*"
    rf"|{_OF_USE}"
    r"|(?:where|how) (?:do|does|are|is|will) (?:my|the|our|all my) (?:\w+ )?(?:films?|videos?|pictures?|photos?"
    r"|files?|data|versions?|work)"
    r" (?:end up|go|live|stay|stored|saved|kept|be (?:stored|saved|kept))\b.*|who (?:else )?(?:can|could|gets "
    r"to) (?:see|watch|read) (?:my|this|it|the)\b.*"
    r"|(?:is|are|will|has|have) (?:it|this|that|everything|they) (?:be |been |all |automatically )*(?:saved"
    r"|stored|kept|backed up|lost|deleted)\b.*"
    r"|(?:is|are) (?:it|this|that) (?:you|an? (?:person|human|robot|computer|machine|program|model|ai)|somebody"
    r"|someone)\b.*"
    r"|is (?:my|our|the) (?:data|picture|film|video|work)s? (?:safe|private|public|secret|stored|kept)\b.*"
    r"|(?:could|can) you (?:please )?record\b.*|do i (?:have|need) to\b.*|what do you need\b.*|where do i "
    r"(?:start|begin)\b.*|i need (?:some )?help|help me out|what now|what next|how to\b.*|tell me (?:more "
    r")?about (?:you|yourself|this thing))$",
    re.I | re.S,
)


_TAIL: Final = re.compile(
    r"[\s,]+(?:or (?:what|not|no|is that (?:not )?\w+)|at all|or is it too \w+|by any chance|i wonder)$", re.I
)


def asks_of_use(text: str) -> bool:
    """Whether this asks who can use it and where it plays: "can my sister use this", "will it play on a tv"."""
    return bool(re.fullmatch(_OF_USE, _TAIL.sub("", text.strip().strip(" ?!.")), re.I | re.S))


def about_studio(question: str) -> str | None:
    """The answer to a question about what the studio is and can do, None for every other one."""
    asked = _TAIL.sub("", question.strip().strip(" ?!."))
    if not _ASKS.match(asked):
        return None
    topics = [said for pattern, said in _TOPICS if re.search(pattern, asked, re.I)]
    return topics[0] if topics else ABILITIES
