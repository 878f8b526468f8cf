"""Changes to the words on the picture, and to the film's name."""

from __future__ import annotations

import re
from typing import Final

from cutaway.conversation.keywords.segments import Reading, Segment
from cutaway.conversation.keywords.sheet import PRICE
from cutaway.conversation.keywords.targets import read_target, scope_of
from cutaway.conversation.keywords.text import cut, free_id
from cutaway.storyboard.edits import AddOverlay, ChangeOverlay, Edit, RemoveOverlay, ReplaceText, SetTitle
from cutaway.storyboard.model import MAX_TEXT_CHARS, Overlay, OverlayKind

_KIND: Final = (
    r"(?P<kind>captions?|titles?(?:\s+card)?|sub-?titles?|lower[\s-]?thirds?|name\s?tags?|labels?"
    r"|text(?:\s+overlays?)?|words|overlays?)"
)
_TEXT: Final = r"(?P<words>\S.*)$"
_REMOVE: Final = re.compile(
    rf"^(?:remove|delete|drop|lose|get\s+rid\s+of|take\s+(?:off|out|away)|no|without|hide"
    rf"|clear)\s+(?:more\s+)?(?:all\s+|any\s+|every\s+)?(?:of\s+)?(?:the\s+|a\s+)?"
    rf"(?:on-?screen\s+)?(?:{_KIND}|(?P<price>price))(?:\s+(?P<q>⟪\d+⟫))?\s*$",
    re.I,
)
_CHANGE: Final = re.compile(
    rf"^(?:change|set|make|replace|update|edit|have|let)\s+(?:the\s+|its\s+"
    rf"|a\s+)?{_KIND}(?:\s+text)?(?:\s+⟪\d+⟫)?\s*(?:to(?:\s+(?:say|read|be))?|with|says?|read|into|as|:"
    rf"|=)\s*:?\s*{_TEXT}"
    rf"|^(?:the\s+)?(?P<kind2>caption|title|subtitle|lower[\s-]?third)\s+(?:should|must|now)\s+(?:say|read|be|says"
    rf"|reads)\s*:?\s*(?P<words2>\S.*)$",
    re.I | re.S,
)
_ADD: Final = re.compile(
    rf"^(?:(?:add|put|show|insert|include|give\s+(?:it|us|me)|overlay|place|with|have|use)\s+)?(?:a\s+|an\s+|the\s+"
    rf"|another\s+)?(?:new\s+)?{_KIND}\b"
    rf"(?:\s+(?:it|this))?\s*(?:saying|that\s+(?:says|reads)|reading|which\s+says|with(?:\s+the\s+(?:text|words))?"
    rf"|of|as|:|=|on\s+it|)\s*:?\s*(?P<words>.*)$",
    re.I | re.S,
)
_WRITE: Final = re.compile(
    r"^(?:write|put|show|overlay|add|display|print)\s+(?P<q>⟪\d+⟫)(?:\s+(?:as\s+an?\s+(?P<kind>title|caption"
    r"|lower[\s-]third)|on\s+(?:it|screen|top|the\s+picture)|at\s+the\s+\w+))?\s*$",
    re.I,
)
_NAME: Final = re.compile(
    r"^(?:re)?(?:name|call)\s+(?:the\s+|this\s+|my\s+)?(?:whole\s+)?(?:film|video|movie|project|it"
    r"|storyboard)\s+(?:to\s+|as\s+)?(?P<words>\S.*)$",
    re.I,
)
_PRICE: Final = re.compile(
    r"^(?:(?:change|set|make|update|lower|raise|drop|increase|decrease|reduce|cut|put|correct|fix"
    r"|bring)\b.*?\b)?(?:the\s+|its\s+|new\s+)*(?:price|cost)\b"
    r"(?:\s+tag)?(?:\s+(?:from\s+\S+|down|up|on\s+screen|in\s+it))*\s*(?:to|at|is\s+now|is|should\s+be|as|:|="
    r"|now)*\s+(?:only\s+|just\s+)?(?P<new>\S.*)$",
    re.I,
)
_EXACT: Final = re.compile(
    r"^(?:change|replace|swap|update|correct)\s+(?P<old>⟪\d+⟫|\S+)\s+(?:to|with|by|for|into)\s+(?P<new>\S+)\s*$", re.I
)
_KINDS: Final[dict[str, OverlayKind]] = {"tit": "title", "low": "lower_third", "nam": "lower_third"}


