"""Raw rows of the dialer: its campaigns and one row per attempt, in the order in which they are written."""

from random import Random

from scripts.simulate.books import Books
from scripts.simulate.clock import utc_text
from scripts.simulate.outbound.books import Attempt
from scripts.simulate.outbound.model import Campaign

CAMPAIGNS = "raw_campaigns"
ATTEMPTS = "raw_dialer_attempts"
YES_NO = {True: "yes", False: "no", None: ""}


def campaign_rows(campaigns: tuple[Campaign, ...]) -> list[dict]:
    return [
        {
            "campaign_id": campaign.campaign_id,
            "campaign_name": campaign.campaign_name,
            "purpose": campaign.purpose,
            "dialing_mode": campaign.dialing_mode,
            "starts_on": campaign.starts_on.isoformat(),
            "ends_on": campaign.ends_on.isoformat(),
            "time_zone": campaign.time_zone,
            "answer_limit_seconds": campaign.answer_limit_seconds,
            "machine_false_positive_rate": _text(campaign.machine_false_positive_rate),
        }
        for campaign in campaigns
    ]


def attempt_rows(books: Books, rng: Random) -> list[dict]:
    rows = [_attempt_row(attempt, rng) for attempt in books.outbound.attempts]
    return sorted(rows, key=written_order)


def written_order(row: dict) -> tuple:
    return row["updated_at"], row["attempt_id"]


def _attempt_row(attempt: Attempt, rng: Random) -> dict:
    leg = attempt.leg
    # The talk of a callback is in the call records.
    own_leg = leg if attempt.campaign_id else None
    row = {
        "attempt_id": attempt.attempt_id,
        "campaign_id": attempt.campaign_id,
        "callback_contact_id": attempt.callback_contact_id,
        "record_id": attempt.record_id,
        "attempt_number": attempt.attempt_number,
        "customer_number": attempt.customer_number,
        "agent_id": attempt.agent_id,
        "contact_id": attempt.contact_id,
        "dialed_at": utc_text(attempt.dialed_at),
        "answered_at": utc_text(attempt.answered_at),
        "agent_connected_at": utc_text(leg.connected_at if leg else None),
        "agent_ended_at": utc_text(leg.ended_at if leg else None),
        "ended_at": utc_text(attempt.ended_at),
        "dial_seconds": _text(attempt.dial_seconds),
        "hold_seconds": _text(own_leg.hold_seconds if own_leg else None),
        "after_contact_work_seconds": _text(own_leg.after_contact_work_seconds if own_leg else None),
        "result": attempt.result,
        "right_party": YES_NO[attempt.is_right_party],
        "converted": YES_NO[attempt.is_converted],
        "disposition": attempt.disposition,
    }
    finished_at = attempt.ended_at + (own_leg.after_contact_work_seconds if own_leg else 0)
    row["updated_at"] = utc_text(finished_at + rng.randint(1, 3))
    return row


def _text(value) -> str:
    return "" if value is None else str(value)
