"""Which questions are asked, which codes agents set, who evaluates, and how likely all of that is."""

from dataclasses import dataclass
from datetime import date

from scripts.simulate.clock import at_local
from scripts.simulate.config import NEW_YORK
from scripts.simulate.customer_voice.ledger import Question

SURVEYS_BEGIN_AT = at_local(date(2025, 9, 1), "00:00", NEW_YORK)
# The old effort question goes and the agreement question comes, under the same question id.
EFFORT_SCALE_CHANGES_AT = at_local(date(2026, 10, 20), "00:00", NEW_YORK)
# Two groups of wrap-up codes get a category of their own.
CATEGORIES_CHANGE_AT = at_local(date(2026, 10, 26), "00:00", NEW_YORK)

QUESTIONS = (
    Question("T1", "TRANSACTION", "csat", "How satisfied are you with the service you received?",
             1, 5, "high", SURVEYS_BEGIN_AT),
    Question("T2", "TRANSACTION", "resolved", "Has your matter been resolved?", 0, 1, "high", SURVEYS_BEGIN_AT),
    Question("T3", "TRANSACTION", "ces_effort", "How much effort did it take to get your matter handled?",
             1, 5, "low", SURVEYS_BEGIN_AT, EFFORT_SCALE_CHANGES_AT),
    Question("T3", "TRANSACTION", "ces_agreement", "It was easy to get my matter handled.",
             1, 7, "high", EFFORT_SCALE_CHANGES_AT),
    Question("R1", "RELATION", "csat", "How satisfied are you with the service you received?",
             1, 5, "high", SURVEYS_BEGIN_AT),
    Question("R2", "RELATION", "nps", "How likely are you to recommend us to a friend or colleague?",
             0, 10, "high", SURVEYS_BEGIN_AT),
)  # fmt: skip


@dataclass(frozen=True)
class WrapUpCode:
    code: str
    name: str
    category: str
    new_category: str | None = None


# The first code of a reason is the usual one.
CODES_OF_REASON = {
    "billing_question": ("B10", "B11"),
    "payment_problem": ("B20", "B21"),
    "balance_inquiry": ("B30", "B10"),
    "technical_fault": ("T10", "T11"),
    "setup_help": ("T20", "T21"),
    "new_order": ("S10", "S11"),
    "order_status": ("S20", "S21"),
    "address_change": ("A10", "B10"),
    "cancellation": ("A20", "A21"),
}
GENERAL_CODES = ("G10", "G20")
COMPLAINT_CODE = "G90"
HANDED_ON_CODE = "G91"

WRAP_UP_CODES = (
    WrapUpCode("B10", "Bill explained", "Billing"),
    WrapUpCode("B11", "Bill corrected", "Billing"),
    WrapUpCode("B20", "Payment arranged", "Billing", "Payments"),
    WrapUpCode("B21", "Payment repeated", "Billing", "Payments"),
    WrapUpCode("B30", "Balance told", "Billing"),
    WrapUpCode("T10", "Fault mended on the line", "Technical"),
    WrapUpCode("T11", "Fault reported to the technicians", "Technical"),
    WrapUpCode("T20", "Set up together", "Technical"),
    WrapUpCode("T21", "Instructions sent", "Technical"),
    WrapUpCode("S10", "Order taken", "Sales"),
    WrapUpCode("S11", "Offer sent", "Sales"),
    WrapUpCode("S20", "Order status told", "Sales"),
    WrapUpCode("S21", "Delivery date moved", "Sales"),
    WrapUpCode("A10", "Address changed", "Account"),
    WrapUpCode("A20", "Contract ended", "Account", "Retention"),
    WrapUpCode("A21", "Customer kept", "Account", "Retention"),
    WrapUpCode("G10", "General question", "General"),
    WrapUpCode("G20", "Data corrected", "General"),
    WrapUpCode("G90", "Complaint recorded", "General"),
    WrapUpCode("G91", "Handed on", "General"),
)

# item, kind, possible points, weight
EVALUATION_FORMS = {
    "SPOKEN": ("Spoken contact", (
        ("greeting", "script", 5, 1),
        ("verification", "script", 5, 2),
        ("listening", "skill", 10, 2),
        ("solution", "skill", 20, 3),
        ("tone", "skill", 10, 1),
        ("knowledge_base", "resource", 5, 1),
        ("data_protection", "auto_fail", 0, 1),
    )),
    "WRITTEN": ("Written contact", (
        ("salutation", "script", 5, 1),
        ("solution", "skill", 20, 3),
        ("language", "skill", 10, 2),
        ("template", "resource", 5, 1),
        ("data_protection", "auto_fail", 0, 1),
    )),
}  # fmt: skip
EVALUATORS = ("Q01", "Q02", "Q03")


@dataclass(frozen=True)
class Wave:
    wave: str
    opens_on: date
    response_share: float


# Everybody of a team may answer: agents, leads and coaches.
EMPLOYEES_OF_TEAM = {"ny_service": 11, "ny_technical": 10, "dub_service": 8, "dub_technical": 5}
WAVES = (
    Wave("2025-10", date(2025, 10, 13), 0.80),
    Wave("2026-05 pulse", date(2026, 5, 11), 0.18),
    Wave("2026-10", date(2026, 10, 12), 0.84),
)

# Contacts a month about which the old tool asked.
TOTALS_PER_MONTH = {"phone": 1980, "email": 310, "chat": 260}
MONTHS_OF_TOTALS = tuple(f"2025-{month:02d}" for month in range(9, 13)) + tuple(
    f"2026-{month:02d}" for month in range(1, 10)
)


@dataclass(frozen=True)
class VoiceHabits:
    surveyed_share: float = 0.35
    transaction_form_share: float = 0.6
    bounce_probability: float = 0.03
    response_probability: float = 0.21
    partial_probability: float = 0.10
    repeats_submission_probability: float = 0.05
    # A second survey about the same contact: the first one was taken for lost.
    second_survey_probability: float = 0.02
    send_delay_seconds: tuple[int, int] = (120, 900)
    answers_at_once_share: float = 0.62
    at_once_mean_seconds: float = 1800
    later_mean_seconds: float = 2.2 * 86_400
    latest_seconds: int = 12 * 86_400
    # How the customer feels: 0 is so-so, 1 is pleased.
    base_mood: float = 0.30
    resolved_mood: float = 1.15
    transfer_mood: float = -0.40
    wait_mood: float = -0.75  # at the wait that the channel's customers find long
    agent_mood_spread: float = 0.30
    mood_spread: float = 0.85
    noted_share: float = 0.70
    coded_share: float = 0.89
    second_code_probability: float = 0.12
    code_changed_probability: float = 0.025
    speech_analyzed_share: float = 0.60
    evaluations_per_agent_week: int = 2


# The wait, in seconds, that customers find long.
LONG_WAIT_SECONDS = {"phone": 240, "app_voice": 240, "chat": 120, "sms": 7200, "social": 7200}
LONG_WAIT_ELSEWHERE_SECONDS = 43_200
SURVEY_CHANNEL = {"phone": "sms", "app_voice": "sms", "chat": "web", "sms": "sms"}
