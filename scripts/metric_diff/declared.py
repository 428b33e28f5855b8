"""What a change says of itself: files of metric_changes/, and rows of CHANGELOG.md."""

import re
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from scripts.metric_diff.building import DECLARATIONS, NotComparedError
from scripts.metric_diff.numbers import Move

DIRECTIONS = ("up", "down", "both")
KEYS = {"kpi", "reason", "direction", "bound", "allows", "tables", "breaking"}
ALLOWED = ("appear", "vanish")
SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*(%?)")


@dataclass
class Declaration:
    """An expected move of KPIs or of tables, or columns that go on purpose."""

    file: str
    reason: str
    kpis: list[str] = field(default_factory=list)
    direction: str = "both"
    bound: float = 0.0
    is_relative: bool = False
    allows: list[str] = field(default_factory=list)
    tables: list[str] = field(default_factory=list)
    breaking: list[str] = field(default_factory=list)

    def refusal(self, move: Move) -> str | None:
        """Why the move is not what was declared; None when it is."""
        if move.kind == "parts":
            return None
        if move.absolute is None:
            # NULL is no value: one that becomes NULL vanishes, whether its row stays or not.
            kind = "appear" if move.kind == "appeared" or move.old is None else "vanish"
            told = {"appear": "appears", "vanish": "vanishes"}[kind]
            return None if kind in self.allows else f"{told}, which `allows` does not say"
        if self.direction != "both" and (move.absolute > 0) != (self.direction == "up"):
            return f"went {'up' if move.absolute > 0 else 'down'}, not {self.direction}"
        size = move.relative if self.is_relative else move.absolute
        if size is None:
            return "was 0, of which no share can be said"
        if abs(size) > self.bound * (1 + 1e-9):
            return (
                f"moved beyond the bound of {self.bound:.6g}"
                if not self.is_relative
                else (f"moved beyond the bound of {self.bound:.2%}")
            )
        return None


def read_declarations(changed_files: list[str], root: Path = Path()) -> list[Declaration]:
    """The declarations that head has and base has not: an old one says nothing of a new move."""
    names = [name for name in changed_files if name.startswith(f"{DECLARATIONS}/") and not name.endswith("README.md")]
    found = []
    for name in sorted(names):
        if not (root / name).is_file():
            continue
        if not re.fullmatch(rf"{DECLARATIONS}/\d{{3}}\.yml", name):
            raise NotComparedError(f"{name} is not named {DECLARATIONS}/NNN.yml, with three digits")
        found.append(declaration_of(name, (root / name).read_text(encoding="utf-8")))
    return found


def declaration_of(file: str, text: str) -> Declaration:
    try:
        content = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise NotComparedError(f"{file} is not YAML: {str(error).splitlines()[0]}") from error
    if not isinstance(content, dict) or content.keys() - KEYS:
        unknown = ", ".join(sorted(content.keys() - KEYS)) if isinstance(content, dict) else "no mapping"
        raise NotComparedError(f"{file} may have the keys {', '.join(sorted(KEYS))}; it has {unknown}")
    kpis = content.get("kpi") or []
    kpis = [kpis] if isinstance(kpis, str) else kpis
    tables, breaking, allows = (content.get(key) or [] for key in ("tables", "breaking", "allows"))
    if not str(content.get("reason") or "").strip():
        raise NotComparedError(f"{file} has no reason")
    if not kpis and not tables and not breaking:
        raise NotComparedError(f"{file} names no kpi, no tables and nothing that is breaking")
    if any(each not in ALLOWED for each in allows):
        raise NotComparedError(f"{file} allows {', '.join(map(str, allows))}; it may allow {' and '.join(ALLOWED)}")
    declaration = Declaration(file, content["reason"].strip(), kpis, allows=allows, tables=tables, breaking=breaking)
    if kpis:
        size = SIZE.fullmatch(str(content.get("bound")))
        if content.get("direction") not in DIRECTIONS or not size:
            raise NotComparedError(
                f"{file} needs a direction ({', '.join(DIRECTIONS)}) and a bound, such as 0.02 or 5%"
            )
        declaration.direction = content["direction"]
        declaration.is_relative = size[2] == "%"
        declaration.bound = float(size[1]) / (100 if declaration.is_relative else 1)
    return declaration


def new_changelog_rows(base: str, head: str) -> list[str]:
    """The first cells of the rows that only head has."""
    before = set(base.splitlines())
    return [line.split("|")[1] for line in head.splitlines() if line.startswith("|") and line not in before]


def is_named(name: str, rows: list[str]) -> bool:
    return any(f"`{name}`" in row for row in rows)
