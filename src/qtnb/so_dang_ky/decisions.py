"""What must hold between a register, the files of its decisions and what they approved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from qtnb.discovery import QUYET_DINH
from qtnb.errors import QtnbError
from qtnb.finding import Remark, Severity
from qtnb.so_dang_ky.beside import Placed, RegisterCheck
from qtnb.so_dang_ky.decision_data import decision_seal, with_keys
from qtnb.so_dang_ky.differences import differences
from qtnb.so_dang_ky.model import QuyetDinhDaKy
from qtnb.so_dang_ky.snapshot import plain_data
from qtnb.so_dang_ky.telling import told
from qtnb.source import Source


def check_decisions(kho: RegisterCheck) -> Iterator[Placed]:
    """Check that every decision of the register is as it was entered, and every signed one is entered."""
    names = kho.names()
    unfit = kho.unfit_keys(QUYET_DINH)
    for khoa, signed in kho.register.quyet_dinh.items():
        if khoa not in unfit:
            yield from _entered(kho, signed, names)
    for khoa, source in kho.quyet_dinh.items():
        if khoa not in kho.register.quyet_dinh and source.data.get("so") and source.data.get("ngay"):
            message = f"Quyết định có số {source.data['so']}, ngày {source.data['ngay']} nhưng chưa ghi vào sổ đăng ký."
            hint = f"Ghi sổ bằng: qtnb approve {khoa} --so {source.data['so']} --ngay {source.data['ngay']}"
            yield source, Remark(("so",), "not-entered", message, hint, Severity.WARNING)


def _entered(kho: RegisterCheck, signed: QuyetDinhDaKy, names: Mapping[str, str]) -> Iterator[Placed]:
    at = ("quyet_dinh", signed.khoa)
    source = kho.quyet_dinh.get(signed.khoa)
    try:
        kho.snapshots.prove(signed.khoa)
        if source is not None and decision_seal(source.data, names) != signed.dau:
            yield from _changed(kho, signed, source, {**names, **_names_in(kho, signed)})
    except QtnbError as error:
        yield kho.source, Remark(at, "snapshot-broken", error.message, error.hint, on_key=True)
        return
    if source is None:
        message = f"{signed.ten} đã ghi sổ nhưng tệp của quyết định (khóa “{signed.khoa}”) không còn trong quyet-dinh/."
        hint = "Lấy lại tệp từ git; quyết định hết hiệu lực vẫn giữ tệp."
        yield kho.source, Remark(at, "approved-decision-deleted", message, hint, on_key=True)


def _names_in(kho: RegisterCheck, signed: QuyetDinhDaKy) -> dict[str, str]:
    """The keys by the symbols of what the decision is about: two branches may have approved under one symbol."""
    return {
        item.ky_hieu: item.khoa
        for item in kho.register.quy_trinh.values()
        if any(lan.quyet_dinh == signed.khoa for lan in item.lich_su)
    }


def _changed(kho: RegisterCheck, signed: QuyetDinhDaKy, source: Source, names: Mapping[str, str]) -> Iterator[Placed]:
    """The seal may be of an older qtnb, which named some procedures as the file does: the contents decide."""
    old, new = (
        plain_data(with_keys(data, names)) for data in (kho.snapshots(signed.khoa).quyet_dinh_data, source.data)
    )
    hint = "Khôi phục tệp quyết định; thay đổi sau khi ký phải bằng một quyết định khác."
    for difference in differences(old, new):
        message = f"{signed.ten} đã ghi sổ bị sửa: {told(difference, old, new)}."
        yield source, Remark(difference.at, "approved-decision-changed", message, hint)
