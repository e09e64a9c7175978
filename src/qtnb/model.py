"""The forms as values: procedures, agencies and decisions built from data that fit their schema."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeAlias

from qtnb.source import khoa_of

Data: TypeAlias = Mapping[str, Any]
"""The data of one file, already accepted by its schema."""


class PheDuyet(StrEnum):
    """What a decision approves (format.md, ``phe_duyet``)."""

    DANH_MUC = "danh_muc"
    NOI_DUNG = "noi_dung"
    DANH_MUC_VA_NOI_DUNG = "danh_muc_va_noi_dung"

    @property
    def phan(self) -> tuple[Phan, ...]:
        """The parts of each procedure that the decision prints, and so approves."""
        return {"danh_muc": (Phan.DANH_MUC,), "noi_dung": (Phan.NOI_DUNG,)}.get(self, tuple(Phan))


class Phan(StrEnum):
    """A part of a procedure that is approved by itself."""

    DANH_MUC = "danh_muc"
    """Its line in the danh mục."""
    NOI_DUNG = "noi_dung"
    """Its form."""


class HinhThuc(StrEnum):
    """What a decision does to what was decided before (format.md, ``hinh_thuc``)."""

    BAN_HANH = "ban_hanh"
    SUA_DOI_BO_SUNG = "sua_doi_bo_sung"
    THAY_THE = "thay_the"
    BAI_BO = "bai_bo"


@dataclass(frozen=True, slots=True)
class TaiLieu:
    """One paper of a file of papers; row of cell 3.2 of Phụ lục I."""

    ten: str
    ban_chinh: bool
    ban_sao: bool


@dataclass(frozen=True, slots=True)
class QuayLai:
    """A return to an earlier step."""

    buoc: int
    """Number of the step returned to, counted from 1 over the whole list of steps."""
    khi: str
    """When the work returns; empty when not said."""


@dataclass(frozen=True, slots=True)
class BuocCV:
    """One step of a CV procedure; a row of cell 3.5 of Phụ lục I."""

    trinh_tu: str
    chu_tri: str
    phoi_hop: tuple[str, ...]
    thoi_gian: str
    ket_qua: str
    giai_doan: str
    """Name of the stage; empty outside any stage."""
    song_song: bool
    quay_lai: QuayLai | None
    khong_tinh_thoi_gian: bool


@dataclass(frozen=True, slots=True)
class BuocLT:
    """One step of an LT procedure at one agency; a row of section 4.k of Phụ lục II."""

    noi_dung: str
    thuc_hien: str
    thoi_gian: str
    ket_qua: str
    giai_doan: str
    """Name of the stage; empty outside any stage."""
    song_song: bool
    quay_lai: QuayLai | None
    khong_tinh_thoi_gian: bool


@dataclass(frozen=True, slots=True)
class ChangCoQuan:
    """What one agency does in an LT procedure (section 4.k of Phụ lục II)."""

    ten: str
    pham_vi: str
    tai_lieu: tuple[TaiLieu, ...]
    so_luong: str
    thoi_gian: str
    cac_buoc: tuple[BuocLT, ...]
    ket_qua: str
    luan_chuyen: str


@dataclass(frozen=True, slots=True)
class QuyTrinh:
    """What the danh mục needs of a procedure of either kind."""

    khoa: str
    """The permanent key: the file's stem, in NFC."""
    tep: str
    """The file, relative to the kho, with ``/``, in NFC; folder and name give the catalogue order."""
    loai: str
    """``CV`` or ``LT``."""
    ky_hieu: str
    """``CV-01``; empty until numbered."""
    ten: str
    linh_vuc: str
    ghi_chu: str
    thu_tu: int | None
    """Explicit place in the catalogue; None means: by folder and file name."""
    chua_co_noi_dung: bool
    muc_dich: str
    pham_vi: str
    thoi_gian: str
    ly_do: str
    """Reason of the latest change; not printed in the forms."""


@dataclass(frozen=True, slots=True)
class QuyTrinhCV(QuyTrinh):
    """A procedure of one agency (Phụ lục I)."""

    can_cu_phap_ly: tuple[str, ...]
    tai_lieu: tuple[TaiLieu, ...]
    so_luong: str
    cac_buoc: tuple[BuocCV, ...]
    bieu_mau: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QuyTrinhLT(QuyTrinh):
    """A procedure that runs through several agencies (Phụ lục II)."""

    co_quan: tuple[ChangCoQuan, ...]


