"""The labelled names of ``tests/nhom``: how they are read, and how the seeded variants are made."""

from __future__ import annotations

import random
import re
import sys
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

from qtnb.lint.tones import to_new

T = TypeVar("T")

FOLDER: Final = Path(__file__).resolve().parent / "nhom"
CHINH: Final = "chỉnh"
DE_RIENG: Final = "để riêng"
PARTS: Final = (CHINH, DE_RIENG)
_SEED: Final = "nhom-2026"


@dataclass(frozen=True, slots=True)
class Labelled:
    """One name of the labelled set."""

    co_quan: str
    ten: str
    nhom: int
    """The number of its group in its part."""
    kieu: str = ""
    """How a variant was made; empty for names that were not."""


def labelled(name: str, part: str) -> list[Labelled]:
    """The names of one part of one file, ``that``, ``viet-tay`` or ``bien-the``."""
    return list(_parse((FOLDER / f"{name}.txt").read_text(encoding="utf-8"))[part])


def _parse(text: str) -> Mapping[str, list[Labelled]]:
    parts: dict[str, list[Labelled]] = {}
    found: list[Labelled] = []
    single = new = False
    group = -1
    for line in map(str.strip, text.splitlines()):
        if line.startswith("#"):
            continue
        if line.startswith("== phần:"):
            found = parts[line.partition(":")[2].strip()] = []
            single, new, group = False, True, -1
        elif line == "== riêng":
            single = True
        elif not line:
            new = True
        else:
            group += single or new
            new = False
            agency, ten, *kind = (field.strip() for field in line.split("|"))
            found.append(Labelled(agency, ten, group, *kind))
    return parts


class Dice:
    """Choices that depend on nothing but the seed: only ``random()`` is the same in every Python."""

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed).random  # noqa: S311 - a test's names, no secrets

    def below(self, bound: int) -> int:
        """A number from 0 up to, not including, ``bound``."""
        return int(self._random() * bound)

    def one(self, items: Sequence[T]) -> T:
        """One of the items."""
        return items[self.below(len(items))]


AGENCIES: Final = (
    "UBND phường Hoàn Kiếm",
    "UBND phường Ba Đình",
    "UBND phường Cầu Giấy",
    "UBND phường Hà Đông",
    "UBND xã Ba Vì",
    "UBND xã Sóc Sơn",
    "UBND xã Gia Lâm",
    "UBND xã Yên Bài",
    "Sở Tài chính",
    "Sở Xây dựng",
    "Sở Y tế",
    "Sở Nội vụ",
)
_SHORT: Final = (
    ("văn phòng phẩm", "VPP"),
    ("cán bộ, công chức, viên chức", "CBCCVC"),
    ("cán bộ, công chức", "CBCC"),
    ("Ủy ban nhân dân", "UBND"),
    ("Hội đồng nhân dân", "HĐND"),
    ("thủ tục hành chính", "TTHC"),
    ("vi phạm hành chính", "VPHC"),
    ("giấy phép xây dựng", "GPXD"),
    ("văn bản", "VB"),
    ("hồ sơ", "HS"),
    ("công nghệ thông tin", "CNTT"),
)
_OPPOSITES: Final = (
    ("văn bản đến", "văn bản đi"),
    ("Cấp ", "Thu hồi "),
    ("Cấp ", "Cấp lại "),
    ("Bổ nhiệm ", "Miễn nhiệm "),
    ("Bổ nhiệm ", "Bổ nhiệm lại "),
    ("Mua sắm ", "Thanh lý "),
    ("Thanh toán ", "Tạm ứng "),
    ("Thanh toán ", "Quyết toán "),
    ("Tuyển dụng ", "Chấm dứt hợp đồng với "),
    ("công chức", "viên chức"),
    ("viên chức", "công chức"),
    ("lần đầu", "lần hai"),
    ("thường xuyên", "đột xuất"),
    ("nước ngoài", "trong nước"),
    ("Lập ", "Hủy "),
    ("Đăng ký ", "Hủy đăng ký "),
    ("Nâng ", "Hạ "),
    ("Giải quyết khiếu nại", "Giải quyết tranh chấp"),
    ("Kiểm kê ", "Bán "),
    ("Kê khai ", "Xác minh "),
    ("Tiếp nhận ", "Từ chối "),
    ("Sao y", "Hủy"),
)


