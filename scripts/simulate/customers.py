"""The people who call: how many, when, why, and whether they call again."""

from dataclasses import dataclass
from datetime import timedelta
from random import Random

from simpy import Environment

from scripts.simulate.calls import CallDesk, Intent
from scripts.simulate.chance import exponential_seconds, happens, pick
from scripts.simulate.clock import at_local, local
from scripts.simulate.config import FIRST_DAY, LAST_DAY, NEW_YORK, SHARED_LINES, Config
from scripts.simulate.ledger import Contact
from scripts.simulate.model import FRI, SAT, SUN, Market, PriceChange, Reason, Surge

# 555-0100 to 555-0199 are reserved for fiction in every North American area code.
AREA_CODES = (
    201, 202, 203, 212, 215, 240, 267, 301, 315, 332, 347, 401, 410, 412, 475, 484,
    508, 516, 518, 551, 585, 603, 607, 609, 617, 631, 646, 716, 718, 732, 774, 802,
)  # fmt: skip

TEST_NUMBER = "+1-914-555-0100"


@dataclass(frozen=True)
class Customer:
    customer_id: str
    number: str
    always_withholds: bool


def numbers_of(market: Market) -> list[str]:
    if market.name == "us":
        numbers = [f"+1-{AREA_CODES[i // 100]}-555-{100 + i % 100:04d}" for i in range(market.customers)]
    else:
        # 020 91x xxxx is reserved for fiction in Ireland.
        numbers = [f"+353-20-91{i // 1000}-{1000 + (7 * i) % 9000:04d}" for i in range(market.customers)]
    for first, *others in SHARED_LINES[market.name]:
        for position in others:
            numbers[position - 1] = numbers[first - 1]
    return numbers


def customer_id_of(market: Market, position: int) -> str:
    return f"{market.name}-{position:04d}"


