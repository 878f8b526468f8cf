"""One sentence that tells of several moments, "cat sees cucumber, cat jumps, cat runs away": a part for each."""

from __future__ import annotations

import re
from typing import Final

from cutaway.conversation.keywords.acting import verb_form
from cutaway.conversation.keywords.clauses import read_clause
from cutaway.conversation.keywords.lexicon import can_be
from cutaway.conversation.keywords.phrases import drawable, known_subject, plural
from cutaway.conversation.keywords.places import place_of
from cutaway.conversation.keywords.verbs import find_verb
from cutaway.conversation.keywords.words import (
    ADJECTIVES,
    BE,
    COLOURS,
    CONJUNCTIONS,
    DETERMINERS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    VERB_FORMS,
)

_COMMA: Final = re.compile(r"\s*,\s*(?:and\s+(?:then\s+)?|but\s+)?")
_AND: Final = re.compile(r"\s+and\s+")
_WHILE: Final = re.compile(r"\b(?:while|whilst|as|when|where)\b", re.I)
_SHORT_WORDS: Final = 3
"""As short as "a dog barks, a cat sleeps", which is one picture."""
_MAX_PIECES: Final = 40
_REACH_CHARS: Final = 300


def split_sequence(text: str, shots: int = 0, *, told: bool = False) -> list[str]:
    """The moments in these words, one where there is one.

    `shots` is how many the person wants, 0 unsaid; `told` says that these words are part of a longer story.
    """
    pieces = [piece for piece in _COMMA.split(text) if piece.strip()]
    if len(pieces) > _MAX_PIECES or not pieces:
        return [text]
    if len(pieces) > 2 and _where(pieces[0]):
        # "on a beach, a crab walks, a gull screams": the place belongs to what happens there first.
        pieces = [f"{pieces[0]}, {pieces[1]}", *pieces[2:]]
    if shots > 1:
        if len(pieces) == shots and all(_seen(piece) for piece in pieces):
            return pieces
        finer = [part for piece in pieces for part in _AND.split(piece)]
        if len(finer) == shots and all(_seen(piece) for piece in finer):
            return finer
    if len(pieces) < 2:
        return _unmarked(text)
    if all(_scene(piece) for piece in pieces):
        return pieces
    if told and len(pieces) > 2 and all(_thing(piece) for piece in pieces):
        return pieces
    doing = [_participle(piece) for piece in pieces]
    opening = _place_alone(pieces[0])
    groups: list[list[str]] = []
    moments = int(opening)
    for piece, along in zip(pieces, doing, strict=True):
        # "a dog runs, barking": what goes along is no moment of its own, unless all are told that way.
        own = not along or all(doing) or (opening and len(pieces) > 2 and all(doing[1:]))
        if own and (
            (groups and _moment(piece, first=False)) or (not groups and not opening and _moment(piece, first=True))
        ):
            moments += 1
            groups.append([piece])
        elif groups:
            groups[-1].append(piece)
        else:
            # "wheat in the wind, a mill turns, flour falls": what is shown first does nothing yet.
            moments += int(len(pieces) > 2 and not opening and told and _seen(piece))
            groups.append([piece])
    said = [", ".join(group) for group in groups]
    apart = (
        moments == 2
        and not _WHILE.search(text)
        and (
            _goes_on(said[0], said[1])
            or (" and " not in text and all(len(one.split()) > _SHORT_WORDS - told for one in said))
        )
    )
    if moments == len(said) and (moments >= 3 or apart):
        return [*said[:-1], *_last_two(said[-1])] if moments >= 2 and "," in text else said
    return [text]


def _unmarked(text: str) -> list[str]:
    """Moments told in one breath, "a kid draws on the wall mum walks in": a verb after a clause needs a subject."""
    words = text.split()
    lower = [word.lower().strip(".,!?") for word in words]
    if len(words) < _BREATH_WORDS or re.search(r"[,.;:!?]\s", text):
        return [text]
    starts = [0]
    for at in range(3, len(lower)):
        form = verb_form(lower, at)
        if not form or form[1] != ("base" if plural(lower[at - 1]) else "third") or lower[at] in BE:
            continue
        start = at - 1
        known = known_subject(lower[start])
        if not known and not can_be(lower[start], "NOUN"):
            continue
        while start > starts[-1] and lower[start - 1] in ADJECTIVES | COLOURS:
            start -= 1
        while start > starts[-1] and lower[start - 1].endswith("'s"):
            start -= 1
        if lower[start - 1] in DETERMINERS:
            start -= 1
        before = lower[start - 1]
        ended = known and start == at - 1 and before in _PARTICLES and bool(verb_form(lower, start - 2))
        joined = not ended and before in PREPOSITIONS | CONJUNCTIONS | RELATIVES | DETERMINERS | BE | _JOINING
        if joined or start - starts[-1] < 2 or (verb_form(lower, start - 1) and lower[start] in DETERMINERS):
            continue
        if find_verb(words[starts[-1] : start], opening=not starts[-1])[0] is not None:
            starts.append(start)
    return [" ".join(words[a:b]) for a, b in zip(starts, [*starts[1:], len(words)], strict=True)]


