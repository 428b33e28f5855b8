"""The benchmark measures what it says, stops when numbers differ, and writes its page section by section."""

import copy
import json
import shutil
import sys
import tempfile
from pathlib import Path

import duckdb
import pytest

from scripts.benchmark.warehouse import candidates, comparing, disk, measuring, report
from scripts.benchmark.warehouse.__main__ import main
from scripts.benchmark.warehouse.dbt_runs import Warehouse, busy_seconds
from scripts.benchmark.warehouse.landing import Landing, Size

COST = {"seconds": 100.0, "cpu_seconds": 150.0, "memory": 5 * 2**30, "disk": 10**9, "parts": {}}
SQL = {"sql_seconds": 90.0, "file": 10**9, "slowest": [["model.contact_center.fact_contacts", 12.5]]}


def figures(contacts, years=1, **runs):
    """Results of a run: costs by name, each with seconds and parts of its own."""
    full_build = {"seconds": 100.0, "parts": SQL}
    return {
        "contacts": contacts,
        "years": years,
        "date": "2026-11-26",
        "machine": "A machine",
        "landing": {"rows": 5 * contacts, "seconds": contacts / 2e6, "bytes": 10**9},
        "disk_announced": 3 * 10**9,
        "runs": {name: COST | cost for name, cost in ({"full_build": full_build} | runs).items()},
        "compared": {},
        "gave_up": {},
    }


def judged(results, *others):
    known = {(one["contacts"], one["years"]): one for one in (results, *others)}
    return {target: (measured, met) for target, measured, met in report.targets(results, known)}


def test_a_run_replaces_its_own_section_only(tmp_path):
    page = tmp_path / "docs" / "performance.md"
    report.write(page, figures(10_000_000))
    report.write(page, figures(1_000_000))
    first = page.read_text()
    assert first.index("## 1,000,000 contacts") < first.index("## 10,000,000 contacts")
    slower = copy.deepcopy(figures(1_000_000))
    slower["runs"]["full_build"]["seconds"] = 123.4
    report.write(page, slower)
    second = page.read_text()
    assert second != first
    assert second.count("\n## ") == 2
    tens = "## 10,000,000 contacts"
    assert second[second.index(tens) :] == first[first.index(tens) :]
    assert "| full build | 123.4 |" in second


def test_targets_are_judged_by_what_was_measured():
    day = {"seconds": 9.0, "parts": {"sql_seconds": 4.0}}
    met = judged(
        figures(10_000_000, next_day=day, by_hand={"seconds": 60.0}, postgres={"seconds": 1_500.0, "parts": {}})
    )
    assert met["full build within 2 times by hand"] == ("1.7 times", True)
    assert met["one more day within 5 s of SQL"] == ("4.0 s", True)
    assert met["10 times faster than PostgreSQL"] == ("15.0 times", True)
    assert met["full build under 12 GiB"] == ("5.0 GiB", True)
    missed = judged(figures(10_000_000, next_day=day | {"parts": {"sql_seconds": 5.1}}, by_hand={"seconds": 40.0}))
    assert missed["full build within 2 times by hand"] == ("2.5 times", False)
    assert missed["one more day within 5 s of SQL"] == ("5.1 s", False)


def test_who_did_not_finish_took_at_least_as_long_as_was_waited():
    results = figures(10_000_000) | {"gave_up": {"postgres": 2_400}}
    results["compared"]["postgres"] = "did not finish within 40 minutes"
    assert judged(results)["10 times faster than PostgreSQL"] == ("more than 24.0 times", True)
    assert "- PostgreSQL: did not finish within 40 minutes." in report.section(results, {})


def test_a_larger_size_is_judged_beside_the_smaller_one():
    ten = figures(10_000_000, next_day={"parts": {"sql_seconds": 4.0}})
    hundred = figures(100_000_000)
    hundred["runs"]["full_build"]["seconds"] = 1_301.0
    assert judged(hundred, ten)["cost per contact at most 1.3 times that of 10 million"] == ("1.30 times", False)
    three_years = figures(10_000_000, years=3, next_day={"parts": {"sql_seconds": 4.2}})
    assert judged(three_years, ten)["one more day no more expensive than on top of one year"] == ("1.05 times", True)


def test_seconds_in_which_two_nodes_ran_count_once():
    def node(started, completed):
        times = {"started_at": f"2026-11-26T10:00:{started}Z", "completed_at": f"2026-11-26T10:00:{completed}Z"}
        return {"timing": [{"name": "compile"} | times, {"name": "execute"} | times]}

    # 10 to 14 and 20 to 21, whichever came to an end first.
    assert busy_seconds([node("12", "13"), node("10", "12"), node("20", "21"), node("11", "14")]) == 5


def test_a_child_of_a_command_counts(tmp_path):
    nap = "import time; held = bytearray(80_000_000); time.sleep(2.4)"
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {nap!r}])"
    cost = measuring.run([sys.executable, "-c", code], tmp_path / "log", folder=tmp_path)
    assert cost.memory > 80_000_000
    assert 2.4 <= cost.seconds < 20


def test_a_command_that_fails_or_never_ends_gives_no_figure(tmp_path):
    with pytest.raises(measuring.RunError, match="exit code 3"):
        measuring.run([sys.executable, "-c", "raise SystemExit(3)"], tmp_path / "log")
    with pytest.raises(measuring.RunError, match="did not finish within"):
        measuring.run([sys.executable, "-c", "import time; time.sleep(60)"], tmp_path / "log", limit=0.5)


