"""What `make kpi` answers and refuses on the served file, and what the generator of the KPI tables refuses."""

import os
import re
import shutil
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from scripts import kpi
from scripts.publish import served_file
from scripts.registry import RefusedError, known_kpi, names_in, needed_dimension, valid_dimension

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
        (["first_contact_resolution", "--threshold", "3"], "first_contact_resolution takes no threshold."),
        (["service_level", "--window-days", "3"], "service_level takes no window_days."),
        (["service_level", "--from", "yesterday"], "FROM=yesterday is no date; write one such as 2026-10-12."),
        (["service_level", "--from", "2026-10-13", "--to", "2026-10-12"], "FROM=2026-10-13 comes after TO=2026-10-12."),
        (
            ["service_level", "--to", "2001-01-01"],
            "no row in that time; offered_date goes from 2026-10-05 to 2026-11-08",
        ),
        (["service_level", "--by", "queue_name, queue_name"], "queue_name is asked for more than once."),
        (["--by", "queue_name"], "it is not said of which KPI: give its NAME"),
        (["", "--threshold", "3"], "it is not said of which KPI: give its NAME"),
        (["channel_share"], "channel_share has no answer in total, ask for it by channel_name. Its denominator"),
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


@pytest.mark.parametrize("option", ["--from", "--to", "--threshold", "--seconds", "--window-days"])
@pytest.mark.parametrize("text", ["1); drop table x; --", "NaN", "-1"])
def test_a_date_or_number_that_is_none_never_reaches_sql(option, text, ask):
    code, printed = ask("service_level", f"{option}={text}")
    assert code == 2
    assert printed.startswith(f"No answer: {option[2:].replace('-', '_').upper()}={text} is no ")
    assert printed.count("\n") == 1


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


@pytest.mark.parametrize(
    "day, target",
    [("2026-10-18", "at most 6.00%"), ("2026-10-19", "at most 5.00%")],
)
def test_a_day_is_judged_by_the_target_of_its_time(day, target, ask):
    _, by_day = ask("abandonment_rate", "--by", "offered_date,channel_name")
    assert target in row(by_day, day, "Phone")
    # The same day as the whole span of the question.
    _, asked = ask("abandonment_rate", "--by", "channel_name", "--from", day, "--to", day)
    assert target in row(asked, "Phone")
    assert row(asked, "Phone")[-1] in ("met", "above")


def test_a_target_that_changes_within_the_span_judges_nothing(ask):
    for span in ([], ["--from", "2026-10-18", "--to", "2026-10-19"]):
        _, printed = ask("abandonment_rate", "--by", "channel_name,queue_name", *span)
        assert row(printed, "Phone", "Billing")[-2:] == ["changed", "-"]
        # A target of its own goes on through the change of that of its channel.
        assert row(printed, "Phone", "Sales")[-2] == "at most 4.00%"
    _, printed = ask("abandonment_rate", "--by", "channel_name", "--to", "2026-10-18")
    assert row(printed, "Phone")[-2] == "at most 6.00%"


def test_a_target_that_starts_later_is_not_in_force():
    with duckdb.connect() as connection:
        connection.execute(
            """
            create schema marts;
            create table marts.dim_kpi_target as
            select
                'k' as kpi_name, 'own' as target_kind, 'All queues' as queue_name, 'All channels' as channel_name,
                'All reasons' as contact_reason_name, date '2026-02-01' as valid_from, date '9999-12-31' as valid_to,
                0.5::double as target_low, null::double as target_high
            """
        )
        definition = {"kpi_name": "k", "time_column": "day"}
        span = (date(2026, 1, 1), date(2026, 1, 31))
        for by, members, end, target in (
            ([], (), span[1], (None, None)),
            ([], (), date(2026, 2, 1), None),
            (["day"], (date(2026, 1, 31),), date(2026, 2, 1), (None, None)),
            (["day"], (date(2026, 2, 1),), date(2026, 2, 1), (0.5, None)),
        ):
            assert kpi.own_targets(connection, definition, by, (span[0], end))(members) == target


@pytest.mark.parametrize(
    "value, low, high, word",
    [
        (None, 1, 2, "no value"),
        (None, None, None, "no value"),
        (1, None, None, "no target"),
        (1, 1, None, "met"),
        (1, 2, 3, "below"),
        (4, 2, 3, "above"),
    ],
)
def test_the_words_of_a_status(value, low, high, word):
    assert kpi.status(value, low, high) == word


def test_parts_show_decimals_where_one_is_not_whole():
    assert kpi.parts([1000.0, Decimal("2.000"), None]) == ["1,000", "2", "-"]
    assert kpi.parts([1000.0, 2.5]) == ["1,000.00", "2.50"]


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
        # A target is of the definition, so the value is all there is to say.
        assert row(printed, "Phone") == [f"{value:.2%}"]
        assert "status" not in printed and "at least" not in printed
        assert "in which service_level(v, threshold) is" in printed and "v.wait_seconds <= threshold" in printed
    assert values["20"] < values["60"]


