"""Changes to the order, number and takes of shots."""

from __future__ import annotations

import hashlib
import re
from typing import Final

from cutaway.conversation.keywords.clauses import read_clause
from cutaway.conversation.keywords.phrases import Troupe
from cutaway.conversation.keywords.segments import COMMANDS, Reading, Segment
from cutaway.conversation.keywords.shots import Scene, build_shot
from cutaway.conversation.keywords.targets import read_target
from cutaway.conversation.keywords.text import free_id, number
from cutaway.conversation.keywords.together import read_together
from cutaway.conversation.keywords.words import NUMBERS, ORDINALS
from cutaway.storyboard.edits import (
    AddCast,
    AddShot,
    DuplicateShot,
    Edit,
    MoveShot,
    RemoveShot,
    Retake,
    SetLock,
    SetSeed,
    TrimShot,
)
from cutaway.storyboard.model import Storyboard

_ADD: Final = re.compile(
    r"^(?:add|insert|append|include|give\s+(?:it|me|us)|make)\s+(?:a|another|one\s+more|a\s+new|a\s+final|a\s+last"
    r"|an?\s+opening|an?\s+closing|an?\s+extra)\s+(?:(?P<long>\S+\s+seconds?)\s+)?"
    r"(?:shot|scene)\b(?P<where>(?:\s+(?:at|to|in|before|after|as)\s+(?:the\s+)?(?:start|beginning|front|end"
    r"|shot\s+\w+|first\s+shot|last\s+shot|opening|intro|middle))*)"
    r"\s*(?:,|:|where|of|with|in\s+which|showing|that\s+shows|when|-)*\s*(?P<what>.*)$",
    re.I | re.S,
)
_THEN: Final = re.compile(r"^(?:and\s+)?(?:then|after\s+that|next|finally),?\s+(?P<what>\S.*)$", re.I | re.S)
_DUPLICATE: Final = re.compile(r"^(?:duplicate|repeat|copy|clone|double)\b(?!\s*speed)", re.I)
_REMOVE: Final = re.compile(
    r"^(?:remove|delete|drop|lose|cut|get\s+rid\s+of|take\s+out|kill|skip)\b[\s,.]*(?:out|please)?[\s.]*$", re.I
)
_SWAP: Final = re.compile(r"^(?:swap|switch|exchange|flip)\b", re.I)
_MOVE: Final = re.compile(
    r"^(?:move|put|place|bring|shift)\b.*?\b(?:(?P<front>front|start|beginning|first\s+place|first|top)|(?P<end>end"
    r"|back|last\s+place|last)"
    r"|(?P<side>before|after|in\s+front\s+of|behind)\s+(?:the\s+)?(?:shot\s+(?P<n>\w+)|(?P<ord>\w+)\s+(?:shot|one))"
    r"|(?:to\s+)?(?:position|place|spot|number)\s+(?P<pos>\w+))\s*$",
    re.I,
)
_LOCK: Final = re.compile(
    r"^(?:(?P<un>unlock|unfreeze|release)|lock|freeze|keep|leave|don'?t\s+(?:touch|change))\b"
    r"(?:\s+(?:it|this|down|as|is|are|the|way|they|it's|like|that|alone|unchanged|same))*\s*$",
    re.I,
)
_RETAKE: Final = re.compile(
    r"^(?:(?:give\s+me\s+|make\s+|do\s+|try\s+|get\s+me\s+|i\s+want\s+)?(?:another|one\s+more|a\s+new|a\s+different"
    r"|a\s+fresh|a\s+second)\s+(?:take|try|attempt|go|version|variation)"
    r"|re-?take|try|redo|re-?roll|re-?generate|re-?render|re-?shoot|re-?make|do|make|render"
    r"|shoot)\b(?P<rest>(?:\s+(?:it|that|this|again|over|once\s+more|another\s+time|of|please|from\s+scratch"
    r"|one))*)\s*$",
    re.I,
)
_SEED: Final = re.compile(r"\bseed\b\D*?(?P<n>\d{1,12})\s*$", re.I)
_TRIM: Final = re.compile(
    r"^(?:trim|cut|take|remove|drop|shave|chop|crop)\s+(?:off\s+)?(?:the\s+)?(?:(?P<edge>first|last|final"
    r"|opening)\s+)?(?P<n>[\w.]+\s+)?(?P<unit>seconds?|secs?|s)\b"
    r"(?:\s+(?:off|from|of|at|out|the|away))*(?:\s+(?P<side>start|beginning|front|end|back))?(?:\s+(?:of|off"
    r"|from))*\s*$",
    re.I,
)
_SPAN: Final = re.compile(
    r"^(?:trim|cut|crop|play|use|keep)\b.*?\bfrom\s+(?P<a>[\d.]+)\s*s?\w*\s+to\s+(?P<b>[\d.]+)\s*(?:seconds?|secs?"
    r"|s)?\s*$",
    re.I,
)


