"""Where two films differ in what a person asked for. Two ways of editing that give the same film are equally right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from cutaway.evaluation.conversation import Outcome, new_shots
from cutaway.evaluation.film import WantedFilm, WantedMember, WantedShot
from cutaway.evaluation.words import choices, holds, same, spoken, strangers
from cutaway.storyboard.apply import apply
from cutaway.storyboard.model import CastMember, Overlay, Shot, Storyboard

CLOSE_S: Final = 0.051
"""Seconds by which lengths may differ: nobody sees one frame."""
CLOSE: Final = 0.0051
LONGEST_NAME: Final = 2
WORDED: Final = ("action", "setting", "lighting")
PLAIN: Final = ("time_of_day", "weather", "camera", "grade", "transition", "locked", "seed", "take")
DRAWN: Final = ("style", "spoken")
FIGURES: Final = ("played_s", "trim_start_s", "speed")


def edited_differently(before: Storyboard, got: Storyboard, outcome: Outcome, said: str) -> list[str]:
    """What is not as it should be in an edited film, a few words each; nothing when all is."""
    wanted = apply(before, outcome.edits_at("middle"))
    ends = (apply(before, outcome.edits_at("low")), apply(before, outcome.edits_at("high")))
    people = _pair_cast(got, wanted)
    return [
        *_film_fields(before, got, wanted, ends, said),
        *_cast_differs(before, got, wanted, people, said),
        *_shots_differ(before, got, wanted, ends, people, new_shots(outcome), said),
        *_overlays_differ(before, got, wanted, said),
    ]


def made_differently(got: Storyboard, wanted: WantedFilm, said: str) -> list[str]:
    """What is not as it should be in a new film; only what the expectation names is looked at."""
    found: list[str] = []
    fields = {"title": got.title, "aspect": got.aspect, "resolution": got.resolution, "look": got.style.look}
    for name, value in (fields | {"bed": got.sound.bed}).items():
        asked = getattr(wanted, name)
        if asked is not None and value.casefold() != asked.casefold():
            found.append(f"{name} {value!r}, not {asked!r}")
    if wanted.total_s is not None and abs(got.duration_s - wanted.total_s) > CLOSE_S * len(got.shots):
        found.append(f"{got.duration_s:g} s in all, not {wanted.total_s:g}")
    people = {member.key: _who(got.cast, member) for member in wanted.cast}
    found += [f"no {member.kind} in the cast" for member in wanted.cast if people[member.key] is None]
    expected = set(people.values())
    extra = [member for member in got.cast if member.id not in expected]
    found += [f"{member.kind!r} in the cast" for member in extra if not _may_appear(member, wanted, said)]
    if wanted.shots and len(got.shots) != len(wanted.shots):
        return [*found, f"{len(got.shots)} shots, not {len(wanted.shots)}"]
    for number, (shot, asked_shot) in enumerate(zip(got.shots, wanted.shots, strict=False), 1):
        found += [f"shot {number}: {fault}" for fault in _shot_lacks(shot, asked_shot, people)]
    if wanted.texts:
        texts = [text.overlay() for text in wanted.texts]
        found += _texts_differ(_overlay_places(got), [(text, _number(text.shot_id)) for text in texts], said)
    return found


def _who(cast: Sequence[CastMember], wanted: WantedMember) -> str | None:
    """The id of the member an expectation means: its kind, and its colour and description where they are given."""
    return next(
        (
            member.id
            for member in cast
            if holds(_bag(member), wanted.kind)
            and holds(_bag(member), wanted.colour)
            and holds(_bag(member), wanted.description)
            # A kind that swallowed half the sentence names nobody.
            and not strangers(member.kind, [*choices(wanted.kind), wanted.colour, wanted.description])
        ),
        None,
    )


def _may_appear(member: CastMember, wanted: WantedFilm, said: str) -> bool:
    """True for somebody nobody asked for by name who is still right: one of `maybe`, or a thing the person named."""
    if any(same(member.kind, kind) for kind in wanted.maybe):
        return True
    return len(spoken(member.kind)) <= LONGEST_NAME and not strangers(member.kind, [said])


def _shot_lacks(shot: Shot, wanted: WantedShot, people: dict[str, str | None]) -> Iterator[str]:
    for name, asked in wanted.given().items():
        if name == "cast":
            yield from (f"{who} is not in it" for who in asked if people.get(who) and people[who] not in shot.cast)
        elif name == "duration_s":
            if abs(shot.played_s - asked) > CLOSE_S:
                yield f"{shot.played_s:g} s, not {asked:g}"
        elif isinstance(asked, str):
            value = getattr(shot, name)
            fits = holds(value, asked) if name in WORDED else value in choices(asked)
            if not fits:
                yield f"{name} {value!r}, not {asked!r}"


def _film_fields(
    before: Storyboard, got: Storyboard, wanted: Storyboard, ends: tuple[Storyboard, Storyboard], said: str
) -> Iterator[str]:
    for name in ("title", "aspect", "resolution"):
        value, asked = getattr(got, name), getattr(wanted, name)
        if value.casefold() != asked.casefold():
            yield f"{name} {value!r}, not {asked!r}"
    if got.style.look != wanted.style.look:
        yield f"look {got.style.look!r}, not {wanted.style.look!r}"
    if not _as_worded(got.style.words, wanted.style.words, before.style.words, said):
        yield f"style {got.style.words!r}, not {wanted.style.words!r}"
    if got.sound.muted != wanted.sound.muted or got.sound.bed != wanted.sound.bed:
        yield f"sound {got.sound.bed}{', muted' if got.sound.muted else ''}, not {wanted.sound.bed}"
    for name, what in (("volume", "volume"), ("clips_volume", "volume of the clips")):
        if not _within(getattr(got.sound, name), [getattr(end.sound, name) for end in ends], CLOSE):
            yield f"{what} {getattr(got.sound, name):g}"
    if got.sound.duck != wanted.sound.duck:
        yield f"music {'steps' if got.sound.duck else 'does not step'} back for the clips"


def _cast_differs(
    before: Storyboard, got: Storyboard, wanted: Storyboard, people: dict[str, str], said: str
) -> Iterator[str]:
    paired = {theirs: ours for ours, theirs in people.items()}
    for member in wanted.cast:
        there = got.member(paired.get(member.id, ""))
        old = before.member(member.id)
        if there is None:
            yield f"no {member.name} in the cast"
        elif old is not None and old == member:
            if there != member:
                yield f"{member.name} is changed to {_bag(there)!r}"
        elif not same(_bag(there), _bag(member)) or there.references != member.references:
            yield f"{_bag(there)!r}, not {_bag(member)!r}"
    yield from (f"{member.name} in the cast" for member in got.cast if member.id not in people)


def _pair_cast(got: Storyboard, wanted: Storyboard) -> dict[str, str]:
    """Whom each member of the film we got stands for, by id: the same id first, then the same words, then the rest."""
    pairs: dict[str, str] = {}
    left = list(wanted.cast)
    for test in (lambda a, b: a.id == b.id, lambda a, b: same(_bag(a), _bag(b)), lambda a, b: _shares_word(a, b)):
        for member in got.cast:
            match = next((one for one in left if member.id not in pairs and test(member, one)), None)
            if match is not None:
                pairs[member.id] = match.id
                left.remove(match)
    return pairs


def _shares_word(a: CastMember, b: CastMember) -> bool:
    return bool(set(spoken(_bag(a))) & set(spoken(_bag(b))))


def _shots_differ(
    before: Storyboard,
    got: Storyboard,
    wanted: Storyboard,
    ends: tuple[Storyboard, Storyboard],
    people: dict[str, str],
    added: dict[str, dict[str, Any]],
    said: str,
) -> Iterator[str]:
    if len(got.shots) != len(wanted.shots):
        yield f"{len(got.shots)} shots, not {len(wanted.shots)}"
        return
    for number, (shot, asked) in enumerate(zip(got.shots, wanted.shots, strict=True), 1):
        at = f"shot {number}:"
        cast = {people.get(who, who) for who in shot.cast}
        if cast != set(asked.cast):
            yield f"{at} shows {', '.join(sorted(cast)) or 'nobody'}, not {', '.join(sorted(asked.cast)) or 'nobody'}"
        given = added.get(asked.id)
        if given is not None:
            judged = set(WantedShot.model_fields) - {"cast"}
            fields = {name: value for name, value in given.items() if name in judged}
            yield from (f"{at} {fault}" for fault in _shot_lacks(shot, WantedShot.model_validate(fields), {}))
            continue
        old = before.shot(asked.id)
        for name in WORDED:
            value, right = getattr(shot, name), getattr(asked, name)
            if not _as_worded(value, right, getattr(old, name) if old else "", said):
                yield f"{at} {name} {value!r}, not {right!r}"
        for name in PLAIN:
            if getattr(shot, name) != getattr(asked, name):
                yield f"{at} {name} {getattr(shot, name)!r}, not {getattr(asked, name)!r}"
        bounds = [end.shot(asked.id) for end in ends]
        for name in FIGURES:
            if not _within(getattr(shot, name), [getattr(end, name) for end in bounds if end], CLOSE_S):
                yield f"{at} {name} {getattr(shot, name):g}, not {getattr(asked, name):g}"


def _as_worded(got: str, wanted: str, before: str, said: str) -> bool:
    """Words that were to stay are the very same; new ones mean the same."""
    return got == wanted if wanted == before else same(got, wanted, said)


def _within(value: float, ends: Sequence[float], close: float) -> bool:
    return min(ends) - close <= value <= max(ends) + close


def _overlays_differ(before: Storyboard, got: Storyboard, wanted: Storyboard, said: str) -> list[str]:
    were_there = frozenset(overlay.id for overlay in before.overlays)
    return _texts_differ(_overlay_places(got), _overlay_places(wanted), said, were_there)


def _texts_differ(
    got: Sequence[tuple[Overlay, int | None]],
    wanted: Sequence[tuple[Overlay, int | None]],
    said: str,
    were_there: frozenset[str] = frozenset(),
) -> list[str]:
    left = list(got)
    found: list[str] = []
    for text, at in wanted:
        match = next((one for one in left if one[1] == at and _reads_alike(one[0], text, said)), None)
        if match is None:
            found.append(f"no {text.kind} {text.text!r}{f' in shot {at}' if at else ''}")
        else:
            left.remove(match)
            found += _looks_different(match[0], text, text.id in were_there)
    return found + [f"{text.kind} {text.text!r}{f' in shot {at}' if at else ''}" for text, at in left]


def _reads_alike(got: Overlay, wanted: Overlay, said: str) -> bool:
    """The very words where the person wrote them out; else in any case and with any full stop."""
    ours, theirs = got.text, wanted.text
    if wanted.text not in said:
        ours, theirs = (text.casefold().strip(" .") for text in (ours, theirs))
    return (got.kind, got.start_s, got.end_s, ours) == (wanted.kind, wanted.start_s, wanted.end_s, theirs)


def _looks_different(got: Overlay, wanted: Overlay, was_there: bool) -> Iterator[str]:
    """New words may look as they like, unless the expectation says how; those that were there keep their looks."""
    judged = [name for name in DRAWN if was_there or name in wanted.model_fields_set]
    for name in judged:
        if getattr(got, name) != getattr(wanted, name):
            yield f"{got.kind} {got.text!r}: {name} {getattr(got, name)}, not {getattr(wanted, name)}"


def _overlay_places(film: Storyboard) -> list[tuple[Overlay, int | None]]:
    return [(text, None if text.shot_id is None else film.number(text.shot_id)) for text in film.overlays]


def _number(shot_id: str | None) -> int | None:
    return None if shot_id is None else int(shot_id.removeprefix("s"))


def _bag(member: CastMember) -> str:
    return f"{member.colour} {member.description} {member.kind} {member.name}"
