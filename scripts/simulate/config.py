"""The simulated center: when it runs, who works there, what it offers, and who calls."""

from dataclasses import dataclass
from datetime import date

from scripts.simulate.clock import at_local
from scripts.simulate.habits import AgentHabits, CallerHabits, ConversationHabits, IvrBehavior
from scripts.simulate.model import (
    FRI,
    MON,
    MON_TO_FRI,
    MON_TO_SUN,
    SAT,
    SUN,
    THU,
    TUE,
    WED,
    AgentProfile,
    Assignment,
    Market,
    Queue,
    Reason,
    Shift,
    Site,
    Surge,
    Team,
)

NEW_YORK = "America/New_York"
DUBLIN = "Europe/Dublin"

# Five weeks, Monday to Sunday, with the end of daylight saving time in Dublin (2026-10-25) and New York (2026-11-01).
FIRST_DAY = date(2026, 10, 5)
LAST_DAY = date(2026, 11, 8)
OPENS_AT = at_local(FIRST_DAY, "00:00", NEW_YORK)
ENDS_AT = at_local(LAST_DAY, "24:00", NEW_YORK)

SERVICE_LEVEL_SECONDS = 20
SHORT_ABANDON_SECONDS = 5
FORGOTTEN_LOGOUT_GRACE_SECONDS = 900

MAIN_LINE = "8000"

SITES = (Site("nyc", "New York", NEW_YORK), Site("dub", "Dublin", DUBLIN))

# Columns: talk per call, then the longest wait and how it ends, then where calls overflow to and after which wait.
QUEUES = (
    # Billing opens at 04:00 because that is 09:00 in Dublin.
    Queue("billing", "Billing", "8001", NEW_YORK, "04:00", "20:00", MON_TO_FRI,
          300, 900, "voicemail", "account_changes", 200),
    Queue("technical_support", "Technical Support", "8002", NEW_YORK, "00:00", "24:00", MON_TO_SUN,
          400, 900, "voicemail"),
    Queue("sales", "Sales", "8003", DUBLIN, "08:00", "22:00", MON_TO_FRI,
          340, 480, "voicemail"),
    Queue("account_changes", "Account Changes", "8004", DUBLIN, "08:00", "23:00", MON_TO_FRI,
          270, 300, "timeout", "billing", 180),
)  # fmt: skip

REASONS = (
    Reason("billing_question", "Question about a bill", "Billing", "billing", 16, 0.10),
    Reason("payment_problem", "Payment did not go through", "Billing", "billing", 9, 0.08),
    Reason("balance_inquiry", "Balance and due date", "Billing", "billing", 10, 0.62),
    Reason("technical_fault", "Service does not work", "Technical", "technical_support", 22, 0.07),
    Reason("setup_help", "Help with setting up", "Technical", "technical_support", 12, 0.10),
    Reason("new_order", "New order", "Sales", "sales", 9, 0.02),
    Reason("order_status", "Status of an order", "Sales", "sales", 8, 0.55),
    Reason("address_change", "Change of address", "Account", "account_changes", 8, 0.25),
    Reason("cancellation", "Cancellation", "Account", "account_changes", 6, 0.02),
)

TEAMS = (
    Team("ny_service", "New York Service", "Customer Service", "nyc",
         {"billing": 1, "account_changes": 1, "sales": 2, "technical_support": 2}, TUE, "10:30"),
    Team("ny_technical", "New York Technical", "Technical Support", "nyc",
         {"technical_support": 1, "billing": 2, "account_changes": 2}, WED, "12:30"),
    Team("dub_service", "Dublin Service", "Customer Service", "dub",
         {"billing": 1, "sales": 1, "account_changes": 1, "technical_support": 2}, THU, "13:30"),
    Team("dub_technical", "Dublin Technical", "Technical Support", "dub",
         {"technical_support": 1, "sales": 2, "billing": 2, "account_changes": 2}, THU, "14:00"),
)  # fmt: skip

HIRED_AT = at_local(date(2025, 1, 6), "09:00", NEW_YORK)
# In the middle of a shift, so that one agent day belongs to two teams.
TEAM_CHANGE_AT = at_local(date(2026, 10, 20), "11:37", NEW_YORK)


def _agent(agent_id: str, name: str, team_id: str, pace: float, *shifts: Shift) -> AgentProfile:
    return AgentProfile(agent_id, name, f"5{agent_id[1:]}", (Assignment(team_id, HIRED_AT),), shifts, pace)


