"""The history in a whole sentence: a copy under a name, what differs from before, the version one had."""

from __future__ import annotations

import re
from typing import Final

from cutaway.conversation.keywords import asked
from cutaway.conversation.keywords.heard import Heard
from cutaway.conversation.keywords.text import number, slug
from cutaway.conversation.keywords.words import ORDINALS
from cutaway.conversation.plan import Situation, TurnPlan

_COPY: Final = re.compile(
    r"\b(?:(?:a|another|one|second|spare|separate|new|different|other|side|alternative|extra|parallel|own|this "
    r"as (?:a|an))\s+"
    r"(?:\w+\s+)?(?:copy|variant|variation|version|direction|branch|alternative|take|track|fork|offshoot)"
    r"|(?:branch|fork|copy|duplicate|clone) (?:it|this|that|off|the (?:film|whole thing|video))|on the "
    r"side)\b(?! of (?:shot|the (?!film|video|whole)))",
    re.I,
)
_APART: Final = re.compile(
    r"\b(?:save|keep|make|create|start|open|try|have|get|want|need|put|take|duplicate|branch|fork|copy|store"
    r"|give|let'?s|let us|set up"
    r"|begin|spin off)\b",
    re.I,
)
_NAME: Final = re.compile(
    r"\b(?:under the (?:name|title)(?: of)?|by the name(?: of)?|with the (?:name|title)|(?:and )?(?:call|name"
    r"|label|title) (?:it|that|this|the"
    r" \w+)|called|named|titled|labelled|as)\s+(?:the\s+)?(?P<name>⟪\d+⟫|(?!a\b|an\b|is\b|it\b|he\b|she\b"
    r"|they\b)[\w-]+(?: [\w-]+)?)"
    r"(?=\s*(?:$|[,.;!?]|(?:so|for|and|because|where|that|to|please|then|in case|as)\b))",
    re.I,
)
_ONE: Final = re.compile(r"\b(?:shots?|scenes?|captions?|titles?|music|clips?)\b", re.I)
_DIFFERS: Final = re.compile(
    r"^(?:(?:please|can you|could you|would you|just|now|and|ok|so)\s+)*(?:(?:show|tell|explain to|list for"
    r"|give)\s+(?:me|us)\s+)?(?:again\s+)?"
    r"(?:how|in what (?:way|ways|respect)|what way|in which way|where|what)\b.*\b(?:differs?|differed|different"
    r"|changed?|new|compares?"
    r"|compared)\b(?:\s+(?:from|to|than|since|with|between|compared|in|about|against)\b.*)?$",
    re.I,
)
_VERSIONS: Final = re.compile(
    r"\b(?:versions?|cut|draft|original|before|earlier|previous|last time|yesterday|first one|since|this one|one"
    r"|you (?:just )?changed?"
    r"|(?:i|we|you) (?:have |just )*changed|did (?:i|we|you) change|v\d|from the (?:very )?first|between)\b",
    re.I,
)
_FIRST: Final = "|".join(word for word, n in ORDINALS.items() if n > 0 and word.isalpha())
_NTH: Final = re.compile(
    rf"\b(?:the\s+)?(?:very\s+)?(?P<nth>{_FIRST}|original)\s+"
    r"(?:version|draft|cut|film|one|try|attempt)\b|\bversion\s+(?P<n>\d{1,4})\b",
    re.I,
)
_HAD: Final = re.compile(
    r"(?:(?:can|could|may|let)\s+(?:i|we|you|me|us)\s+)?(?:please\s+)?(?:see|have|get|show me|give me|bring back"
    r"|return to|go back to|take me back to"
    r"|back to|restore|put back)\s+(?:the\s+(?:version|one|film|cut|state)\s+(?:(?:from|of|we had|i had|there "
    r"was|that was)\s*)?"
    r"(?:before|earlier)?(?:\s+(?:that|this|the last change|the change))?|what\s+(?:i|we|you|there)\s+(?:had|was"
    r"|were|made)\b[\w' ]{0,30}"
    r"|(?:how|the way)\s+(?:it|this|everything|things)\s+(?:was|looked|were|felt|sounded)\b[\w' ]{0,30}"
    r"|(?:yesterday's|the old|the other|the last|the previous|this morning's|my old|our first)\s+(?:version|one"
    r"|film|cut|draft)\s+(?:back|again))(?:\s+(?:again|back|please))*",
    re.I,
)
_TO_START: Final = re.compile(
    r"(?:(?:can|could|would) (?:you|we)\s+|please\s+)*(?:put|take|bring|set|go|turn)\s+(?:everything|it all|it"
    r"|this|all of it|me|us)?\s*(?:all\s+)?back\s+to\s+"
    r"(?:the\s+(?:very\s+)?(?:start|beginning|first one|first draft)|square one)(?:\s+please)?",
    re.I,
)
_BETTER: Final = re.compile(
    r"(?:the|that)\s+(?:version|cut|draft|film|take)\s+(?:with|without|before|from|that|where|in)\b.*\b(?:was"
    r"|looked|is)\s+(?:much |far |way |a lot |so much )?"
    r"(?:better|nicer|best|good|fine|lovelier)(?:\s+(?:than this|actually|after all))*",
    re.I,
)
_BEFORE_THAT: Final = re.compile(
    r"(?:no,?\s+)?(?:the one|and|even|one)\s*(?:before|further back|earlier)(?:\s+(?:that|this))?(?:\s+one)?"
    r"|further back|one more (?:step )?back",
    re.I,
)
_STEPS: Final = re.compile(
    r"(?:(?:can|could|would|will) you\s+|please\s+|let'?s\s+)*(?:go|step|jump|move|take (?:it|me"
    r"|us))\s+(?:back\s+(?P<a>two|three|four|\d)\s+"
    r"(?:steps?|versions?|changes?)|(?P<b>two|three|four|\d)\s+(?:steps?|versions?|changes?)\s+back(?:wards)?)(?:\s+(?:please|again))*",
    re.I,
)
_AFTER_ALL: Final = re.compile(
    r"(?:\b(?:was|is|looked|looks|were)\s+(?:actually\s+|really\s+)?(?:better|nicer|best|right|good"
    r"|fine)\b.*\b(?:after all|actually|then)\b"
    r"|\bafter all\b.*\b(?:better|nicer|right|keep|want)\b|\b(?:put|bring|turn|add|switch|take)\s+(?:it|that"
    r"|them|this)\s+(?:back\s+)?(?:in|on)\s+again\b)",
    re.I,
)


