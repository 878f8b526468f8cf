"""Orders of one shape decided once, where many films of one storyboard are priced together.

The films differ in their words only, and of words a decision looks at nothing but how many there are: some models take
no more than so many, some charge by them. Each shot is decided as its longest words in any of the films need it, so one
decision holds for that shot in all of them: the same model makes it everywhere, no film costs more than it says, and
what is kept does not grow with the number of films.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from cutaway.conversation.deciding import Need
from cutaway.routing import Conditions, RoutingDecision
from cutaway.routing.downgrade import Routed
from cutaway.routing.recorded import Facts
from cutaway.storyboard.brief import brief
from cutaway.storyboard.model import Storyboard


@dataclass(frozen=True, slots=True)
class _Shape:
    """What a decision depends on, the moment and the policy aside."""

    shot_id: str
    facts: Facts
    may_leave: str
    made_by: str


class Shapes:
    """What was decided so far for a batch of films at one moment."""

    def __init__(self, films: Iterable[Storyboard]) -> None:
        """Films of one storyboard: equal but for their words."""
        self._longest: dict[str, int] = {}
        for film in films:
            for shot in film.shots:
                chars = len(brief(film, shot).prompt)
                self._longest[shot.id] = max(chars, self._longest.get(shot.id, 0))
        self._alone: dict[_Shape, Routed] = {}
        self._together: dict[tuple[object, ...], dict[str, RoutingDecision]] = {}

    def alone(self, need: Need, conditions: Conditions, decide: Callable[[Need], Routed]) -> Routed:
        """The decision for one shot, made by `decide` for the longest words the first time."""
        widest = self._widest(need)
        shape = _Shape(need.shot_id, Facts.of(widest.request), need.may_leave, conditions.made_by)
        found = self._alone.get(shape)
        if found is None:
            found = self._alone[shape] = decide(widest)
        return found

    def together(
        self,
        needs: Sequence[Need],
        found: Sequence[Routed],
        look: str,
        decide: Callable[[Sequence[Need]], dict[str, RoutingDecision]],
    ) -> dict[str, RoutingDecision]:
        """The decisions of all shots of a film, made by `decide` the first time these shots are asked for."""
        # What was decided for a shape is one object, so its identity stands for it as long as this lives.
        asked = (look, *((need.shot_id, need.may_leave, id(one)) for need, one in zip(needs, found, strict=True)))
        known = self._together.get(asked)
        if known is None:
            known = self._together[asked] = decide([self._widest(need) for need in needs])
        return known

    def _widest(self, need: Need) -> Need:
        """The same order with as many letters as the longest one of its shot."""
        words = need.request.brief
        longest = max(self._longest.get(need.shot_id, 0), len(words.prompt))
        wide = words.model_copy(update={"prompt": words.prompt.ljust(longest, "x")})
        return replace(need, request=need.request.model_copy(update={"brief": wide}))
