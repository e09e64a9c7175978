"""The machine-checkable rules of Nghị định 30/2020/NĐ-CP (Phụ lục I and III) over a rendered decision.

``violations(path)`` gives a line for every broken rule, beginning with the rule's id. Each rule is a
function under its ids; what it demands is in its docstring. Drafts may leave number and date blank.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from docx_layout import Paragraph, Row, Section, Table, all_paragraphs, read_layout
from qtnb.words.measure import lines_of, width_of

RULE = re.compile(r"_+")
NUMBER = re.compile(r"Số: ?(\s+|\d{2,})/QĐ-[A-ZĐ][\w&]*(-[\w&]+)*")
DATE = re.compile(r"(.+), ngày (\s+|0[1-9]|[12]\d|3[01]) tháng (\s+|01|02|[3-9]|1[0-2]) năm (\s+|\d{4})")
ATTACHED = re.compile(r"\(Kèm theo Quyết định số (.+) ngày (.+) tháng (.+) năm (.*?) của (.+)\)")
APPENDIX = re.compile(r"Phụ lục(?: ([IVXLC]+))?")


@dataclass(frozen=True, slots=True)
class Decision:
    """A document taken apart: the decision, then its appendices."""

    sections: list[Section]

    @property
    def main(self) -> Section:
        return self.sections[0]

    @property
    def appendices(self) -> list[Section]:
        return self.sections[1:]

    @property
    def letterhead(self) -> Table:
        return self.main.tables[0]

    @property
    def agency(self) -> tuple[Paragraph, ...]:
        return self.letterhead.rows[0].cells[0]

    @property
    def nation(self) -> tuple[Paragraph, ...]:
        return self.letterhead.rows[0].cells[1]

    @property
    def number(self) -> Paragraph:
        return self.letterhead.rows[1].cells[0][0]

    @property
    def date(self) -> Paragraph:
        return self.letterhead.rows[1].cells[1][0]

    @property
    def signature(self) -> Row:
        return self.main.tables[-1].rows[0]

    @property
    def lines(self) -> list[Paragraph]:
        """The paragraphs of the decision between letterhead and signature, without blank ones."""
        return [par for par in self.main.paragraphs if par.text.strip()]

    def before(self, text: str) -> list[Paragraph]:
        texts = [par.text for par in self.lines]
        return self.lines[: texts.index(text)] if text in texts else []

    @property
    def grounds(self) -> list[Paragraph]:
        return self.before("QUYẾT ĐỊNH:")[4:]

    @property
    def articles(self) -> list[Paragraph]:
        return self.lines[len(self.before("QUYẾT ĐỊNH:")) + 1 :]


Check: TypeAlias = Callable[[Decision], Iterator[str]]
_CHECKS: list[tuple[str, Check]] = []


def rule(*ids: str) -> Callable[[Check], Check]:
    def register(check: Check) -> Check:
        _CHECKS.append((", ".join(ids), check))
        return check

    return register


def violations(path: Path) -> list[str]:
    decision = Decision(read_layout(path))
    return [f"{ids}: {message}" for ids, check in _CHECKS for message in check(decision)]


def _looks(par: Paragraph, sizes: tuple[float, ...], *, bold: bool = False, italic: bool = False) -> Iterator[str]:
    if not par.sizes <= set(sizes):
        yield f"cỡ chữ {sorted(par.sizes)} ngoài {sizes}: {par.text[:40]!r}"
    if any(run.bold != bold for run in par.runs):
        yield f"{'không đậm' if bold else 'đậm'}: {par.text[:40]!r}"
    if any(run.italic != italic for run in par.runs):
        yield f"{'không nghiêng' if italic else 'nghiêng'}: {par.text[:40]!r}"


def _centred(par: Paragraph) -> Iterator[str]:
    if par.align != "center":
        yield f"không căn giữa: {par.text[:40]!r}"


def _upper(par: Paragraph) -> Iterator[str]:
    if par.text != par.text.upper():
        yield f"không in hoa: {par.text[:40]!r}"


def _rule_length(par: Paragraph) -> float:
    """Length in points of a rule drawn with underscores, which are half an em wide."""
    return sum(len(run.text) * run.size / 2 for run in par.runs)


# --- page -----------------------------------------------------------------------------------------


@rule("TT-01", "TT-02", "PL-13")
def _page(doc: Decision) -> Iterator[str]:
    for section in doc.sections:
        size = (section.page["w"], section.page["h"], section.page.get("orient", "portrait"))
        # An appendix with a table may stand on the broad side of the page.
        broad = ("16838", "11906", "landscape") if section is not doc.main and section.tables else None
        if size not in {("11906", "16838", "portrait"), broad}:
            yield f"khổ giấy {section.page}"


@rule("TT-03")
def _margins(doc: Decision) -> Iterator[str]:
    for section in doc.sections:
        for side, low, high in (
            ("top", 1134, 1417),
            ("bottom", 1134, 1417),
            ("left", 1701, 1984),
            ("right", 850, 1134),
        ):
            if not low <= int(section.page[side]) <= high:
                yield f"lề {side} {section.page[side]}"


@rule("TT-05", "TT-06", "TT-07", "TT-08")
def _characters(doc: Decision) -> Iterator[str]:
    for section in doc.sections:
        for par in all_paragraphs(section):
            if not unicodedata.is_normalized("NFC", par.text):
                yield f"không phải Unicode dựng sẵn: {par.text[:40]!r}"
            for run in par.runs:
                if run.fonts != {"Times New Roman"}:
                    yield f"phông chữ {set(run.fonts)}: {run.text[:40]!r}"
                if run.colour not in ("auto", "000000"):
                    yield f"màu chữ {run.colour}: {run.text[:40]!r}"
                if run.size < 11 and not RULE.fullmatch(run.text):
                    yield f"cỡ chữ {run.size}: {run.text[:40]!r}"


@rule("TT-09", "TT-10", "TT-11", "PL-06", "PL-07")
def _page_numbers(doc: Decision) -> Iterator[str]:
    for section in doc.sections:
        numbers = [par for par in section.headers["default"] if par.text]
        if len(numbers) != 1 or [run.text for run in numbers[0].runs] != ["#"]:
            yield "đầu trang không phải chỉ có số trang"
            continue
        yield from (*_looks(numbers[0], (13, 14)), *_centred(numbers[0]))
        if section.page["titlePg"] != "1" or any(par.text for par in section.headers["first"]):
            yield "số trang hiện ở trang đầu"
        if section.page.get("start") != "1" or section.page.get("type") == "continuous":
            yield "số trang không bắt đầu lại từ 1 ở trang mới"


# --- letterhead -----------------------------------------------------------------------------------


@rule("QH-01", "QH-02", "QH-03", "QH-04", "QH-05")
def _nation(doc: Decision) -> Iterator[str]:
    name, motto, line = doc.nation
    if name.text not in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"):
        yield f"Quốc hiệu {name.text!r}"
    if motto.text != "Độc lập - Tự do - Hạnh phúc":
        yield f"Tiêu ngữ {motto.text!r}"
    yield from (*_looks(name, (12, 13), bold=True), *_looks(motto, (13, 14), bold=True))
    yield from (*_centred(name), *_centred(motto))
    share = _rule_length(line) / width_of(motto.text, max(motto.sizes))
    if not 0.95 <= share <= 1.05:
        yield f"kẻ ngang dưới Tiêu ngữ dài {share:.2f} dòng chữ"
    if any(par.before or par.after or par.line != 240 for par in (name, motto)):
        yield "Quốc hiệu và Tiêu ngữ cách nhau quá một dòng đơn"


@rule("CQ-02", "CQ-04", "CQ-05", "CQ-06")
def _agency(doc: Decision) -> Iterator[str]:
    *names, line = doc.agency
    for par in names:
        yield from (*_upper(par), *_centred(par))
        yield from _looks(par, (12, 13), bold=all(run.bold for run in par.runs))
        if par.before or par.after or par.line != 240:
            yield f"tên cơ quan cách dòng: {par.text!r}"
    if not names[-1].bold:
        yield "tên cơ quan ban hành không đậm"
    if len(names) > 1 and not names[0].bold and "ỦY BAN NHÂN DÂN" in names[0].text and "SỞ" in names[-1].text:
        yield "cơ quan chủ quản viết đầy đủ mà không viết tắt"
    last = lines_of(names[-1].lines[-1], max(names[-1].sizes), 167)[-1]
    share = _rule_length(line) / width_of(last, max(names[-1].sizes))
    if not 0.33 <= share <= 0.5:
        yield f"kẻ ngang dưới tên cơ quan dài {share:.2f} dòng chữ"


@rule("SO-01", "SO-02", "SO-03", "SO-08")
def _number(doc: Decision) -> Iterator[str]:
    if not NUMBER.fullmatch(doc.number.text):
        yield f"số, ký hiệu {doc.number.text!r}"
    yield from (*_looks(doc.number, (13,)), *_centred(doc.number))


@rule("DD-01", "DD-02", "DD-03", "DD-07")
def _date(doc: Decision) -> Iterator[str]:
    if not DATE.fullmatch(doc.date.text):
        yield f"địa danh, ngày tháng {doc.date.text!r}"
    if re.match(r"TP\b|Tp\b", doc.date.text):
        yield "địa danh viết tắt"
    yield from (*_looks(doc.date, (13, 14), italic=True), *_centred(doc.date))


# --- the decision ---------------------------------------------------------------------------------


@rule("QD-02", "TL-01", "TL-02", "TL-04", "TL-05", "TL-07", "QD-03", "QD-04")
def _title(doc: Decision) -> Iterator[str]:
    kind, subject, line = doc.lines[:3]
    if kind.text != "QUYẾT ĐỊNH":
        yield f"tên loại {kind.text!r}"
    # Mẫu 1.3 approves a text that comes with it; mẫu 1.2 governs by itself.
    accompanied = any("kèm theo Quyết định này" in par.text for par in doc.articles)
    openings = ("Ban hành ", "Phê duyệt ") if accompanied else ("Ban hành ", "Phê duyệt ", "Về việc ")
    if not subject.text.startswith(openings) or subject.text.endswith("."):
        yield f"trích yếu {subject.text!r}"
    for par in (kind, subject):
        yield from (*_looks(par, (13, 14), bold=True), *_centred(par))
    room = (9355 - subject.sides) / 20
    size = max(subject.sizes)
    longest = max(width_of(text, size) for line in subject.lines for text in lines_of(line, size, room))
    if not 0.33 <= _rule_length(line) / longest <= 0.5:
        yield f"kẻ ngang dưới trích yếu dài {_rule_length(line) / longest:.2f} dòng chữ"


@rule("QD-05")
def _authority(doc: Decision) -> Iterator[str]:
    par = doc.lines[3]
    yield from (*_looks(par, (13, 14), bold=True), *_centred(par), *_upper(par))
    if par.text.endswith((".", ":", ";")):
        yield f"thẩm quyền có dấu câu: {par.text!r}"


@rule("ND-01", "ND-04", "ND-05", "QD-06")
def _grounds(doc: Decision) -> Iterator[str]:
    for number, par in enumerate(doc.grounds, start=1):
        yield from (*_looks(par, (13, 14), italic=True), *_body(par))
        if not par.text.endswith("." if number == len(doc.grounds) else ";"):
            yield f"dấu cuối căn cứ: {par.text[-30:]!r}"


@rule("QD-07")
def _order(doc: Decision) -> Iterator[str]:
    orders = [par for par in doc.lines if par.text == "QUYẾT ĐỊNH:"]
    if len(orders) != 1:
        yield f"{len(orders)} dòng “QUYẾT ĐỊNH:”"
    for par in orders:
        yield from (*_looks(par, (13, 14), bold=True), *_centred(par))


@rule("ND-08", "ND-09", "ND-10", "ND-11", "ND-12", "QD-08", "QD-09")
def _articles(doc: Decision) -> Iterator[str]:
    labels = [match for par in doc.articles if (match := re.match(r"Điều (\d+)\. ", par.text))]
    if [int(match[1]) for match in labels] != list(range(1, len(labels) + 1)):
        yield f"số các Điều {[match[1] for match in labels]}"
    for par in doc.articles:
        label = re.match(r"Điều \d+\. ?", par.text)
        in_bold = "".join(run.text for run in par.runs if run.bold).strip()
        if in_bold != (label[0].strip() if label else ""):
            yield f"phần đậm {in_bold!r}: {par.text[:40]!r}"
        if not par.upright or not par.sizes <= {13, 14}:
            yield f"chữ của Điều: {par.text[:40]!r}"
        yield from _body(par)


@rule("ND-13", "QD-10")
def _end(doc: Decision) -> Iterator[str]:
    for part in (doc.articles, *([par for par in part.paragraphs if par.text.strip()] for part in doc.appendices)):
        if not part[-1].text.endswith("./.") or part[-1].text.endswith("/../."):
            yield f"kết thúc {part[-1].text[-30:]!r}"
        if sum(par.text.endswith("./.") for par in part) != 1:
            yield "“./.” không đứng đúng một lần"


@rule("CK-01", "CK-06", "CK-07", "CK-08", "CK-10", "CK-11", "QD-11")
def _signature(doc: Decision) -> Iterator[str]:
    *titles, name = doc.signature.cells[1]
    if doc.signature.may_split:
        yield "khối chữ ký có thể đứt ở cuối trang"
    for par in titles:
        yield from (*_looks(par, (13, 14), bold=True), *_centred(par), *_upper(par))
        if re.match(r"(K/T|T/M|T/L|(KT|TM|TL|TUQ|Q)(?!\. )\b)", par.text):
            yield f"cách ghi quyền hạn {par.text!r}"
    collective = doc.lines[3].text.startswith(("ỦY BAN NHÂN DÂN", "HỘI ĐỒNG NHÂN DÂN"))
    if titles[0].text.startswith("TM. ") != collective:
        yield f"{titles[0].text!r} không khớp thẩm quyền {doc.lines[3].text!r}"
    if titles[-1].text.startswith("PHÓ ") and not any(par.text.startswith("KT. ") for par in titles):
        yield "cấp phó ký mà không có KT."
    yield from (*_looks(name, (13, 14), bold=True), *_centred(name))
    if re.match(r"(GS|PGS|TS|ThS|BS|DS|KS|CN|NGƯT|NGND|TTƯT|TTND)\b\.?", name.text):
        yield f"học hàm, học vị trước họ tên: {name.text!r}"


@rule("NN-01", "NN-02", "NN-03", "NN-04", "NN-09")
def _recipients(doc: Decision) -> Iterator[str]:
    head, *items = (par for row in doc.main.tables[-1].rows for par in row.cells[0])
    if head.text != "Nơi nhận:":
        yield f"{head.text!r}"
    yield from _looks(head, (12,), bold=True, italic=True)
    for par in items:
        yield from _looks(par, (11,))
        if not par.text.startswith("- ") or not par.text.endswith("." if par is items[-1] else ";"):
            yield f"dòng nơi nhận {par.text!r}"
    if not re.fullmatch(r"- Lưu: VT\b.*\.", items[-1].text):
        yield f"dòng lưu {items[-1].text!r}"
    first = re.fullmatch(r"- Như Điều (\d+);", items[0].text)
    if first is None or not any(par.text.startswith(f"Điều {first[1]}. ") for par in doc.articles):
        yield f"dòng đầu nơi nhận {items[0].text!r}"


# --- appendices -----------------------------------------------------------------------------------


@rule("PL-01", "PL-02", "PL-03", "KT-03", "QD-12")
def _appendix_heads(doc: Decision) -> Iterator[str]:
    numbers = []
    body = " ".join(par.text for par in doc.articles)
    for section in doc.appendices:
        head, title = section.paragraphs[:2]
        found = APPENDIX.fullmatch(head.text)
        numbers.append(found[1] if found else head.text)
        yield from (*_looks(head, (14,), bold=True), *_centred(head))
        yield from (*_looks(title, (13, 14), bold=True), *_centred(title), *_upper(title))
        if head.text not in body:
            yield f"các Điều không chỉ đến {head.text!r}"
        if any("CỘNG HÒA" in par.text for par in all_paragraphs(section)):
            yield "phụ lục có Quốc hiệu"
    if numbers != ([None] if len(numbers) == 1 else ["I", "II", "III", "IV"][: len(numbers)]):
        yield f"số phụ lục {numbers}"


@rule("PL-04", "PL-05", "PL-12", "KT-04", "KT-05", "KT-06")
def _attached(doc: Decision) -> Iterator[str]:
    date = DATE.fullmatch(doc.date.text)
    number = doc.number.text.removeprefix("Số: ")
    for section in doc.appendices:
        line, under = section.paragraphs[2:4]
        found = ATTACHED.fullmatch(line.text)
        yield from (*_looks(line, (13, 14), italic=True), *_centred(line))
        if found is None or date is None:
            yield f"dòng kèm theo {line.text!r}"
            continue
        if found[1].strip() != number.strip():
            yield f"số trong dòng kèm theo {found[1]!r} khác {number!r}"
        if [text.strip() for text in found.groups()[1:4]] != [text.strip() for text in date.groups()[1:]]:
            yield f"ngày trong dòng kèm theo {line.text!r} khác {doc.date.text!r}"
        if found[5].upper() != doc.lines[3].text:
            yield f"người ban hành {found[5]!r} khác thẩm quyền {doc.lines[3].text!r}"
        if not RULE.fullmatch(under.text) or not _centred(under):
            yield "thiếu kẻ ngang dưới dòng kèm theo"


@rule("BT-02", "BT-05")
def _tables(doc: Decision) -> Iterator[str]:
    for section in doc.sections:
        room = int(section.page["w"]) - int(section.page["left"]) - int(section.page["right"])
        for table in section.tables:
            if table.width > room:
                yield f"bảng rộng {table.width}"
            heads = [number for number, row in enumerate(table.rows) if row.header]
            if heads != list(range(len(heads))):
                yield f"dòng tiêu đề không ở đầu bảng: {heads}"
            if any(row.texts[0] in ("STT", "TT") and not row.header for row in table.rows):
                yield "dòng tiêu đề không lặp lại ở trang sau"
            for row in table.rows:
                if row.may_split and max(map(len, row.texts)) < 200:
                    yield f"dòng bị tách qua trang: {row.texts}"


@rule("BT-03")
def _table_text(doc: Decision) -> Iterator[str]:
    for section in doc.appendices:
        for table in section.tables:
            for row in table.rows:
                for cell in row.cells:
                    for par in cell:
                        if not par.sizes <= {13, 14}:
                            yield f"cỡ chữ trong bảng {sorted(par.sizes)}: {par.text[:40]!r}"


@rule("BT-06")
def _nothing_alone(doc: Decision) -> Iterator[str]:
    if not doc.articles[-1].keep_next:
        yield "khối chữ ký có thể đứng riêng một trang"
    for section in doc.appendices:
        blocks = section.blocks
        for block, after in itertools.pairwise(blocks):
            if isinstance(block, Paragraph) and isinstance(after, Table) and not block.keep_next:
                yield f"tên bảng có thể đứng riêng ở cuối trang: {block.text[:40]!r}"
            if isinstance(block, Table) and isinstance(after, Paragraph) and after.text == "./.":
                last = [par for cell in block.rows[-1].cells for par in cell if par.text]
                if not all(par.keep_next for par in last):
                    yield "“./.” có thể đứng riêng một trang"


def _body(par: Paragraph) -> Iterator[str]:
    if par.align != "both" or par.first_line not in (567, 720):
        yield f"căn lề hoặc lùi đầu dòng {par.align} {par.first_line}: {par.text[:40]!r}"
    if max(par.before, par.after) < 120:
        yield f"cách đoạn {par.before}/{par.after}: {par.text[:40]!r}"
    if par.line_rule != "auto" or not 240 <= par.line <= 360:
        yield f"cách dòng {par.line} {par.line_rule}: {par.text[:40]!r}"
