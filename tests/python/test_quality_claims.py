"""What dbt and the expectations both claim is found, and nothing else."""

from dataclasses import replace

import pytest

from scripts import quality_claims
from scripts.quality import Expectation, Suite

MANIFEST = {
    "nodes": {
        "model.x.stg_calls": {
            "resource_type": "model",
            "name": "stg_calls",
            "columns": {"call_id": {"name": "call_id", "constraints": [{"type": "not_null"}]}},
            "depends_on": {"nodes": ["seed.x.raw_calls"]},
        },
        "test.x.outcomes": {
            "resource_type": "test",
            "test_metadata": {"name": "accepted_values"},
            "attached_node": "model.x.stg_calls",
            "column_name": "outcome",
        },
        "test.x.law": {"resource_type": "test", "attached_node": None},
    }
}
WAITS = Expectation(
    suite="raw_calls",
    schema="raw",
    name="waits",
    meaning="Nobody waits for hours.",
    severity="warn",
    action="Look.",
    owner="analytics",
    table="raw_calls",
    unexpected_rows="select * from {batch} where wait > 7200",
)
FILLED = {"unexpected_rows": None, "expectation": "expect_column_values_to_not_be_null"}


def found(*expectations: Expectation) -> list[str]:
    return list(quality_claims.twice([Suite("raw_calls", "raw", "fail", list(expectations))], MANIFEST))


@pytest.mark.parametrize(
    "changes, told",
    [
        ({}, []),
        (
            {"pattern": "codes_known", "column": "outcome"},
            ["the dbt test accepted_values claims it of stg_calls.outcome; drop one"],
        ),
        ({"pattern": "codes_known", "column": "channel"}, []),
        ({"pattern": "filled", "column": "outcome"}, []),
        ({**FILLED, "arguments": {"column": "call_id"}}, ["the contract claims it of stg_calls.call_id; drop one"]),
        ({**FILLED, "arguments": {"column": "outcome"}}, []),
        ({**FILLED, "arguments": {"column": "call_id"}, "table": "raw_chats"}, []),
    ],
)
def test_a_claim_that_dbt_makes_too_is_told(changes, told):
    assert found(replace(WAITS, **changes)) == [f"raw_calls.yml, expectation waits: {line}" for line in told]


def test_an_expectation_that_another_repeats_is_told():
    again = replace(WAITS, name="patience", unexpected_rows="select *\n  from {batch} where wait > 7200")
    assert found(WAITS, again, replace(again, name="elsewhere", table="raw_chats")) == [
        "raw_calls.yml, expectation patience: claims what raw_calls.yml, expectation waits does; drop one"
    ]
