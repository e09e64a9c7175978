"""The report of a roll-up: every sentence where it belongs, none where there is nothing to say."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from openxml_audit import OpenXmlValidator

from kit import CV, KHO, QD, Run, make_kho, qtnb
from qtnb.aggregate.facts import Agency, CountedKho, KhoFacts
from qtnb.aggregate.plan import BaoCao, KeHoachTongHop
from qtnb.aggregate.reporting.body import report_of
from qtnb.aggregate.reporting.told import Told
from qtnb.aggregate.standing import When
from qtnb.commands.rollup_report import need_for_report
from qtnb.errors import QtnbError
from qtnb.finding import START_OF_FILE, Finding, Severity
from qtnb.grouping.grouping import group_procedures
from qtnb.grouping.records import Agency as Body
from qtnb.grouping.records import Record
from qtnb.model import CoQuan
from qtnb.tabular.table import Cells, Column, Group, Kind, Table

VAN_PHONG = CoQuan("Văn phòng UBND Thành phố", ("VĂN PHÒNG",), "", "VP", "so", "Hà Nội", "Chánh Văn phòng")
NGAY = dt.date(2026, 11, 20)
NOTHING = Told(KeHoachTongHop(), VAN_PHONG, When(NGAY), {}, {}, (), (), None, {})


def table(key: str, *rows: Cells) -> Table:
    columns = (Column("ten", "Tên"), *(Column(name, name, Kind.COUNT) for name in list(rows[0])[1:]))
    return Table(key, key, columns, (Group("", "", rows),))


def parts_of(told: Told) -> dict[str, tuple[str, ...]]:
    """The paragraphs of each part by its heading."""
    return {part.tieu_de: part.doan for part in report_of(told, (), ()).noi_dung}


# --- sentences --------------------------------------------------------------------------------------


def test_of_nothing_nothing_is_claimed() -> None:
    assert parts_of(NOTHING) == {
        "": (
            (
                "Văn phòng UBND Thành phố báo cáo kết quả rà soát, xây dựng, phê duyệt quy trình giải quyết công "
                "việc nội bộ (ngoài thủ tục hành chính) của các cơ quan, đơn vị đến ngày 20 tháng 11 năm 2026 như sau:"
            ),
        ),
        "Tình hình chung": ("1. Phạm vi tổng hợp: 0 cơ quan.", "2. Số lượng quy trình: 0 quy trình."),
        "Kết quả phê duyệt": ("Chưa có quy trình nào.",),
        "Tồn tại": ("Số liệu tổng hợp chưa cho thấy tồn tại.",),
        "Đề xuất, kiến nghị": (
            "1. Các cơ quan thường xuyên rà soát, bổ sung, điều chỉnh quy trình khi công việc thay đổi.",
            (
                "Trên đây là kết quả rà soát, xây dựng, phê duyệt quy trình giải quyết công việc nội bộ "
                "(ngoài thủ tục hành chính), Văn phòng UBND Thành phố kính báo cáo."
            ),
        ),
    }


def late(*counts: int) -> Table:
    rows: list[Cells] = [
        {"ten": f"Sở {number}", "quy_trinh": 9, "qua_han_danh_muc": count} for number, count in enumerate(counts)
    ]
    return table("tien_do", *rows)


@pytest.mark.parametrize(
    ("counts", "named"),
    [
        ((3,), "3 quy trình của 01 cơ quan (Phụ lục III), gồm: Sở 0 (03 quy trình)."),
        ((0, 2, 3), "gồm: Sở 2 (03 quy trình); Sở 1 (02 quy trình)."),
        ((1, 2, 3, 4, 5, 6), ("nhiều nhất là: Sở 5 (06 quy trình); Sở 4 (05 quy trình); Sở 3 (04 quy trình); "
         "Sở 2 (03 quy trình); Sở 1 (02 quy trình).")),
        ((2, 2, 2, 2, 2, 2), ("trong đó có: Sở 0 (02 quy trình); Sở 1 (02 quy trình); Sở 2 (02 quy trình); "
         "Sở 3 (02 quy trình); Sở 4 (02 quy trình).")),
    ],
)  # fmt: skip
def test_agencies_that_are_late_are_named_with_the_most_first(counts: tuple[int, ...], named: str) -> None:
    told = replace(
        NOTHING,
        when=When(NGAY, None, dt.date(2026, 4, 14)),
        tong={"quy_trinh": 54, "qua_han_danh_muc": sum(counts)},
        tables={"tien_do": late(*counts)},
        labels={"tien_do": "Phụ lục III"},
    )
    first = parts_of(told)["Tồn tại"][0]
    assert first.startswith("1. Quá hạn phê duyệt danh mục (hạn ngày 14 tháng 4 năm 2026): ")
    assert first.endswith(named)
    assert parts_of(told)["Đề xuất, kiến nghị"][0] == (
        "1. Các cơ quan có quy trình quá hạn nêu tại mục III hoàn thành ngay việc phê duyệt."
    )


def kho(path: str, ten: str, *hong: str) -> CountedKho:
    agency = Agency(ten, "S", "so", "Giám đốc", (), "8", START_OF_FILE, START_OF_FILE) if ten else None
    return CountedKho(path, path, "1", KhoFacts(agency, 1, (), (), (), (), (), hong, ()))


def test_what_could_not_be_counted_is_named() -> None:
    altered = Finding("a.json", START_OF_FILE, "summary-altered", Severity.ERROR, "…", "…")
    mixed = replace(altered, path="b.json", rule="summary-mixed", severity=Severity.WARNING)
    counted = (kho("xa/a", "", "qtnb.yaml"), kho("so/b", "Sở B", *(f"quy-trinh/{n}.yaml" for n in range(5))))
    told = replace(NOTHING, kho=(*counted, kho("so/c", "Sở C")), findings=(altered, mixed, altered))
    assert parts_of(told)["Tồn tại"] == (
        "1. Có 01 kho không tổng hợp được vì tệp thông tin cơ quan hỏng: “xa/a”.",
        (
            "2. Có 05 tệp của 01 cơ quan hỏng hoặc sai biểu mẫu, không có trong số liệu: Sở B (quy-trinh/0.yaml, "
            "quy-trinh/1.yaml, quy-trinh/2.yaml và 02 tệp khác)."
        ),
        "3. Có 01 tệp tổng hợp không dùng được: “a.json”.",
    )
    assert parts_of(told)["Đề xuất, kiến nghị"][0] == (
        "1. Các cơ quan có kho, tệp không tổng hợp được sửa lỗi và gửi lại số liệu."
    )


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        (0, "Trong 09 cơ quan phải gửi số liệu, tất cả đã gửi."),
        (2, "Trong 09 cơ quan phải gửi số liệu, còn 02 cơ quan chưa gửi."),
    ],
)
def test_agencies_that_have_not_sent_are_told(missing: int, sentence: str) -> None:
    names = tuple({"ten": f"Sở {n}"} for n in range(missing))
    rows = Table("chua_gui", "", (Column("ten", "Tên"),), (Group("", "", names),))
    told = replace(NOTHING, tong={"phai_gui": 9, "chua_gui": missing}, tables={"chua_gui": rows})
    parts = parts_of(told)
    assert parts["Tình hình chung"][0].endswith(sentence)
    expected = "1. Còn 02/09 cơ quan phải gửi (22,22%) chưa gửi số liệu: Sở 0; Sở 1."
    assert (parts["Tồn tại"][0] == expected) == bool(missing)


def test_common_and_particular_work_is_told_when_asked_for() -> None:
    agencies = [Body(f"Ủy ban nhân dân xã {name}", "xa", name) for name in ("Ba Vì", "Cổ Đô", "Minh Châu")]
    records = [Record(agency, "a", "CV", "Tiếp công dân") for agency in agencies]
    grouping = group_procedures([*records, Record(agencies[0], "b", "CV", "Trồng rừng")])
    labels = {"viec_chung": "Phụ lục XII", "viec_rieng": "Phụ lục XIV"}
    told = replace(NOTHING, tong={"quy_trinh": 4}, works=grouping, labels=labels)
    assert parts_of(told)["Kết quả phê duyệt"][-1] == (
        "4. Công việc chung và công việc đặc thù (Phụ lục XII, Phụ lục XIV): 01 công việc có ở từ hai cơ quan trở lên, "
        "với 03 quy trình; 01 quy trình chỉ có ở một cơ quan. Công việc có ở nhiều cơ quan nhất là “Tiếp công dân” "
        "(03 cơ quan)."
    )


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        (("Tiếp công dân", "Tiếp công dân", "Tiếp công dân", "Trồng rừng", "Trồng rừng"), (
            "Công việc có ở nhiều cơ quan nhất là “Tiếp công dân” (03 cơ quan).")),
        (("Tiếp công dân", "Tiếp công dân", "Tiếp công dân", "Trồng rừng", "Trồng rừng", "Trồng rừng", "Mua xe",
          "Mua xe"), ("Có 02 công việc cùng có ở nhiều cơ quan nhất (03 cơ quan), trong đó có “Tiếp công dân”.")),
        (("Tiếp công dân", "Tiếp công dân", "Trồng rừng", "Trồng rừng"), "0 quy trình chỉ có ở một cơ quan."),
    ],
)  # fmt: skip
def test_no_work_is_called_the_most_common_that_shares_its_place(names: tuple[str, ...], sentence: str) -> None:
    agencies = [Body(f"Sở {number}", "so", str(number)) for number in range(len(names))]
    grouping = group_procedures(Record(agency, "a", "CV", ten) for agency, ten in zip(agencies, names, strict=True))
    told = parts_of(replace(NOTHING, tong={"quy_trinh": len(names)}, works=grouping))["Kết quả phê duyệt"][-1]
    assert told.endswith(sentence.replace("0 quy trình chỉ", "không có quy trình nào chỉ"))


@pytest.mark.parametrize(
    ("steps", "end"),
    [((3, 2), "; chủ trì nhiều nhất là Sở 0 (03 bước)."), ((2, 3), "; chủ trì nhiều nhất là Sở 1 (03 bước)."),
     ((2, 2), "phối hợp 0 bước."), ((2,), "; chủ trì nhiều nhất là Sở 0 (02 bước).")],
)  # fmt: skip
def test_nobody_is_said_to_have_most_who_has_as_much_as_another(steps: tuple[int, ...], end: str) -> None:
    rows: Iterator[Cells] = (
        {"ten": f"Sở {number}", "buoc_chu_tri": count, "buoc_phoi_hop": 0, "luot_chuyen_di": 0}
        for number, count in enumerate(steps)
    )
    told = replace(NOTHING, tong={"quy_trinh": 1}, tables={"khoi_luong": table("khoi_luong", *rows)})
    assert parts_of(told)["Kết quả phê duyệt"][-1].endswith(end)


def test_a_level_without_procedures_has_no_figures() -> None:
    departments: Cells = {"ten": "Sở", "quy_trinh": 2, "duyet_danh_muc": 1}
    communes: Cells = {"ten": "Xã", "quy_trinh": 0, "duyet_danh_muc": 0}
    told = replace(NOTHING, tong={"quy_trinh": 2}, tables={"cap": table("cap", departments, communes)})
    assert parts_of(told)["Kết quả phê duyệt"][-1] == (
        "4. Theo cấp:\n- Sở: 02 quy trình, trong đó đã phê duyệt danh mục 01 (50%), đã phê duyệt nội dung 0 (0%), "
        "đang có hiệu lực 0 (0%).\n- Xã: chưa có quy trình nào."
    )


def test_a_period_without_decisions_is_told() -> None:
    told = replace(NOTHING, tong={"quy_trinh": 2}, when=When(NGAY, dt.date(2026, 1, 1)))
    assert parts_of(told)["Kết quả phê duyệt"][-1] == (
        "4. Thay đổi từ ngày 01 tháng 01 năm 2026 đến ngày 20 tháng 11 năm 2026: không có."
    )


def test_who_has_no_procedure_or_wrong_files_is_asked_for_them() -> None:
    without: Cells = {"ten": "Sở A", "quy_trinh": 0}
    told = replace(NOTHING, tong={"loi": 2}, tables={"tien_do": table("tien_do", without)})
    assert parts_of(told)["Đề xuất, kiến nghị"][:2] == (
        "1. Các cơ quan chưa có quy trình nào rà soát công việc, lập danh mục quy trình.",
        "2. Các cơ quan có tệp còn lỗi sửa lỗi và kiểm tra lại.",
    )


def test_the_offices_own_words_take_the_place_of_ours() -> None:
    own = BaoCao(
        "5", NGAY, "Kết quả\nnăm 2026", ("Chủ tịch UBND Thành phố.",), ("Kính đề nghị A.",), ("Sở B",), "VT, C"
    )
    told = replace(NOTHING, plan=KeHoachTongHop("thực hiện Kế hoạch số 97/KH-UBND;", bao_cao=own))
    report = report_of(told, (), ())
    assert (report.trich_yeu, report.so, report.ngay, report.luu) == ("Kết quả\nnăm 2026", "5", NGAY, "VT, C")
    assert report.noi_dung[0].doan[0].startswith("Thực hiện Kế hoạch số 97/KH-UBND, Văn phòng UBND Thành phố báo cáo")
    assert report.noi_dung[-1].doan[0] == "Kính đề nghị A."
    assert report.noi_dung[-1].doan[1].endswith("Văn phòng UBND Thành phố kính báo cáo Chủ tịch UBND Thành phố.")


# --- the file ---------------------------------------------------------------------------------------

PLAN = """\
phien_ban: 1
ngay: 2026-11-20
co_quan:
  ten: Ủy ban nhân dân xã Ba Vì
  ten_ban_hanh: [ỦY BAN NHÂN DÂN, XÃ BA VÌ]
  viet_tat: UBND
  cap: xa
  dia_danh: Ba Vì
  nguoi_dung_dau: Chủ tịch
