"""Who was served by a voice menu or a bot."""

from dataclasses import dataclass

from books_kpis.resolution import Inbound, identified, inbound, starts_of_contacts
from books_kpis.shelf import Share, Shelf, kpi
from scripts.simulate.clock import DAY_SECONDS
from scripts.simulate.ledger import SelfServiceSession

# Whoever asks for a person so soon after was not served.
COMES_BACK_SECONDS = DAY_SECONDS


@dataclass(frozen=True)
class Session:
    session: SelfServiceSession
    entry: Inbound

    @property
    def channel_name(self) -> str:
        return self.entry.channel_name

    @property
    def contact_reason_name(self) -> str:
        return self.entry.contact_reason_name

    @property
    def is_contained(self) -> bool:
        return bool(self.session.is_contained)

    @property
    def asks_for_a_person(self) -> bool:
        """In the same contact, or in a later one about anything."""
        assisted = [other for other in self.entry.later if other.is_assisted]
        soon = [other for other in assisted if other.started_at - self.session.ended_at <= COMES_BACK_SECONDS]
        return self.entry.is_assisted or bool(soon)


def sessions(shelf: Shelf) -> list[Session]:
    return [Session(entry.contact.session, entry) for entry in shelf.entries(inbound) if entry.contact.session]


def sessions_with_closed_window(shelf: Shelf) -> list[Session]:
    """Of customers of whom it is known who they are, long enough before the last contact to have come back."""
    until = shelf.entries(starts_of_contacts)[-1] - COMES_BACK_SECONDS
    held = [Session(entry.contact.session, entry) for entry in shelf.entries(identified) if entry.contact.session]
    return [session for session in held if session.session.ended_at <= until]


@kpi(sessions)
def containment_rate(held):
    return Share(sum(session.is_contained for session in held), len(held))


@kpi(sessions_with_closed_window)
def true_containment_rate(held):
    return Share(sum(session.is_contained and not session.asks_for_a_person for session in held), len(held))


@kpi(inbound)
def self_service_rate(contacts):
    served = sum(entry.contact.is_contained and not entry.is_assisted for entry in contacts)
    return Share(served, served + sum(entry.contact.reached_agent for entry in contacts))
