"""A macro that dispatches by engine has an implementation for every engine that the project runs on."""

import re
from pathlib import Path

import pytest

ENGINES = ("duckdb", "spark")
SQL = "\n".join(path.read_text(encoding="utf-8") for path in sorted(Path("macros").rglob("*.sql")))
DISPATCHED = sorted(set(re.findall(r"adapter\.dispatch\('(\w+)'\)", SQL)))


def test_there_are_dispatched_macros():
    assert "surrogate_key" in DISPATCHED


@pytest.mark.parametrize("engine", ENGINES)
def test_each_engine_has_its_implementation(engine):
    implemented = set(re.findall(rf"macro (?:{engine}|default)__(\w+)\(", SQL))
    assert not set(DISPATCHED) - implemented
