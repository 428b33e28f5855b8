"""The served file: what it holds, what it must not hold, and what happens to the old one."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

ROOT = Path(__file__).parents[2]
# DuckDB keeps the first eight bytes of a string in its statistics too.
PLANTED, PLANTED_SHORT = "PLANTED-CALLER-PHONE-NUMBER", "PLANTED8"
BUILD = f"""
set force_compression = 'uncompressed';
create schema staging;
create table staging.calls as
select '{PLANTED}' || range as caller, '{PLANTED_SHORT}' as short from range(10000);

create schema marts;
create table marts.fact_visits (
    visit_key bigint not null, "queue name" varchar, wait_seconds integer not null
);
insert into marts.fact_visits select range, 'queue ' || range % 3, range from range(100);
comment on table marts.fact_visits is 'One row per visit, the queue''s "own" too.';
comment on column marts.fact_visits."queue name" is 'Queue as it''s shown.';

create table marts.dim_kpi as
select * from (values
    ('visits', 'Visits that''s all.', 'fact_visits', 'count(v.visit_key)', null, null),
    (
        'answered_share', 'Share within the threshold.', 'fact_visits',
        'avg(cast(v.wait_seconds <= 20 as integer))',
        'threshold',
        'avg(cast(v.wait_seconds <= threshold as integer))'
    ),
    (
        'visit_share', 'Share of all visits.', 'fact_visits',
        'count(*) / sum(count(*)) over ()',
        'within',
        'count(*) / sum(count(*)) over (partition by within)'
    )
) as kpis (kpi_name, definition, relation, expression, parameter_name, parameter_expression);

create schema kpis;
create table kpis.kpi_queue_days as select 1 as n;

create schema intermediate;
create table intermediate.visit_paths as select range as visit_key from range(100);
create view marts.known_visits as select visit_key from intermediate.visit_paths;
comment on view marts.known_visits is 'Visits with what is known of them.';
comment on column marts.known_visits.visit_key is 'Key of a known visit.';

create schema meta;
create view meta.later as select 1 as n;
create view meta.queues as
select distinct v."queue name", later.n from build.marts.fact_visits as v, build.meta.later;
comment on view meta.queues is 'Queues by name.';
comment on column meta.queues.n is 'Always one.';
create or replace view meta.later as select 2 as n;
"""

# Two tables that only ever change together, large enough that copying them takes a while.
VERSION = """
create or replace table marts.of_version as select {version} as version from range(500000);
create or replace table kpis.of_version as select {version} as version from range(500000);
"""
# Connects, reads, waits, reads again, and so on until a file tells it to stop.
READER = """
import json, sys, time
from pathlib import Path
import duckdb

reads, errors, versions = 0, [], set()
while not Path(sys.argv[2]).exists():
    try:
        with duckdb.connect(sys.argv[1], read_only=True) as connection:
            found = set()
            for _ in range(2):
                found.add(connection.execute(
                    "select (select visits(v) from marts.fact_visits as v), count(*), min(a.version), max(b.version)"
                    " from marts.of_version as a positional join kpis.of_version as b"
                ).fetchone())
                time.sleep(0.02)
            [(visits, rows, first, second)] = found
            assert (visits, rows, first) == (100, 500000, second), found
            versions.add(first)
            reads += 1
    except Exception as error:
        errors.append(repr(error))
