"""Count what `make test` ran: every dbt result, every pytest test, every other check as one.

`make test` leaves each check's exit code in target/checks/<check>, dbt's results and pytest's
report beside them. A check that failed without a counted failure, or left no report, counts one.
"""

import json
import sys
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

CHECKS = Path("target/checks")
DBT_PASSED = ("success", "pass", "warn")


def dbt_results() -> Counter:
    results = json.loads((CHECKS / "run_results.json").read_text(encoding="utf-8"))["results"]
    statuses = [result["status"] for result in results if result["status"] != "no-op"]
    passed = sum(status in DBT_PASSED for status in statuses)
    return Counter(passed=passed, failed=len(statuses) - passed)


def pytest_results() -> Counter:
    counts = Counter()
    for suite in ElementTree.parse(CHECKS / "pytest.xml").iter("testsuite"):
        failed = int(suite.get("failures")) + int(suite.get("errors"))
        skipped = int(suite.get("skipped"))
        counts += Counter(passed=int(suite.get("tests")) - failed - skipped, failed=failed, skipped=skipped)
    return counts


REPORTS = {"test-dbt": dbt_results, "test-python": pytest_results}


def count(check: str, exit_code: int) -> Counter:
    try:
        counts = REPORTS.get(check, Counter)()
    except (OSError, ValueError, ElementTree.ParseError):
        counts = Counter()
    if exit_code and not counts["failed"]:
        counts["failed"] = 1
    elif not counts:
        counts["passed" if check not in REPORTS else "failed"] = 1
    return counts


def main() -> int:
    total = Counter()
    for check in sys.argv[1:]:
        counts = count(check, int((CHECKS / f"{check}.exit").read_text()))
        print(f"{check:<12}", ", ".join(f"{number} {what}" for what, number in counts.items()))
        total += counts
    line = f"{total['passed']} passed, {total['failed']} failed"
    (CHECKS / "total").write_text(line + "\n")
    print(line)
    return 1 if total["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
