"""Listed damage to the records of the customer's voice, done to the raw rows and to a copy of the books alike.

An item never touches what another one touched, so that their effects do not interact.
"""

from collections import Counter
from collections.abc import Callable
from random import Random

from scripts.simulate.customer_voice.ledger import Answer, MonthTotal, Survey, Voice
from scripts.simulate.customer_voice.records import (
    ANSWERS,
    EMPLOYEES,
    EVALUATIONS,
    ITEMS,
    NOTES,
    SURVEYS,
    TOTALS,
    WRAP_UPS,
    exported_at,
    landed_rows,
)
from scripts.simulate.damage_list import QUARANTINED, SUPERSEDED, VOID, DamageList
from scripts.simulate.records import Row

UNDOCUMENTED_CODE = "ZZ9"
UNDOCUMENTED_QUESTION = "Q99"


class VoiceDamage(DamageList):
    """Takes a copy of the books of the customer's voice, renders its rows, and does the damage to both."""

    def __init__(self, voice: Voice, rng: Random):
        super().__init__(landed_rows(voice), rng, "V")
        self.voice = voice
        self._touched: set[tuple[str, str]] = set()
        # What the desktop writes again is no damage, and is accounted for all the same.
        self._fates[NOTES][SUPERSEDED] = sum(note.changed_at is not None for note in voice.notes)
        self._fates[WRAP_UPS][SUPERSEDED] = sum(len(wrap_up.versions) - 1 for wrap_up in voice.wrap_ups)

    def do_all(self) -> None:
        self._lost_surveys(3, "survey_id", ("",), lambda survey: not survey.submissions)
        self._lost_surveys(2, "survey_id", ("",), lambda survey: len(survey.submissions) == 1)
        self._lost_surveys(3, "sent_at", ("", "2026-10-41T09:00:00Z"), lambda survey: not survey.submissions)
        self._surveys_without_contact(5)
        self._bounces_known_later(6)
        self._unusable_scores(6, ("?", "five"), "the score is unknown and flagged; the submission is a partial one")
        self._unusable_scores(6, ("11", "-1", "99"), "outside its scale: unknown and flagged, a partial submission")
        self._lost_answers(4, "survey_id", ("",))
        self._lost_answers(3, "answered_at", ("", "yesterday"))
        self._undocumented_questions(4)

        self._restated_totals(3)
        self._lost_totals(2)
        self._totals_of_a_month_with_single_answers()

        self._notes_without_contact(4)
        self._unusable_sentiments(5)
        self._undocumented_resolutions(5)

        self._codes_without_contact(4)
        self._codes_without_time(3)
        self._undocumented_codes(5)

        self._void_evaluations(4)
        self._lost_evaluations(2)
        self._evaluations_without_agent(3)
        self._unreadable_points(4)
        self._undocumented_results(4)
        self._lost_items(3)

        self._unusable_employee_scores(3)
        self._lost_employee_answers(3)

        for table, number in (
            (SURVEYS, 6), (ANSWERS, 6), (TOTALS, 3), (NOTES, 6), (WRAP_UPS, 8), (EVALUATIONS, 3), (ITEMS, 5),
            (EMPLOYEES, 3),
        ):  # fmt: skip
            self._duplicates(table, number)

    # Choosing what to damage

    def _choose(self, number: int, kind: str, entries: list, key: Callable, is_suitable: Callable = lambda _: True):
        """Some entries of the books whose key nothing has touched yet."""
        suitable = [entry for entry in entries if is_suitable(entry) and (kind, key(entry)) not in self._touched]
        chosen = []
        for entry in self._rng.sample(suitable, len(suitable)):
            if len(chosen) < number and (kind, key(entry)) not in self._touched:
                chosen.append(entry)
                self._touched.add((kind, key(entry)))
        return chosen

    def _row(self, table: str, **values) -> Row:
        return next(row for row in self.tables[table] if all(row[name] == value for name, value in values.items()))

    def _contact_surveys(self, number: int, is_suitable: Callable[[Survey], bool]) -> list[Survey]:
        """Surveys of contacts that were asked once, so that no other survey decides what counts."""
        surveys_of = Counter(survey.contact_id for survey in self.voice.surveys)
        return self._choose(
            number,
            SURVEYS,
            self.voice.surveys,
            lambda survey: survey.contact_id,
            lambda survey: surveys_of[survey.contact_id] == 1 and not survey.bounced_at and is_suitable(survey),
        )

    # Surveys

    def _lost_surveys(self, number: int, column: str, values: tuple, is_suitable: Callable) -> None:
        for survey in self._contact_surveys(number, is_suitable):
            self._row(SURVEYS, survey_id=survey.survey_id)[column] = self._rng.choice(values)
            survey.is_lost = True
            self._note(
                SURVEYS,
                f"unusable_{column}",
                survey.survey_id,
                "quarantined; nobody was asked, and answers that arrive count nowhere",
                QUARANTINED,
            )

    def _surveys_without_contact(self, number: int) -> None:
        for survey in self._contact_surveys(number, lambda survey: True):
            self._row(SURVEYS, survey_id=survey.survey_id)["contact_id"] = ""
            survey.contact_id = ""
            self._note(SURVEYS, "blank_contact_id", survey.survey_id, "counts, with nobody and no queue to count for")

    def _bounces_known_later(self, number: int) -> None:
        bounced = [survey for survey in self.voice.surveys if survey.bounced_at]
        for survey in self._choose(number, SURVEYS, bounced, lambda survey: survey.contact_id):
            row = self._row(SURVEYS, survey_id=survey.survey_id)
            earlier = {**row, "delivery": "SENT", "updated_at": row["sent_at"]}
            self.tables[SURVEYS].insert(self.tables[SURVEYS].index(row), earlier)
            self._note(SURVEYS, "superseded_version", survey.survey_id, "it bounced: the older row drops", SUPERSEDED)

    def _answers_to_damage(self, number: int) -> list[tuple[Survey, Answer]]:
        surveys = self._contact_surveys(number, lambda survey: bool(survey.submissions))
        return [(survey, self._rng.choice(survey.submissions[-1].answers)) for survey in surveys]

    def _unusable_scores(self, number: int, values: tuple, effect: str) -> None:
        for _, answer in self._answers_to_damage(number):
            self._row(ANSWERS, answer_id=answer.answer_id)["score"] = self._rng.choice(values)
            answer.score = None
            self._note(ANSWERS, "unusable_score", answer.answer_id, effect)

    def _lost_answers(self, number: int, column: str, values: tuple) -> None:
        for survey, answer in self._answers_to_damage(number):
            self._row(ANSWERS, answer_id=answer.answer_id)[column] = self._rng.choice(values)
            survey.submissions[-1].answers.remove(answer)
            self._note(ANSWERS, f"unusable_{column}", answer.answer_id, "quarantined", QUARANTINED)

    def _undocumented_questions(self, number: int) -> None:
        for _, answer in self._answers_to_damage(number):
            row = self._row(ANSWERS, answer_id=answer.answer_id)
            row["question_id"] = answer.question_id = UNDOCUMENTED_QUESTION
            self._note(ANSWERS, "undocumented_question", answer.answer_id, "a row of no measure that counts nowhere")

    # Totals of the old tool

    def _totals_to_damage(self, number: int) -> list[MonthTotal]:
        return self._choose(
            number,
            TOTALS,
            self.voice.month_totals,
            lambda total: f"{total.month}/{total.channel}/{total.question_id}",
        )

    def _total_row(self, total: MonthTotal) -> Row:
        return self._row(TOTALS, month=total.month, channel=total.channel, question_id=total.question_id)

    def _restated_totals(self, number: int) -> None:
        for total in self._totals_to_damage(number):
            row = self._total_row(total)
            earlier = {**row, "sent": total.sent - 3, "exported_at": exported_at(total.month, hour=6)}
            self.tables[TOTALS].append(earlier)
            self._note(
                TOTALS, "superseded_version", _total_key(total), "only the newest export counts", SUPERSEDED
            )  # fmt: skip

    def _lost_totals(self, number: int) -> None:
        for total in self._totals_to_damage(number):
            self._total_row(total)["month"] = self._rng.choice(("", "2026-13"))
            self.voice.month_totals.remove(total)
            self._note(TOTALS, "unusable_month", _total_key(total), "quarantined", QUARANTINED)

    def _totals_of_a_month_with_single_answers(self) -> None:
        """The old tool ran on for some days: the single answers are the better record of the month."""
        row = {**self.tables[TOTALS][-1], "month": "2026-10", "channel": "phone", "question_id": "T1", "sent": 90,
               "answered": 17, "score_sum": 68, "satisfied": 13, "exported_at": "2026-10-05T03:00:00Z"}  # fmt: skip
        row |= dict.fromkeys(("promoters", "passives", "detractors", "easy", "resolved_yes"), 0)
        self.tables[TOTALS].append(row)
        self._note(TOTALS, "month_twice", "2026-10/phone/T1", "the single answers hold, the total counts nowhere")

    # Notes

    def _notes_to_damage(self, number: int, is_suitable: Callable = lambda _: True):
        return self._choose(
            number,
            NOTES,
            self.voice.notes,
            lambda note: note.contact_id,
            lambda note: note.changed_at is None and is_suitable(note),
        )

    def _notes_without_contact(self, number: int) -> None:
        for note in self._notes_to_damage(number):
            self._row(NOTES, contact_id=note.contact_id)["contact_id"] = ""
            self.voice.notes.remove(note)
            self._note(NOTES, "blank_contact_id", note.contact_id, "quarantined; nothing is known", QUARANTINED)

    def _unusable_sentiments(self, number: int) -> None:
        for note in self._notes_to_damage(number, lambda note: note.sentiment is not None):
            self._row(NOTES, contact_id=note.contact_id)["sentiment"] = self._rng.choice(("1.70", "-3", "n/a"))
            note.sentiment = None
            self._note(NOTES, "unusable_sentiment", note.contact_id, "the sentiment is unknown and flagged")

    def _undocumented_resolutions(self, number: int) -> None:
        for note in self._notes_to_damage(number, lambda note: note.is_resolved is not None):
            self._row(NOTES, contact_id=note.contact_id)["is_resolved"] = "pending"
            note.is_resolved = None
            self._note(NOTES, "undocumented_is_resolved", note.contact_id, "unknown whether resolved, and flagged")

    # Wrap-up codes

    def _codes_to_damage(self, number: int):
        """The only code of a contact."""
        codes_of = Counter(wrap_up.contact_id for wrap_up in self.voice.wrap_ups)
        return self._choose(
            number,
            WRAP_UPS,
            self.voice.wrap_ups,
            lambda wrap_up: wrap_up.contact_id,
            lambda wrap_up: codes_of[wrap_up.contact_id] == 1 and len(wrap_up.versions) == 1,
        )

    def _codes_without_contact(self, number: int) -> None:
        for wrap_up in self._codes_to_damage(number):
            self._row(WRAP_UPS, contact_id=wrap_up.contact_id)["contact_id"] = ""
            self.voice.wrap_ups.remove(wrap_up)
            self._note(WRAP_UPS, "blank_contact_id", wrap_up.contact_id, "quarantined: uncoded", QUARANTINED)

    def _codes_without_time(self, number: int) -> None:
        for wrap_up in self._codes_to_damage(number):
            self._row(WRAP_UPS, contact_id=wrap_up.contact_id)["set_at"] = "00:00"
            self.voice.wrap_ups.remove(wrap_up)
            self._note(WRAP_UPS, "unusable_set_at", wrap_up.contact_id, "quarantined: uncoded", QUARANTINED)

    def _undocumented_codes(self, number: int) -> None:
        for wrap_up in self._codes_to_damage(number):
            self._row(WRAP_UPS, contact_id=wrap_up.contact_id)["code"] = UNDOCUMENTED_CODE
            wrap_up.versions[-1] = (wrap_up.versions[-1][0], UNDOCUMENTED_CODE)
            self._note(WRAP_UPS, "undocumented_code", wrap_up.contact_id, "an unknown disposition (-2), flagged")

    # Evaluations

    def _evaluations_to_damage(self, number: int):
        return self._choose(
            number,
            EVALUATIONS,
            self.voice.evaluations,
            lambda evaluation: evaluation.evaluation_id,
            lambda evaluation: evaluation.status == "COMPLETED",
        )

    def _void_evaluations(self, number: int) -> None:
        models = self._rng.sample(self.tables[EVALUATIONS], number)
        for offset, model in enumerate(models, start=1):
            row = {**model, "evaluation_id": f"V9{offset:03d}", "status": "VOID"}
            self.tables[EVALUATIONS].append(row)
            self._note(EVALUATIONS, "void_row", row["evaluation_id"], "dropped: the source calls it void", VOID)

    def _lost_evaluations(self, number: int) -> None:
        for evaluation in self._evaluations_to_damage(number):
            self._row(EVALUATIONS, evaluation_id=evaluation.evaluation_id)["evaluated_at"] = "2026-02-30T10:00:00Z"
            self.voice.evaluations.remove(evaluation)
            self._note(
                EVALUATIONS,
                "unusable_evaluated_at",
                evaluation.evaluation_id,
                "quarantined; its items belong to no evaluation",
                QUARANTINED,
            )

    def _evaluations_without_agent(self, number: int) -> None:
        for evaluation in self._evaluations_to_damage(number):
            self._row(EVALUATIONS, evaluation_id=evaluation.evaluation_id)["agent_id"] = ""
            evaluation.agent_id = ""
            self._note(EVALUATIONS, "blank_agent_id", evaluation.evaluation_id, "the agent is unknown (-2)")

    def _items_to_damage(self, number: int, kinds: tuple[str, ...]):
        for evaluation in self._evaluations_to_damage(number):
            item = self._rng.choice([item for item in evaluation.items if item.item_kind in kinds])
            yield evaluation, item, self._row(ITEMS, evaluation_id=evaluation.evaluation_id, item_id=item.item_id)

    def _unreadable_points(self, number: int) -> None:
        for evaluation, item, row in self._items_to_damage(number, ("skill",)):
            row["points"], item.points = "x", None
            self._note(
                ITEMS,
                "unreadable_points",
                f"{evaluation.evaluation_id}/{item.item_id}",
                "neither its points nor its possible points count",
            )

    def _undocumented_results(self, number: int) -> None:
        for evaluation, item, row in self._items_to_damage(number, ("script", "resource")):
            row["result"], item.result = "partly", None
            self._note(
                ITEMS,
                "undocumented_result",
                f"{evaluation.evaluation_id}/{item.item_id}",
                "its points count, passed or not is unknown",
            )

    def _lost_items(self, number: int) -> None:
        for evaluation, item, row in self._items_to_damage(number, ("skill", "script")):
            row["evaluation_id"] = ""
            evaluation.items.remove(item)
            self._note(ITEMS, "blank_evaluation_id", f"{evaluation.evaluation_id}/{item.item_id}", "quarantined",
                       QUARANTINED)  # fmt: skip

    # Employees

    def _employee_answers_to_damage(self, number: int):
        """Of the large team's full waves, so that no group falls under the limit by damage alone."""
        return self._choose(
            number,
            EMPLOYEES,
            self.voice.employee_answers,
            lambda answer: answer.response_id,
            lambda answer: answer.site_id == "nyc" and "pulse" not in answer.wave,
        )

    def _unusable_employee_scores(self, number: int) -> None:
        for answer in self._employee_answers_to_damage(number):
            row = self._row(EMPLOYEES, response_id=answer.response_id, question=answer.question)
            row["score"] = self._rng.choice(("15", "good"))
            answer.score = None
            self._note(EMPLOYEES, "unusable_score", answer.response_id, "the score is unknown and flagged")

    def _lost_employee_answers(self, number: int) -> None:
        for answer in self._employee_answers_to_damage(number):
            self._row(EMPLOYEES, response_id=answer.response_id, question=answer.question)["response_id"] = ""
            self.voice.employee_answers.remove(answer)
            self._note(EMPLOYEES, "blank_response_id", answer.response_id, "quarantined", QUARANTINED)

    # Every table

    def _duplicates(self, table: str, number: int) -> None:
        rows = self.tables[table]
        keys = {item.row_key.split("/")[0] for item in self.items if item.file == table}
        free = [row for row in rows if row[next(iter(row))] and str(next(iter(row.values()))) not in keys]
        for row in self._rng.sample(free, number):
            self._copy_further_down(table, row, 20)
            self._note_duplicate(table, "/".join(str(value) for value in list(row.values())[:2]))


def _total_key(total: MonthTotal) -> str:
    return f"{total.month}/{total.channel}/{total.question_id}"
