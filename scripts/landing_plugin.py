"""A dbt-duckdb plugin with which macros ask scripts/landing.py for the landed files.

A macro calls it as `adapter.store_relation('landing_plugin', ...)`, see macros/landing/landed_files.sql. One run of
dbt sees one list of files: what lands while it runs waits for the next.
"""

import json
from dataclasses import asdict
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from threading import Lock

import duckdb
import forgotten
import landing
from dbt.adapters.duckdb.plugins import BasePlugin
from dbt.adapters.duckdb.utils import TargetConfig

ONE_AT_A_TIME = Lock()
PROJECT = Path(__file__).resolve().parents[1]
# What decides how files are read and what is built of them.
RULES = ["models", "macros", "seeds", "dbt_project.yml", "scripts/landing.py", "scripts/landing_plugin.py"]
# What macros found in the database, by invocation and question.
ANSWERS: dict[tuple[str, str], dict] = {}


class Plugin(BasePlugin):
    def store(self, target_config: TargetConfig) -> None:
        """Put into config the answer to what it asks.

        That is `columns` of a file, `rules` of the project, who is `forgotten`, what was `found` before, or `stops`
        and `files` of a source.
        """
        config = target_config.config
        if "columns_of" in config:
            config["columns"] = landing.header_of(config["columns_of"])
            return
        if "rules_for" in config:
            config["rules"] = rules(config["invocation_id"], config["rules_for"])
            return
        if "forgotten_under" in config:
            config["stop"], config["forgotten"] = whom_to_forget(
                config["invocation_id"], config["forgotten_under"], self.creds.path
            )
            return
        if "remembered" in config:
            key = config["invocation_id"], config["remembered"]
            config["found"] = ANSWERS.setdefault(key, config["found"]) if config["found"] else ANSWERS.get(key, {})
            return
        tables = tuple((table, frozen(declared)) for table, declared in config["tables"].items())
        with ONE_AT_A_TIME:
            config["stops"], config["files"] = answered(
                config["invocation_id"], config["root"], config["source"], tables, self.creds.path
            )


@lru_cache(maxsize=2)
def rules(invocation_id: str, settings: str) -> str:
    """A digest of all that decides what is built: files of the project, settings, and the engine, which hashes rows."""
    digest = sha256(f"{duckdb.__version__}\n{settings}".encode())
    paths = [path for name in RULES for path in (PROJECT / name, *(PROJECT / name).rglob("*"))]
    for path in sorted(paths):
        if path.is_file():
            digest.update(f"{path.relative_to(PROJECT)}\n".encode() + path.read_bytes())
    return digest.hexdigest()


@lru_cache(maxsize=2)
def whom_to_forget(invocation_id: str, salt: str, build_file: str) -> tuple[str, list[dict]]:
    """Why a build must stop, in one sentence, and else the list; one run of dbt sees one list."""
    try:
        customers = forgotten.read(forgotten.list_of(build_file), salt)
    except forgotten.ListError as error:
        return str(error), []
    return "", [{"fingerprint": each.fingerprint, "pseudonym": each.pseudonym} for each in customers]


def frozen(declared: dict) -> tuple:
    return tuple((key, tuple(value) if isinstance(value, list) else value) for key, value in declared.items())


@lru_cache(maxsize=16)
def answered(
    invocation_id: str, root: str, source: str, tables: tuple, build_file: str
) -> tuple[list[str], list[dict]]:
    """What has landed; headers that were read before are kept beside the build file."""
    declared = {table: dict(keys) for table, keys in tables}
    kept = Path(build_file).with_suffix(f".{source}.headers.json")
    stops, files = landing.look(root, source, declared, known_headers(kept, repr(tables)))
    if not stops:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps({"tables": repr(tables), "files": [asdict(file) for file in files]}))
    return stops, [asdict(file) for file in files]


def known_headers(kept: Path, tables: str) -> dict[str, landing.LandedFile]:
    """Headers by path, none where they were read for other tables or cannot be had."""
    try:
        known = json.loads(kept.read_text())
        if known["tables"] == tables:
            return {file["path"]: landing.LandedFile(**file) for file in known["files"]}
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return {}
