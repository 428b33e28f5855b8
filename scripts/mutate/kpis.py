"""Mutants of the KPIs' SQL, judged by the worked examples."""

import csv
from collections.abc import Iterator
from functools import partial
from io import StringIO
from math import isclose

import duckdb
import sqlglot
from sqlglot import exp

from scripts import kpi_examples
from scripts.mutate.mutants import NO_SQL, BrokenMutantError, Judge, Mutant, MutationError, mutants_of

# fact_contacts is a view over what decides most of its components.
WORKED_OUT_BEFORE = {"fact_contacts": "contact_paths"}
# As in tests/python/test_kpi_examples.py.
TOLERANCE = {"rel_tol": 1e-6, "abs_tol": 1e-6}


class Examples:
    """Each worked example with its rows in a schema of its own."""

    def __init__(self, warehouse: duckdb.DuckDBPyConnection):
        self._connection = duckdb.connect(config={"threads": 1})
        self.kpis = kpi_examples.kpis_of(warehouse)
        self._family = dict(warehouse.execute("select kpi_name, family from marts.dim_kpi").fetchall())
        self._of_kpi = {}
        types = kpi_examples.column_types_of(warehouse)
        for number, (_, example) in enumerate(kpi_examples.examples()):
            schema = f"example_{number}"
            self._connection.execute(f"create schema {schema}")
            self._connection.execute(f"use memory.{schema}")
            for name in example["expect"]:
                self._of_kpi.setdefault(name, []).append((schema, example))
            relation = example.get("over", self.kpis[next(iter(example["expect"]))].relation)
            kpi_examples.create_rows(self._connection, example["rows"], relation, types)

    def mutants(self) -> Iterator[tuple[str, Judge]]:
        for name, kpi in sorted(self.kpis.items()):
            columns = self._columns(name)
            for part, sql in self._parts(kpi):
                tree = sqlglot.parse_one(f"select {sql}", read="duckdb")
                place = name if part == "value" else f"{name}.{part}"
                for mutant in mutants_of(place, tree.expressions, columns):
                    yield mutant.name, partial(self._caught_by, name, part, mutant)

    def family_of(self, mutant: str) -> str:
        return self._family[mutant.split(":")[0].split(".")[0]]

    def components(self) -> dict[str, set[str]]:
        """The columns that KPIs add up, by the fact that has them."""
        found = {}
        for kpi in self.kpis.values():
            columns = {
                column.name
                for sql in (kpi.value, kpi.observations, kpi.with_parameter)
                if sql
                for column in sqlglot.parse_one(sql, read="duckdb").find_all(exp.Column)
                if column.table == "v"
            }
            for relation in filter(None, [kpi.relation, *kpi.also_over.split(", ")]):
                found.setdefault(relation, set()).update(columns)
        found[WORKED_OUT_BEFORE["fact_contacts"]] = found["fact_contacts"]
        return dict(sorted(found.items()))

    def _caught_by(self, name: str, part: str, mutant: Mutant) -> str | None:
        return self._failing(name, part, mutant.sql().removeprefix("SELECT "))

    def check(self):
        """The SQL as the parser writes it must give what the examples say, or it would tell of the parser."""
        for name, kpi in self.kpis.items():
            for part, sql in self._parts(kpi):
                written = sqlglot.parse_one(f"select {sql}", read="duckdb").sql("duckdb").removeprefix("SELECT ")
                failing = self._failing(name, part, written)
                if failing:
                    raise MutationError(f"{name} does not give {failing} even without a change. Run make build first.")

    def _failing(self, name, part, sql):
        """The first example that is not as it says when this SQL stands for that part, and for what follows from it."""
        kpi = self.kpis[name]
        changed = {part: sql} if part != "value" else self._parts_of_value(kpi, sql)
        kpi = kpi._replace(**changed)
        errors, ran = [], False
        for schema, example in self._of_kpi[name]:
            if (part == "with_parameter") != ("with" in example):
                continue
            self._connection.execute(f"use memory.{schema}")
            try:
                holds = self._holds(kpi, name, ["value"] if "with" in example else changed, example)
            except NO_SQL as error:
                errors.append(error)
                continue
            except duckdb.Error:
                holds = False
            if not holds:
                return example["name"]
            ran = True
        if errors and not ran:
            raise BrokenMutantError(errors[0])
        return None

    def _holds(self, kpi, name, parts, example):
        expected = kpi_examples.expected_by_member(example, example["expect"][name])
        for part in parts:
            told = {member: numbers[part] for member, numbers in expected.items() if part in numbers}
            if told:
                sql = kpi_examples.expression(self._connection, kpi, part, example.get("with"))
                found = kpi_examples.computed(self._connection, sql, example.get("by"))
                if any(not _equal(found[member], number) for member, number in told.items()):
                    return False
        return True

    @staticmethod
    def _parts_of_value(kpi, sql):
        """A ratio hands its numerator and denominator on: what changes in the value changes in them."""
        changed = {"value": sql}
        tree = sqlglot.parse_one(sql, read="duckdb")
        if isinstance(tree, exp.Div) and isinstance(tree.expression, exp.Nullif):
            denominator = tree.expression.this.sql("duckdb")
            changed["numerator"] = tree.this.sql("duckdb")
            changed["denominator"] = f"cast({denominator} as double)"
            if _inner(kpi.observations) == _inner(kpi.denominator):
                changed["observations"] = f"cast({denominator} as bigint)"
        return changed

    @staticmethod
    def _parts(kpi):
        yield "value", kpi.value
        # Where they are the denominator, they change with it.
        if _inner(kpi.observations) != _inner(kpi.denominator):
            yield "observations", kpi.observations
        if kpi.with_parameter:
            yield "with_parameter", kpi.with_parameter

    def _columns(self, name):
        """All columns that its examples have."""
        headers = [next(csv.reader(StringIO(example["rows"]))) for _, example in self._of_kpi[name]]
        return sorted({column for header in headers for column in header})


def _inner(sql: str) -> str:
    """What stands in the outermost cast."""
    tree = sqlglot.parse_one(sql, read="duckdb")
    return (tree.this if isinstance(tree, exp.Cast) else tree).sql("duckdb")


def _equal(found, expected) -> bool:
    if found is None or expected is None:
        return found is expected
    return isclose(float(found), kpi_examples.number_of(str(expected)), **TOLERANCE)
