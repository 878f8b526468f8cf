"""Light told by what gives it: "lit by candles", "light him only through the blinds"."""

from __future__ import annotations

import re
from typing import Final

from cutaway.conversation.keywords.editing.line import Line
from cutaway.conversation.keywords.editing.scene_values import Value

_LIT: Final = re.compile(
    r"\b(?:lit|(?:light|lights|illuminate|illuminated)(?= (?:it|him|her|them|this|that|up|the|my|our|only|just"
    r"|everything"
    r"|with|by|through|from|·)))(?P<whom> (?:it|him|her|them|this|that|everything|everyone|(?:the|my|our) [a-z]+"
    r"|·+(?: "
    r"·+)*))?(?: up)?(?: (?:only|just|entirely|mostly|solely|purely))? (?P<how>by|with|through|from|using)"
    r" (?P<what>[^,.;:·]+?)(?= (?:in|on|for|over|at) ·|$|[,.;:·]| please\b)"
)
_LAMPS: Final = re.compile(r"^(?:a |an |the |some |one |two |just |only )*")


def lit(line: Line) -> list[Value]:
    """The light of a line that tells where it comes from; it is then read."""
    match = line.find(_LIT)
    if match is None:
        return []
    what = line.masked.bare(line.typed(match.start("what"), match.end("what")))
    article = _LAMPS.match(what.lower())
    what = f"{match['how']} {what}" if match["how"] in {"through", "from"} else what[article.end() if article else 0 :]
    if not what or len(what) > 60:
        return []
    line.use(match.start(), match.end())
    return [Value("lighting", what, match.start(), match.end(), word=what)]
