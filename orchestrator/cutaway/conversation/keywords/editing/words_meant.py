"""Which words on the picture are meant, of what kind, and what they are to say."""

from __future__ import annotations

import re
from typing import Final

from cutaway.conversation.keywords.editing.line import Line
from cutaway.conversation.keywords.editing.stage import Stage
from cutaway.conversation.keywords.words import ORDINALS
from cutaway.storyboard.model import Overlay, OverlayKind, TitleStyle

KINDS: Final[tuple[tuple[OverlayKind, str], ...]] = (
    (
        "end_card",
        r"end[ -]?cards?|closing (?:card|screen|title|words|line)|end (?:screen|title"
        r"|slate)|outro(?: card)?|final card|last card|end on (?:a|the) card",
    ),
    ("price_tag", r"price[ -]?tags?|price (?:sticker|label|badge|bubble)|sales? tag"),
    (
        "lower_third",
        r"lower[ -]?thirds?|name ?-?(?:tags?|plates?|cards?)|(?:name )?straps?|(?:at"
        r"|in|on|to|along|across|near) the bottom(?: of)?|name (?:at|in) the (?:bottom|corner)|insert at the bottom"
        r"|chyron|banner",
    ),
    (
        "title",
        r"titles?(?: ?cards?)?|head-?lines?|headings?|(?:really |very |extra |super |nice and |quite )?(?:big|huge"
        r"|large)(?= on\b| over\b|$| across\b)|big (?:letters|text|words|title)"
        r"|large (?:letters|text)|supers?(?= (?:on|in|over|for|at|saying)\b|$|:)|opening (?:words|card|text)"
        r"|intro (?:card|text)",
    ),
    (
        "caption",
        r"captions?|sub-?titles?|labels?|line of text|lyrics?|speech bubbles?|bubbles?|signs?(?= (?:with|that|saying))"
        r"|(?:that|same|this) line",
    ),
    ("price_tag", r"(?<!hash )tags?"),
    ("end_card", r"(?<!post)(?<!business )(?<!playing )cards?"),
)
KIND: Final = tuple((kind, re.compile(rf"\b(?:{words})\b")) for kind, words in KINDS)
ANY: Final = re.compile(
    r"\b(?:text|words?|writing|lettering|overlays?|letters|on-?screen (?:text|words)"
    r"|inscription|wording|spelling|typo|type|font)\b"
)
STYLES: Final[tuple[tuple[TitleStyle, str], ...]] = (
    ("elegant", r"elegant|class(?:y|ier)|fanc(?:y|ier)|refined|sophisticated|serif|posh|graceful|stylish"),
    (
        "handwritten",
        r"hand-?written|hand-?writing|script|cursive|like (?:it was|it is)? ?written by hand"
        r"|by hand|scribbled|hand-?drawn|like a note",
    ),
    ("bold", r"bold(?:er)?|thick(?:er)?|fat(?:ter)?|heavy|heavier|strong(?:er)?|punchy|loud|chunky"),
    ("band", r"band|ribbon|(?:on|in|with) (?:a |the )?(?:bar|stripe|strip|band|banner|ribbon|box)|banner"),
    ("plain", r"plain(?:er)?|simple(?:r)?|normal|minimal|basic|neutral|regular"),
)
STYLE: Final = tuple((style, re.compile(rf"\b(?:{words})\b")) for style, words in STYLES)
WRITES: Final = re.compile(
    r"\b(?:write|writes?|put|show|overlay|add|display|print|have it say|let it say|say(?:s"
    r"|ing)?|read(?:s|ing)?|spell|type|stick|slap|place|caption|label|title|subtitle"
    r"|insert)\b"
)
_SAYS: Final = re.compile(
    r"\b(?:that |which |it |to |should |must |can |could |now |rather |simply |just "
    r"|instead )*(?:says?|saying|reads?|reading|read|say|(?:with|show(?:s|ing)?|display|carry|bear|put|add|have"
    r"|gets?) the (?:text|words|line|message)(?! (?:off|on|in|to|at|from))"
    r"|with the (?:caption|title|subtitle)|be (?=⟪)|text is(?= ?[⟪:])|called|spelled|spelling|written)\b\s*:?\s*"
)
_TO: Final = re.compile(
    r"\b(?:change|set|update|make|turn|edit|switch)\s+(?:the\s+|its\s+|that\s+)?(?:\w+\s+){0,2}?(?:captions?"
    r"|titles?|sub-?titles?|labels?|lower thirds?|price tags?|name tags?|end cards?|text"
    r"|words|headline)(?:\s+(?:on|in|of)\s+(?:the\s+)?(?:[\w-]+\s+){0,2}?[\w-]+)?(?P<to>\s+(?:to"
    r"|into|=)\s+)(?:say\s+|read\s+|be\s+)?"
)
_NTH: Final = "|".join(ORDINALS)


