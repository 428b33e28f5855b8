"""The center's headline figures, straight from the books: the check that the simulation stays believable."""

from scripts.simulate.books import Books
from scripts.simulate.clock import DAY_SECONDS, local
from scripts.simulate.config import NEW_YORK, SERVICE_LEVEL_SECONDS
from scripts.simulate.model import MON_TO_FRI

REPEAT_WINDOW_SECONDS = 7 * DAY_SECONDS
RETRY_SECONDS = 600


def headline(books: Books) -> dict[str, float]:
    """Of the telephone."""
    books = books.of_telephone()
    queues = books.queue_intervals()
    agents = books.agent_intervals()
    inbound = [contact for contact in books.contacts if contact.direction == "inbound"]
    contacts = [contact for contact in inbound if not contact.is_excluded]
    legs = [leg for contact in contacts for leg in contact.legs if leg.leg_type != "consult"]
    sessions = [contact.session for contact in contacts if contact.session]

    def total(rows, name: str) -> int:
        return sum(getattr(row, name) for row in rows)

    answered = total(queues, "answered")
    connected_seconds = sum(leg.ended_at - leg.started_at for leg in legs)
    after_work_seconds = sum(leg.after_contact_work_seconds for leg in legs)
    return {
        "contacts": len(inbound),
        "blocked rate": sum(c.is_blocked for c in contacts) / len(contacts),
        "queue visits": total(queues, "offered"),
        f"service level at {SERVICE_LEVEL_SECONDS} s": total(queues, "answered_in_threshold")
        / (answered + total(queues, "abandoned") + total(queues, "missed")),
        "abandonment rate": total(queues, "abandoned") / (total(queues, "offered") - total(queues, "short_abandoned")),
        "average speed of answer": total(queues, "answered_wait_seconds") / answered,
        "average handle time": (connected_seconds + after_work_seconds) / len(legs),
        "average after-contact work": after_work_seconds / len(legs),
        "share of legs with hold": sum(bool(leg.hold_seconds) for leg in legs) / len(legs),
        "occupancy": occupancy(agents),
        "occupancy on weekdays": occupancy(row for row in agents if _weekday(row.interval_start_at) in MON_TO_FRI),
        "transfer rate": sum(leg.transfer_type in ("blind", "warm") for leg in legs) / len(legs),
        "containment rate": sum(session.is_contained for session in sessions) / len(sessions),
        "first contact resolution": first_contact_resolution(books),
        "anonymous share": sum(not c.customer_number for c in contacts) / len(contacts),
    }


def occupancy(agent_intervals) -> float:
    busy, available = busy_and_available(agent_intervals)
    return busy / (busy + available)


def busy_and_available(agent_intervals) -> tuple[int, int]:
    rows = list(agent_intervals)
    return sum(row.on_contact + row.after_contact_work for row in rows), sum(row.available for row in rows)


def _weekday(at: int) -> int:
    return local(at, NEW_YORK).weekday()


def first_contact_resolution(books: Books) -> float:
    """Of the contacts that reached an agent and whose window has closed: the share without a repeat."""
    known = [
        c for c in books.contacts if c.customer_number and c.contact_reason and not c.is_excluded and not c.is_blocked
    ]
    by_issue: dict[tuple[str, str], list] = {}
    for contact in known:
        by_issue.setdefault((contact.customer_number, contact.contact_reason), []).append(contact)
    resolved = asked = 0
    for contacts in by_issue.values():
        for position, contact in enumerate(contacts):
            if not contact.reached_agent or contact.ended_at + REPEAT_WINDOW_SECONDS > books.config.ends_at:
                continue
            gave_up = contact.visits[-1].exit_reason == "abandoned" if contact.visits else False
            later = [c.started_at - contact.ended_at for c in contacts[position + 1 :]]
            asked += 1
            resolved += not any(
                gap <= REPEAT_WINDOW_SECONDS and not (gave_up and gap <= RETRY_SECONDS) for gap in later
            )
    return resolved / asked
