"""Measures speed and memory of qtnb against its peers: ``python bench/run.py [--quick] [ROW]…``.

Every figure is a ratio of two commands run in turns (A B A B …) after a warm-up, so that what else
the machine does weighs on both; shown are the median of the ratios, the least and the greatest.
It measures and does not judge: the exit code is 0 unless a command failed.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from city import generate_city
from generate import SEED, generate
from two_states import two_states

_HERE = Path(__file__).resolve().parent
_SCHEMA = _HERE.parent / "schemas" / "cv.schema.json"
_BIN = Path(sys.executable).parent
"""Where qtnb and its peers are installed: beside this Python."""
_MAXRSS_UNIT = 1 if sys.platform == "darwin" else 1024

_ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
"""With PYTHONDONTWRITEBYTECODE a checkout, unlike its installed peers, would compile itself at every start."""

_MOST = 4000
"""Procedures of one generated kho at most: the generator has no more names."""

_PLAN = """\
phien_ban: 1
ngay: 2026-11-20
co_quan:
  ten: Văn phòng Ủy ban nhân dân thành phố Hà Nội
  ten_ban_hanh: VĂN PHÒNG
  viet_tat: VP
  cap: so
  dia_danh: Hà Nội
  nguoi_dung_dau: Chánh Văn phòng
