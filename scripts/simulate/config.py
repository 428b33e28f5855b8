"""The simulated center: when it runs, who works there, what it offers, and who calls."""

from dataclasses import dataclass, replace
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
    Calendar,
    DigitalQueue,
    Market,
    OpeningHours,
    PriceChange,
    Queue,
    Reason,
    Shift,
    Site,
    Surge,
    Team,
    TrunkFailure,
)
from scripts.simulate.outbound.model import CAMPAIGNS, CallbackHabits, Campaign, DialerHabits

NEW_YORK = "America/New_York"
DUBLIN = "Europe/Dublin"

# Five weeks, Monday to Sunday, with the end of daylight saving time in Dublin (2026-10-25) and New York (2026-11-01).
FIRST_DAY = date(2026, 10, 5)
LAST_DAY = date(2026, 11, 8)
OPENS_AT = at_local(FIRST_DAY, "00:00", NEW_YORK)
ENDS_AT = at_local(LAST_DAY, "24:00", NEW_YORK)

SERVICE_LEVEL_SECONDS = 20
SERVICE_LEVEL_SECONDS_OF = {
    "phone": SERVICE_LEVEL_SECONDS, "app_voice": SERVICE_LEVEL_SECONDS, "chat": 60, "sms": 900, "social": 900,
    "email": 86_400, "contact_form": 86_400, "feedback_form": 86_400, "fax": 86_400,
}  # fmt: skip
VOICE_CHANNELS = ("phone", "app_voice")
SHORT_ABANDON_SECONDS = 5  # in the channels in which customers wait: by telephone and chat
FORGOTTEN_LOGOUT_GRACE_SECONDS = 900

MAIN_LINE = "8000"

SITES = (Site("nyc", "New York", NEW_YORK), Site("dub", "Dublin", DUBLIN))

YEAR_END_HOLIDAYS = {date(2026, 12, 25): "Christmas Day", date(2027, 1, 1): "New Year's Day"}
NEW_YORK_HOLIDAYS = {date(2026, 10, 12): "Columbus Day", **YEAR_END_HOLIDAYS}
DUBLIN_HOLIDAYS = {date(2026, 10, 26): "October Bank Holiday", **YEAR_END_HOLIDAYS}
# The telephone is served on the holidays inside the five weeks; the digital teams have those days off.
# Billing opens at 04:00 because that is 09:00 in Dublin.
BILLING_HOURS = Calendar(
    "ny_billing", "Billing hours", NEW_YORK, (OpeningHours(MON_TO_FRI, "04:00", "20:00"),), YEAR_END_HOLIDAYS
)
ALWAYS_OPEN = Calendar(
    "ny_around_the_clock", "Around the clock", NEW_YORK, (OpeningHours(MON_TO_SUN, "00:00", "24:00"),)
)
SALES_HOURS = Calendar(
    "dub_sales", "Sales hours", DUBLIN, (OpeningHours(MON_TO_FRI, "08:00", "22:00"),), YEAR_END_HOLIDAYS
)
ACCOUNT_HOURS = Calendar(
    "dub_account_changes", "Account changes hours", DUBLIN, (OpeningHours(MON_TO_FRI, "08:00", "23:00"),),
    YEAR_END_HOLIDAYS,
)  # fmt: skip
NEW_YORK_DIGITAL_HOURS = Calendar(
    "ny_digital", "New York digital hours", NEW_YORK,
    (OpeningHours(MON_TO_FRI, "09:00", "18:00"), OpeningHours((SAT,), "10:00", "16:00")), NEW_YORK_HOLIDAYS,
)  # fmt: skip
DUBLIN_DIGITAL_HOURS = Calendar(
    "dub_digital", "Dublin digital hours", DUBLIN, (OpeningHours(MON_TO_FRI, "09:00", "17:00"),), DUBLIN_HOLIDAYS
)
MESSAGING_HOURS_CHANGE_ON = date(2026, 10, 21)
MESSAGING_HOURS = Calendar(
    "ny_messaging", "Messaging hours", NEW_YORK,
    (
        OpeningHours(MON_TO_FRI, "09:00", "17:00", valid_to=MESSAGING_HOURS_CHANGE_ON),
        OpeningHours(MON_TO_FRI, "09:00", "18:00", valid_from=MESSAGING_HOURS_CHANGE_ON),
    ),
    NEW_YORK_HOLIDAYS,
)  # fmt: skip
CALENDARS = (
    BILLING_HOURS, ALWAYS_OPEN, SALES_HOURS, ACCOUNT_HOURS,
    NEW_YORK_DIGITAL_HOURS, DUBLIN_DIGITAL_HOURS, MESSAGING_HOURS,
)  # fmt: skip

