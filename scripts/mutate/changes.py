"""Small changes to SQL, each of which a test should notice."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from sqlglot import exp

# Each comparison with its neighbor at the boundary and its opposite.
COMPARISONS = {
    exp.EQ: [exp.NEQ],
    exp.NEQ: [exp.EQ],
    exp.LT: [exp.LTE, exp.GTE],
    exp.LTE: [exp.LT, exp.GT],
    exp.GT: [exp.GTE, exp.LTE],
    exp.GTE: [exp.GT, exp.LT],
}
ARITHMETIC = {exp.Add: exp.Sub, exp.Sub: exp.Add, exp.Mul: exp.Div}
AGGREGATES = {
    exp.Sum: exp.Count,
    exp.Max: exp.Min,
    exp.Min: exp.Max,
    exp.LogicalOr: exp.LogicalAnd,
    exp.LogicalAnd: exp.LogicalOr,
}
EXTREMES = {exp.Greatest: exp.Least, exp.Least: exp.Greatest}
LONGEST = 90


class Change(NamedTuple):
    instead: exp.Expression
    text: str


def text_of(node: exp.Expression) -> str:
    """On one line, keywords in lower case as in the models; the middle of a long one is left out."""
    sql = re.sub(r"'[^']*'|[^']+", lambda part: part[0] if part[0][0] == "'" else part[0].lower(), node.sql("duckdb"))
    return sql if len(sql) <= LONGEST else f"{sql[: LONGEST // 2]} ... {sql[-LONGEST // 2 :]}"


def changes(node: exp.Expression, columns: list[str]) -> Iterator[Change]:
    """What may become of this node, and of none below it. One of `columns` may stand for another."""
    kind = type(node)
    if kind in COMPARISONS and not joins_rows(node):
        for other in COMPARISONS[kind]:
            yield replaced(node, other(this=node.this.copy(), expression=node.expression.copy()))
    elif kind in (exp.And, exp.Or):
        for kept, left_out in ((node.right, node.left), (node.left, node.right)):
            # Of three conditions in a row the first two are a node of their own.
            if not joins_rows(left_out) and not isinstance(left_out, kind):
                yield Change(kept.copy(), f"without {text_of(left_out)}")
    elif kind is exp.Not:
        yield replaced(node, node.this.copy())
    elif kind in (exp.Is, exp.In, exp.Between):
        if not isinstance(node.parent, exp.Not):
            yield replaced(node, exp.Not(this=node.copy()))
        if kind is exp.In and len(node.expressions) > 1:
            for member in node.expressions:
                shorter = node.copy()
                shorter.set("expressions", [one.copy() for one in node.expressions if one is not member])
                yield Change(shorter, f"without {text_of(member)} in {text_of(node)}")
    elif kind in ARITHMETIC:
        yield replaced(node, ARITHMETIC[kind](this=node.this.copy(), expression=grouped(node.expression)))
        yield replaced(node, node.this.copy())
        yield replaced(node, node.expression.copy())
    elif kind is exp.Div:
        yield replaced(node, exp.Div(this=grouped(node.expression), expression=grouped(node.this)))
        yield replaced(node, node.this.copy())
    elif kind in AGGREGATES:
        yield replaced(node, AGGREGATES[kind](this=node.this.copy()))
    elif kind in EXTREMES:
        other = node.copy()
        yield replaced(node, EXTREMES[kind](**other.args))
        for one in (node.this, *node.expressions):
            yield replaced(node, one.copy())
    elif kind is exp.Count and isinstance(node.this, exp.Distinct):
        yield replaced(node, exp.Count(this=node.this.expressions[0].copy()))
    elif kind is exp.Count and not isinstance(node.this, exp.Star):
        yield replaced(node, exp.Count(this=exp.Star()))
        yield replaced(node, exp.Sum(this=node.this.copy()))
    elif kind in (exp.Coalesce, exp.Nullif):
        yield replaced(node, node.this.copy())
    elif kind is exp.Case:
        yield from of_case(node)
    elif kind is exp.Literal and not node.is_string and not isinstance(node.parent, exp.DataTypeParam):
        yield Change(other_number(node), f"{node.name} -> {other_number(node).name} in {text_of(node.parent)}")
    elif kind is exp.Interval and isinstance(node.this, exp.Literal) and node.this.name.isdigit():
        longer = exp.Literal.string(str(int(node.this.name) + 1))
        yield replaced(node, exp.Interval(this=longer, unit=node.args["unit"].copy()))
    elif kind is exp.Column:
        other = neighbor(node, columns)
        if other:
            yield Change(other, f"{text_of(node)} -> {text_of(other)} in {text_of(node.parent)}")
    elif kind in (exp.Where, exp.Qualify) and not isinstance(node.this, exp.And):
        yield Change(kind(this=exp.true()), f"without {text_of(node)}")


def of_case(node: exp.Case) -> Iterator[Change]:
    """Without a condition, without a branch, and with NULL for its default or 0 where it has none."""
    branches = node.args["ifs"]
    default = node.args.get("default")
    if len(branches) == 1:
        yield replaced(node, exp.Paren(this=branches[0].args["true"].copy()))
    else:
        for branch in branches:
            shorter = node.copy()
            shorter.set("ifs", [one.copy() for one in branches if one is not branch])
            yield Change(shorter, f"without when {text_of(branch.this)} then {text_of(branch.args['true'])}")
    other = node.copy()
    if default is None:
        other.set("default", exp.Literal.number(0))
        yield Change(other, f"else 0 in {text_of(node)}")
    elif not isinstance(default, exp.Null):
        other.set("default", None)
        yield Change(other, f"without else {text_of(default)} in {text_of(node)}")


def replaced(node: exp.Expression, instead: exp.Expression) -> Change:
    return Change(instead, f"{text_of(node)} -> {text_of(instead)}")


def other_number(node: exp.Literal) -> exp.Literal:
    number = float(node.name)
    if number in (0, 1):
        return exp.Literal.number(int(1 - number))
    return exp.Literal.number(round(number * 0.9, 6) if number < 1 else int(number) + 1)


def neighbor(node: exp.Column, columns: list[str]) -> exp.Column | None:
    """The next column of its kind, told by the last word of its name: a count in place of a count."""
    alike = [name for name in columns if last_word(name) == last_word(node.name)]
    if node.name not in alike or len(alike) < 2:
        return None
    other = node.copy()
    other.set("this", exp.to_identifier(alike[(alike.index(node.name) + 1) % len(alike)]))
    return other


def last_word(name: str) -> str:
    return name.rsplit("_", 1)[-1]


def joins_rows(node: exp.Expression) -> bool:
    """Whether it says which rows of two relations belong together, which is no rule of counting."""
    return (
        isinstance(node, exp.EQ)
        and isinstance(node.this, exp.Column)
        and isinstance(node.expression, exp.Column)
        and node.find_ancestor(exp.Join) is not None
    )


def grouped(node: exp.Expression) -> exp.Expression:
    return exp.Paren(this=node.copy()) if isinstance(node, exp.Binary) else node.copy()
