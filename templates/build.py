"""Make the built-in Word templates: ``python templates/build.py``.

A template is a real .docx that opens in Word, with Jinja2 tags in the docxtpl dialect. It is made
here, from nothing but the standard library, so that a change to it can be read in review and gives
the same bytes on every machine. Measures are in twips (1/20 point; 1 mm = 56.7); rule ids are
those that the tests name for Nghị định 30/2020/NĐ-CP, Phụ lục I and III.
"""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

LETTERHEAD = (3400, 5955)
"""60 + 105 mm: Quốc hiệu in 13 points is 96 mm wide (QH-06, QH-07), a long địa danh with its date more."""
SIGNATURE = (3969, 5386)
BESIDE_SIGNATURE = 8
"""Recipients that stand beside the signature, about as high; its row never breaks over pages (CK-11)."""
CATALOGUE = (700, 5300, 1155, 2200)
FORM = (640, 6105, 1305, 1305)
"""Cell number, text, Bản chính, Bản sao."""
STEPS_CV = (640, 2900, 2150, 1150, 1150, 1365)
"""TT, trình tự, chủ trì, phối hợp, thời gian, kết quả: names of units are long, times are short."""
STEPS_LT = (640, 3450, 2450, 1250, 1565)
"""TT, nội dung, người thực hiện, thời gian, kết quả."""
# These tables are 9355 wide: A4 less 30 mm on the left and 15 mm on the right (TT-01, TT-03, BT-05).
CHANGES = (700, 2600, 4200, 4200, 2587)
"""STT, what changed, as it is, as it becomes, why: 14287, the width of A4 on its broad side with the same margins."""

NATION_RULE = "_" * 43
"""As long as "Độc lập - Tự do - Hạnh phúc" in 14 points (QH-03): 172 points in underscores of 8 points."""
SHORT_RULE = "_" * 20
"""Under "(Kèm theo …)" (PL-12)."""


# --- styles ---------------------------------------------------------------------------------------


def style(  # noqa: PLR0913 - one row of the table below; every column is named at the call
    style_id: str,
    name: str,
    *,
    size: float = 14,
    marks: str = "",
    align: str = "left",
    before: float = 0,
    after: float = 0,
    exact: float = 0,
    indent: int = 0,
    sides: int = 0,
    keep_next: bool = False,
    outline: int | None = None,
    color: str = "",
    hidden: bool = False,
) -> str:
    """Write one paragraph style; sizes and spacing in points, ``marks`` of ``b`` and ``i``."""
    line = f' w:line="{exact * 20:.0f}" w:lineRule="exact"' if exact else ""
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{style_id}"><w:name w:val="{name}"/>'
        '<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>'
        + ("<w:keepNext/>" if keep_next else "")
        + f'<w:spacing w:before="{before * 20:.0f}" w:after="{after * 20:.0f}"{line}/>'
        + (f'<w:ind w:firstLine="{indent}"/>' if indent else "")
        + (f'<w:ind w:left="{sides}" w:right="{sides}"/>' if sides else "")
        + f'<w:jc w:val="{align}"/>'
        + (f'<w:outlineLvl w:val="{outline}"/>' if outline is not None else "")
        + "</w:pPr><w:rPr>"
        + "".join(f"<w:{mark}/><w:{mark}Cs/>" for mark in marks)
        + ("<w:vanish/>" if hidden else "")
        + (f'<w:color w:val="{color}"/>' if color else "")
        + f'<w:sz w:val="{size * 2:.0f}"/><w:szCs w:val="{size * 2:.0f}"/></w:rPr></w:style>'
    )


body = partial(style, align="both", before=6, indent=720)
"""Justified, 1.27 cm in, 6 points apart, single spacing (ND-09 … ND-12)."""
table_text = partial(style, size=13, before=2, after=2)
"""Table text keeps the 13 points of the body's lower bound (BT-03)."""

