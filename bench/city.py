"""Makes the kho of a city: ``python bench/city.py FOLDER --agencies 146 --count 200 --broken 3``.

The agencies are the 126 phường and xã of Hà Nội (Nghị quyết số 1656/NQ-UBTVQH15) and twenty departments; their
procedures, decisions and dates are invented. The same seed gives the same bytes. Beside whole CV procedures
there are names without content, LT procedures, times that do not add up, and signed decisions, so that every
figure of a roll-up has something to count.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from generate import SEED, procedure, stem_of
from qtnb.slug import key_from_name

PHUONG: Final = """\
Hoàn Kiếm, Cửa Nam, Ba Đình, Ngọc Hà, Giảng Võ, Hai Bà Trưng, Vĩnh Tuy, Bạch Mai, Đống Đa, Kim Liên,
Văn Miếu - Quốc Tử Giám, Láng, Ô Chợ Dừa, Hồng Hà, Lĩnh Nam, Hoàng Mai, Vĩnh Hưng, Tương Mai, Định Công,
Hoàng Liệt, Yên Sở, Thanh Xuân, Khương Đình, Phương Liệt, Cầu Giấy, Nghĩa Đô, Yên Hòa, Tây Hồ, Phú Thượng,
Tây Tựu, Phú Diễn, Xuân Đỉnh, Đông Ngạc, Thượng Cát, Từ Liêm, Xuân Phương, Tây Mỗ, Đại Mỗ, Long Biên, Bồ Đề,
Việt Hưng, Phúc Lợi, Hà Đông, Dương Nội, Yên Nghĩa, Phú Lương, Kiến Hưng, Thanh Liệt, Chương Mỹ, Sơn Tây,
Tùng Thiện
"""
XA: Final = """\
Thanh Trì, Đại Thanh, Nam Phù, Ngọc Hồi, Thượng Phúc, Thường Tín, Chương Dương, Hồng Vân, Phú Xuyên,
Phượng Dực, Chuyên Mỹ, Đại Xuyên, Thanh Oai, Bình Minh, Tam Hưng, Dân Hòa, Vân Đình, Ứng Thiên, Hòa Xá,
Ứng Hòa, Mỹ Đức, Hồng Sơn, Phúc Sơn, Hương Sơn, Phú Nghĩa, Xuân Mai, Trần Phú, Hòa Phú, Quảng Bị, Minh Châu,
Quảng Oai, Vật Lại, Cổ Đô, Bất Bạt, Suối Hai, Ba Vì, Yên Bài, Đoài Phương, Phúc Thọ, Phúc Lộc, Hát Môn,
Thạch Thất, Hạ Bằng, Tây Phương, Hòa Lạc, Yên Xuân, Quốc Oai, Hưng Đạo, Kiều Phú, Phú Cát, Hoài Đức,
Dương Hòa, Sơn Đồng, An Khánh, Đan Phượng, Ô Diên, Liên Minh, Gia Lâm, Thuận An, Bát Tràng, Phù Đổng, Thư Lâm,
Đông Anh, Phúc Thịnh, Thiên Lộc, Vĩnh Thanh, Mê Linh, Yên Lãng, Tiến Thắng, Quang Minh, Sóc Sơn, Đa Phúc,
Nội Bài, Trung Giã, Kim Anh
"""
SO: Final = (
    "Văn phòng Ủy ban nhân dân", "Sở Nội vụ", "Sở Tư pháp", "Sở Tài chính", "Sở Công Thương",
    "Sở Nông nghiệp và Môi trường", "Sở Xây dựng", "Sở Quy hoạch - Kiến trúc", "Sở Khoa học và Công nghệ",
    "Sở Giáo dục và Đào tạo", "Sở Y tế", "Sở Văn hóa và Thể thao", "Sở Du lịch", "Sở Dân tộc và Tôn giáo",
    "Sở Ngoại vụ", "Thanh tra", "Trung tâm Phục vụ hành chính công", "Ban Quản lý các khu công nghiệp",
    "Ban Dân vận chính quyền", "Viện Nghiên cứu phát triển kinh tế - xã hội",
)  # fmt: skip
"""Departments for illustration, not the official list."""

THOI_GIAN: Final = (
    "Trong ngày", "02 tuần", "Theo quy định", "04 giờ làm việc", "01 tháng", "từ 1-2 ngày", "3 ngày", "khoảng 5 ngày",
    "01 ngày 04 giờ", "1,5 ngày làm việc", "30 phút",
)  # fmt: skip
"""Declared times in every way in which they are counted, or not."""

GIO_MOI_NGAY: Final = ("8", "8", "8", "7.5")

KHO = """\
phien_ban: 1
co_quan:
  ten: {ten}
  ten_ban_hanh: {ten_ban_hanh}
  viet_tat: {viet_tat}
  cap: {cap}
  dia_danh: {dia_danh}
  nguoi_dung_dau: {dau}
