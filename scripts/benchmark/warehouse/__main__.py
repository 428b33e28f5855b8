"""Measure the warehouse at a size, beside the least that is possible and what others would use instead.

    make bench SIZE=1e6        or 1e7, 1e8; YEARS=3 for three years of that many contacts,
                               BESIDE=by_hand,polars for these others only

Writes landing files, builds the warehouse from them, adds a day and a late day, then does the same by hand in DuckDB,
in PostgreSQL and in polars, compares their numbers with the warehouse's, and writes the section of that size in
docs/performance.md. Says first how much disk it needs. All else is written to a folder that a run which ends well
removes.

Exit codes: 1 a build failed or numbers differ, 2 not started.
"""

import argparse
import datetime
import os
import shutil
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path

from scripts.benchmark.warehouse import candidates, comparing, disk, machine, report
from scripts.benchmark.warehouse.dbt_runs import Warehouse
from scripts.benchmark.warehouse.landing import Landing, Size, contacts_of
from scripts.benchmark.warehouse.measuring import RunError, TimeLimitError, size_of

# From this size on nothing is tested or published, and nobody is compared but the script by hand.
LARGE = 50_000_000


class Bench:
    def __init__(self, size: Size, folder: Path, others: list[str]):
        self.size = size
        self.folder = folder
        self.others = others
        self.landing_root = folder / "landing"
        self.landing = self.landing_root / "files"
        self.expected = folder / "expected.duckdb"
        self.expected_later = folder / "expected_later.duckdb"
        self.results: dict = {
            "contacts": size.contacts,
            "years": size.years,
            "date": datetime.date.today().isoformat(),
            "machine": machine.describe(),
            "runs": {},
            "compared": {},
            "gave_up": {},
        }

    def say(self, text: str) -> None:
        print(f"{time.strftime('%H:%M:%S')}  {text}", flush=True)

    def record(self, name: str, measure) -> None:
        self.say(f"{name.replace('_', ' ')} ...")
        cost = measure(name)
        self.results["runs"][name] = asdict(cost)
        self.say(f"  {cost.seconds:,.1f} s, {cost.cpu_seconds:,.1f} CPU s, {cost.memory / 1e9:.2f} GB of memory")

    def write_landing(self) -> None:
        self.say("Writing landing files ...")
        started = time.monotonic()
        with Landing(self.size) as landing:
            rows = landing.write_history(self.landing)
            seconds = time.monotonic() - started
            landing.write_next_day(self.folder / "next_day")
            landing.write_late_day(self.folder / "late_day")
        contacts = self.size.contacts * self.size.years
        self.results["landing"] = {"rows": rows, "seconds": seconds, "bytes": size_of(self.landing)}
        self.say(f"  {contacts:,} contacts, {rows:,} rows, {contacts / seconds:,.0f} contacts per second")

    def land(self, day: str) -> None:
        for file in (self.folder / day).iterdir():
            shutil.copy(file, self.landing / file.name)

    def take_back(self, day: str) -> None:
        for file in (self.folder / day).iterdir():
            (self.landing / file.name).unlink()

    def measure_warehouse(self) -> None:
        warehouse = Warehouse(self.folder / "warehouse", self.landing_root)
        warehouse.folder.mkdir()
        self.record("full_build", warehouse.build)
        self.say("Noting its numbers ...")
        comparing.warehouse_results(warehouse.build_file, self.expected)
        if self.size.contacts < LARGE and self.size.years == 1:
            self.record("tests", warehouse.test)
            self.record("publishing", warehouse.publish)
            self.results["reports"] = report.time_reports(warehouse.served_file)
        for day in ("next_day", "late_day"):
            self.land(day)
            self.record(day, warehouse.build)
        comparing.warehouse_results(warehouse.build_file, self.expected_later)
        shutil.rmtree(warehouse.folder)

    def check_days(self) -> None:
        """Built day by day, the warehouse must be what all files give at once."""
        if self.size.contacts < LARGE:
            self.say("Comparing what the days made of it with all files at once ...")
            work = candidates.Work(self.landing, self.folder / "all_files", self.expected_later)
            candidates.measure("by_hand", work)
        for day in ("next_day", "late_day"):
            self.take_back(day)

    def measure_others(self) -> None:
        for name in self.others:
            work = candidates.Work(self.landing, self.folder / name, self.expected)

            def measure(name, work=work):
                cost, self.results["compared"][name] = candidates.measure(name, work)
                return cost

            try:
                self.record(name, measure)
                self.say(f"  equal: {self.results['compared'][name]}")
            except TimeLimitError as error:
                self.results["compared"][name] = str(error)
                self.results["gave_up"][name] = candidates.TIME_LIMIT
                self.say(f"  {error}")

    def run(self) -> None:
        self.write_landing()
        self.measure_warehouse()
        self.check_days()
        self.measure_others()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("contacts", type=contacts_of, help="contacts of a year, such as 1e6")
    parser.add_argument("--years", type=int, default=1, help="years of that many contacts (1)")
    parser.add_argument(
        "--folder", type=Path, default=Path("target/benchmark"), help="where to make a folder to work in"
    )
    parser.add_argument(
        "--beside",
        type=lambda text: text.split(",") if text else [*candidates.CANDIDATES],
        default=[*candidates.CANDIDATES],
        help="others to compare with: " + ", ".join(candidates.CANDIDATES),
    )
    parser.add_argument("--report", type=Path, default=Path("docs/performance.md"), help="page to write into")
    asked = parser.parse_args()
    size = Size(asked.contacts, asked.years)
    if unknown := set(asked.beside) - set(candidates.CANDIDATES):
        parser.error(f"There is no {', '.join(sorted(unknown))}.")
    others = [] if size.years > 1 else asked.beside if size.contacts < LARGE else ["by_hand"]
    for name in list(others):
        if reason := candidates.missing(name):
            print(f"Without {name}: {reason}.")
            others.remove(name)

    asked.folder.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="benchmark-", dir=asked.folder)).resolve()
    # The account of PostgreSQL's server must get through to its own folder.
    folder.chmod(0o755)
    os.environ["CONTACT_CENTER_SALT"] = "benchmark"
    bench = Bench(size, folder, others)
    try:
        needed = disk.refuse_if_short(folder, size.contacts * size.years, others, report.read(asked.report))
        print(f"{size.contacts * size.years:,} contacts will need up to {needed / 1e9:,.1f} GB of disk in {folder}.")
        bench.results["disk_announced"] = needed
        bench.run()
    except disk.DiskError as error:
        folder.rmdir()
        print(error, file=sys.stderr)
        return 2
    except (RunError, candidates.DifferenceError) as error:
        print(f"{error}\nWhat was written lies in {folder}.", file=sys.stderr)
        return 1
    shutil.rmtree(folder)
    report.write(asked.report, bench.results)
    print(f"{asked.report} has the figures.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
