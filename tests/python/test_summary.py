"""What `make build` says at its end."""

import duckdb
import pytest

from scripts import summary


@pytest.fixture
def served(tmp_path):
    file = tmp_path / "contact_center.duckdb"
    with duckdb.connect(file) as connection:
        connection.execute(
            """
            create schema marts;
            create schema meta;
            create table marts.fact_contacts as select 6745 as n, false as is_blocked from range(12345);
            create table marts.fact_queue_visits as from (values (1, 0.9449), (2, null)) as visits (channel_key, n);
            create table marts.dim_channel as from (values (1, 'voice'), (2, 'ticket')) as channels (
                channel_key, channel_family
            );
            create table marts.dim_kpi as from (values
                ('service_level', 'Service level', 'ratio', 'fact_queue_visits'),
                ('average_handle_time', 'Handle time', 'seconds', 'fact_contacts'),
                ('blocked_contact_rate', 'Blocked', 'ratio', 'fact_contacts')
            ) as kpis (kpi_name, label, unit, relation);
            create table meta.row_accounting as from (values
                ('sample', 'calls', 123456, 123400, 50, 5, 1), ('sample', 'chats', 44, 44, 0, 0, 0)
            ) as accounts (
                source_system, table_name,
                rows_in, rows_used, rows_quarantined, rows_dropped, rows_duplicate
            );
            create macro service_level(v) as max(v.n);
            create macro average_handle_time(v) as max(v.n);
            create macro blocked_contact_rate(v) as null;
            """
        )
    return file


def test_the_summary_is_for_people(served, monkeypatch):
    monkeypatch.setattr(summary, "HEADLINES", ("service_level", "average_handle_time", "blocked_contact_rate"))
    lines = summary.summary(served).splitlines()
    assert lines[0].endswith(" MB) holds 12,345 contacts.")
    assert lines[2:9] == [
        "  source  tables       in     used  quarantined  dropped  duplicate",
        "  sample       2  123,500  123,444           50        5          1",
        "",
        "  KPI            voice  live  messaging  ticket        all",
        "  Service level  94.5%                        -      94.5%",
        "  Handle time                                    6,745.0 s",
        "  Blocked                                                -",
    ]
