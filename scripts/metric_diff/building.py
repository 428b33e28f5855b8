"""Build the sample as base and as head define it, from the same landed rows, each to a file of its own."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import yaml

FOLDER = Path("target/metric_diff")
DBT = Path(sys.executable).with_name("dbt")
# What decides the numbers of a build; a change of anything else cannot move one.
READ_BY_A_BUILD = [
    "models",
    "macros",
    "seeds",
    "dbt_project.yml",
    "profiles.yml",
    "scripts/landing_plugin.py",
    "scripts/landing.py",
]
LANDED_ROWS = Path("seeds/sample")
LOG = "output.log"
NOTE = "built"
DECLARATIONS = "metric_changes"
KEPT_BUILDS = 3
PROGRESS_SECONDS = 15


class NotComparedError(Exception):
    """Why nothing was compared, in one sentence."""


@dataclass
class Side:
    """One side of the comparison: what dbt built, and from what."""

    label: str
    build: Path
    manifest: dict
    variables: dict
    changelog: str


@dataclass
class Base:
    """The commit that head is compared with: where it left what BASE names."""

    ref: str
    commit: str
    changed_files: list[str]

    @property
    def label(self) -> str:
        return self.commit[:10]

    @property
    def digest(self) -> str:
        """What a build of it reads, in short: commits that change none of that share a build."""
        return hashlib.sha256(git("ls-tree", self.commit, *READ_BY_A_BUILD).encode()).hexdigest()[:10]

    @property
    def is_built_alike(self) -> bool:
        """Whether nothing that a build reads differs from head."""
        return not any(
            file == path or file.startswith(f"{path}/") for file in self.changed_files for path in READ_BY_A_BUILD
        )

    @property
    def has_other_rows(self) -> bool:
        return any(file.startswith(f"{LANDED_ROWS}/") for file in self.changed_files)


@dataclass(eq=False)
class Job:
    """A build of one side into a folder of its own; its note says from what."""

    name: str
    project: Path
    folder: Path
    key: str
    process: subprocess.Popen | None = None

    @property
    def is_built(self) -> bool:
        note = self.folder / NOTE
        return note.exists() and note.read_text() == self.key


def git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotComparedError(f"git {arguments[0]} failed: {done.stderr.strip().splitlines()[-1]}")
    return done.stdout.strip()


def base_of(ref: str) -> Base:
    if not ref:
        raise NotComparedError("say what to compare with, such as BASE=main")
    known = subprocess.run(
        ["git", "rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}"], capture_output=True, text=True, check=False
    )
    if known.returncode:
        raise NotComparedError(f"git knows no commit {ref}; fetch it first, or name another with BASE=")
    common = subprocess.run(["git", "merge-base", ref, "HEAD"], capture_output=True, text=True, check=False)
    if common.returncode:
        raise NotComparedError(
            f"HEAD and {ref} have no commit in common; a shallow clone needs `git fetch --unshallow`"
        )
    commit = common.stdout.strip()
    changed = git("diff", "--name-only", "--no-renames", commit, "--").splitlines()
    changed += git("ls-files", "--others", "--exclude-standard").splitlines()
    return Base(ref, commit, sorted(changed))


def build_both(base: Base) -> tuple[Side, Side]:
    """Build what is not built yet; head is the working tree, with what is not committed."""
    folder, worktree = FOLDER.absolute(), FOLDER.absolute() / "worktree"
    of_base = Job(f"base ({base.label})", worktree, folder / f"base-{base.digest}-{digest([LANDED_ROWS])}", base.digest)
    of_head = Job(
        "head (the working tree)", Path.cwd(), folder / "head", digest([Path(path) for path in READ_BY_A_BUILD])
    )
    waiting = [job for job in (of_base, of_head) if not job.is_built]
    try:
        if of_base in waiting:
            forget_old_builds()
            add_worktree(worktree, base.commit)
        for job in waiting:
            start(job)
        wait(waiting)
    finally:
        for job in waiting:
            if job.process and job.process.poll() is None:
                job.process.terminate()
                job.process.wait()
        remove_worktree(worktree)
    return (
        side_of(base.label, of_base.folder, git("show", f"{base.commit}:CHANGELOG.md")),
        side_of("the working tree", of_head.folder, Path("CHANGELOG.md").read_text("utf-8")),
    )


def digest(paths: list[Path]) -> str:
    """What the files below these paths hold, in short."""
    found = hashlib.sha256()
    for path in paths:
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file() and "__pycache__" not in file.parts:
                found.update(f"{file}\0".encode() + file.read_bytes())
    return found.hexdigest()[:10]


def forget_old_builds() -> None:
    """Keep the newest builds of other bases only: each is 100 MB."""
    others = sorted(FOLDER.glob("base-*"), key=lambda found: found.stat().st_mtime, reverse=True)
    for other in others[KEPT_BUILDS - 1 :]:
        shutil.rmtree(other)


def add_worktree(worktree: Path, commit: str) -> None:
    remove_worktree(worktree)
    git("worktree", "add", "--detach", "--force", str(worktree), commit)
    # The rows are frozen: both sides are built from those of head.
    shutil.rmtree(worktree / LANDED_ROWS, ignore_errors=True)
    shutil.copytree(LANDED_ROWS, worktree / LANDED_ROWS)


def remove_worktree(worktree: Path) -> None:
    if worktree.exists():
        git("worktree", "remove", "--force", str(worktree))


def start(job: Job) -> None:
    """Start dbt in the project; nothing of the user's settings and secrets gets there."""
    job.folder.mkdir(parents=True, exist_ok=True)
    # What dbt parsed the last time may stay: it finds out itself what of that still holds.
    for leftover in (NOTE, "build.duckdb", "build.duckdb.wal"):
        (job.folder / leftover).unlink(missing_ok=True)
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("CONTACT_CENTER_", "DBT_"))
    } | {"CONTACT_CENTER_BUILD_FILE": str(job.folder / "build.duckdb")}
    with (job.folder / LOG).open("w") as log:
        job.process = subprocess.Popen(
            [DBT, "--no-use-colors", "build", "--exclude-resource-type", "test", "unit_test",
             "--vars", "{publish: false, sources: [sample]}",
             "--target-path", str(job.folder), "--log-path", str(job.folder), "--log-level-file", "none"],
            cwd=job.project, env=environment, stdout=log, stderr=subprocess.STDOUT,
        )  # fmt: skip


