"""Tables for tests: a city of 146 agencies with made-up counts, and small tables with everything a table can hold."""

from __future__ import annotations

import datetime as dt
import random
from fractions import Fraction

from qtnb.tabular.table import Cell, Cells, Column, Group, Kind, Table

NGAY = dt.date(2026, 11, 22)

_SO = (
    "Văn phòng Ủy ban nhân dân Thành phố; Sở Nội vụ; Sở Tài chính; Sở Xây dựng; Sở Tư pháp; Sở Y tế; "
    "Sở Công Thương; Sở Du lịch; Sở Ngoại vụ; Sở Giáo dục và Đào tạo; Sở Khoa học và Công nghệ; "
    "Sở Nông nghiệp và Môi trường; Sở Văn hóa và Thể thao; Sở Quy hoạch - Kiến trúc; Sở Dân tộc và Tôn giáo; "
    "Thanh tra Thành phố; Trung tâm Phục vụ hành chính công; Ban Quản lý các khu công nghệ cao và khu công nghiệp; "
    "Viện Nghiên cứu phát triển kinh tế - xã hội; Trung tâm Xúc tiến Đầu tư, Thương mại, Du lịch"
)
SO = _SO.split("; ")
_PHUONG = (
    "Hoàn Kiếm, Cửa Nam, Ba Đình, Ngọc Hà, Giảng Võ, Hai Bà Trưng, Vĩnh Tuy, Bạch Mai, Đống Đa, Kim Liên, "
    "Văn Miếu - Quốc Tử Giám, Láng, Ô Chợ Dừa, Hồng Hà, Lĩnh Nam, Hoàng Mai, Vĩnh Hưng, Tương Mai, Định Công, "
    "Hoàng Liệt, Yên Sở, Thanh Xuân, Khương Đình, Phương Liệt, Cầu Giấy, Nghĩa Đô, Yên Hòa, Tây Hồ, Phú Thượng, "
    "Tây Tựu, Phú Diễn, Xuân Đỉnh, Đông Ngạc, Thượng Cát, Từ Liêm, Xuân Phương, Tây Mỗ, Đại Mỗ, Long Biên, Bồ Đề, "
    "Việt Hưng, Phúc Lợi, Hà Đông, Dương Nội, Yên Nghĩa, Phú Lương, Kiến Hưng, Thanh Liệt, Chương Mỹ, Sơn Tây, "
    "Tùng Thiện"
)
PHUONG = _PHUONG.split(", ")
_XA = (
    "Thanh Trì, Đại Thanh, Nam Phù, Ngọc Hồi, Thượng Phúc, Thường Tín, Chương Dương, Hồng Vân, Phú Xuyên, "
    "Phượng Dực, Chuyên Mỹ, Đại Xuyên, Thanh Oai, Bình Minh, Tam Hưng, Dân Hòa, Vân Đình, Ứng Thiên, Hòa Xá, "
    "Ứng Hòa, Mỹ Đức, Hồng Sơn, Phúc Sơn, Hương Sơn, Phú Nghĩa, Xuân Mai, Trần Phú, Hòa Phú, Quảng Bị, Minh Châu, "
    "Quảng Oai, Vật Lại, Cổ Đô, Bất Bạt, Suối Hai, Ba Vì, Yên Bài, Đoài Phương, Phúc Thọ, Phúc Lộc, Hát Môn, "
    "Thạch Thất, Hạ Bằng, Tây Phương, Hòa Lạc, Yên Xuân, Quốc Oai, Hưng Đạo, Kiều Phú, Phú Cát, Hoài Đức, "
    "Dương Hòa, Sơn Đồng, An Khánh, Đan Phượng, Ô Diên, Liên Minh, Gia Lâm, Thuận An, Bát Tràng, Phù Đổng, "
    "Thư Lâm, Đông Anh, Phúc Thịnh, Thiên Lộc, Vĩnh Thanh, Mê Linh, Yên Lãng, Tiến Thắng, Quang Minh, Sóc Sơn, "
    "Đa Phúc, Nội Bài, Trung Giã, Kim Anh"
)
XA = _XA.split(", ")

COUNTS = (
    Column("cv", "CV", Kind.COUNT, over="Số quy trình"),
    Column("lt", "LT", Kind.COUNT, over="Số quy trình"),
    Column("tong", "Tổng số", Kind.COUNT, over="Số quy trình"),
    Column("co_noi_dung", "Đã có nội dung", Kind.COUNT, over="Tiến độ thực hiện"),
    Column("da_phe_duyet", "Đã phê duyệt (1)", Kind.COUNT, over="Tiến độ thực hiện"),
    Column(
        "ty_le", "Tỷ lệ đã phê duyệt (2)", Kind.RATIO,
        over="Tiến độ thực hiện", numerator="da_phe_duyet", denominator="tong",
    ),
    Column("qua_han", "Quá hạn", Kind.COUNT, over="Tiến độ thực hiện"),
    Column("buoc", "Số bước", Kind.COUNT),
    Column("ngay", "Tổng thời gian (ngày làm việc)", Kind.AMOUNT),
)  # fmt: skip
FOOTNOTES = (
    "Số quy trình đã được người có thẩm quyền phê duyệt nội dung, tính đến ngày lập biểu;",
    "Tỷ lệ số quy trình đã phê duyệt nội dung so với tổng số quy trình; để trống khi cơ quan chưa có danh mục.",
)


