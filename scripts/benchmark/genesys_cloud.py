"""Conversations and user details of a Genesys Cloud center, for as long as it takes to fill the wanted documents."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

PER_DAY = 20_000
AGENTS = 400
QUEUES = ("billing", "orders", "technical", "returns", "sales", "loyalty")
CODES = ("explained", "ordered", "repaired", "refunded", "complained")
FIRST_DAY = datetime(2026, 9, 1, 6)


class Day:
    """One day's documents; agents take turns, so that nobody talks twice at once for long."""

    def __init__(self, number: int, chance: Random):
        self.number, self.chance = number, chance
        self.start = FIRST_DAY + timedelta(days=number)

    def time(self, seconds: float) -> str:
        return (self.start + timedelta(seconds=seconds)).isoformat(timespec="milliseconds") + "Z"

    def segment(self, kind: str, start: float, end: float, queue: str | None = None, **more) -> dict:
        segment = {"segmentType": kind, "segmentStart": self.time(start), "segmentEnd": self.time(end)}
        return segment | ({"queueId": queue} if queue else {}) | more

    def metrics(self, at: float, **values) -> list[dict]:
        return [{"emitDate": self.time(at), "name": name, "value": value} for name, value in values.items()]

    def session(self, name: str, media: dict, segments: list, metrics: list, **more) -> dict:
        session = {"sessionId": name, "provider": "Edge", "remote": "x", "metrics": metrics, "segments": segments}
        return session | media | more

    def conversation(self, place: int) -> dict:
        chance, name = self.chance, f"{self.number}-{place}"
        start = place * 43_200 / PER_DAY + chance.random()
        queue, agent = chance.choice(QUEUES), place % AGENTS
        wait, talk, work = chance.expovariate(1 / 25), 30 + chance.expovariate(1 / 240), chance.uniform(5, 40)
        media = {"mediaType": "voice", "direction": "inbound", "ani": f"tel:+1555{place % 90_000 + 10_000:07}"}
        kind = chance.random()
        if kind > 0.85:
            media = {"mediaType": "message", "messageType": "sms", "direction": "inbound"}
            media["addressFrom"] = f"+1555{place % 50_000:07}"
        queued = start + chance.uniform(20, 60)
        answered = queued + wait
        end = answered + talk
        customer = self.session(f"{name}-c", media, [self.segment("interact", start, end)], [])
        flow = self.session(
            f"{name}-i", media, [self.segment("ivr", start, queued, disconnectType="transfer")], [],
            flow={"flowName": "Main menu", "exitReason": "TRANSFER"},
        )  # fmt: skip
        waited = {"tAcd": round(wait * 1000)} | ({"tAbandon": round(wait * 1000)} if kind < 0.06 else {})
        left = "peer" if kind < 0.06 else "transfer"
        acd = self.session(
            f"{name}-q", media, [self.segment("interact", queued, answered, queue, disconnectType=left)],
            self.metrics(answered, nOffered=1, **waited), peerId=f"{name}-c",
        )  # fmt: skip
        people = [
            {"participantId": f"{name}-1", "purpose": "customer", "sessions": [customer]},
            {"participantId": f"{name}-2", "purpose": "ivr", "sessions": [flow]},
            {"participantId": f"{name}-3", "purpose": "acd", "sessions": [acd]},
        ]
        if kind >= 0.06:
            hold = talk / 3 if kind < 0.2 else 0
            segments = [
                self.segment("alert", answered - min(wait, 5), answered, queue),
                self.segment("interact", answered, end - hold, queue),
                *([self.segment("hold", end - hold, end, queue)] if hold else []),
                self.segment("wrapup", end, end + work, queue, wrapUpCode=chance.choice(CODES), disconnectType="peer"),
            ]
            leg = self.session(
                f"{name}-a", media, segments,
                self.metrics(end, tAnswered=round(wait * 1000), tTalk=round(talk * 1000), tAcw=round(work * 1000)),
                peerId=f"{name}-c",
            )  # fmt: skip
            people.append(
                {"participantId": f"{name}-4", "purpose": "agent", "userId": f"user-{agent}",
                 "teamId": f"team-{agent % 12}", "sessions": [leg]}
            )  # fmt: skip
        return {
            "conversationId": name, "conversationStart": self.time(start), "conversationEnd": self.time(end + work),
            "originatingDirection": "inbound", "divisionIds": ["home"], "participants": people,
        }  # fmt: skip

    def user(self, agent: int) -> dict:
        """A day of one agent: on the queue but for a break, interacting now and then."""
        changes = sorted(self.chance.uniform(300, 28_000) for _ in range(60))
        statuses = [
            {"startTime": self.time(begun), "endTime": self.time(ended), "routingStatus": status}
            for begun, ended, status in zip(
                [0, *changes], [*changes, 28_800], ("IDLE", "INTERACTING") * 31, strict=False
            )
        ]
        spans = (
            (-3600, 0, "OFFLINE"),
            (0, 14_000, "ON_QUEUE"),
            (14_000, 14_900, "BREAK"),
            (14_900, 28_800, "ON_QUEUE"),
        )
        presences = [
            {"startTime": self.time(begun), "endTime": self.time(ended), "systemPresence": presence}
            for begun, ended, presence in (*spans, (28_800, 50_000, "OFFLINE"))
        ]
        return {"userId": f"user-{agent}", "primaryPresence": presences, "routingStatus": statuses}


def write(folder: Path, rows: int) -> int:
    """Write about that many documents, a folder per table and a file per day; gives their number."""
    written, number = 0, 0
    for table in ("conversations", "users"):
        (folder / table).mkdir(parents=True, exist_ok=True)
    while written < rows:
        day = Day(number, Random(number))
        documents = {
            "conversations": (day.conversation(place) for place in range(min(PER_DAY, rows - written))),
            "users": (day.user(agent) for agent in range(AGENTS)),
        }
        for table, lines in documents.items():
            with (folder / table / f"{day.start:%Y-%m-%d}.jsonl").open("w", encoding="utf-8") as file:
                for document in lines:
                    file.write(json.dumps(document, separators=(",", ":")) + "\n")
                    written += 1
        number += 1
    return written
