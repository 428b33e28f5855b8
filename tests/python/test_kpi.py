"""What `make kpi` answers and refuses on the served file, and what the generator of the KPI tables refuses."""

import os
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import duckdb
import pytest

from scripts import kpi
from scripts.publish import served_file
from scripts.registry import RefusedError, known_kpi, valid_dimension

ROOT = Path(__file__).parents[2]
EVIL = 'queue_name"; drop table x; --'


@pytest.fixture(scope="module")
def served():
    if not served_file().is_file():
        pytest.fail(f"{served_file()} does not exist: run make build, or python -m scripts.publish, first.")
    with duckdb.connect(served_file(), read_only=True) as connection:
        yield connection


@pytest.fixture
def ask(served, capsys):
    """Ask as on the command line; gives the exit code and what was printed."""

    def asked(*arguments):
        code = kpi.main(list(arguments))
        printed = capsys.readouterr()
        return code, printed.out + printed.err

    return asked


def row(printed: str, *members: str) -> list[str]:
    """The cells after the names in the line of these members."""
    lines = [re.split(r" {2,}", line.strip()) for line in printed.splitlines()]
    (cells,) = [cells for cells in lines if tuple(cells[: len(members)]) == members]
    return cells[len(members) :]


def printed_sql(printed: str) -> str:
    return printed.split("\nSQL\n", 1)[1].split("\n\nin which", 1)[0]


@pytest.mark.parametrize(
    "arguments, reason",
    [
        (["servce_level"], "there is no KPI servce_level; did you mean service_level"),
        (["service_level", "--by", "agent_name"], "service_level has no meaning by agent_name. Nobody has been chosen"),
        (["service_level", "--by", "weather"], "not known by weather; it is by offered_date, queue_name, channel_name"),
        (["abandonment_rate", "--threshold", "30"], "abandonment_rate takes no threshold."),
        (["service_level", "--seconds", "3600"], "service_level takes no seconds."),
        (["busy_hour_contacts"], "busy_hour_contacts has no answer in total, ask for it by scope. The busiest hour is"),
        ([EVIL], f"there is no KPI {EVIL}"),
        (["service_level", "--by", EVIL], f"service_level is not known by {EVIL}"),
    ],
)
def test_a_question_without_an_answer_is_refused_with_the_reason(arguments, reason, ask):
    code, printed = ask(*arguments)
    assert code == 2
    assert printed.startswith("No answer: ") and reason in printed
    assert "select" not in printed


@pytest.mark.parametrize("option", ["--from", "--to", "--threshold", "--seconds"])
@pytest.mark.parametrize("text", ["1); drop table x; --", "NaN", "-1"])
def test_a_date_or_number_that_is_none_never_reaches_sql(option, text, ask):
    with pytest.raises(SystemExit) as left:
        ask("service_level", f"{option}={text}")
    assert left.value.code == 2


def test_values_stand_beside_the_narrowest_target_and_its_status(ask, served):
    code, printed = ask("service_level", "--by", "queue_name,channel_name")
    assert code == 0
    for queue, channel, value in served.execute(
        "select queue_name, channel_name, service_level(v) from marts.fact_queue_visits as v group by all"
    ).fetchall():
        # Calls have 80 % by their channel, Sales 90 % of its own.
        target = 0.9 if (queue, channel) == ("Sales", "Phone") else channel_target(served, channel)
        cells = row(printed, queue, channel)
        assert cells[0] == f"{value:.2%}"
        assert f"at least {target:.2%}" in cells
        assert cells[-1] == ("met" if value >= target else "below")


def channel_target(served, channel):
    (target,) = served.execute(
        """
        select target_low from marts.dim_kpi_target
        where kpi_name = 'service_level' and target_kind = 'own' and queue_name = 'All queues' and channel_name = ?
        """,
        [channel],
    ).fetchone()
    return target


def test_dates_restrict_both_ends_included(ask, served):
    code, printed = ask("contacts_offered", "--by", "offered_date", "--from", "2026-10-12", "--to", "2026-10-14")
    assert code == 0
    days = served.execute(
        """
        select offered_date, sum(offered_count) from marts.fact_queue_visits
        where offered_date between date '2026-10-12' and date '2026-10-14'
        group by all
        """
    ).fetchall()
    assert {day for day, _ in days} == {date(2026, 10, 12), date(2026, 10, 13), date(2026, 10, 14)}
    assert served.execute(printed_sql(printed)).fetchall() == [
        (day, offered, offered, None, offered) for day, offered in sorted(days)
    ]


