"""Groups the procedures of a city by their names: ``group_names.py COUNT``; 200 procedures in each agency.

Half of an agency's procedures are common ones, each written in one of many ways, with titles, places, abbreviations
and slips; the others are made of words at random and hardly ever come twice. The same count gives the same names
everywhere, and the small city is the beginning of the large one.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Sequence
from typing import Final, TypeVar

from qtnb.grouping.grouping import group_procedures
from qtnb.grouping.records import Agency, Record

T = TypeVar("T")

_OF_ONE_AGENCY: Final = 200
_VIEC_LAM: Final = (
    "Tiếp nhận và xử lý", "Thẩm định", "Lấy ý kiến về", "Trình phê duyệt", "Điều chỉnh", "Rà soát", "Theo dõi, đôn đốc",
    "Tổng hợp, báo cáo", "Cập nhật", "Bàn giao", "Kiểm tra, đối chiếu", "Công khai", "Thu hồi", "Cấp", "Cấp lại",
    "Gia hạn", "Thanh toán", "Quyết toán", "Tạm ứng", "Đánh giá",
)  # fmt: skip
_WORDS: Final = """
    đất đai nhà ở giấy phép kinh doanh xây dựng môi trường giáo dục học sinh giáo viên bệnh viện thuốc thực
    phẩm lao động việc làm bảo hiểm trợ cấp người cao tuổi trẻ em khuyết tật hộ nghèo tôn giáo dân tộc văn
    hóa thể thao du lịch di tích lễ hội quảng cáo báo chí xuất bản viễn thông công nghệ phần mềm dữ liệu tài
    khoản hạ tầng giao thông vận tải đường bộ cầu cống chiếu sáng cây xanh thoát nước rác thải khí thải
    tiếng ồn phòng cháy cứu nạn quốc phòng nghĩa vụ an ninh trật tự hộ khẩu căn cước chứng thực công chứng
    hòa giải trợ giúp pháp lý thi hành án đấu giá giám định luật sư tài sản ngân sách thuế phí kho bạc kế
    toán kiểm toán đầu tư đấu thầu hợp đồng nghiệm thu quy hoạch kiến trúc bản đồ đo đạc địa chính khoáng
    sản rừng thủy sản chăn nuôi trồng trọt thú y bảo vệ thực vật thủy lợi đê điều thiên tai nông thôn làng
    nghề chợ siêu thị xăng dầu điện hóa chất vật liệu nổ
""".split()  # noqa: SIM905 - words to read, not to type one by one
_COMMON: Final = 2000
"""Works that every agency may have."""
_PLACES: Final = ("", "", "", " của {co_quan}", " tại {co_quan}", " theo quy định", " của cơ quan", " hằng năm")
_WAYS: Final[tuple[Callable[[str], str], ...]] = (
    lambda ten: ten,
    lambda ten: f"Quy trình {ten[0].lower()}{ten[1:]}",
    lambda ten: f"Công tác {ten[0].lower()}{ten[1:]}",
    str.upper,
    lambda ten: ten.replace("hòa", "hoà").replace("lý", "lí"),
    lambda ten: ten.replace("ấ", "â", 1),
)


class Dice:
    """Choices that depend on nothing but the seed: only ``random()`` is the same in every Python."""

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed).random

    def one(self, items: Sequence[T]) -> T:
        """One of the items."""
        return items[int(self._random() * len(items))]


def names(agency: str, number: int) -> list[str]:
    """The names of one agency's procedures."""
    dice = Dice(f"nhom/{number}")
    common = [_common(int(dice.one(range(_COMMON)))) for _ in range(_OF_ONE_AGENCY // 2)]
    own = [_composed(dice, 4) for _ in range(_OF_ONE_AGENCY - len(common))]
    return [f"{dice.one(_WAYS)(ten)}{dice.one(_PLACES).format(co_quan=agency)}" for ten in (*common, *own)]


def _common(number: int) -> str:
    return _composed(Dice(f"chung/{number}"), 2)


def _composed(dice: Dice, objects: int) -> str:
    places = [dice.one(range(len(_WORDS) - 1)) for _ in range(objects)]
    return f"{dice.one(_VIEC_LAM)} {' '.join(f'{_WORDS[place]} {_WORDS[place + 1]}' for place in places)}"


def main() -> None:
    parser = argparse.ArgumentParser(description="Xếp nhóm các quy trình theo tên.")
    parser.add_argument("count", type=int, help="số quy trình")
    count = parser.parse_args().count
    records = []
    for number in range(count // _OF_ONE_AGENCY):
        agency = Agency(f"Ủy ban nhân dân xã Thử {number}", "xa", str(number))
        records += [Record(agency, f"q{key}", "CV", ten) for key, ten in enumerate(names(agency.ten, number))]
    grouping = group_procedures(records)
    different = len({record.ten for record in records})
    found = f"{len(grouping.chung)} việc chung, {len(grouping.rieng)} quy trình riêng"
    print(f"{len(records)} quy trình, {different} tên khác nhau: {found}.")


if __name__ == "__main__":
    main()
