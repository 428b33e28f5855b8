"""Raw rows: what the telephone system would export about the same events, in the order in which it would write them."""

from random import Random

from scripts.simulate.books import Books
from scripts.simulate.clock import local_text, utc_text
from scripts.simulate.config import MAIN_LINE, Config
from scripts.simulate.ledger import Contact, Leg, SelfServiceSession, Visit
from scripts.simulate.recorder import ActivityRecorder

CALL_COLUMNS = (
    "contact_id", "segment_number", "segment_type", "direction", "channel", "extension", "customer_number",
    "queue_id", "agent_id",
    "started_at", "queue_entered_at", "answered_at", "agent_ended_at", "ended_at",
    "dial_seconds", "ring_seconds", "wait_seconds", "hold_seconds", "after_contact_work_seconds",
    "transfer_type", "transfer_reason", "outcome", "disposition", "contact_reason", "updated_at",
)  # fmt: skip
ACTIVITY_COLUMNS = ("event_id", "agent_id", "event_at", "state", "reason")

OUTCOME_OF_EXIT = {
    "answered": "ANSWERED",
    "abandoned": "ABANDONED",
    "overflow_queue": "OVERFLOW",
    "timeout": "TIMEOUT",
    "voicemail": "VOICEMAIL",
    "closed": "CLOSED",
    "key_exit": "KEY_EXIT",
    "no_agents": "NO_AGENTS",
    "callback_requested": "CALLBACK_REQUESTED",
    "callback_failed": "CALLBACK_FAILED",
}

Row = dict[str, str | int]


class CallRecords:
    """Renders one row per segment of every contact."""

    def __init__(self, config: Config, rng: Random):
        self._config = config
        self._rng = rng
        self._extension_of_agent = {profile.agent_id: profile.extension for profile in config.agents}

    def rows(self, books: Books) -> list[Row]:
        rows = [row for contact in books.contacts if contact.direction == "inbound" for row in self._rows_of(contact)]
        return sorted(rows, key=written_order)

    def _rows_of(self, contact: Contact):
        if contact.is_blocked:
            yield self._row(
                contact,
                1,
                "blocked",
                extension=MAIN_LINE,
                started_at=contact.started_at,
                ended_at=contact.started_at,
                outcome="BLOCKED",
            )
        if contact.session:
            yield self._ivr_row(contact, contact.session)
        leg_of_segment = {leg.segment_number: leg for leg in contact.legs}
        for visit in contact.visits:
            yield self._queue_row(contact, visit, leg_of_segment.pop(visit.segment_number, None))
        for leg in leg_of_segment.values():
            yield self._dialed_row(contact, leg)

    def _ivr_row(self, contact: Contact, session: SelfServiceSession) -> Row:
        return self._row(
            contact,
            session.segment_number,
            "ivr",
            extension=MAIN_LINE,
            started_at=session.started_at,
            ended_at=session.ended_at,
            outcome=session.outcome.upper(),
        )

    def _queue_row(self, contact: Contact, visit: Visit, leg: Leg | None) -> Row:
        return self._row(
            contact,
            visit.segment_number,
            "callback" if visit.visit_type == "callback" else "queue",
            extension=self._config.queue(visit.queue_id).extension,
            queue_id=visit.queue_id,
            started_at=visit.offered_at,
            queue_entered_at=visit.offered_at,
            ended_at=visit.exited_at,
            wait_seconds=visit.wait_seconds,
            outcome=OUTCOME_OF_EXIT[visit.exit_reason],
            leg=leg,
        )

    def _dialed_row(self, contact: Contact, leg: Leg) -> Row:
        """An agent reached at the agent's own extension, by a customer or by a colleague."""
        return self._row(
            contact,
            leg.segment_number,
            "direct" if leg.is_direct else leg.leg_type,
            extension=self._extension_of_agent[leg.agent_id],
            direction="inbound" if leg.is_direct else "internal",
            started_at=leg.connected_at - leg.ring_seconds,
            outcome="ANSWERED",
            leg=leg,
        )

    def _row(
        self,
        contact: Contact,
        segment_number: int,
        segment_type: str,
        *,
        extension: str,
        started_at: int,
        outcome: str,
        ended_at: int | None = None,
        leg: Leg | None = None,
        direction: str = "inbound",
        queue_id: str = "",
        queue_entered_at: int | None = None,
        wait_seconds: int | str = "",
    ) -> Row:
        row: Row = dict.fromkeys(CALL_COLUMNS, "")
        row.update(
            contact_id=contact.contact_id,
            segment_number=segment_number,
            segment_type=segment_type,
            direction=direction,
            channel=contact.channel,
            extension=extension,
            customer_number=contact.customer_number,
            queue_id=queue_id,
            started_at=utc_text(started_at),
            queue_entered_at=utc_text(queue_entered_at),
            ended_at=utc_text(ended_at),
            wait_seconds=wait_seconds,
            outcome=outcome,
            contact_reason=contact.contact_reason,
        )
        finished_at = ended_at
        if leg is not None:
            row.update(
                agent_id=leg.agent_id,
                answered_at=utc_text(leg.connected_at),
                agent_ended_at=utc_text(leg.ended_at),
                ended_at=utc_text(leg.customer_ended_at),
                dial_seconds="" if leg.dial_seconds is None else leg.dial_seconds,
                ring_seconds="" if leg.ring_seconds is None else leg.ring_seconds,
                hold_seconds=leg.hold_seconds,
                after_contact_work_seconds=leg.after_contact_work_seconds,
                transfer_type=leg.transfer_type,
                transfer_reason=leg.transfer_reason,
                disposition=leg.disposition,
            )
            finished_at = max(leg.customer_ended_at, leg.ended_at + leg.after_contact_work_seconds)
        # The switch writes a row when nothing of it can change any more, a moment later.
        row["updated_at"] = utc_text(finished_at + self._rng.randint(1, 3))
        return row


