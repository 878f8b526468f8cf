"""Words on the picture mended by the letter: marks, capitals, initials, a number, one of two quotes."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from cutaway.conversation.keywords.editing.stage import Found, Stage
from cutaway.conversation.keywords.editing.stems import bag
from cutaway.conversation.keywords.editing.words_called import overlays_called
from cutaway.conversation.keywords.editing.words_meant import kind_in
from cutaway.conversation.keywords.text import cut
from cutaway.storyboard.edits import ChangeOverlay, Edit, ReplaceText
from cutaway.storyboard.model import MAX_TEXT_CHARS, Overlay

_MARKS: Final = (
    ("!", r"exclamation (?:marks?|points?|signs?)|bangs?"),
    ("?", r"question marks?"),
    (".", r"full stops?|periods?|dots?(?: at the end)?"),
    (",", r"commas?"),
    (":", r"colons?"),
    (";", r"semi-?colons?"),
    ("...", r"ellips[ie]s|three dots|dot dot dot"),
    ("-", r"hyphens?|dash(?:es)?"),
    ("#", r"hash ?(?:sign|mark)|hash"),
)
_MARK: Final = tuple(
    (sign, re.compile(rf"\b(?:{words})\b")) for sign, words in sorted(_MARKS, key=lambda m: -len(m[1]))
)
_LESS: Final = re.compile(
    r"\b(?:no|not|without|lose|drop|delete|remove|kill|cut|off|out|away|must go|has to go|can go|should go|too many"
    r"|get rid|unwanted|take|leave off|skip|strip)\b"
)
_BESIDE: Final = re.compile(
    r"\b(?P<where>after|behind|following|before|in front of)\s+(?:the\s+)?(?:word\s+)?(?P<word>⟪\d+⟫|[\w'-]+)"
)
_START: Final = re.compile(r"\b(?:at the (?:start|beginning|front)|in front)\b")
_UPPER: Final = re.compile(
    r"\b(?:in|all|to|into|with)?\s*(?:(?:all\s+)?(?:capitals?(?: letters)?|caps(?: lock)?)|upper[- ]?case|block"
    r" (?:letters|capitals))\b"
)
_LOWER: Final = re.compile(
    r"\b(?:lower[- ]?case|small letters|no (?:capitals|caps)|not (?:in |all )?(?:capitals|caps)|without (?:the"
    r" )?(?:capitals|caps))\b"
)
_CAPITAL: Final = re.compile(
    r"\b(?:capital|upper[- ]?case|big)\s+(?P<letter>[a-z])\b(?:\s+(?:on|for|in"
    r"|at)\s+(?:the\s+)?(?:word\s+)?(?P<word>[\w'-]+))?"
    r"|\bcapitali[sz]e\s+(?:the\s+)?(?:word\s+)?(?P<word2>[\w'-]+)"
    r"|\b(?P<word3>[\w'-]+)\s+(?:with|needs|should have|has|takes|gets|wants) a capital\b(?: letter)?(?: [a-z]\b)?"
)
_FIRST_CAPITAL: Final = re.compile(
    r"\b(?:start|begin)s?\b.*\b(?:with|in) (?:an? )?(?:capitals?|upper ?case|big)(?: letters?)?$"
    r"|\b(?:an? )?(?:capital|upper ?case|big) (?:first )?letter (?:at the (?:start|beginning|front)|to start|first)\b"
)
_SMALL_LETTER: Final = re.compile(
    r"\b(?:small|little|lower[- ]?case)\s+(?P<letter>[a-z])\b(?:\s+(?:on|for|in"
    r"|at)\s+(?:the\s+)?(?:word\s+)?(?P<word>[\w'-]+))?"
)
_NAME_CUE: Final = re.compile(r"\b(?:name|full|spell(?:ed)? out|initials?|in full|written out|write out|called)\b")
_NUMBERED: Final = re.compile(r"(?P<word>[A-Za-z]{2,})\s+(?P<n>\d{1,4})\b")


def read_letters(stage: Stage) -> Found | None:
    """The edits of a clause that mends words on the picture by the letter, or None."""
    if not stage.film.overlays:
        return None
    if (found := _too_long(stage)) is not None:
        return found
    for read in (_doubled, _marked, _cased, _initial, _numbered):
        if (edits := read(stage)) is not None:
            stage.line.use(0, len(stage.text))
            return Found(edits)
    return None


def _too_long(stage: Stage) -> Found | None:
    """Words that are to be shorter or longer: what they should say is asked."""
    text = stage.text
    kind = kind_in(text)
    if kind is None or not re.search(r"\b(?:shorter|longer|too (?:long|short|wordy)|a bit long)\b", text):
        return None
    if re.search(r"\d|⟪|\b(?:seconds?|screen|stays?|shown?|visible|last|half|twice|one|two|three)\b", text):
        return None
    there = overlays_called(stage, kind=kind)
    if len(there) != 1 or there[0].kind != kind:
        return None
    what = kind.replace("_", " ")
    return Found(
        problem=f'What should the {what} say instead of "{there[0].text}"?',
        choices=(f'Change the {what} to "{" ".join(there[0].text.split()[:2])}"', f"Remove the {what}"),
    )


def read_two_quotes(stage: Stage) -> Found | None:
    """The words "'rather late' is feeble. 'far too late', I think": what is shown gives way to what is not."""
    quotes = [stage.line.masked.bare(quote) for quote in re.findall(r"⟪\d+⟫", stage.text)]
    if len(quotes) != 2 or re.search(r"\b(?:add|also|another|both|too|as well)\b", stage.text):
        return None
    texts = [overlay.text.casefold() for overlay in stage.film.overlays]
    there = [any(quote.casefold() in text for text in texts) for quote in quotes]
    if there.count(True) != 1:
        return None
    old, new = quotes if there[0] else quotes[::-1]
    whole = [o for o in stage.film.overlays if old.casefold() in o.text.casefold()]
    if len(whole) == 1:
        rest = bag(whole[0].text) - bag(old)
        if len(rest) > 1 and 2 * len(rest & bag(new)) >= len(rest):
            # What is set in its place says the rest again: it is all of the new words.
            stage.line.use(0, len(stage.text))
            return Found([ChangeOverlay(overlay_id=whole[0].id, text=cut(new, MAX_TEXT_CHARS))])
    typed = next(
        text[at : at + len(old)]
        for text in (overlay.text for overlay in stage.film.overlays)
        if (at := text.casefold().find(old.casefold())) >= 0
    )
    stage.line.use(0, len(stage.text))
    return Found([ReplaceText(old=typed, new=new)])


_FULL_NAME: Final = re.compile(
    r"\b(?P<first>[A-Z][\w'-]+)\s+(?P<middle>(?:[A-Z][\w'-]*\.?\s+){1,2})(?P<last>[A-Z][\w'-]+)"
)


def read_fuller_name(stage: Stage) -> Found | None:
    """A name that was shown shorter: "Harold J. Webb" where "Harold Webb" stands."""
    said = stage.line.masked.bare(stage.line.source)
    for match in _FULL_NAME.finditer(said):
        short = f"{match['first']} {match['last']}"
        there = [o for o in stage.film.overlays if short in o.text]
        if len(there) == 1:
            stage.line.use(0, len(stage.text))
            return Found([ChangeOverlay(overlay_id=there[0].id, text=there[0].text.replace(short, match[0], 1))])
    return None


def _each(there: tuple[Overlay, ...], change: Callable[[str], str]) -> list[Edit] | None:
    edits: list[Edit] = [
        ChangeOverlay(overlay_id=o.id, text=cut(new, MAX_TEXT_CHARS))
        for o in there
        if (new := change(o.text)) != o.text and new.strip()
    ]
    return edits or None


def _marked(stage: Stage) -> list[Edit] | None:
    text = stage.text
    sign = next((sign for sign, pattern in _MARK if pattern.search(text)), "")
    if not sign or re.search(r"\bpolka\b|\bdash(?:es)? (?:to|off|through|across)\b", text):
        return None
    there = overlays_called(stage)
    if re.search(r"\beach\b", text) and len(_told_or_last(stage)) > 1:
        there = _told_or_last(stage)
    if _LESS.search(text):
        holders = tuple(o for o in there or stage.film.overlays if sign in o.text)
        holders = holders or tuple(o for o in stage.film.overlays if sign in o.text)
        if len(holders) != 1 and not re.search(
            r"\b(?:all|every|both|each)\b|s\b(?= (?:must|should|can|off|out|away))", text
        ):
            return None
        return _each(
            holders, lambda words: re.sub(r"\s+", " ", words.replace(sign, " " if sign == "-" else "")).strip()
        )
    beside = _BESIDE.search(text)
    if beside and beside["word"] not in {"each", "it", "that", "them", "all", "every", "both", "this"}:
        word = stage.line.masked.bare(stage.line.typed(beside.start("word"), beside.end("word")))
        holds = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.I)
        holders = tuple(o for o in stage.film.overlays if holds.search(o.text))
        if len(holders) != 1:
            return None
        after = beside["where"] in {"after", "behind", "following"}
        return _each(
            holders,
            lambda words: holds.sub(lambda m: f"{m[0]}{sign}" if after else f"{sign}{m[0]}", words, count=1),
        )
    if len(there) != 1 and not re.search(r"\b(?:all|every|both|each)\b", text):
        return None
    if _START.search(text):
        return _each(there, lambda words: words if words.startswith(sign) else f"{sign}{words}")
    return _each(there, lambda words: words if words.endswith(sign) else f"{words.rstrip(' .!?,;:')}{sign}")


def _cased(stage: Stage) -> list[Edit] | None:
    text = stage.text
    if _FIRST_CAPITAL.search(text):
        return _each(_told_or_last(stage), lambda words: words[:1].upper() + words[1:])
    if (one := _CAPITAL.search(text)) and not (one["letter"] == "s" and "capitals" in text):
        return _lettered(stage, one["word"] or one["word2"] or one["word3"] or "", one["letter"] or "", upper=True)
    if one := _SMALL_LETTER.search(text):
        return _lettered(stage, one["word"] or "", one["letter"], upper=False)
    if _LOWER.search(text):
        return _each(_told_or_last(stage), str.lower)
    if _UPPER.search(text):
        return _each(_told_or_last(stage), str.upper)
    return None


def _told_or_last(stage: Stage) -> tuple[Overlay, ...]:
    """The words that are called, or all that the last change reached."""
    last = tuple(o for o in stage.film.overlays if o in stage.memory.overlays)
    return overlays_called(stage, loose=len(last) < 2) or last


def _lettered(stage: Stage, word: str, letter: str, *, upper: bool) -> list[Edit] | None:
    """One word with another first letter."""
    if word in {"it", "that", "them", "all", "everything", "letter", "letters", "the"}:
        word = ""
    called = overlays_called(stage)
    for overlay in (*called, *(o for o in stage.film.overlays if o not in called)):
        for match in re.finditer(r"[^\W\d_][\w'-]*", overlay.text):
            if (word and match[0].lower() != word) or (letter and match[0][:1].lower() != letter):
                continue
            first = match[0][:1].upper() if upper else match[0][:1].lower()
            if first != match[0][:1]:
                new = f"{overlay.text[: match.start()]}{first}{overlay.text[match.start() + 1 :]}"
                return [ChangeOverlay(overlay_id=overlay.id, text=new)]
            if word:
                break
    return None


_DOUBLED: Final = re.compile(
    r"\b(?P<word>[a-z'-]{3,})\s+(?:(?:is|are|has|spelled|spelt|written|comes|goes)\s+)*(?:with|has"
    r"|takes)\s+(?:just |only )?"
    r"(?P<many>one|a single|two|double|a double)\s+(?P<letter>[a-z]|and)s?\b"
)


def _doubled(stage: Stage) -> list[Edit] | None:
    """One letter for two, or two for one: "it's Anna with one n"."""
    match = _DOUBLED.search(stage.text)
    if match is None:
        return None
    two = match["many"] in {"two", "double", "a double"}
    letter = "n" if match["letter"] == "and" else match["letter"]  # "n" is short for "and" elsewhere

    def single(word: str) -> str:
        return re.sub(rf"({letter}){letter}", r"\1", word, flags=re.I)

    for overlay in stage.film.overlays:
        for shown in re.finditer(r"[^\W\d_][\w'-]*", overlay.text):
            if single(shown[0].lower()) != single(match["word"]):
                continue
            bare = single(shown[0])
            at = bare.lower().rfind(letter)
            new = f"{bare[:at]}{bare[at]}{letter}{bare[at + 1 :]}" if two and at >= 0 else bare
            if new != shown[0]:
                text = f"{overlay.text[: shown.start()]}{new}{overlay.text[shown.end() :]}"
                return [ChangeOverlay(overlay_id=overlay.id, text=text)]
    return None


def _initial(stage: Stage) -> list[Edit] | None:
    """A first name in the place of its initial: "D. Reyes" and "it's Dana"."""
    if not _NAME_CUE.search(stage.text):
        return None
    said = stage.line.masked.bare(stage.line.source)
    for name in re.findall(r"\b[A-Z][a-z]{1,}\b", said)[::-1]:
        there = [o for o in stage.film.overlays if re.search(rf"\b{name[0]}\.", o.text) and name not in o.text]
        if len(there) == 1:
            return [ChangeOverlay(overlay_id=there[0].id, text=re.sub(rf"\b{name[0]}\.", name, there[0].text, count=1))]
    return None


def _numbered(stage: Stage) -> list[Edit] | None:
    """Another number after the same word: "Day 5 for the second one" where "Day 4" is shown."""
    if re.search(r"⟪|\b(?:add|give|put|write|caption|captions|label|title)\b", stage.text):
        return None
    said = stage.line.typed(0, len(stage.text))
    inside = [o for o in stage.film.overlays if not stage.shots or o.shot_id in stage.shots]
    for match in _NUMBERED.finditer(said):
        word = match["word"]
        if word.lower() in {"shot", "scene", "number", "picture", "clip", "part", "on", "in", "to", "at", "of", "for"}:
            continue
        shown = re.compile(rf"\b({re.escape(word)}\s+)(\d{{1,4}})\b", re.I)
        there = [o for o in inside if shown.search(o.text)]
        last = [o for o in there if o in stage.memory.overlays]
        there = there if len(there) == 1 else last if len(last) == 1 else []
        if len(there) == 1:
            new = shown.sub(rf"\g<1>{match['n']}", there[0].text, count=1)
            if new != there[0].text:
                return [ChangeOverlay(overlay_id=there[0].id, text=new)]
    return None