def test_a_run_that_the_disk_cannot_hold_is_refused(tmp_path):
    assert disk.refuse_if_short(tmp_path, 1_000, [], {}) == disk.needed(1_000, [], {})
    with pytest.raises(disk.DiskError, match=r"1,000,000,000,000 contacts need .* GB are free"):
        disk.refuse_if_short(tmp_path, 10**12, [], {})


def test_nothing_is_written_by_a_benchmark_that_does_not_start(tmp_path, monkeypatch, capsys):
    page = tmp_path / "performance.md"
    folder = tmp_path / "work"
    monkeypatch.setattr(sys, "argv", ["bench", "1e12", "--folder", str(folder), "--report", str(page)])
    monkeypatch.setenv("CONTACT_CENTER_SALT", "unchanged by others")
    assert main() == 2
    assert "GB are free" in capsys.readouterr().err
    assert list(folder.iterdir()) == []
    assert not page.exists()


def test_the_disk_of_a_smaller_run_tells_that_of_a_larger_one():
    # 1,000 bytes per contact landed; 1,000 of the build and 500 of the day after it, 2,000 of PostgreSQL.
    million = figures(1_000_000, next_day={"disk": 500_000_000}, postgres={"disk": 2 * 10**9})
    known = {(1_000_000, 1): million, (1_000_000, 3): figures(1_000_000, years=3)}
    assert disk.needed(10_000_000, [], known) == disk.FIXED + 1.25 * 10_000_000 * 2_500
    assert disk.needed(10_000_000, ["postgres"], known) == disk.FIXED + 1.25 * 10_000_000 * 3_000
    assert disk.needed(1_000_000, [], known) == disk.needed(1_000_000, [], {})


@pytest.fixture
def results(tmp_path):
    """Files of results, each with one fact and two KPI values."""

    def made(name, count=2, total=30, value=0.5):
        file = tmp_path / f"{name}.duckdb"
        with duckdb.connect(file) as connection:
            comparing.write_sums(connection, "fact_contacts", {"handle_seconds": ""}, (count, count, total))
            connection.execute(
                "create table kpi_values (kpi_table varchar, kpi_date date, queue_key bigint, channel_key bigint,"
                " agent_key bigint, kpi_name varchar, value double)"
            )
            connection.executemany(
                "insert into kpi_values values ('kpi_daily', $1, null, null, null, 'answer_rate', $2)",
                [["2025-01-02", value], ["2025-01-03", 0.25]],
            )
        return file

    return made


def test_equal_numbers_are_found_equal(results):
    words, found = comparing.differences(results("expected"), results("candidate", value=0.5 + 1e-12))
    assert found == []
    assert words == "1 marts with the sums of 1 columns, 1 daily KPIs with 2 values"


@pytest.mark.parametrize(
    ("other", "text"),
    [
        ({"count": 3}, "fact_contacts.*: 2 values"),
        ({"total": 31}, "fact_contacts.handle_seconds: 2 values, 30; candidate: 2 values, 31"),
        ({"value": 0.500001}, "kpi_daily.answer_rate: 1 values differ, on 2025-01-02 0.5 and 0.500001"),
        ({"value": None}, "kpi_daily.answer_rate: 1 values differ"),
    ],
)
def test_a_number_that_differs_is_named(results, other, text):
    _, found = comparing.differences(results("expected"), results("candidate", **other))
    assert any(line.startswith(text) for line in found)


@pytest.fixture
def open_folder():
    """A folder that the account of PostgreSQL's server gets through to, which pytest's own are not."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


def test_a_column_may_be_missing_in_a_partial_candidate_only(results):
    expected, candidate = results("expected"), results("candidate")
    with duckdb.connect(candidate) as connection:
        connection.execute("delete from fact_sums where column_name = 'handle_seconds'")
    assert comparing.differences(expected, candidate, is_partial=True)[1] == []
    _, found = comparing.differences(expected, candidate)
    assert found == ["fact_contacts.handle_seconds: 2 values, 30; candidate: None values, None"]


@pytest.mark.slow
def test_all_candidates_give_the_numbers_of_the_warehouse(open_folder, monkeypatch):
    monkeypatch.setenv("CONTACT_CENTER_SALT", "benchmark")
    with Landing(Size(10_000)) as landing:
        landing.write_history(open_folder / "landing" / "files")
    warehouse = Warehouse(open_folder / "warehouse", open_folder / "landing")
    warehouse.folder.mkdir()
    cost = warehouse.build("full_build")
    assert 0 < cost.parts["sql_seconds"] < cost.seconds
    expected = open_folder / "expected.duckdb"
    comparing.warehouse_results(warehouse.build_file, expected)
    shutil.rmtree(warehouse.folder)
    measured = [name for name in candidates.CANDIDATES if not candidates.missing(name)]
    assert "by_hand" in measured
    for name in measured:
        work = candidates.Work(open_folder / "landing" / "files", open_folder / name, expected)
        _, words = candidates.measure(name, work)
        assert "daily KPIs" in words
        assert not work.folder.exists()


def test_the_figures_of_a_section_are_kept_in_it(tmp_path):
    page = tmp_path / "performance.md"
    report.write(page, figures(1_000_000))
    assert report.read(page) == {(1_000_000, 1): json.loads(json.dumps(figures(1_000_000)))}
