"""What customers and colleagues say, and what evaluators think of how contacts went."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

from books_kpis.resolution import NotedContact, noted_contacts
from books_kpis.shelf import Share, Shelf, kpi, reporting_date
from scripts.simulate.clock import DAY_SECONDS
from scripts.simulate.customer_voice.config import EVALUATION_FORMS

SURVEY_WINDOW_SECONDS = 30 * DAY_SECONDS

# Surveys


@dataclass(frozen=True)
class Question:
    """One question of a survey that counts, with the answer of the customer."""

    measure: str
    score: int | None
    counts: dict[str, int]
    channel_name: str
    team_name: str
    agent_name: str


def questions(shelf: Shelf) -> list[Question]:
    return [
        Question(
            row["measure"],
            row["score"],
            row,
            shelf.channel_names.get(row["channel"], "Unknown"),
            shelf.team_names.get(row["team_id"], "Unknown team"),
            shelf.agent_names.get(row["agent_id"], "Unknown agent"),
        )
        for row in shelf.voice.survey_responses()
        if row["sent"]
    ]


def total(asked, name: str) -> int:
    return sum(question.counts[name] for question in asked)


def mean_score(asked, measure: str) -> Share:
    scores = [question.score for question in asked if question.measure == measure and question.counts["answered"]]
    return Share(sum(scores), len(scores))


@kpi(questions)
def customer_satisfaction(asked):
    return Share(total(asked, "satisfied"), total(asked, "csat_answered"))


@kpi(questions)
def customer_satisfaction_mean(asked):
    return mean_score(asked, "csat")


@kpi(questions)
def net_promoter_score(asked):
    return Share(100 * (total(asked, "promoters") - total(asked, "detractors")), total(asked, "nps_answered"))


@kpi(questions)
def customer_effort_score(asked):
    return Share(total(asked, "easy"), total(asked, "ces_answered"))


@kpi(questions)
def first_contact_resolution_survey(asked):
    return Share(total(asked, "resolved_yes"), total(asked, "resolved_answered"))


@dataclass(frozen=True)
class Asked:
    """A contact about which the customer was asked, in however many surveys and questions."""

    has_answered: bool
    channel_name: str


def asked_contacts(shelf: Shelf) -> list[Asked]:
    """Those of which no answer can come any more."""
    counts = {survey_id: [] for survey_id in (survey.survey_id for survey in shelf.raw_voice.surveys)}
    for row in shelf.voice.survey_responses():
        counts[row["survey_id"]].append(row)
    surveys_of = defaultdict(list)
    for survey in shelf.raw_voice.surveys:
        is_about_something = any(row["measure"] != "unknown" for row in counts[survey.survey_id])
        if is_about_something and survey.bounced_at is None:
            surveys_of[survey.contact_id or survey.survey_id].append(survey)
    found = []
    for surveys in surveys_of.values():
        rows = [row for survey in surveys for row in counts[survey.survey_id] if row["sent"]]
        is_closed = all(survey.sent_at + SURVEY_WINDOW_SECONDS <= shelf.config.ends_at for survey in surveys)
        if rows and is_closed:
            channel = shelf.channel_names.get(rows[0]["channel"], "Unknown")
            found.append(Asked(any(row["answered"] for row in rows), channel))
    return found


@kpi(asked_contacts)
def survey_response_rate(asked):
    return Share(sum(contact.has_answered for contact in asked), len(asked))


# Sentiment


def moods(shelf: Shelf) -> list[NotedContact]:
    return [noted for noted in shelf.entries(noted_contacts) if noted.note["sentiment"] is not None]


@kpi(moods)
def average_sentiment(felt):
    return Share(sum(noted.note["sentiment"] for noted in felt), len(felt))


@kpi(moods)
def negative_sentiment_rate(felt):
    return Share(sum(noted.note["sentiment"] < 0 for noted in felt), len(felt))


# Evaluations


@dataclass(frozen=True)
class Evaluation:
    counts: dict[str, float]
    channel_name: str
    agent_name: str
    form_name: str


def evaluations(shelf: Shelf) -> list[Evaluation]:
    def channel_name(contact_id: str) -> str:
        return shelf.channel_names[shelf.contacts[contact_id].channel] if contact_id else "Unknown"

    form_of = {evaluation.evaluation_id: evaluation.form_id for evaluation in shelf.raw_voice.evaluations}
    return [
        Evaluation(
            row,
            channel_name(row["contact_id"]),
            shelf.agent_names.get(row["agent_id"], "Unknown agent"),
            EVALUATION_FORMS[form_of[row["evaluation_id"]]][0],
        )
        for row in shelf.voice.evaluations()
    ]


@kpi(evaluations)
def quality_score(judged):
    return Share(sum(e.counts["points"] for e in judged), sum(e.counts["possible"] for e in judged))


@kpi(evaluations)
def script_usage_rate(judged):
    return Share(sum(e.counts["script_passed"] for e in judged), sum(e.counts["script_items"] for e in judged))


@kpi(evaluations)
def resource_usage_rate(judged):
    return Share(sum(e.counts["resource_passed"] for e in judged), sum(e.counts["resource_items"] for e in judged))


# Colleagues


@dataclass(frozen=True)
class ColleagueAnswer:
    question: str
    score: int
    wave: str


def colleague_answers(shelf: Shelf) -> list[ColleagueAnswer]:
    """Of small groups it is not told who they are, but they are counted."""
    return [
        ColleagueAnswer(answer.question, answer.score, answer.wave)
        for answer in shelf.raw_voice.employee_answers
        if answer.score is not None
    ]


@kpi(colleague_answers)
def employee_satisfaction(answers):
    scores = [answer.score for answer in answers if answer.question == "esat"]
    return Share(sum(score >= 4 for score in scores), len(scores))


@kpi(colleague_answers)
def employee_net_promoter_score(answers):
    scores = [answer.score for answer in answers if answer.question == "enps"]
    return Share(100 * (sum(score >= 9 for score in scores) - sum(score <= 6 for score in scores)), len(scores))


# Customers who leave


@dataclass(frozen=True)
class CustomerMonth:
    counts: dict[str, int]
    segment: str
    market: str


def customer_months(shelf: Shelf) -> list[CustomerMonth]:
    """The months that are over, from the first one on of which it is known who left."""
    first = min(entry.churned_on for entry in shelf.money.customers if entry.churned_on).replace(day=1)
    last = (reporting_date(shelf.config.ends_at).replace(day=1) - timedelta(days=1)).replace(day=1)
    months = shelf.money.customer_months(first, last)
    return [CustomerMonth(counts, segment, market) for (segment, market, _), counts in months.items()]


@kpi(customer_months)
def customer_churn_rate(months):
    return Share(sum(month.counts["churned"] for month in months), sum(month.counts["open"] for month in months))
