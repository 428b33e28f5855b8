"""What a warehouse should make of the customer's voice: plain rows, counted from the books and from nothing else."""

from collections import defaultdict

from scripts.simulate.books import Books
from scripts.simulate.clock import local
from scripts.simulate.config import NEW_YORK
from scripts.simulate.customer_voice.config import QUESTIONS
from scripts.simulate.customer_voice.ledger import Submission, Survey, Voice
from scripts.simulate.ledger import Contact, Leg

SURVEY_AGENT_SECONDS = 20
SMALL_GROUP_SIZE = 5
COUNTS = (
    "sent", "answered", "csat_answered", "satisfied", "nps_answered", "promoters", "passives", "detractors",
    "ces_answered", "easy", "resolved_answered", "resolved_yes",
)  # fmt: skip


class VoiceTally:
    def __init__(self, voice: Voice, books: Books):
        self._voice = voice
        self._contacts = {contact.contact_id: contact for contact in books.contacts}

    # Surveys

    def survey_responses(self) -> list[dict]:
        rows = [row for survey in self._voice.surveys for row in self._rows_of(survey)]
        groups = defaultdict(list)
        for row in rows:
            if row["measure"] != "unknown" and not row.pop("is_bounced"):
                groups[row["asked"], row["measure"]].append(row)
        for group in groups.values():
            answered = [row for row in group if row["score"] is not None]
            if answered:
                chosen = max(answered, key=lambda row: (row["is_complete"], row["answered_at"], row["survey_id"]))
            else:
                chosen = min(group, key=lambda row: (row["sent_at"], row["survey_id"]))
            chosen["is_counted"] = True
        return [self._count(row) for row in rows]

    def _rows_of(self, survey: Survey):
        asked = [q for q in QUESTIONS if q.form_id == survey.form_id and q.is_asked_at(survey.sent_at)]
        asked = [] if survey.is_lost else asked
        submission = chosen_submission(survey, [q.question_id for q in asked])
        contact = self._contacts.get(survey.contact_id) if not survey.is_lost else None
        common = {
            "survey_id": survey.survey_id,
            "contact_id": contact.contact_id if contact else "",
            # Two surveys about a contact that nobody knows are about the same contact all the same.
            "asked": survey.contact_id or survey.survey_id,
            "contact": contact,
            "sent_at": survey.sent_at,
            "is_bounced": survey.bounced_at is not None,
            "is_counted": False,
        }
        scores = {answer.question_id: answer.score for answer in submission.answers} if submission else {}
        is_complete = bool(asked) and all(scores.get(q.question_id) is not None for q in asked)
        for q in asked:
            score = scores.get(q.question_id)
            yield {
                **common,
                "question_id": q.question_id,
                "measure": q.measure,
                "score": score,
                "is_complete": is_complete,
                "answered_at": submission.answered_at if score is not None else None,
            }
        known = {q.question_id for q in asked}
        for question_id in {a.question_id for s in survey.submissions for a in s.answers} - known:
            yield {**common, "question_id": question_id, "measure": "unknown", "score": None, "answered_at": None}

    @staticmethod
    def _count(row: dict) -> dict:
        contact: Contact | None = row["contact"]
        counts = row["is_counted"] and not (contact and contact.is_excluded)
        score = row["score"]
        measure = row["measure"]
        answered = counts and score is not None
        is_csat, is_nps = answered and measure == "csat", answered and measure == "nps"
        is_ces, is_resolved = (
            answered and measure in ("ces_agreement", "ces_effort"),
            answered and measure == "resolved",
        )
        leg = attributed_leg(contact) if contact else None
        return {
            "survey_id": row["survey_id"],
            "question_id": row["question_id"],
            "contact_id": row["contact_id"],
            "measure": measure,
            "month": local(contact.started_at if contact else row["sent_at"], NEW_YORK).strftime("%Y-%m"),
            "channel": contact.channel if contact else "unknown",
            "agent_id": leg.agent_id if leg else "unknown",
            "team_id": leg.team_id if leg else "unknown",
            "queue_id": queue_of(contact, leg) if leg else "unknown",
            "score": score,
            "is_counted": row["is_counted"],
            "sent": int(counts),
            "answered": int(answered),
            "csat_answered": int(is_csat),
            "satisfied": int(is_csat and score >= 4),
            "nps_answered": int(is_nps),
            "promoters": int(is_nps and score >= 9),
            "passives": int(is_nps and 7 <= score <= 8),
            "detractors": int(is_nps and score <= 6),
            "ces_answered": int(is_ces),
            "easy": int(is_ces and (score >= 5 if measure == "ces_agreement" else score <= 2)),
            "resolved_answered": int(is_resolved),
            "resolved_yes": int(is_resolved and score == 1),
        }

    def survey_months(self) -> list[dict]:
        months: dict[tuple, dict] = {}
        for row in self.survey_responses():
            if row["measure"] == "unknown" or not row["sent"]:
                continue
            key = (row["month"], row["channel"], row["measure"])
            month = months.setdefault(
                key, {"month": key[0], "channel": key[1], "measure": key[2], "is_from_totals": False,
                      **dict.fromkeys(COUNTS, 0)},
            )  # fmt: skip
            for name in COUNTS:
                month[name] += row[name]
        measures = {q.question_id: q.measure for q in reversed(QUESTIONS)}
        totals: dict[tuple, dict] = {}
        for total in self._voice.month_totals:
            measure = measures[total.question_id]
            key = (total.month, total.channel, measure)
            month = totals.setdefault(
                key, {"month": key[0], "channel": key[1], "measure": measure, "is_from_totals": True,
                      **dict.fromkeys(COUNTS, 0)},
            )  # fmt: skip
            for name in (
                "sent",
                "answered",
                "satisfied",
                "promoters",
                "passives",
                "detractors",
                "easy",
                "resolved_yes",
            ):
                month[name] += getattr(total, name)
            kind = {"ces_effort": "ces"}.get(measure, measure)
            month[f"{kind}_answered"] += total.answered
        return [*months.values(), *(row for key, row in totals.items() if key not in months)]

    # Notes, codes, evaluations

    def contact_assessments(self) -> list[dict]:
        notes = {note.contact_id: note for note in self._voice.notes}
        return [
            {
                "contact_id": contact_id,
                "is_resolved": notes[contact_id].is_resolved,
                "is_complaint": notes[contact_id].is_complaint,
                "is_escalated": notes[contact_id].is_escalated,
                "tried_self_service": notes[contact_id].tried_self_service,
                "sentiment": notes[contact_id].sentiment,
                "resolved_known": int(notes[contact_id].is_resolved is not None and not contact.is_excluded),
                "complaints": int(notes[contact_id].is_complaint and not contact.is_excluded),
            }
            for contact_id, contact in self._contacts.items()
            if contact_id in notes and contact.direction == "inbound"
        ]

    def contact_dispositions(self, taxonomy: list[dict]) -> list[dict]:
        """One row per contact and code; one that reached an agent and has no code is `uncoded`."""
        codes = defaultdict(list)
        for wrap_up in sorted(self._voice.wrap_ups, key=lambda wrap_up: wrap_up.position):
            codes[wrap_up.contact_id].append(wrap_up.versions[-1])
        rows = []
        for contact_id, contact in self._contacts.items():
            own = codes.get(contact_id, [])
            for order, (set_at, code) in enumerate(own, start=1):
                category = next(
                    (c["category"] for c in taxonomy
                     if c["code"] == code and c["valid_from"] <= set_at < c["valid_to"]), "Unknown"
                )  # fmt: skip
                rows.append(_disposition(contact_id, code, category, order, len(own)))
            if not own and contact.reached_agent:
                rows.append(_disposition(contact_id, "uncoded", "Uncoded", 1, 0))
        return rows

    def evaluations(self) -> list[dict]:
        rows = []
        for evaluation in self._voice.evaluations:
            counts = int(evaluation.status == "COMPLETED")
            judged = [item for item in evaluation.items if item.result != "not_applicable" and item.points is not None]
            fails = [i for i in evaluation.items if i.item_kind == "auto_fail" and i.result == "failed"]
            row = {
                "evaluation_id": evaluation.evaluation_id,
                "contact_id": evaluation.contact_id if evaluation.contact_id in self._contacts else "",
                "agent_id": evaluation.agent_id or "unknown",
                "is_auto_failed": bool(fails),
                "points": 0 if fails else counts * sum(item.points * item.weight for item in judged),
                "possible": counts * sum(item.possible_points * item.weight for item in judged),
                "auto_fails": counts * len(fails),
            }
            for kind in ("script", "resource"):
                of_kind = [i for i in evaluation.items if i.item_kind == kind and i.result in ("passed", "failed")]
                row[f"{kind}_items"] = counts * len(of_kind)
                row[f"{kind}_passed"] = counts * sum(item.result == "passed" for item in of_kind)
            rows.append(row)
        return rows


