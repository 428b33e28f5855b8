"""Made-up plain files: contacts with their queue visits, agent legs, states and schedules, as the contract says."""

from pathlib import Path

import duckdb

AGENTS = 200
QUEUES = 12
# Of 100 contacts 90 queue and 75 are answered; agents write 20 states for them.
LINES_PER_CONTACT = 1 + 0.9 + 0.75 + 0.2
DAYS = 28

CONTACTS = """
    select
        'c' || i as contact_id,
        case when i % 10 = 0 then 'chat' when i % 10 = 1 then 'email' else 'phone' end as channel_code,
        'inbound' as direction,
        case when i % 4 = 0 then 'K' || i % 50000 end as customer_id,
        case when i % 4 in (1, 2) then '+1 (555) 01' || lpad(cast(i % 70000 as varchar), 5, '0') end
            as customer_address,
        ['billing', 'orders', 'returns', null][1 + i % 4] as contact_reason_code,
        started_at,
        started_at + interval 1 second * (60 + i % 900) as ended_at
    from (
        select
            i,
            timestamp '2026-09-01 12:00:00' + interval 1 day * (i % {days})
                + interval 1 second * (i // {days} * 36000 // ({contacts} // {days} + 1)) as started_at
        from range(1, {contacts} + 1) as t (i)
    )
"""

VISITS = """
    select
        'v' || substr(contact_id, 2) as visit_id,
        contact_id,
        'q' || hash(contact_id) % {queues} as queue_code,
        case when hash(contact_id) % 90 < 75 then 'answered' else 'abandoned' end as exit_reason,
        hash(contact_id) % 120 as wait_seconds,
        started_at + interval 5 second as offered_at,
        case when hash(contact_id) % 90 < 75 then offered_at + interval 1 second * wait_seconds end as answered_at,
        offered_at + interval 1 second * wait_seconds as exited_at
    from contacts
    where cast(substr(contact_id, 2) as bigint) % 10 <> 3
"""

LEGS = """
    select
        'l' || substr(visit_id, 2) as leg_id,
        contact_id,
        visit_id,
        'a' || hash(visit_id) % {agents} as agent_code,
        queue_code,
        case when hash(visit_id) % 20 = 0 then 'blind' end as transfer_type,
        answered_at as connected_at,
        answered_at + interval 1 second * (30 + hash(visit_id) % 600) as ended_at,
        hash(visit_id) % 30 as hold_seconds,
        hash(visit_id) % 90 as after_contact_work_seconds
    from visits
    where answered_at is not null
"""

# Every agent logs in, changes between two states and logs out, each day.
STATES = """
    select
        'e' || agent || '-' || day || '-' || n as event_id,
        'a' || agent as agent_code,
        case
            when n = 0 then 'login' when n = {states} then 'offline' when n % 2 = 1 then 'available' else 'auxiliary'
        end as state,
        case when n > 0 and n < {states} and n % 2 = 0 then ['lunch', 'break', 'meeting'][1 + n % 3] end as reason_code,
        n as event_sequence,
        timestamp '2026-09-01 12:00:00' + interval 1 day * day + interval 1 second * (n * 36000 // {states}) as event_at
    from range({agents}) as a (agent), range({days}) as d (day), range({states} + 1) as s (n)
"""

DIRECTORIES = {
    "agents": "select 'a' || i as agent_code, 'Agent ' || i as agent_name, 't' || i % 10 as team_code"
    " from range({agents}) as t (i)",
    "teams": "select 't' || i as team_code, 'Team ' || i as team_name from range(10) as t (i)",
    "queues": "select 'q' || i as queue_code, 'Queue ' || i as queue_name from range({queues}) as t (i)",
}


def write(folder: Path, rows: int) -> int:
    contacts = max(1, int(rows / LINES_PER_CONTACT))
    sizes = {
        "contacts": contacts,
        "agents": AGENTS,
        "queues": QUEUES,
        "days": DAYS,
        "states": max(4, int(contacts * 0.2 / AGENTS / DAYS)),
    }
    written = 0
    with duckdb.connect() as connection:
        for table, query in (("contacts", CONTACTS), ("visits", VISITS)):
            connection.execute(f"create table {table} as {query.format(**sizes)}")
        for table, query in {
            "contacts": "from contacts",
            "queue_visits": "from visits",
            "agent_legs": LEGS,
            "agent_state_events": STATES,
            **DIRECTORIES,
        }.items():
            path = (folder / f"{table}.csv").as_posix().replace("'", "''")
            copied = connection.execute(f"copy ({query.format(**sizes)}) to '{path}' (header)").fetchone()
            written += copied[0]
    return written
