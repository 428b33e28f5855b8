"""Days of work of one crew of agents: who was called when, waited how long, talked to whom.

A day is simulated call by call, so that no agent is in two places, a queue grows when too many call, and customers
lose patience in it. The benchmark needs millions of such days and varies a few: each stands for many crews and dates.
Times are whole seconds from the start of the crew's day; the same number gives the same day forever.
"""

import heapq
import math
import random
from collections import deque
from dataclasses import dataclass, field

CREW = 10
# By how busy it is: the contacts of a crew's day. What ten agents can do without a queue that never ends is about 460.
CONTACTS = {"quiet": 415, "normal": 450, "busy": 465, "peak": 478}
DAYS_PER_LEVEL = 6

SHIFT = 30_600  # 8.5 hours
STAGGER = 900  # Half of the crew starts later.
DAY = SHIFT + STAGGER
PAUSES = (("break", 7_200, 900), ("lunch", 14_400, 1_800), ("break", 22_500, 900))
OTHER_WORK = ("meeting", "training", "coaching", "project")

# Load over the day: two humps, one before noon and one after, as shares of the arrivals per eighth of the day.
HUMPS = (0.101, 0.137, 0.142, 0.124, 0.121, 0.137, 0.131, 0.107)


@dataclass
class Visit:
    contact: int
    number: int
    offered: int
    patience: float
    reason: str = "abandoned"
    left: int = 0


@dataclass
class CrewDay:
    """The rows of one day, as tuples in the order of the columns that `landing` declares for them."""

    contacts: list = field(default_factory=list)
    visits: list = field(default_factory=list)
    legs: list = field(default_factory=list)
    states: list = field(default_factory=list)


def crew_days() -> list[CrewDay]:
    """All days there are, those of one level side by side, from quiet to peak."""
    return [
        simulate(contacts, seed=f"{level} {number}")
        for level, contacts in CONTACTS.items()
        for number in range(DAYS_PER_LEVEL)
    ]


def simulate(contacts: int, seed: str) -> CrewDay:
    return _Simulation(contacts, random.Random(seed).random).run()


