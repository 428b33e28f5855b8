"""Write a DuckDB file with what one role may see: `make export ROLE=team_lead TEAM='New York Service'`.

Usage: python -m scripts.extract <role> <team or ''> [folder]

What that is stands in roles.yml. The file is <folder>/<role>.duckdb, with the team in its name where there is one; the
folder is `export` beside the served file unless another is named. The KPI macros are in it; one answers where the role
has the columns that it adds up.

Rows are picked in one process and the file is written in another: DuckDB writes leftover memory into the padding of
its blocks, and the memory of a process that has read all rows holds those of others.

Environment: CONTACT_CENTER_BUILD_FILE and CONTACT_CENTER_FILE, see publish.py. Exit code 2 when nothing was written.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path

import duckdb
import yaml

from scripts.publish import SCHEMAS, STORAGE_VERSION, first_line, macro_statement, name, served_file, text

ROLES = Path(__file__).with_name("roles.yml")
# How a table can be cut to a team, the surest way first: its column, and which of the teams' or their agents' it is.
CUTS = (
    ("team_key", "team_key"),
    ("team_name", "team_name"),
    ("handling_team_name", "team_name"),
    ("agent_key", "agent_key"),
    ("handling_agent_key", "agent_key"),
    ("agent_id", "agent_id"),
    ("person_key", "person_key"),
)


class ExtractError(Exception):
    """Why nothing was written, in one sentence."""


@dataclass(frozen=True)
class Role:
    meaning: str
    columns: dict[str, str]
    rows_of_team: bool = False
    without_rows_of: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    only: list[str] = field(default_factory=lambda: ["*"])
    left_out: list[str] = field(default_factory=list)

    def may_see(self, table: str, columns: list[str]) -> bool:
        """Whether the role sees a table at all."""
        named = any(fnmatchcase(table, glob) for glob in self.only) and not any(
            fnmatchcase(table, glob) for glob in self.left_out
        )
        return named and not any(self.has(kind, columns) for kind in self.without_rows_of)

    def has(self, kind: str, columns: list[str]) -> bool:
        return any(re.fullmatch(self.columns[kind], column) for column in columns)

    def shown(self, columns: list[str]) -> list[str]:
        return [column for column in columns if not any(re.fullmatch(hidden, column) for hidden in self.hidden)]


def role_named(asked: str, file: Path = ROLES) -> Role:
    content = yaml.safe_load(file.read_text(encoding="utf-8"))
    if asked not in content["roles"]:
        known = "".join(f"\n  {name:<10} {role['meaning']}" for name, role in content["roles"].items())
        raise ExtractError(f"There is no role '{asked}'; there are:{known}")
    return Role(columns=content["columns"], **content["roles"][asked])


def keys_of_team(connection: duckdb.DuckDBPyConnection, team: str) -> dict[str, list]:
    """What a team and its agents are known by, all who have been in it."""
    teams = connection.execute(
        "select team_key, team_name from marts.dim_team where $team in (team_name, team_code)", {"team": team}
    ).fetchall()
    if not teams:
        known = [name for (name,) in connection.execute("select team_name from marts.dim_team order by all").fetchall()]
        raise ExtractError(f"There is no team '{team}'; there are: {', '.join(known)}.")
    keys = {"team_key": [key for key, _ in teams], "team_name": [name for _, name in teams]}
    for column in ("agent_key", "agent_id", "person_key"):
        keys[column] = [
            key
            for (key,) in connection.execute(
                f"select distinct {column} from marts.dim_agent where list_contains($teams, team_key)",
                {"teams": keys["team_key"]},
            ).fetchall()
        ]
    return keys


def pick(served: Path, role: Role, team: str, folder: Path) -> list[str]:
    """Write what the role may see as Parquet; the statements that make a database of it."""
    statements = []
    with duckdb.connect(served, read_only=True) as connection:
        keys = keys_of_team(connection, team) if role.rows_of_team else {}
        for schema, table, columns, comment in connection.execute(
            """
            select
                schema_name, table_name, list([column_name, comment] order by column_index),
                (
                    select max(comment) from (
                        select schema_name, table_name, comment from duckdb_tables()
                        union all
                        select schema_name, view_name, comment from duckdb_views()
                    ) as described
                    where described.schema_name = duckdb_columns.schema_name
                        and described.table_name = duckdb_columns.table_name
                )
            from duckdb_columns()
            where list_contains($schemas, schema_name)
            group by all
            order by all
            """,
            {"schemas": SCHEMAS},
        ).fetchall():
            names = [column for column, _ in columns]
            cut = cut_to_team(role, names)
            if not role.may_see(f"{schema}.{table}", names) or cut is None:
                continue
            shown = role.shown(names)
            condition, parameters = ("true", {})
            if cut:
                condition, parameters = f"list_contains($keys, {name(cut[0])})", {"keys": keys[cut[1]]}
            file = folder / f"{schema}.{table}.parquet"
            connection.execute(
                f"copy (select {', '.join(map(name, shown))} from {name(schema)}.{name(table)} where {condition})"
                f" to {text(file)} (format parquet)",
                parameters,
            )
            relation = f"{name(schema)}.{name(table)}"
            statements.append(f"create schema if not exists {name(schema)}")
            statements.append(f"create table {relation} as from read_parquet({text(file)})")
            described = [(f"table {relation}", comment)] + [
                (f"column {relation}.{name(column)}", said) for column, said in columns if column in shown
            ]
            statements += [f"comment on {what} is {text(said)}" for what, said in described if said]
        statements += macros(connection)
    return statements


def cut_to_team(role: Role, columns: list[str]) -> tuple[str, str] | tuple[()] | None:
    """By which column a table is cut, () where it need not be, None where it would have to and cannot."""
    if not role.rows_of_team or not (role.has("agent", columns) or role.has("team", columns)):
        return ()
    return next((cut for cut in CUTS if cut[0] in columns), None)


def macros(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """The KPI macros of the served file."""
    return [
        macro_statement(*kpi)
        for kpi in connection.execute(
            "select kpi_name, expression, parameter_name, parameter_expression from marts.dim_kpi order by all"
        ).fetchall()
    ]


# In a process that has read nothing but what the role may see.
WRITING = """
import json, sys, duckdb
file, storage_version = sys.argv[1:]
with duckdb.connect() as connection:
    connection.execute(f"attach '{file}' as extract (storage_version '{storage_version}')")
    connection.execute("use extract")
    for statement in json.load(sys.stdin):
        connection.execute(statement)
    connection.execute("checkpoint")
