"""A Word file as text that a person can read and a diff can show."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def text_of(element: ET.Element) -> str:
    """The visible text of a paragraph, a cell or a document."""
    signs = {f"{W}tab": "\t", f"{W}br": "\n"}
    return "".join(node.text or "" if node.tag == f"{W}t" else signs.get(node.tag, "") for node in element.iter())


def main_part(path: Path) -> ET.Element:
    with zipfile.ZipFile(path) as archive:
        return ET.fromstring(archive.read("word/document.xml"))  # noqa: S314 - our own document


def outline(path: Path) -> str:
    """One line for each paragraph (style: text), row (``|`` between cells, ``¶`` between paragraphs) and section."""
    body = main_part(path).find(f"{W}body")
    assert body is not None
    return "".join(f"{line}\n" for child in body for line in _lines(child))


def _lines(element: ET.Element) -> Iterator[str]:
    if element.tag == f"{W}p":
        yield f"{_style(element)}: {text_of(element)}"
    elif element.tag == f"{W}tbl":
        style = element.find(f"{W}tblPr/{W}tblStyle")
        yield f"┌ {style.get(f'{W}val') if style is not None else ''}"
        yield from map(_row, element.iter(f"{W}tr"))
        yield "└"
    for section in element.iter(f"{W}sectPr"):
        size, numbers = section.find(f"{W}pgSz"), section.find(f"{W}pgNumType")
        assert size is not None
        first = numbers.get(f"{W}start") if numbers is not None else "–"
        yield f"═══ hết phần, {size.get(f'{W}w')} × {size.get(f'{W}h')}, đánh số trang từ {first}"


def _row(row: ET.Element) -> str:
    marks = ("═" if row.find(f"{W}trPr/{W}tblHeader") is not None else "") + (
        "" if row.find(f"{W}trPr/{W}cantSplit") is not None else "✂"
    )
    cells = (" ¶ ".join(text_of(par) for par in cell.iter(f"{W}p")) for cell in row.findall(f"{W}tc"))
    return f"{marks}| {' | '.join(cells)} |"


def _style(paragraph: ET.Element) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return style.get(f"{W}val", "") if style is not None else "Normal"
