"""Daily totals of the system before this one: 53 weeks in line with the simulated ones, with season and growth."""

from collections import defaultdict
from datetime import date, timedelta
from math import exp
from random import Random

from scripts.simulate.books import Books, QueueInterval
from scripts.simulate.clock import local
from scripts.simulate.config import FIRST_DAY, LAST_DAY, NEW_YORK, VOICE_CHANNELS
from scripts.simulate.ledger import Contact, Leg
from scripts.simulate.money.entries import DailyTotal
from scripts.simulate.money.events import FORMER_EVENTS

FIRST_DATE = FIRST_DAY - timedelta(weeks=53)
# With its release 5.0 the app got a call button; until then its users called by telephone.
APP_CALLS_SINCE = date(2026, 3, 17)
# The desks of those who write had no statistics before.
DIGITAL_SINCE = date(2026, 6, 1)
GROWTH = 0.06  # from the first date to the simulated weeks
SATURDAY = 5
# Season by month; the events of the time come on top.
SEASON = {1: 1.06, 2: 1.0, 3: 0.99, 4: 0.98, 5: 0.97, 6: 0.95, 7: 0.95, 8: 0.95, 9: 0.99, 10: 1.0, 11: 1.02, 12: 1.05}
HOLIDAYS = {
    date(2025, 11, 27): 0.35, date(2025, 11, 28): 0.75, date(2025, 12, 25): 0.20, date(2025, 12, 26): 0.65,
    date(2026, 1, 1): 0.30, date(2026, 5, 25): 0.45, date(2026, 7, 3): 0.60, date(2026, 9, 7): 0.45,
}  # fmt: skip


def keep_daily_totals(books: Books, rng: Random) -> list[DailyTotal]:
    usual = _usual_days(books)
    work = _work(books)
    weeks = (LAST_DAY - FIRST_DAY).days / 7
    totals = []
    days = (FIRST_DAY - FIRST_DATE).days
    for number in range(days):
        day = FIRST_DATE + timedelta(days=number)
        for queue_id, channel in work:
            if day < _counted_since(channel):
                continue
            mean = usual[queue_id, channel, day.weekday()].offered / weeks
            if channel == "phone" and day < APP_CALLS_SINCE:
                mean += usual[queue_id, "app_voice", day.weekday()].offered / weeks
            pressure = SEASON[day.month] * HOLIDAYS.get(day, 1) * _events_factor(day, queue_id)
            offered = _contacts(mean * pressure * (1 - GROWTH + GROWTH * number / days), rng)
            if offered:
                like = usual[queue_id, channel, _kind_of(day.weekday())]
                totals.append(
                    _total(day, queue_id, channel, offered, like, max(pressure, 0.6), work[queue_id, channel], rng)
                )
    return totals


def _counted_since(channel: str) -> date:
    if channel == "app_voice":
        return APP_CALLS_SINCE
    return FIRST_DATE if channel in VOICE_CHANNELS else DIGITAL_SINCE


def _usual_days(books: Books) -> dict[tuple, QueueInterval]:
    """The simulated weeks per queue and channel, by weekday and by kind of day."""
    usual: dict[tuple, QueueInterval] = defaultdict(lambda: QueueInterval("", 0))
    for contact in books.contacts:
        for visit in () if contact.is_excluded else contact.visits:
            if visit.visit_type == "callback":
                continue
            weekday = local(visit.offered_at, NEW_YORK).weekday()
            for days in (weekday, _kind_of(weekday)):
                usual[visit.queue_id, contact.channel, days].add(visit, contact.channel)
    return usual


def _work(books: Books) -> dict[tuple[str, str], tuple[float, float]]:
    """Per queue and channel how often an answered visit is worked on, and the mean seconds of such work."""
    answered: dict[tuple, int] = defaultdict(int)
    handled: dict[tuple, int] = defaultdict(int)
    seconds: dict[tuple, int] = defaultdict(int)
    for contact in books.contacts:
        if contact.is_excluded:
            continue
        for visit in contact.visits:
            answered[visit.queue_id, contact.channel] += visit.answered_at is not None
        for leg in contact.legs:
            queue_id = _queue_of(leg, contact)
            if queue_id:
                handled[queue_id, contact.channel] += 1
                seconds[queue_id, contact.channel] += leg.ended_at - leg.connected_at
                seconds[queue_id, contact.channel] += leg.after_contact_work_seconds or 0
    return {
        key: (handled[key] / visits, seconds[key] / handled[key])
        for key, visits in sorted(answered.items())
        if visits and handled[key]
    }


def _queue_of(leg: Leg, contact: Contact) -> str | None:
    """A call is in its queue's segment; a thread stays in the queue it came to last, however often it is worked on."""
    if contact.channel in VOICE_CHANNELS:
        visits = [visit for visit in contact.visits if visit.segment_number == leg.segment_number]
    else:
        visits = [visit for visit in contact.visits if visit.segment_number <= leg.segment_number]
    return visits[-1].queue_id if visits else None


def _contacts(mean: float, rng: Random) -> int:
    """Drawn from a Poisson distribution; a normal one is near enough where many come."""
    if mean > 30:
        return round(rng.gauss(mean, mean**0.5))
    number, product, limit = 0, rng.random(), exp(-mean)
    while product > limit:
        number += 1
        product *= rng.random()
    return number


def _kind_of(weekday: int) -> str:
    return "weekend" if weekday >= SATURDAY else "working day"


def _events_factor(day: date, queue_id: str) -> float:
    factor = 1.0
    for event in FORMER_EVENTS:
        if event.first_day <= day <= event.last_day and event.queue_id in ("", queue_id):
            factor *= event.factor
    return factor


def _total(day, queue_id, channel, offered, like, pressure, work, rng) -> DailyTotal:
    """The more people call, the more of them wait long and give up."""

    def part(name: str, of: int, base: str = "offered", grows: float = 0.0) -> int:
        share = min(1.0, getattr(like, name) / max(1, getattr(like, base)) * pressure**grows)
        return sum(rng.random() < share for _ in range(of))

    left = offered
    counts = {}
    for name, grows in (("abandoned", 1.6), ("short_abandoned", 0.0), ("redirected", 0.5), ("missed", 0.8)):
        counts[name] = min(left, part(name, offered, grows=grows))
        left -= counts[name]
    counts["answered"] = left
    flowed_out = counts["redirected"] + counts["missed"]

    def seconds(name: str, count: int, of: float, grows: float) -> int:
        return round(count * getattr(like, name) / max(1, of) * pressure**grows * rng.uniform(0.8, 1.25))

    times_handled, mean_handle_seconds = work
    handled = int(left * times_handled + rng.random())
    return DailyTotal(
        day,
        queue_id,
        channel,
        offered,
        answered_in_threshold=part("answered_in_threshold", left, "answered", -0.6),
        abandoned_in_threshold=part("abandoned_in_threshold", counts["abandoned"], "abandoned"),
        answered_wait_seconds=seconds("answered_wait_seconds", left, like.answered, 1.5),
        abandoned_wait_seconds=seconds("abandoned_wait_seconds", counts["abandoned"], like.abandoned, 0.5),
        short_abandoned_wait_seconds=min(4, max(1, round(rng.gauss(2.4, 0.5)))) * counts["short_abandoned"],
        flowed_out_wait_seconds=seconds("flowed_out_wait_seconds", flowed_out, like.redirected + like.missed, 0.3),
        handled=handled,
        handle_seconds=round(handled * mean_handle_seconds * rng.uniform(0.93, 1.07)),
        **counts,
    )
