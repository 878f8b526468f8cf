"""What a sentence says about the whole film: frame, look, sound, grade, length, title."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from cutaway.conversation.keywords.scenery import seconds
from cutaway.conversation.keywords.text import Masked, cut, squeeze
from cutaway.conversation.keywords.words import BEDS, NUMBERS
from cutaway.storyboard.model import MAX_TEXT_CHARS, Aspect, Grade, Look, Resolution, SoundBed

_SHAPES: Final[tuple[tuple[str, Aspect], ...]] = (
        (r"(?<![\d])9\s?[:x]\s?16(?!\d)|vertical(?:ly)?|portrait(?=\s+(?:format|mode|orientation|video|film))|"
         r"upright|"
         r"(?<=for )(?:the |my )?(?:smart|mobile )?phones?|"
         r"mobile(?=\s*(?:$|[,.]|format|video))|tik\s?tok|(?:insta(?:gram)? )?reels?|"
         r"insta(?:gram)?[\s-]stor(?:y|ies)|(?<=for "
         r")(?:an?\s+|my\s+)?(?:stor(?:y|ies)|snapchat|whatsapp status)"
         r"(?=\s*(?:$|[,.:]|on|please))|youtube shorts?", "9:16"),
        (
            r"(?<!\d)1\s?:\s?1(?!\d)|square(?=\s+(?:format|mode|frame|video|film|clip|movie|version|and|please"
            r"|in\s+\d))|(?<!\ba )(?<!\bthe )(?<!\btown )(?<!\bcity )(?<!\bmarket )(?<!\bvillage )square(?=\s*(?:$"
            r"|[,.!]))|instagram posts?|instagram(?! (?:reels?|stor(?:y|ies)))", "1:1"),
        (
            r"(?<!\d)16\s?[:x]\s?9(?!\d)|horizontal(?:ly)?|wide\s?screen|landscape(?=\s+(?:format|mode|orientation"
            r"|video|film))|"
         r"(?<=for )(?:the |our |a |my )?(?:youtube|tv|telly|television|big screen|cinema|projector|website"
         r"|beamer|laptop|monitor)", "16:9"),
)  # fmt: skip
_ASPECTS: Final[tuple[tuple[re.Pattern[str], Aspect], ...]] = tuple(
    (
        re.compile(
            rf"(?:,\s*)?\b(?:(?:in|for|as|make it|with)\s+)?(?:an?\s+|the\s+|my\s+)?(?:{p})(?:\s+(?:format|mode"
            rf"|orientation|aspect(?:\s+ratio)?|frame|post))?(?!\w)",
            re.I,
        ),
        aspect,
    )
    for p, aspect in _SHAPES
)
_RESOLUTION: Final = re.compile(
    r"(?:\b(?:in|at|to)\s+)?\b(?:full\s+hd|uhd|(?P<n>\d{3,4})\s?p|(?P<k>[2-8])k|(?P<hd>hd)|(?P<sd>sd))\b"
    r"|\b(?P<more>(?:higher|better|more|high)\s+(?:resolution|definition))\b|\b(?P<less>(?:lower|low"
    r"|less)\s+resolution)\b",
    re.I,
)
_LOOK: Final = re.compile(
    r"(?:\b(?:in|with|use|as|like|on)\s+)?(?:\b(?:an?|the)\s+)?\b(?P<look>paper|ink|neon|blueprint|chalkboard)"
    r"(?:[\s-]?(?:cut[\s-]?outs?|drawings?))?[\s-]+(?:style|look|art|aesthetic|drawing|cut[\s-]?out)\b"
    r"|\b(?:in\s+the\s+style\s+of|like|as|on)\s+(?:an?\s+)?(?P<like>blueprint|chalkboard)\b"
    r"|\b(?:style|look)\s*(?::|to|=)\s*(?P<set>paper|ink|neon|blueprint|chalkboard)\b",
    re.I,
)
_LOOKS: Final[tuple[tuple[str, Look], ...]] = (
    (
        r"(?:,\s*)?\b(?:(?:drawn|sketched|made|written|done|all)\s+)?(?:in|with|like"
        r"|as)\s+(?:white\s+)?chalk(?:\s+on\s+(?:a\s+)?(?:black|chalk)board)?\b"
        r"|\bchalk(?:board)?\s+(?:drawings?|animation)\b|\bchalk\s+on\s+(?:a\s+)?(?:black|chalk)board\b"
        r"|\bon\s+a\s+blackboard\b",
        "chalkboard",
    ),
    (
        r"(?:,\s*)?\b(?:as|like)\s+(?:an?\s+)?(?:blue\s?prints?|technical\s+drawings?"
        r"|architect'?s?\s+(?:drawings?|plans?))\b",
        "blueprint",
    ),
    (
        r"(?:,\s*)?\b(?:in|as|like)\s+(?:black\s+)?(?:pen\s+and\s+)?(?:ink"
        r"|line\s+drawings?)\b(?!\s+(?:bottle|pot))",
        "ink",
    ),
    (r"(?:,\s*)?\b(?:in|as|like|with)\s+(?:cut\s+)?paper(?:\s+cut[\s-]?outs?)?(?=\s*(?:$|[,.]))", "paper"),
    (
        r"(?:^|[,.])\s*(?:(?:in|all)\s+)?ink(?:\s+(?:please|pls|obviously|of course|maybe|again))?(?=\s*(?:$|[,.:;]))",
        "ink",
    ),
    (
        r"(?:^|[,.])\s*(?:(?:in|all)\s+)?neon(?:\s+(?:please|pls|obviously|of course|maybe|again))?(?=\s*(?:$|[,.:;]))",
        "neon",
    ),
    (
        r"(?:^|[,.])\s*(?:(?:in|all)\s+)?blueprint(?:\s+(?:please|pls|obviously|of course|maybe"
        r"|again))?(?=\s*(?:$|[,.:;]))",
        "blueprint",
    ),
    (
        r"(?:^|[,.])\s*(?:(?:in|all)\s+)?chalkboard(?:\s+(?:please|pls|obviously|of course|maybe"
        r"|again))?(?=\s*(?:$|[,.:;]))",
        "chalkboard",
    ),
)
_LOOK_SAID: Final = tuple((re.compile(pattern, re.I), look) for pattern, look in _LOOKS)
_STYLE: Final = re.compile(
    r"\bin\s+the\s+style\s+of\s+(?P<of>(?:an?\s+)?[^\s,.;]+(?:\s+[^\s,.;]+){0,3})"
    r"|\b(?:in\s+)?(?:an?\s+|the\s+)?(?P<words>(?:cinematic|anime|cartoon|watercolou?r|pixel|comic(?:\s+book)?"
    r"|realistic|"
    r"photorealistic|minimalist?|retro|vintage|film\s+noir|oil\s+painting|pencil|clay(?:mation)?|lego|low[\s-]poly|"
    r"documentary|dreamy|surreal|storybook|japanese|art\s+deco|pop\s+art))\s+(?:style|look|aesthetic|art)\b"
    r"|\bin\s+an?\s+(?P<any>[a-z-]+(?:\s[a-z-]+)?)\s+(?:style|aesthetic)\b"
    r"|\b(?:look\s+)?(?:more\s+)?(?P<bare>cinematic|photorealistic)\b",
    re.I,
)
_TONES: Final[tuple[tuple[str, Grade], ...]] = (
        (r"black[\s-]and[\s-]white|b\s?&\s?w|b/w|monochrome|mono|gr[ae]yscale|noir", "mono"),
        (
            r"(?:no|remove\s+the|without)\s+(?:grade|grading|filter)|(?:normal|natural|original)\s+colou?rs"
            r"|back\s+to\s+colou?r|in\s+colou?r", "none"),
        (r"warmer|warm(?=\s+(?:grade|look|filter|tones?|colou?rs?))", "warm"),
        (r"cooler|colder|cool(?=\s+(?:grade|look|filter|tones?|colou?rs?))", "cool"),
        (r"more\s+(?:vivid|colou?rful|saturated|vibrant)|vivid(?:er)?|more\s+colou?r", "vivid"),
        (r"faded|washed[\s-]out|less\s+(?:saturated|colou?rful|vivid)", "faded"),
)  # fmt: skip
_GRADES: Final[tuple[tuple[re.Pattern[str], Grade], ...]] = tuple(
    (
        re.compile(
            rf"(?:,\s*)?(?:\b(?:in|with|and)\s+)?(?:\b(?:an?|the)\s+)?(?:\bbit\s+)?\b(?:{p})\b(?:\s+(?:grade|grading"
            rf"|look|filter|tones?|colou?rs?|picture|film))?",
            re.I,
        ),
        grade,
    )
    for p, grade in _TONES
)
_SILENT: Final = re.compile(
    r"(?:\b(?:and|with)\s+)?\b(?:no|without|remove\s+the|drop\s+the|stop\s+the|turn\s+off\s+the"
    r"|kill\s+the)\s+(?:any\s+)?(?P<w>music|soundtrack|sound|audio)\b",
    re.I,
)
_MUTED: Final = re.compile(r"\b(?:mute[ds]?|silent|silence)\b(?:\s+(?:the\s+)?(?:video|film|sound|music|audio))?", re.I)
_UNMUTED: Final = re.compile(
    r"\bunmuted?\b|\b(?:sound|music|audio)\s+(?:back\s+)?on\b|\bturn\s+(?:the\s+)?(?:sound|music"
    r"|audio)\s+(?:back\s+)?on\b",
    re.I,
)
_MUSIC: Final = re.compile(
    rf"(?:\b(?:with|add|use|play|some|a|to|have|more|set|put"
    rf"|on)\s+){{0,4}}\b(?P<bed>{'|'.join(BEDS)})(?:er)?\s+(?:\w+\s+)?"
    r"(?:background\s+)?(?:music|sound(?:track)?s?|audio|score|tune|bed|track)\b"
    r"|\b(?:make\s+|set\s+|change\s+)?(?:the\s+)?(?:music|sound(?:track)?|audio)\s+(?:to\s+|be\s+|more\s+"
    r"|something\s+){0,4}"
    rf"(?P<bed2>{'|'.join(BEDS)})(?:er)?\b",
    re.I,
)
_MOOD_FOR_MUSIC: Final = re.compile(
    rf"(?:,\s*)?\b(?:(?:and|with|something|make|a\s+bit)\s+)*(?P<bed>{'|'.join(BEDS)})(?:er)?\s+(?:(?:for|as"
    rf"|in)\s+(?:the\s+)?(?:music|sound(?:track)?|audio|score)"
    r"|(?:vibes?|mood)\s+(?:music|sound))\b",
    re.I,
)
_ANY_MUSIC: Final = re.compile(
    r"\b(?:and\s+)?(?:add|with|put(?:\s+in)?|play|want|include|give\s+(?:it|us|me))\s+(?:(?:some|a|the|bit|of"
    r"|background)"
    r"\s+){0,4}(?:music|soundtrack)\b(?:\s+(?:to|in)\s+(?:it|the\s+(?:film|video|background|clip|movie)))?",
    re.I,
)
_VOLUME: Final = re.compile(
    r"\b(?:at\s+|set\s+|the\s+){0,3}volume\s+(?:to\s+|at\s+|of\s+)?(?P<n>\d{1,3})\s?%"
    r"|\b(?P<up>louder|turn\s+(?:it|the\s+(?:music|sound|volume))\s+up|volume\s+up)\b"
    r"|\b(?P<down>quieter|softer\s+(?:music|sound)|turn\s+(?:it|the\s+(?:music|sound|volume))\s+down|volume\s+down)\b",
    re.I,
)
_TOTAL: Final = re.compile(
    r"(?P<a>(?:\d{1,3}(?:\.\d+)?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|sixty"
    r"|half[\s-]a|a)"
    r"[\s-]*(?:seconds?|secs?|s|minutes?|mins?))(?=[\s-]+(?:\w+[\s-]+){0,2}?(?:video|clip|film|movie|animation|story"
    r"|reel|short|ad|teaser|trailer)\b)"
    r"|(?:,\s*)?\b(?:in|within|total(?:\s+(?:length|duration))?(?:\s+of)?|(?:video|film|clip|movie)\s+(?:lasts?|of"
    r"|to|is))\s+"
    r"(?P<b>[\w.]+[\s-]*(?:seconds?|secs?|minutes?|mins?))(?:\s+(?:in\s+)?total)?\b"
    r"|(?:,\s*)?\b(?:max(?:imum)?|at most|no (?:longer|more) than|not (?:longer|more) than|up "
    r"to)\.?\s+(?P<d>\d{1,3}(?:\.\d+)?[\s-]*(?:seconds?|secs?|s|minutes?|mins?))\b"
    r"|(?P<c>(?:half\s+)?[\w.]+[\s-]*(?:seconds?|secs?|s|minutes?|mins?))\s+(?:in\s+total|total|altogether"
    r"|overall|all\s+in|all\s+told|tops)\b",
    re.I,
)
_EACH: Final = re.compile(
    r"(?:,\s*)?(?P<a>[\w.]+[\s-]*(?:seconds?|secs?|s))\s+(?:each|apiece|per\s+(?:shot|step|scene|part)"
    r"|a\s+shot|for\s+each\s+shot)\b"
    r"|(?<=shots)\s+of\s+(?P<c>[\w.]+[\s-]*(?:seconds?|secs?|s))\b|\b(?:each|every)\s+(?:shot\s+)?(?:for\s+"
    r"|is\s+|lasts\s+)?(?P<b>[\w.]+[\s-]*(?:seconds?|secs?|s))\b",
    re.I,
)
_MOOD_ALONE: Final = re.compile(
    rf"(?<=[.!?;])\s*(?:(?:and|make it|keep it|a bit|very|quite|really"
    rf"|something)\s+)*(?P<bed>{'|'.join(BEDS)})(?:\s+(?:mood|vibes?|feel(?:ing)?|please|tone))*\s*(?=[.!]|$)",
    re.I,
)
_TITLE: Final = re.compile(
    r"(?:,\s*)?\b(?:(?:and\s+)?(?:titled|entitled|called)|(?:with\s+)?(?:a|the)?\s*title(?:\s+(?:of|is"
    r"|card))?:?)\s*[:=]?\s*(?P<q>⟪\d+⟫)",
    re.I,
)
_CAPTION: Final = re.compile(
    r"(?:,\s*)?\b(?:(?:and\s+)?with\s+(?:a|the)\s+(?:caption|subtitle|text)(?:\s+(?:saying|that\s+says|reading))?"
    r"|captioned)\s*[:=]?\s*(?P<q>⟪\d+⟫)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Directives:
    """What was said of the whole film, None where nothing was. `refused` is a size nobody makes; `_s` is seconds."""

    rest: str
    aspect: Aspect | None = None
    resolution: Resolution | None = None
    look: Look | None = None
    style: str | None = None
    grade: Grade | None = None
    bed: SoundBed | None = None
    muted: bool | None = None
    volume: float | None = None
    louder: int = 0
    total_s: float | None = None
    each_s: float | None = None
    title: str | None = None
    caption: str | None = None
    refused: str = ""


class _Reader:
    """Takes matches out of a text, one pattern at a time."""

    def __init__(self, text: str) -> None:
        self.text = text

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        match = pattern.search(self.text)
        if match:
            self.text = f"{self.text[: match.start()]} {self.text[match.end() :]}"
        return match


@lru_cache(maxsize=32)
def read_directives(masked: Masked, text: str, *, lengths: bool = True) -> Directives:
    """Everything said of the whole film, and the text without it. `lengths` false leaves seconds alone."""
    reader = _Reader(text)
    said: dict[str, object] = {}
    if match := reader.take(_TITLE):
        said["title"] = cut(masked.bare(match["q"]), MAX_TEXT_CHARS)
    if match := reader.take(_CAPTION):
        said["caption"] = cut(masked.bare(match["q"]), MAX_TEXT_CHARS)
    for pattern, aspect in _ASPECTS:
        while reader.take(pattern):
            said["aspect"] = aspect
    if match := reader.take(_RESOLUTION):
        said |= _resolution(match)
    if match := reader.take(_LOOK):
        said["look"] = (match["look"] or match["like"] or match["set"]).lower()
    else:
        for pattern, look in _LOOK_SAID:
            if reader.take(pattern):
                said["look"] = look
                break
    if match := reader.take(_STYLE):
        said["style"] = match["of"] or match["words"] or match["any"] or match["bare"]
    for pattern, grade in _GRADES:
        if reader.take(pattern):
            said["grade"] = grade
            break
    _read_sound(reader, said)
    if lengths:
        for name, pattern in (("each_s", _EACH), ("total_s", _TOTAL)):
            if (match := reader.take(pattern)) and (value := _length(match)) is not None:
                said[name] = value
    return Directives(rest=squeeze(reader.text) if said else text, **said)  # type: ignore[arg-type]


def with_head(said: Directives, masked: Masked, head: str) -> Directives:
    """What was said of the film, completed by words that stood before it: "a 10 second vertical clip of"."""
    if not head:
        return said
    before = read_directives(masked, _spelled(head))
    found = {
        name: getattr(before, name)
        for name in (
            "aspect",
            "resolution",
            "look",
            "style",
            "grade",
            "bed",
            "muted",
            "volume",
            "total_s",
            "each_s",
            "title",
            "caption",
        )
        if getattr(said, name) is None and getattr(before, name) is not None
    }
    if said.total_s or said.each_s:
        found = {name: value for name, value in found.items() if name not in {"total_s", "each_s"}}
    return replace(said, **found, refused=said.refused or before.refused)


_BARE_LENGTH: Final = re.compile(
    rf"\b(?P<n>(?:\d{{1,3}}(?:\.\d+)?|half an?|{'|'.join(NUMBERS)})[\s-]*(?:seconds?|secs?|s|minutes?|mins?))\b"
    r"(?!\s*(?:each|per|a shot))",
    re.I,
)


def _spelled(head: str) -> str:
    """A head in which a bare shape, look or length counts for the whole film."""
    head = re.sub(r"-(?=seconds?\b|secs?\b|minutes?\b)", " ", head)
    head = re.sub(r"\b(ink|neon|blueprint|chalkboard|paper)\b(?!\s+(?:style|look))", r"\1 style", head, flags=re.I)
    head = re.sub(r"\b(square|portrait|landscape)\b(?!\s+(?:format|video))", r"\1 format", head, flags=re.I)
    if not _EACH.search(head) and not _TOTAL.search(head) and (match := _BARE_LENGTH.search(head)):
        head = f"{head}, {match['n']} in total"
    return head


def _length(match: re.Match[str]) -> float | None:
    words = next(group for group in match.groups() if group)
    return seconds(re.sub(r"-", " ", words)).value


def _resolution(match: re.Match[str]) -> dict[str, object]:
    if match["hd"] or match["more"] or match["n"] == "720":
        return {"resolution": "720p"}
    if match["sd"] or match["less"] or match["n"] == "480":
        return {"resolution": "480p"}
    return {"refused": re.sub(r"^(?:in|at|to)\s+", "", match[0].strip(), flags=re.I)}


def _read_sound(reader: _Reader, said: dict[str, object]) -> None:
    if match := reader.take(_SILENT):
        said |= {"muted": True} if match["w"].lower() in {"sound", "audio"} else {"bed": "none"}
    elif reader.take(_UNMUTED):
        said["muted"] = False
    elif reader.take(_MUTED):
        said["muted"] = True
    elif match := reader.take(_MOOD_FOR_MUSIC):
        said["bed"] = BEDS[match["bed"].lower()]
    elif match := reader.take(_MUSIC):
        said["bed"] = BEDS[(match["bed"] or match["bed2"]).lower()]
    elif match := reader.take(_MOOD_ALONE):
        said["bed"] = BEDS[match["bed"].lower()]
    elif reader.take(_ANY_MUSIC):
        said |= {"bed": "calm", "muted": False}
    if match := reader.take(_VOLUME):
        if match["n"]:
            said["volume"] = min(100, int(match["n"])) / 100
        else:
            said["louder"] = 1 if match["up"] else -1