@dataclass(frozen=True, slots=True)
class CoQuan:
    """An agency that issues decisions (``co_quan`` of the kho file, ``co_quan_ban_hanh`` of a decision)."""

    ten: str
    ten_ban_hanh: tuple[str, ...]
    """Lines of the letterhead."""
    chu_quan: str
    """Letterhead line above; empty for UBND of any level."""
    viet_tat: str
    cap: str
    """``tinh``, ``so``, ``huyen`` or ``xa``."""
    dia_danh: str
    nguoi_dung_dau: str


@dataclass(frozen=True, slots=True)
class Ky:
    """The signature block; empty parts are filled from the agency when rendered."""

    quyen_han: tuple[str, ...]
    chuc_vu: str
    ho_ten: str


@dataclass(frozen=True, slots=True)
class BiThayThe:
    """A procedure that lapses because a decision puts another in its place."""

    quy_trinh: str
    """Its key or symbol."""
    boi: str
    """Key or symbol of its successor; empty: all procedures of the decision together."""


@dataclass(frozen=True, slots=True)
class QuyetDinh:
    """A decision that approves procedures, or abolishes them."""

    khoa: str
    tep: str
    phe_duyet: PheDuyet
    quy_trinh: tuple[str, ...] | None
    """Keys or symbols in the order written; None means all of the kind (``tat_ca``)."""
    pham_vi_lien_thong: bool
    """True: a decision on LT procedures."""
    so: str
    """Empty until signed."""
    ngay: dt.date | None
    """None until signed."""
    trich_yeu: str
    tham_quyen: str
    co_quan_ban_hanh: CoQuan | None
    """None: the kho's own agency issues it."""
    can_cu: tuple[str, ...]
    theo_de_nghi: str
    dieu: tuple[str, ...]
    noi_nhan: tuple[str, ...]
    luu: str
    ky: Ky
    hinh_thuc: HinhThuc
    hieu_luc: dt.date | None
    """The day from which it is in force; None: the day of signing."""
    bi_thay_the: tuple[BiThayThe, ...]
    """Procedures that lapse; only where the decision replaces."""
    bai_bo_quyet_dinh: tuple[str, ...]
    """Earlier decisions that it abolishes: keys of this kho, or citations in full."""
    bang_so_sanh: bool
    """True: what changed is printed side by side in a further appendix."""
    ly_do: str
    """Reason of the decision; not printed in it."""

    @property
    def loai_quy_trinh(self) -> str:
        """The kind of procedure it approves: ``CV`` or ``LT``."""
        return "LT" if self.pham_vi_lien_thong else "CV"


@dataclass(frozen=True, slots=True)
class DonVi:
    """A unit or person that leads or supports steps."""

    ten: str
    viet_tat: str


@dataclass(frozen=True, slots=True)
class CauHinh:
    """The kho file ``qtnb.yaml``."""

    co_quan: CoQuan
    don_vi: tuple[DonVi, ...]
    gio_moi_ngay: float


def quy_trinh_from(tep: str, data: Data) -> QuyTrinhCV | QuyTrinhLT:
    """Build the procedure of file ``tep`` (relative to its kho) from data that fit the CV or LT schema."""
    common = (
        khoa_of(tep),
        tep,
        data["loai"],
        _text(data, "ky_hieu"),
        data["ten"],
        _text(data, "linh_vuc"),
        _text(data, "ghi_chu"),
        data.get("thu_tu"),
        bool(data.get("chua_co_noi_dung")),
        _text(data, "muc_dich"),
        _text(data, "pham_vi"),
        _text(data, "thoi_gian"),
        _text(data, "ly_do"),
    )
    if data["loai"] == "LT":
        return QuyTrinhLT(*common, tuple(_chang(part) for part in data.get("co_quan") or ()))
    return QuyTrinhCV(
        *common,
        tuple(data.get("can_cu_phap_ly") or ()),
        _tai_lieu(data),
        _text(data, "so_luong"),
        tuple(_buoc_cv(step) for step in data.get("cac_buoc") or ()),
        tuple(data.get("bieu_mau") or ()),
    )


