"""What customers, agents and employees said is in the marts as the simulation's books have it, row by row."""

from collections import Counter, defaultdict

import pytest

from scripts.simulate.clock import utc_seconds
from scripts.simulate.config import VOICE_CHANNELS
from scripts.simulate.customer_voice.records import directories
from scripts.simulate.customer_voice.tally import COUNTS, SMALL_GROUP_SIZE, VoiceTally

RESPONSE_COUNTS = {
    "sent": "sent_count",
    "answered": "answered_count",
    "csat_answered": "csat_answered_count",
    "satisfied": "satisfied_count",
    "nps_answered": "nps_answered_count",
    "promoters": "promoter_count",
    "passives": "passive_count",
    "detractors": "detractor_count",
    "ces_answered": "ces_answered_count",
    "easy": "easy_count",
    "resolved_answered": "resolved_answered_count",
    "resolved_yes": "resolved_yes_count",
}
# Column of the books -> expression over the mart. Both sides become rows of plain values.
MARTS = {
    "survey_responses": (
        """
        marts.fact_survey_responses as r
        left join marts.fact_contacts as c using (contact_key)
        inner join marts.dim_agent as a on r.agent_key = a.agent_key
        inner join marts.dim_team as t on r.team_key = t.team_key
        inner join marts.dim_queue as q on r.queue_key = q.queue_key
        inner join marts.dim_channel as h on r.channel_key = h.channel_key
        """,
        {
            "survey_id": "coalesce(r.source_survey_id, '')",
            "question_id": "question_code",
            "contact_id": "coalesce(c.source_contact_id, '')",
            "measure": "measure",
            "month": "strftime(contact_date, '%Y-%m')",
            "channel": "channel_code",
            "agent_id": "agent_code",
            "team_id": "t.team_code",
            "queue_id": "queue_code",
            "score": "score",
            "is_counted": "is_counted",
            **RESPONSE_COUNTS,
        },
    ),
    "survey_months": (
        "marts.fact_survey_months inner join marts.dim_channel using (channel_key)",
        {
            "month": "strftime(month_start_date, '%Y-%m')",
            "channel": "channel_code",
            "measure": "measure",
            "is_from_totals": "is_from_totals",
            **RESPONSE_COUNTS,
        },
    ),
    "contact_assessments": (
        """
        (
            select * from marts.fact_contacts
            where coalesce(is_resolved, is_complaint, is_escalated, tried_self_service) is not null
        )
        """,
        {
            "contact_id": "source_contact_id",
            "is_resolved": "is_resolved",
            "is_complaint": "is_complaint",
            "is_escalated": "is_escalated",
            "tried_self_service": "tried_self_service",
            "sentiment": "sentiment_score",
            "resolved_known": "resolved_known_count",
            "complaints": "complaint_count",
        },
    ),
    "contact_dispositions": (
        "marts.fact_contact_dispositions inner join marts.fact_contacts as c using (contact_key)",
        {
            "contact_id": "source_contact_id",
            "code": "disposition_code",
            "category": "category",
            "order": "disposition_order",
            "is_primary": "is_primary",
            "code_count": "fact_contact_dispositions.code_count",
        },
    ),
    "evaluations": (
        """
        marts.fact_evaluations as e
        left join marts.fact_contacts as c using (contact_key)
        inner join marts.dim_agent as a on e.agent_key = a.agent_key
        """,
        {
            "evaluation_id": "source_evaluation_id",
            "contact_id": "coalesce(source_contact_id, '')",
            "agent_id": "agent_code",
            "is_auto_failed": "is_auto_failed",
            "points": "weighted_points",
            "possible": "weighted_possible_points",
            "auto_fails": "auto_fail_count",
            "script_items": "script_item_count",
            "script_passed": "script_passed_count",
            "resource_items": "resource_item_count",
            "resource_passed": "resource_passed_count",
        },
    ),
}


@pytest.fixture(scope="module")
def books(simulated):
    tally = VoiceTally(simulated.damaged_voice, simulated.damaged_books)
    taxonomy = [
        {
            **row,
            "valid_from": utc_seconds(row["valid_from"]),
            "valid_to": utc_seconds(row["valid_to"]) if row["valid_to"] else float("inf"),
        }
        for row in directories()["raw_disposition_codes"]
    ]
    responses = tally.survey_responses()
    for row in responses:
        # A survey that is lost leaves no id, only its answers.
        if row["measure"] == "unknown" and row["survey_id"] in lost_surveys(simulated.damaged_voice):
            row["survey_id"] = ""
    return {
        "survey_responses": responses,
        "survey_months": tally.survey_months(),
        "contact_assessments": tally.contact_assessments(),
        "contact_dispositions": tally.contact_dispositions(taxonomy),
        "evaluations": tally.evaluations(),
    }


def lost_surveys(voice):
    return {survey.survey_id for survey in voice.surveys if survey.is_lost}


@pytest.mark.parametrize("table", MARTS)
def test_mart_equals_books(table, warehouse, books):
    relation, columns = MARTS[table]
    query = f"select {', '.join(columns.values())} from {relation}"
    in_marts = Counter(tuple(_plain(value) for value in row) for row in warehouse.execute(query).fetchall())
    in_books = Counter(tuple(_plain(row[column]) for column in columns) for row in books[table])

    assert in_books, f"the books have no {table}"
    assert sorted(in_marts - in_books, key=str)[:5] == sorted(in_books - in_marts, key=str)[:5] == []


