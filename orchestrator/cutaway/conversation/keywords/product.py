"""A film of a product, made from its sheet: every word on screen cites the line it came from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from cutaway.conversation.keywords.clauses import read_clause
from cutaway.conversation.keywords.directives import read_directives, with_head
from cutaway.conversation.keywords.phrases import Thing, find_member, known_subject, singular
from cutaway.conversation.keywords.pictured import with_references
from cutaway.conversation.keywords.sheet import Fact, Sheet
from cutaway.conversation.keywords.shots import CAMERAS, DEFAULT_SHOT_S, Draft, seed
from cutaway.conversation.keywords.text import Masked, cut, free_id, slug
from cutaway.conversation.keywords.words import COLOURS, THINGS
from cutaway.conversation.plan import Citation, ContextLine
from cutaway.storyboard.model import (
    MAX_CAST,
    MAX_CAST_PER_SHOT,
    MAX_SHOT_S,
    MIN_SHOT_S,
    CastMember,
    Overlay,
    Resolution,
    Shot,
    Sound,
    Storyboard,
    Style,
    TimeOfDay,
)

_GLOWING: Final = frozenset("lantern lamp light candle torch bulb fire stove".split())
_TEXT_CHARS: Final = 120


def product_member(sheet: Sheet) -> CastMember:
    """The product as a cast member: its name in full, its kind the noun in the name."""
    words = re.findall(r"[^\W_]+(?:[-'][^\W_]+)*", sheet.name.text) or ["product"]
    nouns = [word.lower() for word in words if singular(word) in THINGS or known_subject(word)]
    kind = nouns[-1] if nouns else words[-1].lower()
    colour = _colour(sheet.colour.text) if sheet.colour else ""
    return CastMember(
        id=slug(kind, "product"), name=cut(sheet.name.text, _TEXT_CHARS), kind=cut(kind, 60), colour=colour
    )


def _colour(text: str) -> str:
    known = [word for word in re.findall(r"[a-z]+", text.lower()) if word in COLOURS]
    return known[0] if known else cut(text.lower(), 40)


def product_draft(
    sheet: Sheet,
    masked: Masked,
    text: str,
    references: Sequence[tuple[str, str]] = (),
    *,
    resolution: Resolution = "480p",
    head: str = "",
) -> tuple[Draft, tuple[Citation, ...]]:
    """Three shots of the product; place, time, look and length as the message says, else from the sheet.

    `resolution` is what the film gets when the message names none; `head` are words about the film itself.
    """
    said = with_head(read_directives(masked, text), masked, head)
    if said.refused:
        return Draft(problem=f"I make films in 480p or 720p; {said.refused} is not one of them."), ()
    wish = read_clause(said.rest)
    member = product_member(sheet)
    place = masked.bare(wish.setting) or ("forest camp" if sheet.outdoors else "studio table")
    time: TimeOfDay = wish.time or ("dusk" if sheet.outdoors else "day")
    shine = member.kind in _GLOWING
    actions = (
        "glowing softly" if shine else "standing in the middle of the frame",
        "seen from close by, turning slowly",
        "standing still, seen from further away",
    )
    feature = sheet.features[0] if sheet.features else sheet.tagline
    shown: tuple[tuple[Fact | None, ...], ...] = ((sheet.name, sheet.colour), (feature,), (sheet.price,))
    total = said.total_s or wish.seconds
    each = said.each_s or (total / 3 if total else None) or DEFAULT_SHOT_S
    if not MIN_SHOT_S <= each <= MAX_SHOT_S:
        return Draft(problem=f"Each shot would last {each:g} s; a shot lasts {MIN_SHOT_S:g} to {MAX_SHOT_S:g} s."), ()
    key = f"{sheet.name.text}\n{text}"
    shots = tuple(
        Shot(
            id=f"s{i + 1}",
            duration_s=round(each, 2),
            cast=(member.id,),
            action=actions[i],
            setting=place,
            time_of_day=time,
            weather=wish.weather or "clear",
            camera=wish.camera or CAMERAS[i],
            grade=said.grade or "none",
            seed=seed(key, i),
            sources=tuple(dict.fromkeys(fact.line.ref for fact in shown[i] if fact)),
        )
        for i in range(3)
    )
    overlays = [
        _overlay("title", "title", said.title or sheet.name.text, "s1", "" if said.title else sheet.name.line.ref)
    ]
    if feature:
        overlays.append(_overlay("feature", "caption", feature.text, "s2", feature.line.ref))
    if sheet.price:
        overlays.append(_overlay("price", "lower_third", sheet.price.text, "s3", sheet.price.line.ref))
    if said.caption:
        overlays = [overlay for overlay in overlays if overlay.kind != "caption"]
        overlays.append(_overlay("caption-film", "caption", said.caption, None, ""))
    film = Storyboard(
        title=said.title or cut(sheet.name.text, _TEXT_CHARS),
        aspect=said.aspect or "16:9",
        resolution=said.resolution or resolution,
        style=Style(look=said.look or "paper", words=cut(said.style or "", 200)),
        cast=tuple(with_references([member], references, meant=True)),
        shots=shots,
        overlays=tuple(overlays),
        sound=Sound(bed=said.bed or "calm", muted=bool(said.muted)),
    )
    return Draft(storyboard=film), cited(fact.line for group in shown for fact in group if fact)


def _overlay(overlay_id: str, kind: str, text: str, shot_id: str | None, source: str) -> Overlay:
    return Overlay.model_validate(
        {"id": overlay_id, "kind": kind, "text": cut(text, 400), "shot_id": shot_id, "source": source}
    )


def _carried_in(film: Storyboard, sheet: Sheet, product: CastMember) -> tuple[Storyboard, tuple[Citation, ...]]:
    """The words "A hiker carries the lantern": the product joins the shots whose action names it."""
    facts = [fact for fact in (sheet.name, sheet.colour) if fact]
    sources = tuple(dict.fromkeys(fact.line.ref for fact in facts))
    member = product.model_copy(update={"id": free_id(product.id, (m.id for m in film.cast))})
    shots = tuple(
        shot.model_copy(update={"cast": (*shot.cast, member.id), "sources": sources})
        if re.search(rf"\b{re.escape(product.kind)}\b", shot.action, re.I) and len(shot.cast) < MAX_CAST_PER_SHOT
        else shot
        for shot in film.shots
    )
    if shots == film.shots or len(film.cast) >= MAX_CAST:
        return film, ()
    joined = film.model_copy(update={"cast": (*film.cast, member), "shots": shots})
    return joined, cited(fact.line for fact in facts)


def cited(lines: Iterable[ContextLine]) -> tuple[Citation, ...]:
    """Citations of these lines, each once, in the order of the lines' numbers."""
    found: dict[str, ContextLine] = {line.ref: line for line in lines}
    return tuple(Citation(ref=line.ref, text=line.text) for line in sorted(found.values(), key=_place))


def _place(line: ContextLine) -> tuple[str, int]:
    name, _, number = line.ref.rpartition(":")
    return name, int(number) if number.isdigit() else 0


def put_product_in(film: Storyboard, sheet: Sheet) -> tuple[Storyboard, tuple[Citation, ...]]:
    """A described film whose cast names the product gets the real one, with its name, colour and sources."""
    product = product_member(sheet)
    named = find_member(film.cast, Thing(head=product.kind, kind=f"{sheet.name.text} {product.kind}"))
    if named is None:
        return _carried_in(film, sheet, product)
    facts = [fact for fact in (sheet.name, sheet.colour) if fact]
    real = named.model_copy(
        update={"name": product.name, "kind": product.kind, "colour": named.colour or product.colour}
    )
    sources = tuple(dict.fromkeys(fact.line.ref for fact in facts))
    shots = tuple(
        shot.model_copy(update={"sources": sources}) if named.id in shot.cast else shot for shot in film.shots
    )
    cast = tuple(real if member.id == named.id else member for member in film.cast)
    return film.model_copy(update={"cast": cast, "shots": shots}), cited(fact.line for fact in facts)