# Columns: talk per call, then the longest wait and how it ends, then where calls overflow to and after which wait.
QUEUES = (
    Queue("billing", "Billing", "8001", BILLING_HOURS, 312, 900, "voicemail", "account_changes", 200),
    Queue("technical_support", "Technical Support", "8002", ALWAYS_OPEN, 416, 900, "voicemail"),
    Queue("sales", "Sales", "8003", SALES_HOURS, 352, 480, "voicemail"),
    Queue("account_changes", "Account Changes", "8004", ACCOUNT_HOURS, 280, 300, "timeout", "billing", 180),
)

DIGITAL_QUEUES = (
    DigitalQueue("chat_service", "Chat Service", NEW_YORK_DIGITAL_HOURS),
    DigitalQueue("chat_ireland", "Chat Ireland", DUBLIN_DIGITAL_HOURS),
    DigitalQueue("messaging", "Messaging", MESSAGING_HOURS),
    DigitalQueue("customer_mail", "Customer Mail", NEW_YORK_DIGITAL_HOURS),
    DigitalQueue("back_office", "Back Office", DUBLIN_DIGITAL_HOURS),
)

REASONS = (
    Reason("billing_question", "Question about a bill", "Billing", "billing", 16, 0.10),
    Reason("payment_problem", "Payment did not go through", "Billing", "billing", 9, 0.08),
    Reason("balance_inquiry", "Balance and due date", "Billing", "billing", 10, 0.66),
    Reason("technical_fault", "Service does not work", "Technical", "technical_support", 22, 0.07),
    Reason("setup_help", "Help with setting up", "Technical", "technical_support", 12, 0.10),
    Reason("new_order", "New order", "Sales", "sales", 9, 0.02),
    Reason("order_status", "Status of an order", "Sales", "sales", 8, 0.60),
    Reason("address_change", "Change of address", "Account", "account_changes", 8, 0.25),
    Reason("cancellation", "Cancellation", "Account", "account_changes", 6, 0.02),
)

TEAMS = (
    Team("ny_service", "New York Service", "Customer Service", "nyc",
         {"billing": 1, "account_changes": 1, "sales": 2, "technical_support": 2}, TUE, "15:15"),
    Team("ny_technical", "New York Technical", "Technical Support", "nyc",
         {"technical_support": 1, "sales": 2, "billing": 2, "account_changes": 2}, WED, "14:15"),
    Team("dub_service", "Dublin Service", "Customer Service", "dub",
         {"billing": 1, "sales": 1, "account_changes": 1, "technical_support": 2}, WED, "13:00"),
    Team("dub_technical", "Dublin Technical", "Technical Support", "dub",
         {"technical_support": 1, "billing": 2, "account_changes": 2}, THU, "14:00"),
    Team("ny_digital", "New York Digital", "Digital Service", "nyc",
         {"chat_service": 1, "messaging": 1, "customer_mail": 1, "chat_ireland": 2, "back_office": 2}, THU, "13:15",
         is_digital=True, holidays=tuple(NEW_YORK_HOLIDAYS)),
    Team("dub_digital", "Dublin Digital", "Digital Service", "dub",
         {"chat_ireland": 1, "back_office": 1, "customer_mail": 1, "messaging": 2, "chat_service": 2}, TUE, "12:45",
         is_digital=True, holidays=tuple(DUBLIN_HOLIDAYS)),
)  # fmt: skip

HIRED_AT = at_local(date(2025, 1, 6), "09:00", NEW_YORK)
# In the middle of a shift, so that one agent day belongs to two teams.
TEAM_CHANGE_AT = at_local(date(2026, 10, 20), "11:37", NEW_YORK)


NEWLY_HIRED_AT = at_local(date(2026, 9, 21), "09:00", NEW_YORK)


def _agent(
    agent_id: str, name: str, team_id: str, *shifts: Shift, is_new: bool = False, leaves_phone_ringing: bool = False
) -> AgentProfile:
    assignment = Assignment(team_id, NEWLY_HIRED_AT if is_new else HIRED_AT)
    return AgentProfile(agent_id, name, f"5{agent_id[1:]}", (assignment,), shifts, is_new, leaves_phone_ringing)


# Many work part-time, so that there are as many as the hour needs. Nobody works more than six days in a row.
EVEN, ODD = (0,), (1,)
WEEKEND = (SAT, SUN)

