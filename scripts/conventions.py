"""Hold the conventions that dbt itself does not: names, contracts, keys, units, and nothing that nobody uses.

`make lint-conventions` reads target/manifest.json, which every dbt command that parses the project writes, and the
files beside it. Models that are switched off count too, where their yml is enough. What a model may read, its grain
and its descriptions are in scripts/lint_layers.py. tests/convention_exceptions.yml names what is exempt, and why; an
exemption that nothing needs any more is an offense itself.

The exit code is 1 when there is an offense, 2 when there is no manifest. No argument, no environment variable.
"""

import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import yaml

from scripts.lint_layers import MANIFEST, layer_of
from scripts.publish import SCHEMAS

EXCEPTIONS = Path("tests/convention_exceptions.yml")
# What the name of a model in a layer looks like. <source> is the folder of the source.
NAMES = {
    "staging/<source>": r"(stg|base)_<source>__\w+",
    "intermediate/<source>": r"int_<source>__\w+",
    "intermediate/conformed": r"int_(?!\w*__)\w+",
    "intermediate/derived": r"int_(?!\w*__)\w+",
    "marts": r"(dim|fact)_\w+",
    "kpis": r"kpi_\w+",
    "reports": r"report_\w+",
    "meta": r"\w+",
}
UNIQUENESS = {"unique", "unique_combination"}
# What a column measures by its name, and how its description says the rest.
UNITS = {
    r"_seconds$": (r"second|\d s\b", "say that these are seconds"),
    r"_(rate|share|ratio)$": (r"\b0 to 1\b|\d %", "say its scale, as in `0 to 1`, and what it is a share of"),
}
MONEY = re.compile(r"(^|_)(amount|cost)$")
CURRENCY = "currency_code"
ENGINES = ("default", "duckdb", "spark")
CODE = ("macros", "models", "tests/dbt", "analyses")
DEFINITION = re.compile(r"{%-?\s*(?:macro|test|materialization)\s+(\w+)")


@dataclass(frozen=True)
class Offense:
    rule: str
    subject: str
    file: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}: {self.message} ({self.rule})"


@dataclass(frozen=True)
class Project:
    """A manifest, and the text of the files that it was read from."""

    manifest: dict
    root: Path

    @cached_property
    def enabled(self) -> list[dict]:
        return [node for node in self.manifest["nodes"].values() if node["resource_type"] == "model"]

    @cached_property
    def models(self) -> list[dict]:
        """All models, those of sources that are switched off too."""
        disabled = [node for versions in self.manifest["disabled"].values() for node in versions]
        models = self.enabled + [node for node in disabled if node["resource_type"] == "model"]
        return sorted(models, key=lambda model: model["original_file_path"])

    @cached_property
    def published(self) -> list[dict]:
        return [model for model in self.models if model["config"]["schema"] in SCHEMAS]

    @cached_property
    def tests(self) -> dict[str, list[dict]]:
        """Generic tests by the node that they are attached to."""
        tests: dict[str, list[dict]] = {}
        for node in self.manifest["nodes"].values():
            if node["resource_type"] == "test" and node.get("test_metadata"):
                tests.setdefault(node["attached_node"], []).append(node)
        return tests

    @cached_property
    def macros(self) -> dict[str, dict]:
        name = self.manifest["metadata"]["project_name"]
        return {macro["name"]: macro for macro in self.manifest["macros"].values() if macro["package_name"] == name}

    @cached_property
    def foreign_macros(self) -> set[str]:
        """Macros of dbt and its adapters: one of ours of the same name takes its place and is called by dbt."""
        name = self.manifest["metadata"]["project_name"]
        return {macro["name"] for macro in self.manifest["macros"].values() if macro["package_name"] != name}

    @cached_property
    def kpis(self) -> set[str]:
        """KPIs of the registry. Their macros are called by name, whatever it is."""
        return {metric["name"] for metric in self.manifest["metrics"].values() if metric["config"]["meta"].get("kpi")}

    @cached_property
    def code(self) -> dict[str, str]:
        """Text that dbt runs, by file, without comments, definitions and descriptions of macros."""
        files = [
            file for folder in CODE for suffix in ("sql", "yml") for file in (self.root / folder).rglob(f"*.{suffix}")
        ]
        files += [file for file in (self.root / "dbt_project.yml", self.root / "profiles.yml") if file.exists()]
        return {
            file.relative_to(self.root).as_posix(): without_comments(file.read_text(encoding="utf-8"), file.suffix)
            for file in files
            if not file.name.endswith("__macros.yml")
        }


