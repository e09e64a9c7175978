"""Phần ký phải khớp với người có thẩm quyền ban hành.

“TM.” chỉ dùng khi tập thể (Ủy ban nhân dân) ban hành; người đứng đầu ban hành thì ký chức vụ của mình. “KT.” là cấp
phó ký thay người đứng đầu: dưới dòng “KT. GIÁM ĐỐC” phải là “PHÓ GIÁM ĐỐC”, và chức vụ sau “KT.” phải là của người có
thẩm quyền. Cấp phó ký thì phải có dòng “KT.”, “TL.” hoặc “TUQ.”.

qtnb tự thêm dòng “TM. ỦY BAN NHÂN DÂN” khi tập thể ban hành và dòng “KT.” khi chỉ ghi chức vụ cấp phó, nên để trống
những dòng này không bị báo. Dạng chữ cũng được xét: “KT.” có dấu chấm và dấu cách, không viết “K/T”, “KT ”.

Đối chiếu 83 quyết định của người đứng đầu không có quyết định nào ký “TM.”; 14 trong 15 quyết định của tập thể ký
“TM.”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from qtnb.finding import DataPath, Fix, Remark, Severity
from qtnb.lint.decisions import approver_of, head_of, is_collective, issuer_of, signing_lines
from qtnb.lint.rule import Rule
from qtnb.lint.units import unit_key
from qtnb.lint.views import FileView
from qtnb.text import shown

_QUY_TRINH: Final = "loai: CV\nten: Tiếp nhận văn bản đến\nchua_co_noi_dung: true\n"
_QUYET_DINH: Final = "loai: QD\nphe_duyet: danh_muc\nquy_trinh: tat_ca\nky: {{quyen_han: {line}, chuc_vu: {title}}}\n"

_BADLY_WRITTEN: Final = re.compile(
    r"^\s*(?:(K|T)/([TML])\.?\s*|(KT|TM|TL|TUQ)(?:/\s*|\s+|\.(?=\S)))(?=\S)", re.IGNORECASE
)
_SIGNS_FOR: Final = re.compile(r"^(kt|tm|tl|tuq|q)\.\s*(.*)$")


def check(file: FileView) -> Iterator[Remark]:
    """Compare the lines of the signature with each other and with who decides."""
    ky = file.data.get("ky")
    if not ky:
        return
    issuer = issuer_of(file.data, file.settings)
    lines = signing_lines(file.data)
    yield from _spelling(ky, lines)
    approver = approver_of(file.data, issuer)
    signs = [_SIGNS_FOR.match(_plain(line)) for line in lines]
    kinds = [sign[1] if sign else "" for sign in signs]
    at: DataPath = ("ky", "quyen_han")
    if "tm" in kinds and not is_collective(approver, issuer):
        message = (
            f"Ký “{shown(lines[kinds.index('tm')])}”, nhưng người đứng đầu ban hành quyết định, không phải tập thể."
        )
        yield Remark(at, RULE.id, message, "Bỏ dòng TM., hoặc sửa tham_quyen thành tên tập thể.")
    yield from _deputy(file.data, issuer, lines, kinds)


def _spelling(ky: Mapping[str, Any], lines: tuple[str, ...]) -> Iterator[Remark]:
    for number, line in enumerate(lines):
        bad = _BADLY_WRITTEN.match(line)
        if bad is None:
            continue
        letters = (f"{bad[1]}{bad[2]}" if bad[1] else bad[3]).upper()
        right = f"{letters}. {line[bad.end() :]}"
        at: DataPath = ("ky", "quyen_han") if isinstance(ky["quyen_han"], str) else ("ky", "quyen_han", number)
        message = f"“{shown(line)}” viết không đúng dạng chữ viết tắt quyền hạn."
        yield Remark(at, RULE.id, message, f"Viết: {right}", Severity.WARNING, fix=Fix(at, right))


def _deputy(
    data: Mapping[str, Any], issuer: Mapping[str, Any], lines: tuple[str, ...], kinds: list[str]
) -> Iterator[Remark]:
    """Who signs for whom."""
    head = head_of(issuer)
    title = unit_key((data.get("ky") or {}).get("chuc_vu") or "")
    at: DataPath = ("ky", "quyen_han")
    if "kt" in kinds:
        number = kinds.index("kt")
        replaced = _plain(lines[number]).partition(".")[2].strip()
        deputy = unit_key(lines[number + 1]) if number + 1 < len(lines) else title
        if not deputy.startswith(("phó ", "thứ trưởng")):
            seen = f"đang là “{shown(deputy.upper())}”" if deputy else "nhưng chưa ghi chức vụ"
            message = f"Dưới “{shown(lines[number])}” phải là chức vụ cấp phó, {seen}."
            yield Remark(("ky", "chuc_vu"), RULE.id, message, f"Ghi PHÓ {replaced.upper()}, hoặc bỏ dòng KT.")
        elif deputy.startswith("phó ") and not _is_deputy_of(deputy, replaced):
            message = f"“{shown(deputy.upper())}” ký thay “{shown(replaced.upper())}”."
            yield Remark(("ky", "chuc_vu"), RULE.id, message, "Ghi chức vụ cấp phó của người được ký thay.")
        elif not {"tl", "tuq"} & set(kinds) and replaced != head and not approver_of(data, issuer).startswith(replaced):
            decides = data.get("tham_quyen") or f"{issuer.get('nguoi_dung_dau')} {issuer.get('ten')}"
            message = f"Ký thay “{shown(replaced.upper())}”, nhưng người có thẩm quyền là {shown(decides)}."
            yield Remark(at, RULE.id, message, "Sửa dòng KT. theo chức vụ của người có thẩm quyền.")
    elif title.startswith("phó ") and not {"tl", "tuq"} & set(kinds) and (lines or title != f"phó {head}"):
        message = f"“{shown(title.upper())}” ký mà không có dòng KT."
        yield Remark(("ky", "chuc_vu"), RULE.id, message, f"Thêm dòng KT. {head.upper()} vào quyen_han.")


def _is_deputy_of(deputy: str, head: str) -> bool:
    rest = deputy.removeprefix("phó ")
    return rest == head or head.endswith(f" {rest}") or rest.startswith(f"{head} ")


def _plain(line: str) -> str:
    """The line in small letters, its first abbreviation written with a full stop and nothing else."""
    return unit_key(_BADLY_WRITTEN.sub(lambda bad: f"{bad[1] or bad[3]}{bad[2] or ''}. ", line))


RULE: Final = Rule(
    id="authority-signature",
    title="Phần ký không khớp với thẩm quyền",
    severity=Severity.ERROR,
    nguon="Nghị định số 30/2020/NĐ-CP, Điều 13 và Phụ lục I, mục II.7; đối chiếu 98 quyết định đã ban hành",
    bad={
        "quy-trinh/a.yaml": _QUY_TRINH,
        "quyet-dinh/q.yaml": _QUYET_DINH.format(line="KT. GIÁM ĐỐC", title="GIÁM ĐỐC"),
    },
    good={
        "quy-trinh/a.yaml": _QUY_TRINH,
        "quyet-dinh/q.yaml": _QUYET_DINH.format(line="KT. GIÁM ĐỐC", title="PHÓ GIÁM ĐỐC"),
    },
    check_file=check,
    kinds=frozenset({"QD"}),
)