print(json.dumps({"reads": reads, "errors": errors, "versions": sorted(versions)}))
"""


@pytest.fixture
def build(tmp_path: Path) -> Path:
    file = tmp_path / "build.duckdb"
    change(file, BUILD)
    return file


@pytest.fixture
def served(build: Path) -> Path:
    publish(build)
    return build.with_name("contact_center.duckdb")


def change(file: Path, sql: str) -> None:
    with duckdb.connect(file) as connection:
        connection.execute(sql)


def publish(build: Path, refused: str | None = None) -> None:
    environment = {**os.environ, "CONTACT_CENTER_BUILD_FILE": str(build)}
    environment.pop("CONTACT_CENTER_FILE", None)
    run = subprocess.run(
        [sys.executable, ROOT / "scripts/publish.py"],
        env=environment,
        capture_output=True,
        text=True,
    )
    if refused:
        assert run.returncode == 1
        assert run.stderr.startswith(f"Not published: {refused}")
        assert run.stderr.count("\n") == 1
    else:
        assert run.returncode == 0, run.stderr


def publish_and_kill(build: Path, seconds: float) -> None:
    environment = {**os.environ, "CONTACT_CENTER_BUILD_FILE": str(build)}
    environment.pop("CONTACT_CENTER_FILE", None)
    publishing = subprocess.Popen([sys.executable, ROOT / "scripts/publish.py"], env=environment)
    time.sleep(seconds)
    publishing.kill()
    publishing.wait()


def ask(file: Path, sql: str) -> list[tuple]:
    with duckdb.connect(file, read_only=True) as connection:
        return connection.execute(sql).fetchall()


def test_only_the_published_schemas_are_there_even_when_empty(served):
    assert ask(served, "select distinct schema_name from duckdb_schemas() where not internal order by all") == [
        ("kpis",),
        ("marts",),
        ("meta",),
        ("reports",),
    ]


def test_nothing_of_staging_is_in_the_bytes_of_the_file(build, served):
    assert PLANTED.encode() in build.read_bytes()
    assert PLANTED_SHORT.encode() not in served.read_bytes()
    assert PLANTED.encode()[:8] not in served.read_bytes()


def test_tables_keep_rows_comments_and_not_null(served):
    assert ask(served, "select count(*), sum(wait_seconds) from marts.fact_visits") == [(100, 4950)]
    assert ask(
        served,
        "select comment from duckdb_tables() where table_name = 'fact_visits'",
    ) == [('One row per visit, the queue\'s "own" too.',)]
    assert ask(
        served,
        """
        select column_name, is_nullable, comment from duckdb_columns()
        where table_name = 'fact_visits' order by column_index
        """,
    ) == [
        ("visit_key", False, None),
        ("queue name", True, "Queue as it's shown."),
        ("wait_seconds", False, None),
    ]


def test_views_are_replayed_whatever_their_order(served):
    assert ask(served, "select count(*), max(n) from meta.queues") == [(3, 2)]
    assert ask(
        served,
        """
        select comment from duckdb_views() where view_name = 'queues'
        union all
        select comment from duckdb_columns() where table_name = 'queues' and column_name = 'n'
        """,
    ) == [("Queues by name.",), ("Always one.",)]


def test_a_view_over_what_stays_behind_is_a_table(served):
    assert ask(
        served,
        """
        select count(*), any_value(tables.comment), any_value(columns.comment)
        from marts.known_visits, duckdb_tables() as tables, duckdb_columns() as columns
        where tables.table_name = 'known_visits' and columns.table_name = 'known_visits'
            and columns.column_name = 'visit_key'
        """,
    ) == [(100, "Visits with what is known of them.", "Key of a known visit.")]


def test_macros_answer_with_and_without_a_threshold(served):
    assert ask(
        served,
        """
        select visits(v), answered_share(v), answered_share(v, 49),
            answered_share(v, threshold := 9)
        from marts.fact_visits as v
        """,
    ) == [(100, 0.21, 0.5, 0.1)]
    assert ask(
        served,
        """
        select function_name, parameters, comment from duckdb_functions()
        where schema_name = 'main' and not internal order by all
        """,
    ) == [
        ("answered_share", ["v"], "Share within the threshold."),
        ("answered_share", ["v", "threshold"], "Share within the threshold."),
        ("visit_share", ["v"], "Share of all visits."),
        ("visit_share", ["v", "within"], "Share of all visits."),
        ("visits", ["v"], "Visits that's all."),
    ]


def test_a_share_is_of_all_groups_or_within_those_that_are_alike(served):
    assert ask(
        served,
        """
        select v."queue name", v.wait_seconds < 10, visit_share(v), visit_share(v, within := v."queue name")
        from marts.fact_visits as v
        group by 1, 2 order by 1, 2
        """,
    ) == [
        ("queue 0", False, 0.3, 30 / 34),
        ("queue 0", True, 0.04, 4 / 34),
        ("queue 1", False, 0.3, 30 / 33),
        ("queue 1", True, 0.03, 3 / 33),
        ("queue 2", False, 0.3, 30 / 33),
        ("queue 2", True, 0.03, 3 / 33),
    ]


def test_older_duckdb_can_read_the_storage_version(served):
    assert ask(
        served,
        "select tags['storage_version'] from duckdb_databases() where not internal",
    ) == [("v1.2.0+",)]


def test_the_build_gives_the_same_file_again_and_nothing_beside_it(build, served):
    publish(build)
    assert sorted(file.name for file in build.parent.iterdir()) == [build.name, served.name]


@pytest.mark.parametrize(
    ("sql", "reason"),
    [
        ("drop table marts.dim_kpi", "the build has no table marts.dim_kpi"),
        ("alter table marts.fact_visits drop visit_key", "the macro visits fails: "),
        ("update marts.dim_kpi set kpi_name = 'median'", "a macro named median would replace"),
        ("create view kpis.private as from staging.calls", "the view kpis.private cannot be"),
    ],
)
def test_a_failure_leaves_the_old_file_as_it_is(build, served, sql, reason):
    before = served.read_bytes()
    change(build, sql)
    publish(build, refused=reason)
    assert served.read_bytes() == before
    assert sorted(file.name for file in build.parent.iterdir()) == [build.name, served.name]


def test_a_missing_or_unfinished_build_is_refused(build):
    publish(build.with_name("other.duckdb"), refused="there is no build file")
    build.with_name("build.duckdb.wal").touch()
    publish(build, refused=f"{build} has a write-ahead log")


def test_a_reader_of_the_old_file_goes_on_reading_it(build, served):
    with duckdb.connect(served, read_only=True) as reader:
        change(build, "delete from marts.fact_visits where visit_key > 0")
        publish(build)
        assert reader.execute("select sum(wait_seconds) from marts.fact_visits").fetchall() == [(4950,)]
    assert ask(served, "select count(*) from marts.fact_visits") == [(1,)]


def test_what_killed_runs_left_is_removed(build, served):
    leftovers = [
        served.with_name(".contact_center.duckdb.4711.new"),
        served.with_name(".contact_center.duckdb.4711.new.wal"),
        served.with_name("contact_center.duckdb.wal"),
    ]
    for leftover in leftovers:
        leftover.touch()
    publish(build)
    assert not [leftover for leftover in leftovers if leftover.exists()]


def test_readers_meet_no_error_while_it_is_published_and_publishing_is_killed(build, tmp_path):
    change(build, VERSION.format(version=0))
    began = time.monotonic()
    publish(build)
    duration = time.monotonic() - began
    served, stop = build.with_name("contact_center.duckdb"), tmp_path / "stop"
    readers = [
        subprocess.Popen([sys.executable, "-c", READER, served, stop], stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    try:
        for version in range(1, 6):
            change(build, VERSION.format(version=version))
            publish_and_kill(build, duration * version / 6)
            publish(build)
    finally:
        stop.touch()
        found = [json.loads(reader.communicate()[0]) for reader in readers]
    assert [reader["errors"] for reader in found] == [[], [], []]
    assert all(reader["reads"] > 5 and len(reader["versions"]) > 1 for reader in found)
    assert ask(served, "select distinct version from marts.of_version") == [(5,)]
    assert sorted(file.name for file in build.parent.iterdir()) == [build.name, served.name, stop.name]