AGENTS = (
    _agent("A101", "Amara Lindqvist", "ny_service", 0.92, Shift(MON_TO_FRI, "08:00", "14:00")),
    _agent("A102", "Bruno Castellane", "ny_service", 1.06, Shift(MON_TO_FRI, "09:00", "15:00")),
    _agent("A103", "Celia Okonjo", "ny_service", 0.98, Shift(MON_TO_FRI, "14:00", "19:00")),
    AgentProfile(
        "A104", "Dmitri Hallorand", "5104",
        (Assignment("ny_service", HIRED_AT, TEAM_CHANGE_AT), Assignment("ny_technical", TEAM_CHANGE_AT)),
        (Shift((MON, TUE, THU, FRI), "10:30", "16:00"),),
        1.12,
    ),
    _agent("A105", "Esther Valbuena", "ny_service", 1.02, Shift(MON_TO_FRI, "15:00", "20:00")),
    _agent("A111", "Farid Montrose", "ny_technical", 0.95, Shift(MON_TO_FRI, "09:30", "15:00")),
    _agent("A112", "Greta Sundaram", "ny_technical", 1.04, Shift(MON_TO_FRI, "12:30", "18:00")),
    _agent("A113", "Hugo Ferreira", "ny_technical", 0.90, Shift((THU, FRI, SAT, SUN, MON), "14:00", "22:00")),
    _agent("A114", "Imani Castle", "ny_technical", 1.00, Shift((MON, TUE, WED, THU), "22:00", "06:00")),
    _agent("A115", "Jonas Whitlock", "ny_technical", 1.08,
           Shift((FRI, SAT, SUN), "22:00", "06:00"), Shift((TUE, WED), "14:00", "22:00")),
    _agent("A116", "Kaia Brennecke", "ny_technical", 0.97,
           Shift((SAT, SUN), "06:00", "14:00"), Shift((MON,), "10:00", "15:00")),
    _agent("A201", "Liam Corrigane", "dub_service", 1.00, Shift(MON_TO_FRI, "08:00", "13:00")),
    _agent("A202", "Maeve Tolland", "dub_service", 0.94, Shift(MON_TO_FRI, "13:00", "19:00")),
    _agent("A203", "Niall Abernethy", "dub_service", 1.10,
           Shift((TUE, WED, FRI), "12:30", "17:30"), Shift((SAT,), "12:00", "18:00")),
    _agent("A211", "Orla Desmarais", "dub_technical", 0.96, Shift(MON_TO_FRI, "10:00", "15:00")),
    _agent("A212", "Padraig Ionescu", "dub_technical", 1.03, Shift((TUE, WED, THU, FRI), "12:00", "18:00")),
)  # fmt: skip

MARKETS = (
    Market(
        "us", NEW_YORK, 3200, 212,
        (1.0, 0.7, 0.6, 0.5, 0.5, 0.8, 1.6, 3.2, 7.0, 11.0, 12.5, 12.0,
         11.0, 10.5, 10.0, 9.0, 7.0, 5.0, 3.5, 2.8, 2.2, 1.9, 1.6, 1.3),
        (1.22, 1.05, 1.00, 0.96, 0.98, 0.34, 0.26),
    ),
    Market(
        "ireland", DUBLIN, 1300, 77,
        (0.4, 0.3, 0.3, 0.3, 0.3, 0.4, 0.8, 1.5, 4.0, 7.0, 8.5, 8.5,
         7.0, 8.0, 10.0, 10.5, 10.0, 8.0, 5.0, 3.0, 2.0, 1.5, 1.0, 0.6),
        (1.15, 1.05, 1.00, 1.00, 0.95, 0.36, 0.22),
    ),
)  # fmt: skip

SURGES = (
    Surge("technical_fault", at_local(date(2026, 10, 21), "13:40", NEW_YORK), lasts_seconds=4800, calls=42),
    Surge("payment_problem", at_local(date(2026, 11, 2), "10:05", NEW_YORK), lasts_seconds=3900, calls=26),
)


@dataclass(frozen=True)
class Config:
    opens_at: int = OPENS_AT
    ends_at: int = ENDS_AT
    trunks: int = 9
    sites: tuple[Site, ...] = SITES
    queues: tuple[Queue, ...] = QUEUES
    reasons: tuple[Reason, ...] = REASONS
    teams: tuple[Team, ...] = TEAMS
    agents: tuple[AgentProfile, ...] = AGENTS
    markets: tuple[Market, ...] = MARKETS
    surges: tuple[Surge, ...] = SURGES
    callers: CallerHabits = CallerHabits()
    ivr: IvrBehavior = IvrBehavior()
    conversations: ConversationHabits = ConversationHabits()
    agent_habits: AgentHabits = AgentHabits()

    def queue(self, queue_id: str) -> Queue:
        return next(q for q in self.queues if q.queue_id == queue_id)

    def reason(self, contact_reason: str) -> Reason:
        return next(r for r in self.reasons if r.contact_reason == contact_reason)

    def team(self, team_id: str) -> Team:
        return next(t for t in self.teams if t.team_id == team_id)

    def zone_of(self, agent: AgentProfile) -> str:
        """Nobody moves between sites, so an agent's first team tells the site."""
        site_id = self.team(agent.assignments[0].team_id).site_id
        return next(s.time_zone for s in self.sites if s.site_id == site_id)
