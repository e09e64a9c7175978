"""Word templates: the built-in ones, an office's own, and what a broken or hostile one gets."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from docx_outline import W, main_part, text_of
from qtnb.errors import QtnbError
from qtnb.kho import Kho
from qtnb.render import TemplateStore, render_decision
from qtnb.words.vocabulary import DecisionCV
from render_models import (
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

CV = TEMPLATES / "quyet-dinh-cv.docx"
DOCUMENT = "word/document.xml"


def repacked(target: Path, changes: dict[str, bytes | None] | None = None) -> Path:
    """Copy the built-in CV template with parts replaced, added or (None) left out."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(CV) as source:
        parts: dict[str, bytes | None] = {name: source.read(name) for name in source.namelist()}
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in (parts | (changes or {})).items():
            if content is not None:
                archive.writestr(name, content)
    return target


def edited(target: Path, old: str, new: str) -> Path:
    """Copy the built-in CV template with a piece of its document replaced."""
    with zipfile.ZipFile(CV) as source:
        text = source.read(DOCUMENT).decode()
    assert old in text
    return repacked(target, {DOCUMENT: text.replace(old, new).encode()})


def trouble(tmp_path: Path) -> QtnbError:
    """The error of rendering with the template in ``mau/``, which leaves no file behind."""
    out = tmp_path / "out"
    out.mkdir()
    with pytest.raises(QtnbError) as caught:
        render_decision(full_kho_in(tmp_path), decision(), out / "qd.docx", TemplateStore(TEMPLATES))
    assert list(out.iterdir()) == []
    assert caught.value.exit_code == 3
    return caught.value


def full_kho_in(folder: Path) -> Kho:
    return replace(full_kho(), goc=folder)


# --- built-in templates ---------------------------------------------------------------------------


def test_running_the_scripts_gives_the_same_bytes(tmp_path: Path) -> None:
    for script in sorted(TEMPLATES.glob("build*.py")):
        subprocess.run([sys.executable, script, tmp_path], check=True)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert made == {path.name: path.read_bytes() for path in TEMPLATES.glob("*.docx")}


def _styles(name: str) -> dict[str, str]:
    with zipfile.ZipFile(TEMPLATES / name) as archive:
        styles = archive.read("word/styles.xml").decode()
    return {style.split('"', 1)[0]: style for style in styles.split('w:styleId="')[1:]}


@pytest.mark.parametrize("name", ["quyet-dinh-cv.docx", "quyet-dinh-lt.docx"])
def test_tables_that_meet_are_framed_each_and_have_nothing_to_see_between_them(name: str) -> None:
    styles = _styles(name)
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        assert f'<w:{side} w:val="single"' in styles["BangKe"]
    assert "<w:vanish/>" in styles["Noi"]
    with zipfile.ZipFile(TEMPLATES / name) as archive:
        document = archive.read(DOCUMENT).decode()
    assert set(re.findall(r'<w:tblStyle w:val="(\w+)"/>', document)) == {"BangTron", "BangKe"}
    assert not re.search(r'"Noi"/><w:sectPr', document), "a section break must not be hidden"


@pytest.mark.parametrize("name", ["quyet-dinh-cv.docx", "quyet-dinh-lt.docx"])
def test_the_lines_of_rules_leave_room_for_their_underscores(name: str) -> None:
    gach = _styles(name)["Gach"]
    line, size = re.search(r'w:line="(\d+)" w:lineRule="exact"', gach), re.search(r'<w:sz w:val="(\d+)"', gach)
    assert line is not None
    assert size is not None
    assert int(line[1]) / 20 >= int(size[1]) / 2 + 1


@pytest.mark.parametrize("forms", [0, 1, 2, 5])
def test_the_last_two_forms_stay_together(forms: int, tmp_path: Path) -> None:
    items = [
        procedure(str(number), {**VAN_BAN_DEN, "bieu_mau": [f"Mẫu {n}" for n in range(forms)]}) for number in range(2)
    ]
    body = main_part(render(kho_with(*items), decision(phe_duyet="noi_dung"), tmp_path / "qd.docx"))
    rows = [row for row in body.iter(f"{W}tr") if text_of(row).startswith(("-Mẫu", "-Không có"))]
    kept = ["Cuoi" in (row.find(f".//{W}pStyle").get(f"{W}val") or "") for row in rows]  # type: ignore[union-attr]
    shown = max(forms, 1)
    assert kept == [number == shown - 2 for number in range(shown)] + [number >= shown - 2 for number in range(shown)]


# --- an office's own template ---------------------------------------------------------------------


