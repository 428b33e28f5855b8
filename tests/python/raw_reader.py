"""A second, plain reading of the raw rows by the documented rules, to check the books and the damage against."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

GRACE_SECONDS = 900
EXIT_REASONS = {"OVERFLOW": "overflow_queue"}
STATE_BUCKETS = {"AUX": "auxiliary", "LOGIN": "auxiliary", "ON_CONTACT": "auxiliary"}


def seconds(text: str) -> int | None:
    """Seconds since 1970 UTC; None when the text is no time."""
    try:
        return int(datetime.fromisoformat(text).timestamp())
    except ValueError:
        return None


@dataclass
class Reading:
    fates: dict[str, dict[str, int]]
    visits: dict[tuple, tuple]
    legs: dict[tuple, tuple]
    state_seconds: dict[tuple[str, int], dict[str, int]]  # (agent, UTC quarter hour) -> seconds per exclusive state


def read(raw_tables: dict) -> Reading:
    calls, call_fates = _usable(raw_tables["raw_call_detail_records"], _call_fate, ("contact_id", "segment_number"))
    events, event_fates = _usable(raw_tables["raw_agent_activity"], _event_fate, ("event_id",))
    visits, legs = _visits_and_legs(calls)
    return Reading(
        {"raw_call_detail_records": call_fates, "raw_agent_activity": event_fates},
        visits,
        legs,
        _state_seconds(events, calls),
    )


def _usable(rows, fate_of, key_columns):
    fates = defaultdict(int, rows_in=len(rows))
    distinct = list({tuple(row.values()): row for row in rows}.values())
    fates["exact duplicate"] = len(rows) - len(distinct)
    newest = {}
    for row in distinct:
        fate = fate_of(row)
        if fate:
            fates[fate] += 1
            continue
        key = tuple(row[column] for column in key_columns)
        if key in newest:
            fates["dropped by rule: superseded_version"] += 1
        if key not in newest or newest[key]["updated_at"] < row["updated_at"]:
            newest[key] = row
    fates["used"] = len(newest)
    return list(newest.values()), dict(fates)


def _call_fate(row) -> str:
    if row["outcome"] == "VOID":
        return "dropped by rule: void"
    return "quarantined" if not row["contact_id"] or seconds(row["started_at"]) is None else ""


def _event_fate(row) -> str:
    return "quarantined" if not row["agent_id"] or seconds(row["event_at"]) is None else ""


def _visits_and_legs(calls):
    visits, legs = {}, {}
    transferred = set()
    for row in sorted(calls, key=lambda row: (row["contact_id"], row["segment_number"])):
        key = (row["contact_id"], row["segment_number"])
        if row["segment_type"] == "queue":
            offered_at = seconds(row["queue_entered_at"])
            exited_at = seconds(row["answered_at"] or row["ended_at"])
            exit_reason = EXIT_REASONS.get(row["outcome"], row["outcome"].lower())
            visit_type = "transfer" if row["contact_id"] in transferred else "inbound"
            visits[key] = (row["queue_id"], visit_type, offered_at, exited_at, exit_reason, max(0, row["wait_seconds"]))
        if row["outcome"] == "ANSWERED":
            leg_type = row["segment_type"] if row["segment_type"] in ("consult", "conference") else "customer"
            hold_seconds = None if row["hold_seconds"] < -2 else row["hold_seconds"]
            span = seconds(row["answered_at"]), seconds(row["agent_ended_at"])
            legs[key] = (row["agent_id"], leg_type, *span, hold_seconds, row["after_contact_work_seconds"])
        if row["transfer_type"] in ("blind", "warm"):
            transferred.add(row["contact_id"])
    return visits, legs


def _state_seconds(events, calls):
    """Second by second: a leg beats its after-contact work, and both beat the state of the activity log."""
    events_of, ends_of = defaultdict(list), defaultdict(list)
    for row in events:
        events_of[row["agent_id"]].append((seconds(row["event_at"]), row["event_id"], row["state"]))
    for row in calls:
        if row["agent_id"]:
            ends_of[row["agent_id"]].append(seconds(row["agent_ended_at"]))

    bucket_at: dict[str, dict[int, str]] = defaultdict(dict)
    for agent_id, agent_events in events_of.items():
        agent_events.sort()
        for (started_at, _, state), following in zip(agent_events, [*agent_events[1:], None], strict=True):
            if state == "LOGOUT":
                continue
            ended_at = following[0] if following else None
            if following is None or following[2] == "LOGIN":
                evidence = max([started_at, *(end for end in ends_of[agent_id] if end <= (ended_at or end))])
                ended_at = min(evidence + GRACE_SECONDS, ended_at or evidence + GRACE_SECONDS)
            bucket = STATE_BUCKETS.get(state, state.lower())
            bucket_at[agent_id].update(dict.fromkeys(range(started_at, ended_at), bucket))
    for row in calls:
        if row["agent_id"]:
            clock = bucket_at[row["agent_id"]]
            started_at, ended_at = seconds(row["answered_at"]), seconds(row["agent_ended_at"])
            for at in range(ended_at, ended_at + row["after_contact_work_seconds"]):
                if at in clock:
                    clock[at] = "after_contact_work"
            clock.update(dict.fromkeys(range(started_at, ended_at), "on_contact"))

    totals: dict[tuple[str, int], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for agent_id, clock in bucket_at.items():
        for at, bucket in clock.items():
            totals[agent_id, at - at % 900][bucket] += 1
    return totals
