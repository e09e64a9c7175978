"""Rendered decisions against the rules of Nghị định 30/2020/NĐ-CP, by rule id."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator

from nd30 import violations
from qtnb.building import kho_of
from qtnb.model import QuyetDinh
from qtnb.render import TemplateStore, render_decision
from qtnb.validation import validate
from qtnb.words.measure import width_of
from render_models import CAN_CU, TEMPLATES, THANH_PHO, decision, full_kho, render
from test_render_document import AMENDMENTS, rendered

ROOT = TEMPLATES.parent
KHO = sorted(path.parent for path in (ROOT / "examples").glob("*/quyet-dinh"))


@pytest.fixture(scope="module", params=KHO, ids=lambda path: path.name)
def rendered_examples(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    validated = validate([request.param], ROOT)
    assert [finding for finding in validated.findings if finding.severity == "error"] == []
    (checked,) = validated.kho
    kho = kho_of(checked)
    folder = tmp_path_factory.mktemp(request.param.name)
    templates = TemplateStore(TEMPLATES)
    paths = [folder / f"{quyet_dinh.khoa}.docx" for quyet_dinh in kho.quyet_dinh]
    for path, quyet_dinh in zip(paths, kho.quyet_dinh, strict=True):
        render_decision(kho, quyet_dinh, path, templates)
    return paths


def test_the_examples_break_no_rule(rendered_examples: list[Path]) -> None:
    assert rendered_examples
    assert {path.name: found for path in rendered_examples if (found := violations(path))} == {}


def test_word_would_repair_nothing_in_the_examples(rendered_examples: list[Path]) -> None:
    for path in rendered_examples:
        assert [str(error) for error in OpenXmlValidator().validate(path).errors] == [], path.name


VARIANTS: dict[str, QuyetDinh] = {
    "signed": decision(so="7", ngay="2026-03-09", can_cu=CAN_CU, theo_de_nghi="Chánh Văn phòng Sở;"),
    "January": decision(so="12", ngay="2026-01-31"),
    "no grounds": decision(),
    "long trích yếu": decision(trich_yeu="Phê duyệt " + "danh mục quy trình nội bộ " * 8 + "."),
    "short trích yếu": decision(trich_yeu="Phê duyệt danh mục"),
    "collective": decision(
        tham_quyen="Ủy ban nhân dân thành phố Hà Nội",
        co_quan_ban_hanh=THANH_PHO,
        ky={"quyen_han": "KT. Chủ tịch", "chuc_vu": "Phó Chủ tịch"},
    ),
    "deputy": decision(ky={"chuc_vu": "Phó Giám đốc", "ho_ten": "Họ và tên"}),
    "own articles": decision(dieu=["Phê duyệt danh mục tại Phụ lục kèm theo:\na) một;\nb) hai", "Điều 2: Thi hành.;"]),
    "own recipients": decision(noi_nhan=["- UBND Thành phố;", "Lưu: VT, VP, 05 bản."]),
    "many recipients": decision(
        noi_nhan=[f"Đơn vị thứ {number} thuộc cơ quan có tên rất dài " * 3 for number in range(26)]
    ),
    "long agency": decision(
        co_quan_ban_hanh={
            **THANH_PHO,
            "ten": "Ủy ban nhân dân phường Văn Miếu - Quốc Tử Giám",
            "ten_ban_hanh": ["Ủy ban nhân dân", "Phường Văn Miếu - Quốc Tử Giám"],
            "dia_danh": "Văn Miếu - Quốc Tử Giám",
        }
    ),
}


@pytest.mark.parametrize("name", VARIANTS)
def test_every_variant_of_a_decision_breaks_no_rule(name: str, tmp_path: Path) -> None:
    assert violations(render(full_kho(), VARIANTS[name], tmp_path / "qd.docx")) == []


@pytest.mark.parametrize("name", AMENDMENTS)
def test_every_form_of_an_amending_decision_breaks_no_rule(name: str, tmp_path: Path) -> None:
    assert violations(rendered(name, tmp_path / "qd.docx")) == []


SPOILED = [
    ("TT-03", "word/document.xml", 'w:left="1701"', 'w:left="1417"'),
    ("TT-05", "word/styles.xml", 'w:hAnsi="Times New Roman"', 'w:hAnsi="Arial"'),
    ("TT-09", "word/header1.xml", "<w:fldSimple", "<w:r><w:t>Trang </w:t></w:r><w:fldSimple"),
    ("TT-10", "word/document.xml", "<w:titlePg/>", ""),
    ("QH-01", "word/document.xml", "Hạnh phúc", "Hạnh Phúc"),
    ("QH-01", "word/document.xml", "_" * 43, "_" * 20),
    ("CQ-02", "word/document.xml", ">SỞ NỘI VỤ<", ">Sở Nội vụ<"),
    ("SO-01", "word/document.xml", "Số: 07/", "Số: 7/"),
    ("DD-01", "word/document.xml", "tháng 3 năm", "tháng 03 năm"),
    ("TL-01", "word/document.xml", "Phê duyệt danh mục quy", "Về việc phê duyệt danh mục quy"),
    ("ND-04", "word/document.xml", "tháng 6 năm 2025;", "tháng 6 năm 2025,"),
    ("QD-07", "word/document.xml", "QUYẾT ĐỊNH:", "QUYẾT ĐỊNH"),
    ("ND-08", "word/document.xml", "Điều 2. ", "Điều 4. "),
    ("ND-08", "word/styles.xml", 'w:firstLine="720"', 'w:firstLine="709"'),
    ("ND-13", "word/document.xml", "Quyết định này./.", "Quyết định này."),
    ("CK-08", "word/document.xml", ">GIÁM ĐỐC<", ">TM. GIÁM ĐỐC<"),
    ("NN-04", "word/document.xml", "Như Điều 3", "Như Điều 9"),
    ("PL-01", "word/document.xml", ">Phụ lục<", ">Phụ lục 1<"),
    ("PL-04", "word/document.xml", "07/QĐ-SNV ngày", "08/QĐ-SNV ngày"),
    ("BT-02", "word/document.xml", "<w:tblHeader/>", ""),
    ("CK-11", "word/document.xml", "<w:cantSplit/>", ""),
    ("BT-06", "word/document.xml", '"DieuCuoi"', '"Dieu"'),
]


@pytest.mark.parametrize(("rule_id", "part", "right", "wrong"), SPOILED)
def test_a_spoiled_document_is_found_out_by_its_rule(
    rule_id: str, part: str, right: str, wrong: str, tmp_path: Path
) -> None:
    good = render(full_kho(), VARIANTS["signed"], tmp_path / "good.docx")
    bad = tmp_path / "bad.docx"
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(bad, "w") as target:
        for name in source.namelist():
            text = source.read(name)
            if name == part:
                assert right.encode() in text
                text = text.replace(right.encode(), wrong.encode())
            target.writestr(name, text)
    assert any(rule_id in line.split(": ")[0].split(", ") for line in violations(bad)), violations(bad)


def test_the_measure_agrees_with_printed_widths() -> None:
    millimetres = 25.4 / 72
    assert width_of("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12) * millimetres == pytest.approx(88.3, abs=0.3)
    assert width_of("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13) * millimetres == pytest.approx(95.7, abs=0.3)
    assert width_of("Độc lập - Tự do - Hạnh phúc", 14) * millimetres == pytest.approx(60.5, abs=0.3)
    assert width_of("ỦY BAN NHÂN DÂN PHƯỜNG VĂN MIẾU - QUỐC TỬ GIÁM", 12) * millimetres == pytest.approx(119, abs=1)
    assert width_of("Trước", 1000) == 667 + 444 + 600 + 554 + 444  # Liberation Serif Bold: the horn takes room