PARAGRAPH_STYLES = (
    style("The", "Thẻ mẫu", size=8, color="7F7F7F"),  # only on paragraphs that rendering takes away
    style("ChuQuan", "Cơ quan chủ quản", size=13, align="center"),
    style("TenCoQuan", "Tên cơ quan ban hành", size=13, marks="b", align="center"),
    style("QuocHieu", "Quốc hiệu", size=13, marks="b", align="center"),
    style("TieuNgu", "Tiêu ngữ", size=14, marks="b", align="center"),
    style("Gach", "Gạch ngang", size=8, align="center", exact=10, after=7, keep_next=True),
    style("SoKyHieu", "Số, ký hiệu", size=13, align="center"),
    style("DiaDanh", "Địa danh, ngày tháng", size=13, marks="i", align="center"),
    style("TenLoai", "Tên loại văn bản", marks="b", align="center", before=18, keep_next=True),
    style("TrichYeu", "Trích yếu", marks="b", align="center", sides=283, keep_next=True),
    style("ThamQuyen", "Thẩm quyền ban hành", marks="b", align="center", before=12, after=6, keep_next=True),
    body("CanCu", "Căn cứ ban hành", marks="i"),
    style("Lenh", "Quyết định", marks="b", align="center", before=12, after=6, keep_next=True),
    body("Dieu", "Điều"),
    body("DieuCuoi", "Điều cuối", keep_next=True),  # the signature does not stand alone (BT-06)
    style("NoiNhan", "Nơi nhận", size=12, marks="bi", keep_next=True),
    style("NoiNhanMuc", "Nơi nhận - danh sách", size=11),
    style("ChucVu", "Quyền hạn, chức vụ", marks="b", align="center", keep_next=True),
    style("HoTen", "Họ tên người ký", marks="b", align="center", before=70, keep_next=True),
    style("PhuLuc", "Phụ lục", marks="b", align="center", keep_next=True, outline=0),
    style("TenPhuLuc", "Tên phụ lục", marks="b", align="center", keep_next=True),
    style("KemTheo", "Kèm theo", marks="i", align="center", keep_next=True),
    style("TenQuyTrinh", "Tên quy trình", marks="b", before=12, after=6, keep_next=True, outline=1),
    table_text("O", "Ô bảng"),
    table_text("OCuoi", "Ô bảng - dòng cuối", keep_next=True),
    table_text("OGiua", "Ô bảng - giữa", align="center"),
    table_text("OGiuaCuoi", "Ô bảng - giữa, dòng cuối", align="center", keep_next=True),
    table_text("OMuc", "Ô bảng - mục", marks="b", keep_next=True),
    table_text("ODau", "Ô bảng - đầu cột", marks="b", align="center", keep_next=True),
    style("Noi", "Nối hai bảng", size=1, exact=1, keep_next=True, hidden=True),
    style("HetPhan", "Hết phần", size=1, exact=1),
    style("Cach", "Khoảng cách", size=8, exact=12, keep_next=True),
    style("Het", "Kết thúc phụ lục", align="right", before=6),
    style("SoTrang", "Số trang", align="center"),
)

CELL_MARGINS = (
    '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="{0}" w:type="dxa"/>'
    '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="{0}" w:type="dxa"/></w:tblCellMar>'
)


SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
BORDERS = (
    "<w:tblBorders>"
    + "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for side in SIDES)
    + "</w:tblBorders>"
)
TABLE_STYLES = (
    # A form is several tables that look like one; each draws its whole frame, as a page may end between any two.
    '<w:style w:type="table" w:customStyle="1" w:styleId="BangKe"><w:name w:val="Bảng kẻ khung"/>'
    '<w:basedOn w:val="TableNormal"/><w:qFormat/><w:tblPr>'
    + BORDERS
    + CELL_MARGINS.format(68)
    + "</w:tblPr></w:style>",
    '<w:style w:type="table" w:customStyle="1" w:styleId="BangTron"><w:name w:val="Bảng không kẻ"/>'
    '<w:basedOn w:val="TableNormal"/><w:qFormat/><w:tblPr>' + CELL_MARGINS.format(28) + "</w:tblPr></w:style>",
)

