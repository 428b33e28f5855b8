"""The comparison of Spark's tables with DuckDB's finds every difference, and nothing else."""

import json
import shutil

import duckdb
import pytest

from scripts import spark_parity

ROWS = """
    select
        cast(key as bigint) as key, name, cast(amount as decimal(18, 3)) as amount, cast(share as double) as share,
        cast(ended_at as timestamp) as ended_at, cast('2026-01-01' as timestamp) as loaded_at
    from (
        values
        (1, 'a', 1.5, 0.25, '2026-01-05 10:00:00'),
        (2, null, null, null, null),
        (3, 'c', 3.0, 2e9, '2026-01-05 10:00:00.001')
    ) as t (key, name, amount, share, ended_at)
"""
MANIFEST = {
    "nodes": {
        "model.fact": {"resource_type": "model", "schema": "marts", "alias": "fact"},
        "model.staged": {"resource_type": "model", "schema": "staging", "alias": "staged"},
        "test.fact": {
            "resource_type": "test",
            "attached_node": "model.fact",
            "test_metadata": {"name": "unique", "kwargs": {"column_name": "key"}},
        },
    }
}


@pytest.fixture
def compared(tmp_path):
    """The outcome for DuckDB's rows and what a query makes of them as Spark's."""

    def outcome(query: str, rows: str = ROWS) -> spark_parity.Outcome:
        build, manifest, folder = tmp_path / "build.duckdb", tmp_path / "manifest.json", tmp_path / "marts" / "fact"
        folder.mkdir(parents=True)
        manifest.write_text(json.dumps(MANIFEST))
        with duckdb.connect(build) as connection:
            connection.execute(f"create schema marts; create table marts.fact as {rows}")
            connection.execute(f"copy ({query}) to '{folder}/part.parquet'")
        (one,) = spark_parity.compare_all(build, tmp_path, [manifest])
        return one

    return outcome


@pytest.mark.parametrize(
    "query",
    [
        "select * from marts.fact order by key desc",
        "select * replace (share + 1e-10 as share) from marts.fact",
        "select * replace (share * (1 + 1e-10) as share) from marts.fact",
        "select * replace (cast('2027-01-01' as timestamp) as loaded_at) from marts.fact",
    ],
)
def test_order_rounding_and_the_time_of_the_build_are_no_difference(compared, query):
    assert compared(query).is_equal


@pytest.mark.parametrize(
    ("query", "difference"),
    [
        ("select * from marts.fact where key <> 2", "1 rows on DuckDB only"),
        ("select * from marts.fact union all select * from marts.fact where key = 2", "1 rows on Spark only"),
        ("select * replace (case key when 3 then 4 else key end as key) from marts.fact", "1 rows on Spark only"),
        ("select * replace (cast(amount + 0.001 as decimal(18, 3)) as amount) from marts.fact", "amount differs in 2"),
        ("select * replace (share + 1e-8 as share) from marts.fact", "share differs in 1 rows"),
        ("select * replace (coalesce(share, 0) as share) from marts.fact", "share differs in 1 rows"),
        ("select * replace (coalesce(name, '') as name) from marts.fact", "name differs in 1 rows"),
        (
            "select * replace (ended_at + interval 1 microsecond as ended_at) from marts.fact",
            "ended_at differs in 2 rows",
        ),
        (
            "select * replace (cast(key as int) as key) from marts.fact",
            "column key: BIGINT on DuckDB, INTEGER on Spark",
        ),
        ("select * exclude (name) from marts.fact", "column name: VARCHAR on DuckDB, absent on Spark"),
    ],
)
def test_a_difference_is_found_and_named(compared, query, difference):
    outcome = compared(query)
    assert not outcome.is_equal
    assert difference in spark_parity.report([outcome])


def test_the_report_names_the_first_rows(compared):
    report = spark_parity.report([compared("select * replace ('x' as name) from marts.fact")])
    assert "a on DuckDB, x on Spark: key 1" in report
    assert "1 of 1 tables differ" in report


def test_a_table_that_spark_lacks_is_a_difference(compared, tmp_path):
    compared("select * from marts.fact")
    shutil.rmtree(tmp_path / "marts")
    outcomes = spark_parity.compare_all(tmp_path / "build.duckdb", tmp_path, [tmp_path / "manifest.json"])
    assert [outcome.differences for outcome in outcomes] == [["no table on Spark"]]


@pytest.mark.parametrize("place", [0, 1])
def test_a_table_that_one_build_has_is_a_difference(compared, tmp_path, place):
    compared("select * from marts.fact")
    other = {"model.other": {"resource_type": "model", "schema": "kpis", "alias": "kpi_other"}}
    (tmp_path / "other.json").write_text(json.dumps({"nodes": {**MANIFEST["nodes"], **other}}))
    manifests = [tmp_path / "manifest.json"]
    manifests.insert(place, tmp_path / "other.json")
    outcomes = spark_parity.compare_all(tmp_path / "build.duckdb", tmp_path, manifests)
    assert [outcome.differences for outcome in outcomes] == [[], ["no table on DuckDB"]]


@pytest.mark.parametrize("strange", ["nan", "infinity", "-infinity"])
def test_nothing_is_near_what_is_no_finite_number(compared, tmp_path, strange):
    rows = f"select * replace (cast('{strange}' as double) as share) from ({ROWS})"
    assert compared("select * from marts.fact", rows).is_equal
    shutil.rmtree(tmp_path / "marts")
    (tmp_path / "build.duckdb").unlink()
    outcome = compared("select * replace (cast(0.25 as double) as share) from marts.fact", rows)
    assert "share differs in 3 rows" in outcome.differences


def test_a_table_without_rows_proves_nothing(compared, monkeypatch, tmp_path):
    none = f"select * from ({ROWS}) where false"
    assert compared("select * from marts.fact", none).differences == ["no row on either engine"]
    monkeypatch.setattr(spark_parity, "EMPTY_TABLES", {"fact"})
    (outcome,) = spark_parity.compare_all(tmp_path / "build.duckdb", tmp_path, [tmp_path / "manifest.json"])
    assert outcome.is_equal


def test_what_duckdb_cannot_read_is_not_compared(compared, tmp_path):
    compared("select * from marts.fact")
    (tmp_path / "build.duckdb").write_text("no database")
    with pytest.raises(spark_parity.ParityError, match="not a valid DuckDB database"):
        spark_parity.compare_all(tmp_path / "build.duckdb", tmp_path, [tmp_path / "manifest.json"])


def test_what_is_not_there_is_no_agreement(tmp_path):
    with pytest.raises(spark_parity.ParityError, match="run `make spark`"):
        spark_parity.compare_all(tmp_path / "none.duckdb", tmp_path, [tmp_path])
