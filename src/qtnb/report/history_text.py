"""The life of one procedure as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from qtnb.diff.changes import Kind
from qtnb.diff.kho import ProcedureChange
from qtnb.diff.wording import Told, extent_in_words, headline, procedure_told
from qtnb.lich_su.su_kien import FORMS, HienTrang, LichSu, SuKien
from qtnb.model import HinhThuc, Phan
from qtnb.report.diff_text import Page
from qtnb.report.text import Paint, plain

_PARTS: Final = {Phan.DANH_MUC: "danh mục", Phan.NOI_DUNG: "nội dung"}
_STANDS: Final = {
    HienTrang.NHU_DA_PHE_DUYET: "Tệp trong kho giống bản đã phê duyệt.",
    HienTrang.KHAC: "Tệp trong kho khác bản đã phê duyệt:",
    HienTrang.CHUA_PHE_DUYET: "Chưa có nội dung nào được phê duyệt.",
    HienTrang.KHONG_RO: "Không rõ tệp trong kho có giống bản đã ký hay không.",
    HienTrang.KHONG_CON: "Không còn tệp trong kho.",
    HienTrang.CON_TEP: "Quy trình đã có quyết định làm hết hiệu lực; tệp vẫn còn trong kho.",
    HienTrang.LOI: "Tệp trong kho có lỗi",
}
_INDENT: Final = 12
"""Columns of a date and what follows it."""
_STEP: Final = 4
"""Columns by which what belongs to a line stands further in."""
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
    """``CV-01  Tiếp nhận văn bản đến (den): đã sửa đổi, bổ sung, hiệu lực từ 01/12/2024``."""
    symbol = history.ky_hieu or "(chưa có ký hiệu)"
    name = f"{symbol}  {history.ten} ({history.khoa})" if history.ten else history.khoa
    words = [history.trang_thai.nhan] if history.trang_thai else []
    if history.het_hieu_luc:
        words.append(f"hết hiệu lực từ {history.het_hieu_luc:%d/%m/%Y}")
    elif history.hieu_luc:
        words.append(f"hiệu lực từ {history.hieu_luc:%d/%m/%Y}")
    return f"{name}: {', '.join(words)}" if words else name


def deed(event: SuKien) -> str:
    """``sửa đổi, bổ sung nội dung, hiệu lực từ 15/12/2024``; ``thay bằng CV-14 Sử dụng xe công``."""
    if not event.phan:
        what = f"thay bằng {'; '.join(event.thay_bang)}" if event.thay_bang else FORMS[event.hinh_thuc]
    elif event.hinh_thuc is HinhThuc.THAY_THE:
        what = f"ban hành lại {_parts(event)}, thay bản trước" if event.lai else f"ban hành {_parts(event)} để thay thế"
    else:
        what = f"{FORMS[event.hinh_thuc]} {_parts(event)}"
    if event.hieu_luc == event.ngay:
        return what
    return f"{what}, {'hiệu lực' if event.phan else 'hết hiệu lực'} từ {event.hieu_luc:%d/%m/%Y}"


def _parts(event: SuKien) -> str:
    return " và ".join(_PARTS[phan] for phan in event.phan)


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
    lines += [f"Chưa ghi sổ: {name}." for name in history.du_thao]
    return lines


def _event(event: SuKien, page: Page) -> Iterator[str]:
    yield from page.wrapped(f"{event.ngay:%d/%m/%Y}  {event.ten}: {deed(event)}", 0, _INDENT, style="bold")
    for remark in remarks(event):
        yield from page.wrapped(remark, _INDENT)
    if event.thay_doi is not None:
        yield from _change(event.thay_doi, page, _INDENT)
    elif event.noi_dung is not None:
        yield from page.wrapped(extent_in_words(event.noi_dung), _INDENT)


def _change(change: ProcedureChange, page: Page, indent: int) -> Iterator[str]:
    yield from page.wrapped(headline(change, page.hours), indent)
    yield from page.told([_short(told) for told in procedure_told(change, page.hours)], indent)


def _short(told: Told) -> Told:
    """Without what a step said that was added or removed."""
    kept = () if told.is_row and told.kind is not Kind.CHANGED else tuple(map(_short, told.inner))
    return replace(told, inner=kept)


def _present(history: LichSu, page: Page) -> Iterator[str]:
    for number, line in enumerate(stands(history)):
        yield from page.wrapped(line, 0)
        if number == 0 and history.dang_soan is not None:
            yield from _change(history.dang_soan, page, _STEP)


def _commits(history: LichSu, page: Page) -> Iterator[str]:
    if not history.git:
        yield "  chưa có lần lưu nào"
    for commit in history.git or ():
        day = f"{commit.ngay:%d/%m/%Y}" if commit.ngay else "không rõ ngày"
        yield from page.wrapped(f"{day}  {commit.ma}  {commit.tieu_de}", 0, _INDENT)
        yield from page.wrapped(commit.viec, _INDENT)
