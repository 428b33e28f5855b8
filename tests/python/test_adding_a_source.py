"""docs/adding-a-source.md, followed to the letter in a copy of the project."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
import yaml

PROJECT = Path(__file__).resolve().parents[2]
PAGE = (PROJECT / "docs/adding-a-source.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def files():
    """Contents by path: each block of the page with the last path in a folder that was named before it."""
    for block in BLOCK.finditer(PAGE):
        named = re.findall(r"`((?:landing|models)/[\w/]+\.\w+)`", PAGE[: block.start()])
        if (
            block[1] in ("tsv", "sql", "yaml")
            and named
            and named[-1].endswith(f".{block[1][:3].replace('yam', 'yml')}")
        ):
            yield named[-1], block[2]


def merged(whole, part):
    """A nested mapping with another put into it."""
    if not isinstance(whole, dict):
        return part
    return whole | {key: merged(whole.get(key), value) for key, value in part.items()}


def block_after(heading, language):
    section = PAGE[PAGE.index(heading) :]
    return next(block[2] for block in BLOCK.finditer(section) if block[1] == language)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A copy of the project with what the page says, built by its command."""
    root = tmp_path_factory.mktemp("project")
    for name in ("models", "macros", "seeds", "tests", "analyses", "scripts", "profiles.yml", "dbt_project.yml"):
        copy = shutil.copytree if (PROJECT / name).is_dir() else shutil.copy
        copy(PROJECT / name, root / name)
    project = yaml.safe_load((root / "dbt_project.yml").read_text(encoding="utf-8"))
    addition = yaml.safe_load(block_after("## 2. Declare it", "yaml"))
    (root / "dbt_project.yml").write_text(yaml.safe_dump(merged(project, addition)), encoding="utf-8")
    (root / "warehouse").mkdir()
    for path, content in files():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(content, encoding="utf-8")
    dbt, *arguments = shlex.split(block_after("## 6. Build and look", "sh"))
    assert dbt == "dbt"
    # The other unit tests are run with the project.
    elsewhere = ("marts", "kpis", "reports", "meta", "intermediate/conformed", "intermediate/derived")
    left_out = ["--exclude", *(f"test_type:unit,path:models/{path}" for path in elsewhere)]
    environment = {key: value for key, value in os.environ.items() if not key.startswith("CONTACT_CENTER")}
    environment["CONTACT_CENTER_SALT"] = "a secret"
    unread = ["--log-level-file", "none", "--no-write-json"]
    run = [Path(sys.executable).with_name("dbt"), "--no-use-colors", *unread, *arguments, *left_out]
    result = subprocess.run(run, cwd=root, env=environment, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout.partition("Completed with")[2] or result.stdout
    return root, result.stdout


def test_the_page_names_the_files_of_a_source():
    assert [path.rsplit("/", 1)[1] for path, _ in files()] == [
        "calls.tsv",
        "stg_my_bank__calls.sql",
        "int_my_bank__calls.sql",
        "int_my_bank__contacts.sql",
        "int_my_bank__queue_visits.sql",
        "int_my_bank__agent_legs.sql",
        "_my_bank__models.yml",
    ]


def test_the_build_accounts_for_the_rows_as_the_page_says(built):
    _, said = built
    assert block_after("## 6. Build and look", "text").strip() in said


def test_the_unit_test_of_the_page_passes(built):
    assert re.search(r"PASS stg_my_bank__calls::clocks_of_the_bank", built[1])


def test_the_served_file_has_the_kpis_of_the_page(built):
    root, _ = built
    section = PAGE[PAGE.index("## 6. Build and look") :]
    header, _, values = re.findall(r"^\|(.+)\|$", section, re.MULTILINE)[:3]
    names = [name.strip() for name in header.split("|")]
    with duckdb.connect(str(root / "warehouse/contact_center.duckdb"), read_only=True) as connection:
        answer = connection.execute(block_after("## 6. Build and look", "sql"))
        assert [column[0] for column in answer.description] == names
        [row] = answer.fetchall()
    assert [float(value) for value in row] == pytest.approx([float(value) for value in values.split("|")], abs=1e-4)
