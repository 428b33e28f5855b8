"""Made-up landing Parquet of a contact center, as the contract of the source `files` says.

    python -m scripts.benchmark.warehouse.landing 1e6 <folder>

Crews of ten agents work days that `crew_days` simulated, on the dates their roster says; what a contact was about, in
which queue and with which customer follows from its number by hash arithmetic. The same size gives the same files.
A year lies in one file per month and set. The day after it, and a day in the middle of it that was held back, are
written apart, one file per set, so that they can land later.
"""

import argparse
import csv
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import duckdb

from scripts.benchmark.warehouse.crew_days import CREW, DAYS_PER_LEVEL, crew_days

SQL = Path(__file__).with_name("landing.sql")
TABLES = ("contacts", "queue_visits", "agent_legs", "agent_state_events")
DIRECTORIES = ("agents", "teams", "queues", "contact_reasons", "calendars", "calendar_hours", "calendar_holidays")
LAST_DAY = date(2025, 12, 31)
LATE_DAY = date(2025, 7, 9)
NEXT_DAY = LAST_DAY + timedelta(days=1)


@dataclass(frozen=True)
class Size:
    """How much there is: contacts per year, and for how many years up to the end of 2025."""

    contacts: int
    years: int = 1

    @property
    def agents(self) -> int:
        """One per 10,000 contacts of a year, in whole crews."""
        crews = -(-self.contacts // (CREW * 10_000))
        return CREW * max(1, crews)

    @property
    def first_day(self) -> date:
        return date(LAST_DAY.year + 1 - self.years, 1, 1)


class Landing:
    """Writes the files of one size; each method gives how many rows it wrote."""

    def __init__(self, size: Size, threads: int = 2):
        self.size = size
        self.threads = threads
        self.connection = duckdb.connect(config={"threads": threads, "preserve_insertion_order": False})
        self._prepare()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.connection.close()

    def _prepare(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            for part in ("contacts", "visits", "legs", "states"):
                with (Path(folder) / f"{part}.csv").open("w", newline="") as file:
                    writer = csv.writer(file)
                    for number, day in enumerate(crew_days()):
                        writer.writerows((number, *row) for row in getattr(day, part))
            self.settings = {
                "folder": folder,
                "contacts": self.size.contacts * self.size.years,
                "contacts_per_day": max(1, self.size.contacts // 365),
                "customers": self.size.contacts // 3,
                "agents": self.size.agents,
                "crew": CREW,
                "days_per_level": DAYS_PER_LEVEL,
                "first_day": self.size.first_day.isoformat(),
                "last_day": LAST_DAY.isoformat(),
                "late_day": LATE_DAY.isoformat(),
                "next_day": NEXT_DAY.isoformat(),
            }
            self._set_variables(self.connection)
            self.connection.execute(SQL.read_text())

    def _set_variables(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Each connection has its own; the views read them."""
        for name, value in self.settings.items():
            connection.execute(f"set variable {name} = $1", [value])

    def write_history(self, folder: Path) -> int:
        """The year, or years, but for the late day; and the directories."""
        months = self.connection.execute("""
            select strftime(month, '%Y-%m'), lowest, highest
            from (
                select date_trunc('month', day) as month, min(day) as lowest, max(day) as highest
                from planned_days
                where is_history
                group by all
            )
            order by month
        """).fetchall()
        jobs = [
            (table, folder / f"{table}-{month}.parquet", f"is_history and day between '{lowest}' and '{highest}'")
            for month, lowest, highest in months
            for table in TABLES
        ]
        return self._write(jobs) + self._write(
            [(table, folder / f"{table}.parquet", "is_history") for table in DIRECTORIES]
        )

    def write_next_day(self, folder: Path) -> int:
        return self._write_day(folder, NEXT_DAY)

    def write_late_day(self, folder: Path) -> int:
        return self._write_day(folder, LATE_DAY)

    def _write_day(self, folder: Path, day: date) -> int:
        return self._write([(table, folder / f"{table}-{day}.parquet", f"day = '{day}'") for table in TABLES])

    def _write(self, jobs: list[tuple]) -> int:
        """Several files at a time: writing one keeps little more than one core busy."""

        def copy(job):
            table, path, condition = job
            target = path.as_posix().replace("'", "''")
            with self.connection.cursor() as cursor:
                self._set_variables(cursor)
                return cursor.execute(f"""
                    copy (select * exclude (day, is_history) from landed_{table} where {condition})
                    to '{target}' (format parquet, parquet_version v2)
                """).fetchone()[0]

        jobs[0][1].parent.mkdir(parents=True, exist_ok=True)
        with ThreadPoolExecutor(self.threads) as pool:
            return sum(pool.map(copy, jobs))


def contacts_of(text: str) -> int:
    """1e6 and 1000000 are the same size."""
    contacts = int(float(text))
    if contacts < 1_000:
        raise argparse.ArgumentTypeError("1,000 contacts are the least that makes sense.")
    return contacts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("contacts", type=contacts_of, help="contacts of a year, such as 1e6")
    parser.add_argument("folder", type=Path, help="where to write: <folder>/history, next_day and late_day")
    parser.add_argument("--years", type=int, default=1)
    asked = parser.parse_args()
    started = time.monotonic()
    with Landing(Size(asked.contacts, asked.years)) as landing:
        rows = landing.write_history(asked.folder / "history" / "files")
        rows += landing.write_next_day(asked.folder / "next_day")
        rows += landing.write_late_day(asked.folder / "late_day")
    seconds = time.monotonic() - started
    contacts = asked.contacts * asked.years
    print(f"{contacts:,} contacts, {rows:,} rows in {seconds:.1f} s: {contacts / seconds:,.0f} contacts per second.")


if __name__ == "__main__":
    main()
