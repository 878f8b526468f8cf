"""What somebody of the cast is told to do: "have the boy whistle", "the otter could be eating a fish instead"."""

from __future__ import annotations

import re
from typing import Final

from cutaway.conversation.keywords.editing.cast_meant import Name, names_in, pronoun_in
from cutaway.conversation.keywords.editing.line import Line
from cutaway.conversation.keywords.editing.scene_values import scene_values
from cutaway.conversation.keywords.editing.sense import acts
from cutaway.conversation.keywords.editing.stage import Found, Stage
from cutaway.conversation.keywords.editing.stems import bag
from cutaway.conversation.keywords.lexicon import can_be, is_only
from cutaway.conversation.keywords.phrases import plural
from cutaway.conversation.keywords.text import cut
from cutaway.conversation.keywords.words import ADJECTIVES, COLOURS, VERB_FORMS
from cutaway.storyboard.edits import Edit, SetAction, SetShotCast
from cutaway.storyboard.model import CastMember

_HAVE: Final = re.compile(
    r"^(?:have|let|make|see|show|get|watch)\s+(?P<who>.{2,30}?)\s+(?:to\s+)?(?P<verb>[a-z]{2,})(?P<rest>(?:\s.*)?)$"
)
_BE_DOING: Final = re.compile(
    r"^(?P<who>.{2,30}?)\s+(?:(?:should|could|must|can|would|might|needs? to|has to|ought to|is|are|to|rather|also"
    r"|now|better"
    r"|just|instead)\s+)*(?:be\s+)?(?P<verb>[a-z]{2,}ing)(?P<rest>(?:\s.*)?)$"
)
_SLOWLY: Final = re.compile(
    r"^(?P<who>.{2,30}?)\s+(?:should|must|could|can|needs? to|has to|ought"
    r" to)\s+(?P<verb>[a-z]{2,})(?P<rest>\s.+\b(?:slowly|quickly"
    r"|gently|carefully|softly|quietly|happily|sadly|proudly|nervously))$"
)
_INSTEAD: Final = re.compile(r"\s*,?\s+(?:instead of|rather than|and not|not)\s+(?P<old>[a-z]+(?: [a-z]+){0,4})$")
_TAIL: Final = re.compile(r"(?:[\s,]+(?:instead|please|too|also|as well|rather|now|then|again))+[\s.!]*$")
_NO_DEED: Final = frozenset(
    """breathe rain snow shine look looks be have wear last play stay keep end come say read go start begin move
    being pouring raining snowing drizzling hailing storming getting going becoming feeling sounding taking
    having wearing looking lasting playing staying saying reading missing something anything nothing everything
    morning evening during king ring thing
    lighting setting""".split()
)
_LOOKS: Final = re.compile(r"\s+(?:up|down|at|into|out|over|around|round|away|back|through|towards?|straight)\b")
LOOKS_SOMEWHERE: Final = re.compile(
    r"^(?:have|let|make|get)\s+(?!it\b).{2,30}?\s+look\s+(?:up|down|at|into|out|over|around|away|back)\b"
)
_NO_PLACE: Final = re.compile(r"[·\s]+")


def had_done(stage: Stage) -> Found | None:
    """The words "have the boy whistle in the second one", where nothing but who, what and the shot is said."""
    pattern = _HAVE if _HAVE.match(stage.text) else _SLOWLY
    if not pattern.match(stage.text) or scene_values(Line.plain(stage.text), camera_words=False):
        return None
    return _read(stage, (pattern,))


def told_to(stage: Stage) -> Found | None:
    """What somebody does from now on, in the shot that is named or the only one it can be; None for other clauses."""
    return _read(stage, (_HAVE, _BE_DOING))


def _read(stage: Stage, patterns: tuple[re.Pattern[str], ...]) -> Found | None:
    text = _NO_PLACE.sub(" ", re.sub(r"·[·\s]*", "· ", stage.line.free)).replace("·", " ")
    text = re.sub(r"\s+", " ", text).strip(" ,.")
    source = stage.text
    for pattern in patterns:
        match = pattern.match(text) or pattern.match(source)
        while match is not None:
            if (found := _told(stage, match, pattern is not _BE_DOING)) is not None:
                return found
            match = _longer(pattern, match)
    return None


