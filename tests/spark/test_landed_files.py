"""Landed Parquet gives on Spark, row by row, what it gives on DuckDB: the staged rows and what is made of them.

The example center of tests/sources/files lands as Parquet, one folder per table; on Spark each folder is a table of the
schema landing. Left out: content_hash, which engines count in their own ways, and times of the build.
"""

import csv
import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from dbt.cli.main import dbtRunner
from pyspark.sql import SparkSession, functions

from scripts import spark_parity
from scripts.landing_macros import macros
from tests.spark.test_macros import spark_settings

EXAMPLE = Path("tests/sources/files/landing")
# In these times land as times and numbers as numbers, in the others as text.
TYPED = ("agent_legs", "agent_state_events")
# A column that a table lacks, and what its rows say then.
LACKING = {"agent_legs": "transfer_type"}
MODELS = [
    "contacts",
    "queue_visits",
    "agent_legs",
    "agent_state_events",
    "self_service_sessions",
    "contact_messages",
    "tickets",
    "calendar_hours",
    "employment_events",
]
DBT = ["build", "--exclude-resource-types", "test", "unit_test", "--select"]
DBT += [f"+int_files__{model}" for model in MODELS]


def write_landing(folder: Path) -> list[Path]:
    """Write <folder>/<table>/<day>.parquet; the folders of the tables."""
    connection = duckdb.connect()
    connection.execute("set timezone = 'UTC'")
    for table in sorted({path.stem for path in EXAMPLE.rglob("*.csv")}):
        files = {path.parent.name: records_of(path) for path in sorted(EXAMPLE.rglob(f"{table}.csv"))}
        columns = list(dict.fromkeys(name for records in files.values() for record in records for name in record))
        columns = [name for name in columns if name != LACKING.get(table)]
        values = [typed(name) if table in TYPED else name for name in columns]
        (folder / table).mkdir(parents=True)
        for day, records in files.items():
            connection.execute(f"create or replace table records ({', '.join(f'{name} varchar' for name in columns)})")
            rows = [[record.get(name) for name in columns] for record in records]
            connection.executemany(f"insert into records values ({', '.join('?' * len(columns))})", rows)
            connection.execute(f"copy (select {', '.join(values)} from records) to '{folder / table / day}.parquet'")
    return sorted(folder.iterdir())


def records_of(path: Path) -> list[dict[str, str]]:
    """The records of a file; Parquet knows none that have too few fields or too many."""
    with path.open(encoding="utf-8", errors="replace", newline="") as lines:
        delimiter = ";" if ";" in lines.readline() else ","
        lines.seek(0)
        header, *rows = csv.reader(lines, delimiter=delimiter)
    return [dict(zip(header, row, strict=True)) for row in rows if len(row) == len(header)]


def typed(name: str) -> str:
    if name.endswith("_at"):
        return f"cast(try_cast({name} as timestamptz) as timestamp) as {name}"
    return f"try_cast({name} as double) as {name}" if name.endswith("_seconds") else name


@pytest.fixture(scope="module")
def landing(tmp_path_factory):
    folder = tmp_path_factory.mktemp("landed")
    os.environ |= {"CONTACT_CENTER_SALT": "a salt", "CONTACT_CENTER_FORGOTTEN": "none"}
    write_landing(folder / "files")
    return folder


@pytest.fixture(scope="module")
def spark(landing):
    """A session in which the folders are tables; dbt takes the same one."""
    warehouse = str(landing / "warehouse")
    os.environ |= {
        "SPARK_LOCAL_IP": "127.0.0.1",
        "CONTACT_CENTER_SPARK": warehouse,
        "CONTACT_CENTER_SPARK_CATALOG": "in-memory",
    }
    builder = SparkSession.builder
    for name, value in {**spark_settings(), "spark.sql.warehouse.dir": warehouse}.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sql("create schema landing")
    for table in sorted((landing / "files").iterdir()):
        register(session, table.name, table)
    yield session
    session.stop()


def register(session: SparkSession, table: str, folder: Path) -> None:
    session.sql(f"drop table if exists landing.{table}")
    session.sql(f"create table landing.{table} using parquet location '{folder}'")


