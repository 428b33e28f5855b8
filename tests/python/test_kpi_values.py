"""What is said of KPI values that stay, move, appear and vanish."""

import duckdb
import pytest

from scripts.kpi_values import SHOWN_MOVES, main

BUILD = """
create schema raw;
create table raw.raw_call_detail_records as select 'C1' as contact_id;
create schema marts;
create table marts.dim_kpi as
select * from (values
    ('answered_share', 'sum(v.answered) / nullif(sum(v.offered), 0)', null),
    ('queue_share', 'sum(v.offered) / sum(sum(v.offered)) over ()', 'queue_name'),
    ('visits', 'sum(v.offered)', null)
) as kpis (kpi_name, expression, needed_dimension);
alter table marts.dim_kpi add column relation varchar default 'fact_visits';
alter table marts.dim_kpi add column time_column varchar default 'offered_date';
alter table marts.dim_kpi add column dimensions varchar default 'queue_name, source_system';
create table marts.fact_visits as
select * from (values
    ('sample', date '2026-10-05', 'Billing', 3, 1),
    ('sample', date '2026-10-06', 'Sales', 0, 0),
    ('sample', date '2026-10-06', null, 1, 1),
    ('other', date '2026-10-05', 'Billing', 100, 100)
) as visits (source_system, offered_date, queue_name, offered, answered);
"""
RECORDED = """\
kpi_name,dimension,member,value
answered_share,total,all,0.5
answered_share,date,2026-10-05,0.333333333
answered_share,date,2026-10-06,1
answered_share,queue_name,(none),1
answered_share,queue_name,Billing,0.333333333
answered_share,queue_name,Sales,NULL
queue_share,queue_name,(none),0.25
queue_share,queue_name,Billing,0.75
queue_share,queue_name,Sales,0
visits,total,all,4
visits,date,2026-10-05,3
visits,date,2026-10-06,1
visits,queue_name,(none),1
visits,queue_name,Billing,3
visits,queue_name,Sales,0
"""


@pytest.fixture
def build(tmp_path, monkeypatch):
    file = tmp_path / "build.duckdb"
    change(file, BUILD)
    monkeypatch.setenv("CONTACT_CENTER_BUILD_FILE", str(file))
    return file


@pytest.fixture
def recorded(tmp_path):
    file = tmp_path / "sample.csv"
    file.write_text(RECORDED)
    return file


def change(file, sql):
    with duckdb.connect(file) as connection:
        connection.execute(sql)


def lines_of(capsys):
    return capsys.readouterr().out.splitlines()


def cells_of(capsys):
    return [line.split() for line in lines_of(capsys)]


def test_update_records_the_values_of_the_sample_alone(build, tmp_path, capsys):
    assert main(["--update"], tmp_path / "new" / "sample.csv") == 0
    assert (tmp_path / "new" / "sample.csv").read_text() == RECORDED
    assert lines_of(capsys) == ["KPI values: 15 recorded."]


def test_nothing_moved(build, recorded, capsys):
    assert main([], recorded) == 0
    assert lines_of(capsys) == ["KPI values: 15 compared, none moved."]


def test_what_moved_is_shown_with_its_difference(build, recorded, capsys):
    change(build, "update marts.fact_visits set answered = 2 where queue_name = 'Billing'")
    assert main([], recorded) == 1
    verdict, title, *moved, next_step = cells_of(capsys)
    assert verdict == ["KPI", "values:", "3", "moved", "of", "15."]
    assert title == ["KPI", "dimension", "member", "old", "new", "difference"]
    assert moved == [
        ["answered_share", "total", "all", "0.5", "0.75", "+0.25"],
        ["answered_share", "date", "2026-10-05", "0.333333333", "0.666666667", "+0.333333334"],
        ["answered_share", "queue_name", "Billing", "0.333333333", "0.666666667", "+0.333333334"],
    ]
    assert "`make kpi-values-update`," in " ".join(next_step)


@pytest.mark.parametrize(
    "sql, moved",
    [
        pytest.param(
            "insert into marts.fact_visits values ('sample', '2026-10-06', 'Chat', 0, 0)",
            [
                ["answered_share", "queue_name", "Chat", "absent", "NULL"],
                ["queue_share", "queue_name", "Chat", "absent", "0"],
                ["visits", "queue_name", "Chat", "absent", "0"],
            ],
            id="a member is new",
        ),
        pytest.param(
            "delete from marts.fact_visits where queue_name = 'Sales'",
            [
                ["answered_share", "queue_name", "Sales", "NULL", "absent"],
                ["queue_share", "queue_name", "Sales", "0", "absent"],
                ["visits", "queue_name", "Sales", "0", "absent"],
            ],
            id="a member is gone",
        ),
        pytest.param(
            "update marts.dim_kpi set expression = 'coalesce(' || expression || ', 0)'",
            [["answered_share", "queue_name", "Sales", "NULL", "0"]],
            id="NULL became 0",
        ),
        pytest.param(
            "update marts.dim_kpi set expression = 'nullif(' || expression || ', 4)'",
            [["visits", "total", "all", "4", "NULL"]],
            id="a value became NULL",
        ),
    ],
)
def test_values_that_appear_or_vanish_have_no_difference(build, recorded, capsys, sql, moved):
    change(build, sql)
    assert main([], recorded) == 1
    assert cells_of(capsys)[2:-1] == moved


def test_a_kpi_that_is_gone_is_named_wherever_it_was(build, recorded, capsys):
    change(build, "delete from marts.dim_kpi where kpi_name = 'visits'")
    assert main([], recorded) == 1
    verdict, _, *moved, _ = cells_of(capsys)
    assert verdict == ["KPI", "values:", "6", "moved", "of", "15."]
    assert {(row[0], row[-1]) for row in moved} == {("visits", "absent")}


def test_a_change_below_the_ninth_decimal_is_none(build, recorded):
    change(build, "update marts.dim_kpi set expression = expression || ' + 1e-11'")
    assert main([], recorded) == 0


def test_only_the_first_moves_are_shown_and_the_rest_is_counted(build, recorded, capsys):
    change(
        build,
        "insert into marts.fact_visits select 'sample', '2026-10-06', 'queue ' || range, 0, 0 from range(30)",
    )
    assert main([], recorded) == 1
    lines = lines_of(capsys)
    assert lines[0] == "KPI values: 90 moved of 105."
    assert lines[2 + SHOWN_MOVES] == "... and 50 more."


@pytest.mark.parametrize(
    "sql, reason",
    [
        ("drop schema raw cascade", "the build has no table raw.raw_call_detail_records"),
        ("drop table marts.dim_kpi", "the build has no table marts.dim_kpi"),
        ("drop table marts.fact_visits", "KPI answered_share runs over marts.fact_visits, which"),
        ("update marts.dim_kpi set expression = 'sum(v.gone)'", "could not be read: Binder Error"),
    ],
)
def test_a_build_without_what_is_needed_is_refused(build, recorded, capsys, sql, reason):
    change(build, sql)
    assert main([], recorded) == 2
    assert reason in capsys.readouterr().err


def test_a_missing_file_is_refused(build, recorded, capsys):
    recorded.unlink()
    assert main([], recorded) == 2
    assert "run `make kpi-values-update` first" in capsys.readouterr().err
    build.unlink()
    assert main([], recorded) == 2
    assert "there is no build file" in capsys.readouterr().err
