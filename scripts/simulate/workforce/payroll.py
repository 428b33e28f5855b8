"""What was scheduled and paid, month by month."""

from dataclasses import dataclass
from datetime import date
from random import Random

from scripts.simulate.workforce.absences import UNPAID_TYPES, Absence
from scripts.simulate.workforce.people import (
    CURRENCIES,
    UNPAID_LUNCH_SECONDS,
    Job,
    days_of,
    is_overtime_month,
    months,
)


@dataclass
class PayrollMonth:
    agent_id: str
    month: date
    scheduled_hours: float
    paid_hours: float | None
    gross_cost: float
    currency: str


def payroll_months(jobs: list[Job], absences: list[Absence], rng: Random) -> list[PayrollMonth]:
    unpaid_of: dict[tuple[str, date], int] = {}
    for absence in absences:
        if absence.absence_type in UNPAID_TYPES and absence.counts:
            key = (absence.agent_id, absence.day.replace(day=1))
            unpaid_of[key] = unpaid_of.get(key, 0) + _paid_part(absence.seconds)
    found = []
    for month in months():
        for job in jobs:
            employed = [day for day in days_of(month) if job.is_employed(day)]
            scheduled = sum(_paid_part(seconds) for day in employed for _, seconds in job.shifts_on(day))
            if not employed:
                continue
            overtime = rng.randint(1, 6) * 1800 if is_overtime_month(rng) and scheduled else 0
            paid = max(0, scheduled - unpaid_of.get((job.agent_id, month), 0)) + overtime
            cost = round(paid / 3600 * job.rate_on(employed[-1]), 2)
            found.append(
                PayrollMonth(
                    job.agent_id, month, scheduled / 3600, paid / 3600, cost, CURRENCIES[job.site_id]
                )
            )  # fmt: skip
    return found


def _paid_part(seconds: int) -> int:
    return seconds - UNPAID_LUNCH_SECONDS if seconds >= 6 * 3600 else seconds


def payroll_rows(payroll: list[PayrollMonth]) -> list[dict]:
    return [
        {
            "agent_id": row.agent_id,
            "month": row.month.strftime("%Y-%m"),
            "scheduled_hours": f"{row.scheduled_hours:.2f}",
            "paid_hours": f"{row.paid_hours:.2f}",
            "gross_cost": f"{row.gross_cost:.2f}",
            "currency": row.currency,
        }
        for row in payroll
    ]
