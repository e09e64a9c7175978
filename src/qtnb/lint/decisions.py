"""What a decision says of who issues it and when."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any, Final

from qtnb.lint.units import unit_key
from qtnb.lint.views import KhoSettings

_COLLECTIVES: Final = ("ủy ban nhân dân", "hội đồng nhân dân")
_AUTHORISED: Final = re.compile(r"(?:ủy|uỷ) quyền|phân cấp|\bTUQ\b", re.IGNORECASE)


def judged_on(data: Mapping[str, Any], settings: KhoSettings) -> dt.date | None:
    """The day by which a file is judged: the one asked for, else the decision's own; None when there is neither."""
    if settings.as_of is not None:
        return settings.as_of
    written = data.get("ngay") if data["loai"] == "QD" else None
    return dt.date.fromisoformat(written) if written else None


def issuer_of(data: Mapping[str, Any], settings: KhoSettings) -> Mapping[str, Any]:
    """The agency that issues a decision: its own ``co_quan_ban_hanh``, else the kho's; empty when that is broken."""
    issuer: Mapping[str, Any] = data.get("co_quan_ban_hanh") or settings.co_quan
    return issuer


def head_of(issuer: Mapping[str, Any]) -> str:
    """The title of the head, as :func:`~qtnb.lint.units.unit_key` compares it."""
    return unit_key(str(issuer.get("nguoi_dung_dau") or ""))


def approver_of(data: Mapping[str, Any], issuer: Mapping[str, Any]) -> str:
    """Who decides, as :func:`~qtnb.lint.units.unit_key` compares it: the line ``tham_quyen``, else the head."""
    return unit_key(data.get("tham_quyen") or "") or f"{head_of(issuer)} {name_of(issuer)}".strip()


def name_of(issuer: Mapping[str, Any]) -> str:
    """The full name of the agency, as :func:`~qtnb.lint.units.unit_key` compares it."""
    return unit_key(str(issuer.get("ten") or ""))


def is_collective(approver: str, issuer: Mapping[str, Any]) -> bool:
    """Whether the line names the body itself, and not its head."""
    return approver.startswith(_COLLECTIVES) or approver == name_of(issuer)


def is_authorised(data: Mapping[str, Any]) -> bool:
    """Whether the decision itself refers to an authorisation or a delegation of the power to decide."""
    lines = [*(data.get("can_cu") or ()), data.get("tham_quyen") or "", *signing_lines(data)]
    return any(_AUTHORISED.search(line) for line in lines)


def signing_lines(data: Mapping[str, Any]) -> tuple[str, ...]:
    """The lines ``quyen_han`` of the signature block."""
    written = (data.get("ky") or {}).get("quyen_han") or ()
    return (written,) if isinstance(written, str) else tuple(written)
