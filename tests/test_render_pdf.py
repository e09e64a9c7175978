"""PDF through the real LibreOffice."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from docx_outline import main_part, text_of
from qtnb.errors import QtnbError
from qtnb.render import to_pdf
from render_models import (
    SO,
    SO_SANH,
    TEMPLATES,
    VAN_BAN_DEN,
    decision,
    full_kho,
    kho_with,
    kho_with_history,
    procedure,
    render,
)

needs_libreoffice = pytest.mark.skipif(
    shutil.which("soffice") is None and shutil.which("libreoffice") is None,
    reason="LibreOffice is not installed",
)


@needs_libreoffice
def test_every_document_gets_its_pdf_beside_it(tmp_path: Path) -> None:
    files = []
    for folder in ("Sở Nội vụ", "phường"):
        (tmp_path / folder).mkdir()
        files.append(render(full_kho(), decision(), tmp_path / folder / "quyết định số 1.docx"))
    pdfs = to_pdf(files)
    assert pdfs == [file.with_suffix(".pdf") for file in files]
    assert all(pdf.read_bytes().startswith(b"%PDF") for pdf in pdfs)
    assert sorted(path.name for path in files[0].parent.iterdir()) == ["quyết định số 1.docx", "quyết định số 1.pdf"]


@needs_libreoffice
def test_a_document_that_libreoffice_cannot_read_is_named(tmp_path: Path) -> None:
    good = render(full_kho(), decision(), tmp_path / "tốt.docx")
    bad = tmp_path / "hỏng.docx"
    bad.write_bytes(b"PK\x03\x04 not a document")
    with pytest.raises(QtnbError) as caught:
        to_pdf([good, bad])
    assert caught.value.message == f'LibreOffice không tạo được PDF từ tệp "{bad}".'


def test_without_libreoffice_the_message_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(QtnbError) as caught:
        to_pdf([render(full_kho(), decision(), tmp_path / "qd.docx")])
    assert caught.value.message == "Không tìm thấy LibreOffice để tạo tệp PDF."
    assert "libreoffice-writer" in caught.value.hint
    assert [path.name for path in tmp_path.iterdir()] == ["qd.docx"]


def test_no_documents_need_no_libreoffice(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert to_pdf([]) == []


def _pages(pdf: Path) -> list[str]:
    text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True).stdout
    return text.decode().split("\f")[:-1]


@needs_libreoffice
@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext (poppler) is not installed")
def test_no_page_is_empty_and_each_part_numbers_its_pages_from_its_second(tmp_path: Path) -> None:
    long = {**VAN_BAN_DEN, "muc_dich": "Mục đích rất dài. " * 600, "cac_buoc": VAN_BAN_DEN["cac_buoc"] * 6}
    kho = kho_with(*(procedure(f"q{number}", long if number == 3 else VAN_BAN_DEN) for number in range(24)))
    files = [
        render(kho, decision(phe_duyet="danh_muc_va_noi_dung", can_cu=["Luật A"] * 20), tmp_path / "dài.docx"),
        render(full_kho(), decision(pham_vi_lien_thong=True, phe_duyet="danh_muc_va_noi_dung"), tmp_path / "lt.docx"),
    ]
    for pdf in to_pdf(files):
        expected = 0
        for page in _pages(pdf):
            first, *rest = page.split("\n\n")[0].strip().split("\n")
            begins = first.startswith("Phụ lục") or expected == 0
            expected = 1 if begins else expected + 1
            assert begins or first.strip() == str(expected), page[:200]
            assert "".join(rest + page.split("\n")[2:]).strip() not in ("", "./."), page


@needs_libreoffice
@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext (poppler) is not installed")
def test_the_end_mark_never_has_a_page_of_its_own(tmp_path: Path) -> None:
    files = []
    for lines in range(31, 36):
        item = {**VAN_BAN_DEN, "muc_dich": "\n".join(["Một dòng"] * lines), "bieu_mau": ["Một mẫu"]}
        out = tmp_path / f"{lines}.docx"
        files.append(render(kho_with(procedure("a", item)), decision(phe_duyet="noi_dung"), out))
    for pdf in to_pdf(files):
        assert [page for page in _pages(pdf) if page.split()[1:] == ["./."]] == [], pdf.name


@needs_libreoffice
@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext (poppler) is not installed")
def test_signature_date_and_symbol_stay_in_one_piece(tmp_path: Path) -> None:
    issuer = {**SO, "dia_danh": "Văn Miếu - Quốc Tử Giám"}
    item = {**VAN_BAN_DEN, "ten": "Tên" + " quy trình" * 6 + " một"}
    files = [
        render(
            kho_with(procedure("a", item), co_quan=issuer),
            decision(
                phe_duyet="noi_dung",
                can_cu=["Nghị định rất dài, phải viết trên hai dòng mới đủ chỗ, dài thêm một chút nữa mới đủ"] * count,
                noi_nhan=[f"Đơn vị {number}" for number in range(26)],
                ky={"chuc_vu": "Phó Giám đốc", "ho_ten": "Họ và tên"},
                ngay="2026-12-25",
            ),
            tmp_path / f"{count}.docx",
        )
        for count in range(4, 9)
    ]
    for pdf in to_pdf(files):
        pages = _pages(pdf)
        assert "Văn Miếu - Quốc Tử Giám, ngày 25 tháng 12 năm 2026" in pages[0]
        assert any("KT. GIÁM ĐỐC" in page and "Họ và tên" in page and "Điều 3." in page for page in pages)
        assert any("(CV-01)" in page for page in pages)


@needs_libreoffice
@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext (poppler) is not installed")
def test_headers_of_long_tables_repeat_on_every_page(tmp_path: Path) -> None:
    steps = {**VAN_BAN_DEN, "cac_buoc": VAN_BAN_DEN["cac_buoc"] * 10}
    (pdf,) = to_pdf([render(kho_with(procedure("a", steps)), decision(phe_duyet="noi_dung"), tmp_path / "a.docx")])
    with_steps = [page for page in _pages(pdf) if "Văn thư Sở" in page]
    assert len(with_steps) > 2
    assert all("Trình tự thực hiện" in page for page in with_steps)


@needs_libreoffice
@pytest.mark.skipif(shutil.which("pdfinfo") is None, reason="pdfinfo (poppler) is not installed")
def test_a_long_comparison_lies_on_its_side_and_repeats_its_header(tmp_path: Path) -> None:
    item = SO_SANH.quy_trinh[0]
    long = replace(SO_SANH, quy_trinh=(replace(item, dong=item.dong * 30), *SO_SANH.quy_trinh[1:]))
    data = {"hinh_thuc": "sua_doi_bo_sung", "quy_trinh": ["CV-01"], "bang_so_sanh": True}
    (pdf,) = to_pdf([render(kho_with_history(), decision(**data), tmp_path / "qd.docx", long)])
    told = subprocess.run(["pdfinfo", "-l", "99", str(pdf)], check=True, capture_output=True).stdout.decode()
    broad = [float(line.split()[3]) > 800 for line in told.splitlines() if line.startswith("Page ") and "size" in line]
    pages = _pages(pdf)
    assert broad == [False, False] + [True] * (len(pages) - 2)
    assert len(pages) > 4
    assert all("Quy định hiện hành" in page for page in pages[2:])
    assert [page.split()[0] for page in pages[3:]] == [str(number) for number in range(2, len(pages) - 1)]


@needs_libreoffice
def test_a_template_saved_by_an_office_program_prints_the_same_words(tmp_path: Path) -> None:
    program = shutil.which("soffice") or shutil.which("libreoffice")
    assert program is not None
    subprocess.run(
        [
            program,
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "docx",
            "--outdir",
            str(tmp_path / "mau"),
            *map(str, TEMPLATES.glob("*.docx")),
        ],
        check=True,
        capture_output=True,
    )
    for lt in (False, True):
        data = {"phe_duyet": "danh_muc_va_noi_dung", "pham_vi_lien_thong": lt, "can_cu": ["Luật A"]}
        keys = {} if lt else {"quy_trinh": ["van-ban-den", "van-phong-pham"]}
        saved = render(replace(full_kho(), goc=tmp_path), decision(**data, **keys), tmp_path / "saved.docx")
        own = render(full_kho(), decision(**data, **keys), tmp_path / "own.docx")
        assert text_of(main_part(saved)) == text_of(main_part(own))