def read_versions(heard: Heard) -> TurnPlan | None:
    """A step in the history that is told rather than named."""
    situation, text = heard.situation, heard.whole
    if situation.storyboard is None or not text:
        return None
    if (name := copy_named(text, heard.masked.quotes)) is not None:
        return TurnPlan(intent="branch", target=name, rationale="The message asks for a copy to go on with.")
    pieces = [piece.strip() for piece in re.split(r"[.!?;,]+\s*", text) if piece.strip()]
    if _taken_back(situation) and _AFTER_ALL.search(text) and len(text.split()) <= 14:
        return TurnPlan(intent="redo", rationale="The message likes what was undone better.")
    if any(_TO_START.fullmatch(piece) for piece in pieces) and len(pieces) <= 2:
        return TurnPlan(intent="undo", target=("1",), rationale="The message goes back to the first version.")
    if any(_BETTER.fullmatch(piece) for piece in pieces) or (
        _taken_back(situation) and any(_BEFORE_THAT.fullmatch(piece) for piece in pieces)
    ):
        return TurnPlan(intent="undo", rationale="The message likes an earlier version better.")
    if (
        situation.before is not None
        and (match := _AWAY.fullmatch(text.strip(" .!")))
        and _came_last(situation, match["what"])
    ):
        return TurnPlan(intent="undo", rationale="The message takes away what the last change brought.")
    if any(_HAD.fullmatch(piece) for piece in pieces) and len(pieces) <= 3:
        target = _numbers(text)
        if not target or not situation.version_numbers or target[0] in situation.version_numbers:
            return TurnPlan(intent="undo", target=target, rationale="The message asks for an earlier version.")
    if match := next((found for piece in pieces if (found := _STEPS.fullmatch(piece))), None):
        steps, there = int(number(match["a"] or match["b"]) or 1), situation.version_numbers
        if len(there) > steps:
            return TurnPlan(
                intent="undo", target=(there[-1 - steps],), rationale="The message goes back several versions."
            )
    if any(_differs(piece) for piece in pieces) and len(pieces) <= 2:
        return TurnPlan(
            intent="compare",
            target=asked.compare_target(text) or _known(situation, _numbers(text)),
            rationale="The message asks what differs between versions.",
        )
    return None


