"""Any file is answered in a sentence: bytes at random, torn packages, bombs, marks that are no marks."""

from __future__ import annotations

import json
import zipfile
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kit import make_kho
from marked_documents import Told, altered, rendered_kho, told
from qtnb.commands.outcome import ListFormat
from qtnb.commands.verify import VerifyOptions, run_verify
from qtnb.errors import QtnbError

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SLOW = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)


@pytest.fixture(scope="module")
def kho(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A kho with both decisions entered and rendered."""
    return rendered_kho(tmp_path_factory.mktemp("kho"))


@cache
def package(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def answered(kho: Path, content: bytes) -> str:
    """What is said of ``content``; a vouching answer only for what says what was approved."""
    document = kho / "la.docx"
    document.write_bytes(content)
    outcome = run_verify(VerifyOptions(document, None, kho, ListFormat.JSON))
    answer = json.loads(outcome.out)
    assert outcome.exit_code in {0, 1, 3}
    assert (outcome.exit_code == 0) == (answer["verdict"] == "nguyen_ven")
    outcome.out.encode()
    return str(answer["verdict"])


def packed(parts: dict[str, bytes]) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


@SLOW
@given(data=st.data())
def test_bytes_changed_at_random_are_answered(kho: Path, data: st.DataObject) -> None:
    content = bytearray((kho / "van-ban/noi-dung.docx").read_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(content) - 1))
        match data.draw(st.sampled_from(["flip", "cut", "put"])):
            case "flip":
                content[at] ^= data.draw(st.integers(1, 255))
            case "cut":
                del content[at : at + data.draw(st.integers(1, 5000))]
            case _:
                content[at:at] = data.draw(st.binary(min_size=1, max_size=40))
        if not content:
            break
    answered(kho, bytes(content))


def test_an_archive_whose_parts_lie_before_its_beginning_is_no_word_file(kho: Path) -> None:
    content = bytearray((kho / "van-ban/noi-dung.docx").read_bytes())
    del content[0]
    assert answered(kho, bytes(content)) == "khong_co_dau"


NASTY = (
    b"",
    b"<",
    b"\xff\xfe",
    b"\x00" * 100,
    b"<a/>",
    b"<a>" * 100_000,
    b"<a>" * 200 + b"</a>" * 200,
    b'<?xml version="1.0" encoding="UTF-7"?><a/>',
    b'<?xml version="1.0" encoding="UTF-16"?><a/>',
    b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
    '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'.encode("utf-16"),
    f'<w:document xmlns:w="{W}"/>'.encode(),
    f'<w:document xmlns:w="{W}"><w:body><w:p><w:p><w:tbl><w:tr/></w:tbl></w:p></w:p></w:body></w:document>'.encode(),
    f'<w:hdr xmlns:w="{W}"><w:vanish/><w:numPr/><w:instrText/><w:pStyle/><w:p><w:fldSimple/></w:p></w:hdr>'.encode(),
    f'<w:styles xmlns:w="{W}"><w:style/><w:style w:styleId="a"><w:basedOn w:val="a"/></w:style></w:styles>'.encode(),
    b'<Relationships><Relationship Type="/officeDocument"/><Relationship/></Relationships>',
)


@SLOW
@given(data=st.data())
def test_parts_changed_at_random_are_answered(kho: Path, data: st.DataObject) -> None:
    parts = dict(package(kho / "van-ban/noi-dung.docx"))
    for _ in range(data.draw(st.integers(1, 3))):
        name = data.draw(st.sampled_from(sorted(parts)))
        match data.draw(st.sampled_from(["drop", "nasty", "tear", "rename"])):
            case "drop":
                parts.pop(name)
            case "nasty":
                parts[name] = data.draw(st.sampled_from(NASTY))
            case "tear":
                cut = data.draw(st.integers(0, len(parts[name])))
                parts[name] = parts[name][:cut] + data.draw(st.binary(max_size=8)) + parts[name][cut + 3 :]
            case _:
                parts[data.draw(st.sampled_from(["word/x.xml", "../x", "/", "a\\b", "word/header1.xml"]))] = parts.pop(
                    name
                )
        if not parts:
            break
    answered(kho, packed(parts))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.just("\ud800"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@SLOW
@given(data=st.data())
def test_a_mark_of_any_shape_is_answered(kho: Path, data: st.DataObject) -> None:
    parts = dict(package(kho / "van-ban/noi-dung.docx"))
    head, _, rest = parts["customXml/item1.xml"].decode().partition("{")
    mark: dict[str, Any] = json.loads("{" + rest.removesuffix("</dau>"))
    for _ in range(data.draw(st.integers(1, 2))):
        mark[data.draw(st.sampled_from(sorted(mark)))] = data.draw(JSON)
    parts["customXml/item1.xml"] = f"{head}{json.dumps(mark)}</dau>".encode()
    parts.pop("docProps/custom.xml")
    answered(kho, packed(parts))


def test_a_bomb_is_refused_before_it_goes_off(kho: Path) -> None:
    for part, unit in (
        ("word/document.xml", b"<a/>"),
        ("customXml/item1.xml", b"[{},"),
        ("word/h.xml", b"<hdr a='' b=''/>"),
    ):
        parts = dict(package(kho / "van-ban/noi-dung.docx"))
        before = parts.get(part, b"")
        parts[part] = before + unit * (20_000_000 if b"<" in unit else 5_000_000)
        assert answered(kho, packed(parts)) in {"khong_co_dau", "nguyen_ven"}, part


def test_a_mark_with_too_many_values_counts_as_none(kho: Path) -> None:
    def edit(name: str, content: bytes) -> bytes | None:
        if name == "docProps/custom.xml":
            return None
        return content.replace(b'"khong_doc":[', b'"khong_doc":[' + b'"",' * 5_000_000)

    answer: Told = told(altered(kho / "van-ban/noi-dung.docx", kho / "nhieu.docx", edit), kho)
    assert (answer.code, answer.data["verdict"]) == (1, "khong_co_dau")


def test_a_name_that_is_no_file_is_said(tmp_path: Path) -> None:
    kho = make_kho(tmp_path)
    for name in ("quy-trinh", "a\x00b", "x" * 5000):
        with pytest.raises(QtnbError, match="Không thấy tệp"):
            told(kho / name, kho)
