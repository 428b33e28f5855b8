"""A standalone Spark master with two workers on 127.0.0.1: `python -m scripts.spark_cluster`.

It runs until it is interrupted and says at which address; with `cluster()` another script has one for as
long as it needs it. Everything comes from the pip package pyspark; the logs are in target/spark/cluster.
"""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyspark

LOGS = Path("target/spark/cluster")
WORKERS = 2
START_SECONDS = 60
ENVIRONMENT = {
    "SPARK_LOCAL_IP": "127.0.0.1",
    "SPARK_DAEMON_MEMORY": "256m",
    # Its port is always the same, so that a second cluster would not start.
    "SPARK_MASTER_OPTS": "-Dspark.master.rest.enabled=false",
}
MASTER_STARTED = re.compile(r"Starting Spark master at (spark://\S+)")
WORKER_REGISTERED = re.compile(r"Successfully registered with master")


class ClusterError(Exception):
    """Why there is no cluster, in one sentence."""


@contextmanager
def cluster() -> Iterator[str]:
    """Start master and workers, give the master's address, and stop them all at the end."""
    LOGS.mkdir(parents=True, exist_ok=True)
    processes = []
    # Whoever terminates this process means what it started, too.
    unasked = signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    try:
        processes.append(started("master", "master.Master", "-p", "0"))
        master = logged("master", MASTER_STARTED, processes[0])
        for number in range(1, WORKERS + 1):
            name = f"worker-{number}"
            folder = str((LOGS / name).resolve())
            processes.append(started(name, "worker.Worker", "-c", "1", "-m", "1g", "-d", folder, master))
        for number, process in enumerate(processes[1:], start=1):
            logged(f"worker-{number}", WORKER_REGISTERED, process)
        yield master
    finally:
        signal.signal(signal.SIGTERM, unasked)
        for process in reversed(processes):
            process.terminate()
        for process in processes:
            process.wait()


def started(name: str, class_name: str, *arguments: str) -> subprocess.Popen:
    home = Path(pyspark.__file__).parent
    with (LOGS / f"{name}.log").open("w") as log:
        return subprocess.Popen(
            [
                str(home / "bin" / "spark-class"),
                f"org.apache.spark.deploy.{class_name}",
                *("-h", "127.0.0.1", "--webui-port", "0"),
                *arguments,
            ],
            env={**os.environ, **ENVIRONMENT, "SPARK_HOME": str(home)},
            stdout=log,
            stderr=subprocess.STDOUT,
        )


def logged(name: str, pattern: re.Pattern, process: subprocess.Popen) -> str:
    """What the pattern finds in the log of a process, as soon as it is there."""
    log = LOGS / f"{name}.log"
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        found = pattern.search(log.read_text(encoding="utf-8", errors="replace"))
        if found:
            return found.group(found.lastindex or 0)
        time.sleep(0.2)
    raise ClusterError(f"The Spark {name} did not start: see {log}.")


def main() -> int:
    try:
        with cluster() as master:
            print(f"CONTACT_CENTER_SPARK_MASTER={master}", flush=True)
            while True:
                time.sleep(3600)
    except KeyboardInterrupt:
        return 0
    except ClusterError as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
