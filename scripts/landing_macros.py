"""The macros that read landed files, rendered without dbt, so that a check reads a file just as a build does."""

import json
from functools import cache
from pathlib import Path
from types import SimpleNamespace

from jinja2 import Environment

MACROS = Path(__file__).resolve().parents[1] / "macros"
FOLDERS = ("cross_db", "landing", "privacy", "quality")
FILES = ("layers/landing.sql",)
# Who is forgotten only a build asks; whoever looks at a file forgets nobody.
LEFT_OUT = ("list_of_the_forgotten",)


@cache
def macros(engine: str = "duckdb"):
    """All macros of reading as attributes; each gives SQL for the engine."""
    files = [*(MACROS / file for file in FILES), *(path for name in FOLDERS for path in (MACROS / name).glob("*.sql"))]
    files = [file for file in files if file.stem not in LEFT_OUT]
    environment = Environment(extensions=["jinja2.ext.do"])
    environment.globals |= {
        "return": lambda value: value,
        "adapter": SimpleNamespace(
            dispatch=lambda name: getattr(module, f"{engine}__{name}"),
            quote=quoted if engine == "duckdb" else "`{}`".format,
        ),
        "env_var": lambda name, default: default,
        "forgotten_customers": list,
        "tojson": json.dumps,
    }
    module = environment.from_string("\n".join(file.read_text(encoding="utf-8") for file in sorted(files))).module
    return module


def quoted(name: str) -> str:
    return f'"{name}"'