STYLES = (
    f'{HEAD}<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr>'
    '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="Times New Roman"'
    ' w:cs="Times New Roman"/><w:sz w:val="28"/><w:szCs w:val="28"/>'
    '<w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>'
    '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/><w:unhideWhenUsed/></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
    + CELL_MARGINS.format(108)
    + "</w:tblPr></w:style>"
    + "".join((*PARAGRAPH_STYLES, *TABLE_STYLES))
    + "</w:styles>"
)


# --- paragraphs, tables, sections -----------------------------------------------------------------


def run(text: str, properties: str = "") -> str:
    """Write one run."""
    formatted = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{formatted}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


BREAK = "<w:r><w:br/></w:r>"
"""A line end inside a paragraph."""


def bold(text: str) -> str:
    """Write one bold run."""
    return run(text, "<w:b/><w:bCs/>")


def par(style_id: str, *content: str, section: str = "") -> str:
    """Write one paragraph; plain text in ``content`` becomes a run."""
    runs = "".join(part if part.startswith("<w:") else run(part) for part in content)
    return f'<w:p><w:pPr><w:pStyle w:val="{style_id}"/>{section}</w:pPr>{runs}</w:p>'


def tag(statement: str) -> str:
    """Write a paragraph that holds one tag and vanishes on rendering."""
    return par("The", f"{{%p {statement} %}}")


def each(words: str, *content: str, name: str = "doan") -> str:
    """Repeat paragraphs for every item of the list ``words``."""
    return tag(f"for {name} in {words}") + "".join(content) + tag("endfor")


def texts(style_id: str, words: str) -> str:
    """Print a text with all its paragraphs."""
    return each(words, par(style_id, "{{ doan }}"))


def cell(width: int, *content: str, span: int = 1, middle: bool = False, merge: str = "") -> str:
    """Write one cell; ``merge`` joins it to those above and below: ``restart`` at the top, ``continue`` under it."""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>'
        + (f'<w:gridSpan w:val="{span}"/>' if span > 1 else "")
        + (f'<w:vMerge w:val="{merge}"/>' if merge else "")
        + ('<w:vAlign w:val="center"/>' if middle else "")
        + f"</w:tcPr>{''.join(content)}</w:tc>"
    )


def row(*cells: str, header: bool = False) -> str:
    """Write one row; it does not split over pages, and a header row repeats (BT-02)."""
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if header else ''}</w:trPr>{''.join(cells)}</w:tr>"


def row_tag(statement: str, grid: tuple[int, ...]) -> str:
    """Write a row that holds one tag and vanishes on rendering."""
    inside = cell(sum(grid), par("The", f"{{%tr {statement} %}}"), span=len(grid))
    return f"<w:tr>{inside}</w:tr>"


def rows_for(name: str, words: str, grid: tuple[int, ...], *rows: str) -> str:
    """Repeat rows for every item of the list ``words``."""
    return row_tag(f"for {name} in {words}", grid) + "".join(rows) + row_tag("endfor", grid)


def rows_if(condition: str, grid: tuple[int, ...], *rows: str, otherwise: str = "") -> str:
    """Keep rows only when ``condition`` holds."""
    other = row_tag("else", grid) + otherwise if otherwise else ""
    return row_tag(f"if {condition}", grid) + "".join(rows) + other + row_tag("endif", grid)


def table(style_id: str, grid: tuple[int, ...], *rows: str) -> str:
    """Write one table of fixed column widths."""
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style_id}"/><w:tblW w:w="{sum(grid)}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0000"/></w:tblPr><w:tblGrid>'
        + "".join(f'<w:gridCol w:w="{width}"/>' for width in grid)
        + f"</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


JOINT = par("Noi")
"""Between two tables that look like one: without a paragraph Word would make them one; hidden, it has no height."""


def section(size: str) -> str:
    """Write the properties of a section: pages count from 1, the first number hidden (TT-09, TT-10, PL-06, PL-07)."""
    return (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId3"/><w:headerReference w:type="first" r:id="rId4"/>'
        f'<w:type w:val="nextPage"/><w:pgSz {size}/>'
        '<w:pgMar w:top="1134" w:right="850" w:bottom="1134" w:left="1701" w:header="567" w:footer="567" w:gutter="0"/>'
        '<w:pgNumType w:start="1"/><w:cols w:space="708"/><w:titlePg/></w:sectPr>'
    )


