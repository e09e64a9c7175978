"""The CI and pre-commit files that qtnb ships: each passes on a good kho and fails on a bad one."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from kit import ROOT, qtnb

BIN = Path(sys.executable).parent
NAME = "quy-trinh/tiep-nhan-xu-ly-van-ban-den.yaml"
ON_PATH = {"PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
AUTHOR = ("-c", "user.name=qtnb", "-c", "user.email=qtnb@example.invalid")

pytestmark = pytest.mark.skipif(os.name == "nt", reason="CI servers run these lines in a POSIX shell")


@pytest.fixture
def kho(tmp_path: Path) -> Path:
    """A new kho, as ``qtnb init`` makes it."""
    assert qtnb("init", "kho", cwd=tmp_path).code == 0
    return tmp_path / "kho"


def spoil(kho: Path) -> None:
    """A declared total that is not the sum of the steps: validate passes, lint does not."""
    change(kho, "thoi_gian: 3 ngày làm việc", "thoi_gian: 4 ngày làm việc")


def unnumber(kho: Path) -> None:
    change(kho, "ky_hieu: CV-01\n", "")


def change(kho: Path, old: str, new: str) -> None:
    text = (kho / NAME).read_text(encoding="utf-8")
    assert old in text
    (kho / NAME).write_text(text.replace(old, new), encoding="utf-8")


def run_lines(kho: Path, lines: list[str], env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run the lines of one job or step as a server does, with qtnb in place of its installation."""
    script = "\n".join(line for line in lines if not line.startswith("pip install "))
    return subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", script],
        cwd=kho,
        env={**os.environ, **ON_PATH, **(env or {})},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def holds_to_schema(file: Path, schema: str) -> None:
    checker = BIN / "check-jsonschema"
    done = subprocess.run([checker, "--builtin-schema", f"vendor.{schema}", file], capture_output=True, check=False)
    assert done.returncode == 0, done.stdout.decode()


# --- GitHub ---------------------------------------------------------------------------------------


def github_job(kho: Path) -> dict[str, Any]:
    workflow = yaml.safe_load((kho / ".github/workflows/qtnb.yml").read_text(encoding="utf-8"))
    (job,) = workflow["jobs"].values()
    assert isinstance(job, dict)
    return job


def run_github(kho: Path) -> Iterator[tuple[str, int, str, str]]:
    """Each step that runs qtnb: its command, exit code, output and job summary."""
    for number, step in enumerate(github_job(kho)["steps"]):
        if "qtnb " in step.get("run", ""):
            summary = kho.parent / f"summary-{number}.md"
            done = run_lines(kho, step["run"].splitlines(), {"GITHUB_STEP_SUMMARY": str(summary)})
            yield step["run"], done.returncode, done.stdout, summary.read_text(encoding="utf-8")


def test_the_github_file_holds_to_githubs_schema_and_installs_qtnb_first(kho: Path) -> None:
    holds_to_schema(kho / ".github/workflows/qtnb.yml", "github-workflows")
    runs = [step["run"] for step in github_job(kho)["steps"] if "run" in step]
    assert [run.startswith("pip install ") for run in runs] == [True, False, False]
    assert [step.get("if") for step in github_job(kho)["steps"]][-1] == "${{ !cancelled() }}"


def test_the_github_job_passes_on_a_new_kho(kho: Path) -> None:
    told = list(run_github(kho))
    assert [(code, out) for _, code, out, _ in told] == [(0, ""), (0, "")]
    assert all("không có lỗi" in summary for *_, summary in told)


def test_the_github_job_annotates_a_bad_line_and_fails(kho: Path) -> None:
    spoil(kho)
    (_, code, out, summary), (_, second, _, _) = run_github(kho)
    assert (code, second) == (1, 0)
    assert out.startswith(f"::error file={NAME},line=18,col=12,endLine=18,endColumn=26,title=time-sum::Khai tổng ")
    assert f"| lỗi | {NAME}:18:12 | Khai tổng “4 ngày làm việc”" in summary


def test_the_github_job_fails_on_a_procedure_without_symbol(kho: Path) -> None:
    unnumber(kho)
    (_, first, _, _), (command, code, out, _) = run_github(kho)
    assert (first, code, command.split()[1]) == (0, 1, "number")
    assert "title=no-symbol::" in out


# --- GitLab ---------------------------------------------------------------------------------------


def gitlab_job(kho: Path) -> dict[str, Any]:
    (job,) = yaml.safe_load((kho / ".gitlab-ci.yml").read_text(encoding="utf-8")).values()
    assert isinstance(job, dict)
    return job


def artifacts(kho: Path) -> dict[str, str]:
    job = gitlab_job(kho)["artifacts"]
    assert job["when"] == "always", "a failed job is the one whose report is wanted"
    return {kind: (kho / name).read_text(encoding="utf-8") for kind, name in job["reports"].items()}


def test_the_gitlab_file_holds_to_gitlabs_schema_and_installs_qtnb_first(kho: Path) -> None:
    holds_to_schema(kho / ".gitlab-ci.yml", "gitlab-ci")
    assert gitlab_job(kho)["script"][0].startswith("pip install ")


