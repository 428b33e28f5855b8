"""Business events: what happened that made people call, before the simulated weeks and during them."""

from dataclasses import dataclass
from datetime import date, timedelta

from scripts.simulate.books import Books
from scripts.simulate.clock import at_local
from scripts.simulate.config import NEW_YORK, Config
from scripts.simulate.money.entries import BusinessEvent


@dataclass(frozen=True)
class FormerEvent:
    """Of the time before, visible in the daily totals; `factor` is what became of the volume."""

    event_id: str
    event_type: str
    name: str
    first_day: date
    last_day: date
    factor: float
    queue_id: str  # empty for all
    contact_reason: str
    description: str


FORMER_EVENTS = (
    FormerEvent("EV01", "season", "Christmas season", date(2025, 12, 1), date(2025, 12, 24), 1.24, "", "",
                "Gifts, deliveries and new devices: the busiest weeks of the year"),
    FormerEvent("EV02", "release", "App release 5.0", date(2026, 3, 17), date(2026, 3, 19), 1.22, "", "",
                "New app with a new log-in; many had to set a new password"),
    FormerEvent("EV03", "outage", "Regional network outage", date(2026, 5, 12), date(2026, 5, 12), 1.9,
                "technical_support", "technical_fault", "A cut cable; service was back in the evening"),
    FormerEvent("EV04", "season", "Summer", date(2026, 7, 6), date(2026, 8, 23), 0.88, "", "",
                "Many customers are on holiday"),
    FormerEvent("EV05", "campaign", "Autumn offer", date(2026, 9, 8), date(2026, 9, 11), 1.3, "sales", "new_order",
                "Mailing to all private customers with an offer for new orders"),
)  # fmt: skip
SURGE_TEXTS = {
    "technical_fault": ("outage", "Service outage", "The service failed for many customers at once"),
    "payment_problem": ("outage", "Payment provider down", "The payment provider refused card payments"),
}


def keep_events(config: Config, books: Books) -> list[BusinessEvent]:
    events = [
        BusinessEvent(
            event.event_id, event.event_type, event.name,
            at_local(event.first_day, "00:00", NEW_YORK),
            at_local(event.last_day + timedelta(days=1), "00:00", NEW_YORK),
            "", event.contact_reason, event.description,
        )
        for event in FORMER_EVENTS
    ]  # fmt: skip
    for surge in config.surges:
        event_type, name, description = SURGE_TEXTS[surge.contact_reason]
        events.append(_event(surge, event_type, name, "", surge.contact_reason, description))
    for failure in config.trunk_failures:
        text = "The provider lost most of the lines; callers heard the busy tone"
        events.append(_event(failure, "outage", "Telephone lines lost", "phone", "", text))
    for change in config.price_changes:
        text = "New prices announced by letter; they hold from the next bill on"
        events.append(_event(change, "price_change", "New prices", "", change.contact_reason, text))
    for event in events:
        event.caused_contacts = sum(
            contact.cause == event.event_id and event.starts_at <= contact.started_at < event.ends_at
            for contact in books.contacts
        )
    return sorted(events, key=lambda event: event.starts_at)


def _event(of, event_type: str, name: str, channel: str, contact_reason: str, description: str) -> BusinessEvent:
    ends_at = of.starts_at + of.lasts_seconds
    return BusinessEvent(of.event_id, event_type, name, of.starts_at, ends_at, channel, contact_reason, description)
