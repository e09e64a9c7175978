"""``qtnb new``: a new file from its form: a procedure, a plan, a statistics form."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from qtnb.commands.outcome import Outcome
from qtnb.discovery import KHO_FILE, QUY_TRINH, find_kho
from qtnb.errors import QtnbError
from qtnb.files import write_whole
from qtnb.reading import KhoSources, read_kho, shown_path
from qtnb.scaffold.new_file import FOLDER_OF, NewKind, new_file_text
from qtnb.scaffold.workspace import SCHEMA_FOLDER
from qtnb.schema import SchemaName, fits
from qtnb.slug import key_from_name
from qtnb.source import Source, khoa_of


@dataclass(frozen=True, slots=True)
class NewOptions:
    """What the command line asks of ``new``."""

    kind: NewKind
    ten: str
    kho: Path
    folder: str
    """Folder below ``quy-trinh/``, for procedures alone; empty for the folder of the kind itself."""
    cwd: Path


def run_new(options: NewOptions) -> Outcome:
    """Write one new file. Raises QtnbError when there is no kho, or the key is taken or empty."""
    key = key_from_name(options.ten)
    if not key:
        raise QtnbError("Tên phải có chữ hoặc số.", hint='Ví dụ: qtnb new cv "Nghỉ phép"', exit_code=2)
    found = find_kho([options.kho]).kho
    if len(found) != 1:
        raise QtnbError("Ở đây có nhiều kho.", hint="Chọn một kho bằng --kho THƯ_MỤC.", exit_code=2)
    kho = read_kho(found[0], options.cwd)
    taken = next((source for source in _of_kind(kho, options.kind) if khoa_of(source.tep) == key), None)
    path = _folder_of(kho.goc, options) / f"{key}.yaml"
    if taken is not None or path.exists():
        where = taken.path if taken else shown_path(path, options.cwd)
        raise QtnbError(f"Khóa {key} đã có: {where}.", hint="Đặt tên khác, hoặc sửa tệp đã có.", exit_code=2)
    text = new_file_text(
        options.kind,
        options.ten,
        co_quan=_agency(kho.cau_hinh),
        don_vi=_first_unit(kho.cau_hinh),
        schema=_schema_path(kho.goc, path.parent, options.kind),
    )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise QtnbError(f"Không tạo được thư mục {path.parent}.", hint="Kiểm tra quyền ghi.") from error
    write_whole(path, text.encode())
    return Outcome(f"{shown_path(path, options.cwd)}\n")


def _of_kind(kho: KhoSources, kind: NewKind) -> tuple[Source, ...]:
    """The files among which a key must be free."""
    match kind:
        case NewKind.CV | NewKind.LT:
            return kho.quy_trinh
        case NewKind.KH:
            return kho.ke_hoach
        case NewKind.TK:
            return kho.thong_ke


def _folder_of(goc: Path, options: NewOptions) -> Path:
    name, folder = FOLDER_OF[options.kind], options.folder
    base = goc / name
    if folder and name != QUY_TRINH:
        raise QtnbError(f"{name}/ không chia thư mục con.", hint="Bỏ --thu-muc.", exit_code=2)
    place = Path(os.path.normpath(base / folder))
    if place != base and base not in place.parents:
        raise QtnbError(f"Thư mục {folder} nằm ngoài {name}/.", hint="Ví dụ: van-thu-luu-tru", exit_code=2)
    return place


def _schema_path(goc: Path, folder: Path, kind: NewKind) -> str:
    return Path(os.path.relpath(goc / SCHEMA_FOLDER / f"{kind}.schema.json", folder)).as_posix()


def _agency(kho_file: Source) -> str:
    _need_sound(kho_file)
    return str(kho_file.data["co_quan"]["ten"])


def _first_unit(kho_file: Source) -> str:
    units = kho_file.data.get("don_vi") or ["Văn phòng"]
    return str(units[0]["ten"] if isinstance(units[0], dict) else units[0])


def _need_sound(kho_file: Source) -> None:
    if kho_file.broken or not fits(SchemaName.KHO, kho_file.data):
        raise QtnbError(f"Tệp {KHO_FILE} của kho đang có lỗi.", hint="Xem lỗi bằng lệnh: qtnb validate")
