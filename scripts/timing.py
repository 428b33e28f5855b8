"""Measure where the time of `dbt build` on the sample goes, and print it as a Markdown table.

Usage: python -m scripts.timing

It builds into files of its own below target/timing. Seconds of dbt's nodes overlap, as two are run at once; the
processor time says what a step costs on a machine that does other things beside.
"""

import json
import os
import resource
import shutil
import subprocess
import sys
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path("target/timing")
DBT = Path(sys.executable).with_name("dbt")
KINDS = {"seed": "seeds", "model": "models", "test": "data tests", "unit_test": "unit tests"}
HOOKS = {
    "on-run-start-0": "check of the landed files",
    "on-run-start-1": "books of builds before",
    "on-run-end-0": "row accounting",
    "on-run-end-1": "books of this build",
    "on-run-end-2": "test results",
    "on-run-end-3": "publishing",
}


@dataclass(frozen=True)
class Step:
    name: str
    seconds: float
    processor_seconds: float | None = None
    nodes: int | None = None


def run(*arguments: str) -> tuple[float, float]:
    """Seconds and processor seconds of a run of dbt."""
    environment = os.environ | {
        "DBT_TARGET_PATH": str(FOLDER),
        "DBT_LOG_PATH": str(FOLDER),
        "CONTACT_CENTER_BUILD_FILE": str(FOLDER / "build.duckdb"),
    }
    used, began = processor_seconds(), time.monotonic()
    subprocess.run([DBT, *arguments], env=environment, stdout=subprocess.DEVNULL, check=True)
    return time.monotonic() - began, processor_seconds() - used


def processor_seconds() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime


def nodes(results: list[dict]) -> list[Step]:
    """Seconds of the nodes of a run by kind, and of its hooks one by one."""
    seconds, count = defaultdict(float), defaultdict(int)
    for result in results:
        kind, _, name = result["unique_id"].split(".", 2)
        step = HOOKS[name.partition("-")[2]] if kind == "operation" else KINDS.get(kind)
        if step:
            seconds[step] += result["execution_time"]
            count[step] += 1
    return [Step(step, seconds[step], nodes=count[step]) for step in (*KINDS.values(), *HOOKS.values()) if count[step]]


def measure() -> list[Step]:
    shutil.rmtree(FOLDER, ignore_errors=True)
    start = run("--version")
    cold = run("parse", "--no-partial-parse")
    warm = run("parse")
    build = run("build")
    results = json.loads((FOLDER / "run_results.json").read_text(encoding="utf-8"))["results"]
    shutil.rmtree(FOLDER)
    return [
        Step("start of dbt", *start),
        Step("start and parse of a fresh clone", *cold),
        Step("start and parse when nothing changed", *warm),
        Step("`dbt build`, all of it", *build),
        *nodes(results),
    ]


def rows(steps: list[Step]) -> list[str]:
    """The table as lines of Markdown."""
    header = ["| step | number | seconds | processor seconds |", "|---|--:|--:|--:|"]
    return header + [
        f"| {step.name} | {step.nodes or ''} | {step.seconds:.1f} |"
        f" {'' if step.processor_seconds is None else f'{step.processor_seconds:.1f}'} |"
        for step in steps
    ]


if __name__ == "__main__":
    print("\n".join(rows(measure())))