"""
"""Who reports."""

_YAMLLINT = "{extends: default, rules: {line-length: disable, document-start: disable}}"
"""The default rules but for two that the files break everywhere: printing findings would cost the peer time."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one child process took."""

    wall: float
    """Seconds."""
    cpu: float
    """Seconds of user and system time, its own children included."""
    peak: float
    """Megabytes (10^6 bytes) in memory at most."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    name: str
    job: str
    bar: float
    at_least: bool
    """True: the more the better; False: the bar is the most allowed."""
    unit: str
    repetitions: int
    quick: int
    """Repetitions with ``--quick``."""
    measure: Callable[[Bench, int], list[float]]


@dataclass(frozen=True, slots=True)
class Files:
    """A generated kho."""

    root: Path
    all: tuple[Path, ...]

    @property
    def quy_trinh(self) -> tuple[Path, ...]:
        """The procedures alone."""
        return self.all[2:]


class Bench:
    """The generated kho, each made on first use, and the commands run on them."""

    def __init__(self, work: Path) -> None:
        self._work = work
        self.out = work / "out"
        self.out.mkdir()
        self.kho = cache(self._kho)
        self.city = cache(self._city)
        self.summary = cache(self._summary)
        self.summaries = cache(self._summaries)
        self.states = cache(lambda count: two_states(work / f"diff-{count}", count))

    def _kho(self, count: int) -> Files:
        """One kho, or for more than names suffice for several below one folder."""
        root = self._work / f"kho-{count}"
        if count <= _MOST:
            return Files(root, tuple(generate(root, count)))
        parts = [generate(root / str(n), min(_MOST, count - n * _MOST), SEED + n) for n in range(-(-count // _MOST))]
        return Files(root, tuple(path for part in parts for path in part))

    def _city(self) -> Path:
        """150 kho of 200 procedures."""
        root = self._work / "city"
        generate_city(root, 150, 200)
        return root

    def _summary(self) -> Path:
        """The summary of the city."""
        path = self._work / "city.json"
        self.aggregate(self.city(), "--summary", path)
        return path

    def _summaries(self) -> Path:
        """Ten summaries of as many procedures."""
        folder = self._work / "summaries"
        run(sys.executable, _HERE / "summaries.py", self.summary(), folder)
        return folder

    def aggregate(self, *words: str | Path) -> Cost:
        """``qtnb aggregate``, every table printed as JSON, its results kept in a folder of this run."""
        environment = {"XDG_CACHE_HOME": str(self._work / "cache")}
        return run(_BIN / "qtnb", "aggregate", *words, "--format", "json", environment=environment)

    def city_report(self) -> Cost:
        """``qtnb aggregate`` from the summary of the city: every table there is, as a workbook and as a report."""
        plan = self._work / "tong-hop.yaml"
        plan.write_text(_PLAN, encoding="utf-8")
        tables = ("--by", "cong-viec", "--by", "don-vi")
        files = ("-o", self.out / "thanh-pho.xlsx", "-o", self.out / "thanh-pho.docx")
        return run(_BIN / "qtnb", "aggregate", self.summary(), "--ke-hoach", plan, *tables, *files)

    def validate_city(self) -> Cost:
        """``qtnb validate`` on the kho of the city."""
        return run(_BIN / "qtnb", "validate", self.city())

    def lint(self, count: int, *options: str) -> Cost:
        """``qtnb lint`` on a kho, its results kept in a folder of this run."""
        cache_home = str(self._work / "cache")
        return run(_BIN / "qtnb", "lint", *options, self.kho(count).root, environment={"XDG_CACHE_HOME": cache_home})

    def change_one(self, count: int) -> None:
        """Change one procedure so that its result must be made anew."""
        with self.kho(count).quy_trinh[0].open("a", encoding="utf-8") as file:
            file.write("# sửa\n")

    def diff(self, count: int) -> float:
        """Wall seconds of ``qtnb diff`` between a revision and the kho on disk, one procedure in ten changed."""
        kho, _ = self.states(count)
        return run(_BIN / "qtnb", "diff", "HEAD", "--kho", kho).wall

    def validate_states(self, count: int) -> float:
        """Wall seconds of ``qtnb validate`` on both states."""
        return sum(run(_BIN / "qtnb", "validate", kho).wall for kho in self.states(count))

    def redlines(self, count: int, times: int) -> list[float]:
        """Seconds of marking what changed in a decision over those of rendering both its states."""
        printed = _output(sys.executable, _HERE / "redline.py", *self.states(count), str(times))
        return [marking / rendering for marking, rendering in json.loads(printed)]

    def validate(self, count: int) -> Cost:
        """``qtnb validate`` on a whole kho."""
        return run(_BIN / "qtnb", "validate", self.kho(count).root)

    def validate_file(self) -> Cost:
        """``qtnb validate`` on the only procedure of a kho."""
        return run(_BIN / "qtnb", "validate", *self.kho(1).quy_trinh)

    def render(self, count: int) -> Cost:
        """``qtnb render`` of the decision on all procedures of a kho."""
        return run(_BIN / "qtnb", "render", self.kho(count).root, "-o", self.out)

    def bare_load(self, count: int) -> Cost:
        """PyYAML's C loader alone on all files of a kho."""
        return run(sys.executable, _HERE / "bare_load.py", *self.kho(count).all)

    def peer_checks(self, count: int) -> float:
        """Wall seconds of check-jsonschema, then yamllint, on the procedures."""
        files = self.kho(count).quy_trinh
        schema = run(_BIN / "check-jsonschema", "--schemafile", _SCHEMA, *files)
        return schema.wall + run(_BIN / "yamllint", "-d", _YAMLLINT, *files).wall

    def whole_report(self) -> Cost:
        """Workbook and report, with charts, of a city of 150 agencies."""
        return run(sys.executable, _HERE / "whole_report.py", self.out)

    def group_names(self, count: int) -> Cost:
        """The names of a city's procedures put into groups."""
        return run(sys.executable, _HERE / "group_names.py", str(count))

    def import_typer(self) -> Cost:
        """A Python that imports the library of the command line, and ends."""
        return run(sys.executable, "-c", "import typer")

    def renders_in_process(self, count: int, times: int) -> list[tuple[float, float]]:
        """Seconds of qtnb and of docxtpl, in turns, for one decision."""
        printed = _output(sys.executable, _HERE / "in_process.py", self.kho(count).root, str(times), self.out)
        return [(ours, theirs) for ours, theirs in json.loads(printed)]


class CommandError(Exception):
    """A measured command failed, so that there is no figure."""


def run(*command: str | Path, environment: Mapping[str, str] | None = None) -> Cost:
    """Run a command to its end. The peak is never less than this process's own size, which is small."""
    with tempfile.TemporaryFile() as log:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env={**_ENVIRONMENT, **(environment or {})}
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            log.seek(0)
            raise _failure(command, process.returncode, log.read().decode(errors="replace"))
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * _MAXRSS_UNIT / 1e6)


