"""The warehouse's own runs: builds, tests and publishing, each a process as a user starts it."""

import json
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from scripts.benchmark.warehouse.comparing import FACTS, KPI_TABLES
from scripts.benchmark.warehouse.measuring import Cost, run

DBT = Path(sys.executable).with_name("dbt")


@dataclass
class Warehouse:
    """One warehouse of the source `files`, in a folder of its own."""

    folder: Path
    landing_root: Path

    @property
    def build_file(self) -> Path:
        return self.folder / "build.duckdb"

    @property
    def served_file(self) -> Path:
        return self.folder / "contact_center.duckdb"

    @property
    def env(self) -> dict[str, str]:
        return {
            "CONTACT_CENTER_BUILD_FILE": str(self.build_file),
            "CONTACT_CENTER_FILE": str(self.served_file),
        }

    def build(self, name: str) -> Cost:
        """Seeds and models without tests, and how much of it was SQL."""
        return self._dbt(name, "build", "--exclude-resource-type", "test", "unit_test")

    def test(self, name: str) -> Cost:
        return self._dbt(name, "test", "--exclude-resource-type", "unit_test")

    def publish(self, name: str) -> Cost:
        command = [sys.executable, "-m", "scripts.publish"]
        cost = run(command, self.folder / f"{name}.log", self.env, folder=self.folder)
        cost.parts = {"file": self.served_file.stat().st_size}
        return cost

    def _dbt(self, name: str, *words: str) -> Cost:
        cost = run(
            [DBT, *words, "--target-path", self.folder / "target", "--log-path", self.folder / "logs"]
            + ["--vars", json.dumps({"sources": ["files"], "landing_root": str(self.landing_root), "publish": False})],
            self.folder / f"{name}.log",
            self.env,
            folder=self.folder,
        )
        results = json.loads((self.folder / "target" / "run_results.json").read_text())
        nodes = {result["unique_id"]: result["execution_time"] for result in results["results"]}
        sql_seconds = busy_seconds(results["results"])
        core = self.core_nodes()
        cost.parts = {
            "nodes_seconds": sum(nodes.values()),
            "sql_seconds": sql_seconds,
            "core_seconds": busy_seconds([result for result in results["results"] if result["unique_id"] in core]),
            "start_seconds": cost.seconds - sql_seconds,
            "slowest": sorted(nodes.items(), key=lambda node: -node[1])[:25],
            "file": self.build_file.stat().st_size,
        }
        return cost

    def core_nodes(self) -> set[str]:
        """The marts and KPI tables that others make too, and all that they are made from."""
        parents = json.loads((self.folder / "target" / "manifest.json").read_text())["parent_map"]
        ahead = [f"model.contact_center.{name}" for name in (*FACTS, *KPI_TABLES)]
        found: set[str] = set()
        while ahead:
            node = ahead.pop()
            if node not in found:
                found.add(node)
                ahead.extend(parents.get(node, []))
        return found


def busy_seconds(results: list[dict]) -> float:
    """How long at least one node was executed: nodes run two at a time, and seconds count once."""
    spans = sorted(
        (datetime.fromisoformat(timing["started_at"]), datetime.fromisoformat(timing["completed_at"]))
        for result in results
        for timing in result["timing"]
        if timing["name"] == "execute"
    )
    total, until = 0.0, None
    for started, ended in spans:
        if until is None or ended > until:
            total += (ended - (started if until is None else max(started, until))).total_seconds()
            until = ended
    return total
