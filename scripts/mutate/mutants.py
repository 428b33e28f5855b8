"""Mutants: SQL with one change in it."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

import duckdb
from sqlglot import exp

from scripts.mutate.changes import changes

# What DuckDB says of a change that makes no SQL, such as the sum of a text.
NO_SQL = (duckdb.BinderException, duckdb.ParserException, duckdb.CatalogException)
# Gives the check that catches a mutant, or None.
Judge = Callable[[], str | None]


class MutationError(Exception):
    """Why nothing could be judged, in one sentence."""


class BrokenMutantError(Exception):
    """The change gives no SQL that any test could run; it proves nothing."""


class Mutant(NamedTuple):
    # Such as `fact_tickets.judged_tickets.solved_count: 1 -> 0 in ...`.
    name: str
    # What to change, where, and what it becomes.
    node: exp.Expression
    instead: exp.Expression

    def sql(self) -> str:
        """The whole query with the change in it; the tree is left as it was."""
        root = self.node.root()
        self.node.replace(self.instead)
        try:
            return root.sql("duckdb")
        finally:
            self.instead.replace(self.node)


def mutants_of(place: str, expressions: Iterable[exp.Expression], columns: list[str]) -> Iterator[Mutant]:
    """Every mutant of these expressions. Equal changes at one place are numbered."""
    seen = Counter()
    for expression in expressions:
        for node in expression.walk():
            for change in changes(node, columns):
                seen[change.text] += 1
                number = f" (#{seen[change.text]})" if seen[change.text] > 1 else ""
                yield Mutant(f"{place}: {change.text}{number}", node, change.instead)
