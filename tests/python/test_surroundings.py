"""What a build gives does not depend on the time zone of the machine or the number of threads."""

import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

PROJECT = Path(__file__).resolve().parents[2]
DBT = Path(sys.executable).with_name("dbt")
SOURCES = ["asterisk", "files", "zendesk"]
# They say when and where a build ran.
PASSING = {"loaded_at"}


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """One connection to two builds of the same files."""
    folder = tmp_path_factory.mktemp("surroundings")
    for source in SOURCES:
        landed = folder / "landing" / source
        landed.parent.mkdir(exist_ok=True)
        landed.symlink_to(PROJECT / "tests/sources" / source / "landing")
    connection = duckdb.connect()
    for name, zone, threads in [("here", "UTC", "1"), ("there", "Pacific/Auckland", "4")]:
        variables = f"{{sources: [{', '.join(SOURCES)}], landing_root: '{folder}/landing', publish: false}}"
        built = subprocess.run(
            [DBT, "--no-use-colors", "build", "--exclude-resource-type", "test", "--exclude-resource-type", "unit_test"]
            + ["--threads", threads, "--vars", variables, "--project-dir", PROJECT, "--profiles-dir", PROJECT]
            + ["--target-path", folder / "target", "--log-path", folder / "logs"],
            env=os.environ
            | {
                "CONTACT_CENTER_BUILD_FILE": str(folder / f"{name}.duckdb"),
                "CONTACT_CENTER_SALT": "example",
                "TZ": zone,
            },
            cwd=PROJECT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert built.returncode == 0, built.stdout[-3000:]
        connection.execute(f"attach '{folder / name}.duckdb' as {name} (read_only)")
    yield connection
    connection.close()


@pytest.mark.slow
def test_every_mart_and_kpi_table_is_the_same(both):
    tables = both.execute(
        "select schema_name || '.' || table_name from duckdb_tables()"
        " where database_name = 'here' and schema_name in ('marts', 'kpis') order by all"
    ).fetchall()
    assert len(tables) > 50
    rows = 0
    for (table,) in tables:
        columns = ", ".join(
            f'"{name}"' for name, *_ in both.execute(f"describe here.{table}").fetchall() if name not in PASSING
        )
        differing = both.execute(
            f"(select {columns} from here.{table} except all select {columns} from there.{table})"
            f" union all (select {columns} from there.{table} except all select {columns} from here.{table}) limit 3"
        ).fetchall()
        assert not differing, f"{table}: {differing}"
        rows += both.execute(f"select count(*) from there.{table}").fetchone()[0]
    assert rows > 1000
