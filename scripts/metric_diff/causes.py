"""What a KPI is computed from, what of that differs between two manifests, and who uses the KPI."""

import json
from collections import deque
from dataclasses import dataclass

from scripts.metric_diff.building import Side

# How a node differs is told by these; where it lies or when it was parsed is no difference.
TOLD_BY = {
    "model": ("checksum", "unrendered_config", "contract"),
    "seed": ("checksum", "unrendered_config"),
    "test": ("checksum", "unrendered_config", "test_metadata"),
    "snapshot": ("checksum", "unrendered_config"),
    "unit_test": ("given", "expect", "overrides"),
    "macro": ("macro_sql",),
    "metric": ("type_params", "filter", "config"),
}
NEAREST = 8


@dataclass(frozen=True)
class Change:
    kind: str
    name: str
    path: str
    what: str
    unique_id: str

    def __str__(self) -> str:
        return f"{self.kind} {self.name} ({self.path}, {self.what})"


@dataclass
class Graph:
    """What hangs on what in one manifest: nodes on nodes and on the macros they call."""

    manifest: dict

    def __post_init__(self) -> None:
        self.things = {
            **self.manifest["nodes"],
            **self.manifest["macros"],
            **self.manifest["metrics"],
            **self.manifest["exposures"],
            **self.manifest["unit_tests"],
            **self.manifest.get("semantic_models", {}),
        }
        self.users = {}
        for unique_id in self.things:
            for used in self.uses(unique_id):
                self.users.setdefault(used, []).append(unique_id)

    def uses(self, unique_id: str) -> list[str]:
        thing = self.things.get(unique_id, {})
        of = thing.get("depends_on") or {}
        return [*of.get("macros", []), *of.get("nodes", [])]

    def own(self, kind: str, name: str) -> str:
        return f"{kind}.{self.manifest['metadata'].get('project_name', 'contact_center')}.{name}"

    def behind(self, starts: list[str]) -> dict[str, int]:
        """Everything that the starts are computed from, with its distance."""
        found = dict.fromkeys((start for start in starts if start in self.things), 0)
        waiting = deque(found)
        while waiting:
            each = waiting.popleft()
            for used in self.uses(each):
                if used not in found:
                    found[used] = found[each] + 1
                    waiting.append(used)
        return found

    def reached(self, starts: list[str]) -> set[str]:
        """Everything that uses the starts."""
        found, waiting = set(), list(starts)
        while waiting:
            for user in self.users.get(waiting.pop(), []):
                if user not in found:
                    found.add(user)
                    waiting.append(user)
        return found


def changed_things(base: Side, head: Side) -> list[Change]:
    """Models, seeds, macros, metrics and tests that differ, and variables of dbt_project.yml."""
    changes = []
    old, new = Graph(base.manifest).things, Graph(head.manifest).things
    for unique_id in sorted(old.keys() | new.keys()):
        thing = new.get(unique_id) or old[unique_id]
        kind = thing.get("resource_type", unique_id.split(".", 1)[0])
        is_ours = thing["package_name"] == head.manifest["metadata"].get("project_name", "contact_center")
        path = thing["original_file_path"]
        # The landed rows are head's on both sides.
        if kind not in TOLD_BY or not is_ours or path.startswith("seeds/sample/"):
            continue
        if unique_id not in old or unique_id not in new:
            what = "new" if unique_id in new else "removed"
        elif identity(old[unique_id], kind) != identity(new[unique_id], kind):
            what = "changed"
        else:
            continue
        changes.append(Change(kind.replace("_", " "), thing["name"], path, what, unique_id))
    for name in sorted(base.variables.keys() | head.variables.keys()):
        before, after = base.variables.get(name), head.variables.get(name)
        if before != after:
            what = f"{shortened(before)} -> {shortened(after)}"
            changes.append(Change("variable", name, "dbt_project.yml", what, f"variable.{name}"))
    return changes


def shortened(value) -> str:
    text = json.dumps(value, sort_keys=True)
    return text if len(text) <= 60 else f"{text[:60]}..."


def identity(thing: dict, kind: str) -> str:
    return json.dumps([thing.get(each) for each in TOLD_BY[kind]], sort_keys=True, default=str)


def causes_of(kpi: str, relation: str, tables: list[str], changes: list[Change], *graphs: Graph) -> list[Change]:
    """The changes that a KPI is computed from, nearest first; of its tables only when nothing nearer changed."""
    nearest = caused_by([("macro", kpi), ("metric", kpi), ("model", relation)], changes, graphs)
    return nearest or caused_by([("model", table.split(".")[-1]) for table in tables], changes, graphs)


def caused_by(starts: list[tuple[str, str]], changes: list[Change], graphs: tuple[Graph, ...]) -> list[Change]:
    distances = {}
    for graph in graphs:
        behind = graph.behind([graph.own(kind, name) for kind, name in starts])
        texts = {each: graph.things[each].get("raw_code") or graph.things[each].get("macro_sql") or ""
                 for each in behind if each in graph.things}  # fmt: skip
        for change in changes:
            if change.kind == "variable":
                far = [behind[each] for each, text in texts.items()
                       if f"var('{change.name}'" in text or f'var("{change.name}"' in text]  # fmt: skip
            elif change.kind in ("test", "unit test"):
                # What proves the mart itself; a test further off is beside another change.
                near = {graph.own(kind, name) for kind, name in starts}
                far = [NEAREST for used in graph.uses(change.unique_id) if used in near]
            else:
                far = [behind[change.unique_id]] if change.unique_id in behind else []
            if far:
                distances[change] = min([distances.get(change, 99), *far])
    return sorted(distances, key=lambda change: (change.kind in ("test", "unit test"), distances[change], change.name))


def reach_of(kpi: str, tables: list[str], graph: Graph) -> dict[str, list[str]]:
    """Tables, reports and consumers that show a KPI: its own tables, what calls its macro, and what reads those."""
    starts = [graph.own("macro", kpi), *(graph.own("model", table.split(".")[-1]) for table in tables)]
    reached = [graph.things[each] for each in graph.reached(starts)]
    return {
        "tables": sorted(tables),
        "reports": sorted({f"{thing['schema']}.{thing['name']}" for thing in reached
                           if thing.get("resource_type") == "model" and thing["schema"] == "reports"}),
        "consumers": sorted(thing.get("label") or thing["name"] for thing in reached
                            if thing.get("resource_type") == "exposure"),
    }  # fmt: skip
