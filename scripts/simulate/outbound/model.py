"""Campaigns, and how likely things are when the center calls: shares of one, durations in seconds."""

from dataclasses import dataclass, field
from datetime import date

from scripts.simulate.model import FRI, MON, SAT, THU, TUE, WED

PREDICTIVE, PREVIEW = "predictive", "preview"


@dataclass(frozen=True)
class Campaign:
    """A list of customers to call. The dialer calls ahead of free agents (predictive), or an agent dials (preview)."""

    campaign_id: str
    campaign_name: str
    purpose: str
    dialing_mode: str
    starts_on: date
    ends_on: date
    time_zone: str
    market: str
    team_ids: tuple[str, ...]
    days: tuple[int, ...]
    sessions: tuple[str, ...]  # when a part of the list is started, by the local clock
    session_seconds: int
    leads_per_session: int
    talk_mean_seconds: float
    conversion_probability: float | None  # None: there is nothing to agree to
    converted_disposition: str
    answer_limit_seconds: int = 2
    machine_false_positive_rate: float | None = None  # None: no machine listens


NEW_YORK_TEAMS = ("ny_service", "ny_technical")
DUBLIN_TEAMS = ("dub_service", "dub_technical")

# Columns: what for, when and where; then days, sessions, their length and new leads; then talk and success.
CAMPAIGNS = (
    Campaign("CMP-01", "Autumn renewals", "renewal", PREDICTIVE,
             date(2026, 10, 6), date(2026, 10, 30), "America/New_York", "us", NEW_YORK_TEAMS,
             (TUE, WED, THU, FRI), ("10:30", "14:30"), 5400, 13,
             165, 0.24, "RENEWED", machine_false_positive_rate=0.04),
    Campaign("CMP-02", "October payment reminders", "collections", PREDICTIVE,
             date(2026, 10, 19), date(2026, 11, 7), "America/New_York", "us", NEW_YORK_TEAMS,
             (MON, WED, THU, SAT), ("12:15", "16:30"), 5400, 16,
             110, 0.38, "PROMISED_PAYMENT", machine_false_positive_rate=0.06),
    Campaign("CMP-03", "Welcome calls", "onboarding", PREVIEW,
             date(2026, 10, 12), date(2026, 11, 6), "Europe/Dublin", "ireland", DUBLIN_TEAMS,
             (MON, TUE, WED, THU, FRI), ("10:00", "15:30"), 10800, 5,
             140, None, "WELCOMED"),
)  # fmt: skip


@dataclass(frozen=True)
class DialerHabits:
    # How a call to a customer's number ends.
    results: dict[str, float] = field(
        default_factory=lambda: {
            "NO_ANSWER": 0.42,
            "BUSY": 0.06,
            "INVALID": 0.03,
            "MACHINE": 0.27,
            "LIVE": 0.22,
        }
    )
    no_answer_seconds: tuple[int, int] = (22, 30)
    busy_seconds: tuple[int, int] = (3, 6)
    invalid_seconds: tuple[int, int] = (2, 4)
    pick_up_seconds: tuple[int, int] = (4, 19)
    machine_seconds: tuple[int, int] = (3, 6)  # until it is known to be one
    dialer_gives_up_seconds: int = 4  # after the answer, without a free agent
    lines_per_agent: float = 3.0
    agents_left_for_callers: int = 1
    looks_every_seconds: int = 15
    most_attempts: int = 3
    retry_days: tuple[int, int] = (1, 3)
    preview_seconds: tuple[int, int] = (5, 25)  # to read the customer's file, before dialing
    right_party_probability: float = 0.72
    right_party_unrecorded: float = 0.05
    conversion_unrecorded: float = 0.03
    wrong_party_talk_mean_seconds: float = 35
    hold_probability: float = 0.05
    hold_mean_seconds: float = 40
    no_after_work_probability: float = 0.05
    not_interested: dict[str, float] = field(default_factory=lambda: {"NOT_INTERESTED": 0.7, "CALL_LATER": 0.3})


@dataclass(frozen=True)
class CallbackHabits:
    queue_ids: tuple[str, ...] = ("billing", "technical_support")
    offered_after_seconds: int = 60
    decides_seconds: tuple[int, int] = (4, 25)
    accepts_probability: float = 0.16
    last_offer_before_closing_seconds: int = 4 * 3600
    last_offer_before_end_seconds: int = 24 * 3600
    first_attempt_seconds: tuple[int, int] = (240, 1800)
    next_attempt_seconds: tuple[int, int] = (900, 5400)
    reached_probability: tuple[float, ...] = (0.45, 0.37, 0.28)  # at the first, second and third attempt
    missed: dict[str, float] = field(default_factory=lambda: {"NO_ANSWER": 0.6, "MACHINE": 0.3, "BUSY": 0.1})
    looks_every_seconds: int = 15
    given_up_after_seconds: int = 20 * 3600
