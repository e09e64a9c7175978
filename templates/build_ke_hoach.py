"""Make the Word templates of plans and statistics forms: ``python templates/build_ke_hoach.py``.

As :mod:`build`, from which its pieces come. The tables have as many columns as the file says: a cell of the
template stands for all columns of its kind, and its width, against those of the other cells, is kept. What
becomes one with the cell at the left or above is marked by ``{{ gop_trai }}`` and ``{{ gop_tren }}``.
"""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

from build import (
    BREAK,
    SECTION,
    SHORT_RULE,
    STYLES,
    bold,
    cell,
    document,
    each,
    par,
    row,
    rows_for,
    rows_if,
    style,
    table,
    table_text,
    tag,
    texts,
    write,
)

UPRIGHT = 9355
"""Text width of a page that stands: A4 less 30 mm on the left and 15 mm on the right."""
LYING = 14287
"""The same of a page that lies."""
PORTRAIT = 'w:w="11906" w:h="16838"'
LANDSCAPE = 'w:w="16838" w:h="11906" w:orient="landscape"'
"""Wide tables of an appendix may lie (PL-13); the margins stay those of TT-03, as TT-04 advises."""

NUMBER = 700
SHARES = {UPRIGHT: (4300, 2200, 2200), LYING: (5200, 2300, 1950)}
"""A task, a unit or product, a time: in this proportion they share the width, "Tháng 10/2021" on one line."""
NAME, FIGURE, REMARK = 2600, 1000, 1300
"""A unit's name, a figure, a text: in this proportion they share the width of a statistics form."""
LETTERHEAD = (5400, LYING - 5400)
SIGNATURE = (LYING // 2, LYING - LYING // 2)
TAG = 200
"""Width of a cell that holds one tag and vanishes on rendering."""


def form_text(style_id: str, name: str, *, size: float = 12, marks: str = "", align: str = "left") -> str:
    """Write a style of a statistics form, whose many columns need smaller letters (BT-03: 11 points at least)."""
    return style(style_id, name, size=size, marks=marks, align=align, before=2, after=2)


FORM_STYLES = (
    form_text("OBieu", "Ô biểu"),
    form_text("OBieuGiua", "Ô biểu - giữa", align="center"),
    form_text("OBieuSo", "Ô biểu - số", align="right"),
    form_text("OBieuDam", "Ô biểu - đậm", marks="b"),
    form_text("OBieuGiuaDam", "Ô biểu - giữa, đậm", marks="b", align="center"),
    form_text("OBieuSoDam", "Ô biểu - số, đậm", marks="b", align="right"),
    form_text("OBieuDau", "Ô biểu - đầu cột", size=11, marks="b", align="center"),
    style("ChuThich", "Chú thích biểu", size=13, align="both", before=3, keep_next=True),
    table_text("OTenNhom", "Ô bảng - tên nhóm", marks="b", align="center", keep_next=True),
)


def tag_cell(statement: str) -> str:
    """Write a cell that holds one tag and vanishes on rendering."""
    return cell(TAG, par("The", f"{{%tc {statement} %}}"))


def cells_if(*branches: tuple[str, str], otherwise: str) -> str:
    """Keep the cells of the first branch whose condition holds."""
    words = ["if", *["elif"] * (len(branches) - 1)]
    kept = "".join(
        tag_cell(f"{word} {condition}") + cells for word, (condition, cells) in zip(words, branches, strict=True)
    )
    return kept + tag_cell("else") + otherwise + tag_cell("endif")


def cells_for(name: str, words: str, *cells: str) -> str:
    """Repeat cells for every item of the list ``words``."""
    return tag_cell(f"for {name} in {words}") + "".join(cells) + tag_cell("endfor")


def appendix_head(attached: str) -> str:
    """Write the head of an appendix (KT-03) with ``attached``, the line in brackets."""
    title = par("PhuLuc", "{{ phu_luc.nhan }}") + par("TenPhuLuc", "{{ phu_luc.tieu_de }}")
    return title + attached + par("Gach", SHORT_RULE)


# --- the task table of a plan -----------------------------------------------------------------------


def tasks(width: int) -> str:
    """Write the task table, ``width`` wide."""
    content, unit, time = SHARES[width]
    grid = (NUMBER, width - NUMBER - unit - time, unit, time)
    heads = row(
        cell(NUMBER, par("ODau", "{{ bang.ten_cot_stt }}"), middle=True),
        cells_for("cot", "bang.cot", cell(unit, par("ODau", "{{ cot.ten }}"), middle=True)),
        header=True,
    )
    group = row(
        cell(NUMBER, par("OTenNhom", "{{ dong.stt }}")),
        cell(content, par("OMuc", "{{ dong.ten_nhom }}")),
        cells_for("o", "dong.o", cell(unit, par("OMuc", "{{ gop_trai }}"))),
    )

    def line(middle: str, text: str) -> str:
        above = par(text, "{{ gop_tren }}")
        return row(
            cells_if(
                ("dong.la_tiep", cell(NUMBER, par(middle, "{{ gop_tren }}"))),
                otherwise=cell(NUMBER, par(middle, "{{ dong.stt }}")),
            ),
            cells_for(
                "o",
                "dong.o",
                cells_if(
                    ("o.la_noi_dung and dong.la_tiep", cell(content, above)),
                    ("o.la_ghi_chu and dong.la_tiep", cell(unit, above)),
                    ("o.la_noi_dung", cell(content, texts(text, "o.doan"))),
                    ("o.la_thoi_gian", cell(time, texts(text, "o.doan"))),
                    otherwise=cell(unit, texts(text, "o.doan")),
                ),
            ),
        )

    lines = rows_if("loop.last or dong.di_lien", grid, line("OGiuaCuoi", "OCuoi"), otherwise=line("OGiua", "O"))
    return table(
        "BangKe",
        grid,
        heads,
        rows_for("dong", "bang.dong", grid, rows_if("dong.la_nhom", grid, group, otherwise=lines)),
    )


def plan(width: int) -> str:
    """Write the appendix of a plan."""
    number = "{{ van_ban.ten_loai }} số {{ van_ban.so }}/{{ van_ban.ky_hieu }}"
    day = "ngày {{ van_ban.ngay }} tháng {{ van_ban.thang }} năm {{ van_ban.nam|trim }}"
    line_end = (BREAK,) if width == UPRIGHT else ()
    attached = par("KemTheo", f"(Kèm theo {number} {day} ", *line_end, "của {{ van_ban.nguoi_ban_hanh }})")
    return appendix_head(attached) + tasks(width) + par("Het", "./.")


# --- a statistics form ------------------------------------------------------------------------------


def figures() -> str:
    """Write the table of figures."""
    grid = (NUMBER, NAME, LYING - NUMBER - NAME - REMARK, REMARK)

    def head(text: str, width: int = FIGURE) -> str:
        return cell(width, par("OBieuDau", text), middle=True)

    over = row(
        head("STT", NUMBER),
        head("{{ bang.ten_cot_ten }}", NAME),
        cells_for(
            "cot",
            "bang.cot",
            cells_if(
                ("cot.mo_cot_chung", head("{{ cot.cot_chung }}")),
                ("cot.cot_chung", head("{{ gop_trai }}")),
                otherwise=head("{{ cot.ten }}"),
            ),
        ),
        header=True,
    )
    under = row(
        head("{{ gop_tren }}", NUMBER),
        head("{{ gop_tren }}", NAME),
        cells_for(
            "cot",
            "bang.cot",
            cells_if(("cot.cot_chung", head("{{ cot.ten }}")), otherwise=head("{{ gop_tren }}")),
        ),
        header=True,
    )

    def line(number: str, name: str, figure: str, keep: str = "") -> str:
        def kept(style_id: str) -> str:
            return each("o.doan", par(style_id, "{{ doan }}", section=keep))

        return row(
            cell(NUMBER, par(number, "{{ dong.stt }}", section=keep)),
            cell(NAME, par(name, "{{ dong.ten }}", section=keep)),
            cells_for(
                "o",
                "dong.o",
                cells_if(("o.la_chu", cell(REMARK, kept(name))), otherwise=cell(FIGURE, kept(figure))),
            ),
        )

    strong = ("OBieuGiuaDam", "OBieuDam", "OBieuSoDam")
    plain = line("OBieuGiua", "OBieu", "OBieuSo")
    # The head of a group stays with its first unit, and the signatures with the notes or else with the totals (BT-06).
    summed = rows_if("dong.la_nhom or not chu_thich", grid, line(*strong, "<w:keepNext/>"), otherwise=line(*strong))
    return table(
        "BangKe",
        grid,
        over,
        rows_if("bang.co_cot_chung", grid, under),
        rows_for("dong", "bang.dong", grid, rows_if("dong.la_nhom or dong.la_tong", grid, summed, otherwise=plain)),
    )


def statistics() -> str:
    """Write a statistics form."""
    left, right = LETTERHEAD
    unit = each("don_vi", par("TenCoQuan", "{{ dong }}"), name="dong")
    letterhead = table("BangTron", LETTERHEAD, row(cell(left, unit), cell(right, par("O"))))
    notes = (
        tag("if chu_thich")
        + par("ChuThich", bold("Ghi chú:"))
        + each("chu_thich", par("ChuThich", "- {{ ct.so }} {{ ct.noi_dung }}"), name="ct")
        + tag("endif")
    )
    left, right = SIGNATURE
    signature = table(
        "BangTron",
        SIGNATURE,
        row(
            cell(left, par("ChucVu"), par("ChucVu", "{{ lap_bieu.chuc_vu }}"), par("HoTen", "{{ lap_bieu.ho_ten }}")),
            cell(
                right,
                par("DiaDanh", "{{ dia_danh }}, ngày {{ ngay }} tháng {{ thang }} năm {{ nam }}"),
                par("ChucVu", "{{ ky.chuc_vu }}"),
                par("HoTen", "{{ ky.ho_ten }}"),
            ),
        ),
    )
    attached = tag("if kem_theo") + par("KemTheo", "(Kèm theo {{ kem_theo }})") + tag("endif")
    return letterhead + appendix_head(attached) + figures() + notes + par("Cach") + signature


# --- the package ------------------------------------------------------------------------------------


def write_lying(path: Path, title: str, main: str) -> None:
    """Write a template whose page lies."""
    write(path, title, main.replace(PORTRAIT, LANDSCAPE))


def with_form_styles(path: Path) -> None:
    """Add the styles of statistics forms to a template."""
    with zipfile.ZipFile(path) as archive:
        parts = {entry: archive.read(entry) for entry in archive.infolist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for entry, content in parts.items():
            is_styles = entry.filename == "word/styles.xml"
            archive.writestr(
                entry, STYLES.replace("</w:styles>", f"{''.join(FORM_STYLES)}</w:styles>") if is_styles else content
            )


def main(folder: Path) -> None:
    """Write the three templates into ``folder``."""
    title = "Mẫu phụ lục nhiệm vụ của kế hoạch"
    write(folder / "ke-hoach.docx", title, document(plan(UPRIGHT)))
    write_lying(folder / "ke-hoach-ngang.docx", f"{title}, trang ngang", document(plan(LYING)))
    write_lying(folder / "thong-ke.docx", "Mẫu biểu thống kê", document(statistics()))
    for name in ("ke-hoach.docx", "ke-hoach-ngang.docx", "thong-ke.docx"):
        with_form_styles(folder / name)


assert PORTRAIT in SECTION, "the page of build.py is not what is turned here"  # noqa: S101

if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent)