def wait(jobs: list[Job]) -> None:
    """Wait for the builds and say how far they are; the first that fails ends it."""
    if not jobs:
        return
    say(f"Building {' and '.join(job.name for job in jobs)}, about a minute ...")
    told, running = time.monotonic(), list(jobs)
    while running:
        time.sleep(0.2)
        for job in [job for job in running if job.process.poll() is not None]:
            if job.process.returncode:
                raise NotComparedError(f"{job.name} could not be built: {reason(job.folder / LOG)}")
            shutil.copy(job.project / "dbt_project.yml", job.folder)
            (job.folder / NOTE).write_text(job.key)
            running.remove(job)
        if time.monotonic() - told > PROGRESS_SECONDS:
            told = time.monotonic()
            say("  " + ", ".join(f"{job.name}: {progress(job)}" for job in jobs))


def progress(job: Job) -> str:
    if job.is_built:
        return "done"
    text = (job.folder / LOG).read_text(encoding="utf-8", errors="replace")
    steps = re.findall(r"(\d+ of \d+) (?:OK|ERROR|SKIP)", text)
    return steps[-1] if steps else "reading the project"


def reason(log: Path) -> str:
    """What dbt said of its first failure, and where the rest is."""
    lines = [line.split("  ", 1)[-1].strip() for line in log.read_text("utf-8", errors="replace").splitlines()]
    errors = [place for place, line in enumerate(lines) if re.search(r"Error\b", line)]
    said = " ".join(lines[errors[0] : errors[0] + 4]) if errors else (lines or ["dbt said nothing"])[-1]
    return f"{said[:400]} ({log} has all of it)"


def side_of(label: str, folder: Path, changelog: str) -> Side:
    return Side(
        label,
        folder / "build.duckdb",
        json.loads((folder / "manifest.json").read_text("utf-8")),
        yaml.safe_load((folder / "dbt_project.yml").read_text("utf-8")).get("vars", {}),
        changelog,
    )


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
