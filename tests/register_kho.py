"""A kho with approved procedures, as the tests of approval share it."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from kit import CV, LT, make_kho, qtnb

CV_TWO = CV.replace("Tiếp nhận văn bản đến", "Phát hành văn bản đi")
LIST = """\
loai: QD
phe_duyet: danh_muc
# ghi chú của văn thư
quy_trinh: tat_ca
so: ""
ngay: ""
"""
CONTENT = "loai: QD\nphe_duyet: noi_dung\nquy_trinh: [CV-01, CV-02]\n"


def numbered_kho(folder: Path) -> Path:
    """Three procedures with numbers in the register, and two unsigned decisions."""
    return shutil.copytree(_numbered(), folder, dirs_exist_ok=True)


def approved_kho(folder: Path) -> Path:
    """The same, with both decisions entered: 12 on 1 November, 13 on 2 November 2024."""
    return shutil.copytree(_approved(), folder, dirs_exist_ok=True)


@cache
def _numbered() -> Path:
    kho = make_kho(
        place("numbered"),
        {
            "quy-trinh/den.yaml": CV,
            "quy-trinh/di.yaml": CV_TWO,
            "quy-trinh/trinh.yaml": LT,
            "quyet-dinh/danh-muc.yaml": LIST,
            "quyet-dinh/noi-dung.yaml": CONTENT,
        },
    )
    assert qtnb("number", cwd=kho).code == 0
    return kho


@cache
def _approved() -> Path:
    kho = numbered_kho(place("approved"))
    approve(kho, "danh-muc", 12, "2024-11-01")
    approve(kho, "noi-dung", 13, "2024-11-02")
    return kho


def place(name: str) -> Path:
    """A folder for a kho that is made once and copied for each test."""
    return Path(_scratch().name, name)


@cache
def _scratch() -> tempfile.TemporaryDirectory[str]:
    scratch = tempfile.TemporaryDirectory()
    atexit.register(scratch.cleanup)
    return scratch


def approve(kho: Path, decision: str, so: int, ngay: str) -> str:
    """Enter a decision and give what the program says."""
    run = qtnb("approve", decision, "--so", str(so), "--ngay", ngay, cwd=kho)
    assert (run.code, run.err) == (0, ""), run
    return run.out


def replace_in(path: Path, old: str, new: str) -> None:
    """Change a file as a person would in an editor."""
    text = path.read_text(encoding="utf-8")
    assert old in text, (path, old)
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
