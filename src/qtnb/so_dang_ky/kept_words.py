"""What a decision said of earlier ones and of changes, kept as data and read back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from qtnb.model import HinhThuc
from qtnb.words.citing import QuyetDinhTruoc
from qtnb.words.comparison import BangSoSanh, DongSoSanh, SoSanhQuyTrinh
from qtnb.words.earlier import QuyTrinhBiThayThe, TruocDay


def kept(words: TruocDay | BangSoSanh | None) -> Any:  # noqa: ANN401 - JSON
    """The words as JSON can carry them; None stays None."""
    return None if words is None else _plain(asdict(words))


def truoc_day_from(data: Mapping[str, Any] | None) -> TruocDay | None:
    """What was decided before, from :func:`kept`. Raises LookupError, TypeError or ValueError for anything else."""
    if data is None:
        return None
    return TruocDay(
        {key: tuple(map(_earlier, items)) for key, items in data["quy_trinh"].items()},
        tuple(
            QuyTrinhBiThayThe(item["ten"], item["boi"], tuple(map(_earlier, item["quyet_dinh"])))
            for item in data["bi_thay_the"]
        ),
        tuple(item if isinstance(item, str) else _earlier(item) for item in data["bai_bo"]),
    )


def so_sanh_from(data: Mapping[str, Any] | None) -> BangSoSanh | None:
    """What the decision changed, from :func:`kept`; raises as :func:`truoc_day_from` does."""
    if data is None:
        return None
    groups = tuple(
        SoSanhQuyTrinh(
            item["ten"],
            item["ky_hieu"],
            tuple(DongSoSanh(row["nhan"], row["hien_hanh"], row["sua_doi"], row["ly_do"]) for row in item["dong"]),
            _pair(item["so_buoc"]),
            _pair(item["thoi_gian"]),
        )
        for item in data["quy_trinh"]
    )
    return BangSoSanh(groups, _pair(data["so_buoc"]), _pair(data["thoi_gian"]))


def _earlier(data: Mapping[str, Any]) -> QuyetDinhTruoc:
    return QuyetDinhTruoc(
        data["so_ky_hieu"],
        dt.date.fromisoformat(data["ngay"]),
        data["tham_quyen"],
        data["trich_yeu"],
        HinhThuc(data["hinh_thuc"]),
    )


def _pair(value: Sequence[Any] | None) -> Any:  # noqa: ANN401 - two numbers or two texts
    if value is None:
        return None
    old, new = value
    return old, new


def _plain(value: Any) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value.isoformat() if isinstance(value, dt.date) else value
