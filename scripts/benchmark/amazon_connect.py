"""Contact records and agent events of a made-up center on Amazon Connect, as Firehose delivers them."""

import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

INSTANCE = "arn:aws:connect:us-east-1:123456789012:instance/11111111-2222-4333-8444-555555555555"
AGENTS = 200
QUEUES = 12
# Contacts that a center of this size has on a day, and documents in a file.
CONTACTS_PER_DAY = 6_000
DOCUMENTS_PER_FILE = 20_000
FIRST_DAY = datetime(2026, 1, 5, tzinfo=UTC)


def write(folder: Path, rows: int) -> int:
    """Write about that many documents, half of them contact records; give the number."""
    chance = random.Random(1)
    written = 0
    for table, documents in (("contact_records", contact_records), ("agent_events", agent_events)):
        batch, file_number, day = [], 0, FIRST_DAY
        for number, document in enumerate(documents(chance)):
            if number >= rows // 2:
                break
            batch.append(json.dumps(document))
            if len(batch) == DOCUMENTS_PER_FILE:
                file_number += 1
                put(folder / table, day + timedelta(hours=file_number), file_number, batch)
                written, batch = written + len(batch), []
        put(folder / table, day, 0, batch)
        written += len(batch)
    return written


def put(folder: Path, at: datetime, number: int, batch: list[str]) -> None:
    path = folder / at.strftime("%Y/%m/%d/%H") / f"stream-1-{number:05}"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(batch) + "\n")


def stamp(at: datetime | None, fractions: bool = False) -> str | None:
    if at is None:
        return None
    return at.strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03}Z" if fractions else at.strftime("%FT%TZ")


