"""What the tables tell of, whether their rows are agencies or lĩnh vực: heads, columns, footnotes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from qtnb.aggregate.standing import When
from qtnb.tabular.table import Column, Kind


@dataclass(frozen=True, slots=True)
class Subject:
    """One subject, told by agency and by lĩnh vực."""

    key: str
    """Of the table by agency; that by lĩnh vực has ``linh_vuc_`` before it."""
    title: str
    until: str
    """What follows ``theo cơ quan`` in the title: the day or the period."""
    sheet: str
    columns: tuple[Column, ...]
    """The first of the table by agency is not among them: it names the row."""
    notes: tuple[str, ...]
    of_agencies: tuple[Column, ...] = ()
    """Columns before the others in the table by agency only, for what belongs to no lĩnh vực."""
    notes_of_agencies: tuple[str, ...] = ()
    """Footnotes after the others in that table only."""


def subjects(when: When, *, linted: bool) -> tuple[Subject, ...]:
    """Every subject in the order of the report; ``linted``: findings are those of ``qtnb lint``."""
    return (_counts(), _progress(when), _times(), _changes(when), _findings(linted=linted))


def counts_of_procedures() -> tuple[Column, ...]:
    """CV, LT, and both."""
    over = "Số quy trình"
    return (_count("cv", "CV", over), _count("lt", "LT", over), _count("quy_trinh", "Tổng số", over))


def vietnamese(day: dt.date) -> str:
    """``ngày 22/11/2026``."""
    return f"ngày {day.day:02d}/{day.month:02d}/{day.year}"


def _counts() -> Subject:
    over = "Đã có nội dung (1)"
    return Subject(
        "so_luong",
        "Số lượng quy trình",
        "",
        "Số lượng",
        (
            *counts_of_procedures(),
            _count("co_noi_dung", "Số quy trình", over),
            _share("ty_le_noi_dung", "co_noi_dung", over),
            _count("buoc", "Số bước (2)"),
            _count("tai_lieu", "Số giấy tờ (2)"),
            _count("bieu_mau", "Số biểu mẫu (2)"),
        ),
        (
            "Tỷ lệ % số quy trình đã có nội dung so với tổng số quy trình.",
            "Của các quy trình đã có nội dung; giấy tờ là các mục của thành phần hồ sơ.",
        ),
    )


def _progress(when: When) -> Subject:
    names, contents, force = "Đã phê duyệt danh mục (1)", "Đã phê duyệt nội dung (2)", "Đang có hiệu lực (3)"
    late_name = (_count("qua_han_danh_muc", "Quá hạn (4)", names),) if when.han_danh_muc else ()
    late_content = (_count("qua_han_noi_dung", "Quá hạn (4)", contents),) if when.han_noi_dung else ()
    return Subject(
        "tien_do",
        "Tiến độ phê duyệt quy trình",
        f" đến {vietnamese(when.ngay)}",
        "Tiến độ",
        (
            _count("quy_trinh", "Tổng số quy trình"),
            _count("duyet_danh_muc", "Số quy trình", names),
            _share("ty_le_danh_muc", "duyet_danh_muc", names),
            *late_name,
            _count("duyet_noi_dung", "Số quy trình", contents),
            _share("ty_le_duyet_noi_dung", "duyet_noi_dung", contents),
            *late_content,
            _count("hieu_luc", "Số quy trình", force),
            _share("ty_le_hieu_luc", "hieu_luc", force),
        ),
        (
            "Quy trình có tên trong danh mục được phê duyệt bằng quyết định đã có số, ngày; tỷ lệ % so với tổng số.",
            "Quy trình có nội dung được phê duyệt bằng quyết định đã có số, ngày; tỷ lệ % so với tổng số quy trình.",
            "Nội dung đã phê duyệt, đã đến ngày có hiệu lực, chưa bị thay thế hay bãi bỏ; tỷ lệ % so với tổng số.",
            *_deadlines(when),
        ),
    )


def _deadlines(when: When) -> Iterator[str]:
    parts = [
        f"{what} chậm nhất {vietnamese(day)}"
        for what, day in (("danh mục", when.han_danh_muc), ("nội dung", when.han_noi_dung))
        if day
    ]
    if parts:
        yield f"Chưa phê duyệt dù đã hết hạn ({', '.join(parts)}); không kể quy trình đã bị thay thế, bãi bỏ."


def _times() -> Subject:
    working, days, months = "Khai bằng ngày, giờ làm việc (1)", "Khai bằng ngày, tuần (2)", "Khai bằng tháng"
    return Subject(
        "thoi_gian",
        "Thời gian giải quyết đã khai",
        "",
        "Thời gian",
        (
            _count("co_noi_dung", "Quy trình có nội dung"),
            _count("qt_lam_viec", "Số quy trình", working),
            _amount("ngay_lam_viec", "Tổng số ngày làm việc", working),
            _count("qt_ngay", "Số quy trình", days),
            _amount("ngay", "Tổng số ngày", days),
            _count("qt_thang", "Số quy trình", months),
            _amount("thang", "Tổng số tháng", months),
            _count("khong_tinh_duoc", "Không tính được (3)"),
        ),
        (
            "Cộng thời gian khai bằng phút, giờ, buổi, ngày làm việc, đổi theo số giờ làm việc mỗi ngày của cơ quan.",
            "“Trong ngày” tính là 1 ngày, “1-2 ngày” là 2, một tuần là 7; không cộng chung với ngày làm việc.",
            "Số quy trình để trống thời gian, ghi bằng lời, hoặc không rõ số lượng hay đơn vị.",
        ),
    )


def _changes(when: When) -> Subject:
    decisions, procedures = "Số quyết định", "Số quy trình (1)"
    since = f" từ {vietnamese(when.tu_ngay)}" if when.tu_ngay else ""
    return Subject(
        "thay_doi",
        "Thay đổi",
        f"{since} đến {vietnamese(when.ngay)}",
        "Thay đổi",
        (
            _count("qt_ban_hanh", "Phê duyệt", procedures),
            _count("qt_sua_doi", "Sửa đổi, bổ sung", procedures),
            _count("qt_thay_the", "Phê duyệt để thay thế", procedures),
            _count("qt_het", "Hết hiệu lực", procedures),
        ),
        ("Theo ngày ký quyết định; ở mỗi cột một quy trình tính một lần.",),
        (
            _count("qd_ban_hanh", "Ban hành", decisions),
            _count("qd_sua_doi", "Sửa đổi, bổ sung", decisions),
            _count("qd_thay_the", "Thay thế", decisions),
            _count("qd_bai_bo", "Bãi bỏ", decisions),
        ),
    )


def _findings(*, linted: bool) -> Subject:
    over = "Kết quả kiểm tra (1)"
    return Subject(
        "phat_hien",
        "Kết quả kiểm tra",
        "",
        "Kiểm tra",
        (_count("loi", "Lỗi", over), _count("canh_bao", "Cảnh báo", over), _count("luu_y", "Lưu ý", over)),
        (f"Số kết quả của lệnh qtnb {'lint' if linted else 'validate'}.",),
        (_count("tep", "Số tệp"), _count("tep_hong", "Tệp hỏng (2)")),
        ("Tệp không đọc được hoặc sai biểu mẫu, không có trong mọi số liệu khác.",),
    )


def _count(key: str, title: str, over: str = "") -> Column:
    return Column(key, title, Kind.COUNT, over)


def _amount(key: str, title: str, over: str) -> Column:
    return Column(key, title, Kind.AMOUNT, over)


def _share(key: str, numerator: str, over: str) -> Column:
    return Column(key, "Tỷ lệ %", Kind.RATIO, over, numerator, "quy_trinh")
