"""What a variable says reaches SQL as a quoted text or a number, whatever somebody writes into it."""

from pathlib import Path

import pytest
from dbt_common.clients.jinja import get_environment
from jinja2 import nodes

PROJECT = Path(__file__).resolve().parents[2]
# Where numbers are proven to be some, by the macro that gives them.
PROOF = "macros/layers/variables.sql"
FILES = sorted(
    file.relative_to(PROJECT).as_posix()
    for name in ("models", "macros", "tests/dbt")
    for file in (PROJECT / name).rglob("*.sql")
)
# Macros after which a text is quoted, or a number; and those that only look at it.
SAFE = {
    *("exact_text_literal", "text_literal", "text_of", "number_of"),
    # They quote the pattern, or the name of a field, themselves.
    *("matches_whole", "value_at", "parse_json", "parsed_offset"),
    *("raise_compiler_error", "store_relation", "ref", "log"),
}
# Names of sources, tables and columns of the project itself: a build stops at one that there is no model of. In the
# schema of landed tables it reads what there is.
OF_THE_PROJECT = {"sources", "sliced_sources", "source_entities", "landed_tables", "linted_kpis"}
OF_THE_PROJECT |= {"landing_root", "landing_schema"}
FILLING = {"append", "update", "extend", "setdefault"}
HARMLESS_FILTERS = {"length", "count"}


def offenses(text):
    """Lines that write a variable into SQL as it is."""
    tree = get_environment(None, capture_macros=False).parse(text)
    tainted = tainted_names(tree)
    return [
        f"line {part.lineno}"
        for output in tree.find_all(nodes.Output)
        for part in output.nodes
        if not isinstance(part, nodes.TemplateData) and carries(part, tainted)
    ]


def tainted_names(tree):
    """Names that are set, or appended or looped over, from a variable; found until no more are."""
    names, with_keys, before = set(), set(), None
    while (names, with_keys) != before:
        before = set(names), set(with_keys)
        for assignment in tree.find_all(nodes.Assign):
            if carries(assignment.node, names):
                names |= names_in(assignment.target)
                if not isinstance(assignment.node, nodes.Dict):
                    with_keys |= names_in(assignment.target)
        for loop in tree.find_all(nodes.For):
            if carries(loop.iter, names):
                key_is_own = items_of(loop.iter) and not carries(items_of(loop.iter), with_keys)
                names |= names_in(loop.target.items[1] if key_is_own else loop.target)
        for call in tree.find_all(nodes.Call):
            holder = call.node
            is_filling = isinstance(holder, nodes.Getattr) and holder.attr in FILLING
            if (
                is_filling
                and isinstance(holder.node, nodes.Name)
                and any(carries(argument, names) for argument in call.args)
            ):
                names.add(holder.node.name)
                if any(carries(pair.key, names) for pair in call.find_all(nodes.Pair)):
                    with_keys.add(holder.node.name)
    return names


def items_of(node):
    """The dict whose keys and values a loop takes."""
    if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Getattr) and node.node.attr == "items":
        return node.node.node
    return None


def names_in(target):
    return {target.name} if isinstance(target, nodes.Name) else {name.name for name in target.find_all(nodes.Name)}


def carries(node, names):
    """Whether the text of a variable may be in what an expression gives."""
    if isinstance(node, nodes.Call):
        called = node.node.name if isinstance(node.node, nodes.Name) else getattr(node.node, "attr", "")
        if called in SAFE:
            return False
        if called == "var":
            return not (isinstance(node.args[0], nodes.Const) and node.args[0].value in OF_THE_PROJECT)
    if isinstance(node, nodes.Name):
        return node.name in names
    # Nothing can be taken off a text.
    if isinstance(node, (nodes.Compare, nodes.Test, nodes.Not, nodes.Sub)) or (
        isinstance(node, nodes.Filter) and node.name in HARMLESS_FILTERS
    ):
        return False
    # Of a choice only what is chosen is written.
    parts = [node.expr1, node.expr2] if isinstance(node, nodes.CondExpr) else node.iter_child_nodes()
    return any(part is not None and carries(part, names) for part in parts)


@pytest.mark.parametrize(
    "text",
    [
        "select '{{ var(\"zone\") }}'",
        "interval '{{ var('hours') }}' hour",
        "{% set zone = var('zone') %} select '{{ zone | lower }}'",
        "{% for tag, reason in var('tags').items() %} when '{{ tag }}' {% endfor %}",
        "{% set all = [] %}{% for tag in var('tags') %}{% do all.append(tag) %}{% endfor %} in ('{{ all | join }}')",
        "{{ utc_to_local('at', \"'\" ~ var('zone') ~ \"'\") }}",
        "{{ 'x' if true else var('zone') }}",
    ],
)
def test_a_variable_that_is_not_quoted_is_found(text):
    assert offenses(text)


@pytest.mark.parametrize(
    "text",
    [
        "select {{ exact_text_literal(var('zone')) }}, {{ text_of('zone') }}, {{ number_of('hours') }}",
        "{% if var('tags') %} select {{ var('tags') | length }} {% endif %}",
        "{% for tag in var('tags') %} {{ exact_text_literal(tag | lower) }} {% endfor %}",
        "{{ 'a' if var('is_a') else 'b' }}",
        "select '{{ source }}'",
    ],
)
def test_one_that_is_quoted_or_only_looked_at_is_none(text):
    assert not offenses(text)


@pytest.mark.parametrize("file", [file for file in FILES if file != PROOF])
def test_no_file_writes_a_variable_into_sql_as_it_is(file):
    assert not offenses((PROJECT / file).read_text(encoding="utf-8"))
