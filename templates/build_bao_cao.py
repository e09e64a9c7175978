"""Make the Word templates of reports and of their appendices: ``python templates/build_bao_cao.py``.

As :mod:`build`, from which its pieces come. A table of figures stands where ``{{p muc.bang }}`` does; its grid is
laid out by qtnb, its looks are the styles of cells.
"""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

from build import (
    BROAD_SECTION,
    LETTERHEAD,
    NATION_RULE,
    SECTION,
    SHORT_RULE,
    SIGNATURE,
    STYLES,
    bold,
    cell,
    document,
    each,
    par,
    row,
    style,
    table,
    tag,
    write,
)

SALUTATION = (2900, 6455)
"""For "Kính gửi:", which ends where the recipients begin (NN-06)."""

REPORT_STYLES = (
    style("KinhGui", "Kính gửi", align="right", before=6, after=6),
    style("KinhGuiNoi", "Kính gửi - nơi gửi", before=6, after=6),
    style("MucBaoCao", "Mục của báo cáo", marks="b", align="both", before=12, keep_next=True),
    style("TenBang", "Tên bảng", marks="b", align="center", before=12, after=6, keep_next=True),
    style("GhiChuBang", "Ghi chú dưới bảng", size=13, align="both", before=3),
    style("GhiChuCuoi", "Ghi chú dưới bảng - dòng cuối", size=13, align="both", before=3, keep_next=True),
    style("Hinh", "Hình", align="center", before=6, after=6),
)


def report() -> str:
    """Write the report, from the letterhead to the signature, in a section of its own (mẫu 1.4)."""
    return (
        letterhead()
        + par("TenLoai", "BÁO CÁO")
        + par("TrichYeu", "{{ bao_cao.trich_yeu }}")
        + par("Gach", "{{ bao_cao.gach_ngang }}")
        + salutation()
        + body()
        + par("Cach")
        + signature()
        + par("HetPhan", section=SECTION)
    )


def letterhead() -> str:
    """Write agency, nation, number and date."""
    left, right = LETTERHEAD
    date = "ngày {{ bao_cao.ngay }} tháng {{ bao_cao.thang }} năm {{ bao_cao.nam }}"
    return table(
        "BangTron",
        LETTERHEAD,
        row(
            cell(
                left,
                tag("if co_quan.chu_quan"),
                par("ChuQuan", "{{ co_quan.chu_quan }}"),
                tag("endif"),
                each("co_quan.ten_ban_hanh", par("TenCoQuan", "{{ dong }}"), name="dong"),
                par("Gach", "{{ co_quan.gach_ngang }}"),
            ),
            cell(
                right,
                par("QuocHieu", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
                par("TieuNgu", "Độc lập - Tự do - Hạnh phúc"),
                par("Gach", NATION_RULE),
            ),
        ),
        row(
            cell(left, par("SoKyHieu", "Số: {{ bao_cao.so }}/{{ bao_cao.ky_hieu }}")),
            cell(right, par("DiaDanh", f"{{{{ co_quan.dia_danh }}}}, {date}")),
        ),
    )


def salutation() -> str:
    """Write to whom the report goes."""
    left, right = SALUTATION
    recipients = each("bao_cao.kinh_gui", par("KinhGuiNoi", "{{ noi }}"), name="noi")
    return (
        tag("if bao_cao.kinh_gui")
        + table("BangTron", SALUTATION, row(cell(left, par("KinhGui", "Kính gửi:")), cell(right, recipients)))
        + tag("endif")
    )


def body() -> str:
    """Write the parts of the body."""
    last = (
        tag("if muc.la_cuoi and loop.last or doan in muc.cau_dan")
        + par("DieuCuoi", "{{ doan }}")
        + tag("else")
        + par("Dieu", "{{ doan }}")
        + tag("endif")
    )
    return each(
        "bao_cao.noi_dung",
        tag("if muc.tieu_de"),
        par("MucBaoCao", "{{ muc.tieu_de }}"),
        tag("endif"),
        each("muc.doan", last),
        name="muc",
    )


def signature() -> str:
    """Write recipients and signature."""
    left, right = SIGNATURE
    return table(
        "BangTron",
        SIGNATURE,
        row(
            cell(
                left,
                par("NoiNhan", "Nơi nhận:"),
                each("bao_cao.noi_nhan", par("NoiNhanMuc", "- {{ noi }}"), name="noi"),
            ),
            cell(
                right,
                each("bao_cao.ky.chuc_vu", par("ChucVu", "{{ dong }}"), name="dong"),
                par("HoTen", "{{ bao_cao.ky.ho_ten }}"),
            ),
        ),
    )


def appendices() -> str:
    """Write the appendices; the last one ends the document (mẫu 2.1)."""
    tables = each(
        "pl.cac_bang",
        tag("if muc.tieu_de"),
        par("TenBang", "{{ muc.tieu_de }}"),
        tag("endif"),
        par("The", "{{p muc.bang }}"),
        tag("if muc.ghi_chu"),
        par("GhiChuCuoi", bold("Ghi chú:")),
        tag("endif"),
        each(
            "muc.ghi_chu",
            tag("if muc.la_cuoi and loop.last"),
            par("GhiChuCuoi", "{{ doan }}"),
            tag("else"),
            par("GhiChuBang", "{{ doan }}"),
            tag("endif"),
        ),
        name="muc",
    )
    return each(
        "phu_luc",
        par("PhuLuc", "{{ pl.nhan }}"),
        par("TenPhuLuc", "{{ pl.tieu_de }}"),
        tag("if pl.kem_theo"),
        par("KemTheo", "({{ pl.kem_theo }})"),
        tag("endif"),
        par("Gach", SHORT_RULE),
        tables,
        each("pl.cac_hinh", par("The", "{{p muc.hinh }}"), name="muc"),
        tag("if pl.ngang"),
        par("Het", "./.", section=BROAD_SECTION),
        tag("else"),
        par("Het", "./.", section=SECTION),
        tag("endif"),
        name="pl",
    )


def with_report_styles(path: Path) -> None:
    """Add the styles of reports to a template."""
    with zipfile.ZipFile(path) as archive:
        parts = {entry: archive.read(entry) for entry in archive.infolist()}
    styles = STYLES.replace("</w:styles>", f"{''.join(REPORT_STYLES)}</w:styles>").encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for entry, content in parts.items():
            archive.writestr(entry, styles if entry.filename == "word/styles.xml" else content)


def main(folder: Path) -> None:
    """Write both templates into ``folder``."""
    write(folder / "bao-cao.docx", "Mẫu báo cáo", document(report(), appendices()))
    write(folder / "phu-luc.docx", "Mẫu phụ lục số liệu", document(appendices()))
    for name in ("bao-cao.docx", "phu-luc.docx"):
        with_report_styles(folder / name)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent)
