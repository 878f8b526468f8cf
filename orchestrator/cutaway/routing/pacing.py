"""What is left over of a month's money, and what better quality it may buy.

A plan's money is a person's for a calendar month (UTC). Spent evenly, so much would still be needed:

    need  = budget x (what is to come of the month / its length)
    spare = left - pace x need, at least 0, shared by the shots that are ordered together

An even pace needs no forecast and errs on the side of keeping: pacing against a straight line is what advertisers do
with a day's budget (Agarwal et al., Budget pacing for targeted online advertisements at LinkedIn, 2014), and with a
price that follows the pace it is the dual descent of Balseiro & Gur (2019), which loses nothing where months are alike.
`pace` below 1 spends earlier. What a late wish then cannot have anything of is what it costs: see `bench/router.py`.

**What it buys.** Every model that can make the order is a point: what it is expected to cost until a clip is kept, and
q = P(win against Veo 3.1), what a second of it is worth. Models under the line between two others (the upper hull) are
a bad bargain at any price of money and are left out (Sinha & Zoltners 1979). From the router's own choice the hull is
climbed while the whole expected cost, all attempts included, is covered by what is spare. The rise of the last step is
the shadow price paid: USD per second and per point of q. It never takes money that the even pace will need, and hard
limits hold as ever.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from cutaway.routing.quality import UNKNOWN, wins


@dataclass(frozen=True, slots=True)
class Month:
    """A person's money of this calendar month (UTC), what is left of it, and how many shots are ordered together."""

    budget_usd: Decimal
    left_usd: Decimal
    shots: int = 1

    def __post_init__(self) -> None:
        if self.shots < 1:
            raise ValueError(f"a month is shared by at least 1 shot, not {self.shots}; leave shots out for one")


@dataclass(frozen=True, slots=True)
class Offer:
    """What one model asks for a kept clip: expected USD with all its attempts, and its rating (0: nobody rated it)."""

    usd: float
    elo: float

    @property
    def worth(self) -> float:
        """q, 0 to 1."""
        return wins(self.elo or UNKNOWN[0])


def spare_usd(month: Month, pace: float, now: datetime) -> Decimal:
    """What one order may cost without touching what `pace` of an even pace keeps for the rest of the month, in USD."""
    need = month.budget_usd * Decimal(str(pace)) * _to_come(now)
    return max(month.left_usd - need, Decimal(0)) / month.shots


def days_to_come(now: datetime) -> int:
    """Whole or begun days until the month ends, at least 1."""
    at = now.astimezone(UTC)
    return monthrange(at.year, at.month)[1] - at.day + 1


def better(offers: Sequence[Offer], spare: Decimal) -> int:
    """The place of the best offer on the hull that `spare` USD cover; 0, the router's own choice, when none is better.

    `offers` begin with the router's own choice. Of equal ones the first is taken.
    """
    hull = [0]
    for place in sorted(range(1, len(offers)), key=lambda one: (offers[one].usd, -offers[one].worth, one)):
        here, top = offers[place], offers[hull[-1]]
        if here.worth <= top.worth or here.usd <= offers[0].usd:
            continue
        while len(hull) > 1 and _rise(offers[hull[-1]], here) >= _rise(offers[hull[-2]], offers[hull[-1]]):
            hull.pop()
        hull.append(place)
    return next((place for place in reversed(hull) if offers[place].usd <= spare), 0)


def words(month: Month, now: datetime, chosen: Offer, instead_of: Offer, duration_s: float) -> str:
    """Why a dearer model is chosen, for the decision."""
    days = days_to_come(now)
    return (
        f"${month.left_usd:.2f} of ${month.budget_usd:.2f} is left with {days} {'day' if days == 1 else 'days'} to go, "
        f"more than the month's pace needs: better quality (a rating of {chosen.elo:g}) is worth "
        f"${(chosen.usd - instead_of.usd) / duration_s:.3f} a kept second more"
    )


def _to_come(now: datetime) -> Decimal:
    at = now.astimezone(UTC)
    days = monthrange(at.year, at.month)[1]
    begun = at - datetime(at.year, at.month, 1, tzinfo=UTC)
    return 1 - Decimal(str(begun / timedelta(days=days)))


def _rise(low: Offer, high: Offer) -> float:
    """Q gained per USD between two offers of rising cost; endless where the better costs no more."""
    return (high.worth - low.worth) / (high.usd - low.usd) if high.usd > low.usd else float("inf")
