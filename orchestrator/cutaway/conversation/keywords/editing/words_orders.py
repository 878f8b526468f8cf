"""Words on the picture: written, changed, taken off, styled, timed and moved; and the film's name."""

from __future__ import annotations

import re
from typing import Final

from cutaway.conversation.keywords.answers import best_lines
from cutaway.conversation.keywords.editing.line import Line
from cutaway.conversation.keywords.editing.pace import SECONDS, said_seconds
from cutaway.conversation.keywords.editing.shot_orders import OUT
from cutaway.conversation.keywords.editing.slips import price_changed, slip_mended, swapped_word
from cutaway.conversation.keywords.editing.stage import Found, Stage
from cutaway.conversation.keywords.editing.words_meant import (
    ANY,
    WRITES,
    kind_in,
    said_text,
    speaks_of_words,
    style_in,
    words_named,
)
from cutaway.conversation.keywords.sheet import PRICE
from cutaway.conversation.keywords.text import cut, free_id
from cutaway.storyboard.edits import AddOverlay, ChangeOverlay, Edit, RemoveOverlay, SetTitle
from cutaway.storyboard.model import MAX_TEXT_CHARS, Overlay, OverlayKind, Storyboard

_NAME: Final = re.compile(
    r"\b(?:re-?)?(?:name|call|title)\s+(?:the (?:whole )?|this |my |our )?(?:film|video"
    r"|movie|project|storyboard|it|clip|thing|story)\s+(?:to |as |into |should be |is )*(?=\S)"
    r"|\b(?:film|video|movie|project)(?:'s)? (?:name|title|should be called|is called"
    r"|to be called)(?: should be| is| to|:)*\s+(?=\S)|\b(?:the )?name of the (?:film"
    r"|video|movie) (?:should be|is|to)\s+(?=\S)"
)
_CHANGES: Final = re.compile(
    r"\b(?:change|replace|update|edit|make|turn|correct|fix|should|must|now|rather|instead|swap|let|have)\b"
)
_SPOKEN: Final = re.compile(
    r"\b(?:word (?:by|for) word|light(?:s|ing)? up|karaoke|as (?:they are|it is|he|she"
    r"|they)? ?(?:spoken|said|speaks?|talks?)|one (?:word )?by one|highlight(?:ed|ing)? (?:the )?words?"
    r"|spoken)\b"
)
_NOT_SPOKEN: Final = re.compile(r"\b(?:not|no|without|stop)\b")
_ONLY_FOR: Final = re.compile(
    rf"\b(?:only |just )?(?:for|during|in) (?:only |just )?(?:the )?(?P<first>first )?{SECONDS}"
)
_AFTER: Final = re.compile(
    r"\b(?:only |not )?(?:after|from|starting (?:at|after|from)|begins? (?:at|after)"
    r"|until|before|at|comes? in (?:at|after)|delay(?:ed)?(?: it)? by|wait)\s+(?:the )?(?P<first>first "
    rf")?{SECONDS}"
)
_UNTIL: Final = re.compile(
    r"\b(?:until|up to|till|(?:disappear|vanish|hide|leave|go|stop|be (?:gone|off))(?:s"
    r"|es)?(?: away| again)? after|gone after|fades? (?:out )?after|ends? (?:at|after)"
    rf"|off after)\s+(?:the )?(?P<first>first )?{SECONDS}"
)
_STANDS: Final = re.compile(
    r"\b(?:on screen|stays?|visible|too (?:long|short)|disappears?|stand|hold|up for|shown for|last)\b"
)
_MOVE: Final = re.compile(r"\b(?:belongs?|move[ds]?|goes|go|should be|put|shift|meant|actually|sits?|place)\b")
_LABEL: Final = re.compile(
    r"\b(?:label|caption|title|subtitle|tag|mark)\s+(?:the |my |shot |scene |it |that "
    r"|this |number )*[\w ]{0,30}?\b(?:with|as)\s+(?P<what>\S.*)$"
)
_ACROSS: Final = re.compile(
    r"\b(?:whole|entire|all (?:of )?(?:the|it)|throughout|every(?:where)?|across|all along|the time)\b"
)
_BEFORE_YOU: Final = re.compile(r"\b(?:remove|without|no)\b")


def read_words(stage: Stage) -> Found | None:
    """The edits of a clause about words on the picture, or None when it is about something else."""
    for read in (
        _named_film,
        price_changed,
        _spoken,
        _off,
        _moved,
        _timed,
        _styled,
        _mended,
        _rewritten,
        _paired,
        _written,
        _from_context,
    ):
        if (found := read(stage)) is not None:
            return found
    return None