SECTION = section('w:w="11906" w:h="16838"')
BROAD_SECTION = section('w:w="16838" w:h="11906" w:orient="landscape"')
"""A4 on its broad side, for the wide table of an appendix (TT-02, PL-13)."""


# --- the decision (mẫu 1.3) -----------------------------------------------------------------------


def decision() -> str:
    """Write the decision, from the letterhead to the signature, in a section of its own."""
    left, right = LETTERHEAD
    letterhead = table(
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
            cell(left, par("SoKyHieu", "Số: {{ quyet_dinh.so }}/{{ quyet_dinh.ky_hieu }}")),
            cell(
                right,
                par(
                    "DiaDanh",
                    "{{ co_quan.dia_danh }}, ngày {{ quyet_dinh.ngay }} tháng {{ quyet_dinh.thang }}"
                    " năm {{ quyet_dinh.nam }}",
                ),
            ),
        ),
    )
    articles = each(
        "quyet_dinh.cac_dieu",
        tag("if loop.last"),
        par("DieuCuoi", bold("{{ doan.nhan }}"), "{{ doan.noi_dung }}"),
        tag("else"),
        par("Dieu", bold("{{ doan.nhan }}"), "{{ doan.noi_dung }}"),
        tag("endif"),
    )
    left, right = SIGNATURE
    recipient = par("NoiNhanMuc", "- {{ noi }}")
    signature = table(
        "BangTron",
        SIGNATURE,
        row(
            cell(
                left,
                par("NoiNhan", "Nơi nhận:"),
                each(
                    "quyet_dinh.noi_nhan",
                    tag(f"if loop.index <= {BESIDE_SIGNATURE}"),
                    recipient,
                    tag("endif"),
                    name="noi",
                ),
            ),
            cell(
                right,
                each("quyet_dinh.ky.chuc_vu", par("ChucVu", "{{ dong }}"), name="dong"),
                par("HoTen", "{{ quyet_dinh.ky.ho_ten }}"),
            ),
        ),
        rows_for(
            "noi",
            "quyet_dinh.noi_nhan",
            SIGNATURE,
            rows_if(
                f"loop.index > {BESIDE_SIGNATURE}",
                SIGNATURE,
                row(cell(left, recipient), cell(right, par("NoiNhanMuc"))),
            ),
        ),
    )
    return (
        letterhead
        + par("TenLoai", "QUYẾT ĐỊNH")
        + par("TrichYeu", "{{ quyet_dinh.trich_yeu }}")
        + par("Gach", "{{ quyet_dinh.gach_ngang }}")
        + par("ThamQuyen", "{{ quyet_dinh.tham_quyen }}")
        + texts("CanCu", "quyet_dinh.can_cu")
        + par("Lenh", "QUYẾT ĐỊNH:")
        + articles
        + par("Cach")
        + signature
        + par("HetPhan", section=SECTION)
    )


# --- the appendices (mẫu 2.1) ---------------------------------------------------------------------


def appendix_head(words: str) -> str:
    """Write the head of an appendix (KT-03)."""
    return (
        par("PhuLuc", f"{{{{ {words}.nhan }}}}")
        + par("TenPhuLuc", f"{{{{ {words}.tieu_de }}}}")
        + par(
            "KemTheo",
            "(Kèm theo Quyết định số {{ quyet_dinh.so }}/{{ quyet_dinh.ky_hieu }} ngày {{ quyet_dinh.ngay }}"
            " tháng {{ quyet_dinh.thang }} năm {{ quyet_dinh.nam|trim }} ",
            BREAK,
            "của {{ quyet_dinh.nguoi_ban_hanh }})",
        )
        + par("Gach", SHORT_RULE)
    )


