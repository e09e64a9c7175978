"""A comparison of two states of a kho as Markdown, for a merge request."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from qtnb.diff.changes import Kind
from qtnb.diff.kho import KhoDiff, ProcedureChange
from qtnb.diff.word_changes import Stretch, word_changes
from qtnb.diff.wording import Told, decision_told, headline, procedure_told, settings_told
from qtnb.report.diff_text import notes, summary, total_rows
from qtnb.report.markdown import escaped
from qtnb.text import visible

_MOST_BYTES: Final = 60_000
"""A comment on GitHub holds 65,536 characters; what does not fit is counted instead."""
_SHORT: Final = 80
"""Characters of both texts together up to which they are read at a glance."""
_WORD: Final = {Kind.ADDED: "Bổ sung", Kind.REMOVED: "Bãi bỏ", Kind.CHANGED: "Sửa đổi", Kind.MOVED: "Chuyển chỗ"}
_ROW_WORD: Final = {Kind.ADDED: "thêm", Kind.REMOVED: "bỏ", Kind.CHANGED: "sửa", Kind.MOVED: "chuyển chỗ"}


def diff_to_markdown(diff: KhoDiff, most_bytes: int = _MOST_BYTES) -> str:
    """A table of the procedures that changed, then each in a block to unfold; at most ``most_bytes`` long."""
    head = f"## So sánh quy trình\n\nTừ {escaped(diff.old.ten)} đến {escaped(diff.new.ten)}. {escaped(summary(diff))}\n"
    tail = "".join(f"\n{part}\n" for part in _tail(diff))
    room = most_bytes - len((head + tail).encode())
    rows = list(_fitting(_rows(diff), room))
    room -= sum(map(_length, rows))
    changed = [change for change in diff.quy_trinh if change.kind is Kind.CHANGED]
    blocks = list(_fitting((_block(change, diff) for change in changed), room))
    missing = "" if len(blocks) == len(changed) else _missing(len(changed) - len(blocks))
    return head + "".join(rows) + "".join(blocks) + missing + tail


def _fitting(pieces: Iterable[str], room: int) -> Iterator[str]:
    """The first of ``pieces`` that fit into ``room`` bytes."""
    for piece in pieces:
        room -= _length(piece)
        if room < 0:
            return
        yield piece


def _length(text: str) -> int:
    return len(text.encode("utf-8", "backslashreplace"))


def _missing(count: int) -> str:
    return f"\nChi tiết của {count} quy trình không vừa trang này; xem bằng lệnh: `qtnb diff`.\n"


def _rows(diff: KhoDiff) -> Iterator[str]:
    if diff.quy_trinh:
        yield "\n| Quy trình | Thay đổi | Nội dung thay đổi | Lý do |\n| --- | --- | --- | --- |\n"
    for change in diff.quy_trinh:
        told = headline(change, diff.new.hours)
        yield f"| {escaped(_called(change))} | {_WORD[change.kind]} | {escaped(told)} | {escaped(change.ly_do)} |\n"


def _called(change: ProcedureChange) -> str:
    return f"{change.item.ky_hieu} {change.item.ten}".strip()


def _block(change: ProcedureChange, diff: KhoDiff) -> str:
    lines = "".join(_told(procedure_told(change, diff.new.hours), 0))
    return f"\n<details><summary>{_in_html(_called(change))}</summary>\n\n{lines}\n</details>\n"


def _in_html(text: str) -> str:
    # Inside the tag Markdown is not read, but "@name" would still call a person.
    return html.escape(visible(" ".join(text.split()))).replace("@", "&#64;")


def _tail(diff: KhoDiff) -> Iterator[str]:
    if diff.quyet_dinh:
        lines = []
        for change in diff.quyet_dinh:
            word = {Kind.ADDED: ": mới", Kind.REMOVED: ": không còn"}.get(change.kind, "")
            lines += [f"- **{escaped(change.khoa)}**{word}\n", *_told(decision_told(change, diff.new.hours), 1)]
        yield "### Quyết định\n\n" + "".join(lines).rstrip("\n")
    if diff.cau_hinh:
        yield "### Cơ quan và thiết lập\n\n" + "".join(_told(settings_told(diff), 0)).rstrip("\n")
    if diff.khong_so_duoc:
        lines = [f"- **{escaped(khoa)}**: {escaped(why)}\n" for khoa, why in diff.khong_so_duoc]
        yield "### Không so sánh được\n\n" + "".join(lines).rstrip("\n")
    yield from map(escaped, notes(diff))
    rows = "".join(f"| {escaped(title)} | {old} | {new} |\n" for title, old, new in total_rows(diff.before, diff.after))
    if rows:
        yield f"| Tổng | Trước | Sau |\n| --- | ---: | ---: |\n{rows}".rstrip("\n")


def _told(changes: Sequence[Told], depth: int) -> Iterator[str]:
    for told in changes:
        yield f"{'  ' * depth}- {_one(told)}\n"
        yield from _told(told.inner, depth + 1)


def _one(told: Told) -> str:
    note = f" ({escaped(told.note)})" if told.note else ""
    word = f"{_ROW_WORD[told.kind]} " if told.is_row else ""
    title = f"{word}**{escaped(told.title)}**"
    if told.kind is Kind.CHANGED and told.old != told.new:
        return f"{title}{note}: {_from_to(told.old, told.new)}"
    text = told.new or told.old
    return f"{title}{note}: {_shown(text)}" if text else f"{title}{note}:"


def _from_to(old: str, new: str) -> str:
    """Short texts one after the other; long ones as one text with its changed words marked."""
    stretches = word_changes(old, new) if len(old) + len(new) > _SHORT and "\n" not in old + new else ()
    return "".join(map(_marked, stretches)) if stretches else f"{_shown(old)} → {_shown(new)}"


def _marked(stretch: Stretch) -> str:
    # escaped() takes the spaces at both ends away, which part the words of two stretches.
    text = stretch.text
    inner = escaped(text)
    before, after = (" " if text[:1].isspace() else ""), (" " if text[-1:].isspace() and inner else "")
    if stretch.kind is None:
        return f"{before}{inner}{after}"
    tag = "ins" if stretch.kind is Kind.ADDED else "del"
    return f"{before}<{tag}>{inner}</{tag}>{after}"


def _shown(text: str) -> str:
    return "<br>".join(map(escaped, text.split("\n"))) if text else "*(trống)*"
