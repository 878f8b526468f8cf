"""One film for each row of a table: "make one for each row, show me the first three"."""

from __future__ import annotations

import re
from typing import Final

from cutaway.conversation.keywords.heard import Heard, ask, ideas
from cutaway.conversation.keywords.words import NUMBERS
from cutaway.conversation.plan import TurnPlan

MOST_SHOWN: Final = 1000

_COUNT: Final = r"(?P<{name}>\d{{1,4}}|" + "|".join(sorted(NUMBERS, key=len, reverse=True)) + r")"
_FILMS: Final = r"(?:rows?|lines?|films?|videos?|clips?|ones?|of (?:them|those))"
_FIRST: Final = (
    rf"(?:(?:show|make|do|render|give|let me see)\s+)?(?:me\s+)?(?:only\s+|just\s+)?the first"
    rf"(?:\s+{_COUNT.format(name='first')})?(?:\s+{_FILMS})?(?:\s+(?:first|as a sample|only|for now))*"
    rf"|(?:with|show|make)\s+(?:me\s+)?a sample of\s+{_COUNT.format(name='sample')}(?:\s+{_FILMS})?"
)
_EACH: Final = (
    r"(?:(?:make|do|render|create|generate|produce|draw|i want|i need|i'd like|give me)\s+)?(?:me\s+)?"
    r"(?:one(?:\s+(?:film|video|clip))?|(?:an?|this|that|the)\s+(?:same\s+)?(?:film|video|clip|version|copy)"
    r"|(?:films|videos|clips)|this|it|that)\s+"
    r"(?:for|per|with|from)\s+(?:(?:each|every|all|any)(?:\s+(?:of|one of))?(?:\s+the|\s+these|\s+my|\s+single)?\s+)?"
    r"(?:row|line|entry|record)s?"
    r"(?:\s+(?:of|in|from)\s+(?:(?:the|my|this|that)\s+)?(?P<file>[\w.-]+\.csv|⟪\d+⟫|table|file|sheet"
    r"|spreadsheet|csv|list))?"
)
_ORDER: Final = re.compile(rf"{_EACH}(?:[\s,;.]+(?:and\s+|but\s+|then\s+)*(?:{_FIRST}))?", re.I)
_SAMPLE: Final = re.compile(_FIRST, re.I)


def read_batch(heard: Heard) -> TurnPlan | None:
    """An order for one film a row, or how many of them to show first while such an order waits for a yes."""
    situation = heard.situation
    tables = dict.fromkeys(line.ref.rpartition(":")[0] for line in situation.context if ".csv:" in line.ref.lower())
    order = _ORDER.fullmatch(heard.short)
    if order is None and not (situation.pending_quote and tables and _SAMPLE.fullmatch(heard.short)):
        return None
    if situation.storyboard is None:
        return ask(
            "There is no film yet to make for each row. What should it show? Write {column} where a row's words go.",
            "The message wants a film for each row, and there is none yet.",
            choices=ideas(situation),
        )
    if not tables:
        return ask(
            "Which rows? Attach a .csv file whose first line names the columns.",
            "The message wants a film for each row, and no table was given.",
        )
    found = order or _SAMPLE.fullmatch(heard.short)
    assert found is not None  # one of the two matched
    named = heard.masked.bare(found.groupdict().get("file") or "")
    return TurnPlan(
        intent="batch",
        decision="video",
        rationale="The message wants the film once for each row of a table.",
        target=(named,) if named.lower().endswith(".csv") else (),
        sample=_sample(found),
    )


def _sample(found: re.Match[str]) -> int | None:
    """How many rows are to be shown first, None where the message does not say."""
    said = found["first"] or found["sample"]
    if said:
        return min(max(1, int(said) if said.isdigit() else NUMBERS[said.lower()]), MOST_SHOWN)
    return 1 if re.search(r"\bthe first\b", found[0], re.I) else None
