"""The life of one procedure as Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from qtnb.diff.wording import extent_in_words, headline
from qtnb.lich_su.su_kien import LichSu, SuKien
from qtnb.report.history_text import deed, head, remarks, stands
from qtnb.report.markdown import escaped


def history_to_markdown(history: LichSu) -> str:
    """A table of the decisions, how the file stands, and a table of the commits if asked for."""
    return "\n".join(_lines(history)) + "\n"


def _lines(history: LichSu) -> Iterator[str]:
    yield f"## {escaped(head(history))}"
    for note in history.ghi_chu:
        yield f"\n{escaped(note)}"
    if history.su_kien:
        yield "\n| Ngày | Quyết định | Nội dung | Thay đổi | Lý do, ghi chú |"
        yield "| --- | --- | --- | --- | --- |"
        yield from (_row(event, history) for event in history.su_kien)
    for number, line in enumerate(stands(history)):
        more = f" {headline(history.dang_soan, history.hours)}" if history.dang_soan and number == 0 else ""
        yield f"\n{escaped(f'{line}{more}')}"
    if history.git is not None:
        yield "\n| Ngày | Lần lưu | Tiêu đề | Thay đổi |"
        yield "| --- | --- | --- | --- |"
        for commit in history.git:
            day = f"{commit.ngay:%d/%m/%Y}" if commit.ngay else ""
            yield f"| {day} | {commit.ma} | {escaped(commit.tieu_de)} | {escaped(commit.viec)} |"


def _row(event: SuKien, history: LichSu) -> str:
    changed = headline(event.thay_doi, history.hours) if event.thay_doi is not None else ""
    if not changed and event.noi_dung is not None:
        changed = extent_in_words(event.noi_dung)
    cells = (f"{event.ngay:%d/%m/%Y}", event.ten, deed(event), changed, "; ".join(remarks(event)))
    return f"| {' | '.join(map(escaped, cells))} |"
