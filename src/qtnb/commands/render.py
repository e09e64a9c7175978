"""``qtnb render``: decisions with their appendices, plans and statistics forms, as DOCX and on request as PDF."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from qtnb.building import kho_of
from qtnb.check import Checked
from qtnb.commands.outcome import COULD_NOT_RUN, FINDINGS, Outcome, ReportOptions
from qtnb.commands.outputs import reported_validation
from qtnb.commands.printing import Printable, printable_decisions
from qtnb.errors import QtnbError
from qtnb.ke_hoach import KeHoach, ke_hoach_from
from qtnb.kho import Kho
from qtnb.reading import Progress, shown_path
from qtnb.resources import data_folder
from qtnb.source import Source, khoa_of
from qtnb.thong_ke import ThongKe, thong_ke_from
from qtnb.validation import Validated, validate

DEFAULT_FOLDER: Final = "van-ban"
"""Where documents go when nobody says where; ``init`` keeps it out of git."""


@dataclass(frozen=True, slots=True)
class RenderOptions:
    """What the command line asks of ``render``."""

    paths: tuple[Path, ...]
    """Files, or folders in which every decision, plan and form is rendered."""
    out: Path | None
    """None: ``van-ban`` in the kho, or in the working directory when there are several."""
    pdf: bool
    ban: str
    """Revision of the kho that the documents are to name; empty: none."""
    cwd: Path
    report: ReportOptions


@dataclass(frozen=True, slots=True)
class Job:
    """One document to write."""

    kho: Kho
    what: Printable | KeHoach | ThongKe
    out: Path


def run_render(options: RenderOptions, progress: Progress) -> Outcome:
    """Render every document asked for. Nothing is written for a kho in which something is wrong.

    Raises QtnbError for a broken template, an output that cannot be written, or a missing LibreOffice.
    """
    validated = validate(options.paths, options.cwd, progress)
    bad = [kho for kho in validated.kho if kho.has_errors]
    if options.pdf:
        _need_pdf()
    jobs = list(_jobs(validated, _folder_for(options, validated)))
    if not jobs and not bad and not validated.findings:
        raise QtnbError(
            "Không có quyết định nào để in.",
            hint="Đặt tệp quyết định (loai: QD) trong quyet-dinh/ của kho, hoặc chỉ đúng tệp cần in.",
            exit_code=2,
        )
    written = _write(jobs, options.ban, progress)
    if options.pdf and written:
        written = [path for docx, pdf in zip(written, _pdf(written), strict=True) for path in (docx, pdf)]
    lines = "" if options.report.quiet else "".join(f"{shown_path(path, options.cwd)}\n" for path in written)
    notes = "".join(_uncompared(jobs))
    return Outcome(lines, _trouble(validated, bad, options) + notes, _exit_code(validated, bad))


def _folder_for(options: RenderOptions, validated: Validated) -> Path:
    if options.out is not None:
        return options.out
    return (validated.kho[0].sources.goc if len(validated.kho) == 1 else options.cwd) / DEFAULT_FOLDER


def _need_pdf() -> None:
    """Raises QtnbError before anything is written when no PDF could be made."""
    from qtnb.render import libreoffice

    libreoffice()


def _jobs(validated: Validated, out: Path) -> Iterator[Job]:
    """The documents asked for; with several kho each gets a folder of its own."""
    several = len(validated.kho) > 1
    folders = _folder_names(validated.kho)
    for checked, folder in zip(validated.kho, folders, strict=True):
        if checked.has_errors:
            continue
        asked = {source.tep for source in checked.quyet_dinh if source.path in validated.sources}
        place = out / folder if several else out
        for printable in printable_decisions(checked, asked):
            yield Job(printable.kho, printable, place / f"{printable.quyet_dinh.khoa}.docx")
        forms = [source for source in (*checked.ke_hoach, *checked.thong_ke) if source.path in validated.sources]
        if not forms:
            continue
        kho = kho_of(checked)
        for source in forms:
            # In a folder of its kind: a plan and a decision may have one key.
            yield Job(kho, _form_of(source), place / source.tep.rpartition("/")[0] / f"{khoa_of(source.tep)}.docx")


def _form_of(source: Source) -> KeHoach | ThongKe:
    return (ke_hoach_from if source.data["loai"] == "KH" else thong_ke_from)(source.tep, source.data)


def _folder_names(kho: tuple[Checked, ...]) -> list[str]:
    """A folder name for each kho: its own, with a count where two are the same."""
    names: list[str] = []
    for checked in kho:
        name, number = checked.sources.goc.name, 2
        while name in names:
            name, number = f"{checked.sources.goc.name}-{number}", number + 1
        names.append(name)
    return names


def _write(jobs: list[Job], ban: str, progress: Progress) -> list[Path]:
    # Jinja and docxtpl are loaded only by the commands that render.
    from qtnb.render import TemplateStore, render_decision, render_plan, render_statistics

    templates = TemplateStore(data_folder("templates"))
    for job in jobs:
        try:
            job.out.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            message = f"Không tạo được thư mục “{job.out.parent}”."
            raise QtnbError(message, hint="Chọn thư mục khác bằng -o.") from error
        match job.what:
            case Printable():
                it = job.what
                render_decision(
                    it.kho, it.quyet_dinh, job.out, templates, truoc_day=it.truoc_day, so_sanh=it.so_sanh, ban=ban
                )
            case KeHoach():
                render_plan(job.kho, job.what, job.out, templates)
            case ThongKe():
                render_statistics(job.kho, job.what, job.out, templates)
        progress(1)
    return [job.out for job in jobs]


def _uncompared(jobs: list[Job]) -> Iterator[str]:
    """A word on each decision that asks for a comparison which cannot be made."""
    for job in jobs:
        if isinstance(job.what, Printable) and job.what.quyet_dinh.bang_so_sanh and not job.what.has_comparison:
            yield (
                f"Quyết định “{job.what.quyet_dinh.khoa}” in không kèm bảng so sánh: "
                "sổ đăng ký không có bản đã phê duyệt nào khác với nội dung hiện có.\n"
            )


def _pdf(documents: list[Path]) -> list[Path]:
    from qtnb.render import to_pdf

    return to_pdf(documents)


def _trouble(validated: Validated, bad: list[Checked], options: RenderOptions) -> str:
    # A decision depends on the whole kho: its errors count even in files that were not asked for.
    findings = {finding for checked in bad for finding in checked.findings} | set(validated.findings)
    if not findings:
        return ""
    sources = {source.path: source for checked in validated.kho for source in checked.sources.all}
    ordered = tuple(sorted(findings, key=lambda finding: finding.sort_key))
    whole = replace(validated, findings=ordered, sources=sources, files=len(sources))
    report = reported_validation(whole, options.report).out
    refused = "Không in quyết định nào của kho có lỗi; sửa các lỗi trên rồi chạy lại.\n"
    return report + refused if bad else report


def _exit_code(validated: Validated, bad: list[Checked]) -> int:
    if validated.could_not_run:
        return COULD_NOT_RUN
    return FINDINGS if bad or validated.has_errors else 0
