"""Which commit is the base, what reaches the builds, and how a comparison ends that could not be made."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from scripts.metric_diff import building
from scripts.metric_diff.__main__ import main
from scripts.metric_diff.building import Job, NotComparedError, base_of, forget_old_builds, reason, start, wait

ROOT = Path(__file__).parents[2]


def git(*arguments):
    done = subprocess.run(["git", *arguments], check=True, capture_output=True, text=True)
    return done.stdout.strip()


def commit(path, text):
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text)
    git("add", path)
    git("commit", "-qm", path)
    return git("rev-parse", "HEAD")


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """A branch that left main after one commit, while main went on."""
    monkeypatch.chdir(tmp_path)
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "us")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "us@example.org")
    git("init", "-q", "-b", "main")
    left = commit("models/a.sql", "select 1")
    git("checkout", "-qb", "change")
    git("checkout", "-q", "main")
    commit("models/b.sql", "select 2")
    git("checkout", "-q", "change")
    return left


def test_base_is_where_the_change_left_the_ref(repository):
    base = base_of("main")
    assert base.commit == repository and base.changed_files == []
    assert base.is_built_alike


def test_what_is_not_committed_counts(repository):
    Path("README.md").write_text("hello")
    assert base_of("main").is_built_alike
    Path("models/new.sql").write_text("select 3")
    base = base_of("main")
    assert base.changed_files == ["README.md", "models/new.sql"] and not base.is_built_alike
    Path("models/new.sql").unlink()
    Path("models/a.sql").write_text("select 4")
    assert not base_of("main").is_built_alike


def test_landed_rows_that_change_are_told(repository):
    assert not base_of("main").has_other_rows
    commit("seeds/sample/raw_calls.csv", "a")
    assert base_of("main").has_other_rows


def test_commits_that_change_no_model_share_a_build(repository):
    before = base_of("HEAD").digest
    commit("README.md", "hello")
    assert base_of("HEAD").digest == before
    commit("macros/a.sql", "hello")
    assert base_of("HEAD").digest != before


@pytest.mark.parametrize(
    ("ref", "said"), [("", "say what to compare with"), ("nowhere", "git knows no commit nowhere")]
)
def test_no_base_is_said_in_one_sentence(repository, capsys, ref, said):
    assert main([ref]) == 2
    error = capsys.readouterr().err
    assert error.startswith("Metrics were not compared: ") and said in error and error.count("\n") == 1


def test_branches_without_a_common_commit_are_refused(repository):
    git("checkout", "-q", "--orphan", "other")
    git("commit", "-qm", "other")
    with pytest.raises(NotComparedError, match="git fetch --unshallow"):
        base_of("main")


def test_nothing_is_built_when_no_model_differs(repository, capsys, monkeypatch):
    monkeypatch.setattr(building, "start", lambda *_: pytest.fail("started a build"))
    assert main(["main"]) == 0
    assert capsys.readouterr().out.startswith("**SAME**: nothing that a build reads differs from base")
    assert json.loads(Path("target/metric_diff/report.json").read_text())["was_built"] is False


def test_a_wrong_declaration_is_said_before_anything_is_built(repository, capsys):
    Path("models/a.sql").write_text("select 4")
    Path("metric_changes").mkdir()
    Path("metric_changes/001.yml").write_text("{kpi: a}")
    assert main(["main"]) == 2
    assert "metric_changes/001.yml has no reason" in capsys.readouterr().err


def test_no_secret_reaches_a_build(tmp_path, monkeypatch):
    tells = tmp_path / "tells"
    tells.write_text("#!/bin/sh\nenv\n")
    tells.chmod(0o755)
    monkeypatch.setattr(building, "DBT", tells)
    monkeypatch.setenv("CONTACT_CENTER_SALT", "a secret")
    monkeypatch.setenv("CONTACT_CENTER_FILE", "/elsewhere")
    job = Job("base", tmp_path, tmp_path / "base", "key")
    start(job)
    job.process.wait()
    told = (tmp_path / "base" / building.LOG).read_text().splitlines()
    assert f"CONTACT_CENTER_BUILD_FILE={tmp_path}/base/build.duckdb" in told
    assert sum(line.startswith("CONTACT_CENTER_") for line in told) == 1


def test_the_first_error_of_dbt_is_the_reason(tmp_path):
    log = tmp_path / building.LOG
    log.write_text(
        "12:00:01  Running with dbt\n12:00:02  Compilation Error in model a (models/a.sql)\n"
        "12:00:02    'nothing' is undefined\n12:00:03  Done.\n"
    )
    assert "Compilation Error in model a (models/a.sql) 'nothing' is undefined" in reason(log)
    log.write_text("")
    assert "dbt said nothing" in reason(log)


def test_a_build_that_fails_ends_the_other_ones_wait(tmp_path):
    (tmp_path / "dbt_project.yml").write_text("{}")
    jobs = [Job(name, tmp_path, tmp_path / name, "key") for name in ("good", "bad", "slow")]
    for job, does in zip(jobs, ("true", "sleep 1; false", "sleep 60"), strict=True):
        job.folder.mkdir()
        (job.folder / building.LOG).write_text("1 of 2 OK created\n")
        job.process = subprocess.Popen(does, shell=True)
    with pytest.raises(NotComparedError, match="bad could not be built"):
        wait(jobs)
    jobs[2].process.kill()
    assert [job.is_built for job in jobs] == [True, False, False]


def test_few_old_builds_are_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(building, "FOLDER", tmp_path)
    for number in range(5):
        (tmp_path / f"base-{number}").mkdir()
        os.utime(tmp_path / f"base-{number}", (number, number))
    forget_old_builds()
    assert sorted(found.name for found in tmp_path.iterdir()) == ["base-3", "base-4"]


@pytest.mark.slow
def test_a_changed_macro_is_found_in_a_real_build(tmp_path, monkeypatch, capsys):
    git("clone", "-q", str(ROOT), str(tmp_path / "clone"))
    monkeypatch.chdir(tmp_path / "clone")
    family = Path("macros/kpis/accessibility.sql")
    text = family.read_text(encoding="utf-8")
    before = '".offered_count) as bigint)"'
    assert before in text
    family.write_text(text.replace(before, '".offered_count) + 1 as bigint)"', 1), encoding="utf-8")
    assert main(["HEAD"]) == 1
    first, *rest = capsys.readouterr().out.splitlines()
    assert first.startswith("**NEEDS VERSION BUMP**")
    assert "- `contacts_offered`" in rest and "### contacts_offered (tier 1, version 1)" in rest
    assert "  - caused by macro contacts_offered (macros/kpis/accessibility.sql, changed)" in rest
    moved = json.loads(Path("target/metric_diff/report.json").read_text())["numbers"]
    assert [found["kpi"] for found in moved] == ["contacts_offered"]
    assert not Path("target/metric_diff/worktree").exists()
