"""What the README shows is what its commands print on the sample."""

import re
import subprocess
from pathlib import Path

import pytest

from scripts import kpi
from scripts.publish import served_file
from scripts.summary import summary

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DEFAULT_FILE = Path("warehouse/contact_center.duckdb")
# DuckDB packs the same rows into more or fewer blocks from one build to the next.
SIZE_TOLERANCE = 0.2


@pytest.fixture(autouse=True)
def served_where_the_readme_looks():
    if served_file() != DEFAULT_FILE or not (ROOT / DEFAULT_FILE).exists():
        pytest.skip(f"the sample is not published as {DEFAULT_FILE}; `make build` does it")


def test_summary():
    # Its last part, what to do next, is told in the README's own words. The exact size differs by build.
    shown = summary(DEFAULT_FILE).split("\n\nOpen the file")[0].split(") holds ", 1)[1]
    assert shown in README


def test_size_of_the_served_file():
    shown = float(re.search(rf"^{DEFAULT_FILE.as_posix()} \(([\d.]+) MB\) holds", README, re.MULTILINE)[1])
    assert (ROOT / DEFAULT_FILE).stat().st_size / 1e6 == pytest.approx(shown, rel=SIZE_TOLERANCE)


def test_first_query():
    command = README.split("```sh\n")[2].split("```")[0]
    answer = README.split("```\n\n```\n", 1)[1].split("\n```")[0]
    printed = subprocess.run(command, shell=True, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert "service_level(v)" in command
    assert printed.strip() == answer


def test_kpi_excerpt(capsys):
    name, by = re.search(r"^make kpi NAME=(\w+) BY=(\w+)$", README, re.MULTILINE).groups()
    excerpt = README.split(f"make kpi NAME={name} BY={by}\n```\n\n```\n", 1)[1].split("\n```")[0].splitlines()
    assert kpi.main([name, "--by", by]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert [line for line in printed if line in excerpt] == [line for line in excerpt if line.strip() != "..."]
