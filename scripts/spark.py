"""Build the sample on Apache Spark and compare it with DuckDB's build: `python -m scripts.spark`.

Both engines build the project as it is, Spark with all tests; then `scripts.spark_parity` compares their
tables. --cluster starts a standalone master with two workers for it; what stands behind -- is for dbt,
such as `-- --exclude-resource-types test unit_test`. Everything is written below target/spark. The exit
code is 0 when the build is green and the tables are equal, 1 when not, 2 when nothing was compared.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from contextlib import nullcontext
from pathlib import Path

from dbt.cli.main import dbtRunner
from pyspark.sql import SparkSession

from scripts import spark_parity
from scripts.spark_cluster import ClusterError, cluster

FOLDER = Path("target/spark")
BUILD = FOLDER / "build.duckdb"
TABLES = FOLDER / "tables"
DUCKDB_TARGET = FOLDER / "duckdb"
SPARK_TARGET = FOLDER / "dbt"


def duckdb_build() -> subprocess.Popen:
    """DuckDB builds beside Spark, in a process of its own."""
    command = [str(Path(sys.executable).with_name("dbt")), "build", "--target", "duckdb"]
    command += ["--exclude-resource-types", "test", "unit_test", "--vars", "{publish: false}"]
    environment = {
        "CONTACT_CENTER_BUILD_FILE": str(BUILD),
        "DBT_TARGET_PATH": str(DUCKDB_TARGET),
        "DBT_LOG_PATH": str(DUCKDB_TARGET),
    }
    with (FOLDER / "duckdb.log").open("w") as log:
        return subprocess.Popen(command, env={**os.environ, **environment}, stdout=log, stderr=subprocess.STDOUT)


def spark_build(target: str, options: list[str]) -> bool:
    os.environ["CONTACT_CENTER_SPARK"] = str((FOLDER / "warehouse").resolve())
    # Nobody comes back to these tables, and a metastore of their own takes longer to start than to fill.
    os.environ["CONTACT_CENTER_SPARK_CATALOG"] = "in-memory"
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    paths = ["--target-path", str(SPARK_TARGET), "--log-path", str(SPARK_TARGET)]
    arguments = ["build", "--target", target, *paths, *options]
    return dbtRunner().invoke(arguments).success


def write_tables() -> None:
    """Every table and view that was built as a folder of Parquet, where the parity check looks for it."""
    # Active is a session in the threads of dbt only.
    spark = SparkSession.builder.getOrCreate()
    manifest = json.loads((SPARK_TARGET / "manifest.json").read_text(encoding="utf-8"))
    for table in spark_parity.tables_of(manifest):
        name = f"{table.schema}.{table.name}"
        if spark.catalog.tableExists(name):
            spark.table(name).write.parquet(str((TABLES / table.schema / table.name).resolve()))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cluster", action="store_true", help="run on a standalone master with two workers")
    parser.add_argument("options", nargs="*", help="for dbt build on Spark, behind --")
    arguments = parser.parse_args()
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    started_at = time.monotonic()
    duckdb = duckdb_build()
    try:
        with cluster() if arguments.cluster else nullcontext() as master:
            if master:
                os.environ["CONTACT_CENTER_SPARK_MASTER"] = master
            is_green = spark_build("spark_cluster" if arguments.cluster else "spark", arguments.options)
            built_at = time.monotonic()
            write_tables()
            SparkSession.builder.getOrCreate().stop()
        if duckdb.wait():
            raise spark_parity.ParityError(f"DuckDB's build failed: see {FOLDER}/duckdb.log.")
        manifests = [folder / "manifest.json" for folder in (DUCKDB_TARGET, SPARK_TARGET)]
        outcomes = spark_parity.compare_all(BUILD, TABLES, manifests)
    except (ClusterError, spark_parity.ParityError) as error:
        print(error, file=sys.stderr)
        return 2
    finally:
        duckdb.kill()
    compared_at = time.monotonic()
    print(spark_parity.report(outcomes))
    print(f"Spark's build took {built_at - started_at:.0f} s, the comparison {compared_at - built_at:.0f} s.")
    if not is_green:
        print("Spark's build is not green: see above.")
    return 0 if is_green and all(outcome.is_equal for outcome in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