def kind_in(text: str) -> OverlayKind | None:
    """The kind of words a text names; None when it names none, or only "text"."""
    hits = [(hit.start(), n, kind) for n, (kind, pattern) in enumerate(KIND) if (hit := pattern.search(text))]
    return min(hits)[2] if hits else None


def style_in(text: str) -> TitleStyle | None:
    """The style of title a text names."""
    return next((style for style, pattern in STYLE if pattern.search(text)), None)


def speaks_of_words(text: str) -> bool:
    """Whether a text is about words on the picture at all."""
    return kind_in(text) is not None or bool(ANY.search(text))


def said_text(stage: Stage) -> tuple[str, int] | None:
    """The words a clause wants on the picture, exactly as typed, and where they begin in the line."""
    line = stage.line
    if quote := re.search(r"⟪\d+⟫", line.text):
        return line.masked.bare(quote[0]), quote.start()
    if (
        (colon := line.text.find(":")) > 0
        and not re.search(r"\d:\d", line.text[colon - 1 : colon + 2])
        and line.text[colon + 1 :].strip()
    ):
        return _bare(line, colon + 1), colon
    if (to := _TO.search(line.text)) is not None:
        return _bare(line, to.end()), to.start("to")
    says = None
    for match in _SAYS.finditer(line.text):
        says = match
        break
    if says and line.text[says.end() :].strip():
        return _bare(line, says.end()), says.start()
    return None


def _bare(line: Line, start: int) -> str:
    text = line.typed(start, len(line.text))
    text = re.sub(r"(?:[\s,]+(?:please|pls|thanks|thank you|instead|for me))+[.!]*$", "", text.strip(), flags=re.I)
    text = line.masked.bare(re.sub(r"(?<!\.)\.$", "", text))
    return text.strip(" ,")


def words_named(stage: Stage) -> tuple[Overlay, ...]:
    """The words on the picture a clause means: by quote, kind, number, shot, or those spoken of last."""
    film, text = stage.film, stage.text
    kind = kind_in(text)
    there = [o for o in film.overlays if kind is None or o.kind == kind]
    if not there:
        there = list(film.overlays) if ANY.search(text) or kind == "caption" else []
    if re.search(r"\bprice\b", text) and kind != "price_tag":
        there = [o for o in film.overlays if re.search(r"[$€£]|\d", o.text)] or there
    quoted = {stage.line.masked.bare(q).casefold() for q in re.findall(r"⟪\d+⟫", text)}
    if exact := [o for o in there if o.text.casefold() in quoted]:
        return tuple(exact)
    order = {shot.id: n for n, shot in enumerate(film.shots)}
    there.sort(key=lambda o: order.get(o.shot_id or "", -1))
    if match := re.search(
        rf"\b(?P<nth>{_NTH})\s+(?:one|caption|title|subtitle|lower third|label|text|price tag|tag|card|words"
        rf"|line)s?\b",
        text,
    ):
        n = ORDINALS[match["nth"]]
        at = n - 1 if n > 0 else len(there) + n
        if 0 <= at < len(there):
            return (there[at],)
    if stage.shots:
        inside = tuple(o for o in there if o.shot_id in stage.shots)
        if inside:
            return inside
        if not re.search(r"\b(?:all|every|any)\b", text) and kind is None:
            return ()
        return inside
    last = [o for o in stage.memory.overlays if o in there]
    if (
        len(there) > 1
        and last
        and not re.search(r"\b(?:all|every|any|both|captions|titles|subtitles|texts|labels|words|thirds|tags)\b", text)
    ):
        return tuple(last[-1:])
    return tuple(there)
