"""The places of a file that name the bodies which act today: who issues, signs, receives, does the work."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from qtnb.finding import DataPath
from qtnb.lint.decisions import issuer_of, signing_lines
from qtnb.lint.views import FileView

KHO_FILE: Final = "qtnb.yaml"


@dataclass(frozen=True, slots=True)
class NamedBody:
    """One text that names a body."""

    at: DataPath
    viet: str
    vai: str
    """What the body is there, as messages say it."""
    ban_hanh: bool
    """Whether it is the issuer itself: its name, its superior, its place, its signer."""


def bodies_of_decision(file: FileView) -> Iterator[NamedBody]:
    """The bodies of a decision. Its citations are left out: they rightly carry the names of their time.

    An issuer that only the kho file names is placed at the decision's day.
    """
    data = file.data
    own = not data.get("co_quan_ban_hanh")
    where = f" ({KHO_FILE})" if own else ""
    for key, part in (
        ("ten", "Cơ quan ban hành"),
        ("ten_ban_hanh", "Tên ở đầu văn bản"),
        ("chu_quan", "Cơ quan chủ quản"),
        ("dia_danh", "Địa danh"),
    ):
        written = issuer_of(data, file.settings).get(key) or ""
        text = written if isinstance(written, str) else " ".join(written)
        yield NamedBody(("ngay",) if own else ("co_quan_ban_hanh", key), text, part + where, ban_hanh=True)
    yield NamedBody(("tham_quyen",), data.get("tham_quyen") or "", "Thẩm quyền ban hành", ban_hanh=True)
    for line in (*signing_lines(data), (data.get("ky") or {}).get("chuc_vu") or ""):
        yield NamedBody(("ky",), line, "Người ký", ban_hanh=True)
    yield NamedBody(("theo_de_nghi",), data.get("theo_de_nghi") or "", "Nơi đề nghị", ban_hanh=False)
    for number, line in enumerate(data.get("noi_nhan") or ()):
        yield NamedBody(("noi_nhan", number), line, "Nơi nhận", ban_hanh=False)


def any_in_procedure(file: FileView, is_named: Callable[[str], object]) -> bool:
    """Whether any text of :func:`bodies_of_procedure` is of interest; quick, for most files name nothing wrong."""
    for steps in file.step_lists:
        for step in steps.steps:
            if is_named(step.nguoi) or (step.phoi_hop and any(is_named(name) for _, name in step.phoi_hop)):
                return True
    return any(is_named(agency["ten"]) for agency in file.data.get("co_quan") or ())


def bodies_of_procedure(file: FileView) -> Iterator[NamedBody]:
    """The agencies of an LT and the doers of all steps."""
    for number, agency in enumerate(file.data.get("co_quan") or ()):
        yield NamedBody(("co_quan", number, "ten"), agency["ten"], "Cơ quan tham gia", ban_hanh=False)
    for step in file.steps():
        yield NamedBody((*step.at, step.nguoi_key), step.nguoi, f"{step.label} giao cho", ban_hanh=False)
        for at, name in step.phoi_hop:
            yield NamedBody(at, name, f"{step.label} phối hợp với", ban_hanh=False)
