"""Whether an edit makes sense as it stands: no cast member is called "could she just", nobody "looks rather grey dear".

An edit made of words that were not understood is worse than a question, so what fails here is not done but asked.
"""

from __future__ import annotations

import re
from typing import Final

from cutaway.conversation.keywords.editing.look_words import NOT_HAD, is_look
from cutaway.conversation.keywords.lexicon import can_be, is_only, senses
from cutaway.conversation.keywords.phrases import known_subject, noun_of
from cutaway.conversation.keywords.text import Masked
from cutaway.conversation.keywords.words import ADJECTIVES, BEDS, COLOURS, PLACES, PREPOSITIONS, VERB_FORMS
from cutaway.storyboard import edits as e
from cutaway.storyboard.edits import Edit
from cutaway.storyboard.model import Storyboard

_TALK: Final = frozenset(
    """i me we us you he she they them him could should would can will shall may might must please dear love darling
    mate sorry thanks thank never not just is are was were be been am do does did if because really actually maybe
    perhaps
    though rather anyway lol haha ok okay hello hi hey bye yes there here what who why how when""".split()
)
_SPEAKERS: Final = frozenset("i me we us you dear darling mate lol haha please sorry thanks nobody somebody".split())
_OPINIONS: Final = frozenset(
    """nice nicer lovely lovelier good better best great fine perfect wonderful beautiful amazing awesome brilliant
    gorgeous terrible awful bad worse worst horrible wrong right odd ok okay sure real realer different properly
    disaster mess joke shame treasure delight nightmare mistake problem pity masterpiece gem winner success failure
    legend hoot riot star beauty favourite favorite hero fun""".split()
)
_WEAK: Final = frozenset("rather quite a so too way very bit really like somewhat pretty kind sort".split())
_SEEMING: Final = frozenset("looks look seems seem appears appear feels feel sounds sound".split())
_TELLING: Final = re.compile(
    r"^(?:says?|thinks?|reckons?|prefers?|wants?|told|hates?|likes?|loves?)\s+(?:that\s+)?(?:the|it|he|she"
    r"|i|we|you|they|this|that|to)\b"
)
_NO_DEED: Final = re.compile(
    r"(?:works?|happens?|counts?|matters?|goes|go|stops?|fits?|helps?|(?:wearing|having) (?:it|that|this))"
)
_OF_NOTES: Final = re.compile(
    r"\b(?:sheet|notes?|from the (?:list|menu|file)|of course|as on|as in the|instead|please)\b"
)
_MAX_KIND_WORDS: Final = 5
_NO_THINGS: Final = frozenset(
    """each all both it that this them those these one ones way rest other others bit lot kind sort end ending start
    beginning shot shots scene scenes clip clips film video picture pictures sheet list file notes last first second
    third everything anything nothing something someone somebody anyone else part stuff take piece order style monday
    tuesday wednesday thursday friday saturday sunday weekend""".split()
)
"""Words that point at parts of a film, or at nothing: they name nobody and no place in it."""
_ASKED: Final = frozenset(
    """could would should can will shall might must may please no not never sorry thanks because if why what how maybe
    perhaps anyway supposed ought""".split()
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
_SEEMS_SOMEHOW: Final = re.compile(
    r"^(?:smells?|tastes?)\b|^(?:looks?|seems?|feels?|appears?|sounds?)\b(?! (?:at|around|round|up|down|back|out|for"
    r"|into|over|away|through|in"
    r"|on|towards?|after|across|along|like|behind|under|left|right|off|the|his|her|their|its|my|our|a|an)\b)"
)
_INSTRUMENTS: Final = frozenset(
    "piano guitar strings drums violin violins synth harp flute cello accordion ukulele jazz techno folk".split()
)
_NOBODY: Final = frozenset(
    "music sound sounds caption title shot shots scene scenes film video soundtrack volume camera".split()
)


def sensible(edit: Edit, film: Storyboard, masked: Masked) -> bool:
    """Whether every value of an edit can be what it is put in as."""
    if isinstance(edit, e.AddCast):
        return names_somebody(edit.member.kind) and describes(edit.member.description)
    if isinstance(edit, e.ChangeCast):
        member = film.member(edit.cast_id)
        old = member.description if member else ""
        new = (edit.description or "").removeprefix(old).strip(" ,")
        changed = edit.kind and (member is None or edit.kind != member.kind)
        if _NO_LOOKS.search(new.lower()) or (changed and _NO_LOOKS.search((edit.kind or "").lower())):
            return False
        return (not changed or names_somebody(edit.kind or "")) and describes(new)
    if isinstance(edit, e.SetAction):
        old_actions = {shot.action for shot in film.shots}
        return (
            edit.action in old_actions
            or any(edit.action.startswith(f"{a}, ") for a in old_actions if a)
            or acts(edit.action)
        )
    if isinstance(edit, e.AddShot):
        return acts(edit.shot.action)
    if isinstance(edit, e.SetSetting):
        low = edit.setting.lower()
        if "·" in low or set(re.findall(r"[a-z']+", low)) & (_SPEAKERS | {"has", "have"}):
            return False
        return low not in _NO_PLACES and is_place(edit.setting) and not _SAID_OF.search(low)
    if isinstance(edit, e.AddOverlay):
        return edit.overlay.source != "" or edit.overlay.text in masked.quotes or _shows(edit.overlay.text)
    if isinstance(edit, e.ChangeOverlay) and edit.text is not None:
        return bool(edit.source) or edit.text in masked.quotes or _shows(edit.text)
    if isinstance(edit, e.SetStyle):
        words = re.findall(r"[a-z']+", (edit.words or "").lower())
        return not set(words) & (_SPEAKERS | {"ours", "way", "too", "used"}) and not _opinion(words)
    return True


def names_somebody(kind: str) -> bool:
    """Whether words can be what somebody or something is."""
    words = re.findall(r"[^\W\d_]+(?:['-][^\W\d_]+)*", kind.lower())
    if not words:
        return any(c.isalnum() for c in kind)  # 007
    if len(words) > _MAX_KIND_WORDS or set(words) & _TALK or words[-1] in _NO_THINGS | PREPOSITIONS:
        return False
    if set(words) & _INSTRUMENTS and set(words) & set(BEDS):
        return False  # "some calm piano" is heard, not seen
    head = noun_of(words)
    if set(words) & _NOBODY and not known_subject(head):
        return False
    if known_subject(head) or head[:1].isupper():
        return True
    return not senses(head) or (can_be(head, "NOUN") and head not in _OPINIONS and head not in ADJECTIVES | COLOURS)


def describes(words: str) -> bool:
    """Whether words can say how somebody looks; '' does."""
    said = re.findall(r"[a-z']+", words.lower())
    if not said:
        return True
    if all(word in PREPOSITIONS or is_only(word, "ADV") or word in {"off", "back", "out", "away"} for word in said):
        return False  # "back off" is said to a camera
    if set(said) & (_SPEAKERS | {"had", "were", "would", "could", "should"}) or re.search(
        r"\bface of\b|\breal face\b|\bvoice\b|\ba bit (?:much|of)\b|\btoo\b|\bover the top\b",
        words.lower(),
    ):
        return False
    had = re.fullmatch(r"(?:with|in|wearing|having) (?:an? |some |more )?(?:[a-z-]+ )?([a-z]+)", words.lower().strip())
    return not _opinion(said) and not (had and had[1] in NOT_HAD and not is_look(words.split(" ", 1)[1]))


def _opinion(said: list[str]) -> bool:
    """Whether words only say how somebody likes it, or how something is done."""
    left = [word for word in said if word not in _WEAK and not is_only(word, "ADV")]
    return bool(said) and all(word in _OPINIONS for word in left)


def is_place(setting: str) -> bool:
    """Whether words can be where something happens."""
    words = re.findall(r"[^\W\d_]+", setting.lower())
    if not words or words[-1] in _NO_THINGS or set(words) & _ASKED:
        return not setting.strip()
    return words[-1] in PLACES or not is_only(words[-1], "VERB")


def acts(action: str) -> bool:
    """Whether words can be what somebody does."""
    words = re.findall(r"[a-z']+", action.lower())
    if not words:
        return action.strip() == ""
    if (len(words) > 1 and _SEEMS_SOMEHOW.match(action.lower())) or (
        _OF_THE_FILM.match(action.lower()) and len(words) < 4
    ):
        return False
    if set(senses(words[0])) == {"NOUN"} and words[0] not in VERB_FORMS:
        return False
    if _NO_DEED.fullmatch(" ".join(words)) or _TELLING.match(action.lower()):
        return False
    if set(words) & {"dear", "darling", "lol", "please", "me", "us", "i"} or {"so", "because"} & set(words[1:-1]):
        return False
    if words[0] in _SEEMING and len(words) > 1 and (words[1] in _WEAK | _OPINIONS or is_only(words[1], "ADV", "ADJ")):
        return words[1] in {"up", "down", "out", "back", "around", "away", "straight", "over"}
    return not (len(words) > 1 and words[1] in {"be", "been"})


def _shows(text: str) -> bool:
    """Whether words typed without quotes can be meant to be read on the picture."""
    low = text.lower().strip()
    if re.fullmatch(
        r"(?:the|a|that|this|my|our) (?:title|caption|text|words?|label|price|tag|card|line"
        r"|subtitle)",
        low,
    ):
        return False
    if low in {"it", "that", "this", "them", "one", "him", "her"}:
        return False
    if re.search(r"\b(?:the|my|our|that) (?:sheet|file|list|notes|menu|brief|document)\b", low) and text == low:
        return False
    if re.match(r"^[,;:.]", low) or not any(c.isalnum() for c in low):
        return False
    return not (re.match(r"^(?:its|their|the|that|this|one|from|what)\b", low) and _OF_NOTES.search(low))