def read_captions(segment: Segment) -> Reading | None:
    """The overlay edits a segment asks for, or None when it is about something else."""
    for read in (_price, _exact, _named, _removed, _changed, _written, _added):
        if (reading := read(segment)) is not None:
            return reading
    return None


def _kind(word: str) -> OverlayKind | None:
    """The overlay kind a word means, None for "text" (any of them)."""
    word = word.lower()
    if word.startswith(("text", "word", "overlay")):
        return None
    return _KINDS.get(word[:3], "caption")


def _words(segment: Segment, text: str) -> str:
    text = re.sub(r"(?:[\s,]+(?:please|pls|thanks|thank you))+[.!]*$", "", text.strip(), flags=re.I)
    # Quoted words are exact; only an unquoted sentence loses its full stop.
    bare = text if text.endswith("⟫") else re.sub(r"(?<!\.)\.$", "", text)
    return cut(segment.masked.bare(bare).strip(), MAX_TEXT_CHARS)


def _price(segment: Segment) -> Reading | None:
    match = _PRICE.match(segment.rest)
    if match is None:
        return None
    said = segment.masked.bare(match["new"]).strip(" .!")
    amount = PRICE.search(said)
    figure = re.search(r"\d[\d.,]*", said)
    if figure is None:
        return Reading(problem="What should the price be? A number is needed.", choices=("Change the price to $79",))
    olds = list(dict.fromkeys(m[0].strip() for o in _reach(segment) for m in PRICE.finditer(o.text)))
    if not olds:
        new = amount[0].strip() if amount else figure[0].strip(".,")
        return Reading(
            problem="No price is on screen in this film, so there is none to change.",
            choices=(f'Add a lower third "{new}"',),
        )
    if len(olds) > 1:
        shown = amount[0].strip() if amount else figure[0].strip(".,")
        return Reading(
            problem=f"There are {len(olds)} prices on screen: {', '.join(olds)}. Which one?",
            choices=tuple(f"Change {old} to {shown}" for old in olds[:4]),
        )
    new = _like(olds[0], amount[0].strip() if amount else "", figure[0].rstrip(".,"))
    return Reading(edits=[ReplaceText(old=olds[0], new=new)])


def _like(old: str, amount: str, figure: str) -> str:
    """The new price written like the old one when only a number, or the same currency in words, was said."""
    worded = re.search(r"dollars|USD", amount, re.I) and "$" in old
    if amount and not worded:
        return amount
    return re.sub(r"\d[\d.,]*", figure, old, count=1)


def _exact(segment: Segment) -> Reading | None:
    match = _EXACT.match(segment.rest)
    if match is None:
        return None
    old, new = segment.masked.bare(match["old"]), segment.masked.bare(match["new"]).rstrip(".!")
    quoted = match["old"].startswith("⟪")
    if any(old in overlay.text for overlay in segment.film.overlays) and (quoted or PRICE.fullmatch(old)):
        return Reading(edits=[ReplaceText(old=old, new=new)])
    if PRICE.fullmatch(old) or (quoted and match["new"].startswith("⟪")):
        return Reading(
            problem=f'No words on screen say "{cut(old, 60)}".', choices=(f'Add a caption "{cut(new, 80)}"',)
        )
    return None


def _named(segment: Segment) -> Reading | None:
    match = _NAME.match(segment.text)
    return Reading(edits=[SetTitle(title=_words(segment, match["words"]))]) if match else None


