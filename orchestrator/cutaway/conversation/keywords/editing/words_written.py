"""New words on the picture: quoted, typed out, paired with shots, or taken from the notes."""

from __future__ import annotations

import re
from typing import Final

from cutaway.conversation.keywords.editing.cast_meant import names_in
from cutaway.conversation.keywords.editing.line import Line
from cutaway.conversation.keywords.editing.stage import Found, Stage
from cutaway.conversation.keywords.editing.words_meant import (
    ANY,
    WRITES,
    kind_in,
    said_text,
    style_in,
)
from cutaway.conversation.keywords.sheet import PRICE
from cutaway.conversation.keywords.text import cut, free_id
from cutaway.storyboard.edits import AddOverlay, ChangeOverlay, Edit
from cutaway.storyboard.model import MAX_TEXT_CHARS, Overlay, OverlayKind, Storyboard

_LABEL: Final = re.compile(
    r"\b(?:label|caption|title|subtitle|tag|mark)\s+(?:the |my |shot |scene |it |that "
    r"|this |number )*[\w ]{0,30}?\b(?:with|as)\s+(?P<what>\S.*)$"
)


_ACROSS: Final = re.compile(
    r"\b(?:whole|entire|all (?:of )?(?:the|it)|throughout|every(?:where)?|across|all along|the time)\b"
)


def paired(stage: Stage) -> Found | None:
    """Several texts, each with its shot: "lower thirds: 'A' on 1 and 'B' on 3"."""
    quotes = list(re.finditer(r"⟪\d+⟫", stage.text))
    if len(quotes) < 2 or re.search(r"\b(?:replace|change|instead of|swap)\b", stage.text):
        return None
    text = stage.text
    before = _shots_in(stage, text[: quotes[0].start()])
    kind = kind_in(text) or _last_kind(stage) or "caption"
    film = stage.film
    edits: list[Edit] = []
    for n, quote in enumerate(quotes):
        first = before if n == 0 else ()
        if before:
            start = quotes[n - 1].end() if n else 0
            shots = first or _shots_in(stage, text[start : quote.start()])
        else:
            end = quotes[n + 1].start() if n + 1 < len(quotes) else len(text)
            shots = _shots_in(stage, text[quote.end() : end])
        bare = [s.id for s in film.shots if not any(o.shot_id == s.id and o.kind == kind for o in film.overlays)]
        if not shots and len(quotes) in {len(film.shots), len(bare)}:
            shots = (film.shots[n].id,) if len(quotes) == len(film.shots) else (bare[n],)
        edits += adding(film, kind, stage.line.masked.bare(quote[0]), shots, edits)
    stage.line.use(0, len(text))
    return Found(edits)


def _shots_in(stage: Stage, words: str) -> tuple[str, ...]:
    return stage.finder.all_in(Line.plain(words)).shots


def _last_kind(stage: Stage) -> OverlayKind | None:
    return stage.memory.overlays[-1].kind if stage.memory.overlays else None


