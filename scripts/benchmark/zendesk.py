"""Believable tickets of a help desk in the tables that Fivetran lands: mail, forms, chats and social media.

A tenth of the lines are tickets; each has some five changes of fields and four comments, some are reopened, moved,
rated or given a schedule of their own.
"""

import csv
import json
import random
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path

BEGIN = datetime(2026, 1, 1)
DAYS = 120
AGENTS, GROUPS, CUSTOMERS = 200, 20, 50_000
CHANNELS = ["email"] * 6 + ["web"] * 3 + ["twitter_dm", "native_messaging"]
HEADERS = {
    "ticket": "id,created_at,updated_at,status,priority,via_channel,requester_id,submitter_id,assignee_id,group_id,"
    "merged_ticket_ids,_fivetran_synced,_fivetran_deleted",
    "ticket_field_history": "ticket_id,field_name,updated,value,user_id,_fivetran_synced",
    "ticket_comment": "id,ticket_id,user_id,created,public,body,_fivetran_synced",
    "ticket_schedule": "ticket_id,schedule_id,created_at,_fivetran_synced",
    "satisfaction_rating": "id,ticket_id,score,created_at,updated_at,_fivetran_synced",
    "user": "id,name,role,email,default_group_id,suspended,_fivetran_synced",
    "group": "id,name,_fivetran_synced",
    "schedule": "id,name,time_zone,start_time,end_time,created_at,_fivetran_synced",
}
SYNCED = "2026-05-15 00:00:00"


def write(folder: Path, rows: int) -> int:
    """Write about that many lines, and say how many; header lines do not count."""
    chance = random.Random(5)
    written = 0
    with ExitStack() as files:
        tables = {}
        for table, header in HEADERS.items():
            path = folder / f"{table}.csv"
            tables[table] = csv.writer(files.enter_context(path.open("w", encoding="utf-8", newline="")))
            tables[table].writerow(header.split(","))
        for table, line in directory():
            tables[table].writerow(line)
            written += 1
        ticket = 0
        while written < rows:
            ticket += 1
            for table, line in life(ticket, chance):
                tables[table].writerow(line)
                written += 1
    return written


def directory() -> Iterator[tuple[str, list]]:
    """Groups, agents, customers and two schedules."""
    for group in range(1, GROUPS + 1):
        yield "group", [group, f"Group {group}", SYNCED]
    for agent in range(1, AGENTS + 1):
        yield "user", [agent, f"Agent {agent}", "agent", f"a{agent}@example.com", agent % GROUPS + 1, "false", SYNCED]
    for number in range(CUSTOMERS):
        user = customer(number)
        yield "user", [user, f"Customer {number}", "end-user", f"c{number}@example.org", "", "false", SYNCED]
    for schedule, zone in ((1, "Eastern Time (US & Canada)"), (2, "London")):
        for day in range(1, 6):
            hours = [day * 1440 + 480, day * 1440 + 1080]
            yield "schedule", [schedule, f"Schedule {schedule}", zone, *hours, f"2025-01-0{schedule} 00:00:00", SYNCED]


def customer(number: int) -> int:
    return 100_000 + number


def life(ticket: int, chance: random.Random) -> Iterator[tuple[str, list]]:
    """All lines of one ticket, from its creation to its rating."""
    at = BEGIN + timedelta(seconds=chance.randrange(DAYS * 86400))
    created = at
    requester = customer(chance.randrange(CUSTOMERS))
    group = chance.randrange(GROUPS) + 1
    agent = chance.randrange(AGENTS) + 1
    priority = chance.choice(["low", "normal", "normal", "high", "urgent"])
    comment = 20 * ticket

    def change(field: str, value, user="") -> tuple[str, list]:
        return "ticket_field_history", [ticket, field, at, value, user, SYNCED]

    def line(user: int, public: str = "true") -> tuple[str, list]:
        nonlocal comment
        comment += 1
        body = f"Line {comment}, about something of importance.\nWith kind regards, {user}"
        return "ticket_comment", [comment, ticket, user, at, public, body, SYNCED]

    yield change("status", "new", requester)
    yield change("group_id", group)
    yield change("first_reply_time", json.dumps({"minutes": 240, "in_business_hours": True}))
    yield line(requester)
    if chance.random() < 0.2:
        yield "ticket_schedule", [ticket, 2, at, SYNCED]
    at += timedelta(seconds=chance.randrange(60, 86400))
    if chance.random() < 0.2:
        group = group % GROUPS + 1
        yield change("group_id", group, agent)
        yield line(agent, "false")
        at += timedelta(seconds=chance.randrange(60, 43200))
    status = "open"
    for turn in range(chance.choice([1, 1, 1, 2, 2, 3])):
        if turn:
            yield change("status", "open", requester)
            yield line(requester)
            at += timedelta(seconds=chance.randrange(60, 43200))
        status = chance.choice(["pending", "solved", "solved"])
        yield line(agent)
        yield change("status", status, agent)
        at += timedelta(seconds=chance.randrange(60, 172800))
    if status == "solved":
        yield "satisfaction_rating", [ticket, ticket, chance.choice(["offered", "good", "bad"]), at, at, SYNCED]
        at += timedelta(days=4)
        status = "closed"
        yield change("status", status)
    sender = [chance.choice(CHANNELS), requester, requester, agent, group, "[]", SYNCED, "false"]
    yield "ticket", [ticket, created, at, status, priority, *sender]