class _Simulation:
    """First come, first served; the agent who has been idle longest takes the call."""

    def __init__(self, contacts: int, draw):
        self.draw = draw
        self.day = CrewDay()
        self.moments: list[tuple] = []
        self.counter = 0
        self.waiting: deque[Visit] = deque()
        self.idle: deque[int] = deque()
        self.logout_at = {}
        self.due: dict[int, deque] = {}
        self.ends = [0] * contacts
        self.reached = [False] * contacts
        self.leg_numbers = [0] * contacts
        self.state_numbers = [0] * CREW
        self.firsts: list[Visit] = []
        self.greetings = [5 + int(60 * draw() ** 2) for _ in range(contacts)]
        for contact, at in enumerate(self.arrivals(contacts)):
            first = Visit(contact, 0, at, self.patience())
            self.firsts.append(first)
            self.later(at, self.offered, first)
        for agent in range(CREW):
            self.later(agent % 2 * STAGGER + int(120 * draw()), self.logged_in, agent)

    def run(self) -> CrewDay:
        while self.moments:
            now, _, happens, subject = heapq.heappop(self.moments)
            happens(now, subject)
        # Whoever still waits when the last agent goes is told that it is closed.
        for visit in self.waiting:
            given_up = visit.offered + int(visit.patience)
            self.leaves(visit, min(given_up, max(visit.offered, DAY)), "abandoned" if given_up < DAY else "closed")
        order = sorted(range(len(self.ends)), key=lambda contact: self.draw())
        rank = {contact: position for position, contact in enumerate(order)}
        for first in self.firsts:
            contact = first.contact
            started, wait = first.offered - self.greetings[contact], first.left - first.offered
            self.day.contacts.append((rank[contact], started, wait, self.ends[contact], self.reached[contact]))
        self.day.contacts.sort()
        for rows in (self.day.visits, self.day.legs, self.day.states):
            rows[:] = [(rank.get(row[0], -1), *row[1:]) for row in rows]
        return self.day

    def later(self, at: int, happens, subject) -> None:
        self.counter += 1
        heapq.heappush(self.moments, (at, self.counter, happens, subject))

    def spread(self, typical: float, width: float) -> float:
        """A time that is seldom short and sometimes long; half of all are below the typical one."""
        uniform = (1 - self.draw(), self.draw())
        normal = math.sqrt(-2 * math.log(uniform[0])) * math.cos(2 * math.pi * uniform[1])
        return typical * math.exp(width * normal)

    def patience(self) -> float:
        # A few hang up at once: the wrong number, a change of mind.
        return 5 * self.draw() if self.draw() < 0.012 else 8 + self.spread(95, 1.0)

    def arrivals(self, contacts: int) -> list[int]:
        ends = [sum(HUMPS[: part + 1]) for part in range(len(HUMPS))]
        times = []
        for contact in range(contacts):
            share = (contact + self.draw()) / contacts * ends[-1]
            part = next(part for part, end in enumerate(ends) if share <= end)
            inside = (share - ends[part] + HUMPS[part]) / HUMPS[part]
            times.append(90 + int((part + inside) * (DAY - 1_800) / len(HUMPS)))
        return sorted(times)

    def state(self, at: int, agent: int, state: str, reason: str | None = None, contact: int = -1) -> None:
        self.day.states.append((contact, agent, self.state_numbers[agent], state, reason, at))
        self.state_numbers[agent] += 1

    def logged_in(self, now: int, agent: int) -> None:
        start = agent % 2 * STAGGER
        pauses = [(start + after + 300 * (agent // 2), reason, long) for reason, after, long in PAUSES]
        if self.draw() < 0.25:
            other = OTHER_WORK[int(4 * self.draw())]
            pauses.append((start + 18_000 + 900 * (agent // 2), other, 1_800))
        self.due[agent] = deque(sorted(pauses))
        self.logout_at[agent] = start + SHIFT
        self.state(now, agent, "login")
        ready = now + 20 + int(60 * self.draw())
        self.state(ready, agent, "available")
        self.later(ready, self.becomes_idle, agent)

    def becomes_idle(self, now: int, agent: int) -> None:
        if now >= self.logout_at[agent]:
            self.state(now + 1, agent, "offline")
        elif self.due[agent] and now >= self.due[agent][0][0]:
            _, reason, long = self.due[agent].popleft()
            back = now + 1 + int(long * (0.9 + 0.2 * self.draw()))
            self.state(now + 1, agent, "auxiliary", reason)
            self.state(back, agent, "available")
            self.later(back, self.becomes_idle, agent)
        else:
            visit = self.next_in_queue(now + 3)
            if visit is not None:
                self.connects(now, visit, agent)
                return
            self.idle.append(agent)
            # Nobody calls, and the pause or the end of the day comes all the same.
            wakes = min([self.logout_at[agent], *(pause[0] for pause in self.due[agent])])
            self.later(max(wakes, now), self.wakes, agent)

    def wakes(self, now: int, agent: int) -> None:
        if agent in self.idle:
            self.idle.remove(agent)
            self.becomes_idle(now, agent)

    def next_in_queue(self, now: int) -> Visit | None:
        while self.waiting:
            visit = self.waiting.popleft()
            given_up = visit.offered + int(visit.patience)
            if given_up > now:
                return visit
            self.leaves(visit, given_up, "abandoned")
        return None

    def leaves(self, visit: Visit, at: int, reason: str) -> None:
        if reason == "abandoned" and at - visit.offered > 60 and self.draw() < 0.12:
            reason = "callback_requested" if self.draw() < 0.6 else "voicemail"
        visit.reason, visit.left = reason, at
        self.day.visits.append(
            (visit.contact, visit.number, visit.offered, visit.reason, visit.left - visit.offered, visit.left)
        )
        self.ends[visit.contact] = max(self.ends[visit.contact], at)

    def offered(self, now: int, visit: Visit) -> None:
        if self.idle and not self.waiting:
            self.connects(now, visit, self.idle.popleft())
        else:
            self.waiting.append(visit)

    def connects(self, now: int, visit: Visit, agent: int) -> None:
        ring = 2 + int(5 * self.draw())
        connected = now + ring
        self.leaves(visit, connected, "answered")
        self.reached[visit.contact] = True
        talk = 15 + int(min(self.spread(305, 0.62), 3_000))
        hold = int(min(self.spread(45, 0.8), talk * 0.6)) if self.draw() < 0.18 else 0
        work = 3 + int(min(self.spread(44, 0.7), 900)) if self.draw() < 0.85 else 0
        ended = connected + talk
        transfer = None
        if visit.number == 0:
            choice = self.draw()
            if choice < 0.065:
                transfer = "blind" if choice < 0.025 else "warm"
                self.later(ended, self.offered, Visit(visit.contact, 1, ended, self.patience() + 40))
            elif choice < 0.085:
                transfer = "consult"
                self.later(connected + int(talk * 0.4), self.is_asked, (visit.contact, ended))
        self.leg(visit.contact, agent, "customer", visit.number, transfer, ring, connected, ended, hold, work)

    def is_asked(self, now: int, call: tuple[int, int]) -> None:
        """A colleague who is free helps for a while, with no customer on the line."""
        contact, ends = call
        if self.idle and ends - now > 30:
            long = 20 + int(min(self.spread(60, 0.5), ends - now - 25))
            self.leg(contact, self.idle.popleft(), "consult", 0, None, 1, now + 1, now + long, 0, 0)

    def leg(self, contact, agent, leg_type, visit, transfer, ring, connected, ended, hold, work) -> None:
        number = self.leg_numbers[contact]
        self.leg_numbers[contact] += 1
        self.day.legs.append(
            (contact, number, agent, leg_type, visit, transfer, ring, ended - connected, hold, work, connected)
        )
        if leg_type == "customer":
            self.ends[contact] = max(self.ends[contact], ended)
        self.state(connected, agent, "on_contact", contact=contact)
        free = ended + work
        self.state(free, agent, "available", contact=contact)
        self.later(free + 1, self.becomes_idle, agent)