def _output(*command: str | Path) -> str:
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", check=False, env=_ENVIRONMENT
    )
    if done.returncode != 0:
        raise _failure(command, done.returncode, done.stderr)
    return done.stdout


def _failure(command: Sequence[str | Path], code: int, said: str) -> CommandError:
    shown = " ".join(str(word) for word in command[:4])
    return CommandError(f"Lệnh “{shown} …” kết thúc với mã {code}:\n{said[-2000:]}")


def ratios(times: int, upper: Callable[[], float], lower: Callable[[], float]) -> list[float]:
    """``upper`` over ``lower``, measured in turns after one run of each to warm up."""
    upper(), lower()
    return [upper() / lower() for _ in range(times)]


def validate_cpu(bench: Bench, times: int) -> list[float]:
    return ratios(times, lambda: bench.validate(2000).cpu, lambda: bench.bare_load(2000).cpu)


def validate_peers(bench: Bench, times: int) -> list[float]:
    # No warm-up of the peers: they run for most of a minute, and start in a fraction of a second.
    bench.validate(2000)
    return [bench.peer_checks(2000) / bench.validate(2000).wall for _ in range(times)]


def validate_one(bench: Bench, times: int) -> list[float]:
    return ratios(times, lambda: bench.validate_file().wall, lambda: bench.import_typer().wall)


def render_cpu(bench: Bench, times: int) -> list[float]:
    return ratios(times, lambda: bench.render(2000).cpu, lambda: bench.bare_load(2000).cpu)


def render_docxtpl(bench: Bench, times: int) -> list[float]:
    return [theirs / ours for ours, theirs in bench.renders_in_process(1000, times)]


def render_memory(bench: Bench, times: int) -> list[float]:
    return [bench.render(1000).peak for _ in range(times)]


def validate_growth(bench: Bench, times: int) -> list[float]:
    return ratios(times, lambda: bench.validate(3000).cpu, lambda: bench.validate(300).cpu)


def render_growth(bench: Bench, times: int) -> list[float]:
    return ratios(times, lambda: bench.render(3000).cpu, lambda: bench.render(300).cpu)


def lint_cold(bench: Bench, times: int) -> list[float]:
    return ratios(times, lambda: bench.lint(10_000, "--no-cache").wall, lambda: bench.validate(10_000).wall)


def lint_cold_cpu(bench: Bench, times: int) -> list[float]:
    return ratios(times, lambda: bench.lint(10_000, "--no-cache").cpu, lambda: bench.validate(10_000).cpu)


def lint_unchanged(bench: Bench, times: int) -> list[float]:
    bench.lint(10_000)
    return ratios(times, lambda: bench.lint(10_000).wall, lambda: bench.lint(10_000, "--no-cache").wall)


def lint_one_changed(bench: Bench, times: int) -> list[float]:
    def change_and_lint() -> float:
        bench.change_one(10_000)
        return bench.lint(10_000).wall

    bench.lint(10_000)
    return ratios(times, change_and_lint, lambda: bench.lint(10_000, "--no-cache").wall)


def lint_memory(bench: Bench, times: int) -> list[float]:
    return [bench.lint(10_000, "--no-cache").peak for _ in range(times)]


def diff_validate(bench: Bench, times: int) -> list[float]:
    return ratios(times, lambda: bench.diff(5000), lambda: bench.validate_states(5000))


def redline_render(bench: Bench, times: int) -> list[float]:
    return bench.redlines(700, times)


def report_time(bench: Bench, times: int) -> list[float]:
    return [bench.whole_report().wall for _ in range(times)]


def city_report_time(bench: Bench, times: int) -> list[float]:
    return [bench.city_report().wall for _ in range(times)]


def group_time(bench: Bench, times: int) -> list[float]:
    return [bench.group_names(30_000).cpu for _ in range(times)]


def group_growth(bench: Bench, times: int) -> list[float]:
    return ratios(times, lambda: bench.group_names(300_000).cpu, lambda: bench.group_names(30_000).cpu)


