"""A dbt-duckdb plugin with which a hook checks quality and publishes at the end of a build.

The hook calls it as `adapter.store_relation('publish_plugin', ...)`, dbt-duckdb's own way from a
macro to a plugin. See macros/layers/publish_when_green.sql.
"""

import os
import subprocess
import sys
from pathlib import Path

from dbt.adapters.duckdb.plugins import BasePlugin
from dbt.adapters.duckdb.utils import TargetConfig
from dbt.adapters.factory import get_adapter_by_type

ROOT = Path(__file__).resolve().parents[1]
REFUSED = "Not published, as quality is not proven; --vars '{quality: false}' publishes without this check."


class Plugin(BasePlugin):
    def store(self, target_config: TargetConfig) -> None:
        """Check quality, if asked to, and publish while dbt lets go of the build file; put the outcome in config.

        The hook's connection is the last one open: dbt closes a thread's after each node.
        """
        connections = get_adapter_by_type("duckdb").connections
        connection = connections.get_thread_connection()
        connections.close(connection)
        connections.env().close()
        outcome = target_config.config
        told = []
        try:
            outcome["published"] = not outcome["quality"] or self.run("scripts.quality", told)
            if outcome["published"]:
                outcome["published"] = self.run("scripts.publish", told)
            else:
                told.append(REFUSED)
        finally:
            connections.open(connection)
        outcome["message"] = "\n".join(told)

    def run(self, module: str, told: list[str]) -> bool:
        """Run a script as a process of its own on the build file, and add what it tells."""
        script = subprocess.run(
            [sys.executable, "-m", module],
            env={**os.environ, "CONTACT_CENTER_BUILD_FILE": self.creds.path, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
        )
        told.append((script.stdout + script.stderr).strip())
        return script.returncode == 0
