"""Makes a kho of any size for the measurements: ``python bench/generate.py FOLDER --count 2000``.

The same seed gives the same bytes on every machine and Python. A procedure depends only on the seed
and its number, so that the small kho of a comparison is the beginning of the large one. The units,
steps and times are of the kind that approved texts use; the names of procedures are put together
from their parts.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from qtnb.slug import key_from_name

T = TypeVar("T")

SEED = 97


@dataclass(frozen=True, slots=True)
class LinhVuc:
    """One field of work: a folder of the kho and a group of the danh mục."""

    ten: str
    chu_tri: str
    """The unit that leads."""
    can_cu: str
    viec: tuple[str, ...]
    """What procedures of this field are about."""


@dataclass(frozen=True, slots=True)
class Buoc:
    """One way to write a step; ``{viec}`` and ``{chu_tri}`` are filled in."""

    trinh_tu: str
    chu_tri: str
    ket_qua: str


LINH_VUC = (
    LinhVuc(
        "Văn thư, lưu trữ",
        "Văn phòng Sở",
        "Luật Lưu trữ ngày 21 tháng 6 năm 2024",
        ("văn bản đến", "văn bản đi", "hồ sơ nộp lưu", "tài liệu chỉnh lý", "con dấu và thiết bị lưu khóa bí mật"),
    ),
    LinhVuc(
        "Tổ chức, cán bộ",
        "Phòng Tổ chức, biên chế",
        "Luật Cán bộ, công chức ngày 24 tháng 6 năm 2025",
        ("hồ sơ nâng bậc lương", "hồ sơ nghỉ phép", "kế hoạch đào tạo", "đề án vị trí việc làm", "hồ sơ biệt phái"),
    ),
    LinhVuc(
        "Tài chính, kế toán",
        "Phòng Kế hoạch - Tài chính",
        "Luật Ngân sách nhà nước ngày 25 tháng 6 năm 2025",
        ("dự toán kinh phí", "chứng từ công tác phí", "hồ sơ tạm ứng", "báo cáo quyết toán", "hồ sơ chi hội nghị"),
    ),
    LinhVuc(
        "Quản trị công sở",
        "Bộ phận Quản trị",
        "Luật Quản lý, sử dụng tài sản công ngày 21 tháng 6 năm 2017",
        ("đề nghị sử dụng xe ô tô", "dự trù văn phòng phẩm", "yêu cầu sửa chữa", "lịch phòng họp", "hồ sơ thanh lý"),
    ),
    LinhVuc(
        "Đối ngoại",
        "Phòng Công chức, viên chức",
        "Luật Xuất cảnh, nhập cảnh của công dân Việt Nam ngày 22 tháng 11 năm 2019",
        ("hồ sơ đi công tác nước ngoài", "kế hoạch đón đoàn vào", "thư mời quốc tế", "chương trình ký kết"),
    ),
    LinhVuc(
        "Đất đai",
        "Phòng Quản lý đất đai",
        "Luật Đất đai ngày 18 tháng 01 năm 2024",
        ("hồ sơ giao đất", "hồ sơ gia hạn sử dụng đất", "phương án sử dụng đất", "hồ sơ đính chính giấy chứng nhận"),
    ),
)

VIEC_LAM = (
    "Tiếp nhận và xử lý", "Thẩm định", "Lấy ý kiến về", "Trình phê duyệt", "Điều chỉnh", "Rà soát", "Theo dõi, đôn đốc",
    "Tổng hợp, báo cáo", "Cập nhật", "Bàn giao", "Kiểm tra, đối chiếu", "Công khai", "Thu hồi",
)  # fmt: skip

DOI_TUONG = (
    "của Văn phòng Sở", "của các phòng chuyên môn", "của đơn vị sự nghiệp trực thuộc", "của Ủy ban nhân dân cấp xã",
    "của cá nhân đề nghị", "theo kế hoạch năm", "phát sinh đột xuất", "có yếu tố bảo mật", "liên quan nhiều phòng",
    "trên Hệ thống quản lý văn bản và điều hành", "bằng bản giấy",
)  # fmt: skip

CAC_BUOC = (
    (
        Buoc("Tiếp nhận, kiểm tra, đăng ký {viec} trên Hệ thống", "Văn thư Sở", "{viec} đã đăng ký"),
        Buoc("Nhận {viec}, ghi sổ theo dõi", "{chu_tri}", "Sổ theo dõi đã ghi"),
    ),
    (
        Buoc("Phân loại, đề xuất người xử lý và thời hạn", "Chánh Văn phòng Sở", "Ý kiến đề xuất"),
        Buoc("Chuyển {viec} đến đơn vị chủ trì", "Lãnh đạo Văn phòng Sở", "{viec} đã chuyển"),
    ),
    (
        Buoc("Cho ý kiến chỉ đạo, giao đơn vị chủ trì", "Lãnh đạo Sở", "Ý kiến chỉ đạo"),
        Buoc("Phân công công chức thụ lý {viec}", "Lãnh đạo {chu_tri}", "Phiếu giao việc"),
    ),
    (
        Buoc("Nghiên cứu {viec}, xác định nội dung cần làm rõ", "Công chức được phân công", "Phiếu xử lý"),
        Buoc("Kiểm tra tính đầy đủ, hợp lệ của {viec}", "Công chức {chu_tri}", "Phiếu kiểm tra"),
    ),
    (
        Buoc("Gửi văn bản lấy ý kiến các đơn vị có liên quan", "{chu_tri}", "Văn bản lấy ý kiến"),
        Buoc("Đề nghị bổ sung, hoàn thiện (nếu có)", "Công chức được phân công", "Văn bản đề nghị"),
    ),
    (
        Buoc("Tham gia ý kiến bằng văn bản", "Văn phòng Sở", "Văn bản tham gia ý kiến"),
        Buoc("Xác minh thực tế; lập biên bản", "Tổ công tác của {chu_tri}", "Biên bản xác minh"),
    ),
    (
        Buoc("Tổng hợp ý kiến; soạn tờ trình, dự thảo văn bản", "Công chức được phân công", "Dự thảo"),
        Buoc("Lập báo cáo xem xét {viec}, kèm dự thảo", "Công chức {chu_tri}", "Báo cáo, dự thảo văn bản"),
    ),
    (
        Buoc("Kiểm tra nội dung dự thảo, ký phiếu trình", "Lãnh đạo {chu_tri}", "Phiếu trình có chữ ký"),
        Buoc("Chỉnh sửa dự thảo; ký nháy vào văn bản", "Trưởng {chu_tri}", "Dự thảo đã ký nháy"),
    ),
    (
        Buoc("Kiểm tra thể thức; trình Lãnh đạo Sở", "Chánh Văn phòng Sở", "Dự thảo trình ký"),
        Buoc("Rà soát pháp lý dự thảo văn bản", "Bộ phận Pháp chế", "Ý kiến rà soát pháp lý"),
    ),
    (
        Buoc("Xem xét, ký văn bản", "Lãnh đạo Sở", "Văn bản đã ký"),
        Buoc("Phê duyệt kết quả xử lý {viec}", "Giám đốc Sở", "Văn bản phê duyệt"),
    ),
    (
        Buoc("Cấp số, đóng dấu hoặc ký số; phát hành", "Văn thư Sở", "Văn bản đã phát hành"),
        Buoc("Trả kết quả cho đơn vị đề nghị", "{chu_tri}", "Kết quả đã trả"),
    ),
    (
        Buoc("Lập hồ sơ công việc, cập nhật trạng thái", "Công chức được phân công", "Hồ sơ công việc"),
        Buoc("Lưu hồ sơ, thống kê vào báo cáo tháng", "{chu_tri}", "Hồ sơ lưu; số liệu báo cáo"),
    ),
)
"""The ways to write each step, in the order of the work; the first and the last are always there."""

GACH_DAU_DONG = (
    "Trường hợp đủ điều kiện: thực hiện bước tiếp theo;",
    "Trường hợp chưa đủ điều kiện: trả lại, nêu rõ lý do bằng văn bản;",
    "Trường hợp vượt thẩm quyền: báo cáo Lãnh đạo Sở xem xét.",
)

THOI_GIAN_BUOC = {
    "0,25 ngày làm việc": 1, "0,5 ngày làm việc": 2, "02 giờ làm việc": 1, "04 giờ làm việc": 2, "01 ngày làm việc": 4,
    "1,5 ngày làm việc": 6, "02 ngày làm việc": 8, "không quá 02 giờ làm việc": 1, "1/2 ngày làm việc": 2,
    "01 ngày làm việc 04 giờ làm việc": 6, "0,75 ngày làm việc": 3,
}  # fmt: skip
"""Times of steps, with their length in quarters of a day: the declared totals are right, as in approved texts."""

PHOI_HOP = ("Văn phòng Sở", "Các phòng, đơn vị có liên quan", "Văn thư Sở", "Cá nhân đề nghị")

CAN_CU_CHUNG = (
    "Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư",
    "Luật Cán bộ, công chức ngày 24 tháng 6 năm 2025",
    "Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025",
)

TAI_LIEU = (
    "Phiếu đề nghị", "Văn bản giao nhiệm vụ", "Tờ trình của đơn vị", "Bảng tổng hợp số liệu",
    "Tài liệu kèm theo (nếu có)", "Ý kiến của phòng, đơn vị có liên quan", "Biên bản họp", "Bản thuyết minh",
)  # fmt: skip

BIEU_MAU = (
    "Sổ theo dõi", "Phiếu trình giải quyết công việc", "Phiếu xử lý văn bản", "Mẫu biên bản làm việc",
    "Phiếu giao việc", "Mẫu báo cáo tổng hợp",
)  # fmt: skip

KHI_QUAY_LAI = ("dự thảo chưa đạt yêu cầu", "hồ sơ chưa đầy đủ", "sai thể thức hoặc thiếu tài liệu trình")

QTNB_YAML = """\
phien_ban: 1
co_quan:
  ten: Sở Nội vụ thành phố Hà Nội
  ten_ban_hanh: SỞ NỘI VỤ
  chu_quan: UBND THÀNH PHỐ HÀ NỘI
  viet_tat: SNV
  cap: so
  dia_danh: Hà Nội
  nguoi_dung_dau: Giám đốc
