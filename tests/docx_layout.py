"""A Word file with the formatting that Word would show: styles resolved, tables and sections in order."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias
from xml.etree import ElementTree as ET

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

Properties: TypeAlias = dict[str, str]
"""Resolved properties of a paragraph or run, by a short name."""


@dataclass(frozen=True, slots=True)
class Run:
    text: str
    size: float
    bold: bool
    italic: bool
    fonts: frozenset[str]
    colour: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    lines: tuple[str, ...]
    """The text at its line ends; Word breaks lines of its own besides."""
    runs: tuple[Run, ...]
    """Those that show something."""
    align: str
    before: int
    after: int
    line: int
    line_rule: str
    first_line: int
    sides: int
    keep_next: bool

    @property
    def text(self) -> str:
        return " ".join(self.lines)

    @property
    def sizes(self) -> set[float]:
        return {run.size for run in self.runs}

    @property
    def bold(self) -> bool:
        return all(run.bold for run in self.runs)

    @property
    def italic(self) -> bool:
        return all(run.italic for run in self.runs)

    @property
    def upright(self) -> bool:
        return not any(run.italic for run in self.runs)


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[tuple[Paragraph, ...], ...]
    header: bool
    may_split: bool

    @property
    def texts(self) -> list[str]:
        return [" ".join(par.text for par in cell) for cell in self.cells]


@dataclass(frozen=True, slots=True)
class Table:
    rows: tuple[Row, ...]
    width: int


Block: TypeAlias = Paragraph | Table


@dataclass(slots=True)
class Section:
    blocks: list[Block] = field(default_factory=list)
    page: Properties = field(default_factory=dict)
    """``w``, ``h``, ``orient``, the margins, ``type``, ``start``, ``titlePg``."""
    headers: dict[str, list[Paragraph]] = field(default_factory=dict)
    """By kind: ``default``, ``first``; a page number shows as ``#``."""

    @property
    def paragraphs(self) -> list[Paragraph]:
        return [block for block in self.blocks if isinstance(block, Paragraph)]

    @property
    def tables(self) -> list[Table]:
        return [block for block in self.blocks if isinstance(block, Table)]


