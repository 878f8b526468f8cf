"""A conversation: what a person says, turn by turn, and what may come of each message."""

from __future__ import annotations

import hashlib
import re
from typing import Any, Final, Literal, Self

from pydantic import Field, model_validator

from cutaway.contract import Frozen
from cutaway.conversation.plan import Intent
from cutaway.evaluation.film import WantedFilm
from cutaway.evaluation.words import first
from cutaway.storyboard.edits import EDIT, Edit

Decision = Literal["video", "words"]
About = Literal["cost", "status", "why", "film", "studio", "world"]
Bound = Literal["low", "middle", "high"]

ABOUT_INTENT: Final[dict[About, Intent]] = {"cost": "cost", "status": "status", "why": "why"}
HELD_OUT_OF: Final = 3

_RANGE: Final = re.compile(r"(\d+(?:\.\d+)?)\.\.(\d+(?:\.\d+)?)")
_FIGURES: Final = frozenset({"seconds", "speed", "volume", "clips_volume", "start_s", "end_s"})


class Outcome(Frozen):
    """One thing that may rightly come of a message.

    `intent` follows from `edits` (edit), `film` (make) or `about` unless it is given, `decision` from the intent.
    Edits are written as `cutaway.storyboard.edits` has them; a figure may be a range such as "0.4..0.8". `says` are
    words the reply must hold ("9|nine": one of them), `cites` references of context lines, `choices` asks for choices.
    """

    intent: Intent
    decision: Decision
    edits: tuple[dict[str, Any], ...] = ()
    film: WantedFilm | None = None
    about: About | None = None
    target: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    choices: bool = False

    def edits_at(self, bound: Bound) -> tuple[Edit, ...]:
        """The edits with each range at one end or in its middle. Raises pydantic's `ValidationError`."""
        return tuple(EDIT.validate_python(_figures(edit, bound)) for edit in self.edits)

    @model_validator(mode="before")
    @classmethod
    def _fill_in(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        about = ABOUT_INTENT.get(data.get("about", ""), "answer")
        intent = "edit" if data.get("edits") else "make" if data.get("film") else about if "about" in data else None
        filled = {"intent": intent} | data if intent else dict(data)
        shows = filled.get("intent") in {"make", "edit", "finish", "batch"}
        return {"decision": "video" if shows else "words"} | filled

    @model_validator(mode="after")
    def _carries_what_it_needs(self) -> Self:
        if (self.intent == "edit") != bool(self.edits):
            raise ValueError("intent edit needs edits, and only edit has them")
        if (self.intent == "make") != (self.film is not None):
            raise ValueError("intent make needs a film, and only make has one")
        for bound in ("low", "middle", "high"):
            self.edits_at(bound)
        return self


class Turn(Frozen):
    """One message. The first outcome is the one the conversation goes on with; the others are as right.

    `kind` is the row of the report it counts in. `quoted`: a priced plan waits for a yes. `rendering`: orders at work.
    """

    say: str = Field(min_length=1)
    kind: str = Field(default="other", pattern=r"^[a-z][a-z -]{0,19}$")
    outcomes: tuple[Outcome, ...] = Field(min_length=1)
    quoted: bool = False
    rendering: int = Field(default=0, ge=0)

    @property
    def gold(self) -> Outcome:
        """What the conversation goes on with."""
        return self.outcomes[0]

    @model_validator(mode="before")
    @classmethod
    def _gather_outcomes(cls, data: Any) -> Any:
        if not isinstance(data, dict) or "outcomes" in data:
            return data
        own = {name: value for name, value in data.items() if name not in Outcome.model_fields and name != "or"}
        wanted = {name: value for name, value in data.items() if name in Outcome.model_fields}
        others = data.get("or", [])
        return own | {"outcomes": [wanted, *(others if isinstance(others, list) else [others])]}


class Conversation(Frozen):
    """Several turns about the same film. `start` is the film at their beginning, `context` the files that were given.

    `held_out` conversations are for measuring only: who improves a reasoner does not look at them.
    """

    name: str = Field(alias="conversation", pattern=r"^[a-z0-9][a-z0-9-]{0,59}$")
    start: WantedFilm | None = None
    context: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    turns: tuple[Turn, ...] = Field(min_length=1)
    held_out: bool = False


def held_out(name: str) -> bool:
    """Whether a conversation of ours is held out: a third of all names are, by their hash."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % HELD_OUT_OF == HELD_OUT_OF - 1


def new_shots(outcome: Outcome) -> dict[str, dict[str, Any]]:
    """The fields each new shot is given, by its id; `sea|ocean` are alternatives."""
    return {str(edit["shot"]["id"]): dict(edit["shot"]) for edit in outcome.edits if edit.get("op") == "add_shot"}


def _figures(edit: dict[str, Any], bound: Bound) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in edit.items():
        if name in _FIGURES and isinstance(value, str) and (match := _RANGE.fullmatch(value)):
            low, high = float(match[1]), float(match[2])
            found[name] = {"low": low, "middle": round((low + high) / 2, 2), "high": high}[bound]
        elif name == "shot" and isinstance(value, dict):
            texts = {key: first(text) for key in ("action", "setting") if isinstance(text := value.get(key), str)}
            found[name] = value | texts
        else:
            found[name] = value
    return found
