"""The table of where the time of a build goes adds up dbt's results by kind."""

from scripts.timing import Step, nodes, rows


def result(unique_id, seconds):
    return {"unique_id": unique_id, "execution_time": seconds}


def test_nodes_are_added_up_by_kind_and_hooks_stand_alone():
    results = [
        result("model.contact_center.fact_contacts", 1.5),
        result("model.contact_center.dim_queue", 0.5),
        result("unit_test.contact_center.dim_queue.an_example", 0.25),
        result("operation.contact_center.contact_center-on-run-end-3", 4.5),
        result("exposure.contact_center.a_board", 0.0),
    ]
    assert nodes(results) == [
        Step("models", 2.0, nodes=2),
        Step("unit tests", 0.25, nodes=1),
        Step("publishing", 4.5, nodes=1),
    ]


def test_rows_are_a_table_in_markdown():
    assert rows([Step("start of dbt", 2.54, 2.41), Step("models", 43.3, nodes=211)]) == [
        "| step | number | seconds | processor seconds |",
        "|---|--:|--:|--:|",
        "| start of dbt |  | 2.5 | 2.4 |",
        "| models | 211 | 43.3 |  |",
    ]
