"""The customer directory: everybody who may call, who has left, and who came but lately."""

from datetime import date, timedelta
from random import Random

from scripts.simulate.books import Books
from scripts.simulate.chance import happens, pick
from scripts.simulate.clock import local
from scripts.simulate.config import FIRST_DAY, LAST_DAY, NEW_YORK, SHARED_LINES, Config
from scripts.simulate.customers import customer_id_of, numbers_of
from scripts.simulate.ledger import Contact
from scripts.simulate.model import Market
from scripts.simulate.money.entries import DirectoryEntry, months, next_month

UNLISTED_SHARE = 0.03  # callers who are no customers, or not yet
SEGMENTS = {"private": 0.83, "small_business": 0.145, "enterprise": 0.025}
MEAN_DAYS_AS_CUSTOMER, MOST_DAYS_AS_CUSTOMER = 2000, 3900
CHURNS_PER_MONTH = 0.011
CHURNS_AFTER_BAD_CONTACT = 0.02
LEAVES_EARLY, DRAWS_PER_CHURN = 1.8, 2.2
DAYS_TO_CHURN_AFTER_BAD_CONTACT = (2, 20)
JOINS_PER_MONTH = 0.013
CHURN_IS_KNOWN_FROM = date(2025, 10, 1)
PASSED_ON_NUMBER_SHARE = 0.03  # former customers whose number somebody else has now


def keep_directory(config: Config, books: Books, rng: Random) -> list[DirectoryEntry]:
    contacts_of: dict[str, list[Contact]] = {}
    for contact in books.contacts:
        contacts_of.setdefault(contact.customer_id, []).append(contact)
    entries = []
    for market in config.markets:
        callers = _callers(market, contacts_of, rng)
        entries += callers
        entries += _former_and_new(market, callers, rng)
    return entries


def _callers(market: Market, contacts_of: dict[str, list[Contact]], rng: Random) -> list[DirectoryEntry]:
    companies = {position for line in SHARED_LINES[market.name] for position in line}
    entries = []
    for position, number in enumerate(numbers_of(market), start=1):
        is_listed = not happens(rng, UNLISTED_SHARE)
        segment = pick(rng, SEGMENTS)
        days = min(MOST_DAYS_AS_CUSTOMER, 1 + round(rng.expovariate(1 / MEAN_DAYS_AS_CUSTOMER)))
        customer_id = customer_id_of(market, position)
        churned_on = _churned_on(contacts_of.get(customer_id, []), rng)
        if position in companies:
            is_listed, segment, churned_on = True, "enterprise", None
        if is_listed:
            since = FIRST_DAY - timedelta(days=days)
            entries.append(_entry(market, customer_id, number, segment, since, churned_on))
    return entries


def _churned_on(contacts: list[Contact], rng: Random) -> date | None:
    """Nobody calls after having left; who had a bad contact is likelier to leave, and soon."""
    last_contact_on = max((local(contact.started_at, NEW_YORK).date() for contact in contacts), default=date.min)
    first_of_month = FIRST_DAY.replace(day=1)
    days = (LAST_DAY - first_of_month).days
    # Most people call late enough in the simulated weeks to be customers still, so those who leave leave early.
    on = first_of_month + timedelta(days=int(days * rng.random() ** LEAVES_EARLY))
    leaves = happens(rng, CHURNS_PER_MONTH * DRAWS_PER_CHURN * days / 30.4)
    if any(_is_bad(contact) for contact in contacts) and happens(rng, CHURNS_AFTER_BAD_CONTACT):
        leaves = True
        on = last_contact_on + timedelta(days=rng.randint(*DAYS_TO_CHURN_AFTER_BAD_CONTACT))
    return on if leaves and last_contact_on < on <= LAST_DAY else None


def _is_bad(contact: Contact) -> bool:
    gave_up = any(visit.exit_reason == "abandoned" for visit in contact.visits) and not contact.reached_agent
    return gave_up or any(leg.disposition == "NOT_RESOLVED" for leg in contact.legs)


def _former_and_new(market: Market, callers: list[DirectoryEntry], rng: Random) -> list[DirectoryEntry]:
    entries = []
    position = market.customers
    for month in months(CHURN_IS_KNOWN_FROM, LAST_DAY.replace(day=1)):
        days = (min(next_month(month), LAST_DAY) - month).days
        if month < FIRST_DAY.replace(day=1):
            for _ in range(_about(rng, len(callers) * CHURNS_PER_MONTH)):
                position += 1
                left_on = month + timedelta(days=rng.randrange(days))
                since = left_on - timedelta(days=min(MOST_DAYS_AS_CUSTOMER, 60 + round(rng.expovariate(1 / 900))))
                number = rng.choice(callers).phone_number if happens(rng, PASSED_ON_NUMBER_SHARE) else ""
                segment = pick(rng, SEGMENTS)
                entries.append(_entry(market, customer_id_of(market, position), number, segment, since, left_on))
        else:
            for _ in range(_about(rng, len(callers) * JOINS_PER_MONTH * days / 30.4)):
                position += 1
                since = month + timedelta(days=rng.randrange(days))
                entries.append(_entry(market, customer_id_of(market, position), "", pick(rng, SEGMENTS), since, None))
    return entries


def _about(rng: Random, mean: float) -> int:
    return max(1, round(rng.gauss(mean, mean**0.5)))


def _entry(market: Market, customer_id: str, number: str, segment: str, since: date, churned_on) -> DirectoryEntry:
    return DirectoryEntry(customer_id, number, f"{customer_id}@example.com", segment, since, churned_on, market.name)
