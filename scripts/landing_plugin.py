"""A dbt-duckdb plugin with which macros ask scripts/landing.py for the landed files.

A macro calls it as `adapter.store_relation('landing_plugin', ...)`, see macros/landing/landed_files.sql. One run of
dbt sees one list of files: what lands while it runs waits for the next.
"""

from dataclasses import asdict
from functools import lru_cache
from threading import Lock

import landing
from dbt.adapters.duckdb.plugins import BasePlugin
from dbt.adapters.duckdb.utils import TargetConfig

ONE_AT_A_TIME = Lock()


class Plugin(BasePlugin):
    def store(self, target_config: TargetConfig) -> None:
        """Put into config the answer to what it asks: `columns_of` a file, or `stops` and `files` of a source."""
        config = target_config.config
        if "columns_of" in config:
            config["columns"] = landing.header_of(config["columns_of"])
            return
        tables = tuple((table, frozen(declared)) for table, declared in config["tables"].items())
        with ONE_AT_A_TIME:
            config["stops"], config["files"] = answered(
                config["invocation_id"], config["root"], config["source"], tables
            )


def frozen(declared: dict) -> tuple:
    return tuple((key, tuple(value) if isinstance(value, list) else value) for key, value in declared.items())


@lru_cache(maxsize=16)
def answered(invocation_id: str, root: str, source: str, tables: tuple) -> tuple[list[str], list[dict]]:
    declared = {table: dict(keys) for table, keys in tables}
    stops, files = landing.look(root, source, declared)
    return stops, [asdict(file) for file in files]
