"""What the figures were measured on."""

import os
import platform
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from scripts.benchmark.warehouse import postgres

POLARS = Path(".venv-bench/bin/python")


def describe() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{_processor()}, {os.cpu_count()} cores, {memory:.1f} GiB of memory, {platform.system()} {platform.release()};"
        f" {', '.join(_versions())}"
    )


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.machine()


def _versions() -> list[str]:
    found = [f"Python {platform.python_version()}"]
    for name, package in {"DuckDB": "duckdb", "dbt-core": "dbt-core", "dbt-duckdb": "dbt-duckdb"}.items():
        try:
            found.append(f"{name} {version(package)}")
        except PackageNotFoundError:
            continue
    if postgres.programs():
        found.append(f"PostgreSQL {postgres.version().split()[2]}")
    if POLARS.exists():
        asked = subprocess.run(
            [POLARS, "-c", "import polars; print(polars.__version__)"], capture_output=True, text=True
        )
        found.append(f"polars {asked.stdout.strip()}")
    return found
