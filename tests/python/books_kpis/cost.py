"""What contacts cost, in the months of which all contacts are known, one by one or as totals of a day."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from books_kpis.resolution import NotedContact, inbound, noted_contacts
from books_kpis.shelf import Share, Shelf, kpi, reporting_date
from scripts.simulate.money.entries import next_month


@dataclass(frozen=True)
class CostMonth:
    """The ledger of one month in one currency, beside the contacts of the month, which have none."""

    currency_code: str
    amount: float
    contacts: int
    judged: int  # contacts of which an agent said whether they were resolved
    resolved: int


def cost_months(shelf: Shelf) -> list[CostMonth]:
    began_on = reporting_date(min(entry.started_at for entry in (*shelf.books.contacts, *shelf.books.spans)))
    totals = [total for total in shelf.money.daily_totals if total.date < began_on]
    known_from, known_to = min(total.date for total in totals), reporting_date(shelf.config.ends_at)

    contacts = Counter(_month(reporting_date(entry.started_at)) for entry in shelf.entries(inbound))
    for total in totals:
        contacts[_month(total.date)] += total.offered
    judged, resolved = Counter(), Counter()
    for noted in shelf.entries(noted_contacts):
        if _is_judged(noted):
            judged[_month(reporting_date(noted.contact.started_at))] += 1
            resolved[_month(reporting_date(noted.contact.started_at))] += noted.note["is_resolved"]

    cents: Counter[tuple[date, str]] = Counter()
    for line in shelf.money.cost_lines:
        cents[line.month, line.currency] += line.cents
    return [
        CostMonth(currency, amount / 100, contacts[month], judged[month], resolved[month])
        for (month, currency), amount in cents.items()
        if known_from <= month and next_month(month) <= known_to
    ]


def _month(day: date) -> date:
    return day.replace(day=1)


def _is_judged(noted: NotedContact) -> bool:
    return noted.contact.reached_agent and noted.note["is_resolved"] is not None


def of_one_currency(months) -> bool:
    """Dollars and euros are no sum."""
    return len({month.currency_code for month in months}) == 1


@kpi(cost_months)
def cost_per_contact(months):
    if not of_one_currency(months):
        return None
    return Share(sum(month.amount for month in months), sum(month.contacts for month in months))


@kpi(cost_months)
def cost_per_resolution(months):
    """In months with judged contacts; those that nobody judged were resolved as often as the others."""
    if not of_one_currency(months):
        return None
    with_word = [month for month in months if month.judged]
    rate = sum(month.resolved for month in with_word) / sum(month.judged for month in with_word)
    return Share(sum(month.amount for month in with_word), rate * sum(month.contacts for month in with_word))
