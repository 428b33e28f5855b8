"""A file for a role holds what the role may see, and not a trace of anything else."""

import re

import duckdb
import pytest

from scripts import extract
from scripts.publish import STORAGE_VERSION

# Eight letters and more: DuckDB keeps the first eight bytes of a text in its statistics too.
SERVED = """
create schema marts; create schema kpis; create schema meta; create schema reports;
create table marts.dim_team as
select * from (values (1, 'n', 'North'), (2, 's', 'South')) as t (team_key, team_code, team_name);
create table marts.dim_agent as
select * from (values
    (11, 'id-annabelle', 'code-annabelle', 'Annabelle', 101, 1, 'North'),
    (12, 'id-benedict', 'code-benedict', 'Benedict', 102, 2, 'South')
) as a (agent_key, agent_id, agent_code, agent_name, person_key, team_key, team_name);
comment on table marts.dim_agent is 'One row per agent.';
comment on column marts.dim_agent.agent_name is 'Name of the agent.';
create table marts.dim_customer as select 'c0ffee' || range as customer_hash, range as customer_key from range(5);
create table marts.fact_labor_months as select 'Berlin' as site_name, 4000.0 as labor_cost;
create table marts.fact_agent_legs as
select range as leg_key, 11 + range % 2 as agent_key, if(range % 2 = 0, 'Annabelle', 'Benedict') as agent_name,
    1 + range % 2 as team_key, range % 5 as customer_key
from range(5000);
create table marts.fact_dispositions as select agent_key, agent_name, 'sale' as code from marts.fact_agent_legs;
create table marts.fact_notes as select 'Benedict' as evaluator_name, 'good' as note;
create table marts.fact_queue_visits as select range as visit_key, range % 3 = 0 as was_answered from range(100);
create view kpis.kpi_daily as select 'answered' as kpi_name, 0.5 as value;
create table kpis.kpi_daily_by_team as select team_key, team_name, 0.5 as value from marts.dim_team;
create table reports.report_of_agents as select agent_id, 1 as rank from marts.dim_agent;
create table marts.dim_kpi as
select * from (values
    ('answered', 'Share that was answered.', 'fact_queue_visits', 'avg(v.was_answered::int)', null, null)
) as k (kpi_name, definition, relation, expression, parameter_name, parameter_expression);
"""
OTHERS = re.compile(rb"benedict", re.I)


@pytest.fixture
def served(tmp_path):
    file = tmp_path / "served.duckdb"
    with duckdb.connect() as connection:
        connection.execute(f"attach '{file}' as served (storage_version '{STORAGE_VERSION}')")
        connection.execute("use served")
        connection.execute(SERVED)
    return file


def ask(file, sql):
    with duckdb.connect(file, read_only=True) as connection:
        return connection.execute(sql).fetchall()


def tables(file):
    return {table for (table,) in ask(file, "select table_name from duckdb_tables()")}


def test_a_team_lead_sees_the_own_team_and_the_whole_of_what_is_nobodys(served, tmp_path):
    file = extract.extract(served, "team_lead", "North", tmp_path / "out")
    assert file.name == "team_lead_north.duckdb"
    assert ask(file, "select agent_name, agent_code from marts.dim_agent") == [("Annabelle", "code-annabelle")]
    assert ask(file, "select count(*), min(agent_key), max(agent_key) from marts.fact_agent_legs") == [(2500, 11, 11)]
    assert ask(file, "select count(*) from marts.fact_dispositions") == [(2500,)]
    assert ask(file, "select team_name from kpis.kpi_daily_by_team") == [("North",)]
    assert ask(file, "select agent_id from reports.report_of_agents") == [("id-annabelle",)]
    assert ask(file, "select count(*), round(answered(v), 2) from marts.fact_queue_visits as v") == [(100, 0.34)]
    assert not tables(file) & {"dim_customer", "fact_labor_months"}


def test_a_table_of_people_that_cannot_be_cut_to_a_team_is_left_out(served, tmp_path):
    assert "fact_notes" not in tables(extract.extract(served, "team_lead", "n", tmp_path))


def test_no_byte_of_the_file_is_of_an_agent_of_another_team(served, tmp_path):
    assert OTHERS.search(served.read_bytes())
    assert not OTHERS.search(extract.extract(served, "team_lead", "North", tmp_path).read_bytes())


def test_an_analyst_sees_every_row_and_no_name(served, tmp_path):
    file = extract.extract(served, "analyst", "", tmp_path)
    assert ask(file, "select count(*), count(distinct agent_key) from marts.fact_agent_legs") == [(5000, 2)]
    assert not re.search(rb"benedict|annabelle|c0ffee", file.read_bytes(), re.I)


def test_an_executive_sees_no_row_of_an_agent_a_customer_or_a_contact(served, tmp_path):
    file = extract.extract(served, "executive", "", tmp_path)
    assert tables(file) == {"dim_kpi", "dim_team", "fact_labor_months", "kpi_daily", "kpi_daily_by_team"}
    assert not re.search(rb"benedict|annabelle|c0ffee", file.read_bytes(), re.I)


def test_comments_go_along_with_what_is_shown(served, tmp_path):
    comments = "select comment from duckdb_columns() where column_name = 'agent_name' and comment is not null"
    assert ask(extract.extract(served, "team_lead", "North", tmp_path), comments) == [("Name of the agent.",)]
    assert ask(extract.extract(served, "analyst", "", tmp_path), comments) == []


@pytest.mark.parametrize(
    ("role", "team", "reason"),
    [
        ("boss", "", "There is no role 'boss'"),
        ("team_lead", "", "say which"),
        ("team_lead", "West", "There is no team 'West'; there are: North, South."),
        ("analyst", "North", "leave TEAM away"),
    ],
)
def test_what_is_not_clear_is_refused_and_nothing_written(served, tmp_path, role, team, reason):
    with pytest.raises(extract.ExtractError, match=re.escape(reason)):
        extract.extract(served, role, team, tmp_path / "out")
    assert not list((tmp_path / "out").glob("*"))
