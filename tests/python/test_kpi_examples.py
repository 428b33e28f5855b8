"""Every KPI gives what its worked examples in tests/kpi_examples say, by the SQL that the build publishes."""

import re

import duckdb
import pytest

from scripts.kpi_examples import (
    column_types_of,
    computed,
    create_rows,
    examples,
    expected_by_member,
    expression,
    kpis_of,
    number_of,
)

KEYS = {"name", "description", "rows", "expect", "with", "over", "by"}
PARTS = {"value", "numerator", "denominator", "observations"}
# Expected values are written with at least six digits.
TOLERANCE = {"rel": 1e-6, "abs": 1e-6}


@pytest.fixture(scope="module")
def kpis(warehouse):
    return kpis_of(warehouse)


@pytest.fixture(scope="module")
def column_types(warehouse):
    return column_types_of(warehouse)


def test_every_kpi_has_an_example(kpis):
    shown = {kpi for _, example in examples() for kpi in example["expect"]}
    assert not kpis.keys() - shown, "these KPIs have no worked example"
    assert not shown - kpis.keys(), "these examples are of no KPI"


@pytest.mark.parametrize(
    "example", [pytest.param(example, id=f"{family}-{example['name']}") for family, example in examples()]
)
def test_example(example, kpis, column_types):
    assert set(example) <= KEYS
    to_fill_in = [key for key, said in example.items() if re.search(r"\bTODO\b|\btodo_", str(said))]
    assert not to_fill_in, f"fill in {', '.join(to_fill_in)} of this example; `make todo` lists all that is left"
    for name, expected in example["expect"].items():
        kpi = kpis[name]
        relation = example.get("over", kpi.relation)
        assert relation in [kpi.relation, *kpi.also_over.split(", ")]
        with duckdb.connect() as connection:
            create_rows(connection, example["rows"], relation, column_types)
            for member, parts in expected_by_member(example, expected).items():
                assert set(parts) <= PARTS
                for part, text in parts.items():
                    sql = expression(connection, kpi, part, example.get("with"))
                    found = computed(connection, sql, example.get("by"))
                    assert as_number(found[member]) == as_expected(text), f"{name}, {part} of {member or 'all rows'}"


def as_number(value):
    return None if value is None else float(value)


def as_expected(text):
    return None if text is None else pytest.approx(number_of(str(text)), **TOLERANCE)
