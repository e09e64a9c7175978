"""The names of WordprocessingML that a redline touches (ISO/IEC 29500-1, clause 17)."""

from __future__ import annotations

from typing import Any, Final, TypeAlias

Element: TypeAlias = Any
"""An element of lxml, which has no types."""

NAMESPACE: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W: Final = f"{{{NAMESPACE}}}"
SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"

BODY: Final = f"{W}body"
SECTION: Final = f"{W}sectPr"
P: Final = f"{W}p"
P_PROPERTIES: Final = f"{W}pPr"
RUN: Final = f"{W}r"
R_PROPERTIES: Final = f"{W}rPr"
TEXT: Final = f"{W}t"
DELETED_TEXT: Final = f"{W}delText"
INSTRUCTION: Final = f"{W}instrText"
DELETED_INSTRUCTION: Final = f"{W}delInstrText"
FIELD: Final = f"{W}fldChar"
SIMPLE_FIELD: Final = f"{W}fldSimple"

TABLE: Final = f"{W}tbl"
TABLE_PROPERTIES: Final = f"{W}tblPr"
TABLE_EXCEPTIONS: Final = f"{W}tblPrEx"
GRID: Final = f"{W}tblGrid"
GRID_COLUMN: Final = f"{W}gridCol"
ROW: Final = f"{W}tr"
ROW_PROPERTIES: Final = f"{W}trPr"
CELL: Final = f"{W}tc"
CELL_PROPERTIES: Final = f"{W}tcPr"

INSERTED: Final = f"{W}ins"
DELETED: Final = f"{W}del"

CONTAINERS: Final = frozenset(f"{W}{name}" for name in ("hyperlink", "smartTag", "customXml", "dir", "bdo", "sdt"))
"""What holds runs within a paragraph and may not stand inside w:ins or w:del, but may hold them."""

MARKERS: Final = frozenset((f"{W}bookmarkStart", f"{W}bookmarkEnd"))
"""What marks a place and prints nothing."""

ASIDES: Final = frozenset(
    f"{W}{name}" for name in ("commentRangeStart", "commentRangeEnd", "permStart", "permEnd", "proofErr")
)
"""What marks a place for editing only; a document to be read does without."""

REVISIONS: Final = frozenset(
    f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge", "numberingChange")
)
"""Changes that somebody has tracked already."""
