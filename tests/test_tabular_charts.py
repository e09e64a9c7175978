"""Charts as SVG and PNG."""

from __future__ import annotations

import hashlib
import io
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, example, given, settings
from PIL import Image

from qtnb.errors import QtnbError
from qtnb.tabular.bars import Chart, count_charts, progress_charts
from qtnb.tabular.matrix import matrix_chart
from qtnb.tabular.picture import Picture, write_pictures
from qtnb.tabular.table import Cells, Column, Group, Kind, Table
from tabular_models import PHUONG, SO, XA, city, handovers, levels
from tabular_strategies import tables

COUNTS = Chart("so-quy-trinh", "Số quy trình của từng cơ quan", ("cv", "lt"))
PROGRESS = Chart("tien-do", "Tiến độ", ("co_noi_dung", "da_phe_duyet"), "tong")


def texts(pictures: Sequence[Picture]) -> list[str]:
    """What is written on the charts: matplotlib keeps each text beside the outlines of its letters."""
    return [text for picture in pictures for text in re.findall(r"<!-- (.*?) -->", picture.svg.decode())]


def colours(picture: Picture) -> set[tuple[int, ...]]:
    image = Image.open(io.BytesIO(picture.png)).convert("RGB")
    return {colour for count, colour in image.getcolors(1 << 20) or [] if count > 200}  # type: ignore[misc]


def test_146_agencies_are_all_there_on_pages_that_can_be_read() -> None:
    pictures = count_charts(city(), COUNTS)
    assert [picture.key for picture in pictures] == [f"so-quy-trinh-{number}" for number in range(1, 6)]
    assert pictures[0].title == "Số quy trình của từng cơ quan (1/5)"
    assert all(picture.width == 165 and picture.height <= 200 for picture in pictures)
    shown = " ".join(texts(pictures))
    for name in [*(f"UBND phường {name}" for name in PHUONG), *(f"UBND xã {name}" for name in XA), *SO[1:15]]:
        assert name in shown, name
    heads = [text for text in texts(pictures) if text.startswith(("A. ", "B. "))]
    assert heads == ["A. Sở, cơ quan tương đương sở", "B. UBND cấp xã", *["B. UBND cấp xã (tiếp)"] * 4]


def test_both_files_are_whole_pictures_of_the_size_told() -> None:
    (picture,) = progress_charts(levels(), PROGRESS)
    assert picture.key == "tien-do"
    root = ET.fromstring(picture.svg)  # noqa: S314 - our own picture
    assert float(root.get("width", "").removesuffix("pt")) == pytest.approx(picture.width / 25.4 * 72, abs=0.1)
    image = Image.open(io.BytesIO(picture.png))
    assert image.size == (int(picture.width / 25.4 * 200), int(picture.height / 25.4 * 200))
    assert {(31, 78, 121), (157, 195, 230), (231, 230, 230)} <= colours(picture)


def test_progress_shows_part_whole_and_share_and_no_share_of_nothing() -> None:
    shown = texts(progress_charts(levels(), PROGRESS))
    assert "29/641 (4,52%)" in shown
    assert "889/1.847 (48,13%)" in shown
    assert shown.count("–") == 1
    assert {"Đã có nội dung", "Đã phê duyệt (1)", "0%", "100%"} <= set(shown)


def test_the_largest_have_a_bar_each_and_the_others_one_together() -> None:
    (picture,) = count_charts(city(), Chart("nhieu-nhat", "Nhiều nhất", ("cv", "lt"), most=3))
    shown = texts([picture])
    counts = sorted((count for row in city().rows if isinstance(count := row["tong"], int)), reverse=True)
    bars = [text for text in shown if re.fullmatch(r"[\d.]+", text)][-4:]
    assert "Khác (143)" in shown
    assert bars[:3] == [str(count) for count in counts[:3]]
    assert int(bars[3].replace(".", "")) == sum(counts[3:])


def test_the_bar_of_the_others_does_not_dwarf_the_rest() -> None:
    many, few = Chart("nhieu-nhat", "Nhiều nhất", ("cv", "lt"), most=3), Chart("x", "X", ("cv", "lt"), most=2)
    (dwarfing,), (fitting,) = count_charts(city(), many), count_charts(levels(), few)
    assert (231, 230, 230) in colours(dwarfing)
    assert (231, 230, 230) not in colours(fitting)
    axis = [int(text) for text in texts([dwarfing]) if re.fullmatch(r"\d+", text)]
    assert max(axis) < 150


