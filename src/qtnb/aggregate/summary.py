"""Summary files: what some kho add up to, for those who add up further.

Each kho is one line, so that a finding can name it and memory holds one at a time::

    {"loai":"tong-hop","phien_ban":1,"kho":[
    {"path":"so-noi-vu","qtnb":"1.0","lint":null,"dau_buoc":[…],"noi_dung":{…}},
    {"path":"phuong-mau","qtnb":"1.0","lint":null,"dau_buoc":[…],"noi_dung":{…}}
    ],"niem_phong":"…"}

The seal is the SHA-256 of all lines before the last. It tells an altered file, not who wrote it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any, Final

from qtnb.aggregate.content import ContentError, content_from, content_text, lint_from
from qtnb.aggregate.facts import CountedKho, KhoFacts
from qtnb.files import replacing
from qtnb.finding import START_OF_FILE, Finding, Severity, Span
from qtnb.text import shown, visible

VERSION: Final = 1
"""Of the form of the file."""

_HEAD: Final = f'{{"loai":"tong-hop","phien_ban":{VERSION},"kho":['
_CONTENT: Final = b'"noi_dung":'
_MOST_OF_A_LINE: Final = 64 << 20
"""A kho of 4,000 procedures takes 2 MiB; a longer line was not written by qtnb."""
_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"


class SummaryError(Exception):
    """A summary cannot be used; its finding says why."""

    def __init__(self, finding: Finding) -> None:
        """Keep the finding."""
        super().__init__(finding.message)
        self.finding = finding


def identity(facts: KhoFacts, path: str) -> str:
    """By what a kho is known again wherever it lies; one without an agency only where it lies."""
    return _identity(content_text(facts).encode(), facts, path)


def write_summary(path: Path, kho: Iterable[CountedKho]) -> None:
    """Write the summary of ``kho``, whole or not at all. Raises QtnbError when it cannot be written."""
    with replacing(path) as file:
        seal = hashlib.sha256()
        for line in _lines(kho):
            raw = f"{line}\n".encode("utf-8", "replace")
            seal.update(raw)
            file.write(raw)
        file.write(f'],"niem_phong":"{seal.hexdigest()}"}}\n'.encode())


def read_summary(path: Path, shown_as: str) -> Iterator[CountedKho]:
    """The kho of a summary, in order; findings call the file ``shown_as``.

    Raises SummaryError before the first when the file is not one, is of another version, or was altered.
    """
    try:
        with path.open("rb") as file:
            _check_frame(file, shown_as)
            file.seek(0)
            for number, line in _text_lines(file, shown_as):
                if line.startswith(b'{"path"'):
                    yield _kho(line.removesuffix(b","), number, shown_as)
    except OSError as error:
        message = f"Không đọc được tệp tổng hợp này: {error.strerror}."
        hint = "Kiểm tra tệp và quyền truy cập."
        raise SummaryError(Finding(shown_as, START_OF_FILE, "unreadable", Severity.ERROR, message, hint)) from error


def _lines(kho: Iterable[CountedKho]) -> Iterator[str]:
    yield _HEAD
    before = ""
    for item in kho:
        if before:
            yield f"{before},"
        head = {"path": item.path, "qtnb": item.qtnb, "lint": item.lint, "dau_buoc": item.facts.dau_buoc}
        before = f'{_json(head)[:-1]},"noi_dung":{content_text(item.facts)}}}'
    if before:
        yield before


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _text_lines(file: IO[bytes], shown_as: str) -> Iterator[tuple[int, bytes]]:
    """The lines with their numbers, without what mail programs and editors of Windows put in."""
    number = 0
    while line := file.readline(_MOST_OF_A_LINE):
        number += 1
        if len(line) == _MOST_OF_A_LINE:
            raise _not_a_summary(shown_as, number)
        yield number, line.removeprefix(_BYTE_ORDER_MARK if number == 1 else b"").rstrip(b"\r\n")


def _check_frame(file: IO[bytes], shown_as: str) -> None:
    seal = hashlib.sha256()
    number, last = 0, b""
    for number, line in _text_lines(file, shown_as):
        if number == 1:
            _check_head(line, shown_as)
        else:
            seal.update(last + b"\n")
        last = line
    if number == 0:
        raise _not_a_summary(shown_as, 1)
    if last == f'],"niem_phong":"{seal.hexdigest()}"}}'.encode():
        return
    if last.startswith(b'],"niem_phong":"'):
        message = "Tệp tổng hợp đã bị sửa sau khi qtnb ghi: niêm phong không khớp nội dung."
    else:
        message = "Tệp tổng hợp bị cắt ngang hoặc đã được trình bày lại: không có dòng niêm phong ở cuối."
    hint = "Lấy lại tệp gốc, hoặc tính lại từ kho; số liệu trong tệp này không được tính."
    raise SummaryError(Finding(shown_as, _line(number), "summary-altered", Severity.ERROR, message, hint))


def _check_head(line: bytes, shown_as: str) -> None:
    if line == _HEAD.encode():
        return
    try:
        head = json.loads(line.decode() + "]}")
        version = head["phien_ban"] if head["loai"] == "tong-hop" else None
    except (ValueError, LookupError, TypeError, RecursionError):
        version = None
    if type(version) is not int or version == VERSION:
        raise _not_a_summary(shown_as, 1)
    message = f"Tệp tổng hợp có phien_ban: {shown(version)}; qtnb này đọc phien_ban: {VERSION}."
    hint = "Dùng cùng một phiên bản qtnb ở mọi nơi, rồi tính lại tệp này."
    raise SummaryError(Finding(shown_as, _line(1), "summary-version", Severity.ERROR, message, hint))


def _not_a_summary(shown_as: str, number: int) -> SummaryError:
    message = "Đây không phải là tệp tổng hợp do qtnb aggregate --summary ghi."
    hint = "Bỏ tệp này khỏi lệnh, hoặc tính lại tệp tổng hợp từ kho."
    return SummaryError(Finding(shown_as, _line(number), "summary-form", Severity.ERROR, message, hint))


def _line(number: int) -> Span:
    return Span(number, 1, number, 1)


def _kho(line: bytes, number: int, shown_as: str) -> CountedKho:
    try:
        data: dict[str, Any] = json.loads(line)
        path, version = data["path"], data["qtnb"]
        if type(path) is not str or type(version) is not str:
            raise ContentError(path)  # noqa: TRY301 - told below like every other fault
        facts = content_from(data["noi_dung"], data["dau_buoc"])
        raw = line[line.index(_CONTENT) + len(_CONTENT) : -1]
        ma = _identity(raw, facts, path)
        return CountedKho(visible(path), ma, visible(version), facts, lint_from(data["lint"]), shown_as, number)
    except (ContentError, ValueError, LookupError, TypeError, RecursionError) as error:
        raise _not_a_summary(shown_as, number) from error


def _identity(content: bytes, facts: KhoFacts, path: str) -> str:
    where = b"" if facts.co_quan else path.encode("utf-8", "replace") + b"\0"
    return hashlib.sha256(where + content).hexdigest()
