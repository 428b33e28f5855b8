"""The Parquet files: what they hold, and what happens to the old ones."""

import duckdb
import pytest

from scripts.export import export


@pytest.fixture
def served(tmp_path):
    file = tmp_path / "contact_center.duckdb"
    change(
        file,
        """
        create schema marts; create schema kpis; create schema reports; create schema meta;
        create table marts.fact_visits as select range as visit_key, 'queue ' || range % 3 as queue from range(100);
        create view kpis.kpi_days as select queue, count(*) as n from marts.fact_visits group by all;
        create table meta.build as select 'first' as invocation_id;
        create table main.beside as select 1 as n;
        """,
    )
    return file


def change(file, sql):
    with duckdb.connect(file) as connection:
        connection.execute(sql)


def files(folder):
    return sorted(str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file())


def test_every_table_and_view_is_a_file(served, tmp_path):
    export(served, tmp_path / "export")
    assert files(tmp_path / "export") == [
        "kpis/kpi_days.parquet",
        "marts/fact_visits.parquet",
        "meta/build.parquet",
    ]
    assert duckdb.sql(f"select sum(n) from '{tmp_path}/export/kpis/kpi_days.parquet'").fetchall() == [(100,)]


def test_a_second_export_replaces_the_first_and_what_is_gone(served, tmp_path):
    folder = tmp_path / "export"
    export(served, folder)
    (folder / ".4711.new").mkdir()
    (folder / "marts/notes.txt").touch()
    change(served, "update meta.build set invocation_id = 'second'; drop view kpis.kpi_days")
    export(served, folder)
    assert files(folder) == ["marts/fact_visits.parquet", "marts/notes.txt", "meta/build.parquet"]
    assert not (folder / ".4711.new").exists()
    assert duckdb.sql(f"from '{folder}/meta/build.parquet'").fetchall() == [("second",)]


def test_a_failure_leaves_the_old_files_as_they_are(served, tmp_path):
    folder = tmp_path / "export"
    export(served, folder)
    change(served, "update meta.build set invocation_id = 'second'; create view meta.broken as select error('no')")
    with pytest.raises(duckdb.Error):
        export(served, folder)
    assert duckdb.sql(f"from '{folder}/meta/build.parquet'").fetchall() == [("first",)]
    assert [path.name for path in folder.iterdir() if path.name.startswith(".")] == []
