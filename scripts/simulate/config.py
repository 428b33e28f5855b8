"""Every parameter of the simulated center: who works there, who calls, and how likely things are.

Durations are seconds, clock times are local "HH:MM", probabilities are shares of one.
"""

from dataclasses import dataclass, field
from datetime import date

from scripts.simulate.clock import at_local, local, minutes_of_day

NEW_YORK = "America/New_York"
DUBLIN = "Europe/Dublin"

# Five weeks, Monday to Sunday, with the end of daylight saving time in Dublin (2026-10-25) and New York (2026-11-01).
FIRST_DAY = date(2026, 10, 5)
LAST_DAY = date(2026, 11, 8)
OPENS_AT = at_local(FIRST_DAY, "00:00", NEW_YORK)
ENDS_AT = at_local(LAST_DAY, "24:00", NEW_YORK)

MON, TUE, WED, THU, FRI, SAT, SUN = range(7)
MON_TO_FRI = (MON, TUE, WED, THU, FRI)
MON_TO_SUN = (*MON_TO_FRI, SAT, SUN)
SERVICE_DAYS_TEXT = {MON_TO_FRI: "mon-fri", (*MON_TO_FRI, SAT): "mon-sat", MON_TO_SUN: "mon-sun"}

SERVICE_LEVEL_SECONDS = 20
SHORT_ABANDON_SECONDS = 5
FORGOTTEN_LOGOUT_GRACE_SECONDS = 900

MAIN_LINE = "8000"


@dataclass(frozen=True)
class Site:
    site_id: str
    site_name: str
    time_zone: str


@dataclass(frozen=True)
class Queue:
    queue_id: str
    queue_name: str
    extension: str
    time_zone: str
    opens_at: str
    closes_at: str
    service_days: tuple[int, ...]
    talk_mean_seconds: float
    max_wait_seconds: int
    max_wait_exit: str  # "voicemail" or "timeout"
    overflow_to: str | None = None
    overflow_after_seconds: int = 0

    def is_open(self, at: int) -> bool:
        now = local(at, self.time_zone)
        minutes = now.hour * 60 + now.minute
        return now.weekday() in self.service_days and minutes_of_day(self.opens_at) <= minutes < minutes_of_day(
            self.closes_at
        )


@dataclass(frozen=True)
class Reason:
    contact_reason: str
    contact_reason_name: str
    category: str
    queue_id: str
    weight: float
    self_service_probability: float


@dataclass(frozen=True)
class Team:
    team_id: str
    team_name: str
    department: str
    site_id: str
    skills: dict[str, int]  # queue -> 1 for the team's own work, 2 for work it helps out with
    meeting_day: int
    meeting_at: str


@dataclass(frozen=True)
class Shift:
    """A weekly pattern; one that ends before it starts runs across midnight."""

    days: tuple[int, ...]
    starts_at: str
    ends_at: str


@dataclass(frozen=True)
class Assignment:
    team_id: str
    valid_from: int
    valid_to: int | None = None


@dataclass(frozen=True)
class AgentProfile:
    agent_id: str
    agent_name: str
    extension: str
    assignments: tuple[Assignment, ...]
    shifts: tuple[Shift, ...]
    pace: float = 1.0  # talk and after-contact work of this agent, relative to the average

    def team_id_at(self, at: int) -> str:
        return next(
            a.team_id for a in self.assignments if a.valid_from <= at and (a.valid_to is None or at < a.valid_to)
        )


@dataclass(frozen=True)
class Market:
    """The customers of one region: when they call, by their own wall clock, and how their numbers look."""

    name: str
    time_zone: str
    customers: int
    calls_per_weekday: float  # first calls; repeats and redials come on top
    hourly_weights: tuple[float, ...]
    day_factors: tuple[float, ...]  # Monday to Sunday


@dataclass(frozen=True)
class Surge:
    """A disturbance that makes more people than usual call for one reason."""

    contact_reason: str
    starts_at: int
    ends_at: int
    calls: int


SITES = (Site("nyc", "New York", NEW_YORK), Site("dub", "Dublin", DUBLIN))

QUEUES = (
    # Billing opens at 04:00 because that is 09:00 in Dublin.
    Queue(
        "billing",
        "Billing",
        "8001",
        NEW_YORK,
        "04:00",
        "20:00",
        MON_TO_FRI,
        300,
        900,
        "voicemail",
        "account_changes",
        200,
    ),
    Queue(
        "technical_support", "Technical Support", "8002", NEW_YORK, "00:00", "24:00", MON_TO_SUN, 400, 900, "voicemail"
    ),
    Queue("sales", "Sales", "8003", DUBLIN, "08:00", "22:00", MON_TO_FRI, 340, 480, "voicemail"),
    Queue(
        "account_changes",
        "Account Changes",
        "8004",
        DUBLIN,
        "08:00",
        "23:00",
        MON_TO_FRI,
        270,
        480,
        "timeout",
        "billing",
        180,
    ),
)

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
    _agent("A103", "Celia Okonjo", "ny_service", 0.98, Shift((MON, TUE, WED, THU, FRI), "14:00", "19:00")),
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
    Surge(
        "technical_fault",
        at_local(date(2026, 10, 21), "13:40", NEW_YORK),
        at_local(date(2026, 10, 21), "15:00", NEW_YORK),
        42,
    ),
    Surge(
        "payment_problem",
        at_local(date(2026, 11, 2), "10:05", NEW_YORK),
        at_local(date(2026, 11, 2), "11:10", NEW_YORK),
        26,
    ),
)


