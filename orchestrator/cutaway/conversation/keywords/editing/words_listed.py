"""Several texts in one message, each after its place: "caption on 1: hips up. caption on 2: push, don't step"."""

from __future__ import annotations

import re
from typing import Final

from cutaway.conversation.keywords.editing.cast_meant import names_in
from cutaway.conversation.keywords.editing.line import Line
from cutaway.conversation.keywords.editing.stage import Found, Stage
from cutaway.conversation.keywords.editing.words_meant import kind_in
from cutaway.conversation.keywords.editing.words_written import adding
from cutaway.conversation.keywords.text import cut
from cutaway.storyboard.edits import Edit
from cutaway.storyboard.model import MAX_TEXT_CHARS

_HEAD: Final = re.compile(
    r"(?:^|[.;,!?\n]\s*|\band\s+|\s-\s)\s*(?:(?:and|then|also|an?|the|add|put)\s+)*"
    r"(?P<what>(?:captions?|titles?|sub-?titles?|labels?|lower[ -]?thirds?|price ?tags?|name ?tags?|end ?cards?|tags?"
    r"|cards?|text|words)(?:\s+(?:on|for|in|over|under|at|to)\s+(?:the\s+)?[\w -]{1,30}?)?)\s*:\s*"
)


def listed_words(stage: Stage) -> Found | None:
    """The texts of a message that names a kind of words, a place and a text more than once, or None."""
    text = stage.text
    heads = list(_HEAD.finditer(text))
    if len(heads) < 2 or text[: heads[0].start()].strip(" .,"):
        return None
    edits: list[Edit] = []
    for n, head in enumerate(heads):
        end = heads[n + 1].start() if n + 1 < len(heads) else len(text)
        kind = kind_in(head["what"]) or "caption"
        typed = stage.line.masked.bare(stage.line.typed(head.end(), end)).strip(" ,;")
        words = cut(re.sub(r"(?<!\.)\.$", "", typed), MAX_TEXT_CHARS)
        shots = stage.finder.all_in(Line.plain(head["what"])).shots
        if not words or (not shots and kind not in {"title", "end_card"}):
            return None
        edits += adding(stage.film, kind, words, shots, edits)
    stage.line.use(0, len(text))
    return Found(edits)


_KINDS: Final = re.compile(r"^(?:(?:add|put|and|the|some|with)\s+)*(?P<kind>[a-z][a-z -]{2,24}s)\s*:\s*(?P<list>.+)$")


def named_words(stage: Stage) -> Found | None:
    """The texts of a list that says for each whose it is: "price tags: chair 15, lamp 8"."""
    match = _KINDS.match(stage.text)
    kind = kind_in(match["kind"]) if match else None
    if match is None or kind is None or "⟪" in stage.text:
        return None
    edits: list[Edit] = []
    start = match.start("list")
    for item in re.finditer(r"[^,;]+", match["list"]):
        part = stage.line.part(start + item.start(), start + item.end())
        text = re.sub(r"^(?:and\s+)", "", part.text)
        names = names_in(Line.plain(text), stage.film)
        if not names or names[0].start > 4:
            return None
        words = stage.line.masked.bare(part.typed(len(part.text) - len(text) + names[0].end, len(part.text))).strip(
            " .:"
        )
        inside = [s.id for s in stage.film.shots if names[0].cast_id in s.cast]
        if not words or not inside:
            return None
        edits += adding(stage.film, kind, cut(words, MAX_TEXT_CHARS), (inside[0],), edits)
    if len(edits) < 2:
        return None
    stage.line.use(0, len(stage.text))
    return Found(edits)
