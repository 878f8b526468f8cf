"""Words on the picture: written, changed, taken off, styled, timed and moved; and the name of the film."""

from __future__ import annotations

import re
from typing import Final

from cutaway.conversation.keywords.editing.shot_orders import OUT
from cutaway.conversation.keywords.editing.slips import price_changed, slip_mended, swapped_word
from cutaway.conversation.keywords.editing.stage import Found, Stage
from cutaway.conversation.keywords.editing.words_called import by_what_they_say, overlays_called
from cutaway.conversation.keywords.editing.words_letters import read_letters
from cutaway.conversation.keywords.editing.words_meant import (
    kind_in,
    said_text,
    speaks_of_words,
    words_named,
)
from cutaway.conversation.keywords.editing.words_retold import retold
from cutaway.conversation.keywords.editing.words_timed import SPOKEN, lit_up, styled, timed
from cutaway.conversation.keywords.editing.words_written import adding, paired, written
from cutaway.conversation.keywords.text import cut
from cutaway.storyboard.edits import AddOverlay, ChangeOverlay, Edit, RemoveOverlay, SetTitle
from cutaway.storyboard.model import MAX_TEXT_CHARS

_NAME: Final = re.compile(
    r"\b(?:re-?)?(?:name|call|title)\s+(?:the (?:whole )?|this |my |our )?(?:film|video"
    r"|movie|project|storyboard|it|clip|thing|story)\s+(?:to |as |into |should be |is )*(?=\S)"
    r"|\b(?:film|video|movie|project)(?:'s)? (?:name|title|should be called|is called"
    r"|to be called)(?: should be| is| to|:)*\s+(?=\S)|\b(?:the )?name of the (?:film"
    r"|video|movie) (?:should be|is|to)\s+(?=\S)"
)


_CHANGES: Final = re.compile(
    r"\b(?:change|replace|update|edit|make|turn|correct|fix|should|must|now|rather|instead|swap|let|have|only"
    r"|simply)\b"
)


_MOVE: Final = re.compile(r"\b(?:belongs?|move[ds]?|goes|go|should be|put|shift|meant|actually|sits?|place)\b")


def read_words(stage: Stage) -> Found | None:
    """The edits of a clause about words on the picture, or None when it is about something else."""
    for read in (
        _named_film,
        read_letters,
        price_changed,
        lit_up,
        _as_another_kind,
        _the_same,
        _off,
        _moved,
        _exchanged,
        timed,
        styled,
        retold,
        _mended,
        _rewritten,
        paired,
        written,
    ):
        if (found := read(stage)) is not None:
            return _lit(stage, found) if read in {paired, written} else found
    return None


def _lit(stage: Stage, found: Found) -> Found:
    """New captions that light up as they are spoken, where that is asked for too."""
    if not SPOKEN.search(stage.text) or re.search(r"\b(?:not|no|without)\b", stage.text):
        return found
    edits: list[Edit] = []
    for edit in found.edits:
        if isinstance(edit, AddOverlay) and edit.overlay.kind == "caption":
            edit = AddOverlay(overlay=edit.overlay.model_copy(update={"spoken": True}))
        edits.append(edit)
    return Found(edits, found.problem, found.choices)


def _named_film(stage: Stage) -> Found | None:
    match = _NAME.search(stage.text)
    if match is None or re.search(r"\bbranch\b", stage.text):
        return None
    typed = stage.line.masked.bare(stage.line.typed(match.end(), len(stage.text))).strip(" .,!")
    stage.line.use(0, len(stage.text))
    return Found([SetTitle(title=cut(typed, MAX_TEXT_CHARS))]) if typed else None


