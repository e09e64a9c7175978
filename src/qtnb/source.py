"""Reading one YAML file into plain data, strictly."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeAlias

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]  # PyYAML has it, its type stubs do not export it

from qtnb.finding import START_OF_FILE, Finding, Severity, Span
from qtnb.positions import SpanIndex, TextLines, span_index
from qtnb.text import shown
from qtnb.yaml_messages import explain_syntax_error

MAX_BYTES: Final = 1 << 20
"""A larger file is a finding, not a wait (format.md, "Reading YAML")."""
MAX_DEPTH: Final = 30
"""Deeper nesting is a finding, not a wait (format.md, "Reading YAML")."""

Value: TypeAlias = Any
"""What a YAML value reads as: str, bool, int, None, or a list or dict of such."""

_Event: TypeAlias = Any
"""An event of PyYAML; its type stubs call every mark optional, which those of a parser never are."""

_Parser: TypeAlias = Any
"""A PyYAML parser; see :data:`_Event`."""

_CORE_WORDS: Final = {
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
    "null": None,
    "Null": None,
    "NULL": None,
    "~": None,
    "": None,
}
"""The words that YAML 1.2's core schema does not read as text; numbers are read by the key that holds them."""

_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,8})")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,8})\.[0-9]{1,8}")

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
"""What XML 1.0 cannot carry (section 2.2, Char), and DEL, which no keyboard types on purpose."""

_CONFLICT: Final = "<<<<<<< "
_CONFLICT_LINE = re.compile(r"^<<<<<<< [^\r\n]*", re.MULTILINE)
"""What git leaves where it could not merge two branches."""

