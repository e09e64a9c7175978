"""A small kho with everything a form can hold, decisions signed before, and what it takes to render."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from qtnb.kho import Kho
from qtnb.model import QuyetDinh, QuyTrinhCV, QuyTrinhLT, cau_hinh_from, quy_trinh_from, quyet_dinh_from
from qtnb.render import TemplateStore, render_decision
from qtnb.words.comparison import BangSoSanh, DongSoSanh, SoSanhQuyTrinh

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"

SO = {
    "ten": "Sở Nội vụ thành phố Hà Nội",
    "ten_ban_hanh": "SỞ NỘI VỤ",
    "chu_quan": "UBND THÀNH PHỐ HÀ NỘI",
    "viet_tat": "SNV",
    "cap": "so",
    "dia_danh": "Hà Nội",
    "nguoi_dung_dau": "Giám đốc",
}
THANH_PHO = {
    "ten": "Ủy ban nhân dân thành phố Hà Nội",
    "ten_ban_hanh": ["ỦY BAN NHÂN DÂN", "THÀNH PHỐ HÀ NỘI"],
    "viet_tat": "UBND",
    "cap": "tinh",
    "dia_danh": "Hà Nội",
    "nguoi_dung_dau": "Chủ tịch",
}
CAN_CU = [
    "Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025",
    "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư;",
]

VAN_BAN_DEN: dict[str, Any] = {
    "loai": "CV",
    "ky_hieu": "CV-01",
    "ten": "Tiếp nhận, xử lý văn bản đến",
    "linh_vuc": "Văn thư, lưu trữ",
    "muc_dich": "Quy định về trình tự và cách thức tiếp nhận, xử lý văn bản đến.",
    "pham_vi": "Áp dụng với:\n- Văn phòng Sở;\n- các phòng, đơn vị thuộc Sở.",
    "can_cu_phap_ly": ["Luật Lưu trữ ngày 21 tháng 6 năm 2024", "Nghị định số 30/2020/NĐ-CP"],
    "tai_lieu": [
        {"ten": "Văn bản đến", "ban_chinh": True},
        {"ten": "- Tài liệu kèm theo", "ban_chinh": True, "ban_sao": True},
    ],
    "so_luong": "01 bộ",
    "thoi_gian": "02 ngày làm việc",
    "cac_buoc": [
        {
            "giai_doan": "Tiếp nhận",
            "trinh_tu": "Tiếp nhận, đóng dấu đến",
            "chu_tri": "Văn thư Sở",
            "thoi_gian": "Trong ngày",
            "ket_qua": "Văn bản đã đăng ký",
        },
        {
            "giai_doan": "Xử lý",
            "trinh_tu": "Cho ý kiến",
            "chu_tri": "Lãnh đạo Sở",
            "phoi_hop": ["Văn phòng Sở", "Phòng chuyên môn"],
            "thoi_gian": "0,5 ngày",
        },
        {
            "giai_doan": "Xử lý",
            "trinh_tu": "Xử lý",
            "chu_tri": "Phòng chuyên môn",
            "phoi_hop": "Các phòng có liên quan",
            "thoi_gian": "01 ngày",
            "ket_qua": "Dự thảo văn bản",
            "song_song": True,
            "quay_lai": {"buoc": 2, "khi": "nội dung chưa đạt"},
        },
        {
            "trinh_tu": "Chờ ý kiến của cơ quan khác",
            "chu_tri": "Phòng chuyên môn",
            "thoi_gian": "03 ngày",
            "khong_tinh_thoi_gian": True,
        },
    ],
    "bieu_mau": ["Sổ theo dõi văn bản đến", "Phiếu giải quyết văn bản đến"],
    "ghi_chu": "Trừ văn bản mật",
}
VAN_PHONG_PHAM: dict[str, Any] = {
    "loai": "CV",
    "ten": "Mua sắm văn phòng phẩm",
    "muc_dich": "Mua sắm đúng quy định.",
    "pham_vi": "Các phòng.",
    "can_cu_phap_ly": [],
    "tai_lieu": [],
    "so_luong": "01 bộ",
    "thoi_gian": "5 ngày",
    "cac_buoc": [{"trinh_tu": "Lập danh sách", "chu_tri": "Văn phòng Sở"}],
    "bieu_mau": [],
}
DAO_TAO: dict[str, Any] = {
    "loai": "LT",
    "ky_hieu": "LT-01",
    "ten": "Ban hành kế hoạch đào tạo",
    "muc_dich": "Quy định trình tự liên thông.",
    "pham_vi": "Áp dụng giải quyết công việc giữa các cơ quan:",
    "thoi_gian": "5 ngày làm việc",
    "co_quan": [
        {
            "ten": "Sở Nội vụ",
            "pham_vi": "Các phòng chuyên môn thuộc Sở",
            "tai_lieu": [{"ten": "Dự thảo kế hoạch", "ban_chinh": True}],
            "so_luong": "01 bộ",
            "thoi_gian": "3 ngày làm việc",
            "cac_buoc": [
                {"noi_dung": "Lập dự thảo", "thuc_hien": "Chuyên viên", "thoi_gian": "2 ngày", "ket_qua": "Dự thảo"},
                {"noi_dung": "Trình ký", "thuc_hien": "Lãnh đạo Sở", "thoi_gian": "1 ngày"},
            ],
            "ket_qua": "Tờ trình đã ký",
            "luan_chuyen": "Gửi qua Hệ thống quản lý văn bản và điều hành",
        },
        {
            "ten": "Văn phòng UBND Thành phố",
            "tai_lieu": [],
            "so_luong": "01 bộ",
            "thoi_gian": "2 ngày làm việc",
            "cac_buoc": [{"noi_dung": "Thẩm tra", "thuc_hien": "Chuyên viên", "thoi_gian": "2 ngày"}],
            "ket_qua": "Kế hoạch được ban hành",
            "luan_chuyen": "Gửi các cơ quan có liên quan",
        },
    ],
}


def procedure(key: str, data: dict[str, Any]) -> QuyTrinhCV | QuyTrinhLT:
    return quy_trinh_from(f"quy-trinh/{key}.yaml", data)


def decision(**data: Any) -> QuyetDinh:
    """A decision on the list of all procedures but for ``data``; ``khoa`` is its key."""
    tep = f"quyet-dinh/{data.pop('khoa', 'qd')}.yaml"
    return quyet_dinh_from(tep, {"quy_trinh": "tat_ca", "phe_duyet": "danh_muc", **data})


def kho_with(*items: QuyTrinhCV | QuyTrinhLT, co_quan: dict[str, Any] | None = None, goc: Path = Path("kho")) -> Kho:
    return Kho(goc, cau_hinh_from({"co_quan": co_quan or SO}), items, ())


def full_kho() -> Kho:
    return kho_with(
        procedure("van-ban-den", VAN_BAN_DEN),
        procedure("van-phong-pham", VAN_PHONG_PHAM),
        procedure("chua-xong", {"loai": "CV", "ten": "Công việc mới", "chua_co_noi_dung": True}),
        procedure("dao-tao", DAO_TAO),
    )


def kho_with_history() -> Kho:
    """Procedures that signed decisions have approved: the list, the contents of two, those between agencies."""
    kho = kho_with(
        procedure("van-ban-den", VAN_BAN_DEN),
        procedure("van-phong-pham", {**VAN_PHONG_PHAM, "ky_hieu": "CV-02"}),
        procedure("nghi-phep", {**VAN_PHONG_PHAM, "ten": "Giải quyết nghỉ phép", "ky_hieu": "CV-03"}),
        procedure("dao-tao", DAO_TAO),
    )
    return replace(
        kho,
        quyet_dinh=(
            decision(khoa="danh-muc", so="5", ngay="2026-02-03"),
            decision(khoa="noi-dung", phe_duyet="noi_dung", quy_trinh=["CV-01", "CV-02"], so="123", ngay="2026-03-21"),
            decision(
                khoa="lien-thong",
                phe_duyet="danh_muc_va_noi_dung",
                pham_vi_lien_thong=True,
                co_quan_ban_hanh=THANH_PHO,
                so="77",
                ngay="2026-04-01",
            ),
        ),
    )


SO_SANH = BangSoSanh(
    (
        SoSanhQuyTrinh(
            "Tiếp nhận, xử lý văn bản đến",
            "CV-01",
            (
                DongSoSanh("Thời gian xử lý công việc", "05 ngày làm việc", "02 ngày làm việc", "Bỏ bước trung gian"),
                DongSoSanh("Bước B3", "Trình Lãnh đạo Văn phòng:\n- 02 ngày;\n- Tờ trình", "", "Bỏ bước trung gian"),
                DongSoSanh("Bước B4, đơn vị phối hợp", "", "Các phòng có liên quan"),
            ),
            (5, 4),
            ("05 ngày làm việc", "02 ngày làm việc"),
        ),
        SoSanhQuyTrinh("Mua sắm văn phòng phẩm", "", (DongSoSanh("Số lượng", "02 bộ", "01 bộ"),)),
    ),
    (6, 5),
    ("10 ngày", "07 ngày"),
)


def render(kho: Kho, quyet_dinh: QuyetDinh, out: Path, so_sanh: BangSoSanh | None = None) -> Path:
    render_decision(kho, quyet_dinh, out, TemplateStore(TEMPLATES), so_sanh=so_sanh)
    return out