def catalogue(column: str) -> str:
    """Write the danh mục; ``column`` heads its column of names."""
    grid = CATALOGUE
    heads = ("STT", column, "Ký hiệu", "Ghi chú")

    def line(middle: str, text: str) -> str:
        return row(
            cell(grid[0], par(middle, "{{ muc.stt }}")),
            cell(grid[1], par(text, "{{ muc.ten }}")),
            cell(grid[2], par(middle, "{{ muc.ky_hieu }}")),
            cell(grid[3], texts(text, "muc.ghi_chu")),
        )

    return (
        tag("if co_danh_muc")
        + appendix_head("danh_muc")
        + table(
            "BangKe",
            grid,
            row(*(cell(w, par("ODau", head), middle=True) for w, head in zip(grid, heads, strict=True)), header=True),
            rows_for(
                "muc",
                "danh_muc.quy_trinh",
                grid,
                rows_if(
                    "muc.nhom", grid, row(cell(sum(grid), par("OMuc", "{{ muc.so_nhom }}. {{ muc.nhom }}"), span=4))
                ),
                rows_if("loop.last", grid, line("OGiuaCuoi", "OCuoi"), otherwise=line("OGiua", "O")),
            ),
        )
        + tag("if co_noi_dung or co_so_sanh")
        + par("Het", "./.", section=SECTION)
        + tag("else")
        + par("Het", "./.")
        + tag("endif")
        + tag("endif")
    )


def contents(procedure: str) -> str:
    """Write the appendix of contents around ``procedure``, the form of one procedure."""
    heading = par("TenQuyTrinh", "{{ qt.tieu_de }}")
    return (
        tag("if co_noi_dung")
        + appendix_head("noi_dung")
        + each("noi_dung.quy_trinh", heading, procedure, name="qt")
        + tag("if co_so_sanh")
        + par("Het", "./.", section=SECTION)
        + tag("else")
        + par("Het", "./.")
        + tag("endif")
        + tag("endif")
    )


def comparison() -> str:
    """Write the appendix that sets old and new side by side, on broad pages.

    It ends with a break of its section; rendering makes that the end of the document.
    """
    grid = CHANGES
    heads = ("STT", "Nội dung", "Quy định hiện hành", "{{ so_sanh.cot_moi }}", "Lý do")

    def line(middle: str, text: str, weight: Callable[[str], str] = run, reason: str = "") -> str:
        def told(words: str) -> str:
            return each(words, par(text, weight("{{ doan }}")))

        return row(
            cell(grid[0], par(middle, "{{ dong.stt }}")),
            *(
                cell(w, told(f"dong.{word}"))
                for w, word in zip(grid[1:4], ("nhan", "hien_hanh", "sua_doi"), strict=True)
            ),
            cell(grid[4], par(text) if reason == "continue" else told("dong.ly_do"), merge=reason),
        )

    def lines(middle: str, text: str) -> str:
        return (
            row_tag("if dong.la_tong", grid)
            + line("OGiuaCuoi", "OCuoi", bold)
            + row_tag("elif dong.cung_ly_do", grid)
            + line(middle, text, reason="continue")
            + row_tag("else", grid)
            + line(middle, text, reason="restart")
            + row_tag("endif", grid)
        )

    return (
        tag("if co_so_sanh")
        + appendix_head("so_sanh")
        + table(
            "BangKe",
            grid,
            row(*(cell(w, par("ODau", head), middle=True) for w, head in zip(grid, heads, strict=True)), header=True),
            rows_for(
                "nhom",
                "so_sanh.nhom",
                grid,
                row(cell(sum(grid), par("OMuc", "{{ nhom.tieu_de }}"), span=5)),
                rows_for(
                    "dong",
                    "nhom.dong",
                    grid,
                    rows_if("dong.la_cuoi", grid, lines("OGiuaCuoi", "OCuoi"), otherwise=lines("OGiua", "O")),
                ),
            ),
        )
        + par("Het", "./.", section=BROAD_SECTION)
        + tag("endif")
    )


def headed(number: str, title: str, loose: str = "") -> str:
    """Write a row with a title over the full width; ``loose`` are properties of the number's paragraph."""
    return row(cell(FORM[0], par("ODau", number, section=loose)), cell(sum(FORM[1:]), par("OMuc", title), span=3))


def text_row(words: str) -> str:
    """Write a row with a text over the full width."""
    return row(cell(FORM[0], par("OGiua")), cell(sum(FORM[1:]), texts("O", words), span=3))


