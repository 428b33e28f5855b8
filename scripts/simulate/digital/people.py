"""Who writes and when: customers of the same markets as the callers, at hours of their own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random

from scripts.simulate.clock import at_local
from scripts.simulate.config import FIRST_DAY, LAST_DAY, Config
from scripts.simulate.customers import numbers_of
from scripts.simulate.model import Market, Reason


@dataclass(frozen=True)
class Person:
    """`customer_id` is the same as that of the same person on the telephone."""

    customer_id: str
    number: str
    market: str

    @property
    def email(self) -> str:
        return f"{self.customer_id}@example.com"

    @property
    def handle(self) -> str:
        return f"@{self.customer_id.replace('-', '_')}"


class People:
    def __init__(self, config: Config, rng: Random):
        self._rng = rng
        self._reasons = {reason: reason.weight for reason in config.reasons}
        self._numbers = {market.name: numbers_of(market) for market in config.markets}
        self._markets = {market.name: market for market in config.markets}

    def market(self, name: str) -> Market:
        return self._markets[name]

    def somebody(self, market: str | None = None) -> Person:
        market = market or ("us" if self._rng.random() < 0.78 else "ireland")
        position = self._rng.randrange(len(self._numbers[market]))
        return Person(f"{market}-{position + 1:04d}", self._numbers[market][position], market)

    def reason(self) -> Reason:
        return self._rng.choices(list(self._reasons), weights=list(self._reasons.values()))[0]

    def moments(self, number: int, zone: str, hours: Sequence[float], days: Sequence[float]) -> list[int]:
        """So many instants inside the five weeks, by the weights of the local hours and weekdays."""
        dates = [FIRST_DAY + timedelta(days=n) for n in range((LAST_DAY - FIRST_DAY).days + 1)]
        chosen = self._rng.choices(dates, weights=[days[day.weekday()] for day in dates], k=number)
        return sorted(
            at_local(day, f"{hour:02d}:{self._rng.randrange(60):02d}", zone) + self._rng.randrange(60)
            for day, hour in zip(chosen, self._rng.choices(range(24), weights=hours, k=number), strict=True)
        )
