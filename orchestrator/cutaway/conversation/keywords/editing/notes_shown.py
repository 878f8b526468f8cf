"""Facts of the notes put on the picture: "asking price on the last shot, as a tag", "caption each with its day"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from cutaway.conversation.keywords.asked import asks_only
from cutaway.conversation.keywords.editing.cast_meant import names_in
from cutaway.conversation.keywords.editing.leftover import TALK
from cutaway.conversation.keywords.editing.line import Line
from cutaway.conversation.keywords.editing.notes_facts import (
    FILE_WORDS,
    Note,
    named_plainly,
    note_meant,
    notes_of,
    shown,
)
from cutaway.conversation.keywords.editing.splitting import clauses, sentences, without_lead
from cutaway.conversation.keywords.editing.stage import Found, Stage
from cutaway.conversation.keywords.editing.stems import alike, bag
from cutaway.conversation.keywords.editing.words_meant import KIND, STYLE, kind_in, style_in
from cutaway.conversation.keywords.editing.words_written import adding
from cutaway.conversation.keywords.sheet import PRICE
from cutaway.conversation.keywords.text import cut
from cutaway.storyboard.edits import ChangeOverlay, Edit
from cutaway.storyboard.model import MAX_TEXT_CHARS, Overlay, OverlayKind

_VERBS: Final = re.compile(
    r"\b(?:put|show|shows|showing|add|adding|write|display|mention|include|print|state|insert|caption|label|title"
    r"|use|take"
    r"|place(?= (?:the|a|an|it|that|our|my)\b)|stick|slap|need(?:s)?|want|have|has|give|get|see|say(?:s|ing)?"
    r"|reads?|end on|finish (?:on|with)|end with"
    r"|close (?:on|with)|goes|go|belongs?|(?:should|must|has to|ought to|could|can|might|needs to) (?:be|go|come|stand"
    r"|appear|have|say|show|read)|let us|we need|i (?:want|need|would like)|make|there should be|with|carr(?:y|ies))\b"
)
_PLACED: Final = re.compile(
    r"\b(?:(?:on|at|in|along|over|under|below|across|to|into|near|by) )?(?:the )?(?:very )?(?:top|bottom|corner|screen"
    r"|picture|image|film|video|middle)\b(?: of (?:it|the (?:picture|screen|frame|film)))?|\b(?:on|over|under"
    r"|below) it\b"
    r"|\b(?:on|over|under|to|for|with) (?:that|this)\b|\bas (?:an?|the)\b|\bunderneath\b|\bon (?:top|there)\b"
    r"|\bthere\b"
)
_WHOM: Final = re.compile(r"\b(?:on|over|under|below|beside|next to|for|with|to|at|by|above|across|during)\s+$")
_FROM: Final = re.compile(
    r"\b(?:as (?:it is |it says |given |stated |written )?)?(?:on|in|from|off|according to|per|of|as per)\s+(?:the"
    r"|my|our|that"
    rf"|your)\s+(?:\w+ )?(?:{'|'.join(sorted(FILE_WORDS))})\b(?: (?:i|we) (?:gave|sent|attached)(?: you)?)?"
)
_AS_CALLED: Final = re.compile(
    rf"\bwhat(?:ever)? (?:the|my|our|that|your) (?:{'|'.join(sorted(FILE_WORDS))}) (?:says|calls it|calls them|has"
    rf"|gives|names it)\b"
)
_THAT: Final = re.compile(
    r"\b(?:that(?: (?:line|one|fact|bit|number|figure|price|text|sentence|part))?|it|this|those words)\b"
)
_INSTEAD: Final = re.compile(
    r"\b(?:instead|rather|after all|actually|sorry|i meant|i mean|better|not that one|changed my mind)\b|^(?:no|hm+)\b"
)
_FOR: Final = re.compile(
    r"^(?:(?:.*\b)?(?:swap|replace|exchange|change|switch|trade)\s+(?P<old>.+?)\s+(?:for|with|to|by"
    r"|into)\s+(?P<new>.+?)"
    r"|(?P<new2>.+?)\s*,?\s+(?:instead of|in place of|rather than|not)"
    r"\s+(?P<old2>.+?))[\s.!]*$"
)
_REFUSES: Final = re.compile(r"\b(?:do not|not|never|without|no need|remove|delete|drop|take off|off|lose|kill)\b")
_EACH: Final = re.compile(
    r"\b(?:each|every|all|both)\b(?:\s+(?:of them|one|ones|shot|shots|picture|pictures|of the|the|scene|scenes|clip))*"
)
_OWN: Final = re.compile(
    r"\b(?:its|their|the (?:right|matching|proper|correct|respective)|own)\s+(?:own\s+|right\s+"
    r"|matching\s+)?(?P<what>[a-z]+)"
)
_ONLY: Final = re.compile(r"\b(?:just|only|nothing (?:else|more)|no more)\b")
_LINES: Final = frozenset("line lines verse verses sentence sentences words text".split())


@dataclass(slots=True)
class _Order:
    """One fact that is to be shown, as far as it was read."""

    notes: tuple[Note, ...] = ()
    kind: OverlayKind | None = None
    shots: tuple[str, ...] = ()
    placed: bool = False


def read_notes(message: Line, stage_of: Callable[[Line], Stage]) -> tuple[Stage, Found] | None:
    """The edits of a message that puts facts of the notes on the picture; None when it does not, or not only that."""
    stage = stage_of(message.part(0, len(message.text)))
    if not stage.context:
        found = _each_its_own(message, stage, (), stage_of)
        return (stage, found) if found is not None and found.edits else None
    if "⟪" in message.text or len(message.text.split()) > 40:
        return None
    notes = notes_of(stage.context)
    for read in (_each_its_own, _in_its_place, _ordered):
        found = read(message, stage, notes, stage_of)
        if found is not None and (found.edits or found.problem):
            stage.line.use(0, len(stage.text))
            return stage, found
    return None


def _each_its_own(
    message: Line, stage: Stage, notes: Sequence[Note], stage_of: Callable[[Line], Stage]
) -> Found | None:
    """The words "caption each one with its day": to every shot its own line."""
    text = message.text
    each, own = _EACH.search(text), _OWN.search(text)
    if each is None or own is None or _REFUSES.search(_ONLY.sub("", text)):
        return None
    film = stage.film
    what = own["what"]
    kind = kind_in(text) or "caption"
    if what in _LINES:
        return _told_lines(stage, kind)
    lines = [note for note in notes if bag(note.key) & bag(what) or note in note_meant(what, notes)]
    numbered = [note for note in lines if re.search(r"\d", note.key)]
    lines = numbered if len(numbered) == len(film.shots) else lines
    if len(lines) != len(film.shots):
        return None
    edits: list[Edit] = []
    for shot, note in zip(film.shots, _in_order(stage, lines), strict=True):
        words = shown(note, kind=kind, key_only=bool(_ONLY.search(text)) and bool(bag(note.key) & bag(what)))
        edits += adding(film, kind, cut(words, MAX_TEXT_CHARS), (shot.id,), edits, source=note.line.ref)
    return Found(edits)


def _in_order(stage: Stage, lines: list[Note]) -> list[Note]:
    """The lines in the order of the shots they tell of; as they stand where they tell of none."""
    left = list(lines)
    found: list[Note | None] = []
    for shot in stage.film.shots:
        words = bag(f"{shot.action} {shot.setting}") | {w for c in shot.cast for w in bag(stage.member(c).kind)}
        scores = [sum(any(alike(a, b) for b in words) for a in bag(note.whole)) for note in left]
        best = max(scores, default=0)
        one = left[scores.index(best)] if best and scores.count(best) == 1 else None
        found.append(one)
    sure = [one for one in found if one is not None]
    return sure if len(sure) == len(lines) == len({note.line.ref for note in sure}) else lines


def _told_lines(stage: Stage, kind: OverlayKind) -> Found | None:
    """The lines of the text the film was made from, one under each picture."""
    count = len(stage.film.shots)
    for text in stage.memory.told:
        lines = [line.strip(" .,;") for line in text.split("\n") if line.strip()]
        if len(lines) >= count and count > 1:
            edits: list[Edit] = []
            for shot, words in zip(stage.film.shots, lines[-count:], strict=True):
                edits += adding(stage.film, kind, cut(words, MAX_TEXT_CHARS), (shot.id,), edits)
            return Found(edits)
    return None


def _in_its_place(
    message: Line, stage: Stage, notes: Sequence[Note], stage_of: Callable[[Line], Stage]
) -> Found | None:
    """Another fact in the place of the one that is shown: "swap the guarantee for the weight"."""
    text = without_lead(message).text
    if not stage.film.overlays:
        return None
    match = _FOR.match(text)
    if match is not None:
        new, old = match["new"] or match["new2"], match["old"] or match["old2"]
        new = re.sub(r"^.*\b(?:put|show|use|have|write|say|says)\b\s+", "", new)
        there = _overlay_of(stage, old, notes)
        wanted = _meant(_without_place(new), notes)
        if there is not None and wanted:
            return _changed(there, wanted)
        return None
    if not stage.memory.overlays or not _INSTEAD.search(message.text) or _REFUSES.search(text):
        return None
    bare = _without_place(_INSTEAD.sub(" ", text))
    named = stage_of(message.part(0, len(message.text)))
    if kind_in(bare) and named.shots:
        return None
    wanted = _meant(bare, notes)
    return _changed(stage.memory.overlays[-1], wanted) if wanted else None


def _changed(there: Overlay, wanted: tuple[Note, ...]) -> Found:
    if len(wanted) > 1:
        return _which(wanted)
    words = cut(shown(wanted[0], kind=there.kind), MAX_TEXT_CHARS)
    return Found([ChangeOverlay(overlay_id=there.id, text=words, source=wanted[0].line.ref)])


def _which(notes: tuple[Note, ...]) -> Found:
    return Found(
        problem="Which line do you mean?",
        choices=tuple(f'Put "{cut(note.whole, 80)}" on the picture' for note in notes[:4]),
    )


def _overlay_of(stage: Stage, words: str, notes: Sequence[Note]) -> Overlay | None:
    """The words on the picture that a few words call by their fact, or those that were put there last."""
    texts = {shown(note, kind=o.kind) for note in _meant(words, notes) for o in stage.film.overlays} | {
        part for note in _meant(words, notes) for part in (note.value, note.whole)
    }
    there = [o for o in stage.film.overlays if o.text in texts]
    if len(there) == 1:
        return there[0]
    wanted = bag(words)
    there = [o for o in stage.film.overlays if wanted and wanted & bag(o.text)]
    if len(there) == 1:
        return there[0]
    if _THAT.fullmatch(words.strip()) and stage.memory.overlays:
        return stage.memory.overlays[-1]
    return None


def _without_place(words: str) -> str:
    for pattern in (_FROM, _PLACED):
        words = pattern.sub(" ", words)
    return " ".join(words.split())


def _meant(words: str, notes: Sequence[Note]) -> tuple[Note, ...]:
    said = [w for w in re.findall(r"[a-z\d$€£]+", words) if w not in _TALKED]
    return note_meant(" ".join(said), notes) if said else ()


_KEPT: Final = frozenset(
    "place places starts time times when where what how much many long open name last first".split()
)
_TALKED: Final = TALK - _KEPT


def _ordered(message: Line, stage: Stage, notes: Sequence[Note], stage_of: Callable[[Line], Stage]) -> Found | None:
    orders: list[_Order] = [_Order()]
    asked = ""
    told = 0
    parts = sentences(message)
    for n, sentence in enumerate(parts):
        if n + 1 < len(parts) and _asks(sentence) and _THAT.search(parts[n + 1].text):
            asked = sentence.text
            continue
        for piece in _split(without_lead(sentence)):
            if _REFUSES.search(piece.text) and not re.search(r"\bnot (?:just|only)\b", piece.text):
                return None
            part = _part(
                piece, stage_of, notes, asked or _last_question(stage), orders[-1].kind or kind_in(message.text)
            )
            if part is None:
                return None
            if part.notes and orders[-1].notes:
                orders.append(_Order())
            now = orders[-1]
            now.notes = part.notes or now.notes
            now.kind = part.kind or now.kind
            now.shots = part.shots or now.shots
            now.placed = now.placed or part.placed
            told += 1
    only = orders[0]
    if (
        len(orders) == 1
        and only.kind == "price_tag"
        and only.shots
        and not re.search(
            r"\d|\bsame\b"
            r"|\bthat\b",
            message.text,
        )
    ):
        only.notes = only.notes or note_meant("price", notes)  # "price tag on the second": what it says is in the notes
    if not told or any(not order.notes for order in orders):
        return None
    asks = message.text.rstrip().endswith("?") or asks_only(message.text)
    if asks and (told < 2 or "?" in message.text) and not any(order.kind for order in orders):
        return None
    # "and what we charge": right after words were put on the picture it asks for more of them.
    more = bool(stage.memory.overlays) and re.match(r"(?:and|also|plus)\b[^?]*$", message.text)
    edits: list[Edit] = []
    waiting: list[Note] = []
    for order in orders:
        if len(order.notes) > 1:
            return _which(order.notes)
        here = bool(order.kind or order.shots or order.placed)
        if not here and order is not orders[-1]:
            waiting.append(order.notes[0])  # "date and place on an end card"
            continue
        if not here and not more:
            return None
        lines = [*waiting, order.notes[0]]
        waiting = []
        kind = order.kind or ("lower_third" if all(PRICE.fullmatch(note.value) for note in lines) else "caption")
        words = cut(", ".join(shown(note, kind=kind) for note in lines), MAX_TEXT_CHARS)
        style = style_in(message.text) if kind == "title" else None
        edits += adding(stage.film, kind, words, order.shots, edits, style=style, source=lines[0].line.ref)
    return Found(edits)


def _split(sentence: Line) -> list[Line]:
    """The clauses of a sentence, also where a plus sign joins them."""
    found: list[Line] = []
    for piece in clauses(sentence):
        start = 0
        for plus in re.finditer(r"\s*\+\s*", piece.text):
            found.append(piece.part(start, plus.start()))
            start = plus.end()
        found.append(piece.part(start, len(piece.text)))
    return [piece for piece in found if piece.text]


def _asks(line: Line) -> bool:
    return bool(re.match(r"^(?:and |so |ok )*(?:what|when|where|who|which|how|is|are|does|do|can)\b", line.text))


def _last_question(stage: Stage) -> str:
    last = stage.memory.last_said
    return last if last and (_asks(Line.plain(last.lower())) or "?" in last or "remind me" in last.lower()) else ""


def _part(
    piece: Line, stage_of: Callable[[Line], Stage], notes: Sequence[Note], asked: str, earlier: OverlayKind | None
) -> _Order | None:
    """What one clause says of an order; None when it holds words that belong to no order."""
    stage = stage_of(without_lead(piece.part(0, len(piece.text))))
    if re.search(
        r"\b(?:put|add|show|move|bring|have) (?:him|her|them)\b(?! [a-z]+ (?:on|in|at|over"
        r"|under)\b)",
        stage.text,
    ):
        return None
    if re.match(r"(?:make|paint|turn|dress|colour) (?:the|my|our|him|her|it|them)\b", stage.text):
        return None
    if stage.meant.wrong or (stage.meant.choice and not stage.shots):
        return None
    line = stage.line
    by_it = re.search(r"\b(?:under|below|above|over|beside|next to) (?:it|that|this|them)\b", stage.text)
    kind = kind_in(line.free)
    if kind == "title":
        for _, style in STYLE:
            line.take(style)
    for name, pattern in KIND:
        if name == kind:
            line.take(pattern)
    from_notes = (line.take(_FROM) or line.take(_AS_CALLED)) is not None
    shots = stage.shots
    last = stage.memory.overlays[-1:]
    if not shots and by_it and last and last[0].shot_id:
        shots = (last[0].shot_id,)
    if not shots and re.match(r"(?:end|finish|close) (?:on|with)\b", stage.text):
        shots = (stage.film.shots[-1].id,)
    names = names_in(line, stage.film)
    for who in names:
        before = line.text[: who.start]
        marked = re.match(r"(?:tag|label|caption|title|mark)\b[^,]*$", before)  # "tag the cup with it"
        if (_WHOM.search(before) or marked) and not who.indefinite:
            inside = tuple(s.id for s in stage.film.shots if who.cast_id in s.cast)
            if not shots and inside and len(inside) <= max(1, len(stage.film.shots) - 1):
                shots = inside[:1] if len(inside) > 1 else inside
            elif not shots:
                shots = inside[:1]
            line.use(who.start, who.end)
    placed = line.take(_PLACED) is not None
    verb = line.take(_VERBS) is not None
    while line.take(_VERBS):
        pass
    while line.take(_PLACED):
        placed = True
    words = [w.removesuffix("'s") for w in line.left() if w not in _TALKED]
    if not shots and names and re.search(r"\b(?:his|her|its|their) (?:shot|picture|scene|one|part)\b", stage.text):
        shots = tuple(s.id for s in stage.film.shots if names[0].cast_id in s.cast)[:1]
    if words and not shots and not note_meant(" ".join(words), notes):
        like = stage.finder.looking_like(" ".join(words), everything=True)
        known = {w for shot in stage.film.shots for w in bag(f"{shot.action} {shot.setting}")}
        if len(like) == 1 and all(
            bag(w) & known or any(n.start <= line.text.find(w) < n.end for n in names) for w in words
        ):
            shots, words = tuple(like), []
    if from_notes and not words and not (kind or shots or earlier in {"title", "price_tag"}):
        return _Order((), None, (), placed)  # "it's on the sheet"
    if not words or all(w in FILE_WORDS for w in words):
        if (_THAT.search(piece.text) or from_notes) and (kind or earlier or verb or placed or shots):
            by_question = note_meant(asked, notes, all_said=False) if asked and not from_notes else ()
            if by_question:
                return _Order(by_question[:1], kind, shots, placed)
            if from_notes and (kind or earlier) in {"title", "price_tag"}:
                named = note_meant("name" if (kind or earlier) == "title" else "price", notes)
                return _Order(named, kind, shots, placed)
            if from_notes:
                return _Order((), kind, shots, placed)
            return None
        return _Order((), kind, shots, placed) if kind or shots or placed or verb else None
    meant = note_meant(" ".join(words), notes)
    if not meant:
        return None
    counted = re.match(r"(?:how|what|where|when|who)\b", stage.text)
    if not (kind or earlier or from_notes or counted or verb or placed) and not named_plainly(" ".join(words), meant):
        return None  # "the bridge" alone is a place of the film
    return _Order(meant, kind, shots, placed or (verb and len(words) <= 4))