def test_a_template_in_mau_replaces_the_built_in_one(tmp_path: Path) -> None:
    edited(tmp_path / "mau" / CV.name, "Nơi nhận:", "NƠI GỬI:")
    out = tmp_path / "qd.docx"
    render_decision(full_kho_in(tmp_path), decision(), out, TemplateStore(TEMPLATES))
    assert "NƠI GỬI:" in text_of(main_part(out))


def _tag(statement: str) -> str:
    style = '<w:pPr><w:pStyle w:val="The"/></w:pPr>'
    return f'<w:p>{style}<w:r><w:t xml:space="preserve">{{%p {statement} %}}</w:t></w:r></w:p>'


def test_a_template_from_before_there_were_comparisons_still_prints(tmp_path: Path) -> None:
    with zipfile.ZipFile(CV) as source:
        text = source.read(DOCUMENT).decode()
    asked, otherwise, end = map(re.escape, map(_tag, ("if co_so_sanh", "else", "endif")))
    plain = text.replace("co_noi_dung or co_so_sanh", "co_noi_dung")
    plain = re.sub(f"{asked}.*?{otherwise}(.*?){end}", r"\1", plain, count=1)
    plain = re.sub(f"{asked}.*{end}(?=<w:sectPr)", "", plain)
    assert "so_sanh" not in plain
    repacked(tmp_path / "mau" / CV.name, {DOCUMENT: plain.encode()})
    out = tmp_path / "qd.docx"
    kho = replace(kho_with_history(), goc=tmp_path)
    amended = decision(hinh_thuc="sua_doi_bo_sung", phe_duyet="noi_dung", quy_trinh=["CV-01"], bang_so_sanh=True)
    render_decision(kho, amended, out, TemplateStore(TEMPLATES), so_sanh=SO_SANH)
    body = main_part(out)
    assert "Phê duyệt sửa đổi, bổ sung nội dung" in text_of(body)
    assert len(list(body.iter(f"{W}sectPr"))) == 2


@pytest.mark.parametrize("name", ["quyet-dinh.docx", "Quyet-dinh-CV.docx"])
def test_a_template_that_replaces_nothing_is_refused(name: str, tmp_path: Path) -> None:
    path = edited(tmp_path / "mau" / name, "Nơi nhận:", "NƠI GỬI:")
    error = trouble(tmp_path)
    assert error.message == f"Mẫu “{path}” không thay cho mẫu nào."
    names = sorted(path.stem for path in TEMPLATES.glob("*.docx"))
    assert error.hint == f"Đặt tên là một trong: {', '.join(f'{stem}.docx' for stem in names)}."


def test_a_template_behind_a_link_is_refused_and_a_lock_file_of_word_is_not(tmp_path: Path) -> None:
    (tmp_path / "mau").mkdir()
    (tmp_path / "mau" / f"~${CV.name}").write_bytes(b"lock")
    render_decision(full_kho_in(tmp_path), decision(), tmp_path / "qd.docx", TemplateStore(TEMPLATES))
    (tmp_path / "mau" / CV.name).symlink_to(TEMPLATES / CV.name)
    assert trouble(tmp_path).message == f"Mẫu “{tmp_path / 'mau' / CV.name}” là liên kết (symlink)."


def test_a_template_is_compiled_once_for_a_run(tmp_path: Path) -> None:
    shutil.copy(CV, tmp_path / CV.name)
    store = TemplateStore(tmp_path)
    one = store.get(tmp_path / "kho-1", "quyet-dinh-cv", DecisionCV)
    assert store.get(tmp_path / "kho-2", "quyet-dinh-cv", DecisionCV) is one


def test_tags_that_word_has_split_and_quoted_still_work(tmp_path: Path) -> None:
    edited(
        tmp_path / "mau" / CV.name,
        "{{ quyet_dinh.trich_yeu }}",
        '{</w:t></w:r><w:proofErr w:type="spellStart"/><w:r><w:rPr><w:b/></w:rPr><w:t>{ quyet_dinh</w:t></w:r>'
        "<w:r><w:t>.trich_yeu | upper }}{% if co_quan.viet_tat == “SNV” %} (SỞ){% endif %}",
    )
    out = tmp_path / "qd.docx"
    render_decision(full_kho_in(tmp_path), decision(trich_yeu="Phê duyệt"), out, TemplateStore(TEMPLATES))
    assert "PHÊ DUYỆT (SỞ)" in text_of(main_part(out))


