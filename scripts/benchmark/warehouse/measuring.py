"""Run a command and say what it cost: wall time, CPU, memory and disk of it and all that it starts."""

import contextlib
import os
import signal
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

POLL_SECONDS = 0.5
PAGE = os.sysconf("SC_PAGE_SIZE")


class RunError(Exception):
    """Why a run gave nothing to measure, in one sentence."""


class TimeLimitError(RunError):
    """That a run was ended because it took too long."""


@dataclass
class Cost:
    seconds: float
    cpu_seconds: float
    memory: int
    disk: int
    parts: dict = field(default_factory=dict)


def run(
    command: list, log: Path, env: dict | None = None, folder: Path | None = None, limit: float | None = None
) -> Cost:
    """What the command cost; `disk` is the most that lay in `folder` beyond what was there. RunError if it fails."""
    log.parent.mkdir(parents=True, exist_ok=True)
    before = size_of(folder) if folder else 0
    memory = disk = polls = 0
    started = time.monotonic()
    with log.open("w") as output:
        process = subprocess.Popen(
            [str(word) for word in command],
            env=os.environ | (env or {}),
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            while True:
                pid, status, usage = os.wait4(process.pid, os.WNOHANG)
                if pid:
                    break
                processes = tree(process.pid)
                # Counting shared pages in parts takes a third of a core of a process with 10 GB, and walking a folder
                # of many files more than a look at /proc.
                if len(processes) == 1:
                    memory = max(memory, _resident(process.pid))
                elif polls % 2 == 0:
                    memory = max(memory, sum(_share(process_id) for process_id in processes))
                if folder and polls % 4 == 0:
                    disk = max(disk, size_of(folder) - before)
                polls += 1
                if limit and time.monotonic() - started > limit:
                    raise TimeLimitError(f"did not finish within {limit / 60:.0f} minutes")
                time.sleep(POLL_SECONDS)
        except BaseException:
            # Nothing goes on behind a run that was given up, by whom it may be.
            for process_id in reversed(tree(process.pid)):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(process_id, signal.SIGKILL)
            os.wait4(process.pid, 0)
            raise
    seconds = time.monotonic() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RunError(f"failed with exit code {process.returncode}; see {log}")
    disk = max(disk, size_of(folder) - before) if folder else 0
    return Cost(seconds, usage.ru_utime + usage.ru_stime, memory, disk)


def tree(root: int) -> list[int]:
    """The process and all below it, those that have moved to a group of their own too."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text()
            except OSError:
                continue
            parent = int(stat[stat.rindex(")") + 2 :].split()[1])
            children.setdefault(parent, []).append(int(entry.name))
    found, ahead = [], [root]
    while ahead:
        process_id = ahead.pop()
        found.append(process_id)
        ahead.extend(children.get(process_id, []))
    return found


def _resident(process_id: int) -> int:
    """Bytes in memory."""
    try:
        return int(Path(f"/proc/{process_id}/statm").read_text().split()[1]) * PAGE
    except (OSError, IndexError):
        return 0


def _share(process_id: int) -> int:
    """Bytes in memory, a page that several processes share counted in parts."""
    try:
        for line in Path(f"/proc/{process_id}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0


def size_of(folder: Path) -> int:
    total = 0
    for file in folder.rglob("*"):
        try:
            if file.is_file() and not file.is_symlink():
                total += file.stat().st_size
        except OSError:
            continue
    return total
