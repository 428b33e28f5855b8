"""Customers one would recognize, planted in the example files of every source, and a search for them."""

import re
import shutil
from pathlib import Path

import duckdb

EXAMPLES = Path(__file__).resolve().parents[1] / "sources"
# What the examples call their customers, and what they are called here, the same in every file.
CUSTOMERS = {
    '""Somebody"" <15550101>': '""Planted Phoneowner"" <49309990001>',
    "15550101": "49309990001",
    "+1 555 0101": "+49 30 999 0001",
    "Pat Doe": "Planted Ticketwriter",
    "Pat@Example.com": "Planted.Ticketwriter@example.com",
    "Jane Doe": "Planted Chatter",
    "Jane@Example.com": "Planted.Chatter@example.com",
    "jane@example.com": "planted.chatter@example.com",
    "x-jane": "planted-contact-7",
    "tel:+15550100101": "tel:+49309990002",
    "+1 555 010 0101": "+49 30 999 0002",
    "Cleo@example.com": "Planted.Mailer@example.com",
    "cleo@example.com": "planted.mailer@example.com",
    "+1 (555) 555-0102": "+49 (30) 999-0003",
    "+15555550102": "+49309990003",
    "+1 555 555 0109": "+49 30 999 0004",
    "K-1,": "planted-customer-1,",
    "+15550115": "+49309990005",
}
# Rows that no build can use, and which therefore wait in quarantine with their text.
BROKEN = {
    "files/contacts-broken.csv": "contact_id,channel_code,customer_id,customer_address,started_at\n"
    "b1,phone,planted-customer-1,+49 30 999 0003,no time at all\nb2,planted.mailer@example.com\n",
    "asterisk/queue_log_broken": "Planted Phoneowner|+49309990001\n",
    "amazon_connect/contact_records/broken": '{"ContactId": "planted-record", "CustomerEndpoint": "+49309990005"\n',
    "genesys_cloud/conversations-broken.jsonl": '{"ani": "tel:+49309990002", "name": "Planted Chatter"\n',
    "anonymous_bank/calls.tsv": "planted-customer-1\tAA0101\n",
}
RECOGNIZED = re.compile(
    r"planted[ .-](?:phoneowner|ticketwriter|chatter|contact|mailer|customer)|49\D{0,3}30\D{0,2}999\D?000\d", re.I
)


def land(folder: Path, sources: list[str], broken: bool = True) -> None:
    """The example files of some sources with the planted customers, and beside them broken rows."""
    for source in sources:
        for example in sorted((EXAMPLES / source / "landing").rglob("*")):
            landed = folder / source / example.relative_to(EXAMPLES / source / "landing")
            if example.is_dir():
                continue
            landed.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(example, landed)
            landed.write_text(planted_in(example.read_text(encoding="utf-8")), encoding="utf-8")
    for name, text in BROKEN.items() if broken else ():
        if name.split("/")[0] in sources:
            with (folder / name).open("a", encoding="utf-8") as file:
                file.write(text)


def planted_in(text: str) -> str:
    for example, planted in CUSTOMERS.items():
        text = text.replace(example, planted)
    return text


def found_in_database(file: Path, texts: re.Pattern[str] = RECOGNIZED, left_out: tuple[str, ...] = ()) -> list[str]:
    """Columns of tables and views of a DuckDB file with such a text; schemas and columns can be left out."""
    found = []
    with duckdb.connect(file, read_only=True) as connection:
        for schema, table, columns in connection.execute(
            "select schema_name, table_name, list(column_name order by column_index) from duckdb_columns()"
            " where not internal and database_name = current_database() group by all order by all"
        ).fetchall():
            searched = [column for column in columns if column not in left_out]
            if schema in left_out or not searched:
                continue
            holds = ", ".join(
                f"bool_or(regexp_matches(cast(\"{column}\" as varchar), $texts, 'i'))" for column in searched
            )
            answer = connection.execute(
                f'select {holds} from "{schema}"."{table}"', {"texts": texts.pattern}
            ).fetchone()
            found += [f"{schema}.{table}.{column}" for column, held in zip(searched, answer, strict=True) if held]
        catalog = connection.execute(
            "select comment from duckdb_columns() union all select comment from duckdb_tables()"
            " union all select sql from duckdb_views() where not internal"
        ).fetchall()
        found += [f"catalog: {text[:80]}" for (text,) in catalog if text and texts.search(text)]
    return found


def found_in_files(folders: list[Path], texts: re.Pattern[str] = RECOGNIZED) -> list[str]:
    """Files in whose bytes such a text stands."""
    pattern = re.compile(texts.pattern.encode(), re.I)
    files = (path for folder in folders for path in ([folder] if folder.is_file() else sorted(folder.rglob("*"))))
    return [str(file) for file in files if file.is_file() and pattern.search(file.read_bytes())]