def test_a_threshold_of_ones_own_changes_the_value(ask, served):
    values = {}
    for seconds in ("20", "60"):
        code, printed = ask("service_level", "--by", "channel_name", "--threshold", seconds)
        assert code == 0
        values[seconds] = row(printed, "Phone")[0]
        (value,) = served.execute(
            f"select service_level(v, {seconds}) from marts.fact_queue_visits as v where channel_name = 'Phone'"
        ).fetchone()
        assert values[seconds] == f"{value:.2%}"
    assert values["20"] < values["60"]


def test_the_list_names_every_kpi(ask, served):
    code, printed = ask()
    assert code == 0
    listed = {line.split()[0] for line in printed.splitlines() if line.startswith("  ")}
    assert listed == {name for (name,) in served.execute("select kpi_name from marts.dim_kpi").fetchall()}


def test_every_kpi_is_shown_with_sql_that_runs(ask, served):
    for name, needed in served.execute("select kpi_name, needed_dimension from marts.dim_kpi").fetchall():
        code, printed = ask(name, *(["--by", needed] if needed else []))
        assert code == 0, printed
        assert served.execute(printed_sql(printed)).fetchall(), name


def test_the_printed_sql_gives_the_printed_value(ask, served):
    _, printed = ask("abandonment_rate", "--by", "queue_name", "--to", "2026-10-18")
    for queue, value, *_ in served.execute(printed_sql(printed)).fetchall():
        assert row(printed, queue)[0] == ("-" if value is None else f"{value:.2%}")


def test_without_a_served_file_it_says_what_to_do(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("CONTACT_CENTER_FILE", str(tmp_path / "gone.duckdb"))
    assert kpi.main(["service_level"]) == 2
    assert "gone.duckdb: run `make build` first." in capsys.readouterr().err


@pytest.mark.parametrize(
    "name, hint",
    [
        ("abandonment", "did you mean abandonment_rate?"),
        ("rate", "did you mean"),
        ("xyz", "`make kpi` lists them all."),
    ],
)
def test_an_unknown_name_is_answered_with_the_nearest_ones(name, hint):
    with pytest.raises(RefusedError) as refusal:
        known_kpi(name, ["service_level", "abandonment_rate", "answer_rate"])
    assert hint in str(refusal.value)


def test_a_dimension_is_given_back_or_refused():
    assert valid_dimension("service_level", "queue_name", ["queue_name"], {}) == "queue_name"
    with pytest.raises(RefusedError, match=r"service_level has no meaning by agent_name\. Nobody waits for one\."):
        valid_dimension("service_level", "agent_name", ["queue_name"], {"agent_name": "Nobody waits for one."})
    with pytest.raises(RefusedError, match="it is by queue_name and channel_name"):
        valid_dimension("service_level", "moon", ["queue_name", "channel_name"], {})


def test_the_macro_in_the_file_carries_the_definition_as_its_comment():
    with duckdb.connect(served_file(), read_only=True) as connection:
        uncommented = connection.execute(
            """
            select kpi_name
            from marts.dim_kpi
            left join duckdb_functions() on function_name = kpi_name and function_type = 'macro'
            where
                comment is distinct from definition
                or not contains(definition, vendor_divergence)
                or not contains(definition, counts)
                or not contains(definition, dimensions)
            """
        ).fetchall()
    assert not uncommented


# One process for all of them: starting dbt takes longer than everything that it compiles here.
COMPILE = """
import sys
from dbt.cli.main import dbtRunner
dbt = dbtRunner()
for table in sys.argv[1:]:
    assert not dbt.invoke(["compile", "--inline", "{{ kpi_table(" + table + ") }}"]).success
"""


def test_a_kpi_table_refuses_what_has_no_meaning(tmp_path):
    refused = {
        "'day', by='agent', kpis=['service_level']": "service_level has no meaning by agent. Nobody has been chosen",
        "'day', kpis=['servce_level']": "There is no KPI 'servce_level' in the registry.",
        "'year'": "A KPI table is of interval, day, month, not of 'year'.",
        "'day', by='moon'": "A KPI table is by center, channel, queue, reason, team, agent, not by 'moon'.",
    }
    if (parsed := ROOT / "target" / "partial_parse.msgpack").is_file():
        shutil.copy(parsed, tmp_path)
    run = subprocess.run(
        [sys.executable, "-c", COMPILE, *refused],
        cwd=ROOT,
        env={
            **os.environ,
            "DBT_TARGET_PATH": str(tmp_path),
            "DBT_LOG_PATH": str(tmp_path),
            "CONTACT_CENTER_BUILD_FILE": str(tmp_path / "build.duckdb"),
        },
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    for reason in refused.values():
        assert reason in run.stdout