def _named_film(stage: Stage) -> Found | None:
    match = _NAME.search(stage.text)
    if match is None or re.search(r"\bbranch\b", stage.text):
        return None
    typed = stage.line.masked.bare(stage.line.typed(match.end(), len(stage.text))).strip(" .,!")
    stage.line.use(0, len(stage.text))
    return Found([SetTitle(title=cut(typed, MAX_TEXT_CHARS))]) if typed else None


def _focus(stage: Stage) -> tuple[Overlay, ...]:
    """The words a clause names, or those changed last when it names none."""
    if speaks_of_words(stage.text) or stage.shots:
        return words_named(stage)
    return stage.memory.overlays[-1:] or (stage.film.overlays if len(stage.film.overlays) == 1 else ())


def _off(stage: Stage) -> Found | None:
    if not OUT.search(stage.text) and not re.search(r"\b(?:no|take|hide|clear|do not|off)\b", stage.text):
        return None
    text = stage.text
    if (quote := re.search(r"⟪\d+⟫", text)) and not re.search(r"\b(?:says?|write|put)\b", text):
        words = stage.line.masked.bare(quote[0])
        part = [o for o in stage.film.overlays if words in o.text and words != o.text]
        if len(part) == 1 and not kind_in(text):
            left = re.sub(r"\s+", " ", part[0].text.replace(words, " ", 1)).strip(" ,")
            if left:
                stage.line.use(0, len(text))
                return Found([ChangeOverlay(overlay_id=part[0].id, text=left)])
    about = speaks_of_words(text) or (re.search(r"\bprice\b", text) and not re.search(r"\d", text))
    names = re.search(r"\bnames?\b", text) and any(o.kind == "lower_third" for o in stage.film.overlays)
    about = about or bool(names)
    they = re.search(r"\b(?:them|those|these)\b", text)
    spoken = they and re.search(r"caption|title|text|label|words", " ".join(stage.memory.said[:3]).lower())
    if not about and not (spoken and stage.film.overlays):
        return None
    if re.search(r"\b(?:not|no) (?:have|got)\b|\bhas not\b|\binstead\b.*:|\bsays?\b|\breads?\b", text) or (
        said_text(stage) and ":" in text
    ):
        return None
    there = stage.film.overlays if spoken and not about else words_named(stage)
    if names and kind_in(text) is None:
        there = tuple(o for o in stage.film.overlays if o.kind == "lower_third")
        inside = {s.id for s in stage.film.shots if set(stage.cast) & set(s.cast)}
        there = tuple(o for o in there if len(there) == 1 or o.shot_id in inside) or there
    every = re.search(r"\b(?:all|every|any|both)\b", text)
    if about and not there:
        return Found(problem="There are no such words on the picture to take off.")
    several = re.search(
        r"\b(?:captions|titles|subtitles|texts|labels|words|text|thirds|tags|cards|writing|overlays)\b", text
    )
    if len(there) > 1 and not every and not several and not spoken:
        return Found(
            problem=f"There are {len(there)} of them. Which one do you mean?",
            choices=tuple(f'Remove the {o.kind.replace("_", " ")} "{o.text}"' for o in there[:4]),
        )
    stage.line.use(0, len(text))
    return Found([RemoveOverlay(overlay_id=o.id) for o in there])


def _spoken(stage: Stage) -> Found | None:
    if not _SPOKEN.search(stage.text) or not stage.film.overlays:
        return None
    there = tuple(o for o in (_focus(stage) or stage.film.overlays) if o.kind == "caption")
    if not there:
        return None
    stage.line.use(0, len(stage.text))
    return Found([ChangeOverlay(overlay_id=o.id, spoken=not _NOT_SPOKEN.search(stage.text)) for o in there])


def _styled(stage: Stage) -> Found | None:
    style = style_in(stage.text)
    titles = [o for o in stage.film.overlays if o.kind == "title"]
    if style is None or not titles or re.search(r"⟪", stage.text):
        return None
    about = kind_in(stage.text) == "title" or re.search(
        r"\b(?:letters?|font|type|lettering|writing|text)\b", stage.text
    )
    spoken = any(o.kind == "title" for o in stage.memory.overlays)
    if not about and not spoken:
        return None
    if not about and len(stage.text.split()) > 8:
        return None
    named = [o for o in _focus(stage) if o.kind == "title"] or titles[-1:]
    stage.line.use(0, len(stage.text))
    return Found([ChangeOverlay(overlay_id=o.id, style=style) for o in named])