def spark_build(landing: Path, *options: str):
    paths = ["--target-path", str(landing / "target"), "--log-path", str(landing / "target")]
    return dbtRunner().invoke([*options, "--target", "spark", "--vars", "{sources: [files]}", *paths])


@pytest.fixture(scope="module")
def builds(landing, spark):
    """Both engines' builds: a connection to DuckDB's, and the folder with Spark's tables as Parquet."""
    variables = f"{{sources: [files], landing_root: '{landing}', publish: false}}"
    command = [str(Path(sys.executable).with_name("dbt")), *DBT, "--target", "duckdb", "--vars", variables]
    own = {"CONTACT_CENTER_BUILD_FILE": f"{landing}/build.duckdb", "CONTACT_CENTER_FORGOTTEN": ""}
    own |= dict.fromkeys(("DBT_TARGET_PATH", "DBT_LOG_PATH"), f"{landing}/duckdb")
    beside = subprocess.Popen(command, env={**os.environ, **own}, stdout=subprocess.DEVNULL)
    assert spark_build(landing, *DBT).success
    for table in compared_tables():
        rows = spark.table(f"{table.schema}.{table.name}")
        if "source_file" in rows.columns:
            rows = rows.withColumn("source_file", functions.regexp_replace("source_file", "^.*/files/", ""))
        rows.write.parquet(str(landing / "tables" / table.schema / table.name))
    assert beside.wait() == 0
    connection = duckdb.connect()
    connection.execute(f"attach '{landing}/build.duckdb' as duckdb_side (read_only)")
    return connection, landing / "tables"


def compared_tables() -> list[spark_parity.Table]:
    """By all columns together: not every row has a key, nor a file."""
    return [
        spark_parity.Table(schema, f"{prefix}_files__{model}", [])
        for model in MODELS
        for schema, prefix in (("staging", "stg"), ("intermediate", "int"))
    ]


@pytest.mark.parametrize("table", compared_tables(), ids=lambda table: table.name)
def test_both_engines_give_the_same_rows(builds, monkeypatch, table):
    monkeypatch.setattr(spark_parity, "OWN", spark_parity.OWN | {"content_hash"})
    connection, tables = builds
    outcome = spark_parity.compare(connection, table, tables / table.schema / table.name)
    assert outcome.duckdb_rows > 0
    assert not outcome.differences


def test_a_partition_names_the_center(spark, landing):
    folder = landing / "centers"
    for partition in ("source_instance=east", "source_instance=__HIVE_DEFAULT_PARTITION__"):
        (folder / partition).mkdir(parents=True)
        path = folder / partition / "teams.parquet"
        duckdb.sql(f"copy (select ' north ' as team_code union all select '') to '{path}'")
    register(spark, "centers", folder)
    spark.sql("msck repair table landing.centers")
    file = {"name": "landing.centers", "columns": ["team_code", "source_instance"], "types": ["STRING", "STRING"]}
    landed = macros("spark").rows_of_parquet([file], ["team_code"])
    rows = sorted(spark.sql(f"select source_instance, source_row, team_code from {landed}").collect())
    assert rows == [("default", 1, "north"), ("default", 2, None), ("east", 1, "north"), ("east", 2, None)]


def test_a_table_that_lacks_a_column_it_must_have_stops_the_build(spark, landing):
    folder = landing / "lacking"
    folder.mkdir()
    duckdb.sql(f"copy (select 'North' as team_name) to '{folder}/teams.parquet'")
    register(spark, "teams", folder)
    result = spark_build(landing, *DBT)
    register(spark, "teams", landing / "files" / "teams")
    sentence = "The table landing.teams lacks the column 'team_code' that the table teams must have."
    assert sentence in str(result.exception)


def test_a_build_stops_where_it_might_pass_over_the_list_of_the_forgotten(spark, landing, monkeypatch):
    monkeypatch.setenv("CONTACT_CENTER_FORGOTTEN", "forgotten.csv")
    assert "Spark does not read the list of forgotten customers" in str(spark_build(landing, *DBT).exception)
