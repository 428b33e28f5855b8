"""A dbt-duckdb plugin with which a hook publishes at the end of a build.

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


class Plugin(BasePlugin):
    def store(self, target_config: TargetConfig) -> None:
        """Run scripts/publish.py while dbt lets go of the build file; put its outcome in config.

        The hook's connection is the last one open: dbt closes a thread's after each node.
        """
        connections = get_adapter_by_type("duckdb").connections
        connection = connections.get_thread_connection()
        connections.close(connection)
        connections.env().close()
        try:
            publishing = subprocess.run(
                [sys.executable, Path(__file__).with_name("publish.py")],
                env={**os.environ, "CONTACT_CENTER_BUILD_FILE": self.creds.path},
                capture_output=True,
                text=True,
            )
        finally:
            connections.open(connection)
        target_config.config["published"] = publishing.returncode == 0
        target_config.config["message"] = (publishing.stdout + publishing.stderr).strip()
