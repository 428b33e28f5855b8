"""Begin a KPI: `make new-kpi NAME=... RELATION=... [NUMERATOR=... DENOMINATOR=... FAMILY=...]`.

Adds a macro, its entry, a registry entry and two worked examples to the files of a family, with what other KPIs over
the same fact have in common. What only a person knows is marked TODO, and `make todo` fails as long as one is there.
NUMERATOR and DENOMINATOR are columns of the fact; FAMILY is that of most KPIs over the fact unless given.

The exit code is 2 when nothing was written. No environment variable is read.
"""

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import yaml

from scripts.scaffold.files import Changes, RefusedError, filled

FACTS = Path("models/marts/facts")
REGISTRY = Path("models/kpis/registry")
UNKNOWN = {"numerator": "todo_numerator_count", "denominator": "todo_denominator_count"}


def begin(root: Path, name: str, relation: str, columns: dict[str, str], family: str, today: date) -> Changes:
    """All that a new KPI adds to the project, or a refusal."""
    families = {
        file.stem: yaml.safe_load(file.read_text(encoding="utf-8"))["metrics"]
        for file in (root / REGISTRY).glob("*.yml")
    }
    if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", name):
        raise RefusedError(f"{name or 'NAME='} is no name such as first_contact_resolution")
    for known, metrics in families.items():
        if name in {metric["name"] for metric in metrics}:
            raise RefusedError(f"there is a KPI {name} already, in {REGISTRY / known}.yml")
    fact = root / FACTS / f"{relation}.yml"
    if not fact.is_file():
        raise RefusedError(
            f"there is no fact {relation or 'RELATION='}; choose one of {FACTS}, such as fact_queue_visits"
        )
    described = yaml.safe_load(fact.read_text(encoding="utf-8"))["models"][0]
    for column in columns.values():
        if column and column not in {one["name"] for one in described["columns"]}:
            raise RefusedError(f"{relation} has no column {column}")
    # The same number may be registered by a KPI of another fact; what is alike is taken from this one's.
    alike = {
        known: [meta for metric in metrics if (meta := metric["config"]["meta"])["relation"] == relation]
        for known, metrics in families.items()
    }
    family = family or max(alike, key=lambda known: len(alike[known]))
    if family not in families:
        raise RefusedError(f"there is no family {family}; choose one of {', '.join(sorted(families))}")
    metas = [meta for of_family in alike.values() for meta in of_family]
    parts = {part: column or UNKNOWN[part] for part, column in columns.items()}
    metrics = {part: metric_of(described, column) for part, column in parts.items()}

    changes = Changes(root)
    changes.append(f"macros/kpis/{family}.sql", filled("kpi/macro.sql", name=name, **parts))
    entries = f"macros/kpis/_{family}__macros.yml"
    changes.append(entries, filled("kpi/entry.yml", name=name, alias=alias_of(relation, changes.text(entries))))
    changes.append(
        (REGISTRY / f"{family}.yml").as_posix(),
        filled(
            "kpi/registry.yml",
            name=name,
            label=name.replace("_", " ").capitalize(),
            relation=relation,
            today=today.isoformat(),
            numerator_metric=metrics["numerator"],
            denominator_metric=metrics["denominator"],
            time_column=usual((meta["time_column"] for meta in metas), "TODO"),
            dimensions=usual((", ".join(meta["dimensions"]) for meta in metas), "TODO"),
            time_attribution=" ".join(
                usual((meta["time_attribution"] for meta in metas), "TODO: which event's time counts.").split()
            ),
        ),
    )
    changes.append(f"tests/kpi_examples/{family}.yml", filled("kpi/example.yml", name=name, **parts))
    for path, text in changes.texts.items():
        if path.endswith(".yml"):
            yaml.safe_load(text)
    return changes


def metric_of(fact: dict, column: str) -> str:
    """The simple metric that adds up a column of the fact."""
    for metric in fact.get("metrics", []):
        if str(metric.get("expr")) == column and metric.get("agg") == "sum":
            return metric["name"]
    return f"todo_simple_metric_of_{column.removeprefix('todo_')}"


def alias_of(relation: str, entries: str) -> str:
    """The argument v over a fact: the anchor of the family's file, or one written out."""
    anchor = re.search(
        rf"- &(\w+)\n +name: v\n +type: string\n +description: Alias of {relation}\.$", entries, re.MULTILINE
    )
    if anchor:
        return f"*{anchor[1]}"
    return f"name: v\n        type: string\n        description: Alias of {relation}."


def usual(values: Iterable[str], otherwise: str) -> str:
    counted = Counter(values).most_common(1)
    return counted[0][0] if counted else otherwise


def next_steps(name: str, relation: str, family: str) -> str:
    return f"""
Next:
  1. `make todo` lists what is still to be filled in. A sum that no simple metric has yet is one in
     models/marts/facts/{relation}.yml; a case that no column has yet is decided in {relation}.sql.
  2. A function of its name in tests/python/books_kpis computes it from the simulation's books, without the marts.
  3. `make build`, then `make kpi NAME={name} BY=channel_name`: does it look right?
  4. `make kpi-values-update`, and commit the new lines with the rest.
  5. `make test`.
models/kpis/README.md has the steps in full."""


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m scripts.scaffold.new_kpi", description=__doc__.splitlines()[0])
    parser.add_argument("name")
    parser.add_argument("relation")
    for option in ("numerator", "denominator", "family"):
        parser.add_argument(f"--{option}", default="")
    asked = parser.parse_args(arguments)
    columns = {"numerator": asked.numerator, "denominator": asked.denominator}
    try:
        changes = begin(Path(), asked.name, asked.relation, columns, asked.family, date.today())
    except RefusedError as refusal:
        print(f"No KPI: {refusal}.", file=sys.stderr)
        return 2
    print("Added to", *(f"  {path}" for path in changes.write()), sep="\n")
    family = next(Path(path).stem for path in changes.texts if path.endswith(".sql"))
    print(next_steps(asked.name, asked.relation, family))
    return 0


if __name__ == "__main__":
    sys.exit(main())
