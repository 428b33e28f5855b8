"""The entries of the customer's voice: what was truly asked, answered, noted and evaluated, in whole UTC seconds."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Question:
    question_id: str
    form_id: str
    measure: str  # csat, nps, ces_agreement, ces_effort, resolved
    wording: str
    scale_min: int
    scale_max: int
    better: str  # high, low
    valid_from: int
    valid_to: int | None = None

    def is_asked_at(self, at: int) -> bool:
        return self.valid_from <= at and (self.valid_to is None or at < self.valid_to)


@dataclass
class Answer:
    answer_id: str
    question_id: str
    score: int | None


@dataclass
class Submission:
    answered_at: int
    answers: list[Answer]


@dataclass
class Survey:
    survey_id: str
    contact_id: str
    form_id: str
    channel: str
    sent_at: int
    bounced_at: int | None = None
    submissions: list[Submission] = field(default_factory=list)
    is_lost: bool = False  # its answers arrived, it did not


@dataclass
class Note:
    contact_id: str
    is_resolved: bool | None
    is_complaint: bool
    is_escalated: bool
    tried_self_service: bool | None
    sentiment: float | None
    noted_at: int
    changed_at: int | None = None  # the first version did not know whether the matter was resolved


@dataclass
class WrapUp:
    """One position of a contact's wrap-up codes; the last of its versions holds."""

    contact_id: str
    position: int
    agent_id: str
    versions: list[tuple[int, str]]  # set_at, code


@dataclass
class EvaluationItem:
    item_id: str
    item_kind: str  # skill, script, resource, auto_fail
    points: int | None
    possible_points: int
    weight: int
    result: str | None  # passed, failed, not_applicable


@dataclass
class Evaluation:
    evaluation_id: str
    contact_id: str
    agent_id: str
    evaluator_id: str
    form_id: str
    evaluated_at: int
    status: str  # COMPLETED, DRAFT
    items: list[EvaluationItem] = field(default_factory=list)


@dataclass
class EmployeeAnswer:
    response_id: str
    wave: str
    site_id: str
    team_id: str
    question: str  # esat, enps
    score: int | None
    answered_on: date


@dataclass
class MonthTotal:
    month: str  # YYYY-MM
    channel: str
    question_id: str
    sent: int
    answered: int
    score_sum: int
    satisfied: int = 0
    promoters: int = 0
    passives: int = 0
    detractors: int = 0
    easy: int = 0
    resolved_yes: int = 0


@dataclass
class Voice:
    surveys: list[Survey] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    wrap_ups: list[WrapUp] = field(default_factory=list)
    evaluations: list[Evaluation] = field(default_factory=list)
    employee_answers: list[EmployeeAnswer] = field(default_factory=list)
    month_totals: list[MonthTotal] = field(default_factory=list)
