"""``qtnb verify``: whether a Word document is as qtnb rendered it, and as it was approved."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final

from qtnb import __version__
from qtnb.check import Checked, check_kho
from qtnb.commands.outcome import FINDINGS, OK, ListFormat, Outcome
from qtnb.commands.printing import Printable, printable_decisions, printed_texts
from qtnb.discovery import KHO_FILE, find_kho, kho_around
from qtnb.errors import QtnbError
from qtnb.model import Phan
from qtnb.reading import read_kho, shown_path
from qtnb.so_dang_ky.model import SoDangKy, TrangThai
from qtnb.text import shown

if TYPE_CHECKING:
    from qtnb.render.alterations import Alteration
    from qtnb.render.mark import DauQuyTrinh, DauVanBan
    from qtnb.render.visible import Visible

_BROKEN: Final = "Đây không phải là văn bản Word mà qtnb in ra."
_NUMBERED: Final = re.compile(r"Số: *[0-9]")
"""The line of a decision that has its number."""
_MOST_SHOWN: Final = 100
"""Characters of an old or new text in the terminal."""


class Verdict(StrEnum):
    """What can be said of a document."""

    NGUYEN_VEN = "nguyen_ven"
    """Not altered since it was rendered."""
    BI_SUA = "bi_sua"
    """Altered since, or not what its decision approved."""
    KHONG_CO_DAU = "khong_co_dau"
    """It carries no mark of qtnb."""


@dataclass(frozen=True, slots=True)
class VerifyOptions:
    """What the command line asks of ``verify``."""

    document: Path
    kho: Path | None
    """Where the kho is whose register tells what was approved; None: around the working directory or the document."""
    cwd: Path
    output_format: ListFormat


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to ``verify``."""

    verdict: Verdict
    cau: tuple[str, ...]
    """What is known, a sentence each."""
    thay_doi: tuple[Alteration, ...] = ()
    """What was altered, in the order of the document."""


def run_verify(options: VerifyOptions) -> Outcome:
    """Answer whether the document is unaltered (exit code 0), or altered or not from qtnb (1).

    Raises QtnbError when the file or the kho cannot be read.
    """
    from qtnb.render.mark_reading import mark_in
    from qtnb.render.package import DOCUMENT, MAIN_PART, read_package
    from qtnb.render.visible import visible_blocks

    name = shown_path(options.document, options.cwd)
    if not options.document.is_file():
        raise QtnbError(f"Không thấy tệp “{name}”.", hint="Kiểm tra đường dẫn của văn bản.")
    try:
        parts = read_package(options.document, name, DOCUMENT)
        seen = visible_blocks(parts[MAIN_PART], parts.get("_rels/.rels", b""))
    except (QtnbError, ValueError) as error:
        if isinstance(error.__cause__, OSError):
            raise
        broken = Answer(Verdict.KHONG_CO_DAU, (_BROKEN, *([error.message] if isinstance(error, QtnbError) else [])))
        return Outcome(_printed(name, broken, options.output_format), exit_code=FINDINGS)
    mark = mark_in(parts)
    kho = _kho(options)
    answer = _unmarked(seen, kho) if mark is None else _marked(mark, seen, kho)
    if seen.has_changes:
        answer = replace(
            answer, cau=(*answer.cau, "Văn bản còn dấu sửa (track changes); đã xét như khi chấp nhận hết.")
        )
    code = OK if answer.verdict is Verdict.NGUYEN_VEN else FINDINGS
    return Outcome(_printed(name, answer, options.output_format), exit_code=code)


def _kho(options: VerifyOptions) -> list[Checked]:
    """Every kho asked for, or the one around; none when there is none."""
    if options.kho is not None:
        found = find_kho([options.kho]).kho
    else:
        places = (kho_around(place) for place in (options.cwd, options.document.resolve().parent))
        found = next((find_kho([place / KHO_FILE]).kho for place in places if place), ())
    return [check_kho(read_kho(files, options.cwd)) for files in found]


