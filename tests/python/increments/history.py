"""Made-up rows of plain files, a small and unruly history: what arrives, and in which pieces, is up to a seed."""

import csv
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

START = datetime(2026, 3, 2, 0, 0)
# Longer than a repeat window, so that some are over when a piece arrives and others when the last has.
DAYS = 16
AGENTS = [f"a{number}" for number in range(4)]
# Planned, and never seen.
IDLE_AGENT = "idle"
CUSTOMERS = [f"k{number}" for number in range(12)]
SEGMENTS = ["private", "small_business", "enterprise"]
CODES = ["done", "later"]
QUEUES = ["sales", "care", "tech"]
REASONS = ["bill", "move", "fault"]

HEADERS = {
    "agents": ["agent_code", "agent_name", "team_code", "valid_from", "updated_at"],
    "teams": ["team_code", "team_name", "updated_at"],
    "queues": ["queue_code", "queue_name", "updated_at"],
    "contact_reasons": ["contact_reason_code", "contact_reason_name", "updated_at"],
    "contacts": ["contact_id", "channel_code", "started_at", "direction", "customer_id", "contact_reason_code"]
    + ["previous_contact_id", "exclusion_reason", "ended_at", "updated_at"],
    "queue_visits": ["visit_id", "contact_id", "exit_reason", "offered_at", "queue_code", "visit_type"]
    + ["wait_seconds", "answered_at", "exited_at", "updated_at"],
    "agent_legs": ["leg_id", "contact_id", "connected_at", "visit_id", "agent_code", "queue_code", "transfer_type"]
    + ["connected_seconds", "hold_seconds", "after_contact_work_seconds", "ended_at", "updated_at"],
    "agent_state_events": ["event_id", "agent_code", "state", "event_at", "reason_code", "track", "updated_at"],
    "self_service_sessions": ["session_id", "contact_id", "started_at", "end_reason", "duration_seconds", "updated_at"],
    "contact_assessments": ["contact_id", "is_resolved", "noted_at", "updated_at"],
    "contact_dispositions": ["contact_id", "disposition_code", "set_at", "updated_at"],
    "disposition_codes": ["disposition_code", "disposition_name", "category", "updated_at"],
    "customers": ["customer_id", "segment", "updated_at"],
    "blocked_attempts": ["attempt_id", "attempted_at", "customer_id", "updated_at"],
    "schedule_activities": ["agent_code", "activity_code", "business_date", "starts_at", "ends_at", "version_number"]
    + ["published_at", "updated_at"],
}

Row = dict[str, object]


# A change of theirs has what carries their names built whole.
DIRECTORIES = {"agents", "teams", "queues", "contact_reasons", "disposition_codes"}


