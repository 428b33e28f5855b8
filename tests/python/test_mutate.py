"""Changes are made where and as they should be, and what no check notices is said."""

import pytest
import sqlglot

from scripts.mutate.components import counted
from scripts.mutate.equivalents import Equivalents
from scripts.mutate.mutants import MutationError, mutants_of

SQL = "SELECT SUM(v.answered_count) / NULLIF(SUM(v.offered_count), 0) AS rate FROM v"


def changes_of(expression, columns=()):
    tree = sqlglot.parse_one(f"select {expression} from v", read="duckdb")
    return {mutant.name.removeprefix("x: ") for mutant in mutants_of("x", tree.expressions, list(columns))}


@pytest.mark.parametrize(
    ("expression", "change"),
    [
        ("a <= b", "a <= b -> a < b"),
        ("a <= b", "a <= b -> a > b"),
        ("a = 'x'", "a = 'x' -> a <> 'x'"),
        ("a and b", "without a"),
        ("a and b and c", "without c"),
        ("not a", "not a -> a"),
        ("a in ('x', 'Y')", "without 'Y' in a in ('x', 'Y')"),
        ("a is null", "a is null -> not a is null"),
        ("sum(a) / nullif(sum(b), 0)", "sum(a) / nullif(sum(b), 0) -> nullif(sum(b), 0) / sum(a)"),
        ("sum(a) / nullif(sum(b), 0)", "sum(a) / nullif(sum(b), 0) -> sum(a)"),
        ("sum(a)", "sum(a) -> count(a)"),
        ("count(a)", "count(a) -> count(*)"),
        ("count(distinct a)", "count(distinct a) -> count(a)"),
        ("max(a)", "max(a) -> min(a)"),
        ("a - (b + c)", "a - (b + c) -> a"),
        ("coalesce(a, 0)", "coalesce(a, 0) -> a"),
        ("case when a then 1 else 0 end", "case when a then 1 else 0 end -> (1)"),
        ("case when a then 1 else 0 end", "without else 0 in case when a then 1 else 0 end"),
        ("case when a then b end", "else 0 in case when a then b end"),
        ("case when a then 1 when b then 2 end", "without when a then 1"),
        ("a * 100", "100 -> 101 in a * 100"),
        ("greatest(a, b)", "greatest(a, b) -> least(a, b)"),
        ("a + interval '15' minute", "interval '15' minute -> interval '16' minute"),
    ],
)
def test_each_kind_of_mistake_is_made(expression, change):
    assert change in changes_of(expression)


def test_a_column_is_taken_for_another_of_its_kind_alone():
    columns = ["answered_count", "wait_seconds", "missed_count"]
    assert "v.answered_count -> v.missed_count in sum(v.answered_count)" in changes_of("sum(v.answered_count)", columns)
    assert not [name for name in changes_of("sum(v.wait_seconds)", columns) if "_count" in name]


def test_a_mutant_changes_one_place_and_leaves_the_query_as_it_was():
    tree = sqlglot.parse_one(SQL, read="duckdb")
    written = [mutant.sql() for mutant in mutants_of("x", tree.expressions, ["answered_count", "offered_count"])]
    assert len(set(written)) == len(written) > 5
    assert SQL not in written
    assert tree.sql("duckdb") == SQL


def test_equal_changes_in_two_places_have_names_of_their_own():
    assert {"1 -> 0 in a = 1", "1 -> 0 in a = 1 (#2)"} <= changes_of("case when a = 1 then b when a = 1 then c end")


def test_components_are_followed_to_the_flags_they_are_made_of():
    tree = sqlglot.parse_one(
        """
        with
        flags as (select *, case when x then 1 else 0 end as eligible_count, y + 1 as unused_count from t),
        counts as (select *, case when z then eligible_count else 0 end as answered_count, a + b as name from flags),
        fact as (select answered_count, name from counts)
        select * from fact
        """,
        read="duckdb",
    )
    found = {cte.alias: [rule.alias for rule in rules] for cte, rules in counted(tree, {"answered_count"}).items()}
    assert found == {"flags": ["eligible_count"], "counts": ["answered_count"]}


def test_an_entry_that_is_caught_or_gone_is_out_of_date():
    equivalents = Equivalents([{"reason": "A sum leaves NULL out.", "mutants": ["a", "b", "c"]}])
    complaints = list(equivalents.out_of_date({"a": True, "b": False}, everything=True))
    assert [complaint.split("; ")[0] for complaint in complaints] == [
        "equivalent.yml lists what a check catches",
        "equivalent.yml lists a mutant that is no more",
    ]
    assert not list(equivalents.out_of_date({}, everything=False)), "a sample does not know what is gone"


@pytest.mark.parametrize(
    "entry", [{"mutants": ["a"]}, {"reason": "", "mutants": ["a"]}, {"reason": "x", "mutants": []}]
)
def test_an_equivalent_mutant_needs_a_reason(entry):
    with pytest.raises(MutationError, match="reason"):
        Equivalents([entry])


def test_no_mutant_is_listed_twice():
    with pytest.raises(MutationError, match="twice"):
        Equivalents([{"reason": "x", "mutants": ["a"]}, {"reason": "y", "mutants": ["a"]}])