_FACT: Final = re.compile(
    r"\b(?P<what>(?:number|phone|date|time|hour|address|url|website|link|price|year|quote|name)s?)\b"
)
_FACTS: Final = {
    "number": r"\d[\d /-]{4,}\d|\d",
    "phone": r"\d[\d /-]{4,}\d",
    "date": r"\d|january|february|march|april|may|june|july|august|september|october|november|december",
    "time": r"\d{1,2}[:.]\d\d|\d ?[ap]m",
    "hour": r"\d",
    "address": r"\d|street|road|avenue|lane|square",
    "url": r"\w\.\w{2,}",
    "website": r"\w\.\w{2,}",
    "link": r"\w\.\w{2,}",
    "price": r"[$€£]|\d",
    "year": r"\b(?:19|20)\d\d\b",
    "quote": r"\w",
    "name": r"[A-Z]",
}


def _off(stage: Stage) -> Found | None:
    if not OUT.search(stage.text) and not re.search(
        r"\b(?:no|take|hide|clear|do not|off|strike|scrub|wipe|erase)\b", stage.text
    ):
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
    if not stage.shots and re.search(r"\bone\b", text) and len(said := by_what_they_say(stage)) == 1:
        stage.line.use(0, len(text))
        return Found([RemoveOverlay(overlay_id=said[0].id)])
    fact = _FACT.search(text) if not about else None
    if fact and not re.search(r"⟪|:", text):
        figured = [o for o in stage.film.overlays if re.search(_FACTS[fact["what"].rstrip("s")], o.text, re.I)]
        if len(figured) == 1:
            stage.line.use(0, len(text))
            return Found([RemoveOverlay(overlay_id=figured[0].id)])
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
    if len(there) > 1 and re.search(r"\b(?:its|his|her|their)\b", text) and stage.memory.named and stage.memory.cast:
        with_it = {s.id for s in stage.film.shots if stage.memory.cast[0] in s.cast}
        there = tuple(o for o in there if o.shot_id in with_it) or there
    if len(there) > 1 and not every and not several and not spoken:
        return Found(
            problem=f"There are {len(there)} of them. Which one do you mean?",
            choices=tuple(f'Remove the {o.kind.replace("_", " ")} "{o.text}"' for o in there[:4]),
        )
    stage.line.use(0, len(text))
    return Found([RemoveOverlay(overlay_id=o.id) for o in there])


