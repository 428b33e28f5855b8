"""Hold the layers: a model reads only what its layer may read, says its grain in line one, and is described.

What is published, models and seeds alike, has every column described too. Reads a manifest, which every dbt
command that parses the project writes to target/manifest.json. Macros, which sqlfluff does not lint, keep to
its length of lines.
"""

import csv
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from scripts.publish import SCHEMAS

# What each layer may read. A layer is a folder of models or seeds, or the sources of one name.
# <source> stands for any folder that is no layer of its own, and for the same one on both sides.
MAY_READ = {
    "staging/<source>": ("seeds/<source>", "seeds/reference", "sources/<source>", "staging/<source>"),
    "intermediate/<source>": ("staging/<source>", "intermediate/<source>"),
    "intermediate/conformed": ("intermediate/<source>", "intermediate/conformed"),
    "intermediate/derived": ("intermediate/conformed", "intermediate/derived", "seeds/reference"),
    "marts": ("intermediate/conformed", "intermediate/derived", "marts", "seeds/reference"),
    "kpis": ("marts", "kpis"),
    "reports": ("marts", "kpis", "reports"),
    "meta": ("anything",),
}
GRAIN = "-- One row per "
# As max_line_length in .sqlfluff.
LONGEST_LINE = 100
MANIFEST = Path("target/manifest.json")


def offenses(manifest: dict, root: Path) -> Iterator[str]:
    """One line per offense, also of models that are switched off."""
    nodes = [
        *manifest["nodes"].values(),
        *(node for versions in manifest["disabled"].values() for node in versions),
    ]
    models = [node for node in nodes if node["resource_type"] == "model"]
    folders = {
        node["name"]: folder_of(node) for node in nodes if node["resource_type"] in ("model", "seed", "snapshot")
    }
    for model in sorted(models, key=lambda model: model["original_file_path"]):
        file = model["original_file_path"]
        layer, source = layer_of(folders[model["name"]])
        if layer is None:
            yield f"{file}: is in no layer, put it into one of {listed(MAY_READ)}"
            continue
        for read, folder in reads(model, folders):
            if not is_allowed(folder, MAY_READ[layer], source):
                allowed = listed(MAY_READ[layer], source)
                yield f"{file}: reads {read} ({folder}), may read {allowed}"
        with (root / file).open(encoding="utf-8") as lines:
            if not next(lines, "").startswith(GRAIN):
                yield f"{file}: line one does not say the grain, begin it with '{GRAIN.strip()}'"
        prefix = re.match(r"(?:stg|int)_(.+?)__", model["name"])
        if prefix and prefix[1] != source:
            yield f"{file}: is named after the source {prefix[1]}, move it into that folder"
    described = [node for node in nodes if node["resource_type"] in ("model", "seed")]
    for node in sorted(described, key=lambda node: node["original_file_path"]):
        yield from undescribed(node, root)


def undescribed(node: dict, root: Path) -> Iterator[str]:
    """What the yml does not say of a model or seed; its columns count where people read them."""
    file = node["original_file_path"]
    if not node["description"].strip():
        yield f"{file}: has no description, write it into a yml of its folder"
    if node["config"]["schema"] not in SCHEMAS:
        return
    columns = {name: column["description"].strip() for name, column in node["columns"].items()}
    if node["resource_type"] == "seed":
        with (root / file).open(encoding="utf-8", newline="") as lines:
            columns = {name: columns.get(name) for name in next(csv.reader(lines), [])}
    elif not columns:
        yield f"{file}: is published and describes no column"
    for name, description in columns.items():
        if not description:
            yield f"{file}: is published and does not describe its column {name}"


def long_lines(root: Path) -> Iterator[str]:
    """Lines of macros that are too long."""
    for file in sorted((root / "macros").rglob("*.sql")):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            if len(line) > LONGEST_LINE:
                yield f"{file.relative_to(root).as_posix()}:{number}: has {len(line)} columns, may have {LONGEST_LINE}"


def folder_of(node: dict) -> str:
    """Where a node lives: models/staging/sample/x.sql is in staging/sample."""
    folder = Path(node["original_file_path"]).parent.as_posix()
    return folder.removeprefix("models/")


def layer_of(folder: str) -> tuple[str | None, str | None]:
    """The layer of a folder or of the nearest folder above it, and the source it belongs to."""
    parts = folder.split("/")
    for length in range(len(parts), 0, -1):
        *above, last = parts[:length]
        if (layer := "/".join([*above, last])) in MAY_READ:
            return layer, None
        if (layer := "/".join([*above, "<source>"])) in MAY_READ:
            return layer, last
    return None, None


def reads(model: dict, folders: dict[str, str]) -> Iterator[tuple[str, str]]:
    for ref in model["refs"]:
        yield ref["name"], folders.get(ref["name"], "nowhere")
    for name, table in model["sources"]:
        yield f"{name}.{table}", f"sources/{name}"


def is_allowed(folder: str, allowed: tuple[str, ...], source: str | None) -> bool:
    nearest, _ = layer_of(folder)
    for layer in allowed:
        if layer == "anything":
            return True
        # intermediate/derived looks like intermediate/<source>, and is none.
        if layer in MAY_READ and layer != nearest:
            continue
        pattern = re.escape(layer).replace("<source>", re.escape(source) if source else "[^/]+")
        if re.fullmatch(rf"{pattern}(/.*)?", folder):
            return True
    return False


def listed(layers, source: str | None = None) -> str:
    return ", ".join(layer.replace("<source>", source or "<source>") for layer in layers)


def main() -> int:
    if not MANIFEST.exists():
        print(f"There is no {MANIFEST}: run `dbt parse` first.", file=sys.stderr)
        return 2
    found = [*offenses(json.loads(MANIFEST.read_text(encoding="utf-8")), Path()), *long_lines(Path())]
    for offense in found:
        print(offense)
    print(f"Layers: {len(found)} offenses.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
