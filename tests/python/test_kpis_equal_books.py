"""Every KPI of the build is what the simulation's books say, in total and by the dimensions that the books know.

The books are kept by the simulation as things happen. What is computed from them is in `books_kpis`.
"""

from collections import defaultdict
from math import isclose

import pytest
from books_kpis import KPIS, Index, Share, Shelf

ANYTHING = object()


@pytest.fixture(scope="module")
def shelf(simulated):
    return Shelf(simulated)


@pytest.fixture(scope="module")
def registry(warehouse):
    """Per KPI its dimensions, its relation and the SQL of its value and parts."""
    rows = warehouse.execute(
        """
        select
            kpi_name, string_split(dimensions, ', '), relation, expression, numerator_expression,
            denominator_expression
        from marts.dim_kpi
        """
    ).fetchall()
    return {name: columns for name, *columns in rows}


@pytest.mark.parametrize("name", KPIS)
def test_kpi_equals_books(name, shelf, warehouse, registry):
    assert name in registry, f"{name} is no KPI"
    kpi, (dimensions, *columns) = KPIS[name], registry[name]
    entries = shelf.entries(kpi.entries)
    assert entries, f"the books have nothing for {name}"
    assert differences(in_mart(warehouse, *columns), {"total": parts(kpi.of(entries, entries))}) == []

    known = [dimension for dimension in dimensions if hasattr(entries[0], dimension)]
    assert known, f"the books know none of {dimensions}"
    for dimension in known:
        groups = defaultdict(list)
        for entry in entries:
            groups[getattr(entry, dimension)].append(entry)
        in_books = {member: parts(kpi.of(group, entries)) for member, group in groups.items()}
        assert differences(in_mart(warehouse, *columns, dimension), in_books) == [], dimension


def test_every_kpi_is_known_to_the_books(registry):
    assert not set(registry) - set(KPIS), "give these KPIs a function of their name in tests/python/books_kpis"
    assert not set(KPIS) - set(registry), "these functions of tests/python/books_kpis are of no KPI"


def test_a_difference_is_told():
    half, nothing = (1, 2, 0.5), (0, 0, None)
    assert differences({"a": half, "b": nothing}, {"a": half}) == []
    assert len(differences({"a": half}, {"a": (2, 4, 0.5)})) == 1
    assert len(differences({"a": half}, {"b": half})) == 2
    assert len(differences({"a": (0, 2, 0.0)}, {"a": (0, 3, 0.0)})) == 1


def in_mart(warehouse, relation, value, numerator, denominator, dimension="'total'"):
    """Per member numerator, denominator and value, of the sample."""
    columns = {row[0] for row in warehouse.execute(f"describe marts.{relation}").fetchall()}
    of_sample = "where source_system = 'sample'" if "source_system" in columns else ""
    rows = warehouse.execute(
        f"select {dimension}, {numerator}, {denominator}, {value} from marts.{relation} as v {of_sample} group by 1"
    ).fetchall()
    return {member: tuple(row) for member, *row in rows}


def parts(computed):
    """What books have computed, as the registry gives it: a KPI that is no ratio has no denominator."""
    if isinstance(computed, Index):
        return (ANYTHING, ANYTHING, computed.value)
    if not isinstance(computed, Share):
        return (computed, None, computed)
    part, whole = computed
    return (part, whole, part / whole if whole else None)


def differences(in_mart, in_books):
    """Members that are not the same; one without a value may as well be missing."""
    nothing = (None, None, None)
    pairs = [(m, in_mart.get(m, nothing), in_books.get(m, nothing)) for m in in_mart.keys() | in_books.keys()]
    return [
        f"{member}: {mart} in the mart, {book} in the books"
        for member, mart, book in pairs
        if (any(mart) or any(book)) and not all(map(_same, mart, book))
    ]


def _same(mart, book):
    if mart is None or book is None or book is ANYTHING:
        return mart is book or book is ANYTHING
    return isclose(float(mart), float(book), rel_tol=1e-9, abs_tol=1e-9)
