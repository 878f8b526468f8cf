"""What can be said of a model and an order whatever the moment: whether it fits, what it costs, how often it is kept.

A judgement depends on the order's shape, the preferences and the day only, so `Catalog` keeps it; the moment is left to
`router.py`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final, overload

from cutaway.contract import RESOLUTIONS_PX, GenerationRequest, ModelProfile, Stage
from cutaway.routing.arithmetic import sum_of
from cutaway.routing.catalog import Candidate, catalog_date
from cutaway.routing.fit import Fitted, fit
from cutaway.routing.policy import Preferences, RoutingPolicy
from cutaway.routing.quality import prior_attempts

KEPT_SHAPES: Final = 512
UNPRICED: Final = "has no dated price; unpriced models are never used"


@dataclass(frozen=True, slots=True)
class Able:
    """A model that can make the order, with everything about it that does not depend on the moment.

    `most_usd` is the most the order can cost and `expected_usd` what it usually does; `prior` the expected attempts per
    kept clip; `place` where the policy's lists put it (order, prefer, the rest); `outlines`: it makes animatics only.
    """

    candidate: Candidate
    fitted: Fitted
    most_usd: Decimal
    expected_usd: float
    arithmetic: str
    prior: float
    elo: float
    place: tuple[int, int]
    outlines: bool
    max_prompt_chars: int


@dataclass(slots=True)
class Out:
    """A model that is ruled out, why, and the price arithmetic where it got that far."""

    candidate: Candidate
    reason: str
    arithmetic: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """Every candidate, able or out. `outlines`: some of the able make animatics only."""

    able: tuple[Able, ...]
    out: tuple[Out, ...]
    outlines: bool = False


class Catalog(Sequence[Candidate]):
    """The candidates, with what was judged of them so far. Make a new one when they change."""

    __slots__ = ("_candidates", "_counts_chars", "_kept", "_retirements", "_trials", "newest_price")

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        self._candidates = tuple(candidates)
        self._kept: OrderedDict[tuple[Any, ...], tuple[RoutingPolicy, Judged]] = OrderedDict()
        self.newest_price = catalog_date(self._candidates)
        # Where words are billed, their number is part of the shape of an order for that kind of thing.
        self._counts_chars = {
            one.profile.modality
            for one in self._candidates
            if one.profile.price and any(rate.usd_per_prompt_char for rate in one.profile.price.rates)
        }
        self._retirements = sorted({one.profile.retires_on for one in self._candidates if one.profile.retires_on})
        self._trials: Catalog | None = None

    def __len__(self) -> int:
        return len(self._candidates)

    @overload
    def __getitem__(self, index: int) -> Candidate: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Candidate, ...]: ...
    def __getitem__(self, index: int | slice) -> Candidate | tuple[Candidate, ...]:
        return self._candidates[index]

    def __iter__(self) -> Iterator[Candidate]:
        return iter(self._candidates)

    @property
    def trials(self) -> Catalog:
        """The same candidates for orders that are only tried, so that those push no real one out of what is kept."""
        if self._trials is None:
            self._trials = Catalog(self._candidates)
        return self._trials

    def judged(
        self, request: GenerationRequest, preferences: Preferences, policy: RoutingPolicy, rules: object, today: date
    ) -> Judged:
        """Every candidate's judgement under a policy whose fitting `rules` give these preferences."""
        # One day is like another but for who has retired, and how old prices are where the policy minds.
        day = today if preferences.require.price_newer_than_days else bisect_right(self._retirements, today)
        shape = (id(policy), rules, day, *self._shape(request))
        found = self._kept.get(shape)
        if found is None:
            # The policy is kept beside what it led to, so no other can get its id while the entry is there.
            found = (policy, judge_all(self._candidates, request, preferences, today))
            self._kept[shape] = found
            if len(self._kept) > KEPT_SHAPES:
                self._kept.popitem(last=False)
        return found[1]

    def _shape(self, request: GenerationRequest) -> tuple[Any, ...]:
        size = request.size
        return (
            request.operation,
            request.modality,
            request.stage,
            request.duration_s,
            size.width_px,
            size.height_px,
            request.audio,
            bool(request.voice),
            tuple((one.role, one.media_type, one.duration_s) for one in request.inputs),
            len(request.brief.prompt) if request.modality in self._counts_chars else 0,
        )


def judge_all(
    candidates: Sequence[Candidate], request: GenerationRequest, preferences: Preferences, today: date
) -> Judged:
    """Judge every candidate anew."""
    able: list[Able] = []
    out: list[Out] = []
    for candidate in candidates:
        found = judge(candidate, request, preferences, today)
        if isinstance(found, Able):
            able.append(found)
        else:
            out.append(found)
    return Judged(tuple(able), tuple(out), any(one.outlines for one in able))


def judge(candidate: Candidate, request: GenerationRequest, preferences: Preferences, today: date) -> Able | Out:
    """What one model would make of the order, or the first reason why it may not."""
    profile = candidate.profile
    reason = (
        ruled_out(candidate, preferences)
        or _retired(profile, today)
        or unfit(profile, request)
        or _terms(candidate, preferences, today)
        or _below(profile, request, preferences)
    )
    if reason:
        return Out(candidate, reason)
    fitted = fit(profile, request)
    if isinstance(fitted, str):
        return Out(candidate, fitted)
    if profile.price is None:
        return Out(candidate, UNPRICED)
    most = profile.price.upper_bound_usd(fitted.request)
    if most is None:
        return Out(candidate, "its price list does not cover this order, so it counts as unpriced")
    expected = profile.price.expected_usd(fitted.request)
    assert expected is not None
    return Able(
        candidate=candidate,
        fitted=fitted,
        most_usd=most,
        expected_usd=float(expected),
        arithmetic=sum_of(profile.price, fitted.request, most),
        prior=prior_attempts(profile.quality, request.operation),
        elo=profile.quality.elo if profile.quality else 0.0,
        place=(_place(candidate, preferences.order), _place(candidate, preferences.prefer)),
        outlines=request.stage not in profile.stages,
        max_prompt_chars=profile.max_prompt_chars,
    )


