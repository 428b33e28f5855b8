"""Run the same in PostgreSQL: a server of its own, the files loaded, core marts and KPIs in its SQL.

    python -m scripts.benchmark.warehouse.postgres <landing> <folder> <results file> <expected results>

Ends with a line of JSON: seconds of loading and of SQL, and bytes of the database. The server takes no connection from
outside and is gone at the end. As root it runs under the account that Debian's package makes.
"""

import contextlib
import csv
import json
import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path

import duckdb

from scripts.benchmark.warehouse import comparing
from scripts.benchmark.warehouse.landing import DIRECTORIES, TABLES
from scripts.benchmark.warehouse.measuring import size_of

HERE = Path(__file__).parent
SEEDS = Path("seeds/reference")
ACCOUNT = "postgres"
SEED_TABLES = ("channels", "exit_reasons", "outcomes")
TYPES = {"BIGINT": "bigint", "INTEGER": "int", "VARCHAR": "text", "TIMESTAMP": "timestamp", "DATE": "date"}
TYPES |= {"DOUBLE": "double precision", "BOOLEAN": "boolean"}
# A bulk load into a database that can be made again needs no care for a power failure.
SETTINGS = {
    "listen_addresses": "",
    "shared_buffers": "4GB",
    "effective_cache_size": "12GB",
    "work_mem": "512MB",
    "maintenance_work_mem": "1GB",
    "max_wal_size": "16GB",
    "checkpoint_timeout": "30min",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_parallel_workers_per_gather": "2",
    "autovacuum": "off",
    "timezone": "UTC",
}


def programs() -> Path | None:
    """Folder of the newest server that is installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


def version() -> str:
    return subprocess.run([programs() / "postgres", "--version"], capture_output=True, text=True).stdout.strip()


class Server:
    def __init__(self, folder: Path):
        self.data, self.socket = folder / "data", folder / "socket"
        self.folder = folder
        self.account = ["runuser", "-u", ACCOUNT, "--"] if os.geteuid() == 0 else []

    def __enter__(self):
        self.socket.mkdir(parents=True)
        if self.account:
            shutil.chown(self.folder, ACCOUNT, ACCOUNT)
            shutil.chown(self.socket, ACCOUNT, ACCOUNT)
            if subprocess.run([*self.account, "test", "-w", self.folder], cwd="/").returncode:
                raise RuntimeError(f"The account {ACCOUNT} does not get through to {self.folder}: name another folder.")
        subprocess.run(
            [*self.account, programs() / "initdb", "-D", self.data, "-U", ACCOUNT, "-A", "trust", "-E", "UTF8"]
            + ["--locale=C.UTF-8", "--no-sync"],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd="/",
        )
        settings = [word for name, value in SETTINGS.items() for word in ("-c", f"{name}={value}")]
        self.process = subprocess.Popen(
            [*self.account, programs() / "postgres", "-D", self.data, "-k", self.socket, *settings],
            stdout=subprocess.DEVNULL,
            stderr=(self.folder / "server.log").open("w"),
            cwd="/",
        )
        for _ in range(300):
            ready = subprocess.run(
                [programs() / "pg_isready", "-h", self.socket, "-q"], cwd="/", stdout=subprocess.DEVNULL
            )
            if ready.returncode == 0:
                return self
            time.sleep(0.1)
        raise RuntimeError(f"The server did not start; see {self.folder / 'server.log'}.")

    def __exit__(self, *_):
        with contextlib.suppress(subprocess.CalledProcessError):
            subprocess.run(
                [*self.account, programs() / "pg_ctl", "-D", self.data, "-m", "immediate", "-s", "stop"],
                check=True,
                cwd="/",
            )
        self.process.wait(timeout=60)

    def psql(self, *words: str) -> str:
        done = subprocess.run(
            [programs() / "psql", "-h", self.socket, "-U", ACCOUNT, "-X", "-q", "-v", "ON_ERROR_STOP=1", *words],
            text=True,
            capture_output=True,
        )
        if done.returncode:
            raise RuntimeError(done.stderr)
        return done.stdout


def load(server: Server, landing: Path) -> None:
    """The files as tables: DuckDB writes CSV into the server's own copy, two tables at a time."""
    server.psql("-c", "create schema landed")

    def load_table(table: str, relation: str) -> None:
        with duckdb.connect(config={"threads": 1}) as connection:
            described = connection.execute(f"describe from {relation}").fetchall()
            columns = ", ".join(f"{name} {TYPES[data_type]}" for name, data_type, *_ in described)
            pipe = server.folder / f"{table}.csv"
            os.mkfifo(pipe)
            copying = subprocess.Popen(
                [programs() / "psql", "-h", server.socket, "-U", ACCOUNT, "-X", "-q", "-v", "ON_ERROR_STOP=1"]
                # Made and filled in one transaction, it needs no write-ahead log.
                + ["-c", f"begin; create table landed.{table} ({columns})"]
                + ["-c", f"\\copy landed.{table} from '{pipe}' (format csv)"]
                + ["-c", f"commit; analyze landed.{table}"],
            )
            connection.execute(f"copy (from {relation}) to '{pipe}' (format csv, header false)")
            if copying.wait():
                raise RuntimeError(f"PostgreSQL did not take {table}.")
            pipe.unlink()

    relations = {table: f"read_parquet('{landing}/{table}*.parquet')" for table in (*TABLES, *DIRECTORIES)}
    relations |= {seed: f"read_csv('{SEEDS}/{seed}.csv')" for seed in SEED_TABLES}
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda job: load_table(*job), relations.items()))


def write_results(server: Server, results_file: Path, columns: dict[str, dict[str, str]]) -> None:
    with duckdb.connect(results_file) as results:
        results.execute("create schema kpis")
        for fact in comparing.FACTS:
            printed = server.psql("--csv", "-t", "-c", comparing.sums_query(fact, columns[fact]))
            row = next(csv.reader([printed.strip()]))
            totals = [Decimal(value) if value else None for value in row]
            comparing.write_sums(results, fact, columns[fact], tuple(totals))
        tables = server.psql("-A", "-t", "-c", "select tablename from pg_tables where schemaname = 'kpis'")
        for table in tables.split():
            file = server.folder / f"{table}.out.csv"
            file.write_text(server.psql("--csv", "-c", f"select * from kpis.{table}"))
            with file.open() as lines:
                names = next(csv.reader(lines))
            types = {name: "bigint" if name in comparing.MEMBERS else "double" for name in names}
            types["kpi_date"] = "date"
            results.execute(f"create table kpis.{table} as from read_csv('{file}', header = true, columns = {types})")
        comparing.candidate_kpis(results)


def run(landing: Path, folder: Path, results_file: Path, expected_file: Path) -> dict:
    with Server(folder) as server:
        started = time.monotonic()
        load(server, landing)
        loaded = time.monotonic()
        for script in ("postgres.sql", "kpis.sql"):
            server.psql("-v", f"salt={os.environ['CONTACT_CENTER_SALT']}", "-f", str(HERE / script))
        ended = time.monotonic()
        # What follows is the comparison, not the work.
        write_results(server, results_file, comparing.compared_columns(expected_file))
        return {
            "load_seconds": loaded - started,
            "sql_seconds": ended - loaded,
            "file": size_of(server.data),
        }


if __name__ == "__main__":
    print(json.dumps(run(*(Path(word).resolve() for word in sys.argv[1:5]))))