def written(stage: Stage) -> Found | None:
    """New words on the picture."""
    text = stage.text
    said = said_text(stage)
    kind = kind_in(text[: said[1]]) or kind_in(text) if said else kind_in(text)
    quoted = "⟪" in text
    if label := _LABEL.search(text):
        said = said or (
            stage.line.masked.bare(stage.line.typed(label.start("what"), len(text))).strip(" .!"),
            label.start("what"),
        )
    price = re.match(
        r"^(?:and |put |show |add |write )*(?P<p>[$€£]?\s?\d[\d.,]*\s?(?:[$€£]|euros?"
        r"|dollars?|usd|eur)?)\s+(?:in|at|on|under|below|over|as)\b",
        text,
    )
    if said is None and price and (kind or re.search(r"\b(?:screen|picture|corner|bottom|it)\b", text)):
        said = (stage.line.typed(price.start("p"), price.end("p")).strip(), 0)
    if said is None and not quoted and (fact := _FACT.match(text)):
        said = (_typed_as(stage, fact, "text"), fact.start("text"))
        what = fact["what"]
        kind = kind or ("price_tag" if "price" in fact["head"] else "lower_third" if what == "name" else "caption")
    if kind is None and not quoted and (more := _ONE_MORE.match(text)) and stage.memory.overlays and stage.shots:
        said, kind = (_typed(stage, more), more.start("what")), _last_kind(stage)
        if kind == "price_tag" and not re.search(r"\d", said[0]):
            kind = "caption"
    plain = _plain_text(stage) if said is None else None
    said = said or plain
    if said is None:
        return _asked_for(stage, kind)
    words = cut(said[0], MAX_TEXT_CHARS)
    if not quoted and kind and (look := _LOOK_TAIL.match(words)):
        words = look["text"]
    if not words or not any(c.isalnum() for c in words):
        return None
    head = text[: said[1]]
    if not (
        kind
        or quoted
        or ANY.search(head)
        or label
        or plain
        or re.search(r"\b(?:write|print)\b", head)
        or re.search(r"\bthe (?:words?|text|line|message)\b", text)
    ):
        return None
    if quoted and not (kind or ANY.search(text) or WRITES.search(text) or stage.shots or len(text.split()) < 8):
        return None
    if kind is None:
        kind = (
            "lower_third"
            if PRICE.fullmatch(words)
            else _last_kind(stage)
            if re.match(r"(?:and|also|then)?\s*⟪", text)
            else None
        )
    kind = kind or "caption"
    shots = stage.shots
    if not quoted and said[1]:
        shots = _shots_in(stage, head) or shots if said[1] > 3 else shots
        if not _shots_in(stage, head) and ":" in text:
            shots = ()
    if not shots and (where := _ON_WHOM.search(head if not quoted else text)):
        shots = _with(stage, where["who"])
    if not shots and re.search(r"\b(?:on it|there|instead)\b", text) and not _ACROSS.search(text):
        shots = _emptied(stage)
    film = stage.film
    if (
        not shots
        and kind in {"price_tag", "lower_third", "caption"}
        and len(stage.memory.shots) == 1
        and re.search(r"\b(?:give|on|to|over|under|for) (?:it|that|this|him|her|them)\b", head)
    ):
        shots = stage.memory.shots
    if kind == "title" and not shots and not re.search(r"\b(?:another|second|also|new)\b", head):
        there = [o for o in film.overlays if o.kind == "title"]
        if len(there) == 1:
            stage.line.use(0, len(text))
            return Found([ChangeOverlay(overlay_id=there[0].id, text=words)])
    style = style_in(text) if kind == "title" else None
    if style and not quoted:
        words = _STYLE_TAIL.sub("", words).strip(" ,") or words
    listed = [part.strip(" .") for part in re.split(r"\s*[,;]\s*(?:and )?", words) if part.strip(" .")]
    if not quoted and not shots and len(listed) == len(film.shots) > 1 and re.search(r"s$", _plural(head)):
        stage.line.use(0, len(text))
        edits: list[Edit] = []
        for shot, part in zip(film.shots, listed, strict=True):
            edits += adding(film, kind, part, (shot.id,), edits)
        return Found(edits)
    numbered = re.findall(r"(?:^|\s)(\d)\s*[:.)]\s*(.+?)(?=[\s,;]+\d\s*[:.)]|$)", f"{_numbered(text, said[1])}{words}")
    if not quoted and len(numbered) > 1 and all(1 <= int(n) <= len(film.shots) for n, _ in numbered):
        stage.line.use(0, len(text))
        edits = []
        for n, part in numbered:
            edits += adding(film, kind, part.strip(" ,"), (film.shots[int(n) - 1].id,), edits)
        return Found(edits)
    whole = bool(_ACROSS.search(head if not quoted else text)) and not shots
    stage.line.use(0, len(text))
    return Found(adding(film, kind, words, shots, [], style=style, whole=whole))