def named(candidate: Candidate, names: Sequence[str]) -> bool:
    """True when one of the names is this model or all of its provider (`fal:*`)."""
    return candidate.id in names or f"{candidate.provider}:*" in names


def unfit(profile: ModelProfile, request: GenerationRequest) -> str:
    """Why a model's abilities rule the order out, '' when they do not. Lengths and sizes are `fit`'s to judge."""
    if profile.modality != request.modality:
        return f"makes {profile.modality}, not {request.modality}"
    if request.operation not in profile.operations:
        return f"cannot {request.operation} (it can {', '.join(profile.operations)})"
    # Words without a voice describe a picture, and would be read aloud.
    if profile.speaks_script and not request.voice:
        return "speaks a script with an avatar; makes no scenes"
    roles = [one.role for one in request.inputs]
    for role in roles:
        if role not in profile.input_roles:
            return f"takes no {role} input"
        most = profile.max_inputs.get(role, 1)
        if profile.max_inputs and roles.count(role) > most:
            return f"takes at most {most} {role} inputs, not {roles.count(role)}"
    for role in profile.required_roles:
        if role not in roles:
            return f"needs a {role} input"
    if profile.max_source_s is not None:
        longest = max((video.duration_s or 0 for video in request.videos), default=0)
        if longest > profile.max_source_s:
            return f"takes a video of at most {profile.max_source_s:g} s, not {longest:g} s"
    if request.audio and profile.audio == "never":
        return "makes no audio"
    # An outline may stand in for what nobody can make, and says so; a draft or a still sold as a final would not.
    if request.stage not in profile.stages and "animatic" not in profile.stages:
        return f"its clips are for {', '.join(_said(one) for one in profile.stages)}, not for {_said(request.stage)}"
    return ""


def _said(stage: Stage) -> str:
    """A rung as people read it; what data calls an animatic is an outline to them."""
    return "an outline" if stage == "animatic" else stage


def ruled_out(candidate: Candidate, preferences: Preferences) -> str:
    """Why the policy's lists rule a model out, '' when they do not."""
    if preferences.only and not named(candidate, preferences.only):
        return f"the policy allows only {', '.join(preferences.only)}"
    if preferences.ignore and named(candidate, preferences.ignore):
        return "the policy ignores it"
    return ""


def _retired(profile: ModelProfile, today: date) -> str:
    if profile.retires_on is None or profile.retires_on > today:
        return ""
    instead = f"; its vendor names {profile.replacement} instead" if profile.replacement else ""
    return f"retired on {profile.retires_on}{instead}"


def _terms(candidate: Candidate, preferences: Preferences, today: date) -> str:
    require, profile = preferences.require, candidate.profile
    terms = profile.terms
    if require.own and not candidate.own:
        return "is somebody else's machine; the policy keeps the work in the house"
    if require.regions:
        wanted = " or ".join(require.regions)
        excluded = set(require.regions) & set(terms.excluded_territories) if terms else set()
        if excluded:
            return f"its terms exclude {', '.join(sorted(excluded))}"
        if not candidate.own and not set(require.regions) & set(profile.regions):
            offered = ", ".join(profile.regions) or "nobody established where"
            return f"is not known to be offered in {wanted} (known: {offered})"
    if require.licences and (profile.licence or (terms.licence if terms else "")) not in require.licences:
        return f"its licence is {profile.licence or 'unknown'}; the policy wants {' or '.join(require.licences)}"
    if require.weights and (terms is None or terms.weights != require.weights):
        return (
            f"its weights are {terms.weights if terms else 'of unknown terms'}; the policy wants {require.weights} ones"
        )
    if require.commercial and not candidate.local and (terms is None or terms.commercial is not True):
        return "commercial use is not known to be allowed"
    if require.indemnity and not candidate.local and (terms is None or not terms.indemnity):
        return "no indemnity is established"
    days = require.price_newer_than_days
    if days is not None and profile.price is not None and (today - profile.price.as_of).days > days:
        return f"its price is of {profile.price.as_of}, older than {days} days"
    return ""


def _below(profile: ModelProfile, request: GenerationRequest, preferences: Preferences) -> str:
    floors = preferences.floors
    # Floors are about what is shown at the end: outlines, stills and drafts are steps on the way.
    if request.stage != "final" or request.stage not in profile.stages:
        return ""
    if floors.elo is not None:
        if profile.quality is None:
            return f"has no published quality; the policy wants an Elo of {floors.elo:g}"
        if profile.quality.elo < floors.elo:
            return f"has an Elo of {profile.quality.elo:g}, under the floor of {floors.elo:g}"
    least = floors.resolution
    if least is not None and min(request.size.width_px, request.size.height_px) < RESOLUTIONS_PX[least]:
        return f"the order of {request.size} is under the floor of {least}"
    return ""


def _place(candidate: Candidate, names: Sequence[str]) -> int:
    for place, name in enumerate(names):
        if name in {candidate.id, f"{candidate.provider}:*"}:
            return place
    return len(names)


def reasons(judged: Judged) -> Mapping[str, str]:
    """Why each model is out, by its id."""
    return {out.candidate.id: out.reason for out in judged.out}
