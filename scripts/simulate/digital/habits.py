"""How many write, how likely things are, and how long they take: shares of one, and seconds."""

from dataclasses import dataclass, field

HOUR = 3600
DAY = 24 * HOUR

# By the hour of the writer's own clock.
CHAT_HOURS = (0, 0, 0, 0, 0, 0, 0.2, 0.5, 1, 4, 10, 15, 15, 12, 15, 13, 6, 2.5, 1, 0.7, 0.5, 0.4, 0.3, 0.1)
MESSAGE_HOURS = (0.2, 0.1, 0.1, 0.1, 0.1, 0.2, 0.5, 1.5, 3, 8, 10, 10, 9, 9, 9, 9, 7, 3, 2, 2, 2, 1.5, 1, 0.5)
MAIL_HOURS = (0.8, 0.5, 0.4, 0.3, 0.3, 0.5, 1.2, 3, 6, 8, 8, 7, 6, 6, 6, 6, 6, 5, 4, 4, 5, 5, 4, 2)
OFFICE_HOURS = (0, 0, 0, 0, 0, 0, 0, 0, 1, 4, 5, 5, 3, 4, 4, 4, 3, 1, 0, 0, 0, 0, 0, 0)
# Monday to Sunday
CHAT_DAYS = (1.15, 1.05, 1.0, 1.0, 0.95, 0.35, 0.05)
MESSAGE_DAYS = (1.1, 1.0, 1.0, 1.0, 0.95, 0.15, 0.12)
MAIL_DAYS = (1.2, 1.05, 1.0, 1.0, 0.95, 0.45, 0.4)
OFFICE_DAYS = (1.1, 1.0, 1.0, 1.0, 0.9, 0, 0)


@dataclass(frozen=True)
class ChatHabits:
    first_chats: dict[str, int] = field(default_factory=lambda: {"us": 448, "ireland": 84})  # per market
    chats_per_surge_call: float = 0.8
    last_minute_chats: int = 8
    chats_after_calls: int = 28
    chats_again_when_unsolved: float = 0.32
    chats_again_seconds: tuple[int, int] = (600, 6 * HOUR)
    known_share: float = 0.76  # is logged in on the website
    leaves_bot: float = 0.07
    contained: float = 0.30
    most_wait_seconds: int = 600
    patience_mean_seconds: float = 210
    patience_spread: float = 0.9
    gives_up_at_once: float = 0.015
    accepts_in_seconds: tuple[int, int] = (3, 10)
    first_message_seconds: tuple[int, int] = (6, 22)
    length_mean_seconds: float = 1420
    length_spread: float = 0.5
    customer_writes_in_mean_seconds: float = 135
    agent_writes_in_mean_seconds: float = 95
    slower_per_other_chat: float = 0.25
    customer_vanishes: float = 0.07
    gives_up_on_customer_seconds: int = 240
    hands_on: float = 0.10
    after_work_mean_seconds: float = 75
    dispositions: dict[str, float] = field(
        default_factory=lambda: {"RESOLVED": 0.76, "FOLLOW_UP": 0.11, "NOT_RESOLVED": 0.13}
    )


@dataclass(frozen=True)
class MessageHabits:
    # Threads by how many contacts they are planned to have, per channel.
    threads: dict[str, dict[int, int]] = field(
        default_factory=lambda: {"sms": {1: 52, 2: 34, 3: 13}, "social": {1: 47, 2: 29, 3: 10}}
    )
    silence_seconds: int = DAY  # a customer who writes after so long begins a new contact
    most_rounds: int = 3
    writes_back: float = 0.55
    writes_back_mean_seconds: float = 25 * 60
    writes_back_next_day: float = 0.10  # just inside the silence
    next_day_seconds: tuple[int, int] = (20 * HOUR, DAY - 300)
    second_message: float = 0.18
    second_message_seconds: tuple[int, int] = (20, 240)
    next_contact_seconds: tuple[int, int] = (DAY + 600, 10 * DAY)
    session_mean_seconds: float = 310
    answer_within_seconds: int = 900


@dataclass(frozen=True)
class TicketHabits:
    volumes: dict[str, int] = field(
        default_factory=lambda: {"email": 480, "contact_form": 230, "feedback_form": 70, "fax": 25}
    )
    spam: int = 20
    created_on_last_day: int = 5
    phone_tickets: int = 60
    phone_tickets_with_external_id: int = 45
    known_share: dict[str, float] = field(
        default_factory=lambda: {"email": 0.25, "contact_form": 0.45, "feedback_form": 0.15, "fax": 0.0, "phone": 0.5}
    )
    work_mean_seconds: dict[str, float] = field(
        default_factory=lambda: {"email": 680, "contact_form": 600, "feedback_form": 150, "fax": 780}
    )
    work_spread: float = 0.6
    later_work_share: float = 0.6  # of the first work, when a ticket comes back
    priorities: dict[str, float] = field(
        default_factory=lambda: {"low": 0.14, "normal": 0.62, "high": 0.19, "urgent": 0.05}
    )
    # Work is taken in the order of these deadlines.
    answer_within_seconds: dict[str, int] = field(
        default_factory=lambda: {"low": 40 * HOUR, "normal": 20 * HOUR, "high": 6 * HOUR, "urgent": HOUR}
    )
    without_reply: dict[str, float] = field(
        default_factory=lambda: {"email": 0.015, "contact_form": 0.01, "feedback_form": 0.70, "fax": 0.12}
    )
    moved_by_rule: float = 0.03
    moved_by_agent: float = 0.07
    asks_customer: float = 0.20
    customer_answers: float = 0.80
    customer_answers_mean_seconds: float = 14 * HOUR
    gives_up_on_customer_seconds: int = 5 * DAY
    waits_for_third_party: float = 0.08
    third_party_mean_seconds: float = 22 * HOUR
    writes_note: float = 0.15
    chases: float = 0.07
    chases_after_seconds: tuple[int, int] = (5 * HOUR, 30 * HOUR)
    reopens: float = 0.09
    reopens_mean_seconds: float = 30 * HOUR
    closes_after_seconds: int = 4 * DAY


@dataclass(frozen=True)
class WriterHabits:
    """Of the agents of the digital channels."""

    most_chats: int = 3
    stops_taking_chats_seconds: int = 420  # before a pause or the end of the shift
    between_work_seconds: tuple[int, int] = (4, 40)
    may_finish_late_seconds: int = 150


@dataclass(frozen=True)
class DigitalHabits:
    chats: ChatHabits = ChatHabits()
    messages: MessageHabits = MessageHabits()
    tickets: TicketHabits = TicketHabits()
    writers: WriterHabits = WriterHabits()
