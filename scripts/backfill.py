"""Work out again the contacts and agents' days of a range of dates, and publish: FROM= TO= SOURCES= ROOT= VARS=.

For when a rule, a seed or a setting changed and the whole history need not follow it: the next build would work out
everything anew, this one only the range, and takes the changed rules for known. What lies outside keeps what it held.
What daily builds are given with --vars belongs in VARS, word for word: without it the range, and the next build,
would go by other settings.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import yaml


def asked(environment: Mapping[str, str], name: str) -> date:
    text = environment.get(name, "")
    try:
        return date.fromisoformat(text)
    except ValueError:
        sys.exit(f"{name}={text} is no date: write the first and the last day, as FROM=2026-03-01 TO=2026-03-07.")


def settings(text: str) -> dict:
    """What dbt's --vars would read in the text."""
    try:
        found = yaml.safe_load(text) or {}
    except yaml.YAMLError:
        found = text
    if not isinstance(found, dict):
        sys.exit(f"VARS={text} is no set of variables: write what --vars is given, as VARS='{{publish: false}}'.")
    return found


def variables(environment: Mapping[str, str]) -> dict:
    """The variables of the build; dates, SOURCES and ROOT go before what VARS says."""
    first, last = asked(environment, "FROM"), asked(environment, "TO")
    if last < first:
        sys.exit(f"TO={last} lies before FROM={first}.")
    found = settings(environment.get("VARS", "")) | {"backfill_from": str(first), "backfill_to": str(last)}
    if environment.get("SOURCES"):
        found["sources"] = environment["SOURCES"].replace(",", " ").split()
    if environment.get("ROOT"):
        found["landing_root"] = environment["ROOT"]
    return found


def main() -> int:
    dbt = Path(sys.executable).with_name("dbt")
    build = [dbt, "build", "--exclude-resource-type", "unit_test", "--vars", json.dumps(variables(os.environ))]
    return subprocess.run(build, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
