"""Giá trị trông như số, ngày hay đúng/sai nên đặt trong dấu nháy.

qtnb đọc `01`, `0.25`, `2026-11-21`, `12:30`, `no` đúng như chữ đã viết. Phần mềm YAML khác thì không: `01` thành số 1,
`010` thành số 8, `12:30` thành 750, `1.10` thành 1.1, `no` thành “sai”, `2026-11-21` thành kiểu ngày. Tệp được mở,
chuyển đổi hay tổng hợp bằng công cụ khác sẽ mất số 0 ở đầu hoặc đổi nghĩa.

Đặt giá trị trong dấu nháy thì mọi công cụ đọc như nhau: `thoi_gian: "01"`. Số có dấu phẩy (`0,5`) là chữ ở mọi công cụ
nên không bị báo; những khóa vốn là số (`thu_tu`, `buoc`…) và đúng/sai (`true`, `false`) cũng vậy. Khóa `x-…` là ghi chú
riêng của cơ quan nên không xét.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from qtnb.finding import DataPath, Fix, Remark, Severity
from qtnb.lint.rule import Rule
from qtnb.lint.views import FileView
from qtnb.schema import number_keys

_TRUTH: Final = re.compile(r"yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF")
_DATE: Final = re.compile(r"\d{4}-\d{1,2}-\d{1,2}(?:[Tt ].*)?")
_CLOCK: Final = re.compile(r"[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.\d*)?")
_NUMBER: Final = re.compile(
    r"[-+]?(?:0x[\da-fA-F_]+|0b[01_]+|0o[0-7]+|\d[\d_]*(?:\.[\d_]*)?(?:[eE][-+]?\d+)?|\.\d[\d_]*(?:[eE][-+]?\d+)?)"
    r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
)
_READ_AS: Final = ((_TRUTH, "đúng/sai"), (_DATE, "ngày tháng"), (_CLOCK, "số (hệ 60)"), (_NUMBER, "số"))

_VALUE: Final = (
    r"(?=[-+.\dyYnNoO])([-+.]?\d[\da-fA-FxoTZ_:.+-]*|[yYnNoO][eEoOnNfF][sSfF]?|\.[a-zA-Z]{3})"
    r"(?=[ \t]*(?:$|,(?!\d)|[}\]\r]|[ \t]#))"
)
# Searches that begin with a fixed character are ten times as fast over a whole file.
_GATES: Final = (
    re.compile(rf": +{_VALUE}", re.MULTILINE),
    re.compile(rf":\r?\n\s*{_VALUE}", re.MULTILINE),
    re.compile(rf"- +{_VALUE}", re.MULTILINE),
)
_LIST: Final = re.compile(r"\[(?=[^\]])[^\]]*\]?")
_ITEM: Final = re.compile(rf"[\[,]\s*{_VALUE}", re.MULTILINE)
_KEY: Final = re.compile(r"[\w-]+\Z")
_LONGEST_KEY: Final = 40

_CV = """\
loai: CV
ten: Tiếp nhận văn bản đến
muc_dich: Quy định việc tiếp nhận văn bản đến
pham_vi: Văn phòng Sở
can_cu_phap_ly: []
tai_lieu: []
so_luong: 01 bộ
thoi_gian: 1 ngày
cac_buoc:
  - {{trinh_tu: Vào sổ, chu_tri: Văn thư, thoi_gian: {time}}}
bieu_mau: []
"""


def check(file: FileView) -> Iterator[Remark]:
    """Tell plain values that other YAML tools take for something else than text."""
    starts = set(_candidates(file.source.text))
    if not starts:
        return
    for at, place in file.source.spans.items():
        if place.start in starts and not place.is_block and not any(str(step).startswith("x-") for step in at):
            value = _value_at(file.data, at)
            kind = next((kind for pattern, kind in _READ_AS if isinstance(value, str) and pattern.fullmatch(value)), "")
            if kind:
                message = f"Giá trị {value} không có dấu nháy; công cụ YAML khác đọc thành {kind}."
                hint = f'Đặt trong dấu nháy: "{value}"'
                yield Remark(at, RULE.id, message, hint, fix=Fix(at, value, quoted=True))


def _candidates(text: str) -> Iterator[int]:
    """Where values begin that look like numbers, dates or truth values, but for keys that hold numbers."""
    for listed in _LIST.finditer(text):
        yield from (found.start(1) for found in _ITEM.finditer(text, listed.start(), listed.end()))
    for gate in _GATES:
        for found in gate.finditer(text):
            key = _KEY.search(text, max(0, found.start() - _LONGEST_KEY), found.start())
            if key is None or key[0] not in number_keys():
                yield found.start(1)


def _value_at(data: Any, at: DataPath) -> Any:  # noqa: ANN401 - any YAML value
    for step in at:
        data = data[step]
    return data


RULE: Final = Rule(
    id="yaml-plain",
    title="Giá trị không có dấu nháy mà công cụ khác đọc thành số, ngày, đúng/sai",
    severity=Severity.INFO,
    nguon="YAML 1.1 (cách đọc của PyYAML, Ruby, nhiều công cụ khác) và YAML 1.2, mục 10.3 (Core Schema)",
    bad={"quy-trinh/a.yaml": _CV.format(time="01")},
    good={"quy-trinh/a.yaml": _CV.format(time='"01"')},
    check_file=check,
    kinds=frozenset({"CV", "LT", "QD"}),
)
