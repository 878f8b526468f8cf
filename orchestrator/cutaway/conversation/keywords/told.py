"""Whether words plainly tell a picture: somebody or something, and what it does, by the dictionary."""

from __future__ import annotations

import re
from typing import Final

from cutaway.conversation.keywords.clauses import Clause
from cutaway.conversation.keywords.lexicon import can_be, is_word
from cutaway.conversation.keywords.phrases import drawable
from cutaway.conversation.keywords.shots import Draft

_NOT_SEEN: Final = frozenset(
    """
    want need like love prefer wish think guess mean say ask tell know help work cost seem hope believe
    suppose sound matter happen depend understand look thank agree allow mind care have try please suggest
    recommend deserve expect
    """.split()
)
_NOBODY: Final = frozenset(
    """
    thing things something anything nothing everything one ones way idea question problem time price cost help
    advice thanks reason point question answer day week month year today tomorrow yesterday test hello job
    work
    """.split()
)


def tells(found: Draft) -> bool:
    """Whether a draft is made of words that tell a picture, so that it may be made without being asked for."""
    return found.storyboard is not None and bool(found.clauses) and (found.clear or _told(found.clauses[0]))


def _told(clause: Clause) -> bool:
    if clause.spoken or clause.carried or not clause.subjects or not clause.verb or clause.verb in _NOT_SEEN:
        return False
    if re.search(r"\b(?:you|your|my|our|i|we)\b", clause.text[:40], re.I) and not clause.setting:
        return False
    heads = [thing.head.split()[-1] if thing.head else "" for thing in clause.subjects]
    if any(head in _NOBODY for head in heads):
        return False
    return all(drawable(head) or can_be(head, "NOUN") or not is_word(head) for head in heads) and can_be(
        clause.action.split()[0] if clause.action else clause.verb, "VERB"
    )