def copy_named(text: str, quotes: tuple[str, ...]) -> tuple[str, ...] | None:
    """The name of a copy of the whole film, as a slug; None when no copy is asked for under a name."""
    if not _COPY.search(text) or not _APART.search(text) or len(text.split()) > 30:
        return None
    match = _NAME.search(text)
    if match is None or _ONE.search(_NAME.sub(" ", text)):
        return None
    name = match["name"]
    if name.startswith("⟪"):
        name = quotes[int(re.sub(r"\D", "", name) or 0)]
    named = slug(name, "", 40)
    return (named,) if named else ()


_BESIDE: Final = re.compile(
    r"\b(?:next to each other|side by side|next to (?:this|that|the)|against each other|beside (?:this|each other))\b",
    re.I,
)


def _differs(piece: str) -> bool:
    if re.match(r"what did (?:the|my|our) last (?:change|edit|one) (?:do|change)\b", piece, re.I):
        return True
    if re.search(r"\b(?:in|of) (?:price|cost|weight|size|colou?r|height)\b", piece, re.I):
        return False
    if _BESIDE.search(piece) and _VERSIONS.search(piece) and not _ONE.search(piece):
        return True
    return bool(_DIFFERS.match(piece) and _VERSIONS.search(piece)) and not _ONE.search(piece)


def _numbers(text: str) -> tuple[str, ...]:
    found = [match["n"] or str(ORDINALS.get((match["nth"] or "").lower(), 1)) for match in _NTH.finditer(text)]
    return tuple(dict.fromkeys(found))[:2]


def _known(situation: Situation, target: tuple[str, ...]) -> tuple[str, ...]:
    """The versions that are there; a single one is compared with the present film."""
    there = situation.version_numbers
    known = tuple(one for one in target if not there or one in there)
    if len(known) == 1 and there and there[-1] != known[0]:
        return (known[0], there[-1])
    return known if len(known) == 2 else ()


_AWAY: Final = re.compile(
    r"(?:nah|no|nope|ugh|meh|hm+|actually|ok(?:ay)?|oh|sorry|yuck"
    r"|eww?)\b[\s,.!]+(?:no\b[\s,]*)?(?:please\s+)?(?:kill|lose|drop|scrap|ditch|bin|stop|remove|get rid of"
    r"|forget|take out|no more|without|not)\s+(?:the|that|this|those)\s+(?P<what>[\w' -]{3,40})",
    re.I,
)


def _came_last(situation: Situation, what: str) -> bool:
    """Whether these words name a value that the last change brought into the film."""
    film, before = situation.storyboard, situation.before
    if film is None or before is None:
        return False
    old = {shot.id: shot for shot in before.shots}
    fresh: list[str] = []
    for shot in film.shots:
        if (was := old.get(shot.id)) is not None:
            fields = ("lighting", "weather", "time_of_day", "grade", "camera", "transition", "setting", "action")
            fresh += [str(getattr(shot, name)) for name in fields if getattr(shot, name) != getattr(was, name)]
    fresh += [m.kind for m in film.cast if all(m.id != other.id for other in before.cast)]
    words = re.findall(r"[a-z]{3,}", " ".join(fresh).lower())
    wanted = [
        word
        for word in re.findall(r"[a-z]{3,}", what.lower())
        if word not in {"thing", "effect", "bit", "again", "please"}
    ]
    return bool(wanted) and all(any(word[:5] == one[:5] for one in words) for word in wanted)


_UNDID: Final = re.compile(r"\b(?:undo|back|revert|before|roll|return|previous|take that)\b", re.I)


def _taken_back(situation: Situation) -> bool:
    """Whether the person's last message went back a step."""
    said = [one for one in situation.window if one.role == "person"]
    return bool(said) and bool(_UNDID.search(said[-1].text))
