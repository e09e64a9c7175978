"""Numbering: in order, stable, and not one other byte changed."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit import CV, LT, QD, make_kho, qtnb
from qtnb.collation import catalogue_key
from qtnb.edit import EditRefusedError, set_top_value
from qtnb.numbering import assign_symbols
from qtnb.schema import number_keys
from qtnb.source import FileName, Source, read_source


def source_of(text: str | bytes, tep: str = "quy-trinh/a.yaml") -> Source:
    raw = text if isinstance(text, bytes) else text.encode()
    return read_source(FileName(Path("/kho") / tep, tep, tep), raw, number_keys())


def numbered(text: str) -> str:
    return set_top_value(source_of(text), "ky_hieu", "CV-07", after="loai", number_keys=number_keys())


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("loai: CV\nten: A\n", "loai: CV\nky_hieu: CV-07\nten: A\n"),
        ("loai: CV\r\nten: A\r\n", "loai: CV\r\nky_hieu: CV-07\r\nten: A\r\n"),
        ("loai: CV\rten: A\r", "loai: CV\rky_hieu: CV-07\rten: A\r"),
        ("ten: A\nloai: CV", "ten: A\nloai: CV\nky_hieu: CV-07"),
        ("loai: CV", "loai: CV\nky_hieu: CV-07"),
        ("loai: CV  # loại\n# về tên\nten: A\n", "loai: CV  # loại\nky_hieu: CV-07\n# về tên\nten: A\n"),
        ("\"loai\": 'CV'\nten: A\n", "\"loai\": 'CV'\nky_hieu: CV-07\nten: A\n"),
        ("  loai: CV\n  ten: A\n", "  loai: CV\n  ky_hieu: CV-07\n  ten: A\n"),
        ("loai: CV\nky_hieu:\nten: A\n", "loai: CV\nky_hieu: CV-07\nten: A\n"),
        ("loai: CV\nky_hieu:   # chờ\nten: A\n", "loai: CV\nky_hieu: CV-07   # chờ\nten: A\n"),
        ('loai: CV\nky_hieu: ""   # chờ\n', "loai: CV\nky_hieu: CV-07   # chờ\n"),
        ("loai: CV\nky_hieu: ~\n", "loai: CV\nky_hieu: CV-07\n"),
        ("{loai: CV, ten: A}\n", "{loai: CV, ky_hieu: CV-07, ten: A}\n"),
        ('{"loai": "CV", "ten": "A"}\n', '{"loai": "CV", "ky_hieu": "CV-07", "ten": "A"}\n'),
        ('{"loai": "CV", "ky_hieu": ""}\n', '{"loai": "CV", "ky_hieu": "CV-07"}\n'),
        ("--- # đầu\nloai: CV\nten: A\n...\n", "--- # đầu\nloai: CV\nky_hieu: CV-07\nten: A\n...\n"),
        ("loai: >-\n  CV\nten: A\n", "loai: >-\n  CV\nky_hieu: CV-07\nten: A\n"),
        ("loai:\n  CV\nten: A\n", "loai:\n  CV\nky_hieu: CV-07\nten: A\n"),
    ],
)
def test_the_symbol_goes_to_its_place_and_all_else_stays(before: str, after: str) -> None:
    assert numbered(before) == after


@pytest.mark.parametrize("text", ["? loai\n: CV\n? ten\n: A\n", "loai: CV\nky_hieu: {a: b}\n"])
def test_an_edit_reads_back_as_meant_or_is_refused(text: str) -> None:
    try:
        edited = numbered(text)
    except EditRefusedError:
        return
    assert source_of(edited).data == {**source_of(text).data, "ky_hieu": "CV-07"}


def test_numbers_follow_the_catalogue_and_keep_those_given() -> None:
    files = {
        "quy-trinh/đi.yaml": "loai: CV\n",
        "quy-trinh/da.yaml": "loai: CV\n",
        "quy-trinh/b/z.yaml": "loai: CV\n",
        "quy-trinh/ăn.yaml": "loai: CV\n",
        "quy-trinh/an.yaml": "loai: CV\n",
        "quy-trinh/sau.yaml": "loai: CV\nthu_tu: 2\n",
        "quy-trinh/truoc.yaml": "loai: CV\nthu_tu: 1\n",
        "quy-trinh/cu.yaml": "loai: CV\nky_hieu: CV-05\n",
        "quy-trinh/lt.yaml": "loai: LT\n",
    }
    sources = [source_of(text, tep) for tep, text in files.items()]
    given_ = {item.source.tep: item.ky_hieu for item in assign_symbols(sources, set(files))}
    assert given_ == {
        "quy-trinh/truoc.yaml": "CV-06",
        "quy-trinh/sau.yaml": "CV-07",
        "quy-trinh/an.yaml": "CV-08",
        "quy-trinh/ăn.yaml": "CV-09",
        "quy-trinh/b/z.yaml": "CV-10",
        "quy-trinh/da.yaml": "CV-11",
        "quy-trinh/đi.yaml": "CV-12",
        "quy-trinh/lt.yaml": "LT-01",
    }


def test_a_gap_is_not_filled() -> None:
    sources = [source_of(f"loai: CV\nky_hieu: {s}\n", f"quy-trinh/{s}.yaml") for s in ("CV-01", "CV-99")]
    new = source_of("loai: CV\n", "quy-trinh/a.yaml")
    assert [item.ky_hieu for item in assign_symbols([*sources, new], {new.path})] == ["CV-100"]


_LINES = st.sampled_from(
    [
        "# ghi chú",
        "",
        "ten: 'Một: hai'",
        'ghi_chu: "a\\tb"',
        "x-a: [1, 2]",
        "x-b:\n  - c\n  # giữa\n  - d",
        "muc_dich: |\n  e\n\n  g",
    ]
)


@settings(max_examples=300, deadline=None)
@given(
    before=st.lists(_LINES, unique=True, max_size=4),
    after=st.lists(_LINES, unique=True, max_size=4),
    comment=st.sampled_from(["", "  # loại"]),
    ending=st.sampled_from(["\n", "\r\n"]),
    final=st.booleans(),
)
def test_any_layout_gains_one_line_and_loses_nothing(
    before: list[str], after: list[str], comment: str, ending: str, final: bool
) -> None:
    lines = [*before, f"loai: CV{comment}", *(line for line in after if line not in before or line.startswith("#"))]
    text = ending.join("\n".join(lines).split("\n")) + (ending if final else "")
    source = source_of(text)
    if source.broken:
        return
    edited = numbered(text)
    ending = ending if ending in text else "\n"
    assert source_of(edited).data == {**source.data, "ky_hieu": "CV-07"}
    assert (
        edited.replace(f"ky_hieu: CV-07{ending}", "", 1) == text
        or edited.replace(f"{ending}ky_hieu: CV-07", "", 1) == text
    )


@given(st.lists(st.text("aăâđôơưzAĐ áàạ19-", min_size=1, max_size=4), unique=True, max_size=6))
def test_the_order_of_the_catalogue_is_total_and_ignores_the_form_of_marks(names: list[str]) -> None:
    keys = [catalogue_key(None, "", f"quy-trinh/{name}.yaml") for name in names]
    assert len(set(keys)) == len(keys)
    decomposed = [catalogue_key(None, "", unicodedata.normalize("NFD", f"quy-trinh/{name}.yaml"))[:3] for name in names]
    assert [key[:3] for key in keys] == decomposed


def test_the_command_numbers_once_and_then_has_nothing_to_do(tmp_path: Path) -> None:
    crlf = CV.replace("\n", "\r\n").removesuffix("\r\n")
    files: dict[str, str | bytes] = {
        "quy-trinh/b.yaml": "# đầu tệp\n" + CV,
        "quy-trinh/a.yaml": b"\xef\xbb\xbf" + crlf.encode(),
        "quy-trinh/lien-thong.yaml": LT,
        # It names a symbol that is about to be given.
        "quyet-dinh/q.yaml": QD.replace("tat_ca", "[CV-01]"),
    }
    kho = make_kho(tmp_path, files)
    check = qtnb("number", "--check", cwd=kho)
    assert check.code == 1
    assert "quy-trinh/a.yaml:1:1: lỗi: Quy trình chưa có ký hiệu; qtnb number sẽ cấp CV-01. [no-symbol]" in check.out
    first = qtnb("number", cwd=kho)
    assert (first.code, first.err) == (0, "")
    assert first.out == (
        "CV-01  quy-trinh/a.yaml\nCV-02  quy-trinh/b.yaml\nLT-01  quy-trinh/lien-thong.yaml\nĐã cấp 3 ký hiệu.\n"
        "Đã ghi sổ đăng ký so-dang-ky.yaml.\n"
    )
    assert (kho / "quy-trinh/a.yaml").read_bytes() == b"\xef\xbb\xbf" + crlf.encode().replace(
        b"loai: CV\r\n", b"loai: CV\r\nky_hieu: CV-01\r\n"
    )
    assert (kho / "quy-trinh/b.yaml").read_text(encoding="utf-8").startswith("# đầu tệp\nloai: CV\nky_hieu: CV-02\n")
    state = {path: path.read_bytes() for path in kho.rglob("*.yaml")}
    again = qtnb("number", cwd=kho)
    assert (again.code, again.out) == (0, "Không có quy trình nào cần cấp ký hiệu.\n")
    assert {path: path.read_bytes() for path in kho.rglob("*.yaml")} == state
    assert qtnb("number", "--check", cwd=kho).code == 0


def test_two_files_with_one_symbol_stop_the_numbering_of_their_kho(tmp_path: Path) -> None:
    twice = CV.replace("loai: CV\n", "loai: CV\nky_hieu: CV-01\n")
    kho = make_kho(tmp_path, {"quy-trinh/a.yaml": twice, "quy-trinh/b.yaml": twice, "quy-trinh/c.yaml": CV})
    run = qtnb("number", cwd=kho)
    assert run.code == 1
    assert "quy-trinh/a.yaml:2:10: lỗi: Ký hiệu CV-01 cũng có ở quy-trinh/b.yaml. [duplicate-symbol]" in run.err
    assert (kho / "quy-trinh/c.yaml").read_text(encoding="utf-8") == CV


def test_a_written_file_keeps_its_rights(tmp_path: Path) -> None:
    kho = make_kho(tmp_path, {"quy-trinh/a.yaml": CV})
    (kho / "quy-trinh/a.yaml").chmod(0o640)
    assert qtnb("number", cwd=kho).code == 0
    assert (kho / "quy-trinh/a.yaml").stat().st_mode & 0o777 == 0o640
