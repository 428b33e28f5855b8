"""The dialer: works through the list of one campaign, with agents for whom no caller waits."""

from dataclasses import dataclass
from datetime import timedelta
from random import Random

from simpy import Environment

from scripts.simulate.agents import Agent
from scripts.simulate.books import Books
from scripts.simulate.chance import exponential_seconds, happens, lognormal_seconds, pick
from scripts.simulate.clock import DAY_SECONDS, at_local
from scripts.simulate.config import Config
from scripts.simulate.customers import numbers_of
from scripts.simulate.outbound.books import Attempt
from scripts.simulate.outbound.model import PREDICTIVE, Campaign, DialerHabits
from scripts.simulate.routing import Router


@dataclass
class Lead:
    record_id: str
    number: str
    due_at: int
    attempts: int = 0


class Dialer:
    def __init__(
        self,
        env: Environment,
        config: Config,
        campaign: Campaign,
        habits: DialerHabits,
        router: Router,
        books: Books,
        rng: Random,
    ):
        self._env = env
        self._campaign = campaign
        self._habits = habits
        self._router = router
        self._books = books
        self._rng = rng
        market = next(market for market in config.markets if market.name == campaign.market)
        self._numbers = self._rng.sample(numbers_of(market), market.customers)
        self._due: list[Lead] = []
        self._later: list[Lead] = []
        self._lines = 0
        self._leads = 0

    def run(self):
        for session_starts_at in self._sessions():
            yield self._env.timeout(session_starts_at - self._env.now)
            self._load(session_starts_at)
            while self._due and self._env.now < session_starts_at + self._campaign.session_seconds:
                self._start_calls()
                yield self._env.timeout(self._habits.looks_every_seconds)

    def _sessions(self):
        campaign = self._campaign
        for offset in range((campaign.ends_on - campaign.starts_on).days + 1):
            day = campaign.starts_on + timedelta(days=offset)
            if day.weekday() in campaign.days:
                yield from (at_local(day, time, campaign.time_zone) for time in campaign.sessions)

    def _load(self, at: int) -> None:
        """New leads, and earlier ones that are due again."""
        for _ in range(self._campaign.leads_per_session):
            self._leads += 1
            lead = Lead(f"{self._campaign.campaign_id}-{self._leads:04d}", self._numbers.pop(), at)
            self._due.append(lead)
        self._due += [lead for lead in self._later if lead.due_at <= at]
        self._later = [lead for lead in self._later if lead.due_at > at]

    def _start_calls(self) -> None:
        free = self._router.count_idle(self._campaign.team_ids) - self._habits.agents_left_for_callers
        if self._campaign.dialing_mode == PREDICTIVE:
            for _ in range(min(round(free * self._habits.lines_per_agent) - self._lines, len(self._due))):
                self._env.process(self._dial_ahead(self._due.pop(0)))
        elif free > 0:
            agent = self._router.seize_idle_of(self._campaign.team_ids)
            self._env.process(self._dial_by_hand(self._due.pop(0), agent))

    def _dialed(self, lead: Lead) -> Attempt:
        lead.attempts += 1
        return self._books.outbound.dialed(
            self._env.now,
            lead.number,
            lead.attempts,
            campaign_id=self._campaign.campaign_id,
            record_id=lead.record_id,
        )

    def _call_out(self, attempt: Attempt):
        """Until somebody or something answers, or nobody does. Its value is the result so far."""
        habits = self._habits
        result = pick(self._rng, habits.results)
        unanswered = {
            "NO_ANSWER": habits.no_answer_seconds,
            "BUSY": habits.busy_seconds,
            "INVALID": habits.invalid_seconds,
        }
        yield self._env.timeout(self._rng.randint(*unanswered.get(result, habits.pick_up_seconds)))
        if result not in unanswered:
            attempt.answered_at = self._env.now
        if result == "MACHINE":
            yield self._env.timeout(self._rng.randint(*habits.machine_seconds))
        return result

    def _dial_ahead(self, lead: Lead):
        """Predictive: the dialer calls, and looks for an agent when somebody answers."""
        self._lines += 1
        attempt = self._dialed(lead)
        result = yield from self._call_out(attempt)
        agent = None
        if result == "LIVE":
            agent = yield from self._agent_within(self._habits.dialer_gives_up_seconds)
            result = "CONNECTED" if agent else "ABANDONED_BY_DIALER"
        self._lines -= 1
        if agent is None:
            self._books.outbound.ended(attempt, self._env.now, result)
            self._try_later(lead, result)
            return
        agent.take_outbound_call()
        self._books.attempt_taken(attempt, agent.agent_id)
        yield from self._talk(attempt, agent)

    def _agent_within(self, seconds: int):
        """Its value is an agent who gets free in time, or None."""
        for second in range(seconds + 1):
            agent = self._router.seize_idle_of(self._campaign.team_ids)
            if agent is not None or second == seconds:
                return agent
            yield self._env.timeout(1)

    def _dial_by_hand(self, lead: Lead, agent: Agent):
        """Preview: the agent reads who it is, dials and listens, also when nobody comes on the line."""
        attempt = self._dialed(lead)
        self._books.attempt_taken(attempt, agent.agent_id)
        agent.take_outbound_call()
        yield self._env.timeout(self._rng.randint(*self._habits.preview_seconds))
        result = yield from self._call_out(attempt)
        if result == "LIVE":
            attempt.dial_seconds = self._env.now - attempt.dialed_at
            yield from self._talk(attempt, agent)
            return
        self._books.outbound.ended(attempt, self._env.now, result)
        self._try_later(lead, result)
        agent.release(0)

    def _talk(self, attempt: Attempt, agent: Agent):
        rng, habits = self._rng, self._habits
        contact, leg = self._books.outbound_contact_connected(attempt, self._env.now)
        is_right_party = happens(rng, habits.right_party_probability)
        mean = self._campaign.talk_mean_seconds if is_right_party else habits.wrong_party_talk_mean_seconds
        yield self._env.timeout(lognormal_seconds(rng, mean * agent.personality.pace, 0.6, least=8))
        if is_right_party and happens(rng, habits.hold_probability):
            held = lognormal_seconds(rng, habits.hold_mean_seconds, 0.8, least=5)
            yield self._env.timeout(held)
            leg.hold_seconds += held
        self._record_success(attempt, is_right_party)
        after_work_seconds = 0
        if not happens(rng, habits.no_after_work_probability):
            mean = agent.personality.after_work_mean_seconds * (0.8 if is_right_party else 0.3)
            after_work_seconds = exponential_seconds(rng, mean, least=2)
        self._books.leg_ended(leg, self._env.now, after_work_seconds, attempt.disposition)
        self._books.contact_ended(contact, self._env.now)
        self._books.outbound.ended(attempt, self._env.now, "CONNECTED")
        agent.release(after_work_seconds)

    def _record_success(self, attempt: Attempt, is_right_party: bool) -> None:
        rng, habits, campaign = self._rng, self._habits, self._campaign
        if not happens(rng, habits.right_party_unrecorded):
            attempt.is_right_party = is_right_party
        if not is_right_party:
            attempt.disposition = "WRONG_PERSON"
        elif campaign.conversion_probability is None:
            attempt.disposition = campaign.converted_disposition
        else:
            is_converted = happens(rng, campaign.conversion_probability)
            attempt.disposition = campaign.converted_disposition if is_converted else pick(rng, habits.not_interested)
            if attempt.is_right_party and not happens(rng, habits.conversion_unrecorded):
                attempt.is_converted = is_converted

    def _try_later(self, lead: Lead, result: str) -> None:
        if result != "INVALID" and lead.attempts < self._habits.most_attempts:
            lead.due_at = self._env.now + self._rng.randint(*self._habits.retry_days) * DAY_SECONDS - 7200
            self._later.append(lead)
