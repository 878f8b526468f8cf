"""How people ask for a film."""

from __future__ import annotations

import re
from typing import Final

from cutaway.conversation.keywords.segments import COMMANDS

FILM_NOUN: Final = (
    r"(?:video|film|clip|movie|animation|animatic|short(?:\s+film)?|story|storyboard|reel|sequence|teaser|trailer|ad"
    r"|advert|commercial|spot|cartoon)s?"
)
ASKS_FILM: Final = re.compile(
    r"^(?:(?:make|create|generate|produce|render|film|shoot|animate|draw|give|show|do|build|want|need|have|see|get|i"
    r"|you|we|me|us|want|would|like|love|'d|to|let|let's|"
    r"now|just|please|start|begin|with)\b[\s']*){0,8}?(?:(?:a|an|the|another|one|new|short|quick|little|small|brief"
    r"|nice|cool|whole|product|promo|fresh|different|\w+-?second|\w+\s+seconds?|of)\s+){0,5}"
    rf"\b{FILM_NOUN}\b\s*(?:(?:of|about|on|showing|that\s+shows|where|in\s+which|with|for|from|featuring|:|-|,)\s*)?",
    re.I,
)
SHOWS: Final = re.compile(
    r"^(?:(?:can|could|may)\s+i\s+)?(?:now\s+)?(?:show(?:\s+(?:me|us))?|draw(?:\s+(?:me|us))?|animate|visuali[sz]e"
    r"|imagine|picture|film|depict|illustrate|let\s+me\s+see|i(?:'d)?\s+(?:want|would\s+like|like|love)\s+to\s+see"
    r"|see)\b[\s:,]*(?:(?:this|the\s+following)(?:\s+(?:story|scene))?\s*:\s*)?",
    re.I,
)
MAKES: Final = re.compile(
    r"^(?:now\s+)?(?:make|create|generate|produce|render|give\s+(?:me|us)|i\s+(?:want|need|would\s+like)|i'd\s+like"
    r"|do)\b[\s:,]*(?:me\s+|us\s+)?(?=(?:a|an|two|three|some|another|\d)\b)",
    re.I,
)
ABOUT_CONTEXT: Final = re.compile(
    r"^(?:(?:how\s+(?:it|this|that|the\s+\w+)\s+\w+|it|this|that|them|these|(?:the|this|that|my"
    r"|our)\s+(?:whole\s+)?(?:product|thing|sheet|item|document|file|notes?|brief|page|attachment|context|info|text"
    r"|material)|what\s+(?:i|you)\s+(?:sent|have|attached|gave\s+you)|one|something|us|me)"
    r"\b[\s,]*(?:please|now|in\s+action|off|how\s+it\s+(?:works|looks|burns)|as\s+a\s+video|from\s+it)*[\s.,!?]*)*$",
    re.I,
)
ABOUT_FILE: Final = re.compile(
    r"^(?:(?:from|of|with|about|using|based on|out of|into|advert\w*|promot\w*|the|this|that|my|our|these"
    r"|those|a|an|one|it|them|product|attached|given|info|data|information|details"
    r"|turn|convert|make|what|i|we|you|have|has|sent|uploaded|attached|gave|give|is|are|in|on|sheet|file"
    r"|document|notes?|brief|attachment|page|text|description|leaflet|spec|specs|list|video|film|clip|ad"
    r"|advert|commercial|promo|whole|story|stories|script|poem|scenes|lines|sheet|into|to|it)\b[\s,.'-]*)+$",
    re.I,
)
EDITISH: Final = re.compile(
    rf"^(?:{COMMANDS})\b|\bshots?\s+\d|^(?:half|double|normal)\s+speed|^(?:in|at)\s+\S+$|^another\s+take", re.I
)
CAMERA_FIRST: Final = re.compile(
    r"^(?:slow(?:ly)?\s+)?(?:zoom|pan|tilt|dolly|orbit)(?:\s+\w+)?\s+(?:on|onto|over|of|around|across)\s+(?:a|an|two"
    r"|three)\b",
    re.I,
)
BARE_SHOW: Final = re.compile(
    r"^(?:(?:play|open|watch|see|show|view)\b[\s]*(?:me|us)?[\s]*(?:it|this|that|again|the\s+(?:video|film|clip"
    r"|movie|result))?[\s.!?]*)$",
    re.I,
)
WHATEVER: Final = re.compile(r"^(?:render|make|do|start|create)\s+(?:it|that|this)?[\s.!]*$", re.I)
