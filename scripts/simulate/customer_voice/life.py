"""What happens after a contact: it is noted, coded, perhaps surveyed and evaluated; and employees are asked too."""

from collections import defaultdict
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from scripts.simulate.books import Books
from scripts.simulate.chance import Streams, exponential_seconds, happens
from scripts.simulate.clock import DAY_SECONDS, local
from scripts.simulate.config import NEW_YORK
from scripts.simulate.customer_voice.config import (
    CODES_OF_REASON,
    COMPLAINT_CODE,
    EMPLOYEES_OF_TEAM,
    EVALUATION_FORMS,
    EVALUATORS,
    GENERAL_CODES,
    HANDED_ON_CODE,
    LONG_WAIT_ELSEWHERE_SECONDS,
    LONG_WAIT_SECONDS,
    MONTHS_OF_TOTALS,
    QUESTIONS,
    SURVEY_CHANNEL,
    TOTALS_PER_MONTH,
    WAVES,
    VoiceHabits,
)
from scripts.simulate.customer_voice.ledger import (
    Answer,
    EmployeeAnswer,
    Evaluation,
    EvaluationItem,
    MonthTotal,
    Note,
    Submission,
    Survey,
    Voice,
    WrapUp,
)
from scripts.simulate.ledger import Contact, Leg