def dash_row(words: str, middle: str = "OGiua", text: str = "O") -> str:
    """Write a row that lists one text."""
    return row(cell(FORM[0], par(middle, "-")), cell(sum(FORM[1:]), texts(text, words), span=3))


def papers(number: str, title: str, words: str) -> str:
    """Write the rows of the papers, with their columns of marks."""
    return row(
        cell(FORM[0], par("ODau", number)),
        cell(FORM[1], par("OMuc", title)),
        cell(FORM[2], par("ODau", "Bản chính")),
        cell(FORM[3], par("ODau", "Bản sao")),
    ) + rows_for(
        "tl",
        words,
        FORM,
        row(
            cell(FORM[0], par("OGiua", "-")),
            cell(FORM[1], texts("O", "tl.ten")),
            cell(FORM[2], par("OGiua", "{{ tl.ban_chinh }}")),
            cell(FORM[3], par("OGiua", "{{ tl.ban_sao }}")),
        ),
    )


def steps(
    title: tuple[str, str], grid: tuple[int, ...], heads: tuple[str, ...], words: tuple[str, ...], of: str
) -> str:
    """Write the table of steps; its header repeats, which is why it is a table of its own.

    The title, with its number, is part of the header, or it would be left behind at the foot of a page.
    """

    def step(middle: str, text: str) -> str:
        return row(
            cell(grid[0], par(middle, "{{ buoc.nhan }}")),
            *(cell(w, texts(text, f"buoc.{word}")) for w, word in zip(grid[1:], words, strict=True)),
        )

    return table(
        "BangKe",
        grid,
        row(
            cell(grid[0], par("ODau", title[0])),
            cell(sum(grid[1:]), par("OMuc", title[1]), span=len(grid) - 1),
            header=True,
        ),
        row(*(cell(w, par("ODau", head), middle=True) for w, head in zip(grid, heads, strict=True)), header=True),
        rows_for(
            "buoc",
            of,
            grid,
            rows_if("buoc.giai_doan", grid, row(cell(sum(grid), par("OMuc", "{{ buoc.giai_doan }}"), span=len(grid)))),
            rows_if("loop.last", grid, step("OGiuaCuoi", "OCuoi"), otherwise=step("OGiua", "O")),
        ),
    )


