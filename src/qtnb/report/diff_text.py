"""A comparison of two states of a kho as lines for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

from qtnb.diff.changes import Kind
from qtnb.diff.extent import LoaiThoiGian, Totals, amount_of, number_in_words
from qtnb.diff.kho import DecisionChange, KhoDiff, ProcedureChange
from qtnb.diff.matching import ALIKE
from qtnb.diff.word_changes import Stretch, word_changes
from qtnb.diff.wording import Told, decision_told, headline, procedure_told, settings_told
from qtnb.lint.amounts import ZERO
from qtnb.report.text import Paint, plain
from qtnb.text import visible

_MARK: Final = {Kind.ADDED: "+", Kind.REMOVED: "-", Kind.CHANGED: "~", Kind.MOVED: "~"}
_STYLE: Final = {Kind.ADDED: "green", Kind.REMOVED: "red", Kind.CHANGED: "yellow", Kind.MOVED: "cyan"}
_STEP: Final = 4
"""Columns by which what belongs to a line stands further in."""
_LEAST: Final = 40
"""Columns that are used even of a narrower terminal."""


def diff_to_text(diff: KhoDiff, width: int, paint: Paint = plain, *, quiet: bool = False) -> str:
    """The comparison in lines of at most ``width`` columns; ``quiet`` leaves one line for each change."""
    page = Page(max(width, _LEAST), paint, diff.new.hours)
    lines = [page.paint(visible(f"Từ {diff.old.ten} đến {diff.new.ten}:"), "bold")]
    parts = (
        page.procedures(diff.quy_trinh, quiet=quiet),
        page.decisions(diff.quyet_dinh, quiet=quiet),
        page.settings(diff, quiet=quiet),
        page.not_compared(diff),
        [] if quiet or diff.empty else page.totals(diff),
    )
    for part in parts:
        lines += ["", *part] if part else []
    lines += [*([] if quiet else [""]), *page.wrapped(summary(diff), 0)]
    return "".join(f"{line}\n" for line in lines)


def summary(diff: KhoDiff) -> str:
    """The counts in a sentence."""
    if diff.empty and not diff.khong_so_duoc:
        return f"Không có gì thay đổi ({diff.unchanged} quy trình như nhau)."
    renamed = sum(change.renamed for change in diff.quy_trinh)
    counts = [
        f"bổ sung {diff.count(Kind.ADDED)}",
        f"bãi bỏ {diff.count(Kind.REMOVED)}",
        f"sửa đổi {diff.count(Kind.CHANGED)}" + (f" (đổi tên {renamed})" if renamed else ""),
        f"không đổi {diff.unchanged}",
    ]
    if diff.khong_so_duoc:
        counts.append(f"không so sánh được {len(diff.khong_so_duoc)}")
    return f"Quy trình: {', '.join(counts)}{_decisions(diff)}."


def _decisions(diff: KhoDiff) -> str:
    kinds = [change.kind for change in diff.quyet_dinh]
    words = ((Kind.ADDED, "thêm"), (Kind.REMOVED, "bỏ"), (Kind.CHANGED, "sửa"))
    counts = [f"{word} {kinds.count(kind)}" for kind, word in words if kind in kinds]
    return f"; quyết định: {', '.join(counts)}" if counts else ""


def notes(diff: KhoDiff) -> Iterator[str]:
    """What a reader has to know of how procedures were paired."""
    if any(change.match.likeness < 100 for change in diff.quy_trinh):  # noqa: PLR2004 - percent
        yield f"Quy trình khác khóa và khác ký hiệu được coi là một khi tên và nội dung giống nhau từ {ALIKE}%."
    if diff.names_only:
        yield "Quá nhiều quy trình đổi khóa: chỉ ghép những quy trình cùng ký hiệu, cùng tên hoặc cùng nội dung."


class Page:
    """Lines of a given width."""

    def __init__(self, width: int, paint: Paint, hours: Fraction) -> None:
        self.width = width
        self.paint = paint
        self.hours = hours

    def procedures(self, changes: Sequence[ProcedureChange], *, quiet: bool) -> list[str]:
        """A block for each procedure."""
        lines: list[str] = []
        for change in changes:
            symbol = change.item.ky_hieu or "(chưa có ký hiệu)"
            head = f"{_MARK[change.kind]} {symbol}  {' '.join(change.item.ten.split())} ({change.item.khoa})"
            lines += ["", *self.wrapped(head, 0, 2, style=f"bold {_STYLE[change.kind]}")]
            word = {Kind.ADDED: "bổ sung: ", Kind.REMOVED: "bãi bỏ: "}.get(change.kind, "")
            lines += self.wrapped(f"{word}{headline(change, self.hours)}", _STEP)
            if reason := change.ly_do:
                lines += self.wrapped(f"lý do: {reason}", _STEP)
            lines += [] if quiet else self.told(procedure_told(change, self.hours), _STEP)
        return lines[1:]

    def decisions(self, changes: Sequence[DecisionChange], *, quiet: bool) -> list[str]:
        """The decisions that changed, under a heading."""
        lines = [self.paint("Quyết định:", "bold")] if changes else []
        for change in changes:
            word = {Kind.ADDED: " (mới)", Kind.REMOVED: " (không còn)"}.get(change.kind, "")
            head = f"{_MARK[change.kind]} {change.khoa}{word}"
            lines += self.wrapped(head, 2, 2, style=f"bold {_STYLE[change.kind]}")
            lines += [] if quiet else self.told(decision_told(change, self.hours), 2 + _STEP)
        return lines

    def settings(self, diff: KhoDiff, *, quiet: bool) -> list[str]:
        """The settings that changed, under a heading."""
        if not diff.cau_hinh:
            return []
        heading = self.paint("Cơ quan và thiết lập (qtnb.yaml):", "bold")
        told = settings_told(diff)
        return [heading, *(self.wrapped(", ".join(it.title for it in told), 2) if quiet else self.told(told, 2))]

    def not_compared(self, diff: KhoDiff) -> list[str]:
        """What could not be compared, and what has to be known of the pairing."""
        lines = [self.paint("Không so sánh được:", "bold red")] if diff.khong_so_duoc else []
        for khoa, why in diff.khong_so_duoc:
            lines += self.wrapped(f"! {khoa}: {why}", 2, 2)
        for note in notes(diff):
            lines += self.wrapped(note, 0)
        return lines

    def totals(self, diff: KhoDiff) -> list[str]:
        """The totals of both states side by side."""
        rows = [("", "trước", "sau"), *total_rows(diff.before, diff.after)]
        widths = [max(len(row[column]) for row in rows) for column in range(3)]
        return [
            f"{title:<{widths[0]}}  {before:>{widths[1]}}  {after:>{widths[2]}}".rstrip()
            for title, before, after in rows
        ]

    def told(self, changes: Sequence[Told], indent: int) -> list[str]:
        """Changes with what belongs to them further in."""
        return [line for change in changes for line in self._one(change, indent)]

    def _one(self, told: Told, indent: int) -> Iterator[str]:
        mark, style = _MARK[told.kind], _STYLE[told.kind]
        note = f" ({told.note})" if told.note else ""
        if told.kind is Kind.CHANGED and told.old != told.new:
            yield from self._from_to(told, note, indent)
        else:
            text = _line(told.new or told.old)
            joint = "  " if told.is_row else ": "
            head = f"{mark} {told.title}{joint}{text}{note}" if text else f"{mark} {told.title}{note}:"
            yield from self.wrapped(head, indent, 2, style=style)
        yield from self.told(told.inner, indent + _STEP)

    def _from_to(self, told: Told, note: str, indent: int) -> Iterator[str]:
        """Short texts one after the other, long ones one below the other."""
        old, new = (text or "(trống)" for text in (told.old, told.new))
        style = _STYLE[told.kind]
        if "\n" not in old + new and len(f"{old} → {new}") <= self.width // 2:
            yield from self.wrapped(f"~ {told.title}: {old} → {new}{note}", indent, 2, style=style)
            return
        yield from self.wrapped(f"~ {told.title}{note}:", indent, 2, style=style)
        stretches = word_changes(old, new) if self.paint is not plain and "\n" not in old + new else ()
        for mark, text, kind in (("-", old, Kind.REMOVED), ("+", new, Kind.ADDED)):
            if stretches:
                shown = [it for it in stretches if it.kind in {None, kind}]
                yield from self._emphasised(mark, shown, indent + _STEP, _STYLE[kind])
                continue
            for paragraph in text.split("\n"):
                yield from self.wrapped(f"{mark} {paragraph}", indent + _STEP, 2, style=_STYLE[kind])

    def _emphasised(self, mark: str, stretches: Sequence[Stretch], indent: int, style: str) -> Iterator[str]:
        """A text in lines, the words that are not in the other one painted stronger."""
        words = [(visible(word), it.kind is not None) for it in stretches for word in it.text.split()]
        line, length = self.paint(mark, style), indent + len(mark)
        for word, is_changed in words:
            if length + 1 + len(word) > self.width and length > indent + len(mark) + 1:
                yield " " * indent + line
                line, length = " ", indent + 1
            line += " " + self.paint(word, f"bold underline {style}" if is_changed else style)
            length += 1 + len(word)
        yield " " * indent + line

    def wrapped(self, text: str, indent: int, hanging: int = 0, *, style: str = "") -> list[str]:
        """``text`` in lines; those after the first stand ``hanging`` columns further in."""
        room = max(self.width - indent, _LEAST // 2)
        lines = textwrap.wrap(
            visible(text), room, subsequent_indent=" " * hanging, break_on_hyphens=False, replace_whitespace=False
        )
        return [" " * indent + (self.paint(line, style) if style else line) for line in lines]


def total_rows(before: Totals, after: Totals) -> Iterator[tuple[str, str, str]]:
    """Title and both values of each total; a kind that neither side has is left out."""
    for title, old, new in (
        ("Quy trình CV", before.cv, after.cv),
        ("Quy trình LT", before.lt, after.lt),
        ("Số bước", before.cac_buoc, after.cac_buoc),
    ):
        if old or new:
            yield title, str(old), str(new)
    for loai in LoaiThoiGian:
        if loai in before.thoi_gian or loai in after.thoi_gian:
            yield f"Thời gian khai ({loai})", _sum(before, loai), _sum(after, loai)
    if before.khong_tinh_duoc or after.khong_tinh_duoc:
        yield "Không tính được thời gian", str(before.khong_tinh_duoc), str(after.khong_tinh_duoc)


def _sum(totals: Totals, loai: LoaiThoiGian) -> str:
    low, high = map(number_in_words, amount_of(totals.thoi_gian.get(loai, ZERO), loai, totals.hours))
    return low if low == high else f"{low} – {high}"


def _line(text: str) -> str:
    return " / ".join(text.split("\n"))
