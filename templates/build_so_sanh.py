"""Make the Word template of a comparison: ``python templates/build_so_sanh.py``.

As :mod:`build`, from which its pieces come: the table is that of a decision's appendix, on broad pages, with a
letterhead and a title of its own.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from build import (
    BROAD_SECTION,
    CHANGES,
    HEAD,
    NATION_RULE,
    SHORT_RULE,
    R,
    W,
    bold,
    cell,
    each,
    par,
    row,
    rows_for,
    rows_if,
    run,
    table,
    tag,
    texts,
    write,
)

NO_SPLIT = "<w:trPr><w:cantSplit/></w:trPr>"
MANY = 5
"""Paragraphs from which on a row may split over pages."""
LETTERHEAD = (5600, 14287 - 5600)


def letterhead() -> str:
    """Write the agency and the nation; a comparison has no number and no date."""
    left, right = LETTERHEAD
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
    )


def line(middle: str, text: str, weight: Callable[[str], str] = run, reason: str = "") -> str:
    """Write one row of the table; ``reason`` joins its last cell to those above and below."""

    def told(words: str) -> str:
        return each(words, par(text, weight("{{ doan }}")))

    return row(
        cell(CHANGES[0], par(middle, "{{ dong.stt }}")),
        *(
            cell(width, told(f"dong.{word}"))
            for width, word in zip(CHANGES[1:4], ("nhan", "hien_hanh", "sua_doi"), strict=True)
        ),
        cell(CHANGES[4], par(text) if reason == "continue" else told("dong.ly_do"), merge=reason),
    )


def lines(middle: str, text: str) -> str:
    """Write a row as it is for a total, for a reason said before, and for any other change.

    One of many paragraphs, such as a whole procedure that is added, may split: a page that lies is low.
    """
    again, first = line(middle, text, reason="continue"), line(middle, text, reason="restart")
    changed = rows_if("dong.cung_ly_do", CHANGES, again, otherwise=first)
    many = f"dong.hien_hanh|length > {MANY} or dong.sua_doi|length > {MANY}"
    return rows_if(
        "dong.la_tong",
        CHANGES,
        line(middle, text, bold),
        otherwise=rows_if(many, CHANGES, changed.replace(NO_SPLIT, ""), otherwise=changed),
    )


def comparison() -> str:
    """Write the title and the table."""
    heads = ("STT", "Nội dung", "Hiện hành", "Sửa đổi, bổ sung", "Lý do")
    return (
        letterhead()
        + par("Cach")
        + par("TenPhuLuc", "BẢNG SO SÁNH")
        + par("TenPhuLuc", "{{ tieu_de }}")
        + par("KemTheo", "(Hiện hành: {{ ban_cu }}; sửa đổi, bổ sung: {{ ban_moi }})")
        + par("Gach", SHORT_RULE)
        + tag("if nhom")
        + table(
            "BangKe",
            CHANGES,
            row(*(cell(w, par("ODau", it), middle=True) for w, it in zip(CHANGES, heads, strict=True)), header=True),
            rows_for(
                "nhom_qt",
                "nhom",
                CHANGES,
                row(cell(sum(CHANGES), par("OMuc", "{{ nhom_qt.tieu_de }}"), span=len(CHANGES))),
                rows_for(
                    "dong",
                    "nhom_qt.dong",
                    CHANGES,
                    rows_if("dong.la_cuoi", CHANGES, lines("OGiuaCuoi", "OCuoi"), otherwise=lines("OGiua", "O")),
                ),
            ),
        )
        + tag("else")
        + par("Dieu", "Không có quy trình nào thay đổi.")
        + tag("endif")
        + texts("Dieu", "ghi_chu")
        + par("Het", "./.")
    )


def main(folder: Path) -> None:
    """Write the template into ``folder``."""
    body = f'<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{comparison()}{BROAD_SECTION}</w:body></w:document>'
    write(folder / "so-sanh.docx", "Mẫu bảng so sánh quy trình", HEAD + body)


assert NO_SPLIT in row(), "the rows of build.py are not those that may split here"  # noqa: S101

if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent)