def without_comments(text: str, suffix: str) -> str:
    if suffix == ".yml":
        return re.sub(r"(^|\s)#.*", "", text)
    text = re.sub(r"{#.*?#}", "", text, flags=re.DOTALL)
    return DEFINITION.sub("", re.sub(r"^\s*--.*$", "", text, flags=re.MULTILINE))


def names(project: Project) -> Iterator[Offense]:
    """A model's name begins as its folder says."""
    for model in project.models:
        folder = Path(model["original_file_path"]).parent.relative_to("models").as_posix()
        layer, source = layer_of(folder)
        if layer is None:  # lint_layers says so.
            continue
        pattern = NAMES[layer].replace("<source>", source or "")
        if not re.fullmatch(pattern, model["name"]):
            shown = NAMES[layer].replace("<source>", source or "").replace(r"(?!\w*__)", "").replace(r"\w+", "...")
            yield offense("name", model, f"is not named as the models of its folder, {shown}")


def contracts(project: Project) -> Iterator[Offense]:
    """What is published is under contract."""
    for model in project.published:
        if not model["config"]["contract"]["enforced"]:
            yield offense("contract", model, "is published without a contract, set contract: {enforced: true}")


def keys(project: Project) -> Iterator[Offense]:
    """What is published has a tested key."""
    for model in project.published:
        tested = {test["test_metadata"]["name"] for test in project.tests.get(model["unique_id"], [])}
        if not tested & UNIQUENESS:
            yield offense("key", model, "has no tested key, give it a test unique or unique_combination")


def foreign_keys(project: Project) -> Iterator[Offense]:
    """A column of a mart that is named after the key of a dimension has its rows there; the others read the marts."""
    marts = [model for model in project.published if model["config"]["schema"] == "marts"]
    dimensions = {model["name"] for model in marts}
    for model in marts:
        tested = {
            test["column_name"]
            for test in project.tests.get(model["unique_id"], [])
            if test["test_metadata"]["name"] == "relationships"
        }
        for column in model["columns"]:
            dimension = f"dim_{column.removesuffix('_key')}"
            is_key = column.endswith("_key") and dimension in dimensions - {model["name"]}
            if is_key and column not in tested:
                yield offense("foreign_key", model, f"{column} has no test relationships to {dimension}", column)


def units(project: Project) -> Iterator[Offense]:
    """The description of what is measured says in which unit, and of what; money stands beside its currency."""
    for model in project.published:
        for name, column in model["columns"].items():
            for pattern, (said, remedy) in UNITS.items():
                if re.search(pattern, name) and not re.search(said, column["description"], re.IGNORECASE):
                    yield offense("unit", model, f"the description of {name} does not {remedy}", name)
            if MONEY.search(name) and CURRENCY not in model["columns"]:
                yield offense("unit", model, f"{name} is money and no column {CURRENCY} stands beside it", name)


def orphans(project: Project) -> Iterator[Offense]:
    """A model is read by another one, or published and named in an exposure."""
    exposed = {node for exposure in project.manifest["exposures"].values() for node in exposure["depends_on"]["nodes"]}
    read = {ref["name"] for model in project.models for ref in model["refs"]}
    settings = yaml.safe_load((project.root / "dbt_project.yml").read_text(encoding="utf-8"))["vars"]
    delivered = {
        f"int_{source}__{entity}" for source, entities in settings["source_entities"].items() for entity in entities
    }
    # The fate of every landed row is counted.
    landed = {f"stg_{source}__{table}" for source, tables in settings["landed_tables"].items() for table in tables}
    for model in project.models:
        if model in project.published:
            if model["unique_id"] not in exposed:
                yield offense("orphan", model, "is published and in no exposure, add it to models/_exposures.yml")
        elif model["name"] not in read | delivered | landed:
            yield offense("orphan", model, "is read by no model: use it or delete it")