_ON_WHOM: Final = re.compile(
    r"\b(?:on|over|under|for|below|beside|above|across) (?P<who>(?:the|my|our|his|her) [a-z]+(?: [a-z]+)?)\b"
)


def _with(stage: Stage, words: str) -> tuple[str, ...]:
    """The shot of somebody of the cast: the only one, or the first of several that are not all of the film."""
    names = [name for name in names_in(Line.plain(words), stage.film) if not name.indefinite]
    inside = tuple(s.id for s in stage.film.shots if names and names[0].cast_id in s.cast)
    return inside[:1] if inside and len(inside) < len(stage.film.shots) else ()


def _emptied(stage: Stage) -> tuple[str, ...]:
    """The shot of the words that were just taken off."""
    before = stage.memory.before
    there = {overlay.id for overlay in stage.film.overlays}
    gone = [o.shot_id for o in before.overlays if o.id not in there and o.shot_id] if before is not None else []
    return (gone[0],) if len(gone) == 1 and stage.film.shot(gone[0]) else ()


def _plural(head: str) -> str:
    """The last word before a text that names a kind of words."""
    named = re.findall(r"\b(?:captions?|titles?|sub-?titles?|labels?|names?|words|lyrics|texts?|tags?)\b", head)
    return named[-1] if named else ""


def _numbered(text: str, start: int) -> str:
    match = re.search(r"(\d)\s*$", text[:start])
    return f"{match[1]}: " if match else ""


_LOOK_TAIL: Final = re.compile(
    r"(?P<text>.+?)\.\s+(?:in |nice and |very )*(?:plain|bold|elegant|handwritten|simple|white|black|small|big"
    r"|large|centred"
    r"|centered|classy)\b[^.]{0,40}\.?$",
    re.I,
)
_STYLE_TAIL: Final = re.compile(
    r",\s+(?:bold|elegant|hand-?written|plain|classy|fancy|simple)$|,?\s+(?:in|with)\s+(?:an?\s+"
    r"|the\s+)?[a-z-]+(?:\s+(?:letters?|style|font|writing|type|script))?$"
)


_FACT: Final = re.compile(
    r"^(?P<head>(?:and |then |now |also |please |put |add |write |show |i need |i want |we need |have "
    r"|on the \w+ |over the \w+ "
    r"|in the \w+ |under the \w+ |give it )*(?:the|a|an|our|his|her|my) (?P<what>date|time|price|address|phone number"
    r"|number|name|place|venue|opening hours|hours|website|url|email|hashtag|motto|slogan|tagline|sign|claim|phone)\b"
    r"[^,:]{0,40}(?:, ?|: ?| under it ,? ?| on it ,? ?| below ,? ?))(?P<text>(?!and\b|but\b|please\b|then\b"
    r"|too\b|or\b|not\b)\S.*)$"
)


_ONE_MORE: Final = re.compile(
    r"^(?:and |also |then )*(?:(?:in|on|for) )?(?:the )?(?:shot |scene |number )?[\w ]{1,24}:\s*(?P<what>\S.*)$"
)


_WRITE: Final = re.compile(r"^(?:write|print|type|display|put the words|add the words|show the words)\s+")


_AFTER_TEXT: Final = re.compile(
    r"\s+(?:in (?:a |an |the )?(?:bold|elegant|handwritten|fancy|big|large|small|plain"
    r"|simple|white|red|letters|corner|middle|first|second|third|last|top|bottom)|on (?:the"
    r"|it|shot|screen|top)|at the|over (?:the|it)|under (?:the|it)|across|as an?|below"
    r"|into|during|when|while)\b"
)


_KIND_THEN: Final = re.compile(
    r"\b(?:captions?|titles?|sub-?titles?|labels?|cards?|lower[ -]?thirds?|(?:name|price) ?tags?"
    r"|tags?|head-?lines?)\s+(?:with\s+|of\s+|as\s+|for\s+)?(?P<what>\S.*)$"
)


def _typed(stage: Stage, match: re.Match[str]) -> str:
    return _typed_as(stage, match, "what")


