"""Hold the workflows of .github to what zizmor and the schema leave open: `make lint-workflows`, without network.

A step runs a make target that exists and nothing else, so that whatever a runner does can be done at home; an action
has its version in a comment behind its hash; every job that runs somewhere has a limit of time; and every workflow
that starts by itself has a concurrency group. That actions are pinned by hash, permissions least and no text of a
pull request reaches a shell is what zizmor checks.

Reads .github/workflows and the Makefile of the folder it runs in. The exit code is 1 when there is an offense, 2 when
there is no workflow. No argument, no environment variable.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import yaml

FOLDER = Path(".github/workflows")
MAKEFILE = Path("Makefile")
# Variables before and after the target are values, no commands: no substitution, no second command.
VALUE = r"[A-Z][A-Z0-9_]*=(?:\"[^\"`]*\"|[\w./-]+)"
MAKE = re.compile(rf"(?:{VALUE} )*make ([a-z][a-z-]*)(?: {VALUE})*")
TARGET = re.compile(r"^([a-z][a-z-]*(?: [a-z][a-z-]*)*):", re.MULTILINE)
VERSIONED = re.compile(r"^\s*-? ?uses: (?:\./|\S+@\S+ # v\d+\.\d+\.\d+$)")
# A workflow that only others call runs in their groups.
CALLED = {"workflow_call"}


def offenses(text: str, targets: set[str]) -> Iterator[str]:
    """One line per offense in a workflow."""
    for number, line in enumerate(text.splitlines(), 1):
        if re.match(r"\s*-? ?uses:", line) and not VERSIONED.match(line):
            yield f"line {number}: give the version behind the hash, as in `# v1.2.3`"
    # YAML 1.1 reads the key `on` as true.
    workflow = yaml.safe_load(text)
    starts = workflow.get("on", workflow.get(True))
    starts = {starts} if isinstance(starts, str) else set(starts)
    if starts - CALLED and "concurrency" not in workflow:
        yield "has no concurrency group: two pushes would run beside each other"
    if "permissions" not in workflow:
        yield "has no permissions: begin with `contents: read` for all jobs"
    for name, job in workflow["jobs"].items():
        if "uses" not in job and "timeout-minutes" not in job:
            yield f"job {name} has no timeout-minutes"
        for step in job.get("steps", []):
            if "run" in step:
                yield from offenses_of_command(name, step["run"].strip(), targets)


def offenses_of_command(job: str, command: str, targets: set[str]) -> Iterator[str]:
    call = MAKE.fullmatch(command)
    if not call or "$(" in command:
        yield f"job {job} runs `{command}`: make it a target of the Makefile and run `make <target>`"
    elif call[1] not in targets:
        yield f"job {job} runs `{command}`: the Makefile has no target {call[1]}"


def targets_of(makefile: str) -> set[str]:
    """Targets by name; those that a variable names are not called by a workflow."""
    return {name for rule in TARGET.finditer(makefile) for name in rule[1].split()}


def main() -> int:
    files = sorted(FOLDER.glob("*.y*ml"))
    if not files:
        print(f"There is no workflow in {FOLDER}: run this from the root of the project.", file=sys.stderr)
        return 2
    targets = targets_of(MAKEFILE.read_text(encoding="utf-8"))
    found = [
        f"{file.as_posix()}: {offense}" for file in files for offense in offenses(file.read_text("utf-8"), targets)
    ]
    for offense in found:
        print(offense)
    print(f"Workflows: {len(found)} offenses in {len(files)} files.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