def variants_text() -> str:
    """The text of ``bien-the.txt``: the first name of each group of ``viet-tay.txt``, with its variants."""
    lines = [
        "# Biến thể được tạo có hạt giống từ các tên trong viet-tay.txt; tạo lại: python tests/grouping_names.py",
        "# Mỗi dòng: cơ quan | tên | kiểu biến đổi. “ngược nghĩa” là tên của một việc khác, khó phân biệt.",
    ]
    for part in PARTS:
        lines += ["", f"== phần: {part}"]
        bases = list(_bases(part))
        dice = Dice(f"{_SEED}/{part}")
        negatives: list[str] = []
        taken = {_plain(name.ten) for name in bases}
        for base in bases:
            lines += ["", f"{base.co_quan} | {base.ten} |"]
            lines += [f"{dice.one(AGENCIES)} | {text} | {kind}" for kind, text in _positives(base.ten, dice)]
            for opposite, text in _negatives(base.ten):
                if _plain(text) not in taken and not _is_known(opposite, text, bases):
                    taken.add(_plain(text))
                    negatives.append(f"{dice.one(AGENCIES)} | {text} | ngược nghĩa")
        lines += ["", "== riêng", *negatives]
    return "".join(f"{line}\n" for line in lines)


def _bases(part: str) -> Iterator[Labelled]:
    """The first name of every group, but for those without marks."""
    groups: dict[int, Labelled] = {}
    for name in labelled("viet-tay", part):
        groups.setdefault(name.nhom, name)
    return (name for name in groups.values() if not name.ten.isascii())


def _positives(ten: str, dice: Dice) -> Iterator[tuple[str, str]]:
    yield "gõ sai", _typo(ten, dice)
    moved = to_new(ten)
    if moved != ten:
        yield "dấu thanh", moved
    swapped = re.sub(r"(?<=[Ll])ý(?!\w)|(?<=[Kk])ỷ(?!\w)", lambda found: {"ý": "í", "ỷ": "ỉ"}[found[0]], ten)
    if swapped != ten:
        yield "i, y", swapped
    yield "thêm nơi", f"{ten} {_place(dice)}"
    short = next((ten.replace(long, brief) for long, brief in _SHORT if long in ten), "")
    if short:
        yield "viết tắt", short
    turned = re.sub(r"^(\w+ \w+)(, | và )(\w+ \w+)(?!\w)", _turned, ten)
    if turned != ten:
        yield "đổi thứ tự", turned
    yield "kéo dài", _longer(ten, dice)
    yield "chữ hoa", f"QUY TRÌNH {ten.upper()}"
    yield "không dấu", _without_marks(ten)


def _negatives(ten: str) -> Iterator[tuple[str, str]]:
    """Names of other works, each with the word that makes it another."""
    for word, opposite in _OPPOSITES:
        if word in ten and opposite not in ten:
            yield opposite, ten.replace(word, opposite)


def _is_known(opposite: str, text: str, bases: Sequence[Labelled]) -> bool:
    """Whether the other work is probably one of those that the set has anyway."""
    words = set(_plain(text).split())
    return any(opposite in base.ten and len(words & set(_plain(base.ten).split())) >= 3 for base in bases)


def _turned(found: re.Match[str]) -> str:
    first, join, second = found.groups()
    return f"{second[:1].upper()}{second[1:]}{join}{first[:1].lower()}{first[1:]}"


def _place(dice: Dice) -> str:
    ways = (
        "của UBND phường Thanh Xuân",
        "tại UBND xã Mê Linh",
        "trên địa bàn phường Tây Hồ",
        "của Sở Công Thương",
        "tại Ủy ban nhân dân phường Bồ Đề",
        "của Văn phòng Sở",
        "thuộc UBND xã Đông Anh",
    )
    return dice.one(ways)


def _longer(ten: str, dice: Dice) -> str:
    small = ten[:1].lower() + ten[1:]
    ways = (
        f"{ten} theo quy định",
        f"{ten} của cơ quan",
        f"{ten} đối với cán bộ, công chức",
        f"Công tác {small}",
        f"Thực hiện việc {small}",
        f"Quy trình nội bộ {small}",
    )
    return dice.one(ways)


def _typo(ten: str, dice: Dice) -> str:
    """One slip in a long word: a doubled letter, two letters changed about, a mark lost or mixed up."""
    words = [found for found in re.finditer(r"\w{4,}", ten) if not found[0].isupper()]
    if not words:
        return ten + "."
    found = dice.one(words)
    word = found[0]
    place = 1 + dice.below(len(word) - 2)
    ways = (
        word[: place + 1] + word[place:],
        word[:place] + word[place + 1] + word[place] + word[place + 2 :],
        _mixed(word),
        word[:place] + _without_marks(word[place]) + word[place + 1 :],
    )
    wrong = next((way for way in (dice.one(ways), *ways) if way != word), word)
    return ten[: found.start()] + wrong + ten[found.end() :]


def _mixed(word: str) -> str:
    """Hỏi and ngã changed about."""
    parts = unicodedata.normalize("NFD", word)
    turned = parts.translate({0x303: 0x309, 0x309: 0x303})
    return unicodedata.normalize("NFC", turned)


def _without_marks(text: str) -> str:
    parts = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(char for char in parts if not unicodedata.combining(char))


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


if __name__ == "__main__":
    (FOLDER / "bien-the.txt").write_text(variants_text(), encoding="utf-8")
    sys.stdout.write("tests/nhom/bien-the.txt\n")
