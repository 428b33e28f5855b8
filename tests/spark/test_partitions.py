"""A table with partitions has one file for each, however many tasks write it."""

from types import SimpleNamespace

from jinja2 import Environment

from scripts.landing_macros import MACROS
from tests.spark.test_macros import engines  # noqa: F401

# Eight tasks, each with numbers of all three days.
ROWS = "select id as number_, id % 3 as day_ from range(0, 9000, 1, 8)"


def select_of_contract(partition_by) -> str:
    """What dbt makes of a model under contract."""
    columns = [SimpleNamespace(name=name, constraints=[]) for name in ("number_", "day_")]
    environment = Environment()
    environment.globals |= {
        "config": {"partition_by": partition_by},
        "model": SimpleNamespace(name="days", columns=dict(enumerate(columns))),
    }
    text = (MACROS / "cross_db" / "contracts.sql").read_text(encoding="utf-8")
    return environment.from_string(text).module.spark__get_select_subquery(ROWS)


def test_each_partition_is_one_file(engines, tmp_path):  # noqa: F811
    for name, partition_by in (("written_as_text", "day_"), ("written_as_list", ["day_"])):
        table = f"create table {name} using parquet partitioned by (day_) location '{tmp_path / name}'"
        engines["spark"](f"{table} as {select_of_contract(partition_by)}")
        assert len(list((tmp_path / name).glob("day_=*/*.parquet"))) == 3
        assert engines["spark"](f"select count(*), sum(number_) from {name}") == [(9000, 40495500)]
    assert "rebalance" not in select_of_contract(None)
