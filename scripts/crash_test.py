"""Kill publishing and building at random moments (kill -9): readers must notice nothing, the next build must succeed.

    python -m scripts.crash_test [--publishes 40] [--builds 10] [--within 60] [--seed 1] [--folder target/crash_test]

It works on a copy of the build file (environment: CONTACT_CENTER_BUILD_FILE, default warehouse/build.duckdb), which
must be a finished build of the sample. After each kill the served file must open and hold every table, row and macro.
Nothing is cleaned between kills. At the end one publishing and one build must succeed by themselves.

Exit code 1 when a rule is broken, 2 when there is no build file.
"""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import duckdb

from scripts.publish import build_file

PUBLISH = [sys.executable, "-m", "scripts.publish"]
DBT = Path(sys.executable).with_name("dbt")
COUNTED = """
    select 'table ' || schema_name || '.' || table_name from duckdb_tables()
    union all
    select 'view ' || schema_name || '.' || view_name from duckdb_views() where not internal
    union all
    select 'macro ' || function_name from duckdb_functions() where not internal
"""


class Broken(Exception):
    """A rule that does not hold, in one sentence."""


def holds(served: Path) -> dict[str, int]:
    """What a reader finds: tables and views with their rows, and macros."""
    try:
        with duckdb.connect(str(served), read_only=True) as connection:
            found = {}
            for (thing,) in connection.execute(COUNTED).fetchall():
                kind, _, name = thing.partition(" ")
                counted = f"select count(*) from {name}" if kind != "macro" else "select 1"
                found[thing] = found.get(thing, 0) + connection.execute(counted).fetchone()[0]
            return found
    except duckdb.Error as error:
        raise Broken(f"{served} does not open and answer: {str(error).splitlines()[0]}") from error


def check_served(served: Path, expected: dict[str, int]) -> None:
    found = holds(served)
    if found != expected:
        differing = sorted(thing for thing in {*found, *expected} if found.get(thing) != expected.get(thing))
        raise Broken(f"{served} is not whole: {', '.join(differing[:5])} differ from the file before.")


def killed(command: list, environment: dict[str, str], seconds: float) -> float | None:
    """Start a command and kill it with all its children after some seconds; how long it took where it ended before."""
    began = time.monotonic()
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        process.wait(seconds)
        return time.monotonic() - began
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return None


def finished(command: list, environment: dict[str, str]) -> float:
    """Seconds of a run that must succeed."""
    began = time.monotonic()
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if ended.returncode:
        said = (ended.stdout + ended.stderr).strip().splitlines()[-8:]
        raise Broken(f"{' '.join(map(str, command[1:4]))} fails after the kills:\n" + "\n".join(said))
    return time.monotonic() - began


def leftovers(served: Path) -> list[str]:
    """Files beside the served file that a killed publishing left."""
    return sorted(path.name for path in served.parent.glob(f".{served.name}.*"))


def kill_again_and_again(what, command, environment, served, kills, random, within) -> None:
    """Kill a command `kills` times, each after a random part of `within` seconds, and look at the served file."""
    expected, count, runs, seen = holds(served), 0, 0, 0
    while count < kills:
        if runs == 3 * kills + 10:
            raise Broken(f"Only {count} of {runs} runs could be killed: the others had ended before.")
        runs += 1
        took = killed(command, environment, random.uniform(0, within))
        if took is None:
            count += 1
            if sys.stderr.isatty() or not count % 10:
                print(f"{what}: {count} of {kills} killed", file=sys.stderr, flush=True)
        else:
            # It was faster than it was thought to be.
            within = min(within, took)
        seen += bool(leftovers(served))
        check_served(served, expected)
    seconds = finished(command, environment)
    check_served(served, expected)
    if left := leftovers(served):
        raise Broken(f"A successful {what} leaves {', '.join(left)} behind.")
    print(
        f"{what}: killed {count} times in {runs} runs, at random moments of {within:.0f} s;"
        " the served file was whole each time."
        f" Unfinished files were seen after {seen} runs. The run after them succeeded in {seconds:.0f} s"
        " and left none."
    )


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="scripts.crash_test", description="Kill publishing and building.")
    parser.add_argument("--publishes", type=int, default=40)
    parser.add_argument("--builds", type=int, default=10)
    parser.add_argument("--within", type=float, default=60, help="seconds of a build in which it is killed")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, default=Path("target/crash_test"))
    asked = parser.parse_args(arguments)
    if not build_file().is_file():
        print(f"{build_file()} does not exist: run make build first.", file=sys.stderr)
        return 2
    shutil.rmtree(asked.folder, ignore_errors=True)
    asked.folder.mkdir(parents=True)
    # By this name its views know it.
    build = asked.folder / build_file().name
    shutil.copy(build_file(), build)
    served = asked.folder / "contact_center.duckdb"
    environment = os.environ | {
        "CONTACT_CENTER_BUILD_FILE": str(build),
        "CONTACT_CENTER_FILE": str(served),
        "DBT_TARGET_PATH": str(asked.folder / "target"),
        "DBT_LOG_PATH": str(asked.folder / "target"),
    }
    random = Random(asked.seed)
    try:
        seconds = finished(PUBLISH, environment)
        if asked.publishes:
            kill_again_and_again("publish", PUBLISH, environment, served, asked.publishes, random, seconds)
        if asked.builds:
            dbt = [DBT, "build", "--exclude-resource-type", "unit_test"]
            kill_again_and_again("build", dbt, environment, served, asked.builds, random, asked.within)
    except Broken as broken:
        print(broken, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
