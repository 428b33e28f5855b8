"""The comparison as Markdown for people and as JSON for tools."""

from dataclasses import asdict, dataclass, field

from scripts.metric_diff.causes import Change
from scripts.metric_diff.declared import Declaration
from scripts.metric_diff.definitions import DefinitionChange, FieldChange, Kpi
from scripts.metric_diff.numbers import KpiMoves, Move, Numbers
from scripts.metric_diff.rules import BEYOND, BREAKING, DECLARED, MOVED, NEEDS_VERSION, SAME, Judgment
from scripts.metric_diff.tables import ColumnChange, TableDifference

SHOWN_KPIS = 20
SHOWN_ROWS = 3
SHOWN_TEXT = 300
JSON_ROWS = 2000
NEXT_STEP = {
    SAME: "",
    DECLARED: "Everything that moved was declared. Check the numbers below against the reasons.",
    BREAKING: "Give back what is gone, or name it under `breaking` in a file of metric_changes/ with the reason; a KPI "
    "is deprecated before it goes.",
    NEEDS_VERSION: "Raise `version` and `effective_date` in the registry entry and give CHANGELOG.md a row that names "
    "the KPI.",
    MOVED: "If that is what you meant, declare it in a file of metric_changes/; if not, see the causes below.",
    BEYOND: "See what moved too far; correct the change, or the declaration with a reason for the larger bound.",
}


@dataclass
class Comparison:
    base: str
    head: str
    judgment: Judgment
    base_kpis: dict[str, Kpi] = field(default_factory=dict)
    head_kpis: dict[str, Kpi] = field(default_factory=dict)
    definitions: list[DefinitionChange] = field(default_factory=list)
    numbers: Numbers = field(default_factory=Numbers)
    lost: list[ColumnChange] = field(default_factory=list)
    differing: list[TableDifference] = field(default_factory=list)
    compared_tables: int = 0
    changes: list[Change] = field(default_factory=list)
    causes: dict[str, list[Change]] = field(default_factory=dict)
    reach: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    declarations: list[Declaration] = field(default_factory=list)
    was_built: bool = True
    has_other_rows: bool = False

    def moved(self) -> list[KpiMoves]:
        """KPIs with moves: tier 1 first, then by the share by which the total moved, then by the number of values."""
        return sorted(
            (found for found in self.numbers.moved.values() if found.moves),
            key=lambda found: (self.tier(found.kpi), -size(found.total), -len(found.moves), found.kpi),
        )

    def tier(self, kpi: str) -> int:
        return (self.head_kpis.get(kpi) or self.base_kpis[kpi]).tier


def size(move: Move | None) -> float:
    return 0.0 if move is None else abs(move.relative) if move.relative is not None else float("inf")


def markdown(comparison: Comparison) -> str:
    judgment = comparison.judgment
    lines = [f"**{judgment.verdict}**: {headline(comparison)}", ""]
    if NEXT_STEP[judgment.verdict]:
        lines += [NEXT_STEP[judgment.verdict], ""]
    lines += [f"Base is {comparison.base}, head is {comparison.head}; both are built from head's sample."]
    if comparison.has_other_rows:
        lines += ["The sample itself changes too; what its new rows move is not told here, as both sides have them."]
    lines += capped(finding_lines(comparison), SHOWN_KPIS * 2, "more findings", before=[""])
    lines += definition_lines(comparison) + number_lines(comparison) + cause_lines(comparison)
    return "\n".join(lines) + "\n"


def finding_lines(comparison: Comparison) -> list[str]:
    """What was found, KPIs with the same finding together."""
    groups = {}
    for finding in comparison.judgment.findings:
        groups.setdefault((finding.verdict, finding.text), []).append(f"`{finding.about}`")
    return [f"- {verdict.capitalize()}: {', '.join(about)}: {text}" for (verdict, text), about in groups.items()]


def headline(comparison: Comparison) -> str:
    if not comparison.was_built:
        return "nothing that a build reads differs from base, so nothing was built or compared."
    compared = comparison.numbers.compared
    members = ", ".join(f"{number:,} by {name}" for name, number in sorted(compared.members.items()))
    extent = (
        f"{compared.values:,} values of {counted(compared.kpis, 'KPI')} over {counted(compared.days, 'day')}"
        f" and {members or 'no dimension'}, and {counted(comparison.compared_tables, 'other table')}, were compared."
    )
    moved = comparison.moved()
    if not moved:
        tables = f", but rows of {counted(len(comparison.differing), 'other table')}" if comparison.differing else ""
        return f"no KPI moved{tables}; {extent}"
    values = sum(len(found.moves) for found in moved)
    return f"{counted(values, 'value')} of {counted(len(moved), 'KPI')} moved; {extent}"


def counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def capped(lines: list[str], most: int, what: str, before: list[str] | None = None) -> list[str]:
    rest = len(lines) - most
    shown = lines[:most] + ([f"- ... and {rest:,} {what}; the JSON has them."] if rest > 0 else [])
    return [*(before or []), *shown] if shown else []


def definition_lines(comparison: Comparison) -> list[str]:
    groups = {}
    for change in comparison.definitions:
        changed = (
            *(line for each in change.definition for line in field_lines(each, "")),
            *(line for each in change.told for line in field_lines(each, ", which is no definition")),
        )
        groups.setdefault(changed, []).append(f"{change.kpi} ({tier_and_version(change)})")
    lines = []
    for changed, kpis in groups.items():
        lines += [f"### {', '.join(kpis)}", "", *(changed or ["- only the version"]), ""]
    for name in sorted(comparison.head_kpis.keys() - comparison.base_kpis.keys()):
        lines += [f"### {name} is new", "", f"- {comparison.head_kpis[name].fields.get('meaning', '')}", ""]
    if comparison.lost:
        lines += ["### Columns", ""]
        lines += [f"- `{each.column}`: {each.old} -> {each.new or 'gone'}" for each in comparison.lost]
        lines.append("")
    return ["", "## Definitions", "", *lines[:-1]] if lines else []


def tier_and_version(change: DefinitionChange) -> str:
    old, new = change.old.version, change.new.version
    return f"tier {change.new.tier}, version {new if old == new else f'{old} -> {new}'}"


def field_lines(change: FieldChange, remark: str) -> list[str]:
    old, new = change.old, change.new
    if change.field.startswith("threshold ") and old and new:
        # One of many queues, often.
        before, after = old.split("; "), new.split("; ")
        old = "; ".join(each for each in before if each not in after)
        new = "; ".join(each for each in after if each not in before)
    return [f"- {change.field}{remark}:", f"  - old: {told(old, new)}", f"  - new: {told(new, old)}"]