def test_the_gitlab_job_passes_on_a_new_kho(kho: Path) -> None:
    assert run_lines(kho, gitlab_job(kho)["script"]).returncode == 0
    told = artifacts(kho)
    assert told["codequality"] == "[]\n"
    assert 'failures="0"' in told["junit"]


def test_the_gitlab_job_fails_on_a_bad_file_and_leaves_its_reports(kho: Path) -> None:
    spoil(kho)
    assert run_lines(kho, gitlab_job(kho)["script"]).returncode == 1
    told = artifacts(kho)
    assert '"check_name": "time-sum"' in told["codequality"]
    assert 'failures="1"' in told["junit"]


def test_the_gitlab_job_fails_on_a_procedure_without_symbol(kho: Path) -> None:
    unnumber(kho)
    assert run_lines(kho, gitlab_job(kho)["script"]).returncode == 1


# --- pre-commit -----------------------------------------------------------------------------------


def git(folder: Path, *words: str) -> str:
    done = subprocess.run(["git", *AUTHOR, *words], cwd=folder, capture_output=True, encoding="utf-8", check=True)
    return done.stdout.strip()


def committed(folder: Path) -> str:
    """The commit that holds all of ``folder``."""
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "a")
    return git(folder, "rev-parse", "HEAD")


def pre_commit(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    git(folder, "add", "-A")
    return subprocess.run(
        [BIN / "pre-commit", *words],
        cwd=folder,
        env={**os.environ, **ON_PATH, "PRE_COMMIT_HOME": str(folder.parent / "pre-commit")},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_the_pre_commit_entry_of_a_kho_stops_a_bad_commit(kho: Path) -> None:
    config = kho / ".pre-commit-config.yaml"
    assert pre_commit_valid("validate-config", config)
    text = config.read_text(encoding="utf-8")
    # The program of this checkout in place of one from a package index.
    here = re.sub(r"language: python\n +additional_dependencies: .*\n", "language: unsupported\n", text)
    assert here != text
    config.write_text(here, encoding="utf-8")
    committed(kho)
    assert pre_commit(kho, "install").returncode == 0
    change(kho, "ten: Tiếp nhận, xử lý văn bản đến", "ten: Tiếp nhận và xử lý văn bản đến")
    good = commit(kho)
    assert good.returncode == 0, good.stderr
    spoil(kho)
    bad = commit(kho)
    assert bad.returncode == 1
    assert f"{NAME}:18:12: lỗi: Khai tổng “4 ngày làm việc”" in bad.stderr


def commit(kho: Path) -> subprocess.CompletedProcess[str]:
    git(kho, "add", "-A")
    return subprocess.run(
        ["git", *AUTHOR, "commit", "-m", "a"],
        cwd=kho,
        env={**os.environ, **ON_PATH, "PRE_COMMIT_HOME": str(kho.parent / "pre-commit")},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def pre_commit_valid(command: str, file: Path) -> bool:
    return subprocess.run([BIN / "pre-commit", command, file], capture_output=True, check=False).returncode == 0


def registry_answers(tmp_path: Path) -> bool:
    words = ["download", "-q", "--no-deps", "-d", str(tmp_path / "download"), "hatchling"]
    return subprocess.run([sys.executable, "-m", "pip", *words], capture_output=True, check=False).returncode == 0


def own_repository(folder: Path) -> Path:
    """The files of this checkout, committed or not, as a repository of hooks."""
    names = git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0")
    for name in filter(None, names):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, folder / name)
    return folder


def test_the_hooks_of_this_repository_install_pass_and_fail(kho: Path, tmp_path: Path) -> None:
    if not registry_answers(tmp_path):
        pytest.skip("pre-commit installs the hooks with pip, which reaches no package registry here")
    hooks = own_repository(tmp_path / "qtnb")
    assert pre_commit_valid("validate-manifest", hooks / ".pre-commit-hooks.yaml")
    ids = [hook["id"] for hook in yaml.safe_load((hooks / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))]
    entries = "".join(f"      - id: {name}\n" for name in ids)
    (kho / ".pre-commit-config.yaml").write_text(
        f"repos:\n  - repo: {hooks}\n    rev: {committed(hooks)}\n    hooks:\n{entries}", encoding="utf-8"
    )
    committed(kho)
    good = pre_commit(kho, "run", "--all-files")
    assert (good.returncode, good.stdout.count("Passed")) == (0, len(ids)), good.stdout + good.stderr
    spoil(kho)
    assert failed(pre_commit(kho, "run", "--all-files").stdout) == ["qtnb-lint"]
    unnumber(kho)
    assert failed(pre_commit(kho, "run", "--all-files").stdout) == ["qtnb-lint", "qtnb-number"]
    change(kho, "so_luong: 01 bộ", "so_luongg: 01 bộ")
    assert failed(pre_commit(kho, "run", "--all-files").stdout) == ids


def failed(out: str) -> list[str]:
    return re.findall(r"^- hook id: (.*)\n- exit code: 1$", out, re.MULTILINE)
