"""``qtnb verify``: whether a Word document is as qtnb rendered it, and as it was approved."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from qtnb.commands.outcome import COULD_NOT_RUN, FINDINGS, OK, ListFormat, Outcome
from qtnb.discovery import KHO_FILE, REGISTER_FILE, KhoFiles, find_kho, kho_around
from qtnb.errors import QtnbError
from qtnb.reading import shown_path
from qtnb.resources import data_folder

if TYPE_CHECKING:
    from qtnb.doi_chieu.answer import Answer
    from qtnb.doi_chieu.registers import KhoDoiChieu

_BROKEN: Final = "Đây không phải là văn bản Word mà qtnb in ra."
_CHANGES: Final = "Văn bản còn dấu sửa (Track Changes); đã xét như khi chấp nhận hết."


@dataclass(frozen=True, slots=True)
class VerifyOptions:
    """What the command line asks of ``verify``."""

    document: Path
    kho: Path | None
    """Where the kho is whose register tells what was approved; None: around the working directory or the document."""
    cwd: Path
    output_format: ListFormat


def run_verify(options: VerifyOptions) -> Outcome:
    """Answer whether the document is unaltered (exit code 0), or altered or not from qtnb (1).

    The exit code is 3 for a document that its mark bears out while the register that should cannot be used. Raises
    QtnbError when the file or the kho named cannot be read.
    """
    # Word and the register are loaded only by the commands that need them.
    from qtnb.doi_chieu.answer import Verdict
    from qtnb.doi_chieu.document import answer_to_json
    from qtnb.doi_chieu.text import answer_to_text

    name = shown_path(options.document, options.cwd)
    if not os.path.isfile(options.document):  # noqa: PTH113 - says no to a name that cannot be one, too
        raise QtnbError(f"Không thấy tệp “{name}”.", hint="Kiểm tra đường dẫn của văn bản.")
    answer = _answer(options, name)
    printed = answer_to_json if options.output_format is ListFormat.JSON else answer_to_text
    code = {Verdict.NGUYEN_VEN: OK, Verdict.KHONG_DOI_CHIEU_DUOC: COULD_NOT_RUN}.get(answer.verdict, FINDINGS)
    return Outcome(printed(name, answer), exit_code=code)


def _answer(options: VerifyOptions, name: str) -> Answer:
    from qtnb.doi_chieu.answer import Answer, Verdict
    from qtnb.doi_chieu.asked import Asked
    from qtnb.doi_chieu.judging import judged
    from qtnb.render.mark import LoaiVanBan
    from qtnb.render.mark_reading import mark_in
    from qtnb.render.package import DOCUMENT, read_package
    from qtnb.render.visible import visible

    kho, troubles = _registers(options)
    try:
        parts = read_package(options.document, name, DOCUMENT)
        settled = visible(parts)
        mark = mark_in(parts)
        is_redline = mark is not None and mark.loai is LoaiVanBan.DANH_DAU
        seen = visible(parts, marked=True) if is_redline else settled
    except (QtnbError, ValueError) as error:
        if isinstance(error.__cause__, OSError):
            raise
        why = [error.message] if isinstance(error, QtnbError) else []
        return Answer(Verdict.KHONG_CO_DAU, (_BROKEN, *why))
    answer = judged(mark, Asked(seen, settled, kho, troubles, options.kho is not None))
    answer = replace(answer, con_danh_dau=settled.has_changes)
    return replace(answer, cau=(*answer.cau, _CHANGES)) if settled.has_changes and not is_redline else answer


def _registers(options: VerifyOptions) -> tuple[list[KhoDoiChieu], list[str]]:
    """The register of every kho asked for, else of those around; and why some of them cannot be used."""
    from qtnb.doi_chieu.registers import KhoDoiChieu
    from qtnb.render.store import TemplateStore
    from qtnb.sides.register import register_at
    from qtnb.so_dang_ky.in_force import SnapshotStore

    templates = TemplateStore(data_folder("templates"))
    found: list[KhoDoiChieu] = []
    troubles: list[str] = []
    for files in _kho(options):
        it = register_at(files, options.cwd)
        if it.trouble:
            troubles.append(it.trouble)
        elif it.register is not None:
            shown = shown_path(files.goc / REGISTER_FILE, options.cwd)
            kept = SnapshotStore(files.goc, it.register.quyet_dinh)
            found.append(KhoDoiChieu(files.goc, shown, it.register, templates, kept))
    return found, troubles


def _kho(options: VerifyOptions) -> Iterator[KhoFiles]:
    if options.kho is not None:
        yield from find_kho([options.kho]).kho
        return
    around = (kho_around(place) for place in (options.cwd, options.document.resolve().parent))
    for place in dict.fromkeys(folder for folder in around if folder):
        yield from (kho for kho in find_kho([place / KHO_FILE]).kho if kho.goc == place)
