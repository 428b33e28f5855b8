"""Measure how many landed rows per second an adapter maps, and with how much memory.

    python -m scripts.benchmark asterisk --rows 5000000

Writes made-up files of that size in the layout of the source, builds its staging and intermediate models from them
with dbt into a file of its own, and says rows per second and the largest memory that dbt used. Nothing is kept unless
--keep names a folder.
"""

import argparse
import importlib
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

DBT = Path(sys.executable).with_name("dbt")
SOURCES = sorted(file.stem for file in Path(__file__).parent.glob("[a-z]*.py"))


def build(root: Path, source: str) -> tuple[float, float]:
    """Seconds and GB of a build of the source's own models, dbt's start included."""
    started = time.monotonic()
    models = [f"path:models/{layer}/{source}" for layer in ("staging", "intermediate")]
    shared = ("path:models/intermediate/conformed", "path:seeds/reference")
    built = subprocess.run(
        [DBT, "build", "--target-path", root / "target", "--log-path", root / "logs", "--select", *models, *shared]
        + ["--exclude-resource-type", "test", "unit_test"]
        + ["--vars", f"{{sources: [{source}], landing_root: '{root / 'landing'}'}}"],
        env=os.environ | {"CONTACT_CENTER_BUILD_FILE": str(root / "build.duckdb"), "CONTACT_CENTER_SALT": "benchmark"},
    )
    if built.returncode:
        sys.exit("The build failed, so there is nothing to measure.")
    return time.monotonic() - started, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 2**20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("source", choices=SOURCES, metavar="source", help=f"one of {', '.join(SOURCES)}")
    parser.add_argument("--rows", type=int, default=5_000_000, help="lines or documents to write (5,000,000)")
    parser.add_argument("--keep", type=Path, help="folder to write to and leave as it is")
    asked = parser.parse_args()
    write = importlib.import_module(f"scripts.benchmark.{asked.source}").write
    with tempfile.TemporaryDirectory() as temporary:
        root = asked.keep or Path(temporary)
        landing = root / "landing" / asked.source
        landing.mkdir(parents=True, exist_ok=True)
        print(f"Writing {asked.rows:,} rows ...", flush=True)
        written = write(landing, asked.rows)
        size = sum(file.stat().st_size for file in landing.rglob("*") if file.is_file()) / 1e6
        print(f"Building from {written:,} rows in {size:,.0f} MB ...", flush=True)
        seconds, memory = build(root, asked.source)
    print(
        f"{asked.source}: {written:,} rows ({size:,.0f} MB) in {seconds:,.1f} s,"
        f" {written / seconds:,.0f} rows per second, {memory:.1f} GB at most."
    )


if __name__ == "__main__":
    main()