def told(text: str | None, other: str | None) -> str:
    """A long text from where it begins to differ."""
    if not text:
        return "(none)"
    text, other = " ".join(text.split()), " ".join((other or "").split())
    begin = next((place for place, (a, b) in enumerate(zip(text, other, strict=False)) if a != b), len(other))
    begin = max(0, begin - SHOWN_TEXT // 3) if len(text) > SHOWN_TEXT else 0
    shown = text[begin : begin + SHOWN_TEXT]
    shown = ("..." if begin else "") + shown + ("..." if begin + SHOWN_TEXT < len(text) else "")
    return f"`{shown.replace('`', chr(39))}`"


def number_lines(comparison: Comparison) -> list[str]:
    moved = comparison.moved()
    lines = []
    for found in moved[:SHOWN_KPIS]:
        kpi = comparison.head_kpis.get(found.kpi) or comparison.base_kpis[found.kpi]
        lines += [f"### {found.kpi} (tier {kpi.tier}, {kpi.unit})", ""]
        lines += ["| where | when | who | old | new | change | relative |", "|---|---|---|--:|--:|--:|--:|"]
        places = {}
        for move in found.moves:
            places.setdefault(move.place, []).append(move)
        for place, moves in sorted(places.items(), key=lambda each: (each[0] != "total", each[0])):
            largest = sorted(moves, key=lambda move: -abs(move.absolute or 0))[:SHOWN_ROWS]
            lines += [row(move) for move in largest]
            if len(moves) > len(largest):
                lines.append(f"| {place} | ... and {len(moves) - len(largest):,} more | | | | | |")
        lines.append("")
    if len(moved) > SHOWN_KPIS:
        lines += [f"... and {len(moved) - SHOWN_KPIS} more KPIs: "
                  + ", ".join(found.kpi for found in moved[SHOWN_KPIS:]) + ".", ""]  # fmt: skip
    offered = [
        f"- `{found.kpi}` is new in {', '.join(found.new_in)}"
        for found in comparison.numbers.moved.values()
        if found.new_in
    ]
    lines += capped(offered, SHOWN_KPIS, "more")
    lines += capped([table_line(each) for each in comparison.differing], SHOWN_KPIS, "more tables",
                    before=["### Other tables", ""])  # fmt: skip
    return ["", "## Numbers", "", *lines[: len(lines) - (not lines[-1])]] if lines else []


def table_line(table: TableDifference) -> str:
    columns = sorted(table.columns.items(), key=lambda each: -each[1])
    told_columns = [f"{name} in {counted(number, 'row')}" for name, number in columns[:SHOWN_ROWS]]
    rest = [f"{len(columns) - SHOWN_ROWS} more columns"] if len(columns) > SHOWN_ROWS else []
    rows = [
        f"{counted(number, 'row')} {what}"
        for number, what in ((table.appeared, "more"), (table.vanished, "less"))
        if number
    ]
    return f"- `{table.table}` of {counted(table.rows, 'row')}: {', '.join(rows + told_columns + rest)}"


def row(move: Move) -> str:
    change = move.kind if move.absolute is None else "parts only" if move.kind == "parts" else f"{move.absolute:+.6g}"
    relative = "" if move.relative is None or move.kind == "parts" else f"{100 * move.relative:+.3g}%"
    return (
        f"| {move.place} | {move.period} | {move.member} | {number(move.old)} | {number(move.new)}"
        f" | {change} | {relative} |"
    )


def number(value: float | None) -> str:
    return "NULL" if value is None else f"{value:,.6g}" if abs(value) < 1e6 else f"{value:,.0f}"


def cause_lines(comparison: Comparison) -> list[str]:
    """Causes and reach, KPIs with the same ones told together."""
    groups = {}
    for kpi, causes in comparison.causes.items():
        reach = comparison.reach[kpi]
        key = tuple(causes), tuple(reach["tables"]), tuple(reach["reports"]), tuple(reach["consumers"])
        groups.setdefault(key, []).append(kpi)
    lines = []
    for (causes, tables, reports, consumers), kpis in groups.items():
        lines += [f"- {', '.join(f'`{kpi}`' for kpi in kpis)}"]
        lines += [f"  - caused by {'; '.join(map(str, causes[:SHOWN_ROWS]))}" if causes
                  else "  - caused by nothing that the manifest knows: look at scripts/ and at packages"]  # fmt: skip
        lines += [f"    and {len(causes) - SHOWN_ROWS} more"] if len(causes) > SHOWN_ROWS else []
        lines += [f"  - {what} {', '.join(names)}" for what, names in
                  (("in", tables), ("reports:", reports), ("consumers:", consumers)) if names]  # fmt: skip
    lines = ["", "## Causes and reach", "", *lines] if lines else []
    told_causes = {cause for causes in comparison.causes.values() for cause in causes}
    # A test that nobody's KPI rests on cannot move one.
    others = [f"- {change}" for change in comparison.changes
              if change not in told_causes and change.kind not in ("test", "unit test")]  # fmt: skip
    return lines + capped(others, SHOWN_KPIS, "more", before=["", "Changed too, and no KPI moved by it:", ""])


def as_json(comparison: Comparison) -> dict:
    return {
        "verdict": comparison.judgment.verdict,
        "base": comparison.base,
        "head": comparison.head,
        "was_built": comparison.was_built,
        "findings": [asdict(finding) for finding in comparison.judgment.findings],
        "compared": asdict(comparison.numbers.compared),
        "definitions": [
            {
                "kpi": change.kpi,
                "old_version": change.old.version,
                "new_version": change.new.version,
                "definition": [asdict(each) for each in change.definition],
                "told": [asdict(each) for each in change.told],
                "no_longer": change.no_longer,
            }
            for change in comparison.definitions
        ],
        "new_kpis": sorted(comparison.head_kpis.keys() - comparison.base_kpis.keys()),
        "removed_kpis": sorted(comparison.base_kpis.keys() - comparison.head_kpis.keys()),
        "tables": [asdict(each) for each in comparison.differing],
        "lost_columns": [asdict(each) for each in comparison.lost],
        "numbers": [
            {
                "kpi": found.kpi,
                "tier": comparison.tier(found.kpi),
                "moved_values": len(found.moves),
                "moves": [asdict(move) | {"absolute": move.absolute, "relative": move.relative}
                          for move in sorted(found.moves, key=lambda each: each.place != "total")[:JSON_ROWS]],
            }
            for found in comparison.moved()
        ],
        "new_in": {found.kpi: found.new_in for found in comparison.numbers.moved.values() if found.new_in},
        "causes": {kpi: [asdict(cause) for cause in causes] for kpi, causes in comparison.causes.items()},
        "reach": comparison.reach,
        "changed": [asdict(change) for change in comparison.changes],
        "declarations": [asdict(declaration) for declaration in comparison.declarations],
    }  # fmt: skip
