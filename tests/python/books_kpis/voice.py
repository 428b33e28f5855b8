"""What customers and colleagues say, and what evaluators think of how contacts went."""

from dataclasses import dataclass

from books_kpis.shelf import Share, Shelf, kpi

# Surveys


@dataclass(frozen=True)
class Question:
    """One question of a survey that counts, with the answer of the customer."""

    measure: str
    score: int | None
    counts: dict[str, int]
    channel_name: str
    team_name: str


def questions(shelf: Shelf) -> list[Question]:
    return [
        Question(
            row["measure"],
            row["score"],
            row,
            shelf.channel_names.get(row["channel"], "Unknown"),
            shelf.team_names.get(row["team_id"], "Unknown team"),
        )
        for row in shelf.voice.survey_responses()
        if row["sent"]
    ]


def total(asked, name: str) -> int:
    return sum(question.counts[name] for question in asked)


def mean_score(asked, measure: str) -> Share:
    scores = [question.score for question in asked if question.measure == measure and question.counts["answered"]]
    return Share(sum(scores), len(scores))


@kpi(questions, by="channel_name")
def survey_response_rate(asked):
    return Share(total(asked, "answered"), total(asked, "sent"))


@kpi(questions, by="team_name")
def customer_satisfaction(asked):
    return Share(total(asked, "satisfied"), total(asked, "csat_answered"))


@kpi(questions, by="team_name")
def customer_satisfaction_mean(asked):
    return mean_score(asked, "csat")


@kpi(questions, by="team_name")
def net_promoter_score(asked):
    return Share(100 * (total(asked, "promoters") - total(asked, "detractors")), total(asked, "nps_answered"))


@kpi(questions, by="team_name")
def customer_effort_score(asked):
    return Share(total(asked, "easy"), total(asked, "ces_answered"))


@kpi(questions, by="team_name")
def first_contact_resolution_survey(asked):
    return Share(total(asked, "resolved_yes"), total(asked, "resolved_answered"))


# Sentiment


@dataclass(frozen=True)
class Mood:
    score: float
    channel_name: str


def moods(shelf: Shelf) -> list[Mood]:
    return [
        Mood(note["sentiment"], shelf.channel_names[shelf.contacts[note["contact_id"]].channel])
        for note in shelf.voice.contact_assessments()
        if note["sentiment"] is not None and not shelf.contacts[note["contact_id"]].is_excluded
    ]


@kpi(moods, by="channel_name")
def average_sentiment(felt):
    return Share(sum(mood.score for mood in felt), len(felt))


# Evaluations


@dataclass(frozen=True)
class Evaluation:
    counts: dict[str, float]
    channel_name: str


def evaluations(shelf: Shelf) -> list[Evaluation]:
    def channel_name(contact_id: str) -> str:
        return shelf.channel_names[shelf.contacts[contact_id].channel] if contact_id else "Unknown"

    return [Evaluation(row, channel_name(row["contact_id"])) for row in shelf.voice.evaluations()]


@kpi(evaluations, by="channel_name")
def quality_score(judged):
    return Share(sum(e.counts["points"] for e in judged), sum(e.counts["possible"] for e in judged))


@kpi(evaluations, by="channel_name")
def script_usage_rate(judged):
    return Share(sum(e.counts["script_passed"] for e in judged), sum(e.counts["script_items"] for e in judged))


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


@kpi(colleague_answers, by="wave")
def employee_satisfaction(answers):
    scores = [answer.score for answer in answers if answer.question == "esat"]
    return Share(sum(score >= 4 for score in scores), len(scores))


@kpi(colleague_answers, by="wave")
def employee_net_promoter_score(answers):
    scores = [answer.score for answer in answers if answer.question == "enps"]
    return Share(100 * (sum(score >= 9 for score in scores) - sum(score <= 6 for score in scores)), len(scores))