@pytest.mark.parametrize("quote", ["&apos;", "&quot;"])
def test_quotes_that_libreoffice_writes_as_entities_still_work(tmp_path: Path, quote: str) -> None:
    tag = f"{{% if co_quan.viet_tat == {quote}SNV{quote} %}}(SỞ){{% endif %}}"
    edited(tmp_path / "mau" / CV.name, "{{ quyet_dinh.trich_yeu }}", tag)
    out = tmp_path / "qd.docx"
    render_decision(full_kho_in(tmp_path), decision(), out, TemplateStore(TEMPLATES))
    assert "(SỞ)" in text_of(main_part(out))


def test_a_header_with_tags_is_rendered_too(tmp_path: Path) -> None:
    out = tmp_path / "qd.docx"
    with zipfile.ZipFile(CV) as source:
        plain = source.read("word/header1.xml")
    repacked(
        tmp_path / "mau" / CV.name,
        {"word/header1.xml": plain.replace(b"</w:pPr>", b"</w:pPr><w:r><w:t>{{ co_quan.ten }}</w:t></w:r>", 1)},
    )
    render_decision(full_kho_in(tmp_path), decision(), out, TemplateStore(TEMPLATES))
    with zipfile.ZipFile(out) as archive:
        assert "Sở Nội vụ thành phố Hà Nội" in archive.read("word/header1.xml").decode()


def test_properties_of_the_template_s_author_do_not_reach_the_document(tmp_path: Path) -> None:
    core = b'<?xml version="1.0"?><x>Nguoi soan mau</x>'
    repacked(tmp_path / "mau" / CV.name, {"docProps/core.xml": core})
    out = tmp_path / "qd.docx"
    render_decision(full_kho_in(tmp_path), decision(), out, TemplateStore(TEMPLATES))
    with zipfile.ZipFile(out) as archive:
        assert b"Nguoi soan mau" not in archive.read("docProps/core.xml")


# --- misspelt and misused -------------------------------------------------------------------------

SUBJECT = "{{ quyet_dinh.trich_yeu }}"
DOAN = "{{ doan }}"

NEAREST = 'Từ gần giống nhất: "{}".'
GROUNDS = "{%p for doan in quyet_dinh.can_cu %}"
ACROSS = "cắt ngang đoạn, ô hoặc dòng của bảng"
RUN = f'<w:r><w:t xml:space="preserve">{SUBJECT}</w:t></w:r>'

MISTAKES = [
    (SUBJECT, "{{ quyet_dinh.trich_yue }}", 'không có từ "trich_yue"', NEAREST.format("trich_yeu")),
    (SUBJECT, "{{ quyetdinh.trich_yeu }}", 'không có từ "quyetdinh"', NEAREST.format("quyet_dinh")),
    (SUBJECT, "Ngày {{ quyet_dinh.zzz }} đó", 'không có từ "zzz"', ""),
    (SUBJECT, "{{ quyet_dinh.trich_yeu.so }}", 'không có từ "so"', ""),
    (
        "{%p for qt in noi_dung.quy_trinh %}",
        "{%p for qt in noi_dung.quytrinh %}",
        'không có từ "quytrinh"',
        NEAREST.format("quy_trinh"),
    ),
    (
        "{%p for doan in buoc.chu_tri %}",
        "{%p for doan in buoc.chutri %}",
        'không có từ "chutri"',
        NEAREST.format("chu_tri"),
    ),
    (
        "{%tr for buoc in qt.cac_buoc %}",
        "{%tr for buoc in qt.cacbuoc %}",
        'không có từ "cacbuoc"',
        NEAREST.format("cac_buoc"),
    ),
    (
        SUBJECT,
        "{{ quyet_dinh.can_cu }}",
        "thẻ in ra một danh sách hoặc một nhóm, không phải một giá trị",
        "Đi qua danh sách",
    ),
    (SUBJECT, "{{ quyet_dinh.trich_yeu|safe }}", 'không dùng được bộ lọc "safe" ở đây', "upper"),
    (SUBJECT, "{{ loop.index }}", 'không có từ "loop"', ""),
    (GROUNDS, "{%p for doan in quyet_dinh.so %}", "lệnh for chỉ đi qua được một danh sách", ""),
    (GROUNDS, "{%p for doan quyet_dinh.can_cu %}", "viết sai cú pháp thẻ", ""),
    (GROUNDS, "{%p fro doan in quyet_dinh.can_cu %}", 'không dùng được lệnh "fro"', ""),
    (GROUNDS, "{% for doan in quyet_dinh.can_cu %}", f"lệnh for {ACROSS}", "Đặt lệnh mở"),
    ("{%p if co_danh_muc %}", "{% if co_danh_muc %}", f"lệnh if {ACROSS}", "Đặt lệnh mở"),
]


