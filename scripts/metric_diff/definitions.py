"""What a KPI is by its definition, and what differs between two of them, field by field."""

import json
import re
from dataclasses import dataclass, field

import duckdb

from scripts.metric_diff.building import NotComparedError, Side
from scripts.registry import records

SQL_FIELDS = (
    "expression", "numerator_expression", "denominator_expression", "observations_expression", "parameter_expression",
)  # fmt: skip
# What a KPI means: a change of any of these is another KPI, and needs a new version.
MEANING_FIELDS = (
    "meaning", "counts", "leaves_out", "unit", "direction", "relation", "time_column", "needed_dimension", "shape",
    "time_attribution", "zero_denominator",
)  # fmt: skip
# What it may be asked by and over: more is new, less breaks a question.
OFFERED_FIELDS = ("dimensions", "also_over")
# The rest of dim_kpi is told and judged by nobody. `definition` puts all the others into one sentence.
UNTOLD_FIELDS = {"kpi_name", "definition", "version", "effective_date"}


@dataclass
class Kpi:
    name: str
    fields: dict[str, str]
    version: int = 1
    effective_date: str = ""
    tier: int = 3
    unit: str = "number"
    deprecated: dict | None = None


@dataclass
class FieldChange:
    field: str
    old: str | None
    new: str | None


@dataclass
class DefinitionChange:
    kpi: str
    old: Kpi
    new: Kpi
    definition: list[FieldChange] = field(default_factory=list)
    told: list[FieldChange] = field(default_factory=list)
    no_longer: list[str] = field(default_factory=list)

    @property
    def has_new_version(self) -> bool:
        return self.new.version > self.old.version


def kpis_of_both(
    base: Side, head: Side, connection: duckdb.DuckDBPyConnection
) -> tuple[dict[str, Kpi], dict[str, Kpi]]:
    """The KPIs of the attached databases `base` and `head`: what dim_kpi says, components and thresholds."""
    sides = {"base": base, "head": head}
    rows = {database: registered(side, connection, database) for database, side in sides.items()}
    # Both sides are asked for the thresholds that either names: naming one for the first time changes nothing.
    named = {}
    for database, side in sides.items():
        for kpi, thresholds in thresholds_of(rows[database], side).items():
            named.setdefault(kpi, set()).update(thresholds)
    return tuple(kpis_of(side, rows[database], named, connection, database) for database, side in sides.items())


def registered(side: Side, connection, database: str) -> list[dict]:
    try:
        return records(connection.execute(f"select * from {database}.marts.dim_kpi"))
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        raise NotComparedError(f"the build of {side.label} has no marts.dim_kpi: {reason}") from error


def thresholds_of(rows: list[dict], side: Side) -> dict[str, set[str]]:
    """The thresholds that the columns of each KPI rest on, as the yml of its mart names them."""
    columns = {
        node["name"]: {name: (column.get("config") or {}).get("meta") or {} for name, column in node["columns"].items()}
        for node in side.manifest["nodes"].values()
        if node["resource_type"] == "model"
    }
    found = {}
    for row in rows:
        used = re.findall(r"\bv\.(\w+)", " ".join(row.get(name) or "" for name in SQL_FIELDS))
        of_mart = columns.get(row["relation"], {})
        found[row["kpi_name"]] = {each for name in used for each in of_mart.get(name, {}).get("thresholds", [])}
    return found


def kpis_of(side: Side, rows: list[dict], named: dict[str, set[str]], connection, database: str) -> dict[str, Kpi]:
    metrics = {metric["name"]: metric for metric in side.manifest["metrics"].values()}
    values = {
        threshold: value_of_threshold(threshold, side, connection, database)
        for threshold in sorted(set().union(*named.values()))
    }
    return {
        row["kpi_name"]: kpi_of(row, metrics, {each: values[each] for each in sorted(named[row["kpi_name"]])})
        for row in rows
    }


def kpi_of(row: dict, metrics: dict, thresholds: dict[str, str | None]) -> Kpi:
    name = row["kpi_name"]
    meta = metrics[name]["config"]["meta"] if name in metrics else {}
    fields = {column: as_text(value) for column, value in row.items() if column not in UNTOLD_FIELDS}
    fields |= {f"component {component}": text for component, text in components(name, metrics).items()}
    fields |= {f"threshold {threshold}": value for threshold, value in thresholds.items()}
    return Kpi(
        name,
        fields,
        row.get("version", 1),
        as_text(row.get("effective_date")) or "",
        row.get("tier", 3),
        row.get("unit", "number"),
        meta.get("deprecated"),
    )


def as_text(value) -> str | None:
    return None if value is None else str(value)


