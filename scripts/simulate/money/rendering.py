"""Raw rows of the money books, as the systems around the center would export them."""

from dataclasses import asdict

from scripts.simulate.clock import utc_text
from scripts.simulate.money.entries import MoneyBooks
from scripts.simulate.records import Row

CUSTOMERS = "raw_customers"
COSTS = "raw_cost_ledger"
TOTALS = "raw_daily_volumes"
EVENTS = "raw_business_events"


def money_tables(books: MoneyBooks) -> dict[str, list[Row]]:
    return {
        CUSTOMERS: [
            asdict(entry)
            | {"customer_since": entry.customer_since.isoformat(), "churned_on": str(entry.churned_on or "")}
            for entry in books.customers
        ],
        COSTS: [
            {
                "ledger_id": line.ledger_id,
                "month": f"{line.month:%Y-%m}",
                "site_id": line.site_id,
                "account": line.account,
                "amount": amount_text(line.cents),
                "currency": line.currency,
            }
            for line in books.cost_lines
        ],
        TOTALS: [asdict(total) | {"date": total.date.isoformat()} for total in books.daily_totals],
        EVENTS: [
            {
                "event_id": event.event_id,
                "event_type": event.event_type,
                "name": event.name,
                "starts_at": utc_text(event.starts_at),
                "ends_at": utc_text(event.ends_at),
                "channel": event.channel,
                "contact_reason": event.contact_reason,
                "description": event.description,
            }
            for event in books.events
        ],
    }


def amount_text(cents: int) -> str:
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02d}"
