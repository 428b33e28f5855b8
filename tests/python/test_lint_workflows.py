"""The lint of the workflows: what a step may run, versions behind hashes, limits of time, concurrency groups."""

import pytest

from scripts.lint_workflows import offenses, targets_of

GOOD = """\
name: checks
on:
  push:
permissions:
  contents: read
concurrency:
  group: checks
jobs:
  test:
    runs-on: ubuntu-24.04
    timeout-minutes: 20
    steps:
      - uses: actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0
      - run: JAVA_HOME="$JAVA_HOME_17_X64" make spark
      - run: make metric-diff BASE="origin/$GITHUB_BASE_REF"
  others:
    uses: ./.github/workflows/others.yml
"""
TARGETS = {"spark", "metric-diff"}


def test_a_workflow_that_keeps_to_the_rules_has_no_offense():
    assert list(offenses(GOOD, TARGETS)) == []


@pytest.mark.parametrize(
    ("old", "new", "offense"),
    [
        ("make spark", "make sparks", "the Makefile has no target sparks"),
        ("make spark", "python -m scripts.spark", "make it a target"),
        ("make spark", "make spark && rm -rf /", "make it a target"),
        ('"$JAVA_HOME_17_X64"', '"$(curl example.com)"', "make it a target"),
        ('"$JAVA_HOME_17_X64"', '"`curl example.com`"', "make it a target"),
        ("JAVA_HOME=", "|\n          make spark\n          make more ", "make it a target"),
        (" # v5.0.0", "", "line 13: give the version behind the hash"),
        (" # v5.0.0", " # v5", "line 13: give the version behind the hash"),
        ("    timeout-minutes: 20\n", "", "job test has no timeout-minutes"),
        ("concurrency:\n  group: checks\n", "", "has no concurrency group"),
        ("permissions:\n  contents: read\n", "", "has no permissions"),
    ],
)
def test_an_offense_says_what_to_do(old, new, offense):
    assert old in GOOD
    [found] = offenses(GOOD.replace(old, new), TARGETS)
    assert offense in found


def test_a_workflow_that_others_call_needs_no_concurrency_group():
    called = GOOD.replace("  push:", "  workflow_call:").replace("concurrency:\n  group: checks\n", "")
    assert list(offenses(called, TARGETS)) == []


def test_targets_are_those_that_the_makefile_names():
    makefile = "LINTS := a\nbuild: .venv ## Build.\n\tdbt build\nlint-sql lint-sources: build\n%.txt: x\n"
    assert targets_of(makefile) == {"build", "lint-sql", "lint-sources"}
