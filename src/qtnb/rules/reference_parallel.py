"""`song_song` ở bước đầu tiên không có bước nào trước nó để làm cùng.

`song_song: true` nghĩa là làm cùng lúc với bước liền trước. Ở B1 thì không có bước trước: bản in bỏ qua, và ý định
ban đầu (thường là B2 làm cùng B1) bị mất.

Cần làm: bỏ `song_song` ở B1; nếu B2 làm cùng lúc thì ghi `song_song: true` ở B2.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from qtnb.finding import Remark, Severity
from qtnb.lint.rule import Rule
from qtnb.lint.views import FileView

_CV = """\
loai: CV
ten: Tiếp nhận văn bản đến
muc_dich: Quy định việc tiếp nhận văn bản đến
pham_vi: Văn phòng Sở
can_cu_phap_ly: []
tai_lieu: []
so_luong: 01 bộ
thoi_gian: 02 ngày làm việc
cac_buoc:
  - {{trinh_tu: Chuẩn bị phòng họp, chu_tri: Văn phòng Sở, thoi_gian: 02 ngày làm việc{first}}}
  - {{trinh_tu: Chuẩn bị tài liệu, chu_tri: Phòng Tổ chức, thoi_gian: 01 ngày làm việc, song_song: true}}
bieu_mau: []
"""


def check(file: FileView) -> Iterator[Remark]:
    """Look at the first step of each list."""
    for steps in file.step_lists:
        first = steps.steps[0]
        if first.song_song:
            yield Remark(
                (*first.at, "song_song"),
                RULE.id,
                "B1 ghi làm song song với bước liền trước, nhưng không có bước nào trước B1.",
                "Bỏ song_song ở B1; nếu B2 làm cùng lúc với B1 thì ghi song_song: true ở B2.",
            )


RULE: Final = Rule(
    id="reference-parallel",
    title="Bước đầu tiên ghi làm song song với bước trước",
    severity=Severity.WARNING,
    nguon="Định dạng tệp quy trình, khóa song_song: làm cùng lúc với bước liền trước",
    bad={"quy-trinh/a.yaml": _CV.format(first=", song_song: true")},
    good={"quy-trinh/a.yaml": _CV.format(first="")},
    check_file=check,
)