@pytest.mark.parametrize(("old", "new", "message", "hint"), MISTAKES)
def test_a_mistake_names_the_template_the_paragraph_and_the_word(
    old: str, new: str, message: str, hint: str, tmp_path: Path
) -> None:
    path = edited(tmp_path / "mau" / CV.name, old, new)
    error = trouble(tmp_path)
    assert error.message == f"Mẫu “{path.as_posix()}”, đoạn “{new}”: {message}."
    assert hint in error.hint


def test_a_tag_that_never_ends_names_its_paragraph(tmp_path: Path) -> None:
    path = edited(tmp_path / "mau" / CV.name, SUBJECT, "{{ quyet_dinh.trich_yeu }")
    assert trouble(tmp_path).message.startswith(f"Mẫu “{path.as_posix()}”")


def test_a_command_that_is_never_closed_is_named(tmp_path: Path) -> None:
    path = edited(tmp_path / "mau" / CV.name, SUBJECT, "{% if co_danh_muc %}")
    assert trouble(tmp_path).message == f'Mẫu “{path.as_posix()}”: lệnh "if" không có thẻ đóng.'


@pytest.mark.parametrize(
    ("tag", "why"),
    [
        ("{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}", "có thẻ lồng nhau quá sâu"),
        ("{% if co_danh_muc %}" * 200 + "{% endif %}" * 200, "có thẻ lồng nhau quá sâu"),
        ("{{ co_quan.ten }}" * 2000, "có quá nhiều thẻ (trên 2000)"),
    ],
    ids=["brackets", "conditions", "tags"],
)
def test_a_template_beyond_any_use_is_refused(tag: str, why: str, tmp_path: Path) -> None:
    path = edited(tmp_path / "mau" / CV.name, SUBJECT, tag)
    assert trouble(tmp_path).message == f"Mẫu “{path.as_posix()}”: {why}."


def test_a_fault_that_shows_only_while_printing_names_the_template(tmp_path: Path) -> None:
    path = edited(tmp_path / "mau" / CV.name, DOAN, "{% if loop.index is divisibleby(0) %}{{ doan }}{% endif %}")
    with pytest.raises(QtnbError) as caught:
        render_decision(
            full_kho_in(tmp_path), decision(can_cu=["Luật A"]), tmp_path / "qd.docx", TemplateStore(TEMPLATES)
        )
    assert caught.value.message.startswith(f"Mẫu “{path.as_posix()}” không in được: ")
    assert not (tmp_path / "qd.docx").exists()


def test_a_cell_whose_loop_runs_over_nothing_keeps_a_paragraph(tmp_path: Path) -> None:
    edited(tmp_path / "mau" / CV.name, "{%p for noi in quyet_dinh.noi_nhan %}", "{%p for noi in quyet_dinh.can_cu %}")
    with zipfile.ZipFile(tmp_path / "mau" / CV.name) as source:
        text = source.read(DOCUMENT).decode()
    head = re.compile(r'<w:p><w:pPr><w:pStyle w:val="NoiNhan"/></w:pPr>.*?</w:p>')
    repacked(tmp_path / "mau" / CV.name, {DOCUMENT: head.sub("", text).encode()})
    out = tmp_path / "qd.docx"
    render_decision(full_kho_in(tmp_path), decision(), out, TemplateStore(TEMPLATES))
    assert all(cell.find(f"{W}p") is not None for cell in main_part(out).iter(f"{W}tc"))


def test_a_tag_outside_of_any_text_is_named(tmp_path: Path) -> None:
    path = edited(tmp_path / "mau" / CV.name, RUN, SUBJECT)
    assert trouble(tmp_path).message == (f"Mẫu “{path.as_posix()}”, đoạn “{SUBJECT}”: thẻ nằm ở chỗ không phải là chữ.")


ESCAPES = [
    "{{ quyet_dinh.__class__ }}",
    "{{ quyet_dinh['__class__'] }}",
    "{{ ''.__class__.__mro__ }}",
    "{{ quyet_dinh.items() }}",
    "{{ quyet_dinh.so.format(1) }}",
    "{{ self }}",
    "{{ range(10) }}",
    "{{ 'x' * 1000000000 }}",
    "{{ 9 ** 9 }}",
    "{{ 'a' ~ 'b' }}",
    "{{ '%s' % 1 }}",
    "{{ quyet_dinh.so[0:1] }}",
    "{{ [1, 2] }}",
    "{% set x = 1 %}",
    "{% include 'x' %}",
    "{% import 'x' as y %}",
    "{% extends 'x' %}",
    "{% macro m() %}{% endmacro %}",
    "{% block b %}{% endblock %}",
    "{% filter upper %}{% endfilter %}",
    "{% for x in 'abc' %}{% endfor %}",
    "{% for a in danh_muc.quy_trinh %}{% for b in danh_muc.quy_trinh %}{% endfor %}{% endfor %}",
    "{{ lipsum() }}",
    "{{ cycler }}",
    "{{ quyet_dinh.so|attr('x') }}",
    "{{ quyet_dinh.so|replace('a', 'b') }}",
    "{% for a in danh_muc.quy_trinh recursive %}{% endfor %}",
]