gio_moi_ngay: 8
don_vi:
"""

QUYET_DINH_YAML = """\
loai: QD
phe_duyet: noi_dung
quy_trinh: tat_ca
so: ""
ngay: ""
can_cu:
  - Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025
theo_de_nghi: Chánh Văn phòng Sở
noi_nhan:
  - Như Điều 3
  - UBND Thành phố (để b/c)
luu: VT, VP
"""

_NAMES = tuple(
    (linh_vuc, lam, viec, ai) for linh_vuc in LINH_VUC for viec in linh_vuc.viec for lam in VIEC_LAM for ai in DOI_TUONG
)
_STRIDE = 1009
"""A prime that does not divide the number of names: neighbours differ, and no name comes twice."""


class Dice:
    """Choices that depend on nothing but the seed: only ``random()`` is the same in every Python."""

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed).random

    def chance(self, share: float) -> bool:
        """True in ``share`` of all cases."""
        return self._random() < share

    def below(self, bound: int) -> int:
        """A number from 0 up to, not including, ``bound``."""
        return int(self._random() * bound)

    def one(self, items: Sequence[T]) -> T:
        """One of the items."""
        return items[self.below(len(items))]

    def some(self, items: Sequence[T], count: int) -> list[T]:
        """``count`` of the items, in their order; all of them when there are fewer."""
        places = list(range(len(items)))
        while len(places) > count:
            places.pop(self.below(len(places)))
        return [items[place] for place in places]


def generate(root: Path, count: int, seed: int = SEED) -> list[Path]:
    """Write a kho with ``count`` procedures and one decision on all of them into the new folder ``root``.

    Gives back all files written.
    """
    if count > len(_NAMES):
        raise ValueError(f"at most {len(_NAMES)} procedures have names of their own")
    units = "".join(f"  - {unit}\n" for unit in _units())
    written = [
        _write(root / "qtnb.yaml", QTNB_YAML + units),
        _write(root / "quyet-dinh" / "noi-dung.yaml", QUYET_DINH_YAML),
    ]
    places = ((root / "quy-trinh" / f"{stem_of(number)}.yaml", number) for number in range(1, count + 1))
    written.extend(_write(place, procedure(number, seed)) for place, number in places)
    return written


def stem_of(number: int) -> str:
    """Folder and name, without ending, of procedure ``number`` below ``quy-trinh/``."""
    linh_vuc, *words = _NAMES[number * _STRIDE % len(_NAMES)]
    return f"{key_from_name(linh_vuc.ten)}/{'-'.join(key_from_name(word) for word in words)}"


def _units() -> list[str]:
    """Every doer that a step may name."""
    named = {_filled(way.chu_tri, linh_vuc, "") for linh_vuc in LINH_VUC for ways in CAC_BUOC for way in ways}
    return sorted({*named, *PHOI_HOP})


def procedure(number: int, seed: int = SEED) -> str:
    """The YAML text of procedure ``number``."""
    linh_vuc, lam, viec, ai = _NAMES[number * _STRIDE % len(_NAMES)]
    dice = Dice(f"{seed}/{number}")
    ten = f"{lam} {viec} {ai}"
    steps, quarters = _steps(dice, linh_vuc, viec)
    lines = [
        "# yaml-language-server: $schema=../../../schemas/cv.schema.json",
        "loai: CV",
        f"ky_hieu: CV-{number:02d}",
        f"ten: {ten}",
        f"linh_vuc: {linh_vuc.ten}",
        "muc_dich: >-",
        f"  Quy định về trình tự, cách thức và trách nhiệm {lam.lower()} {viec},",
        "  bảo đảm đúng hạn và theo dõi được.",
        "pham_vi: |",
        f"  Áp dụng đối với {viec} {ai}.",
        "  - Không áp dụng với văn bản thuộc danh mục bí mật nhà nước.",
        "can_cu_phap_ly:",
        f"  - {linh_vuc.can_cu}",
        *(f"  - {text}" for text in dice.some(CAN_CU_CHUNG, 1 + dice.below(2)) if text != linh_vuc.can_cu),
        "tai_lieu:",
        *(_paper(dice, text) for text in dice.some(TAI_LIEU, 1 + dice.below(3))),
        f"so_luong: 0{1 + dice.below(3)} bộ",
        f"thoi_gian: {_days(quarters)} ngày làm việc",
        "cac_buoc:",
        *steps,
        "bieu_mau:",
        *(f"  - {text}" for text in dice.some(BIEU_MAU, 1 + dice.below(2))),
        'ghi_chu: ""' if dice.chance(0.5) else "ghi_chu: Rà soát hằng năm",
    ]
    return "\n".join(lines) + "\n"


def _paper(dice: Dice, ten: str) -> str:
    shown = f'"{ten}"' if "," in ten else ten
    return f"  - {{ten: {shown}, {'ban_chinh' if dice.chance(0.6) else 'ban_sao'}: true}}"


def _days(quarters: int) -> str:
    return f"{quarters / 4:g}".replace(".", ",")


def _steps(dice: Dice, linh_vuc: LinhVuc, viec: str) -> tuple[list[str], int]:
    """The lines of the steps, and their time in quarters of a day."""
    lines: list[str] = []
    quarters = 0
    first, *middle, last = CAC_BUOC
    count = 8 + dice.below(5)
    for number, ways in enumerate((first, *dice.some(middle, count - 2), last), start=1):
        way = dice.one(ways)
        time = dice.one(tuple(THOI_GIAN_BUOC))
        quarters += THOI_GIAN_BUOC[time]
        lines.extend(_task(dice, _filled(way.trinh_tu, linh_vuc, viec)))
        lines.append(f"    chu_tri: {_filled(way.chu_tri, linh_vuc, viec)}")
        if dice.chance(0.25):
            lines.append(f"    phoi_hop: {dice.one(PHOI_HOP)}")
        lines.append(f"    thoi_gian: {time}")
        lines.append(f"    ket_qua: {_filled(way.ket_qua, linh_vuc, viec)}")
        if number > 3 and dice.chance(0.15):  # noqa: PLR2004 - a step that checks what others wrote
            lines.append(f"    quay_lai: {{buoc: {number - 2}, khi: {dice.one(KHI_QUAY_LAI)}}}")
    return lines, quarters


def _task(dice: Dice, trinh_tu: str) -> Iterator[str]:
    if dice.chance(0.92):
        yield f"  - trinh_tu: {trinh_tu}"
        return
    yield "  - trinh_tu: |"
    yield f"      {trinh_tu}."
    for line in dice.some(GACH_DAU_DONG, 2):
        yield f"      - {line}"


def _filled(text: str, linh_vuc: LinhVuc, viec: str) -> str:
    filled = text.format(viec=viec, chu_tri=linh_vuc.chu_tri)
    return filled[0].upper() + filled[1:]


def _write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    # "x": two procedures with one name would silently make the kho smaller.
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)
    return path


def main() -> None:
    parser = argparse.ArgumentParser(description="Tạo một kho quy trình để đo.")
    parser.add_argument("folder", type=Path, help="thư mục mới")
    parser.add_argument("--count", type=int, default=2000, help="số quy trình (mặc định 2000)")
    parser.add_argument("--seed", type=int, default=SEED, help=f"hạt giống (mặc định {SEED})")
    options = parser.parse_args()
    files = generate(options.folder, options.count, options.seed)
    size = sum(path.stat().st_size for path in files[2:])
    print(f"{len(files)} tệp; quy trình trung bình {size / options.count:.0f} byte.")


if __name__ == "__main__":
    main()
