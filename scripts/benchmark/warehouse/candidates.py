"""The same work by others: each in a process of its own, compared with the warehouse, and cleaned up."""

import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from scripts.benchmark.warehouse import comparing, postgres
from scripts.benchmark.warehouse.machine import POLARS
from scripts.benchmark.warehouse.measuring import Cost, run, size_of

HERE = Path(__file__).parent
# Beyond this nobody waits for it.
TIME_LIMIT = 40 * 60


class DifferenceError(Exception):
    """What a candidate computed otherwise than the warehouse."""


@dataclass(frozen=True)
class Work:
    """Where a candidate finds its files, may write, and finds what the warehouse gave."""

    landing: Path
    folder: Path
    expected: Path

    @property
    def log(self) -> Path:
        return self.folder.with_suffix(".log")

    @property
    def results(self) -> Path:
        return self.folder / "results.duckdb"


def by_hand(work: Work) -> Cost:
    file = work.folder / "by_hand.duckdb"
    command = [sys.executable, "-m", "scripts.benchmark.warehouse.by_hand", work.landing, file]
    cost = run(command, work.log, folder=work.folder)
    cost.parts["file"] = file.stat().st_size
    comparing.candidate_results(file, work.results)
    return cost


def postgresql(work: Work) -> Cost:
    command = [sys.executable, "-m", "scripts.benchmark.warehouse.postgres"]
    cost = run(
        [*command, work.landing, work.folder / "server", work.results, work.expected],
        work.log,
        folder=work.folder,
        limit=TIME_LIMIT,
    )
    cost.parts = json.loads(work.log.read_text().splitlines()[-1])
    # Starting the server and adding up the results belong to the benchmark.
    cost.seconds = cost.parts["load_seconds"] + cost.parts["sql_seconds"]
    return cost


def polars(work: Work) -> Cost:
    cost = run([POLARS, HERE / "polars_marts.py", work.landing, work.folder], work.log, folder=work.folder)
    cost.parts["file"] = size_of(work.folder)
    comparing.file_results(work.folder, work.results)
    return cost


CANDIDATES: dict[str, Callable[[Work], Cost]] = {"by_hand": by_hand, "postgres": postgresql, "polars": polars}


def missing(name: str) -> str | None:
    """Why the candidate cannot be asked on this machine."""
    if name == "postgres" and not postgres.programs():
        return "PostgreSQL is not installed (Debian: postgresql)"
    if name == "polars" and not POLARS.exists():
        return "polars is not installed (make .venv-bench/bench.installed)"
    return None


def measure(name: str, work: Work) -> tuple[Cost, str]:
    """What it cost, and what was found equal in words. DifferenceError when its numbers are others."""
    shutil.rmtree(work.folder, ignore_errors=True)
    work.folder.mkdir(parents=True)
    try:
        cost = CANDIDATES[name](work)
        compared, found = comparing.differences(work.expected, work.results, is_partial=name == "polars")
        if found:
            listed = "\n  ".join(found[:20])
            raise DifferenceError(
                f"{work.folder.name} gives other numbers than the warehouse ({len(found)}):\n  {listed}"
            )
        return cost, compared
    finally:
        shutil.rmtree(work.folder, ignore_errors=True)
