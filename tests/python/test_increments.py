"""Whatever arrives, in whatever order and pieces: slices come to what one full build of the same files gives."""

import json
import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

PROJECT = Path(__file__).resolve().parents[2]
# Builds one after another in one process, for starting dbt costs more than any of them.
BUILDS = """
import json, os, sys
from pathlib import Path
import duckdb
from dbt.adapters.duckdb import DuckDBConnectionManager
from dbt.cli.main import dbtRunner

folder, (seed, count, is_center_known) = Path(sys.argv[1]), map(int, sys.argv[2:])
sys.path.insert(0, ".")
from tests.python.increments.history import History, land

def run(name, *words, source="files"):
    # How many nodes dbt left as they were; it ends with what failed.
    os.environ["CONTACT_CENTER_BUILD_FILE"] = str(folder / f"{name}.duckdb")
    variables = {"sources": [source], "landing_root": str(folder / "landing"), "publish": False}
    outcome = dbtRunner().invoke(
        ["--quiet", *words, "--vars", json.dumps(variables)]
        + ["--target-path", str(folder / "target"), "--log-path", str(folder / "logs")]
    )
    DuckDBConnectionManager.close_all_connections()
    if not outcome.success:
        results = outcome.result or []
        failed = [f"{result.node.name}: {result.message}" for result in results if result.status == "error"]
        sys.exit("\\n".join([str(outcome.exception), *failed]))
    return sum(result.message == "UNCHANGED" for result in outcome.result)

WHOLE = ["build", "--exclude-resource-type", "test", "--exclude-resource-type", "unit_test"]

def build(name):
    return run(name, *WHOLE)

def move(names, source, target):
    target.mkdir(exist_ok=True)
    for path in source.glob(names):
        path.rename(target / path.name)

def touched(name):
    # How many contacts, and periods of agents, the last slices of them were of.
    with duckdb.connect(str(folder / f"{name}.duckdb"), read_only=True) as connection:
        known = {table for table, in connection.execute("select table_name from duckdb_tables()").fetchall()}
        return [
            connection.execute(f"select count(*) from increments.{table}").fetchone()[0] if table in known else 0
            for table in ("touched_paths", "touched_periods")
        ]

history = History(seed)
pieces = history.pieces(count, bool(is_center_known))
files, archive = folder / "landing/files", folder / "archive"
# Of every table something has landed, if only its header.
land(files, [], "0")
left, slices = [], []
for number, piece in enumerate(pieces, start=1):
    land(files, piece, str(number))
    if number == 2:
        # What was read may be put away: of some tables nothing is left to read.
        move("*_[01].csv", files, archive)
    if number == count:
        move("*.csv", archive, files)
        # A file that was landed before comes again with rows lost and rows gained.
        land(files, pieces[0][::2] + pieces[1][:9], "1")
    left.append(build("slices"))
    slices.append(touched("slices"))
    if number == count - 1:
        # A name is wrong for a while, and a part of the project is built with it.
        for name, words in {"Sals": ["run", "--select", "+fact_queue_visits"], "Sales": WHOLE}.items():
            queue = {"queue_code": "sales", "queue_name": name, "updated_at": "2027-01-01 00:00:00"}
            land(files, [("queues", queue)], "wrong")
            run("slices", *words)
# The second time the last run before it was not a whole build.
seeds_left = [run("slices", "seed"), run("slices", "seed")]
# Now the file holds what is of another source.
run("slices", "seed", source="sample")
build("whole")
print(json.dumps({"left": left, "touched": slices, "seeds_left": seeds_left}))
"""


LOADING_TIMES = {"loaded_at", "newest_loaded_at"}


def tables(connection, catalog):
    return connection.execute(
        "select schema_name, table_name from duckdb_tables() where database_name = ?"
        " and schema_name in ('staging', 'marts', 'kpis', 'reports', 'meta')"
        # What is of one build is no other's.
        " and (schema_name <> 'meta' or table_name not in ('build', 'test_results', 'expectation_results'))"
        " union select schema_name, view_name from duckdb_views() where database_name = ?"
        " and schema_name in ('marts', 'reports') order by all",
        [catalog, catalog],
    ).fetchall()


def rows_that_differ(connection, table):
    described = connection.execute(f"describe whole.{'.'.join(table)}").fetchall()
    columns = ", ".join(f'"{name}"' for name, *_ in described if name not in LOADING_TIMES)
    chosen = {name: f"select {columns} from {name}.{'.'.join(table)}" for name in ("whole", "slices")}
    extra = {
        name: connection.execute(f"{chosen[name]} except all {chosen[other]} limit 3").fetchall()
        for name, other in [("whole", "slices"), ("slices", "whole")]
    }
    return {name: rows for name, rows in extra.items() if rows}


@pytest.mark.parametrize(
    ("seed", "count", "is_center_known"),
    [(1, 3, True), *(pytest.param(seed, 5, seed % 2 == 1, marks=pytest.mark.slow) for seed in range(2, 8))],
)
def test_slices_come_to_what_one_build_gives(tmp_path, seed, count, is_center_known):
    built = subprocess.run(
        [sys.executable, "-c", BUILDS, tmp_path, str(seed), str(count), str(int(is_center_known))],
        cwd=PROJECT,
        env=os.environ | {"CONTACT_CENTER_SALT": "example"},
        capture_output=True,
        text=True,
    )
    assert built.returncode == 0, built.stderr[-3000:]
    told = json.loads(built.stdout.splitlines()[-1])
    assert told["left"][0] == 0
    # Views and seeds, and what nothing in a piece is of.
    assert min(told["left"][1:]) > 100
    assert told["seeds_left"][0] > 10
    assert told["seeds_left"][1] == 0
    connection = duckdb.connect()
    for name in ("whole", "slices"):
        connection.execute(f"attach '{tmp_path / name}.duckdb' as {name} (read_only)")
    assert connection.execute("select count(*) from slices.increments.green_builds").fetchall() == [(0,)]
    if is_center_known:
        # Between the directories and their corrections contacts are sliced, and of 430 periods few.
        assert min(contacts for contacts, _ in told["touched"][1:-1]) > 0
        assert 0 < min(periods for _, periods in told["touched"][1:-1]) < 100
    assert tables(connection, "slices") == tables(connection, "whole")
    assert connection.execute("select count(*) from slices.marts.fact_contacts").fetchall()[0][0] > 40
    differing = {
        ".".join(table): rows for table in tables(connection, "whole") if (rows := rows_that_differ(connection, table))
    }
    assert not differing, json.dumps(differing, default=str, indent=1)[:6000]
