"""What the registry of KPIs says to those who ask by name: which dimension has a meaning, and why another has none."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import duckdb


class RefusedError(Exception):
    """Why a question about a KPI has no answer, in one sentence."""


def known_kpi(name: str, names: Iterable[str]) -> str:
    """The name itself, or a refusal that tells the nearest ones."""
    names = sorted(names)
    if name in names:
        return name
    nearest = get_close_matches(name, names, n=3, cutoff=0.5) or [kpi for kpi in names if name in kpi][:3]
    hint = f"did you mean {listed(nearest, 'or')}?" if nearest else "`make kpi` lists them all."
    raise RefusedError(f"there is no KPI {name}; {hint}")


def valid_dimension(kpi: str, dimension: str, valid: Iterable[str], refused: Mapping[str, str]) -> str:
    """The dimension itself, or a refusal with the reason."""
    valid = list(valid)
    if dimension in valid:
        return dimension
    if dimension in refused:
        raise RefusedError(f"{kpi} has no meaning by {dimension}. {refused[dimension]}")
    raise RefusedError(f"{kpi} is not known by {dimension}; it is by {listed(valid, 'and')}.")


def needed_dimension(kpi: str, dimensions: Iterable[str], needed: str | None, reason: str | None) -> None:
    """Refuse a KPI that is not asked by the dimension without which it has no answer."""
    if needed and needed not in dimensions:
        raise RefusedError(f"{kpi} has no answer in total, ask for it by {needed}. {reason or ''}".rstrip())


def names_in(text: str) -> list[str]:
    """Names separated by commas; blanks and commas too many do no harm, a repeated name does."""
    names = [name.strip() for name in text.split(",") if name.strip()]
    for name in names:
        if names.count(name) > 1:
            raise RefusedError(f"{name} is asked for more than once.")
    return names


def opened(file: Path) -> duckdb.DuckDBPyConnection:
    """The file, read-only, or a refusal that says what to do."""
    if not file.is_file():
        raise RefusedError(f"there is no {file}: run `make build` first.")
    try:
        connection = duckdb.connect(file, read_only=True)
    except duckdb.Error as error:
        raise RefusedError(f"{file} cannot be read: {str(error).splitlines()[0]}") from error
    if not connection.execute(
        "select 1 from duckdb_tables() where schema_name = 'marts' and table_name = 'dim_kpi'"
    ).fetchone():
        connection.close()
        raise RefusedError(f"{file} holds no KPIs: run `make build` first.")
    return connection


def records(cursor: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """What was selected, each row as a mapping from column to value."""
    columns = [column for column, *_ in cursor.description]
    return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]


def listed(names: list[str], last: str) -> str:
    *others, final = names
    return f"{', '.join(others)} {last} {final}" if others else final