def _timed(stage: Stage) -> Found | None:
    if not stage.film.overlays:
        return None
    text = stage.text
    about = speaks_of_words(text)
    spoken = bool(stage.memory.overlays) or re.search(
        r"caption|title|text|label", " ".join(stage.memory.said[:2]).lower()
    )
    nth = re.search(r"\bthe (?:first|second|third|last) (?:one|caption)\b", text)
    if not about and not (spoken and (nth or re.search(r"\b(?:it|that|show|appear|stay|disappear)", text))):
        return None
    if about and _STANDS.search(text) and (stand := re.search(SECONDS, text)) and not _AFTER.search(text):
        named = words_named(stage) or stage.film.overlays
        stage.line.use(0, len(text))
        return Found([ChangeOverlay(overlay_id=o.id, end_s=o.start_s + (said_seconds(stand) or 0)) for o in named])
    until, after, only = _UNTIL.search(text), _AFTER.search(text), _ONLY_FOR.search(text)
    if not (until or after or only) or re.search(r"⟪", text):
        return None
    there = words_named(stage) if about or stage.shots or nth else stage.memory.overlays[-1:]
    if not there:
        return None
    start_s = end_s = None
    if until:
        end_s = said_seconds(until)
    elif after:
        start_s = said_seconds(after)
    elif only:
        end_s = said_seconds(only)
    if start_s is None and end_s is None:
        return None
    stage.line.use(0, len(text))
    return Found(
        [
            ChangeOverlay(
                overlay_id=o.id,
                start_s=start_s,
                end_s=None if end_s is None else o.start_s + end_s if not until else end_s,
            )
            for o in there
        ]
    )


def _moved(stage: Stage) -> Found | None:
    """Words that belong to another shot: they are taken off and put there."""
    if (
        not stage.shots
        or not speaks_of_words(stage.text)
        or not _MOVE.search(stage.text)
        or re.search(r"⟪|:", stage.text)
    ):
        return None
    if said_text(stage) or re.search(r"\b(?:a|an|another|new)\s+(?:\w+\s+)?(?:caption|title|label|text)", stage.text):
        return None
    kind = kind_in(stage.text)
    there = [o for o in stage.film.overlays if kind is None or o.kind == kind or o in stage.memory.overlays]
    there = [o for o in there if o in stage.memory.overlays] or there
    there = [o for o in there if o.shot_id not in stage.shots]
    if len(there) != 1 or len(stage.shots) != 1:
        return None
    stage.line.use(0, len(stage.text))
    return Found(
        [
            RemoveOverlay(overlay_id=there[0].id),
            AddOverlay(overlay=there[0].model_copy(update={"shot_id": stage.shots[0]})),
        ]
    )


def _mended(stage: Stage) -> Found | None:
    """A slip in words that are there: "straight not strait", "it is spelled John"."""
    edits = slip_mended(stage)
    return Found(edits) if edits else None


def _rewritten(stage: Stage) -> Found | None:
    """New text for words that are there: "the second caption should rather say ..."."""
    said = said_text(stage)
    if said is None or not stage.film.overlays:
        return None
    text, start = said
    head = stage.text[:start]
    if (
        not speaks_of_words(head)
        or not _CHANGES.search(stage.text[: start + 24])
        or re.search(r"\b(?:add|another|new)\b", head)
    ):
        return None
    if re.search(r"\binstead\b", head) and not words_named(stage):
        return None
    if len(re.findall(r"⟪\d+⟫", stage.text)) > 1:
        return None
    there = words_named(_head(stage, start))
    if not there:
        return None
    if len(there) > 1:
        return Found(
            problem=f"There are {len(there)} of them. Which one?",
            choices=tuple(f'Change "{o.text}" to "{cut(text, 80)}"' for o in there[:4]),
        )
    stage.line.use(0, len(stage.text))
    return Found([ChangeOverlay(overlay_id=there[0].id, text=cut(text, MAX_TEXT_CHARS))])


def _head(stage: Stage, end: int) -> Stage:
    """The words before the text itself."""
    line = stage.line.part(0, end)
    line.free = line.text
    meant = stage.finder.all_in(line)
    head = Stage(stage.line.part(0, end), stage.film, stage.memory, stage.finder, meant)
    return head


def _paired(stage: Stage) -> Found | None:
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


