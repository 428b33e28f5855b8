"""The last line of CI counts what ran, and never hides what did not."""

import json

import pytest

from scripts import ci_summary


@pytest.fixture(autouse=True)
def checks(tmp_path, monkeypatch):
    monkeypatch.setattr(ci_summary, "CHECKS", tmp_path)
    return tmp_path


def test_dbt_results_count_one_by_one(checks):
    statuses = ["success", "pass", "warn", "no-op", "fail", "error", "skipped"]
    results = {"results": [{"status": status} for status in statuses]}
    (checks / "run_results.json").write_text(json.dumps(results))
    assert ci_summary.count("test-dbt", 1) == {"passed": 3, "failed": 3}


def test_skipped_python_tests_are_neither_passed_nor_failed(checks):
    (checks / "pytest.xml").write_text(
        '<testsuites><testsuite tests="9" failures="2" errors="1" skipped="3"/></testsuites>'
    )
    assert ci_summary.count("test-python", 1) == {"passed": 3, "failed": 3, "skipped": 3}


@pytest.mark.parametrize(
    ("check", "exit_code", "counts"),
    [
        ("lint-sql", 0, {"passed": 1}),
        ("lint-sql", 1, {"failed": 1}),
        ("test-dbt", 2, {"failed": 1}),
        ("test-dbt", 0, {"failed": 1}),
    ],
)
def test_a_check_without_a_report_counts_one(check, exit_code, counts):
    assert ci_summary.count(check, exit_code) == counts


def test_a_failed_run_is_not_all_passed(checks):
    (checks / "run_results.json").write_text(json.dumps({"results": [{"status": "pass"}]}))
    assert ci_summary.count("test-dbt", 1) == {"passed": 1, "failed": 1}