def read_shot_changes(segment: Segment) -> Reading | None:
    """The edits to shots as wholes that a segment asks for, or None."""
    for read in (_added, _seeded, _swapped, _moved, _trimmed, _retaken, _locked, _duplicated, _removed):
        if (reading := read(segment)) is not None:
            return reading
    return None


def new_shot_id(film: Storyboard) -> str:
    """The next free id of the form s4."""
    used = [int(shot.id[1:]) for shot in film.shots if re.fullmatch(r"s\d{1,6}", shot.id)]
    return free_id(f"s{max([*used, len(film.shots)]) + 1}", (shot.id for shot in film.shots))


def _added(segment: Segment) -> Reading | None:
    film = segment.film
    if match := _ADD.match(segment.text):
        at, what = _position(match["where"] or "", match["what"], film)
    elif match := _THEN.match(segment.text):
        at, what = None, match["what"]
        clause = read_clause(what)
        if re.match(rf"(?:{COMMANDS})\b", what, re.I) or not (clause.verb and (clause.subjects or clause.carried)):
            return None
    else:
        return None
    if isinstance(at, str):
        return Reading(problem=at)
    clause, *later = read_together(what)
    if not clause.useful or clause.spoken:
        return Reading(
            problem="What should the new shot show?", choices=("Add a shot where it walks along a beach at sunset",)
        )
    before = film.shots[-1] if at is None else film.shots[max(at - 2, 0)]
    scene = Scene(subjects=before.cast, setting=before.setting, time=before.time_of_day, weather=before.weather)
    troupe = Troupe(film.cast)
    shot_id = new_shot_id(film)
    stable = int.from_bytes(hashlib.sha256(f"{segment.text}\n{shot_id}".encode()).digest()[:4], "big") % (2**31 - 1) + 1
    shot = build_shot(clause, troupe, scene, segment.masked, shot_id, len(film.shots), stable)
    known = tuple(cast_id for cast_id in shot.cast if film.member(cast_id))
    joining = [member for member in troupe.joined if member.id in shot.cast]
    edits: list[Edit] = [AddShot(shot=shot.model_copy(update={"cast": known}), at=at)]
    edits += [AddCast(member=member, shots=(shot_id,)) for member in joining]
    return Reading(edits=edits, scope="a new shot", unused=", ".join(other.text for other in later))


def _position(where: str, what: str, film: Storyboard) -> tuple[int | str | None, str]:
    tail = re.search(
        r"[\s,]+(?P<w>at\s+the\s+(?:start|beginning|front|end)|(?:before|after)\s+(?:shot\s+\w+|the\s+(?:first"
        r"|last)\s+shot))\s*$",
        what,
        re.I,
    )
    if tail:
        where, what = tail["w"], what[: tail.start()]
    if re.search(r"\b(?:start|beginning|front|opening|intro)\b", where, re.I):
        return 1, what
    if side := re.search(r"\b(before|after)\b", where, re.I):
        target = read_target(where, film)
        if target.problem:
            return target.problem, what
        if target.named:
            n = film.number(target.shots[0])
            return (n if side[1].lower() == "before" else n + 1), what
    return None, what


def _seeded(segment: Segment) -> Reading | None:
    match = _SEED.search(segment.rest)
    if match is None:
        return None
    value = int(match["n"])
    if value > 2**31 - 1:
        return Reading(problem=f"A seed is a whole number up to {2**31 - 1}; {value} is more.")
    shots = segment.shots or tuple(shot.id for shot in segment.film.shots)
    return Reading(edits=[SetSeed(shot=shot_id, seed=value) for shot_id in shots])


def _swapped(segment: Segment) -> Reading | None:
    film = segment.film
    if re.match(
        r"^(?:reverse|flip|invert)\s+(?:the\s+)?(?:order|shots|sequence)(?:\s+of\s+(?:the\s+)?shots)?$",
        segment.text,
        re.I,
    ):
        return Reading(edits=[MoveShot(shot=shot.id, to=1) for shot in film.shots[1:]])
    pair = segment.shots
    if not pair and len(film.shots) == 2 and re.search(r"\b(?:two|both|the)\s+(?:shots|scenes)\b", segment.text, re.I):
        pair = (film.shots[0].id, film.shots[1].id)
    if not _SWAP.match(segment.rest or segment.text) or len(pair) != 2:
        return None
    first, second = sorted(pair, key=film.number)
    a, b = segment.film.number(first), segment.film.number(second)
    edits: list[Edit] = [MoveShot(shot=second, to=a)]
    if b - a > 1:
        edits.append(MoveShot(shot=first, to=b))
    return Reading(edits=edits)


