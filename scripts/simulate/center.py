"""The center: wires the processes together and runs them to the end of the last call."""

from simpy import Environment

from scripts.simulate.agents import Agent
from scripts.simulate.books import Books
from scripts.simulate.calls import CallDesk
from scripts.simulate.chance import Streams
from scripts.simulate.config import Config
from scripts.simulate.conversations import Conversations
from scripts.simulate.customers import Customers
from scripts.simulate.ivr import Ivr
from scripts.simulate.outbound.callbacks import Callbacks
from scripts.simulate.outbound.dialer import Dialer
from scripts.simulate.personalities import draw_personality
from scripts.simulate.recorder import ActivityRecorder
from scripts.simulate.routing import Router
from scripts.simulate.shifts import Rota
from scripts.simulate.trunks import Trunks


def run_center(config: Config, seed: int) -> tuple[Books, ActivityRecorder, Rota]:
    env = Environment(initial_time=config.opens_at)
    streams = Streams(seed)
    books = Books(config)
    activity = ActivityRecorder()
    router = Router(env)
    ivr = Ivr(env, config.ivr, books, streams.stream("ivr"))
    conversations = Conversations(env, config, router, books, streams.stream("conversations"))
    trunks = Trunks(env, config.trunks, config.trunk_failures)
    callbacks = Callbacks(
        env,
        config,
        config.callbacks,
        config.dialing,
        router,
        books,
        streams.stream("callback offers"),
        streams.stream("callback dialing"),
    )
    desk = CallDesk(env, config, trunks, ivr, router, conversations, callbacks, books, streams.stream("calls"))

    telephone = config.only_agents(is_digital=False)
    rota = Rota(telephone, streams.stream("rota"))
    for profile in telephone.agents:
        personality = draw_personality(config.agent_habits, profile, streams.stream(f"personality {profile.agent_id}"))
        rng = streams.stream(f"agent {profile.agent_id}")
        days = rota.workdays(profile, personality, rng)
        env.process(Agent(env, config, profile, personality, days, router, books, activity, rng).run())
    Customers(
        env,
        config,
        desk,
        arrivals_rng=streams.stream("arrivals"),
        habits_rng=streams.stream("customers"),
        app_rng=streams.stream("app calls"),
        price_rng=streams.stream("price changes"),
    ).start()
    for campaign in config.campaigns:
        rng = streams.stream(f"campaign {campaign.campaign_id}")
        env.process(Dialer(env, config, campaign, config.dialing, router, books, rng).run())

    env.run()
    books.close()
    return books, activity, rota