def contact_records(chance: random.Random) -> Iterator[dict]:
    """Calls and chats, some abandoned, transferred, consulted on, called back or delivered twice."""
    number = 0
    while True:
        number += 1
        day, place = divmod(number, CONTACTS_PER_DAY)
        start = FIRST_DAY + timedelta(days=day, hours=13, seconds=place * 36_000 // CONTACTS_PER_DAY)
        customer = f"+1555{chance.randrange(1_000_000):07}"
        root = str(UUID(int=number * 16))
        queued = start + timedelta(seconds=chance.randrange(2, 90))
        record = base(root, "INBOUND", start, customer)
        kind = chance.random()
        if kind < 0.15:
            yield closed(record, queued, "CONTACT_FLOW_DISCONNECT")
            continue
        left = queued + timedelta(seconds=chance.randrange(1, 200))
        record["Queue"] = queue(chance.randrange(QUEUES), queued, left)
        if kind < 0.22:
            yield closed(record, left, "CUSTOMER_DISCONNECT")
            continue
        if kind < 0.26:
            back = base(str(UUID(int=number * 16 + 1)), "CALLBACK", left, customer, root)
            taken = left + timedelta(seconds=chance.randrange(60, 1_800))
            record["NextContactId"] = back["ContactId"]
            yield closed(record, left, "CONTACT_FLOW_DISCONNECT")
            back["Queue"] = queue(0, left + timedelta(seconds=10), taken)
            back["ConnectedToSystemTimestamp"] = stamp(taken + timedelta(seconds=8))
            back["Agent"], end = agent(chance, taken + timedelta(seconds=15))
            yield closed(back, end, "CUSTOMER_DISCONNECT")
            continue
        record["Agent"], end = agent(chance, left)
        if kind < 0.36:
            second = base(str(UUID(int=number * 16 + 1)), "TRANSFER", end - timedelta(seconds=10), customer, root)
            second["Agent"], last = agent(chance, end + timedelta(seconds=5))
            record["NextContactId"] = second["ContactId"]
            record["TransferCompletedTimestamp"] = stamp(end)
            yield closed(second, last, "CUSTOMER_DISCONNECT")
        elif kind > 0.8:
            record["Channel"] = "CHAT"
            record["ChatMetrics"] = {"ContactMetrics": {"AgentFirstResponseTimeInMillis": chance.randrange(60_000)}}
        yield closed(record, end, "CUSTOMER_DISCONNECT")
        if kind > 0.97:
            yield record | {
                "Attributes": {"contact_reason": "billing"},
                "LastUpdateTimestamp": stamp(end + timedelta(days=3)),
            }


def base(contact: str, method: str, start: datetime, customer: str, root: str | None = None) -> dict:
    return {
        "AWSAccountId": "123456789012",
        "AWSContactTraceRecordFormatVersion": "2017-03-10",
        "AgentConnectionAttempts": 1,
        "AnsweringMachineDetectionStatus": None,
        "Attributes": {"contact_reason": f"reason {int(customer[-1]) % 7}", "language": "en-US"},
        "Campaign": {"CampaignId": None},
        "Channel": "VOICE",
        "ConnectedToSystemTimestamp": stamp(start),
        "ContactDetails": {},
        "ContactId": contact,
        "CustomerEndpoint": {"Address": customer, "Type": "TELEPHONE_NUMBER"},
        "InitialContactId": root,
        "InitiationMethod": method,
        "InitiationTimestamp": stamp(start),
        "InstanceARN": INSTANCE,
        "MediaStreams": [{"Type": "AUDIO"}],
        "NextContactId": None,
        "PreviousContactId": root,
        "Queue": None,
        "Agent": None,
        "Recording": {"Location": f"bucket/recordings/{contact}.wav", "Status": "AVAILABLE", "Type": "AUDIO"},
        "References": [],
        "SystemEndpoint": {"Address": "+15550199", "Type": "TELEPHONE_NUMBER"},
        "TransferCompletedTimestamp": None,
        "TransferredToEndpoint": None,
    }


def closed(record: dict, end: datetime, reason: str) -> dict:
    return record | {
        "DisconnectReason": reason,
        "DisconnectTimestamp": stamp(end),
        "LastUpdateTimestamp": stamp(end + timedelta(minutes=2)),
    }


def queue(number: int, entered: datetime, left: datetime) -> dict:
    return {
        "ARN": f"{INSTANCE}/queue/{UUID(int=number)}",
        "Name": f"Queue {number}",
        "EnqueueTimestamp": stamp(entered),
        "DequeueTimestamp": stamp(left),
        "Duration": int((left - entered).total_seconds()),
    }


def groups(number: int, name: str) -> dict:
    return {
        "Level1": {"ARN": f"{INSTANCE}/agent-group/{UUID(int=100)}", name: "Service"},
        "Level2": {"ARN": f"{INSTANCE}/agent-group/{UUID(int=number % 20)}", name: f"Team {number % 20}"},
    }


def agent(chance: random.Random, connected: datetime) -> tuple[dict, datetime]:
    """An agent's part of a record, and when it ended."""
    number = chance.randrange(AGENTS)
    talk, hold, work = chance.randrange(20, 600), chance.choice((0, 0, 0, 45)), chance.randrange(0, 60)
    end = connected + timedelta(seconds=talk + hold)
    return {
        "ARN": f"{INSTANCE}/agent/{UUID(int=number)}",
        "Username": f"agent.{number}",
        "ConnectedToAgentTimestamp": stamp(connected),
        "AgentInteractionDuration": talk,
        "CustomerHoldDuration": hold,
        "LongestHoldDuration": hold,
        "NumberOfHolds": 1 if hold else 0,
        "AfterContactWorkStartTimestamp": stamp(end),
        "AfterContactWorkEndTimestamp": stamp(end + timedelta(seconds=work)),
        "AfterContactWorkDuration": work,
        "HierarchyGroups": groups(number, "GroupName"),
        "RoutingProfile": {"ARN": f"{INSTANCE}/routing-profile/{UUID(int=1)}", "Name": "Basic"},
    }, end


def agent_events(chance: random.Random) -> Iterator[dict]:
    """Days of all agents: log-in, calls with hold and work, breaks, heart beats between them, log-out."""
    number = 0
    for day in range(10_000):
        for who in range(AGENTS):
            at = FIRST_DAY + timedelta(days=day, hours=13, seconds=chance.randrange(900))
            end = at + timedelta(hours=8)
            status, since, before = "Available", at, None
            steps: list[tuple[str, str | None, float]] = [("LOGIN", None, 30)]
            while at < end:
                event, contact, seconds = steps.pop(0) if steps else next_step(chance, steps)
                if contact in ("Available", "Break"):
                    status, since, contact = contact, at, None
                number += 1
                now = snapshot(who, status, since, number, contact, at)
                yield agent_event(who, number, event, at, now, before)
                before = now
                at += timedelta(seconds=seconds)
            number += 1
            yield agent_event(who, number, "LOGOUT", at, snapshot(who, "Offline", at, number, None, at), before)


def next_step(chance: random.Random, steps: list) -> tuple[str, str | None, float]:
    """The next event, its state of contact or status, and the seconds it lasts; a call puts more steps."""
    kind = chance.random()
    if kind < 0.6:
        return "HEART_BEAT", None, 120
    if kind < 0.64:
        steps.append(("STATE_CHANGE", "Available", 30))
        return "STATE_CHANGE", "Break", chance.randrange(300, 900)
    steps.extend(
        [
            ("STATE_CHANGE", "CONNECTED", chance.randrange(20, 120)),
            ("STATE_CHANGE", "CONNECTED_ONHOLD", 45),
            ("STATE_CHANGE", "CONNECTED", chance.randrange(20, 400)),
            ("STATE_CHANGE", "ENDED", chance.randrange(5, 60)),
            ("STATE_CHANGE", None, chance.randrange(20, 300)),
        ]
    )
    return "STATE_CHANGE", "CONNECTING", chance.randrange(2, 15)


def snapshot(who: int, status: str, since: datetime, number: int, state: str | None, at: datetime) -> dict:
    kinds = {"Available": "ROUTABLE", "Offline": "OFFLINE"}
    contacts = []
    if state:
        contacts = [
            {
                "ContactId": str(UUID(int=number)),
                "InitialContactId": None,
                "Channel": "VOICE",
                "InitiationMethod": "INBOUND",
                "State": state,
                "StateStartTimestamp": stamp(at, fractions=True),
                "Queue": {"ARN": f"{INSTANCE}/queue/{UUID(int=number % QUEUES)}", "Name": f"Queue {number % QUEUES}"},
            }
        ]
    return {
        "AgentStatus": {
            "ARN": f"{INSTANCE}/agent-state/{status}",
            "Name": status,
            "StartTimestamp": stamp(since, fractions=True),
            "Type": kinds.get(status, "CUSTOM"),
        },
        "Configuration": {
            "Username": f"agent.{who}",
            "FirstName": "Agent",
            "LastName": str(who),
            "AgentHierarchyGroups": groups(who, "Name"),
            "RoutingProfile": {
                "ARN": f"{INSTANCE}/routing-profile/{UUID(int=1)}",
                "Name": "Basic",
                "InboundQueues": [{"ARN": f"{INSTANCE}/queue/{UUID(int=q)}", "Name": f"Queue {q}"} for q in range(4)],
                "Concurrency": [{"Channel": "VOICE", "AvailableSlots": 1, "MaximumSlots": 1}],
            },
        },
        "Contacts": contacts,
    }


def agent_event(who: int, number: int, event: str, at: datetime, now: dict, before: dict | None) -> dict:
    return {
        "AWSAccountId": "123456789012",
        "AgentARN": f"{INSTANCE}/agent/{UUID(int=who)}",
        "CurrentAgentSnapshot": now,
        "EventId": str(UUID(int=2**100 + number)),
        "EventTimestamp": stamp(at, fractions=True),
        "EventType": event,
        "InstanceARN": INSTANCE,
        "PreviousAgentSnapshot": before,
        "Version": "2017-10-01",
    }
