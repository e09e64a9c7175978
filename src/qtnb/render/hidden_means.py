"""What in a Word document shows or hides text in ways that are not followed here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from lxml import etree

from qtnb.render.word_names import FALLBACK, MATH, W, is_on

_PRESENT: Final = {
    f"{W}sym": "ký hiệu đặc biệt",
    f"{W}altChunk": "tệp nhúng",
    f"{W}drawing": "hình vẽ, ảnh",
    f"{W}pict": "hình vẽ, ảnh",
    f"{W}object": "đối tượng nhúng",
    MATH: "công thức",
}
_SWITCHES: Final = {f"{W}vanish": "chữ ẩn", f"{W}strike": "chữ gạch ngang", f"{W}dstrike": "chữ gạch ngang"}
_NUMBERS: Final = "đánh số tự động"
_FIELDS: Final = "trường tự cập nhật"
_HARMLESS: Final = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES", "PAGEREF", "HYPERLINK"})
"""Fields that show nothing but page numbers, or what stands in the document."""
_STYLE_OF: Final = (f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle")
_INSTRUCTION: Final = re.compile(r"\s*([A-Za-z]+)")


def hidden_means(story: etree._Element, does: Mapping[str, set[str]]) -> set[str]:
    """What of that kind ``story`` uses, itself or by its styles, a word for each kind; ``does`` is :func:`does_of`."""
    return {word for element in _telling(story) for word in _means(element, does)}


def does_of(styles: etree._Element | None) -> dict[str, set[str]]:
    """What styles do to their text in such a way, by the id of each that does; nothing without styles."""
    return {} if styles is None else {key: does for key, does in _of_styles(styles).items() if does}


def _telling(story: etree._Element) -> Iterator[etree._Element]:
    """The elements that can be of that kind, but for those of a drawing's second telling."""
    told_twice = next(story.iter(FALLBACK), None) is not None
    for element in story.iter(*_PRESENT, *_SWITCHES, *_STYLE_OF, f"{W}numPr", f"{W}fldSimple", f"{W}instrText"):
        if not told_twice or next(element.iterancestors(FALLBACK), None) is None:
            yield element


def _means(element: etree._Element, by_style: Mapping[str, set[str]]) -> Iterator[str]:
    tag = element.tag
    if tag in _PRESENT:
        yield _PRESENT[tag]
    elif tag in _SWITCHES:
        # The end of a paragraph has a look of its own, and no text.
        if is_on(element.get(f"{W}val")) and next(element.iterancestors(f"{W}pPr"), None) is None:
            yield _SWITCHES[tag]
    elif tag == f"{W}numPr":
        yield from _numbered(element)
    elif tag == f"{W}fldSimple":
        yield from _field(element.get(f"{W}instr") or "")
    elif tag == f"{W}instrText":
        if _begins_field(element):
            yield from _field(_instruction(element))
    else:
        does = by_style.get(element.get(f"{W}val") or "")
        if does and _dresses_text(element):
            yield from does


def _numbered(properties: etree._Element) -> Iterator[str]:
    number = properties.find(f"{W}numId")
    if number is not None and number.get(f"{W}val") != "0":
        yield _NUMBERS


def _field(instruction: str) -> Iterator[str]:
    name = _INSTRUCTION.match(instruction)
    if name is None or name[1].upper() not in _HARMLESS:
        yield _FIELDS


def _begins_field(instruction: etree._Element) -> bool:
    """Whether it is the first piece of a field's code, which may be cut into many."""
    run = instruction.getparent().getprevious()
    return run is None or run.find(f"{W}instrText") is None


def _instruction(first: etree._Element) -> str:
    pieces, run = [], first.getparent()
    while run is not None and (code := run.find(f"{W}instrText")) is not None:
        pieces.append(code.text or "")
        run = run.getnext()
    return "".join(pieces)


def _dresses_text(name: etree._Element) -> bool:
    """Whether what has the style holds text: empty paragraphs part two tables, and hide on purpose."""
    holder = name.getparent().getparent()
    return holder is not None and next(holder.iter(f"{W}t"), None) is not None


def _of_styles(styles: etree._Element) -> dict[str, set[str]]:
    """What each style does, by its id, with what it has from the style that it is based on."""
    own: dict[str, set[str]] = {}
    based: dict[str, str] = {}
    for style in styles.iter(f"{W}style"):
        key = style.get(f"{W}styleId") or ""
        own[key] = {_SWITCHES[part.tag] for part in style.iter(*_SWITCHES) if is_on(part.get(f"{W}val"))} | {
            word for part in style.iter(f"{W}numPr") for word in _numbered(part)
        }
        parent = style.find(f"{W}basedOn")
        based[key] = "" if parent is None else parent.get(f"{W}val") or ""
    return {key: set(_inherited(key, own, based)) for key in own}


def _inherited(key: str, own: dict[str, set[str]], based: dict[str, str]) -> Iterator[str]:
    seen: set[str] = set()
    while key in own and key not in seen:
        yield from own[key]
        seen.add(key)
        key = based[key]
