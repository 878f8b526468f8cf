"""Orders for a film: "make a video of ...", "show me ...", and pictures told in words."""

from __future__ import annotations

import re
from typing import Final

from cutaway.conversation.keywords.answers import best_lines, stems
from cutaway.conversation.keywords.clauses import read_clause
from cutaway.conversation.keywords.directives import read_directives
from cutaway.conversation.keywords.heard import Heard, ask, ideas, lowered, pictures
from cutaway.conversation.keywords.openings import read_opening
from cutaway.conversation.keywords.patterns import (
    ABOUT_CONTEXT,
    ABOUT_FILE,
    BARE_SHOW,
    FILM_NOUN,
    WHATEVER,
)
from cutaway.conversation.keywords.phrases import find_member
from cutaway.conversation.keywords.pictured import with_references
from cutaway.conversation.keywords.product import cited, product_draft, product_member, put_product_in
from cutaway.conversation.keywords.replies import EXAMPLES, say_film
from cutaway.conversation.keywords.sheet import Sheet, read_sheets
from cutaway.conversation.keywords.shots import Draft, draft
from cutaway.conversation.keywords.targets import how_many
from cutaway.conversation.keywords.text import cut, mask
from cutaway.conversation.keywords.told import tells
from cutaway.conversation.plan import ContextLine, TurnPlan


def read_film_order(heard: Heard) -> TurnPlan | None:
    """An order for a film: "make a video of ...", "show me ...", with or without a description."""
    core, situation = heard.core, heard.situation
    if situation.storyboard is not None and heard.short and BARE_SHOW.fullmatch(core):
        return TurnPlan(
            intent="status",
            rationale="The film is already there and nothing changes, so there is nothing to make.",
            confidence=0.8,
        )
    if situation.storyboard is None and WHATEVER.match(core) and (sheets := read_sheets(situation.context)):
        return film_of_context(heard, "", sheets, chosen(sheets, core))
    opening = read_opening(heard.masked.text)
    strong = opening.named or opening.fresh
    weak = not strong and situation.storyboard is None and opening.asked
    if not strong and not weak:
        return None
    if situation.storyboard is not None and not opening.fresh and re.match(r"draw\b", core, re.I):
        return None
    wish = opening.body
    if situation.storyboard is not None and not opening.fresh:
        plain = re.match(rf"{FILM_NOUN}\s+(?:of|about|showing)\b", core, re.I)
        plain = plain or re.match(r"(?:film|animate)\s+(?:an?|two|three|some)\s+(?!film|video)", core, re.I)
        if not plain and re.match(rf"^(?:the|this|my|our|that)?\s*(?:whole\s+)?{FILM_NOUN}\b", core, re.I):
            return None
        known = re.match(r"(?:make|render|give|show|do|have|let|get)\s+(?:the|this|that|my)\s", core, re.I)
        product = re.match(r"^show", core, re.I) and read_sheets(situation.context)
        if known and not product:
            # "make the video 10 seconds long" is about the film there is.
            return None
    said, head = without_tail(wish), opening.head
    sheets = read_sheets(situation.context)
    sheet = chosen(sheets, core)
    plain_wish = _plain_wish(heard, wish)
    if ABOUT_CONTEXT.match(plain_wish) or (situation.context and ABOUT_FILE.match(plain_wish)):
        if not sheets and not situation.context and opening.fresh:
            return fresh_start()
        return film_of_context(heard, said, sheets, sheet, head)
    if sheet is not None and re.match(r"(?:it|this|this thing|that)\b(?!')", said, re.I):
        return film_of_context(heard, said, sheets, sheet, head)
    found = draft(
        heard.masked,
        said,
        pictures(situation),
        resolution=situation.resolution,
        shots=opening.shots,
        head=head,
        title=opening.title,
    )
    if found.problem:
        return ask(found.problem, "What was asked cannot be made.", choices=found.problem_choices)
    told = (opening.asked or opening.shots > 1 or _listed(heard.masked.text)) and len(found.clauses) > 1
    if found.storyboard is None or ((weak or opening.fresh) and not tells(found) and not told):
        named = sheet is not None and stems(sheet.name.text) & stems(wish)
        if named:
            return film_of_context(heard, said, sheets, sheet, head)
        if opening.fresh and situation.storyboard is not None:
            return fresh_start() if found.storyboard is None else new_or_more(heard, wish)
        return None if weak and wish else what_to_show(heard)
    if (
        sheet is not None
        and not any(c.verb or c.setting for c in found.clauses)
        and stems(sheet.name.text) & stems(wish)
    ):
        return film_of_context(heard, said, sheets, sheet, head)
    film = situation.storyboard
    same = film is not None and any(
        thing.definite and find_member(film.cast, thing) for clause in found.clauses[:1] for thing in clause.subjects
    )
    if opening.fresh and not (same and _ONE_MORE.match(core)):
        return make(found, heard, sheet, 0.9 if found.clear else 0.7)
    if same and sheet is None:
        return new_or_more(heard, wish)
    return make(found, heard, sheet, 0.9 if found.clear else 0.7)


