"""Daily totals of the system before this one: 53 weeks in line with the simulated ones, with season and growth."""

from collections import defaultdict
from dataclasses import asdict
from datetime import date, timedelta
from random import Random

from scripts.simulate.books import Books
from scripts.simulate.clock import local
from scripts.simulate.config import FIRST_DAY, LAST_DAY, NEW_YORK, Config
from scripts.simulate.money.entries import DailyTotal
from scripts.simulate.money.events import FORMER_EVENTS

FIRST_DATE = FIRST_DAY - timedelta(weeks=53)
GROWTH = 0.06  # from the first date to the simulated weeks
SATURDAY = 5
# Channel of each queue. Queues of other channels have their totals as soon as the books hold their visits.
QUEUE_CHANNELS = {
    "billing": "phone",
    "technical_support": "phone",
    "sales": "phone",
    "account_changes": "phone",
}
# Season by month; the events of the time come on top.
SEASON = {1: 1.06, 2: 1.0, 3: 0.99, 4: 0.98, 5: 0.97, 6: 0.95, 7: 0.95, 8: 0.95, 9: 0.99, 10: 1.0, 11: 1.02, 12: 1.05}
HOLIDAYS = {
    date(2025, 11, 27): 0.35, date(2025, 11, 28): 0.75, date(2025, 12, 25): 0.20, date(2025, 12, 26): 0.65,
    date(2026, 1, 1): 0.30, date(2026, 5, 25): 0.45, date(2026, 7, 3): 0.60, date(2026, 9, 7): 0.45,
}  # fmt: skip


def keep_daily_totals(config: Config, books: Books, rng: Random) -> list[DailyTotal]:
    usual, handled, handle_seconds = _usual_days(books)
    totals = []
    days = (FIRST_DAY - FIRST_DATE).days
    for number in range(days):
        day = FIRST_DATE + timedelta(days=number)
        for queue_id, channel in QUEUE_CHANNELS.items():
            like = usual[queue_id, _kind_of(day.weekday())]
            mean = usual[queue_id, day.weekday()]["offered"]
            if mean < 1:
                continue
            pressure = SEASON[day.month] * HOLIDAYS.get(day, 1) * _events_factor(day, queue_id)
            mean *= pressure * (1 - GROWTH + GROWTH * number / days)
            offered = max(1, round(rng.gauss(mean, mean**0.5)))
            handle = handle_seconds[queue_id] / handled[queue_id]
            totals.append(_total(day, queue_id, channel, offered, like, max(pressure, 0.6), handle, rng))
    return totals


def _usual_days(books: Books):
    """Means per weekday, and sums over working days and weekends, of the simulated weeks."""
    usual: dict[tuple, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    weeks = (LAST_DAY - FIRST_DAY).days / 7
    for interval in books.queue_intervals():
        weekday = local(interval.interval_start_at, NEW_YORK).weekday()
        for name, value in asdict(interval).items():
            if isinstance(value, int) and name != "interval_start_at":
                usual[interval.queue_id, weekday][name] += value / weeks
                usual[interval.queue_id, _kind_of(weekday)][name] += value
    handled: dict[str, int] = defaultdict(int)
    handle_seconds: dict[str, int] = defaultdict(int)
    for contact in books.contacts:
        queue_of_segment = {visit.segment_number: visit.queue_id for visit in contact.visits}
        for leg in contact.legs:
            queue_id = queue_of_segment.get(leg.segment_number)
            if queue_id and not contact.is_excluded:
                handled[queue_id] += 1
                handle_seconds[queue_id] += leg.ended_at - leg.connected_at + leg.after_contact_work_seconds
    return usual, handled, handle_seconds


def _kind_of(weekday: int) -> str:
    return "weekend" if weekday >= SATURDAY else "working day"


def _events_factor(day: date, queue_id: str) -> float:
    factor = 1.0
    for event in FORMER_EVENTS:
        if event.first_day <= day <= event.last_day and event.queue_id in ("", queue_id):
            factor *= event.factor
    return factor


def _total(day, queue_id, channel, offered, like, pressure, handle, rng) -> DailyTotal:
    """The more people call, the more of them wait long and give up."""

    def part(name: str, of: int, base: str = "offered", grows: float = 0.0) -> int:
        share = min(1.0, like[name] / max(1, like[base]) * pressure**grows)
        return sum(rng.random() < share for _ in range(of))

    left = offered
    counts = {}
    for name, grows in (("abandoned", 1.6), ("short_abandoned", 0.0), ("redirected", 0.5), ("missed", 0.8)):
        counts[name] = min(left, part(name, offered, grows=grows))
        left -= counts[name]
    counts["answered"] = left
    flowed_out = counts["redirected"] + counts["missed"]

    def seconds(name: str, count: int, of: float, grows: float) -> int:
        return round(count * like[name] / max(1, of) * pressure**grows * rng.uniform(0.8, 1.25))

    handled = left + sum(rng.random() < 0.03 for _ in range(left))
    return DailyTotal(
        day,
        queue_id,
        channel,
        offered,
        answered_in_threshold=part("answered_in_threshold", left, "answered", -0.6),
        abandoned_in_threshold=part("abandoned_in_threshold", counts["abandoned"], "abandoned"),
        answered_wait_seconds=seconds("answered_wait_seconds", left, like["answered"], 1.5),
        abandoned_wait_seconds=seconds("abandoned_wait_seconds", counts["abandoned"], like["abandoned"], 0.5),
        short_abandoned_wait_seconds=min(4, max(1, round(rng.gauss(2.4, 0.5)))) * counts["short_abandoned"],
        flowed_out_wait_seconds=seconds(
            "flowed_out_wait_seconds", flowed_out, like["redirected"] + like["missed"], 0.3
        ),
        handled=handled,
        handle_seconds=round(handled * handle * rng.uniform(0.93, 1.07)),
        **counts,
    )
