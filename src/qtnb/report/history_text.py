"""The life of one procedure as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from qtnb.diff.kho import ProcedureChange
from qtnb.diff.wording import extent_in_words, headline, procedure_told
from qtnb.lich_su.su_kien import FORMS, HienTrang, LichSu, SuKien
from qtnb.model import Phan
from qtnb.report.diff_text import Page
from qtnb.report.text import Paint, plain

_PARTS: Final = {Phan.DANH_MUC: "danh mục", Phan.NOI_DUNG: "nội dung"}
_STANDS: Final = {
    HienTrang.NHU_DA_PHE_DUYET: "Tệp trong kho giống bản đã phê duyệt.",
    HienTrang.KHAC: "Tệp trong kho khác bản đã phê duyệt:",
    HienTrang.CHUA_PHE_DUYET: "Chưa có nội dung nào được phê duyệt.",
    HienTrang.KHONG_RO: "Không rõ tệp trong kho có giống bản đã ký hay không.",
    HienTrang.KHONG_CON: "Không còn tệp trong kho.",
    HienTrang.CON_TEP: "Quy trình đã hết hiệu lực nhưng tệp vẫn còn trong kho.",
    HienTrang.LOI: "Tệp trong kho có lỗi",
}
_INDENT: Final = 12
"""Columns of a date and what follows it."""
_LEAST: Final = 40
"""Columns that are used even of a narrower terminal."""


def history_to_text(history: LichSu, width: int, paint: Paint = plain) -> str:
    """The life in lines of at most ``width`` columns: the decisions, the file, and the commits if asked for."""
    page = Page(max(width, _LEAST), paint, history.hours)
    lines = page.wrapped(head(history), 0, style="bold")
    lines += [line for note in history.ghi_chu for line in page.wrapped(note, 0)]
    for event in history.su_kien:
        lines += ["", *_event(event, page)]
    lines += ["", *_present(history, page)]
    if history.git is not None:
        lines += ["", paint("Trong git:", "bold"), *_commits(history, page)]
    return "".join(f"{line}\n" for line in lines)


def head(history: LichSu) -> str:
    """``CV-01  Tiếp nhận văn bản đến (den): đã sửa đổi, bổ sung``."""
    symbol = history.ky_hieu or "(chưa có ký hiệu)"
    return f"{symbol}  {history.ten} ({history.khoa}): {history.trang_thai}"


def deed(event: SuKien) -> str:
    """``sửa đổi, bổ sung; phê duyệt nội dung; hiệu lực từ 01/12/2024``."""
    words = [FORMS[event.hinh_thuc]]
    if event.phan:
        words.append(f"phê duyệt {' và '.join(_PARTS[phan] for phan in event.phan)}")
    elif event.thay_bang:
        words.append(f"thay bằng {', '.join(event.thay_bang)}")
    else:
        words.append("quy trình hết hiệu lực")
    if event.hieu_luc != event.ngay or not event.phan:
        words.append(f"{'hiệu lực' if event.phan else 'hết hiệu lực'} từ {event.hieu_luc:%d/%m/%Y}")
    return "; ".join(dict.fromkeys(words))


def remarks(event: SuKien) -> Iterator[str]:
    """What else there is to say of a decision, but for what it changed."""
    if event.ly_do:
        yield f"lý do: {event.ly_do}"
    if event.bai_bo_boi:
        yield f"quyết định này bị bãi bỏ bởi Quyết định số {event.bai_bo_boi}"
    if event.khong_ro:
        yield event.khong_ro


def stands(history: LichSu) -> list[str]:
    """How the file stands, and which decisions are to come."""
    words = _STANDS[history.hien_trang]
    lines = [f"{words}: {history.loi}" if history.loi else words]
    if history.thay_cho:
        lines.append(f"Quy trình này thay cho: {'; '.join(history.thay_cho)}.")
    lines += [f"Đang nêu quy trình này: {name}." for name in history.du_thao]
    return lines


def _event(event: SuKien, page: Page) -> Iterator[str]:
    yield from page.wrapped(f"{event.ngay:%d/%m/%Y}  {event.ten}: {deed(event)}", 0, _INDENT, style="bold")
    for remark in remarks(event):
        yield from page.wrapped(remark, _INDENT)
    if event.thay_doi is not None:
        yield from _change(event.thay_doi, page)
    elif event.noi_dung is not None:
        yield from page.wrapped(extent_in_words(event.noi_dung), _INDENT)


def _change(change: ProcedureChange, page: Page) -> Iterator[str]:
    yield from page.wrapped(headline(change, page.hours), _INDENT)
    yield from page.told(procedure_told(change, page.hours), _INDENT)


def _present(history: LichSu, page: Page) -> Iterator[str]:
    for number, line in enumerate(stands(history)):
        yield from page.wrapped(line, 0)
        if number == 0 and history.dang_soan is not None:
            yield from _change(history.dang_soan, page)


def _commits(history: LichSu, page: Page) -> Iterator[str]:
    if not history.git:
        yield "  chưa có lần lưu nào"
    for commit in history.git or ():
        day = f"{commit.ngay:%d/%m/%Y}" if commit.ngay else "không rõ ngày"
        yield from page.wrapped(f"{day}  {commit.ma}  {commit.tieu_de}", 0, _INDENT)
        yield from page.wrapped(commit.viec, _INDENT)