def test_a_parameter_is_any_that_the_registry_has(ask, served):
    for name, parameter in served.execute(
        "select kpi_name, parameter_name from marts.dim_kpi where parameter_name <> 'within'"
    ).fetchall():
        code, printed = ask(name, f"--{parameter.replace('_', '-')}", "1.5")
        assert code == 0, printed
        assert served.execute(printed_sql(printed)).fetchall(), name


def test_make_hands_over_a_question_that_no_shell_reads(tmp_path):
    evil = f'$$(touch {tmp_path}/a)"; touch {tmp_path}/b; `touch {tmp_path}/c` "'
    run = subprocess.run(
        ["make", "-o", ".venv/build.installed", "kpi", "NAME=service_level", f"BY={evil}"],
        cwd=ROOT,
        env={**os.environ, "CONTACT_CENTER_FILE": str(served_file().absolute())},
        capture_output=True,
        text=True,
    )
    assert f"service_level is not known by {evil.replace('$$', '$')};" in run.stderr
    assert not list(tmp_path.iterdir())


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


def test_every_kpi_is_shown_by_its_dates(ask, served):
    for name, time, needed in served.execute(
        "select kpi_name, time_column, needed_dimension from marts.dim_kpi"
    ).fetchall():
        code, printed = ask(name, "--by", ",".join(filter(None, [time, needed])))
        assert code == 0, printed
        assert not re.search(r" changed +-$", printed, re.MULTILINE)


def test_the_printed_sql_gives_the_printed_value(ask, served):
    _, printed = ask("abandonment_rate", "--by", "queue_name", "--to", "2026-10-18")
    for queue, value, *_ in served.execute(printed_sql(printed)).fetchall():
        assert row(printed, queue)[0] == ("-" if value is None else f"{value:.2%}")


def test_without_a_served_file_it_says_what_to_do(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("CONTACT_CENTER_FILE", str(tmp_path / "gone.duckdb"))
    assert kpi.main(["service_level"]) == 2
    assert "gone.duckdb: run `make build` first." in capsys.readouterr().err


def test_a_file_of_something_else_is_refused_in_one_sentence(tmp_path, monkeypatch, capsys):
    other = tmp_path / "other.duckdb"
    monkeypatch.setenv("CONTACT_CENTER_FILE", str(other))
    other.write_text("no database at all")
    assert kpi.main(["service_level"]) == 2
    assert "other.duckdb cannot be read: " in capsys.readouterr().err
    other.unlink()
    duckdb.connect(other).close()
    assert kpi.main([]) == 2
    assert "other.duckdb holds no KPIs: run `make build` first." in capsys.readouterr().err


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


def test_a_needed_dimension_is_asked_for():
    needed_dimension("channel_share", ["channel_name", "outcome"], "channel_name", "It is a share.")
    needed_dimension("service_level", [], None, None)
    with pytest.raises(RefusedError, match=r"ask for it by channel_name\. It is a share\."):
        needed_dimension("channel_share", ["outcome"], "channel_name", "It is a share.")


def test_names_are_separated_by_commas():
    assert names_in(" queue_name ,channel_name,, ") == ["queue_name", "channel_name"]
    assert names_in(" ") == []
    with pytest.raises(RefusedError, match="a is asked for more than once"):
        names_in("a, b, a")


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


# One process for all of them: starting dbt takes longer than everything that it compiles here. It opens no build
# file, so it can name the one of the parse that it goes on from: with another, dbt would parse everything again.
COMPILE = """
import sys
from dbt.cli.main import dbtRunner
dbt = dbtRunner()
for table in sys.argv[1:]:
    inline = ["--inline", "{{ kpi_table(" + table + ") }}"]
    assert not dbt.invoke(["compile", "--no-populate-cache", "--no-introspect", *inline]).success
"""


def test_a_kpi_table_refuses_what_has_no_meaning(tmp_path):
    refused = {
        "'day', by='agent', kpis=['service_level']": "service_level has no meaning by agent. Nobody has been chosen",
        "'day', kpis=['servce_level']": "There is no KPI 'servce_level' in the registry.",
        "'year'": "A KPI table is of interval, day, month, not of 'year'.",
        "'day', by='moon'": "A KPI table is by center, channel, queue, reason, team, agent, campaign, currency, not",
    }
    if (parsed := ROOT / "target" / "partial_parse.msgpack").is_file():
        shutil.copy(parsed, tmp_path)
    run = subprocess.run(
        [sys.executable, "-c", COMPILE, *refused],
        cwd=ROOT,
        env={**os.environ, "DBT_TARGET_PATH": str(tmp_path), "DBT_LOG_PATH": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    for reason in refused.values():
        assert reason in run.stdout
