"""One run: plans from the rota, absences, employment and payroll, then the damage."""

import pickle
from dataclasses import dataclass

from scripts.simulate.books import Books
from scripts.simulate.chance import Streams
from scripts.simulate.config import Config
from scripts.simulate.damage_list import DamageItem
from scripts.simulate.shifts import Rota
from scripts.simulate.workforce.absences import absence_rows, history, turned_down
from scripts.simulate.workforce.books import AgentMonth, ScheduleInterval, WorkforceBooks
from scripts.simulate.workforce.damage import ABSENCES, EMPLOYMENT, PAYROLL, SCHEDULES, WorkforceDamage
from scripts.simulate.workforce.payroll import payroll_months, payroll_rows
from scripts.simulate.workforce.people import all_jobs, event_rows, former_agent_rows, shared_login_row
from scripts.simulate.workforce.schedules import Planner, schedule_rows

Rows = list[dict]


@dataclass(frozen=True, repr=False)
class Workforce:
    books: WorkforceBooks  # what was planned and what became of it
    damaged_books: WorkforceBooks
    calls: Books  # the damaged books of the calls, which tell the states
    damage: list[DamageItem]
    row_accounting: dict[str, dict[str, int]]
    tables: dict[str, Rows]
    listed_agents: Rows  # who is in the directory of agents besides those of the center

    def schedule_intervals(self) -> list[ScheduleInterval]:
        return self.damaged_books.schedule_intervals(self.calls)

    def agent_months(self) -> list[AgentMonth]:
        return self.damaged_books.agent_months()

    def add_to(self, raw_tables: dict[str, Rows]) -> dict[str, Rows]:
        shared = shared_login_row()["agent_id"]
        agents = [
            {**row, "is_shared_login": "true" if row["agent_id"] == shared else "false"}
            for row in [*raw_tables["raw_agents"], *self.listed_agents]
        ]
        return {**raw_tables, "raw_agents": agents, **self.tables}


def simulate_workforce(
    config: Config, streams: Streams, rotas: tuple[Rota, ...], books: Books, damaged_books: Books
) -> Workforce:
    """`rotas` are those that the agents of the center worked by, `damaged_books` tell their states."""
    plans = {agent_id: shifts for rota in rotas for agent_id, shifts in rota.plans.items()}
    jobs = all_jobs(config, streams.stream("workforce people"))
    zone_of_site = {site.site_id: site.time_zone for site in config.sites}
    zone_of = {job.agent_id: zone_of_site[job.site_id] for job in jobs}

    planner = Planner(config, plans, books, streams.stream("workforce schedules"))
    days = planner.agent_days()
    rng = streams.stream("workforce absences")
    absences = history(jobs, zone_of, rng)
    absences += turned_down(absences, rng) + planner.absences
    tables = {
        SCHEDULES: schedule_rows(days, zone_of),
        ABSENCES: absence_rows(absences, zone_of),
        EMPLOYMENT: event_rows(jobs, streams.stream("workforce employment")),
    }
    payroll = payroll_months(jobs, absences, streams.stream("workforce payroll"))
    tables[PAYROLL] = payroll_rows(payroll)

    workforce_books = WorkforceBooks(config, days, absences, jobs, payroll)
    copy = pickle.loads(pickle.dumps(workforce_books))
    damage = WorkforceDamage(tables, copy, streams.stream("workforce damage"))
    damage.do_all()
    listed = [*former_agent_rows(zone_of_site), shared_login_row()]
    return Workforce(
        workforce_books, damage.books, damaged_books, damage.items, damage.row_accounting(), damage.tables, listed
    )