def chosen_submission(survey: Survey, asked: list[str]) -> Submission | None:
    """The last complete one; only where none is complete, the last one with any answer to what was asked."""
    scores = [
        ({a.question_id for a in submission.answers if a.score is not None and a.question_id in asked}, submission)
        for submission in survey.submissions
    ]
    usable = [(len(answered) == len(asked), submission.answered_at, submission) for answered, submission in scores
              if answered]  # fmt: skip
    return max(usable, key=lambda entry: entry[:2])[2] if usable else None


def attributed_leg(contact: Contact) -> Leg | None:
    """The last agent who talked with the customer long enough to be judged; else the last one at all."""
    with_customer = [leg for leg in contact.legs if leg.leg_type in ("customer", "conference")]
    if not with_customer:
        return None
    return max(
        with_customer,
        key=lambda leg: (
            leg.ended_at is not None
            and leg.ended_at - leg.connected_at - (leg.hold_seconds or 0) >= SURVEY_AGENT_SECONDS,
            leg.connected_at,
        ),
    )


def queue_of(contact: Contact, leg: Leg) -> str:
    if leg.is_direct:
        return "none"
    visits = [visit for visit in contact.visits if visit.segment_number <= leg.segment_number]
    return visits[-1].queue_id if visits else "none"


def _disposition(contact_id: str, code: str, category: str, order: int, codes: int) -> dict:
    return {
        "contact_id": contact_id,
        "code": code,
        "category": category,
        "order": order,
        "is_primary": order == 1,
        "code_count": codes,
    }
