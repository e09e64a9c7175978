"""A document tells whether it is what was rendered and approved: renamed, re-saved, altered, stripped, forged."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator

from kit import qtnb
from marked_documents import Edit, altered, forged, in_text, rendered_kho, without_mark
from qtnb.render.package import DOCUMENT, read_package
from qtnb.render.printed import reading_of
from qtnb.render.visible import visible
from register_kho import numbered_kho

INTRODUCED = (
    "  Quyết định số 13/QĐ-SNV ngày 02/11/2024 (khóa “noi-dung”) trong kho của Sở Nội vụ thành phố Hà Nội; "
    "in bằng qtnb 0.1.0.\n"
)
SAME = "Đúng bản đã phê duyệt, chưa bị sửa.\n"
STANDING = (
    "  CV-01 (den): bản mới nhất, hiệu lực từ ngày 02/11/2024.\n"
    "  CV-02 (di): bản mới nhất, hiệu lực từ ngày 02/11/2024.\n"
)
COMPARED = "  Đã đối chiếu với sổ đăng ký so-dang-ky.yaml.\n"
APPROVED = f"{SAME}{INTRODUCED}{COMPARED}{STANDING}"


@pytest.fixture
def kho(tmp_path: Path) -> Path:
    """A kho with both decisions entered and rendered."""
    return rendered_kho(tmp_path / "kho")


def test_a_document_as_rendered_is_unaltered(kho: Path) -> None:
    run = qtnb("verify", "van-ban/noi-dung.docx", cwd=kho)
    assert (run.code, run.out, run.err) == (0, f"van-ban/noi-dung.docx: {APPROVED}", "")


def test_a_renamed_document_is_the_same(kho: Path) -> None:
    shutil.copy(kho / "van-ban/noi-dung.docx", kho / "Phụ lục ký số.docx")
    assert qtnb("verify", "Phụ lục ký số.docx", cwd=kho).out == f"Phụ lục ký số.docx: {APPROVED}"


def test_the_kho_is_named_or_lies_around_the_document(kho: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "khac"
    elsewhere.mkdir()
    assert SAME in qtnb("verify", kho / "van-ban/noi-dung.docx", cwd=elsewhere).out
    document = shutil.copy(kho / "van-ban/noi-dung.docx", elsewhere)
    alone = qtnb("verify", document, cwd=elsewhere)
    assert alone.code == 0
    assert ": Chưa bị sửa từ khi in, nhưng CHƯA ĐỐI CHIẾU với bản đã phê duyệt.\n" in alone.out
    assert "  Không có sổ đăng ký nào ở đây ghi quyết định này; chỉ ra kho của cơ quan ban hành" in alone.out
    assert SAME in qtnb("verify", document, "--kho", kho, cwd=elsewhere).out


def test_a_draft_is_called_one(tmp_path: Path) -> None:
    kho = numbered_kho(tmp_path)
    assert qtnb("render", cwd=kho).code == 0
    run = qtnb("verify", "van-ban/noi-dung.docx", cwd=kho)
    assert run.code == 0
    assert run.out.startswith("van-ban/noi-dung.docx: Dự thảo, chưa bị sửa từ khi in; chưa có số và ngày.\n")
    assert "Dự thảo quyết định (khóa “noi-dung”)" in run.out


def test_what_was_altered_is_listed_field_by_field(kho: Path) -> None:
    document = altered(kho / "van-ban/noi-dung.docx", kho / "sua.docx", in_text("1 ngày", "5 ngày"))
    run = qtnb("verify", document.name, cwd=kho)
    assert run.code == 1
    assert run.out == (
        f"sua.docx: Đã bị sửa sau khi in: 4 chỗ.\n{INTRODUCED}{COMPARED}"
        "  - 1. Tiếp nhận văn bản đến (CV-01), 3.4 Thời gian xử lý công việc: “1 ngày” thành “5 ngày”\n"
        "  - 1. Tiếp nhận văn bản đến (CV-01), 3.5 Quy trình xử lý công việc, B1, cột Thời gian: “1 ngày” thành "
        "“5 ngày”\n"
        "  - 2. Phát hành văn bản đi (CV-02), 3.4 Thời gian xử lý công việc: “1 ngày” thành “5 ngày”\n"
        "  - 2. Phát hành văn bản đi (CV-02), 3.5 Quy trình xử lý công việc, B1, cột Thời gian: “1 ngày” thành "
        "“5 ngày”\n"
    )


def test_added_and_removed_paragraphs_are_told(kho: Path) -> None:
    def edit(name: str, content: bytes) -> bytes:
        if name != "word/document.xml":
            return content
        text = re.sub(r"<w:p>(?:(?!</w:p>).)*Quy định việc tiếp nhận.*?</w:p>", "<w:p/>", content.decode(), count=1)
        return text.replace("<w:t>Áp dụng", "<w:t>Chèn thêm</w:t></w:r></w:p><w:p><w:r><w:t>Áp dụng", 1).encode()

    document = altered(kho / "van-ban/noi-dung.docx", kho / "sua.docx", edit)
    run = qtnb("verify", document.name, "--format", "json", cwd=kho)
    answer = json.loads(run.out)
    assert (run.code, answer["version"], answer["verdict"]) == (1, 1, "bi_sua")
    assert {"where", "old", "new"} == set(answer["changes"][0])
    first = answer["changes"][0]
    assert (first["old"], first["new"]) == ("Quy định việc tiếp nhận", "")


def test_a_stripped_document_is_recognised_but_not_vouched_for(kho: Path) -> None:
    document = altered(kho / "van-ban/noi-dung.docx", kho / "xoa.docx", without_mark)
    run = qtnb("verify", document.name, cwd=kho)
    assert run.code == 1
    assert run.out == (
        "xoa.docx: Tệp không mang dấu của qtnb: không do qtnb in, hoặc dấu đã bị xóa.\n"
        "  Chữ trong tệp trùng với Quyết định số 13/QĐ-SNV ngày 02/11/2024 (khóa “noi-dung”) trong sổ đăng ký "
        "so-dang-ky.yaml.\n"
    )


def test_a_mark_changed_with_the_text_is_found_out_by_the_register(kho: Path) -> None:
    document = forged(kho / "van-ban/noi-dung.docx", kho / "gia.docx", ("1 ngày", "5 ngày"))
    run = qtnb("verify", document.name, cwd=kho)
    assert run.code == 1
    assert run.out.startswith("gia.docx: Không đúng bản đã phê duyệt: 4 chỗ.\n")
    assert "3.4 Thời gian xử lý công việc: “1 ngày” thành “5 ngày”" in run.out


@pytest.mark.parametrize("old", ["docProps/custom.xml", "customXml/"])
def test_one_of_the_two_marks_is_enough(kho: Path, old: str) -> None:
    document = altered(
        kho / "van-ban/noi-dung.docx", kho / "mot.docx", lambda name, part: None if name.startswith(old) else part
    )
    assert qtnb("verify", document.name, cwd=kho).out == f"mot.docx: {APPROVED}"


def test_a_later_decision_is_told(kho: Path) -> None:
    (kho / "quyet-dinh/bo.yaml").write_text(
        "loai: QD\nhinh_thuc: bai_bo\nphe_duyet: danh_muc\nquy_trinh: [CV-02]\n", "utf-8"
    )
    assert qtnb("approve", "bo", "--so", "21", "--ngay", "2024-12-01", cwd=kho).code == 0
    run = qtnb("verify", "van-ban/noi-dung.docx", cwd=kho)
    assert run.code == 0
    told = "  CV-02 (di): bị bãi bỏ theo Quyết định số 21/QĐ-SNV ngày 01/12/2024, hết hiệu lực từ ngày 01/12/2024.\n"
    assert told in run.out


def test_tracked_changes_are_read_as_accepted_and_mentioned(kho: Path) -> None:
    def tracked(name: str, content: bytes) -> bytes:
        if name != "word/document.xml":
            return content
        run = re.search(r"<w:r>(?:(?!</w:r>).)*Quy định việc tiếp nhận.*?</w:r>", content.decode())
        assert run is not None
        deleted = run[0].replace("<w:t", "<w:delText").replace("</w:t>", "</w:delText>")
        marks = 'w:id="1" w:author="a" w:date="2024-01-01T00:00:00Z"'
        change = f"<w:del {marks}>{deleted}</w:del><w:ins {marks}><w:r><w:t>Khác</w:t></w:r></w:ins>"
        return content.decode().replace(run[0], change, 1).encode()

    document = altered(kho / "van-ban/noi-dung.docx", kho / "theo-doi.docx", tracked)
    run = qtnb("verify", document.name, cwd=kho)
    assert run.code == 1
    assert "1 Mục đích: “Quy định việc tiếp nhận” thành “Khác”\n" in run.out
    assert "  Văn bản còn dấu sửa (Track Changes); đã xét như khi chấp nhận hết.\n" in run.out


@pytest.mark.parametrize("content", [b"", b"abc", b"PK\x03\x04"], ids=["empty", "text", "torn archive"])
def test_what_is_no_word_file_is_not_from_qtnb(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "rac.docx").write_bytes(content)
    run = qtnb("verify", "rac.docx", cwd=tmp_path)
    assert run.code == 1
    assert run.out.startswith("rac.docx: Đây không phải là văn bản Word mà qtnb in ra.\n")


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    run = qtnb("verify", "khong-co.docx", cwd=tmp_path)
    assert (run.code, run.err.splitlines()[0]) == (3, "qtnb: Không thấy tệp “khong-co.docx”.")


@pytest.mark.parametrize(
    "bomb",
    [
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        b"<w:document xmlns:w='x'>",
        b"<a>" * 5000 + b"</a>" * 5000,
    ],
    ids=["entities", "torn", "deep"],
)
def test_a_hostile_document_is_no_traceback(kho: Path, bomb: bytes) -> None:
    for part in ("word/document.xml", "customXml/item1.xml", "docProps/custom.xml"):
        document = altered(kho / "van-ban/noi-dung.docx", kho / "ac.docx", _replaced(part, bomb))
        run = qtnb("verify", document.name, cwd=kho)
        assert run.code in {0, 1}
        assert run.err == ""


def _replaced(part: str, content: bytes) -> Edit:
    return lambda name, old: content if name == part else old


def test_the_quick_reading_and_the_careful_one_agree(kho: Path) -> None:
    for name in ("noi-dung", "danh-muc"):
        parts = read_package(kho / f"van-ban/{name}.docx", name, DOCUMENT)
        assert reading_of(parts) == visible(parts).reading


def test_the_mark_is_no_fault_to_a_validator(kho: Path) -> None:
    result = OpenXmlValidator().validate(str(kho / "van-ban/noi-dung.docx"))
    assert [str(error) for error in result.errors] == []


def test_a_document_saved_by_libreoffice_is_still_known(kho: Path, tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    subprocess.run(
        [
            office,
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--headless",
            "--convert-to",
            "docx:MS Word 2007 XML",
            "--outdir",
            str(tmp_path / "lo"),
            str(kho / "van-ban/noi-dung.docx"),
        ],
        check=True,
        capture_output=True,
    )
    run = qtnb("verify", tmp_path / "lo/noi-dung.docx", cwd=kho)
    assert (run.code, run.out.split(": ", 1)[1]) == (0, APPROVED)


def test_a_revision_is_kept_when_it_is_told(kho: Path) -> None:
    assert qtnb("render", "quyet-dinh/noi-dung.yaml", "-o", "ban", "--ban", "v2024.1", cwd=kho).code == 0
    run = qtnb("verify", "ban/noi-dung.docx", cwd=kho)
    assert "trong kho của Sở Nội vụ thành phố Hà Nội, bản v2024.1; in bằng qtnb 0.1.0.\n" in run.out


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<w:t", '<w:sym w:font="Symbol" w:char="0031"/><w:t'),
        ("<w:r>", "<w:r><w:rPr><w:vanish/></w:rPr>"),
    ],
    ids=["symbol", "hidden"],
)
def test_what_is_not_read_is_not_vouched_for(kho: Path, old: str, new: str) -> None:
    document = altered(kho / "van-ban/noi-dung.docx", kho / "la.docx", in_text(old, new))
    run = qtnb("verify", document.name, cwd=kho)
    assert run.code == 1
    assert "  Văn bản có thành phần qtnb không in ra và không đọc được: " in run.out


def test_the_mark_of_another_qtnb_vouches_for_nothing(kho: Path) -> None:
    document = forged(
        kho / "van-ban/noi-dung.docx", kho / "gia.docx", ("1 ngày", "5 ngày"), ('"qtnb":"0.1.0"', '"qtnb":"0.0.9"')
    )
    run = qtnb("verify", document.name, cwd=kho)
    assert run.code == 1
    assert run.out.startswith("gia.docx: Chưa kết luận được là đúng bản đã phê duyệt.\n")
    assert "  Chữ khác với bản in lại bằng qtnb 0.1.0; văn bản in bằng bản qtnb khác.\n" in run.out
    assert "“1 ngày” thành “5 ngày”" in run.out