def test_a_text_stands_below_the_name_of_its_row() -> None:
    columns = (Column("ten", "Tên"), Column("co_quan", "Cơ quan"), Column("cv", "CV", Kind.COUNT))
    rows: tuple[Cells, ...] = tuple(
        {"ten": f"Phòng {number}", "co_quan": "Ủy ban nhân dân xã " + "Rất dài " * number, "cv": number}
        for number in range(1, 40)
    )
    table = Table("x", "X", columns, (Group("", "", rows),))
    pictures = count_charts(table, Chart("x", "X", ("cv",), below="co_quan"))
    assert len(pictures) == 2
    assert all(picture.height <= 200 for picture in pictures)
    shown = texts(pictures)
    assert shown.index("UBND xã Rất dài") == shown.index("Phòng 1") + 1
    assert sum(text.endswith("…") for text in shown) > 30


def test_a_matrix_of_many_keeps_the_largest_and_adds_up_the_others() -> None:
    table = handovers(60)
    picture = matrix_chart(table, "luan-chuyen", most=20)
    shown = texts([picture])
    assert shown.count("Khác (40)") == 2
    figures = sum(int(text.replace(".", "")) for text in shown if re.fullmatch(r"[\d.]+", text))
    assert figures == sum(value for row in table.rows for value in row.values() if isinstance(value, int))


def test_a_small_matrix_is_shown_as_it_is() -> None:
    shown = texts([matrix_chart(handovers(5), "luan-chuyen")])
    assert not [text for text in shown if text.startswith("Khác")]
    assert shown.count("Sở Nội vụ") == 2


def test_names_are_text_and_never_formulas_or_markup() -> None:
    names = ("$x^2$", "\\frac{1}{2}", "<script>", "a--b", "số 5%", "中文\x00\x1b", "dòng\nhai")
    rows: tuple[Cells, ...] = tuple({"ten": name, "cv": 1, "lt": 1} for name in names)
    columns = (Column("ten", "Tên"), Column("cv", "$CV$", Kind.COUNT), Column("lt", "LT", Kind.COUNT))
    pictures = count_charts(Table("x", "X", columns, (Group("", "", rows),)), COUNTS)
    ET.fromstring(pictures[0].svg)  # noqa: S314 - our own picture
    shown = texts(pictures)
    assert {"$x^2$", "\\frac{1}{2}", "$CV$", "số 5%", "dòng hai"} <= set(shown)


def test_an_empty_table_is_an_empty_chart() -> None:
    table = Table("x", "X", levels().columns, ())
    for pictures in (count_charts(table, COUNTS), progress_charts(table, PROGRESS), [matrix_chart(table, "x")]):
        assert len(pictures) == 1


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tables())
@example(
    Table(
        "bang",
        "Nửa \ud800 chữ",
        (Column("cot_0", "A"), Column("cot_1", "B", Kind.COUNT), Column("cot_2", "C", Kind.COUNT)),
        (),
    )
)
def test_any_table_can_be_drawn(table: Table) -> None:
    chart = Chart("x", table.title, ("cot_1", "cot_2"), "cot_1")
    pictures = [*count_charts(table, chart), *progress_charts(table, chart), matrix_chart(table, "x")]
    for picture in pictures:
        ET.fromstring(picture.svg)  # noqa: S314 - our own picture


def test_the_files_are_written_beside_each_other(tmp_path: Path) -> None:
    paths = write_pictures(tmp_path, progress_charts(levels(), PROGRESS))
    assert [path.name for path in paths] == ["tien-do.svg", "tien-do.png"]
    assert sorted(tmp_path.iterdir()) == sorted(paths)


_DRAW = """
import sys; sys.path.insert(0, sys.argv[1])
from pathlib import Path
from test_tabular_charts import *
import matplotlib as mpl
mpl.rcParams["font.size"] = float(sys.argv[3])
pictures = [*count_charts(levels(), COUNTS), *progress_charts(levels(), PROGRESS), matrix_chart(handovers(9), "lc")]
write_pictures(Path(sys.argv[2]), pictures)
"""


def _drawn_elsewhere(folder: Path, size: str, **environment: str) -> dict[str, str]:
    folder.mkdir()
    subprocess.run(
        [sys.executable, "-c", _DRAW, str(Path(__file__).parent), str(folder), size],
        check=True,
        env={**os.environ, **environment},
    )
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def test_two_machines_two_time_zones_two_users_settings_give_equal_bytes(tmp_path: Path) -> None:
    one = _drawn_elsewhere(tmp_path / "một", "8", TZ="Asia/Ho_Chi_Minh", PYTHONHASHSEED="1", SOURCE_DATE_EPOCH="1")
    two = _drawn_elsewhere(tmp_path / "two", "20", TZ="America/New_York", PYTHONHASHSEED="2")
    assert len(one) == 6
    assert one == two


def test_without_matplotlib_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(QtnbError) as caught:
        count_charts(levels(), COUNTS)
    assert caught.value.message == "Chưa cài thư viện matplotlib để vẽ biểu đồ."
    assert caught.value.hint == "Cài thêm bằng lệnh: pip install 'qtnb[bieu-do]'."
