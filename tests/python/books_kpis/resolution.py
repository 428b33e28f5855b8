"""Whether customers got what they came for, by what they did afterwards and by what agents noted."""

from collections import defaultdict
from dataclasses import dataclass, field

from books_kpis.shelf import Share, Shelf, kpi
from scripts.simulate.config import VOICE_CHANNELS
from scripts.simulate.headline import REPEAT_WINDOW_SECONDS, RETRY_SECONDS
from scripts.simulate.ledger import Contact

UNKNOWN_REASONS = ("", "unknown")


@dataclass
class ContactPath:
    """A contact, by the names of where it went."""

    contact: Contact
    channel_name: str
    contact_reason_name: str
    entry_queue_name: str
    handling_agent_name: str
    handling_team_name: str

    @classmethod
    def names(cls, contact: Contact, shelf: Shelf) -> tuple:
        with_customer = [leg for leg in contact.legs if leg.leg_type != "consult"]
        handling = max(with_customer, key=lambda leg: leg.connected_at, default=None)
        return (
            contact,
            shelf.channel_names[contact.channel],
            shelf.contact_reason_name(contact.contact_reason),
            shelf.queue_names[contact.visits[0].queue_id if contact.visits else "none"],
            shelf.agent_names[handling.agent_id] if handling else "No agent",
            shelf.team_names[handling.team_id] if handling else "Unassigned",
        )


@dataclass
class Inbound(ContactPath):
    """A contact that counts, with the others of the same customer where it is known who that is."""

    earlier: list["Inbound"] = field(default_factory=list)
    later: list["Inbound"] = field(default_factory=list)

    @property
    def is_assisted(self) -> bool:
        """It came to a queue or an agent, whatever became of it."""
        return bool(self.contact.visits) or any(leg.leg_type != "consult" for leg in self.contact.legs)

    @property
    def started_at(self) -> int:
        return self.contact.started_at

    @property
    def gave_up(self) -> bool:
        """In a queue, without having spoken to anybody."""
        return not self.contact.reached_agent and any(v.exit_reason == "abandoned" for v in self.contact.visits)

    @property
    def is_retry(self) -> bool:
        """The customer has just given up and tries again."""
        if not self.earlier or not self.earlier[-1].gave_up:
            return False
        return self.started_at - self.earlier[-1].contact.ended_at <= RETRY_SECONDS

    @property
    def hung_up_after_transfer(self) -> bool:
        visits = self.contact.visits
        return self.contact.reached_agent and bool(visits) and visits[-1].exit_reason == "abandoned"

    def may_be_about_the_same_as(self, other: "Inbound") -> bool:
        reasons = self.contact.contact_reason, other.contact.contact_reason
        return reasons[0] == reasons[1] or any(reason in UNKNOWN_REASONS for reason in reasons)

    @property
    def is_last_of_its_issue(self) -> bool:
        soon = [other for other in self.later if other.started_at - self.started_at <= REPEAT_WINDOW_SECONDS]
        comes_back = any(self.may_be_about_the_same_as(other) and not other.is_retry for other in soon)
        return not comes_back and not self.hung_up_after_transfer

    @property
    def is_repeat(self) -> bool:
        return any(
            self.started_at - other.started_at <= REPEAT_WINDOW_SECONDS and self.may_be_about_the_same_as(other)
            for other in self.earlier
        )


def inbound(shelf: Shelf) -> list[Inbound]:
    return [
        Inbound(*ContactPath.names(contact, shelf))
        for contact in shelf.books.contacts
        if contact.direction == "inbound" and not contact.is_blocked and not contact.is_excluded
    ]


def identified(shelf: Shelf) -> list[Inbound]:
    """The contacts of customers of whom the center knows who they are."""
    by_customer: dict[str, list[Inbound]] = defaultdict(list)
    known_as = Identities(shelf)
    for entry in shelf.entries(inbound):
        if customer := known_as.customer_of(entry.contact):
            by_customer[customer].append(entry)
    for entries in by_customer.values():
        entries.sort(key=lambda entry: entry.started_at)
        for place, entry in enumerate(entries):
            entry.earlier, entry.later = entries[:place], entries[place + 1 :]
    return [entry for entries in by_customer.values() for entry in entries]


