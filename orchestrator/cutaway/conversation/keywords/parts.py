"""A description cut into parts and read: one clause for each moment, what is no moment told apart."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from cutaway.conversation.keywords.clauses import Clause, read_clause
from cutaway.conversation.keywords.phrases import drawable, known_subject
from cutaway.conversation.keywords.places import place_of
from cutaway.conversation.keywords.scenery import lighting
from cutaway.conversation.keywords.text import Masked, cut
from cutaway.conversation.keywords.together import read_together
from cutaway.conversation.keywords.words import DETERMINERS, PREPOSITIONS, VERB_FORMS

_SPLIT: Final = re.compile(
    r"(?:^|\s+)(?:\d{1,2}[.)]|(?:shot|scene|step|part|panel)\s+(?:\d{1,2}|one|two|three|four|five|six|seven"
    r"|eight)\s*[:.)-]|(?:the\s+)?(?:first|second|third|fourth|fifth|last|final|next|opening)\s+(?:shot"
    r"|scene)\s*[:-])\s+"
    r"|(?<=[.!?])(?<!\bmr\.)(?<!\bdr\.)(?<!\bst\.)(?<!\bmrs\.)\s+|\s*;\s*|\s+/\s+|\s*(?:->|=>|\u2192|>>)\s*"
    r"|\s+and\s+(?=(?:it|he|she|they)\s+(?!rain|snow|is\b|was\b|has\b)\w+s\b)"
    r"|\s*,\s*(?:and\s+)?after\s+(?=(?:he|she|it|they)\b)"
    r"|(?:\s*,)?\s+(?:and\s+)?then(?:\s*,)?\s+|(?:\s*,)?\s+(?:and\s+)?(?:after\s+that|afterwards|finally"
    r"|after\s+which|in\s+the\s+end|at\s+the\s+(?:very\s+)?end)(?:\s*,)?\s+"
    r"|\s*,\s+(?:and\s+)?(?:later|next|lastly|cut\s+to|last(?=\s+(?:an?|the|my|two|everyone|we|he|she|it|they)\b))\b(?:\s*,)?\s*"
    r"|\s*,?\s+followed\s+by\s+"
    r"|\s+so\s+(?=(?:he|she|it|they)\s+(?:(?:just|quickly|quietly|then|all)\s+)?[a-z]+s?\b)",
    re.I,
)
_BULLET: Final = re.compile(r"^\s*(?:[-*•]|\d{1,2}[.)])\s+")


def split_clauses(text: str) -> list[str]:
    """The clauses of a description, in order."""
    lines = (_BULLET.sub("", line) for line in text.split("\n"))
    parts = (part.strip(" \t,.") for line in lines for part in _SPLIT.split(line) if part)
    return [part for part in parts if any(c.isalnum() for c in part)]


_END_WORDS: Final = re.compile(
    r"[\s,.;]*(?:\band\s+)?(?:\bit\s+)?\b(?:end(?:s|ing)?|finish(?:es|ing)?|clos(?:e|es|ing))\s+(?:it\s+"
    r"|the\s+(?:film|video)\s+)?(?:with|on)\s+(?:an?\s+)?(?:the\s+|our\s+|a\s+)?"
    r"(?:(?:words?|text|line|slogan|sentence|claim|end\s?card|card|message|title|screen)\s*(?:saying|that says"
    r"|reading|:)?\s*)?(?P<q>⟪\d+⟫)"
    r"|[\s,.;]*(?:\bwith\s+)?(?:\ban?\s+|\bthe\s+)?\bend\s?card\s*(?:saying|that says|reading|:)?\s*(?P<q2>⟪\d+⟫)",
    re.I,
)


def end_words(masked: Masked, text: str) -> tuple[str, str]:
    """The text without "end with the words ...", and those words: they close the film."""
    match = _END_WORDS.search(text)
    if match is None:
        return text, ""
    return f"{text[: match.start()]} {text[match.end() :]}".strip(), cut(masked.bare(match["q"] or match["q2"]), 400)


_SHOT_NUMBER: Final = re.compile(
    r"\b((?:shot|scene|step|panel)\s+(?:\d{1,2}|one|two|three|four|five|six|seven|eight))\b(?!\s*[:.,)-])", re.I
)


def numbered(text: str) -> str:
    """The words "shot one a bus stops shot two a boy gets off" with a mark after each number."""
    return _SHOT_NUMBER.sub(r"\1: ", text) if len(_SHOT_NUMBER.findall(text)) > 1 else text


def joined(text: str) -> str:
    """The text with "wizard + owl" and "cat & dog" in words."""
    text = re.sub(r"(?<=\w)\s*(?:[+&]|\bvs?\b\.?|\bversus\b)\s*(?=[a-z])", " and ", text, flags=re.I)
    text = _PICTOGRAMS.sub(" ", text)
    text = _TAKEN_BACK.sub(" ", re.sub(r"\bn\b", "and", text))
    text = _AND_IT.sub(r"\1 ", re.sub(r"\b(?:just|really|simply|suddenly)\s+(?=\w+s\b)", "", text))
    text = _ONE_OF_THEM.sub(lambda match: f"{match['before']}it ", text)
    return _OBJECT_PRONOUN.sub(lambda match: f"{match['before']}{_SUBJECT_OF[match['who'].lower()]} ", text)


_PICTOGRAMS: Final = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f\u200d]+")
_TAKEN_BACK: Final = re.compile(
    r"\b(?:in|on|at) (?:the |a )?[\w ]{1,20}?,?\s*(?:no,? sorry|sorry,? no|no,? wait|wait,? no|i mean|i "
    r"meant)[\s,]+(?=(?:in|on|at)\b)",
    re.I,
)
_AND_IT: Final = re.compile(
    r"^(\s*(?:an?|two|three|some)\s+(?:[\w'-]+\s+)?[\w'-]+)\s+and\s+(?:it|he|she|they)\s+(?=\w+s?\b)", re.I
)
_ONE_OF_THEM: Final = re.compile(
    r"(?P<before>(?:^|[.;]\s+|\bthen\s+))(?:(?:the\s+)?(?:\w+\s+)?(?<!\bno\s)one)\s+(?=(?:of them\s+)?[a-z]+s\b)", re.I
)
_SUBJECT_OF: Final = {"him": "he", "her": "she", "them": "they"}
_OBJECT_PRONOUN: Final = re.compile(
    r"(?P<before>(?:^|[.;,]\s*|\bthen\s+)(?:and\s+)?(?:then\s+)?)(?P<who>him|her|them)\s+(?=(?:\w+ing|asleep|awake)\b)",
    re.I,
)


def read_part(part: str, *, opening: bool) -> list[Clause]:
    """The clauses of a part with the light it names."""
    if (
        (place := _WHERE.match(part))
        and (scene := read_clause(place["place"])).setting
        and not scene.subjects
        and not scene.verb
    ):
        # "a beach where children build castles": the place is that of the clause.
        return [
            replace(
                one,
                setting=one.setting or scene.setting,
                time=one.time or scene.time,
                weather=one.weather or scene.weather,
                camera=one.camera or scene.camera,
                seconds=one.seconds or scene.seconds,
            )
            for one in read_part(place["rest"], opening=opening)
        ]
    part = _placed_after_commas(part)
    light, rest = lighting(part)
    clauses = (
        read_together(rest, opening=opening) if any(c.isalnum() for c in rest) else read_together(part, opening=opening)
    )
    return [replace(clause, lighting=light) for clause in clauses] if light else clauses


_WHERE: Final = re.compile(r"(?P<place>[^,;]{3,60}?)\s+(?:where|in which|on which)\s+(?P<rest>.+)$", re.I | re.S)


def _placed_after_commas(part: str) -> str:
    """The words "a taxi in the rain, new york, night" with the place said as one: "in new york"."""
    first, *rest = part.split(",")
    for piece in rest[:6]:
        words = piece.split()
        alone = (
            0 < len(words) <= 3
            and place_of(words)
            and not any(known_subject(w) or w.lower() in VERB_FORMS for w in words)
        )
        first += f" in {piece.strip()}" if alone and words[0].lower() not in DETERMINERS | PREPOSITIONS else f",{piece}"
    return first + "".join(f",{piece}" for piece in rest[6:])


def kept(read: list[Clause]) -> tuple[list[Clause], list[Clause]]:
    """The clauses a shot can be made of, and those that are left out."""
    useful: list[Clause] = []
    anybody = any(clause.subjects for clause in read)
    ignored: list[Clause] = []
    sky: Clause | None = None
    for clause in read:
        if sky is not None and clause.carried:
            # "it starts to rain and he opens an umbrella" is one moment.
            clause = replace(clause, weather=clause.weather or sky.weather)
            useful.pop()
        sky = (
            clause
            if clause.weather and not (clause.subjects or clause.verb or clause.setting or clause.action)
            else None
        )
        if useful and clause.only_craft:
            # "...; zoom out": said of the shot before it.
            last = useful[-1]
            useful[-1] = replace(last, camera=clause.camera or last.camera, seconds=clause.seconds or last.seconds)
            continue
        peopled = any(known.subjects for known in useful)
        told = _doing(clause.text) == "ing" or (len(read) > 2 and _doing(clause.text) == "base" and not anybody)
        if clause.carried and clause.verb and not clause.spoken and not peopled and told:
            # "kneading dough, the oven glowing": something is done, by nobody who is named.
            useful.append(replace(clause, carried=False))
            continue
        first_pronoun = clause.carried and not useful and not clause.scenic
        unfounded = (
            bool(useful)
            and not (clause.carried or clause.verb or clause.scenic or clause.determined)
            and not any(drawable(thing.head) for thing in clause.subjects)
        )
        (ignored if not clause.useful or clause.spoken or first_pronoun or unfounded else useful).append(clause)
    return useful, ignored


def _doing(text: str) -> str:
    """The form of the verb the words begin with, "" for none."""
    first = text.split()[0].lower() if text.split() else ""
    return VERB_FORMS.get(first, ("", "ing" if first.endswith("ing") and len(first) > 5 else ""))[1]