# --- a document with a mark -------------------------------------------------------------------------


def _marked(mark: DauVanBan, seen: Visible, kho: Sequence[Checked]) -> Answer:
    from qtnb.render.alterations import alterations
    from qtnb.render.mark import seal_of_texts

    head = _introduced(mark)
    holder = next((item for item in kho if _registers(item, mark)), None)
    if seen.unread:
        parts = ", ".join(seen.unread)
        return Answer(Verdict.BI_SUA, (head, f"Văn bản có thành phần qtnb không in ra và không đọc được: {parts}."))
    if seal_of_texts(seen.texts) != mark.dau_van_ban:
        rendered = mark.van_ban if seal_of_texts(mark.van_ban) == mark.dau_van_ban else _approved(mark, holder)
        changes = tuple(alterations(rendered, seen.blocks)) if rendered else ()
        how_many = f"{len(changes)} chỗ" if changes else "không rõ chỗ nào, vì dấu trong tệp chỉ còn mã của toàn văn"
        return Answer(Verdict.BI_SUA, (head, f"Đã bị sửa sau khi in: {how_many}."), changes)
    if not mark.so_ky_hieu and any(map(_NUMBERED.match, seen.texts)):
        return Answer(Verdict.BI_SUA, (head, "Dấu trong tệp là của dự thảo, nhưng văn bản đã mang số."))
    if not mark.so_ky_hieu:
        return Answer(Verdict.NGUYEN_VEN, (head, "Chưa bị sửa từ khi in. Đây là dự thảo, chưa có số và ngày."))
    if holder is None or holder.so_dang_ky is None:
        where = "Không có sổ đăng ký nào ở đây ghi quyết định này, nên chưa đối chiếu được với bản đã phê duyệt."
        return Answer(Verdict.NGUYEN_VEN, (head, "Chưa bị sửa từ khi in.", where))
    return _against_register(mark, seen, holder, holder.so_dang_ky, head)


def _introduced(mark: DauVanBan) -> str:
    decision = f"Quyết định số {mark.so_ky_hieu} ngày {_date(mark.ngay)}" if mark.so_ky_hieu else "Dự thảo quyết định"
    revision = f" từ bản {shown(mark.ban)} của kho" if mark.ban else ""
    key, agency = shown(mark.quyet_dinh), shown(mark.co_quan)
    return f"{decision} (khóa “{key}”) của {agency}, in bằng qtnb {shown(mark.qtnb)}{revision}."


def _date(ngay: str) -> str:
    return "/".join(reversed(shown(ngay).split("-")))


def _registers(kho: Checked, mark: DauVanBan) -> bool:
    signed = kho.so_dang_ky.quyet_dinh.get(mark.quyet_dinh) if kho.so_dang_ky else None
    return signed is not None and (signed.so_ky_hieu, signed.ngay.isoformat()) == (mark.so_ky_hieu, mark.ngay)


def _against_register(mark: DauVanBan, seen: Visible, kho: Checked, register: SoDangKy, head: str) -> Answer:
    """The mark may have been made up with the text: what was approved is rendered again and compared."""
    from qtnb.render.alterations import alterations

    lines = [_procedure(item, mark.quyet_dinh, register) for item in mark.quy_trinh]
    false_seals = [item for item in mark.quy_trinh if not _seals_agree(item, mark.quyet_dinh, register)]
    changes = tuple(alterations(_approved(mark, kho), seen.blocks))
    if changes and not false_seals and mark.qtnb != __version__:  # which may have said the same in other words
        doubt = (
            f"Chữ khác với bản in lại bằng qtnb {__version__}; văn bản in bằng bản qtnb khác nên chưa kết luận được."
        )
        return Answer(Verdict.BI_SUA, (head, doubt), changes)
    if false_seals or changes:
        return Answer(Verdict.BI_SUA, (head, "Không đúng như bản đã phê duyệt trong sổ đăng ký."), changes)
    return Answer(Verdict.NGUYEN_VEN, (head, "Đúng như bản đã phê duyệt, chưa bị sửa.", *lines))


