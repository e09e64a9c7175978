"""What is said of a register that does not read as YAML: qtnb writes it, so nobody mends it by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from qtnb.finding import Finding, Severity
from qtnb.source import Source

_FROM_GIT: Final = "lấy lại sổ từ git: git checkout HEAD -- so-dang-ky.yaml"
_HINTS: Final = {
    "conflict-markers": "Chạy qtnb number --resolve: qtnb tự hợp nhất sổ đăng ký của hai nhánh.",
    "empty-file": (
        "Lấy lại so-dang-ky.yaml từ git: git checkout HEAD -- so-dang-ky.yaml; nếu kho chưa ghi sổ quyết định nào "
        "thì xóa tệp rồi chạy qtnb number."
    ),
    "unreadable": "",
}
_OTHER: Final = f"Không sửa sổ bằng tay. Nếu đang gộp hai nhánh thì chạy qtnb number --resolve; nếu không, {_FROM_GIT}"


def said_of_register(source: Source) -> Iterator[Finding]:
    """What reading the register found, each with the next step that a register takes."""
    for finding in source.findings:
        hint = _HINTS.get(finding.rule, _OTHER)
        yield replace(finding, hint=hint) if hint and finding.severity is Severity.ERROR else finding
