"""Raw rows: what the survey tool, the agents' desktop, the evaluation tool and the administrators would export."""

from scripts.simulate.clock import utc_text
from scripts.simulate.customer_voice.config import (
    CATEGORIES_CHANGE_AT,
    EVALUATION_FORMS,
    QUESTIONS,
    SURVEYS_BEGIN_AT,
    WRAP_UP_CODES,
)
from scripts.simulate.customer_voice.ledger import Voice
from scripts.simulate.records import Row

SURVEYS = "raw_surveys"
ANSWERS = "raw_survey_answers"
TOTALS = "raw_survey_totals"
NOTES = "raw_contact_notes"
WRAP_UPS = "raw_wrap_up_codes"
EVALUATIONS = "raw_evaluations"
ITEMS = "raw_evaluation_items"
EMPLOYEES = "raw_employee_surveys"

YES_NO = {True: "yes", False: "no", None: ""}


def landed_rows(voice: Voice) -> dict[str, list[Row]]:
    """The rows of every table that systems write, in the order in which they write them."""
    return {
        SURVEYS: _surveys(voice),
        ANSWERS: _answers(voice),
        TOTALS: [{**vars(total), "exported_at": exported_at(total.month)} for total in voice.month_totals],
        NOTES: _notes(voice),
        WRAP_UPS: _wrap_ups(voice),
        EVALUATIONS: [
            {
                "evaluation_id": e.evaluation_id,
                "contact_id": e.contact_id,
                "agent_id": e.agent_id,
                "evaluator_id": e.evaluator_id,
                "form_id": e.form_id,
                "evaluated_at": utc_text(e.evaluated_at),
                "status": e.status,
            }
            for e in voice.evaluations
        ],
        ITEMS: [
            {"evaluation_id": evaluation.evaluation_id, **vars(item)}
            for evaluation in voice.evaluations
            for item in evaluation.items
        ],
        EMPLOYEES: [
            {**vars(answer), "answered_on": answer.answered_on.isoformat()} for answer in voice.employee_answers
        ],
    }


def exported_at(month: str, hour: int = 11) -> str:
    """The morning after the last day of the month."""
    year, number = (int(part) for part in month.split("-"))
    return f"{year + number // 12}-{number % 12 + 1:02d}-01T{hour:02d}:00:00Z"


def _surveys(voice: Voice) -> list[Row]:
    return [
        {
            "survey_id": survey.survey_id,
            "contact_id": survey.contact_id,
            "form_id": survey.form_id,
            "channel": survey.channel,
            "sent_at": utc_text(survey.sent_at),
            "delivery": "SENT" if survey.bounced_at is None else "BOUNCED",
            "updated_at": utc_text(survey.bounced_at or survey.sent_at),
        }
        for survey in voice.surveys
    ]


def _answers(voice: Voice) -> list[Row]:
    rows = [
        {
            "answer_id": answer.answer_id,
            "survey_id": survey.survey_id,
            "question_id": answer.question_id,
            "score": answer.score,
            "answered_at": utc_text(submission.answered_at),
        }
        for survey in voice.surveys
        for submission in survey.submissions
        for answer in submission.answers
    ]
    return sorted(rows, key=lambda row: row["answer_id"])


def _notes(voice: Voice) -> list[Row]:
    rows = []
    for note in voice.notes:
        row = {
            "contact_id": note.contact_id,
            "is_resolved": YES_NO[note.is_resolved],
            "is_complaint": YES_NO[note.is_complaint],
            "is_escalated": YES_NO[note.is_escalated],
            "tried_self_service": YES_NO[note.tried_self_service],
            "sentiment": "" if note.sentiment is None else f"{note.sentiment:.2f}",
            "noted_at": utc_text(note.noted_at),
            "updated_at": "",
        }
        if note.changed_at is not None:
            rows.append({**row, "is_resolved": ""})
            row["updated_at"] = utc_text(note.changed_at)
        rows.append(row)
    return sorted(rows, key=lambda row: (row["updated_at"] or row["noted_at"], row["contact_id"]))


def _wrap_ups(voice: Voice) -> list[Row]:
    rows = [
        {
            "contact_id": wrap_up.contact_id,
            "position": wrap_up.position,
            "code": code,
            "agent_id": wrap_up.agent_id,
            "set_at": utc_text(set_at),
        }
        for wrap_up in voice.wrap_ups
        for set_at, code in wrap_up.versions
    ]
    return sorted(rows, key=lambda row: (row["set_at"], row["contact_id"], row["position"]))


def directories() -> dict[str, list[Row]]:
    """The small tables an administrator would keep by hand."""
    return {
        "raw_survey_questions": [
            {**vars(q), "valid_from": utc_text(q.valid_from), "valid_to": utc_text(q.valid_to)} for q in QUESTIONS
        ],
        "raw_disposition_codes": list(_codes()),
        "raw_evaluation_forms": [
            {"form_id": form_id, "form_name": form_name} for form_id, (form_name, _) in EVALUATION_FORMS.items()
        ],
    }


def _codes():
    begins, changes = utc_text(SURVEYS_BEGIN_AT), utc_text(CATEGORIES_CHANGE_AT)
    for code in WRAP_UP_CODES:
        row = {"code": code.code, "name": code.name, "category": code.category}
        if code.new_category is None:
            yield {**row, "valid_from": begins, "valid_to": ""}
        else:
            yield {**row, "valid_from": begins, "valid_to": changes}
            yield {**row, "category": code.new_category, "valid_from": changes, "valid_to": ""}
