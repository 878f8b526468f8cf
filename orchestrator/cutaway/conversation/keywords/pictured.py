"""Pictures that were given, and who of the cast they show."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from cutaway.conversation.keywords.phrases import singular
from cutaway.storyboard.model import CastMember

_PICTURE: Final = r"(?:pictures?|photos?|photographs?|images?|drawings?|reference)"
_SAID: Final = re.compile(
    rf"\b(?:use|using|with|from|like|as\s+(?:in|on))\s+(?:the|this|that|my|our|these|those|attached|given"
    rf"|\s)*\b{_PICTURE}\b",
    re.I,
)
_MAX_REFERENCES: Final = 8


def asks_for_picture(text: str, references: Sequence[tuple[str, str]]) -> bool:
    """Whether the words say that a given picture is to be used, by the word "picture" or by its file name."""
    return bool(references) and (bool(_SAID.search(text)) or any(named_in(text, name) for name, _ in references))


def named_in(text: str, file_name: str) -> bool:
    """Whether the words hold this file name, ending included."""
    return "." in file_name and file_name.lower() in text.lower()


def shows(file_name: str, member: CastMember) -> bool:
    """Whether the file's name, without its ending, names this member: "kettle.png" and a kettle."""
    stem = {singular(word) for word in re.findall(r"[a-z]+", file_name.lower().rsplit(".", 1)[0])}
    return bool(stem & {singular(word) for word in re.findall(r"[a-z]+", f"{member.kind} {member.name}".lower())})


def with_references(
    members: Sequence[CastMember], references: Sequence[tuple[str, str]], *, meant: bool
) -> list[CastMember]:
    """Each picture goes to the member its file name means; any other one to the first member, only when `meant`."""
    result = list(members)
    for name, sha256 in references if result else ():
        at = next((i for i, member in enumerate(result) if shows(name, member)), 0 if meant else None)
        if at is None:
            continue
        had = result[at].references
        if sha256 not in had and len(had) < _MAX_REFERENCES:
            result[at] = result[at].model_copy(update={"references": (*had, sha256)})
    return result