def cv_procedure() -> str:
    """Write the form of Phụ lục I."""
    return (
        table(
            "BangKe",
            FORM,
            headed("1", "Mục đích"),
            text_row("qt.muc_dich"),
            headed("2", "Phạm vi"),
            text_row("qt.pham_vi"),
            headed("3", "Nội dung quy trình giải quyết công việc"),
            headed("3.1", "Căn cứ pháp lý"),
            rows_for("muc", "qt.can_cu_phap_ly", FORM, dash_row("muc")),
            papers("3.2", "Các tài liệu phục vụ giải quyết công việc", "qt.tai_lieu"),
            headed("3.3", "Số lượng"),
            text_row("qt.so_luong"),
            headed("3.4", "Thời gian xử lý công việc"),
            text_row("qt.thoi_gian"),
        )
        + JOINT
        + steps(
            ("3.5", "Quy trình xử lý công việc"),
            STEPS_CV,
            ("TT", "Trình tự thực hiện", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian", "Kết quả"),
            ("trinh_tu", "chu_tri", "phoi_hop", "thoi_gian", "ket_qua"),
            "qt.cac_buoc",
        )
        + JOINT
        + table(
            "BangKe",
            FORM,
            rows_if(
                "qt.la_cuoi",
                FORM,
                # LibreOffice keeps a table of nothing but kept rows away from the "./." below it.
                headed("4", "Biểu mẫu/tài liệu", '<w:keepNext w:val="0"/>'),
                otherwise=headed("4", "Biểu mẫu/tài liệu"),
            ),
            rows_for(
                "muc",
                "qt.bieu_mau",
                FORM,
                rows_if(
                    "loop.revindex == 2 or qt.la_cuoi and loop.last",
                    FORM,
                    dash_row("muc", "OGiuaCuoi", "OCuoi"),
                    otherwise=dash_row("muc"),
                ),
            ),
        )
    )


def lt_procedure() -> str:
    """Write the form of Phụ lục II."""
    blank = cell(FORM[0], par("OGiua"))
    wide = sum(FORM[1:])

    def titled(title: str, words: str) -> str:
        return row(blank, cell(wide, par("OMuc", title), texts("O", words), span=3))

    def closing(style_id: str) -> str:
        handed_on = (
            "Cách thức luân chuyển {% if cq.co_quan_sau %}đến {{ cq.co_quan_sau }}"
            "{% else %}kết quả giải quyết cuối cùng{% endif %}:"
        )
        return row(
            blank, cell(wide, par("OMuc", "Kết quả thực hiện tại {{ cq.ten }}:"), texts("O", "cq.ket_qua"), span=3)
        ) + row(blank, cell(wide, par("OMuc", handed_on), texts(style_id, "cq.luan_chuyen"), span=3))

    scope = each(
        "qt.co_quan",
        each("cq.pham_vi", par("O", "{% if loop.first %}- Tại {{ cq.ten }}: {% endif %}{{ doan }}")),
        name="cq",
    )
    agency = (
        table(
            "BangKe",
            FORM,
            headed("{{ cq.stt }}", "Quy trình giải quyết tại {{ cq.ten }}"),
            papers("", "Các tài liệu/hồ sơ", "cq.tai_lieu"),
            titled("Số lượng", "cq.so_luong"),
            titled("Thời gian xử lý công việc tại {{ cq.ten }}", "cq.thoi_gian"),
        )
        + JOINT
        + steps(
            ("", "Quy trình xử lý công việc tại {{ cq.ten }}"),
            STEPS_LT,
            ("TT", "Nội dung công việc cụ thể", "Đơn vị/người thực hiện", "Thời gian thực hiện", "Kết quả"),
            ("noi_dung", "thuc_hien", "thoi_gian", "ket_qua"),
            "cq.cac_buoc",
        )
        + JOINT
        + table(
            "BangKe",
            FORM,
            rows_if("cq.co_quan_sau or qt.la_cuoi", FORM, closing("OCuoi"), otherwise=closing("O")),
        )
        + tag("if cq.co_quan_sau")
        + JOINT
        + tag("endif")
    )
    return (
        table(
            "BangKe",
            FORM,
            headed("1", "Mục đích"),
            text_row("qt.muc_dich"),
            headed("2", "Phạm vi"),
            row(blank, cell(wide, texts("O", "qt.pham_vi"), scope, span=3)),
            headed("3", "Tổng thời gian giải quyết công việc"),
            text_row("qt.thoi_gian"),
            headed("4", "Nội dung quy trình liên thông giải quyết công việc"),
        )
        + JOINT
        + each("qt.co_quan", agency, name="cq")
    )


# --- the package ----------------------------------------------------------------------------------


def header(paragraph: str) -> str:
    """Write a page header."""
    return f'{HEAD}<w:hdr xmlns:w="{W}">{paragraph}</w:hdr>'


def relationships(*targets: tuple[str, str]) -> str:
    """Write a .rels part of (type, target), numbered rId1, rId2 …."""
    return (
        f'{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        + "".join(
            f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
            for number, (kind, target) in enumerate(targets, start=1)
        )
        + "</Relationships>"
    )


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
CONTENT_TYPES = (
    f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    + "".join(
        f'<Override PartName="/{part}" ContentType="{kind}"/>'
        for part, kind in (
            ("word/document.xml", f"{WORD}.document.main+xml"),
            ("word/styles.xml", f"{WORD}.styles+xml"),
            ("word/settings.xml", f"{WORD}.settings+xml"),
            ("word/fontTable.xml", f"{WORD}.fontTable+xml"),
            ("word/theme/theme1.xml", "application/vnd.openxmlformats-officedocument.theme+xml"),
            ("word/header1.xml", f"{WORD}.header+xml"),
            ("word/header2.xml", f"{WORD}.header+xml"),
            ("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
            ("docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml"),
        )
    )
    + "</Types>"
)
SETTINGS = (
    f'{HEAD}<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>'
    '<w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    '</w:compat><w:themeFontLang w:val="vi-VN"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>'
)
FONTS = (
    f'{HEAD}<w:fonts xmlns:w="{W}"><w:font w:name="Times New Roman"><w:panose1 w:val="02020603050405020304"/>'
    '<w:charset w:val="00"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font></w:fonts>'
)
COLOURS = {
    "dk1": "000000", "lt1": "FFFFFF", "dk2": "000000", "lt2": "FFFFFF", "accent1": "4472C4", "accent2": "ED7D31",
    "accent3": "A5A5A5", "accent4": "FFC000", "accent5": "5B9BD5", "accent6": "70AD47", "hlink": "000000",
    "folHlink": "000000",
}  # fmt: skip
FILL = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
TYPEFACE = '<a:latin typeface="Times New Roman"/><a:ea typeface=""/><a:cs typeface=""/>'
THEME = (
    f'{HEAD}<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="qtnb"><a:themeElements>'
    '<a:clrScheme name="qtnb">'
    + "".join(f'<a:{name}><a:srgbClr val="{colour}"/></a:{name}>' for name, colour in COLOURS.items())
    + f'</a:clrScheme><a:fontScheme name="qtnb"><a:majorFont>{TYPEFACE}</a:majorFont>'
    f'<a:minorFont>{TYPEFACE}</a:minorFont></a:fontScheme><a:fmtScheme name="qtnb"><a:fillStyleLst>{FILL * 3}'
    f"</a:fillStyleLst><a:lnStyleLst>{f'<a:ln>{FILL}</a:ln>' * 3}</a:lnStyleLst>"
    f"<a:effectStyleLst>{'<a:effectStyle><a:effectLst/></a:effectStyle>' * 3}</a:effectStyleLst>"
    f"<a:bgFillStyleLst>{FILL * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
)
"""Nothing uses it; Word expects it."""
CORE = (
    f'{HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{0}</dc:title><dc:language>vi-VN</dc:language>'
    "</cp:coreProperties>"
)
APP = (
    f'{HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>qtnb</Application></Properties>"
)


def document(*blocks: str) -> str:
    """Write the main part."""
    return f'{HEAD}<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{"".join(blocks)}{SECTION}</w:body></w:document>'


def write(path: Path, title: str, main: str) -> None:
    """Write one template; entries are stored as they are, since compressed bytes differ between zlib builds."""
    package = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    page = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>2</w:t></w:r></w:fldSimple>'
    parts = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": relationships(
            (f"{R}/officeDocument", "word/document.xml"),
            (package, "docProps/core.xml"),
            (f"{R}/extended-properties", "docProps/app.xml"),
        ),
        "word/document.xml": main,
        "word/_rels/document.xml.rels": relationships(
            (f"{R}/styles", "styles.xml"),
            (f"{R}/settings", "settings.xml"),
            (f"{R}/header", "header1.xml"),
            (f"{R}/header", "header2.xml"),
            (f"{R}/fontTable", "fontTable.xml"),
            (f"{R}/theme", "theme/theme1.xml"),
        ),
        "word/styles.xml": STYLES,
        "word/settings.xml": SETTINGS,
        "word/fontTable.xml": FONTS,
        "word/theme/theme1.xml": THEME,
        "word/header1.xml": header(par("SoTrang", page)),
        "word/header2.xml": header(par("SoTrang")),
        "docProps/core.xml": CORE.format(escape(title)),
        "docProps/app.xml": APP,
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system = 0
            archive.writestr(entry, text.encode())


def main(folder: Path) -> None:
    """Write both templates into ``folder``."""
    write(
        folder / "quyet-dinh-cv.docx",
        "Mẫu quyết định phê duyệt quy trình giải quyết công việc nội bộ",
        document(
            decision(), catalogue("Quy trình nội bộ giải quyết công việc"), contents(cv_procedure()), comparison()
        ),
    )
    write(
        folder / "quyet-dinh-lt.docx",
        "Mẫu quyết định phê duyệt quy trình liên thông giải quyết công việc nội bộ",
        document(
            decision(), catalogue("Quy trình liên thông giải quyết công việc"), contents(lt_procedure()), comparison()
        ),
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent)