def read_layout(path: Path) -> list[Section]:
    """Read the sections of a Word file, in order."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return _Reader(parts).sections()


def all_paragraphs(section: Section) -> Iterator[Paragraph]:
    """Every paragraph of a section, those in tables too."""
    for block in section.blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            for row in block.rows:
                for cell in row.cells:
                    yield from cell


class _Reader:
    def __init__(self, parts: dict[str, bytes]) -> None:
        self._parts = parts
        styles = self._parse("word/styles.xml")
        self._styles = {style.get(f"{W}styleId", ""): style for style in styles.iter(f"{W}style")}
        self._defaults = styles.find(f"{W}docDefaults")
        self._relations = {
            relation.get("Id", ""): relation.get("Target", "")
            for relation in self._parse("word/_rels/document.xml.rels")
        }

    def sections(self) -> list[Section]:
        body = self._parse("word/document.xml").find(f"{W}body")
        assert body is not None
        sections = [Section()]
        for child in body:
            if child.tag == f"{W}p":
                sections[-1].blocks.append(self._paragraph(child))
            elif child.tag == f"{W}tbl":
                sections[-1].blocks.append(self._table(child))
            ends = child if child.tag == f"{W}sectPr" else child.find(f"{W}pPr/{W}sectPr")
            if ends is not None:
                self._finish(sections[-1], ends)
                sections.append(Section())
        return sections[:-1]

    def _parse(self, name: str) -> ET.Element:
        return ET.fromstring(self._parts[name])  # noqa: S314 - our own document

    def _finish(self, section: Section, element: ET.Element) -> None:
        for tag in ("pgSz", "pgMar", "pgNumType", "type"):
            part = element.find(f"{W}{tag}")
            values = {key.removeprefix(W): value for key, value in part.attrib.items()} if part is not None else {}
            section.page |= {"type": values["val"]} if tag == "type" else values
        section.page["titlePg"] = "1" if element.find(f"{W}titlePg") is not None else ""
        for reference in element.iter(f"{W}headerReference"):
            name = "word/" + self._relations[reference.get(f"{R}id", "")]
            section.headers[reference.get(f"{W}type", "")] = [
                self._paragraph(par) for par in self._parse(name).iter(f"{W}p")
            ]

    def _table(self, element: ET.Element) -> Table:
        rows = []
        for row in element.findall(f"{W}tr"):
            properties = row.find(f"{W}trPr")
            marks = {child.tag for child in properties} if properties is not None else set()
            cells = tuple(tuple(self._paragraph(par) for par in cell.iter(f"{W}p")) for cell in row.findall(f"{W}tc"))
            rows.append(Row(cells, f"{W}tblHeader" in marks, f"{W}cantSplit" not in marks))
        grid = element.findall(f"{W}tblGrid/{W}gridCol")
        return Table(tuple(rows), sum(int(column.get(f"{W}w", "0")) for column in grid))

    def _paragraph(self, element: ET.Element) -> Paragraph:
        direct = element.find(f"{W}pPr")
        style = direct.find(f"{W}pStyle") if direct is not None else None
        layers = self._layers(style.get(f"{W}val", "") if style is not None else "Normal")
        found: Properties = {}
        for layer in (*(layer.find(f"{W}pPr") for layer in layers), direct):
            found |= _properties(layer)
        runs = tuple(
            run for child in element.iter(f"{W}r") if (run := self._run(child, layers)).text.strip() or run.text == "#"
        )
        if element.find(f"{W}fldSimple") is not None:
            runs = tuple(Run("#", run.size, run.bold, run.italic, run.fonts, run.colour) for run in runs)
        return Paragraph(
            lines=tuple(re.split(r" ?\n", "".join(_text(run) for run in element.iter(f"{W}r")))),
            runs=runs,
            align=found.get("jc.val", "left"),
            before=int(found.get("spacing.before", "0")),
            after=int(found.get("spacing.after", "0")),
            line=int(found.get("spacing.line", "240")),
            line_rule=found.get("spacing.lineRule", "auto"),
            first_line=int(found.get("ind.firstLine", "0")),
            sides=int(found.get("ind.left", "0")) + int(found.get("ind.right", "0")),
            keep_next="keepNext" in found,
        )

    def _run(self, element: ET.Element, layers: list[ET.Element]) -> Run:
        found: Properties = {}
        for layer in (*(layer.find(f"{W}rPr") for layer in layers), element.find(f"{W}rPr")):
            found |= _properties(layer)
        return Run(
            text=_text(element),
            size=int(found.get("sz.val", "20")) / 2,
            bold="b" in found,
            italic="i" in found,
            fonts=frozenset(found[key] for key in ("rFonts.ascii", "rFonts.hAnsi") if key in found),
            colour=found.get("color.val", "auto"),
        )

    def _layers(self, style_id: str) -> list[ET.Element]:
        """What formats a paragraph: document defaults, then its style's ancestors, then its style."""
        layers: list[ET.Element] = []
        while style_id:
            style = self._styles[style_id]
            layers.insert(0, style)
            based_on = style.find(f"{W}basedOn")
            style_id = based_on.get(f"{W}val", "") if based_on is not None else ""
        if self._defaults is not None:
            for wrapper in ("pPrDefault", "rPrDefault"):
                default = self._defaults.find(f"{W}{wrapper}")
                if default is not None:
                    layers.insert(0, default)
        return layers


def _properties(element: ET.Element | None) -> Properties:
    """``{"jc.val": "both", "keepNext": ""}``; a toggle that is off is left out."""
    found: Properties = {}
    for child in element if element is not None else ():
        name = child.tag.removeprefix(W)
        if child.get(f"{W}val") not in ("0", "false", "off"):
            found[name] = ""
            found |= {f"{name}.{key.removeprefix(W)}": value for key, value in child.attrib.items()}
    return found


def _text(run: ET.Element) -> str:
    signs = {f"{W}tab": "\t", f"{W}br": "\n"}
    return "".join(node.text or "" if node.tag == f"{W}t" else signs.get(node.tag, "") for node in run)
