"""A dbt-duckdb plugin with which a macro asks which commit is built.

The macro calls it as `adapter.store_relation('commit_plugin', ...)`, see macros/layers/build.sql.
"""

import subprocess
from pathlib import Path

from dbt.adapters.duckdb.plugins import BasePlugin
from dbt.adapters.duckdb.utils import TargetConfig

PROJECT = Path(__file__).resolve().parents[1]


class Plugin(BasePlugin):
    def store(self, target_config: TargetConfig) -> None:
        """Put `id` and `is_changed` into config, or nothing where there is no commit."""
        commit = git("rev-parse", "HEAD")
        if commit:
            target_config.config.update(id=commit, is_changed=bool(git("status", "--porcelain")))


def git(*arguments: str) -> str | None:
    """What git prints; None where there is no git, or no repository that it trusts."""
    try:
        run = subprocess.run(["git", *arguments], cwd=PROJECT, capture_output=True, text=True)
    except FileNotFoundError:
        return None
    return run.stdout.strip() if run.returncode == 0 else None
