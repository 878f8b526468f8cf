"""More characters than a shot or a film can have: who stays, and what is said of the others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from cutaway.conversation.keywords.clauses import Clause
from cutaway.conversation.keywords.text import listed
from cutaway.storyboard.model import MAX_CAST, MAX_CAST_PER_SHOT, CastMember, Shot

_NAMED: Final = 3
"""How many are named before "and 40 more", and how many notes are given."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """Members, shots and their clauses within the limits. `away` are nouns of those who were left out."""

    members: list[CastMember]
    shots: list[Shot]
    clauses: list[Clause]
    notes: tuple[str, ...] = ()
    away: frozenset[str] = frozenset()


def within_cast(
    members: Sequence[CastMember],
    shots: Sequence[Shot],
    clauses: Sequence[Clause],
    beyond: Mapping[str, Sequence[str]],
) -> Crowd:
    """The first `MAX_CAST` members that are seen, and the shots that show one of them or nobody at all.

    `beyond` holds, by shot id, the ids of those a shot has no room for.
    """
    by_id = {member.id: member for member in members}
    notes = []
    for number, shot in enumerate(shots, 1):
        if out := [by_id[one] for one in beyond.get(shot.id, ()) if one in by_id]:
            notes.append(
                f"A shot shows at most {MAX_CAST_PER_SHOT} characters, so shot {number} leaves out {_who(out)}."
            )
    out_of_shots = {one for ids in beyond.values() for one in ids}
    if len(members) <= MAX_CAST:
        gone = [by_id[one] for one in out_of_shots if one in by_id]
        return Crowd(list(members), list(shots), list(clauses), tuple(notes[:_NAMED]), _nouns(gone))
    seen = {one for shot in shots for one in shot.cast}
    stays = [member for member in members if member.id in seen][:MAX_CAST]
    kept = {member.id for member in stays}
    if gone := [member for member in members if member.id in seen - kept]:
        notes.append(f"A film has at most {MAX_CAST} characters; {len(members)} are named. Left out: {_who(gone)}.")
    pairs = [
        (shot, clause) for shot, clause in zip(shots, clauses, strict=True) if not shot.cast or kept & {*shot.cast}
    ]
    if away := len(shots) - len(pairs):
        notes.append(f"So {'is the shot' if away == 1 else f'are the {away} shots'} that would show nobody else.")
    within = [shot.model_copy(update={"cast": tuple(one for one in shot.cast if one in kept)}) for shot, _ in pairs]
    return Crowd(
        stays,
        within,
        [clause for _, clause in pairs],
        tuple(notes[-_NAMED:]),
        _nouns(member for member in members if member.id not in kept),
    )


def _who(members: Sequence[CastMember]) -> str:
    named = [f"the {' '.join(part for part in (m.colour, m.kind or m.name) if part)}" for m in members[:_NAMED]]
    more = len(members) - len(named)
    return listed([*named, *([f"{more} more"] if more else [])])


def _nouns(members: Iterable[CastMember]) -> frozenset[str]:
    return frozenset(m.kind.split()[-1].lower() for m in members if m.kind.split())
