"""What a KPI macro answers when it is asked for a part it does not have."""

from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

MACROS = Path(__file__).parents[2] / "macros"


class CompilerError(Exception):
    pass


class Exceptions:
    """Stands in for dbt's own, of which macros use this one function."""

    def raise_compiler_error(self, message):
        raise CompilerError(message)


@pytest.fixture
def kpi_ratio():
    environment = Environment(loader=FileSystemLoader(MACROS), extensions=["jinja2.ext.do"])
    environment.globals["exceptions"] = Exceptions()
    return environment.get_template("layers/kpi_parts.sql").module.kpi_ratio


@pytest.mark.parametrize("part", ["value", "numerator", "denominator", "observations"])
def test_a_part_that_exists_gives_an_expression(kpi_ratio, part):
    assert "sum(a)" in kpi_ratio("sum(a)", "sum(a) + sum(b)", part)


def test_the_value_of_an_empty_denominator_is_null_not_zero(kpi_ratio):
    assert "nullif(sum(b), 0)" in kpi_ratio("sum(a)", "sum(b)", "value")


@pytest.mark.parametrize("part", ["Value", "numerater", "", None])
def test_a_wrong_part_raises_an_error_that_lists_the_right_ones(kpi_ratio, part):
    with pytest.raises(CompilerError) as raised:
        kpi_ratio("sum(a)", "sum(b)", part)
    assert f"'{part}'" in str(raised.value)
    for allowed in ("value", "numerator", "denominator", "observations"):
        assert allowed in str(raised.value)
