"""The digital center: runs after the telephone's, whose calls some customers and agents follow up in writing."""

from simpy import Environment

from scripts.simulate.books import Books
from scripts.simulate.chance import Streams
from scripts.simulate.config import Config
from scripts.simulate.digital.agents import DigitalAgent
from scripts.simulate.digital.chats import Chats
from scripts.simulate.digital.desk import Desk
from scripts.simulate.digital.habits import DigitalHabits
from scripts.simulate.digital.messages import MessageLog, Threads
from scripts.simulate.digital.people import People
from scripts.simulate.digital.tickets import Tickets
from scripts.simulate.ledger import Contact
from scripts.simulate.personalities import draw_personality
from scripts.simulate.recorder import ActivityRecorder
from scripts.simulate.shifts import Rota


def run_digital_center(
    config: Config, seed: int, calls: list[Contact]
) -> tuple[Books, ActivityRecorder, Rota, dict[str, str]]:
    """Its books, its activity log, its rota, and how the source knows the customer of each thread."""
    env = Environment(initial_time=config.opens_at)
    streams = Streams(seed)
    habits = DigitalHabits()
    books = Books(config)
    activity = ActivityRecorder(prefix="F")
    desk = Desk(env)
    log = MessageLog(books)

    own = config.only_agents(is_digital=True)
    rota = Rota(own, streams.stream("digital rota"))
    for profile in own.agents:
        personality = draw_personality(config.agent_habits, profile, streams.stream(f"personality {profile.agent_id}"))
        rng = streams.stream(f"agent {profile.agent_id}")
        days = rota.workdays(profile, personality, rng)
        agent = DigitalAgent(env, config, habits, profile, personality, days, desk, books, activity, rng)
        env.process(agent.run())

    rng = streams.stream("chats")
    Chats(env, config, habits.chats, People(config, rng), desk, log, books, rng).start(calls)
    rng = streams.stream("threads")
    threads = Threads(env, config, habits.messages, People(config, rng), desk, log, books, rng)
    threads.start()
    rng = streams.stream("tickets")
    Tickets(env, config, habits.tickets, People(config, rng), desk, books, rng).start(calls)

    env.run(until=config.ends_at)
    books.close()
    _leave_open(books)
    return books, activity, rota, threads.handles


def _leave_open(books: Books) -> None:
    """What is not answered by the end of the simulation is still waiting, and its contact still open."""
    for contact in books.contacts:
        for visit in contact.visits:
            if visit.exited_at is None:
                visit.exit_reason = "open"
                contact.ended_at = None
