"""A signed decision made ready for the register: what it approves and ends, and what is kept of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from qtnb.building import kho_of
from qtnb.check import Checked
from qtnb.commands.printing import Printable, printable_draft
from qtnb.edit import EditRefusedError, set_top_value
from qtnb.errors import QtnbError
from qtnb.kho import procedures_of
from qtnb.model import quyet_dinh_from
from qtnb.schema import number_keys
from qtnb.so_dang_ky.approving import BAI_BO, BAN_HANH, KyQuyetDinh, QuyetDinhBiBaiBo
from qtnb.so_dang_ky.beside import names_of, present
from qtnb.so_dang_ky.decision_data import decision_seal, ended_by, with_keys
from qtnb.so_dang_ky.model import SoDangKy
from qtnb.so_dang_ky.snapshot import BanPheDuyet, plain_data
from qtnb.source import Source, khoa_of, read_source


def signed_source(source: Source, so: str, ngay: dt.date) -> Source:
    """The decision with its số and ngày written at their places, everything else untouched.

    Raises QtnbError when the file says others already, or cannot take them.
    """
    for key, value, after in (("so", so, "quy_trinh"), ("ngay", ngay.isoformat(), "so")):
        written = source.data.get(key) or ""
        if not written:
            source = _with_value(source, key, value, after)
        elif (written.lstrip("0") if key == "so" else written) != value:
            message = f"Tệp {source.path} đã ghi {key}: {written}, khác với {value}."
            raise QtnbError(message, hint="Đối chiếu với bản đã ký, rồi sửa tệp hoặc sửa lệnh.", exit_code=1)
    return source


def decision_to_enter(checked: Checked, register: SoDangKy, signed: Source) -> tuple[KyQuyetDinh, BanPheDuyet]:
    """What the decision ``signed``, which has số and ngày, does, and what of it is to be kept."""
    kho = kho_of(checked)
    quyet_dinh = quyet_dinh_from(signed.tep, signed.data)
    items = procedures_of(kho, quyet_dinh)
    names = names_of(register, present(checked.quy_trinh).values())
    hinh_thuc = signed.data.get("hinh_thuc") or BAN_HANH
    issuer = quyet_dinh.co_quan_ban_hanh or kho.cau_hinh.co_quan
    ngay = dt.date.fromisoformat(signed.data["ngay"])
    effective = signed.data.get("hieu_luc")
    there = {khoa_of(source.tep) for source in checked.quyet_dinh} | set(register.quyet_dinh)
    abolished = enumerate(signed.data.get("bai_bo_quyet_dinh") or ())
    entry = KyQuyetDinh(
        quyet_dinh=quyet_dinh,
        hinh_thuc=hinh_thuc,
        so=quyet_dinh.so,
        ngay=ngay,
        hieu_luc=dt.date.fromisoformat(effective) if effective else ngay,
        ky_hieu=f"QĐ-{issuer.viet_tat}",
        items=() if hinh_thuc == BAI_BO else items,
        het_hieu_luc=tuple(ended_by(signed.data, hinh_thuc, names, [item.ky_hieu for item in items])),
        # Any other text cites a decision from before there was a kho.
        bai_bo_quyet_dinh=tuple(
            QuyetDinhBiBaiBo(name, ("bai_bo_quyet_dinh", row)) for row, name in abolished if name in there
        ),
        dau=decision_seal(signed.data, names),
        co_quan="" if issuer.ten == kho.cau_hinh.co_quan.ten else issuer.ten,
    )
    return entry, _kept(checked, signed, names, printable_draft(checked, kho, quyet_dinh))


def _kept(checked: Checked, signed: Source, names: Mapping[str, str], printed: Printable) -> BanPheDuyet:
    """What is kept of a decision; ``names`` gives the key of every procedure by its symbol."""
    sources = {khoa_of(source.tep): source for source in checked.quy_trinh}
    return BanPheDuyet(
        printed.quyet_dinh.khoa,
        plain_data(checked.sources.cau_hinh.data),
        signed.tep,
        plain_data(with_keys(signed.data, names)),
        tuple(
            (item.tep, plain_data(sources[item.khoa].data)) for item in procedures_of(printed.kho, printed.quyet_dinh)
        ),
        printed.truoc_day,
        printed.so_sanh,
    )


def _with_value(source: Source, key: str, value: str, after: str) -> Source:
    try:
        text = set_top_value(source, key, value, after=after, number_keys=number_keys(), quoted=True)
    except EditRefusedError as error:
        message = f"Không ghi được {key} vào {source.path} mà giữ nguyên phần còn lại."
        hint = f'Tự ghi “{key}: "{value}"” vào tệp (thay khóa cũ, nếu có) rồi chạy lại.'
        raise QtnbError(message, hint=hint, exit_code=1) from error
    return read_source(source.name, text.encode(), number_keys())
