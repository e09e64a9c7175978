"""Writes the workbook and the report of a city: ``whole_report.py OUT``.

The tables are of the size that 30,000 procedures in 150 kho give: by agency, level and lĩnh vực, the work common to
many agencies and what is particular to one, the hand-overs between agencies; with charts of all agencies.
"""

from __future__ import annotations

import random
import sys
from fractions import Fraction
from pathlib import Path

from qtnb.model import CoQuan
from qtnb.render import TemplateStore
from qtnb.render.report import write_report
from qtnb.resources import data_folder
from qtnb.tabular.bars import Chart, count_charts, progress_charts
from qtnb.tabular.matrix import matrix_chart
from qtnb.tabular.table import Cell, Cells, Column, Group, Kind, Table
from qtnb.tabular.xlsx import About, write_workbook
from qtnb.words.reporting import BaoCao, Muc

AGENCIES, LINH_VUC, COMMON, PARTICULAR = 150, 400, 3_000, 6_000
COUNTS = ("cv", "lt", "tong", "co_noi_dung", "da_phe_duyet", "qua_han", "buoc")


def figures(key: str, rows: int, groups: tuple[str, ...] = ("",)) -> Table:
    """A table of counts, an amount and a ratio."""
    chance = random.Random(key)

    def row(number: int) -> Cells:
        counts: dict[str, Cell] = {count: chance.randrange(400) for count in COUNTS}
        return {"ten": f"Ủy ban nhân dân phường thứ {number}", **counts, "ngay": Fraction(chance.randrange(10**6), 480)}

    columns = (
        Column("ten", "Tên"),
        *(Column(count, f"Số {count.replace('_', ' ')}", Kind.COUNT, over="Quy trình") for count in COUNTS),
        Column("ngay", "Tổng thời gian", Kind.AMOUNT),
        Column("ty_le", "Tỷ lệ phê duyệt", Kind.RATIO, numerator="da_phe_duyet", denominator="tong"),
    )
    share = rows // len(groups)
    parts = tuple(
        Group(label, f"Nhóm {label}", tuple(row(at * share + number) for number in range(share)))
        for at, label in enumerate(groups)
    )
    return Table(key, f"Số liệu theo {key}", columns, parts)


def work(key: str, rows: int) -> Table:
    """A list of work."""
    columns = (
        Column("ten", "Tên công việc"),
        Column("co_quan", "Số cơ quan", Kind.COUNT),
        Column("ngan_nhat", "Ngắn nhất", Kind.AMOUNT, over="Thời gian", summed=False),
        Column("dai_nhat", "Dài nhất", Kind.AMOUNT, over="Thời gian", summed=False),
        Column("dai_nhat_o", "Nơi dài nhất"),
    )
    listed: tuple[Cells, ...] = tuple(
        {
            "ten": f"Tiếp nhận, xử lý và trình duyệt văn bản về việc thứ {number} theo chức năng, nhiệm vụ được giao",
            "co_quan": number % AGENCIES,
            "ngan_nhat": Fraction(number % 16, 8),
            "dai_nhat": Fraction(number % 300, 8),
            "dai_nhat_o": f"Ủy ban nhân dân xã thứ {number % AGENCIES}",
        }
        for number in range(rows)
    )
    return Table(key, f"Danh mục {key}", columns, (Group("", "", listed),), total="")


def handovers() -> Table:
    """From every agency to every other."""
    chance = random.Random(3)
    columns = tuple(Column(f"den_{at}", f"Cơ quan thứ {at}", Kind.COUNT) for at in range(AGENCIES))
    rows: tuple[Cells, ...] = tuple(
        {"tu": f"Cơ quan thứ {at}"} | {column.key: chance.randrange(9) for column in columns} for at in range(AGENCIES)
    )
    return Table("luan_chuyen", "Luân chuyển", (Column("tu", "Từ"), *columns), (Group("", "", rows),))


def main() -> None:
    out = Path(sys.argv[1])
    agencies, matrix = figures("co_quan", AGENCIES, ("A", "B")), handovers()
    lists = (
        figures("cap", 3),
        figures("linh_vuc", LINH_VUC),
        work("cong_viec_chung", COMMON),
        work("dac_thu", PARTICULAR),
    )
    write_workbook(out / "so-lieu.xlsx", (agencies, *lists, matrix), About("Số liệu"))
    charts = (
        *count_charts(agencies, Chart("so-quy-trinh", "Số quy trình", ("cv", "lt"))),
        *progress_charts(agencies, Chart("tien-do", "Tiến độ", ("co_noi_dung", "da_phe_duyet"), "tong")),
        matrix_chart(matrix, "luan-chuyen"),
    )
    office = CoQuan("Văn phòng", ("VĂN PHÒNG",), "", "VP", "so", "Hà Nội", "Chánh Văn phòng")
    bao_cao = BaoCao(office, "Kết quả", ("Chủ tịch",), (Muc("", ("Kính báo cáo",)),), (agencies, *lists), charts)
    write_report(out / "bao-cao.docx", bao_cao, TemplateStore(data_folder("templates")), out)


if __name__ == "__main__":
    main()