_ONE_MORE: Final = re.compile(
    r"(?:and |now |then )*(?:another|one more|a (?:different|new|second)|the next) one\b", re.I
)


def without_tail(wish: str) -> str:
    """The wish without a last "please", "thanks" or "would be great"."""
    return _TAIL.sub("", wish)


_TAIL: Final = re.compile(
    r"(?:[\s,.!?;-]*(?:\b(?:please|pls|plz|thanks|thank you|thx|if (?:you can|possible|you (?:don't|do not) "
    r"mind)|would be (?:great|nice|cool|lovely)"
    r"|that'?s (?:it|all)|for me|i guess|i think|or something(?: like that)?|ok)\b|[\s,.!?;-])+)+$",
    re.I,
)


def _without_length(text: str) -> str:
    return re.sub(r"[\s,]*\b[\w.]{1,12}[\s-]*(?:seconds?|secs?|minutes?)\b(?: long)?", "", text)


def _plain_wish(heard: Heard, wish: str) -> str:

    rest = _without_length(read_directives(heard.masked, wish).rest)
    clause = read_clause(rest)
    if clause.setting or clause.time or clause.weather:
        rest = re.split(r"\s+(?:at|in|on|by|during|under|with)\s+", rest, maxsplit=1)[0]
    return rest.strip(" .,!?")


def chosen(sheets: list[Sheet], text: str) -> Sheet | None:
    """The product a text means: by its name, else the only or the latest one."""
    if not sheets:
        return None
    asked = stems(text)
    return max(enumerate(sheets), key=lambda pair: (len(asked & stems(pair[1].name.text)), pair[0]))[1]


def film_of_context(heard: Heard, said: str, sheets: list[Sheet], sheet: Sheet | None, head: str = "") -> TurnPlan:
    """A film of what the person gave: the product of a sheet, or the scenes of a story."""
    situation = heard.situation
    if sheet is None:
        return _film_of_notes(heard) or what_to_show(heard)
    if len(sheets) > 1 and not stems(sheet.name.text) & stems(heard.core):
        return ask(
            f"There are {len(sheets)} products in what you gave me. Which one?",
            "The context holds several products and the message names none.",
            choices=tuple(f"Make a video of the {s.name.text}" for s in sheets[:4]),
        )
    if ABOUT_FILE.match(_without_length(said)):
        # "from the attached file, 9 seconds": nothing else is seen, so the length is that of the film.
        said, head = "", f"{head}, {said}"
    found, citations = product_draft(
        sheet, heard.masked, said, pictures(situation), resolution=situation.resolution, head=head
    )
    if found.storyboard is None:
        return ask(found.problem, "What was asked cannot be made.", choices=("Show me the product",))
    missing = [
        word for word, fact in (("price", sheet.price), ("feature", sheet.features or sheet.tagline)) if not fact
    ]
    note = f" The sheet gives no {' and no '.join(missing)}, so none is shown." if missing else ""
    return TurnPlan(
        intent="make",
        decision="video",
        reply=f"{say_film(found.storyboard)} The words on screen are taken from the sheet exactly.{note}",
        rationale="The message asks to see the product, and the sheet says what to show.",
        confidence=0.9,
        storyboard=found.storyboard,
        scope="the whole film",
        citations=citations,
    )


_GOES_ON: Final = re.compile(r"\W*(?:(?:and|then|finally|suddenly|so|next|later)\W+)*(?:he|she|it|they)\b", re.I)


def _film_of_notes(heard: Heard) -> TurnPlan | None:
    """A context that is a story rather than a sheet: its sentences become shots and are cited."""
    lines = heard.situation.context[:12]
    if not lines:
        return None
    used: list[ContextLine] = []
    for line in lines:
        one = draft(mask(line.text), line.text)
        if (one.clear and one.storyboard) or (used and _GOES_ON.match(line.text)):
            used.append(line)
    if not used:
        return None
    masked = mask("\n".join(line.text for line in used))
    found = draft(masked, masked.text, pictures(heard.situation), resolution=heard.situation.resolution)
    if found.storyboard is None:
        return None
    shots = []
    for shot, clause in zip(found.storyboard.shots, found.clauses, strict=True):
        sources = tuple(line.ref for line in used if clause.text and masked.restore(clause.text) in line.text)
        shots.append(shot.model_copy(update={"sources": sources[:4]}))
    film = found.storyboard.model_copy(update={"shots": tuple(shots)})
    return TurnPlan(
        intent="make",
        decision="video",
        reply=" ".join((say_film(film), *found.limits)),
        rationale="The message asks to see what was given, and its lines describe scenes.",
        confidence=0.7,
        storyboard=film,
        scope="the whole film",
        citations=cited(used),
    )


