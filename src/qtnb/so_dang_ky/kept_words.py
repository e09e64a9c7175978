"""What a decision said of earlier ones and of changes, kept as data and read back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any, TypeVar

from qtnb.model import HinhThuc
from qtnb.words.citing import QuyetDinhTruoc
from qtnb.words.comparison import BangSoSanh, DongSoSanh, SoSanhQuyTrinh
from qtnb.words.earlier import QuyTrinhBiThayThe, TruocDay

T = TypeVar("T")


def kept(words: TruocDay | BangSoSanh | None) -> Any:  # noqa: ANN401 - JSON
    """The words as JSON can carry them; None stays None."""
    return None if words is None else _plain(asdict(words))


def truoc_day_from(data: Mapping[str, Any] | None) -> TruocDay | None:
    """What was decided before, from :func:`kept`. Raises LookupError, TypeError or ValueError for anything else."""
    if data is None:
        return None
    return TruocDay(
        {key: tuple(map(_earlier, _rows(items))) for key, items in data["quy_trinh"].items()},
        tuple(
            QuyTrinhBiThayThe(_text(item["ten"]), _text(item["boi"]), tuple(map(_earlier, _rows(item["quyet_dinh"]))))
            for item in _rows(data["bi_thay_the"])
        ),
        tuple(item if isinstance(item, str) else _earlier(item) for item in _rows(data["bai_bo"])),
    )


def so_sanh_from(data: Mapping[str, Any] | None) -> BangSoSanh | None:
    """What the decision changed, from :func:`kept`; raises as :func:`truoc_day_from` does."""
    if data is None:
        return None
    groups = tuple(
        SoSanhQuyTrinh(
            _text(item["ten"]),
            _text(item["ky_hieu"]),
            tuple(
                DongSoSanh(*(_text(row[key]) for key in ("nhan", "hien_hanh", "sua_doi", "ly_do")))
                for row in _rows(item["dong"])
            ),
            _pair(item["so_buoc"], _count),
            _pair(item["thoi_gian"], _text),
        )
        for item in _rows(data["quy_trinh"])
    )
    return BangSoSanh(groups, _pair(data["so_buoc"], _count), _pair(data["thoi_gian"], _text))


def _earlier(data: Mapping[str, Any]) -> QuyetDinhTruoc:
    return QuyetDinhTruoc(
        _text(data["so_ky_hieu"]),
        dt.date.fromisoformat(_text(data["ngay"])),
        _text(data["tham_quyen"]),
        _text(data["trich_yeu"]),
        HinhThuc(data["hinh_thuc"]),
    )


def _rows(value: Any) -> list[Any]:  # noqa: ANN401 - JSON
    if not isinstance(value, list):
        raise TypeError(value)
    return value


def _text(value: Any) -> str:  # noqa: ANN401 - JSON
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _count(value: Any) -> int:  # noqa: ANN401 - JSON
    if type(value) is not int:
        raise TypeError(value)
    return value


def _pair(value: Any, one: Callable[[Any], T]) -> tuple[T, T] | None:  # noqa: ANN401 - JSON
    if value is None:
        return None
    old, new = _rows(value)
    return one(old), one(new)


def _plain(value: Any) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value.isoformat() if isinstance(value, dt.date) else value
