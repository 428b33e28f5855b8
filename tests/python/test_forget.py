"""Who asked to be forgotten is on the list, in the words of no source, and is found in whatever landed."""

import gzip

import duckdb
import pytest

from scripts import forget, forgotten

SALT = "a secret"
MAIL = "Cleo@Example.com"


def hashed(text):
    return forgotten.salted_hash(text, SALT)


NUMBER_HASH, MAIL_HASH = hashed("15555550102"), hashed("cleo@example.com")


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A folder with a build file in which two customers share a number, and landed files."""
    monkeypatch.setenv("CONTACT_CENTER_SALT", SALT)
    monkeypatch.setenv("CONTACT_CENTER_BUILD_FILE", str(tmp_path / "build.duckdb"))
    monkeypatch.delenv("CONTACT_CENTER_FORGOTTEN", raising=False)
    with duckdb.connect(tmp_path / "build.duckdb") as connection:
        connection.execute("create schema staging")
        connection.execute("create table staging.stg_files__contacts (customer_hash text, customer_address_hash text)")
        connection.executemany(
            "insert into staging.stg_files__contacts values (?, ?)",
            [
                [hashed("K-1"), NUMBER_HASH],
                [hashed("K-1"), hashed("15550000001")],
                [hashed("K-2"), hashed("15550000001")],
                [hashed("K-3"), None],
                [None, MAIL_HASH],
            ],
        )
        connection.execute(
            "create table staging.stg_zendesk__user (source_user_id text, email_hash text, phone_hash text)"
        )
        connection.execute("insert into staging.stg_zendesk__user values ('101', ?, null)", [MAIL_HASH])
    landed = tmp_path / "landing/files/2026-11-02"
    landed.mkdir(parents=True)
    (landed / "contacts.csv").write_text(
        "contact_id,customer_id,customer_address\nc1,K-1,1.555.555.0102\nc2,K-12,\nc3,,cleo@example.com\n"
    )
    (landed / "old.csv.gz").write_bytes(gzip.compress(b'c9,"+1 555 555-0102","said ""hello"""\n'))
    with duckdb.connect() as connection:
        connection.execute(
            f"copy (select 'c' || n as contact_id, if(n = 2, 'K-1', null) as customer_id from range(3) as t (n))"
            f" to '{landed}/more.parquet'"
        )
    return tmp_path


def ask_to_forget(place, monkeypatch, customer, sources=""):
    for name, value in {"CUSTOMER": customer, "SOURCES": sources, "ROOT": str(place / "landing")}.items():
        monkeypatch.setenv(name, value)
    return forget.main()


def fingerprints(place):
    return {each.fingerprint for each in forgotten.read(place / "forgotten.csv", SALT)}


def known(place, *hashes):
    return {forgotten.fingerprint(each) for each in hashes} <= fingerprints(place)


def test_an_id_is_forgotten_with_the_number_that_is_its_alone(place, monkeypatch, capsys):
    assert ask_to_forget(place, monkeypatch, "K-1") == 0
    said = capsys.readouterr().out
    assert known(place, hashed("K-1"), NUMBER_HASH)
    assert not known(place, hashed("15550000001"))
    assert "Left: 1 that other customers are known by too" in said
    assert not (place / "build.duckdb").exists()
    assert [line.strip().removeprefix(f"{place}/landing/files/2026-11-02/") for line in said.splitlines()[5:8]] == [
        "contacts.csv: line 2",
        "more.parquet: row 3",
        "old.csv.gz: line 1",
    ]


def test_a_number_is_forgotten_with_its_owner_unless_it_has_several(place, monkeypatch):
    ask_to_forget(place, monkeypatch, "1.555.555.0102")
    assert known(place, hashed("K-1"), NUMBER_HASH)


def test_a_shared_number_alone_is_forgotten_when_it_is_named(place, monkeypatch):
    ask_to_forget(place, monkeypatch, "+1 555 000 0001")
    assert known(place, hashed("15550000001"))
    assert not known(place, hashed("K-1"))
    assert not known(place, hashed("K-2"))


def test_the_number_of_a_user_means_the_platform_alone_where_it_is_named(place, monkeypatch):
    ask_to_forget(place, monkeypatch, "101", "zendesk")
    assert known(place, hashed("user 101"), MAIL_HASH)
    assert not known(place, hashed("101"))


def test_the_list_holds_nothing_of_the_customer(place, monkeypatch):
    ask_to_forget(place, monkeypatch, MAIL)
    kept = (place / "forgotten.csv").read_text()
    assert not any(text in kept for text in (MAIL, MAIL.lower(), MAIL_HASH, SALT))


def test_who_is_forgotten_twice_is_on_the_list_once_and_keeps_the_pseudonym(place, monkeypatch, capsys):
    ask_to_forget(place, monkeypatch, "K-3")
    before = (place / "forgotten.csv").read_text()
    assert ask_to_forget(place, monkeypatch, "K-3") == 0
    assert (place / "forgotten.csv").read_text() == before
    assert "Was forgotten already" in capsys.readouterr().out


def test_nobody_and_a_source_that_does_not_exist_are_refused(place, monkeypatch, capsys):
    assert ask_to_forget(place, monkeypatch, "  ") == 2
    assert ask_to_forget(place, monkeypatch, "K-1", "file") == 2
    assert (place / "build.duckdb").exists()
    assert not (place / "forgotten.csv").exists()
    assert "SOURCES names file: there are sample, " in capsys.readouterr().err


def test_another_salt_or_a_lost_list_stops_a_build(place, monkeypatch):
    ask_to_forget(place, monkeypatch, "K-1")
    with pytest.raises(forgotten.ListError, match="another CONTACT_CENTER_SALT"):
        forgotten.read(place / "forgotten.csv", "another secret")
    monkeypatch.setenv("CONTACT_CENTER_FORGOTTEN", str(place / "lost.csv"))
    with pytest.raises(forgotten.ListError, match="put it back"):
        forgotten.read(forgotten.list_of(place / "build.duckdb"), SALT)


def test_a_list_that_somebody_else_wrote_is_refused(place):
    (place / "forgotten.csv").write_text("fingerprint,pseudonym,salt_mark,forgotten_on\nx'); drop table a; --,b,c,d\n")
    with pytest.raises(forgotten.ListError, match="did not write"):
        forgotten.read(place / "forgotten.csv", SALT)
