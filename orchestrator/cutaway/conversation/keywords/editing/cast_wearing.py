"""What somebody wears, has and looks like, said in any order: "put an eye patch on her", "pirate: older, scruffier"."""

from __future__ import annotations

import re
from typing import Final

from cutaway.conversation.keywords.editing.cast_described import MODAL, aged, bare_look, listed_looks, made_so
from cutaway.conversation.keywords.editing.cast_parts import never_worn, part_was, taken_off
from cutaway.conversation.keywords.editing.cast_whose import TAIL, typed_in, whose
from cutaway.conversation.keywords.editing.cast_words import with_trait
from cutaway.conversation.keywords.editing.look_words import is_look, may_be_had
from cutaway.conversation.keywords.editing.stage import Found, Stage
from cutaway.storyboard.edits import ChangeCast

_HAS: Final = re.compile(
    rf"^(?P<who>.{{1,40}}?)\s+{MODAL}(?P<how>has got|has|have|had|having|got|gets|needs|wears?|wore|worn|wearing"
    rf"|sports?|(?:be"
    rf"|is|are)"
    r" (?:wearing|dressed in|in)|in|with)\s+(?:got\s+)?(?P<what>.+)$"
)
_ON: Final = re.compile(
    r"^(?:put|stick|add|pop|place|draw|paint|hang|tie|wrap)?\s*(?P<what>(?:(?:an?|some|two|three|the|his"
    r"|her)\s+)?.+?)\s+"
    r"(?:on|onto|round|around|over|to)\s+(?P<who>.+?)(?P<part>(?:'s)?\s+(?:neck|head|face|arm|back|shoulders?"
    r"|wrist|nose"
    r"|chest|ears?|feet|hands?|legs?|tail|eyes?))?$"
)
_DRESS: Final = re.compile(
    r"^(?:dress|clothe|get|put|pop|stick|have|show|make)\s+(?P<who>.+?)\s+(?:up\s+)?(?:in|into|wearing|wear"
    r"|with)\s+(?P<what>.+)$"
)
_GIVE: Final = re.compile(
    r"^(?:give|get|hand|lend|find|buy)\s+(?P<who>.{2,30}?)\s+(?P<what>(?:an?|some|two|three|the)\s+.+|[a-z-]+(?:"
    r" [a-z-]+){0,3})$"
)
_ONES: Final = re.compile(r"^(?P<noun>.+?),\s+(?:the\s+|an?\s+)?(?P<how>[a-z-]+(?: [a-z-]+)?) ones?(?P<more>,.*)?$")
_NOT_LOOKS: Final = re.compile(
    r"\b(?:music|sound|caption|title|camera|fade|shot|scene|film|video|seconds?|zoom|price|tag|card|voice|name"
    r"|words?)\b|⟪"
)


def read_looks(stage: Stage) -> Found | None:
    """What a clause says of somebody's looks, or None when it says something else, or something else as well."""
    if _NOT_LOOKS.search(stage.text):
        return None
    for read in (never_worn, taken_off, part_was, _dressed, _put_on, _has, listed_looks, aged, made_so, bare_look):
        if (edit := read(stage)) is not None:
            stage.line.use(0, len(stage.text))
            return Found([edit])
    return None


def _dressed(stage: Stage) -> ChangeCast | None:
    match = _DRESS.match(stage.text) or _GIVE.match(stage.text)
    if match is None:
        return None
    who = whose(stage, match["who"])
    what = _things(stage, match, strict=stage.text.startswith(("get", "put", "pop", "stick", "have", "show", "make")))
    return with_trait(who, trait=what) if who is not None and what else None


def _put_on(stage: Stage) -> ChangeCast | None:
    match = _ON.match(stage.text)
    if match is None:
        return None
    who = (
        whose(stage, match["who"].removesuffix("'s"))
        if not match["part"] or match["who"] not in {"his", "her", "its", "their"}
        else None
    )
    if who is None and match["part"]:
        who = whose(stage, match["who"])
    if who is None or not (is_look(match["what"]) or (match["part"] and may_be_had(match["what"]))):
        return None
    what = typed_in(stage, match.start("what"), match.end("what"))
    if match["part"] and not is_look(match["what"]):
        what = f"{what} round the {match['part'].removeprefix(chr(39) + 's').strip()}"
    elif match["part"]:
        what = typed_in(stage, match.start("what"), match.end("part"))
    return with_trait(who, trait=f"with {what}" if not what.startswith("with") else what)


def _has(stage: Stage) -> ChangeCast | None:
    match = _HAS.match(stage.text)
    if match is None or re.search(r"\b(?:never|no longer|without)\b|(?<!,) not\b", stage.text):
        return None
    who = whose(stage, match["who"])
    if who is None:
        return None
    what = _things(stage, match, strict=match["how"] in {"in", "needs", "get", "gets"} or bool(stage.shots))
    if not what:
        return None
    how = match["how"].split()[-1]
    lead = "in" if how in {"in", "wore", "worn"} or how.startswith("wear") else "with"
    return with_trait(who, trait=f"{lead} {what}")


def _things(stage: Stage, match: re.Match[str], *, strict: bool) -> str:
    """The things a group names, as they were typed; '' when it holds anything else."""
    what = re.sub(r"\s*,?\s+(?:and )?not .*$", "", TAIL.sub("", match["what"]))
    what = re.sub(r"\s+(?:that is|it is|because|so that|which is|since|as (?:he|she|it|they))\b.*$", "", what)
    what = re.sub(r"^(?:all|both|each)\s+", "", what)
    if ones := _ONES.match(what):
        bare = re.sub(r"^an?\s+", "", ones["noun"])
        return f"{ones['how']} {bare}{ones['more'] or ''}" if is_look(ones["noun"]) else ""
    parts = [part for part in re.split(r"\s*,\s*(?:and\s+)?|\s+and\s+", what) if part]
    first, *more = parts or [""]
    if not (is_look(first) if strict else may_be_had(first)):
        return ""
    if not all(may_be_had(part) for part in more):
        return ""
    start = match.string.index(what, match.start("what"))
    return typed_in(stage, start, start + len(what))