class History:
    """Rows of every table, each with later corrections of it; `pieces` deals them out."""

    def __init__(self, seed: int, contacts: int = 60):
        self.random = Random(seed)
        self.rows: list[tuple[str, Row]] = []
        self.directories()
        for number in range(contacts):
            self.contact(number)
        for agent in AGENTS:
            self.states(agent)
        for number in range(contacts // 6):
            self.add(
                "blocked_attempts",
                attempt_id=f"b{number}",
                attempted_at=self.time(),
                customer_id=self.random.choice([None, *CUSTOMERS]),
            )
        # a3 has no plan.
        for agent in [*AGENTS[:3], IDLE_AGENT]:
            self.plans(agent)
        self.corrections()

    def time(self) -> datetime:
        # Around the clock, so that contacts and states cross midnight.
        return START + timedelta(seconds=self.random.randrange(DAYS * 86400))

    def add(self, table: str, **values: object) -> None:
        self.rows.append((table, values))

    def directories(self) -> None:
        for number, agent in enumerate(AGENTS):
            self.add("agents", agent_code=agent, agent_name=agent.upper(), team_code=f"t{number % 2}")
        self.add("agents", agent_code="a0", agent_name="A0", team_code="t1", valid_from=START + timedelta(days=3))
        self.add("agents", agent_code=IDLE_AGENT, agent_name="Idle", team_code="t0")
        for customer in CUSTOMERS[::2]:
            self.add("customers", customer_id=customer, segment=self.random.choice(SEGMENTS))
        for code in CODES:
            self.add("disposition_codes", disposition_code=code, disposition_name=code.title(), category="end")
        for number in range(2):
            self.add("teams", team_code=f"t{number}", team_name=f"Team {number}")
        for queue in QUEUES:
            self.add("queues", queue_code=queue, queue_name=queue.title())
        for reason in REASONS:
            self.add("contact_reasons", contact_reason_code=reason, contact_reason_name=reason.title())

    def contact(self, number: int) -> None:
        random, started_at = self.random, self.time()
        contact, updated_at = f"c{number}", started_at + timedelta(hours=2)
        waited = timedelta(seconds=random.choice([0, 3, 10, 19, 20, 21, 90]))
        talked = timedelta(seconds=random.choice([5, 60, 300, 900, 4000]))
        answered = random.random() < 0.8
        left_at = started_at + timedelta(seconds=10) + waited
        self.add(
            "contacts",
            contact_id=contact,
            channel_code=random.choice(["phone", "phone", "chat", "email"]),
            started_at=started_at,
            direction=random.choice(["inbound"] * 9 + ["outbound"]),
            customer_id=random.choice([None, *CUSTOMERS]),
            contact_reason_code=random.choice([None, *REASONS]),
            previous_contact_id=f"c{random.randrange(number + 5)}" if random.random() < 0.1 else None,
            exclusion_reason="test" if random.random() < 0.04 else None,
            ended_at=left_at + talked if answered else left_at,
            updated_at=updated_at,
        )
        if random.random() < 0.3:
            self.add(
                "self_service_sessions",
                session_id=f"s{number}",
                contact_id=contact,
                started_at=started_at,
                end_reason=random.choice(["to_queue", "hung_up", "completed"]),
                duration_seconds=9,
                updated_at=updated_at,
            )
        for visit in range(random.choice([0, 1, 1, 1, 1, 2])):
            offered_at = started_at + timedelta(seconds=10 + visit * 400)
            left_at = offered_at + waited
            self.add(
                "queue_visits",
                visit_id=f"v{number}.{visit}",
                contact_id=contact,
                exit_reason="answered" if answered else random.choice(["abandoned", "abandoned", "voicemail", "open"]),
                offered_at=offered_at,
                queue_code=random.choice(QUEUES),
                visit_type="inbound" if visit == 0 else "transfer",
                wait_seconds=waited.total_seconds(),
                answered_at=left_at if answered else None,
                exited_at=left_at,
                updated_at=updated_at,
            )
            if answered:
                self.leg(number, visit, contact, left_at, talked, updated_at)
        if random.random() < 0.4:
            solved, code = random.choice(["true", "false"]), random.choice([*CODES, "unlisted", None])
            self.add("contact_assessments", contact_id=contact, is_resolved=solved, noted_at=updated_at)
            self.add("contact_dispositions", contact_id=contact, disposition_code=code, set_at=updated_at)

    def leg(self, number: int, visit: int, contact: str, connected_at: datetime, talked: timedelta, updated_at):
        random = self.random
        self.add(
            "agent_legs",
            leg_id=f"l{number}.{visit}",
            contact_id=contact,
            connected_at=connected_at,
            visit_id=f"v{number}.{visit}",
            agent_code=random.choice([*AGENTS, "unlisted"]),
            queue_code=None,
            transfer_type=random.choice([None, None, "blind", "unknown"]),
            connected_seconds=talked.total_seconds(),
            hold_seconds=random.choice([None, 0, 4]),
            after_contact_work_seconds=random.choice([None, 0, 30, 31, 1000]),
            ended_at=connected_at + talked,
            updated_at=updated_at,
        )

    def states(self, agent: str) -> None:
        """Shifts with forgotten log-ins and log-outs, some over midnight, some longer than a session may last."""
        random, at, number = self.random, START + timedelta(hours=self.random.randrange(12)), 0
        while at < START + timedelta(days=DAYS):
            states = ["login"] if random.random() < 0.9 else []
            states += random.choices(
                ["available", "ringing", "on_contact", "after_contact_work", "auxiliary"], k=random.randrange(1, 12)
            )
            states += ["offline"] if random.random() < 0.8 else []
            for state in states:
                self.add(
                    "agent_state_events",
                    event_id=f"{agent}-{number}",
                    agent_code=agent,
                    state=state,
                    event_at=at,
                    reason_code=random.choice(["lunch", "meeting"]) if state == "auxiliary" else None,
                    track="chat" if agent == "a3" and random.random() < 0.3 else None,
                )
                number += 1
                at += timedelta(seconds=random.choice([0, 20, 600, 4000, 15000]))
            at += timedelta(seconds=random.choice([60, 20000, 50000]))

    def plans(self, agent: str) -> None:
        """Nine shifts of ten, over midnight too, to four weeks behind the data; some are planned anew on their day."""
        random = self.random
        for day in range(DAYS + 28):
            for version in (1, 2) if random.random() < 0.1 else (1,) if random.random() < 0.9 else ():
                starts_at = START + timedelta(days=day, hours=random.choice([6, 9, 20]))
                for activity, hours in [("on_queue", 4), ("lunch", 1), (random.choice(["on_queue", "sick"]), 3)]:
                    self.add(
                        "schedule_activities",
                        agent_code=agent,
                        activity_code=activity,
                        business_date=starts_at.date(),
                        starts_at=starts_at,
                        ends_at=(starts_at := starts_at + timedelta(hours=hours)),
                        version_number=version,
                        published_at=START + timedelta(days=day) if version == 2 else START,
                    )

    def corrections(self) -> None:
        """Later versions of a tenth of the rows, with another time, agent, reason, length or name.

        What no other row reminds of is always corrected: an agent who never works, a code, a customer.
        """
        random = self.random
        for table, row in [*self.rows]:
            if "updated_at" not in HEADERS[table] or random.random() > 0.1:
                continue
            newer = row | {"updated_at": (row.get("updated_at") or START) + timedelta(days=1)}
            for column, change in {
                "started_at": lambda at: at - timedelta(seconds=1),
                "connected_seconds": lambda seconds: seconds + 1,
                "agent_code": lambda _: random.choice(AGENTS),
                "event_at": lambda at: at + timedelta(seconds=random.choice([-7200, 1, 7200])),
                "contact_reason_code": lambda _: random.choice(REASONS),
                "customer_id": lambda _: f"k{random.randrange(12)}",
                "is_resolved": lambda _: "true",
                **dict.fromkeys(("agent_name", "team_name", "queue_name"), lambda name: f"{name} anew"),
            }.items():
                if row.get(column) is not None and random.random() < 0.5:
                    newer[column] = change(row[column])
            self.rows.append((table, newer))
        later = {"updated_at": START + timedelta(days=2)}
        for table, row in [
            ("agents", {"agent_code": IDLE_AGENT, "agent_name": "Idle", "team_code": "t1"}),
            ("disposition_codes", {"disposition_code": CODES[0], "disposition_name": "Over", "category": "close"}),
            *[("customers", {"customer_id": customer, "segment": SEGMENTS[0]}) for customer in CUSTOMERS[1::4]],
        ]:
            self.rows.append((table, row | later))

    def pieces(self, count: int, is_center_known: bool) -> list[list[tuple[str, Row]]]:
        """The rows dealt out at random, a sixth of them twice: what belongs together arrives apart.

        Of a known center the directories come with the first piece and their corrections with the last, and plans,
        which are worked out whole, never: so all is worked out in slices between. Else they arrive apart too. The last
        states come last: plans begin to count.
        """
        random = self.random
        pieces: list[list[tuple[str, Row]]] = [[] for _ in range(count)]
        for row in self.rows:
            among, (table, values) = pieces, row
            if is_center_known and table == "schedule_activities":
                continue
            if is_center_known and table in DIRECTORIES:
                among = pieces[-1:] if "updated_at" in values else pieces[:1]
            elif table == "agent_state_events" and values["event_at"] >= START + timedelta(days=DAYS - 3):
                among = pieces[-1:]
            for piece in random.sample(among, 2 if len(among) > 1 and random.random() < 0.16 else 1):
                piece.append(row)
        for piece in pieces:
            random.shuffle(piece)
        return pieces


def land(folder: Path, rows: list[tuple[str, Row]], name: str) -> None:
    """Write a file per table of which there are rows; without any rows a header for each."""
    folder.mkdir(parents=True, exist_ok=True)
    landed = {table for table, _ in rows} or set(HEADERS)
    for table, header in HEADERS.items():
        if table not in landed:
            continue
        with (folder / f"{table}_{name}.csv").open("w", newline="") as file:
            writer = csv.DictWriter(file, header)
            writer.writeheader()
            writer.writerows(row for of_table, row in rows if of_table == table)
