"""Work out again the contacts and agents' days of a range of dates, and publish: FROM= TO= SOURCES= ROOT=.

For when a rule, a seed or a setting changed and the whole history need not follow it: the next build would work out
everything anew, this one only the range, and takes the changed rules for known. What lies outside keeps what it held.
"""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path


def asked(name: str) -> date:
    text = os.environ.get(name, "")
    try:
        return date.fromisoformat(text)
    except ValueError:
        sys.exit(f"{name}={text} is no date: write the first and the last day, as FROM=2026-03-01 TO=2026-03-07.")


def main() -> int:
    first, last = asked("FROM"), asked("TO")
    if last < first:
        sys.exit(f"TO={last} lies before FROM={first}.")
    variables = {"backfill_from": str(first), "backfill_to": str(last)}
    if os.environ.get("SOURCES"):
        variables["sources"] = os.environ["SOURCES"].replace(",", " ").split()
    if os.environ.get("ROOT"):
        variables["landing_root"] = os.environ["ROOT"]
    dbt = Path(sys.executable).with_name("dbt")
    build = [dbt, "build", "--exclude-resource-type", "unit_test", "--vars", json.dumps(variables)]
    return subprocess.run(build, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