def written_order(row: Row) -> tuple:
    return row["updated_at"], row["contact_id"], row["segment_number"]


def activity_rows(config: Config, activity: ActivityRecorder) -> list[Row]:
    zone_of = {profile.agent_id: config.zone_of(profile) for profile in config.agents}
    return [
        {
            "event_id": event.event_id,
            "agent_id": event.agent_id,
            "event_at": local_text(event.at, zone_of[event.agent_id]),
            "state": event.state,
            "reason": event.reason,
        }
        for event in activity.events
    ]


def reference_tables(config: Config) -> dict[str, list[Row]]:
    """The small tables an administrator would keep by hand."""
    return {
        "raw_sites": [{"site_id": s.site_id, "site_name": s.site_name, "time_zone": s.time_zone} for s in config.sites],
        "raw_teams": [
            {"team_id": t.team_id, "team_name": t.team_name, "department": t.department, "site_id": t.site_id}
            for t in config.teams
        ],
        "raw_agents": [
            {
                "agent_id": profile.agent_id,
                "agent_name": profile.agent_name,
                "team_id": assignment.team_id,
                "extension": profile.extension,
                "valid_from": utc_text(assignment.valid_from),
                "valid_to": utc_text(assignment.valid_to),
            }
            for profile in config.agents
            for assignment in profile.assignments
        ],
        "raw_queues": [
            {
                "queue_id": q.queue_id,
                "queue_name": q.queue_name,
                "time_zone": q.calendar.time_zone,
                "calendar_id": q.calendar.calendar_id,
            }
            for q in (*config.queues, *config.digital_queues)
        ],
        **calendar_tables(config),
        "raw_contact_reasons": [
            {"contact_reason": r.contact_reason, "contact_reason_name": r.contact_reason_name, "category": r.category}
            for r in config.reasons
        ],
    }


def calendar_tables(config: Config) -> dict[str, list[Row]]:
    return {
        "raw_calendars": [
            {"calendar_id": c.calendar_id, "calendar_name": c.calendar_name, "time_zone": c.time_zone}
            for c in config.calendars
        ],
        "raw_calendar_hours": [
            {
                "calendar_id": c.calendar_id,
                "iso_weekday": day + 1,
                "opens_at": hours.opens_at,
                "closes_at": hours.closes_at,
                "valid_from": hours.valid_from.isoformat(),
                "valid_to": hours.valid_to.isoformat() if hours.valid_to else "",
            }
            for c in config.calendars
            for hours in c.hours
            for day in hours.days
        ],
        "raw_calendar_holidays": [
            {"calendar_id": c.calendar_id, "holiday_date": day.isoformat(), "holiday_name": name}
            for c in config.calendars
            for day, name in c.holidays.items()
        ],
    }