gio_moi_ngay: {gio}
"""

LT = """\
loai: LT
ky_hieu: LT-{number:02d}
ten: Lấy ý kiến liên ngành về hồ sơ số {number}
{linh_vuc}muc_dich: Quy định việc lấy ý kiến giữa các cơ quan
pham_vi: Áp dụng giữa các cơ quan của Thành phố
thoi_gian: {days} ngày làm việc
co_quan:
  - ten: {ten}
    tai_lieu: [{{ten: Văn bản lấy ý kiến, ban_chinh: true}}]
    cac_buoc:
      - {{noi_dung: Soạn văn bản, thuc_hien: Văn thư, thoi_gian: 1 ngày làm việc}}
      - {{noi_dung: Ký, thuc_hien: Lãnh đạo cơ quan, thoi_gian: 4 giờ}}
  - ten: Sở Nội vụ
    cac_buoc:
      - {{noi_dung: Tiếp nhận, thuc_hien: Văn thư; Bộ phận Một cửa, thoi_gian: "1"}}
  - ten: Văn phòng Ủy ban nhân dân Thành phố
    tai_lieu: [{{ten: Tờ trình, ban_chinh: true}}, {{ten: Hồ sơ kèm theo, ban_sao: true}}]
    cac_buoc:
      - {{noi_dung: Trình ký, thuc_hien: Chuyên viên, thoi_gian: Theo quy định}}
