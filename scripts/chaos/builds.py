"""Builds the models of one source from landed cases, with dbt in this process, and reads what they hold."""

import json
import os
import shutil
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import yaml
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner

from scripts.chaos.cases import PROJECT, TABLES, Case, whole

# They differ from build to build, or say where a row stood.
PASSING = {"loaded_at", "source_row", "event_sequence"}
# Who an agent is may be known from another contact's line.
OF_OTHERS = {"source_instance", "source_file", "agent_code"}
CONFORMED = PROJECT / "models/intermediate/conformed"
# A book of the build, no entity.
BOOKS = {"touched_contacts", "touched_agent_days"}


class Failed(Exception):
    """A build that ended with an error; says which."""


@dataclass
class Built:
    """What a build made of one case."""

    # By table: file, row in it, fate, reason and original text.
    rows: dict[str, list[tuple]] = field(default_factory=lambda: defaultdict(list))
    # By entity: its rows.
    entities: dict[str, Counter] = field(default_factory=lambda: defaultdict(Counter))
    # Columns that break the contract of their entity: one such row would fail the build of all sources.
    breaches: set[str] = field(default_factory=set)
    # By entity and contact: its rows without keys.
    contacts: dict[tuple[str, str], Counter] = field(default_factory=lambda: defaultdict(Counter))


def contracts() -> dict[str, dict[str, tuple[bool, list | None]]]:
    """By entity and column: whether it must be filled, and the words it may hold."""
    found = {}
    for path in CONFORMED.glob("*.yml"):
        for model in yaml.safe_load(path.read_text(encoding="utf-8")).get("models", []):
            columns = found.setdefault(model["name"].removeprefix("int_"), {})
            for column in model.get("columns", []):
                required = any(constraint["type"] == "not_null" for constraint in column.get("constraints", []))
                tests = [test["accepted_values"] for test in column.get("data_tests", []) if "accepted_values" in test]
                columns[column["name"]] = required, tests[0]["arguments"]["values"] if tests else None
    return found


