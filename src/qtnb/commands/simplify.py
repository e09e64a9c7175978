"""``qtnb simplify-report``: what was cut from procedures since an earlier state."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, assert_never

from qtnb.commands.diff import told_of_sides
from qtnb.commands.outcome import FINDINGS, OK, Outcome, TextFormat
from qtnb.commands.table_outputs import Printable, TableOutput
from qtnb.diff.reasons import Reasons
from qtnb.discovery import KhoFiles, find_kho
from qtnb.don_gian_hoa.comparing import compare_extents
from qtnb.don_gian_hoa.document import to_json
from qtnb.don_gian_hoa.keys import keys_of
from qtnb.don_gian_hoa.lapsed import ends_of
from qtnb.don_gian_hoa.so_sanh import SoSanhKho
from qtnb.don_gian_hoa.summary import summary
from qtnb.don_gian_hoa.tables import for_print, for_screen, tables_of
from qtnb.errors import QtnbError
from qtnb.model import CauHinh, CoQuan
from qtnb.reading import Progress, shown_path
from qtnb.resources import data_folder
from qtnb.sides.loading import SidesAsked, load_sides
from qtnb.sides.register import register_at
from qtnb.tabular.table import Table
from qtnb.text import shown
from qtnb.words.writing import BLANK

TITLE: Final = "Phương án đơn giản hóa quy trình giải quyết công việc nội bộ"


@dataclass(frozen=True, slots=True)
class SimplifyOptions:
    """What the command line asks of ``simplify-report``."""

    paths: tuple[Path, ...]
    since: str
    """The state before: a decision entered (what was in force right after it), a revision, a folder."""
    until: str | None
    """The state after, in the same words; None: the kho on disk."""
    cwd: Path
    ngay: dt.date
    """The day of the report."""
    output_format: TextFormat | None
    """None: text, and with outputs to files only their names."""
    outputs: tuple[TableOutput, ...]
    width: int
    color: bool


@dataclass(frozen=True, slots=True)
class _Compared:
    """One kho, compared."""

    goc: Path
    so_sanh: SoSanhKho
    cau_hinh: CauHinh | None
    trouble: str
    """What the user should know of how its sides were understood; may be empty."""
    has_findings: bool


def run_simplify(options: SimplifyOptions, progress: Progress) -> Outcome:
    """Report what was cut in every kho asked for, write the files asked for, and print.

    A kho without the state asked for is told and left out. Raises QtnbError when no kho has it, or when a file cannot
    be written.
    """
    compared, failed = _all_compared(options, progress)
    kho = [item.so_sanh for item in compared]
    note = _note(kho, options)
    tables = tables_of(kho, note)
    agency = kho[0].co_quan if len(kho) == 1 else ""
    what = Printable(
        tables,
        TITLE,
        agency,
        note,
        lambda: to_json(kho, options.ngay),
        lambda path: _write_word(path, tables, compared, options),
    )
    written = [path for output in options.outputs for path in output.write(output.path, what)]
    err = "".join(item.trouble for item in compared) + "".join(f"{sentence}\n" for sentence in failed)
    code = FINDINGS if failed or any(item.has_findings for item in compared) else OK
    return Outcome(_printed(options, what, kho, written), err, code)


def _all_compared(options: SimplifyOptions, progress: Progress) -> tuple[list[_Compared], list[str]]:
    compared: list[_Compared] = []
    errors: list[tuple[KhoFiles, QtnbError]] = []
    for files in find_kho(options.paths).kho:
        try:
            compared.append(_compared(files, options, progress))
        except QtnbError as error:
            errors.append((files, error))
    if not compared:
        raise errors[0][1] if errors else QtnbError("Không có kho nào ở đây.", hint="Chỉ ra thư mục của kho.")
    names = (shown_path(files.goc, options.cwd) for files, _ in errors)
    return compared, [f"Bỏ qua kho {name}: {error.message}" for name, (_, error) in zip(names, errors, strict=True)]


def _compared(files: KhoFiles, options: SimplifyOptions, progress: Progress) -> _Compared:
    sides = load_sides(SidesAsked(options.since, options.until, files.goc, options.cwd), progress)
    old, new = sides.old.state, sides.new.state
    register = register_at(files, options.cwd).register
    keys = keys_of(old, new, register)
    # The register tells how the kho on disk stands, not how an earlier state stood.
    ends = ends_of(new, register if options.until is None else None, keys)
    settings = new.cau_hinh or old.cau_hinh
    reasons = Reasons(old.quyet_dinh, new.quyet_dinh, keys)
    return _Compared(
        files.goc,
        compare_extents(old, new, ends, reasons, _agency(files, settings)),
        settings,
        told_of_sides(sides),
        bool(sides.old.findings or sides.new.findings),
    )


def _agency(files: KhoFiles, settings: CauHinh | None) -> str:
    return settings.co_quan.ten if settings else files.goc.name


def _note(kho: Sequence[SoSanhKho], options: SimplifyOptions) -> str:
    """Which states are compared, and the day."""
    day = f"Lập ngày {options.ngay:%d/%m/%Y}."
    pairs = {(item.ban_truoc, item.ban_sau) for item in kho}
    if len(pairs) == 1:
        ((before, after),) = pairs
        return f"Trước: {before}; sau: {after}. {day}"
    after = ", ".join(sorted({item.ban_sau for item in kho}))
    return f"Trước: bản “{shown(options.since)}” của từng kho; sau: {after}. {day}"


def _printed(options: SimplifyOptions, what: Printable, kho: Sequence[SoSanhKho], written: Sequence[Path]) -> str:
    match options.output_format:
        case None if written:
            names = "".join(f"{shown_path(path.absolute(), options.cwd)}\n" for path in written)
            return f"{summary(kho)}\n{names}"
        case None | TextFormat.TEXT:
            return "".join(_text(options, what, kho))
        case TextFormat.JSON:
            return what.document()
        case TextFormat.MARKDOWN:
            from qtnb.report.markdown import escaped
            from qtnb.tabular.markdown import to_markdown

            head = f"# {what.title}\n\n{escaped(what.note)}\n\n{escaped(summary(kho))}\n\n"
            return head + "\n".join(map(to_markdown, _with_rows(for_print(what.tables))))
        case _:
            assert_never(options.output_format)


def _text(options: SimplifyOptions, what: Printable, kho: Sequence[SoSanhKho]) -> Iterator[str]:
    from qtnb.tabular.terminal import Screen, terminal_text

    yield f"{what.note}\n{summary(kho)}\n"
    screen = Screen(options.width, options.color)
    yield from (f"\n{terminal_text(table, screen)}" for table in _with_rows(for_screen(what.tables)))


def _with_rows(tables: Sequence[Table]) -> list[Table]:
    return [table for table in tables if table.rows]


def _write_word(path: Path, tables: Sequence[Table], compared: Sequence[_Compared], options: SimplifyOptions) -> None:
    # Jinja and docxtpl are loaded only by the commands that render.
    from qtnb.render import TemplateStore
    from qtnb.render.mark import LoaiVanBan
    from qtnb.render.report import write_appendix
    from qtnb.words.reporting import PhuLucSo

    alone = compared[0] if len(compared) == 1 else None
    issuer = alone.cau_hinh.co_quan if alone and alone.cau_hinh else None
    title = f"{TITLE} của {issuer.ten}" if issuer else TITLE
    appendix = PhuLucSo(
        title,
        for_print(tables),
        co_quan=issuer.ten if issuer else "",
        kem_theo=_attached(issuer),
    )
    templates, goc = TemplateStore(data_folder("templates")), alone.goc if alone else options.cwd
    write_appendix(path, appendix, templates, goc, LoaiVanBan.DON_GIAN_HOA)


def _attached(issuer: CoQuan | None) -> str:
    """The decision that the appendix is to go with, blank until signed (PL-04)."""
    symbol = f"/QĐ-{issuer.viet_tat}" if issuer else ""
    whose = f" của {issuer.nguoi_dung_dau} {issuer.ten}" if issuer else ""
    return f"Kèm theo Quyết định số {BLANK}{symbol} ngày {BLANK} tháng {BLANK} năm {BLANK}{whose}"
