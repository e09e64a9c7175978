"""The approved commune appendix: its one published mistake is found, and its right sums raise nothing."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import yaml

from kit import EXAMPLES, make_kho
from qtnb.lint.run import LintRun, lint
from qtnb.lint.settings import Selection
from qtnb.rules import RULES
from qtnb.schema import number_keys
from qtnb.source import FileName, read_source

WARD = EXAMPLES / "phuong-mau"
HARD = "x-thoi_gian_vung_kho_khan"
"""The second time column of the source, for mountains, islands and borders."""


def _time_findings(kho: Path) -> list[tuple[str, str]]:
    run = LintRun((kho,), kho, Selection(select=("time",)), dt.date(2026, 11, 21))
    return [(Path(finding.path).stem, finding.message) for finding in lint(run, RULES).findings]


def _with_hard_column(data: dict[str, Any]) -> dict[str, Any]:
    """The procedure with the times of the second column, where it has one."""
    steps = [{**step, "thoi_gian": step.get(HARD, step.get("thoi_gian"))} for step in data["cac_buoc"]]
    return {**data, "thoi_gian": data.get(HARD, data["thoi_gian"]), "cac_buoc": steps}


def test_the_first_column_adds_up_everywhere() -> None:
    assert _time_findings(WARD) == []


def test_the_second_column_has_the_one_published_mistake(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {}
    for path in (WARD / "quy-trinh/dat-dai").glob("*.yaml"):
        data = read_source(FileName(path, path.name, path.name), path.read_bytes(), number_keys()).data
        text = yaml.safe_dump(_with_hard_column(data), allow_unicode=True, sort_keys=False)
        files[f"quy-trinh/{path.name}"] = text
    assert len(files) == 26
    message = "Khai tổng “15 ngày làm việc”, nhưng cộng các bước được 20 ngày làm việc."
    assert _time_findings(make_kho(tmp_path, files)) == [("tang-cho-quyen-su-dung-dat", message)]
