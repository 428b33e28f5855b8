"""Made-up queue logs and call records of a center with 200 agents, a file of each per day."""

from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random

AGENTS = 200
QUEUES = ["sales", "support", "billing", "returns", "retention", "orders", "repairs", "claims"]
FIRST_DAY = 1_767_571_200
COLUMNS = "calldate,src,dst,dcontext,channel,dstchannel,lastapp,duration,billsec,disposition,uniqueid,linkedid,sequence"
# An agent's day: lines of the log and records it takes, about.
LINES_OF_DAY = 450


def write(folder: Path, rows: int) -> int:
    """Write about `rows` lines below `folder`; gives their number."""
    random = Random(5)
    written = day = 0
    while written < rows:
        agents = min(AGENTS, max(1, round((rows - written) / LINES_OF_DAY)))
        log, records = [], []
        for agent in range(agents):
            work(random, agent, FIRST_DAY + day * 86_400, log, records)
        log.sort(key=lambda line: line[0])
        (folder / f"queue_log-{day:03}").write_text("".join(f"{at}|{rest}\n" for at, rest in log))
        (folder / f"cdr-{day:03}.csv").write_text("\n".join([COLUMNS, *records, ""]))
        written += len(log) + len(records)
        day += 1
    return written


def work(random: Random, agent: int, midnight: int, log: list, records: list) -> None:
    """One day of one agent: logged in to two queues, a break, a lunch, and calls one after the other."""
    name, extension = f"Agent {agent:03}", 8000 + agent
    queues = [QUEUES[agent % len(QUEUES)], QUEUES[(agent + 3) % len(QUEUES)]]
    now = midnight + 28_800 + random.randrange(3_600)
    for queue in queues:
        log.append((now, f"NONE|{queue}|{name}|ADDMEMBER|"))
    pauses = [(midnight + 39_600 + random.randrange(900), 900, "break"), (midnight + 45_000, 1_800, "lunch")]
    end, number = now + 28_800, 0
    while now < end:
        now += 5 + int(random.expovariate(1 / 90))
        if pauses and now > pauses[0][0]:
            _, length, reason = pauses.pop(0)
            for at, event in ((now, f"PAUSE|{reason}"), (now + length, "UNPAUSE|")):
                log.append((at, f"NONE|NONE|{name}|{event.replace('PAUSE', 'PAUSEALL', 1)}"))
                log.extend((at, f"NONE|{queue}|{name}|{event}") for queue in queues)
            now += length
        number += 1
        now = call(random, extension, name, random.choice(queues), now, number, log, records)
    for queue in queues:
        log.append((now, f"NONE|{queue}|{name}|REMOVEMEMBER|"))


def call(random: Random, extension: int, name: str, queue: str, now: int, number: int, log: list, records: list) -> int:
    """One call, answered or not, or one that the agent makes; gives the second in which it is over."""
    uniqueid = f"{now}.{extension}{number:03}"
    caller, talk = f"1555{random.randrange(10**6):06}", 20 + int(random.expovariate(1 / 180))
    channel, phone = f"PJSIP/trunk-{number:08x}", f"PJSIP/{extension}-{number:08x}"

    # One path between two parties.
    def record(start, source, dialed, context, one, other, application, duration, billed, disposition):
        records.append(
            f"{clock(start)},{source},{dialed},{context},{one},{other},{application},{duration},{billed},{disposition},"
            f"{uniqueid},{uniqueid},{len(records)}"
        )

    if random.random() < 0.08:
        record(now, extension, caller, "from-internal", phone, channel, "Dial", talk + 12, talk, "ANSWERED")
        return now + talk + 12
    wait, ring = int(random.expovariate(1 / 25)), 2 + random.randrange(8)
    log.append((now, f"{uniqueid}|{queue}|NONE|ENTERQUEUE||{caller}|1"))
    if random.random() < 0.07:
        log.append((now + wait, f"{uniqueid}|{queue}|NONE|ABANDON|1|1|{wait}"))
        record(now, caller, 600, "ext-queues", channel, "", "Queue", wait, wait, "ANSWERED")
        return now + wait
    if random.random() < 0.05:
        wait += 15
        log.append((now + wait, f"{uniqueid}|{queue}|{name}|RINGNOANSWER|15000"))
    wait += ring
    log.append((now + wait, f"{uniqueid}|{queue}|{name}|CONNECT|{wait}|{now + wait}.1|{ring}"))
    event = random.choice(["COMPLETEAGENT", "COMPLETECALLER", "COMPLETECALLER"])
    values = f"{wait}|{talk}|1"
    if random.random() < 0.06:
        event, values = "BLINDTRANSFER", f"{8000 + random.randrange(AGENTS)}|from-internal|{wait}|{talk}|1"
    log.append((now + wait + talk, f"{uniqueid}|{queue}|{name}|{event}|{values}"))
    record(now, caller, 600, "ext-queues", channel, phone, "Queue", wait + talk, wait + talk, "ANSWERED")
    if event == "BLINDTRANSFER":
        target = values.split("|")[0]
        other = f"PJSIP/{target}-{number:08x}"
        record(now + wait + talk, caller, target, "from-internal", channel, other, "Dial", 90, 85, "ANSWERED")
    return now + wait + talk


def clock(at: int) -> str:
    """2026-01-05 08:00:00 of seconds since 1970."""
    minutes, seconds = divmod(at % 86_400, 60)
    return f"{date_of(at // 86_400)} {minutes // 60:02}:{minutes % 60:02}:{seconds:02}"


@cache
def date_of(day: int) -> str:
    return (date(1970, 1, 1) + timedelta(days=day)).isoformat()