def _typed_as(stage: Stage, match: re.Match[str], group: str) -> str:
    return stage.line.masked.bare(stage.line.typed(match.start(group), match.end(group))).strip(" .!")


def _plain_text(stage: Stage) -> tuple[str, int] | None:
    """Words to be shown that were typed without quotes: they begin with a capital or a figure."""
    text = stage.text
    match = _WRITE.match(text)
    start = match.end() if match else -1
    if match is None and (
        put := re.match(
            r"^(?:and |also )*(?:put|show|add|have)\s+(?P<what>[\w$€£].*?)(?:\s+(?:on"
            r"|over|under|across|in)\s+(?=the\b|it\b|shot\b)|\s+(?=·))",
            stage.line.free,
        )
    ):
        typed = stage.line.typed(put.start("what"), put.end("what"))
        if re.match(r"[$€£\d]", typed) and not re.match(r"\d+ (?:[a-z]+s|of)\b", typed):
            return stage.line.masked.bare(typed), 0
    if match is None and (kind := _KIND_THEN.search(text)):
        named = stage.line.typed(kind.start("what"), len(text))[:1].islower() and not re.match(
            r"(?:end|close|finish) (?:on|with) an? \w+ card (?!(?:at|in|on|for|with|that|saying|please$)\b)", text
        )
        start = -1 if named or re.search(r"\b(?:should|must|is|are)\b", text[: kind.start()]) else kind.start("what")
    if start < 0 and (
        label := re.match(r"^(?:label|caption|title|subtitle|tag)\s+[·\s]*·+\s+(?P<what>[^·]+)$", stage.line.free)
    ):
        start = label.start("what")
    if start < 0:
        return None
    end = _AFTER_TEXT.search(text, start + 1)
    typed = stage.line.masked.bare(stage.line.typed(start, end.start() if end else len(text))).strip(" .!")
    return (
        (typed, start)
        if typed
        and not re.match(
            r"(?:it|this|that|them|a|an|the|something"
            r"|some)\b",
            typed,
        )
        else None
    )


def _asked_for(stage: Stage, kind: OverlayKind | None) -> Found | None:
    """A caption that was asked for without saying what it says."""
    if kind is None or not re.match(
        r"^(?:please |can you |could you |now |also |and )*(?:add|put|give|insert|include"
        r"|make|i (?:want|need))\s+(?:it |me |us )?(?:a|an|another|some|the)?\s*(?:new "
        r"|nice |big |small |short )*(?:caption|title|subtitle|label|lower third|price tag"
        r"|end card|name tag|text)s?\b",
        stage.text,
    ):
        return None
    what = kind.replace("_", " ")
    return Found(problem=f"What should the {what} say?", choices=(f'Add a {what} "Hello"',))


def adding(
    film: Storyboard,
    kind: OverlayKind,
    words: str,
    shots: tuple[str, ...],
    others: list[Edit],
    *,
    style: str | None = None,
    whole: bool = False,
    source: str = "",
) -> list[Edit]:
    """The edits that put words on the picture.

    A title opens the film, an end card closes it, a lower third names its first shot.
    """
    homes: tuple[str | None, ...] = shots
    if not homes:
        if whole or (kind == "caption" and len(film.shots) > 1):
            homes = (None,)
        else:
            homes = (film.shots[-1].id if kind == "end_card" else film.shots[0].id,)
    taken = [o.id for o in film.overlays] + [e.overlay.id for e in others if isinstance(e, AddOverlay)]
    edits: list[Edit] = []
    for home in homes:
        wanted = "title" if kind == "title" else f"{kind.replace('_', '-')}-{home or 'film'}"
        overlay_id = free_id(wanted[:36], taken)
        taken.append(overlay_id)
        fields: dict[str, object] = {"id": overlay_id, "kind": kind, "text": words, "shot_id": home, "source": source}
        edits.append(AddOverlay(overlay=Overlay.model_validate(fields | ({"style": style} if style else {}))))
    return edits
