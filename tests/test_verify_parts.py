"""What is added to a document beside its words, or shown by other means than words, is told."""

from __future__ import annotations

import re
import shutil
import zipfile
from pathlib import Path

import pytest

from kit import qtnb
from libreoffice_writer import AS_IT_IS, Job, needs_writer, resolve_all
from marked_documents import Edit, Told, altered, in_part, in_text, rendered_kho, told, with_part
from qtnb.render.package import DOCUMENT, read_package
from qtnb.render.printed import reading_of
from qtnb.render.visible import visible
from register_kho import approve, numbered_kho

PRINTED = "van-ban/noi-dung.docx"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
SAID = "<w:p><w:r><w:t>Đã sửa</w:t></w:r></w:p>"
PAGE = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PA</w:instrText></w:r>'
    '<w:r><w:instrText>GE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    '<w:r><w:t>{}</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


@pytest.fixture
def kho(tmp_path: Path) -> Path:
    """A kho with both decisions entered and rendered."""
    return rendered_kho(tmp_path / "kho")


def ask(kho: Path, edit: Edit) -> Told:
    return told(altered(kho / PRINTED, kho / "sua.docx", edit), kho)


@pytest.mark.parametrize(
    ("part", "root", "where"),
    [
        ("word/header9.xml", "hdr", "Đầu trang"),
        ("word/footer1.xml", "ftr", "Chân trang"),
        ("word/phan-la.xml", "ftr", "Chân trang"),
        ("word/footnotes.xml", "footnotes", "Cước chú"),
        ("word/endnotes.xml", "endnotes", "Chú thích cuối"),
        ("word/comments.xml", "comments", "Bình luận"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_text_beside_the_body_is_told(kho: Path, part: str, root: str, where: str, encoding: str) -> None:
    xml = f'<?xml version="1.0" encoding="{encoding}"?><w:{root} {W}>{SAID}</w:{root}>'
    answer = told(with_part(kho / PRINTED, kho / "them.docx", part, xml.encode(encoding)), kho)
    assert (answer.code, answer.data["verdict"]) == (1, "bi_sua")
    assert answer.data["changes"] == [{"where": where, "old": "", "new": "Đã sửa"}]
    assert f"  - {where}: thêm “Đã sửa”\n" in answer.text


@pytest.mark.parametrize("number", ["2", "xii", " 14 ", ""])
def test_page_numbers_are_no_text(kho: Path, number: str) -> None:
    xml = f"<w:ftr {W}><w:p>{PAGE.format(number)}</w:p></w:ftr>"
    assert told(with_part(kho / PRINTED, kho / "so.docx", "word/footer1.xml", xml), kho).code == 0


def test_what_only_looks_like_a_page_number_is_text(kho: Path) -> None:
    xml = f"<w:ftr {W}><w:p>{PAGE.format('Bản dự thảo')}</w:p></w:ftr>"
    answer = told(with_part(kho / PRINTED, kho / "so.docx", "word/footer1.xml", xml), kho)
    assert answer.data["changes"] == [{"where": "Chân trang", "old": "", "new": "Bản dự thảo"}]


FIELD = '<w:fldSimple w:instr=" QUOTE &quot;x&quot; "><w:r><w:t>Áp dụng</w:t></w:r></w:fldSimple></w:p><w:p>'


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("<w:t", '<w:sym w:font="Symbol" w:char="0031"/><w:t', "ký hiệu đặc biệt"),
        ("<w:r>", "<w:r><w:rPr><w:vanish/></w:rPr>", "chữ ẩn"),
        ("<w:r>", '<w:r><w:rPr><w:strike w:val="true"/></w:rPr>', "chữ gạch ngang"),
        ("<w:r>", '<w:r><w:rPr><w:rStyle w:val="Noi"/></w:rPr>', "chữ ẩn"),
        ('<w:pStyle w:val="DiaDanh"/>', '<w:pStyle w:val="Noi"/>', "chữ ẩn"),
        ("<w:body>", '<w:body><w:altChunk r:id="rId9" xmlns:r="x"/>', "tệp nhúng"),
        ("<w:r>", "<w:r><w:drawing/></w:r><w:r>", "hình vẽ, ảnh"),
        ("<w:r>", "<w:r><w:object/></w:r><w:r>", "đối tượng nhúng"),
        (
            "<w:pPr>",
            '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:pPr>',
            "đánh số tự động",
        ),
        (
            "<w:r>",
            '<w:r><w:instrText> IF 1 = 1 "x" </w:instrText></w:r><w:r>',
            "trường tự cập nhật",
        ),
        ("<w:r>", '<w:fldSimple w:instr="DATE"/><w:r>', "trường tự cập nhật"),
    ],
)
def test_what_shows_or_hides_text_unread_is_named(kho: Path, old: str, new: str, named: str) -> None:
    answer = ask(kho, in_text(old, new))
    assert (answer.code, answer.data["verdict"]) == (1, "bi_sua")
    assert f"  Văn bản có thành phần qtnb không in ra và không đọc được: {named}.\n" in answer.text


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<w:r>", '<w:r><w:rPr><w:vanish w:val="0"/><w:strike w:val="false"/></w:rPr>'),
        ("<w:pPr>", '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'),
        ("<w:pPr>", "<w:pPr><w:rPr><w:vanish/></w:rPr>"),
        ("<w:r>", '<w:proofErr w:type="spellStart"/><w:r>'),
        ("<w:body>", '<w:body><!-- ghi chú --><w:bookmarkStart w:id="0" w:name="a"/>'),
    ],
    ids=["switched off", "no number", "end of a paragraph", "spelling", "bookmark"],
)
def test_what_changes_nothing_for_a_reader_is_no_alteration(kho: Path, old: str, new: str) -> None:
    assert ask(kho, in_text(old, new)).code == 0