def aggregate_cold(bench: Bench, times: int) -> list[float]:
    return ratios(times, lambda: bench.aggregate(bench.city(), "--no-cache").wall, lambda: bench.validate_city().wall)


def aggregate_warm(bench: Bench, times: int) -> list[float]:
    bench.aggregate(bench.city())
    return ratios(times, lambda: bench.aggregate(bench.city()).wall, lambda: bench.validate_city().wall)


def aggregate_memory(bench: Bench, times: int) -> list[float]:
    return [bench.aggregate(bench.city(), "--no-cache").peak for _ in range(times)]


def summaries_time(bench: Bench, times: int) -> list[float]:
    return [bench.aggregate(bench.summaries()).wall for _ in range(times)]


def summaries_memory(bench: Bench, times: int) -> list[float]:
    return [bench.aggregate(bench.summaries()).peak for _ in range(times)]


ROWS = (
    Row(
        "validate-cpu",
        "validate 2.000 tệp / chỉ nạp YAML, CPU",
        bar=1.6, at_least=False, unit="lần", repetitions=9, quick=3, measure=validate_cpu,
    ),
    Row(
        "validate-peers",
        "check-jsonschema + yamllint / validate, 2.000 tệp",
        bar=20, at_least=True, unit="lần", repetitions=2, quick=1, measure=validate_peers,
    ),
    Row(
        "validate-one",
        "validate một tệp / python -c “import typer”",
        bar=2.2, at_least=False, unit="lần", repetitions=41, quick=15, measure=validate_one,
    ),
    Row(
        "render-cpu",
        "render 2.000 quy trình / chỉ nạp YAML, CPU",
        bar=4.0, at_least=False, unit="lần", repetitions=9, quick=3, measure=render_cpu,
    ),
    Row(
        "render-docxtpl",
        "docxtpl / qtnb, in 1.000 quy trình, một tiến trình",
        bar=6, at_least=True, unit="lần", repetitions=5, quick=2, measure=render_docxtpl,
    ),
    Row(
        "render-memory",
        "render 1.000 quy trình, bộ nhớ cao nhất",
        bar=400, at_least=False, unit="MB", repetitions=3, quick=1, measure=render_memory,
    ),
    Row(
        "validate-growth",
        "validate 3.000 tệp / 300 tệp, CPU",
        bar=11, at_least=False, unit="lần", repetitions=7, quick=3, measure=validate_growth,
    ),
    Row(
        "render-growth",
        "render 3.000 quy trình / 300 quy trình, CPU",
        bar=11, at_least=False, unit="lần", repetitions=7, quick=3, measure=render_growth,
    ),
    Row(
        "lint-cold",
        "lint 10.000 tệp lần đầu / validate",
        bar=1.5, at_least=False, unit="lần", repetitions=3, quick=1, measure=lint_cold,
    ),
    Row(
        "lint-cold-cpu",
        "lint 10.000 tệp lần đầu / validate, CPU",
        bar=1.5, at_least=False, unit="lần", repetitions=3, quick=1, measure=lint_cold_cpu,
    ),
    Row(
        "lint-unchanged",
        "lint lại, không tệp nào đổi / lần đầu",
        bar=0.15, at_least=False, unit="lần", repetitions=3, quick=1, measure=lint_unchanged,
    ),
    Row(
        "lint-one-changed",
        "lint lại, một tệp đổi / lần đầu",
        bar=0.2, at_least=False, unit="lần", repetitions=3, quick=1, measure=lint_one_changed,
    ),
    Row(
        "lint-memory",
        "lint 10.000 tệp, bộ nhớ cao nhất",
        bar=600, at_least=False, unit="MB", repetitions=2, quick=1, measure=lint_memory,
    ),
    Row(
        "diff",
        "diff 5.000 quy trình, 500 đổi / validate hai bên",
        bar=3, at_least=False, unit="lần", repetitions=5, quick=2, measure=diff_validate,
    ),
    Row(
        "aggregate-cold",
        "aggregate 30.000 quy trình, 150 kho / validate",
        bar=1.6, at_least=False, unit="lần", repetitions=3, quick=1, measure=aggregate_cold,
    ),
    Row(
        "aggregate-warm",
        "aggregate lại khi không tệp nào đổi / validate",
        bar=0.3, at_least=False, unit="lần", repetitions=3, quick=1, measure=aggregate_warm,
    ),
    Row(
        "aggregate-memory",
        "aggregate 30.000 quy trình, bộ nhớ cao nhất",
        bar=800, at_least=False, unit="MB", repetitions=2, quick=1, measure=aggregate_memory,
    ),
    Row(
        "summaries",
        "aggregate 300.000 quy trình từ 10 tệp tổng hợp",
        bar=30, at_least=False, unit="giây", repetitions=3, quick=1, measure=summaries_time,
    ),
    Row(
        "summaries-memory",
        "như trên, bộ nhớ cao nhất",
        bar=1000, at_least=False, unit="MB", repetitions=2, quick=1, measure=summaries_memory,
    ),
    Row(
        "redline",
        "redline 700 quy trình, 70 đổi / in cả hai bản",
        bar=8, at_least=False, unit="lần", repetitions=7, quick=3, measure=redline_render,
    ),
    Row(
        "report",
        "XLSX và DOCX có biểu đồ của 150 cơ quan",
        bar=20, at_least=False, unit="giây", repetitions=3, quick=1, measure=report_time,
    ),
    Row(
        "report-city",
        "aggregate 150 kho từ tệp tổng hợp ra XLSX và DOCX",
        bar=20, at_least=False, unit="giây", repetitions=3, quick=1, measure=city_report_time,
    ),
    Row(
        "group",
        "xếp nhóm 30.000 tên, CPU",
        bar=20, at_least=False, unit="giây", repetitions=3, quick=1, measure=group_time,
    ),
    Row(
        "group-growth",
        "xếp nhóm 300.000 tên / 30.000 tên, CPU",
        bar=13, at_least=False, unit="lần", repetitions=2, quick=1, measure=group_growth,
    ),
)  # fmt: skip