def test_employees_are_shown_in_groups_that_tell_nobody(simulated, warehouse):
    """All answers are there, every shown group is large enough, and so is what the shown groups leave over."""
    answers = [a for a in simulated.damaged_voice.employee_answers if a.score is not None]
    truly = Counter((a.wave, a.question, a.score) for a in answers)
    teams = Counter((a.wave, a.question, a.team_id) for a in answers)
    rows = warehouse.execute(
        """
        select wave, measure, r.site_name, team_code, score
        from marts.fact_employee_survey_responses as r inner join marts.dim_team using (team_key)
        where answered_count = 1
        """
    ).fetchall()
    assert Counter((wave, measure, int(score)) for wave, measure, _, _, score in rows) == truly

    left_of_site, left_of_wave = Counter(), Counter()
    for wave, measure, site, team, _ in rows:
        if team != "none":
            assert teams[wave, measure, team] >= SMALL_GROUP_SIZE
        elif site != "Not shown":
            left_of_site[wave, measure, site] += 1
        else:
            left_of_wave[wave, measure] += 1
    assert left_of_site and left_of_wave, "the sample has no group to protect"
    assert min(left_of_site.values()) >= SMALL_GROUP_SIZE
    assert min(left_of_wave.values()) >= SMALL_GROUP_SIZE


def test_damage_touches_every_landed_table(simulated):
    kinds = defaultdict(set)
    for item in simulated.damage:
        kinds[item.file].add(item.kind)
    landed = [table for table in simulated.row_accounting if table.startswith("raw_")]
    assert all(kinds[table] for table in landed)


# Believable


@pytest.fixture(scope="module")
def sums(simulated):
    tally = VoiceTally(simulated.voice, simulated.books)
    sums = Counter()
    for row in tally.survey_responses():
        sums.update({name: row[name] for name in COUNTS})
        sums[f"surveys {row['agent_id']}"] += row["csat_answered"]
    notes = tally.contact_assessments()
    sums["notes"], sums["complaints"] = len(notes), sum(row["complaints"] for row in notes)
    sums["escalated"] = sum(row["is_escalated"] for row in notes)
    sums["resolved_known"] = sum(row["resolved_known"] for row in notes)
    sums["resolved"] = sum(bool(row["is_resolved"]) * row["resolved_known"] for row in notes)
    codes = tally.contact_dispositions([])
    sums["coded contacts"] = sum(row["is_primary"] for row in codes)
    sums["uncoded"] = sum(row["code"] == "uncoded" for row in codes)
    for row in tally.evaluations():
        sums.update(points=row["points"], possible=row["possible"], evaluations=1, auto_fails=row["auto_fails"])
    return sums


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [
        ("answered", "sent", 0.17, 0.27),
        ("satisfied", "csat_answered", 0.70, 0.85),
        ("promoters", "nps_answered", 0.35, 0.55),
        ("detractors", "nps_answered", 0.15, 0.32),
        ("easy", "ces_answered", 0.60, 0.82),
        ("resolved_yes", "resolved_answered", 0.65, 0.82),
        ("resolved", "resolved_known", 0.65, 0.82),
        ("complaints", "notes", 0.02, 0.05),
        ("escalated", "notes", 0.04, 0.10),
        ("uncoded", "coded contacts", 0.08, 0.15),
        ("points", "possible", 0.72, 0.88),
        ("auto_fails", "evaluations", 0.01, 0.07),
    ],
)
def test_figures_stay_believable(sums, part, whole, low, high):
    assert low <= sums[part] / sums[whole] <= high


def test_waiting_and_transfers_cost_satisfaction(simulated):
    """Who held the line for a minute or was handed on is less satisfied; a message may wait that long."""
    contacts = {contact.contact_id: contact for contact in simulated.books.contacts}
    satisfied, answered = Counter(), Counter()
    for row in VoiceTally(simulated.voice, simulated.books).survey_responses():
        contact = contacts[row["contact_id"]]
        was_handed_on = any(leg.transfer_type in ("blind", "warm") for leg in contact.legs)
        waited = sum(visit.wait_seconds for visit in contact.visits if visit.exited_at is not None)
        is_telephone = contact.channel in VOICE_CHANNELS
        group = is_telephone, "annoyed" if was_handed_on or waited > 60 else "served at once"
        satisfied[group] += row["satisfied"]
        answered[group] += row["csat_answered"]
    share = {group: satisfied[group] / answered[group] for group in answered}
    assert share[True, "annoyed"] < share[True, "served at once"] - 0.10
    assert answered[False, "annoyed"] >= 50
    assert share[False, "annoyed"] > share[True, "annoyed"] + 0.10


def test_answers_come_late_and_twice(simulated):
    """The sample holds what makes surveys hard: late, partial and repeated answers, and the other scale."""
    surveys = simulated.voice.surveys
    last_contact_at = max(contact.ended_at for contact in simulated.books.contacts if contact.ended_at)
    submissions = [(survey, each) for survey in surveys for each in survey.submissions]
    assert sum(each.answered_at > last_contact_at for _, each in submissions) >= 5
    assert sum(each.answered_at > survey.sent_at + 86_400 for survey, each in submissions) >= 50
    assert sum(len(survey.submissions) > 1 for survey in surveys) >= 10
    assert sum(score == 0 for _, each in submissions for score in (a.score for a in each.answers)) >= 10
    assert max(Counter(survey.contact_id for survey in surveys).values()) == 2


def _plain(value):
    if value is None or isinstance(value, (str, bool)):
        return value
    return float(value)
