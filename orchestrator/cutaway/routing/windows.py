"""Hours of the week in a time zone: when things are dearer, busier, or idle."""

from __future__ import annotations

import functools
import re
from datetime import date, datetime, time, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, field_validator

from cutaway.contract import Frozen

Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
DAYS: Final[tuple[Day, ...]] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_HOURS: Final = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])-([01][0-9]|2[0-4]):([0-5][0-9])")


class Window(Frozen):
    """A stretch of hours on some days, in a time zone: `17:00-22:00` on weekdays in `Europe/Berlin`.

    The end is not part of it; `22:00-06:00` goes over midnight and belongs to the day it begins on. Hours are local
    wall time, so a day on which clocks change has one more or one less.
    """

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9._-]*$")
    hours: str
    days: tuple[Day, ...] = DAYS
    timezone: str = "UTC"

    @field_validator("hours")
    @classmethod
    def _are_hours(cls, hours: str) -> str:
        found = _HOURS.fullmatch(hours)
        if not found or (found[3] == "24" and found[4] != "00"):
            raise ValueError(f"{hours!r} is no stretch of hours; write 17:00-22:00")
        if hours[:5] == hours[6:]:
            raise ValueError(f"{hours!r} is empty; write 00:00-24:00 for the whole day")
        return hours

    @field_validator("timezone")
    @classmethod
    def _is_zone(cls, name: str) -> str:
        try:
            _zone(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError(f"{name!r} is no time zone; write one like Europe/Berlin or UTC") from None
        return name

    def holds(self, now: datetime) -> bool:
        """True when the moment (aware) is inside."""
        local = now.astimezone(_zone(self.timezone))
        begin, end = _minutes(self.hours[:5]), _minutes(self.hours[6:])
        minute = local.hour * 60 + local.minute
        if begin < end:
            return begin <= minute < end and DAYS[local.weekday()] in self.days
        yesterday = DAYS[(local.weekday() - 1) % 7]
        return (minute >= begin and DAYS[local.weekday()] in self.days) or (minute < end and yesterday in self.days)

    def next_begin(self, now: datetime) -> datetime:
        """The first moment at or after `now` that is inside; `now` itself when it is."""
        if self.holds(now):
            return now
        zone = _zone(self.timezone)
        local = now.astimezone(zone)
        begin = time(int(self.hours[:2]), int(self.hours[3:5]))
        for ahead in range(9):
            day = (local + timedelta(days=ahead)).date()
            moment = datetime.combine(day, begin, tzinfo=zone)
            if moment >= now and DAYS[day.weekday()] in self.days:
                return moment.astimezone(now.tzinfo)
        raise AssertionError("a window has at least one day a week")

    def stretches(self, now: datetime, until: datetime) -> tuple[tuple[datetime, datetime], ...]:
        """Begin and end of every stretch that is open or begins between two moments (aware), in order.

        A stretch that is open at `now` begins then; one that is open at `until` is given whole.
        """
        zone = _zone(self.timezone)
        begins, ends = self.hours[:5], self.hours[6:]
        over_midnight = _minutes(begins) > _minutes(ends) or ends == "24:00"
        found = []
        day = now.astimezone(zone).date() - timedelta(days=1)
        while (begin := _at(day, begins, zone)) < until:
            end = _at(day + timedelta(days=1 if over_midnight else 0), "00:00" if ends == "24:00" else ends, zone)
            if DAYS[day.weekday()] in self.days and end > now:
                found.append((max(begin.astimezone(now.tzinfo), now), end.astimezone(now.tzinfo)))
            day += timedelta(days=1)
        return tuple(found)


def _at(day: date, text: str, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(int(text[:2]), int(text[3:])), tzinfo=zone)


def _minutes(text: str) -> int:
    return int(text[:2]) * 60 + int(text[3:5])


@functools.lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)