def _approved(mark: DauVanBan, kho: Checked | None) -> Sequence[str]:
    """What the decision prints as the register of ``kho`` has it; nothing without a register."""
    if kho is None:
        return ()
    return next((printed_texts(it) for it in printable_decisions(kho) if it.quyet_dinh.khoa == mark.quyet_dinh), ())


def _seals_agree(item: DauQuyTrinh, decision: str, register: SoDangKy) -> bool:
    block = register.quy_trinh.get(item.khoa)
    entry = next((lan for lan in block.lich_su if lan.quyet_dinh == decision), None) if block else None
    if entry is None:
        return False
    return not item.dau or not entry.dau or all(entry.dau.get(Phan(part)) == seal for part, seal in item.dau.items())


def _procedure(item: DauQuyTrinh, decision: str, register: SoDangKy) -> str:
    block = register.quy_trinh.get(item.khoa)
    name = f"{shown(item.ky_hieu)} ({shown(item.khoa)})"
    if block is None or block.lich_su[-1].quyet_dinh == decision:
        return f"{name}: hiện hành." if block and block.trang_thai.con_hieu_luc else f"{name}."
    if block.trang_thai is TrangThai.THAY_THE:
        return f"{name}: đã được thay thế bằng {', '.join(block.thay_the_boi)} theo {block.lich_su[-1].ten}."
    if block.trang_thai is TrangThai.BAI_BO:
        return f"{name}: đã bãi bỏ theo {block.lich_su[-1].ten}."
    return f"{name}: sau đó có {block.lich_su[-1].ten}."


# --- a document without -----------------------------------------------------------------------------


def _unmarked(seen: Visible, kho: Sequence[Checked]) -> Answer:
    head = "Tệp không mang dấu của qtnb: không do qtnb in, hoặc dấu đã bị xóa."
    for printable in _signed(kho):
        if printed_texts(printable) == seen.texts:
            same = f"Chữ trong tệp trùng với {_named(printable)} trong sổ đăng ký."
            return Answer(Verdict.KHONG_CO_DAU, (head, same))
    return Answer(Verdict.KHONG_CO_DAU, (head,))


def _signed(kho: Sequence[Checked]) -> Iterator[Printable]:
    for checked in kho:
        entered = checked.so_dang_ky.quyet_dinh if checked.so_dang_ky else {}
        yield from (item for item in printable_decisions(checked) if item.quyet_dinh.khoa in entered)


def _named(printable: Printable) -> str:
    decision = printable.quyet_dinh
    date = f" ngày {decision.ngay:%d/%m/%Y}" if decision.ngay else ""
    return f"quyết định “{decision.khoa}” số {decision.so}{date}"


# --- the answer as text -----------------------------------------------------------------------------


def _printed(name: str, answer: Answer, output_format: ListFormat) -> str:
    if output_format is ListFormat.JSON:
        data = {
            "version": 1,
            "file": name,
            "verdict": answer.verdict,
            "sentences": answer.cau,
            "changes": [asdict(change) for change in answer.thay_doi],
        }
        return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    lines = [f"{name}: {answer.cau[0]}", *(f"  {sentence}" for sentence in answer.cau[1:])]
    lines += [f"  - {change.where or 'Đoạn ngoài bảng'}: {_change(change)}" for change in answer.thay_doi]
    return "".join(f"{line}\n" for line in lines)


def _change(change: Alteration) -> str:
    old, new = shown(change.old, _MOST_SHOWN), shown(change.new, _MOST_SHOWN)
    if not change.old:
        return f"thêm “{new}”"
    return f"“{old}” thành “{new}”" if change.new else f"bỏ “{old}”"