AGENTS = (
    _agent("A101", "Amara Lindqvist", "ny_service", Shift(MON_TO_FRI, "08:00", "14:30")),
    _agent("A102", "Bruno Castellane", "ny_service",
           Shift((TUE, WED, FRI), "09:30", "16:00"), Shift((MON,), "09:30", "16:00", ODD),
           Shift(WEEKEND, "08:30", "15:30", ODD)),
    _agent("A103", "Celia Okonjo", "ny_service", Shift(MON_TO_FRI, "10:30", "17:00")),
    AgentProfile(
        "A104", "Dmitri Hallorand", "5104",
        (Assignment("ny_service", HIRED_AT, TEAM_CHANGE_AT), Assignment("ny_technical", TEAM_CHANGE_AT)),
        (Shift((MON, TUE, THU), "09:00", "15:30"), Shift(WEEKEND, "08:30", "15:30", EVEN)),
    ),
    _agent("A105", "Esther Valbuena", "ny_service", Shift(MON_TO_FRI, "13:30", "20:00"), leaves_phone_ringing=True),
    _agent("A111", "Farid Montrose", "ny_technical", Shift(MON_TO_FRI, "09:30", "16:00")),
    _agent("A112", "Greta Sundaram", "ny_technical",
           Shift((WED, THU, FRI), "12:00", "18:00"), Shift((MON,), "12:00", "18:00", EVEN),
           Shift((TUE,), "12:00", "18:00", ODD), Shift(WEEKEND, "13:00", "20:00", EVEN)),
    _agent("A113", "Hugo Ferreira", "ny_technical",
           Shift((MON, TUE, WED), "15:30", "22:00"), Shift(WEEKEND, "15:00", "22:00", ODD)),
    _agent("A114", "Imani Castle", "ny_technical", Shift((MON, TUE, WED, THU), "22:00", "06:00")),
    _agent("A115", "Jonas Whitlock", "ny_technical", Shift((FRI, SAT, SUN), "22:00", "06:00")),
    _agent("A116", "Kaia Brennecke", "ny_technical",
           Shift((THU, FRI), "15:30", "22:00"), Shift(WEEKEND, "15:00", "22:00", EVEN),
           Shift(WEEKEND, "13:00", "20:00", ODD), is_new=True),
    _agent("A201", "Liam Corrigane", "dub_service", Shift(MON_TO_FRI, "09:00", "15:00")),
    _agent("A202", "Maeve Tolland", "dub_service", Shift(MON_TO_FRI, "12:30", "19:00")),
    _agent("A203", "Niall Abernethy", "dub_service",
           Shift((MON, TUE, FRI), "14:00", "19:00"), Shift(WEEKEND, "10:00", "18:00", EVEN), is_new=True),
    _agent("A211", "Orla Desmarais", "dub_technical", Shift(MON_TO_FRI, "11:00", "17:00")),
    _agent("A212", "Padraig Ionescu", "dub_technical",
           Shift((WED, THU, FRI), "14:00", "19:00"), Shift(WEEKEND, "10:00", "18:00", ODD)),
    _agent("A121", "Quentin Aldana", "ny_digital", Shift(MON_TO_FRI, "09:00", "14:00")),
    _agent("A122", "Rosalind Teague", "ny_digital", Shift(MON_TO_FRI, "12:30", "18:00")),
    _agent("A123", "Samir Lockwood", "ny_digital",
           Shift((MON, WED, FRI), "10:30", "16:00"), Shift((SAT,), "10:00", "16:00", EVEN)),
    _agent("A124", "Tilda Marchetti", "ny_digital",
           Shift((TUE, THU), "10:30", "16:00"), Shift((SAT,), "10:00", "16:00", ODD)),
    _agent("A221", "Una Fitzwarren", "dub_digital", Shift(MON_TO_FRI, "09:00", "13:30")),
    _agent("A222", "Viktor Halloway", "dub_digital", Shift(MON_TO_FRI, "12:30", "17:00")),
)  # fmt: skip