@pytest.mark.parametrize("tag", ESCAPES)
def test_a_template_can_print_choose_and_repeat_and_nothing_else(tag: str, tmp_path: Path) -> None:
    edited(tmp_path / "mau" / CV.name, SUBJECT, tag.replace("<", "&lt;"))
    assert "Mẫu " in trouble(tmp_path).message


# --- files that are no templates ------------------------------------------------------------------


def _bomb() -> bytes:
    return b"<x>" + b" " * (40 * 1024 * 1024) + b"</x>"


def _lying_zip() -> bytes:
    """A zip whose directory declares 1 byte for a part that holds more."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(DOCUMENT, b" " * 1_000_000)
        archive.filelist[0].file_size = 1
    return buffer.getvalue()


def _encrypted_zip() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(DOCUMENT, b"<x/>")
        archive.filelist[0].flag_bits |= 1
    return buffer.getvalue()


def _many_parts() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number in range(600):
            archive.writestr(f"part{number}", b"")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "không phải là tệp Word (.docx) hoặc đã bị hỏng"),
        (b"not a zip at all", "không phải là tệp Word (.docx) hoặc đã bị hỏng"),
        (CV.read_bytes()[:20_000], "không phải là tệp Word (.docx) hoặc đã bị hỏng"),
        (_lying_zip(), "không phải là tệp Word (.docx) hoặc đã bị hỏng"),
        (_encrypted_zip(), "được đặt mật khẩu"),
        (_many_parts(), "có quá nhiều phần (600)"),
    ],
    ids=["empty", "text", "truncated", "lying", "encrypted", "many"],
)
def test_what_is_no_word_file_is_refused(content: bytes, why: str, tmp_path: Path) -> None:
    path = tmp_path / "mau" / CV.name
    path.parent.mkdir()
    path.write_bytes(content)
    assert trouble(tmp_path).message == f"Mẫu “{path.as_posix()}” {why}."


RELATIONSHIP = (
    b'<Relationships xmlns="x"><Relationship Id="rId9" Type="http://x/attachedTemplate" '
    b'Target="http://example.invalid/x.dotm" TargetMode="External"/></Relationships>'
)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({DOCUMENT: None}, "thiếu phần word/document.xml"),
        ({"word/media/x.png": _bomb()}, "quá lớn khi giải nén (trên 32 MiB)"),
        ({DOCUMENT: b"<x>" + b" " * 5_000_000 + b"</x>"}, "phần word/document.xml quá lớn (trên 2 MiB)"),
        ({DOCUMENT: b"<w:document>"}, "có phần word/document.xml viết sai XML"),
        (
            {DOCUMENT: b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'},
            "phần word/document.xml có khai báo DTD, không được dùng trong tệp Word",
        ),
        ({DOCUMENT: "<x>ấ</x>".encode("utf-16")}, "phần word/document.xml không phải UTF-8"),
        ({"word/vbaProject.bin": b"x"}, "có macro"),
        ({"word/_rels/settings.xml.rels": RELATIONSHIP}, "trỏ tới tệp bên ngoài (ảnh, mẫu hoặc đối tượng liên kết)"),
    ],
    ids=["no document", "bomb", "long", "malformed", "DTD", "UTF-16", "macro", "external"],
)
def test_a_word_file_that_is_no_sound_template_is_refused(
    changes: dict[str, bytes | None], why: str, tmp_path: Path
) -> None:
    path = repacked(tmp_path / "mau" / CV.name, changes)
    assert trouble(tmp_path).message == f"Mẫu “{path.as_posix()}” {why}."


def test_a_folder_without_templates_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(QtnbError, match=r"Không thấy mẫu"):
        TemplateStore(tmp_path).get(tmp_path, "quyet-dinh-cv", DecisionCV)


def test_an_output_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(QtnbError, match=r"Không ghi được"):
        render(full_kho(), decision(), tmp_path / "thiếu" / "qd.docx")