class Customers:
    def __init__(
        self,
        env: Environment,
        config: Config,
        desk: CallDesk,
        arrivals_rng: Random,
        habits_rng: Random,
        app_rng: Random,
        price_rng: Random,
    ):
        self._env = env
        self._config = config
        self._habits = config.callers
        self._desk = desk
        self._arrivals = arrivals_rng
        self._rng = habits_rng
        self._app_rng = app_rng
        self._price_rng = price_rng
        self._people = {
            market.name: [
                Customer(
                    customer_id_of(market, position),
                    number,
                    happens(habits_rng, self._habits.always_withholds_share),
                )
                for position, number in enumerate(numbers_of(market), start=1)
            ]
            for market in config.markets
        }

    def start(self) -> None:
        for market in self._config.markets:
            self._env.process(self._arrive(market))
        for surge in self._config.surges:
            self._env.process(self._surge(surge))
        for change in self._config.price_changes:
            self._env.process(self._ask_about(change))
        self._env.process(self._test_calls())

    # First calls

    def _arrive(self, market: Market):
        """A Poisson process whose rate follows the market's local hour and weekday, by thinning."""
        peak = market.most_calls_per_second
        while True:
            yield self._env.timeout(exponential_seconds(self._arrivals, 1 / peak))
            if self._env.now >= self._config.ends_at:
                return
            if happens(self._arrivals, market.calls_per_second(self._env.now) / peak):
                customer = self._arrivals.choice(self._people[market.name])
                reason = self._choose_reason()
                if reason is not None:
                    is_direct = happens(self._arrivals, self._habits.direct_call_share)
                    self._env.process(self._call(customer, market, reason, is_direct=is_direct))

    def _choose_reason(self) -> Reason | None:
        """None when the customer knows that nobody would answer now."""
        reason = pick(self._arrivals, {reason: reason.weight for reason in self._config.reasons})
        is_open = self._config.queue(reason.queue_id).is_open(self._env.now)
        return None if not is_open and happens(self._arrivals, self._habits.knows_hours_probability) else reason

    def _surge(self, surge: Surge):
        market = self._config.markets[0]
        for _ in range(surge.calls):
            starts_at = surge.starts_at + self._arrivals.randint(0, surge.lasts_seconds)
            customer = self._arrivals.choice(self._people[market.name])
            self._env.process(
                self._call(
                    customer,
                    market,
                    self._config.reason(surge.contact_reason),
                    delay=starts_at - self._env.now,
                    cause=surge.event_id,
                )
            )
        yield self._env.timeout(0)

    def _ask_about(self, change: PriceChange):
        market = self._config.markets[0]
        starts = []
        while len(starts) < change.calls:
            at = change.starts_at + self._price_rng.randrange(change.lasts_seconds)
            if happens(self._price_rng, market.calls_per_second(at) / market.most_calls_per_second):
                starts.append(at)
        for at in sorted(starts):
            yield self._env.timeout(at - self._env.now)
            customer = self._price_rng.choice(self._people[market.name])
            reason = self._config.reason(change.contact_reason)
            self._env.process(self._call(customer, market, reason, cause=change.event_id))

    def _test_calls(self):
        """The telephone engineer checks the main line in office hours, spread evenly over the weeks."""
        days = (LAST_DAY - FIRST_DAY).days
        for number in range(self._habits.test_calls):
            day = FIRST_DAY + timedelta(days=number * days // self._habits.test_calls)
            day -= timedelta(days=max(0, day.weekday() - FRI))
            starts_at = at_local(day, f"{9 + number % 6:02d}:{7 * number % 60:02d}", NEW_YORK)
            yield self._env.timeout(starts_at - self._env.now)
            intent = Intent(TEST_NUMBER, self._config.reason("technical_fault"), is_test=True)
            self._env.process(self._desk.take(intent))

    # One call and what follows from it

    def _call(
        self,
        customer: Customer,
        market: Market,
        reason: Reason,
        delay: int = 0,
        attempt: int = 0,
        is_direct: bool = False,
        cause: str = "",
    ):
        yield self._env.timeout(delay)
        if self._env.now >= self._config.ends_at:
            return
        withheld = customer.always_withholds or happens(self._rng, self._habits.withholds_probability)
        intent = Intent(
            "" if withheld else customer.number, reason, is_direct, customer_id=customer.customer_id,
            channel="app_voice" if happens(self._app_rng, self._habits.calls_from_app_share) else "phone",
        )  # fmt: skip
        contact = yield self._env.process(self._desk.take(intent))
        contact.cause = cause
        if self._redials(contact, attempt):
            delay = self._rng.randint(*self._habits.redial_seconds)
            self._env.process(self._call(customer, market, reason, delay, attempt + 1, cause=cause))
        elif self._calls_again(contact):
            delay = self._repeat_delay(market, reason)
            self._env.process(self._call(customer, market, reason, delay, cause=cause))

    def _redials(self, contact: Contact, attempt: int) -> bool:
        if attempt >= self._habits.most_redials:
            return False
        if contact.is_blocked:
            return happens(self._rng, self._habits.redials_after_blocked)
        if contact.visits and contact.visits[-1].exit_reason == "abandoned":
            return happens(self._rng, self._habits.redials_after_abandoning)
        hung_up = contact.session is not None and contact.session.outcome == "hung_up"
        return hung_up and happens(self._rng, self._habits.redials_after_hanging_up)

    def _calls_again(self, contact: Contact) -> bool:
        if contact.is_blocked:
            return False
        if contact.is_contained:
            return happens(self._rng, self._habits.calls_again_when_contained)
        if not contact.reached_agent:
            return happens(self._rng, self._habits.calls_again_when_turned_away)
        customer_legs = [leg for leg in contact.legs if leg.leg_type == "customer"]
        is_solved = customer_legs[-1].disposition not in ("NOT_RESOLVED", "FOLLOW_UP")
        return happens(
            self._rng, self._habits.calls_again_when_solved if is_solved else self._habits.calls_again_when_unsolved
        )

    def _repeat_delay(self, market: Market, reason: Reason) -> int:
        """Seconds until the customer calls again: at the hours and on the days of first calls, when it is open."""
        queue = self._config.queue(reason.queue_id)
        while True:
            delay = exponential_seconds(self._rng, self._habits.calls_again_mean_seconds, least=1200)
            at = self._env.now + delay
            willingness = market.calls_per_second(at) / market.most_calls_per_second
            if local(at, market.time_zone).weekday() in (SAT, SUN):
                willingness *= self._habits.calls_again_at_weekend
            if happens(self._rng, willingness) and delay <= self._habits.calls_again_most_seconds and queue.is_open(at):
                return delay