def quyet_dinh_from(tep: str, data: Data) -> QuyetDinh:
    """Build the decision of file ``tep`` (relative to its kho) from data that fit the QD schema."""
    quy_trinh = data["quy_trinh"]
    issuer = data.get("co_quan_ban_hanh")
    ky = data.get("ky") or {}
    return QuyetDinh(
        khoa=khoa_of(tep),
        tep=tep,
        phe_duyet=PheDuyet(data["phe_duyet"]),
        quy_trinh=None if quy_trinh == "tat_ca" else tuple(quy_trinh),
        pham_vi_lien_thong=bool(data.get("pham_vi_lien_thong")),
        so=_text(data, "so"),
        ngay=_date(data, "ngay"),
        trich_yeu=_text(data, "trich_yeu"),
        tham_quyen=_text(data, "tham_quyen"),
        co_quan_ban_hanh=co_quan_from(issuer) if issuer else None,
        can_cu=tuple(data.get("can_cu") or ()),
        theo_de_nghi=_text(data, "theo_de_nghi"),
        dieu=tuple(data.get("dieu") or ()),
        noi_nhan=tuple(data.get("noi_nhan") or ()),
        luu=_text(data, "luu"),
        ky=Ky(_lines(ky.get("quyen_han")), _text(ky, "chuc_vu"), _text(ky, "ho_ten")),
        hinh_thuc=HinhThuc(data.get("hinh_thuc") or HinhThuc.BAN_HANH),
        hieu_luc=_date(data, "hieu_luc"),
        bi_thay_the=tuple(
            BiThayThe(entry, "") if isinstance(entry, str) else BiThayThe(entry["quy_trinh"], _text(entry, "boi"))
            for entry in data.get("bi_thay_the") or ()
        ),
        bai_bo_quyet_dinh=tuple(data.get("bai_bo_quyet_dinh") or ()),
        bang_so_sanh=bool(data.get("bang_so_sanh")),
        ly_do=_text(data, "ly_do"),
    )


def cau_hinh_from(data: Data) -> CauHinh:
    """Build the settings of a kho from data that fit the kho schema."""
    return CauHinh(
        co_quan_from(data["co_quan"]),
        tuple(
            DonVi(unit, "") if isinstance(unit, str) else DonVi(unit["ten"], _text(unit, "viet_tat"))
            for unit in data.get("don_vi") or ()
        ),
        data.get("gio_moi_ngay") or 8,
    )


def co_quan_from(data: Data) -> CoQuan:
    """Build an agency from data that fit the ``co_quan`` part of the kho schema."""
    return CoQuan(
        ten=data["ten"],
        ten_ban_hanh=_lines(data["ten_ban_hanh"]),
        chu_quan=_text(data, "chu_quan"),
        viet_tat=data["viet_tat"],
        cap=data["cap"],
        dia_danh=data["dia_danh"],
        nguoi_dung_dau=data["nguoi_dung_dau"],
    )


def _chang(data: Data) -> ChangCoQuan:
    return ChangCoQuan(
        data["ten"],
        _text(data, "pham_vi"),
        _tai_lieu(data),
        _text(data, "so_luong"),
        _text(data, "thoi_gian"),
        tuple(_buoc_lt(step) for step in data["cac_buoc"]),
        _text(data, "ket_qua"),
        _text(data, "luan_chuyen"),
    )


def _buoc_cv(data: Data) -> BuocCV:
    return BuocCV(
        data["trinh_tu"],
        data["chu_tri"],
        _lines(data.get("phoi_hop")),
        *_common_of_step(data),
    )


def _buoc_lt(data: Data) -> BuocLT:
    return BuocLT(data["noi_dung"], data["thuc_hien"], *_common_of_step(data))


def _common_of_step(data: Data) -> tuple[str, str, str, bool, QuayLai | None, bool]:
    back = data.get("quay_lai")
    return (
        _text(data, "thoi_gian"),
        _text(data, "ket_qua"),
        _text(data, "giai_doan"),
        bool(data.get("song_song")),
        QuayLai(int(back["buoc"]), _text(back, "khi")) if back else None,
        bool(data.get("khong_tinh_thoi_gian")),
    )


def _tai_lieu(data: Data) -> tuple[TaiLieu, ...]:
    return tuple(
        TaiLieu(paper["ten"], bool(paper.get("ban_chinh")), bool(paper.get("ban_sao")))
        for paper in data.get("tai_lieu") or ()
    )


def _text(data: Data, key: str) -> str:
    return data.get(key) or ""


def _date(data: Data, key: str) -> dt.date | None:
    written = _text(data, key)
    return dt.date.fromisoformat(written) if written else None


def _lines(value: str | Sequence[str] | None) -> tuple[str, ...]:
    if not value:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)
