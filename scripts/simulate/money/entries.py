"""The entries of the money books: what is true of customers, costs, daily totals and business events."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

UNKNOWN = "unknown"
COUNTS = (
    "offered", "answered", "answered_in_threshold", "abandoned", "abandoned_in_threshold", "short_abandoned",
    "redirected", "missed", "answered_wait_seconds", "abandoned_wait_seconds", "short_abandoned_wait_seconds",
    "flowed_out_wait_seconds", "handled", "handle_seconds",
)  # fmt: skip


@dataclass
class DirectoryEntry:
    customer_id: str
    phone_number: str  # empty when none is known
    email: str
    segment: str | None
    customer_since: date | None
    churned_on: date | None
    market: str


@dataclass
class CostLine:
    ledger_id: str
    month: date
    site_id: str
    account: str
    cents: int
    currency: str


@dataclass
class DailyTotal:
    """One queue on one date of the headquarters' calendar, as the old system counted it."""

    date: date
    queue_id: str
    channel: str
    offered: int
    answered: int
    answered_in_threshold: int
    abandoned: int
    abandoned_in_threshold: int
    short_abandoned: int
    redirected: int
    missed: int
    answered_wait_seconds: int
    abandoned_wait_seconds: int
    short_abandoned_wait_seconds: int
    flowed_out_wait_seconds: int
    handled: int
    handle_seconds: int | None


@dataclass
class BusinessEvent:
    event_id: str
    event_type: str  # release, outage, price_change, season or campaign
    name: str
    starts_at: int
    ends_at: int
    channel: str  # empty when it concerns every channel
    contact_reason: str  # empty when it concerns every reason
    description: str
    caused_contacts: int = 0  # during it, of the contacts that are on record one by one


@dataclass
class MoneyBooks:
    customers: list[DirectoryEntry]
    cost_lines: list[CostLine]
    daily_totals: list[DailyTotal]
    events: list[BusinessEvent]

    def identity_of_numbers(self) -> dict[str, tuple[str, str | None]]:
        """Per listed number how surely it tells a person, and whom. Present customers come before former ones."""
        present, former = defaultdict(list), defaultdict(list)
        for entry in self.customers:
            if entry.phone_number:
                (former if entry.churned_on else present)[entry.phone_number].append(entry.customer_id)
        identities = {}
        for number in present.keys() | former.keys():
            owners = present[number] or former[number]
            identities[number] = ("likely", owners[0]) if len(owners) == 1 else ("shared", None)
        return identities

    def ledger_cents(self) -> dict[tuple[date, str, str], int]:
        cents: dict[tuple[date, str, str], int] = defaultdict(int)
        for line in self.cost_lines:
            cents[line.month, line.site_id, line.account] += line.cents
        return dict(cents)

    def customer_months(self, first: date, last: date) -> dict[tuple[str, str, date], dict[str, int]]:
        """Customers at the start and end of each month, and who came and went, per segment and market."""
        rows: dict[tuple[str, str, date], dict[str, int]] = {}
        entries = [entry for entry in self.customers if entry.customer_since]
        for month in months(first, last):
            following = next_month(month)
            for entry in entries:
                key = (entry.segment or UNKNOWN, entry.market, month)
                row = rows.setdefault(key, {"open": 0, "joined": 0, "churned": 0, "close": 0})
                gone_on = entry.churned_on or date.max
                row["open"] += entry.customer_since < month <= gone_on
                row["joined"] += month <= entry.customer_since < following
                row["churned"] += month <= gone_on < following
                row["close"] += entry.customer_since < following <= gone_on
        return {key: row for key, row in rows.items() if any(row.values())}


def next_month(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def months(first: date, last: date):
    while first <= last:
        yield first
        first = next_month(first)
