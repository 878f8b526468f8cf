"""One more shot: "then ...", "at the end ...", "between those two ...", "before the walk I need a shot of ..."."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from typing import Final

from cutaway.conversation.keywords.clauses import Clause
from cutaway.conversation.keywords.editing.cast_meant import pronoun_in
from cutaway.conversation.keywords.editing.line import Line
from cutaway.conversation.keywords.editing.scene_values import scene_values
from cutaway.conversation.keywords.editing.shot_orders import read_moved
from cutaway.conversation.keywords.editing.shot_spans import spanned
from cutaway.conversation.keywords.editing.stage import Found, Stage, new_shot_id
from cutaway.conversation.keywords.phrases import Troupe
from cutaway.conversation.keywords.shots import Scene, build_shot
from cutaway.conversation.keywords.together import read_together
from cutaway.storyboard.edits import AddCast, AddShot, Edit

_N: Final = r"(?:shot|scene|clip|one|part|moment|bit)"
_ASKED: Final = re.compile(
    r"(?:\b(?:add|insert|append|include|need|want|have|put(?: in)?|squeeze in|slip in"
    r"|give (?:it|me|us)|make|would like|how about|maybe|let us have|let us add|could use"
    r"|there should be|show)\s+(?:in\s+)?(?:also\s+)?|^(?:and |also |then )*(?=(?:a"
    r"|an|another|one more|one|an extra)\s+(?:\w+ )*(?:shot|scene|clip)\b))"
    r"(?:a|an|another|one more|one|an extra)\s+(?:(?:new|extra|further|final|last|closing"
    r"|opening|short|quick|additional|second|third|fourth|fifth|little|establishing"
    rf"|wide|more|separate|whole|brief)\s+){{0,3}}(?:[\w.]+[ -]seconds?\s+)?{_N}\b(?!\s+(?:longer"
    r"|shorter|slower|faster))"
)
_ONE_MORE: Final = re.compile(
    r"^(?:and |also |then |plus |maybe |how about )*(?:one more|another|another one|one last one|one extra|an"
    r" extra one)"
    r"(?=\s*(?:where|in which|when|of|with|showing|:)\b|:)"
)
_NEW_ONE: Final = re.compile(
    r"[,.:;-]?\s*\b(?<!the )(?<!that )(?<!this )(?:(?:as |in )?(?:a |an |one )?(?:new"
    rf"|extra|another|separate|additional) {_N})\b[,:]?"
)
_JOINT: Final = re.compile(
    r"^(?:\s*(?:,|:|where|of|with|in which|showing|that shows|when|-|which shows|featuring"
    r"|we see|you see|and|at|there)\s)*\s*:?\s*"
)
_THEN: Final = re.compile(
    r"^(?:ok |so |and |but )*(?:then|after that|after this|afterwards|next|finally|lastly"
    r"|later|and then|in the end)\b,?\s+(?!(?:make|change|set|remove|add|put|delete|turn"
    r"|move|let us have|lock|can|could)\b)(?:we (?:can )?see |you see |there is |i want "
    r"|i see |show )?"
)
_BETWEEN: Final = re.compile(
    r"^(?:and )?(?:in )?between (?:(?:the|those|these|them|all|both|shots?|scenes?|numbers?)\s*)*(?P<pair>(?:"
    r"\d+|one|two|three|four|five|first|second|third|last|fourth)(?:\s+and\s+(?:the\s+)?(?:\d+"
    rf"|two|three|four|five|second|third|last|fourth|six))?)?(?: {_N}s?)?\b,?\s+"
)
_BETWEEN_TAIL: Final = re.compile(
    r",?\s+(?:in )?between (?:(?:the|those|these|shots?|scenes?)\s*)*(?P<pair>(?:\d+"
    r"|one|two|three|first|second|third|last)(?:\s+and\s+(?:the\s+)?(?:\d+|two|three"
    rf"|four|second|third|last))?)?(?: {_N}s?)?\s*$"
)
_AMONG: Final = re.compile(
    r"\b(?:in )?between (?P<a>(?:the|that|shot) [\w' ]{2,30}?) and (?P<b>(?:the|that|shot) [\w'"
    r" ]{2,30}?)(?=\s*(?:[:,]|$))"
)
_SIDE: Final = re.compile(
    r"^(?:and |right |just |straight )*(?P<side>before|after) (?P<what>.{2,60}?)(?:,"
    r"|(?= i (?:need|want|would)| there | we | add | show | put | the \w+ \w+s\b| an? ))\s*"
)
_SIDE_TAIL: Final = re.compile(
    r",?\s+(?:right |just |straight )?(?P<side>before|after) (?P<what>(?:the |shot |scene |number |he |she |it "
    r"|they )[\w"
    r" ]{2,40})\s*(?:$|(?=:))"
)
_END: Final = re.compile(
    r"(?:^|,?\s+)(?:right |just )?(?P<where>at|for|as|in) the (?:very )?(?P<end>end|start"
    r"|beginning|front|close|finish|opening)\b,?"
)
_WISH: Final = re.compile(
    r"^(?:,|and|also|please|i (?:need|want|would like|would love)(?: to (?:see|have))?"
    r"|there (?:is|should be|could be|must be|are)|we (?:see|need|could see|should see"
    r"|can see)|you see|show(?: me| us)?|have|let us (?:see|have)|add|insert|put|let)\s+(?!(?:a"
    r"|an|the) (?:fade|crossfade|title|caption|cut)\b)"
)
_VALUES: Final = re.compile(
    r"\b(?:slower|faster|longer|shorter|darker|brighter|zoom|pan|tilt|camera|caption"
    r"|title|music|sound|fade|seconds?|lock|mute|weather|colou?rs?|speed|text)\b"
)


_BOTH: Final = re.compile(r"\b(?:the two|both) of them\b")
_LAST_OF_ALL: Final = re.compile(r"^\W*to (?:finish|close|end)\b,?\s*(?=(?:the|a|an|they|he|she|it|we)\b)")


def read_new_shot(stage: Stage) -> Found | None:
    """The shot a sentence adds, or None when it adds none."""
    text = _LAST_OF_ALL.sub("at the end, ", stage.text)
    if len(stage.film.cast) == 2:
        text = _BOTH.sub(" and ".join(f"the {member.kind.lower()}" for member in stage.film.cast), text)
    if re.search(r"⟪\d+⟫", text) or re.search(r"\b(?:instead of|rather than|should be|replace|remove)\b", text):
        return None
    at, what, sure, told = _place_of(stage, text)
    if told is None or (not sure and (_AGAIN.search(text) or spanned(text) or _stands_elsewhere(stage, text))):
        return None
    what = re.sub(r"\b(they|we) (?:both|all) ", r"\1 ", _JOINT.sub("", told))
    for _ in range(3):
        what = _WISH.sub("", what).strip(" ,.")
    if not what:
        return _ask() if sure else None
    if not sure and re.search(rf"\b(?:that|this|the|same) (?:[\w-]+ )?{_N}\b", what):
        return None
    if not sure and (_VALUES.search(what) or _about_value(what)):
        return None
    what = (
        re.sub(r"^(?:them|him|her)\b", lambda m: {"them": "they", "him": "he", "her": "she"}[m[0]], what)
        if sure
        else what
    )
    clause, *_ = read_together(_typed(stage, what))
    clause = _with_verb(clause)
    if not (clause.useful or (sure and (clause.subjects or clause.action or clause.setting))) or (
        clause.spoken and not sure
    ):
        return _ask() if sure else None
    scene = clause.weather and clause.setting and re.match(r"(?:and |right |just )*(?:before|after|between)\b", text)
    if not sure and not (clause.verb and (clause.subjects or clause.carried)) and not scene:
        return None
    stage.line.use(0, len(stage.text))
    return Found(_added(stage, clause, at))


def _ask() -> Found:
    return Found(
        problem="What should the new shot show?", choices=("Add a shot where it walks along a beach at sunset",)
    )


def _about_value(what: str) -> bool:
    """Whether the words are about weather or time alone: "at the end it rains"."""
    return bool(
        re.match(
            r"(?:it|there) (?:is|rains|snows|should|could|can|gets|must)\b|(?:make|set"
            r"|turn|let|change|back|zoom|pull|a bit|no|more)\b",
            what,
        )
    )


_AGAIN: Final = re.compile(
    r"\b(?:show|play|see|have|repeat|run|use) (?:it|that|this|the .{2,30}?) (?:again|once more|twice)\b"
)
_BELONGS: Final = re.compile(
    r"\b(?:belongs?|fits?|works?|comes?|goes|put|move|bring|place|shift|(?:should|must|could|can|has to|have to"
    r"|needs? to)"
    r" (?:come|be|go|stand|sit|follow|precede))\b(?: (?:right|straight|much|far|better|really|in|up|the \w+|it"
    r"|that|this))*"
    r" (?:at|to|as|before|after|first|last|front|second|third|between)\b"
)


def _stands_elsewhere(stage: Stage, text: str) -> bool:
    """Whether the words put a shot there is at another place, or say how the camera moves: "the dog belongs first"."""
    if re.search(r"\b(?:an?|another|one more|some|two|three) [a-z]", text):
        return False
    values = scene_values(Line.plain(text), camera_words=False)
    if any(value.field == "camera" and value.start <= 12 for value in values):
        return True
    if not _BELONGS.search(text):
        return False
    found = read_moved(replace(stage, line=stage.line.part(0, len(stage.text))))
    return found is not None and bool(found.edits)


def _with_verb(clause: Clause) -> Clause:
    """A clause such as "the string snaps": what looks like a noun is doing something nobody listed."""
    words = clause.text.split()
    if (
        clause.verb
        or clause.carried
        or len(words) < 3
        or not re.fullmatch(r"the|his|her|its|my|our|their", words[0], re.I)
    ):
        return clause
    at = next((i for i, w in enumerate(words) if i > 1 and re.fullmatch(r"[a-z]{2,}[^s]s", w)), None)
    if at is None:
        return clause
    return replace(
        clause,
        subjects=(),
        verb=words[at],
        action=" ".join(words[1:]),
        setting="" if clause.setting in words[at] else clause.setting,
    )


def _typed(stage: Stage, words: str) -> str:
    """These words of the line as they were typed, where they stand together in it."""
    start = stage.text.find(words)
    typed = stage.line.typed(start, start + len(words)) if start >= 0 else ""
    return typed or words


def _place_of(stage: Stage, text: str) -> tuple[int | None, str, bool, str | None]:
    """Where a new shot goes (None: at the end), and what it shows; the last is None when no shot is added.

    The third says whether a shot was asked for in so many words.
    """
    at: int | None = None
    sure = placed = False
    said = text
    if match := _THEN.match(said):
        placed, said = True, said[match.end() :]
        sure = bool(re.search(r"\b(?:see|show)\b", match[0]))
        if match2 := re.match(
            r"(?:a |an |one )?(?:new |second |third |fourth |fifth |sixth |next |last "
            rf"|final |closing |another ){{1,2}}{_N}\b",
            said,
        ):
            sure, said = True, said[match2.end() :]
    if (match := _AMONG.search(said)) and (number := _among(stage, match)):
        at, placed = number, True
        said = f"{said[: match.start()]} {said[match.end() :]}"
    elif match := _BETWEEN.match(said) or _BETWEEN_TAIL.search(said):
        spot = _between(stage, match["pair"] or "")
        if spot is None:
            return None, "", False, None
        at, placed = spot, True
        said = said[match.end() :] if match.start() == 0 else said[: match.start()]
    elif match := _SIDE.match(said) or _SIDE_TAIL.search(said):
        shots = stage.finder.by_words(match["what"])
        if shots and (len(shots) == 1 or len({stage.shot(s).action for s in shots}) == 1):
            number = stage.film.number(shots[0])
            at, placed = (number if match["side"] == "before" else number + 1), True
            said = said[match.end() :] if match.start() == 0 else f"{said[: match.start()]}{said[match.end() :]}"
    if match := _ONE_MORE.match(said):
        sure, said = True, said[match.end() :]
    elif match := _ASKED.search(said):
        sure = True
        if re.search(r"\b(?:opening|establishing)\b", match[0]):
            at = at or 1
        said = f"{said[: match.start()]} {said[match.end() :]}" if match.start() > 3 else said[match.end() :]
    elif match := _NEW_ONE.search(said):
        sure = True
        said = f"{said[: match.start()]} {said[match.end() :]}"
    if (match := _END.search(said)) and (sure or at is None):
        if match["end"] in {"start", "beginning", "front", "opening"}:
            at = 1
        placed = True
        said = f"{said[: match.start()]} {said[match.end() :]}".strip()
    if at is not None and at > len(stage.film.shots):
        at = None
    return at, "", sure, said.strip(" ,:;") if sure or placed else None


def _among(stage: Stage, match: re.Match[str]) -> int:
    """The place between two shots that stand side by side, 0 where the words name no such two."""
    pair = [stage.finder.by_words(match[side].strip()) for side in ("a", "b")]
    if any(len(shots) != 1 for shots in pair):
        return 0
    numbers = sorted(stage.film.number(shots[0]) for shots in pair)
    return numbers[1] if numbers[1] - numbers[0] == 1 else 0


def _between(stage: Stage, pair: str) -> int | None:
    if pair:
        words = re.sub(r"\band\b", "and the", pair) if not re.match(r"\d|one|two|three", pair) else f"shots {pair}"
        meant = stage.finder.all_in(Line.plain(words if words.startswith("shots") else f"the {words} shots"))
        if len(meant.shots) == 2:
            return stage.film.number(meant.shots[1])
    return 2 if len(stage.film.shots) == 2 else None


def _added(stage: Stage, clause: Clause, at: int | None) -> list[Edit]:
    film = stage.film
    before = film.shots[-1] if at is None else film.shots[max(at - 2, 0)]
    scene = Scene(subjects=before.cast, setting=before.setting, time=before.time_of_day, weather=before.weather)
    said = re.match(r"(?:then )?(?:we (?:can )?see )?(?P<who>it|he|she)\b", clause.text, re.I)
    if clause.carried and said and (one := pronoun_in(Line.plain(said["who"].lower()), film, stage.memory)):
        scene.subjects = (one.cast_id,)
    troupe = Troupe(film.cast)
    shot_id = new_shot_id(film)
    stable = int.from_bytes(hashlib.sha256(f"{stage.text}\n{shot_id}".encode()).digest()[:4], "big") % (2**31 - 1) + 1
    shot = build_shot(clause, troupe, scene, stage.line.masked, shot_id, len(film.shots), stable)
    known = tuple(cast_id for cast_id in shot.cast if film.member(cast_id))
    joining = [member for member in troupe.joined if member.id in shot.cast]
    edits: list[Edit] = [AddShot(shot=shot.model_copy(update={"cast": known}), at=at)]
    return edits + [AddCast(member=member, shots=(shot_id,)) for member in joining]