def _chance(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - the same figures in every run


def city() -> Table:
    """The 20 departments and 126 communes of Hà Nội, in groups A and B."""
    chance = _chance(97)
    return Table(
        "co_quan",
        "Kết quả xây dựng, phê duyệt quy trình giải quyết công việc nội bộ theo cơ quan",
        (Column("ten", "Tên cơ quan"), *COUNTS, Column("ghi_chu", "Ghi chú")),
        (
            Group("A", "Sở, cơ quan tương đương sở", tuple(_figures(name, chance, 90) for name in SO)),
            Group(
                "B",
                "Ủy ban nhân dân cấp xã",
                tuple(
                    _figures(f"Ủy ban nhân dân {kind} {name}", chance, 60)
                    for kind, names in (("phường", PHUONG), ("xã", XA))
                    for name in names
                ),
            ),
        ),
        footnotes=FOOTNOTES,
        sheet="Theo cơ quan",
    )


def _figures(name: str, chance: random.Random, most: int) -> Cells:
    cv, lt = chance.randrange(most), chance.randrange(9)
    if chance.random() < 0.03:
        cv = lt = 0
    content = chance.randint(0, cv + lt)
    approved = chance.randint(0, content)
    steps = content * 7 + chance.randint(0, content)
    row: dict[str, Cell] = {
        "ten": name, "cv": cv, "lt": lt, "tong": cv + lt, "co_noi_dung": content, "da_phe_duyet": approved,
        "qua_han": chance.randint(0, cv + lt - approved), "buoc": steps,
        "ngay": Fraction(steps * chance.randint(300, 900), 480) if content else None,
        "ghi_chu": "" if cv else "Chưa gửi danh mục",
    }  # fmt: skip
    return row


def levels() -> Table:
    """Few rows, in groups I and II, one of them empty."""
    chance = _chance(5)
    return Table(
        "cap",
        "Kết quả theo cấp",
        (Column("ten", "Cấp"), *COUNTS),
        (
            Group("I", "Cấp Thành phố", (_figures("Sở, ngành", chance, 900),)),
            Group("II", "Cấp xã", (_figures("Phường", chance, 2000), _figures("Xã", chance, 3000))),
            Group("III", "Cấp huyện", ()),
        ),
        footnotes=FOOTNOTES,
        sheet="Theo cấp",
    )


def common_work(count: int) -> Table:
    """A long list without totals."""
    chance = _chance(11)
    work = (
        "Tiếp nhận, xử lý văn bản đến",
        "Phát hành văn bản đi",
        "Giải quyết nghỉ phép của công chức, người lao động",
    )
    rows: tuple[Cells, ...] = tuple(
        {
            "ten": f"{work[number % 3]}, mức {number // 3 + 1}",
            "so_co_quan": chance.randint(2, 146),
            "ngan_nhat": Fraction(chance.randint(1, 8), 8),
            "trung_vi": Fraction(chance.randint(8, 40), 8),
            "dai_nhat": Fraction(chance.randint(40, 160), 3),
            "dai_nhat_o": f"Ủy ban nhân dân xã {XA[number % len(XA)]}",
            "ngay_sua": NGAY - dt.timedelta(days=number % 700),
        }
        for number in range(count)
    )
    return Table(
        "cong_viec_chung",
        "Danh mục công việc chung của nhiều cơ quan",
        (
            Column("ten", "Tên công việc"),
            Column("so_co_quan", "Số cơ quan", Kind.COUNT),
            Column("ngan_nhat", "Ngắn nhất", Kind.AMOUNT, over="Thời gian (ngày làm việc)", summed=False),
            Column("trung_vi", "Trung vị", Kind.AMOUNT, over="Thời gian (ngày làm việc)", summed=False),
            Column("dai_nhat", "Dài nhất", Kind.AMOUNT, over="Thời gian (ngày làm việc)", summed=False),
            Column("dai_nhat_o", "Cơ quan có thời gian dài nhất"),
            Column("ngay_sua", "Sửa gần nhất", Kind.DATE),
        ),
        (Group("", "", rows),),
        total="",
        sheet="Công việc chung",
    )


def handovers(count: int = 12) -> Table:
    """A matrix: how many LT procedures pass from the agency of the row to that of the column."""
    chance = _chance(3)
    names = [*SO, *(f"Phường {name}" for name in PHUONG)][:count]
    columns = tuple(Column(f"den_{number}", name, Kind.COUNT) for number, name in enumerate(names))
    rows = tuple(
        {"tu": name} | {column.key: max(0, chance.randint(-60, 30)) for column in columns if column.title != name}
        for name in names
    )
    return Table(
        "luan_chuyen",
        "Số lần luân chuyển hồ sơ giữa các cơ quan trong quy trình liên thông",
        (Column("tu", "Từ cơ quan"), *columns),
        (Group("", "", rows),),
        sheet="Luân chuyển",
    )