@dataclass(frozen=True)
class CallerHabits:
    always_withholds_share: float = 0.04  # of customers
    withholds_probability: float = 0.02  # of the other customers' calls
    knows_hours_probability: float = 0.90
    patience_mean_seconds: float = 450
    patience_spread: float = 1.1
    gives_up_at_once_probability: float = 0.012
    gives_up_at_once_most_seconds: int = 4
    key_exit_probability: float = 0.012
    key_exit_seconds: tuple[int, int] = (20, 150)
    redials_after_blocked: float = 0.70
    redials_after_abandoning: float = 0.50
    redials_after_hanging_up: float = 0.15
    redial_seconds: tuple[int, int] = (25, 570)  # under ten minutes, so that a redial is a retry and not a repeat
    most_redials: int = 3
    calls_again_when_unsolved: float = 0.80
    calls_again_when_solved: float = 0.05
    calls_again_when_contained: float = 0.10
    calls_again_when_turned_away: float = 0.55
    calls_again_mean_seconds: float = 1.9 * 86_400
    calls_again_most_seconds: int = 6 * 86_400 + 43_200
    waking_hours: tuple[int, int] = (9, 19)
    direct_call_share: float = 0.012
    test_calls: int = 14


@dataclass(frozen=True)
class IvrBehavior:
    greeting_seconds: tuple[int, int] = (6, 16)
    menu_mean_seconds: float = 22
    self_service_mean_seconds: float = 75
    hangs_up_in_greeting: float = 0.022
    hangs_up_in_menu: float = 0.030
    closed_message_seconds: tuple[int, int] = (0, 9)


@dataclass(frozen=True)
class ConversationHabits:
    talk_spread: float = 0.75
    hold_probability: float = 0.15
    hold_mean_seconds: float = 55
    after_work_mean_seconds: float = 47
    after_work_spread: float = 0.8
    no_after_work_probability: float = 0.06
    blind_probability: float = 0.052
    outside_probability: float = 0.007
    warm_probability: float = 0.050
    consult_probability: float = 0.022
    conference_probability: float = 0.014
    most_handoffs: int = 2
    consult_mean_seconds: float = 70
    outside_mean_seconds: float = 240
    dispositions: dict[str, float] = field(
        default_factory=lambda: {"RESOLVED": 0.745, "FOLLOW_UP": 0.12, "NOT_RESOLVED": 0.125, "WRONG_NUMBER": 0.01}
    )
    transfer_reasons: dict[str, float] = field(
        default_factory=lambda: {
            "wrong_queue": 0.35,
            "specialist_needed": 0.40,
            "second_topic": 0.15,
            "approval_needed": 0.10,
        }
    )
    # Where calls of a queue are usually passed on to.
    transfer_targets: dict[str, dict[str, float]] = field(
        default_factory=lambda: {
            "billing": {"account_changes": 0.5, "technical_support": 0.3, "sales": 0.2},
            "technical_support": {"billing": 0.5, "sales": 0.3, "account_changes": 0.2},
            "sales": {"billing": 0.5, "technical_support": 0.3, "account_changes": 0.2},
            "account_changes": {"billing": 0.6, "sales": 0.25, "technical_support": 0.15},
        }
    )


@dataclass(frozen=True)
class AgentHabits:
    ring_seconds: tuple[int, int] = (2, 8)
    ring_limit_seconds: int = 20
    no_answer_probability: float = 0.012
    not_responding_mean_seconds: float = 110
    early_or_late_seconds: tuple[int, int] = (-150, 240)
    very_late_probability: float = 0.035
    very_late_seconds: tuple[int, int] = (420, 1500)
    absence_probability: float = 0.008
    settles_in_seconds: tuple[int, int] = (0, 45)
    forgets_logout_probability: float = 0.02
    logs_out_in_wrap_up_probability: float = 0.25
    crash_probability: float = 0.010
    crash_seconds: tuple[int, int] = (120, 700)
    break_seconds: int = 900
    lunch_seconds: int = 1800
    meeting_seconds: int = 1200
    training_seconds: int = 2700
    training_probability: float = 0.04
    # Idle agents study until a call needs them: how a small center has a high occupancy and a good service level.
    studies_after_idle_seconds: tuple[int, int] = (240, 480)
    study_seconds: tuple[int, int] = (600, 1500)
    returns_to_phone_seconds: tuple[int, int] = (3, 9)


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