class Builder:
    """One project of the sources' own models, parsed once."""

    def __init__(self, folder: Path, sources: list[str]):
        self.folder, self.sources = folder, sources
        self.file, self.seeded = folder / "build.duckdb", folder / "seeded.duckdb"
        os.environ["CONTACT_CENTER_BUILD_FILE"] = str(self.file)
        os.environ.setdefault("CONTACT_CENTER_SALT", "example")
        self.entities, self.contracts = self.write_project(), contracts()
        parsed = self.dbt("parse")
        self.checked(parsed)
        self.manifest = parsed.result
        self.file.unlink(missing_ok=True)
        # Plain files are held against codes that are seeds.
        if "files" in sources:
            self.land([whole(source) for source in sources])
            self.checked(self.dbt("seed"))
        else:
            duckdb.connect(str(self.file)).close()
        DuckDBConnectionManager.close_all_connections()
        self.file.rename(self.seeded)

    def write_project(self) -> dict[str, list[str]]:
        """Without marts, KPIs and tests dbt parses in a fraction of the time."""
        declared = yaml.safe_load((PROJECT / "dbt_project.yml").read_text(encoding="utf-8"))
        declared |= {"test-paths": [], "analysis-paths": [], "packages-install-path": str(self.folder / "packages")}
        project = self.folder / "project"
        for path in [
            PROJECT / "models/_groups.yml",
            *(PROJECT / "models").rglob("_*.md"),
            *(
                path
                for layer in ("staging", "intermediate")
                for source in self.sources
                for path in (PROJECT / "models" / layer / source).iterdir()
                if not path.name.endswith("unit_tests.yml")
            ),
        ]:
            link = project / path.relative_to(PROJECT)
            link.parent.mkdir(parents=True, exist_ok=True)
            link.symlink_to(path)
        for folder in ("macros", "seeds"):
            (project / folder).symlink_to(PROJECT / folder)
        (project / "dbt_project.yml").write_text(yaml.safe_dump(declared, sort_keys=False), encoding="utf-8")
        return declared["vars"]["source_entities"]

    def dbt(self, *arguments: str):
        places = ["--project-dir", self.folder / "project", "--profiles-dir", PROJECT]
        places += ["--target-path", self.folder / "target", "--log-path", self.folder / "target"]
        variables = {"sources": self.sources, "landing_root": str(self.folder / "landing"), "publish": False}
        places += ["--vars", json.dumps(variables)]
        quiet = ["--quiet", "--log-level", "none", "--log-level-file", "none", "--no-write-json"]
        manifest = getattr(self, "manifest", None)
        outcome = dbtRunner(manifest=manifest).invoke([*arguments, *map(str, places), *quiet])
        DuckDBConnectionManager.close_all_connections()
        return outcome

    @staticmethod
    def checked(outcome) -> None:
        if not outcome.success:
            results = getattr(outcome.result, "results", [])
            failed = [f"{result.node.name}: {result.message}" for result in results if result.status == "error"]
            raise Failed("\n".join(failed) or str(outcome.exception))

    def land(self, cases: list[Case]) -> None:
        shutil.rmtree(self.folder / "landing", ignore_errors=True)
        for case in cases:
            case.land(self.folder / "landing")

    def run(self, source: str, cases: list[Case]):
        """Run the models of a source on these cases; the other sources land as they should."""
        self.land([*(whole(other) for other in self.sources if other != source), *cases])
        shutil.copy(self.seeded, self.file)
        return self.dbt("run", "--select", f"staging.{source}", f"intermediate.{source}")

    @staticmethod
    def tables(file: Path) -> list[tuple]:
        with duckdb.connect(str(file), read_only=True) as connection:
            return connection.execute("select schema_name, table_name, estimated_size from duckdb_tables()").fetchall()

    def build(self, source: str, cases: list[Case]) -> dict[str, Built]:
        """What became of each case, by instance."""
        self.checked(self.run(source, cases))
        try:
            with duckdb.connect(str(self.file), read_only=True) as connection:
                connection.execute("set timezone = 'UTC'")
                return self.read(connection, source)
        except duckdb.Error as error:
            raise Failed(str(error)) from error

    def read(self, connection, source: str) -> dict[str, Built]:
        built: dict[str, Built] = defaultdict(Built)
        for table in TABLES[source]:
            for instance, *row in connection.execute(
                "select source_instance, source_file, source_row, row_status, row_status_reason, raw_values"
                f" from staging.stg_{source}__{table}"
            ).fetchall():
                built[instance].rows[table].append(tuple(row))
        contact_ids = dict(
            connection.execute(
                f"select contact_key, source_contact_id from intermediate.int_{source}__contacts"
            ).fetchall()
        )
        for entity in self.entities[source]:
            if entity in BOOKS:
                continue
            rows = connection.execute(f"select * from intermediate.int_{source}__{entity}")
            names = [column[0] for column in rows.description]
            lasting = [place for place, name in enumerate(names) if name not in PASSING]
            without_keys = [
                place
                for place in lasting
                if names[place] not in OF_OTHERS and not names[place].endswith(("_key", "_id"))
            ]
            ruled = [
                (place, name, *rule)
                for place, name in enumerate(names)
                if any(rule := self.contracts[entity].get(name, (False, None)))
            ]
            for row in rows.fetchall():
                of_case = built[row[names.index("source_instance")]]
                of_case.entities[entity][tuple(row[place] for place in lasting)] += 1
                for place, name, required, words in ruled:
                    if row[place] is None and required or row[place] is not None and row[place] not in (words or row):
                        of_case.breaches.add(f"{entity}.{name} is {row[place]!r}, which its contract does not allow")
                if "contact_key" in names:
                    contact = contact_ids.get(row[names.index("contact_key")])
                    of_case.contacts[entity, contact][tuple(row[place] for place in without_keys)] += 1
        return built