class AfterContacts:
    """Draws everything that is said about the contacts of the books."""

    def __init__(self, books: Books, streams: Streams, habits: VoiceHabits | None = None):
        self._books = books
        self._streams = streams
        self._habits = habits or VoiceHabits()
        self._voice = Voice()
        self._answers = 0
        self._charm: dict[str, float] = {}

    def run(self) -> Voice:
        finished = [c for c in self._books.contacts if c.reached_agent and c.ended_at is not None and not c.is_test]
        for contact in finished:
            self._after(contact, self._streams.stream(f"customer voice {contact.contact_id}"))
        self._number_surveys()
        self._evaluate(finished)
        self._ask_employees()
        self._total_months()
        return self._voice

    def _after(self, contact: Contact, rng: Random) -> None:
        last_leg = customer_legs(contact)[-1]
        is_solved = last_leg.disposition not in ("NOT_RESOLVED", "FOLLOW_UP")
        mood = self._mood(contact, last_leg, is_solved, rng)
        is_complaint = happens(rng, 0.012 if mood > 0 else 0.09)
        self._wrap_up(contact, last_leg, is_complaint, rng)
        if contact.direction != "inbound":
            return
        if happens(rng, self._habits.noted_share):
            self._note(contact, mood, is_solved, is_complaint, rng)
        if happens(rng, self._habits.surveyed_share):
            self._survey(contact, mood, is_solved, rng)

    def _mood(self, contact: Contact, last_leg: Leg, is_solved: bool, rng: Random) -> float:
        habits = self._habits
        transfers = sum(leg.transfer_type in ("blind", "warm") for leg in contact.legs)
        wait = sum(visit.exited_at - visit.offered_at for visit in contact.visits if visit.exited_at is not None)
        long_wait = LONG_WAIT_SECONDS.get(contact.channel, LONG_WAIT_ELSEWHERE_SECONDS)
        return (
            habits.base_mood
            + habits.resolved_mood * is_solved
            + habits.transfer_mood * transfers
            + habits.wait_mood * min(2, wait / long_wait)
            + self._charm_of(last_leg.agent_id)
            + rng.gauss(0, habits.mood_spread)
        )

    def _charm_of(self, agent_id: str) -> float:
        if agent_id not in self._charm:
            rng = self._streams.stream(f"customer voice agent {agent_id}")
            self._charm[agent_id] = rng.gauss(0, self._habits.agent_mood_spread)
        return self._charm[agent_id]

    def _note(self, contact: Contact, mood: float, is_solved: bool, is_complaint: bool, rng: Random) -> None:
        noted_at = contact.ended_at + rng.randint(20, 240)
        tried = rng.choices((True, False, None), weights=(0.38, 0.47, 0.15))[0]
        heard = happens(rng, self._habits.speech_analyzed_share)
        sentiment = max(-1.0, min(1.0, rng.gauss(0.10 + 0.22 * (mood - 0.8), 0.2))) if heard else None
        note = Note(
            contact.contact_id,
            is_resolved=None if happens(rng, 0.07) else is_solved != happens(rng, 0.04),
            is_complaint=is_complaint,
            is_escalated=happens(rng, 0.025 if is_solved else 0.16),
            tried_self_service=tried,
            sentiment=None if sentiment is None else round(sentiment, 2),
            noted_at=noted_at,
        )
        if note.is_resolved is not None and happens(rng, 0.03):
            note.changed_at = noted_at + rng.randint(3600, 3 * DAY_SECONDS)
        self._voice.notes.append(note)

    def _wrap_up(self, contact: Contact, last_leg: Leg, is_complaint: bool, rng: Random) -> None:
        if not happens(rng, self._habits.coded_share):
            return
        usual, other = CODES_OF_REASON.get(contact.contact_reason, GENERAL_CODES)
        codes = [usual if happens(rng, 0.7) else other]
        if is_complaint:
            codes.append(COMPLAINT_CODE)
        if len(customer_legs(contact)) > 1 and happens(rng, 0.6):
            codes.append(HANDED_ON_CODE)
        if happens(rng, self._habits.second_code_probability):
            codes.append(GENERAL_CODES[1])
        set_at = last_leg.ended_at + rng.randint(2, 60)
        for position, code in enumerate(codes, start=1):
            versions = [(set_at, code)]
            if position == 1 and happens(rng, self._habits.code_changed_probability):
                changed_at = set_at + rng.randint(1800, 4 * DAY_SECONDS)
                versions.append((changed_at, other if code == usual else usual))
            self._voice.wrap_ups.append(WrapUp(contact.contact_id, position, last_leg.agent_id, versions))

    # Surveys

    def _survey(self, contact: Contact, mood: float, is_solved: bool, rng: Random) -> None:
        habits = self._habits
        form_id = "TRANSACTION" if happens(rng, habits.transaction_form_share) else "RELATION"
        sent_at = contact.ended_at + rng.randint(*habits.send_delay_seconds)
        survey = Survey("", contact.contact_id, form_id, SURVEY_CHANNEL.get(contact.channel, "email"), sent_at)
        self._voice.surveys.append(survey)
        if happens(rng, habits.bounce_probability):
            survey.bounced_at = sent_at + rng.randint(30, 7200)
            return
        # The pleased and the angry answer more than the others.
        willingness = habits.response_probability * (0.85 + 0.18 * abs(mood - 0.7))
        surveys = [survey]
        if happens(rng, habits.second_survey_probability):
            surveys.append(replace(survey, channel="email", sent_at=sent_at + 2 * DAY_SECONDS, submissions=[]))
            self._voice.surveys.append(surveys[1])
            willingness = 0.5
        for each in surveys:
            if happens(rng, willingness):
                self._answer(each, mood, is_solved, rng)

    def _answer(self, survey: Survey, mood: float, is_solved: bool, rng: Random) -> None:
        habits = self._habits
        answered_at = survey.sent_at + self._answer_delay(rng)
        while True:
            asked = [q for q in QUESTIONS if q.form_id == survey.form_id and q.is_asked_at(survey.sent_at)]
            if happens(rng, habits.partial_probability):
                asked = asked[: rng.randint(1, len(asked) - 1)]
            answers = [Answer("", q.question_id, self._score(q.measure, mood, is_solved, rng)) for q in asked]
            survey.submissions.append(Submission(answered_at, answers))
            if not happens(rng, habits.repeats_submission_probability):
                return
            answered_at += rng.randint(60, DAY_SECONDS)
            mood += rng.gauss(0, 0.5)

    def _answer_delay(self, rng: Random) -> int:
        habits = self._habits
        is_at_once = happens(rng, habits.answers_at_once_share)
        mean = habits.at_once_mean_seconds if is_at_once else habits.later_mean_seconds
        return min(habits.latest_seconds, exponential_seconds(rng, mean, least=40))

    @staticmethod
    def _score(measure: str, mood: float, is_solved: bool, rng: Random) -> int:
        felt = mood + rng.gauss(0, 0.35)
        if measure == "resolved":
            return int(is_solved if happens(rng, 0.93) else felt > 0.6)
        low, high, center, step = {
            "csat": (1, 5, 3.38, 0.95),
            "nps": (0, 10, 5.9, 2.05),
            "ces_agreement": (1, 7, 4.4, 1.15),
            "ces_effort": (1, 5, 2.9, -0.75),
        }[measure]
        return max(low, min(high, round(center + step * felt)))

    def _number_surveys(self) -> None:
        self._voice.surveys.sort(key=lambda survey: (survey.sent_at, survey.contact_id))
        for number, survey in enumerate(self._voice.surveys, start=1):
            survey.survey_id = f"S{number:05d}"
        submissions = [submission for survey in self._voice.surveys for submission in survey.submissions]
        for submission in sorted(submissions, key=lambda submission: submission.answered_at):
            for answer in submission.answers:
                self._answers += 1
                answer.answer_id = f"N{self._answers:05d}"

    # Evaluations

    def _evaluate(self, finished: list[Contact]) -> None:
        by_agent_week: dict[tuple[str, tuple[int, int]], list[Contact]] = defaultdict(list)
        for contact in finished:
            last_leg = customer_legs(contact)[-1]
            week = local(last_leg.connected_at, NEW_YORK).isocalendar()[:2]
            if contact.direction == "inbound" and not contact.is_excluded:
                by_agent_week[last_leg.agent_id, week].append(contact)
        evaluations = []
        for (agent_id, week), contacts in sorted(by_agent_week.items()):
            rng = self._streams.stream(f"customer voice evaluations {agent_id} {week}")
            number = min(len(contacts), self._habits.evaluations_per_agent_week)
            for contact in rng.sample(contacts, number):
                evaluations.append(self._evaluation(contact, agent_id, rng))
        evaluations.sort(key=lambda evaluation: (evaluation.evaluated_at, evaluation.agent_id))
        for number, evaluation in enumerate(evaluations, start=1):
            evaluation.evaluation_id = f"V{number:04d}"
        self._voice.evaluations = evaluations

    def _evaluation(self, contact: Contact, agent_id: str, rng: Random) -> Evaluation:
        form_id = "SPOKEN" if contact.channel in ("phone", "app_voice") else "WRITTEN"
        evaluated_at = contact.ended_at + rng.randint(DAY_SECONDS // 2, 5 * DAY_SECONDS)
        status = "DRAFT" if happens(rng, 0.04) else "COMPLETED"
        skill = 0.84 + 0.12 * self._charm_of(agent_id)
        items = [self._item(*item, skill=skill, rng=rng) for item in EVALUATION_FORMS[form_id][1]]
        return Evaluation(
            "", contact.contact_id, agent_id, rng.choice(EVALUATORS), form_id, evaluated_at, status, items
        )  # fmt: skip

    @staticmethod
    def _item(item_id: str, kind: str, possible: int, weight: int, skill: float, rng: Random) -> EvaluationItem:
        if kind == "auto_fail":
            return EvaluationItem(item_id, kind, 0, 0, weight, "failed" if happens(rng, 0.03) else "passed")
        if kind == "resource" and happens(rng, 0.15):
            return EvaluationItem(item_id, kind, 0, possible, weight, "not_applicable")
        if kind == "skill":
            points = max(0, min(possible, round(possible * rng.gauss(skill, 0.14))))
            return EvaluationItem(
                item_id, kind, points, possible, weight, "passed" if points > possible / 2 else "failed"
            )
        passed = happens(rng, min(0.97, skill + 0.05))
        return EvaluationItem(
            item_id, kind, possible if passed else 0, possible, weight, "passed" if passed else "failed"
        )

    # Employees and the old tool

    def _ask_employees(self) -> None:
        rng = self._streams.stream("customer voice employees")
        site_of_team = {team.team_id: team.site_id for team in self._books.config.teams}
        for wave in WAVES:
            for team_id, employees in EMPLOYEES_OF_TEAM.items():
                liking = rng.gauss(0, 0.25)
                for _ in range(employees):
                    if happens(rng, wave.response_share):
                        self._employee_answers(wave, site_of_team[team_id], team_id, liking, rng)
        # Written in the order in which they came, so that the file tells no team.
        self._voice.employee_answers.sort(key=lambda answer: (answer.answered_on, answer.response_id))
        numbers: dict[str, str] = {}
        for answer in self._voice.employee_answers:
            answer.response_id = numbers.setdefault(answer.response_id, f"R{len(numbers) + 1:03d}")

    def _employee_answers(self, wave, site_id: str, team_id: str, liking: float, rng: Random) -> None:
        mood = 0.45 + liking + rng.gauss(0, 0.9)
        answered_on = wave.opens_on + timedelta(days=rng.randint(0, 9))
        draft_id = f"{rng.random():.9f}"
        esat = max(1, min(5, round(3.6 + 0.85 * mood)))
        enps = max(0, min(10, round(6.3 + 2.2 * mood)))
        for question, score in (("esat", esat), ("enps", enps)):
            self._voice.employee_answers.append(
                EmployeeAnswer(draft_id, wave.wave, site_id, team_id, question, score, answered_on)
            )

    def _total_months(self) -> None:
        """The old tool kept totals only, by month, channel and question; satisfaction grew, with a dip in winter."""
        for number, month in enumerate(MONTHS_OF_TOTALS):
            rng = self._streams.stream(f"customer voice totals {month}")
            drift = 0.012 * number - (0.22 if month in ("2025-12", "2026-01") else 0)
            for channel, surveyed in TOTALS_PER_MONTH.items():
                shares = {"TRANSACTION": 0.6, "RELATION": 0.4}
                for form_id, share in shares.items():
                    sent = round(surveyed * share * rng.uniform(0.9, 1.1))
                    answered = round(sent * rng.uniform(0.18, 0.22))
                    for question in QUESTIONS:
                        if question.form_id == form_id and question.is_asked_at(_noon_of_first_day(month)):
                            self._voice.month_totals.append(
                                self._total(month, channel, question, sent, answered, drift, rng)
                            )

    def _total(self, month, channel, question, sent: int, answered: int, drift: float, rng: Random) -> MonthTotal:
        answered -= rng.randint(0, answered // 12)
        moods = [0.92 + drift + rng.gauss(0, 1.05) for _ in range(answered)]
        scores = [self._score(question.measure, mood, mood > 0.2, rng) for mood in moods]
        total = MonthTotal(month, channel, question.question_id, sent, answered, sum(scores))
        if question.measure == "csat":
            total.satisfied = sum(score >= 4 for score in scores)
        elif question.measure == "nps":
            total.promoters = sum(score >= 9 for score in scores)
            total.detractors = sum(score <= 6 for score in scores)
            total.passives = answered - total.promoters - total.detractors
        elif question.measure == "resolved":
            total.resolved_yes = sum(scores)
        else:
            total.easy = sum(score <= 2 for score in scores)
        return total


def customer_legs(contact: Contact) -> list[Leg]:
    return [leg for leg in contact.legs if leg.leg_type == "customer"]


def _noon_of_first_day(month: str) -> int:
    return int(datetime.fromisoformat(f"{month}-01T12:00:00-05:00").timestamp())
