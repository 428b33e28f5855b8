"""Mutants of what the facts count, judged by the unit tests of the fact."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Timer

import duckdb
import sqlglot
from sqlglot import exp

from scripts.mutate.mutants import NO_SQL, BrokenMutantError, Judge, Mutant, MutationError, mutants_of

FACTS = "models/marts/facts/"
FIXTURE = "__dbt__cte__"
FLAG = "_count"
# A change may turn a rule into work without end, which no test waits for.
LONGEST_SECONDS = 5


@dataclass
class UnitTest:
    name: str
    # The fact's own SQL, the given rows of its inputs taken out: they are tables of this schema.
    tree: exp.Expression
    schema: str
    compared: list[str]
    passing: Counter | None = None


class UnitTests:
    """The unit tests of facts as dbt compiled them, each with its given rows in a schema of its own."""

    def __init__(self, target: Path, components: dict[str, set[str]]):
        """`components` are the columns that KPIs add up, by fact."""
        self._connection = duckdb.connect(config={"threads": 1, "memory_limit": "1GB"})
        self._components = components
        self._tests: dict[str, list[UnitTest]] = {}
        try:
            manifest = json.loads((target / "manifest.json").read_text(encoding="utf-8"))
            for test in manifest["unit_tests"].values():
                if test["original_file_path"].startswith(FACTS) and test["model"] in components:
                    self._add(target, manifest, test)
        except FileNotFoundError as missing:
            raise MutationError(f"{missing.filename} does not exist: run make mutate or make test-dbt.") from missing

    def _add(self, target, manifest, test):
        source = Path(test["original_file_path"])
        compiled = target / "compiled" / manifest["metadata"]["project_name"] / source / source.parent
        tree = sqlglot.parse_one((compiled / f"{test['name']}.sql").read_text(encoding="utf-8"), read="duckdb")
        schema = f"test_{len(self._connection.execute('show schemas').fetchall())}"
        self._connection.execute(f"create schema {schema}")
        for cte in list(tree.ctes):
            if cte.alias.startswith(FIXTURE):
                self._connection.execute(f"create table {schema}.{cte.alias} as {cte.this.sql('duckdb')}")
                cte.pop()
        rows = test["expect"]["rows"]
        compared = sorted({name for row in rows for name in row})
        tests = self._tests.setdefault(test["model"], [])
        tests.append(UnitTest(test["name"], tree, schema, compared))

    def mutants(self) -> Iterator[tuple[str, Judge]]:
        """Each mutant once, though a macro that a test overrides may make other SQL of the fact."""
        for fact in self._components:
            alike = {}
            for test in self._tests.get(fact, []):
                alike.setdefault(test.tree.sql("duckdb"), []).append(test)
            found = {}
            for tests in alike.values():
                for mutant in self._mutants_of(fact, tests[0].tree):
                    found.setdefault(mutant.name, []).append((mutant, tests))
            yield from ((name, partial(self._caught_by, forms)) for name, forms in found.items())

    def without_tests(self) -> list[str]:
        return sorted(self._components.keys() - self._tests.keys())

    def _mutants_of(self, fact, tree):
        for cte, rules in counted(tree, self._components[fact]).items():
            for rule in rules:
                yield from mutants_of(f"{fact}.{cte.alias}.{rule.alias}", [rule.this], names_in(cte.this))

    def _caught_by(self, forms: list[tuple[Mutant, list[UnitTest]]]) -> str | None:
        errors, ran = [], False
        for mutant, tests in forms:
            sql = mutant.sql()
            for test in tests:
                try:
                    found = self._result(test, sql)
                except NO_SQL as error:
                    errors.append(error)
                    break
                except duckdb.Error:
                    return test.name
                ran = True
                if test.passing is None:
                    test.passing = self._result(test, test.tree.sql("duckdb"))
                if found != test.passing:
                    return test.name
        if not ran:
            raise BrokenMutantError(errors[0])
        return None

    def _result(self, test, sql) -> Counter:
        self._connection.execute(f"use memory.{test.schema}")
        compared = ", ".join(f'"{name}"' for name in test.compared)
        timer = Timer(LONGEST_SECONDS, self._connection.interrupt)
        timer.start()
        try:
            return Counter(map(repr, self._connection.execute(f"select {compared} from ({sql})").fetchall()))
        finally:
            timer.cancel()


def counted(tree: exp.Expression, components: set[str]) -> dict[exp.CTE, list[exp.Expression]]:
    """The expressions of components, and of the flags that they are made of, by the CTE they stand in."""
    wanted = set(components)
    while True:
        found = {cte: [one for one in projections(cte.this) if one.alias_or_name in wanted] for cte in tree.ctes}
        parts = {column.name for rules in found.values() for rule in rules for column in rule.find_all(exp.Column)}
        more = {name for name in parts if name.endswith(FLAG)} - wanted
        if not more:
            return {cte: rules for cte, rules in found.items() if rules}
        wanted |= more


def projections(query: exp.Expression) -> list[exp.Expression]:
    """What a query works out; a column that it only hands on is no rule."""
    expressions = [one for select in query.find_all(exp.Select) for one in select.expressions]
    return [one for one in expressions if isinstance(one, exp.Alias) and not isinstance(one.this, exp.Column)]


def names_in(query: exp.Expression) -> list[str]:
    return sorted({column.name for column in query.find_all(exp.Column)})
