"""The cost ledger: what each site costs month by month, wages in line with the hours of its agents' shifts."""

import calendar
from datetime import date
from random import Random

from scripts.simulate.clock import minutes_of_day
from scripts.simulate.config import Config
from scripts.simulate.model import Shift
from scripts.simulate.money.entries import CostLine, months

FIRST_MONTH, LAST_MONTH = date(2025, 9, 1), date(2026, 11, 1)
CURRENCY = {"nyc": "USD", "dub": "EUR"}
HOURLY_WAGE = {"nyc": 21.40, "dub": 17.90}
SUPERVISION_SHARE = 0.16  # of wages: team leaders and planning
CONTRIBUTIONS_SHARE = {"nyc": 0.082, "dub": 0.111}  # of wages, what the employer pays on top
RAISE_FROM = date(2026, 1, 1)
RAISE = 1.03
# Per agent and month, in the site's currency.
PER_AGENT = {"telephony": 41.0, "software": 118.0, "facilities": 236.0, "training": 34.0, "recruiting": 22.0}


def keep_ledger(config: Config, rng: Random) -> list[CostLine]:
    lines: list[CostLine] = []

    def book(month: date, site_id: str, account: str, amount: float) -> None:
        cents = round(amount * 100)
        lines.append(CostLine(f"L{len(lines) + 1:05d}", month, site_id, account, cents, CURRENCY[site_id]))

    for month in months(FIRST_MONTH, LAST_MONTH):
        weeks = calendar.monthrange(month.year, month.month)[1] / 7
        for site in config.sites:
            agents = [a for a in config.agents if config.team(a.assignments[0].team_id).site_id == site.site_id]
            hours = weeks * sum(_weekly_hours(shift) for agent in agents for shift in agent.shifts)
            wages = hours * HOURLY_WAGE[site.site_id] * (RAISE if month >= RAISE_FROM else 1)
            overtime = wages * rng.uniform(0.005, 0.03) * (2.5 if month.month == 12 else 1)
            book(month, site.site_id, "wages", wages * rng.uniform(0.985, 1.01))
            book(month, site.site_id, "wages", overtime)
            book(month, site.site_id, "supervision", wages * SUPERVISION_SHARE)
            book(month, site.site_id, "contributions", (wages + overtime) * CONTRIBUTIONS_SHARE[site.site_id])
            for account, amount in PER_AGENT.items():
                book(month, site.site_id, account, len(agents) * amount * rng.uniform(0.85, 1.15))
    return lines


def _weekly_hours(shift: Shift) -> float:
    minutes = (minutes_of_day(shift.ends_at) - minutes_of_day(shift.starts_at)) % (24 * 60)
    return minutes / 60 * len(shift.days) * len(shift.weeks) / 2
