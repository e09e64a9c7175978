"""What must hold between the register and the files of its kho."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeAlias

from qtnb.discovery import QUY_TRINH, QUYET_DINH
from qtnb.errors import QtnbError
from qtnb.finding import Remark, Severity
from qtnb.model import Phan, quy_trinh_from
from qtnb.schema import SchemaName, remarks
from qtnb.seal import seal_of, seals_of
from qtnb.so_dang_ky.approving import BAN_HANH, decision_seal, with_keys
from qtnb.so_dang_ky.differences import differences
from qtnb.so_dang_ky.in_force import CATALOGUE_KEYS, SnapshotStore, approved_data
from qtnb.so_dang_ky.model import VERSION, LanQuyetDinh, MucDangKy, QuyetDinhDaKy, SoDangKy, TrangThai
from qtnb.so_dang_ky.snapshot import plain_data
from qtnb.so_dang_ky.writing import check_of_decision, check_of_procedure
from qtnb.source import Source, khoa_of

Placed: TypeAlias = tuple[Source, Remark]

_RESTORE: Final = "Lấy lại so-dang-ky.yaml từ git: git checkout HEAD -- so-dang-ky.yaml"
_AMEND: Final = (
    "Khôi phục nội dung đã phê duyệt; hoặc lập quyết định có hinh_thuc: sua_doi_bo_sung nêu quy trình này, "
    "ký xong thì ghi sổ bằng qtnb approve."
)


@dataclass(frozen=True, slots=True)
class HienCo:
    """A procedure that the kho holds now."""

    source: Source
    ky_hieu: str
    seals: Callable[[], Mapping[Phan, str]]
    data: Callable[[], Mapping[str, Any]]
    """The whole data of its file."""

    @property
    def khoa(self) -> str:
        """Its key."""
        return khoa_of(self.source.tep)


@dataclass(frozen=True, slots=True)
class RegisterCheck:
    """A register beside its kho."""

    source: Source
    register: SoDangKy
    hien_co: Mapping[str, HienCo]
    """The procedures that fit their schema, by key."""
    quyet_dinh: Mapping[str, Source]
    """The decisions that fit their schema, by key."""
    unfit: frozenset[str]
    """Files that do not fit theirs, relative to the kho: of them nothing more is said."""
    snapshots: SnapshotStore

    @classmethod
    def of(  # noqa: PLR0913, PLR0917 - the parts of a kho, as checked so far
        cls,
        goc: Path,
        source: Source,
        register: SoDangKy,
        hien_co: Mapping[str, HienCo],
        quyet_dinh: Iterable[Source],
        unfit: Iterable[Source],
    ) -> RegisterCheck:
        """The register in ``source`` beside the files of the kho at ``goc``."""
        return cls(
            source,
            register,
            hien_co,
            {khoa_of(item.tep): item for item in quyet_dinh},
            frozenset(item.tep for item in unfit),
            SnapshotStore(goc, register.quyet_dinh),
        )

    def unfit_keys(self, folder: str) -> set[str]:
        """The keys of the files below ``folder`` that do not fit their schema."""
        return {khoa_of(tep) for tep in self.unfit if tep.startswith(f"{folder}/")}


def shape_remarks(source: Source) -> list[Remark]:
    """What is wrong with the form of a register that reads as YAML."""
    version = source.data.get("phien_ban")
    if isinstance(version, int) and version > VERSION:
        message = f"Sổ đăng ký có phien_ban: {version}, do một phiên bản qtnb mới hơn ghi."
        return [Remark(("phien_ban",), "register-version", message, "Cập nhật qtnb rồi chạy lại.")]
    if "het" not in source.data:
        message = "Sổ đăng ký bị cắt cụt: thiếu dòng cuối “het: true”."
        return [Remark((), "register-truncated", message, _RESTORE)]
    return remarks(SchemaName.SO_DANG_KY, source.data)


def present(sources: Iterable[Source]) -> dict[str, HienCo]:
    """The procedures of ``sources``, which hold their whole data, by key."""
    return {khoa_of(source.tep): _present(source) for source in sources}


def check_register(kho: RegisterCheck) -> Iterator[Placed]:
    """Check a register against itself, the kept contents and the files. Findings stand where the mistake is."""
    edited = list(_edited_by_hand(kho))
    yield from edited
    if edited:  # what follows would only repeat it in other words
        return
    yield from _lost_blocks(kho)
    yield from _numbers(kho)
    drafts = _Drafts(kho)
    unfit = kho.unfit_keys(QUY_TRINH)
    for item in kho.register.quy_trinh.values():
        if item.khoa not in unfit:
            yield from _procedure(kho, item, drafts)
    yield from _decisions(kho)


def _present(source: Source) -> HienCo:
    def seals() -> Mapping[Phan, str]:
        return seals_of(quy_trinh_from(source.tep, source.data), Phan)

    return HienCo(source, source.data.get("ky_hieu") or "", seals, lambda: source.data)


def _edited_by_hand(kho: RegisterCheck) -> Iterator[Placed]:
    written = kho.source.data
    for khoa, item in kho.register.quy_trinh.items():
        if written["quy_trinh"][khoa]["kiem"] != check_of_procedure(item):
            yield kho.source, _edited(("quy_trinh", khoa), f"quy trình “{khoa}” ({item.ky_hieu})")
    for khoa, signed in kho.register.quyet_dinh.items():
        if written["quyet_dinh"][khoa]["kiem"] != check_of_decision(signed):
            yield kho.source, _edited(("quyet_dinh", khoa), f"quyết định “{khoa}”")


def _edited(at: tuple[str, str], what: str) -> Remark:
    message = f"Mục {what} trong sổ đăng ký đã bị sửa tay: mã kiểm tra (kiem) không khớp."
    return Remark(at, "register-edited", message, _RESTORE, on_key=True)


def _lost_blocks(kho: RegisterCheck) -> Iterator[Placed]:
    named = Counter(
        khoa for item in kho.register.quy_trinh.values() for khoa in {lan.quyet_dinh for lan in item.lich_su}
    )
    for khoa, signed in kho.register.quyet_dinh.items():
        if named[khoa] != signed.tong_quy_trinh:
            message = (
                f"Sổ đăng ký có {named[khoa]} quy trình theo {signed.ten}, nhưng quyết định này về "
                f"{signed.tong_quy_trinh} quy trình: có mục đã bị xóa khỏi sổ."
            )
            yield kho.source, Remark(("quyet_dinh", khoa), "register-lost", message, _RESTORE, on_key=True)
    for khoa in sorted(set(named) - set(kho.register.quyet_dinh)):
        message = f"Sổ đăng ký nhắc quyết định “{khoa}” nhưng không có mục về quyết định này."
        yield kho.source, Remark(("quyet_dinh",), "register-lost", message, _RESTORE, on_key=True)


def _numbers(kho: RegisterCheck) -> Iterator[Placed]:
    holders: dict[str, list[str]] = defaultdict(list)
    for item in kho.register.quy_trinh.values():
        holders[item.ky_hieu].append(item.khoa)
    unknown = {item.ky_hieu for item in kho.hien_co.values() if item.khoa not in kho.register.quy_trinh}
    given = set(holders) | unknown
    for symbol, keys in holders.items():
        # Two files with one symbol are told at the files; a block without a file is known only here.
        if len([khoa for khoa in keys if khoa in kho.hien_co]) < len(keys) > 1:
            message = f"Ký hiệu {symbol} đã cấp cho {len(keys)} quy trình: {', '.join(sorted(keys))}."
            hint = "Chạy qtnb number --resolve để cấp số khác cho dự thảo."
            yield kho.source, Remark(("quy_trinh", keys[-1]), "register-number-twice", message, hint, on_key=True)
    for loai in ("CV", "LT"):
        numbers = {int(symbol[3:]) for symbol in given if symbol.startswith(f"{loai}-")}
        gaps = sorted(set(range(1, max(numbers, default=0))) - numbers)
        if gaps:
            missing = ", ".join(f"{loai}-{number:02d}" for number in gaps)
            message = f"Ký hiệu {loai} không liên tục: chưa từng cấp {missing}."
            hint = "Nếu số đã cấp trước khi có sổ đăng ký thì bỏ qua; nếu không, kiểm tra ký hiệu được viết tay."
            remark = Remark(("quy_trinh",), "register-gap", message, hint, Severity.WARNING, on_key=True)
            yield kho.source, remark
    for found in kho.hien_co.values():
        if found.ky_hieu and found.khoa not in kho.register.quy_trinh:
            message = f"Ký hiệu {found.ky_hieu} chưa có trong sổ đăng ký."
            remark = Remark(("ky_hieu",), "not-registered", message, "Chạy qtnb number để ghi sổ.", Severity.WARNING)
            yield found.source, remark


def _procedure(kho: RegisterCheck, item: MucDangKy, drafts: _Drafts) -> Iterator[Placed]:
    found = kho.hien_co.get(item.khoa)
    if item.trang_thai in {TrangThai.BAI_BO, TrangThai.THAY_THE}:
        if found is not None:
            message = f"Quy trình {item.ky_hieu} {item.trang_thai.nhan} theo {item.lich_su[-1].ten}, nhưng tệp vẫn còn."
            hint = "Xóa tệp; nội dung đã phê duyệt vẫn được giữ trong da-phe-duyet/ và trong git."
            yield found.source, Remark((), "lapsed-file", message, hint, Severity.WARNING)
        return
    if not item.trang_thai.con_hieu_luc:
        if found is not None and found.ky_hieu and found.ky_hieu != item.ky_hieu:
            message = f"Ký hiệu {found.ky_hieu} khác ký hiệu {item.ky_hieu} đã cấp cho quy trình này trong sổ đăng ký."
            hint = f"Ghi lại {item.ky_hieu}: số đã cấp cho quy trình thì không đổi."
            yield found.source, Remark(("ky_hieu",), "symbol-changed", message, hint)
        return
    if found is None:
        if not drafts.cover(item.khoa):
            message = f"Quy trình {item.ky_hieu} ({item.khoa}) phê duyệt tại {item.lich_su[-1].ten} nay không còn tệp."
            hint = "Lấy lại tệp từ git (tên tệp là khóa, không đổi); muốn bỏ quy trình thì lập quyết định bãi bỏ."
            yield kho.source, Remark(("quy_trinh", item.khoa), "approved-deleted", message, hint, on_key=True)
        return
    if not drafts.cover(item.khoa):
        yield from _changed(kho, item, found)


def _changed(kho: RegisterCheck, item: MucDangKy, found: HienCo) -> Iterator[Placed]:
    approved = {phan: known for phan in Phan if (known := item.dau_cua(phan)) is not None}
    present_seals = found.seals()
    if all(present_seals[phan] == seal for phan, (_, seal) in approved.items()):
        return
    try:
        kept = approved_data(item, kho.snapshots)
    except QtnbError as error:
        yield kho.source, Remark(("quy_trinh", item.khoa), "snapshot-broken", error.message, error.hint, on_key=True)
        return
    if kept is None:
        return
    tep, old = kept
    new = plain_data(found.data())
    if Phan.NOI_DUNG not in approved:
        new = {key: value for key, value in new.items() if key in CATALOGUE_KEYS}
        old = {key: value for key, value in old.items() if key in CATALOGUE_KEYS}
    elif Phan.DANH_MUC not in approved:
        # A line of the danh mục that nobody has approved yet may still change.
        new, old = (
            {key: value for key, value in data.items() if key not in {"linh_vuc", "ghi_chu"}} for data in (new, old)
        )
    # The seal may be of an older qtnb, which printed the same content in other words: the contents decide.
    if all(seal_of(quy_trinh_from(tep, old), phan) == present_seals[phan] for phan in approved):
        return
    latest = max((lan for lan, _ in approved.values()), key=item.lich_su.index)
    for difference in differences(old, new):
        yield found.source, _field(item, latest, difference.at, f"{difference.where} {difference.fact}")


def _field(item: MucDangKy, lan: LanQuyetDinh, at: tuple[str | int, ...], fact: str) -> Remark:
    message = f"{item.ky_hieu} đã phê duyệt tại {lan.ten} bị sửa mà chưa có quyết định: {fact}."
    return Remark(at, "approved-changed", message, _AMEND)


class _Drafts:
    """The decisions that are not entered yet: what they name may differ from what is approved."""

    def __init__(self, kho: RegisterCheck) -> None:
        names = names_of(kho.register, kho.hien_co.values())
        self._keys: set[str] = set()
        for khoa, source in kho.quyet_dinh.items():
            if khoa not in kho.register.quyet_dinh and (source.data.get("hinh_thuc") or BAN_HANH) != BAN_HANH:
                self._keys |= {names.get(name, name) for name in _named(source.data)}

    def cover(self, khoa: str) -> bool:
        """Whether a decision being drafted amends, replaces or abolishes the procedure."""
        return khoa in self._keys


def _named(data: Mapping[str, Any]) -> Iterator[str]:
    if isinstance(data["quy_trinh"], list):
        yield from data["quy_trinh"]
    for entry in data.get("bi_thay_the") or ():
        yield entry if isinstance(entry, str) else entry["quy_trinh"]


def _decisions(kho: RegisterCheck) -> Iterator[Placed]:
    names = names_of(kho.register, kho.hien_co.values())
    unfit = kho.unfit_keys(QUYET_DINH)
    for khoa, signed in kho.register.quyet_dinh.items():
        if khoa in unfit:
            continue
        try:
            kho.snapshots.prove(khoa)
        except QtnbError as error:
            yield kho.source, Remark(("quyet_dinh", khoa), "snapshot-broken", error.message, error.hint, on_key=True)
            continue
        source = kho.quyet_dinh.get(khoa)
        if source is None:
            message = f"{signed.ten} đã ghi sổ nhưng tệp của quyết định (khóa “{khoa}”) không còn trong quyet-dinh/."
            hint = "Lấy lại tệp từ git; quyết định hết hiệu lực vẫn giữ tệp."
            yield kho.source, Remark(("quyet_dinh", khoa), "approved-decision-deleted", message, hint, on_key=True)
        elif decision_seal(source.data, names) != signed.dau:
            yield from _decision_changed(kho, signed, source, names)
    for khoa, source in kho.quyet_dinh.items():
        if khoa not in kho.register.quyet_dinh and source.data.get("so") and source.data.get("ngay"):
            message = f"Quyết định có số {source.data['so']}, ngày {source.data['ngay']} nhưng chưa ghi vào sổ đăng ký."
            hint = f"Ghi sổ bằng: qtnb approve {khoa} --so {source.data['so']} --ngay {source.data['ngay']}"
            yield source, Remark(("so",), "not-entered", message, hint, Severity.WARNING)


def _decision_changed(
    kho: RegisterCheck, signed: QuyetDinhDaKy, source: Source, names: Mapping[str, str]
) -> Iterator[Placed]:
    old, new = kho.snapshots(signed.khoa).quyet_dinh_data, plain_data(with_keys(source.data, names))
    hint = "Khôi phục tệp quyết định; thay đổi sau khi ký phải bằng một quyết định khác."
    for difference in differences(old, new):
        message = f"{signed.ten} đã ghi sổ bị sửa: {difference.where} {difference.fact}."
        yield source, Remark(difference.at, "approved-decision-changed", message, hint)


def names_of(register: SoDangKy, hien_co: Iterable[HienCo]) -> dict[str, str]:
    """The key of every procedure, present or past, by its symbol.

    Where a draft got the number of an approved procedure on another branch, the approved one is meant.
    """
    names = {item.ky_hieu: item.khoa for item in hien_co if item.ky_hieu}
    blocks = sorted(register.quy_trinh.values(), key=lambda item: item.trang_thai is not TrangThai.DU_THAO)
    return names | {item.ky_hieu: item.khoa for item in blocks}