def _moved(stage: Stage) -> Found | None:
    """Words that belong to another shot: they are taken off and put there."""
    last = stage.memory.overlays and not (stage.memory.fields or stage.memory.members or stage.memory.film_fields)
    it = last and re.search(r"\b(?:it|that|this|them|those)\b", stage.text)
    if (
        not stage.shots
        or not (speaks_of_words(stage.text) or it)
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


_AS_KIND: Final = re.compile(
    r"\b(?:make|turn|change|use|convert|have|want|put|show|as)\b\s*(?P<what>.*?)\s*(?:in)?(?:to\s+|as\s+)?(?:an?\s+)?"
    r"(?P<kind>(?:captions?|titles?|sub-?titles?|labels?|lower[ -]?thirds?|price[ -]?tags?|name ?tags?"
    r"|end[ -]?cards?|tags?|cards?)"
    r"(?: please| instead| rather| at the bottom| then| now| though)*)(?:,? (?:and )?not (?:an? |the )?[a-z -]+)?$"
)
_SAME: Final = re.compile(
    r"\b(?:the )?(?:same|that) (?:caption|title|text|words|lower third|label|line|price tag|tag|card|sign)\b"
    r"|\brepeat (?:the"
    r"|that) (?:caption|title|text|words|label)\b"
)


def _as_another_kind(stage: Stage) -> Found | None:
    """Words shown as another kind: "make it a title instead"."""
    match = _AS_KIND.search(stage.text)
    kind = kind_in(match["kind"]) if match else None
    if match is None or kind is None or re.search(r"⟪|:|\b(?:add|another|new|remove|delete|drop|no)\b", stage.text):
        return None
    what = match["what"].strip(" ,")
    it = re.fullmatch(
        r"(?:it|that|this|them|those|these|both|the \w+(?: \w+)?|)(?: all| instead|,| at the (?:top|bottom)| rather)*",
        what,
    )
    there = by_what_they_say(stage)
    if not there and it and re.match(r"(?:them|those|these|both)\b", what):
        there = stage.memory.overlays
    if not there and it:
        there = stage.memory.overlays[-1:] or (stage.film.overlays if len(stage.film.overlays) == 1 else ())
    there = tuple(o for o in there if o.kind != kind)
    if not there or (not what and not re.search(r"\bas\b", stage.text)):
        return None
    stage.line.use(0, len(stage.text))
    edits: list[Edit] = [RemoveOverlay(overlay_id=o.id) for o in there]
    edits += [AddOverlay(overlay=o.model_copy(update={"kind": kind})) for o in there]
    return Found(edits)


def _the_same(stage: Stage) -> Found | None:
    """Words of one shot on others too: "the same caption on the second one"."""
    there = stage.memory.overlays[-1:] or (stage.film.overlays if len(stage.film.overlays) == 1 else ())
    kind = kind_in(stage.text)
    again = (
        kind is not None
        and re.search(r"\b(?:too|as well|also|again)\b", stage.text)
        and not re.search(r"⟪|:|\b(?:take|off|remove|delete|no|lose|drop|says?|reads?)\b", stage.text)
        and len(stage.text.split()) <= 10
    )
    if kind is not None and not any(o.kind == kind for o in there):
        there = tuple(o for o in stage.film.overlays if o.kind == kind)[-1:]
    if not (_SAME.search(stage.text) or again) or len(there) != 1 or not stage.shots:
        return None
    edits: list[Edit] = []
    for shot_id in stage.shots:
        if shot_id != there[0].shot_id:
            edits += adding(stage.film, there[0].kind, there[0].text, (shot_id,), edits)
    stage.line.use(0, len(stage.text))
    return Found(edits) if edits else None


_EXCHANGE: Final = re.compile(r"\b(?:swap|switch|exchange|trade)\b")


def _exchanged(stage: Stage) -> Found | None:
    """Two of the words on the picture that change places."""
    if not _EXCHANGE.search(stage.text) or re.search(r"\b(?:for|with|by)\b", stage.text):
        return None
    last = stage.memory.overlays
    if not speaks_of_words(stage.text) and not (last and re.search(r"\b(?:them|those|these|round)\b", stage.text)):
        return None
    there = overlays_called(stage)
    there = there if len(there) == 2 else last if len(last) == 2 else stage.film.overlays
    if len(there) != 2 or there[0].kind != there[1].kind:
        return None
    first, second = there
    stage.line.use(0, len(stage.text))
    return Found(
        [ChangeOverlay(overlay_id=first.id, text=second.text), ChangeOverlay(overlay_id=second.id, text=first.text)]
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
    inside = [o for o in stage.film.overlays if o.shot_id in stage.shots]
    if (
        "⟪" in stage.text
        and len(stage.shots) == 1
        and len(inside) == 1
        and not re.search(r"\b(?:add|another|new|also|too)\b", head)
        and re.search(
            r"\b(?:rather than|instead of|instead|should (?:now |rather |just )?(?:say|read)|(?:may|must|can) say)\b",
            stage.text,
        )
        and len(re.findall(r"⟪\d+⟫", stage.text)) == 1
    ):
        stage.line.use(0, len(stage.text))
        return Found([ChangeOverlay(overlay_id=inside[0].id, text=cut(text, MAX_TEXT_CHARS))])
    if (
        not speaks_of_words(head)
        or not _CHANGES.search(stage.text[: start + 24])
        or re.search(r"\b(?:add|another|new)\b", head)
    ):
        return None
    if re.search(r"\binstead\b", head) and not words_named(stage):
        return None
    kind = kind_in(head)
    shots = _head(stage, start).shots
    if (
        shots
        and re.match(r"(?:and |then |also )*an? ", head)
        and not any(o.kind == kind and o.shot_id in shots for o in stage.film.overlays)
    ):
        return None  # "a title over the second, saying ...": a new one
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


def words_corrected(stage: Stage) -> Found | None:
    """The last resort for words that are there: another number, price, day or name in the place of the one shown."""
    edits = swapped_word(stage)
    return Found(edits) if edits else None
