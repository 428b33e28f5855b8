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
    events, event_fates = _usable_events(raw_tables)
    attempts, attempt_fates = _usable(raw_tables["raw_dialer_attempts"], _attempt_fate, ("attempt_id",))
    visits, legs = _visits_and_legs(calls)
    return Reading(
        {
            "raw_call_detail_records": call_fates,
            "raw_agent_activity": event_fates,
            "raw_dialer_attempts": attempt_fates,
        },
        visits,
        legs | _outbound_legs(attempts),
        _state_seconds(events, [*_work_on_calls(calls), *_work_on_attempts(attempts)]),
    )


def state_seconds(raw_tables: dict, work: list[tuple[str, int, int, int]]) -> dict[tuple[str, int], dict[str, int]]:
    """Of those who did this work (agent, start, end, after-contact work): the log of states with that work."""
    agent_ids = {agent_id for agent_id, *_ in work}
    events, _ = _usable_events(raw_tables)
    return _state_seconds([row for row in events if row["agent_id"] in agent_ids], work)


def _usable_events(raw_tables):
    return _usable(raw_tables["raw_agent_activity"], _event_fate, ("event_id",))


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


def _attempt_fate(row) -> str:
    return "quarantined" if not row["attempt_id"] or seconds(row["dialed_at"]) is None else ""


def _visits_and_legs(calls):
    visits, legs = {}, {}
    transferred = set()
    for row in sorted(calls, key=lambda row: (row["contact_id"], row["segment_number"])):
        key = (row["contact_id"], row["segment_number"])
        if row["segment_type"] in ("queue", "callback"):
            offered_at = seconds(row["queue_entered_at"])
            exited_at = seconds(row["answered_at"] or row["ended_at"])
            exit_reason = EXIT_REASONS.get(row["outcome"], row["outcome"].lower())
            visit_type = "transfer" if row["contact_id"] in transferred else "inbound"
            visit_type = "callback" if row["segment_type"] == "callback" else visit_type
            visits[key] = (row["queue_id"], visit_type, offered_at, exited_at, exit_reason, max(0, row["wait_seconds"]))
        if row["outcome"] == "ANSWERED":
            leg_type = row["segment_type"] if row["segment_type"] in ("consult", "conference") else "customer"
            hold_seconds = None if row["hold_seconds"] < -2 else row["hold_seconds"]
            span = seconds(row["answered_at"]), seconds(row["agent_ended_at"])
            legs[key] = (row["agent_id"], leg_type, *span, hold_seconds, row["after_contact_work_seconds"])
        if row["transfer_type"] in ("blind", "warm"):
            transferred.add(row["contact_id"])
    return visits, legs


def _outbound_legs(attempts):
    legs = {}
    for row in attempts:
        if row["campaign_id"] and row["agent_connected_at"]:
            span = seconds(row["agent_connected_at"]), seconds(row["agent_ended_at"])
            hold_seconds = None if int(row["hold_seconds"]) < -2 else int(row["hold_seconds"])
            work_seconds = int(row["after_contact_work_seconds"])
            legs[row["contact_id"], 1] = (row["agent_id"], "customer", *span, hold_seconds, work_seconds)
    return legs


def _work_on_calls(calls):
    """(agent, start with dialing, end, after-contact work) of every leg in the call records."""
    for row in calls:
        if row["agent_id"]:
            started_at = seconds(row["answered_at"]) - (row["dial_seconds"] or 0)
            yield row["agent_id"], started_at, seconds(row["agent_ended_at"]), row["after_contact_work_seconds"]


def _work_on_attempts(attempts):
    """The same of campaigns' legs and of dialing in vain; the legs of callbacks are in the call records."""
    for row in attempts:
        dial_seconds = int(row["dial_seconds"] or 0)
        if row["agent_id"] and not row["agent_connected_at"]:
            dialed_at = seconds(row["dialed_at"])
            yield row["agent_id"], dialed_at, dialed_at + dial_seconds, 0
        elif row["agent_id"] and row["campaign_id"]:
            started_at = seconds(row["agent_connected_at"]) - dial_seconds
            work_seconds = int(row["after_contact_work_seconds"])
            yield row["agent_id"], started_at, seconds(row["agent_ended_at"]), work_seconds


def _state_seconds(events, work):
    """Second by second: legs beat after-contact work, and both beat the states of the activity log."""
    events_of, ends_of = defaultdict(list), defaultdict(list)
    for row in events:
        events_of[row["agent_id"]].append((seconds(row["event_at"]), row["event_id"], row["state"]))
    for agent_id, _, ended_at, _ in work:
        ends_of[agent_id].append(ended_at)

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
    for agent_id, _, ended_at, work_seconds in work:
        clock = bucket_at[agent_id]
        for at in range(ended_at, ended_at + work_seconds):
            if at in clock:
                clock[at] = "after_contact_work"
    for agent_id, started_at, ended_at, _ in work:
        bucket_at[agent_id].update(dict.fromkeys(range(started_at, ended_at), "on_contact"))

    totals: dict[tuple[str, int], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for agent_id, clock in bucket_at.items():
        for at, bucket in clock.items():
            totals[agent_id, at - at % 900][bucket] += 1
    return totals