_WIDE_MARKS = ((b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"))

_SKIPPED = object()


@dataclass(frozen=True, slots=True)
class FileName:
    """One file by its three names."""

    place: Path
    """Absolute, as the disk spells it."""
    path: str
    """As shown in findings: relative to the working directory, with ``/``."""
    tep: str
    """Relative to the kho, with ``/``, in NFC."""


@dataclass(slots=True)
class Source:
    """The text of one file and the data in it."""

    name: FileName
    written: str | Callable[[], str]
    """The text, or how to read it when a place in it is asked for; see :attr:`text`."""
    data: Value
    """None when ``findings`` holds an error."""
    findings: tuple[Finding, ...] = ()
    _lines: TextLines | None = field(default=None, repr=False)
    _spans: SpanIndex | None = field(default=None, repr=False)

    @property
    def path(self) -> str:
        """The name that findings show."""
        return self.name.path

    @property
    def tep(self) -> str:
        """The name inside the kho."""
        return self.name.tep

    @property
    def text(self) -> str:
        """Without a byte order mark; not normalised, so that positions are those of the file."""
        if not isinstance(self.written, str):
            self.written = self.written()
        return self.written

    @property
    def broken(self) -> bool:
        """Whether the file failed to read, so that ``data`` must not be looked at."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)

    @property
    def lines(self) -> TextLines:
        """The lines of the text, split on first use."""
        if self._lines is None:
            self._lines = TextLines(self.text)
        return self._lines

    @property
    def spans(self) -> SpanIndex:
        """Where every value stands, computed on first use: most files are right and never need it."""
        if self._spans is None:
            self._spans = span_index(self.text)
        return self._spans


def read_source(name: FileName, raw: bytes, number_keys: Collection[str], max_bytes: int = MAX_BYTES) -> Source:
    """Read the bytes of one file.

    ``number_keys`` are the keys whose plain values are numbers; every other number stays the text
    that was written. What is wrong comes back in ``Source.findings``; nothing is raised.
    """
    text, trouble = _decode(name.path, raw, max_bytes)
    if trouble is not None:
        return Source(name, text, None, (trouble,))
    normal = unicodedata.is_normalized("NFC", text)
    reader = _Reader(text, normal, number_keys)
    data = reader.read()
    findings = tuple(Finding(name.path, *problem) for problem in reader.problems)
    source = Source(name, text, data, findings)
    if not normal:
        source.findings += (_not_normal(source),)
    return source


def unreadable(name: FileName, rule: str, message: str, hint: str) -> Source:
    """A file of which there is no text to read, with the finding that says why."""
    finding = Finding(name.path, START_OF_FILE, rule, Severity.ERROR, message, hint)
    return Source(name, "", None, (finding,))


def khoa_of(tep: str) -> str:
    """The permanent key of a file: its name without folder and ending."""
    return tep.rpartition("/")[2].rpartition(".")[0]


def _decode(path: str, raw: bytes, max_bytes: int) -> tuple[str, Finding | None]:
    def stop(rule: str, message: str, hint: str, span: Span = START_OF_FILE) -> Finding:
        return Finding(path, span, rule, Severity.ERROR, message, hint)

    if len(raw) > max_bytes:
        message = f"Tệp lớn hơn {max_bytes >> 20} MiB, vượt giới hạn của một tệp YAML."
        return "", stop("file-too-large", message, "Tách nội dung thành nhiều tệp, mỗi quy trình một tệp.")
    for mark, name in _WIDE_MARKS:
        if raw.startswith(mark):
            message = f"Tệp được lưu bằng bảng mã {name}, không phải UTF-8."
            return "", stop("encoding", message, "Mở tệp và lưu lại với bảng mã UTF-8.")
    raw = raw.removeprefix(b"\xef\xbb\xbf")
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode()
        message = f"Byte 0x{raw[error.start]:02X} ở đây không phải là chữ mã hóa UTF-8."
        span = TextLines(before).span(len(before), len(before) + 1)
        return "", stop("encoding", message, "Mở tệp và lưu lại với bảng mã UTF-8.", span)
    if _CONFLICT in text and (marker := _CONFLICT_LINE.search(text)):
        message = "Tệp còn dấu xung đột của git: hai nhánh cùng sửa chỗ này và chưa được hợp nhất."
        hint = "Giữ những dòng đúng của hai bên, xóa các dòng <<<<<<<, =======, >>>>>>>."
        return text, stop("conflict-markers", message, hint, TextLines(text).span(marker.start(), marker.end()))
    bad = _UNPRINTABLE.search(text)
    if bad is not None:
        message = f"Ký tự điều khiển U+{ord(bad.group()):04X} không được phép có trong văn bản."
        span = TextLines(text).span(bad.start(), bad.end())
        return text, stop("control-character", message, "Xóa ký tự này (thường do sao chép từ tệp khác).", span)
    return text, None


def _not_normal(source: Source) -> Finding:
    """Point at the first cluster of characters that normalisation would change."""
    text = source.text
    clusters = re.finditer(r"[^\u0300-\u036f][\u0300-\u036f]+", text)
    first = next((c for c in clusters if not unicodedata.is_normalized("NFC", c.group())), None)
    span = source.lines.span(first.start(), first.end()) if first else START_OF_FILE
    example = f" (chữ đầu tiên: “{unicodedata.normalize('NFC', first.group())}”)" if first else ""
    return Finding(
        source.path,
        span,
        "not-nfc",
        Severity.WARNING,
        f"Tệp dùng chữ Việt tổ hợp (dấu tách rời khỏi chữ), không phải dạng dựng sẵn NFC{example}.",
        "Bộ gõ nên đặt “Unicode dựng sẵn”; qtnb vẫn đọc và in ra ở dạng dựng sẵn.",
    )


class _TooDeepError(Exception):
    """Nesting went past the limit; reading stops there."""


class _Reader:
    """Builds plain data from the events of libyaml, noting what the format forbids.

    One pass over events instead of nodes: it sees anchors, tags and further documents, needs no
    recursion, and stops at the depth limit before anything large is built.
    """

    def __init__(self, text: str, normal: bool, number_keys: Collection[str]) -> None:
        self.text = text
        self.number_keys = number_keys
        self.escapes = "\\" in text
        # An escape can spell a decomposed character in a file that is otherwise composed.
        self.normal = normal and not self.escapes
        self.problems: list[tuple[Span, str, Severity, str, str]] = []
        self._lines: TextLines | None = None

    def read(self) -> Value:
        try:
            data = self._build(CParser(self.text))
        except yaml.MarkedYAMLError as error:
            start, message, hint = explain_syntax_error(error, self.text)
            self._note(start, start + 1, "yaml-syntax", message, hint)
            return None
        except yaml.YAMLError:
            # libyaml's own check of characters; ours, made before, covers what XML forbids.
            bad = re.search("[\x80-\x84\x86-\x9f]", self.text)
            start = bad.start() if bad else 0
            message = f"Ký tự điều khiển U+{ord(self.text[start]):04X} không được phép có trong văn bản."
            self._note(start, start + 1, "control-character", message, "Xóa ký tự này.")
            return None
        except _TooDeepError:
            return None
        if data is _SKIPPED:
            self._note(0, 0, "empty-file", "Tệp trống: chưa có nội dung nào.", "Chép mẫu bằng lệnh qtnb new.")
            return None
        if not self.problems and not isinstance(data, dict):
            kind = "danh sách" if isinstance(data, list) else "chữ"
            message = f"Nội dung ngoài cùng của tệp là {kind}; phải là các dòng “khóa: giá trị”."
            self._note(0, 1, "top-level", message, "Ví dụ dòng đầu: loai: CV")
        return data if not self.problems else None

    def _build(self, parser: _Parser) -> Value:  # noqa: C901, PLR0912, PLR0915 - one flat loop: 2,000 files pass here
        next_event = parser.get_event
        core, number_keys, normal, escapes = _CORE_WORDS, self.number_keys, self.normal, self.escapes
        scalar_event = yaml.ScalarEvent
        stack: list[tuple[Any, Any]] = []
        root: Value = _SKIPPED
        into: Any = None
        key: Any = _SKIPPED
        while (event := next_event()) is not None:
            kind = event.__class__
            value: Any
            if kind is scalar_event:
                value = event.value
                if event.anchor is not None or event.tag is not None:
                    self._refuse_marks(event)
                if not normal:
                    value = unicodedata.normalize("NFC", value)
                if escapes and event.style == '"':
                    self._check_escaped(event)
                if into.__class__ is dict:
                    if key is _SKIPPED:
                        if value in into:
                            self._refuse_duplicate(event, value)
                        if value == "<<" and event.implicit[0]:
                            self._refuse_merge(event)
                        key = value
                        continue
                    if event.implicit[0]:
                        if value in core:
                            value = core[value]
                        elif key in number_keys:
                            value = _number(value)
                    into[key] = value
                    key = _SKIPPED
                    continue
                if event.implicit[0] and value in core:
                    value = core[value]
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                if event.anchor is not None or event.tag is not None:
                    self._refuse_marks(event)
                if into.__class__ is dict and key is _SKIPPED:
                    self._refuse_complex_key(event)
                    key = "?"
                if len(stack) >= MAX_DEPTH:
                    self._refuse_depth(event)
                value = {} if kind is yaml.MappingStartEvent else []
                if into.__class__ is dict:
                    into[key] = value
                elif into is not None:
                    into.append(value)
                else:
                    root = value if root is _SKIPPED else root
                stack.append((into, key))
                into, key = value, _SKIPPED
                continue
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                into, _ = stack.pop()
                key = _SKIPPED
                continue
            elif kind is yaml.AliasEvent:
                self._refuse_alias(event)
                value = None
                if into.__class__ is dict:
                    if key is _SKIPPED:
                        key = "*"
                    else:
                        into[key] = None
                        key = _SKIPPED
                    continue
            elif kind is yaml.DocumentStartEvent:
                if root is not _SKIPPED:
                    self._refuse_document(event)
                    return root
                continue
            else:
                continue
            if into is not None:
                into.append(value)
            elif not (value is None and event.start_mark.index == event.end_mark.index):
                root = value
        return root

    def _note(self, start: int, end: int, rule: str, message: str, hint: str) -> None:
        if self._lines is None:
            self._lines = TextLines(self.text)
        self.problems.append((self._lines.span(start, end), rule, Severity.ERROR, message, hint))

    def _refuse_marks(self, event: _Event) -> None:
        start = event.start_mark.index
        if event.anchor is not None:
            self._note(
                start,
                start + 1 + len(event.anchor),
                "yaml-anchor",
                f"Không dùng neo “&{event.anchor}”: mỗi giá trị phải được viết ra đầy đủ.",
                "Xóa dấu neo; nếu giá trị bắt đầu bằng “&”, đặt cả giá trị trong dấu nháy kép.",
            )
        if event.tag is not None:
            word = re.compile(r"\S+").search(self.text, start)
            tag = word.group() if word else "!"
            self._note(
                start,
                start + len(tag),
                "yaml-tag",
                f"Không dùng thẻ kiểu “{shown(tag)}”: tệp chỉ chứa dữ liệu.",
                "Xóa thẻ; nếu giá trị bắt đầu bằng “!”, đặt cả giá trị trong dấu nháy kép.",
            )

    def _refuse_alias(self, event: _Event) -> None:
        self._note(
            event.start_mark.index,
            event.end_mark.index,
            "yaml-alias",
            f"Không dùng tham chiếu “*{event.anchor}”: mỗi giá trị phải được viết ra đầy đủ.",
            "Chép lại giá trị vào đây; nếu giá trị bắt đầu bằng “*”, đặt cả giá trị trong dấu nháy kép.",
        )

    def _refuse_merge(self, event: _Event) -> None:
        message = "Không dùng khóa gộp “<<”: mỗi khóa phải được viết ra đầy đủ."
        self._note(event.start_mark.index, event.end_mark.index, "yaml-merge", message, "Chép các khóa vào đây.")

    def _refuse_duplicate(self, event: _Event, key: str) -> None:
        self._note(
            event.start_mark.index,
            event.end_mark.index,
            "duplicate-key",
            f"Khóa “{shown(key)}” được viết hai lần trong cùng một mục.",
            "Giữ một dòng, xóa dòng kia.",
        )

    def _refuse_complex_key(self, event: _Event) -> None:
        start = event.start_mark.index
        message = "Khóa phải là chữ, không được là danh sách hay một nhóm khóa."
        self._note(start, start + 1, "yaml-key", message, "Viết theo dạng “khóa: giá trị”.")

    def _refuse_depth(self, event: _Event) -> None:
        start = event.start_mark.index
        message = f"Các mục lồng nhau sâu hơn {MAX_DEPTH} tầng."
        self._note(start, start + 1, "too-deep", message, "Kiểm tra các dấu ngoặc và thụt lề ở đây.")
        raise _TooDeepError

    def _refuse_document(self, event: _Event) -> None:
        start = event.start_mark.index
        message = "Tệp chứa nhiều tài liệu YAML (dấu “---”); mỗi tệp chỉ được một."
        self._note(start, start + 3, "yaml-documents", message, "Tách phần sau dấu “---” thành tệp riêng.")

    def _check_escaped(self, event: _Event) -> None:
        bad = _UNPRINTABLE.search(event.value)
        if bad is None:
            return
        message = f"Ký tự điều khiển U+{ord(bad.group()):04X} (viết bằng dấu \\) không được phép có trong văn bản."
        self._note(event.start_mark.index, event.end_mark.index, "control-character", message, "Xóa ký tự này.")


def _number(text: str) -> Value:
    if _INTEGER.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return float(text)
    return text