MARKETS = (
    Market(
        "us", NEW_YORK, 3200, 270,
        (2.3, 2.2, 2.1, 2.0, 1.8, 1.6, 1.6, 1.9, 5.0, 11.6, 13.8, 13.8,
         13.6, 13.4, 11.8, 9.6, 6.4, 3.6, 2.5, 2.2, 2.3, 2.3, 2.4, 2.4),
        (1.10, 1.05, 1.00, 0.97, 0.94, 0.46, 0.40),
    ),
    Market(
        "ireland", DUBLIN, 900, 46,
        (0.4, 0.3, 0.3, 0.3, 0.3, 0.4, 0.8, 1.3, 2.8, 5.0, 6.0, 6.4,
         7.0, 9.0, 12.0, 12.8, 12.0, 9.0, 5.5, 3.2, 2.0, 1.5, 1.0, 0.6),
        (1.10, 1.05, 1.00, 1.00, 0.95, 0.46, 0.38),
    ),
)  # fmt: skip

SURGES = (
    Surge(
        "technical_fault",
        at_local(date(2026, 10, 15), "13:40", NEW_YORK),
        lasts_seconds=4800,
        calls=34,
        event_id="EV06",
    ),
    Surge(
        "payment_problem", at_local(date(2026, 11, 2), "10:05", NEW_YORK), lasts_seconds=3900, calls=22, event_id="EV08"
    ),
)

# New prices are announced on a Wednesday morning, and for three days more people than usual ask about their bill.
PRICE_CHANGES = (
    PriceChange(
        "billing_question",
        at_local(date(2026, 11, 4), "08:00", NEW_YORK),
        lasts_seconds=3 * 86_400,
        calls=36,
        event_id="EV09",
    ),
)

# The provider loses most of the lines for an hour: the one hour in which many callers hear the busy tone.
TRUNK_FAILURES = (
    TrunkFailure(at_local(date(2026, 10, 21), "14:00", NEW_YORK), lasts_seconds=3600, lines_left=2, event_id="EV07"),
)

# Companies whose people call through one switchboard: positions of customers of the market, the first one's number.
SHARED_LINES = {
    "us": ((11, 12, 13, 14), (402, 403, 404), (875, 876, 877, 878, 879), (1300, 1301), (1842, 1843, 1844),
           (2210, 2211, 2212, 2213), (2705, 2706, 2707), (3050, 3051)),
    "ireland": ((120, 121, 122), (455, 456), (790, 791, 792, 793)),
}  # fmt: skip


@dataclass(frozen=True)
class Config:
    opens_at: int = OPENS_AT
    ends_at: int = ENDS_AT
    trunks: int = 10
    trunk_failures: tuple[TrunkFailure, ...] = TRUNK_FAILURES
    sites: tuple[Site, ...] = SITES
    calendars: tuple[Calendar, ...] = CALENDARS
    queues: tuple[Queue, ...] = QUEUES  # of the telephone
    digital_queues: tuple[DigitalQueue, ...] = DIGITAL_QUEUES
    reasons: tuple[Reason, ...] = REASONS
    teams: tuple[Team, ...] = TEAMS
    agents: tuple[AgentProfile, ...] = AGENTS
    markets: tuple[Market, ...] = MARKETS
    surges: tuple[Surge, ...] = SURGES
    price_changes: tuple[PriceChange, ...] = PRICE_CHANGES
    callers: CallerHabits = CallerHabits()
    ivr: IvrBehavior = IvrBehavior()
    conversations: ConversationHabits = ConversationHabits()
    agent_habits: AgentHabits = AgentHabits()
    campaigns: tuple[Campaign, ...] = CAMPAIGNS
    dialing: DialerHabits = DialerHabits()
    callbacks: CallbackHabits = CallbackHabits()

    def queue(self, queue_id: str) -> Queue:
        return next(q for q in self.queues if q.queue_id == queue_id)

    def reason(self, contact_reason: str) -> Reason:
        return next(r for r in self.reasons if r.contact_reason == contact_reason)

    def team(self, team_id: str) -> Team:
        return next(t for t in self.teams if t.team_id == team_id)

    def digital_queue(self, queue_id: str) -> DigitalQueue:
        return next(q for q in self.digital_queues if q.queue_id == queue_id)

    def is_digital(self, agent: AgentProfile) -> bool:
        """Nobody moves between the telephone and the digital channels."""
        return self.team(agent.assignments[0].team_id).is_digital

    def only_agents(self, is_digital: bool) -> "Config":
        """The center of the telephone, or that of the digital channels."""
        return replace(self, agents=tuple(agent for agent in self.agents if self.is_digital(agent) == is_digital))

    def zone_of(self, agent: AgentProfile) -> str:
        """Nobody moves between sites, so an agent's first team tells the site."""
        site_id = self.team(agent.assignments[0].team_id).site_id
        return next(s.time_zone for s in self.sites if s.site_id == site_id)
