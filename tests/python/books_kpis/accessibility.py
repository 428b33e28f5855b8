"""Who got through, and how long it took."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from books_kpis.shelf import Share, Shelf, kpi, reference, reporting_date
from scripts.simulate.books import MISSED, REDIRECTED
from scripts.simulate.clock import INTERVAL_SECONDS, interval_start
from scripts.simulate.config import SERVICE_LEVEL_SECONDS_OF, SHORT_ABANDON_SECONDS, VOICE_CHANNELS
from scripts.simulate.customer_voice.tally import queue_of
from scripts.simulate.ledger import Contact, Visit

CHANNELS_TO_ABANDON = (*VOICE_CHANNELS, "chat")
BUSY_HOUR_INTERVALS = 4


@dataclass(frozen=True)
class QueueVisit:
    visit: Visit
    contact: Contact
    channel_name: str
    queue_name: str
    contact_reason_name: str
    is_in_service_hours: bool

    @property
    def visit_type(self) -> str:
        return self.visit.visit_type

    @property
    def exit_reason(self) -> str:
        return self.visit.exit_reason

    @property
    def wait(self) -> int | None:
        return self.visit.wait_seconds

    @property
    def is_ended(self) -> bool:
        return self.wait is not None

    @property
    def is_in_threshold(self) -> bool:
        return self.is_ended and self.wait <= SERVICE_LEVEL_SECONDS_OF[self.contact.channel]

    @property
    def can_abandon(self) -> bool:
        return self.contact.channel in CHANNELS_TO_ABANDON

    @property
    def is_answered(self) -> bool:
        return self.exit_reason == "answered"

    @property
    def hung_up(self) -> bool:
        """Soon or not."""
        return self.exit_reason == "abandoned"

    @property
    def is_short_abandoned(self) -> bool:
        return self.hung_up and self.can_abandon and self.wait < SHORT_ABANDON_SECONDS

    @property
    def is_abandoned(self) -> bool:
        return self.hung_up and not self.is_short_abandoned

    @property
    def is_missed(self) -> bool:
        return self.exit_reason in MISSED

    @property
    def flowed_out(self) -> bool:
        return self.is_missed or self.exit_reason in REDIRECTED

    @property
    def is_due(self) -> bool:
        return self.is_answered or self.is_abandoned or self.is_missed

    @property
    def interval(self) -> int:
        return interval_start(self.visit.offered_at)


def queue_visits(shelf: Shelf) -> list[QueueVisit]:
    """Every visit of a contact that counts, callbacks too."""
    return [
        QueueVisit(
            visit,
            contact,
            shelf.channel_names[contact.channel],
            shelf.queue_names[visit.queue_id],
            shelf.contact_reason_name(contact.contact_reason),
            shelf.is_in_service_hours(visit.queue_id, visit.offered_at),
        )
        for contact in shelf.books.contacts
        for visit in contact.visits
        if contact.direction == "inbound" and not contact.is_excluded
    ]


def offers(shelf: Shelf) -> list[QueueVisit]:
    return [visit for visit in shelf.entries(queue_visits) if visit.visit_type != "callback"]


def callbacks(shelf: Shelf) -> list[QueueVisit]:
    return [visit for visit in shelf.entries(queue_visits) if visit.visit_type == "callback"]


# Volume


@kpi(offers)
def contacts_offered(visits):
    return len(visits)


@kpi(offers)
def contacts_answered(visits):
    return sum(v.is_answered for v in visits)


@kpi(offers)
def answer_rate(visits):
    return Share(sum(v.is_answered for v in visits), len(visits))


@kpi(offers)
def flow_out_rate(visits):
    return Share(sum(v.flowed_out for v in visits), len(visits))


# Service level: the default and the published variants


def answered_in_time(visits) -> int:
    return sum(v.is_answered and v.is_in_threshold for v in visits)


def answered_or_hung_up(visits) -> list[QueueVisit]:
    return [v for v in visits if v.is_answered or v.hung_up]


@kpi(offers)
def service_level(visits):
    return Share(answered_in_time(visits), sum(v.is_due for v in visits))


@kpi(offers)
def service_level_answered_only(visits):
    return Share(answered_in_time(visits), sum(v.is_answered for v in visits))


@kpi(offers)
def service_level_abandons_positive(visits):
    counted = answered_or_hung_up(visits)
    return Share(sum(v.is_in_threshold for v in counted), len(counted))


@kpi(offers)
def service_level_abandons_negative(visits):
    return Share(answered_in_time(visits), len(answered_or_hung_up(visits)))


@kpi(offers)
def service_level_abandons_ignored(visits):
    counted = [v for v in answered_or_hung_up(visits) if v.is_answered or not v.is_in_threshold]
    return Share(answered_in_time(visits), len(counted))


@kpi(offers)
def service_level_short_abandons_positive(visits):
    good = answered_in_time(visits) + sum(v.is_short_abandoned for v in visits)
    return Share(good, len(answered_or_hung_up(visits)))


@kpi(offers)
def service_level_with_flow_outs(visits):
    return Share(answered_in_time(visits), sum(v.is_ended for v in visits))


@kpi(offers)
def service_level_queue_departures(visits):
    departures = ("answered", "abandoned", "callback_requested")
    return Share(sum(v.exit_reason in departures and v.is_in_threshold for v in visits), len(visits))


# Abandonment


@kpi(offers)
def abandonment_rate(visits):
    able = [v for v in visits if v.can_abandon and not v.is_short_abandoned]
    return Share(sum(v.is_abandoned for v in able), len(able))


@kpi(offers)
def short_abandonment_rate(visits):
    able = [v for v in visits if v.can_abandon]
    return Share(sum(v.is_short_abandoned for v in able), len(able))


# Waiting


def waits(visits) -> list[int]:
    return [v.wait for v in visits if v.is_ended]


def percentile(values, part) -> float | None:
    """Between the two values that the place falls between."""
    values = sorted(values)
    if not values:
        return None
    place = part * (len(values) - 1)
    below = int(place)
    above = min(below + 1, len(values) - 1)
    return values[below] + (place - below) * (values[above] - values[below])


@kpi(offers)
def average_speed_of_answer(visits):
    answered = [v.wait for v in visits if v.is_answered]
    return Share(sum(answered), len(answered))


@kpi(offers)
def average_time_in_queue(visits):
    return Share(sum(waits(visits)), len(waits(visits)))


@kpi(offers)
def average_time_to_abandon(visits):
    abandoned = [v.wait for v in visits if v.is_abandoned]
    return Share(sum(abandoned), len(abandoned))


@kpi(offers)
def longest_wait(visits):
    return max(waits(visits), default=None)


@kpi(offers)
def median_wait(visits):
    return percentile(waits(visits), 0.5)


@kpi(offers)
def wait_90th_percentile(visits):
    return percentile(waits(visits), 0.9)


# Callbacks


@kpi(offers)
def callback_request_rate(visits):
    return Share(sum(v.exit_reason == "callback_requested" for v in visits), len(visits))


@kpi(callbacks)
def callback_success_rate(visits):
    decided = [v for v in visits if v.is_ended]
    return Share(sum(v.is_answered for v in decided), len(decided))


# Busy lines


@dataclass(frozen=True)
class Attempt:
    """A call that reached the center, or found all lines busy."""

    is_blocked: bool
    channel_name: str


def attempts(shelf: Shelf) -> list[Attempt]:
    return [
        Attempt(contact.is_blocked, shelf.channel_names[contact.channel])
        for contact in shelf.books.contacts
        if contact.direction == "inbound" and contact.channel in VOICE_CHANNELS and not contact.is_excluded
    ]


@kpi(attempts)
def blocked_contact_rate(calls):
    return Share(sum(call.is_blocked for call in calls), len(calls))


# Quarter hours and hours


@dataclass
class QuarterHour:
    """One queue and channel in the quarter hour in which its visits were offered, with the legs of those visits."""

    queue_name: str
    channel_name: str
    starts_at: int
    target: float
    visits: list[QueueVisit]
    handle_seconds: list[int]


def quarter_hours(shelf: Shelf) -> list[QuarterHour]:
    overrides = {
        (row["queue_code"], row["channel_code"]): row["service_level_target"]
        for row in reference("queue_policy_overrides")
    }
    quarters: dict[tuple, QuarterHour] = {}

    def quarter(contact: Contact, visit: Visit) -> QuarterHour:
        queue_id, channel, starts_at = visit.queue_id, contact.channel, interval_start(visit.offered_at)
        target = overrides.get((queue_id, channel), shelf.channels[channel]["service_level_target"])
        return quarters.setdefault(
            (queue_id, channel, starts_at),
            QuarterHour(shelf.queue_names[queue_id], shelf.channel_names[channel], starts_at, float(target), [], []),
        )

    for entry in shelf.entries(offers):
        quarter(entry.contact, entry.visit).visits.append(entry)
    for contact in shelf.books.contacts:
        for leg in contact.legs:
            counts = contact.direction == "inbound" and not contact.is_excluded and leg.leg_type != "consult"
            if counts and queue_of(contact, leg) != "none":
                visit = [v for v in contact.visits if v.segment_number <= leg.segment_number][-1]
                work = leg.ended_at - leg.started_at + (leg.after_contact_work_seconds or 0)
                quarter(contact, visit).handle_seconds.append(work)
    return list(quarters.values())


@kpi(quarter_hours)
def traffic_intensity(quarters):
    """Erlangs: the work that was offered, over the time in which anything was offered."""
    offered = sum(len(q.visits) for q in quarters)
    handled = [seconds for q in quarters for seconds in q.handle_seconds]
    open_seconds = INTERVAL_SECONDS * len({q.starts_at for q in quarters if q.visits})
    return Share(offered * sum(handled) / len(handled), open_seconds) if handled else None


@kpi(quarter_hours)
def intervals_in_target(quarters):
    judged = [q for q in quarters if any(v.is_due for v in q.visits)]
    return Share(sum(is_in_target(q) for q in judged), len(judged))


def is_in_target(quarter: QuarterHour) -> bool:
    part, whole = service_level(quarter.visits)
    return part / whole >= quarter.target


@dataclass(frozen=True)
class BusyHour:
    scope: str
    offered: int
    of_day: int


def busy_hours(shelf: Shelf) -> list[BusyHour]:
    """Of every day of the center, of each channel and of each queue: the sixty minutes with the most visits."""
    offered: dict[tuple, Counter] = defaultdict(Counter)
    for visit in shelf.entries(offers):
        day = reporting_date(visit.visit.offered_at)
        for scope, members in (
            ("center", ()),
            ("channel", (visit.channel_name,)),
            ("queue", (visit.queue_name, visit.channel_name)),
        ):
            offered[scope, members, day][visit.interval] += 1
    return [
        BusyHour(scope, max(_hour_from(at, counts) for at in counts), counts.total())
        for (scope, _, _), counts in offered.items()
    ]


def _hour_from(at: int, counts: Counter) -> int:
    return sum(counts[at + number * INTERVAL_SECONDS] for number in range(BUSY_HOUR_INTERVALS))


def of_one_scope(hours) -> bool:
    return len({hour.scope for hour in hours}) == 1


@kpi(busy_hours)
def busy_hour_contacts(hours):
    return max(hour.offered for hour in hours) if of_one_scope(hours) else None


@kpi(busy_hours)
def busy_hour_share(hours):
    """Every scope counts every visit, so that all together say nothing."""
    return Share(sum(h.offered for h in hours), sum(h.of_day for h in hours)) if of_one_scope(hours) else None