def unused_macros(project: Project) -> Iterator[Offense]:
    """A macro is called somewhere: by our code, by dbt in place of its own, or as a KPI."""
    words = {file: set(re.findall(r"\w+", text)) for file, text in project.code.items()}
    for name, macro in project.macros.items():
        engine, _, dispatched = name.partition("__")
        if engine in ENGINES and dispatched:
            is_used = dispatched in project.macros.keys() | project.foreign_macros
        elif name.startswith("test_"):
            is_used = any(name.removeprefix("test_") in found for found in words.values())
        else:
            is_used = name in project.kpis | project.foreign_macros or any(name in found for found in words.values())
        if not is_used and not name.startswith("materialization_"):
            yield offense("unused_macro", macro, f"nothing calls the macro {name}: use it or delete it")


def macro_entries(project: Project) -> Iterator[Offense]:
    """A macro that another file calls is described, its arguments with types."""
    called = {file: set(re.findall(r"(\w+)\(", text)) for file, text in project.code.items()}
    for name, macro in project.macros.items():
        file = macro["original_file_path"]
        if re.match(rf"({'|'.join(ENGINES)})__", name) or name in project.foreign_macros:
            continue
        if not macro["description"].strip():
            if name in project.kpis or any(name in found for other, found in called.items() if other != file):
                entry = f"_{Path(file).stem if '/kpis/' in file else Path(file).parent.name}__macros.yml"
                yield offense("macro_entry", macro, f"{name} is called by other files and has no entry in {entry}")
            continue
        signature = re.search(rf"macro\s+{name}\s*\((.*?)\)\s*-?%}}", macro["macro_sql"], re.DOTALL)
        arguments = re.findall(r"(?:^|,)\s*(\w+)\s*(?==|,|$)", signature[1]) if signature else []
        typed = {argument["name"] for argument in macro["arguments"] if argument.get("type")}
        for argument in arguments:
            if argument not in typed:
                yield offense("macro_entry", macro, f"the entry of {name} does not give the type of {argument}")


RULES: tuple[Callable[[Project], Iterator[Offense]], ...] = (
    names,
    contracts,
    keys,
    foreign_keys,
    units,
    orphans,
    unused_macros,
    macro_entries,
)


def offense(rule: str, node: dict, message: str, column: str | None = None) -> Offense:
    subject = f"{node['name']}.{column}" if column else node["name"]
    return Offense(rule, subject, node["original_file_path"], message)


def not_excepted(found: Iterable[Offense], exceptions: dict[str, dict[str, str]]) -> Iterator[Offense]:
    """Offenses without those that are exempt, and exemptions without a reason or an offense."""
    needed = set()
    for one in found:
        if one.subject in exceptions.get(one.rule, {}):
            needed.add((one.rule, one.subject))
        else:
            yield one
    for rule, reasons in exceptions.items():
        for subject, reason in reasons.items():
            if not (reason or "").strip():
                yield Offense(rule, subject, EXCEPTIONS.as_posix(), f"exempts {subject} without a reason")
            elif (rule, subject) not in needed:
                yield Offense(
                    rule, subject, EXCEPTIONS.as_posix(), f"exempts {subject}, which keeps the rule: remove it"
                )


def offenses(project: Project) -> list[Offense]:
    exceptions = yaml.safe_load((project.root / EXCEPTIONS).read_text(encoding="utf-8")) or {}
    return list(not_excepted((one for rule in RULES for one in rule(project)), exceptions))


def main() -> int:
    if not MANIFEST.exists():
        print(f"There is no {MANIFEST}: run `dbt parse` first.", file=sys.stderr)
        return 2
    found = offenses(Project(json.loads(MANIFEST.read_text(encoding="utf-8")), Path()))
    for one in found:
        print(one)
    print(f"Conventions: {len(found)} offenses.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
