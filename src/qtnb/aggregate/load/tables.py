"""The tables of responsibility and load."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from string import ascii_uppercase
from typing import Final

from qtnb.aggregate.figures import Sums
from qtnb.aggregate.levels import ORDER, level_title
from qtnb.aggregate.load.adding import Load, Loads
from qtnb.aggregate.load.agencies import Body
from qtnb.aggregate.load.assigned import Assigned
from qtnb.aggregate.standing import When
from qtnb.aggregate.tables import NAME
from qtnb.tabular.table import Cell, Cells, Column, Group, Kind, Table
from qtnb.words.writing import roman

AGENCIES: Final = "khoi_luong"
UNITS: Final = "don_vi"
DOERS: Final = "nguoi_thuc_hien"
HANDOVERS: Final = "luan_chuyen"
MATRIX: Final = "ma_tran_luan_chuyen"
ASSIGNED: Final = "phan_cong"
"""Keys of the tables."""

_PROCEDURES, _STEPS, _TIME = "Số quy trình (1)", "Số bước (2)", "Thời gian được giao (3)"
_FIGURES: Final = (
    # A procedure has many doers: over several of them its counts mean nothing.
    Column("quy_trinh_chu_tri", "Chủ trì", Kind.COUNT, _PROCEDURES, summed=False),
    Column("quy_trinh_phoi_hop", "Phối hợp", Kind.COUNT, _PROCEDURES, summed=False),
    Column("buoc_chu_tri", "Chủ trì", Kind.COUNT, _STEPS),
    Column("buoc_phoi_hop", "Phối hợp", Kind.COUNT, _STEPS),
    Column("ngay_lam_viec", "Ngày làm việc", Kind.AMOUNT, _TIME),
    Column("ngay", "Ngày", Kind.AMOUNT, _TIME),
    Column("thang", "Tháng", Kind.AMOUNT, _TIME),
    Column("khong_ghi", "Không ghi (4)", Kind.COUNT, _TIME),
    Column("khong_tinh_duoc", "Không tính được (4)", Kind.COUNT, _TIME),
)
_PASSED: Final = (
    Column("luot_chuyen_di", "Chuyển đi", Kind.COUNT, "Lượt chuyển liên thông"),
    Column("luot_chuyen_den", "Nhận đến", Kind.COUNT, "Lượt chuyển liên thông"),
)
_PROCEDURES_NOTE: Final = (
    "Quy trình có ít nhất một bước do {} chủ trì, phối hợp; một quy trình có ở nhiều dòng nên không cộng."
)
_TIME_NOTES: Final = (
    "Của các bước chủ trì, kể cả bước song song; không cộng ngày làm việc với ngày (tính cả ngày nghỉ) và tháng.",
    "Số bước chủ trì để trống thời gian; số bước ghi bằng lời, ước chừng, hoặc không rõ số lượng hay đơn vị.",
)
_LISTING_NOTE: Final = (
    "“Ngoài danh sách”: kho có danh sách don_vi mà không có tên này; “Ghi chung”: không rõ là đơn vị nào."
)
_NO_KHO: Final = "Cơ quan khác có trong quy trình liên thông"
_WITHOUT_KHO: Final = "{} (không có kho)"
_MOST_COLUMNS: Final = 14
"""Agencies that have a column of their own in the matrix, as many as can be read on paper; those that receive less
share one. The list of hand-overs has all of them."""


def load_tables(loads: Loads, when: When) -> tuple[Table, ...]:
    """Every table but that of assignments, in order."""
    return _agencies(loads, when), _units(loads), _doers(loads), _handovers(loads), _matrix(loads)


def assigned_table(assigned: Iterable[tuple[Body, Sequence[Assigned]]]) -> Table:
    """Who leads and supports which steps of which procedures, agency by agency."""
    columns = (
        Column(NAME, "Người thực hiện"),
        Column("don_vi", "Đơn vị"),
        Column("ky_hieu", "Ký hiệu"),
        Column("quy_trinh", "Quy trình"),
        Column("kho", "Quy trình của"),
        Column("chu_tri", "Chủ trì", over="Các bước (1)"),
        Column("phoi_hop", "Phối hợp", over="Các bước (1)"),
    )
    parts = [(_title(body), [_assigned_row(item) for item in items]) for body, items in assigned]
    note = "Bước của cơ quan đó; cơ quan tham gia quy trình liên thông nhiều lượt thì bước được đánh số lại ở mỗi lượt."
    title = "Phân công từng bước của từng quy trình"
    return Table(ASSIGNED, title, columns, _numbered(parts), total="", footnotes=(note,), sheet="Phân công")


def _agencies(loads: Loads, when: When) -> Table:
    columns = (Column(NAME, "Cơ quan"), Column("so_don_vi", "Số đơn vị", Kind.COUNT), *_FIGURES, *_PASSED)
    sent, taken = Counter[Body](), Counter[Body]()
    for item in loads.chuyen:
        sent[item.tu] += item.luot
        taken[item.den] += item.luot
    groups: list[Group] = []
    for cap in (*ORDER, ""):
        rows: list[Cells] = []
        for load in loads.co_quan:
            if load.co_quan.cap == cap:
                row: dict[str, Cell] = {NAME: load.co_quan.ten, "so_don_vi": len(load.don_vi)}
                row |= _figures(load.sums)
                rows.append({**row, "luot_chuyen_di": sent[load.co_quan], "luot_chuyen_den": taken[load.co_quan]})
        if rows:
            title = level_title(cap, when.ngay) if cap else _NO_KHO
            groups.append(Group(ascii_uppercase[len(groups)], title, tuple(rows)))
    steps = "Bước nêu nhiều người của một cơ quan tính một lần cho cơ quan đó."
    notes = (_PROCEDURES_NOTE.format("cơ quan"), steps, *_TIME_NOTES)
    title = "Khối lượng công việc theo cơ quan"
    return Table(AGENCIES, title, columns, tuple(groups), footnotes=notes, sheet="Khối lượng")


def _units(loads: Loads) -> Table:
    columns = (Column(NAME, "Đơn vị"), *_FIGURES, Column("ghi_chu", "Ghi chú (5)"))
    parts = [(_title(load.co_quan), [_load_row(unit) for unit in load.don_vi]) for load in loads.co_quan]
    steps = "Tính cả bước của người thuộc đơn vị (“Lãnh đạo Phòng A”); bước nêu nhiều đơn vị tính cho từng đơn vị."
    notes = (_PROCEDURES_NOTE.format("đơn vị"), steps, *_TIME_NOTES, _LISTING_NOTE)
    title = "Trách nhiệm và khối lượng công việc theo đơn vị"
    return Table(UNITS, title, columns, _numbered(parts), footnotes=notes, sheet="Đơn vị")


def _doers(loads: Loads) -> Table:
    columns = (
        Column(NAME, "Người thực hiện"),
        Column("don_vi", "Đơn vị"),
        *_FIGURES,
        Column("ghi_chu", "Ghi chú (5)"),
    )
    parts = [
        (_title(load.co_quan), [_load_row(doer) | {"don_vi": doer.don_vi} for doer in load.nguoi])
        for load in loads.co_quan
    ]
    steps = "Bước nêu nhiều người thì tính cho từng người."
    notes = (_PROCEDURES_NOTE.format("người đó"), steps, *_TIME_NOTES, _LISTING_NOTE)
    title = "Trách nhiệm và khối lượng công việc theo người thực hiện"
    return Table(DOERS, title, columns, _numbered(parts), footnotes=notes, sheet="Người thực hiện")


def _handovers(loads: Loads) -> Table:
    columns = (
        Column("tu", "Từ cơ quan"),
        Column("den", "Đến cơ quan"),
        Column("so_quy_trinh", "Số quy trình (1)", Kind.COUNT, summed=False),
        Column("so_luot", "Số lượt chuyển (1)", Kind.COUNT),
    )
    rows: tuple[Cells, ...] = tuple(
        {"tu": item.tu.ten, "den": item.den.ten, "so_quy_trinh": item.quy_trinh, "so_luot": item.luot}
        for item in loads.chuyen
    )
    note = "Một quy trình chuyển hai lần giữa hai cơ quan là hai lượt; một quy trình có ở nhiều dòng nên không cộng."
    title = "Luân chuyển giữa các cơ quan trong quy trình liên thông"
    return Table(HANDOVERS, title, columns, (Group("", "", rows),), footnotes=(note,), sheet="Luân chuyển")


def _matrix(loads: Loads) -> Table:
    """Hand-overs from the agency of the row to that of the column."""
    taken = Counter({item.den: 0 for item in loads.chuyen})
    passed: dict[Body, Counter[Body]] = {}
    for item in loads.chuyen:
        taken[item.den] += item.luot
        passed.setdefault(item.tu, Counter())[item.den] += item.luot
    order = [load.co_quan for load in loads.co_quan if load.co_quan in taken]
    # Python's sort keeps agencies that receive equally much in their order.
    most = set(sorted(order, key=lambda body: -taken[body])[:_MOST_COLUMNS])
    others = [body for body in order if body not in most]
    columns = {f"den_{number}": body for number, body in enumerate((b for b in order if b in most), start=1)}
    rows: list[Cells] = []
    for body, counts in passed.items():
        # Most pairs of agencies have nothing to do with each other, and zeros would hide the others.
        fields = {key: counts[taker] or None for key, taker in columns.items()}
        others_sum = sum(counts[other] for other in others) or None
        rows.append({"tu": body.ten, **fields, "den_khac": others_sum, "tong": counts.total()})
    over = "Đến cơ quan"
    return Table(
        MATRIX,
        "Ma trận luân chuyển giữa các cơ quan trong quy trình liên thông (số lượt chuyển)",
        (
            Column("tu", "Từ cơ quan"),
            *(Column(key, body.ten, Kind.COUNT, over) for key, body in columns.items()),
            *([Column("den_khac", f"Khác ({len(others)})", Kind.COUNT, over)] if others else []),
            Column("tong", "Tổng số", Kind.COUNT),
        ),
        (Group("", "", tuple(rows)),),
        footnotes=("Ô trống: không có lượt chuyển nào.",),
        sheet="Ma trận luân chuyển",
    )


def _load_row(load: Load) -> dict[str, Cell]:
    return {NAME: load.ten} | _figures(load.sums) | {"ghi_chu": load.listing.value}


def _figures(sums: Sums) -> dict[str, Cell]:
    return {column.key: sums.get(column.key, 0) for column in _FIGURES}


def _assigned_row(item: Assigned) -> Cells:
    return {
        NAME: item.ten,
        "don_vi": item.don_vi,
        "ky_hieu": item.quy_trinh.ky_hieu,
        "quy_trinh": item.quy_trinh.ten,
        "kho": item.kho,
        "chu_tri": item.chu_tri,
        "phoi_hop": item.phoi_hop,
    }


def _title(body: Body) -> str:
    return body.ten if body.cap else _WITHOUT_KHO.format(body.ten)


def _numbered(parts: Iterable[tuple[str, Sequence[Cells]]]) -> tuple[Group, ...]:
    """The agencies that have rows, under Roman numerals."""
    filled = [(title, rows) for title, rows in parts if rows]
    return tuple(Group(roman(number), title, tuple(rows)) for number, (title, rows) in enumerate(filled, start=1))