def _moved(segment: Segment) -> Reading | None:
    match = _MOVE.match(segment.text)
    if match is None or not re.search(r"\b(?:shot|scene|clip|one)\b", segment.text, re.I):
        return None
    film = segment.film
    whole = segment.text
    head = (
        whole[: match.start("side")]
        if match["side"]
        else re.sub(r"\b(?:to|at)\s+(?:the\s+|be\s+)?\w+(?:\s+\w+)?\s*$", "", whole)
    )
    target = read_target(head, film)
    if target.problem or len(target.shots) != 1:
        return Reading(problem=target.problem or "Which shot should move?", choices=("Move shot 2 to the front",))
    at = film.number(target.shots[0])
    to: float | None
    if match["front"]:
        to = 1
    elif match["end"]:
        to = len(film.shots)
    elif match["pos"]:
        to = number(match["pos"])
    else:
        named = match["n"] or ""
        other = number(named) if named else float(ORDINALS.get((match["ord"] or "").lower(), 0))
        other = other if other is None or other >= 0 else len(film.shots) + 1 + other
        if other is None or not 1 <= other <= len(film.shots):
            to = None
        else:
            behind = match["side"].lower() in {"after", "behind"}
            to = other + (1 if behind else 0) - (1 if at < other + (1 if behind else 0) else 0)
    if to is None or not 1 <= to <= len(film.shots):
        return Reading(
            problem=f"Where to? The film has places 1 to {len(film.shots)}.", choices=(f"Move shot {at} to the front",)
        )
    return Reading(edits=[MoveShot(shot=target.shots[0], to=int(to))], scope=target.scope)


def _trimmed(segment: Segment) -> Reading | None:
    span, cut = _SPAN.match(segment.rest), _TRIM.match(segment.rest)
    if span is None and cut is None:
        return None
    shots = segment.shots or (tuple(s.id for s in segment.film.shots) if len(segment.film.shots) == 1 else ())
    if not shots:
        return Reading(problem="Which shot should be trimmed?", choices=("Trim the first second off shot 1",))
    edits: list[Edit] = []
    for shot_id in shots:
        shot = segment.film.shot(shot_id)
        assert shot is not None  # targets only name shots that are there
        if span is not None:
            start, end = number(span["a"]), number(span["b"])
            if start is None or end is None:
                return None
            edits.append(TrimShot(shot=shot_id, start_s=start, end_s=end))
            continue
        assert cut is not None
        words = (cut["n"] or "").strip().lower()
        taken = (number(words) if words else 1.0) or (1.0 if words in NUMBERS else None)
        if taken is None:
            return None
        taken *= shot.speed
        edge = (cut["edge"] or cut["side"] or "end").lower()
        if edge in {"first", "opening", "start", "beginning", "front"}:
            edits.append(TrimShot(shot=shot_id, start_s=round(shot.trim_start_s + taken, 3), end_s=shot.trim_end_s))
        else:
            stop = shot.duration_s if shot.trim_end_s is None else shot.trim_end_s
            edits.append(TrimShot(shot=shot_id, start_s=shot.trim_start_s, end_s=round(stop - taken, 3)))
    return Reading(edits=edits)


def _retaken(segment: Segment) -> Reading | None:
    match = _RETAKE.match(segment.rest)
    if match is None:
        return None
    verb = segment.rest.split()[0].lower()
    again = re.search(r"\b(?:again|over|once more|another time|from scratch)\b", segment.rest, re.I)
    if (
        verb in {"do", "make", "render", "shoot", "try"}
        and not again
        and not re.search(r"\b(?:take|try|attempt|version)\b", segment.rest[len(verb) :], re.I)
    ):
        return None
    return Reading(edits=[Retake(shots=segment.shots)])


def _locked(segment: Segment) -> Reading | None:
    match = _LOCK.match(segment.rest)
    if match is None or not (
        segment.shots or segment.target.all or re.match(r"(?:un)?lock|freeze", segment.rest, re.I)
    ):
        return None
    return Reading(edits=[SetLock(shots=segment.shots, locked=not match["un"])])


def _duplicated(segment: Segment) -> Reading | None:
    if not _DUPLICATE.match(segment.rest) or len(segment.shots) != 1:
        return None
    return Reading(edits=[DuplicateShot(shot=segment.shots[0], new_id=new_shot_id(segment.film))])


def _removed(segment: Segment) -> Reading | None:
    if not _REMOVE.match(segment.rest) or not segment.shots:
        return None
    if len(segment.shots) >= len(segment.film.shots):
        return Reading(problem="A film keeps at least one shot, so not all of them can go.")
    return Reading(edits=[RemoveShot(shot=shot_id) for shot_id in segment.shots])
