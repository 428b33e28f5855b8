"""Listed damage to the four tables of the workforce, each item with its effect on a copy of the books."""

from random import Random

from scripts.simulate.damage_list import QUARANTINED, SUPERSEDED, DamageList
from scripts.simulate.workforce.books import WorkforceBooks
from scripts.simulate.workforce.schedules import Activity

SCHEDULES = "raw_schedules"
ABSENCES = "raw_absences"
EMPLOYMENT = "raw_employment_events"
PAYROLL = "raw_payroll_months"

KEYS = {
    SCHEDULES: ("agent_id", "business_date", "version", "starts_at"),
    ABSENCES: ("absence_id",),
    EMPLOYMENT: ("event_id",),
    PAYROLL: ("agent_id", "month"),
}


class WorkforceDamage(DamageList):
    def __init__(self, tables: dict[str, list[dict]], books: WorkforceBooks, rng: Random):
        super().__init__({name: [dict(row) for row in rows] for name, rows in tables.items()}, rng, "W")
        self.books = books
        self._touched: set[int] = set()
        self._days = {(day.agent_id, day.business_date.isoformat()): day for day in books.days}
        self._absences = {absence.absence_id: absence for absence in books.absences}
        self._payroll = {(row.agent_id, row.month.strftime("%Y-%m")): row for row in books.payroll}

    def do_all(self) -> None:
        self._schedule_rows_lost("agent_id", ("",), "blank_agent_id", 3)
        self._schedule_rows_lost("starts_at", ("", "2026-10-32T09:00:00-04:00"), "unreadable_starts_at", 3)
        self._schedule_rows_lost("ends_at", ("1999-01-01T00:00:00Z",), "ends_before_it_starts", 3)
        self._undocumented_activities(4)
        self._absences_lost("agent_id", "blank_agent_id", 3)
        self._absences_lost("starts_at", "unreadable_starts_at", 3)
        self._undocumented_types(3)
        self._never_reported(4)
        self._turned_down()
        self._corrected_events(3)
        self._events_without_agent(3)
        self._payroll_lost(3)
        self._unreadable_hours(3)
        for table, number in ((SCHEDULES, 8), (ABSENCES, 5), (EMPLOYMENT, 3), (PAYROLL, 4)):
            self._duplicates(table, number)

    # Schedules

    def _schedule_rows_lost(self, column: str, values: tuple[str, ...], kind: str, number: int) -> None:
        for row in self._choose(SCHEDULES, number, lambda row: row["activity"] == "ON_QUEUE"):
            version, activity = self._planned(row)
            version.activities.remove(activity)
            self._note(SCHEDULES, kind, _key(SCHEDULES, row), "quarantined; the seconds are in no plan", QUARANTINED)
            row[column] = self._rng.choice(values)

    def _undocumented_activities(self, number: int) -> None:
        for row in self._choose(SCHEDULES, number, lambda row: row["activity"] in ("BREAK", "TRAINING")):
            version, activity = self._planned(row)
            unknown = Activity("unknown", activity.starts_at, activity.ends_at)
            version.activities[version.activities.index(activity)] = unknown
            self._note(
                SCHEDULES,
                "undocumented_activity",
                _key(SCHEDULES, row),
                "planned for something unknown, which nobody can keep",
            )
            row["activity"] = "ACT7"

    def _planned(self, row: dict):
        day = self._days[row["agent_id"], row["business_date"]]
        version = next(v for v in day.versions if v.number == int(row["version"]))
        position = next(n for n, (v, r) in enumerate(self._rows_of(row)) if r is row)
        return version, self._rows_of(row)[position][0]

    def _rows_of(self, row: dict) -> list[tuple[Activity, dict]]:
        """The activities of an untouched version beside their rows, which stand in the same order."""
        day = self._days[row["agent_id"], row["business_date"]]
        version = next(v for v in day.versions if v.number == int(row["version"]))
        key = (row["agent_id"], row["business_date"], row["version"])
        rows = [r for r in self.tables[SCHEDULES] if (r["agent_id"], r["business_date"], r["version"]) == key]
        return list(zip(version.activities, rows, strict=True))

    # Absences

    def _absences_lost(self, column: str, kind: str, number: int) -> None:
        for row in self._choose(ABSENCES, number, lambda row: row["status"] == "approved"):
            self.books.absences.remove(self._absences[row["absence_id"]])
            self._note(ABSENCES, kind, _key(ABSENCES, row), "quarantined; nobody's absence", QUARANTINED)
            row[column] = ""

    def _undocumented_types(self, number: int) -> None:
        for row in self._choose(ABSENCES, number, lambda row: row["absence_type"] == "sick"):
            self._note(ABSENCES, "undocumented_type", _key(ABSENCES, row), "type unknown, flagged; the absence counts")
            row["absence_type"] = "AB9"

    def _never_reported(self, number: int) -> None:
        for row in self._choose(
            ABSENCES, number, lambda row: row["absence_type"] == "vacation" and row["status"] == "approved"
        ):
            self._absences[row["absence_id"]].reported_at = None
            self._note(
                ABSENCES, "missing_reported_at", _key(ABSENCES, row), "nobody can show that it was announced: unplanned"
            )
            row["reported_at"] = ""

    def _turned_down(self) -> None:
        """No damage: the office itself says that these came to nothing."""
        for row in self.tables[ABSENCES]:
            if row["status"] != "approved":
                self._fates[ABSENCES][f"dropped by rule: {row['status']}"] += 1
                self._touched.add(id(row))

    # Employment

    def _corrected_events(self, number: int) -> None:
        rows = self.tables[EMPLOYMENT]
        for row in self._choose(EMPLOYMENT, number, lambda row: row["event_type"] == "rate_changed"):
            first = {**row, "hourly_cost": "99.00", "recorded_at": "2025-01-02T09:00:00Z"}
            rows.insert(rows.index(row), first)
            self._touched.add(id(first))
            self._note(
                EMPLOYMENT, "superseded_version", _key(EMPLOYMENT, row), "the version recorded last is used", SUPERSEDED
            )

    def _events_without_agent(self, number: int) -> None:
        rows = self.tables[EMPLOYMENT]
        for offset, model in enumerate(self._choose(EMPLOYMENT, number, lambda row: row["event_type"] == "left")):
            stray = {**model, "event_id": f"H9{offset:03d}", "agent_id": ""}
            rows.insert(rows.index(model) + 1, stray)
            self._touched.add(id(stray))
            self._note(
                EMPLOYMENT, "blank_agent_id", _key(EMPLOYMENT, stray), "quarantined; nobody leaves by it", QUARANTINED
            )

    # Payroll

    def _payroll_lost(self, number: int) -> None:
        for row in self._choose(PAYROLL, number):
            self.books.payroll.remove(self._payroll[row["agent_id"], row["month"]])
            self._note(
                PAYROLL,
                "blank_agent_id",
                _key(PAYROLL, row),
                "quarantined; hours and cost of the month unknown",
                QUARANTINED,
            )
            row["agent_id"] = ""

    def _unreadable_hours(self, number: int) -> None:
        for row in self._choose(PAYROLL, number):
            self._payroll[row["agent_id"], row["month"]].paid_hours = None
            self._note(PAYROLL, "unreadable_paid_hours", _key(PAYROLL, row), "paid time unknown, the row stays")
            row["paid_hours"] = self._rng.choice(("n/a", "#REF!", ""))

    # Any table

    def _duplicates(self, table: str, number: int) -> None:
        for row in self._choose(table, number):
            copy = self._copy_further_down(table, row, 20)
            self._touched.add(id(copy))
            self._note_duplicate(table, _key(table, row))

    def _choose(self, table: str, number: int, is_suitable=lambda row: True) -> list[dict]:
        free = [row for row in self.tables[table] if id(row) not in self._touched and is_suitable(row)]
        chosen, days = [], set()
        for row in self._rng.sample(free, len(free)):
            day = (row["agent_id"], row.get("business_date", row.get("month", id(row))))
            if len(chosen) < number and day not in days:
                chosen.append(row)
                days.add(day)
        for row in chosen:
            if table == SCHEDULES:  # one fault a day, so that effects do not interact
                self._touched |= {
                    id(other)
                    for other in self.tables[table]
                    if (other["agent_id"], other["business_date"]) == (row["agent_id"], row["business_date"])
                }
            self._touched.add(id(row))
        return chosen


def _key(table: str, row: dict) -> str:
    return "/".join(row[column] for column in KEYS[table])