_BREATH_WORDS: Final = 8
_PARTICLES: Final = frozenset("in out up off over by past down".split())
_JOINING: Final = frozenset("to and not or".split())


def _where(piece: str) -> bool:
    """Whether a piece only says where: "on a beach"."""
    words = piece.lower().split()
    return bool(words) and words[0] in PREPOSITIONS and find_verb(piece.split(), opening=True)[0] is None


def _seen(piece: str) -> bool:
    clause = read_clause(piece[:_REACH_CHARS], opening=True)
    return clause.useful or bool(clause.verb)


def _thing(piece: str) -> bool:
    """Whether a piece shows somebody or something, and nothing is done: "a hand on a wall", "a scream"."""
    clause = read_clause(piece[:_REACH_CHARS], opening=True)
    words = piece.lower().split()
    named = bool(clause.subjects or clause.setting)
    return named and not clause.verb and (words[0] in DETERMINERS | COLOURS or can_be(words[0], "ADJ"))


def _scene(piece: str) -> bool:
    """Whether a piece shows somebody in a place of its own: "a goat on a cliff"."""
    clause = read_clause(piece[:_REACH_CHARS], opening=True)
    return bool(clause.subjects and clause.setting and clause.determined)


def _participle(piece: str) -> bool:
    """Whether a piece is told by "-ing" alone: "waves crashing on the rocks"."""
    words = piece.lower().split()[:5]
    noun = 1 if words and words[0] in DETERMINERS else 0
    if len(words) > noun + 1 and words[noun + 1].endswith("ing") and len(words[noun + 1]) > 5:
        return True
    forms = [VERB_FORMS[word][1] for word in words if word in VERB_FORMS and not (plural(word) and drawable(word))]
    return bool(forms) and forms[0] == "ing"


def _place_alone(piece: str) -> bool:
    """Whether a piece only shows a place: "an empty stage"."""
    words = piece.lower().split()
    if not words or words[0] in PREPOSITIONS:
        return False
    clause = read_clause(piece[:_REACH_CHARS], opening=True)
    bare = words[1:] if words[0] in DETERMINERS else words
    return not clause.verb and bool((clause.scenic and not clause.subjects) or place_of(bare))


def _moment(piece: str, *, first: bool) -> bool:
    """Whether a piece tells of a moment of its own: somebody doing something, or a verb that goes on with the last."""
    words = piece.lower().split()
    if not words or words[0] in RELATIVES or words[0] in BE or words[1:2] == ["by"]:
        return False
    form = verb_form(words, 0)
    if form and form[1] in {"third", "base"} and not (plural(words[0]) and drawable(words[0])):
        return not first and (form[1] == "third" or len(words) > 1)
    noun = 2 if words[0] in DETERMINERS else 1
    after = verb_form(words, noun) if len(words) > noun else None
    if after and (after[1] == "third" or (after[1] == "base" and plural(words[noun - 1]))):
        return words[0] not in PREPOSITIONS
    clause = read_clause(piece[:_REACH_CHARS], opening=first)
    if not clause.verb or clause.spoken:
        return False
    if words[0] in DETERMINERS and clause.setting and not clause.subjects:
        return True
    if clause.carried:
        return (words[0] in PRONOUNS and not clause.weather) or (first and words[0].endswith("ing"))
    named = (
        clause.determined or any(drawable(thing.head) for thing in clause.subjects) or (first and bool(clause.subjects))
    )
    again = len(words) > 1 and words[1] in VERB_FORMS
    return bool(clause.subjects) and (named or again or can_be(clause.verb, "VERB"))


def _goes_on(one: str, other: str) -> bool:
    """Whether the second of two moments is of the same one: "a dog jumps, it lands", "cat sits, cat sleeps"."""
    first, second = one.lower().split(), other.lower().split()
    if second[0] in PRONOUNS - {"they"} or verb_form(second, 0)[1:] == ("third",):
        return True
    bare = [words[1:] if words[0] in DETERMINERS else words for words in (first, second)]
    return bool(bare[0] and bare[1]) and bare[0][0] == bare[1][0] and second[0] not in VERB_FORMS


def _last_two(piece: str) -> list[str]:
    """The words "opens a box and dances" at the end of a row are two moments, as "a, b and c" are three things."""
    parts = _AND.split(piece)
    if len(parts) == 2 and parts[1].split() and (form := verb_form(parts[1].lower().split(), 0)) and form[1] == "third":
        return parts
    return [piece]
