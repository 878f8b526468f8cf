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
        r"\b(?:download|export|save|share|mp4|post|publish)\b",
        "Every version is stored as an mp4 you can download.",
    ),
)  # fmt: skip
_YOU: Final = (
    r"(?:can|could|do|does|will|would|are) (?:you|this|it|u) (?:(?:also|even|really|actually|able to|capable of)\s+)*"
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
    r"|(?:could|can) you (?:please )?record\b.*|do i (?:have|need) to\b.*|what do you need\b.*|where do i "
    r"(?:start|begin)\b.*|i need (?:some )?help|help me out|what now|what next|how to\b.*|tell me (?:more "
    r")?about (?:you|yourself|this thing))$",
    re.I | re.S,
)


def about_studio(question: str) -> str | None:
    """The answer to a question about what the studio is and can do, None for every other one."""
    asked = question.strip().strip(" ?!.")
    if not _ASKS.match(asked):
        return None
    topics = [said for pattern, said in _TOPICS if re.search(pattern, asked, re.I)]
    return topics[0] if topics else ABILITIES