def _removed(segment: Segment) -> Reading | None:
    match = _REMOVE.match(segment.rest)
    if match is None:
        return None
    there = _reach(segment)
    if match["price"]:
        there, what = [o for o in there if PRICE.search(o.text)], "price"
    else:
        kind, what = _kind(match["kind"]), match["kind"].lower()
        there = [o for o in there if kind is None or o.kind == kind]
    if match["q"]:
        there = [o for o in there if o.text == segment.masked.bare(match["q"])]
    if not there:
        where = f" in {segment.target.scope}" if segment.shots else ""
        return Reading(problem=f"There is no {what}{where} to remove.")
    if (
        not segment.shots
        and len(there) > 1
        and not what.endswith("s")
        and not re.search(r"\b(?:all|text|every)\b", segment.rest, re.I)
    ):
        return Reading(
            problem=f"There are {len(there)} of them. Which {what} do you mean?",
            choices=(*(f'Remove the {what} "{o.text}"' for o in there[:4]), f"Remove all {what}s"),
        )
    shots = {o.shot_id for o in there}
    one = next(iter(shots))
    scope = scope_of(segment.film, (one,)) if len(shots) == 1 and one else segment.target.scope
    return Reading(edits=[RemoveOverlay(overlay_id=o.id) for o in there], scope=scope)


def _changed(segment: Segment) -> Reading | None:
    target, text = _before_colon(segment)
    match = _CHANGE.match(text)
    if match is None:
        return None
    kind = _kind(match["kind"] or match["kind2"])
    words = _words(segment, match["words"] or match["words2"])
    return _put(segment, kind or "caption", words, target, any_kind=kind is None) if words else None


def _written(segment: Segment) -> Reading | None:
    match = _WRITE.match(segment.rest)
    if match is None:
        return None
    return _put(
        segment,
        _kind(match["kind"] or "caption") or "caption",
        segment.masked.bare(match["q"]),
        segment.shots,
        add=True,
    )


def _added(segment: Segment) -> Reading | None:
    target, text = _before_colon(segment)
    match = _ADD.match(text)
    if match is None or re.match(r"(?:bigger|smaller|longer|shorter|off|away|later|earlier)\b", match["words"], re.I):
        return None
    words = _words(segment, match["words"])
    kind = _kind(match["kind"]) or "caption"
    if not words:
        if not re.match(r"add|put|insert|include|give|caption|subtitle|title", text, re.I):
            return None
        what = kind.replace("_", " ")
        return Reading(problem=f"What should the {what} say?", choices=(f'Add a {what} "Hello"',))
    return _put(segment, kind, words, target, add=True)


def _before_colon(segment: Segment) -> tuple[tuple[str, ...], str]:
    """Shots are only looked for before a colon: the words after it are the person's own."""
    head, colon, words = segment.text.partition(":")
    if not colon:
        return segment.shots, segment.rest
    target = read_target(head, segment.film)
    return target.shots, f"{target.rest.strip()} : {words.strip()}"


def _put(
    segment: Segment,
    kind: OverlayKind,
    words: str,
    shots: tuple[str, ...],
    *,
    add: bool = False,
    any_kind: bool = False,
) -> Reading:
    """Change the one overlay of this kind there is, or add one."""
    film = segment.film
    there = [o for o in film.overlays if (any_kind or o.kind == kind) and (not shots or o.shot_id in shots)]
    if len(there) > 1 and not shots and not add:
        return Reading(
            problem=f"There are {len(there)} overlays of that kind. Which one?",
            choices=tuple(f'Change "{o.text}" to "{cut(words, 80)}"' for o in there[:4]),
        )
    edits: list[Edit] = []
    if there and (not add or kind == "title" or (shots and len(there) == len(shots))):
        edits = [ChangeOverlay(overlay_id=o.id, text=words) for o in there]
    else:
        # A title opens the film and a lower third names one shot; a caption without a shot is for the whole film.
        homes: tuple[str | None, ...] = shots or (
            (film.shots[0].id,) if kind != "caption" or len(film.shots) == 1 else (None,)
        )
        taken = [o.id for o in film.overlays]
        for home in homes:
            wanted = "title" if kind == "title" else f"{kind.replace('_', '-')}-{home or 'film'}"
            overlay_id = free_id(wanted[:36], taken)
            taken.append(overlay_id)
            edits.append(AddOverlay(overlay=Overlay(id=overlay_id, kind=kind, text=words, shot_id=home)))
        shots = tuple(home for home in homes if home)
    return Reading(edits=edits, scope=scope_of(film, shots or tuple(o.shot_id for o in there if o.shot_id)[:1]))


def _reach(segment: Segment) -> list[Overlay]:
    return [o for o in segment.film.overlays if not segment.shots or o.shot_id in segment.shots]