def make(found: Draft, heard: Heard, sheet: Sheet | None, confidence: float) -> TurnPlan:
    """The plan that makes a drafted film; the product of a sheet takes its place in the cast."""
    assert found.storyboard is not None  # callers checked
    film, citations = put_product_in(found.storyboard, sheet) if sheet else (found.storyboard, ())
    if sheet is not None and citations:
        product = product_member(sheet)
        taken = {sha256 for member in film.cast for sha256 in member.references}
        given = [(name, sha256) for name, sha256 in pictures(heard.situation) if sha256 not in taken]
        cast = [
            with_references([m], given, meant=True)[0] if (m.name, m.kind) == (product.name, product.kind) else m
            for m in film.cast
        ]
        film = film.model_copy(update={"cast": tuple(cast)})
    return TurnPlan(
        intent="make",
        decision="video",
        reply=" ".join((say_film(film), *found.limits)),
        rationale="The message describes something to be seen.",
        confidence=confidence - (0.2 if found.ignored else 0.0),
        storyboard=film,
        scope="the whole film",
        citations=citations,
        not_understood=tuple(cut(words, 300) for words in found.ignored),
    )


def read_description(heard: Heard) -> TurnPlan | None:
    """A picture in words without "make a video of"."""
    situation = heard.situation
    opening = read_opening(heard.masked.text)
    found = draft(
        heard.masked,
        without_tail(opening.body),
        pictures(situation),
        resolution=situation.resolution,
        shots=opening.shots,
        head=opening.head,
        title=opening.title,
    )
    if found.storyboard is None and not found.problem:
        return None
    if found.problem:
        return ask(found.problem, "What was described cannot be made.", choices=found.problem_choices)
    listed = situation.storyboard is None and (opening.shots > 1 or _listed(heard.masked.text))
    plain = found.clear or (situation.storyboard is None and tells(found))
    if not plain and not (listed and len(found.clauses) > 1):
        return None
    if situation.storyboard is not None:
        return new_or_more(heard, heard.masked.restore(heard.core))
    sheets = read_sheets(situation.context)
    sheet = chosen(sheets, heard.core)
    if situation.context and found.clauses[0].only_named:
        # A bare noun beside notes: the product itself, or words that ask what the notes say of it.
        if sheet is not None and stems(heard.core) <= stems(sheet.name.text):
            return film_of_context(heard, "", sheets, sheet)
        if best_lines(heard.core, situation.context):
            return None
    return make(found, heard, sheet, 0.85)


def _listed(text: str) -> bool:
    """Whether the words are set as a list of scenes: numbers, bullets or arrows."""
    named = re.findall(r"\b(?:shot|scene|part|act)\s+(?:\d|one|two|three|four)\s*[:.)-]", text, re.I)
    named += re.findall(r"\b(?:first|second|third|last|final|next) (?:shot|scene)\s*:", text, re.I)
    return (
        len(named) > 1
        or bool(re.search(r"->|=>|\u2192", text))
        or len(re.findall(r"(?:^|\n)\s*(?:\d{1,2}[.)]|[-*\u2022])\s", text)) > 1
    )


def new_or_more(heard: Heard, wish: str) -> TurnPlan:
    """The question whether a description is a new film or one more shot."""
    words = cut(heard.masked.restore(wish), 200)
    assert heard.situation.storyboard is not None  # callers checked
    clauses = draft(heard.masked, wish).clauses
    joint = " where" if clauses and clauses[0].verb else " of" if clauses and not clauses[0].camera else ":"
    return ask(
        f"There is a film of {how_many(heard.situation.storyboard)} already. A new film, or one more shot?",
        "A description can mean a new film or another shot.",
        choices=(f"Make a new video: {lowered(words)}", f"Add a shot{joint} {lowered(words)}"),
        confidence=0.6,
    )


def fresh_start() -> TurnPlan:
    """The question what a new film should show; the one there is stays."""
    return ask(
        "Describe the new film; the one there is stays as a version.",
        "A new start needs to be told what to show.",
        choices=tuple(f"Make a new video: {lowered(idea)}" for idea in EXAMPLES),
    )


def what_to_show(heard: Heard) -> TurnPlan:
    """The question what a film should show."""
    return ask(
        "What should it show? Say who or what, where, and what happens.",
        "The message asks for a film without saying of what.",
        choices=ideas(heard.situation),
    )
