"""The answer on a document that does not say what its mark says."""

from __future__ import annotations

from collections.abc import Iterator

from qtnb.doi_chieu.answer import Answer, Verdict
from qtnb.doi_chieu.asked import Asked
from qtnb.doi_chieu.sentences import introduced
from qtnb.render.alterations import alterations
from qtnb.render.mark import DauVanBan, LoaiVanBan
from qtnb.render.reading import Reading
from qtnb.render.visible import Visible


def altered(mark: DauVanBan, asked: Asked, approved: Reading | None = None) -> Answer:
    """The answer on a document that does not say what its mark says; ``approved`` is what it should, if known."""
    own = mark.noi_dung
    rendered = own if own is not None and own.seal == mark.dau_van_ban else approved
    changes = tuple(alterations(rendered, asked.seen)) if rendered else ()
    how_many = f"{len(changes)} chỗ" if rendered else "không rõ chỗ nào, vì dấu trong tệp chỉ còn mã của toàn văn"
    if rendered and not changes:
        how_many = "thêm thành phần không đọc được"
    verb = "in" if mark.loai is LoaiVanBan.QUYET_DINH else "lập"
    cau = (f"Đã bị sửa sau khi {verb}: {how_many}.", introduced(mark), *unread(rendered, asked.seen))
    return Answer(Verdict.BI_SUA, cau, changes, mark)


def unread(rendered: Reading | None, seen: Visible) -> Iterator[str]:
    """A sentence on what the document holds that is not read and was not ``rendered``; nothing without such."""
    added = [word for word in seen.unread if rendered is None or word not in rendered.unread]
    if added:
        yield f"Văn bản có thành phần qtnb không in ra và không đọc được: {', '.join(added)}."
