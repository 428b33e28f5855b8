"""Make a chart in Superset over the served file, as a person would, and print its rows as JSON.

Usage: .venv-superset/bin/python tests/clients/superset_chart.py <served file>

Superset keeps what it needs in the folder that SUPERSET_HOME names, and wants a SUPERSET_SECRET_KEY. The dataset is the
plain table; the KPI is a metric over it, so the chart can be grouped by any of its columns.
"""

import json
import sys
from contextlib import redirect_stdout

METRIC = {
    "expressionType": "SQL",
    "sqlExpression": "service_level(fact_queue_visits)",
    "label": "service_level",
}


def main() -> None:
    with redirect_stdout(sys.stderr):
        rows = chart_rows(sys.argv[1])
    print(json.dumps(rows))


def chart_rows(served: str) -> list[dict]:
    from superset.app import create_app

    app = create_app()
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        from flask_migrate import upgrade
        from superset import security_manager

        upgrade()
        security_manager.sync_role_definitions()
        security_manager.add_user(
            "admin", "A", "B", "admin@example.com", security_manager.find_role("Admin"), password="admin"
        )
    client = app.test_client()
    token = asked(
        client.post("/api/v1/security/login", json={"username": "admin", "password": "admin", "provider": "db"})
    )["access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    database = asked(
        client.post(
            "/api/v1/database/",
            headers=headers,
            json={
                "database_name": "Contact center",
                "sqlalchemy_uri": f"duckdb:///{served}?access_mode=read_only",
            },
        )
    )["id"]
    dataset = asked(
        client.post(
            "/api/v1/dataset/",
            headers=headers,
            json={"database": database, "schema": "marts", "table_name": "fact_queue_visits"},
        )
    )["id"]
    query = {"columns": ["queue_name"], "metrics": [METRIC], "orderby": [["queue_name", True]], "row_limit": 1000}
    answer = asked(
        client.post(
            "/api/v1/chart/data",
            headers=headers,
            json={"datasource": {"id": dataset, "type": "table"}, "queries": [query], "result_format": "json"},
        )
    )
    return answer["result"][0]["data"]


def asked(response) -> dict:
    if response.status_code >= 400:
        sys.exit(f"{response.request.path}: {response.status_code} {response.get_data(as_text=True)}")
    return response.get_json()


if __name__ == "__main__":
    main()
