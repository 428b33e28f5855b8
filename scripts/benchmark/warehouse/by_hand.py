"""Run the hand-written script on landed files, in a process of its own that can be measured.

python -m scripts.benchmark.warehouse.by_hand <landing> <file>
"""

import os
import sys
from pathlib import Path

import duckdb

HERE = Path(__file__).parent
SEEDS = Path("seeds/reference")
# What the warehouse may use, too.
MEMORY = "12GiB"


def run(landing: Path, file: Path) -> None:
    """Core marts and KPIs of the landed files in a DuckDB file of that name."""
    settings = {"memory_limit": MEMORY, "preserve_insertion_order": False, "storage_compatibility_version": "v1.2.0"}
    with duckdb.connect(file, config=settings) as connection:
        connection.execute("set TimeZone = 'UTC'")
        for name, value in {
            "landing": landing.as_posix(),
            "seeds": SEEDS.as_posix(),
            "salt": os.environ["CONTACT_CENTER_SALT"],
        }.items():
            connection.execute(f"set variable {name} = $1", [value])
        for script in ("by_hand.sql", "kpis.sql"):
            connection.execute((HERE / script).read_text())


if __name__ == "__main__":
    run(Path(sys.argv[1]), Path(sys.argv[2]))