class Identities:
    """Whom a number, an address or a customer id tells. Present customers come before former ones."""

    def __init__(self, shelf: Shelf):
        self._tickets = {ticket.ticket_id: ticket for ticket in shelf.books.tickets}
        present, former = defaultdict(set), defaultdict(set)
        for entry in shelf.money.customers:
            for identifier in (entry.customer_id, entry.phone_number, entry.email):
                (former if entry.churned_on else present)[identifier].add(entry.customer_id)
        self._owners = {identifier: present.get(identifier) or former[identifier] for identifier in present | former}

    def customer_of(self, contact: Contact) -> str:
        """Empty when nobody knows; whom no directory lists is a customer of its own."""
        ticket = self._tickets.get(contact.contact_id)
        identifier = (ticket.customer_id if ticket else "") or contact.customer_number
        owners = self._owners.get(identifier, {identifier})
        return next(iter(owners)) if len(owners) == 1 else ""


def starts_of_contacts(shelf: Shelf) -> list[int]:
    """From the first to the last it is known who came back."""
    return sorted(contact.started_at for contact in shelf.books.contacts if not contact.is_blocked)


def with_closed_window(shelf: Shelf) -> list[Inbound]:
    """Those who reached an agent, long enough before the last contact to have come back."""
    until = shelf.entries(starts_of_contacts)[-1] - REPEAT_WINDOW_SECONDS
    return [entry for entry in shelf.entries(identified) if entry.contact.reached_agent and entry.started_at <= until]


def with_known_past(shelf: Shelf) -> list[Inbound]:
    """Long enough after the first contact to have come before; retries go on with one attempt."""
    since = shelf.entries(starts_of_contacts)[0] + REPEAT_WINDOW_SECONDS
    return [entry for entry in shelf.entries(identified) if entry.started_at >= since and not entry.is_retry]


@kpi(with_closed_window)
def first_contact_resolution(contacts):
    return Share(sum(contact.is_last_of_its_issue for contact in contacts), len(contacts))


@kpi(with_known_past)
def repeat_contact_rate(contacts):
    return Share(sum(contact.is_repeat for contact in contacts), len(contacts))


def calls_with_known_surroundings(shelf: Shelf) -> list[Inbound]:
    """Calls that reached an agent, with both windows inside the records."""
    known_after = {id(entry) for entry in shelf.entries(with_closed_window)}
    return [
        entry
        for entry in shelf.entries(with_known_past)
        if entry.contact.channel in VOICE_CHANNELS and id(entry) in known_after
    ]


@kpi(calls_with_known_surroundings)
def call_resolution_rate(calls):
    """A matter that took one call: none before it and none after it."""
    return Share(sum(call.is_last_of_its_issue and not call.is_repeat for call in calls), len(calls))


# What agents noted


@dataclass
class NotedContact(ContactPath):
    note: dict


def noted_contacts(shelf: Shelf) -> list[NotedContact]:
    notes = [(note, shelf.contacts[note["contact_id"]]) for note in shelf.voice.contact_assessments()]
    return [
        NotedContact(*ContactPath.names(contact, shelf), note) for note, contact in notes if not contact.is_excluded
    ]


@kpi(noted_contacts)
def first_contact_resolution_flag(noted):
    """By the word of agents, so of contacts that reached one."""
    said = [n.note["is_resolved"] for n in noted if n.contact.reached_agent and n.note["is_resolved"] is not None]
    return Share(sum(said), len(said))


@kpi(noted_contacts)
def escalation_rate(noted):
    return Share(sum(n.note["is_escalated"] for n in noted), len(noted))


@kpi(noted_contacts)
def complaint_rate(noted):
    return Share(sum(n.note["is_complaint"] for n in noted), len(noted))
