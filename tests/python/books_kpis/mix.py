"""What contacts are made of."""

from dataclasses import dataclass

from books_kpis.shelf import Shelf, kpi


@dataclass(frozen=True)
class Counted:
    channel_name: str
    contact_reason_name: str
    direction: str


def both_ways(shelf: Shelf) -> list[Counted]:
    return [
        Counted(
            shelf.channel_names[contact.channel],
            shelf.contact_reason_name(contact.contact_reason),
            contact.direction,
        )
        for contact in shelf.books.contacts
        if not contact.is_blocked and not contact.is_excluded
    ]


def inbound_only(shelf: Shelf) -> list[Counted]:
    return [contact for contact in shelf.entries(both_ways) if contact.direction == "inbound"]


@kpi(inbound_only, is_share_of_all=True)
def channel_share(contacts):
    return len(contacts)


@kpi(inbound_only, is_share_of_all=True)
def contact_reason_share(contacts):
    return sum(contact.contact_reason_name != "Unknown" for contact in contacts)


@kpi(both_ways, is_share_of_all=True)
def direction_share(contacts):
    return len(contacts)