def _written(stage: Stage) -> Found | None:
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
    if kind is None and not quoted and (more := _ONE_MORE.match(text)) and stage.memory.overlays and stage.shots:
        said, kind = (_typed(stage, more), more.start("what")), _last_kind(stage)
    plain = _plain_text(stage) if said is None else None
    said = said or plain
    if said is None:
        return _asked_for(stage, kind)
    words = cut(said[0], MAX_TEXT_CHARS)
    if not words or not any(c.isalnum() for c in words):
        return None
    head = text[: said[1]]
    if not (kind or quoted or ANY.search(head) or label or plain):
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
    film = stage.film
    if kind == "title" and not shots and not re.search(r"\b(?:another|second|also|new)\b", head):
        there = [o for o in film.overlays if o.kind == "title"]
        if len(there) == 1:
            stage.line.use(0, len(text))
            return Found([ChangeOverlay(overlay_id=there[0].id, text=words)])
    style = style_in(text) if kind == "title" else None
    if style and not quoted:
        words = _STYLE_TAIL.sub("", words).strip(" ,") or words
    whole = bool(_ACROSS.search(head if not quoted else text)) and not shots
    stage.line.use(0, len(text))
    return Found(adding(film, kind, words, shots, [], style=style, whole=whole))


_STYLE_TAIL: Final = re.compile(
    r",?\s+(?:in|with)\s+(?:an?\s+|the\s+)?[a-z-]+(?:\s+(?:letters?|style|font|writing|type|script))?$"
)
_ONE_MORE: Final = re.compile(
    r"^(?:and |also |then )*(?:(?:in|on|for) )?(?:the )?(?:shot |scene |number )?[\w ]{1,24}:\s*(?P<what>\S.*)$"
)
_WRITE: Final = re.compile(r"^(?:write|print|spell|type|display|put the words|add the words|show the words)\s+")
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
    return stage.line.masked.bare(stage.line.typed(match.start("what"), match.end("what"))).strip(" .!")


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
        named = stage.line.typed(kind.start("what"), len(text))[:1].islower()
        start = -1 if named or re.search(r"\b(?:should|must|is|are)\b", text[: kind.start()]) else kind.start("what")
    if start < 0 and (
        label := re.match(r"^(?:label|caption|title|subtitle|tag)\s+[·\s]*·+\s+(?P<what>[^·]+)$", stage.line.free)
    ):
        start = label.start("what")
    if start < 0:
        return None
    end = _AFTER_TEXT.search(text, start + 1)
    typed = stage.line.masked.bare(stage.line.typed(start, end.start() if end else len(text))).strip(" .!")
    return (typed, start) if typed and not re.match(r"(?:it|this|that|them|a|an|the|something|some)\b", typed) else None


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
    if stage.context and (found := _from_context(stage)):
        return found
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


_PUTS: Final = re.compile(
    r"^(?:and |also |then |please |can you |could you )*(?:put|show|add|write|display"
    r"|mention|include|print|state|end on|finish (?:on|with)|close (?:on|with)|end with"
    r"|what)\b\s*(?P<what>.+?)(?:\s+(?:on|in|over|under|to|at|into|as)\s+(?:it|that|this"
    r"|top|screen|the (?:picture|screen|film|video|shot|end|start|image|bottom|first"
    r"|second|third|last)\b.*))?$"
)


def _from_context(stage: Stage) -> Found | None:
    """A fact of the notes put on the picture: "put the boil time on it", "and what we charge"."""
    match = _PUTS.match(stage.text)
    if match is None or not stage.context:
        return None
    asked = match["what"]
    if re.search(r"\bwhat (?:we|they|you|it) (?:charge|cost|costs|ask)|\bprice|\bcost\b", stage.text):
        asked = "price"
    if asked.strip() in {"that", "it", "this"}:
        asked = stage.memory.last_said
    lines = best_lines(asked, stage.context)
    if not lines:
        return None
    text = lines[0].text
    name, colon, value = text.partition(":")
    words = value.strip() if colon and value.strip() and len(name.split()) < 3 else text.strip()
    kind = kind_in(stage.text) or ("lower_third" if PRICE.fullmatch(words) else "caption")
    shots = stage.shots
    if not shots and len(stage.film.shots) > 1 and re.match(r"(?:end|finish|close)", stage.text):
        shots = (stage.film.shots[-1].id,)
    stage.line.use(0, len(stage.text))
    return Found(adding(stage.film, kind, cut(words, MAX_TEXT_CHARS), shots, [], source=lines[0].ref))


def words_corrected(stage: Stage) -> Found | None:
    """The last resort for words that are there: another number, price, day or name in the place of the one shown."""
    edits = swapped_word(stage)
    return Found(edits) if edits else None
