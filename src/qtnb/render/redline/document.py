"""Makes the redline of two rendered packages: the parts in, the parts of one Word file with tracked changes out."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Final

from lxml import etree

from qtnb.errors import QtnbError
from qtnb.render.package import MAIN_PART
from qtnb.render.redline.marks import Pen
from qtnb.render.redline.ooxml import ASIDES, BODY, MARKERS, REVISIONS, Element, P, W
from qtnb.render.redline.stories import merge_stories
from qtnb.render.rows import fit_rows

_MAX_BYTES: Final = 64 * 1024 * 1024
"""Of one part; a decision on 700 procedures has 16 MiB, and takes 650 MB of memory."""

_RELATIONS: Final = "word/_rels/document.xml.rels"
_STORIES: Final = re.compile(r"word/(?:header|footer)\d*\.xml")
_BARE_MARK: Final = re.compile(rb"(<w:trPr>\s*)(<w:(?:ins|del) )")
"""Properties of a row that are a mark and no more, which the schema (CT_TrPrBase) does not allow."""
_DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NUMBERED: Final = re.compile(rb'<w:(?:bookmarkStart|commentReference)\b[^>]*\bw:id="(\d{1,9})"')
"""What shares its numbers with tracked changes."""


def redline_documents(
    old: Mapping[str, bytes], new: Mapping[str, bytes], author: str, date: dt.date
) -> dict[str, bytes]:
    """Make the package ``new`` with every difference from ``old`` as a change tracked by ``author``.

    Both are packages rendered from one template. Accepting all changes gives the text of ``new``,
    rejecting all gives that of ``old``. ``date`` is what Word shows beside the author; of a date it is
    midnight, of a time with a zone the same instant in UTC. The settings stay those of the template:
    with tracking switched on, the file would go on tracking after all changes are accepted.

    Raises :class:`QtnbError` for packages of different templates, for changes that are tracked in the
    template already, and for a part that is no sound XML, has a DTD or is too large.
    """
    if old.get(_RELATIONS) != new.get(_RELATIONS):
        raise QtnbError(
            "Không đánh dấu được thay đổi giữa hai văn bản in từ hai mẫu khác nhau.",
            hint="In cả hai văn bản bằng cùng một mẫu rồi so sánh lại.",
        )
    shown = "".join(char if char.isprintable() else "\ufffd" for char in " ".join(author.split()))
    pen = Pen(shown, _moment(date), max(map(int, _NUMBERED.findall(new[MAIN_PART])), default=0))
    return {name: _redlined(name, old.get(name, part), part, pen) for name, part in new.items()}


def _moment(date: dt.date) -> str:
    """``date`` as xs:dateTime in UTC, to the second."""
    if not isinstance(date, dt.datetime):
        return f"{date.isoformat()}T00:00:00Z"
    there = date if date.tzinfo is None else date.astimezone(dt.UTC)
    return f"{there:%Y-%m-%dT%H:%M:%S}Z"


def _redlined(name: str, old: bytes, new: bytes, pen: Pen) -> bytes:
    """One part of the redline; parts without text of their own are those of the new document."""
    if old == new or not (name == MAIN_PART or _STORIES.fullmatch(name)):
        return new
    before, after = _parsed(name, old), _parsed(name, new)
    merge_stories(_story(name, before), _story(name, after), pen)
    text = _DECLARATION + etree.tostring(after, encoding="unicode")
    return _BARE_MARK.sub(rb'\1<w:cantSplit w:val="off"/>\2', b"".join(fit_rows([text])))


def _story(name: str, root: Element) -> Element:
    story = root.find(BODY) if name == MAIN_PART else root
    if story is None:
        raise _broken(name, "không có nội dung")
    return story


def _parsed(name: str, part: bytes) -> Element:
    """The tree of a part, without what is only for editing."""
    if len(part) > _MAX_BYTES:
        raise QtnbError(
            f"Văn bản quá lớn để đánh dấu thay đổi (trên {_MAX_BYTES // 1024 // 1024} MiB).",
            hint="Chọn ít quy trình hơn cho quyết định, hoặc xem thay đổi ở bảng so sánh.",
        )
    try:
        text = part.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _broken(name, "không phải UTF-8") from error
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise _broken(name, "có khai báo DTD, không được dùng trong tệp Word")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise _broken(name, "viết sai XML") from error
    if next(root.iter(*REVISIONS), None) is not None:
        raise QtnbError(
            "Mẫu Word còn thay đổi đang được theo dõi (Track Changes).",
            hint="Mở mẫu bằng Word, chấp nhận hoặc từ chối hết các thay đổi, lưu lại rồi so sánh lại.",
        )
    _tidy(root)
    return root


def _tidy(root: Element) -> None:
    """Take out what is only for editing, and bookmarks that begin or end between paragraphs."""
    loose = {mark.get(f"{W}id") for mark in root.iter(*MARKERS) if next(mark.iterancestors(P), None) is None}
    for mark in list(root.iter(*ASIDES, *MARKERS)):
        if mark.tag in ASIDES or mark.get(f"{W}id") in loose:
            mark.getparent().remove(mark)


def _broken(name: str, why: str) -> QtnbError:
    return QtnbError(f"Phần {name} của văn bản {why}.", hint="In lại văn bản, hoặc kiểm tra lại mẫu Word.")