def components(name: str, metrics: dict) -> dict[str, str]:
    """The simple metrics that a KPI is made of in the semantic layer, each as one line."""
    found, waiting = {}, [name]
    while waiting:
        metric = metrics.get(waiting.pop())
        if metric is None:
            continue
        of = [node.rsplit(".", 1)[-1] for node in metric["depends_on"]["nodes"] if node.startswith("metric.")]
        waiting += of
        parameters = metric["type_params"]
        if metric["type"] == "simple":
            how = parameters.get("metric_aggregation_params") or {}
            line = f"{how.get('agg')}({parameters.get('expr') or metric['name']}) of {how.get('semantic_model')}"
            share = (how.get("agg_params") or {}).get("percentile")
            line += f", percentile {share}" if share is not None else ""
            line += f", where {json.dumps(metric['filter'], sort_keys=True)}" if metric.get("filter") else ""
            found[metric["name"]] = line
        elif parameters.get("expr"):
            found[metric["name"]] = f"{parameters['expr']}"
    return dict(sorted(found.items()))


def value_of_threshold(threshold: str, side: Side, connection, database: str) -> str | None:
    """A variable, a column of the queues' policies, a limit of kpi_limits or a whole seed; None where it is none."""
    if threshold in side.variables:
        return json.dumps(side.variables[threshold], sort_keys=True)
    if threshold in columns_of(connection, database, "marts", "queue_channel_policy"):
        query = (
            "select concat_ws(', ', queue_name, channel_name, 'from ' || cast(policy.valid_from as date)) || ': '"
            f" || coalesce(cast(policy.{threshold} as varchar), 'none')"
            f" from {database}.marts.queue_channel_policy as policy"
            f" left join {database}.marts.dim_queue using (queue_key)"
            f" left join {database}.marts.dim_channel using (channel_key) where queue_key >= 0 order by all"
        )
    elif seed := columns_of(connection, database, "meta", threshold):
        query = f"select concat_ws(', ', {', '.join(seed)}) from {database}.meta.{threshold} order by all"
    else:
        query = (
            f"select 'from ' || valid_from || ': ' || limit_seconds || ' s' from {database}.meta.kpi_limits"
            f" where limit_code = '{threshold}' order by all"
        )
    return "; ".join(value for (value,) in connection.execute(query).fetchall()) or None


def columns_of(connection, database: str, schema: str, table: str) -> dict[str, str]:
    return dict(
        connection.execute(
            "select column_name, data_type from duckdb_columns() where database_name = ? and schema_name = ?"
            " and table_name = ? order by column_index",
            [database, schema, table],
        ).fetchall()
    )


def normalized(name: str, text: str | None) -> str | None:
    """Text without what changes no meaning: layout everywhere; comments, case and blanks around signs in SQL."""
    if text is None:
        return None
    if name not in SQL_FIELDS and not name.startswith("component "):
        return " ".join(text.split())
    without_comments = re.sub(r"('(?:[^']|'')*')|/\*.*?\*/|--[^\n]*", lambda found: found[1] or " ", text, flags=re.S)
    pieces = re.split(r"('(?:[^']|'')*')", without_comments)
    pieces[::2] = [re.sub(r"\s*([^\w\s.])\s*", r"\1", " ".join(piece.lower().split())) for piece in pieces[::2]]
    return "".join(piece if place % 2 else f" {piece} " for place, piece in enumerate(pieces)).strip()


def is_definition(name: str) -> bool:
    return name in SQL_FIELDS or name in MEANING_FIELDS or name.startswith(("component ", "threshold "))


def changes_between(base: dict[str, Kpi], head: dict[str, Kpi]) -> list[DefinitionChange]:
    """Every KPI of both sides of which anything differs."""
    changes = []
    for name in sorted(base.keys() & head.keys()):
        old, new = base[name], head[name]
        change = DefinitionChange(name, old, new)
        # A field that only one side's dim_kpi has says nothing about the KPI; a component or threshold does.
        for each in {**old.fields, **new.fields}:
            before, after = old.fields.get(each), new.fields.get(each)
            is_of_both = each in old.fields and each in new.fields
            if normalized(each, before) == normalized(each, after):
                continue
            if each in OFFERED_FIELDS and is_of_both:
                change.no_longer += [item for item in (before or "").split(", ")
                                     if item and item not in (after or "").split(", ")]  # fmt: skip
            if is_definition(each) and (is_of_both or " " in each):
                change.definition.append(FieldChange(each, before, after))
            elif is_of_both:
                change.told.append(FieldChange(each, before, after))
        if change.definition or change.told or change.no_longer or old.version != new.version:
            changes.append(change)
    return changes