@pytest.mark.parametrize(
    ("old", "new", "told_as"),
    [
        ("<w:t>1 ngày", "<w:t>1<!-- -->5 ngày", "“1 ngày” thành “15 ngày”"),
        ("<w:t>1 ngày", "<w:t>1<?a b?>5 ngày", "“1 ngày” thành “15 ngày”"),
        ("<w:t>1 ngày</w:t>", "<w:t>1</w:t><w:noBreakHyphen/><w:t>5 ngày</w:t>", "“1 ngày” thành “1-5 ngày”"),
        (
            "<w:t>1 ngày</w:t></w:r>",
            "<w:t>1 ngày</w:t></w:r><w:smartTag><w:r><w:t>!</w:t></w:r></w:smartTag>",
            "ngày!”",
        ),
    ],
)
def test_no_text_hides_between_its_pieces(kho: Path, old: str, new: str, told_as: str) -> None:
    def edit(name: str, content: bytes) -> bytes:
        if name != "word/document.xml":
            return content
        plain = content.decode().replace('<w:t xml:space="preserve">', "<w:t>")
        assert old in plain
        return plain.replace(old, new).encode()

    answer = ask(kho, edit)
    assert answer.code == 1
    assert told_as in answer.text


def test_a_text_box_is_read(kho: Path) -> None:
    box = f"<w:r><w:pict><w:txbxContent>{SAID}</w:txbxContent></w:pict></w:r><w:r>"
    answer = ask(
        kho, lambda name, part: part.replace(b"<w:r>", box.encode(), 1) if name == "word/document.xml" else part
    )
    assert answer.code == 1
    assert "thêm “Đã sửa”" in answer.text
    assert "hình vẽ, ảnh" in answer.text


@pytest.mark.parametrize(
    "relations",
    [
        'Target="word/khac.xml"',
        'Target="word/document.xml" TargetMode="External"',
        'Target="word/document.xml"/><Relationship Id="b" Type="a/officeDocument" Target="word/khac.xml"',
    ],
)
def test_another_main_part_is_not_passed_over(kho: Path, relations: str) -> None:
    answer = ask(kho, in_part("_rels/.rels", 'Target="word/document.xml"', relations))
    assert answer.code == 1
    assert "không đọc được: phần chính khác.\n" in answer.text


def strict(name: str, content: bytes) -> bytes:
    """What Word writes as “Strict Open XML Document”."""
    if not name.endswith((".xml", ".rels")) or name.startswith("customXml"):
        return content
    for part in ("wordprocessingml", "officeDocument"):
        content = content.replace(
            f"http://schemas.openxmlformats.org/{part}/2006/".encode(), f"http://purl.oclc.org/ooxml/{part}/".encode()
        )
    return content


def test_a_document_saved_as_strict_is_read(kho: Path) -> None:
    assert ask(kho, strict).code == 0
    answer = ask(kho, lambda name, part: strict(name, in_text("1 ngày", "5 ngày")(name, part) or b""))
    assert (answer.code, len(answer.data["changes"])) == (1, 4)


def test_what_an_own_template_prints_is_no_alteration(tmp_path: Path) -> None:
    kho = numbered_kho(tmp_path / "kho")
    (kho / "mau").mkdir()
    source = Path(__file__).parent.parent / "templates/quyet-dinh-cv.docx"
    struck = '<w:r><w:rPr><w:strike/></w:rPr><w:t>cũ</w:t></w:r><w:r><w:fldSimple w:instr="DATE"/></w:r></w:p></w:hdr>'
    header = lambda name, part: (  # noqa: E731
        part.replace(b"</w:p></w:hdr>", struck.encode()) if name == "word/header1.xml" else part
    )
    altered(source, kho / "mau/quyet-dinh-cv.docx", header)
    approve(kho, "danh-muc", 12, "2024-11-01")
    approve(kho, "noi-dung", 13, "2024-11-02")
    assert qtnb("render", cwd=kho).code == 0
    parts = read_package(kho / PRINTED, "x", DOCUMENT)
    assert reading_of(parts) == visible(parts).reading
    assert reading_of(parts).unread == ("chữ gạch ngang", "trường tự cập nhật")
    assert told(kho / PRINTED, kho).code == 0
    answer = ask(kho, in_part("word/header1.xml", "cũ", "mới"))
    assert answer.data["changes"] == [{"where": "Đầu trang", "old": "cũ", "new": "mới"}]


@needs_writer
def test_what_libreoffice_saves_is_as_it_was(kho: Path, tmp_path: Path) -> None:
    names = ("noi-dung", "danh-muc")
    jobs = [Job(kho / f"van-ban/{name}.docx", AS_IT_IS, tmp_path / f"{name}-lai.docx") for name in names]
    text_box = tmp_path / "hop.docx"
    shutil.copy(kho / PRINTED, text_box)
    resolve_all(jobs, tmp_path)
    for job in jobs:
        assert told(job.target, kho).code == 0, job
        document = (
            altered(job.target, tmp_path / "sua.docx", in_text("1 ngày", "5 ngày")) if "noi" in str(job) else None
        )
        if document:
            answer = told(document, kho)
            assert (answer.code, len(answer.data["changes"])) == (1, 4)


def test_two_parts_of_one_name_but_for_the_case_are_refused(kho: Path) -> None:
    document = Path(shutil.copy(kho / PRINTED, kho / "hai.docx"))
    with zipfile.ZipFile(document, "a") as archive:
        archive.writestr("Word/Document.xml", re.sub("1 ngày", "5 ngày", archive.read("word/document.xml").decode()))
    answer = told(document, kho)
    assert (answer.code, answer.data["verdict"]) == (1, "khong_co_dau")
    assert "có hai phần cùng tên" in answer.text