"""


def extract(served: Path, asked: str, team: str, folder: Path) -> Path:
    role = role_named(asked)
    if role.rows_of_team and not team:
        raise ExtractError(f"The role {asked} sees one team: say which, as TEAM='New York Service'.")
    if team and not role.rows_of_team:
        raise ExtractError(f"The role {asked} sees every team: leave TEAM away.")
    if not served.is_file():
        raise ExtractError(f"There is no served file {served}: run `make build` first.")
    slug = "_".join([asked, *re.findall(r"\w+", team.lower())])
    folder.mkdir(parents=True, exist_ok=True)
    file, new = folder / f"{slug}.duckdb", folder / f".{slug}.{os.getpid()}.new"
    try:
        with tempfile.TemporaryDirectory() as picked:
            statements = pick(served, role, team, Path(picked))
            written = subprocess.run(
                [sys.executable, "-c", WRITING, str(new).replace("'", "''"), STORAGE_VERSION],
                input=json.dumps(statements),
                capture_output=True,
                text=True,
            )
        if written.returncode:
            raise ExtractError(f"Not written: {written.stderr.strip().splitlines()[-1]}")
        new.replace(file)
    finally:
        new.unlink(missing_ok=True)
    return file


def main() -> int:
    asked, team, *folders = [*sys.argv[1:], "", ""][: max(2, len(sys.argv) - 1)]
    served = served_file()
    folder = Path(folders[0]) if folders and folders[0] else served.with_name("export")
    try:
        file = extract(served, asked, team, folder)
    except (ExtractError, duckdb.Error, OSError) as error:
        print(error if isinstance(error, ExtractError) else f"Not written: {first_line(error)}.", file=sys.stderr)
        return 2
    with duckdb.connect(file, read_only=True) as connection:
        tables = connection.execute("select count(*) from duckdb_tables()").fetchone()[0]
    print(f"Wrote {tables} tables ({file.stat().st_size / 1e6:.1f} MB) that the role {asked} may see to {file}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
