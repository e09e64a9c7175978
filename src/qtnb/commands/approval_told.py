"""What ``qtnb approve`` says of a decision that it enters: what the decision does, and which files change."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence

from qtnb.model import Phan
from qtnb.so_dang_ky.approving import KyQuyetDinh, lapsing
from qtnb.so_dang_ky.model import MucDangKy, SoDangKy
from qtnb.text import shown
from qtnb.transaction import Change
from qtnb.words.writing import in_words

_PARTS = {Phan.DANH_MUC: "danh mục", Phan.NOI_DUNG: "nội dung"}


def deeds(ky: KyQuyetDinh, before: SoDangKy, after: SoDangKy, names: Mapping[str, str]) -> Iterator[str]:
    """What the decision does, a line for each procedure and each decision; ``names`` of procedures by their keys.

    ``before`` and ``after`` are the register without and with the decision.
    """

    def called(khoa: str) -> str:
        symbol = after.quy_trinh[khoa].ky_hieu
        return f"  {symbol}  {shown(names[khoa])}" if khoa in names else f"  {symbol}  ({shown(khoa)})"

    yield from (called(item.khoa) for item in ky.items)
    later = f" từ ngày {ky.hieu_luc:%d/%m/%Y}" if ky.hieu_luc > ky.ngay else ""
    for item in ky.het_hieu_luc:
        how = f"được thay thế bằng {', '.join(item.boi)}" if item.boi else "bị bãi bỏ"
        yield f"{called(item.khoa)}: {how}{later}"
    for named in ky.bai_bo_quyet_dinh:
        yield f"  Bãi bỏ {before.quyet_dinh[named.khoa].ten}{later}."
    lapsed = sorted((item.khoa for item in lapsing(before, ky)), key=lambda khoa: _number(before.quy_trinh[khoa]))
    for khoa in lapsed:
        yield f"{called(khoa)}: hết hiệu lực{later}, không còn quyết định nào phê duyệt"
    concerned = {*lapsed, *(item.khoa for item in ky.items), *(item.khoa for item in ky.het_hieu_luc)}
    others = (block for block in before.quy_trinh.values() if block.trang_thai.con_hieu_luc)
    for block in sorted(others, key=_number):
        told = [] if block.khoa in concerned else list(_put_back(block, after.quy_trinh[block.khoa]))
        if told:
            yield f"{called(block.khoa)}: {'; '.join(told)}"


def files(changes: Sequence[Change], *, dry_run: bool) -> Iterator[str]:
    """The files that are written; of a dry run with what becomes of their lines."""
    yield "Các tệp sẽ ghi:" if dry_run else "Các tệp đã ghi:"
    yield from (f"  {change.path.as_posix()}" for change in changes)
    if not dry_run:
        yield "Lưu các tệp này vào git cùng một lần."
        return
    for change in changes:
        if change.old is not None:
            old, new = ((text or b"").decode("utf-8-sig").splitlines() for text in (change.old, change.new))
            name = change.path.as_posix()
            yield from difflib.unified_diff(old, new, name, name, lineterm="", n=1)
    yield "Chưa ghi gì (--dry-run)."


def _number(block: MucDangKy) -> tuple[str, int]:
    """Sorts by symbol: CV before LT, CV-99 before CV-100."""
    return block.ky_hieu[:2], int(block.ky_hieu[3:])


def _put_back(old: MucDangKy, new: MucDangKy) -> Iterator[str]:
    """What of a procedure is approved by an earlier decision again, or by none, as a decision about it is abolished."""
    none = [_PARTS[phan] for phan in Phan if old.dau_cua(phan) and not new.dau_cua(phan)]
    if none:
        yield f"{in_words(none)} không còn được phê duyệt"
    for phan in Phan:
        before, now = old.dau_cua(phan), new.dau_cua(phan)
        if before is not None and now is not None and before != now:
            yield f"{_PARTS[phan]} trở lại như {now[0].ten}"