"""

BROKEN: Final = (
    ("qtnb.yaml", "phien_ban: 1\nco_quan: {ten: Thiếu nhiều khóa, cap: thon}\n"),
    ("quy-trinh/hong.yaml", "loai: CV\nten: [chưa đóng ngoặc\n"),
    ("quy-trinh/thieu.yaml", "loai: CV\nten: Thiếu nội dung\nthoi_gian: 12 ngàyy\n"),
)
"""What is wrong in the broken kho: file and text, in turn."""


_FIRST_PARTICULAR: Final = 1000
"""Number of the first procedure that only one agency has."""
_PARTICULAR: Final = 20
"""How many of them an agency may have before they are those of the next one too."""
_MOST_PARTICULAR: Final = 2900


@dataclass(frozen=True, slots=True)
class Agency:
    """One agency of the city."""

    ten: str
    ten_ban_hanh: str
    viet_tat: str
    cap: str
    dia_danh: str
    dau: str


def agencies(count: int) -> Iterator[Agency]:
    """The departments, then phường, then xã; for more than there are, numbered ones."""
    for ten in SO[:count]:
        yield Agency(f"{ten} thành phố Hà Nội", ten.upper(), "HN", "so", "Hà Nội", "Giám đốc")
    places = [("phường", ten) for ten in _listed(PHUONG)] + [("xã", ten) for ten in _listed(XA)]
    places += [("xã", f"Số {number}") for number in range(1, count - len(SO) - len(places) + 1)]
    for kind, ten in places[: max(0, count - len(SO))]:
        name = f"[ỦY BAN NHÂN DÂN, {kind.upper()} {ten.upper()}]"
        yield Agency(f"Ủy ban nhân dân {kind} {ten}", name, "UBND", "xa", ten, "Chủ tịch")


def _listed(text: str) -> list[str]:
    return [name.strip() for name in text.split(",")]


@dataclass(frozen=True, slots=True)
class Kind:
    """What a city is like."""

    broken: int = 0
    """How many kho are broken: the last ones."""
    varied: bool = False
    """Agencies have more or fewer procedures, name common work in their own ways, and have work of their own."""
    seed: int = SEED


def generate_city(root: Path, count: int, procedures: int, kind: Kind = Kind()) -> list[Path]:
    """Write ``count`` kho of ``procedures`` each below the new folder ``root``, and give back all files written."""
    written = []
    for number, agency in enumerate(agencies(count)):
        folder = root / ("so" if agency.cap == "so" else "xa") / key_from_name(agency.ten)
        files = _kho(agency, number, procedures, kind)
        if number >= count - kind.broken:
            name, text = BROKEN[(count - 1 - number) % len(BROKEN)]
            files[name] = text
        written += [_write(folder / name, text) for name, text in files.items()]
    return written


def _kho(agency: Agency, number: int, procedures: int, kind: Kind) -> dict[str, str]:
    """The files of one kho by their names in it."""
    files = {"qtnb.yaml": KHO.format(**_fields(agency), gio=GIO_MOI_NGAY[number % len(GIO_MOI_NGAY)])}
    linked = procedures // 10
    items = _items(number, procedures - linked) if kind.varied else range(1, procedures - linked + 1)
    for item in items:
        name = f"quy-trinh/{stem_of(item)}.yaml"
        text = _varied(procedure(item, kind.seed + number), number + item)
        files[name] = _named(text, agency, number + item) if kind.varied else text
    for item in range(1, linked + 1):
        linh_vuc = "linh_vuc: Tổ Chức, Cán Bộ\n" if item % 2 else ""
        files[f"quy-trinh/lien-thong/lt-so-{item}.yaml"] = LT.format(
            number=item, ten=agency.ten, days=item % 9 + 3, linh_vuc=linh_vuc
        )
    stems = [stem_of(item).rpartition("/")[2] for item in items]
    decisions = _decisions(number, stems, lt=linked > 0)
    return files | {f"quyet-dinh/{key}.yaml": text for key, text in decisions}


def _items(number: int, procedures: int) -> list[int]:
    """The procedures of an agency: some that all have, and others that no other agency has while names suffice."""
    own = max(2, procedures * (60 + number * 37 % 81) // 100)
    common = min(own - 1, procedures * 6 // 10)
    particular = [_FIRST_PARTICULAR + (number * _PARTICULAR + item) % _MOST_PARTICULAR for item in range(own - common)]
    return [*range(1, common + 1), *dict.fromkeys(particular)]


def _named(text: str, agency: Agency, number: int) -> str:
    """A procedure under one of the names that offices give to the same work."""
    old = next(line for line in text.splitlines() if line.startswith("ten:"))
    ten = old.removeprefix("ten: ")
    new = (
        ten,
        ten,
        f"Quy trình {ten[:1].lower()}{ten[1:]}",
        f"{ten} tại {agency.ten}",
        f"{ten} tại {agency.ten.replace('Ủy ban nhân dân', 'UBND')}",
    )
    return text.replace(old, f"ten: {new[number % len(new)]}", 1)


def _varied(text: str, number: int) -> str:
    """A procedure as it is, without content, or with another declared time."""
    if number % 7 == 0:
        head = [line for line in text.splitlines() if line.startswith(("loai:", "ky_hieu:", "ten:", "linh_vuc:"))]
        return "\n".join([*head, "chua_co_noi_dung: true"]) + "\n"
    if number % 5 == 0:
        old = next(line for line in text.splitlines() if line.startswith("thoi_gian:"))
        return text.replace(old, f"thoi_gian: {THOI_GIAN[number // 5 % len(THOI_GIAN)]}", 1)
    return text


def _decisions(number: int, stems: list[str], *, lt: bool) -> Iterator[tuple[str, str]]:
    """Decisions in every state: not signed, signed, in force later, amending, abolishing."""
    signed = f"ngay: 2026-{number % 9 + 1:02d}-{number % 27 + 1:02d}"
    yield "danh-muc-cv", _decision("danh_muc", "tat_ca", f'so: "{number + 1}"\n{signed}' if number % 3 else "")
    written = [stem for place, stem in enumerate(stems, start=1) if (number + place) % 7]
    half = written[: len(written) // 2]
    if half and number % 2:
        later = "\nhieu_luc: 2026-12-01" if number % 4 == 1 else ""
        yield "noi-dung-cv", _decision("noi_dung", f"[{', '.join(half)}]", f'so: "{number + 300}"\n{signed}{later}')
    if half and number % 5 == 1:
        amending = f'hinh_thuc: sua_doi_bo_sung\nso: "{number + 600}"\nngay: 2026-10-15'
        yield "sua-doi", _decision("danh_muc_va_noi_dung", f"[{half[0]}]", amending)
    if half and number % 5 == 2:  # noqa: PLR2004 - one kho in five
        abolishing = f'hinh_thuc: bai_bo\nso: "{number + 900}"\nngay: 2026-11-01'
        yield "bai-bo", _decision("danh_muc", f"[{stems[-1]}]", abolishing)
    if lt:
        by_the_city = f'so: "{number + 1200}"\n{signed}' if number % 4 == 3 else ""  # noqa: PLR2004 - one in four
        yield "lien-thong", _decision("danh_muc_va_noi_dung", "tat_ca", f"pham_vi_lien_thong: true\n{by_the_city}")


def _decision(phe_duyet: str, quy_trinh: str, others: str) -> str:
    return f"loai: QD\nphe_duyet: {phe_duyet}\nquy_trinh: {quy_trinh}\n{others}".rstrip() + "\n"


def _fields(agency: Agency) -> dict[str, str]:
    return {name: getattr(agency, name) for name in ("ten", "ten_ban_hanh", "viet_tat", "cap", "dia_danh", "dau")}


def _write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)
    return path


def main() -> None:
    parser = argparse.ArgumentParser(description="Tạo các kho của một thành phố để thử và đo.")
    parser.add_argument("folder", type=Path, help="thư mục mới")
    parser.add_argument("--agencies", type=int, default=146, help="số cơ quan (mặc định 146)")
    parser.add_argument("--count", type=int, default=200, help="số quy trình của mỗi cơ quan (mặc định 200)")
    parser.add_argument("--broken", type=int, default=0, help="số kho có tệp hỏng (mặc định 0)")
    parser.add_argument("--varied", action="store_true", help="số quy trình, tên quy trình khác nhau giữa các cơ quan")
    parser.add_argument("--seed", type=int, default=SEED, help=f"hạt giống (mặc định {SEED})")
    options = parser.parse_args()
    kind = Kind(options.broken, options.varied, options.seed)
    files = generate_city(options.folder, options.agencies, options.count, kind)
    print(f"{options.agencies} kho, {len(files)} tệp.")


if __name__ == "__main__":
    main()
