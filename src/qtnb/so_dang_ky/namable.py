"""What new decisions may name, by the register."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from qtnb.references import KnownDecision, KnownNames
from qtnb.so_dang_ky.model import MucDangKy, SoDangKy
from qtnb.source import Source, khoa_of


@dataclass(frozen=True, slots=True)
class Namable:
    """The files of a kho that are checked against each other."""

    quy_trinh: Sequence[Source]
    """The procedures that no signed decision has ended, be it from a day to come."""
    quyet_dinh: Sequence[Source]
    """The new decisions; those of the register name procedures as they once were."""
    elsewhere: KnownNames
    """What is known of other names."""


def namable(
    register: SoDangKy | None,
    quy_trinh: Sequence[Source],
    quyet_dinh: Sequence[Source],
    unfit: Sequence[Source],
    decisions: Collection[str] = (),
) -> Namable:
    """Take procedures and decisions that fit their schemas, and procedures that do not; ``register`` may be None.

    ``decisions`` are the keys of decisions that may be named although they are unfit.
    """
    if register is None:
        return Namable(quy_trinh, quyet_dinh, KnownNames(quyet_dinh=frozenset(decisions)))
    held = {khoa_of(source.tep) for source in (*quy_trinh, *unfit)}
    known = frozenset(decisions).union(register.quyet_dinh)
    return Namable(
        [source for source in quy_trinh if not _is_ended(register.quy_trinh.get(khoa_of(source.tep)))],
        [source for source in quyet_dinh if khoa_of(source.tep) not in register.quyet_dinh],
        KnownNames(
            quyet_dinh=known, khong_dung_duoc=_unusable_names(register, held), da_ky=_signed_decisions(register)
        ),
    )


def _signed_decisions(register: SoDangKy) -> Mapping[str, KnownDecision]:
    """What a new decision has to know of those of the register, by key."""
    return {
        khoa: KnownDecision(
            int(signed.so),
            signed.ky_hieu,
            signed.ngay.isoformat(),
            register.quyet_dinh[signed.bai_bo_boi].ten if signed.bai_bo_boi in register.quyet_dinh else "",
        )
        for khoa, signed in register.quyet_dinh.items()
    }


def _unusable_names(register: SoDangKy, held: Collection[str]) -> Mapping[str, tuple[str, str]]:
    """Why a name of the register can no longer be used, and what to do, by key and by symbol."""
    told: dict[str, tuple[str, str]] = {}
    for item in register.quy_trinh.values():
        why = _why_not(item, held)
        if why is not None:
            told |= dict.fromkeys((item.ky_hieu, item.khoa), why)
    return told


def _is_ended(item: MucDangKy | None) -> bool:
    return item is not None and item.het_hieu_luc is not None


def _why_not(item: MucDangKy, held: Collection[str]) -> tuple[str, str] | None:
    name = f"Quy trình {item.ky_hieu} ({item.khoa})"
    if item.het_hieu_luc is not None:
        successor = f"; quy trình thay thế: {', '.join(item.thay_the_boi)}" if item.thay_the_boi else ""
        return f"{name} {item.ket_thuc}.", f"Bỏ quy trình này khỏi quyết định{successor}."
    if item.trang_thai.con_hieu_luc and item.khoa not in held:
        hint = "Lấy lại tệp từ git; muốn bỏ quy trình thì ghi sổ quyết định bãi bỏ xong mới xóa tệp."
        return f"{name} đã được phê duyệt nhưng tệp không còn trong kho.", hint
    return None
