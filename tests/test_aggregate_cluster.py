"""The roll-up on a Dask cluster: the same figures, even when a worker is killed midway."""

from __future__ import annotations

import datetime as dt
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kit import CV, KHO, make_kho, qtnb
from qtnb import __version__
from qtnb.aggregate.cluster import cluster_spread
from qtnb.aggregate.run import AggregateRun, aggregate
from qtnb.aggregate.standing import When

DASK = Path(sys.executable).with_name("dask")
WHEN = When(dt.date(2026, 11, 22))


@pytest.fixture
def started() -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Starts processes that end with the test."""
    running: list[subprocess.Popen[str]] = []

    def start(*words: str) -> subprocess.Popen[str]:
        process = subprocess.Popen([DASK, *words], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
        running.append(process)
        return process

    yield start
    for process in running:
        process.kill()
        process.communicate()


def line_with(process: subprocess.Popen[str], wanted: str) -> str:
    """The next line that a process writes to its log with these words in it."""
    assert process.stderr is not None
    told = []
    for line in process.stderr:
        told.append(line)
        if wanted in line:
            return line
    raise AssertionError("".join(told))


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """Twelve kho of sixty procedures, one of them with a broken file."""
    for number in range(12):
        files: dict[str, str | bytes] = {
            f"quy-trinh/{item}.yaml": CV.replace("văn bản đến", f"văn bản {item}") for item in range(60)
        }
        if number == 5:
            files["quy-trinh/hong.yaml"] = "loai: [\n"
        make_kho(tmp_path / str(number), {"qtnb.yaml": KHO.replace("Sở Nội vụ", f"Sở số {number}"), **files})
    return tmp_path


def test_a_worker_killed_midway_changes_nothing(city: Path, started: Callable[..., subprocess.Popen[str]]) -> None:
    scheduler = started("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
    address = line_with(scheduler, "Scheduler at:").rpartition(" ")[2].strip()
    workers = [started("worker", address, "--no-nanny", "--nthreads", "1", "--no-dashboard") for _ in range(2)]
    for worker in workers:
        line_with(worker, "Registered to:")
    done: list[int] = []

    def kill_one(count: int) -> None:
        done.append(count)
        if len(done) == 2:
            os.kill(workers[0].pid, signal.SIGKILL)
            assert workers[0].wait(10) == -signal.SIGKILL

    local = aggregate(AggregateRun((city,), city, WHEN), lambda _: None, lambda _: None)
    run = AggregateRun((city,), city, WHEN, spread=lambda: cluster_spread(address))
    spread = aggregate(run, kill_one, lambda _: None)
    assert len(done) == 12
    assert (spread.kho, spread.tables, spread.findings) == (local.kho, local.tables, local.findings)
    assert spread.tong["cv"] == 720


def test_a_cluster_that_loses_all_workers_is_done_without(
    city: Path, started: Callable[..., subprocess.Popen[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qtnb.aggregate.cluster._PATIENCE", 3)
    scheduler = started("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
    address = line_with(scheduler, "Scheduler at:").rpartition(" ")[2].strip()
    worker = started("worker", address, "--no-nanny", "--nthreads", "1", "--no-dashboard")
    line_with(worker, "Registered to:")
    run = AggregateRun((city,), city, WHEN, spread=lambda: cluster_spread(address))
    spread = aggregate(run, lambda _: worker.kill(), lambda _: None)
    assert spread.tables == aggregate(AggregateRun((city,), city, WHEN), lambda _: None, lambda _: None).tables


def test_a_cluster_that_loses_its_scheduler_is_done_without(
    city: Path, started: Callable[..., subprocess.Popen[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qtnb.aggregate.cluster._PATIENCE", 2)
    # One kho is read ahead at a time, so that there is something left to submit.
    monkeypatch.setattr("qtnb.aggregate.gathering._AHEAD", 1)
    scheduler = started("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
    address = line_with(scheduler, "Scheduler at:").rpartition(" ")[2].strip()
    worker = started("worker", address, "--no-nanny", "--nthreads", "1", "--no-dashboard")
    line_with(worker, "Registered to:")
    done: list[int] = []

    def kill_scheduler(count: int) -> None:
        done.append(count)
        if len(done) == 2:
            scheduler.kill()
            scheduler.wait(10)
            time.sleep(4)  # until the client knows

    run = AggregateRun((city,), city, WHEN, spread=lambda: cluster_spread(address))
    spread = aggregate(run, kill_scheduler, lambda _: None)
    assert len(done) == 12
    assert spread.tables == aggregate(AggregateRun((city,), city, WHEN), lambda _: None, lambda _: None).tables


def test_a_worker_without_qtnb_is_told(
    tmp_path: Path, started: Callable[..., subprocess.Popen[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    scheduler = started("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
    address = line_with(scheduler, "Scheduler at:").rpartition(" ")[2].strip()
    hidden = tmp_path / "hidden" / "qtnb"
    hidden.mkdir(parents=True)
    (hidden / "__init__.py").write_text("raise ModuleNotFoundError('no qtnb here')\n", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(hidden.parent))
    worker = started("worker", address, "--no-nanny", "--nthreads", "1", "--no-dashboard")
    line_with(worker, "Registered to:")
    monkeypatch.delenv("PYTHONPATH")
    run = qtnb("aggregate", "--cluster", address, cwd=make_kho(tmp_path / "kho"))
    assert run.err == (f"qtnb: Máy của cụm Dask chưa cài qtnb.\n  → Cài qtnb {__version__} trên mọi máy của cụm.\n")
    assert run.code == 3


def test_the_command_counts_on_a_cluster(city: Path, started: Callable[..., subprocess.Popen[str]]) -> None:
    scheduler = started("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
    address = line_with(scheduler, "Scheduler at:").rpartition(" ")[2].strip()
    worker = started("worker", address, "--no-nanny", "--nthreads", "1", "--no-dashboard")
    line_with(worker, "Registered to:")
    words = ("aggregate", "--format", "json", "--no-cache")
    run = qtnb(*words, "--cluster", address, cwd=city)
    here = qtnb(*words, cwd=city)
    assert (run.out, run.err, run.code) == (here.out, "", here.code)


def test_a_cluster_without_workers_is_told(tmp_path: Path, started: Callable[..., subprocess.Popen[str]]) -> None:
    scheduler = started("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
    address = line_with(scheduler, "Scheduler at:").rpartition(" ")[2].strip()
    run = qtnb("aggregate", "--cluster", address, cwd=make_kho(tmp_path))
    assert run.err == (
        f"qtnb: Cụm Dask tại “{address}” không có máy tính nào (worker).\n"
        "  → Chạy ít nhất một dask worker rồi thử lại.\n"
    )
    assert run.code == 3


def test_without_the_extra_the_way_to_install_it_is_told(tmp_path: Path) -> None:
    code = (
        "import sys; sys.modules['distributed'] = None\n"
        "sys.argv = ['qtnb', 'aggregate', '--cluster', 'tcp://127.0.0.1:1']\n"
        "from qtnb.cli import run\n"
        "sys.exit(run())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=make_kho(tmp_path), capture_output=True, encoding="utf-8", check=False
    )
    assert done.stderr == (
        "qtnb: Chưa cài thư viện distributed để tính trên cụm Dask.\n"
        "  → Cài thêm bằng lệnh: pip install 'qtnb[dask]'.\n"
    )
    assert done.returncode == 3


def test_a_killed_process_of_this_machine_changes_nothing(city: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qtnb.aggregate.spread._PAYS", 1)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    killed: list[int] = []

    def kill_one(_count: int) -> None:
        if not killed:
            killed.append(next(child.pid for child in multiprocessing.active_children() if child.pid))
            os.kill(killed[0], signal.SIGKILL)

    run = AggregateRun((city,), city, WHEN)
    spread = aggregate(run, kill_one, lambda _: None)
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    assert killed
    assert spread.tables == aggregate(run, lambda _: None, lambda _: None).tables
