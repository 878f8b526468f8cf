"""The offline ear: English read by keywords into the same plans a language model gives.

    plan = await KeywordReasoner().plan(Situation(text="a red fox trots through a pine forest at dusk"))

It needs no key, no network and under five milliseconds. It asks back instead of guessing.
"""

from cutaway.conversation.keywords.reasoner import KeywordReasoner

__all__ = ["KeywordReasoner"]