def report(rows: Sequence[Row], *, quick: bool) -> Iterator[str]:
    """The table, line by line as the figures come."""
    yield f"{platform.system()}, {os.cpu_count()} lõi, Python {platform.python_version()}"
    yield f"{'dòng':<16} {'việc':<51} {'đo được':>11}  {'từ – đến':<15} {'mức':<9} kết quả"
    with tempfile.TemporaryDirectory(prefix="qtnb-bench-") as work:
        bench = Bench(Path(work))
        for row in rows:
            yield line(row, row.measure(bench, row.quick if quick else row.repetitions))


def line(row: Row, figures: Sequence[float]) -> str:
    median = statistics.median(figures)
    good = median >= row.bar if row.at_least else median <= row.bar
    spread = f"{number(min(figures))} – {number(max(figures))}"
    bar = f"{'≥' if row.at_least else '≤'} {number(row.bar)} {row.unit}"
    measured = f"{number(median)} {row.unit}"
    return f"{row.name:<16} {row.job:<51} {measured:>11}  {spread:<15} {bar:<9} {'đạt' if good else 'KHÔNG ĐẠT'}"


def number(value: float) -> str:
    """Three figures, with a decimal comma."""
    return (f"{value:.0f}" if value >= 100 else f"{value:.3g}").replace(".", ",")  # noqa: PLR2004


def main() -> None:
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    parser = argparse.ArgumentParser(description="Đo tốc độ và bộ nhớ của qtnb so với các công cụ khác.")
    parser.add_argument("rows", nargs="*", metavar="DÒNG", help=f"chỉ đo các dòng: {', '.join(r.name for r in ROWS)}")
    parser.add_argument("--quick", action="store_true", help="đo ít lần hơn")
    options = parser.parse_args()
    unknown = set(options.rows) - {row.name for row in ROWS}
    if unknown:
        parser.error(f"không có dòng: {', '.join(sorted(unknown))}")
    chosen = [row for row in ROWS if not options.rows or row.name in options.rows]
    try:
        for text in report(chosen, quick=options.quick):
            print(text, flush=True)
    except (CommandError, FileNotFoundError) as error:
        sys.exit(f"{error}\nCài đủ công cụ để đo bằng lệnh: make bench")


if __name__ == "__main__":
    main()