"""


def rolled_up(folder: Path, *words: str, plan: str = PLAN) -> Run:
    files: dict[str, str | bytes] = {"quy-trinh/a.yaml": CV, "quyet-dinh/a.yaml": QD}
    make_kho(folder / "so", {**files, "qtnb.yaml": KHO})
    if plan:
        (folder / "tong-hop.yaml").write_text(plan, encoding="utf-8")
    return qtnb("aggregate", ".", "--no-cache", *words, cwd=folder)


def test_a_report_of_one_agency_is_whole_and_signed_by_its_collective(tmp_path: Path) -> None:
    run = rolled_up(tmp_path, "-o", "bao-cao.docx", "-q")
    assert run == Run(
        0,
        "bao-cao.docx\n"
        + "".join(
            f"bao-cao-bieu-do/{key}.{suffix}\n"
            for key in ("so-quy-trinh", "tien-do-theo-cap", "tien-do-theo-co-quan")
            for suffix in ("svg", "png")
        ),
        "",
    )
    assert [str(error) for error in OpenXmlValidator().validate(tmp_path / "bao-cao.docx").errors] == []
    letterhead = docx.Document(str(tmp_path / "bao-cao.docx")).tables
    assert "/BC-UBND" in letterhead[0].cell(1, 0).text
    assert "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH" in letterhead[1].cell(0, 1).text


def test_equal_roll_ups_give_equal_reports(tmp_path: Path) -> None:
    both = []
    for name in ("một", "hai"):
        (tmp_path / name).mkdir()
        rolled_up(tmp_path / name, "-o", "a.docx", "-o", "a.xlsx")
        both.append([path.read_bytes() for path in sorted((tmp_path / name).rglob("a.*"))])
    assert both[0] == both[1]


def test_an_own_template_beside_the_data_of_the_roll_up_is_used(tmp_path: Path) -> None:
    (tmp_path / "mau").mkdir()
    (tmp_path / "mau" / "bao-cao.docx").write_bytes(b"no template")
    run = rolled_up(tmp_path, "-o", "a.docx")
    assert (run.code, run.out) == (3, "")
    assert "mau/bao-cao.docx" in run.err
    assert not (tmp_path / "a.docx").exists()


def test_tables_of_zeros_and_charts_of_nothing_are_left_out(tmp_path: Path) -> None:
    make_kho(tmp_path / "so", {"qtnb.yaml": KHO})
    (tmp_path / "tong-hop.yaml").write_text(PLAN, encoding="utf-8")
    run = qtnb(
        "aggregate", ".", "--no-cache", "--by", "cong-viec", "--by", "don-vi", "-o", "a.docx", "-q", cwd=tmp_path
    )
    assert run == Run(0, "a.docx\n", "")
    texts = [paragraph.text for paragraph in docx.Document(str(tmp_path / "a.docx")).paragraphs]
    start = texts.index("Phụ lục I")
    titles = [after for text, after in zip(texts[start:], texts[start + 1 :], strict=False) if text.startswith("Phụ")]
    assert titles == ["TỔNG HỢP THEO CẤP ĐẾN NGÀY 20/11/2026", "KẾT QUẢ KIỂM TRA THEO CƠ QUAN"]


def test_tables_that_are_named_are_printed_whatever_they_say(tmp_path: Path) -> None:
    rolled_up(tmp_path, "--bang", "thay_doi", "--bang", "nguoi_thuc_hien", "--ngay", "2020-01-01", "-o", "a.docx")
    texts = [paragraph.text for paragraph in docx.Document(str(tmp_path / "a.docx")).paragraphs]
    assert "THAY ĐỔI THEO CƠ QUAN ĐẾN NGÀY 01/01/2020" in texts
    assert "TRÁCH NHIỆM VÀ KHỐI LƯỢNG CÔNG VIỆC THEO NGƯỜI THỰC HIỆN" in " ".join("\n".join(texts).split())


def test_columns_with_nothing_about_other_agencies_are_not_printed(tmp_path: Path) -> None:
    rolled_up(tmp_path, "--by", "cong-viec", "--bang", "viec_rieng", "-o", "a.docx")
    heads = [cell.text for cell in docx.Document(str(tmp_path / "a.docx")).tables[2].rows[0].cells]
    assert heads == ["STT", "Tên quy trình của cơ quan", "Loại", "Số bước", "Thời gian", "Đơn vị tính"]


def test_chosen_tables_alone_are_appendices(tmp_path: Path) -> None:
    rolled_up(tmp_path, "-o", "a.docx", "--bang", "cap", "--bang", "tien_do")
    texts = [paragraph.text for paragraph in docx.Document(str(tmp_path / "a.docx")).paragraphs]
    labels = [text for text in texts if text.startswith("Phụ lục ")]
    assert labels == ["Phụ lục I", "Phụ lục II", "Phụ lục III"]
    assert "3. Đang có hiệu lực: 0/01 quy trình (0%)." in texts


@pytest.mark.parametrize(
    ("plan", "message", "code"),
    [
        ("", "Chưa rõ cơ quan lập báo cáo, nên không ghi được báo cáo Word.", 2),
        ("phien_ban: 1\n", "Chưa rõ cơ quan lập báo cáo, nên không ghi được báo cáo Word.", 2),
        ("phien_ban: 2\n", "Tệp tong-hop.yaml có lỗi, nên không ghi được báo cáo Word.", 3),
    ],
)
def test_without_a_reporter_there_is_no_report(tmp_path: Path, plan: str, message: str, code: int) -> None:
    run = rolled_up(tmp_path, "-o", "a.docx", plan=plan)
    assert (run.code, run.out) == (code, "")
    assert run.err.splitlines()[0] == f"qtnb: {message}"
    assert not (tmp_path / "a.docx").exists()


def test_without_matplotlib_a_report_is_refused_before_anything_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(QtnbError) as caught:
        need_for_report(KeHoachTongHop(co_quan=VAN_PHONG), ())
    assert caught.value.message == "Chưa cài thư viện matplotlib để vẽ biểu đồ."
    assert caught.value.hint == "Cài thêm bằng lệnh: pip install 'qtnb[bieu-do]'."
