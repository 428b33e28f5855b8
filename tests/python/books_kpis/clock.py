"""Seconds in service hours, looked up day by day."""

from datetime import timedelta
from functools import cached_property

from scripts.simulate.clock import at_local
from scripts.simulate.config import FIRST_DAY, LAST_DAY
from scripts.simulate.model import Calendar


class BusinessHours:
    def __init__(self, calendar: Calendar):
        self._calendar = calendar

    @cached_property
    def _spans(self) -> list[tuple[int, int]]:
        zone = self._calendar.time_zone
        days = [FIRST_DAY + timedelta(days=number) for number in range(-7, (LAST_DAY - FIRST_DAY).days + 8)]
        return [
            (at_local(day, hours.opens_at, zone), at_local(day, hours.closes_at, zone))
            for day in days
            if (hours := self._calendar.hours_on(day))
        ]

    def between(self, since: int, until: int) -> int:
        return sum(max(0, min(until, closes) - max(since, opens)) for opens, closes in self._spans)
