"""Edits whose words cannot be what they are taken for: an action that is no deed, somebody who is no thing."""

from __future__ import annotations

import re
from typing import Final

from cutaway.conversation.keywords.lexicon import senses
from cutaway.conversation.keywords.words import PLACES, VERB_FORMS
from cutaway.storyboard import edits as e
from cutaway.storyboard.edits import Edit

_SEEMS: Final = re.compile(
    r"^(?:smells?|tastes?)\b|^(?:looks?|seems?|feels?|appears?|sounds?)\b(?! (?:at|around|round|up|down|back|out"
    r"|for|into|over|away"
    r"|through|in|on"
    r"|towards?|after|across|along|like|behind|under|for|left|right|off|the|his|her|their|its|my|our|a|an)\b)"
)
_NO_THINGS: Final = frozenset(
    """each all both it that this them those these one ones way rest other others something anything stuff
    nothing bit lot kind sort tooth end take go piece order style monday tuesday wednesday
    thursday friday saturday sunday weekend""".split()
)
_SAID_OF: Final = re.compile(
    r"\b(?:scenes?|shots?|would|should|could|might|be|is|are|both|please|want|we|you|really|saturday|sunday"
    r"|monday|tuesday"
    r"|wednesday|thursday|friday|eye|mind|favou?rites?|best)\b"
)
_NO_PLACES: Final = frozenset("head heart opinion view book dream dreams shoes hand hands life experience".split())
_NO_LOOKS: Final = re.compile(
    r"\b(?:soul|oomph|punch|pizzazz|drama|emotion|energy|depth)$|"
    r"\b(?:so|because|but|would|should|could|please|we|you|i|format|half|twice|seconds?|shots?|scenes?|next|just"
    r"|when|while|where|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b"
)
_OF_THE_FILM: Final = re.compile(
    r"^(?:goes (?:by|on|past)|takes? (?:forever|ages|too long)|belongs?|drags?|stays?|remains?|lasts?|needs?"
    r"|wants?|goes last|goes first)\b"
)


def makes_sense(edit: Edit) -> bool:
    """Whether the words of an edit can be what it takes them for."""
    if isinstance(edit, e.SetAction):
        return _is_deed(edit.action)
    if isinstance(edit, e.AddShot):
        return _is_deed(edit.shot.action) or not edit.shot.action
    if isinstance(edit, e.AddCast):
        return _is_thing(edit.member.kind) and not _NO_LOOKS.search(edit.member.kind.lower())
    if isinstance(edit, e.ChangeCast):
        said = f"{edit.kind or ''}, {edit.description or ''}".lower()
        return (edit.kind is None or _is_thing(edit.kind)) and not _NO_LOOKS.search(said)
    return not isinstance(edit, e.SetSetting) or _is_place(edit.setting)


def _is_place(setting: str) -> bool:
    low = setting.lower()
    return "·" not in setting and low not in _NO_PLACES and _is_thing(setting) and not _SAID_OF.search(low)


def _is_deed(action: str) -> bool:
    low = action.lower()
    words = [word for word in re.findall(r"[a-z]+", low) if word not in {"both", "all", "each", "just", "still", "now"}]
    if not words or _SEEMS.match(low) or (_OF_THE_FILM.match(low) and len(words) < 4):
        return False
    known = senses(words[0])
    return not (known and set(known) == {"NOUN"} and words[0] not in VERB_FORMS)


def _is_thing(kind: str) -> bool:
    words = re.findall(r"[^\W\d_]+", kind.lower())
    if not words or words[-1] in _NO_THINGS:
        return False
    known = senses(words[-1])
    # A name, "Mars", is no word of the dictionary, whatever that has under its letters.
    return not known or "NOUN" in known or words[-1] in PLACES or bool(re.search(r"[A-Z]\w*$", kind))
