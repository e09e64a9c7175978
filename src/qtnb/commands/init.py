"""``qtnb init``: a new kho that already validates and renders."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

from qtnb.commands.outcome import Outcome
from qtnb.discovery import KHO_FILE
from qtnb.errors import QtnbError
from qtnb.files import write_whole
from qtnb.scaffold.agency import proposed
from qtnb.scaffold.workspace import Agency, workspace_files
from qtnb.text import shown

_SHORT: Final = re.compile(r"^UBND\s+")
_LEVELS: Final = ("tinh", "so", "huyen", "xa")


@dataclass(frozen=True, slots=True)
class InitOptions:
    """What the command line asks of ``init``."""

    folder: Path
    agency: Agency


Ask: TypeAlias = Callable[[str, str], str]
"""Puts a question with a proposed answer to the person."""

_QUESTIONS: Final = {
    "ten": "Tên đầy đủ của cơ quan",
    "cap": "Cấp (tinh, so, huyen, xa)",
    "ten_ban_hanh": "Tên in ở đầu văn bản",
    "chu_quan": "Cơ quan chủ quản (UBND các cấp: để trống)",
    "viet_tat": "Chữ viết tắt trong số, ký hiệu",
    "dia_danh": "Địa danh",
    "nguoi_dung_dau": "Chức vụ người đứng đầu",
}


def agency_of(given: Mapping[str, str], ask: Ask | None) -> Agency:
    """The agency from options; what is missing is asked for, or proposed where nobody can be asked.

    Raises QtnbError for a level that is none.
    """
    answers: dict[str, str] = {}
    for key, question in _QUESTIONS.items():
        answer = given[key] or proposed(key, answers)
        answers[key] = ask(question, answer) if ask and not given[key] else answer
        if key == "ten":  # the issuer's own name is spelled out (Nghị định 30, CQ-04)
            answers[key] = _SHORT.sub("Ủy ban nhân dân ", answers[key])
    if answers["cap"] not in _LEVELS:
        message = f"Không có cấp “{shown(answers['cap'])}”."
        raise QtnbError(message, hint=f"Chọn một trong: {', '.join(_LEVELS)}.", exit_code=2)
    return Agency(**answers)


def run_init(options: InitOptions) -> Outcome:
    """Write the files of a new kho; files that exist already stay as they are.

    Raises QtnbError when the folder is a kho already or cannot be written.
    """
    folder = options.folder
    if (folder / KHO_FILE).exists():
        raise QtnbError(f"Thư mục {folder} đã là một kho (có {KHO_FILE}).", hint="Chọn thư mục khác.", exit_code=2)
    kept = []
    # The kho file comes last: until it is there, an interrupted run can simply be repeated.
    for name, text in sorted(workspace_files(options.agency).items(), key=lambda item: item[0] == KHO_FILE):
        path = folder / name
        if path.exists():
            kept.append(name)
            continue
        _make_folder(path.parent)
        write_whole(path, text.encode())
    notes = [f"Đã có sẵn, giữ nguyên: {', '.join(kept)}"] if kept else []
    return Outcome(
        "".join(
            f"{line}\n"
            for line in (
                f"Đã tạo kho quy trình tại {folder} cho {options.agency.ten} (sửa trong {KHO_FILE}).",
                *notes,
                *_next(folder),
            )
        )
    )


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise QtnbError(f"Không tạo được thư mục {folder}.", hint="Kiểm tra tên và quyền ghi.") from error


def _next(folder: Path) -> list[str]:
    where = f'"{folder}"' if " " in str(folder) else str(folder)
    return [
        "Bước tiếp theo:",
        f"  cd {where}",
        "  qtnb validate",
        "  qtnb render -o van-ban",
    ]
