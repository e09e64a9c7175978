"""Văn bản làm căn cứ phải đang có hiệu lực.

qtnb đối chiếu với một sổ hiệu lực đi kèm: các luật, nghị định hay được dẫn trong công tác văn phòng, tổ chức, đất đai,
tài chính, mỗi mục có nguồn. Sổ chỉ ghi những văn bản chắc chắn đã hết hiệu lực toàn bộ; văn bản không có trong sổ thì
không bị xét. Lời nhắc nêu văn bản thay thế hiện nay, kể cả khi văn bản thay thế cũng đã được thay.

Cơ quan ghi thêm văn bản của mình, ví dụ quyết định của Ủy ban nhân dân Thành phố, vào tệp `van-ban.yaml` ở gốc kho,
theo lược đồ `van-ban`; mục trùng số thì thay mục có sẵn.

Ngày để xét: ngày ở tùy chọn `--as-of` nếu có, nếu không thì ngày của quyết định. Quy trình và quyết định chưa ký không
có ngày: chỉ báo văn bản đã hết hiệu lực trước ngày mới nhất mà sổ biết, không dùng đồng hồ của máy.

Văn bản chỉ được nhắc trong tên của văn bản khác không bị báo. Văn bản chưa đến ngày có hiệu lực được nhắc ở mức lưu ý.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from qtnb.finding import Remark, Severity
from qtnb.lint.citations import TrichDan, citing_items, read_citations
from qtnb.lint.decisions import judged_on
from qtnb.lint.legal_texts import Register, VanBan, register, texts_of
from qtnb.lint.rule import Rule
from qtnb.lint.views import FileView
from qtnb.text import shown

_CV = """\
loai: CV
ten: Giải quyết nghỉ phép hằng năm
muc_dich: Quy định việc giải quyết nghỉ phép
pham_vi: Áp dụng với công chức của Sở
can_cu_phap_ly:
  - Luật Cán bộ, công chức ngày {day}
tai_lieu: []
so_luong: 01 bộ
thoi_gian: 1 ngày
cac_buoc:
  - {{trinh_tu: Xem xét đơn, chu_tri: Văn phòng Sở, thoi_gian: 1 ngày}}
bieu_mau: []
"""


def check(file: FileView) -> Iterator[Remark]:
    """Look up every text that the file cites."""
    own = texts_of(file.settings.options.get(RULE.id, RULE.options)["van_ban"])
    day = judged_on(file.data, file.settings)
    grave = Severity.ERROR if file.loai == "QD" else Severity.WARNING
    for at, item in citing_items(file.data):
        for text, known in _known(item, own):
            if known.ended_by(day or register(own).doi_chieu):
                message = f"{shown(text.goi, 120)} hết hiệu lực từ ngày {known.het_hieu_luc_tu:%d/%m/%Y}."
                yield Remark(at, RULE.id, message, _hint(known, register(own), day), grave)
            elif day and known.hieu_luc_tu and known.hieu_luc_tu > day:
                called = shown(text.goi, 120)
                message = f"{called} có hiệu lực từ ngày {known.hieu_luc_tu:%d/%m/%Y}, sau ngày {day:%d/%m/%Y}."
                yield Remark(at, RULE.id, message, "Dẫn văn bản đang có hiệu lực vào ngày đó.", Severity.INFO)


@lru_cache(maxsize=8192)
def _known(item: str, own: tuple[VanBan, ...]) -> tuple[tuple[TrichDan, VanBan], ...]:
    """The texts that an item cites and the register holds."""
    found = ((text, register(own).find(text)) for text in read_citations(item) if text.chinh)
    return tuple((text, known) for text, known in found if known is not None)


def _hint(known: VanBan, texts: Register, day: dt.date | None) -> str:
    successors = "; ".join(texts.now_in_place_of(known, day or texts.doi_chieu))
    source = f" ({known.nguon})" if known.nguon else ""
    return f"Xem và dẫn văn bản thay thế: {successors}{source}." if successors else f"Bỏ hoặc thay căn cứ này{source}."


RULE: Final = Rule(
    id="law-expired",
    title="Văn bản được dẫn không còn hiệu lực",
    severity=Severity.ERROR,
    nguon="Kế hoạch số 97/KH-UBND, mục I.2 (đúng quy định của pháp luật); điều khoản thi hành của văn bản thay thế",
    bad={"quy-trinh/a.yaml": _CV.format(day="13 tháng 11 năm 2008")},
    good={"quy-trinh/a.yaml": _CV.format(day="24 tháng 6 năm 2025")},
    check_file=check,
    kinds=frozenset({"CV", "QD"}),
    options={"van_ban": ()},
)