def _longer(pattern: re.Pattern[str], match: re.Match[str]) -> re.Match[str] | None:
    """The next reading of the same words, with one more word for who it is."""
    at = len(match["who"]) + match.start("who")
    gap = match.string.find(" ", at + 1)
    if gap < 0 or gap - match.start("who") > 30:
        return None
    wider = pattern.pattern.replace("{2,30}?", f"{{{gap - match.start('who')},30}}?", 1)
    return re.match(wider, match.string)


def _told(stage: Stage, match: re.Match[str], have: bool) -> Found | None:
    one = _one(stage, match["who"])
    verb = match["verb"]
    if have and match["who"] == "it":
        return None  # "let it clear up": the weather
    looks = have and verb == "look" and _LOOKS.match(match["rest"])
    if one is None or not (looks or (verb not in _NO_DEED and _deed(verb, have))):
        return None
    who = stage.member(one.cast_id)
    rest = match["rest"]
    shots = stage.shots
    if unwanted := _INSTEAD.search(rest):
        rest = rest[: unwanted.start()]
        like = [s for s in stage.finder.looking_like(unwanted["old"]) if who.id in stage.shot(s).cast]
        shots = tuple(like) or shots
    rest = _TAIL.sub("", rest)
    if shots and rest:
        rest = _without_places(stage, rest)
    shots = shots or _only_one(stage, who, one)
    action = f"{_form(verb, who) if have else verb}{rest}".strip(" ,.")
    if not acts(action) or not (shots or looks):
        return None
    if not shots:
        inside = [n for n, shot in enumerate(stage.film.shots, 1) if who.id in shot.cast]
        return Found(
            problem="In which shot?", choices=tuple(f"In shot {n} the {who.name} {action}" for n in inside[:4])
        )
    edits: list[Edit] = [
        SetShotCast(shot=s, cast=(*stage.shot(s).cast, who.id)) for s in shots if who.id not in stage.shot(s).cast
    ]
    stage.line.use(0, len(stage.text))
    return Found([*edits, SetAction(shots=shots, action=cut(action, 400))])


def _one(stage: Stage, words: str) -> Name | None:
    names = names_in(Line.plain(words), stage.film)
    if names:
        one = names[0]
        rest = f"{words[: one.start]}{words[one.end :]}".split()
        return one if len(names) == 1 and not one.owner and not one.indefinite and not rest else None
    one_said = pronoun_in(Line.plain(words), stage.film, stage.memory)
    return one_said if one_said is not None and not one_said.owner and len(words.split()) == 1 else None


def _deed(verb: str, have: bool) -> bool:
    if verb in ADJECTIVES or verb in COLOURS:
        return False
    if not have:
        return verb in VERB_FORMS or can_be(verb, "VERB")
    known = VERB_FORMS.get(verb) if verb in VERB_FORMS else None
    if known is not None:
        return known[1] == "base"
    return can_be(verb, "VERB") and not is_only(verb, "NOUN", "ADJ", "ADV") and not verb.endswith(("ed", "ing"))


def _form(verb: str, who: CastMember) -> str:
    """The verb as it stands in an action: "whistles"; for several "whistle"."""
    return verb if who.kind.split() and plural(who.kind.split()[-1]) else third_person(verb)


def third_person(verb: str) -> str:
    """A verb as somebody does it: "whistles", "carries"."""
    if verb.endswith(("s", "x", "ch", "sh", "o")):
        return f"{verb}es"
    return f"{verb[:-1]}ies" if re.search(r"[^aeiou]y$", verb) else f"{verb}s"


def _only_one(stage: Stage, who: CastMember, one: Name) -> tuple[str, ...]:
    """The shot it can only be: the one somebody is in, or the one spoken of."""
    inside = tuple(s.id for s in stage.film.shots if who.id in s.cast)
    if len(inside) == 1:
        return inside
    spoken = tuple(s for s in stage.memory.shots if s in inside)
    return spoken if len(spoken) == 1 else ()


def _without_places(stage: Stage, rest: str) -> str:
    """What is done without the words that only name the shot."""
    at = stage.text.rfind(rest)
    if at < 0:
        return rest
    free = stage.line.free[at : at + len(rest)]
    kept = re.split(r"[\s,]*·", free)[0]
    return kept if bag(kept) or not bag(rest) or "·" in free else rest
