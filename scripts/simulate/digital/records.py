"""Raw rows of the digital channels, as the chat, messaging and ticket systems would export them."""

from random import Random

from scripts.simulate.books import Books
from scripts.simulate.clock import utc_text
from scripts.simulate.ledger import Contact, Leg, Ticket, Visit
from scripts.simulate.records import Row

CHAT_COLUMNS = (
    "chat_id", "segment_number", "segment_type", "customer_id", "contact_reason", "queue_id",
    "started_at", "accepted_at", "agent_id", "agent_left_at", "ended_at", "after_contact_work_seconds",
    "transfer_type", "transfer_reason", "outcome", "disposition", "previous_contact_id", "updated_at",
)  # fmt: skip

CHATS = "raw_chats"
MESSAGES = "raw_messages"
TICKETS = "raw_tickets"
TICKET_EVENTS = "raw_ticket_events"
WORK_SESSIONS = "raw_work_sessions"


def digital_tables(books: Books, handles: dict[str, str], rng: Random) -> dict[str, list[Row]]:
    """`handles` tells how the messaging system knows the customer of a thread."""
    return {
        CHATS: _chat_rows(books, rng),
        MESSAGES: _message_rows(books, handles),
        TICKETS: [_ticket_row(ticket) for ticket in books.tickets],
        TICKET_EVENTS: [
            {
                "event_id": event.event_id,
                "ticket_id": event.ticket_id,
                "event_at": utc_text(event.event_at),
                "event_type": event.event_type,
                "value": event.value,
                "agent_id": event.agent_id,
                "assigned_agent_id": event.assigned_agent_id,
            }
            for event in sorted(
                (event for ticket in books.tickets for event in ticket.events), key=lambda event: event.event_id
            )
        ],
        WORK_SESSIONS: [
            {
                "work_session_id": session.work_session_id,
                "agent_id": session.leg.agent_id,
                "item_type": session.item_type,
                "item_id": session.item_id,
                "started_at": utc_text(session.leg.connected_at),
                "ended_at": utc_text(session.leg.ended_at),
            }
            for session in books.work_sessions
        ],
    }


# Chats


def _chat_rows(books: Books, rng: Random) -> list[Row]:
    rows = []
    for contact in books.contacts:
        if contact.channel == "chat":
            rows.append(_bot_row(contact, rng))
            leg_of_segment = {leg.segment_number: leg for leg in contact.legs}
            rows += [
                _queue_row(contact, visit, leg_of_segment.get(visit.segment_number), rng) for visit in contact.visits
            ]
    return sorted(rows, key=lambda row: (row["updated_at"], row["chat_id"], row["segment_number"]))


def _bot_row(contact: Contact, rng: Random) -> Row:
    session = contact.session
    return _chat_row(
        contact, session.segment_number, "bot", rng, session.ended_at,
        started_at=utc_text(session.started_at), outcome=session.outcome.upper(),
    )  # fmt: skip


def _queue_row(contact: Contact, visit: Visit, leg: Leg | None, rng: Random) -> Row:
    started_at = utc_text(visit.offered_at)
    if leg is None:
        return _chat_row(
            contact, visit.segment_number, "queue", rng, visit.exited_at,
            started_at=started_at, queue_id=visit.queue_id, outcome=visit.exit_reason.upper(),
        )  # fmt: skip
    return _chat_row(
        contact, visit.segment_number, "queue", rng, leg.customer_ended_at,
        settled_at=leg.ended_at + leg.after_contact_work_seconds,
        started_at=started_at, queue_id=visit.queue_id, outcome="ANSWERED",
        accepted_at=utc_text(leg.connected_at), agent_id=leg.agent_id, agent_left_at=utc_text(leg.ended_at),
        after_contact_work_seconds=leg.after_contact_work_seconds,
        transfer_type=leg.transfer_type, transfer_reason=leg.transfer_reason, disposition=leg.disposition,
    )  # fmt: skip


def _chat_row(
    contact: Contact, segment_number: int, segment_type: str, rng: Random, ended_at: int, settled_at: int = 0, **cells
) -> Row:
    row: Row = dict.fromkeys(CHAT_COLUMNS, "")
    row.update(
        chat_id=contact.contact_id,
        segment_number=segment_number,
        segment_type=segment_type,
        customer_id=contact.customer_number,
        contact_reason=contact.contact_reason,
        previous_contact_id=contact.previous_contact_id,
        ended_at=utc_text(ended_at),
        updated_at=utc_text(max(ended_at, settled_at) + rng.randint(1, 3)),
        **cells,
    )
    return row


# Messages


def _message_rows(books: Books, handles: dict[str, str]) -> list[Row]:
    contact_of = {contact.contact_id: contact for contact in books.contacts}
    rows = []
    for message in books.messages:
        contact = contact_of.get(message.contact_id)
        if contact is None or contact.channel not in ("chat", "sms", "social"):
            continue  # of a ticket
        is_chat = contact.channel == "chat"
        rows.append(
            {
                "message_id": message.message_id,
                "thread_id": message.thread_id,
                "channel": contact.channel,
                "queue_id": message.queue_id,
                "sender": message.sender,
                "agent_id": message.agent_id,
                "customer_handle": "" if is_chat else handles[message.thread_id],
                # The reason of a chat is kept with the chat.
                "contact_reason": "" if is_chat else contact.contact_reason,
                "sent_at": utc_text(message.sent_at),
            }
        )
    return sorted(rows, key=lambda row: row["message_id"])


# Tickets


def _ticket_row(ticket: Ticket) -> Row:
    return {
        "ticket_id": ticket.ticket_id,
        "channel": ticket.channel,
        "requester": ticket.requester,
        "customer_id": ticket.customer_id,
        "contact_reason": ticket.contact_reason,
        "priority": ticket.priority,
        "external_id": ticket.external_id,
        "tried_self_service": ticket.tried_self_service,
        "created_at": utc_text(ticket.created_at),
        "status": ticket.status,
        "updated_at": utc_text(ticket.events[-1].event_at),
    }
